"""Reading a SPARQL update by its tokens: which graphs it may change, and whether it asks first.

The engine decides what an update means. This only finds out, where it is certain, that just some
graphs can change, which spares comparing all of them; wherever it is not certain it says so
(``graphs`` is None) and everything is compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyoxigraph

from outcome_graph.errors import QueryError
from outcome_graph.namespaces import PREFIXES
from outcome_graph.rdf import DefaultGraph, GraphName, NamedNode
from outcome_graph.sparql_text import Token, tokens_of
from outcome_graph.store.guards import position_of

__all__ = ["UpdatePlan", "plan_update"]


@dataclass(frozen=True, slots=True)
class UpdatePlan:
    """What is known of an update.

    Parameters:
        text: the update, with the protocol's dataset written into it, and ``SILENT`` into CLEAR
            and DROP (this store does not record empty graphs, so that there is nothing to fail on:
            SPARQL 1.1 Update, 3.2).
        graphs: the graphs that it can change; None when that cannot be told.
        asks: it has a WHERE, so that any graph may matter to it.
    """

    text: str
    graphs: frozenset[GraphName] | None
    asks: bool


class _UnsureError(Exception):
    """The tokens are not what the grammar leads to expect."""


@dataclass(slots=True)
class _Reading:
    """The state of reading an update."""

    sparql: str
    tokens: Sequence[Token]
    using: str
    base_iri: str | None
    at: int = 0
    prologue: str = ""
    graphs: set[GraphName] = field(default_factory=set)
    anywhere: bool = False
    asks: bool = False
    inserts: list[tuple[int, str]] = field(default_factory=list)

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

    def block(self) -> Sequence[Token]:
        """Step over a group and return what is in its braces."""
        self.take("{")
        first, depth = self.at, 1
        while depth:
            token = self.take(*_ANY)
            depth += (token.text == "{") - (token.text == "}")
        return self.tokens[first : self.at - 1]

    def name(self, token: Token) -> NamedNode:
        """Resolve an IRI or prefixed name as the engine does."""
        query = f"{self.prologue}\nSELECT ?g {{ VALUES ?g {{ {token.text} }} }}"
        options = {"base_iri": self.base_iri} if self.base_iri else {}
        try:
            rows = pyoxigraph.Store().query(query, prefixes=PREFIXES, **options)
            assert isinstance(rows, pyoxigraph.QuerySolutions)
            value = next(iter(rows))[0]
        except (SyntaxError, RuntimeError, StopIteration) as error:
            raise _UnsureError from error
        assert isinstance(value, NamedNode)
        return value

    # -- the grammar ----------------------------------------------------------------------------

    def read(self) -> None:
        """Update ::= Prologue ( Update1 ( ';' Update )? )?"""
        while self.at < len(self.tokens):
            self.read_prologue()
            if self.at < len(self.tokens):
                self.read_operation()
            if self.at < len(self.tokens):
                self.take(";")

    def read_prologue(self) -> None:
        while self.word() in ("PREFIX", "BASE"):
            start = self.tokens[self.at].start
            if self.word() == "PREFIX":
                self.at += 1
                self.take("name")
            else:
                self.at += 1
            self.prologue += self.sparql[start : self.take("iri").end] + "\n"

    def read_operation(self) -> None:
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
            self.read_template(self.block(), DefaultGraph())
        elif word in ("WITH", "INSERT", "DELETE"):
            self.read_modify()
        else:
            raise _UnsureError

    def read_whole_graph(self, *, silenced: bool) -> None:
        keyword = self.tokens[self.at]
        self.at += 1
        if not self.skip("SILENT") and silenced:
            self.inserts.append((keyword.end, " SILENT"))
        if self.skip("GRAPH"):
            self.graphs.add(self.name(self.take("iri", "name")))
        elif self.skip("DEFAULT"):
            self.graphs.add(DefaultGraph())
        elif self.skip("NAMED", "ALL"):
            self.anywhere = True
        else:
            raise _UnsureError

    def read_graph_or_default(self) -> None:
        if self.skip("DEFAULT"):
            self.graphs.add(DefaultGraph())
            return
        self.skip("GRAPH")
        self.graphs.add(self.name(self.take("iri", "name")))

    def read_modify(self) -> None:
        """Modify, and DELETE WHERE."""
        self.asks = True
        graph: GraphName = DefaultGraph()
        if self.skip("WITH"):
            self.forbid_two_datasets()
            graph = self.name(self.take("iri", "name"))
        if self.word() == "DELETE" and self.word(1) == "WHERE":
            where = self.tokens[self.at + 1]
            self.at += 2
            start = self.tokens[self.at].start
            self.read_template(self.block(), graph)
            if self.using:
                pattern = self.sparql[start : self.tokens[self.at - 1].end]
                self.inserts.append((where.start, f"{pattern} {self.using} "))
            return
        if not self.word() in ("DELETE", "INSERT"):
            raise _UnsureError
        for verb in ("DELETE", "INSERT"):
            if self.skip(verb):
                self.read_template(self.block(), graph)
        while self.skip("USING"):
            self.forbid_two_datasets()
            self.skip("NAMED")
            self.take("iri", "name")
        if self.using and self.at < len(self.tokens):
            self.inserts.append((self.tokens[self.at].start, f"{self.using} "))
        self.skip("WHERE")
        self.block()

    def read_template(self, tokens: Sequence[Token], graph: GraphName) -> None:
        """Collect the graphs of a quad pattern; triples outside of GRAPH go to ``graph``."""
        self.graphs.add(graph)
        for position, token in enumerate(tokens):
            if token.kind == "word" and token.text.upper() == "GRAPH":
                following = tokens[position + 1] if position + 1 < len(tokens) else None
                if following is None or following.kind not in ("iri", "name", "variable"):
                    raise _UnsureError
                if following.kind == "variable":
                    self.anywhere = True
                else:
                    self.graphs.add(self.name(following))
            elif token.kind == "word" and token.text not in ("a", "true", "false"):
                if token.text.lower() not in ("true", "false") and not token.text.isdigit():
                    raise _UnsureError
            elif token.kind == "name" and "graph" in token.text.partition(":")[0].lower():
                # "GRAPHex:g" may be a name, or the keyword and a name.
                raise _UnsureError

    def forbid_two_datasets(self) -> None:
        if self.using:
            token = self.tokens[self.at - 1]
            line, column = position_of(self.sparql, token.start)
            raise QueryError(
                f"Line {line}, column {column}: {token.text.upper()} cannot be combined with "
                "using-graph-uri or using-named-graph-uri (SPARQL 1.1 Protocol, 2.2.3).",
                line,
                column,
            )


_ANY = ("iri", "string", "variable", "language", "name", "word", "mark")


def plan_update(
    sparql: str,
    *,
    using_graphs: Sequence[str] | None = None,
    using_named_graphs: Sequence[str] | None = None,
    base_iri: str | None = None,
) -> UpdatePlan:
    """Find out what an update can change.

    Parameters:
        sparql: the update, already checked by `guards`.
        using_graphs, using_named_graphs: the protocol's dataset for WHERE.
        base_iri: what relative IRIs are resolved against.

    Raises:
        QueryError: the protocol's dataset is given besides the update's own, or is malformed.
    """
    using = _using("USING", using_graphs) + _using("USING NAMED", using_named_graphs)
    reading = _Reading(sparql, list(tokens_of(sparql)), using, base_iri)
    try:
        reading.read()
    except _UnsureError:
        if using:
            raise QueryError(
                "The update is not well formed, or not read well enough to add using-graph-uri. "
                "Write USING in the update instead."
            ) from None
        return UpdatePlan(sparql, None, asks=True)
    graphs = None if reading.anywhere else frozenset(reading.graphs)
    return UpdatePlan(_with_inserts(sparql, reading.inserts), graphs, reading.asks)


def _using(keyword: str, graphs: Sequence[str] | None) -> str:
    try:
        return "".join(f"{keyword} {NamedNode(graph)} " for graph in graphs or ())
    except ValueError as error:
        raise QueryError(f"A dataset IRI of the update is malformed: {error}.") from error


def _with_inserts(sparql: str, inserts: Sequence[tuple[int, str]]) -> str:
    pieces, last = [], 0
    for offset, text in sorted(inserts):
        pieces += [sparql[last:offset], text]
        last = offset
    return "".join([*pieces, sparql[last:]])
