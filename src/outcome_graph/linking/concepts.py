"""Coded values: visibility, biennium, step, result type, indicator and branches.

The schemes are those of ``ontology/concepts``. A biennium begins in an even year (the ILO's
Programme and Budget): "2021-22" is an error. A code of an indicator that we do not hold is a
warning, since results frameworks grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from outcome_graph.draft import Draft, Problem
from outcome_graph.linking.readings import changed, problem, repointed
from outcome_graph.model import OutcomeRecord
from outcome_graph.vocabulary import Concepts, Knowledge

__all__ = ["link_concepts"]

_YEARS = re.compile(r"\D*((?:19|20)\d\d)\s*[-/–‑]\s*(\d{4}|\d{2})\D*")
_INDICATOR = re.compile(r"\D*(\d{1,2}(?:\.\d{1,2}){0,3})\W*")


def link_concepts(draft: Draft, knowledge: Knowledge) -> Draft:
    """Turn the words of coded fields into notations.

    Parameters:
        draft: the draft. knowledge: the look-up tables.
    """
    linker = _Linker(draft, knowledge.concepts)
    changes = {
        "visibility": linker.visibility(),
        "biennium": linker.biennium(),
        **linker.step_and_result_type(),
    }
    changes["indicator"] = linker.indicator(changes["biennium"])
    changes["branches"] = linker.branches()
    record = draft.record.with_changes(**changes)
    moved = {("branches", words): ("branches", to, 1.0) for words, to in linker.moved.items()}
    return changed(draft, repointed(record, moved), linker.problems)


class _Linker:
    def __init__(self, draft: Draft, concepts: Concepts) -> None:
        self.draft = draft
        self.record: OutcomeRecord = draft.record
        self.concepts = concepts
        self.problems: list[Problem] = []
        self.moved: dict[str, str] = {}

    def _error(self, message: str, field: str) -> None:
        self.problems.append(problem(self.draft, "error", message, field))

    def _warn(self, message: str, field: str) -> None:
        self.problems.append(problem(self.draft, "warning", message, field))

    def visibility(self) -> str | None:
        """An unknown word is an error: what is not marked public must not become public."""
        words = self.record.visibility
        if words is None:
            return None
        found = self.concepts.notation("visibility", words)
        if found is None:
            self._error(f"“{words}” is no visibility. Write Public or Internal.", "visibility")
        return found

    def biennium(self) -> str | None:
        words = self.record.biennium
        if words is None:
            return None
        years = _YEARS.fullmatch(words)
        first = int(years[1]) if years else 0
        if years is None or int(years[2][-2:]) != (first + 1) % 100:
            self._error(
                f"“{words}” is no biennium. Write an even year and the next one, for example "
                "2020-21.",
                "biennium",
            )
            return None
        notation = f"{first}-{(first + 1) % 100:02d}"
        if first % 2:
            even = first - 1
            self._error(
                f"{notation} is no biennium: a biennium begins in an even year. Write "
                f"{even}-{(even + 1) % 100:02d} or {first + 1}-{(first + 2) % 100:02d}.",
                "biennium",
            )
        return notation

    def step_and_result_type(self) -> dict[str, Any]:
        step = self.record.step
        if step is not None and str(step) not in self.concepts.notations("step"):
            self._error(
                f"There is no step {step}. Write (Step 1), (Step 2) or (Step 3) at the end of the "
                "sentence that names the result.",
                "step",
            )
            step = None
        result_type = self._result_type()
        if result_type is None:
            result_type = self.concepts.result_type_of_step(step) if step is not None else None
            return {"step": step, "result_type": result_type}
        its_step = self.concepts.step_of_result_type(result_type)
        if step is None:
            step = its_step
        elif its_step is not None and its_step != step:
            self._warn(
                f"The result type belongs to step {its_step}, but the result is marked step "
                f"{step}. Check which of the two is right.",
                "step",
            )
        return {"step": step, "result_type": result_type}

    def _result_type(self) -> str | None:
        words = self.record.result_type
        if words is not None:
            found = self.concepts.notation(
                "result-type", words
            ) or self.concepts.result_type_by_statement(words)
            if found is not None:
                return found
            self._warn(
                f"The type of result “{words}” is none that we know; the sentence and the step "
                "were used instead.",
                "result_type",
            )
        statements = (self.concepts.result_type_by_statement(t.value) for t in self._statements())
        return next((found for found in statements if found), None)

    def _statements(self) -> Iterator[Any]:
        return iter(self.record.result_statement)

    def indicator(self, biennium: str | None) -> str | None:
        words = self.record.indicator
        if words is None:
            return None
        found = _INDICATOR.fullmatch(words)
        if found is None:
            self._error(
                f"“{words}” is no Programme and Budget indicator. Write its number, for example "
                "8.1.1.",
                "indicator",
            )
            return None
        code = found[1]
        known = biennium in self.concepts.notations("biennium")
        if biennium and known and not self.concepts.has_indicator(biennium, code):
            self._warn(
                f"Indicator {code} is not in the results framework that we hold for {biennium}. "
                "Check the indicator and the biennium; the record is kept as it is.",
                "indicator",
            )
        return code

    def branches(self) -> tuple[str, ...]:
        found = []
        for words in self.record.branches:
            notation = self.concepts.notation("branch", words)
            if notation is None:
                self._warn(
                    f"“{words}” is no branch of social security that we know, and was left out. "
                    "Write for example Old age, Maternity or All branches.",
                    "branches",
                )
            else:
                self.moved[words] = notation
                found.append(notation)
        return tuple(found)
