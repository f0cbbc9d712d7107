"""The report on validated records, bounded, in every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outcome_graph.errors import UsageError
from outcome_graph.validation.results import LANGUAGES, Result, Severity

if TYPE_CHECKING:
    import rdflib

    from outcome_graph.rdf import Triple
    from outcome_graph.validation.shapes import Shapes

__all__ = ["FORMATS", "RecordCheck", "ReportBuilder", "ValidationReport"]

#: What `ValidationReport.render` can make.
FORMATS = ("text", "json", "turtle", "jsonld", "html", "csv", "junit")


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """What validation says of one record: its results and its completeness (0 to 1)."""

    record_id: str
    results: tuple[Result, ...]
    completeness: float

    @property
    def conforms(self) -> bool:
        """Whether the record has no violation."""
        return all(r.severity != "violation" for r in self.results)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationReport:
    """What validation found in records.

    A report is bounded: of each rule it keeps the first results, and says how many there are.

    Parameters:
        results: the results kept, by record in the order of the records, gravest first.
        totals: how many results each rule has, by its short name.
        counts: how many results there are of each severity.
        completeness: 0 to 1, by record id. refused: how many records have a violation.
        clean: the records without any result, also none that was left out.
        base: what the records' IRIs begin with.
        shapes: the shapes graph, for the report as RDF.
    """

    results: tuple[Result, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[Severity, int] = field(default_factory=dict)
    completeness: Mapping[str, float] = field(default_factory=dict)
    refused: int = 0
    clean: tuple[str, ...] = ()
    base: str = ""
    shapes: Shapes | None = None

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and information do not count."""
        return not self.counts.get("violation")

    @property
    def records(self) -> int:
        """How many records were validated."""
        return len(self.completeness)

    @property
    def omitted(self) -> dict[str, int]:
        """How many results of each rule the report leaves out."""
        kept = Counter(r.rule for r in self.results)
        return {r: total - kept[r] for r, total in self.totals.items() if total > kept[r]}

    def by_record(self) -> dict[str, list[Result]]:
        """Return the results kept by record id; records without any (see `clean`) are left out."""
        grouped: dict[str, list[Result]] = {}
        for result in self.results:
            grouped.setdefault(result.record_id or "", []).append(result)
        return grouped

    def advice(self, language: str = "en") -> list[str]:
        """Return one line a result: severity, place in the source where known, message."""
        from outcome_graph.validation.formats.text import advice_line

        return [advice_line(result, language) for result in self.results]

    def reasons(self, language: str = "en") -> list[str]:
        """Return the message of each violation, with its place in the source where known."""
        from outcome_graph.validation.formats.text import placed_message

        return [placed_message(r, language) for r in self.results if r.severity == "violation"]

    def render(self, target: str, language: str = "en") -> str:
        """Return the report in a format by its name, one of `FORMATS`.

        Raises:
            UsageError: there is no such format.
        """
        if target not in FORMATS:
            raise UsageError(f"There is no report format {target!r}; use {', '.join(FORMATS)}.")
        if target == "turtle":
            return self.to_turtle()
        if target == "jsonld":
            return self.to_jsonld()
        made: str = getattr(self, f"to_{target}")(language)
        return made

    def triples(self) -> list[Triple]:
        """Return the SHACL report as triples. See `to_graph`."""
        from outcome_graph.validation.formats.rdf import report_triples

        return report_triples(self)

    def to_graph(self) -> rdflib.Graph:
        """Return the SHACL validation report (SHACL, 3.6) as an rdflib graph.

        ``sh:conforms`` is true when there is no violation, as in `conforms`; warnings and
        information are reported all the same (SHACL 1.2 calls this conformance disallowing
        violations only).
        """
        from outcome_graph.namespaces import PREFIXES
        from outcome_graph.validation.shacl import to_rdflib_graph
        from outcome_graph.validation.statements import statements

        graph = to_rdflib_graph(statements(self.triples()))
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        return graph

    def to_turtle(self) -> str:
        """Return the SHACL report as Turtle."""
        from outcome_graph.validation.formats.rdf import to_turtle

        return to_turtle(self)

    def to_jsonld(self) -> str:
        """Return the SHACL report as JSON-LD (expanded form)."""
        from outcome_graph.validation.formats.rdf import to_jsonld

        return to_jsonld(self)

    def to_text(self, language: str = LANGUAGES[0]) -> str:
        """Return the report as lines for a terminal."""
        from outcome_graph.validation.formats.text import to_text

        return to_text(self, language)

    def to_json(self, language: str = LANGUAGES[0]) -> str:
        """Return the report as JSON: messages in a language, and in all of them beside it."""
        from outcome_graph.validation.formats.data import to_json

        return to_json(self, language)

    def to_csv(self, language: str = LANGUAGES[0]) -> str:
        """Return the results as CSV with a heading line."""
        from outcome_graph.validation.formats.data import to_csv

        return to_csv(self, language)

    def to_junit(self, language: str = LANGUAGES[0]) -> str:
        """Return the report as JUnit XML: a failure for each violation."""
        from outcome_graph.validation.formats.data import to_junit

        return to_junit(self, language)

    def to_html(self, language: str = LANGUAGES[0]) -> str:
        """Return the report as one self-contained HTML page."""
        from outcome_graph.validation.formats.html import to_html

        return to_html(self, language)


class ReportBuilder:
    """Gathers results record by record, in bounded memory.

    Parameters:
        base, shapes: as in `ValidationReport`.
        limit: how many results of each rule are kept; None for all.
    """

    def __init__(
        self, *, base: str = "", shapes: Shapes | None = None, limit: int | None = 1000
    ) -> None:
        self._base = base
        self._shapes = shapes
        self._limit = limit
        self._results: list[Result] = []
        self._totals: Counter[str] = Counter()
        self._counts: Counter[Severity] = Counter()
        self._completeness: dict[str, float] = {}
        self._refused = 0
        self._clean: list[str] = []

    def add(self, record_id: str, results: Iterable[Result], completeness: float) -> None:
        """Take over the results of one record and its completeness (0 to 1)."""
        refused, clean = False, True
        for result in results:
            clean = False
            self._totals[result.rule] += 1
            self._counts[result.severity] += 1
            refused = refused or result.severity == "violation"
            if self._limit is None or self._totals[result.rule] <= self._limit:
                self._results.append(result)
        self._refused += refused
        if clean:
            self._clean.append(record_id)
        self._completeness[record_id] = completeness

    def add_check(self, checked: RecordCheck) -> None:
        """Take over what validation said of one record."""
        self.add(checked.record_id, checked.results, checked.completeness)

    def report(self) -> ValidationReport:
        """Return the report on what was added so far."""
        return ValidationReport(
            results=tuple(self._results),
            totals=dict(self._totals),
            counts=dict(self._counts),
            completeness=dict(self._completeness),
            refused=self._refused,
            clean=tuple(self._clean),
            base=self._base,
            shapes=self._shapes,
        )
