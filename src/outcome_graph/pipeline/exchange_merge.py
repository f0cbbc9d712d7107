"""A result of an IATI file that names a stored record changes what was edited, and nothing else.

Our own exports name the record of each result. An IATI file cannot hold all that a record says, and
says much of an activity that is not of each of its results; so a result is not taken for the
record. The stored record is written as a result and read again: what then equals the result that
came in was not edited and stays as it is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_graph.draft import SourceFile
from outcome_graph.model import OutcomeRecord
from outcome_graph.pipeline.iati_export import activity_file
from outcome_graph.validation.validator import Locations

if TYPE_CHECKING:
    from outcome_graph.pipeline.reading import SourceReader

__all__ = ["is_result", "merge_result"]

#: What a result says of itself; all else is said of its activity.
_OF_RESULT = ("titles", "achievement", "result_type", "measures")


def is_result(locations: Locations) -> bool:
    """Tell whether what names a record by its ID is a result of an IATI file."""
    return any(field == "id" and place.path is not None for field, place in locations)


def merge_result(
    stored: OutcomeRecord, result: OutcomeRecord, reader: SourceReader
) -> OutcomeRecord:
    """Return a stored record with the changes that a result makes to it.

    Parameters:
        stored: the record. result: the result, as a record that was linked. reader: its reader.
    """
    before = _as_result(stored, result.language, reader)
    changes = {
        field: value
        for field in _OF_RESULT
        if (value := getattr(result, field)) != getattr(before, field)
    }
    return stored.with_changes(**changes)


def _as_result(stored: OutcomeRecord, language: str, reader: SourceReader) -> OutcomeRecord:
    """Return a record as a result of a file in a language says it; itself where none can."""
    countries = reader.knowledge.countries
    data = activity_file(stored.with_changes(language=language), reader.minter, countries)
    if data is None:
        return stored
    (item,) = reader.items(SourceFile(f"{stored.id}.xml", data))
    return item.draft.record
