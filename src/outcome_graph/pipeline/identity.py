"""Which record a result belongs to: the same result replaces its record, another gets its own id.

A Country Programme Outcome code is a durable objective with many results, so code, biennium and
indicator may be shared. The contract: "a date or counter is appended when two results share these
three".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from outcome_graph.model import OutcomeRecord

__all__ = ["is_same_result", "settle_identity"]


def settle_identity(
    record: OutcomeRecord, lookup: Callable[[str], OutcomeRecord | None]
) -> OutcomeRecord:
    """Give a record the id it is to be stored under.

    Parameters:
        record: the record with the id its own values give.
        lookup: returns the stored (or just accepted) record of an id, None when it is free.
    """
    for candidate in _ids(record):
        holder = lookup(candidate)
        if holder is None or is_same_result(holder, record):
            return record if candidate == record.id else record.with_changes(id=candidate)
    raise AssertionError("unreachable: counters never end")


def _ids(record: OutcomeRecord) -> Iterator[str]:
    yield record.id
    if record.achieved_on is not None:
        yield f"{record.id}-{record.achieved_on.isoformat()}"
    for number in count(2):
        yield f"{record.id}-{number}"


def is_same_result(one: OutcomeRecord, other: OutcomeRecord) -> bool:
    """Tell whether two records of the same code, biennium and indicator are about one result.

    The id of an IATI result is made of what identifies it, so the same id is the same result. Else
    a published address decides where both have one. Else the same title is the same result (its
    date may have been corrected), and so is the same date in a document of the same name (its
    title may have been corrected).
    """
    if one.profile == other.profile == "iati":
        return one.id == other.id
    a, b = one.source, other.source
    if a and b and a.url and b.url:
        return a.url == b.url
    if set(one.titles) & set(other.titles):
        return True
    same_document = a is not None and b is not None and a.name == b.name
    same_day = one.achieved_on is not None and one.achieved_on == other.achieved_on
    return same_document and same_day
