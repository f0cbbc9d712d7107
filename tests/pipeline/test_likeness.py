"""Searching for many names at once finds what searching for each finds."""

from __future__ import annotations

import random
import sys

import pytest

from outcome_graph.pipeline.likeness import Names, near_names

WORDS = [
    "ministry",
    "labour",
    "social",
    "welfare",
    "national",
    "health",
    "federation",
    "trade",
    "unions",
    "chamber",
    "commerce",
    "industry",
    "association",
    "employers",
    "council",
    "fund",
    "agency",
    "development",
    "bureau",
    "institute",
]


def some_names(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [
        " ".join(chance.sample(WORDS, chance.randint(2, 5))) + f" {n % 97}" for n in range(count)
    ]


def test_many_at_once_are_found_as_each_alone() -> None:
    names = Names((name, f"iri:{n}") for n, name in enumerate(some_names(3000, 1)))
    texts = [text.replace("a", "", 1) for text in some_names(120, 2)]
    near = near_names(names, texts)
    assert len(near) > 100
    for text in texts:
        assert names.like(text, near) == names.like(text)


def test_without_numpy_each_is_searched_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    names = Names([("ministry of labour", "iri:1")])
    texts = [f"ministry of labor {n}" for n in range(10)]
    assert near_names(names, texts) == {}
    assert "iri:1" in names.like(texts[0], {})


def test_few_are_searched_alone() -> None:
    assert near_names(Names([("ministry of labour", "iri:1")]), ["ministry"]) == {}
