"""Fixtures of the validation tests."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent / "screen"))

from seed import MINTER

from outcome_graph.validation import Shapes, Validator


@pytest.fixture(scope="session")
def shapes() -> Shapes:
    return Shapes.load(MINTER)


@pytest.fixture(scope="session")
def validator() -> Validator:
    return Validator.load(MINTER)
