"""Finding results by words and codes: which fit, how many there are of each choice, as a table."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter

from outcome_graph.namespaces import OG, RDF, SDG, SKOS
from outcome_graph.pipeline.result_index import FACTS, FILTERS, LABEL, Entry, ResultIndex
from outcome_graph.rdf import Literal, NamedNode, Term
from outcome_graph.store import Answer, QueryRequest, Store
from outcome_graph.store.evaluation import LocalAnswer
from outcome_graph.store.serialisation import Rows

__all__ = ["COLUMNS", "Found", "NewestResults", "Wanted", "table"]

#: Revisions that are followed by the journal; after more the results are read anew.
_FOLLOWED = 200
_DESCRIBED = frozenset((RDF.type, OG.recipient, *FACTS))
COLUMNS = (
    "id",
    "title",
    "countryCode",
    "countryName",
    "achieved",
    "bienniumCode",
    "targets",
    "funders",
    "region",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for.

    Parameters:
        words: that every result must have, as `searchable` gives them.
        places: IRIs of the countries that words name: results of that country have the word.
        values: IRIs by the name of the filter (`FILTERS`).
    """

    words: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)

    def among(self, index: ResultIndex) -> list[Entry]:
        """Return the results that have all words, the newest first."""
        entries = index.newest
        for word in self.words:
            said, place = index.with_word(word, entries), self.places.get(word)
            entries = [e for e in entries if e.iri in said or (place and place in e.country)]
        return entries

    def best_first(self, index: ResultIndex, entries: list[Entry]) -> list[Entry]:
        """Put those first whose title or ID has the most of the words, at the start of a word."""
        if not self.words:
            return entries
        return sorted(
            entries, key=lambda e: sum(index.begun(w, e) for w in self.words), reverse=True
        )


@dataclass(frozen=True, slots=True)
class Found:
    """Results that fit, the best first, and what there is to choose among.

    Parameters:
        entries: those with most of the words in title or ID come first, then the newest.
        counts: by the name of the filter, how many results of each value fit the words and all
            other filters.
    """

    entries: Sequence[Entry]
    counts: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, index: ResultIndex, wanted: Wanted) -> Found:
        """Look through all results."""
        entries: list[Entry] = []
        others: dict[str, list[Entry]] = {name: [] for name in FILTERS}
        said = wanted.among(index)
        if not wanted.values:
            entries, said = said, []
        for entry in said:
            failed = [n for n, iri in wanted.values.items() if iri not in getattr(entry, n)]
            if not failed:
                entries.append(entry)
            elif len(failed) == 1:
                others[failed[0]].append(entry)
        counts = {
            name: Counter(chain.from_iterable(map(attrgetter(name), chain(entries, more))))
            for name, more in others.items()
        }
        return cls(wanted.best_first(index, entries), counts)


class NewestResults:
    """Keeps the index of the newest revision. Thread-safe: one thread brings it up to date.

    Parameters:
        answer: answers queries of the store.
        store: its journal tells what changed.
    """

    def __init__(self, answer: Callable[[QueryRequest], Answer], store: Store) -> None:
        self._answer, self._store = answer, store
        self._lock = threading.Lock()
        self._index: ResultIndex | None = None

    def newest(self) -> ResultIndex:
        """Return the index of the newest revision.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._lock:
            revision = self._store.revision()
            if self._index is None or self._index.revision != revision:
                self._index = self._followed(revision) or ResultIndex.read(self._answer, revision)
            return self._index

    def _followed(self, revision: int) -> ResultIndex | None:
        """Return the index brought up to a revision, None where that is no less than reading it."""
        index = self._index
        if index is None or index.worn or not 0 < revision - index.revision <= _FOLLOWED:
            return None
        outcomes: set[str] = set()
        renamed: set[str] = set()
        for number in range(index.revision + 1, revision + 1):
            patch = self._store.patch(number)[1]
            if patch is None:
                return None
            for quad in (*patch.removed, *patch.added):
                if isinstance(quad.subject, NamedNode):
                    if quad.predicate in _DESCRIBED:
                        outcomes.add(quad.subject.value)
                    if quad.predicate in LABEL:
                        renamed.add(quad.subject.value)
        return index.updated(self._answer, revision, outcomes, renamed)


def table(index: ResultIndex, entries: Sequence[Entry], request: QueryRequest) -> Answer:
    """Return results as the answer to a query would be, one row for each, the newest first.

    Parameters:
        index, entries: of the results.
        request: says the format and the bounds.
    """
    newest = sorted(sorted(entries, key=lambda e: e.id), key=lambda e: e.date, reverse=True)
    return LocalAnswer(Rows(COLUMNS, _rows(index, newest)), request, index.revision)


def _rows(index: ResultIndex, entries: Sequence[Entry]) -> Iterator[Sequence[Term | None]]:
    for entry in entries:
        codes = (iri.removeprefix(str(SDG)) for iri in entry.sdg_targets)
        # One name for each, in English where there is one.
        names = {n.value for f in entry.funder for n in index.label(f, SKOS.prefLabel)[:1]}
        country = () if entry.regional else (entry.place,)
        yield (
            Literal(entry.id),
            next(iter(index.titles(entry)), None),
            _label(index, country, SKOS.notation),
            _label(index, country, SKOS.prefLabel),
            Literal(entry.date) if entry.date else None,
            _label(index, entry.biennium, SKOS.notation),
            Literal("; ".join(codes)),
            Literal("; ".join(sorted(names))),
            _label(index, (entry.place,) if entry.regional else (), SKOS.prefLabel),
        )


def _label(index: ResultIndex, things: Sequence[str], fact: NamedNode) -> Literal | None:
    """Return the first label, in English where there is one, of things by their IRIs."""
    return next((text for iri in things for text in index.label(iri, fact)), None)
