"""SHACL-SPARQL constraints: the queries that are understood, taken apart into triples and filters.

Understood are SELECT queries whose WHERE is one flat group of triples, FILTERs without EXISTS, and
FILTER [NOT] EXISTS with triples only. There joining with the focus nodes is the same as binding
``$this`` beforehand (SHACL, 5.3.2). Sub-queries, OPTIONAL, UNION, MINUS, VALUES, BIND, GRAPH,
property paths, ``$PATH`` and ``$shapesGraph`` are left to pySHACL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from outcome_graph.namespaces import OWL, PREFIXES, RDF, RDFS, SH
from outcome_graph.rdf import Literal, NamedNode, Term
from outcome_graph.validation.screen.model import Graph, Shape, Unsupported
from outcome_graph.validation.screen.paths import Hop
from outcome_graph.validation.screen.relations import Relations, Source, joined, rename, union
from outcome_graph.validation.screen.values import constant
from outcome_graph.validation.screen.view import Names, State

__all__ = ["Condition", "Select", "TriplePattern", "read_select"]

_TOKEN = re.compile(
    r"""(?P<gap>\s+|\#[^\n]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<var>[?$][A-Za-z_]\w*)
    |(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<number>[0-9]+(?:\.[0-9]+)?)
    |(?P<name>[A-Za-z][\w.-]*)?:(?P<local>[A-Za-z_0-9][\w-]*)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<sign>\^\^|&&|\|\||!=|<=|>=|[{}().;,=<>!+*/-])""",
    re.VERBOSE,
)
#: Words that may stand in a filter: operators and functions on terms that both engines know.
_FUNCTIONS = frozenset((
    "STR", "LANG", "LANGMATCHES", "DATATYPE", "BOUND", "IRI", "URI", "ABS", "CEIL", "FLOOR",
    "ROUND", "CONCAT", "STRLEN", "UCASE", "LCASE", "CONTAINS", "STRSTARTS", "STRENDS",
    "STRBEFORE", "STRAFTER", "SUBSTR", "YEAR", "MONTH", "DAY", "COALESCE", "IF", "SAMETERM",
    "ISIRI", "ISURI", "ISBLANK", "ISLITERAL", "ISNUMERIC", "IN", "NOT", "TRUE", "FALSE",
))  # fmt: skip
_MOST_WAYS = 32


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class TriplePattern:
    """A triple of a query; its ends are variables or constants in SPARQL's notation."""

    subject: str
    predicate: NamedNode
    object: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Triples that must (not) be there besides."""

    triples: tuple[TriplePattern, ...]
    wanted: bool


@dataclass(frozen=True, slots=True)
class Select:
    """A constraint's query, taken apart.

    Parameters:
        this, value: variables of the focus node and of the value. path: IRI of the results' path.
        messages: of the constraint.
    """

    triples: tuple[TriplePattern, ...]
    filters: tuple[str, ...]
    conditions: tuple[Condition, ...]
    this: str
    value: str | None
    path: str | None
    messages: tuple[tuple[str, str], ...]

    def _looked_at(self) -> list[str]:
        """The variables that filters look at."""
        found = dict.fromkeys(v for f in self.filters for v in re.findall(r"\?\w+", f))
        return list(found)

    def doubt(self, source: Source) -> str | None:
        """Return the test for solutions that pySHACL must judge.

        To rdflib a nameless node has a text, its label: in SPARQL it has none.
        """
        tests = " || ".join(f"isBlank({v})" for v in self._looked_at())
        return rename(tests, self.this, source.var) if tests else None

    def pattern(self, relations: Relations, source: Source, *, doubts: bool = False) -> str:
        """Return the pattern of the query's solutions for focus nodes.

        The focus nodes may be more than the source's: users check that they belong to it.

        Parameters:
            doubts: whether solutions that are in doubt belong to them.
        """
        tests = [f"FILTER({f})" for f in self.filters]
        if doubts:
            right = " && ".join(f"({f})" for f in self.filters)
            blank = " || ".join(f"isBlank({v})" for v in self._looked_at())
            tests = [f"FILTER(({right}) || {blank})"]
        parts = []
        for texts, _ in _ways(self.triples, relations, {self.this: source.state}):
            body = [relations.narrowed(source, texts, self.this), *tests]
            if relations.key and not any("GRAPH" in text for text in texts):
                # Shared statements alone do not tell which record they concern.
                body.insert(0, f"{{ {relations.start(source)} }}")
            for condition in self.conditions:
                states: dict[str, State] = {self.this: source.state}
                for triple in self.triples:
                    states.setdefault(triple.subject, "any")
                    states.setdefault(triple.object, "any")
                inner = [
                    joined(t) if relations.key else " ".join(t)
                    for t, _ in _ways(condition.triples, relations, states)
                ]
                if condition.wanted:
                    shared = relations.distinct(self._outer(condition), union(inner))
                    body.append(shared)
                else:
                    body += [f"MINUS {{ {text} }}" for text in inner]
            parts.append(" ".join(body))
        return rename(union(parts), self.this, source.var)

    def gates(self, relations: Relations, source: Source) -> tuple[str, ...]:
        """Return queries that have a row if records say at all what a focus node must have."""
        if not relations.key or source.state != "own":
            return ()
        needed = dict.fromkeys(t.predicate for t in self.triples if t.subject == self.this)
        own = (relations.view.own(f"?s {predicate} ?o .") for predicate in needed)
        return tuple(f"SELECT ?s WHERE {{ {pattern} }} LIMIT 1" for pattern in own)

    def _outer(self, condition: Condition) -> list[str]:
        outer = {n for t in self.triples for n in (t.subject, t.object) if n.startswith("?")}
        inner = {n for t in condition.triples for n in (t.subject, t.object) if n.startswith("?")}
        return sorted(outer & inner)


def _ways(
    triples: tuple[TriplePattern, ...], relations: Relations, states: dict[str, State]
) -> list[tuple[tuple[str, ...], dict[str, State]]]:
    """Return the ways to match triples, each as its patterns, apart so that engines hash them."""
    found: list[tuple[tuple[str, ...], dict[str, State]]] = [((), dict(states))]
    for triple in triples:
        longer = []
        for texts, known in found:
            state = known.get(triple.subject, "any")
            hop = Hop(triple.predicate)
            for way in relations.view.hop(
                hop, triple.subject, triple.object, state, relations.names
            ):
                after = dict(known)
                own = way.text.startswith("GRAPH")
                # What a record describes is no shared thing, and the other way round.
                if relations.key:
                    after[triple.subject] = "own" if own else "shared"
                if own:
                    after.setdefault(triple.object, "object")
                longer.append(((*texts, way.text), after))
        found = longer
        if len(found) > _MOST_WAYS:
            raise Unsupported("a query with very many ways")
    return found


def read_select(graph: Graph, node: Term, shape: Shape, names: Names) -> Select | None:
    """Take a constraint's query apart; None when it is deactivated.

    Raises:
        Unsupported: the query is not of the kind that is understood.
    """
    given = graph.predicates(node)
    known = {SH.select, SH.prefixes, SH.message, SH.deactivated, RDF.type, RDFS.comment, RDFS.label}
    if unknown := [p for p in given if p.value.startswith(SH.iri) and p not in known]:
        raise Unsupported(f"{unknown[0].value} on a SPARQL constraint")
    if any(v.value in ("true", "1") for v in given.get(SH.deactivated, ())):
        return None
    texts = given.get(SH.select, [])
    if len(texts) != 1 or not isinstance(texts[0], Literal):
        raise Unsupported("a SPARQL constraint without one sh:select")
    own = [m for m in given.get(SH.message, ()) if isinstance(m, Literal)]
    messages = tuple(sorted({(m.language or "", m.value) for m in own} | set(shape.messages)))
    if any("{" in text for _, text in messages):
        raise Unsupported("a message with places for values")
    parser = _Parser(texts[0].value, _prefixes(graph, node), names)
    return parser.run(messages)


def _prefixes(graph: Graph, node: Term) -> dict[str, str]:
    found = {"rdf": RDF.iri, "rdfs": RDFS.iri, "owl": OWL.iri}
    # pySHACL (as it is used here) knows ours besides.
    found = {**PREFIXES, **found}
    declared: dict[str, str] = {}
    holders = list(graph.values(node, SH.prefixes))
    for holder in holders:  # grows by what is imported (SHACL, 5.2.1)
        holders += [i for i in graph.values(holder, OWL.imports) if i not in holders]
        for declaration in graph.values(holder, SH.declare):
            prefix = graph.values(declaration, SH.prefix)
            namespace = graph.values(declaration, SH.namespace)
            if len(prefix) != 1 or len(namespace) != 1:
                raise Unsupported("a prefix that is not well declared")
            name, iri = str(prefix[0].value), str(namespace[0].value)
            if declared.setdefault(name, iri) != iri:
                raise Unsupported("a prefix that is declared twice")
            found[name] = iri
    return found


class _Parser:
    def __init__(self, text: str, prefixes: dict[str, str], names: Names) -> None:
        self._prefixes = prefixes
        self._renamed: dict[str, str] = {}
        self._names = names
        self._tokens = list(self._lex(text))
        self._at = 0

    def _lex(self, text: str) -> Iterator[_Token]:
        position = 0
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise Unsupported("a query that is not understood")
            position = match.end()
            kind = match.lastgroup or ""
            if kind == "gap":
                continue
            if kind == "local":
                namespace = self._prefixes.get(match["name"] or "")
                if namespace is None:
                    raise Unsupported("a prefix that is not declared")
                yield _Token("iri", f"<{namespace}{match['local']}>")
            else:
                yield _Token(kind, match.group())

    # -- reading --------------------------------------------------------------------------------

    def _peek(self) -> _Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else _Token("end", "")

    def _next(self) -> _Token:
        token = self._peek()
        self._at += 1
        return token

    def _word(self, *words: str) -> bool:
        token = self._peek()
        if token.kind == "word" and token.text.upper() in words:
            self._at += 1
            return True
        return False

    def _sign(self, sign: str) -> bool:
        if self._peek() == _Token("sign", sign):
            self._at += 1
            return True
        return False

    def _demand(self, right: bool) -> None:
        if not right:
            raise Unsupported("a query that is not understood")

    def _variable(self, text: str) -> str:
        name = text[1:]
        if name in ("PATH", "shapesGraph", "currentShape"):
            raise Unsupported(f"${name}")
        if name not in self._renamed:
            self._renamed[name] = self._names.new("q")
        return self._renamed[name]

    def run(self, messages: tuple[tuple[str, str], ...]) -> Select:
        """Read the whole query."""
        self._demand(self._word("SELECT"))
        self._word("DISTINCT")
        shown, path = self._columns()
        self._word("WHERE")
        triples, filters, conditions = self._group()
        self._demand(self._peek().kind == "end")
        bound = {n for t in triples for n in (t.subject, t.object)}
        this = self._variable("?this")
        self._demand("this" in shown and this in bound)
        value = self._renamed["value"] if "value" in shown else None
        self._demand(value is None or value in bound)
        if shown - {"this", "value"} or ("path" in self._renamed):
            raise Unsupported("further columns of a query")
        return Select(triples, filters, conditions, this, value, path, messages)

    def _columns(self) -> tuple[set[str], str | None]:
        shown: set[str] = set()
        path: str | None = None
        while True:
            token = self._peek()
            if token.kind == "var":
                self._at += 1
                self._variable(token.text)
                shown.add(token.text[1:])
            elif self._sign("("):
                iri = self._next()
                self._demand(iri.kind == "iri" and self._word("AS"))
                self._demand(self._next().text[1:] == "path" and self._sign(")"))
                path = iri.text[1:-1]
            else:
                return shown, path

    def _group(self) -> tuple[tuple[TriplePattern, ...], tuple[str, ...], tuple[Condition, ...]]:
        self._demand(self._sign("{"))
        triples: list[TriplePattern] = []
        filters: list[str] = []
        conditions: list[Condition] = []
        while not self._sign("}"):
            if self._word("FILTER"):
                wanted = not self._word("NOT")
                if self._word("EXISTS"):
                    inner, more, nested = self._group()
                    self._demand(not more and not nested and bool(inner))
                    conditions.append(Condition(inner, wanted))
                else:
                    self._demand(wanted)
                    filters.append(self._expression())
            elif not self._sign("."):
                triples += self._statement()
        return tuple(triples), tuple(filters), tuple(conditions)

    def _statement(self) -> list[TriplePattern]:
        made = []
        subject = self._node(subject=True)
        while True:
            predicate = self._next()
            if predicate == _Token("word", "a"):
                predicate = _Token("iri", str(RDF.type))
            self._demand(predicate.kind == "iri")
            while True:
                made.append(TriplePattern(subject, NamedNode(predicate.text[1:-1]), self._node()))
                if not self._sign(","):
                    break
            if not self._sign(";"):
                return made
            if self._peek().text in (".", "}"):
                return made

    def _node(self, *, subject: bool = False) -> str:
        token = self._next()
        if token.kind == "var":
            return self._variable(token.text)
        if token.kind == "iri":
            return token.text
        self._demand(token.kind == "string" and not subject)
        self._demand(self._peek().kind != "tag" and self._peek().text != "^^")
        return constant(Literal(_unquoted(token.text)))

    def _expression(self) -> str:
        self._demand(self._peek().text == "(")
        depth = 0
        parts: list[str] = []
        while True:
            token = self._next()
            if token.text == "(":
                depth += 1
            elif token.text == ")":
                depth -= 1
            elif token.kind == "word" and token.text.upper() not in _FUNCTIONS:
                raise Unsupported(f"{token.text} in a filter")
            elif token.kind == "end" or token.text in ("{", "}", ";"):
                raise Unsupported("a query that is not understood")
            tight = (
                token.kind == "tag" or token.text in ("^^", "(") or parts[-1:] in (["^^"], ["!"])
            )
            text = self._variable(token.text) if token.kind == "var" else token.text
            parts += [text] if tight else [" ", text]
            if depth == 0:
                return "".join(parts).strip()


def _unquoted(text: str) -> str:
    body = text[1:-1]
    if "\\" in body:
        raise Unsupported("an escaped character in a query")
    return body
