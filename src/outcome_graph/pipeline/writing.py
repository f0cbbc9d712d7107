"""Writing single graphs and running updates: what the service's write routes do.

A record's graph is held to the shapes before it is committed, by whichever way it comes, and gets
its metadata in the same commit. Public and internal records keep to their own stores.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.errors import NonConformingError, NotFoundError, RecordError
from outcome_graph.mapping import (
    RecordMetadata,
    is_record_graph,
    metadata_of,
    same_record,
    triples_to_record,
    with_metadata,
)
from outcome_graph.model import OutcomeRecord
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline.places import RecordStores
from outcome_graph.pipeline.reading import SourceReader
from outcome_graph.pipeline.review_loading import DecisionsAtWork
from outcome_graph.pipeline.store_validation import check_record
from outcome_graph.pipeline.twins import result_keys, twins_of
from outcome_graph.rdf import GraphName, NamedNode, Quad, Triple
from outcome_graph.sources.detect import detect
from outcome_graph.store import Commit, GraphChange
from outcome_graph.validation import ValidationReport
from outcome_graph.validation.guard import record_of
from outcome_graph.validation.screen.records import RecordScreen

__all__ = ["RecordUpdateCheck", "RecordWriter", "WrittenRecord", "demand_no_record"]

#: Given what the public sees of a graph now; raises when that is not what the writer expects.
Expectation = Callable[[Sequence[Triple]], None]


@dataclass(frozen=True, slots=True)
class WrittenRecord:
    """What writing a record did.

    Parameters:
        id: the record.
        created: there was no public record of this id before.
        changed: False when it was as it is now.
        internal: it is kept among internal records.
        revision: of the public store, afterwards.
        completeness: 0 to 1.
        report: what the shapes say of it.
    """

    id: str
    created: bool
    changed: bool
    internal: bool
    revision: int
    completeness: float
    report: ValidationReport


class RecordWriter:
    """Writes single records.

    Parameters:
        reader: reads and checks.
        stores: where public and internal records live.
        agent: who writes, for the journal.
    """

    def __init__(self, reader: SourceReader, stores: RecordStores, agent: str) -> None:
        self.reader, self.stores, self.agent = reader, stores, agent

    def put_source(
        self, record_id: str, source: SourceFile, expected: Expectation, *, dry_run: bool = False
    ) -> WrittenRecord:
        """Make a record what a document of one record says (page, table, IATI).

        Raises:
            RecordError: it holds no record, several, or another one.
            NonConformingError: the shapes refuse it.
        """
        items = list(self.reader.items(source))
        if len(items) != 1:
            raise RecordError(
                f"The document holds {len(items)} records; the address names one, {record_id}. "
                "Send documents of several records to /records."
            )
        item = items[0]
        self.reader.demand(item)
        record = item.draft.record
        if record.id != record_id and not record_id.startswith(record.id + "-"):
            raise RecordError(
                f"The document describes record {record.id}, not {record_id}. "
                f"Send it to /record/{record.id}."
            )
        record = record.with_changes(id=record_id)
        triples = self.reader.statements(item, record)
        return self.put(
            record_id, triples, expected, source, item.draft, decided=True, dry_run=dry_run
        )

    def put(
        self,
        record_id: str,
        triples: Iterable[Triple],
        expected: Expectation,
        source: SourceFile | None = None,
        draft: Draft | None = None,
        *,
        merge: bool = False,
        decided: bool = False,
        dry_run: bool = False,
    ) -> WrittenRecord:
        """Make a record's graph hold these statements, and metadata.

        Parameters:
            record_id: the record.
            triples: all its statements.
            expected: see `Expectation`.
            source: the document they came in; it is kept.
            draft: what it was read as.
            merge: add the statements to those that are there.
            decided: what reviewers decided about candidates among them holds; else they are
                written exactly as they are.
            dry_run: do everything but write.

        Raises:
            RecordError: they make no record of this id.
            NonConformingError: the shapes refuse it.
        """
        stores, minter = self.stores, self.reader.minter
        graph = minter.record(record_id)
        given = list(triples)
        with stores.writing:
            public = stores.public.graph(graph)
            expected(public)
            before = public or stores.triples(record_id)
            if merge:
                given = list(dict.fromkeys([*before, *given]))
            record = _read(self.reader.screen, record_id, given, draft)
            if decided:
                # Decisions about other records are for loads to carry.
                settled = DecisionsAtWork(stores, carry=False).applied(record, given)
                record, given = settled.record, settled.triples
            internal = stores.is_internal(record)
            own = [(record_id, result_keys(record_id, given, minter))]
            others = twins_of(own, stores, internal=internal).get(record_id, ())
            report = conforming(self.reader.screen, record_id, given, draft, others)
            completeness = report.completeness[record_id]
            here = stores.named("internal") if internal else stores.public
            held = public if here is stores.public else here.graph(graph) if here else []
            bare = metadata_of(held, record_id, minter) is None
            changed = bare or not same_record(held, given, record_id, minter)
            if changed and not dry_run:
                store = stores.internal(create=True) if internal else stores.public
                sources = () if source is None else (store.keep_source(source.data),)
                now = datetime.datetime.now(datetime.UTC)
                metadata = RecordMetadata(now, store.revision() + 1, completeness, True)
                full = with_metadata(given, record_id, metadata, minter)
                verb = "change" if before else "create"
                store.commit(
                    Commit(
                        changes=(GraphChange(graph, tuple(full)),),
                        reason=f"{verb} {record_id}",
                        agent=self.agent,
                        sources=sources,
                    )
                )
                # Only once the new place holds it does it leave the old one.
                stores.leave_other([record_id], internal, self.agent)
            return WrittenRecord(
                record_id,
                created=not public,
                changed=changed,
                internal=internal,
                revision=stores.public.revision(),
                completeness=completeness,
                report=report,
            )

    def delete(self, record_id: str, expected: Expectation) -> int:
        """Remove a record and return the public store's revision; its history is kept.

        Raises:
            NotFoundError: there is none.
        """
        with self.stores.writing:
            expected(self.stores.public.graph(self.reader.minter.record(record_id)))
            if not self.stores.drop(record_id, self.agent, f"delete {record_id}"):
                raise NotFoundError(f"There is no record {record_id}.")
            return self.stores.public.revision()

    def is_rdf(self, source: SourceFile) -> bool:
        """Tell whether a document is RDF."""
        return detect(source) == "rdf"


class RecordUpdateCheck:
    """Holds the records that a SPARQL update changes to the shapes, and renews their metadata.

    An `outcome_graph.store.UpdateCheck`: called before the update is committed.

    Parameters:
        stores: to tell which records are internal.
        screen: the shapes, compiled.
    """

    def __init__(self, stores: RecordStores, screen: RecordScreen) -> None:
        self.stores, self.screen = stores, screen

    def concerns(self, graph: NamedNode) -> bool:
        """Tell whether a graph is under ``{base}record/``."""
        return graph.value.startswith(self.stores.minter.base + "record/")

    def look_at(self, added: Iterable[Quad]) -> None:
        """Look at what the update adds, wherever.

        Raises:
            RecordError: it speaks of a record outside of that record's graph.
        """
        for quad in added:
            graph = quad.graph_name
            if not isinstance(graph, NamedNode) or not self.concerns(graph):
                demand_no_record(graph, [quad.triple], self.stores.minter)

    def __call__(
        self,
        contents: Mapping[NamedNode, Sequence[Triple]],
        revision: int,
        go_on: Callable[[], None],
    ) -> Mapping[NamedNode, Sequence[Triple]]:
        """Return the changed records with their metadata.

        Raises:
            RecordError: a graph would be no record of its id, or an internal one.
            NonConformingError: the shapes refuse one; with the report on all.
            QueryTimeoutError: there was no time to look at all of them.
        """
        minter = self.stores.minter
        now = datetime.datetime.now(datetime.UTC)
        builder = self.screen.validator.builder()
        after: dict[NamedNode, Sequence[Triple]] = {}
        for graph, triples in contents.items():
            go_on()
            record_id = is_record_graph(graph, minter)
            # Checked again here: not every IRI under {base}record/ can be a record's.
            if record_id is None or minter.record(record_id) != graph:
                raise RecordError(f"{graph.value} cannot be the graph of a record.")
            if not triples:
                continue
            checked = check_record(self.screen, record_id, triples)
            builder.add_check(checked)
            if not checked.conforms:
                continue
            self._keep_apart(triples_to_record(triples, record_id, minter))
            metadata = RecordMetadata(now, revision, checked.completeness, True)
            after[graph] = with_metadata(triples, record_id, metadata, minter)
        report = builder.report()
        if not report.conforms:
            reasons = report.reasons()
            raise NonConformingError(f"The update was not carried out: {reasons[0]}", report)
        return after

    def _keep_apart(self, record: OutcomeRecord) -> None:
        internal = self.stores.named("internal")
        graph = self.stores.minter.record(record.id)
        if self.stores.is_internal(record):
            raise RecordError(
                f"The update would leave a record that is not public, {record.id}, among the "
                f"public ones. Send it to /record/{record.id}, which keeps it apart."
            )
        if internal is not None and internal.has_graph(graph):
            raise RecordError(
                f"Record {record.id} is not public, and updates reach public records only. "
                f"Send it to /record/{record.id}."
            )


def demand_no_record(graph: GraphName | None, triples: Iterable[Triple], minter: IriMinter) -> None:
    """Refuse statements about records in a graph that is no record's.

    There they would pass by the shapes, and change what the union of all graphs says.

    Parameters:
        graph: where they would stand.

    Raises:
        RecordError: one is about a record, its result, contribution or activities.
    """
    for triple in triples:
        record_id = record_of(triple.subject, minter)
        if record_id is not None:
            where = graph.value if isinstance(graph, NamedNode) else "The default graph"
            raise RecordError(
                f"{where} would speak of record {record_id}. What is said of a result stands in "
                f"its record alone, where it is held to the rules. Send it to /record/{record_id}."
            )


def _read(
    screen: RecordScreen, record_id: str, triples: Sequence[Triple], draft: Draft | None
) -> OutcomeRecord:
    """Return the record that statements make.

    Raises:
        NonConformingError: they make none, and the shapes say why.
        RecordError: they make none for a reason that is no rule's.
    """
    try:
        return triples_to_record(triples, record_id, screen.validator.minter)
    except RecordError:
        conforming(screen, record_id, triples, draft)
        raise


def conforming(
    screen: RecordScreen,
    record_id: str,
    triples: Sequence[Triple],
    draft: Draft | None = None,
    others: Sequence[NamedNode] = (),
) -> ValidationReport:
    """Return the report on a record that conforms.

    Parameters:
        screen: the shapes, compiled.
        others: outcomes of other records that tell of the same result.

    Raises:
        NonConformingError: it does not; with the report.
    """
    locations = draft.locations if draft else None
    validator = screen.validator
    checked = check_record(screen, record_id, triples, locations)
    report = validator.report(validator.with_twins(checked, others, locations))
    if not report.conforms:
        raise NonConformingError(
            f"Record {record_id} does not conform: {report.reasons()[0]}", report
        )
    return report
