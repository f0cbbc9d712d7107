"""The inner form of cells that hold lists: items parted by ``;``, parts of an item by ``|``.

A line end within a cell parts items too. A backslash takes the meaning from the character after it,
when that is ``;``, ``|``, ``\\``, a parenthesis or a space: ``Smith\\; Sons``. Splitting what was
joined gives the same values back, spaces at their ends and line ends left aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from outcome_graph.tables import CONSTITUENT_TYPES, fold_heading

__all__ = [
    "escape",
    "join_items",
    "join_parts",
    "read_constituent",
    "split_bodies",
    "split_items",
    "split_parts",
    "unescape",
    "write_constituent",
]

_SPECIAL = re.compile(r"[;|\\]|\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_ESCAPED = re.compile(r"\\([;|\\()]|\s)")
#: "• ", "- ", "1) ", "a. " before an item.
_MARK = re.compile(r"(?:[•●▪◦‣·*–—-]|\(?(?:\d{1,2}|[a-z])[.)])\s+(?=\S)")
_TOKEN = re.compile(r"\\[;|\\()\s]|.", re.DOTALL)
_TYPE = re.compile(r"\(\s*([^()\\]{1,40}?)\s*\)\Z")
_TYPE_WORDS = {
    fold_heading(word): notation
    for notation, words in CONSTITUENT_TYPES.items()
    for word in (notation, *words)
}


def escape(value: str) -> str:
    """Write a value so that it stays one part of one item."""
    return _SPECIAL.sub(lambda m: "\\" + m[0], value)


def unescape(value: str) -> str:
    """Undo `escape`; a backslash before anything else is a backslash."""
    return _ESCAPED.sub(r"\1", value) if "\\" in value else value


def _split(text: str, separators: str) -> list[str]:
    if "\\" not in text:
        for other in separators[1:]:
            text = text.replace(other, separators[0])
        return [part.strip() for part in text.split(separators[0])]
    parts: list[list[str]] = [[]]
    for token in _TOKEN.findall(text):
        if token in separators:
            parts.append([])
        else:
            parts[-1].append(token)
    return [_stripped(tokens) for tokens in parts]


def _stripped(tokens: list[str]) -> str:
    """Join tokens without the spaces at their ends; an escaped space is none."""
    while tokens and tokens[-1].isspace():
        tokens.pop()
    return "".join(tokens).lstrip()


def split_items(text: str) -> list[str]:
    """Split a cell into its items, still escaped; blank ones are left out."""
    return [item for item in _split(text, ";\n") if item]


def split_bodies(text: str) -> list[str]:
    """Split a cell of names, which may be parted by ``|`` too, and begin with marks of a list."""
    items = _split(text, ";\n|")
    return [item[mark.end() :] if (mark := _MARK.match(item)) else item for item in items if item]


def split_parts(item: str) -> list[str]:
    """Split an item into its parts, unescaped."""
    return [unescape(part).strip() for part in _split(item, "|")]


def join_items(items: Iterable[str]) -> str:
    """Join items that are escaped already into a cell."""
    return "; ".join(items)


def join_parts(parts: Iterable[str]) -> str:
    """Join the parts of an item, empty ones at its end left out; never blank."""
    escaped = [escape(part) for part in parts]
    while escaped and not escaped[-1]:
        escaped.pop()
    return " | ".join(escaped) or "|"


def write_constituent(name: str, type_: str | None, language: str) -> str:
    """Write a constituent as "name (type)", escaped.

    Parameters:
        name: its name. type_: its type's notation, None when unknown.
        language: of the word for the type.
    """
    if type_ in CONSTITUENT_TYPES:
        return f"{escape(name)} ({CONSTITUENT_TYPES[type_].get(language)})"
    written = escape(name)
    found = _TYPE.search(written)
    if found and fold_heading(found[1]) in _TYPE_WORDS:
        # The name itself ends like a type.
        return f"{written[: found.start()]}\\{written[found.start() :]}"
    return written


def read_constituent(item: str) -> tuple[str, str | None]:
    """Read an item as name and type, None when it names no type.

    Parentheses that hold anything else are part of the name: "Union of Workers (UW)".
    """
    found = _TYPE.search(item)
    if found and item[: found.start()][-1:] != "\\":
        notation = _TYPE_WORDS.get(fold_heading(found[1]))
        if notation is not None:
            return unescape(item[: found.start()]).strip(), notation
    return unescape(item).strip(), None
