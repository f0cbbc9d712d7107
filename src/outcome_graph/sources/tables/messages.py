"""What is said of columns that were told by their values, or could not be told."""

from __future__ import annotations

from collections.abc import Sequence

from outcome_graph.sources.tables.header import BoundColumn
from outcome_graph.sources.tables.rows import column_letters
from outcome_graph.tables import COLUMN_BY_KEY

__all__ = ["asked", "not_read", "taken", "undecided"]


def taken(bound: BoundColumn) -> tuple[int, str]:
    """Say what a column was taken for."""
    name = bound.column.headings.en
    return bound.index, (
        f"was read as {name} by its values. Call it “{name}” if that is right; if not, say "
        f'--column "{bound.heading[:60]}=-" to leave it out, or =FIELD for what it is.'
    )


_IF = {
    "title": "say in a line what was achieved",
    "achievement": "tell what was achieved",
    "contribution": "tell what the agency did for it",
    "constituents": "are partners",
    "funders": "paid for the work",
}


def asked(n: int, words: str, keys: Sequence[str]) -> tuple[int, str]:
    """Ask for the meaning of a column of prose or of names."""
    bodies = {"constituents": "names of bodies", "funders": "names that we know"}
    ways = " ".join(
        f"If they {_IF[key]}, call it “{COLUMN_BY_KEY[key].headings.en}”, or say --column "
        f'"{words[:60]}={key}".'
        for key in keys
    )
    return n, f"holds {bodies.get(keys[0], 'sentences')}. {ways}"


def undecided(key: str, columns: Sequence[tuple[int, str]]) -> str:
    """Ask which of several columns is the one of a key, or whether the only one is."""
    name = COLUMN_BY_KEY[key].headings.en
    others = [f"{column_letters(n)} “{words[:60]}”" for n, words in columns[1:]]
    beside = f" (so do {', '.join(others)})" if others else ""
    return (
        f"holds what may be {name}{beside}, or something else. Call it “{name}” if it is that, or "
        f'say --column "{columns[0][1][:60]}={key}".'
    )


def not_read(bound: BoundColumn) -> tuple[int, str]:
    """Say that a column is not what its heading was taken for."""
    name = bound.column.headings.en
    return bound.index, f"was not read as {name}: none of its cells holds what may stand there."
