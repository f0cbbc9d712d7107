"""Syntax errors in words for people: line, column, what stands there and what was expected.

The engine decides that a text is malformed. Where, is found by the recommendation's grammar
(`grammar`): the engine's parser names the furthest place that it reached instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from outcome_graph.errors import QueryError
from outcome_graph.namespaces import PREFIXES
from outcome_graph.sparql_text import Token, form_of, tokens_of
from outcome_graph.store.grammar import Mistake, first_mistake
from outcome_graph.store.guards import error_at, position_of

__all__ = ["syntax_error"]

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_ITEM = re.compile(r"""\[(?:'(?:[^'\\]|\\.)*'|[^\]'])*\]|"(?:[^"\\]|\\.)*"|[^,]+""", re.DOTALL)
_SHOWN = 8
_QUOTED = 40
#: How alike a word is to a keyword for the keyword to be proposed.
_ALIKE = 0.75

_KINDS = {
    "IRIREF": "an IRI such as <https://…>",
    "NAME": "a name such as og:country",
    "VARIABLE": "a variable such as ?x",
    "TEXT": "a text in quotes",
    "NUMBER": "a number",
    "PREFIX_NAME": "a prefix with its colon",
    "END": "the end",
}
#: Said only when nothing else is expected.
_MINOR = frozenset(("LANGUAGE", "BLANK", "ANON", "NIL", "TRUE", "FALSE", "+", "-", "^^", "^", "!"))
_FUNCTION, _AGGREGATES = "STRLEN", frozenset(("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE"))
_TERMS = frozenset(("VARIABLE", "IRIREF", "NAME", "TEXT", "NUMBER", "BLANK", "ANON", "NIL"))

#: What the engine says when a rule beside its grammar is broken.
_RULES = {
    "The SELECT contains a variable that is unbound": (
        "SELECT names {variable}, which is neither in GROUP BY nor in an aggregate such as COUNT. "
        "Add it to GROUP BY"
    ),
    "The SELECT contains an expression with a variable that is unbound": (
        "an expression of SELECT uses a variable that is neither in GROUP BY nor in an aggregate "
        "such as COUNT. Group by the expression under a name, GROUP BY (YEAR(?day) AS ?year), and "
        "SELECT that name"
    ),
    "IRI parsing failed": "this is no IRI",
}


def syntax_error(sparql: str, error: SyntaxError, what: str = "query") -> QueryError:
    """Make an error for the user out of the parser's.

    Parameters:
        sparql: the text that was parsed.
        error: what the engine raised.
        what: "query" or "update".
    """
    found = _other_form(sparql, what) or _mistake(sparql, what) or _undeclared(sparql)
    if found is not None:
        offset, reason = found
        return error_at(sparql, offset, reason if reason.endswith("?") else f"{reason}.")
    return _as_the_engine_says(sparql, error, what)


def _other_form(sparql: str, what: str) -> tuple[int, str] | None:
    """Tell of an empty text, and of a query in the place of an update or the reverse."""
    first = next(tokens_of(sparql), None)
    if first is None:
        return 0, f"the {what} is empty"
    form = form_of(sparql)
    if what == "query" and form == "update":
        return first.start, "this is an update, not a query; send updates to /update"
    if what == "update" and form not in ("update", "unknown"):
        return first.start, "this is a query, not an update; send queries to /sparql"
    return None


# -- what the grammar finds ---------------------------------------------------------------------


def _mistake(sparql: str, what: str) -> tuple[int, str] | None:
    mistake = first_mistake(sparql, update=what == "update")
    if mistake is None:
        return None
    return mistake.token.start, _found(mistake, sparql, what) + _hint(mistake)


def _found(mistake: Mistake, sparql: str, what: str) -> str:
    token = mistake.token
    if token.kind == "end":
        return f"the {what} ends too early"
    rest = " ".join(sparql[token.start :].split())
    quoted = f"“{rest[:_QUOTED]}{'…' if len(rest) > _QUOTED else ''}”"
    if token.text in ('"', "'"):
        return f"this text is not closed: {quoted}"
    if token.text == "<" and "IRIREF" in mistake.expected:
        return f"this is no IRI, which has no spaces and ends with “>”: {quoted}"
    return f"this is not understood: {quoted}"


