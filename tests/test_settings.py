"""Every setting is documented and typed; arguments win over environment over default."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from outcome_graph.errors import UsageError
from outcome_graph.settings import Settings

TABLE = Path(__file__).parents[1] / "docs" / "settings.md"


def test_the_documentation_is_the_table() -> None:
    rows = [
        f"| `{f.metadata['env']}` | `{f.default}` | {f.metadata['help']} |"
        for f in fields(Settings)
    ]
    text = TABLE.read_text("utf-8")
    missing = [row for row in rows if row not in text]
    assert not missing
    assert text.count("| `OUTCOME_GRAPH_") == len(rows)


def test_order_of_sources() -> None:
    environ = {"OUTCOME_GRAPH_READERS": "7", "OUTCOME_GRAPH_STORE": "there"}
    settings = Settings.load(environ, store="here", base=None)
    assert (settings.store, settings.readers, settings.base) == ("here", 7, Settings().base)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("OUTCOME_GRAPH_READERS", "many", "OUTCOME_GRAPH_READERS must be a whole number"),
        ("OUTCOME_GRAPH_QUERY_DEADLINE", "soon", "must be a number"),
        ("OUTCOME_GRAPH_VALIDATION", "maybe", "must be yes or no"),
    ],
)
def test_a_wrong_value_names_the_variable(name: str, value: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        Settings.load({name: value})


@pytest.mark.parametrize(
    ("value", "expected"), [("no", False), ("0", False), ("False", False), ("yes", True)]
)
def test_a_switch_is_read_from_words(value: str, expected: bool) -> None:
    assert Settings.load({"OUTCOME_GRAPH_VALIDATION": value}).validation is expected
