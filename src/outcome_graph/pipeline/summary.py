"""What a load did: read, committed, refused with reasons, links made, candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from outcome_graph.draft import Problem
from outcome_graph.errors import OutcomeGraphError, SourceError
from outcome_graph.pipeline.summary_text import outcome_lines
from outcome_graph.validation import ValidationReport

__all__ = ["DETAILED", "Committed", "LoadSummary", "LoadedRecord", "RecordStatus", "Refusal"]

#: Of so many records, and of so many that were refused, a summary keeps what was said of them. A
#: file may hold any number; `validate --store` says it of all.
DETAILED = 1_000

RecordStatus: TypeAlias = Literal["created", "replaced", "unchanged"]


@dataclass(frozen=True, slots=True)
class LoadedRecord:
    """One record that conforms.

    Parameters:
        id: the id it is stored under.
        source: name of the source it came from.
        status: what it did to the store.
        problems: warnings met while reading and linking; none beyond the first `DETAILED` records.
        completeness: 0 to 1.
        report: what the shapes say of it (warnings, information); None beyond those.
        internal: it is kept among the records that are not public.
    """

    id: str
    source: str
    status: RecordStatus
    problems: tuple[Problem, ...]
    completeness: float
    report: ValidationReport | None
    internal: bool = False

    def advice(self) -> list[str]:
        """Return what the shapes advise, in words; nothing beyond the first `DETAILED` records."""
        return self.report.advice() if self.report is not None else []

    def as_data(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "id": self.id,
            "source": self.source,
            "status": self.status,
            "public": not self.internal,
            "completeness": self.completeness,
            "problems": [{"severity": p.severity, "message": str(p)} for p in self.problems],
            "advice": self.advice(),
        }


@dataclass(frozen=True, slots=True)
class Refusal:
    """One record or whole source that was refused.

    Parameters:
        source: its name.
        id: the record's id, None when no record could be read.
        reasons: each a sentence for the user, after its place in the source where that is known.
        places: those places, one for each reason; "" where none is known.
        report: the shapes' report, when it was they who refused it, and it is among the first
            `DETAILED` refusals.
        error: the error, when the source could not be read.
        quarantined: whether the original was kept with this refusal for later.
    """

    source: str
    id: str | None
    reasons: tuple[str, ...]
    report: ValidationReport | None = None
    error: OutcomeGraphError | None = None
    quarantined: bool = False
    places: tuple[str, ...] = ()

    def placed(self) -> list[tuple[str, str]]:
        """Return place and message of each reason."""
        places = self.places or ("",) * len(self.reasons)
        return [
            (place, reason.removeprefix(f"{place}: "))
            for place, reason in zip(places, self.reasons, strict=True)
        ]

    def as_data(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "source": self.source,
            "id": self.id,
            "quarantined": self.quarantined,
            "reasons": [{"place": place, "message": text} for place, text in self.placed()],
        }


@dataclass(slots=True)
class Committed:
    """What a load has committed so far.

    Parameters:
        records: how many it created or replaced.
        revisions: those it made, of the public store; internal: of the internal one.
        uncertain: records of a commit of which nobody can say whether it was made.
    """

    records: int = 0
    revisions: list[int] = field(default_factory=list)
    internal: list[int] = field(default_factory=list)
    uncertain: int = 0

    def as_data(self) -> dict[str, Any]:
        """Return the revisions as plain values."""
        return {"revisions": list(self.revisions), "internalRevisions": list(self.internal)}

    def to_text(self) -> str:
        """Return what stays when the load goes no further, in words."""
        if not self.records:
            text = "Nothing was committed yet."
        else:
            what = "1 record was" if self.records == 1 else f"{self.records:,} records were"
            text = f"{what} committed before and stay ({self.places()})."
        if self.uncertain:
            text += f" {self.uncertain:,} more were under way: they may be committed too, or not."
        if self.records or self.uncertain:
            text += " Load the same again to go on: what is there already is left as it is."
        return text

    def way_back(self) -> str:
        """Return the command that undoes what was committed; "" where nothing was."""
        if self.revisions:
            return f"outcome-graph undo {self.revisions[-1]}"
        return f"outcome-graph undo --internal {self.internal[-1]}" if self.internal else ""

    def places(self) -> str:
        """Name the revisions, in words."""
        named = [(self.revisions, ""), (self.internal, "internal ")]
        return ", ".join(_revisions(found, of) for found, of in named if found)


def _revisions(numbers: Sequence[int], of: str) -> str:
    first, last = numbers[0], numbers[-1]
    if first == last:
        return f"{of}revision {first}"
    others = len(numbers) < last - first + 1
    # Others may have written in between.
    return f"{of}revisions {first} to {last}" + (f", {len(numbers)} of them" if others else "")


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """The result of one load.

    Parameters:
        sources: how many sources were opened. read: how many records were read.
        committed, refused: what became of them.
        links: links to shared things that the committed records hold. candidates: statements that
            await review.
        revision: the store's revision afterwards.
        dry_run: nothing was written.
        settled: candidates that earlier decisions of the review settled, so that they do not wait.
        made: the revisions that the load made.
    """

    sources: int
    read: int
    committed: tuple[LoadedRecord, ...]
    refused: tuple[Refusal, ...]
    links: int
    candidates: int
    revision: int
    dry_run: bool = False
    settled: int = 0
    made: Committed = field(default_factory=Committed)

    @property
    def conforms(self) -> bool:
        """Whether nothing was refused."""
        return not self.refused

    @property
    def exit_code(self) -> int:
        """0 when nothing was refused, 2 when nothing could even be read, else 1."""
        if not self.refused:
            return 0
        unread = all(isinstance(r.error, SourceError) for r in self.refused)
        return 2 if unread and self.read == 0 else 1

    def as_data(self) -> dict[str, Any]:
        """Return the summary as plain values: what ``load --report json`` writes."""
        return {
            "dryRun": self.dry_run,
            "sources": self.sources,
            "read": self.read,
            "links": self.links,
            "candidates": self.candidates,
            "settled": self.settled,
            "revision": self.revision,
            **self.made.as_data(),
            "records": [item.as_data() for item in self.committed],
            "refused": [refusal.as_data() for refusal in self.refused],
        }

    def to_text(self) -> str:
        """Return the summary as lines for a terminal."""
        lines = [
            f"read {self.read} from {self.sources} "
            f"{'source' if self.sources == 1 else 'sources'}: "
            f"{len(self.committed)} {'would be ' if self.dry_run else ''}committed, "
            f"{len(self.refused)} refused"
        ]
        lines += outcome_lines(self)
        if len(self.committed) > DETAILED:
            lines.append(
                f"what the shapes advise is told of the first {DETAILED:,} records only; of all of "
                "them by: outcome-graph validate --store"
            )
        settled = f", settled by earlier decisions {self.settled}" if self.settled else ""
        lines.append(f"links {self.links}, candidates to review {self.candidates}{settled}")
        if way_back := self.made.way_back():
            lines.append(f"committed as {self.made.places()}; to take it back: {way_back}")
        lines.append(f"revision {self.revision}")
        return "\n".join(lines)
