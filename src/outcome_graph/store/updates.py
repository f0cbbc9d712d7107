"""Reading a SPARQL update by its tokens: its operations, and which graphs each may change.

The engine decides what an operation means. This finds the operations and the graphs they name, and
writes into them what the engine does not know of this store:

- Statements outside of GRAPH in a template go to the graph that stands for the default graph (see
  `outcome_graph.store.dataset`); so do ``DEFAULT`` and ``COPY DEFAULT``.
- ``CLEAR`` and ``DROP`` become silent: the store does not record empty graphs, so that there is
  nothing to fail on (SPARQL 1.1 Update, 3.2).
- ``GRAPH ?g`` in a WHERE does not meet the graph that stands for the default graph.
- The protocol's ``using-graph-uri`` becomes USING.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from outcome_graph.errors import QueryError
from outcome_graph.rdf import DefaultGraph, GraphName, NamedNode
from outcome_graph.sparql_text import Token, graph_patterns, tokens_of
from outcome_graph.store.base import UpdateRequest
from outcome_graph.store.dataset_choice import resolve
from outcome_graph.store.guards import error_at

__all__ = ["Operation", "read_update"]

_ANY = ("iri", "string", "variable", "language", "name", "word", "mark")
#: Words of a template besides GRAPH; "e5" is the end of a number.
_TEMPLATE_WORD = re.compile(r"a|true|false|e\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an update.

    Parameters:
        text: it, with its prologue.
        graphs: the graphs it can change; None when that depends on the data.
        asks: it has a WHERE, so that any graph may matter to it.
        spares_default: it changes named graphs only (CLEAR NAMED).
    """

    text: str
    graphs: frozenset[GraphName] | None
    asks: bool
    spares_default: bool = False


class _UnsureError(Exception):
    """The tokens are not what the grammar leads to expect."""


