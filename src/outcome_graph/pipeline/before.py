"""What graphs held before some commits, as the journal tells: some graphs at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from outcome_graph.errors import UsageError
from outcome_graph.mapping import differ, is_record_graph
from outcome_graph.namespaces import IriMinter
from outcome_graph.rdf import NamedNode, Triple
from outcome_graph.store import JournalEntry, Store
from outcome_graph.store.patch import Patch, graph_label

__all__ = ["Before", "BeforeCommits"]


@dataclass(frozen=True, slots=True)
class Before:
    """What some graphs held before.

    Parameters:
        contents: of those that do not hold it now; none for those that were not there.
        changed: by graphs that others have changed since, their newest commit.
    """

    contents: Mapping[NamedNode, Sequence[Triple]]
    changed: Mapping[str, JournalEntry]


class BeforeCommits:
    """Tells what the graphs that some commits touched held before them.

    What is committed after this was made does not count.

    Parameters:
        store: where they were made. entries: the commits, oldest first.
        minter: tells graphs of records, whose metadata are no change of them.
    """

    def __init__(self, store: Store, entries: Sequence[JournalEntry], minter: IriMinter) -> None:
        self._store, self._minter = store, minter
        self._mine = {entry.revision for entry in entries}
        #: All commits since the first, by the graphs that they touch.
        self._since: dict[str, list[JournalEntry]] = {g: [] for e in entries for g in e.graphs}
        for entry in store.history():
            if entry.revision >= entries[0].revision:
                for graph in self._since.keys() & {*entry.graphs}:
                    self._since[graph].append(entry)
        #: The patch that was read last, and its revision: the next graphs are often in it too.
        self._read: tuple[int, Patch] | None = None

    @property
    def graphs(self) -> Iterable[str]:
        """The graphs, in the order in which they were first touched."""
        return self._since.keys()

    def batches(self, size: int) -> Iterator[Before]:
        """Tell it of some graphs after the other.

        Raises:
            UsageError: a bulk load is among the commits, of which the journal lists no statements.
        """
        left = iter(self._since)
        while graphs := list(islice(left, size)):
            yield self._of(graphs)

    def _of(self, graphs: Sequence[str]) -> Before:
        now = {graph: self._store.graph(NamedNode(graph)) for graph in graphs}
        held = {graph: dict.fromkeys(triples) for graph, triples in now.items()}
        #: The newest commit of others to each graph, until one of those in question is reached.
        later: dict[str, JournalEntry] = {}
        changed: dict[str, JournalEntry] = {}
        entries = {entry.revision: entry for graph in graphs for entry in self._since[graph]}
        for revision in sorted(entries, reverse=True):
            entry = entries[revision]
            touched = held.keys() & {*entry.graphs}
            if revision in self._mine:
                for graph in touched & later.keys():
                    newest = later.pop(graph)
                    if not self._same(graph, now[graph], held[graph]):
                        changed[graph] = newest
            else:
                later |= {graph: later.get(graph, entry) for graph in touched}
            self._take_back(revision, held, touched)
        differing = {g: t for g, t in held.items() if not self._same(g, now[g], t)}
        # What is as it was before again, nobody loses.
        return Before(
            {NamedNode(graph): list(triples) for graph, triples in differing.items()},
            {graph: entry for graph, entry in changed.items() if graph in differing},
        )

    def _take_back(
        self, revision: int, held: dict[str, dict[Triple, None]], touched: set[str]
    ) -> None:
        """Make graphs what they held before a commit."""
        patch = self._patch(revision)
        for quad in patch.added:
            if (graph := graph_label(quad.graph_name)) in touched:
                held[graph].pop(quad.triple, None)
        for quad in patch.removed:
            if (graph := graph_label(quad.graph_name)) in touched:
                held[graph][quad.triple] = None

    def _patch(self, revision: int) -> Patch:
        if self._read is None or self._read[0] != revision:
            # Not both at once.
            self._read = None
            patch = self._store.patch(revision)[1]
            if patch is None:
                raise UsageError(
                    f"Revision {revision} was a bulk load, of which the journal lists no "
                    "statements: what was before it cannot be told. Restore a backup."
                )
            self._read = revision, patch
        return self._read[1]

    def _same(self, graph: str, one: Sequence[Triple], other: Iterable[Triple]) -> bool:
        """Tell whether a graph holds the same; a record's metadata do not count."""
        second = list(other)
        record_id = is_record_graph(NamedNode(graph), self._minter)
        if record_id is None or not (one and second):
            return set(one) == set(second)
        return not differ(one, second, record_id, self._minter)