def _hint(mistake: Mistake) -> str:
    token, expected = mistake.token, mistake.expected
    word = token.text.upper()
    if token.kind == "word":
        if word in _AGGREGATES and "(" in expected and "VARIABLE" in expected:
            return f"; write ({word}(…) AS ?name)"
        if close := get_close_matches(word, _keywords(expected), n=1, cutoff=_ALIKE):
            return f"; is {close[0]} meant?"
    if token.kind == "NAME" and "PREFIX_NAME" in expected:
        return "; a declared prefix ends with its colon: PREFIX ex: <https://…>"
    if token.text in ('"', "'", "<"):
        return ""
    if token.kind in _TERMS and {".", ";"} <= expected:
        return "; a “.” or “;” is missing before it"
    return _expected(expected)


def _keywords(expected: frozenset[str]) -> list[str]:
    return sorted(e for e in expected if e.isalpha() and e not in _KINDS and e not in _MINOR)


def _expected(expected: frozenset[str]) -> str:
    wanted = (expected - _MINOR) or expected
    # What closes comes first: it is what most often is missing.
    signs = sorted((e for e in wanted if not e[0].isalpha()), key=lambda e: (e not in "})]", e))
    signs = [f"“{sign}”" for sign in signs]
    kinds = [words for kind, words in _KINDS.items() if kind in wanted]
    words = _keywords(wanted)
    if _FUNCTION in wanted:
        # A function may stand there: nobody wants to read their names.
        kinds.append("a function such as STRLEN(…)")
        words = [w for w in words if w in ("ASC", "DESC", "EXISTS", "NOT")]
    shown = [*signs, *kinds, *words]
    if not shown:
        return ""
    listed = ", ".join(shown[:_SHOWN]) + (" …" if shown[_SHOWN:] else "")
    return f"; expected {'one of ' if len(shown) > 1 else ''}{listed}"


# -- what is beside the grammar -----------------------------------------------------------------


def _undeclared(sparql: str) -> tuple[int, str] | None:
    """Return where a prefix is used that is neither declared nor one of ours."""
    declared = set(PREFIXES)
    tokens = list(tokens_of(sparql))
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.kind != "name":
            continue
        prefix = token.text.partition(":")[0]
        if before is not None and before.text.upper() == "PREFIX":
            declared.add(prefix)
        elif prefix not in declared and prefix != "_":
            reason = f"the prefix {prefix}: is not declared; write PREFIX {prefix}: <…> at the head"
            return token.start, reason
    return None


def _as_the_engine_says(sparql: str, error: SyntaxError, what: str) -> QueryError:
    match = _PLACE.match(str(error))
    if match is None:
        return QueryError(f"The {what} is not well formed: {str(error)[:300]}.")
    line, column = int(match[1]), int(match[2])
    items = [item.strip() for item in _ITEM.findall(match[3])]
    reason = next((_RULES[i] for i in items if i in _RULES), None)
    if reason is not None and "{variable}" in reason:
        token = next(_ungrouped(list(tokens_of(sparql))), None)
        if token is not None:
            line, column = position_of(sparql, token.start)
        reason = reason.format(variable=token.text if token else "a variable")
    if reason is None:
        broken = (i for i in items if " " in i and not i.startswith(("[", '"')))
        reason = next(broken, f"the {what} breaks a rule here or before")
    return QueryError(f"Line {line}, column {column}: {reason}.", line, column)


def _ungrouped(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the variables that a SELECT names by themselves and its GROUP BY does not."""
    for start, token in enumerate(tokens):
        if token.kind != "word" or token.text.upper() != "SELECT":
            continue
        named: list[Token] = []
        depth, at = 0, start + 1
        while at < len(tokens) and tokens[at].text != "{" and tokens[at].text.upper() != "WHERE":
            depth += (tokens[at].text == "(") - (tokens[at].text == ")")
            if depth == 0 and tokens[at].kind == "variable":
                named.append(tokens[at])
            at += 1
        grouped = {t.text[1:] for t in _grouped(tokens[at:])}
        yield from (t for t in named if t.text[1:] not in grouped)


def _grouped(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the variables of the GROUP BY that follows a WHERE, if one does."""
    depth, within = 0, False
    for token in tokens:
        depth += (token.text in "{(") - (token.text in ")}") if token.kind == "mark" else 0
        if depth < 0:
            return
        word = token.text.upper() if token.kind == "word" and depth == 0 else ""
        within = word == "GROUP" or (within and word in ("", "BY"))
        if within and token.kind == "variable":
            yield token
