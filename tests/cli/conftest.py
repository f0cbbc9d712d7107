"""Two versions of the seed page: as it is, and with another title."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SEED

TITLE = "The National Social Protection Strategy was officially launched"
OTHER = "A National Social Protection Strategy was officially launched"


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """The seed page with another title; the same document by name, day and code."""
    text = SEED.read_text("utf-8")
    assert TITLE in text
    path = tmp_path / "edited" / SEED.name
    path.parent.mkdir()
    path.write_text(text.replace(TITLE, OTHER), "utf-8")
    return path
