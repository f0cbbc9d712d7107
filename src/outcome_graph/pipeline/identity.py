"""Which record a result belongs to: the same result replaces its record, another gets its own id.

A Country Programme Outcome code is a durable objective with many results, so code, biennium and
indicator may be shared. The contract: "a date or counter is appended when two results share these
three".
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterator
from datetime import date
from itertools import count
from typing import TypeAlias

from outcome_graph.model import OutcomeRecord, Text

__all__ = [
    "ToldAs",
    "free_identity",
    "is_same_result",
    "settle_identity",
    "told_as",
    "told_digest",
]

#: What tells results of one id apart: titles, day, year, first and last day.
ToldAs: TypeAlias = tuple[frozenset[Text], date | None, int | None, date | None, date | None]


def settle_identity(
    record: OutcomeRecord,
    lookup: Callable[[str], OutcomeRecord | None],
    beside: Container[str] = (),
) -> OutcomeRecord:
    """Give a record the id it is to be stored under.

    Parameters:
        record: the record with the id its own values give.
        lookup: returns the stored (or just accepted) record of an id, None when it is free.
        beside: ids of what the same document tells beside it. They are other results, whatever
            they have in common: what a document says twice is not corrected by it.
    """
    chosen = None
    for candidate in _ids(record):
        holder = lookup(candidate)
        if holder is None:
            chosen = chosen or candidate
            break
        if told_as(holder) == told_as(record) and is_same_result(holder, record):
            chosen = candidate
            break
        if chosen is None and candidate not in beside and is_same_result(holder, record):
            chosen = candidate
    assert chosen is not None, "counters never end"
    return record if chosen == record.id else record.with_changes(id=chosen)


def free_identity(record: OutcomeRecord, taken: Container[str]) -> OutcomeRecord:
    """Give a record an id of its own, where there is no store to look into.

    Parameters:
        taken: ids of other results.
    """
    free = next(candidate for candidate in _ids(record) if candidate not in taken)
    return record if free == record.id else record.with_changes(id=free)


def told_as(record: OutcomeRecord) -> ToldAs:
    """Return by what a document tells a result from others that have the same id."""
    return (
        frozenset(record.titles),
        record.achieved_on,
        record.achieved_in,
        record.period_start,
        record.period_end,
    )


def _ids(record: OutcomeRecord) -> Iterator[str]:
    yield record.id
    if record.achieved_on is not None:
        yield f"{record.id}-{record.achieved_on.isoformat()}"
    for number in count(2):
        yield f"{record.id}-{number}"


def told_digest(record: OutcomeRecord) -> bytes:
    """Return a digest of a record's id and of what it is `told_as`."""
    titles, *days = told_as(record)
    said = repr((record.id, sorted((t.value, t.language) for t in titles), days))
    return hashlib.blake2b(said.encode(), digest_size=16).digest()


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
