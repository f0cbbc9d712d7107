"""What another format says of a stored record changes what was edited there, and nothing else.

Results of our IATI files, and outcomes of our CIDS files, name their records. Such a file cannot
hold all that a record says, so what it says is not taken for the record. The stored record is
written in the format and read again: what then equals what came in was not edited and stays as it
is stored. Rows of tables are merged in `table_merge`, which knows columns.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from outcome_graph.draft import SourceFile
from outcome_graph.mapping import record_to_cids
from outcome_graph.model import Contribution, Organisation, OutcomeRecord
from outcome_graph.pipeline.iati_export import activity_file
from outcome_graph.pipeline.prepared import Reading

if TYPE_CHECKING:
    from outcome_graph.pipeline.reading import SourceReader

__all__ = ["is_exchanged", "merge_exchanged"]

_T = TypeVar("_T")

#: What a result of an IATI file says of itself; all else is said of its activity.
_OF_RESULT: tuple[str, ...] = ("titles", "achievement", "result_type", "measures")
#: What CIDS has terms for.
_OF_OUTCOME: tuple[str, ...] = (
    *("titles", "achievement", "visibility", "country", "region", "recipients"),
    *("achieved_on", "achieved_in", "period_start", "period_end"),
    *("contribution", "funders", "constituents", "reporting_organisation"),
    *("sdg_goals", "sdg_targets", "sdg_indicators", "measures"),
)


def is_exchanged(reading: Reading) -> bool:
    """Tell whether what names a record by its ID is no row of a table but a part of a tree."""
    return _path(reading) is not None


def merge_exchanged(stored: OutcomeRecord, reading: Reading, reader: SourceReader) -> OutcomeRecord:
    """Return a stored record with the changes that a result or an outcome makes to it.

    Parameters:
        stored: the record. reading: the result or outcome, linked. reader: its reader.
    """
    came = reading.record
    if (_path(reading) or "").startswith("iati-activity"):
        fields, before = _OF_RESULT, _as_result(stored, came, reader)
    else:
        fields, before = _OF_OUTCOME, _as_outcome(stored, reader)
    changes = {}
    for field in fields:
        was, now = getattr(before, field), getattr(came, field)
        if was != now:
            changes[field] = _changed(field, getattr(stored, field), was, now)
    return stored.with_changes(**changes)


def _path(reading: Reading) -> str | None:
    return next((place.path for field, place in reading.locations if field == "id"), None)


def _as_result(stored: OutcomeRecord, came: OutcomeRecord, reader: SourceReader) -> OutcomeRecord:
    """Return a record as a result of a file like the one that came says it; itself if none can."""
    spoken = stored.with_changes(language=came.language)
    reporter, countries = came.reporting_organisation, reader.knowledge.countries
    data = activity_file(spoken, reader.minter, countries, reporter)
    return stored if data is None else _read(data, f"{stored.id}.xml", reader)


def _as_outcome(stored: OutcomeRecord, reader: SourceReader) -> OutcomeRecord:
    document = json.dumps(record_to_cids(stored, reader.minter))
    return _read(document.encode(), f"{stored.id}.jsonld", reader)


def _read(data: bytes, name: str, reader: SourceReader) -> OutcomeRecord:
    (item,) = reader.items(SourceFile(name, data))
    return item.draft.record


def _changed(field: str, stored: Any, before: Any, now: Any) -> Any:
    """Return a field's value now, with what the format does not hold of what was not edited."""
    match field:
        case "measures":
            return _kept(stored, before, now)
        case "funders" | "constituents":
            return _bodies(stored, now)
        case "contribution" if stored is not None:
            bodies = _bodies(stored.contributors, now.contributors) if now else ()
            return Contribution(bodies, stored.narrative, stored.activities)
    return now


def _kept(stored: Sequence[_T], before: Sequence[_T], now: Sequence[_T]) -> tuple[_T, ...]:
    """Keep the stored items whose like was not edited, wherever it stands now."""
    if len(stored) != len(before):
        return tuple(now)
    left = list(zip(before, stored, strict=True))
    kept = []
    for item in now:
        pair = next((pair for pair in left if pair[0] == item), None)
        if pair is not None:
            left.remove(pair)
        kept.append(item if pair is None else pair[1])
    return tuple(kept)


def _bodies(
    stored: Sequence[Organisation], now: Sequence[Organisation]
) -> tuple[Organisation, ...]:
    """Keep organisations as they are stored where they are named again."""
    known = {body.slug: body for body in stored}
    return tuple(known.get(body.slug, body) for body in now)
