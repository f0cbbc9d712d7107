"""Matching names of spreadsheets to things of the store, with scores.

Scores run from 0 to 100. A name or code as it stands in the store scores 100, a name like it less
than 95 however like, so that nothing is taken as certain for being similar. Given properties raise
or lower the score. A match is certain only when it is alone: see `Reconciler.match`.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import nsmallest

from outcome_graph.linking.registered import registered
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline.likeness import NEARLY, Names, Near, near_names
from outcome_graph.pipeline.reconcile_index import TYPES, Thing, ThingIndex
from outcome_graph.store import Answer, QueryRequest
from outcome_graph.vocabulary import Knowledge
from outcome_graph.vocabulary.names import fold, is_abbreviation, name_keys

__all__ = ["Candidate", "Given", "Query", "Reconciler"]

EXACT = 100.0
#: A name in other letters than its abbreviation ("who"), an SDG title in near wording.
_NEARLY = NEARLY
#: From this score, alone by this margin, a candidate is a match.
_CERTAIN, _MARGIN = 95.0, 5.0
#: Below this likeness of names no property makes a match.
_LEAST_NAME = 90.0
_AGREES, _DIFFERS = 6.0, -15.0
_OTHER_TYPE = -10.0


@dataclass(frozen=True, slots=True)
class Given:
    """A property that a query gives: its id, and texts or IRIs that any value may equal."""

    property: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Parameters:
        text: a name or code; None to look by properties alone.
        types: ids of types; () for any.
        strict: "any" of the types, "all" of them, or "should" (others rank lower).
        limit: how many candidates are wanted.
        given: properties that are known.
    """

    text: str | None
    types: tuple[str, ...] = ()
    strict: str = "any"
    limit: int = 10
    given: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant.

    Parameters:
        score: 0 to 100. match: whether it is certain. features: what the score is made of.
    """

    thing: Thing
    score: float
    match: bool = False
    features: dict[str, float | bool] = field(default_factory=dict)


class Reconciler:
    """Finds things by names. Thread-safe: the index of a revision is made once, by one thread.

    Parameters:
        answer: answers queries of the store.
        revision: returns the newest revision of the store.
        knowledge: the look-up tables, for spellings of countries and SDG codes.
        minter: mints the IRIs of what they find.
    """

    def __init__(
        self,
        answer: Callable[[QueryRequest], Answer],
        revision: Callable[[], int],
        knowledge: Knowledge,
        minter: IriMinter,
    ) -> None:
        self._answer, self._revision = answer, revision
        self._knowledge, self._minter = knowledge, minter
        self._lock = threading.Lock()
        self._made: tuple[ThingIndex, dict[str, Names]] | None = None

    def index(self) -> ThingIndex:
        """Return the things of the newest revision.

        Raises:
            StoreError: the store cannot be read.
        """
        return self._current()[0]

    def _current(self) -> tuple[ThingIndex, dict[str, Names]]:
        with self._lock:
            newest = self._revision()
            if self._made is None or self._made[0].revision != newest:
                # Only the newest is kept: older revisions are never asked for again.
                index = ThingIndex(self._answer, newest)
                self._made = index, {kind: Names(_named(index, kind)) for kind in TYPES}
            return self._made

    def reconcile(self, queries: Sequence[Query]) -> list[list[Candidate]]:
        """Return the candidates of each query, best first, all from one revision.

        Raises:
            StoreError: the store cannot be read.
        """
        index, names = self._current()
        near = self._near(queries, names)
        return [self._candidates(query, index, names, near) for query in queries]

    @staticmethod
    def _near(queries: Sequence[Query], names: dict[str, Names]) -> dict[str, Near]:
        """Search for the names of many queries at once, for each type that they ask for."""
        asked: dict[str, list[str]] = defaultdict(list)
        for query in queries:
            for kind in _types_of(query) & names.keys() if query.text else ():
                asked[kind].append(fold(query.text or ""))
        return {kind: near_names(names[kind], texts) for kind, texts in asked.items()}

    def beginning(self, prefix: str, types: Sequence[str] = ()) -> list[Thing]:
        """Return things whose names or codes begin so; where none do, those of names like it.

        Parameters:
            types: ids of types; () for any.

        Raises:
            StoreError: the store cannot be read.
        """
        index, start = self.index(), fold(prefix)
        found = {
            iri
            for table in (index.by_name, index.by_code)
            for key, owners in table.items()
            if start and key.startswith(start)
            for iri in owners
        }
        things = [t for iri in found if (t := index.things[iri]).type.id in (types or TYPES)]
        if not things:
            query = Query(prefix, tuple(types), limit=20)
            return [candidate.thing for candidate in self.reconcile([query])[0]]

        def rank(thing: Thing) -> tuple[bool, int, str, str]:
            # Before those that only have another name which begins so.
            name = thing.name()
            return not fold(name).startswith(start), len(name), name, thing.iri

        return sorted(things, key=rank)

    def _candidates(
        self, query: Query, index: ThingIndex, names: dict[str, Names], near: dict[str, Near]
    ) -> list[Candidate]:
        if query.strict == "all" and len(set(query.types)) > 1:
            # The types exclude each other: nothing is of two.
            return []
        only = _types_of(query)
        if query.text is None:
            scores = _by_properties(query, index)
        else:
            scores = self._by_text(query.text, only, index, names, near)
        scores = {i: score for i, score in scores.items() if index.things[i].type.id in only}
        if not query.given and query.strict != "should":
            # Nothing but the name weighs: of thousands of the same name only the first are made.
            best = nsmallest(max(query.limit, 2), scores, key=lambda iri: (-scores[iri], iri))
            scores = {iri: scores[iri] for iri in best}
        found = [_weighed(query, index.things[i], score, index) for i, score in scores.items()]
        found.sort(key=lambda c: (-c.score, c.thing.iri))
        return self.match(found, query.limit)

    @staticmethod
    def match(found: list[Candidate], limit: int | None = None) -> list[Candidate]:
        """Say of ranked candidates whether the first is certain, and cut scores to 0 to 100.

        It is when it scores 95 or more, by its name 90 or more, and no other is within 5 points,
        whether or not that other is among the `limit` first, which alone are returned.
        """
        certain = bool(found) and found[0].score >= _CERTAIN
        certain = certain and float(found[0].features.get("name", EXACT)) >= _LEAST_NAME
        if len(found) > 1:
            certain = certain and found[0].score - found[1].score > _MARGIN
        return [
            replace(c, score=round(min(max(c.score, 0.0), EXACT), 1), match=certain and n == 0)
            for n, c in enumerate(found[:limit])
        ]

    def _by_text(
        self,
        text: str,
        only: set[str],
        index: ThingIndex,
        names: dict[str, Names],
        near: dict[str, Near],
    ) -> dict[str, float]:
        text = text.strip()
        if text in index.things:
            return {text: EXACT}
        folded = fold(text)
        scores: dict[str, float] = {}
        if not folded:
            return scores
        for kind in only & names.keys():
            scores.update(names[kind].like(folded, near.get(kind)))
        for iri, score in self._exact(text, folded, only, index).items():
            scores[iri] = max(score, scores.get(iri, 0.0))
        return scores

    def _exact(self, text: str, folded: str, only: set[str], index: ThingIndex) -> dict[str, float]:
        scores: dict[str, float] = {}
        for key in name_keys(text):
            for iri in index.by_name.get(key, ()):
                _raise(scores, iri, _name_score(text, key, index.things[iri]))
        for iri in index.by_code.get(folded, ()):
            # A code of letters in small letters may be a word: "is", "to", "and".
            as_written = text in index.things[iri].codes() or not folded.isalpha()
            _raise(scores, iri, EXACT if as_written else _NEARLY)
        if "og:Country" in only:
            country = self._knowledge.countries.find(text)
            if country and len(text) > 3:
                _raise(scores, self._minter.country(country.alpha3).value, EXACT)
        if "org:Organization" in only and (body := registered(self._knowledge).find(text)):
            _raise(scores, self._minter.organisation(body.slug).value, EXACT)
        sdg = self._knowledge.sdg.read(text)
        if sdg and sdg.exists and f"sdgo:{sdg.kind.capitalize()}" in only:
            sure = sdg.confidence >= 1.0
            _raise(scores, self._minter.sdg(sdg.code).value, EXACT if sure else _NEARLY)
        return {iri: score for iri, score in scores.items() if iri in index.things}


def _types_of(query: Query) -> set[str]:
    return set(query.types) if query.types and query.strict != "should" else set(TYPES)


def _named(index: ThingIndex, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the folded names of the things of a type, each with whose it is."""
    for thing in index.things.values():
        if thing.type.id == kind:
            for name in thing.names():
                yield fold(name), thing.iri


