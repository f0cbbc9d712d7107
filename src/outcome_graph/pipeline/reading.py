"""From sources to linked records with their statements, without a store."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from outcome_graph.draft import WHOLE, Draft, Problem, SourceFile
from outcome_graph.errors import OutcomeGraphError, RecordError, SourceError
from outcome_graph.linking import link
from outcome_graph.linking.known import Known
from outcome_graph.linking.suggesting import Suggester, with_suggestions
from outcome_graph.mapping import (
    cids_drafts,
    is_cids,
    is_record_graph,
    record_to_triples,
    split_by_record,
    triples_to_record,
)
from outcome_graph.model import OutcomeRecord
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline.identity import free_identity, told_digest
from outcome_graph.pipeline.prepared import Reading, prepare
from outcome_graph.pipeline.store_validation import TOGETHER, check_batch, check_record
from outcome_graph.pipeline.summary import Refusal
from outcome_graph.pipeline.table_merge import with_what_came_back
from outcome_graph.pipeline.twins import SeenResults, result_keys
from outcome_graph.rdf import Triple
from outcome_graph.settings import Settings
from outcome_graph.sources import read, read_activities
from outcome_graph.sources.detect import detect, rdf_media_type
from outcome_graph.sources.files import FoundSource, expand
from outcome_graph.sources.rdf import Graph, literal_problems, read_graphs
from outcome_graph.validation import RecordCheck, ValidationReport, Validator
from outcome_graph.validation.screen.records import RecordScreen
from outcome_graph.vocabulary import Knowledge

__all__ = ["Conversion", "Item", "SourceReader"]


@dataclass(frozen=True, slots=True)
class Item:
    """One record read from a source.

    Parameters:
        draft: the linked record and what was met on the way.
        source: where it came from.
        triples: its statements, when the source was RDF and already made them; None to map them.
    """

    draft: Draft
    source: SourceFile
    triples: tuple[Triple, ...] | None = None


@dataclass(frozen=True, slots=True)
class Conversion:
    """Records made of sources, and what was refused."""

    records: tuple[OutcomeRecord, ...]
    refused: tuple[Refusal, ...]
    problems: tuple[tuple[str, Problem], ...]

    @property
    def exit_code(self) -> int:
        """0 when all could be read, 2 when nothing could, else 1."""
        if not self.refused:
            return 0
        unread = all(isinstance(r.error, SourceError) for r in self.refused)
        return 2 if unread and not self.records else 1


class SourceReader:
    """Reads, links and checks sources with the packaged knowledge; needs no store.

    Parameters:
        settings: base IRI and bounds.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.minter = IriMinter(settings.base)

    @cached_property
    def knowledge(self) -> Knowledge:
        """Look-up tables of countries, SDG codes, organisations and concepts."""
        return Knowledge.load(self.minter)

    @cached_property
    def known(self) -> Known:
        """The look-up tables as the reader of tables asks them."""
        return Known(self.knowledge)

    @cached_property
    def validator(self) -> Validator:
        """The shapes, parsed once."""
        return Validator.load(self.minter)

    @cached_property
    def screen(self) -> RecordScreen:
        """The shapes, compiled to queries."""
        return RecordScreen(self.validator)

    @cached_property
    def _suggester(self) -> Suggester:
        """Suggests by words alone: a model would slow loading down a hundredfold."""
        return Suggester()

    def sources(self, given: Iterable[object]) -> Iterator[FoundSource | SourceFile]:
        """Yield what the arguments stand for: paths are expanded, ready sources passed on."""
        for item in given:
            if isinstance(item, SourceFile):
                yield item
            else:
                yield from expand([str(item)])

    def items(self, found: FoundSource | SourceFile, source_format: str = "auto") -> Iterator[Item]:
        """Read one source and link its records.

        Raises:
            SourceError: it cannot be read, or is in no format of ours.
        """
        source = found if isinstance(found, SourceFile) else found.open(self.settings)
        found_format = detect(source, source_format)
        if found_format == "rdf":
            yield from self._graphs(source)
            return
        if found_format == "iati":
            limit = self.settings.max_upload_bytes
            for activity, draft in read_activities(source, limit, self.minter):
                yield Item(with_suggestions(link(draft, self.knowledge), self._suggester), activity)
            return
        told: dict[bytes, str] = {}
        for draft in read(source, source_format, settings=self.settings, known=self.known):
            linked = with_what_came_back(draft, link(draft, self.knowledge))
            linked = linked.with_problems(_told_twice(linked, told))
            yield Item(with_suggestions(linked, self._suggester), source)

    def _graphs(self, source: SourceFile) -> Iterator[Item]:
        records = 0
        graphs = read_graphs(source, base_iri=self.minter.base)
        everything = [triple for _, triples in graphs for triple in triples]
        if is_cids(everything):
            yield from self._impact(source, everything)
            return
        for record_id, triples, notes in self._record_graphs(graphs):
            records += 1
            try:
                record = triples_to_record(triples, record_id, self.minter)
            except RecordError as error:  # this record only: the others may be well
                problem = Problem("error", error.message)
                draft = Draft(OutcomeRecord(id=record_id), (problem, *notes))
            else:
                draft = Draft(record, (*literal_problems(triples), *notes))
            yield Item(draft, source, tuple(triples))
        if not records:
            raise SourceError(
                f"{source.name} holds no record: records are called {self.minter.base}record/ID, "
                "and outcomes of the Common Impact Data Standard are of the class cids:Outcome. "
                "Serve other RDF with `serve --no-validation`."
            )

    def _impact(self, source: SourceFile, triples: list[Triple]) -> Iterator[Item]:
        """Read outcomes of the Common Impact Data Standard, which speak in words as tables do."""
        document = source.document(rdf_media_type(source))
        for draft in cids_drafts(triples, self.minter):
            draft = replace(draft, record=draft.record.with_changes(source=document))
            yield Item(with_suggestions(link(draft, self.knowledge), self._suggester), source)

    def _record_graphs(
        self, graphs: Iterable[Graph]
    ) -> Iterator[tuple[str, list[Triple], tuple[Problem, ...]]]:
        """Yield id and statements of each record, with what is to be said of its document."""
        for graph, triples in graphs:
            record_id = is_record_graph(graph, self.minter)
            if record_id is not None:
                yield record_id, triples, ()
            elif graph is None:
                parts = list(split_by_record(triples, self.minter))
                notes = _left_out(triples, [own for _, own in parts])
                for part_id, own in parts:
                    yield part_id, own, notes
                    notes = ()

    def statements(self, item: Item, record: OutcomeRecord) -> list[Triple]:
        """Return the statements of an item's record, under the id it was settled on."""
        if item.triples is not None and record.id == item.draft.record.id:
            return list(item.triples)
        return record_to_triples(record, self.minter)

    def demand(self, item: Item) -> None:
        """Raise when an item's draft has errors.

        Raises:
            RecordError: with every problem that refuses the record.
        """
        if item.draft.errors:
            reasons = tuple(map(str, item.draft.errors))
            raise RecordError(f"{item.source.name}: {reasons[0]}", reasons)

    def convert(self, *given: object, source_format: str = "auto") -> Conversion:
        """Read sources into records. What cannot be read is refused and does not stop the rest."""
        records: list[OutcomeRecord] = []
        refused: list[Refusal] = []
        problems: list[tuple[str, Problem]] = []
        for found in self.sources(given):
            try:
                for item in _apart(self.items(found, source_format)):
                    problems += [(found.name, p) for p in item.draft.problems]
                    if item.draft.errors:
                        refused.append(_refusal_of(item.draft, item.source))
                    else:
                        records.append(item.draft.record)
            except OutcomeGraphError as error:
                refused.append(Refusal(found.name, None, (error.message,), error=error))
        return Conversion(tuple(records), tuple(refused), tuple(problems))

    def check(
        self,
        *given: object,
        source_format: str = "auto",
        told: Callable[[OutcomeRecord], None] | None = None,
    ) -> ValidationReport:
        """Validate sources against the shapes; nothing is stored.

        Parameters:
            told: told of each record as it was read.

        Raises:
            SourceError: a source cannot be read at all.
        """
        seen = SeenResults(self.minter)
        builder = self.validator.builder()
        drafts = (
            (item.draft, self.statements(item, item.draft.record))
            for found in self.sources(given)
            for item in _apart(self.items(found, source_format))
        )
        while together := list(islice(drafts, TOGETHER)):
            for checked in self._check_together(together, seen):
                builder.add_check(checked)
            if told is not None:
                for draft, _ in together:
                    told(draft.record)
        return builder.report()

    def readings(
        self, found: FoundSource | SourceFile, source_format: str = "auto"
    ) -> Generator[Reading]:
        """Read one source, link its records and make their statements.

        Raises:
            SourceError: as `items`.
            RecordError: a record has no place in the graph.
        """
        for item in self.items(found, source_format):
            draft, made, mapped = item.draft, None, item.triples is None
            if not draft.errors:
                triples = self.statements(item, draft.record)
                made = prepare(draft.record.id, triples, self.minter, mapped=mapped)
            yield Reading.of(draft, item.source, made, self.minter, mapped=mapped)

    def _check_together(
        self, drafts: Sequence[tuple[Draft, Sequence[Triple]]], seen: SeenResults
    ) -> Iterator[RecordCheck]:
        """Validate some drafts, of which several may be of one record, in their order."""
        validator = self.validator
        records = [(draft.record.id, triples) for draft, triples in drafts]
        locations = {draft.record.id: draft.locations for draft, _ in drafts}
        if len(locations) < len(drafts):
            checks = [
                check_record(self.screen, draft.record.id, triples, draft.locations)
                for draft, triples in drafts
            ]
        else:
            checks = check_batch(self.screen, records, locations)
        for (draft, triples), checked in zip(drafts, checks, strict=True):
            record_id = draft.record.id
            if draft.is_unread:
                # That it lacks a title, a place and all else would be said of what nobody has read.
                yield validator.with_problems(RecordCheck(record_id, (), 0.0), draft)
                continue
            others = seen.add(record_id, result_keys(record_id, triples, self.minter))
            whole = validator.with_twins(checked, others, draft.locations)
            yield validator.with_problems(whole, draft)


