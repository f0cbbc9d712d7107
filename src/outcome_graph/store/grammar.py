"""Where a query or update stops being SPARQL 1.1, found by the grammar of the recommendation.

The engine's parser tries alternatives and reports the furthest place that it reached, often beyond
the mistake. The grammar (SPARQL 1.1 Query, 19.8) is LL(1): read token by token, the first token
that cannot follow is the mistake, and what could have stood there is known. This is asked only
about texts that the engine has refused; what is well formed is for the engine alone to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from outcome_graph.sparql_text import Token

__all__ = ["Mistake", "first_mistake"]

#: In the order of 19.8: ``{ }`` repeats, ``[ ]`` may be absent. Expressions are read without their
#: precedences, and what a rule beside the grammar forbids (variables in DATA) is let pass.
_GRAMMAR = """
Query = Prologue ( Select | Construct | Describe | Ask ) ValuesClause END
Update = Updates END
Updates = Prologue [ Update1 [ ";" Updates ] ]
Prologue = { "BASE" IRIREF | "PREFIX" PREFIX_NAME IRIREF }
Select = SelectClause { Dataset } Where Modifier
SubSelect = SelectClause Where Modifier ValuesClause
SelectClause = "SELECT" [ "DISTINCT" | "REDUCED" ] ( Column { Column } | "*" )
Column = VARIABLE | "(" Expression "AS" VARIABLE ")"
Construct = "CONSTRUCT" ( Template { Dataset } Where | { Dataset } "WHERE" Template ) Modifier
Describe = "DESCRIBE" ( VarOrIri { VarOrIri } | "*" ) { Dataset } [ Where ] Modifier
Ask = "ASK" { Dataset } Where Modifier
Dataset = "FROM" [ "NAMED" ] Iri
Where = [ "WHERE" ] Group
Modifier = [ "GROUP" "BY" Grouped { Grouped } ] [ "HAVING" Constraint { Constraint } ] Order Limits
Order = [ "ORDER" "BY" Ordered { Ordered } ]
Grouped = BuiltIn | Function | "(" Expression [ "AS" VARIABLE ] ")" | VARIABLE
Ordered = ( "ASC" | "DESC" ) Bracketed | Constraint | VARIABLE
Limits = [ "LIMIT" NUMBER [ "OFFSET" NUMBER ] | "OFFSET" NUMBER [ "LIMIT" NUMBER ] ]
ValuesClause = [ "VALUES" DataBlock ]
Update1 = Load | Manage | Copy | Insert | Delete | With
Load = "LOAD" [ "SILENT" ] Iri [ "INTO" "GRAPH" Iri ]
Manage = ( "CLEAR" | "DROP" ) [ "SILENT" ] GraphRef | "CREATE" [ "SILENT" ] "GRAPH" Iri
GraphRef = "GRAPH" Iri | "DEFAULT" | "NAMED" | "ALL"
Copy = ( "ADD" | "MOVE" | "COPY" ) [ "SILENT" ] GraphOrDefault "TO" GraphOrDefault
GraphOrDefault = "DEFAULT" | [ "GRAPH" ] Iri
Insert = "INSERT" ( "DATA" Quads | Quads { Using } "WHERE" Group )
Delete = "DELETE" ( ( "DATA" | "WHERE" ) Quads | Quads [ "INSERT" Quads ] { Using } "WHERE" Group )
With = "WITH" Iri ( "DELETE" Quads [ "INSERT" Quads ] | "INSERT" Quads ) { Using } "WHERE" Group
Using = "USING" [ "NAMED" ] Iri
Quads = "{" [ Triples ] { "GRAPH" VarOrIri "{" [ Triples ] "}" [ "." ] [ Triples ] } "}"
Template = "{" [ Triples ] "}"
Triples = Statement [ "." [ Triples ] ]
Statement = VarOrTerm Properties | Node [ Properties ]
Properties = Property { ";" [ Property ] }
Property = Verb Object { "," Object }
Verb = VarOrIri | "a"
Object = VarOrTerm | Node
Node = "(" Object { Object } ")" | "[" Properties "]"
Group = "{" ( SubSelect | Patterns ) "}"
Patterns = [ Paths ] { Pattern [ "." ] [ Paths ] }
Pattern = Union | Optional | Graph | Filter | Bind | "VALUES" DataBlock
Union = Group { "UNION" Group }
Optional = ( "OPTIONAL" | "MINUS" ) Group
Graph = ( "GRAPH" | "SERVICE" [ "SILENT" ] ) VarOrIri Group
Filter = "FILTER" Constraint
Bind = "BIND" "(" Expression "AS" VARIABLE ")"
DataBlock = VARIABLE "{" { Value } "}" | ( NIL | "(" { VARIABLE } ")" ) "{" { Row } "}"
Row = NIL | "(" { Value } ")"
Value = Iri | Text | Number | Boolean | "UNDEF"
Paths = PathStatement [ "." [ Paths ] ]
PathStatement = VarOrTerm PathProperties | PathNode [ PathProperties ]
PathProperties = PathProperty { ";" [ PathProperty ] }
PathProperty = PathVerb PathObject { "," PathObject }
PathVerb = VARIABLE | Path
PathObject = VarOrTerm | PathNode
PathNode = "(" PathObject { PathObject } ")" | "[" PathProperties "]"
Path = Sequence { "|" Sequence }
Sequence = Step { "/" Step }
Step = [ "^" ] Primary [ "?" | "*" | "+" ]
Primary = Iri | "a" | "!" Negated | "(" Path ")"
Negated = Way | NIL | "(" [ Way { "|" Way } ] ")"
Way = [ "^" ] ( Iri | "a" )
Constraint = Bracketed | BuiltIn | Function
Function = Iri Arguments
Arguments = NIL | "(" [ "DISTINCT" ] Expression { "," Expression } ")"
List = NIL | "(" Expression { "," Expression } ")"
Expression = Operand { Operator Operand | [ "NOT" ] "IN" List }
Operator = "||" | "&&" | "=" | "!=" | "<" | ">" | "<=" | ">=" | "+" | "-" | "*" | "/"
Operand = [ "!" | "+" | "-" ] ( Bracketed | BuiltIn | Iri [ Arguments ] | Plain )
Plain = Text | NUMBER | Boolean | VARIABLE
Bracketed = "(" Expression ")"
BuiltIn = Aggregate | Concat | Of0 | Of1 | Of2 | Of3 | Exists
Aggregate = "COUNT" "(" [ "DISTINCT" ] ( "*" | Expression ) ")" | Of1Distinct | GroupConcat
Of1Distinct = ( "SUM" | "MIN" | "MAX" | "AVG" | "SAMPLE" ) "(" [ "DISTINCT" ] Expression ")"
GroupConcat = "GROUP_CONCAT" "(" [ "DISTINCT" ] Expression [ ";" "SEPARATOR" "=" TEXT ] ")"
Concat = ( "CONCAT" | "COALESCE" ) List
Of0 = ( "RAND" | "NOW" | "UUID" | "STRUUID" ) NIL | "BNODE" ( NIL | Bracketed )
Of1 = ( @1 ) Bracketed | "BOUND" "(" VARIABLE ")"
Of2 = ( @2 ) "(" Expression "," Expression ")"
Of3 = ( "SUBSTR" | "REGEX" ) Two [ "," Expression ] ")" | "IF" Two "," Expression ")" | Replace
Replace = "REPLACE" Two "," Expression [ "," Expression ] ")"
Two = "(" Expression "," Expression
Exists = [ "NOT" ] "EXISTS" Group
VarOrIri = VARIABLE | Iri
VarOrTerm = VARIABLE | Iri | Text | Number | Boolean | BLANK | ANON | NIL
Iri = IRIREF | NAME
Text = TEXT [ LANGUAGE | "^^" Iri ]
Number = [ "+" | "-" ] NUMBER
Boolean = "TRUE" | "FALSE"
"""
_FUNCTIONS = {
    "@1": "STR LANG DATATYPE IRI URI ABS CEIL FLOOR ROUND STRLEN UCASE LCASE ENCODE_FOR_URI YEAR "
    "MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ MD5 SHA1 SHA256 SHA384 SHA512 ISIRI ISURI ISBLANK "
    "ISLITERAL ISNUMERIC",
    "@2": "LANGMATCHES CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER SAMETERM STRDT STRLANG",
}

_LEXER = re.compile(
    r"""
    (?P<gap>\s+|\#[^\n\r]*)
  | (?P<IRIREF><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<TEXT>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"
           |'''(?:[^'\\]|\\.|'(?!''))*'''
           |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<VARIABLE>[?$]\w+)
  | (?P<LANGUAGE>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<BLANK>_:[\w](?:[\w.\-]*[\w\-])?)
  | (?P<NAME>(?:[^\W\d_](?:[\w\u0300-\u036f.\-]{0,63}[\w\-])?)?:
        (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:(?:[\w\u0300-\u036f:.\-]|%[0-9A-Fa-f]{2}|\\.)*(?:[\w\u0300-\u036f:\-]|%[0-9A-Fa-f]{2}|\\.))?)?)
  | (?P<NUMBER>(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+|\d*\.\d+|\d+)
  | (?P<word>[A-Za-z]\w*)
  | (?P<NIL>\(\s*\))
  | (?P<ANON>\[\s*\])
  | (?P<mark>\^\^|\|\||&&|!=|<=|>=|[{}()\[\];.,|/^?*+!=<>-])
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_EBNF = re.compile(r'"[^"]+"|\w+|[()\[\]{}|]')
#: Syntax beyond SPARQL 1.1 that the engine has, and escapes that may stand anywhere: of such texts
#: nothing is said here.
_BEYOND = re.compile(r"<<|\{\||\bLATERAL\b|\\u", re.IGNORECASE)
#: Characters of a text that is looked at: longer ones are written by programs.
_LONGEST = 100_000

#: A grammar expression: ("token", t), ("rule", name), ("all", parts), ("any", parts),
#: ("many", part) or ("maybe", part).
_Node: TypeAlias = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Mistake:
    """The first token that cannot follow.

    Parameters:
        token: it; of kind "end" and without text at the end of the query.
        expected: what could have stood there: keywords and signs as they are written, and the kinds
            IRIREF, NAME, PREFIX_NAME, VARIABLE, TEXT, NUMBER, LANGUAGE, BLANK, ANON, NIL and END.
    """

    token: Token
    expected: frozenset[str]


def first_mistake(text: str, *, update: bool = False) -> Mistake | None:
    """Return where a text leaves the grammar; None when it does not, or cannot be judged.

    Parameters:
        text: a query, or an update.
        update: which.
    """
    if len(text) > _LONGEST or _BEYOND.search(text):
        return None
    try:
        return _Run(list(_tokens(text))).mistake("Update" if update else "Query")
    except RecursionError:  # nested beyond what people write
        return None


def _tokens(text: str) -> Iterator[Token]:
    for match in _LEXER.finditer(text):
        kind = match.lastgroup or "other"
        if kind != "gap":
            yield Token(kind, match.group(), match.start(), match.end())
    yield Token("end", "", len(text), len(text))


class _StopError(Exception):
    """The token at hand cannot follow."""


class _Run:
    """One reading of the tokens, from left to right without a step back."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.expected: set[str] = set()

    def mistake(self, start: str) -> Mistake | None:
        try:
            self.read(("rule", start))
        except _StopError:
            return Mistake(self.tokens[self.at], frozenset(self.expected))
        return None

    def read(self, node: _Node) -> None:
        kind, content = node
        if kind == "token":
            self._token(str(content))
        elif kind == "rule":
            self.read(_rules()[str(content)])
        elif kind == "all":
            for part in content:  # type: ignore[attr-defined]
                self.read(part)
        elif kind == "any":
            self._any(content)  # type: ignore[arg-type]
        elif kind == "maybe":
            if self._starts(content):  # type: ignore[arg-type]
                self.read(content)  # type: ignore[arg-type]
        else:
            while self._starts(content):  # type: ignore[arg-type]
                self.read(content)  # type: ignore[arg-type]

    def _any(self, parts: list[_Node]) -> None:
        for part in parts:
            if self._starts(part):
                self.read(part)
                return
        for part in parts:
            if _first(part)[1]:
                self.read(part)
                return
        raise _StopError

    def _token(self, wanted: str) -> None:
        self.expected.add(wanted)
        if not _matches(self.tokens[self.at], wanted):
            raise _StopError
        self.at += 1
        self.expected.clear()

    def _starts(self, node: _Node) -> bool:
        first = _first(node)[0]
        self.expected |= first
        token = self.tokens[self.at]
        return any(_matches(token, wanted) for wanted in first)


def _matches(token: Token, wanted: str) -> bool:
    if token.kind == "word":
        return token.text == "a" if wanted == "a" else token.text.upper() == wanted
    if token.kind == "mark":
        return token.text == wanted
    if token.kind == "NAME" and wanted == "PREFIX_NAME":
        return token.text.endswith(":") and token.text.count(":") == 1
    return wanted == ("END" if token.kind == "end" else token.kind)


# -- the grammar as values --------------------------------------------------------------------


@cache
def _rules() -> dict[str, _Node]:
    text = _GRAMMAR
    for place, names in _FUNCTIONS.items():
        text = text.replace(place, " | ".join(f'"{name}"' for name in names.split()))
    rules = {}
    for line in text.strip().splitlines():
        name, _, definition = line.partition(" = ")
        rules[name] = _alternatives(_EBNF.findall(definition)[::-1])
    return rules


def _alternatives(rest: list[str]) -> _Node:
    """Read alternatives from the end of a list of symbols, up to what closes them."""
    parts = [_sequence(rest)]
    while rest and rest[-1] == "|":
        rest.pop()
        parts.append(_sequence(rest))
    return parts[0] if len(parts) == 1 else ("any", parts)


def _sequence(rest: list[str]) -> _Node:
    parts: list[_Node] = []
    while rest and rest[-1] not in "|)]}":
        symbol = rest.pop()
        if symbol in "([{":
            inner = _alternatives(rest)
            rest.pop()
            parts.append(inner if symbol == "(" else ("maybe" if symbol == "[" else "many", inner))
        elif symbol.startswith('"'):
            parts.append(("token", symbol[1:-1]))
        else:
            parts.append(("token" if symbol.isupper() else "rule", symbol))
    return parts[0] if len(parts) == 1 else ("all", parts)


_Seen: TypeAlias = tuple[frozenset[str], bool]
_KNOWN: dict[int, _Seen] = {}


def _first(node: _Node) -> _Seen:
    """Return what a part of the grammar can begin with, and whether it can be empty."""
    known = _KNOWN.get(id(node))
    if known is None:
        known = _KNOWN[id(node)] = _first_of(node)
    return known


def _first_of(node: _Node) -> _Seen:
    kind, content = node
    if kind == "token":
        return frozenset((str(content),)), False
    if kind == "rule":
        return _first(_rules()[str(content)])
    if kind in ("maybe", "many"):
        return _first(content)[0], True  # type: ignore[arg-type]
    found = frozenset[str]()
    parts: list[_Node] = content  # type: ignore[assignment]
    if kind == "any":
        seen = [_first(part) for part in parts]
        return found.union(*(first for first, _ in seen)), any(empty for _, empty in seen)
    for part in parts:
        first, empty = _first(part)
        found |= first
        if not empty:
            return found, False
    return found, True
