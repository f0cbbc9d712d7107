"""The use cases: read → link → map → validate → commit, and asking what was committed.

The command line and the service call this package and nothing below it orders work.
"""

from typing import TYPE_CHECKING

from outcome_graph.lazy import lazy_names

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
    from outcome_graph.pipeline.undoing import Undone

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
    "Undone",
    "canned_queries",
    "canned_query",
    "record_history",
    "restore_store",
    "suggester_for",
    "template",
    "write_records",
]

#: So that a command that runs a query does not wait for what reads spreadsheets.
__getattr__ = lazy_names(
    __name__,
    {
        "outcome_graph.linking.suggesting": ("Suggester", "Suggestion"),
        "outcome_graph.pipeline.backups": ("Backup", "RestoredStore", "restore_store"),
        "outcome_graph.pipeline.canned": ("CannedQuery", "canned_queries", "canned_query"),
        "outcome_graph.pipeline.export": ("CONVERT_FORMATS", "EXPORT_FORMATS", "write_records"),
        "outcome_graph.pipeline.graph": ("OutcomeGraph",),
        "outcome_graph.pipeline.reading": ("Conversion", "SourceReader"),
        "outcome_graph.pipeline.restoring": ("RecordRevision", "RestoredRecord", "record_history"),
        "outcome_graph.pipeline.undoing": ("Undone",),
        "outcome_graph.pipeline.results": ("Results", "Row"),
        "outcome_graph.pipeline.suggesting": ("suggester_for",),
        "outcome_graph.pipeline.summary": ("LoadSummary", "LoadedRecord", "Refusal"),
        "outcome_graph.pipeline.table_export": ("TABLE_FORMATS", "template"),
    },
)
