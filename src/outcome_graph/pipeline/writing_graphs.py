"""Writing whole documents, graphs of other things than records, and SPARQL updates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_graph.draft import SourceFile
from outcome_graph.errors import NotFoundError, UsageError
from outcome_graph.pipeline.loading import Loader
from outcome_graph.pipeline.quarantine import quarantine_for
from outcome_graph.pipeline.summary import LoadSummary
from outcome_graph.pipeline.update_literals import check_literals
from outcome_graph.pipeline.writing import Expectation, RecordUpdateCheck, demand_no_record
from outcome_graph.rdf import NamedNode, Triple
from outcome_graph.sources.rdf import read_graphs
from outcome_graph.store import Commit, GraphChange, UpdateRequest

if TYPE_CHECKING:
    from outcome_graph.model import OutcomeRecord
    from outcome_graph.pipeline.graph import OutcomeGraph

__all__ = ["WrittenGraph", "load_document", "read_triples", "run_update", "write_graph"]


@dataclass(frozen=True, slots=True)
class WrittenGraph:
    """What writing a graph did: whether it was new, and the revision afterwards."""

    created: bool
    revision: int


def load_document(
    graph: OutcomeGraph,
    source: SourceFile,
    *,
    agent: str,
    on_invalid: str = "reject",
    dry_run: bool = False,
    whole: bool = True,
    told: Callable[[OutcomeRecord], None] | None = None,
) -> LoadSummary:
    """Read, link, validate and commit one document: all of it, or nothing.

    Parameters:
        on_invalid: "reject", or "quarantine" to keep the original of what is refused.
        dry_run: write nothing.
        whole: False to commit those of its records that conform though others do not.
        told: told of each record as it was read.

    Raises:
        UsageError: an unknown option value.
        StoreError: the store failed.
    """
    quarantine = quarantine_for(graph.settings, on_invalid)
    loader = Loader(
        graph.reader,
        graph.stores,
        agent=agent,
        quarantine=quarantine,
        dry_run=dry_run,
        whole=whole,
        told=told,
    )
    return loader.run([source])


def read_triples(source: SourceFile, base_iri: str, graph: NamedNode | None) -> list[Triple]:
    """Return the statements that an RDF document holds for one graph.

    Parameters:
        source: the document.
        base_iri: what relative IRIs are resolved against.
        graph: the graph they are for; documents with named graphs may name it, and no other.

    Raises:
        SourceError: it is not well formed.
        UsageError: it holds statements of another graph.
    """
    triples: list[Triple] = []
    for name, found in read_graphs(source, base_iri=base_iri):
        if name is not None and name != graph:
            raise UsageError(
                f"The document holds statements of the graph {name.value}; the address names "
                "another. Send each graph by itself."
            )
        triples += found
    return triples


def write_graph(
    graph: OutcomeGraph,
    name: NamedNode | None,
    triples: Sequence[Triple] | None,
    expected: Expectation,
    *,
    agent: str,
    merge: bool = False,
) -> WrittenGraph:
    """Make a graph that is no record's hold these statements.

    Parameters:
        name: the graph; None for the default graph.
        triples: None to drop it.
        expected: see `Expectation`.
        merge: add them to those that are there.

    Raises:
        NotFoundError: it is to be dropped and is not there.
        RecordError: they speak of a record, whose own graph that belongs to.
    """
    store, what = graph.store, "the default graph" if name is None else name.value
    if graph.validation:
        demand_no_record(name, triples or (), graph.minter)
    with graph.stores.writing:
        before = store.graph(name)
        expected(before)
        if triples is None:
            if name is not None and not before:
                raise NotFoundError(f"There is no graph {what}.")
            verb, after = "drop", None
        elif merge:
            verb, after = "add to", tuple(dict.fromkeys([*before, *triples]))
        else:
            verb, after = "replace", tuple(triples)
        change = GraphChange(name, after)
        revision = store.commit(Commit(changes=(change,), reason=f"{verb} {what}", agent=agent))
        return WrittenGraph(not before, revision)


def run_update(graph: OutcomeGraph, request: UpdateRequest, *, agent: str) -> int:
    """Run a SPARQL update as one commit; records that it changes must conform.

    Others can write while it is worked out.

    Returns:
        The revision it made.

    Raises:
        QueryError: it is malformed, or not allowed.
        QueryTimeoutError, QueryMemoryError: it was stopped; nothing was changed.
        NonConformingError, RecordError: it would leave a record that does not conform.
    """
    if graph.validation:
        check_literals(request.sparql)
    check = RecordUpdateCheck(graph.stores, graph.reader.screen) if graph.validation else None
    return graph.store.update(
        replace(request, base_iri=graph.settings.base),
        reason="SPARQL update",
        agent=agent,
        check=check,
        writing=graph.stores.writing,
    )
