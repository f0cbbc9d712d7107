"""The use cases: read → link → map → validate → commit, and asking what was committed.

The command line and the service call this package and nothing below it orders work.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from outcome_graph.linking.suggesting import Suggester, Suggestion
    from outcome_graph.pipeline.backups import Backup, RestoredStore, restore_store
    from outcome_graph.pipeline.canned import CannedQuery, canned_queries, canned_query
    from outcome_graph.pipeline.export import CONVERT_FORMATS, EXPORT_FORMATS, write_records
    from outcome_graph.pipeline.graph import OutcomeGraph
    from outcome_graph.pipeline.reading import Conversion, SourceReader
    from outcome_graph.pipeline.restoring import RecordRevision, RestoredRecord, record_history
    from outcome_graph.pipeline.results import Results, Row
    from outcome_graph.pipeline.suggesting import suggester_for
    from outcome_graph.pipeline.summary import LoadedRecord, LoadSummary, Refusal
    from outcome_graph.pipeline.table_export import TABLE_FORMATS, template

__all__ = [
    "CONVERT_FORMATS",
    "EXPORT_FORMATS",
    "TABLE_FORMATS",
    "Backup",
    "CannedQuery",
    "Conversion",
    "LoadSummary",
    "LoadedRecord",
    "OutcomeGraph",
    "RecordRevision",
    "Refusal",
    "RestoredRecord",
    "RestoredStore",
    "Results",
    "Row",
    "SourceReader",
    "Suggester",
    "Suggestion",
    "canned_queries",
    "canned_query",
    "record_history",
    "restore_store",
    "suggester_for",
    "template",
    "write_records",
]

#: Where each name comes from: imported when first asked for, so that a command that runs a query
#: does not wait for what reads spreadsheets.
_HOMES = {
    "Backup": "outcome_graph.pipeline.backups",
    "CONVERT_FORMATS": "outcome_graph.pipeline.export",
    "CannedQuery": "outcome_graph.pipeline.canned",
    "Conversion": "outcome_graph.pipeline.reading",
    "EXPORT_FORMATS": "outcome_graph.pipeline.export",
    "LoadSummary": "outcome_graph.pipeline.summary",
    "LoadedRecord": "outcome_graph.pipeline.summary",
    "OutcomeGraph": "outcome_graph.pipeline.graph",
    "RecordRevision": "outcome_graph.pipeline.restoring",
    "Refusal": "outcome_graph.pipeline.summary",
    "RestoredRecord": "outcome_graph.pipeline.restoring",
    "RestoredStore": "outcome_graph.pipeline.backups",
    "Results": "outcome_graph.pipeline.results",
    "Row": "outcome_graph.pipeline.results",
    "SourceReader": "outcome_graph.pipeline.reading",
    "Suggester": "outcome_graph.linking.suggesting",
    "Suggestion": "outcome_graph.linking.suggesting",
    "TABLE_FORMATS": "outcome_graph.pipeline.table_export",
    "canned_queries": "outcome_graph.pipeline.canned",
    "canned_query": "outcome_graph.pipeline.canned",
    "record_history": "outcome_graph.pipeline.restoring",
    "restore_store": "outcome_graph.pipeline.backups",
    "suggester_for": "outcome_graph.pipeline.suggesting",
    "template": "outcome_graph.pipeline.table_export",
    "write_records": "outcome_graph.pipeline.export",
}


def __getattr__(name: str) -> Any:
    """Import a name of this package when it is first asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value
