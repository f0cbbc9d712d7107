"""SDG goals and targets that a text may serve: always candidates, never facts.

A goal's score is what the text's words say for it (`terms`); with a sentence model it is joined by
how near the text is to the goal's official sentences, less how near it is to those of all goals. A
logistic function turns scores into a confidence; ``tests/benchmarks/sdg_suggestions.py`` fits its
constants (``data/sdg-terms/fitted.json``).
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from outcome_graph.linking.suggesting.embedding import SentenceModel
from outcome_graph.linking.suggesting.kept import kept_vectors
from outcome_graph.linking.suggesting.terms import Match, TermList, goal_of
from outcome_graph.resources import resource

__all__ = ["GOALS", "Suggester", "Suggestion"]

GOALS = tuple(str(number) for number in range(1, 18))
#: The sentences of a goal that count are the nearest three.
_NEAREST = 3
#: Longer texts say no more about their goal, and cost more.
_CHARACTERS = 20_000
_REASONS = 5
#: However much speaks for it, a suggestion is never certain.
_SUREST = 0.99


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A goal or target that a text may serve.

    Parameters:
        code: "1" or "1.3".
        confidence: 0 to 1: how often such a suggestion was right on the benchmark.
        words: the words of the text that speak for it, the weightiest first.
        start, end: where the weightiest stand in the text, None when none do.
        method: "words" or "words+model".
    """

    code: str
    confidence: float
    words: tuple[str, ...]
    start: int | None
    end: int | None
    method: str


class Suggester:
    """Suggests SDG goals and targets for texts.

    Parameters:
        sentences: texts of goals, targets and indicators by code of the goal or target they belong
            to, for the model: the official ones where they are installed.
        model: folder of a sentence model; None to go by words alone.

    Raises:
        UsageError: the model cannot be used.
    """

    def __init__(
        self, sentences: Mapping[str, Sequence[str]] | None = None, model: Path | None = None
    ) -> None:
        self._folder = model
        self._model = SentenceModel(model) if model is not None else None
        pairs = [(code, text) for code, texts in (sentences or {}).items() for text in texts]
        self._codes = [code for code, _ in pairs]
        self._sentences = [text for _, text in pairs]
        self._vectors: Any = None

    @property
    def method(self) -> str:
        """What the suggestions rest on: "words" or "words+model"."""
        return "words+model" if self._model is not None and self._codes else "words"

    def suggest(
        self, text: str, language: str = "en", *, least: float = 0.5, targets: int = 3
    ) -> list[Suggestion]:
        """Return the goals that a text may serve, the likeliest first, each with its targets.

        Parameters:
            text: the text.
            language: its language.
            least: goals below this confidence are left out.
            targets: how many targets of a goal at most.
        """
        text = text[:_CHARACTERS]
        matches = TermList.load(language).matches(text)
        near = self.nearness(text) if self.method == "words+model" else {}
        found: list[Suggestion] = []
        likely = sorted(self.confidences(matches, near).items(), key=lambda item: -item[1])
        for goal, confidence in likely:
            if confidence >= least:
                found.append(self._suggestion(goal, confidence, matches))
                found += self._targets(goal, confidence, matches, near, targets)
        return found

    def confidences(self, matches: Sequence[Match], near: Mapping[str, float]) -> dict[str, float]:
        """Return the confidence of each goal from what words and the model say."""
        said = word_scores(matches)
        method = "words+model" if near else "words"
        fitted = _fitted()[method]
        goals = goal_nearness(near) if near else {}
        return {
            goal: _logistic(
                fitted["bias"]
                + fitted["words"] * said[goal]
                + fitted.get("model", 0.0) * goals.get(goal, 0.0)
            )
            for goal in GOALS
        }

    def nearness(self, text: str) -> dict[str, float]:
        """Return how near a text is to each sentence's code: the nearest three, averaged, by goal.

        Keys are goals and targets; values are cosines.
        """
        if self._model is None or self._folder is None:
            return {}
        if self._vectors is None:
            self._vectors = kept_vectors(self._folder, self._sentences, self._model.encode)
        cosines = self._vectors @ self._model.encode([text])[0]
        by_code: dict[str, list[float]] = defaultdict(list)
        for code, cosine in zip(self._codes, cosines.tolist(), strict=True):
            by_code[goal_of(code)].append(cosine)
            if "." in code:
                by_code[code].append(cosine)
        return {
            code: sum(sorted(values)[-_NEAREST:]) / min(_NEAREST, len(values))
            for code, values in by_code.items()
        }

    def _targets(
        self,
        goal: str,
        confidence: float,
        matches: Sequence[Match],
        near: Mapping[str, float],
        wanted: int,
    ) -> list[Suggestion]:
        scores: dict[str, float] = defaultdict(float)
        for match in matches:
            for code, weight in match.weights.items():
                if "." in code and goal_of(code) == goal:
                    scores[code] += weight
        for code, cosine in near.items():
            if "." in code and goal_of(code) == goal and cosine > 0:
                scores[code] += cosine * cosine
        total = sum(scores.values())
        best = sorted(scores.items(), key=lambda item: (-item[1], _sort_key(item[0])))[:wanted]
        return [self._suggestion(c, confidence * score / total, matches) for c, score in best]

    def _suggestion(self, code: str, confidence: float, matches: Sequence[Match]) -> Suggestion:
        speaking = [m for m in matches if _weight(m, code) > 0]
        speaking.sort(key=lambda match: (-_weight(match, code), match.start))
        first = speaking[0] if speaking else None
        return Suggestion(
            code,
            round(min(confidence, _SUREST), 3),
            tuple(dict.fromkeys(match.words for match in speaking))[:_REASONS],
            first.start if first else None,
            first.end if first else None,
            self.method,
        )


def _weight(match: Match, code: str) -> float:
    if "." in code:
        return match.weights.get(code, 0.0)
    return max((w for c, w in match.weights.items() if goal_of(c) == code), default=0.0)


def word_scores(matches: Sequence[Match]) -> dict[str, float]:
    """Return what the words of a text say for each goal."""
    scores = dict.fromkeys(GOALS, 0.0)
    for match in matches:
        for goal in {goal_of(code) for code in match.weights}:
            scores[goal] += _weight(match, goal)
    return scores


def goal_nearness(near: Mapping[str, float]) -> dict[str, float]:
    """Return each goal's nearness less the mean over all: "this is about development" cancels."""
    goals = {goal: near.get(goal, 0.0) for goal in GOALS}
    mean = sum(goals.values()) / len(goals)
    return {goal: value - mean for goal, value in goals.items()}


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))


@lru_cache(maxsize=1)
def _fitted() -> dict[str, dict[str, float]]:
    path = resource("data", "sdg-terms", "fitted.json")
    found: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))["methods"]
    return found


def _sort_key(code: str) -> tuple[int, int, str]:
    goal, _, rest = code.partition(".")
    return int(goal), int(rest) if rest.isdigit() else 99, rest
