"""The questions the ontology must be able to answer, each with its answer derived by hand.

``competency/NN-slug.rq`` holds a query whose first line is the question in plain English;
``NN-slug.json`` the rows expected of it over the reference graphs and ``records/``.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import QuerySolutions, Store

QUESTIONS = sorted((Path(__file__).parent / "competency").glob("*.rq"))
#: rdflib's engine is a hundred times slower: a quarter of the questions shows that they are
#: standard SPARQL and do not lean on one engine.
SAMPLE = QUESTIONS[::4]


def expected_rows(question: Path) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(question.with_suffix(".json").read_text("utf-8"))
    return rows


def assert_answers(question: Path, query: str, rows: list[dict[str, str]]) -> None:
    expected = expected_rows(question)
    if "ORDER BY" not in query:
        rows, expected = (sorted(r, key=lambda row: sorted(row.items())) for r in (rows, expected))
    assert rows == expected, query.splitlines()[0]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_question_is_answered(question: Path, store: Store) -> None:
    query = question.read_text("utf-8")
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    rows = [{n: row[n].value for n in names if row[n] is not None} for row in solutions]
    assert_answers(question, query, rows)


@pytest.mark.parametrize("question", SAMPLE, ids=lambda path: path.stem)
def test_rdflib_gives_the_same_answer(question: Path, union: rdflib.Graph) -> None:
    query = question.read_text("utf-8")
    result = union.query(query)
    names = [str(variable) for variable in result.vars or []]
    rows = [
        {n: str(value) for n, value in zip(names, row, strict=True) if value is not None}
        for row in result
    ]
    assert_answers(question, query, rows)


def test_there_are_at_least_thirty_questions_with_answers() -> None:
    assert len(QUESTIONS) >= 30
    answered = [question for question in QUESTIONS if expected_rows(question)]
    assert len(answered) >= 30


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_first_line_is_a_question(question: Path) -> None:
    first = question.read_text("utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert first.endswith("?")
