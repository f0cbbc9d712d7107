"""Messages for people: the texts of the rules, with values as people write them.

A rule's ``sh:message`` reads well by itself. Its ``ogs:messageTemplate`` has places in braces for
values; it is used in a language when every place can be filled from the record, else the message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from outcome_graph.namespaces import OG, SDG, XSD, IriMinter
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Term
from outcome_graph.validation.context import Labels, last_segment
from outcome_graph.validation.literals import is_valid
from outcome_graph.validation.results import LANGUAGES
from outcome_graph.validation.rules import Rule
from outcome_graph.validation.statements import Statement

__all__ = ["PLACES", "Messenger", "date_in_words"]

_MONTHS: dict[str, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
        "octubre", "noviembre", "diciembre",
    ),
}  # fmt: skip
#: Datatypes as people call them, by the local names of XML Schema.
_TYPES: dict[str, dict[str, str]] = {
    "boolean": {"en": "yes or no", "fr": "oui ou non", "es": "sí o no"},
    "date": {"en": "day of the calendar", "fr": "jour du calendrier", "es": "día del calendario"},
    "dateTime": {"en": "day and time", "fr": "jour et heure", "es": "día y hora"},
    "decimal": {"en": "number", "fr": "nombre", "es": "número"},
    "double": {"en": "number", "fr": "nombre", "es": "número"},
    "gYear": {"en": "year", "fr": "année", "es": "año"},
    "integer": {"en": "whole number", "fr": "nombre entier", "es": "número entero"},
}
_DATE = re.compile(r"(?!0000)(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[TZ+-].*)?")
_PLACE = re.compile(r"\{(\w+)\}")
_LONGEST = 200

#: Places that are filled from properties of the focus node; all values are named.
PLACES: dict[str, NamedNode] = {
    "biennium": OG.biennium,
    "country": OG.country,
    "date": OG.achievedOn,
    "first_day": OG.startDate,
    "goals": OG.sdgGoal,
    "last_day": OG.endDate,
    "period_end": OG.periodEnd,
    "period_start": OG.periodStart,
    "step": OG.step,
}


def date_in_words(text: str, language: str) -> str | None:
    """Return an ISO date as people write it ("2 November 2022"), None when the text is no date."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = match[1], int(match[2]), int(match[3])
    name = _MONTHS.get(language, _MONTHS["en"])[month - 1]
    if language == "es":
        return f"{day} de {name} de {year}"
    ordinal = "er" if language == "fr" and day == 1 else ""
    return f"{day}{ordinal} {name} {year}"


class Messenger:
    """Words for the results of one record.

    Parameters:
        triples: the record's graph.
        shared: labels of shared things.
        minter: the base, which tells what an IRI of ours names.
    """

    def __init__(self, triples: Iterable[Statement], shared: Labels, minter: IriMinter) -> None:
        kept = list(triples)
        self._labels = Labels(kept)
        self._shared = shared
        self._minter = minter
        self._values: dict[tuple[Term, NamedNode], list[Term]] = {}
        for triple in kept:
            self._values.setdefault((triple.subject, triple.predicate), []).append(triple.object)

    def messages(
        self, rule: Rule, focus: Term, value: Term | None, words: Mapping[str, str] | None = None
    ) -> dict[str, str]:
        """Return a rule's message by language.

        Parameters:
            rule: the rule.
            focus, value: of the result.
            words: values of further places of the template.
        """
        made = dict(rule.message)
        for language in LANGUAGES:
            template = rule.template.get(language)
            filled = template and self._fill(template, language, focus, value, words or {})
            if filled:
                made[language] = filled
        return made

    def _fill(
        self,
        template: str,
        language: str,
        focus: Term,
        value: Term | None,
        words: Mapping[str, str],
    ) -> str | None:
        places: dict[str, Callable[[], str | None]] = {
            "value": lambda: None if value is None else self.code(value, language),
            "value_label": lambda: None if value is None else self.label(value, language),
            "name": lambda: self.label(focus, language),
            "name_in_address": lambda: self.code(focus, language),
        }
        filled: dict[str, str] = {}
        for place in dict.fromkeys(_PLACE.findall(template)):
            if place in words:
                text: str | None = _TYPES.get(words[place], {}).get(language, words[place])
            elif place in places:
                text = places[place]()
            else:
                text = self._property(focus, PLACES[place], language)
            if not text:
                return None
            filled[place] = text
        return _PLACE.sub(lambda m: filled[m[1]], template)

    def _property(self, focus: Term, predicate: NamedNode, language: str) -> str | None:
        values = self._values.get((focus, predicate), ())
        named = sorted({text for v in values if (text := self.code(v, language))})
        return ", ".join(named) or None

    def label(self, node: Term, language: str) -> str | None:
        """Return what people call a thing: its label, else its code."""
        found = self._labels.find(node, language) or self._shared.find(node, language)
        return _shortened(found) if found else self.code(node, language)

    def code(self, node: Term, language: str) -> str | None:
        """Return a value in words: concepts and SDG terms by their code, valid dates in full.

        None for a thing without a name.
        """
        if isinstance(node, Literal):
            # What is no date (a text, a time, 30 February) is shown as it is written.
            dated = node.datatype == XSD.date and is_valid(node)
            words = date_in_words(node.value, language) if dated else None
            return _shortened(words or node.value)
        if isinstance(node, BlankNode):
            return None
        if node.value.startswith(SDG.iri) or self._minter.parts(node)[:1] == ("concept",):
            return last_segment(node.value)
        found = self._labels.find(node, language) or self._shared.find(node, language)
        if self._minter.parts(node)[:1] == ("outcome",):
            found = None  # an outcome is cited by its identifier, not by its long title
        return _shortened(found or last_segment(node.value))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
