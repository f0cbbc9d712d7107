"""Which legal act an officer means: its kind and number, of a country: "Decree No. 224 of 2020"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from outcome_graph.draft import Draft
from outcome_graph.errors import RecordError
from outcome_graph.linking import link
from outcome_graph.model import LegalAct, OutcomeRecord, Text
from outcome_graph.namespaces import IriMinter, slugify
from outcome_graph.pipeline.rows import Ask, rows_of
from outcome_graph.rdf import NamedNode, Triple
from outcome_graph.sources.tables.act_cells import read_act
from outcome_graph.vocabulary import Countries, Knowledge

__all__ = ["ActFinder", "KnownAct", "acts_of"]

_ACTS = """
SELECT ?act (SAMPLE(?t) AS ?title) (SAMPLE(?n) AS ?number) (SAMPLE(?d) AS ?date) WHERE {
  ?outcome og:legalAct ?act . ?act eli:jurisdiction ?country .
  OPTIONAL { ?act dcterms:title ?t }
  OPTIONAL { ?act eli:id_local ?n }
  OPTIONAL { ?act eli:date_document ?d }
} GROUP BY ?act ORDER BY DESC(?date) ?act LIMIT 1000
"""
_CHOICES = 5
#: What parts an act from the country whose it is: "Decree No. 224 of 2020, Lao PDR".
_BEFORE_COUNTRY = re.compile(r"\s*[,(]\s*(?:of\s+)?$")


@dataclass(frozen=True, slots=True)
class KnownAct:
    """An act of the store.

    Parameters:
        iri: its IRI. name: its title, or kind and number. number: as written.
    """

    iri: str
    name: str
    number: str


def acts_of(ask: Ask, country: NamedNode) -> list[KnownAct]:
    """Return the acts of a country that public records tell of, the newest first.

    Parameters:
        ask: answers queries. country: IRI of the country.
    """
    rows = rows_of(ask, _ACTS, {"country": country})
    return [KnownAct(row["act"], _name(row), row.get("number", "")) for row in rows]


def _name(row: dict[str, str]) -> str:
    last = "/".join(row["act"].rsplit("/", 2)[-2:])
    return row.get("title") or f"{last} {row.get('date', '')}".strip()


class ActFinder:
    """Finds the act that words mean.

    Parameters:
        knowledge: the look-up tables. ask: answers queries of the store.
        describe: returns the statements about an IRI.
        minter: mints the IRIs of this base.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        ask: Ask,
        describe: Callable[[str], list[Triple]],
        minter: IriMinter,
    ) -> None:
        self._knowledge, self._ask = knowledge, ask
        self._describe, self._minter = describe, minter

    def find(self, record: OutcomeRecord, words: str, *, new: bool) -> LegalAct | NamedNode:
        """Return the IRI of a known act, or the act where it is a new one.

        Parameters:
            record: whose act it is; its country is meant where the words name none.
            words: kind and number, and the year or a country where they are not the record's.
            new: the act may be one that no record tells of yet.

        Raises:
            RecordError: the words name no act, or none that is known; with the choices.
        """
        mine = [a for a in record.legal_acts if words in (a.number, *map(str, a.titles))]
        if len(mine) == 1:
            return mine[0]
        act = self._read(record, words)
        if act is None:
            raise RecordError(
                f"“{words}” names no legal act. Write its kind, number and year, such as “Decree "
                "No. 224 of 2020”, with the country where it is another one; or its IRI."
            )
        iri = self._minter.legal_act(act.place, str(act.year or 0), act.slug)
        if act.year is not None and self._describe(iri.value):
            return iri
        known = self._known(act)
        same = [a for a in known if a.iri.rsplit("/", 1)[-1] == act.slug]
        if act.year is None and len(same) == 1:
            return NamedNode(same[0].iri)
        if new:
            return act
        raise _unclear(words, self._choices(act, same or known))

    def _read(self, record: OutcomeRecord, words: str) -> LegalAct | None:
        bare, place = _apart(words, self._knowledge.countries)
        found = read_act(bare)
        if found is None:
            return None
        act = LegalAct(
            place=place or record.place,
            slug=slugify(bare),
            number=found.number,
            type=found.type,
            date=found.date.last if found.date else None,
            year=found.year,
            titles=(Text(bare, record.language),),
        )
        bare_record = OutcomeRecord(id=record.id, country=record.country, legal_acts=(act,))
        return link(Draft(bare_record), self._knowledge).record.legal_acts[0]

    def _known(self, act: LegalAct) -> list[KnownAct]:
        if self._knowledge.countries.get(act.place) is None:
            return []
        return acts_of(self._ask, self._minter.country(act.place))

    def _choices(self, act: LegalAct, known: list[KnownAct]) -> list[str]:
        """Return the acts that come near: of the same number, then of the same kind and year."""
        alike = [a for a in known if a.number and a.number == act.number]
        kind = f"/{act.year}/{act.type}-"
        alike += [a for a in known if kind in a.iri and a not in alike]
        return [f"{a.name} <{a.iri}>" for a in (alike or known)[:_CHOICES]]


def _apart(words: str, countries: Countries) -> tuple[str, str | None]:
    """Part words from the country that is named at their end."""
    mentions = countries.mentions(words)
    if mentions and words[mentions[-1].end :].strip(" )") == "":
        before = _BEFORE_COUNTRY.search(words[: mentions[-1].start])
        if before is not None and before.start() > 0:
            return words[: before.start()], mentions[-1].country.alpha3
    return words, None


def _unclear(words: str, choices: list[str]) -> RecordError:
    new = f"If no record tells of it yet, write “new: {words}”."
    if not choices:
        return RecordError(f"No record tells of an act “{words}”. {new}")
    listed = "; ".join(choices)
    return RecordError(
        f"No known act is surely “{words}”. Give the IRI of the one you mean: {listed}. {new}",
        choices,
    )
