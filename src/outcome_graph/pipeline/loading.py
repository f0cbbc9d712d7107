"""``load``: read → link → settle the identity → map → validate → commit.

Records are validated in batches, by the queries that the shapes are compiled to, and committed in
batches, each batch one atomic commit; what is refused never touches the store and does not stop the
rest. What becomes of each record is what became of it alone: a record that another one of its batch
may be is only settled when that one has been judged.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from outcome_graph.draft import SourceFile
from outcome_graph.errors import OutcomeGraphError, StoreError
from outcome_graph.mapping import metadata_of, triples_to_record
from outcome_graph.model import OutcomeRecord
from outcome_graph.pipeline.collecting import collected_rarely
from outcome_graph.pipeline.committing import Committer, Pending
from outcome_graph.pipeline.prepared import Reading
from outcome_graph.pipeline.quarantine import Quarantine
from outcome_graph.pipeline.reading import SourceReader
from outcome_graph.pipeline.reading_beside import readings_of
from outcome_graph.pipeline.settling import Settled, Settler
from outcome_graph.pipeline.store_validation import TOGETHER, check_batch
from outcome_graph.pipeline.summary import (
    DETAILED,
    LoadedRecord,
    LoadSummary,
    RecordStatus,
    Refusal,
)
from outcome_graph.pipeline.twins import SeenResults, twins_of
from outcome_graph.rdf import NamedNode
from outcome_graph.sources.files import FoundSource
from outcome_graph.validation import RecordCheck

if TYPE_CHECKING:
    from outcome_graph.pipeline.places import RecordStores

__all__ = ["Loader", "ProgressCallback"]

ProgressCallback: TypeAlias = Callable[[int, int | None], None]

#: Records that become visible together, or fewer with so many statements. Large enough that the
#: cost of a commit is shared, of which a part is that the engine merges its files later; small
#: enough that what is committed, and what is validated meanwhile, needs little memory, and that a
#: reader of the journal can tell what a revision changed.
BATCH = 1_000
STATEMENTS = 30_000
#: A file may hold any number of records: progress is told in between.
_PROGRESS_EVERY = 100


class Loader:
    """One load.

    Parameters:
        reader: reads and checks sources.
        stores: where public and internal records live.
        agent: who loads, for the journal.
        quarantine: where refused originals are kept, None to leave them out.
        dry_run: do everything but write.
        whole: write nothing when anything is refused; what would have been is not reported.
        beside: read large sources in a process of their own.
        told: told of each record as it was read, also of those that are refused; not with
            ``beside``.
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
        beside: bool = False,
        told: Callable[[OutcomeRecord], None] | None = None,
    ) -> None:
        self.reader = reader
        self.stores = stores
        self.agent = agent
        self.quarantine = quarantine
        self.dry_run = dry_run
        self.whole = whole
        self.beside = beside
        self.told = told
        self.read = 0
        self.loaded: list[LoadedRecord] = []
        self.refused: list[Refusal] = []
        self.links = 0
        self.candidates = self.settled = 0
        self._settler = Settler(reader, stores)
        self._committer = Committer(stores, agent)
        #: Results that wait to be committed: of public records, and of internal ones.
        self._results = (SeenResults(reader.minter), SeenResults(reader.minter))
        #: The same of the commit that is under way.
        self._results_under_way = (SeenResults(reader.minter), SeenResults(reader.minter))
        #: What waits to be validated, by id, and refusals among it: they are told in order.
        self._unchecked: dict[str, Settled] = {}
        self._order: list[Settled | tuple[SourceFile, Refusal]] = []
        self._pending: dict[str, Pending] = {}
        #: How many statements they have.
        self._statements = 0

    def run(
        self,
        found: Iterable[FoundSource | SourceFile],
        source_format: str = "auto",
        progress: ProgressCallback | None = None,
    ) -> LoadSummary:
        """Load sources and return what became of them.

        Raises:
            StoreError: the store failed; what was committed before stays committed, and a note of
                the exception says what that is. So it does when the load is interrupted.
        """
        try:
            quarantine = closing(self.quarantine) if self.quarantine else nullcontext()
            # What a command loads may be much; of a server's request others would feel it.
            many = collected_rarely() if self.beside else nullcontext()
            with many, quarantine, closing(self._committer):
                sources = self._run(found, source_format, progress)
        except (StoreError, KeyboardInterrupt) as stop:
            cause = (isinstance(stop, StoreError) and self._committer.failure()) or stop
            if not self.dry_run:
                cause.add_note(self._committer.committed.to_text())
            if cause is stop:
                raise
            raise cause from stop
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
            made=self._committer.committed,
        )

    def _run(
        self,
        found: Iterable[FoundSource | SourceFile],
        source_format: str,
        progress: ProgressCallback | None,
    ) -> int:
        """Load sources; return how many there were."""
        sources = 0
        self._settler.look()
        for sources, source in enumerate(found, 1):
            self._source(source, source_format, progress)
            if progress:
                progress(max(sources, self.read), None)
        self._flush()
        return sources

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
            with closing(self._readings(source, source_format)) as readings:
                for reading in readings:
                    self.read += 1
                    if self.told is not None:
                        self.told(reading.record)
                    self._item(reading)
                    if progress and self.read % _PROGRESS_EVERY == 0:
                        progress(self.read, None)
        except StoreError:
            # No fault of the source's, and the next one would fare no better.
            raise
        except OutcomeGraphError as error:
            refusal = Refusal(source.name, None, _reasons(error), error=error)
            self._order.append((source, refusal))

    def _readings(self, source: SourceFile, source_format: str) -> Generator[Reading]:
        read = readings_of if self.beside else SourceReader.readings
        return read(self.reader, source, source_format)

    def _item(self, reading: Reading) -> None:
        if errors := reading.errors:
            source = reading.source
            places = tuple(str(e.location or "") for e in errors)
            reasons = tuple(map(str, errors))
            refusal = Refusal(source.name, reading.record_id, reasons, places=places)
            self._order.append((source, refusal))
            return
        self._line_up(reading)
        if len(self._unchecked) >= TOGETHER:
            self._judge()
        if len(self._pending) >= BATCH or self._statements >= STATEMENTS:
            self._hand_over()

    def _line_up(self, reading: Reading) -> None:
        """Settle which record a reading is, and put it with those to be validated."""
        record_id = reading.record_id
        if record_id in self._committer.under_way:
            self._finish()
        if record_id in self._unchecked:
            self._judge()
        waits = record_id in self._pending
        waiting = self._settler.settled(reading, self._holder, waits=waits)
        if waiting.record_id in self._unchecked:
            self._judge()
        self._unchecked[waiting.record_id] = waiting
        self._order.append(waiting)

    def _judge(self) -> None:
        """Validate what waits: put it with what is to be committed, or refuse it."""
        waiting, self._unchecked = self._unchecked, {}
        order, self._order = self._order, []
        checks = self._checks(waiting)
        twins = self._stored_twins(waiting)
        for each in order:
            if isinstance(each, Settled):
                record_id = each.record_id
                self._accept(each, checks[record_id], twins.get(record_id, []))
            else:
                self._refuse(*each)

    def _checks(self, waiting: Mapping[str, Settled]) -> dict[str, RecordCheck]:
        locations = {i: w.reading.locations for i, w in waiting.items()}
        records = [(i, w.prepared.statements) for i, w in waiting.items()]
        suspects = {i for i, w in waiting.items() if w.prepared.suspect}
        # What nobody will be told need not be put into words. (One that takes the place of another
        # may come among the first ones.)
        brief = self._accepted() >= DETAILED and self._pending.keys().isdisjoint(waiting)
        found = check_batch(self.reader.screen, records, locations, suspects, brief=brief)
        return {each.record_id: each for each in found}

    def _accept(self, waiting: Settled, checked: RecordCheck, twins: Sequence[NamedNode]) -> None:
        reading, record_id = waiting.reading, waiting.record_id
        if checked.conforms:
            results = waiting.prepared.results
            others = {*twins, *self._results[waiting.internal].add(record_id, results)}
            others |= self._results_under_way[waiting.internal].others(record_id, results)
            if others:
                with_twins = self.reader.validator.with_twins
                checked = with_twins(checked, sorted(others, key=str), reading.locations)
        if not checked.conforms:
            report = self.reader.validator.report(checked)
            found = [r for r in report.results if r.severity == "violation"]
            refusal = Refusal(
                reading.source.name,
                record_id,
                tuple(report.reasons()),
                report,
                places=tuple(str(r.location or "") for r in found),
            )
            self._refuse(reading.source, refusal)
            return
        status = self._status(waiting, checked.completeness)
        detailed = self._accepted() < DETAILED or record_id in self._pending
        told = self.reader.validator.report(checked) if detailed else None
        self._pending[record_id] = Pending(waiting, told, checked.completeness, status)
        self._statements += len(waiting.prepared.statements)

    def _accepted(self) -> int:
        """Return how many records were found to conform so far."""
        return len(self.loaded) + len(self._committer.under_way) + len(self._pending)

    def _stored_twins(self, waiting: Mapping[str, Settled]) -> dict[str, list[NamedNode]]:
        """Return the outcomes of stored records that tell of the same result, by record id."""
        found: dict[str, list[NamedNode]] = {}
        for internal in (False, True):
            chosen = [(i, w.prepared.results) for i, w in waiting.items() if w.internal == internal]
            found |= twins_of(chosen, self.stores, internal=internal) if chosen else {}
        return found

    def _settle_again(self) -> None:
        """Look again at what waits to be committed, if others have written meanwhile.

        Another result may have taken the same id: it must not be overwritten.
        """
        if self.stores.revisions() != self._settler.seen:
            pending = list(self._taken().values())
            self._settler.look(again=True)
            for item in pending:
                self._settler.unsettle(item.settled.record_id)
            for item in pending:
                self._line_up(item.settled.reading)
            self._judge()

    def _refuse(self, source: SourceFile, refusal: Refusal) -> None:
        # A file that is read piece by piece stays where it is; what is refused of it is kept.
        if len(self.refused) >= DETAILED:
            refusal = replace(refusal, report=None)
        if self.quarantine is not None and not self.dry_run and source.path is None:
            refusal = self.quarantine.keep(source, refusal)
        self.refused.append(refusal)

    def _holder(self, record_id: str) -> OutcomeRecord | None:
        if record_id in self._committer.under_way:
            self._finish()
        if record_id in self._unchecked:
            self._judge()
        pending = self._pending.get(record_id)
        return pending.settled.record if pending else self.stores.find(record_id)

    def _status(self, waiting: Settled, completeness: float) -> RecordStatus:
        if waiting.new:
            return "created"
        record_id, minter = waiting.record_id, self.reader.minter
        stored = self._settler.stored(record_id)
        metadata = metadata_of(stored, record_id, minter)
        same = triples_to_record(stored, record_id, minter) == waiting.record
        if same and metadata is not None and round(completeness, 3) == metadata.completeness:
            return "unchanged"
        return "replaced"

    def _hand_over(self) -> None:
        """Commit what waits for it, while what comes next is read and validated."""
        if self.whole:
            return
        if self.dry_run or not self.beside:
            self._flush()
            return
        self._finish()
        self._results, self._results_under_way = self._results_under_way, self._results
        self._committer.begin(self._taken(), self._settler.seen)

    def _finish(self) -> None:
        """Wait for the commit that is under way."""
        if not self._committer.under_way:
            return
        items, done = self._committer.finish()
        for seen in self._results_under_way:
            seen.clear()
        if done:
            self._note(items.values())
            self._settler.look()
            return
        # Others have written: these wait again, before those that came after them.
        later = self._taken()
        self._pending = {**items, **later}
        self._flush()

    def _flush(self) -> None:
        self._finish()
        self._judge()
        with self.stores.writing:
            self._settle_again()
            pending = self._taken()
            if self.whole and self.refused:
                pending.clear()
            if not self.dry_run:
                for seen in self._results:
                    seen.clear()
                self._committer.commit(pending.values())
            self._settler.look()
        self._note(pending.values())

    def _taken(self) -> dict[str, Pending]:
        """Return what waits to be committed; nothing waits any longer."""
        pending, self._pending, self._statements = self._pending, {}, 0
        return pending

    def _note(self, pending: Iterable[Pending]) -> None:
        """Note what became of records that were committed."""
        for item in pending:
            settled = item.settled
            self.links += settled.prepared.links
            self.candidates += settled.candidates
            self.settled += settled.decided.settled if settled.decided else 0
            detailed = len(self.loaded) < DETAILED
            self.loaded.append(
                LoadedRecord(
                    id=settled.record_id,
                    source=settled.reading.source.name,
                    status=item.status,
                    problems=settled.reading.problems if detailed else (),
                    completeness=item.completeness,
                    report=item.report if detailed else None,
                    internal=settled.internal,
                )
            )


def _reasons(error: OutcomeGraphError) -> tuple[str, ...]:
    problems = getattr(error, "problems", ())
    return tuple(problems) or (error.message,)
