"""Pages written for the measurement: at least 95 % of their facts are found, no wrong one stated.

The figures are those of the specification; see ``tests/benchmarks/facts.py`` for how it is counted.
"""

from __future__ import annotations

import pytest
from benchmarks.facts import FOLDER, measured

SETS = sorted(path.parent.name for path in FOLDER.glob("*/expected.json"))


def test_all_sets_are_there() -> None:
    assert len(SETS) >= 16


@pytest.mark.parametrize("name", SETS)
def test_facts(name: str) -> None:
    tally = measured(FOLDER / name)
    found = tally.total("stated") + tally.total("offered")
    assert tally.total("wrong") == 0, tally.notes
    assert found >= 0.95 * (found + tally.total("missed")), tally.notes
    assert found > 100
