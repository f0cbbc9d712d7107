"""Records of the same result, which the shapes cannot see: they look at one record at a time.

Two records tell of the same result when they have the same code, biennium, indicator, step and
date (rule ``duplicate``). Others are looked for in the stores, and among what has been read before.
A public record is never compared with internal ones: its report would give them away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import TypeAlias

from outcome_graph.namespaces import OG, IriMinter
from outcome_graph.pipeline.places import RecordStores
from outcome_graph.rdf import Literal, NamedNode, Term, Triple, solution_rows
from outcome_graph.store import EmbeddedStore, QueryRequest, Store
from outcome_graph.store.scanning import select_rows

__all__ = ["ResultKey", "SeenResults", "result_keys", "twins_in", "twins_of"]

#: The five terms that identify a result.
ResultKey: TypeAlias = tuple[Term, ...]

#: What identifies a result, and the variables of it in the queries.
_FIELDS: Mapping[str, NamedNode] = {
    "code": OG.code,
    "biennium": OG.biennium,
    "indicator": OG.indicator,
    "step": OG.step,
    "date": OG.achievedOn,
}
_VARIABLES = " ".join(f"?{name}" for name in _FIELDS)
_RESULT = f"?outcome {' ; '.join(f'{iri} ?{name}' for name, iri in _FIELDS.items())} ."
#: Records that tell of one of the results that are put in its place.
_SAME = f"""
SELECT DISTINCT ?outcome {_VARIABLES} WHERE {{
  VALUES ({_VARIABLES}) {{ %s }}
  GRAPH ?record {{ {_RESULT} }}
}} ORDER BY ?outcome"""
_SEVERAL = f"""
SELECT {_VARIABLES} WHERE {{ GRAPH ?record {{ {_RESULT} }} }}
GROUP BY {_VARIABLES} HAVING (COUNT(DISTINCT ?outcome) > 1)"""
#: Results that are asked for at a time.
_TOGETHER = 500
#: Values of a field beyond which a record is not compared: its own violations come first.
_MOST = 16


def result_keys(record_id: str, triples: Iterable[Triple], minter: IriMinter) -> list[ResultKey]:
    """Return what identifies the result of a record: one reading, unless a field has several."""
    outcome = minter.outcome(record_id)
    values: dict[NamedNode, list[Term]] = {iri: [] for iri in _FIELDS.values()}
    for triple in triples:
        found = values.get(triple.predicate)
        if found is None or triple.subject != outcome:
            continue
        value = triple.object
        if isinstance(value, NamedNode | Literal) and value not in found:
            found.append(value)
    readings = prod(len(found) for found in values.values())
    return list(product(*values.values())) if readings <= _MOST else []


def twins_of(
    records: Iterable[tuple[str, Iterable[ResultKey]]], stores: RecordStores, *, internal: bool
) -> dict[str, list[NamedNode]]:
    """Return the outcomes of other records in the stores that tell of the same result.

    Parameters:
        records: id and `result_keys` of each; they need not be stored.
        stores: where the others are.
        internal: whether they are internal, and so may be compared with internal ones.

    Returns:
        The others by record id; records without are left out.
    """
    wanted: dict[ResultKey, list[str]] = {}
    for record_id, results in records:
        for result in results:
            wanted.setdefault(result, []).append(record_id)
    found: dict[str, dict[NamedNode, None]] = {}
    for store in stores.present() if internal else [stores.public]:
        for result, outcome in _holders(store, list(wanted)):
            for record_id in wanted.get(result, ()):
                if stores.minter.outcome(record_id) != outcome:
                    found.setdefault(record_id, {})[outcome] = None
    return {record_id: sorted(others, key=str) for record_id, others in found.items()}


def twins_in(store: Store) -> dict[NamedNode, list[NamedNode]]:
    """Return the outcomes in a store of whose results several records tell: each with the others.

    Parameters:
        store: one store; all its records are looked at.
    """
    groups: dict[ResultKey, list[NamedNode]] = {}
    for result, outcome in _holders(store, list(_rows(store, _SEVERAL))):
        groups.setdefault(result, []).append(outcome)
    found: dict[NamedNode, dict[NamedNode, None]] = {}
    for group in groups.values():
        for outcome in group:
            found.setdefault(outcome, {}).update((o, None) for o in group if o != outcome)
    return {outcome: list(others) for outcome, others in found.items()}


def _holders(store: Store, results: Sequence[ResultKey]) -> Iterator[tuple[ResultKey, NamedNode]]:
    """Yield each of some results with each outcome in a store that tells of it."""
    for start in range(0, len(results), _TOGETHER):
        rows = results[start : start + _TOGETHER]
        values = " ".join(f"({' '.join(str(term) for term in row)})" for row in rows)
        for outcome, *result in _rows(store, _SAME % values):
            assert isinstance(outcome, NamedNode)
            yield tuple(result), outcome


def _rows(store: Store, sparql: str) -> Iterator[tuple[Term, ...]]:
    for row in _asked(store, sparql):
        # A nameless thing is the same as no other one, and no query can name it.
        if all(isinstance(term, NamedNode | Literal) for term in row):
            yield tuple(term for term in row if term is not None)


def _asked(store: Store, sparql: str) -> Iterable[Sequence[Term | None]]:
    if isinstance(store, EmbeddedStore):
        return select_rows(store, sparql)
    with store.query(QueryRequest(sparql=sparql)) as answer:
        return list(solution_rows(b"".join(answer.chunks())))


class SeenResults:
    """Remembers which results have been read, in some hundred bytes each.

    Parameters:
        minter: the base of the records.
    """

    def __init__(self, minter: IriMinter) -> None:
        self._minter = minter
        self._seen: dict[bytes, list[str]] = {}

    def add(self, record_id: str, results: Sequence[ResultKey]) -> set[NamedNode]:
        """Remember a record; return the outcomes of others read before of the same result.

        Parameters:
            results: its `result_keys`.
        """
        others = self.others(record_id, results)
        for result in results:
            ids = self._seen.setdefault(_digest(result), [])
            if record_id not in ids:
                ids.append(record_id)
        return others

    def others(self, record_id: str, results: Iterable[ResultKey]) -> set[NamedNode]:
        """Return the outcomes of others that were read of the same result; see `add`."""
        if not self._seen:
            return set()
        ids = {i for result in results for i in self._seen.get(_digest(result), ())}
        return {self._minter.outcome(i) for i in ids if i != record_id}

    def clear(self) -> None:
        """Forget them all: they are in the stores now."""
        self._seen.clear()


def _digest(result: ResultKey) -> bytes:
    return hashlib.blake2b("\n".join(map(str, result)).encode(), digest_size=16).digest()
