"""What can be done with the text of a query or update without parsing it: SPARQL 1.1's tokens.

The engine decides what is well formed. Here text is only split into tokens (section 19.8 of the
recommendation), so that words in strings, comments, IRIs and names are never taken for keywords:
the form of a query, whether it is deterministic, which keywords it uses, and binding variables.
When in doubt the answer is the careful one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from outcome_graph.errors import QueryError
from outcome_graph.rdf import BlankNode, Term

__all__ = [
    "GraphPattern",
    "QueryForm",
    "Token",
    "bind_values",
    "form_of",
    "graph_patterns",
    "group_end",
    "is_deterministic",
    "keywords_of",
    "spell_out_star",
    "star_of",
    "text_at",
    "tokens_of",
    "unescape_codepoints",
]

QueryForm: TypeAlias = Literal["select", "ask", "construct", "describe", "update", "unknown"]

# IRIs come before comments because they may hold "#", names before words because they hold words.
# Prefixes are bounded: unbounded, "x-x-x-…" would be scanned to its end from every "x".
_TOKEN = re.compile(
    r"""
    (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"
             |'''(?:[^'\\]|\\.|'(?!''))*'''
             |"(?:[^"\\\n\r]|\\.)*"
             |'(?:[^'\\\n\r]|\\.)*')
  | (?P<comment>\#[^\n\r]*)
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:_|[^\W\d_][\w.\-]{0,63})?:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\.)*)
  | (?P<word>[A-Za-z][A-Za-z0-9_]*)
  | (?P<mark>[{}()\[\];.,])
    """,
    re.VERBOSE | re.DOTALL,
)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FORMS: dict[str, QueryForm] = {
    "SELECT": "select",
    "ASK": "ask",
    "CONSTRUCT": "construct",
    "DESCRIBE": "describe",
}
_UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
)
#: Functions of 17.4 whose value differs from call to call, and SERVICE, whose answers are not ours.
_VOLATILE = frozenset(("NOW", "RAND", "UUID", "STRUUID", "BNODE", "SERVICE"))
_VOLATILE_IN_LOWER_CASE = tuple(word.lower() for word in _VOLATILE)
#: A prologue and the word after it, where nothing is unusual. What was matched is not taken back.
_FIRST_WORD = re.compile(
    r"""
    (?: \s++ | \#[^\n\r]*+[\n\r]
      | (?:PREFIX\s++[\w.-]*+:|BASE)\s*+<[^<>"{}|^`\\\x00-\x20]*+>
    )*+
    ([A-Za-z]++)(?![\w:])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CERTAIN_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_STAR = re.compile(r"(?:\s|#[^\n\r]*[\n\r])*(\*)")
_VARIABLE_NAME = re.compile(r"[^\W\d]\w*|\d\w*")


class Token(NamedTuple):
    """A token: its kind (a group of the tokeniser), text and place in the query."""

    kind: str
    text: str
    start: int
    end: int


def unescape_codepoints(sparql: str) -> str:
    """Resolve ``\\uXXXX`` and ``\\UXXXXXXXX`` (section 19.2: they may stand anywhere)."""

    if "\\" not in sparql:
        return sparql

    def character(match: re.Match[str]) -> str:
        number = int(match[1] or match[2], 16)
        return chr(number) if number < 0x110000 else match[0]

    return _CODEPOINT.sub(character, sparql)


def tokens_of(sparql: str) -> Iterator[Token]:
    """Yield the tokens of a query or update that matter here, comments left out."""
    for match in _TOKEN.finditer(sparql):
        if match.lastgroup and match.lastgroup != "comment":
            yield Token(match.lastgroup, match.group(), match.start(), match.end())


def text_at(tokens: Sequence[Token], position: int) -> str:
    """Return the text of a token, "" where there is none."""
    return tokens[position].text if 0 <= position < len(tokens) else ""


def group_end(tokens: Sequence[Token], opening: int) -> int | None:
    """Return where the group ends whose "{" stands at a position; None when it does not."""
    depth = 0
    for position in range(opening, len(tokens)):
        depth += (tokens[position].text == "{") - (tokens[position].text == "}")
        if depth == 0:
            return position
    return None


class GraphPattern(NamedTuple):
    """One ``GRAPH ?g { … }``.

    Parameters:
        start: where its keyword begins in the text.
        variable: with its "?".
        opening, closing: its braces, as positions among the tokens.
    """

    start: int
    variable: str
    opening: int
    closing: int


def graph_patterns(tokens: Sequence[Token]) -> Iterator[GraphPattern]:
    """Yield the patterns that ask for graphs by a variable; the keyword may be glued to others."""
    for position in range(len(tokens) - 2):
        keyword, name, brace = tokens[position : position + 3]
        is_graph = keyword.kind == "word" and keyword.text.upper().endswith("GRAPH")
        if is_graph and name.kind == "variable" and brace.text == "{":
            closing = group_end(tokens, position + 2)
            if closing is not None:
                start = keyword.end - len("GRAPH")
                yield GraphPattern(start, name.text, position + 2, closing)


def keywords_of(sparql: str) -> frozenset[str]:
    """Return the bare words of a query or update in upper case: keywords and function names."""
    text = unescape_codepoints(sparql)
    return frozenset(t.text.upper() for t in tokens_of(text) if t.kind == "word")


def form_of(sparql: str) -> QueryForm:
    """Return the form of a query, "update" for an update, "unknown" for neither."""
    first = _FIRST_WORD.match(sparql)
    if first is not None and first[1].upper() in _FORMS:
        return _FORMS[first[1].upper()]
    for token in tokens_of(unescape_codepoints(sparql)):
        word = token.text.upper()
        if token.kind in ("iri", "name") or word in ("PREFIX", "BASE"):
            continue
        if token.kind != "word":
            return "unknown"
        return "update" if word in _UPDATES else _FORMS.get(word, "unknown")
    return "unknown"


def is_deterministic(sparql: str) -> bool:
    """Tell whether the same data always give the same answer to this query.

    ``?a<RAND()&&?b>1`` holds an IRI to the recommendation's grammar but is a comparison to
    pyoxigraph, so a call counts that stands in what could be either.
    """
    text = unescape_codepoints(sparql)
    lowered = text.lower()
    if not any(word in lowered for word in _VOLATILE_IN_LOWER_CASE):
        return True
    found = set()
    for token in tokens_of(text):
        if token.kind == "word":
            found.add(token.text.upper())
        elif token.kind == "iri" and not _CERTAIN_IRI.match(token.text):
            found.update(word.upper() for word in re.findall(r"[A-Za-z]+(?=\()", token.text))
    return not found & _VOLATILE


def star_of(sparql: str) -> int | None:
    """Return where the ``*`` of a query's own ``SELECT *`` stands, None when it has none."""
    if "*" not in sparql:
        return None
    end: int | None = None
    for token in tokens_of(sparql):
        word = token.text.upper()
        if end is not None:
            if token.kind != "word" or word not in ("DISTINCT", "REDUCED"):
                break
            end = token.end
        elif token.kind == "word" and word in _FORMS:
            if word != "SELECT":
                return None
            end = token.end
    match = _STAR.match(sparql, end) if end is not None else None
    return match.start(1) if match else None


def spell_out_star(sparql: str, star: int, names: Collection[str]) -> str:
    """Return a query that names its variables where it had ``*``, in the order they appear in.

    The recommendation leaves the order open; people expect the columns as they wrote them, and
    the W3C's tests of CSV do too.

    Parameters:
        sparql: the query.
        star: where its star stands (`star_of`).
        names: the variables that the star stands for, without "?".
    """
    seen = dict.fromkeys(t.text[1:] for t in tokens_of(sparql) if t.kind == "variable")
    ordered = [name for name in seen if name in names]
    ordered += sorted(set(names) - set(ordered))
    return f"{sparql[:star]} {' '.join(f'?{name}' for name in ordered)} {sparql[star + 1 :]}"


def bind_values(sparql: str, bindings: Mapping[str, Term]) -> str:
    """Return a query whose variables have these values from the start.

    The values are written by the term writer of the engine, as ``VALUES`` at the head of the
    query's outermost group: they are joined with everything in it, filters see them, and they are
    well formed whatever they hold. This works alike for every engine; SEP-0007 substitution, which
    pyoxigraph has, covers projected variables only.

    Parameters:
        sparql: a query with a ``WHERE`` group.
        bindings: terms by variable name, without "?".

    Raises:
        QueryError: the query has no group to bind in, or a name is no variable's, or a term is a
            blank node (which in a query would stand for anything).
    """
    if not bindings:
        return sparql
    for name, term in bindings.items():
        if not _VARIABLE_NAME.fullmatch(name):
            raise QueryError(f"{name!r} cannot be bound: it is no variable name.")
        if isinstance(term, BlankNode):
            raise QueryError(f"?{name} cannot be bound to a blank node: name an IRI or a value.")
    names = " ".join(f"?{name}" for name in bindings)
    values = " ".join(str(term) for term in bindings.values())
    block = f" VALUES ({names}) {{ ({values}) }} "
    tokens = list(tokens_of(sparql))
    opening = _outermost_group(tokens)
    group = tokens[opening]
    first = tokens[opening + 1] if opening + 1 < len(tokens) else None
    if first and first.kind == "word" and first.text.upper() == "SELECT":
        # A group that is a subquery takes nothing beside it: give the subquery a group of its own.
        closing = tokens[_closing(tokens, opening)]
        inner = sparql[group.end : closing.start]
        return f"{sparql[: group.end]}{block}{{{inner}}}{sparql[closing.start :]}"
    return sparql[: group.end] + block + sparql[group.end :]


def _outermost_group(tokens: list[Token]) -> int:
    """Return the index of the "{" that opens the WHERE group."""
    depth = 0
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.text in "([":
            depth += 1
        elif token.text in ")]":
            depth -= 1
        elif token.kind == "word" and token.text.upper() == "CONSTRUCT":
            position = _after_template(tokens, position)
            continue
        elif token.text == "{" and depth == 0:
            return position
        position += 1
    raise QueryError("A value can be bound only in a query with a WHERE { … } group.")


def _after_template(tokens: list[Token], construct: int) -> int:
    following = construct + 1
    if following < len(tokens) and tokens[following].text == "{":
        return _closing(tokens, following) + 1
    raise QueryError(
        "A value cannot be bound in the short form CONSTRUCT WHERE { … }. "
        "Write the template out: CONSTRUCT { … } WHERE { … }."
    )


def _closing(tokens: list[Token], opening: int) -> int:
    closing = group_end(tokens, opening)
    if closing is None:
        raise QueryError("The query is not well formed: a { has no }.")
    return closing