def _raise(scores: dict[str, float], iri: str, score: float) -> None:
    scores[iri] = max(score, scores.get(iri, 0.0))


def _name_score(text: str, key: str, thing: Thing) -> float:
    bearing = [name for name in thing.names() if key in name_keys(name)]
    abbreviated = all(is_abbreviation(name) for name in bearing)
    return _NEARLY if abbreviated and text not in bearing else EXACT


def _by_properties(query: Query, index: ThingIndex) -> dict[str, float]:
    agreeing: dict[str, int] = defaultdict(int)
    for given in query.given:
        keys = {key for value in given.values for key in (value, fold(value))}
        found = set().union(*(index.by_value.get((given.property, key), ()) for key in keys))
        for iri in found:
            agreeing[iri] += 1
    return {iri: EXACT * n / len(query.given) for iri, n in agreeing.items()}


def _weighed(query: Query, thing: Thing, score: float, index: ThingIndex) -> Candidate:
    features: dict[str, float | bool] = {}
    if query.text is not None:
        features["name"] = round(score, 1)
        for given in query.given:
            agrees = _agrees(given, thing, index)
            if agrees is not None:
                features[given.property] = agrees
                score += _AGREES if agrees else _DIFFERS
    else:
        features["properties"] = round(score, 1)
    if query.strict == "should" and query.types and thing.type.id not in query.types:
        score += _OTHER_TYPE
    return Candidate(thing, score, features=features)


def _agrees(given: Given, thing: Thing, index: ThingIndex) -> bool | None:
    """Tell whether a thing has a given value; None when it has none, which says nothing."""
    values = thing.values.get(given.property)
    wanted = {key for value in given.values for key in (value, fold(value)) if key}
    if not values or not wanted:
        return None
    return any(not wanted.isdisjoint(index.value_keys(value)) for value in values)
