"""Several SDG codes in one cell, as people write them."""

from __future__ import annotations

import pytest

from outcome_graph.sources.tables.codes import sdg_items


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Goal 8, targets 8.5 and 8.8", ("8.5", "8.8")),
        ("Goal 1, targets 3 and 4", ("1.3", "1.4")),
        ("SDGs 1 and 8", ("1", "8")),
        ("SDG1 SDG8", ("1", "8")),
        ("SDG 1\u20135", ("1", "2", "3", "4", "5")),
        ("Goals 1 to 3", ("1", "2", "3")),
        ("ODS 1 y 8", ("1", "8")),
        ("cibles 1.3 et 8.5", ("1.3", "8.5")),
        ("metas 1.3, 3.8 y 8.5", ("1.3", "3.8", "8.5")),
        ("SDG 8.5/8.8", ("8.5", "8.8")),
        ("1.3 8.5", ("1.3", "8.5")),
        ("SDG 1.3 (1.3.1)", ("1.3", "1.3.1")),
        ("SDG 1, 8.5", ("1", "8.5")),
        (
            "SDG 1: No poverty, SDG 8: Decent work and economic growth",
            ("SDG 1: No poverty", "SDG 8: Decent work and economic growth"),
        ),
    ],
)
def test_several_codes(words: str, codes: tuple[str, ...]) -> None:
    assert sdg_items(words) == codes


def test_a_column_of_goals_keeps_the_goal_that_is_named_before_its_targets() -> None:
    assert sdg_items("ODS 5, meta 5.4", goals=True) == ("5", "5.4")
    assert sdg_items("ODS 5, meta 5.4") == ("5.4",)


@pytest.mark.parametrize(
    "words",
    [
        "1.3", "SDG 1", "Target 1.3", "SDG 1, target 1.3", "1-5", "8.5-8.8",
        "80% of women in 3 regions", "1.3 Implement appropriate systems", "12.05.2020", "",
    ],
)  # fmt: skip
def test_cells_that_are_read_as_one(words: str) -> None:
    items = sdg_items(words)
    assert items is None or len(items) == 1
