"""The use cases: read → link → map → validate → commit, and asking what was committed.

The command line and the service call this package and nothing below it orders work.
"""

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
