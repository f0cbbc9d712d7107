"""What a file has told so far of its activities: each identifier once, and who is whose parent."""

from __future__ import annotations

import hashlib

from outcome_graph.draft import Location, Problem
from outcome_graph.sources.iati.stream import Node

__all__ = ["Seen"]

#: RelatedActivityType: the other is this one's parent; the other is this one's child.
_PARENT, _CHILD = "1", "2"
#: A chain of parents longer than this is not followed.
_LONGEST_CHAIN = 50


class Seen:
    """The activities of one file so far. Identifiers are kept as 64-bit digests: 1 GB of activities
    are some 100,000, and their identifiers need not stay in memory."""

    def __init__(self) -> None:
        self._lines: dict[int, int] = {}
        self._parents: dict[int, int] = {}
        self._named: set[int] = set()

    def line_of(self, identifier: str) -> int | None:
        """Return the line where an activity of this identifier began, None when there is none."""
        return self._lines.get(_key(identifier))

    def first_of(self, record_id: str) -> bool:
        """Note that a result names a record of ours; tell whether none did before."""
        key = _key(record_id)
        first = key not in self._named
        self._named.add(key)
        return first

    def add(self, identifier: str, activity: Node, where: str) -> list[Problem]:
        """Note an activity; return a warning where it is its own ancestor.

        Only a note is made of relations: they are never followed to read anything.
        """
        if not identifier:
            return []
        own = _key(identifier)
        self._lines.setdefault(own, activity.line)
        problems = []
        for node in activity.all("related-activity"):
            ref, kind = node.get("ref"), node.get("type")
            if ref is None or kind not in (_PARENT, _CHILD):
                continue
            other = _key(" ".join(ref.split()))
            child, parent = (own, other) if kind == _PARENT else (other, own)
            if self._leads(parent, child):
                message = (
                    f"The activity {identifier[:80]} and its related activity {ref[:80]} are each "
                    "above the other. Its results were read; mend the related activities."
                )
                place = Location(line=node.line, path=where)
                problems.append(Problem("warning", message, "projects", place))
            else:
                self._parents.setdefault(child, parent)
        return problems

    def _leads(self, start: int, goal: int) -> bool:
        """Tell whether the chain of parents from one activity leads to another."""
        at: int | None = start
        for _ in range(_LONGEST_CHAIN):
            if at is None or at == goal:
                return at is not None
            at = self._parents.get(at)
        return False


def _key(identifier: str) -> int:
    digest = hashlib.blake2b(identifier.casefold().encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")
