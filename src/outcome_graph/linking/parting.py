"""Several bodies in one name: "Belgium and Luxembourg", "Ministry of Labour, COTU and FKE".

A name is parted only where each part says for certain who it is. Many bodies are named with commas
and "and": of "Ministry of Labour and Social Protection" nobody knows a body called "Social
Protection", and so it stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from outcome_graph.linking.types import type_of
from outcome_graph.model import Evidence, Organisation, OutcomeRecord

__all__ = ["is_ministry", "part", "with_evidence_of_parts"]

_JOINTS = re.compile(r"\s*[,;/&+]\s*(?:(?:and|et|y|e)\s+)?|\s+(?:and|et|y|e)\s+", re.IGNORECASE)
#: What a ministry is called, whatever it is in charge of.
_MINISTRY = re.compile(
    r"(?:the |le |el |o )?(?:federal |national |state )?"
    r"(?:minist(?:ry|[eè]re|erio|ério)|department|departamento) (?:of|de|du|des|del|do|da|for)\b",
    re.IGNORECASE,
)


_INITIALS = re.compile(r"[A-Z]{3,8}")


def part(name: str, is_known: Callable[[str], bool]) -> list[str]:
    """Return the bodies that a name runs together, the name alone where it is of one.

    Parameters:
        name: as a source has it.
        is_known: tells whether a part says for certain who it is.
    """
    if _JOINTS.search(name) is None:
        return [name]
    found: list[str] = []
    end = 0
    for start, stop in _parts(name):
        words = name[start:stop]
        if is_known(words):
            found.append(words)
        elif found and is_ministry(found[-1]) and _may_be_matter(words):
            # "Ministry of Gender, Labour and Social Development": what it is in charge of.
            found[-1] += name[end:stop]
        else:
            return [name]
        end = stop
    return found


def _may_be_matter(words: str) -> bool:
    """Tell whether words may be what a ministry is in charge of, rather than another body."""
    reading = type_of(words)
    return not _INITIALS.fullmatch(words) and (reading is None or reading.type == "government")


def is_ministry(name: str) -> bool:
    """Tell whether a name is that of a ministry or department of some matter."""
    return bool(_MINISTRY.match(name))


def with_evidence_of_parts(
    record: OutcomeRecord, field: str, made: dict[str, list[Organisation]]
) -> OutcomeRecord:
    """Return the record with the evidence of what was parted for each of the parts.

    Parameters:
        record: the record. field: where the bodies stand.
        made: what each became, by its slug.
    """
    evidence: list[Evidence] = []
    for item in record.evidence:
        parts = made.get(item.key, []) if item.field == field else []
        evidence += [replace(item, key=o.slug) for o in parts] if len(parts) > 1 else [item]
    return record.with_changes(evidence=tuple(evidence))


def _parts(name: str) -> Iterator[tuple[int, int]]:
    """Yield where the parts between commas, strokes and words for "and" begin and end."""
    start = 0
    for joint in _JOINTS.finditer(name):
        if name[start : joint.start()].strip():
            yield start, joint.start()
        start = joint.end()
    if name[start:].strip():
        yield start, len(name)
