"""What can be told of a query from its text alone: its form, and whether it is deterministic.

A tokeniser, not a parser: the engine decides what is well formed. It is careful in one direction:
when in doubt a query is called non-deterministic, so that nothing wrong is ever cached.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from outcome_graph.store.base import AnswerKind

__all__ = ["QueryForm", "form_of", "is_deterministic", "kind_of_form"]

QueryForm: TypeAlias = Literal["select", "ask", "construct", "describe", "update", "unknown"]

# SPARQL 1.1, 19.8 (grammar): IRIs come first because they may hold "#", which else opens a comment.
_TOKEN = re.compile(
    r"""
    (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"
             |'''(?:[^'\\]|\\.|'(?!''))*'''
             |"(?:[^"\\\n\r]|\\.)*"
             |'(?:[^'\\\n\r]|\\.)*')
  | (?P<comment>\#[^\n\r]*)
    """,
    re.VERBOSE | re.DOTALL,
)
_WORD = re.compile(r"[A-Za-z]+")
# Functions of SPARQL 1.1, 17.4 whose value differs from call to call, and SERVICE, whose answers
# are not ours. Variables, prefixed names and language tags of these names do not count.
_VOLATILE = re.compile(r"(?<![\w?$:@])(?:NOW|RAND|UUID|STRUUID|BNODE|SERVICE)\b", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s*(?:BASE\s*<[^>]*>|PREFIX\s+[^\s<]*\s*<[^>]*>)", re.IGNORECASE)
_UPDATES = frozenset(
    ("insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with")
)
_FORMS: dict[str, QueryForm] = {
    "select": "select",
    "ask": "ask",
    "construct": "construct",
    "describe": "describe",
}
_KINDS: dict[QueryForm, AnswerKind] = {
    "select": "solutions",
    "ask": "boolean",
    "construct": "graph",
    "describe": "graph",
}


def _blank(match: re.Match[str]) -> str:
    if match.lastgroup == "iri":
        return match.group()
    return '""' if match.lastgroup == "string" else " "


def _bare(sparql: str) -> str:
    """Return the text without comments and the content of strings."""
    return _TOKEN.sub(_blank, sparql)


def form_of(sparql: str) -> QueryForm:
    """Return the form of a query, "update" for an update, "unknown" for neither."""
    text = _bare(sparql)
    position = 0
    while match := _PROLOGUE.match(text, position):
        position = match.end()
    word = _WORD.search(text, position)
    if word is None or text[position : word.start()].strip():
        return "unknown"
    name = word.group().lower()
    return "update" if name in _UPDATES else _FORMS.get(name, "unknown")


def kind_of_form(form: QueryForm) -> AnswerKind | None:
    """Return the kind of answer a query of this form has, None when it is no query."""
    return _KINDS.get(form)


def is_deterministic(sparql: str) -> bool:
    """Tell whether the same data always give the same answer.

    Codepoint escapes (SPARQL 1.1, 19.2) could spell a function's name, so a text that holds one
    outside strings and comments is called non-deterministic.
    """
    text = _bare(sparql)
    return _VOLATILE.search(text) is None and "\\u" not in text.lower()