def _left_out(triples: Sequence[Triple], parts: Iterable[Sequence[Triple]]) -> tuple[Problem, ...]:
    """Say which statements of a document no record has taken."""
    taken = {triple.subject for part in parts for triple in part}
    left = [triple.subject for triple in triples if triple.subject not in taken]
    if not left:
        return ()
    things = list(dict.fromkeys(map(str, left)))
    about = things[0] if len(things) == 1 else f"{things[0]} and {len(things) - 1:,} more"
    message = (
        f"What the document says about {about} belongs to no record and was left out (statements: "
        f"{len(left):,}). A record tells of its own; vocabularies and shapes are not loaded."
    )
    return (Problem("warning", message),)


def _apart(items: Iterable[Item]) -> Iterator[Item]:
    """Give results of one document that share an id ids of their own, as loading does."""
    taken: set[str] = set()
    for item in items:
        draft = item.draft
        if item.triples is None and not draft.errors:
            record = free_identity(draft.record, taken)
            taken.add(record.id)
            if record is not draft.record:
                item = replace(item, draft=replace(draft, record=record))
        yield item


def _told_twice(draft: Draft, told: dict[bytes, str]) -> Iterator[Problem]:
    """Refuse a result that its document told before: it would take the first one's place.

    Parameters:
        told: digests of what was told so far, and where: some hundred bytes each.
    """
    record = draft.record
    if draft.errors or not record.titles:
        return
    key = told_digest(record)
    where = draft.location(WHOLE) or next((place for _, place in draft.locations), None)
    if key not in told:
        told[key] = str(where or "")
        return
    first = f", first at {told[key]}" if told[key] else ""
    message = (
        f"A result with this title and date stands in the document twice{first}. Keep one of the "
        "two; if they are two results, let their titles say so."
    )
    yield Problem("error", message, WHOLE, where)


def _refusal_of(draft: Draft, source: SourceFile) -> Refusal:
    """Return the refusal of a draft that has errors."""
    return Refusal(source.name, draft.record.id, tuple(map(str, draft.errors)))
