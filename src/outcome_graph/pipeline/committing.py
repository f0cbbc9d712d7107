"""Committing what a load found to conform: in batches, each one atomic commit.

A commit is mostly the engine's own work, during which it lets go of Python's lock. So a large load
goes on reading and validating meanwhile, with one commit under way at most; whoever needs to know
what the stores hold of its records waits for it.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from outcome_graph.errors import StoreError, UncertainError
from outcome_graph.mapping import RecordMetadata, metadata_triples, with_metadata
from outcome_graph.pipeline.settling import Settled
from outcome_graph.pipeline.summary import Committed, RecordStatus
from outcome_graph.rdf import Triple
from outcome_graph.store import Commit, GraphChange
from outcome_graph.store.kept import KeptStatements
from outcome_graph.validation import ValidationReport

if TYPE_CHECKING:
    from outcome_graph.pipeline.places import RecordStores

__all__ = ["Committer", "Pending"]


@dataclass(frozen=True, slots=True)
class Pending:
    """A record that conforms, and is to be committed."""

    settled: Settled
    report: ValidationReport | None
    completeness: float
    status: RecordStatus


class Committer:
    """Writes the records of a load.

    Parameters:
        stores: where public and internal records live.
        agent: who loads, for the journal.
    """

    def __init__(self, stores: RecordStores, agent: str) -> None:
        self._stores, self._agent = stores, agent
        self._group = secrets.token_hex(8)
        self.committed = Committed()
        self._thread = ThreadPoolExecutor(1, "commit")
        self._result: Future[bool] | None = None
        #: The records of the commit that is under way, by id.
        self.under_way: Mapping[str, Pending] = {}

    def begin(self, pending: Mapping[str, Pending], seen: tuple[int, ...]) -> None:
        """Begin to commit records in another thread; `finish` must be called before the next.

        Parameters:
            pending: the records by id.
            seen: the revisions of the stores that they were compared with.
        """
        self.under_way = pending
        self._result = self._thread.submit(self._unless_written, pending.values(), seen)

    def finish(self) -> tuple[Mapping[str, Pending], bool]:
        """Wait for the commit that is under way.

        Returns:
            Its records, and whether they were committed: not if others wrote meanwhile.

        Raises:
            StoreError: the store failed.
        """
        items, self.under_way = self.under_way, {}
        result, self._result = self._result, None
        return items, result is None or result.result()

    def failure(self) -> StoreError | None:
        """Return what the commit that was under way failed with, once this is closed.

        A store that could not write is not there for who reads it meanwhile: that is what is seen
        first, and this is why.
        """
        if self._result is None or not self._result.done():
            return None
        error = self._result.exception()
        return error if isinstance(error, StoreError) else None

    def close(self) -> None:
        """Wait for what is under way, whatever becomes of it."""
        self._thread.shutdown()

    def _unless_written(self, pending: Collection[Pending], seen: tuple[int, ...]) -> bool:
        with self._stores.writing:
            if self._stores.revisions() != seen:
                return False
            self.commit(pending)
            return True

    def commit(self, pending: Collection[Pending]) -> None:
        """Commit records, public and internal ones, where they change anything.

        The caller keeps others from writing.

        Raises:
            StoreError: the store failed.
        """
        for internal in (False, True):
            chosen = [
                p for p in pending if p.status != "unchanged" and p.settled.internal == internal
            ]
            if chosen:
                self._commit(chosen, internal=internal)

    def _commit(self, chosen: Sequence[Pending], *, internal: bool) -> None:
        store = self._stores.internal(create=True) if internal else self._stores.public
        sources = {p.settled.reading.source.sha256: p.settled.reading.source for p in chosen}
        store.keep_sources([source.data for source in sources.values()])
        now = datetime.datetime.now(datetime.UTC)
        revision = store.revision() + 1
        changes = tuple(self._change(p, now, revision) for p in chosen)
        decided = (p.settled.decided for p in chosen)
        changes += tuple(c for d in decided if d for c in d.changes(store, self._stores))
        # The history is public; where a file lay on somebody's machine is nobody's business.
        names = sorted({PurePath(s.name).name or s.name for s in sources.values()})
        reason = f"load {names[0]}" + (f" and {len(names) - 1} more" if names[1:] else "")
        commit = Commit(
            changes=changes,
            reason=reason,
            agent=self._agent,
            sources=tuple(sorted(sources)),
            group=self._group,
        )
        self.committed.uncertain = len(chosen)
        try:
            self._note(store.commit(commit), internal=internal)
            self.committed.records += len(chosen)
            self.committed.uncertain = 0
        except UncertainError:
            raise
        except StoreError:
            self.committed.uncertain = 0
            raise
        # Only once the new place holds them do they leave the old one: nothing is lost between.
        ids = [p.settled.record_id for p in chosen]
        left = self._stores.leave_other(ids, internal, self._agent, self._group)
        if left is not None:
            self._note(left, internal=not internal)

    def _note(self, revision: int, *, internal: bool) -> None:
        (self.committed.internal if internal else self.committed.revisions).append(revision)

    def _change(self, item: Pending, now: datetime.datetime, revision: int) -> GraphChange:
        minter, record_id = self._stores.minter, item.settled.record_id
        statements = item.settled.prepared.statements
        metadata = RecordMetadata(now, revision, item.completeness, conforms=True)
        whole: Sequence[Triple] | None = None
        if isinstance(statements, KeptStatements):
            whole = statements.with_others(metadata_triples(record_id, metadata, minter))
        if whole is None:
            whole = tuple(with_metadata(statements, record_id, metadata, minter))
        return GraphChange(minter.record(record_id), whole)
