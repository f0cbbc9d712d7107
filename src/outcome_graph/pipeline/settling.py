"""Which record each reading of a load becomes, and what decisions make of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from outcome_graph.draft import SourceFile
from outcome_graph.mapping import record_to_triples
from outcome_graph.model import OutcomeRecord
from outcome_graph.pipeline.exchange_merge import is_exchanged, merge_exchanged
from outcome_graph.pipeline.identity import settle_identity
from outcome_graph.pipeline.prepared import Prepared, Reading, prepare
from outcome_graph.pipeline.review_loading import Decided, DecisionsAtWork
from outcome_graph.pipeline.table_merge import merge_row
from outcome_graph.rdf import Triple
from outcome_graph.store import Store

if TYPE_CHECKING:
    from outcome_graph.pipeline.places import RecordStores
    from outcome_graph.pipeline.reading import SourceReader

__all__ = ["Settled", "Settler"]


@dataclass(frozen=True, slots=True)
class Settled:
    """A record whose identity is settled.

    Parameters:
        reading: what was read. record_id: the id it is settled on.
        prepared: its statements. internal, candidates: of the record, as decisions leave it.
        new: whether no store holds a record of this id.
        changed: the record, where it is not what was read. decided: what decisions made of it.
    """

    reading: Reading
    record_id: str
    prepared: Prepared
    internal: bool
    candidates: int
    new: bool = True
    changed: OutcomeRecord | None = None
    decided: Decided | None = None

    @property
    def record(self) -> OutcomeRecord:
        """The record."""
        return self.changed or self.reading.record


class Settler:
    """Settles the identity of what is read.

    Parameters:
        reader: its look-up tables. stores: where records are.
    """

    def __init__(self, reader: SourceReader, stores: RecordStores) -> None:
        self._reader, self._stores = reader, stores
        self._decisions = DecisionsAtWork(stores)
        self._present: list[Store] = []
        #: The document that is being settled, and the ids of its results so far.
        self._document: SourceFile | None = None
        self._told: set[str] = set()
        #: Revisions of the stores that records are compared with.
        self.seen: tuple[int, ...] = ()

    def look(self, *, again: bool = False) -> None:
        """See which stores there are, and how far they are.

        Parameters:
            again: others have written, and so may have decided something.
        """
        self._present = self._stores.present()
        self.seen = self._stores.revisions()
        if again:
            self._decisions.forget()

    def stored(self, record_id: str) -> list[Triple]:
        """Return what the stores hold of a record."""
        return self._stores.triples(record_id, self._present)

    def settled(
        self,
        reading: Reading,
        holder: Callable[[str], OutcomeRecord | None],
        *,
        waits: bool,
    ) -> Settled:
        """Settle which record a reading becomes, with what was decided about its candidates.

        Parameters:
            holder: returns the record that has an id, in the stores or among those that wait.
            waits: whether a record of its id waits to be committed.
        """
        assert reading.prepared is not None
        as_read = Settled(
            reading, reading.record_id, reading.prepared, reading.internal, reading.candidates
        )
        if reading.source is not self._document:
            self._document, self._told = reading.source, set()
        if waits or self.stored(reading.record_id):
            as_read = self._among_others(as_read, holder)
        self._told.add(as_read.record_id)
        return self._decided(as_read)

    def unsettle(self, record_id: str) -> None:
        """Forget that a result has an id: it is to be settled again."""
        self._told.discard(record_id)

    def _among_others(
        self, as_read: Settled, holder: Callable[[str], OutcomeRecord | None]
    ) -> Settled:
        """Settle what has an id that is taken: a row with a record's ID changes that record."""
        reading = as_read.reading
        if reading.named:
            stored = holder(reading.record_id)
            assert stored is not None
            record = self._merged(stored, reading)
        else:
            record = settle_identity(reading.record, holder, self._told)
        new = not self.stored(record.id)
        same = record == reading.record or not reading.mapped
        if record.id == reading.record_id and same:
            return replace(as_read, new=new)
        triples = record_to_triples(record, self._stores.minter)
        return self._changed(as_read, record, triples, new=new)

    def _merged(self, stored: OutcomeRecord, reading: Reading) -> OutcomeRecord:
        """Return a record with the changes of what names it: a row, a result, an outcome."""
        if is_exchanged(reading):
            return merge_exchanged(stored, reading, self._reader)
        return merge_row(stored, reading.draft, self._reader.knowledge)

    def _decided(self, waiting: Settled) -> Settled:
        if not waiting.candidates or not self._decisions.any(internal=waiting.internal):
            return waiting
        triples = list(waiting.prepared.statements)
        decided = self._decisions.applied(waiting.record, triples)
        if decided.triples is triples:
            return waiting
        return self._changed(waiting, decided.record, decided.triples, decided=decided)

    def _changed(
        self,
        waiting: Settled,
        record: OutcomeRecord,
        triples: Sequence[Triple],
        **changes: Any,
    ) -> Settled:
        """Return what waits as another record with its statements."""
        return replace(
            waiting,
            record_id=record.id,
            prepared=prepare(record.id, triples, self._stores.minter),
            internal=self._stores.is_internal(record),
            candidates=len(record.candidates),
            changed=record,
            **changes,
        )
