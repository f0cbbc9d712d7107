"""Stores to begin with: made once by each process of tests, and copied.

Making one takes 0.47 s of processor, copying one 0.04.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from outcome_graph.pipeline import OutcomeGraph

SEED = Path(__file__).parents[2] / "data" / "outcomes" / "LAO226-2020-21-8.1.1.txt"


def fresh(place: Path) -> Path:
    """Put a store that holds the reference graphs (revision 1) at a place."""
    return Path(shutil.copytree(_made() / "fresh", place, dirs_exist_ok=True))


def seeded(place: Path) -> Path:
    """Put a store into which the seed page was loaded besides (revision 2) at a place."""
    return Path(shutil.copytree(_made() / "seeded", place, dirs_exist_ok=True))


@cache
def _made() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="outcome-graph-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with OutcomeGraph.open(folder / "fresh"):
        pass
    shutil.copytree(folder / "fresh", folder / "seeded")
    with OutcomeGraph.open(folder / "seeded") as graph:
        assert graph.load(SEED).conforms
    return folder
