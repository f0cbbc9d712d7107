"""Holds records to the shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from outcome_graph.draft import WHOLE, Draft, Location, Problem
from outcome_graph.namespaces import DCTERMS, OG, RDF, SH, IriMinter
from outcome_graph.rdf import NamedNode, RdfFormat, Term, Triple, parse_quads
from outcome_graph.resources import resource, resources_in
from outcome_graph.validation.completeness import Completeness
from outcome_graph.validation.context import SharedContext, last_segment
from outcome_graph.validation.guard import GRAPH_CHECK, GuardFinding, check_graph
from outcome_graph.validation.messages import Messenger
from outcome_graph.validation.report import RecordCheck, ReportBuilder, ValidationReport
from outcome_graph.validation.results import SEVERITIES, Result, Severity, severity_of
from outcome_graph.validation.rules import OGS, Rule
from outcome_graph.validation.shapes import Shapes
from outcome_graph.validation.statements import Statement, statements

if TYPE_CHECKING:
    from outcome_graph.validation.finding import Finding
    from outcome_graph.validation.shacl import ShaclEngine

__all__ = [
    "SOURCE_READING",
    "Broken",
    "Context",
    "Locations",
    "RecordCheck",
    "Validator",
    "packaged_context",
]

#: The shared triples, or a function that returns them when they are first needed.
Context: TypeAlias = Iterable[Triple] | Callable[[], Iterable[Triple]]
#: Where the fields of a record stand in its source, as in ``Draft.locations``.
Locations: TypeAlias = Iterable[tuple[str, Location]]
#: A shape, by its label, and its severity in the shapes graph.
Broken: TypeAlias = tuple[str, str]

_ORDER = {severity: number for number, severity in enumerate(SEVERITIES)}
_DATATYPE = SH.DatatypeConstraintComponent.value
_PROBLEM_SEVERITY: dict[str, Severity] = {
    "error": "violation",
    "warning": "warning",
    "info": "info",
}
#: The rule that tells what was met while a source was read.
SOURCE_READING = "source-reading"
_DUPLICATE = "duplicate"
_LINKED = "linked-things"


def packaged_context(minter: IriMinter) -> list[Triple]:
    """Return the packaged triples that records refer to, with the minter's base.

    The ontology (for its classes), the concepts, the countries and regions, the SDG skeleton.
    """
    paths = [
        resource("ontology", "outcome.ttl"),
        *resources_in("ontology/concepts", ".ttl"),
        resource("data", "countries.ttl"),
        resource("data", "sdg.ttl"),
    ]
    made: list[Triple] = []
    for path in paths:
        quads = parse_quads(
            path.read_bytes(), RdfFormat.TURTLE, base_iri=minter.base, where=path.name
        )
        made += [quad.triple for quad in quads]
    return made


class Validator:
    """Validates records; made once, used for many.

    Parameters:
        minter: the base of the records' IRIs.
        shapes: the shapes graph.
        context: the shared triples that records refer to: ontology (its class hierarchy), concepts,
            countries, SDG terms. None for the packaged ones.
    """

    def __init__(self, minter: IriMinter, shapes: Shapes, context: Context | None = None) -> None:
        self.minter = minter
        self.shapes = shapes
        self._context = context
        self._completeness = Completeness(shapes.rules.values())
        self._rank = {shape: number for number, shape in enumerate(shapes.rules)}

    @classmethod
    def load(cls, minter: IriMinter, context: Context | None = None) -> Validator:
        """Return a validator with the packaged shapes.

        Parameters:
            minter: the base.
            context: the shared triples; None for the packaged ones (`packaged_context`).

        Raises:
            NotFoundError: the installation lacks the shapes.
        """
        return cls(minter, Shapes.load(minter), context)

    @cached_property
    def engine(self) -> ShaclEngine:
        """pySHACL with these shapes, made at first use: its import alone takes half a second."""
        from outcome_graph.validation.shacl import ShaclEngine

        return ShaclEngine(self.shapes.constraints())

    @cached_property
    def _shared_statements(self) -> Sequence[Statement]:
        if self._context is None:
            return statements(packaged_context(self.minter))
        return statements(self._context() if callable(self._context) else self._context)

    @cached_property
    def _shared(self) -> SharedContext:
        return SharedContext(self._shared_statements, self.shapes.predicates())

    def validate_record(
        self, record_id: str, triples: Iterable[Triple], locations: Locations | None = None
    ) -> list[Result]:
        """Validate one record's graph.

        Parameters:
            record_id: the last part of the graph's IRI.
            triples: the graph, with its literals as they were read.
            locations: where the record's fields stand in its source.

        Raises:
            UsageError: the shapes (a user's) cannot be evaluated.
        """
        given = list(triples)
        return self.results(
            record_id, given, self._findings(record_id, statements(given)), locations
        )

    def results(
        self,
        record_id: str,
        given: Sequence[Triple],
        found: Sequence[Finding],
        locations: Locations | None = None,
    ) -> list[Result]:
        """Return what an engine found in a record, in words, with what the program checks itself.

        Parameters:
            record_id, given, locations: as in `validate_record`.
            found: what the shapes found in it, by whatever engine.
        """
        found = self._without_echoes(found)
        known = {f.value for f in found if f.component == _DATATYPE}
        guards = [
            g
            for g in (check_graph(given, record_id, self.minter) if self.shapes.ours else ())
            if not (g.rule == "valid-values" and g.value in known)
        ]
        if not found and not guards:
            return []
        messenger = Messenger(statements(given), self._shared.labels, self.minter)
        results = [self._of_finding(f, messenger) for f in self._told_once(found)]
        results += [self._of_guard(g, messenger) for g in guards]
        places = dict(locations or ())
        placed = [_placed(r, record_id, places) for r in results]
        return sorted(placed, key=self._sort_key)

    def broken(self, found: Sequence[Finding]) -> set[Broken]:
        """Return the shapes that are told of, with their severities."""
        return {(f.shape, f.severity) for f in self._without_echoes(found)}

    def refuses(self, broken: Iterable[Broken]) -> bool:
        """Tell whether a record that breaks shapes does not conform."""
        return any(self._severity(*each) == "violation" for each in broken)

    def _severity(self, shape: str, severity: str) -> Severity:
        rule = self.shapes.rules.get(shape)
        return rule.severity if rule else severity_of(severity)

    def check(
        self, record_id: str, triples: Iterable[Triple], locations: Locations | None = None
    ) -> RecordCheck:
        """Validate one record's graph, and score its completeness. See `validate_record`."""
        own = list(triples)
        results = self.validate_record(record_id, own, locations)
        return RecordCheck(record_id, tuple(results), self.completeness(record_id, own, results))

    def completeness(
        self, record_id: str, triples: Iterable[Triple], results: Iterable[Result]
    ) -> float:
        """Return how complete a record is (0 to 1), from its results.

        A graph that describes no result of this id says nothing, so its completeness is 0.
        """
        record, outcome = self.minter.record(record_id), self.minter.outcome(record_id)
        profile, described = "core", False
        for triple in triples:
            if triple.subject == record and triple.predicate == DCTERMS.conformsTo:
                profile = last_segment(str(getattr(triple.object, "value", "")))
            elif triple.subject == outcome and triple.predicate == RDF.type:
                described = described or triple.object == OG.Outcome
        return self.score(profile, [r.shape for r in results]) if described else 0.0

    def validate_all(
        self, records: Iterable[tuple[str, Iterable[Triple]]], *, limit: int | None = 1000
    ) -> ValidationReport:
        """Validate records one by one and return the report on them all.

        Parameters:
            records: id and graph of each.
            limit: how many results of each rule the report keeps; None for all.
        """
        builder = self.builder(limit=limit)
        for record_id, triples in records:
            builder.add_check(self.check(record_id, triples))
        return builder.report()

    def builder(self, *, limit: int | None = 1000) -> ReportBuilder:
        """Return a builder of a report on records checked with this validator."""
        return ReportBuilder(base=self.minter.base, shapes=self.shapes, limit=limit)

    def report(self, *checks: RecordCheck, limit: int | None = None) -> ValidationReport:
        """Return the report on records that were checked."""
        builder = self.builder(limit=limit)
        for checked in checks:
            builder.add_check(checked)
        return builder.report()

    def with_problems(self, checked: RecordCheck, draft: Draft) -> RecordCheck:
        """Add to what validation said of a record what was met while its draft was read."""
        record_id = draft.record.id
        read = (self._of_problem(record_id, p) for p in draft.problems)
        # A field that could not be read is told once, not once more as missing.
        unread = {problem.field for problem in draft.errors if problem.field}
        found = (r for r in checked.results if r.severity != "violation" or r.field not in unread)
        results = sorted((*read, *found), key=lambda r: _ORDER[r.severity])
        return RecordCheck(record_id, tuple(results), checked.completeness)

    def _of_problem(self, record_id: str, problem: Problem) -> Result:
        rule = self.shapes.rule(SOURCE_READING)
        return Result(
            focus=self.minter.record(record_id),
            severity=_PROBLEM_SEVERITY[problem.severity],
            rule=rule.id,
            name=rule.name,
            message={"en": problem.message},
            shape=rule.shape,
            component=GRAPH_CHECK,
            field=problem.field,
            record_id=record_id,
            location=problem.location,
        )

    def with_twins(
        self, checked: RecordCheck, others: Iterable[NamedNode], locations: Locations | None = None
    ) -> RecordCheck:
        """Add to what validation said of a record that others tell of the same result.

        The shape finds them where all records are one data graph; this is for whoever validates
        records one by one and knows the others. A user's shapes have no such rule.

        Parameters:
            checked: what was found in the record alone.
            others: outcomes of the other records.
            locations: where the record's fields stand in its source.
        """
        if not self.shapes.ours:
            return checked
        rule = self.shapes.rule(_DUPLICATE)
        outcome = self.minter.outcome(checked.record_id)
        messenger = Messenger((), self._shared.labels, self.minter)
        results = [
            Result(
                focus=outcome,
                path=DCTERMS.identifier.value,
                value=other,
                severity=rule.severity,
                rule=rule.id,
                name=rule.name,
                message=messenger.messages(rule, outcome, other),
                shape=rule.shape,
                component=SH.SPARQLConstraintComponent.value,
                field=rule.field,
                record_id=checked.record_id,
                location=dict(locations or ()).get(rule.field or ""),
            )
            for other in others
        ]
        together = sorted((*checked.results, *results), key=self._sort_key)
        return replace(checked, results=tuple(together)) if results else checked

    def score(self, profile: str, broken: Iterable[str]) -> float:
        """Return the completeness (0 to 1) of a described record, from the shapes that it breaks.

        Parameters:
            profile: the record's.
        """
        return self._completeness.score(profile, frozenset(broken))

    def visible(self) -> Iterable[Statement]:
        """Return the shared statements that shapes may look at."""
        return self._shared.statements() if self.shapes.ours else self._shared_statements

    def _findings(self, record_id: str, own: list[Statement]) -> list[Finding]:
        return self.found_by(self.engine, record_id, own)

    def surroundings(self, record_id: str, own: Sequence[Statement]) -> list[Statement]:
        """Return a record's statements with what our shapes may read of what they refer to."""
        # By contract the graph of a record is about the record, whatever it says itself:
        # without this, an empty graph would have nothing to break a rule.
        record = Statement(self.minter.record(record_id), RDF.type, OG.Record)
        return [*own, record, *self._shared.neighbourhood(own)]

    def found_by(
        self, engine: ShaclEngine, record_id: str, own: Sequence[Statement]
    ) -> list[Finding]:
        """Return what an engine finds in a record's statements and what they refer to."""
        if self.shapes.ours:
            return engine.validate(self.surroundings(record_id, own))
        # A user's shapes may read anything: they get all shared triples, and what they find in
        # those alone is not the record's.
        mentioned: set[Term] = {t.subject for t in own}
        mentioned.update(t.object for t in own)
        found = engine.validate([*own, *self._shared_statements])
        return [f for f in found if f.focus in mentioned]

    def _without_echoes(self, found: Sequence[Finding]) -> Sequence[Finding]:
        """Leave out what follows from a text that stands where a thing is linked.

        "There is no target 1.3" would be wrong: there is, but a text is no target.
        """
        if not self.shapes.ours:
            return found
        linked = OGS[_LINKED].value
        texts = {(f.focus, f.value) for f in found if f.shape == linked}
        return [f for f in found if f.shape == linked or (f.focus, f.value) not in texts]

    def _told_once(self, found: Sequence[Finding]) -> Iterable[Finding]:
        """Leave out what a shape finds of one value by a second constraint (datatype, pattern).

        Our shapes have one message for all their constraints.
        """
        if not self.shapes.ours:
            return found
        once: dict[tuple[object, ...], Finding] = {}
        for finding in sorted(found, key=lambda f: f.component):
            once.setdefault((finding.shape, finding.focus, finding.path, finding.value), finding)
        return once.values()

    def _of_finding(self, found: Finding, messenger: Messenger) -> Result:
        rule = self.shapes.rules.get(found.shape)
        message: Mapping[str, str]
        if rule is None or not rule.message:
            message = {language or "en": text for language, text in found.messages}
        else:
            message = messenger.messages(rule, found.focus, found.value)
        return Result(
            focus=found.focus,
            path=found.path,
            value=found.value,
            severity=self._severity(found.shape, found.severity),
            rule=rule.id if rule else last_segment(found.shape),
            name=rule.name if rule else {},
            message=message,
            shape=found.shape,
            component=found.component,
            field=rule.field if rule else None,
        )

    def _of_guard(self, found: GuardFinding, messenger: Messenger) -> Result:
        rule: Rule = self.shapes.rule(found.rule)
        return Result(
            focus=found.focus,
            path=found.path,
            value=found.value,
            severity=rule.severity,
            rule=rule.id,
            name=rule.name,
            message=messenger.messages(rule, found.focus, found.value, dict(found.words)),
            shape=rule.shape,
            component=GRAPH_CHECK,
            field=rule.field,
        )

    def _sort_key(self, result: Result) -> tuple[int, int, str, str, str, str]:
        rank = self._rank.get(result.shape, len(self._rank))
        return (
            _ORDER[result.severity],
            rank,
            result.shape if rank == len(self._rank) else "",
            str(result.focus),
            str(result.value),
            result.component,
        )


def _placed(result: Result, record_id: str, places: dict[str, Location]) -> Result:
    location = places.get(result.field or WHOLE) or places.get(WHOLE)
    return replace(result, record_id=record_id, location=location)
