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
from typing import TYPE_CHECKING

from outcome_graph.namespaces import DCTERMS, OG, RDF, SKOS, XSD
from outcome_graph.rdf import Literal, NamedNode, Term, Triple
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
    from outcome_graph.validation.results import Result
    from outcome_graph.validation.shacl import ShaclEngine
    from outcome_graph.validation.validator import Locations, Validator

__all__ = ["RecordScreen"]

#: Queries that are answered at a time: the engine lets go of Python's lock.
WORKERS = 2


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
            brief: results of records that conform need no words.

        Raises:
            UsageError: the shapes (a user's) cannot be evaluated.
        """
        run = _Run(self, ask, workers, guards=guarded is None)
        places = locations or {}
        suspects = run.suspects() if guarded is None else set(guarded)
        for record_id in record_ids:
            node = self.validator.minter.record(record_id)
            found = run.found.get(node, [])
            if node in run.doubtful:
                yield self.validator.check(record_id, triples(record_id), places.get(record_id))
                continue
            if self.screen.fallback:
                own = statements(triples(record_id))
                found = [*found, *self.validator.found_by(self._referee, record_id, own)]
            if not found and record_id not in suspects:
                yield RecordCheck(record_id, (), run.completeness(record_id, ()))
                continue
            found = list(dict.fromkeys(found))
            if brief and record_id not in suspects:
                wordless = self.validator.without_words(found)
                if wordless is not None:
                    completeness = run.completeness(record_id, wordless)
                    yield RecordCheck(record_id, tuple(wordless), completeness)
                    continue
            given = triples(record_id)
            results = self.validator.results(record_id, given, found, places.get(record_id))
            completeness = self.validator.completeness(record_id, given, results)
            yield RecordCheck(record_id, tuple(results), completeness)


class _Run:
    """The answers over one state of the data."""

    def __init__(self, parent: RecordScreen, ask: Ask, workers: int, *, guards: bool) -> None:
        self._minter = parent.validator.minter
        self._score = parent.validator.score
        self._ours = parent.validator.shapes.ours
        self.found: dict[Term, list[Finding]] = {}
        self.doubtful: set[Term | None] = set()
        self._guarded: list[Term | None] = []
        screen = parent.screen
        extra = [_PROFILES, _DESCRIBED]
        if self._ours and guards:
            extra += [_subjects(self._minter.base), _OBJECTS, _KINDS]
        with ThreadPoolExecutor(workers) as pool:
            each = pool.map if workers > 1 else map
            # The longest first: the guards read everything.
            later = each(partial(_rows, ask), extra)
            texts: list[tuple[str, Query | None]] = [(parent._view.exotic(), None)]
            texts += [(q.text, q) for q in open_queries(screen.queries, ask, each)]
            answers = each(partial(_rows, ask), [text for text, _ in texts])
            for (_, query), rows in zip(texts, answers, strict=True):
                if query is None:
                    self.doubtful.update(row[0] for row in rows)
                    continue
                for item in query.read(rows, graphs=True, doubtful=self.doubtful):
                    assert item.graph is not None
                    self.found.setdefault(item.graph, []).append(item.finding)
            profiles, described, *guarded = later
            self._profiles = self._by_graph(profiles)
            self._described = self._by_graph(described)
            for subjects, objects, kinds in [guarded] if guarded else ():
                self._guarded += [row[0] for row in (*subjects, *kinds)]
                self._guarded += [g for g, found in self._described.items() if len(found) > 1]
                self._guarded += [graph for value, graph in objects if _is_doubtful(value)]

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

    def completeness(self, record_id: str, results: Sequence[Result]) -> float:
        """Return the completeness of a record, from its results."""
        record, outcome = self._minter.record(record_id), self._minter.outcome(record_id)
        if outcome not in self._described.get(record, ()):
            return 0.0
        profiles = self._profiles.get(record, [])
        profile = last_segment(str(profiles[-1].value)) if profiles else "core"
        return self._score(profile, results)


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
