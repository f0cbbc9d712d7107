"""SDG suggestions on the public benchmark: held-out figures, and the constants that ship.

    python tests/benchmarks/sdg_suggestions.py [--model FOLDER] [--sdg FOLDER] [--write]

Needs ``sdgclassification-benchmark`` (PyPI; 1,251 English texts, each asking about one goal). Each
of 20 random halves fits the constants; the other half is scored, a confidence of one half or more
being a yes. ``--write``
fits on all texts and writes ``data/sdg-terms/fitted.json``. ``--sdg`` names the UN's vocabulary
(without it the model compares with our own short labels).
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

from outcome_graph import OutcomeGraph
from outcome_graph.linking.suggesting.suggester import Suggester, goal_nearness, word_scores
from outcome_graph.linking.suggesting.terms import TermList
from outcome_graph.pipeline.suggesting import suggester_for
from outcome_graph.settings import Settings

ROOT = Path(__file__).parents[2]
FITTED = ROOT / "data" / "sdg-terms" / "fitted.json"


class Asked(NamedTuple):
    """A text of the benchmark: its scores for the goal it asks about, and the answer."""

    scores: tuple[float, ...]
    yes: bool


def benchmark() -> list[tuple[str, str, bool]]:
    """Return (text, goal, yes) of the benchmark's package."""
    # Its file is read where it lies: importing the package needs more than its data does.
    found = distribution("sdgclassification-benchmark")
    file = Path(str(found.locate_file("sdgclassification/benchmark/resources/benchmark.csv")))
    with file.open(encoding="utf-8", newline="") as lines:
        return [(r["text"], r["sdg"], r["label"] in ("True", "1")) for r in csv.DictReader(lines)]


def fit(asked: Sequence[Asked]) -> list[float]:
    """Fit a logistic function by Newton's method; return its bias and weights."""
    size = len(asked[0].scores) + 1
    weights = [0.0] * size
    for _ in range(25):
        gradient = [0.0] * size
        hessian = [[1e-3 * (i == j) for j in range(size)] for i in range(size)]
        for scores, yes in asked:
            row = (1.0, *scores)
            p = 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, row, strict=True))))
            for i in range(size):
                gradient[i] += (p - yes) * row[i]
                for j in range(size):
                    hessian[i][j] += p * (1 - p) * row[i] * row[j]
        step = solve(hessian, gradient)
        weights = [w - s for w, s in zip(weights, step, strict=True)]
    return weights


def solve(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """Solve a small linear system by elimination."""
    size = len(vector)
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    for pivot in range(size):
        best = max(range(pivot, size), key=lambda r: abs(rows[r][pivot]))
        rows[pivot], rows[best] = rows[best], rows[pivot]
        for other in range(size):
            if other != pivot:
                factor = rows[other][pivot] / rows[pivot][pivot]
                rows[other] = [
                    a - factor * b for a, b in zip(rows[other], rows[pivot], strict=True)
                ]
    return [rows[i][size] / rows[i][i] for i in range(size)]


def value(weights: Sequence[float], scores: Sequence[float]) -> float:
    return sum(w * x for w, x in zip(weights, (1.0, *scores), strict=True))


def measured(weights: Sequence[float], asked: Sequence[Asked]) -> tuple[float, float, float]:
    """Return accuracy, precision and recall of what is suggested at a confidence of one half."""
    said = [(value(weights, a.scores) >= 0, a.yes) for a in asked]
    true = sum(s and y for s, y in said)
    return (
        sum(s == y for s, y in said) / len(said),
        true / max(1, sum(s for s, _ in said)),
        true / max(1, sum(y for _, y in said)),
    )


def held_out(asked: list[Asked], splits: int = 20) -> list[tuple[float, float]]:
    """Return mean and deviation of accuracy, precision and recall over random halves."""
    results = []
    for seed in range(splits):
        shuffled = random.Random(seed).sample(asked, len(asked))
        half = len(shuffled) // 2
        dev, rest = shuffled[:half], shuffled[half:]
        results.append(measured(fit(dev), rest))
    return [(statistics.mean(c), statistics.stdev(c)) for c in zip(*results, strict=True)]


def ask(texts: list[tuple[str, str, bool]], suggester: Suggester) -> tuple[list[Asked], float]:
    """Score every text; return the scores and texts a second."""
    terms = TermList.load("en")
    asked = []
    start = time.perf_counter()
    for text, goal, yes in texts:
        scores = [word_scores(terms.matches(text))[goal]]
        if suggester.method != "words":
            scores.append(goal_nearness(suggester.nearness(text))[goal])
        asked.append(Asked(tuple(scores), yes))
    return asked, len(texts) / (time.perf_counter() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", type=Path)
    parser.add_argument("--sdg", help="folder of the UN's vocabulary")
    parser.add_argument("--write", action="store_true", help="write the constants that ship")
    options = parser.parse_args()
    texts = benchmark()
    ways = [("words", Suggester())]
    if options.model:
        with tempfile.TemporaryDirectory() as folder, OutcomeGraph.open(folder) as graph:
            if options.sdg:
                graph.install_vocabulary("sdg", options.sdg)
            settings = Settings(sdg_model=str(options.model))
            ways.append(("words+model", suggester_for(settings, graph.answer)))
    print(f"{len(texts)} texts; accuracy, precision, recall on held-out halves (20 splits), in %")
    fitted: dict[str, dict[str, float]] = {}
    for name, suggester in ways:
        asked, speed = ask(texts, suggester)
        figures = "   ".join(f"{100 * m:.1f} ± {100 * d:.1f}" for m, d in held_out(asked))
        print(f"{name:12} {figures}   {speed:,.0f} texts/s")
        names = ("bias", "words", "model")
        fitted[name] = {n: round(w, 4) for n, w in zip(names, fit(asked), strict=False)}
    if options.write:
        note = "Fitted by tests/benchmarks/sdg_suggestions.py on sdgclassification-benchmark 1.0.0."
        old = json.loads(FITTED.read_text())["methods"] if FITTED.exists() else {}
        content = {"note": note, "methods": {**old, **fitted}}
        FITTED.write_text(json.dumps(content, indent=2) + "\n")


if __name__ == "__main__":
    main()