@dataclass(slots=True)
class _Reader:
    """The state of reading an update."""

    sparql: str
    tokens: Sequence[Token]
    using: str
    base_iri: str | None
    default: NamedNode | None
    at: int = 0
    prologue: str = ""
    # Of the present operation:
    graphs: set[GraphName] = field(default_factory=set)
    anywhere: bool = False
    asks: bool = False
    spares_default: bool = False
    #: (start, end, text to put there)
    edits: list[tuple[int, int, str]] = field(default_factory=list)

    # -- looking --------------------------------------------------------------------------------

    def word(self, ahead: int = 0) -> str:
        """The keyword ahead in upper case, "" when it is none."""
        position = self.at + ahead
        if position < len(self.tokens) and self.tokens[position].kind == "word":
            return self.tokens[position].text.upper()
        return ""

    def skip(self, *words: str) -> bool:
        """Step over a keyword if it is one of these."""
        if self.word() in words:
            self.at += 1
            return True
        return False

    def take(self, *kinds: str) -> Token:
        """Step over a token that must be of a kind, or be a mark."""
        if self.at >= len(self.tokens):
            raise _UnsureError
        token = self.tokens[self.at]
        if token.kind not in kinds and token.text not in kinds:
            raise _UnsureError
        self.at += 1
        return token

    def block(self) -> tuple[Token, Sequence[Token], Token]:
        """Step over a group; return its brace, what is in it, and its other brace."""
        opening = self.take("{")
        first, depth = self.at, 1
        token = opening
        while depth:
            token = self.take(*_ANY)
            depth += (token.text == "{") - (token.text == "}")
        return opening, self.tokens[first : self.at - 1], token

    def name(self, token: Token) -> NamedNode:
        """Resolve an IRI or prefixed name as the engine does."""
        resolved = resolve(self.prologue, token, self.base_iri)
        if resolved is None:
            raise _UnsureError
        return resolved

    def graph(self, token: Token) -> GraphName:
        """Resolve the name of a graph."""
        name = self.name(token)
        return DefaultGraph() if name == self.default else name

    # -- the grammar (SPARQL 1.1 Query, 19.8, rules 29 to 52) -----------------------------------

    def read(self) -> list[Operation]:
        operations = []
        while self.at < len(self.tokens):
            self.read_prologue()
            if self.at < len(self.tokens):
                operations.append(self.read_operation())
            if self.at < len(self.tokens):
                self.take(";")
        return operations

    def read_prologue(self) -> None:
        while self.word() in ("PREFIX", "BASE"):
            start = self.tokens[self.at].start
            if self.word() == "PREFIX":
                self.at += 1
                self.take("name")
            else:
                self.at += 1
            self.prologue += self.sparql[start : self.take("iri").end] + "\n"

    def read_operation(self) -> Operation:
        self.graphs, self.edits = set(), []
        self.anywhere = self.asks = self.spares_default = False
        start = self.tokens[self.at].start
        word = self.word()
        if word in ("CLEAR", "DROP", "CREATE"):
            self.read_whole_graph(silenced=word != "CREATE")
        elif word in ("ADD", "MOVE", "COPY"):
            self.at += 1
            self.skip("SILENT")
            self.read_graph_or_default()
            if not self.skip("TO"):
                raise _UnsureError
            self.read_graph_or_default()
        elif word in ("INSERT", "DELETE") and self.word(1) == "DATA":
            self.at += 2
            self.read_template(DefaultGraph())
        elif word in ("WITH", "INSERT", "DELETE"):
            self.read_modify()
        else:
            raise _UnsureError
        text = self.edited(start, self.tokens[self.at - 1].end)
        graphs = None if self.anywhere else frozenset(self.graphs)
        return Operation(self.prologue + text, graphs, self.asks, self.spares_default)

    def edited(self, start: int, end: int) -> str:
        """Return a part of the update with the edits that fall into it."""
        pieces, last = [], start
        for first, until, text in sorted(self.edits, key=lambda edit: edit[:2]):
            if start <= first and until <= end:
                pieces += [self.sparql[last:first], text]
                last = until
        return "".join([*pieces, self.sparql[last:end]])

    def read_whole_graph(self, *, silenced: bool) -> None:
        keyword = self.tokens[self.at]
        self.at += 1
        if not self.skip("SILENT") and silenced:
            self.edits.append((keyword.end, keyword.end, " SILENT"))
        if self.skip("GRAPH"):
            self.graphs.add(self.graph(self.take("iri", "name")))
        elif self.skip("DEFAULT"):
            self.graphs.add(DefaultGraph())
            self.rename_default("GRAPH ")
        elif self.word() in ("NAMED", "ALL"):
            self.anywhere = True
            self.spares_default = self.default is not None and self.word() == "NAMED"
            self.at += 1
        else:
            raise _UnsureError

    def read_graph_or_default(self) -> None:
        if self.skip("DEFAULT"):
            self.graphs.add(DefaultGraph())
            self.rename_default("")
            return
        self.skip("GRAPH")
        self.graphs.add(self.graph(self.take("iri", "name")))

    def rename_default(self, keyword: str) -> None:
        """Put the default graph's name in the place of the DEFAULT just read."""
        token = self.tokens[self.at - 1]
        if self.default is not None:
            self.edits.append((token.start, token.end, f"{keyword}{self.default}"))

    def read_modify(self) -> None:
        """Modify, and DELETE WHERE."""
        self.asks = True
        graph: GraphName = DefaultGraph()
        if self.skip("WITH"):
            self.forbid_two_datasets()
            graph = self.graph(self.take("iri", "name"))
        if self.word() == "DELETE" and self.word(1) == "WHERE":
            where = self.tokens[self.at + 1]
            self.at += 2
            first = self.at
            opening, closing = self.read_template(graph)
            if self.using or self.edits or self.anywhere:
                # The template may need to differ from the pattern: write both.
                template = self.edited(opening.start, closing.end)
                self.edits = [(where.start, where.start, f"{template} {self.using} ")]
                self.spare_default(self.tokens[first : self.at])
            return
        if self.word() not in ("DELETE", "INSERT"):
            raise _UnsureError
        for verb in ("DELETE", "INSERT"):
            if self.skip(verb):
                self.read_template(graph)
        while self.skip("USING"):
            self.forbid_two_datasets()
            self.skip("NAMED")
            self.take("iri", "name")
        if self.using and self.at < len(self.tokens):
            start = self.tokens[self.at].start
            self.edits.append((start, start, f" {self.using} "))
        self.skip("WHERE")
        _, pattern, _ = self.block()
        self.spare_default(pattern)

    def spare_default(self, pattern: Sequence[Token]) -> None:
        """Keep GRAPH ?g in a pattern from meeting the graph that stands for the default graph."""
        if self.default is None:
            return
        for start, variable, _, closing in graph_patterns(pattern):
            end = pattern[closing].end
            other = f" FILTER({variable} != {self.default}) }}"
            self.edits += [(start, start, "{ "), (end, end, other)]

    def read_template(self, graph: GraphName) -> tuple[Token, Token]:
        """Read a quad pattern and collect its graphs; what is outside of GRAPH is ``graph``'s."""
        opening, tokens, closing = self.block()
        loose: list[Token] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.kind == "word" and token.text.upper() == "GRAPH":
                self.end_loose(loose, token.start, graph)
                loose = []
                position = self.read_named_part(tokens, position + 1)
                continue
            self.check_template_token(token)
            if loose or token.text != ".":
                loose.append(token)
            position += 1
        self.end_loose(loose, closing.start, graph)
        return opening, closing

    def read_named_part(self, tokens: Sequence[Token], position: int) -> int:
        """Read what follows GRAPH in a template; return the position after it."""
        if position + 1 >= len(tokens) or tokens[position + 1].text != "{":
            raise _UnsureError
        name = tokens[position]
        if name.kind == "variable":
            self.anywhere = True
        elif name.kind in ("iri", "name"):
            self.graphs.add(self.graph(name))
        else:
            raise _UnsureError
        position += 2
        while position < len(tokens) and tokens[position].text != "}":
            self.check_template_token(tokens[position])
            position += 1
        return position + 1

    def check_template_token(self, token: Token) -> None:
        """Refuse what may be a keyword glued to something: "GRAPHex:g", "GRAPH_"."""
        if token.kind == "word" and not _TEMPLATE_WORD.fullmatch(token.text):
            raise _UnsureError
        if token.kind == "name" and "graph" in token.text.partition(":")[0].lower():
            raise _UnsureError
        if token.text in "{}":
            raise _UnsureError

    def end_loose(self, tokens: Sequence[Token], end: int, graph: GraphName) -> None:
        """Give triples outside of GRAPH their graph."""
        if not tokens:
            return
        self.graphs.add(graph)
        if self.default is not None and isinstance(graph, DefaultGraph):
            start = tokens[0].start
            self.edits.append((start, start, f"GRAPH {self.default} {{ "))
            # On a line of its own: a comment may stand before.
            self.edits.append((end, end, "\n} "))

    def forbid_two_datasets(self) -> None:
        if self.using:
            token = self.tokens[self.at - 1]
            raise error_at(
                self.sparql,
                token.start,
                f"{token.text.upper()} cannot be combined with using-graph-uri or "
                "using-named-graph-uri (SPARQL 1.1 Protocol, 2.2.3).",
            )


def read_update(request: UpdateRequest, default: NamedNode | None) -> list[Operation]:
    """Take a well-formed update apart.

    Parameters:
        request: the update, and the protocol's dataset.
        default: the graph that stands for the default graph, None for the engine's own.

    Raises:
        QueryError: the protocol's dataset is given besides the update's own, or is malformed; or
            keywords are written together, so that the operations cannot be told apart.
    """
    sparql = request.sparql
    using = _using("USING", request.using_graphs)
    using += _using("USING NAMED", request.using_named_graphs)
    reader = _Reader(sparql, list(tokens_of(sparql)), using, request.base_iri, default)
    try:
        return reader.read()
    except _UnsureError:
        place = reader.tokens[min(reader.at, len(reader.tokens) - 1)].start if reader.tokens else 0
        raise error_at(
            sparql,
            place,
            "the update cannot be taken apart here. Write keywords and names apart, each prefix "
            "before its use.",
        ) from None


def _using(keyword: str, graphs: Sequence[str] | None) -> str:
    try:
        return "".join(f"{keyword} {NamedNode(graph)} " for graph in graphs or ())
    except ValueError as error:
        raise QueryError(f"A dataset IRI of the update is malformed: {error}.") from error
