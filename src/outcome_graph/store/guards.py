"""What is refused before the engine sees a query or update: fetching, and nesting that kills it.

The engine's parser takes keywords without a gap after them (``SERVICEex:a { … }`` calls a service
when ``ex:`` is declared; seen with pyoxigraph 0.5.13), and resolves ``\\u`` escapes in strings and
IRIs only, while the recommendation resolves them everywhere. So words are looked for glued to
others as well, and in both readings of the text. When in doubt a text is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from outcome_graph.errors import QueryError
from outcome_graph.sparql_text import Token, text_at, tokens_of, unescape_codepoints

__all__ = ["NESTING", "check_fetching", "check_nesting", "error_at", "position_of"]

#: Brackets within brackets. The parser recurses; on the small stacks of server threads some 400
#: levels end the process, and it takes seconds for 200 nested lists.
NESTING = 128
#: Signs in a row that nest without brackets: "!!!!true", "^^^^<p>".
_SIGNS = 64

_OPENING, _CLOSING = frozenset("({["), frozenset(")}]")


def position_of(sparql: str, offset: int) -> tuple[int, int]:
    """Return line and column, counted from 1, of a place in a text."""
    before = sparql[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def error_at(sparql: str, offset: int, message: str) -> QueryError:
    """Return the error that says what is wrong at a place in a text."""
    line, column = position_of(sparql, offset)
    return QueryError(f"Line {line}, column {column}: {message}", line, column)


def check_nesting(sparql: str) -> None:
    """Refuse texts nested so deeply that the engine's parser would exhaust its stack.

    Raises:
        QueryError: with the place.
    """
    if sum(map(sparql.count, _OPENING)) > NESTING:
        _check_brackets(sparql)
    for sign in "!^":
        if sparql.count(sign) > _SIGNS:
            _check_signs(sparql, sign)


def _check_brackets(sparql: str) -> None:
    depth = 0
    for token in tokens_of(sparql):
        if token.kind != "mark":
            continue
        if token.text in _OPENING:
            depth += 1
            if depth > NESTING:
                raise _too_deep(sparql, token.start, f"{NESTING} brackets")
        elif token.text in _CLOSING:
            depth -= 1


def _check_signs(sparql: str, sign: str) -> None:
    run = 0
    for offset, character in enumerate(sparql):
        if character == sign:
            run += 1
            if run > _SIGNS:
                raise _too_deep(sparql, offset, f"{_SIGNS} “{sign}”")
        elif not character.isspace():
            run = 0


def _too_deep(sparql: str, offset: int, what: str) -> QueryError:
    return error_at(sparql, offset, f"more than {what} are nested. Write it flatter.")


def check_fetching(sparql: str, allowed: Collection[str] = (), *, update: bool = False) -> None:
    """Refuse texts that make the engine fetch from elsewhere: SERVICE, and LOAD in updates.

    Parameters:
        sparql: a query or update.
        allowed: endpoints that SERVICE may call: exact IRIs.
        update: whether it is an update.

    Raises:
        QueryError: with the place.
    """
    lowered = unescape_codepoints(sparql).lower()
    if "service" not in lowered and not (update and "load" in lowered):
        return
    for text in dict.fromkeys((sparql, unescape_codepoints(sparql))):
        tokens = list(tokens_of(text))
        _check_service(text, tokens, allowed)
        if update:
            _check_load(text, tokens)


def _check_service(sparql: str, tokens: Sequence[Token], allowed: Collection[str]) -> None:
    for position, token in enumerate(tokens):
        if token.kind == "word" and "service" in token.text.lower():
            if token.text.lower() == "service" and _target(tokens, position + 1) in allowed:
                continue
            raise error_at(sparql, token.start, _service_message(allowed))
        # A prefixed name before "{" is a graph's name, or a service glued to its keyword.
        glued = token.kind == "name" and "service" in token.text.partition(":")[0].lower()
        named = text_at(tokens, position - 1).lower() in ("graph", "from", "named")
        if glued and not named and text_at(tokens, position + 1) == "{":
            raise error_at(sparql, token.start, _service_message(allowed))


def _target(tokens: Sequence[Token], position: int) -> str | None:
    """Return the IRI that a SERVICE keyword calls, None unless it is written out in full."""
    if text_at(tokens, position).lower() == "silent":
        position += 1
    if position < len(tokens) and tokens[position].kind == "iri":
        return tokens[position].text[1:-1]
    return None


def _service_message(allowed: Collection[str]) -> str:
    if not allowed:
        return "SERVICE is not allowed here: queries are answered from this store only."
    return (
        "SERVICE may call these endpoints only, each written out as <IRI>: "
        + ", ".join(f"<{iri}>" for iri in sorted(allowed))
        + "."
    )


#: What may stand before the name of a graph in an update, outside of all groups.
_BEFORE_NAMES = frozenset(
    ("graph", "with", "using", "named", "to", "prefix", "add", "move", "copy", "silent")
)


def _check_load(sparql: str, tokens: Sequence[Token]) -> None:
    depth = 0
    message = "LOAD is not allowed here: send the data itself, or use the load command."
    for position, token in enumerate(tokens):
        if token.kind == "mark":
            depth += (token.text == "{") - (token.text == "}")
        elif token.kind == "word" and "load" in token.text.lower():
            raise error_at(sparql, token.start, message)
        elif token.kind == "name" and depth == 0:
            glued = "load" in token.text.partition(":")[0].lower()
            if glued and text_at(tokens, position - 1).lower() not in _BEFORE_NAMES:
                raise error_at(sparql, token.start, message)
