"""Statements as the text that the engine would keep: written once, used as often as needed.

A load makes the statements of thousands of records that are new. As terms they would be made,
compared and written again at each step; as N-Triples whose literals are as the engine keeps them
they go as they stand into the store that validation asks, into the journal and into the engine.
Who wants terms gets them by looping over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import overload

import pyoxigraph

from outcome_graph.rdf import (
    GraphName,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Term,
    Triple,
    ntriples,
    parse,
)

__all__ = ["KeptStatements", "NewQuads", "as_kept", "kept", "new_quads", "text_of"]

_STRING = NamedNode("http://www.w3.org/2001/XMLSchema#string")
_ANY = NamedNode("urn:outcome-graph:any")

_BLANK = re.compile(rb"(?:^| )_:", re.MULTILINE)
_END = b" .\n"


def as_kept(value: Term | Triple) -> Term | Triple:
    """Return an object as the engine keeps it.

    It normalises literals (``"007"^^xsd:int`` is kept as ``"7"^^xsd:integer``).
    """
    if isinstance(value, Literal):
        plain = bool(value.language) or value.datatype == _STRING
        return value if plain else _kept(value)
    return _kept(value) if isinstance(value, Triple) else value


@lru_cache(maxsize=20_000)
def _kept(value: Term | Triple) -> Term | Triple:
    memory = pyoxigraph.Store()
    memory.add(Quad(_ANY, _ANY, value))
    return next(memory.quads_for_pattern(_ANY, _ANY, None, None)).object


class KeptStatements(Sequence[Triple]):
    """Statements as N-Triples: each once, without nameless things, with literals as kept.

    Parameters:
        text: one line for each, as `outcome_graph.rdf.ntriples` writes it.
    """

    __slots__ = ("text",)

    def __init__(self, text: bytes) -> None:
        self.text = text

    def __len__(self) -> int:
        return self.text.count(b"\n")

    def __iter__(self) -> Iterator[Triple]:
        return (quad.triple for quad in parse(self.text, format=RdfFormat.N_TRIPLES))

    @overload
    def __getitem__(self, index: int) -> Triple: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Triple, ...]: ...
    def __getitem__(self, index: int | slice) -> Triple | tuple[Triple, ...]:
        return tuple(self)[index]

    def typed(self) -> Iterator[Literal]:
        """Yield the literals that have a datatype of their own, some of them perhaps cut short."""
        return map(_literal, _typed_ends(self.text))

    def in_graph(self, graph: NamedNode, mark: bytes = b"") -> bytes:
        """Return them as N-Quads of a graph, each line with a mark before it."""
        end = b" %s .\n" % str(graph).encode()
        if not mark or not self.text:
            return self.text.replace(_END, end)
        lines = self.text.replace(_END, end + mark)
        return mark + lines[: -len(mark)]

    def with_others(self, others: Iterable[Triple]) -> KeptStatements | None:
        """Return them with others that are not among them; None as with `kept`."""
        more = kept(others)
        return None if more is None else KeptStatements(self.text + more.text)


def kept(triples: Iterable[Triple]) -> KeptStatements | None:
    """Return statements as their text; None where the engine would not keep them as they are.

    Parameters:
        triples: none of them twice.
    """
    text = ntriples(triples)
    if b"_:" in text and _BLANK.search(text):
        return None
    # Few statements about statements are met, and no literal ends like one.
    if b"<<" in text or not all(map(_is_kept, _typed_ends(text))):
        return None
    return KeptStatements(text)


def _typed_ends(text: bytes) -> set[bytes]:
    """Return the ends of lines that hold a literal with a datatype.

    From the last quote before it: quotes within a literal are escaped, so that one with quotes is
    cut short, which is parsed and found out.
    """
    return {
        line[line.rindex(b'"', 0, at) :]
        for line in text.splitlines()
        if line.endswith(b"> .") and (at := line.rfind(b'"^^<')) > 0
    }


@lru_cache(maxsize=20_000)
def _is_kept(end_of_line: bytes) -> bool:
    """Tell whether the engine keeps the literal at the end of a line as it is."""
    value = _literal(end_of_line)
    return as_kept(value) == value


@lru_cache(maxsize=20_000)
def _literal(end_of_line: bytes) -> Literal:
    line = b"<urn:x> <urn:x> " + end_of_line
    value = next(iter(parse(line, format=RdfFormat.N_TRIPLES))).object
    assert isinstance(value, Literal)
    return value


def text_of(triples: Sequence[Triple]) -> bytes:
    """Return statements as N-Triples."""
    return triples.text if isinstance(triples, KeptStatements) else ntriples(triples)


class NewQuads(Sequence[Quad]):
    """The statements of graphs that hold nothing yet.

    Parameters:
        graphs: each graph, none twice, with its statements.
    """

    def __init__(self, graphs: Sequence[tuple[NamedNode, KeptStatements]]) -> None:
        self.graphs = graphs
        self._length = sum(len(statements) for _, statements in graphs)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Quad]:
        for graph, statements in self.graphs:
            for t in statements:
                yield Quad(t.subject, t.predicate, t.object, graph)

    @overload
    def __getitem__(self, index: int) -> Quad: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Quad, ...]: ...
    def __getitem__(self, index: int | slice) -> Quad | tuple[Quad, ...]:
        if isinstance(index, slice):
            return tuple(islice(self, *index.indices(len(self))))
        return next(islice(self, index % len(self), None))

    def nquads(self, mark: bytes = b"") -> bytes:
        """Return them as N-Quads, each line with a mark before it."""
        return b"".join(statements.in_graph(graph, mark) for graph, statements in self.graphs)

    def union(self) -> bytes:
        """Return them as N-Triples without their graphs, each once."""
        lines = b"".join(statements.text for _, statements in self.graphs)
        return b"".join(dict.fromkeys(lines.splitlines(keepends=True)))


def new_quads(changes: Iterable[tuple[GraphName, Sequence[Triple] | None]]) -> NewQuads | None:
    """Return what graphs are to hold as new quads; None where it is not all text.

    Parameters:
        changes: each graph, none twice, with its statements; None to drop it.
    """
    graphs: list[tuple[NamedNode, KeptStatements]] = []
    for graph, statements in changes:
        if not isinstance(graph, NamedNode) or not isinstance(statements, KeptStatements):
            return None
        if statements.text:
            graphs.append((graph, statements))
    return NewQuads(graphs)
