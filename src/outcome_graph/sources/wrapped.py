"""Joining lines that were broken to fit a page, as text copied from a PDF has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

__all__ = ["unwrapped"]

#: Wrapped text has no longer lines than this, and a line shorter than this share ends a paragraph.
_WIDEST = 120
_NARROWEST = 40
_FULL = 0.5
_FULLEST = 0.75
_FEWEST_LINES = 6
_GOES_ON = re.compile(r"\s*[a-zß-öø-ÿ0-9(]")
_SMALL = re.compile(r"\s*[a-zß-öø-ÿ]")
_ITEM = re.compile(r"\s*(?:[•●▪◦‣·*–—-]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)°]\s|\d{1,2}[./]\d)")
#: A parted word, or a word that something follows.
_UNFINISHED = re.compile(
    r"[^\W\d_]-$|\b(?:of|for|and|the|to|in|on|by|de|du|des|la|le|les|et|del|los|las|el|y|para|pour)$"
)
_GOES_ON_AFTER = re.compile(rf"{_UNFINISHED.pattern}|[\d,(]$")
_HYPHEN = re.compile(r"[^\W\d_]-$")
#: Words of two parts that keep their hyphen.
_TWO_PARTS = re.compile(
    r"\b(?:self|non|co|anti|multi|cross|long|short|well|old|high|low|post)-$", re.I
)
_APART = re.compile(r"\S {3,}\S")
_ENDS = re.compile(r"[.!?:;]$")


def unwrapped(text: str) -> tuple[str, tuple[int, ...]] | None:
    """Return the text with paragraphs as one line each, None when it is not wrapped.

    Parameters:
        text: with "\\n" as line end.

    Returns:
        The text, and where each line of the given one begins in it.
    """
    lines = text.split("\n")
    # What stands apart on a line, a page's number at its margin, says nothing of its width.
    full = [len(line.strip()) for line in lines if line.strip() and not _APART.search(line.strip())]
    width = max(full, default=0)
    if len(full) < _FEWEST_LINES or not _NARROWEST <= width <= _WIDEST:
        return None
    breaks = [n for first, last in _paragraphs(lines, width) for n in range(first, last)]
    room = _room([(lines[n].strip(), lines[n + 1].split()) for n in breaks], width)
    joined = {n for n in breaks if not _had_room(lines[n].strip(), lines[n + 1].split(), room)}
    if not joined:
        return None
    made: list[str] = []
    starts, at = [], 0
    for n, line in enumerate(lines):
        starts.append(at)
        piece = line.lstrip(" ") if n - 1 in joined else line
        if n in joined:
            piece = _continued(piece.rstrip(" "), lines[n + 1].lstrip(" "))
        elif n + 1 < len(lines):
            piece += "\n"
        made.append(piece)
        at += len(piece)
    return "".join(made), tuple(starts)


def _continued(line: str, following: str) -> str:
    """A line as it goes on: without the hyphen of a word that was parted."""
    if _HYPHEN.search(line) and following[:1].islower():
        return line if _TWO_PARTS.search(line) else line[:-1]
    return line if line.endswith("-") else line + " "


def _paragraphs(lines: list[str], width: int) -> Iterator[tuple[int, int]]:
    """Yield first and last line of each paragraph that was wrapped."""
    first = wrapped = 0
    doubtful: list[tuple[int, int]] = []
    for n, line in enumerate(lines):
        if not line.strip():
            first = n + 1
            continue
        following = lines[n + 1] if n + 1 < len(lines) else ""
        goes_on = _SMALL.match(following) or line.rstrip().endswith("-")
        short = len(line.strip()) < _FULL * width and not goes_on
        heading = _ENDS.search(line.rstrip()) and len(following.strip()) < _FULL * width
        apart = _APART.search(line.strip()) or _APART.search(following.strip())
        new = apart or _ITEM.match(following) or (heading and not _GOES_ON.match(following))
        if short or not following.strip() or new:
            if _is_wrapped(lines[first : n + 1]):
                yield first, n
                wrapped += 1
            elif n > first and not (short and following.strip()):
                # Where a line follows a short one, each is a name of its own.
                doubtful.append((first, n))
            first = n + 1
    for first, last in doubtful if wrapped > len(doubtful) else ():
        # In a text that is wrapped, lines as full as this are, whatever the next begins with.
        if all(len(line.strip()) >= _FULLEST * width for line in lines[first:last]):
            yield first, last


def _room(breaks: list[tuple[str, list[str]]], width: int) -> float:
    """How long a line had to be with the word after it, at least, for it to be broken there.

    Lines that surely go on tell it, of none of which had the next word room, and the longest.
    """
    broken = [
        len(line) + 1 + len(following[0])
        for line, following in breaks
        if following and _SMALL.match(following[0]) and not _HYPHEN.search(line)
    ]
    return max(_FULLEST * width, min(*broken, width + 1) if len(broken) >= _FEWEST_LINES else 0)


def _had_room(line: str, following: list[str], room: float) -> bool:
    """Whether a line ended of its own accord: the word that begins the next had room on it."""
    if not following[:1] or not following[0][:1].isupper() or _GOES_ON_AFTER.search(line):
        return False
    return len(line) + 1 + len(following[0]) < room


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines are one text: most go on in small letters, as names one a line do not."""
    breaks = list(pairwise(lines))
    on = sum(bool(_GOES_ON.match(b) or _UNFINISHED.search(a.rstrip())) for a, b in breaks)
    return bool(breaks) and 2 * on >= len(breaks)
