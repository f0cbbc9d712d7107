"""Fixtures of the validation tests."""

import sys
from pathlib import Path

import pytest

# Behind the others: "conftest" must stay the one that all tests share.
sys.path += [str(Path(__file__).parent), str(Path(__file__).parent / "screen")]

from seed import MINTER

from outcome_graph.validation import Shapes, Validator


@pytest.fixture(scope="session")
def shapes() -> Shapes:
    return Shapes.load(MINTER)


@pytest.fixture(scope="session")
def validator() -> Validator:
    return Validator.load(MINTER)
