"""Looking at what an update would leave in graphs before it is committed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from outcome_graph.rdf import GraphName, NamedNode, Quad, Triple
from outcome_graph.store.patch import Patch

__all__ = ["UpdateCheck", "checked_contents"]


class UpdateCheck(Protocol):
    """Judges what an update would leave behind, while nobody else can write."""

    def concerns(self, graph: NamedNode) -> bool:
        """Tell whether the contents of this graph are to be judged."""
        ...

    def look_at(self, added: Iterable[Quad]) -> None:
        """Judge what the update adds, in whatever graph.

        Raises:
            OutcomeGraphError: the update is refused; nothing is changed.
        """
        ...

    def __call__(
        self,
        contents: Mapping[NamedNode, Sequence[Triple]],
        revision: int,
        go_on: Callable[[], None],
    ) -> Mapping[NamedNode, Sequence[Triple]]:
        """Judge changed graphs and return contents to put in their place.

        Parameters:
            contents: what each graph that is changed and concerns would hold; nothing when it
                would be gone.
            revision: the revision that the update would make.
            go_on: to be called before each graph; raises when the update's time is over.

        Raises:
            OutcomeGraphError: the update is refused; nothing is changed.
        """
        ...


def checked_contents(
    patch: Patch,
    held: Callable[[GraphName], Iterable[Quad]],
    check: UpdateCheck,
    revision: int,
    go_on: Callable[[], None],
) -> dict[GraphName, Sequence[Triple]]:
    """Return what every graph that a patch changes is to hold, once the check has passed.

    Parameters:
        patch: what the update removes and adds.
        held: returns what a graph holds now.
        check: judges.
        revision: the revision that the update would make.
        go_on: raises when the update's time is over.

    Raises:
        OutcomeGraphError: the check refuses.
    """
    check.look_at(patch.added)
    after: dict[GraphName, Sequence[Triple]] = {}
    removed = set(patch.removed)
    added: dict[GraphName, list[Triple]] = {}
    for quad in patch.added:
        added.setdefault(quad.graph_name, []).append(quad.triple)
    for graph in patch.graphs():
        kept = [quad.triple for quad in held(graph) if quad not in removed]
        after[graph] = kept + added.get(graph, [])
    concerned = {g: t for g, t in after.items() if isinstance(g, NamedNode) and check.concerns(g)}
    if concerned:
        for graph, triples in check(concerned, revision, go_on).items():
            after[graph] = triples
    return after
