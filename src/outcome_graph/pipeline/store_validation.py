"""Validation of all records of the stores at once.

What is found is what validation of each record alone would find (see `validation.screen`), and
which records tell of the same result (see `twins`).
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from outcome_graph.mapping import is_record_graph
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline.places import RecordStores
from outcome_graph.pipeline.twins import result_keys, twins_in, twins_of
from outcome_graph.rdf import NamedNode, Quad, Triple
from outcome_graph.store import EmbeddedStore, Store
from outcome_graph.store.kept import KeptStatements, as_kept
from outcome_graph.store.scanning import Row, ScratchStore, copied, select_rows
from outcome_graph.validation import RecordCheck, ValidationReport, Validator
from outcome_graph.validation.screen.records import RecordScreen
from outcome_graph.validation.validator import Locations

__all__ = ["TOGETHER", "check_batch", "check_record", "validate_stores"]

#: Records that are looked at together; fewer than `FEW` are quicker one by one.
TOGETHER = 500
FEW = 10
#: Records of a store up to which each query looks at all of them; the engine's memory for it grows
#: with their number (12 kB a record), so more are looked at in slices.
AT_ONCE = 20_000
SLICE = 500


def validate_stores(
    stores: RecordStores, validator: Validator, *, limit: int | None = 1000
) -> ValidationReport:
    """Validate every record of the public and the internal store.

    Parameters:
        stores: where the records live.
        validator: the shapes they are held to.
        limit: how many results of each rule the report keeps; None for all.

    Raises:
        UsageError: the shapes (a user's) cannot be evaluated.
    """
    screen = RecordScreen(validator)
    parts: list[tuple[str, RecordCheck]] = []
    seen: set[str] = set()
    builder = validator.builder(limit=limit)
    present = stores.present()
    if len(present) == 1:
        for checked in _compared(_checks(present[0], screen, seen), stores, present[0], validator):
            builder.add_check(checked)
        return builder.report()
    for store in present:
        for checked in _compared(_checks(store, screen, seen), stores, store, validator):
            parts.append((checked.record_id, checked))
            seen.add(checked.record_id)
    for _, checked in sorted(parts, key=lambda part: part[0]):
        builder.add_check(checked)
    return builder.report()


def _compared(
    checks: Iterable[RecordCheck], stores: RecordStores, store: Store, validator: Validator
) -> Iterator[RecordCheck]:
    """Yield what was found in each record, and which others tell of the same result."""
    if not validator.shapes.ours:
        yield from checks
        return
    minter = validator.minter
    twins = twins_in(store)
    for checked in checks:
        others = twins.get(minter.outcome(checked.record_id), [])
        if store is not stores.public:
            given = store.graph(minter.record(checked.record_id))
            own = [(checked.record_id, result_keys(checked.record_id, given, minter))]
            others = twins_of(own, stores, internal=True).get(checked.record_id, [])
        yield validator.with_twins(checked, others)


def _checks(store: Store, screen: RecordScreen, seen: set[str]) -> Iterator[RecordCheck]:
    minter = screen.validator.minter

    def triples(record_id: str) -> Sequence[Triple]:
        return store.graph(minter.record(record_id))

    names = (is_record_graph(NamedNode(name), minter) for name in store.graph_names())
    ids = sorted(i for i in names if i is not None and i not in seen)
    if isinstance(store, EmbeddedStore):
        engine = store
        if len(ids) <= AT_ONCE:
            yield from screen.checks(ids, lambda sparql: select_rows(engine, sparql), triples)
        else:
            yield from _checks_by_slices(store, screen, ids)
        return
    # Another engine may bound its answers or read queries differently: its records come here.
    for start in range(0, len(ids), TOGETHER):
        chosen = ids[start : start + TOGETHER]
        yield from check_batch(screen, [(i, triples(i)) for i in chosen])


def _checks_by_slices(
    store: EmbeddedStore, screen: RecordScreen, ids: Sequence[str]
) -> Iterator[RecordCheck]:
    """Validate very many records in bounded memory: some at a time, copied into memory.

    By one thread: memory that several have used is not given back.
    """
    minter = screen.validator.minter
    for start in range(0, len(ids), SLICE):
        chosen = ids[start : start + SLICE]
        scratch = copied(store, [minter.record(i) for i in chosen])
        yield from screen.checks(
            chosen, scratch.rows, lambda i: store.graph(minter.record(i)), workers=1
        )


def check_record(
    screen: RecordScreen,
    record_id: str,
    triples: Iterable[Triple],
    locations: Locations | None = None,
) -> RecordCheck:
    """Validate one record, whether it is stored or not.

    Parameters:
        screen: the compiled shapes.
        record_id, triples: the record, with its literals as they were read.
        locations: where its fields stand in their source.
    """
    return screen.check(record_id, triples, ScratchStore, locations)


def check_batch(
    screen: RecordScreen,
    records: Sequence[tuple[str, Sequence[Triple]]],
    locations: Mapping[str, Locations] | None = None,
    suspects: Collection[str] | None = None,
    *,
    brief: bool = False,
) -> list[RecordCheck]:
    """Validate records that are in no store yet, all at once.

    Their statements are looked at in a store in memory; literals that it would write differently
    are looked at as they were read, so such records are validated one by one.

    Parameters:
        screen: the compiled shapes.
        records: id and statements of each; no id twice.
        locations: where the fields of records stand in their sources, by record id.
        suspects: those in which the program's own checks find something; None where that is not
            known.
        brief: results of records that conform need no words.
    """
    places = locations or {}
    if len(records) < FEW and screen.validator.shapes.ours:
        return [check_record(screen, i, triples, places.get(i)) for i, triples in records]
    given = dict(records)
    texts = {i: t.text for i, t in given.items() if isinstance(t, KeptStatements)}
    scratch = _Scratch(given, screen.validator.minter)
    found = screen.checks(
        [record_id for record_id in given if record_id not in scratch.changed],
        scratch.rows,
        lambda i: list(given[i]),
        guarded=given if suspects is None else suspects,
        locations=places,
        texts=texts if len(texts) == len(given) else None,
        brief=brief,
    )
    checked = {c.record_id: c for c in found}
    for record_id in scratch.changed:
        alone = screen.validator.check(record_id, given[record_id], places.get(record_id))
        checked[record_id] = alone
    return [checked[record_id] for record_id in given]


class _Scratch:
    """Records in memory, put there when something is asked of them.

    Parameters:
        given: statements of each record.
        minter: names their graphs.
    """

    def __init__(self, given: Mapping[str, Sequence[Triple]], minter: IriMinter) -> None:
        self._given, self._minter = given, minter
        self._store: ScratchStore | None = None
        self._filling = threading.Lock()
        #: Records of which the store would write literals differently.
        self.changed = {
            record_id
            for record_id, triples in given.items()
            if not isinstance(triples, KeptStatements)
            and any(as_kept(t.object) != t.object for t in triples)
        }

    def rows(self, sparql: str) -> Iterable[Row]:
        """Answer a SELECT."""
        with self._filling:
            if self._store is None:
                self._store = self._filled()
        return self._store.rows(sparql)

    def _filled(self) -> ScratchStore:
        scratch = ScratchStore()
        written: list[bytes] = []
        for record_id, triples in self._given.items():
            graph = self._minter.record(record_id)
            if isinstance(triples, KeptStatements):
                written.append(triples.in_graph(graph))
            else:
                scratch.extend(Quad(t.subject, t.predicate, t.object, graph) for t in triples)
        scratch.load(b"".join(written))
        return scratch
