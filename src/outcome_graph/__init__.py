"""Outcome Graph: results achieved, as a validated knowledge graph.

>>> from outcome_graph import OutcomeGraph
>>> with OutcomeGraph.open("my-data") as graph:                       # doctest: +SKIP
...     print(graph.load("data/outcomes").to_text())
...     for row in graph.query("SELECT ?id { ?o a og:Outcome ; dcterms:identifier ?id }"):
...         print(row.id)
"""

from importlib.metadata import PackageNotFoundError, version

from outcome_graph.errors import (
    ConflictError,
    NonConformingError,
    NotAResultPageError,
    NotFoundError,
    OutcomeGraphError,
    QueryError,
    QueryMemoryError,
    QueryTimeoutError,
    RecordError,
    SourceError,
    StoreBusyError,
    StoreError,
    StoreReadOnlyError,
    TooLargeError,
    UnsupportedSourceError,
    UsageError,
    VocabularyError,
)

try:
    __version__ = version("outcome-graph")
except PackageNotFoundError:  # running from a checkout that was not installed
    __version__ = "0.0.0"

from outcome_graph.draft import SourceFile
from outcome_graph.model import OutcomeRecord
from outcome_graph.pipeline import (
    LoadedRecord,
    LoadSummary,
    OutcomeGraph,
    Refusal,
    Results,
    Row,
)
from outcome_graph.settings import Settings
from outcome_graph.validation import ValidationReport

__all__ = [
    "ConflictError",
    "LoadSummary",
    "LoadedRecord",
    "NonConformingError",
    "NotAResultPageError",
    "NotFoundError",
    "OutcomeGraph",
    "OutcomeGraphError",
    "OutcomeRecord",
    "QueryError",
    "QueryMemoryError",
    "QueryTimeoutError",
    "RecordError",
    "Refusal",
    "Results",
    "Row",
    "Settings",
    "SourceError",
    "SourceFile",
    "StoreBusyError",
    "StoreError",
    "StoreReadOnlyError",
    "TooLargeError",
    "UnsupportedSourceError",
    "UsageError",
    "ValidationReport",
    "VocabularyError",
    "__version__",
]
