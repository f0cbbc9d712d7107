"""Cells that say yes or no."""

from __future__ import annotations

import pytest

from outcome_graph.sources.tables.flags import answer


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("Yes", True),
        (" VERDADERO. ", True),
        ("(x)", True),
        ("✓", True),
        ("No!", False),
        ("*** yes ***", True),
        ("." * 60 + "no" + "." * 60, False),
        ("Yes, as was agreed with the ministry", None),
        ("no " * 400, None),
        ("y" + " " * 40 + "es", True),
        (True, True),
        ("1", None),
    ],
)
def test_what_a_cell_answers(cell: str | bool, wanted: bool | None) -> None:
    """Signs around an answer change nothing, however many; a text is none."""
    assert answer(cell, numbers=False) is wanted
