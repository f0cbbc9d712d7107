"""Indicators of a CIDS outcome, with their reports, baselines and targets, as measures."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import replace

from outcome_graph.draft import Severity
from outcome_graph.mapping.cids_graph import I72, TOVE, CidsGraph
from outcome_graph.mapping.cids_themes import sdg_code
from outcome_graph.model import UNITS, Measure, Period, text_in
from outcome_graph.namespaces import CIDS, RDF, SCHEMA
from outcome_graph.rdf import Literal, NamedNode, Subject, Term

__all__ = ["OWN_REFERENCES", "SDG_REFERENCES", "read_measures"]

Say = Callable[[Severity, str, str | None], None]

#: Vocabularies of references: the UN's SDG indicators, and a publisher's own (IATI
#: IndicatorVocabulary 9 and 99).
SDG_REFERENCES, OWN_REFERENCES = "9/", "99/"
#: Words for how values are to be read, besides those of `UNITS`.
_UNITS = {
    **{unit: unit for unit in UNITS},
    **dict.fromkeys(("%", "percent", "per cent", "percentage points"), "percentage"),
    **dict.fromkeys(("units", "number", "count", "#"), "unit"),
}


def read_measures(
    graph: CidsGraph, outcome: Subject, language: str, say: Say
) -> tuple[Measure, ...]:
    """Return the indicators of an outcome.

    Parameters:
        graph: the statements. outcome: the outcome.
        language: what texts without a language are in.
        say: takes severity, message and field of a problem.
    """
    named = graph.objects(outcome, CIDS.hasIndicator)
    back = [
        node
        for predicate, node in graph.pointing(outcome)
        if predicate == CIDS.forOutcome and CIDS.Indicator in graph.types(node)
    ]
    reading = _Reading(graph, language, say)
    measures = (reading.measure(node) for node in dict.fromkeys([*named, *back]))
    return tuple(measure for measure in measures if measure is not None)


class _Reading:
    def __init__(self, graph: CidsGraph, language: str, say: Say) -> None:
        self.graph = graph
        self.language = language
        self.say = say

    def measure(self, node: Term) -> Measure | None:
        """Return an indicator; None where the file only mentions it."""
        graph = self.graph
        if not graph.described(node):
            called = node.value[:200] if isinstance(node, NamedNode | Literal) else "without an IRI"
            self.say("warning", f"The indicator {called} is not described in the file.", "measures")
            return None
        # To which outcomes and whom it belongs besides is of no concern to this one.
        graph.objects(node, RDF.type, CIDS.forOutcome, CIDS.forOrganization)
        titles = graph.names(node, self.language)
        periods = [self._report(report, titles) for report in self._reports(node)]
        for target in graph.objects(node, CIDS.hasTarget):
            self._add_target(periods, self._period(target, "target"))
        if not graph.objects(node, CIDS.hasIndicatorReport) and graph.value(node) is not None:
            periods.insert(0, self._period(node, "actual"))
        return Measure(
            titles=titles,
            descriptions=graph.descriptions(node, self.language),
            unit=self._unit(node, text_in(titles) or ""),
            references=tuple(self._references(node)),
            baselines=tuple(self._baseline(b) for b in graph.objects(node, CIDS.hasBaseline)),
            periods=tuple(periods),
        )

    def _reports(self, indicator: Term) -> list[Term]:
        return self.graph.linked(indicator, (CIDS.hasIndicatorReport,), CIDS.forIndicator)

    def _report(self, node: Term, titles: tuple[object, ...]) -> Period:
        graph = self.graph
        graph.objects(node, RDF.type, CIDS.forIndicator, CIDS.forOrganization, CIDS.forOutcome)
        # Reports are named after their indicators, as a rule: the name says nothing new.
        graph.names(node, self.language)
        graph.units(node)
        return self._period(node, "actual")

    def _period(self, node: Term, kind: str) -> Period:
        graph = self.graph
        graph.objects(node, RDF.type)
        graph.names(node, self.language)
        start, end = self._span(node)
        value = graph.value(node)
        graph.units(node)
        comment = graph.comments(node, self.language) or graph.descriptions(node, self.language)
        places = tuple(
            name
            for place in graph.objects(node, I72.located_in)
            for name in self._place_names(place)
        )
        period = Period(start=start, end=end, places=places)
        if kind == "target":
            return replace(period, target=value, target_comment=comment)
        return replace(period, actual=value, actual_comment=comment)

    def _place_names(self, place: Term) -> list[str]:
        if isinstance(place, Literal):
            return [place.value]
        self.graph.types(place)
        names = [text.value for text in self.graph.names(place, self.language)]
        return names or ([place.value] if isinstance(place, NamedNode) else [])

    def _span(self, node: Term) -> tuple[datetime.date | None, datetime.date | None]:
        start, end, wrong = self.graph.span(node)
        for words in wrong:
            message = f"“{words}” is no date and was left out. Write it as 2020-04-01."
            self.say("warning", message, "measures")
        if start and end and start > end:
            self.say(
                "warning",
                f"A period ends on {end}, before it begins on {start}. Check the two dates.",
                "measures",
            )
        return start, end

    def _add_target(self, periods: list[Period], target: Period) -> None:
        """Put a target with the report of the same time and places, else by itself."""
        for n, period in enumerate(periods):
            same = (period.start, period.end, period.places) == (
                target.start,
                target.end,
                target.places,
            )
            if same and period.target is None and not period.target_comment:
                periods[n] = replace(
                    period, target=target.target, target_comment=target.target_comment
                )
                return
        periods.append(target)

    def _baseline(self, node: Term) -> Period:
        period = self._period(node, "actual")
        start, end = period.start, period.end
        if start and end and start.year == end.year and _whole_year(start, end):
            return replace(period, start=None, end=None, year=start.year)
        return period

    def _unit(self, node: Term, title: str) -> str | None:
        for unit in self.graph.units(node):
            words = self._unit_words(unit)
            known = _UNITS.get(words.casefold())
            if known is not None:
                return known
            if words:
                self.say(
                    "info",
                    f"The unit “{words[:60]}” of the indicator “{title[:60]}” has no place in a "
                    f"record, which knows: {', '.join(UNITS)}.",
                    "measures",
                )
        return None

    def _unit_words(self, unit: Term) -> str:
        if isinstance(unit, Literal):
            return " ".join(unit.value.split())
        names = self.graph.names(unit, "en")
        self.graph.types(unit)
        if names:
            return text_in(names) or ""
        return re.split("[#/]", unit.value)[-1] if isinstance(unit, NamedNode) else ""

    def _references(self, node: Term) -> list[str]:
        """Return the codes of an indicator as references: vocabulary and code."""
        graph, found = self.graph, list[str]()
        for code in graph.objects(node, CIDS.hasCode, CIDS.forTheme):
            graph.types(code)
            graph.descriptions(code, self.language)
            sdg = sdg_code(graph, code)
            words = graph.words(code, TOVE.hasIdentifier, SCHEMA.codeValue)
            if sdg is not None and sdg.count(".") == 2:
                found.append(f"{SDG_REFERENCES}{sdg}")
            elif words:
                known = words[0].partition("/")
                has_vocabulary = known[0].isalnum() and bool(known[2])
                found.append(words[0] if has_vocabulary else f"{OWN_REFERENCES}{words[0]}")
            elif isinstance(code, NamedNode):
                found.append(f"{OWN_REFERENCES}{code.value}")
        return found


def _whole_year(start: datetime.date, end: datetime.date) -> bool:
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
