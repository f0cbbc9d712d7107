"""Validates all records of a store at once, with the results that each would have alone.

A few queries find what the shapes forbid. Only records of which they found something are read:
to see what the program checks besides (`guard`), and to put the results into words. Records that
the queries may judge differently from pySHACL are validated by it, one by one, as is all that the
shapes say beyond what is compiled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from outcome_graph.namespaces import DCTERMS, OG, RDF, SKOS, XSD
from outcome_graph.rdf import (
    Line,
    Literal,
    NamedNode,
    Term,
    Triple,
    lines_of,
    term_of,
    token_of,
)
from outcome_graph.validation.context import last_segment
from outcome_graph.validation.guard import OF_RECORD, RESERVED, SHARED
from outcome_graph.validation.literals import is_canonical, is_valid
from outcome_graph.validation.report import RecordCheck
from outcome_graph.validation.screen.plain import PlainScreen, Scratch
from outcome_graph.validation.screen.relations import BARRIER
from outcome_graph.validation.screen.screen import Ask, Query, Screen, open_queries
from outcome_graph.validation.screen.view import Facts, RecordView
from outcome_graph.validation.statements import statements

if TYPE_CHECKING:
    from outcome_graph.validation.finding import Finding
    from outcome_graph.validation.shacl import ShaclEngine
    from outcome_graph.validation.validator import Broken, Locations, Validator

__all__ = ["RecordScreen"]

#: Queries that are answered at a time: the engine lets go of Python's lock.
WORKERS = 2

_TYPE, _CONFORMS_TO = token_of(RDF.type), token_of(DCTERMS.conformsTo)
_RECORD, _OUTCOME = token_of(OG.Record), token_of(OG.Outcome)


class RecordScreen:
    """The queries that validate records with a validator's shapes.

    Parameters:
        validator: says what a record is held to, and puts results into words.
    """

    def __init__(self, validator: Validator) -> None:
        self.validator = validator

    @cached_property
    def screen(self) -> Screen:
        """The queries over many records."""
        return Screen.compile(self.validator.shapes.constraints(), self._view)

    @cached_property
    def _view(self) -> RecordView:
        ours = self.validator.shapes.ours
        facts = Facts(self.validator.visible())
        return RecordView(facts, neighbours=ours, record_class=OG.Record if ours else None)

    @cached_property
    def _single(self) -> PlainScreen:
        """The queries over one record and what it refers to, as one graph."""
        validator = self.validator
        return PlainScreen(validator.shapes.constraints(), referee=lambda: validator.engine)

    @cached_property
    def _referee(self) -> ShaclEngine:
        """pySHACL with the shapes that are not compiled."""
        from outcome_graph.validation.shacl import ShaclEngine

        labels = {str(node.value) for node in self.screen.fallback}
        return ShaclEngine(self.validator.shapes.constraints(), only=labels)

    def check(
        self,
        record_id: str,
        triples: Iterable[Triple],
        scratch: Callable[[], Scratch],
        locations: Locations | None = None,
    ) -> RecordCheck:
        """Return what validation says of one record that is in no store yet.

        A user's shapes may look at all that is shared, which only pySHACL is given for one record.

        Parameters:
            record_id, triples, locations: as in `Validator.check`.
            scratch: makes an empty place for data.

        Raises:
            UsageError: the shapes (a user's) cannot be evaluated.
        """
        validator, given = self.validator, list(triples)
        if not validator.shapes.ours:
            return validator.check(record_id, given, locations)
        around = validator.surroundings(record_id, statements(given))
        found = self._single.validate(around, scratch)
        results = validator.results(record_id, given, found, locations)
        completeness = validator.completeness(record_id, given, results)
        return RecordCheck(record_id, tuple(results), completeness)

    def checks(
        self,
        record_ids: Collection[str],
        ask: Ask,
        triples: Callable[[str], Sequence[Triple]],
        *,
        workers: int = WORKERS,
        guarded: Collection[str] | None = None,
        locations: Mapping[str, Locations] | None = None,
        texts: Mapping[str, bytes] | None = None,
        brief: bool = False,
    ) -> Iterator[RecordCheck]:
        """Yield what validation says of each record, in their order.

        Parameters:
            record_ids: the records; others in the data are passed over.
            ask: answers queries over the data, in which each record is a named graph.
            triples: returns a record's statements.
            workers: how many queries are asked at a time.
            guarded: records of which the program's own checks are to be made whatever the queries
                find; None to find out by queries as well.
            locations: where the fields of records stand in their sources, by record id.
            texts: the records as N-Triples, where all of them are at hand as the engine keeps
                them: most queries are then seen to be needless.
            brief: of records that conform, only how complete they are is wanted: to put results
                into words, in three languages, takes longer than to find them.

        Raises:
            UsageError: the shapes (a user's) cannot be evaluated.
        """
        if texts is not None and guarded is not None and self.screen.sieve is not None:
            run = _Run.over_texts(self, texts, ask, workers)
        else:
            run = _Run.over_data(self, ask, workers, guards=guarded is None)
        places = locations or {}
        suspects = run.suspects() if guarded is None else set(guarded)
        for record_id in record_ids:
            node = self.validator.minter.record(record_id)
            if node in run.doubtful:
                yield self.validator.check(record_id, triples(record_id), places.get(record_id))
                continue
            more: list[Finding] = []
            if self.screen.fallback:
                own = statements(triples(record_id))
                more = self.validator.found_by(self._referee, record_id, own)
            if record_id not in suspects:
                broken = run.broken(node, more)
                if not broken or (brief and not self.validator.refuses(broken)):
                    yield RecordCheck(record_id, (), run.completeness(record_id, broken))
                    continue
            found = list(dict.fromkeys([*run.findings(node), *more]))
            given = triples(record_id)
            results = self.validator.results(record_id, given, found, places.get(record_id))
            completeness = self.validator.completeness(record_id, given, results)
            yield RecordCheck(record_id, tuple(results), completeness)


class _Run:
    """What is found in one state of the data."""

    def __init__(self, parent: RecordScreen) -> None:
        self._minter = parent.validator.minter
        self._validator = parent.validator
        self._found: dict[Term, list[Finding]] = {}
        #: What is found without an engine: focus nodes, and the query that would find each.
        self._seen: dict[Term, list[tuple[Query, bytes]]] = {}
        self.doubtful: set[Term | None] = set()
        self._guarded: list[Term | None] = []
        self._profiles: dict[Term, list[Term]] = {}
        self._described: dict[Term, list[Term]] = {}

    @classmethod
    def over_data(cls, parent: RecordScreen, ask: Ask, workers: int, *, guards: bool) -> _Run:
        """Ask all queries, also for what the program checks itself if ``guards``."""
        run = cls(parent)
        extra = [_PROFILES, _DESCRIBED]
        if parent.validator.shapes.ours and guards:
            extra += [_subjects(run._minter.base), _OBJECTS, _KINDS]
        with ThreadPoolExecutor(workers) as pool:
            each = pool.map if workers > 1 else map
            # The longest first: the guards read everything.
            later = each(partial(_rows, ask), [*extra, parent._view.exotic()])
            run._ask(parent.screen.queries, ask, each)
            profiles, described, *guarded, exotic = later
        run.doubtful.update(row[0] for row in exotic)
        run._profiles = run._by_graph(profiles)
        run._described = run._by_graph(described)
        for subjects, objects, kinds in [guarded] if guarded else ():
            run._guarded += [row[0] for row in (*subjects, *kinds)]
            run._guarded += [g for g, found in run._described.items() if len(found) > 1]
            run._guarded += [graph for value, graph in objects if _is_doubtful(value)]
        return run

    @classmethod
    def over_texts(
        cls, parent: RecordScreen, texts: Mapping[str, bytes], ask: Ask, workers: int
    ) -> _Run:
        """Look at what records say, and ask only what is not seen there."""
        run, records, nodes = cls(parent), [], []
        sieve = parent.screen.sieve
        assert sieve is not None
        for record_id, text in texts.items():
            node = run._minter.record(record_id)
            token, lines = token_of(node), lines_of(text)
            run._note(node, token, lines)
            if sieve.shared.are_described_by(lines):
                run.doubtful.add(node)
                continue
            # By contract, whatever it says itself.
            contract = (token, _TYPE, _RECORD)
            records.append(lines if contract in lines else [*lines, contract])
            nodes.append(node)
        queries, found = parent.screen.seen_in(records)
        for number, query, focus in found:
            run._seen.setdefault(nodes[number], []).append((query, focus))
        with ThreadPoolExecutor(workers) as pool:
            run._ask(queries, ask, pool.map if workers > 1 else map)
        return run

    def _note(self, node: NamedNode, token: bytes, lines: Iterable[Line]) -> None:
        """Note which profile a record names and what it describes, as the queries would tell."""
        said = [(s, o) for s, p, o in lines if p == _TYPE and o == _OUTCOME]
        self._described[node] = [term_of(s) for s, _ in said]
        profiles = [o for s, p, o in lines if p == _CONFORMS_TO and s == token]
        self._profiles[node] = sorted(map(term_of, profiles), key=str)

    def _ask(self, queries: Iterable[Query], ask: Ask, each: Callable[..., Iterable[Any]]) -> None:
        """Ask queries and keep what they find."""
        opened = open_queries(queries, ask, each)
        answers = each(partial(_rows, ask), [query.text for query in opened])
        for query, rows in zip(opened, answers, strict=True):
            for item in query.read(rows, graphs=True, doubtful=self.doubtful):
                assert item.graph is not None
                self._found.setdefault(item.graph, []).append(item.finding)

    @staticmethod
    def _by_graph(rows: Iterable[Sequence[Term | None]]) -> dict[Term, list[Term]]:
        made: dict[Term, list[Term]] = {}
        for graph, value in rows:
            if graph is not None and value is not None:
                made.setdefault(graph, []).append(value)
        for graph in made:
            made[graph].sort(key=str)
        return made

    def suspects(self) -> set[str]:
        """Return the ids of records of which the program's own checks may find something."""
        start = f"{self._minter.base}record/"
        made = set()
        for graph in self._guarded:
            parts = self._minter.parts(graph) if isinstance(graph, NamedNode) else ()
            if graph is not None and str(graph.value).startswith(start) and len(parts) > 1:
                made.add("/".join(parts[1:]))
        return made

    def findings(self, node: Term) -> list[Finding]:
        """Return what is found in a record."""
        seen = (q.finding(term_of(t), None, q.fixed_path) for q, t in self._seen.get(node, ()))
        return [*self._found.get(node, ()), *seen]

    def broken(self, node: Term, more: Sequence[Finding]) -> frozenset[Broken]:
        """Return the shapes that a record breaks.

        Parameters:
            more: what is found in it otherwise.
        """
        seen = {(q.shape.label, q.shape.severity) for q, _ in self._seen.get(node, ()) if q.shape}
        found = [*self._found.get(node, ()), *more]
        return frozenset(seen | self._validator.broken(found) if found else seen)

    def completeness(self, record_id: str, broken: Iterable[Broken]) -> float:
        """Return the completeness of a record, from the shapes that it breaks."""
        record, outcome = self._minter.record(record_id), self._minter.outcome(record_id)
        if outcome not in self._described.get(record, ()):
            return 0.0
        profiles = self._profiles.get(record, [])
        profile = last_segment(str(profiles[-1].value)) if profiles else "core"
        return self._validator.score(profile, [shape for shape, _ in broken])


def _rows(ask: Ask, text: str) -> list[Sequence[Term | None]]:
    return list(ask(text))


def _is_doubtful(value: Term | None) -> bool:
    """Tell whether a value is nameless, or not what its datatype allows as the store keeps it."""
    return not isinstance(value, Literal) or not is_valid(value) or not is_canonical(value)


def _subjects(base: str) -> str:
    """Return the query for records that may speak of what is not theirs.

    Each subject is turned into the record whose it is, so that terms are compared, which the engine
    does without fetching them; what records share into one of a few names.
    """
    # In a regular expression within a string; the dollar sign would name a group.
    pattern = re.escape(base).replace("\\", "\\\\")
    shared = " ".join(f"<{base}{kind}record/>" for kind in sorted(SHARED))
    made = _SUBJECTS.replace("{pattern}", pattern).replace("{shared}", shared)
    return made.replace("{base}", base.replace("$", "$$"))


def _choices(names: Iterable[str]) -> str:
    return "|".join(sorted(names))


_PROFILES = f"SELECT ?g ?profile WHERE {{ GRAPH ?g {{ ?g {DCTERMS.conformsTo} ?profile }} }}"
_DESCRIBED = f"SELECT ?g ?outcome WHERE {{ GRAPH ?g {{ ?outcome {RDF.type} {OG.Outcome} }} }}"

#: Records that may make something a member of what others describe: see `guard`.
_KINDS = f"""
SELECT DISTINCT ?g WHERE {{
  {{ VALUES ?kind {{ {" ".join(map(str, RESERVED))} }} GRAPH ?g {{ ?s {RDF.type} ?kind }} }}
  UNION {{ GRAPH ?g {{ ?s {SKOS.inScheme} ?scheme }} }}
  UNION {{ GRAPH ?g {{ ?s {RDF.type} {OG.Record} }} FILTER(?s != ?g) }}
}}"""

#: Records that may speak of what is not theirs, or of nameless things: see `guard`. The last choice
#: of the expression is for what is neither a record's own nor shared: it becomes no record.
_SUBJECTS = f"""
SELECT DISTINCT ?g WHERE {{
  {{ SELECT ?g ?whose WHERE {{
    {{ SELECT DISTINCT ?g ?s WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}{BARRIER} }}
    BIND(COALESCE(IRI(REPLACE(STR(?s),
      "^(?:{{pattern}}({_choices(SHARED)})/.*|{{pattern}}(?:{_choices(OF_RECORD)})/([^/#]*).*|.*)$",
      "{{base}}${{1}}record/$2")), <urn:outcome-graph:nameless>) AS ?whose)
    FILTER(!sameTerm(?whose, ?g))
  }}{BARRIER} }}
  MINUS {{ VALUES ?whose {{ {{shared}} }} }}
}}"""

#: Values that may not be what their datatypes allow, nameless things, statements about statements,
#: with the graphs that hold them. Numbers and dates that the engine knows as such are right. Each
#: value is looked at once, in the union of all graphs; texts, the longest, are fetched only once.
_OBJECTS = f"""
SELECT DISTINCT ?o ?g WHERE {{
  {{ SELECT ?o WHERE {{
    {{ SELECT DISTINCT ?o WHERE {{ ?s ?p ?o }}{BARRIER} }}
    FILTER(COALESCE(LANG(?o) = "", !isIRI(?o)) && !isNumeric(?o) && !COALESCE(
      DATATYPE(?o) = {XSD.string} || YEAR(?o) > -99999999, false))
  }}{BARRIER} }}
  GRAPH ?g {{ ?holder ?property ?o }}
}}"""
