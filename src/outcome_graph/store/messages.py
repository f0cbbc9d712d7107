"""The engine's syntax errors in words for people, with line and column."""

from __future__ import annotations

import re

from outcome_graph.errors import QueryError

__all__ = ["syntax_error"]

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_ITEM = re.compile(r"""\[(?:'(?:[^'\\]|\\.)*'|[^\]'])*\]|"(?:[^"\\]|\\.)*"|[^,]+""", re.DOTALL)
_NAME = re.compile(r"[\w.\-]*:")
#: Tokens that may stand nearly everywhere and explain nothing.
_NOISE = frozenset(("<unreported>", '"#"', "LATERAL", "SERVICE"))
_SHOWN = 8

#: What the engine says when a rule of the language, not its grammar, is broken.
_RULES = {
    "Prefix not found": "the prefix {name} is not declared; write PREFIX {name} <…> at the head",
    "IRI parsing failed": "this is no IRI",
}


def syntax_error(sparql: str, error: SyntaxError, what: str = "query") -> QueryError:
    """Make an error for the user out of the parser's.

    Parameters:
        sparql: the text that was parsed.
        error: what the engine raised.
        what: "query" or "update".
    """
    match = _PLACE.match(str(error))
    if match is None:
        return QueryError(f"The {what} is not well formed: {str(error)[:300]}.")
    line, column = int(match[1]), int(match[2])
    items = [item.strip() for item in _ITEM.findall(match[3])]
    reason = _broken_rule(items, sparql, line, column)
    if reason is None:
        reason = _found(sparql, line, column, what) + _expected(items)
    return QueryError(f"Line {line}, column {column}: {reason}.", line, column)


def _found(sparql: str, line: int, column: int, what: str) -> str:
    lines = sparql.split("\n")
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    if rest:
        return f"this is not understood: “{rest[:40]}{'…' if len(rest) > 40 else ''}”"
    if any(text.strip() for text in lines[line:]):
        return "the end of the line is not understood"
    return f"the {what} ends too early, or something before breaks a rule"


def _broken_rule(items: list[str], sparql: str, line: int, column: int) -> str | None:
    """Return the rule of the language that is broken, where the parser names one."""
    for item in items:
        if item in _RULES:
            return _RULES[item].format(name=_prefix_before(sparql, line, column))
    return next((i for i in items if " " in i and not i.startswith(("[", '"'))), None)


def _expected(items: list[str]) -> str:
    words = [_word(i) for i in items if not i.startswith("[") and i not in _NOISE]
    words = list(dict.fromkeys(w for w in words if w))
    if not words:
        return ""
    shown = " ".join(words[:_SHOWN])
    return (
        f"; expected {'one of ' if len(words) > 1 else ''}{shown}{' …' if words[_SHOWN:] else ''}"
    )


def _word(item: str) -> str:
    return item[1:-1].replace('\\"', '"') if item.startswith('"') and len(item) > 1 else item


def _prefix_before(sparql: str, line: int, column: int) -> str:
    lines = sparql.split("\n")
    if line > len(lines):
        return "used here"
    names = _NAME.findall(lines[line - 1][: column - 1]) or _NAME.findall(lines[line - 1])
    return names[-1] if names else "used here"
