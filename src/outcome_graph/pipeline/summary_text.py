"""What a load says at its end: record by record, or summed up when there are many.

A column that is wrong in one row is wrong in three hundred: each thing is then said once, with how
often and where, the most frequent first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from outcome_graph.validation import SOURCE_READING

if TYPE_CHECKING:
    from outcome_graph.pipeline.summary import LoadedRecord, LoadSummary, Refusal

__all__ = ["LISTED", "outcome_lines"]

#: Up to so many records, committed and refused, are told of one by one.
LISTED = 50
#: Places that are named of a thing that is said once.
_PLACES = 10
#: What differs between two messages that say the same: a quoted value, a number.
_VALUE = re.compile(r"“[^”]*”|\d[\d.,/-]*\d|\d")


def outcome_lines(summary: LoadSummary) -> Iterator[str]:
    """Yield what became of the records of a load, in words."""
    if len(summary.committed) + len(summary.refused) <= LISTED:
        for item in summary.committed:
            yield from _committed(item)
        for refusal in summary.refused:
            yield from _refused(refusal)
    else:
        yield from _summed_up(summary)


def _committed(item: LoadedRecord) -> Iterator[str]:
    yield f"  {item.id}: {item.status}, completeness {item.completeness:.0%}"
    yield from (f"    {p.severity}: {p}" for p in item.problems if p.severity != "info")
    yield from (f"    {line}" for line in item.advice())


def _refused(refusal: Refusal) -> Iterator[str]:
    kept = " (kept in quarantine)" if refusal.quarantined else ""
    yield f"  refused {refusal.id or refusal.source}{kept}:"
    yield from (f"    {reason}" for reason in refusal.reasons)


@dataclass(slots=True)
class _Said:
    """Something that is said of many records.

    Parameters:
        message: the first that said it. values: how many different ones did.
        places: where, each once.
    """

    message: str
    count: int = 0
    values: set[str] = field(default_factory=set)
    places: dict[str, None] = field(default_factory=dict)


class _Heap:
    """What is said of many records, each thing once.

    Parameters:
        sources: how many sources there are: of one alone the name need not be said.
    """

    def __init__(self, sources: int) -> None:
        self._one = sources == 1
        #: Places were left out.
        self.left_out = False
        self._said: dict[str, _Said] = {}

    def add(
        self, message: str, place: str, source: str, record_id: str | None, rule: str | None = None
    ) -> None:
        """Add what is said of one record, where it stands, and in which source.

        Parameters:
            rule: that says it, whatever it names; None to go by the words.
        """
        said = self._said.setdefault(rule or _VALUE.sub("…", message), _Said(message))
        said.count += 1
        said.values.add(message)
        # "cell H28, line 28" is one place; the cell is what people look for.
        where = place.partition(", line ")[0].removeprefix("cell ")
        if where and not self._one:
            where = f"{PurePath(source).name or source}: {where}"
        # What is said of a whole source names it.
        if where or record_id:
            said.places[where or record_id or ""] = None

    def lines(self) -> Iterator[str]:
        """Yield all of it, the most frequent first."""
        for said in sorted(self._said.values(), key=lambda s: -s.count):
            others = f" (the first of {len(said.values):,} such)" if len(said.values) > 1 else ""
            yield f"    {said.count:,} × {said.message}{others}"
            named = list(said.places)[:_PLACES]
            more = len(said.places) - len(named)
            if named:
                yield f"        {', '.join(named)}" + (f" and {more:,} more" if more else "")
            self.left_out |= more > 0


def _summed_up(summary: LoadSummary) -> Iterator[str]:
    if summary.committed:
        statuses = Counter(item.status for item in summary.committed)
        yield "  " + ", ".join(f"{count:,} {status}" for status, count in statuses.most_common())
        scores = [item.completeness for item in summary.committed]
        mean = sum(scores) / len(scores)
        yield f"  completeness {mean:.0%} on average, {min(scores):.0%} at least"
        first = sum(item.report is not None for item in summary.committed)
        of = f" of the first {first:,}" if first < len(scores) else ""
        yield from _under(f"  advice{of}:", _advised(summary.committed, summary.sources))
    if summary.refused:
        kept = sum(refusal.quarantined for refusal in summary.refused)
        quarantined = f" ({kept:,} kept in quarantine)" if kept else ""
        heap = _Heap(summary.sources)
        for refusal in summary.refused:
            for place, message in refusal.placed():
                heap.add(message, place, refusal.source, refusal.id)
        yield from _under(f"  refused{quarantined}:", heap)
        if heap.left_out:
            yield "    every place: outcome-graph validate SOURCE --report csv"


def _advised(committed: Iterable[LoadedRecord], sources: int) -> _Heap:
    heap = _Heap(sources)
    for item in committed:
        for problem in item.problems:
            if problem.severity != "info":
                message = f"{problem.severity}: {problem.message}"
                heap.add(message, str(problem.location or ""), item.source, item.id)
        for result, line in zip(
            item.report.results if item.report else (), item.advice(), strict=True
        ):
            place = str(result.location or "")
            said = line.replace(f"{place}: ", "", 1) if place else line
            rule = None if result.rule == SOURCE_READING else f"{result.severity} {result.rule}"
            heap.add(said, place, item.source, item.id, rule)
    return heap


def _under(heading: str, heap: _Heap) -> Iterator[str]:
    lines = list(heap.lines())
    if lines:
        yield heading
        yield from lines
