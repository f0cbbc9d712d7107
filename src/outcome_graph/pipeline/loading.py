"""``load``: read → link → settle the identity → map → validate → commit.

Records are validated in batches, by the queries that the shapes are compiled to, and committed in
batches, each batch one atomic commit; what is refused never touches the store and does not stop the
rest. What becomes of each record is what became of it alone: a record that another one of its batch
may be is only settled when that one has been judged.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeAlias

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.errors import OutcomeGraphError, StoreError
from outcome_graph.mapping import RecordMetadata, metadata_of, triples_to_record, with_metadata
from outcome_graph.model import OutcomeRecord
from outcome_graph.pipeline.identity import settle_identity
from outcome_graph.pipeline.quarantine import Quarantine
from outcome_graph.pipeline.reading import Item, SourceReader, refusal_of
from outcome_graph.pipeline.review_loading import Decided, DecisionsAtWork
from outcome_graph.pipeline.store_validation import TOGETHER, check_batch
from outcome_graph.pipeline.summary import (
    DETAILED,
    LoadedRecord,
    LoadSummary,
    RecordStatus,
    Refusal,
)
from outcome_graph.pipeline.table_merge import merge_row, names_record
from outcome_graph.pipeline.twins import SeenResults, twins_of
from outcome_graph.rdf import NamedNode, Triple
from outcome_graph.sources.files import FoundSource
from outcome_graph.store import Commit, GraphChange
from outcome_graph.validation import RecordCheck, ValidationReport

if TYPE_CHECKING:
    from outcome_graph.pipeline.places import RecordStores

__all__ = ["Loader", "ProgressCallback"]

ProgressCallback: TypeAlias = Callable[[int, int | None], None]

#: Records that become visible together. Large enough that the cost of a commit is shared, small
#: enough that a reader of the journal can tell what a revision changed.
BATCH = 500
#: A file may hold any number of records: progress is told in between.
_PROGRESS_EVERY = 100


@dataclass(frozen=True, slots=True)
class _Pending:
    record: OutcomeRecord
    triples: list[Triple]
    item: Item
    report: ValidationReport
    completeness: float
    status: RecordStatus
    decided: Decided


@dataclass(frozen=True, slots=True)
class _Unchecked:
    """A record whose identity is settled, and that is to be validated."""

    item: Item
    decided: Decided


class Loader:
    """One load.

    Parameters:
        reader: reads and checks sources.
        stores: where public and internal records live.
        agent: who loads, for the journal.
        quarantine: where refused originals are kept, None to leave them out.
        dry_run: do everything but write.
        whole: write nothing when anything is refused; what would have been is not reported.
    """

    def __init__(
        self,
        reader: SourceReader,
        stores: RecordStores,
        *,
        agent: str,
        quarantine: Quarantine | None = None,
        dry_run: bool = False,
        whole: bool = False,
    ) -> None:
        self.reader = reader
        self.stores = stores
        self.agent = agent
        self.quarantine = quarantine
        self.dry_run = dry_run
        self.whole = whole
        self.read = 0
        self.loaded: list[LoadedRecord] = []
        self.refused: list[Refusal] = []
        self.links = 0
        self.candidates = self.settled = 0
        self._decisions = DecisionsAtWork(stores)
        #: Results that wait to be committed: of public records, and of internal ones.
        self._seen_results = (SeenResults(reader.minter), SeenResults(reader.minter))
        #: What waits to be validated, by id, and refusals among it: they are told in order.
        self._unchecked: dict[str, _Unchecked] = {}
        self._order: list[_Unchecked | tuple[SourceFile, Refusal]] = []
        self._pending: dict[str, _Pending] = {}
        #: Revisions of the stores that the records which wait were compared with.
        self._seen: tuple[int, ...] = ()

    def run(
        self,
        found: Iterable[FoundSource | SourceFile],
        source_format: str = "auto",
        progress: ProgressCallback | None = None,
    ) -> LoadSummary:
        """Load sources and return what became of them.

        Raises:
            StoreError: the store failed; what was committed before stays committed.
        """
        sources = 0
        self._seen = self.stores.revisions()
        for sources, source in enumerate(found, 1):
            self._source(source, source_format, progress)
            if progress:
                progress(max(sources, self.read), None)
        self._flush()
        return LoadSummary(
            sources=sources,
            read=self.read,
            committed=tuple(self.loaded),
            refused=tuple(self.refused),
            links=self.links,
            candidates=self.candidates,
            settled=self.settled,
            revision=self.stores.public.revision(),
            dry_run=self.dry_run,
        )

    def _source(
        self,
        found: FoundSource | SourceFile,
        source_format: str,
        progress: ProgressCallback | None = None,
    ) -> None:
        try:
            source = found if isinstance(found, SourceFile) else found.open(self.reader.settings)
        except OutcomeGraphError as error:
            self._judge()
            self.refused.append(Refusal(found.name, None, (error.message,), error=error))
            return
        try:
            for item in self.reader.items(source, source_format):
                self.read += 1
                self._item(item)
                if progress and self.read % _PROGRESS_EVERY == 0:
                    progress(self.read, None)
        except StoreError:
            # No fault of the source's, and the next one would fare no better.
            raise
        except OutcomeGraphError as error:
            refusal = Refusal(source.name, None, _reasons(error), error=error)
            self._order.append((source, refusal))

    def _item(self, item: Item) -> None:
        if item.draft.errors:
            self._order.append((item.source, refusal_of(item)))
            return
        self._line_up(item)
        if len(self._unchecked) >= TOGETHER:
            self._judge()
        if len(self._pending) >= BATCH and not self.whole:
            self._flush()

    def _line_up(self, item: Item) -> None:
        """Settle which record an item is, and put it with those to be validated."""
        record = self._settled(item.draft)
        if record.id in self._unchecked:
            self._judge()
        decided = self._decisions.applied(record, self.reader.statements(item, record))
        waiting = _Unchecked(item, decided)
        self._unchecked[record.id] = waiting
        self._order.append(waiting)

    def _judge(self) -> None:
        """Validate what waits: put it with what is to be committed, or refuse it."""
        waiting, self._unchecked = self._unchecked, {}
        order, self._order = self._order, []
        checks = self._checks(waiting)
        twins = self._stored_twins(waiting)
        for each in order:
            if isinstance(each, _Unchecked):
                record_id = each.decided.record.id
                self._accept(each, checks[record_id], twins.get(record_id, []))
            else:
                self._refuse(*each)

    def _checks(self, waiting: Mapping[str, _Unchecked]) -> dict[str, RecordCheck]:
        locations = {i: w.item.draft.locations for i, w in waiting.items()}
        records = [(i, w.decided.triples) for i, w in waiting.items()]
        found = check_batch(self.reader.screen, records, locations)
        return {each.record_id: each for each in found}

    def _accept(
        self, waiting: _Unchecked, checked: RecordCheck, twins: Sequence[NamedNode]
    ) -> None:
        item, record = waiting.item, waiting.decided.record
        if checked.conforms:
            seen = self._seen_results[self.stores.is_internal(record)]
            others = dict.fromkeys([*twins, *seen.add(record.id, waiting.decided.triples)])
            checked = self.reader.validator.with_twins(checked, others, item.draft.locations)
        report = self.reader.validator.report(checked)
        if not report.conforms:
            reasons = tuple(report.reasons())
            self._refuse(item.source, Refusal(item.source.name, record.id, reasons, report))
            return
        status = self._status(record, checked.completeness)
        self._pending[record.id] = _Pending(
            record,
            waiting.decided.triples,
            item,
            report,
            checked.completeness,
            status,
            waiting.decided,
        )

    def _stored_twins(self, waiting: Mapping[str, _Unchecked]) -> dict[str, list[NamedNode]]:
        """Return the outcomes of stored records that tell of the same result, by record id."""
        found: dict[str, list[NamedNode]] = {}
        for internal in (False, True):
            chosen = [
                (i, w.decided.triples)
                for i, w in waiting.items()
                if self.stores.is_internal(w.decided.record) == internal
            ]
            found |= twins_of(chosen, self.stores, internal=internal) if chosen else {}
        return found

    def _settled(self, draft: Draft) -> OutcomeRecord:
        """Return the record that a draft becomes: a row with a record's ID changes that record."""
        if not names_record(draft):
            return settle_identity(draft.record, self._holder)
        stored = self._holder(draft.record.id)
        if stored is None:
            return draft.record
        return merge_row(stored, draft, self.reader.knowledge)

    def _settle_again(self) -> None:
        """Look again at what waits to be committed, if others have written meanwhile.

        Another result may have taken the same id: it must not be overwritten.
        """
        if self.stores.revisions() != self._seen:
            pending = list(self._pending.values())
            self._pending.clear()
            self._decisions.forget()
            for item in pending:
                self._line_up(item.item)
            self._judge()

    def _refuse(self, source: SourceFile, refusal: Refusal) -> None:
        # A file that is read piece by piece stays where it is; what is refused of it is kept.
        if self.quarantine is not None and not self.dry_run and source.path is None:
            refusal = self.quarantine.keep(source, refusal)
        if len(self.refused) >= DETAILED:
            refusal = replace(refusal, report=None)
        self.refused.append(refusal)

    def _holder(self, record_id: str) -> OutcomeRecord | None:
        if record_id in self._unchecked:
            self._judge()
        pending = self._pending.get(record_id)
        return pending.record if pending else self.stores.find(record_id)

    def _status(self, record: OutcomeRecord, completeness: float) -> RecordStatus:
        stored = self.stores.triples(record.id)
        if not stored:
            return "created"
        minter = self.reader.minter
        metadata = metadata_of(stored, record.id, minter)
        same = triples_to_record(stored, record.id, minter) == record
        if same and metadata is not None and round(completeness, 3) == metadata.completeness:
            return "unchanged"
        return "replaced"

    def _flush(self) -> None:
        self._judge()
        with self.stores.writing:
            self._settle_again()
            if self.whole and self.refused:
                self._pending.clear()
            self._commit_pending()
            self._seen = self.stores.revisions()

    def _commit_pending(self) -> None:
        pending = list(self._pending.values())
        self._pending.clear()
        if not self.dry_run:
            for seen in self._seen_results:
                seen.clear()
            for internal in (False, True):
                chosen = [
                    p
                    for p in pending
                    if p.status != "unchanged" and self.stores.is_internal(p.record) == internal
                ]
                if chosen:
                    self._commit(chosen, internal=internal)
        for item in pending:
            self.links += _links(item.triples, self.reader.minter.base)
            self.candidates += len(item.record.candidates)
            self.settled += item.decided.settled
            detailed = len(self.loaded) < DETAILED
            self.loaded.append(
                LoadedRecord(
                    id=item.record.id,
                    source=item.item.source.name,
                    status=item.status,
                    problems=item.item.draft.problems if detailed else (),
                    completeness=item.completeness,
                    report=item.report if detailed else None,
                    internal=self.stores.is_internal(item.record),
                )
            )

    def _commit(self, chosen: list[_Pending], *, internal: bool) -> None:
        store = self.stores.internal(create=True) if internal else self.stores.public
        sources = {p.item.source.sha256: p.item.source for p in chosen}
        for source in sources.values():
            store.keep_source(source.data)
        with self.stores.writing:
            now = datetime.datetime.now(datetime.UTC)
            revision = store.revision() + 1
            changes = tuple(self._change(p, now, revision) for p in chosen)
            changes += tuple(c for p in chosen for c in p.decided.changes(store, self.stores))
            # The history is public; where a file lay on somebody's machine is nobody's business.
            names = sorted({PurePath(s.name).name or s.name for s in sources.values()})
            reason = f"load {names[0]}" + (f" and {len(names) - 1} more" if names[1:] else "")
            commit = Commit(
                changes=changes, reason=reason, agent=self.agent, sources=tuple(sorted(sources))
            )
            store.commit(commit)
            # Only once the new place holds them do they leave the old one: nothing is lost between.
            self.stores.leave_other([p.record.id for p in chosen], internal, self.agent)

    def _change(self, item: _Pending, now: datetime.datetime, revision: int) -> GraphChange:
        minter = self.reader.minter
        metadata = RecordMetadata(now, revision, item.completeness, conforms=True)
        triples = with_metadata(item.triples, item.record.id, metadata, minter)
        return GraphChange(minter.record(item.record.id), tuple(triples))


def _reasons(error: OutcomeGraphError) -> tuple[str, ...]:
    problems = getattr(error, "problems", ())
    return tuple(problems) or (error.message,)


def _links(triples: Iterable[Triple], base: str) -> int:
    """Count links to things of their own: countries, concepts, organisations, SDG codes."""
    inner = tuple(base + part for part in ("record/", "outcome/", "activity/", "contribution/"))
    return sum(
        isinstance(t.object, NamedNode)
        and "22-rdf-syntax-ns#" not in t.predicate.value
        and not t.object.value.startswith(inner)
        for t in triples
    )
