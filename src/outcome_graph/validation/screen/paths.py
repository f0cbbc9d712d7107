"""Property paths: read from a shapes graph, taken apart into steps, and written down.

A path is a union of *branches*; a branch is a chain of steps. A step follows one predicate forwards
or backwards, or repeats a choice of those one or more times. ``p*`` is "nothing, or ``p+``".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from outcome_graph.namespaces import PREFIXES, RDF, SH
from outcome_graph.rdf import NamedNode, Term

__all__ = ["Branch", "Hop", "Path", "PathError", "Repeat", "read_path"]

#: A path with more branches than this is left to pySHACL: its query would be huge.
_MOST_BRANCHES = 32
_DEEPEST = 10
_KINDS = (
    SH.inversePath,
    SH.alternativePath,
    SH.zeroOrMorePath,
    SH.oneOrMorePath,
    SH.zeroOrOnePath,
)


class PathError(Exception):
    """A path that is not compiled, in words."""


class ListGraph(Protocol):
    """What is read of a shapes graph."""

    def values(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """The values of a property."""
        ...

    def members(self, head: Term) -> list[Term]:
        """The members of a list."""
        ...


@dataclass(frozen=True, slots=True)
class Hop:
    """One predicate, forwards or backwards."""

    predicate: NamedNode
    inverse: bool = False

    def text(self) -> str:
        """Return the step in SPARQL's notation."""
        return ("^" if self.inverse else "") + str(self.predicate)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A choice of chains of hops, one or more times."""

    choices: tuple[tuple[Hop, ...], ...]

    def text(self) -> str:
        """Return the step in SPARQL's notation."""
        return "(" + "|".join("/".join(h.text() for h in chain) for chain in self.choices) + ")+"

    def predicates(self) -> set[NamedNode]:
        """The predicates it follows."""
        return {hop.predicate for chain in self.choices for hop in chain}


Branch: TypeAlias = tuple[Hop | Repeat, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A path.

    Parameters:
        branches: its ways; an empty one stays where it is.
        notation: as results name it: an IRI, or SPARQL's notation with prefixes (as pySHACL's).
        iri: the predicate, where the path is one.
    """

    branches: tuple[Branch, ...]
    notation: str
    iri: NamedNode | None = None


def read_path(graph: ListGraph, node: Term) -> Path:
    """Read a path (SHACL, 2.3.1).

    Raises:
        PathError: it is not well formed, or beyond what is compiled.
    """
    branches = tuple(dict.fromkeys(_branches(graph, node, 0)))
    if isinstance(node, NamedNode):
        return Path(branches, node.value, node)
    return Path(branches, _notation(graph, node, top=True))


def _kind(graph: ListGraph, node: Term) -> tuple[str, list[Term]]:
    kinds = (*_KINDS, RDF.first)
    if sum(bool(graph.values(node, kind)) for kind in kinds) != 1:
        raise PathError("a path that is not well formed")
    if graph.values(node, SH.inversePath):
        return "inverse", graph.values(node, SH.inversePath)
    if graph.values(node, SH.alternativePath):
        return "alternative", graph.members(graph.values(node, SH.alternativePath)[0])
    for name in ("zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"):
        if graph.values(node, SH[name]):
            return name, graph.values(node, SH[name])
    members = graph.members(node)
    if len(members) < 2:
        raise PathError("a path that is not well formed")
    return "sequence", members


def _branches(graph: ListGraph, node: Term, depth: int) -> list[Branch]:
    if isinstance(node, NamedNode):
        return [(Hop(node),)]
    if depth > _DEEPEST:
        raise PathError("a path that is nested too deeply")
    kind, parts = _kind(graph, node)
    if kind != "sequence" and kind != "alternative" and len(parts) != 1:
        raise PathError("a path that is not well formed")
    inner = [_branches(graph, part, depth + 1) for part in parts]
    made: list[Branch] = []
    if kind == "alternative":
        made = [branch for choice in inner for branch in choice]
    elif kind == "sequence":
        made = [()]
        for step in inner:
            made = [(*before, *branch) for before in made for branch in step]
            if len(made) > _MOST_BRANCHES:
                break
    elif kind == "inverse":
        made = [_reversed(branch) for branch in inner[0]]
    elif kind == "zeroOrOnePath":
        made = [(), *inner[0]]
    else:
        repeat: list[Branch] = [(_repeat(inner[0]),)]
        made = repeat if kind == "oneOrMorePath" and () not in inner[0] else [(), *repeat]
    if len(made) > _MOST_BRANCHES:
        raise PathError("a path with very many branches")
    return made


def _reversed(branch: Branch) -> Branch:
    turned: list[Hop | Repeat] = []
    for step in reversed(branch):
        if isinstance(step, Hop):
            turned.append(Hop(step.predicate, not step.inverse))
        else:
            turned.append(Repeat(tuple(_turned(chain) for chain in step.choices)))
    return tuple(turned)


def _turned(chain: tuple[Hop, ...]) -> tuple[Hop, ...]:
    return tuple(Hop(h.predicate, not h.inverse) for h in reversed(chain))


def _repeat(branches: Iterable[Branch]) -> Repeat:
    choices: list[tuple[Hop, ...]] = []
    for branch in branches:
        chain = tuple(step for step in branch if isinstance(step, Hop))
        if len(chain) != len(branch):
            raise PathError("a repetition within a repetition")
        if chain:
            choices.append(chain)
    if not choices:
        raise PathError("a repetition of nothing")
    return Repeat(tuple(choices))


def _notation(graph: ListGraph, node: Term, *, top: bool = False) -> str:
    if isinstance(node, NamedNode):
        return _short(node.value)
    kind, parts = _kind(graph, node)
    texts = [_notation(graph, part) for part in parts]
    if kind in ("sequence", "alternative"):
        joined = (" / " if kind == "sequence" else " | ").join(texts)
        return joined if top else f"({joined})"
    sign = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}.get(kind)
    return f"^{texts[0]}" if sign is None else texts[0] + sign


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.replace(namespace, '')}"
    return f"<{iri}>"
