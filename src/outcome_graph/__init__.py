"""Outcome Graph: results achieved, as a validated knowledge graph.

>>> from outcome_graph import OutcomeGraph
>>> with OutcomeGraph.open("my-data") as graph:                       # doctest: +SKIP
...     print(graph.load("data/outcomes").to_text())
...     for row in graph.query("SELECT ?id { ?o a og:Outcome ; dcterms:identifier ?id }"):
...         print(row.id)
"""

from typing import TYPE_CHECKING

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
    UncertainError,
    UnsupportedSourceError,
    UsageError,
    VocabularyError,
)
from outcome_graph.lazy import lazy_names

if TYPE_CHECKING:
    from outcome_graph.draft import SourceFile
    from outcome_graph.model import OutcomeRecord
    from outcome_graph.pipeline import (
        LoadedRecord,
        LoadSummary,
        OutcomeGraph,
        Refusal,
        RestoredRecord,
        Results,
        Row,
        Undone,
    )
    from outcome_graph.settings import Settings
    from outcome_graph.validation import ValidationReport
    from outcome_graph.version import __version__

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
    "RestoredRecord",
    "Results",
    "Row",
    "Settings",
    "SourceError",
    "SourceFile",
    "StoreBusyError",
    "StoreError",
    "StoreReadOnlyError",
    "TooLargeError",
    "UncertainError",
    "Undone",
    "UnsupportedSourceError",
    "UsageError",
    "ValidationReport",
    "VocabularyError",
    "__version__",
]

#: A process that needs none of these (a reader, `outcome-graph token`) starts in a fifth of the
#: time.
__getattr__ = lazy_names(
    __name__,
    {
        "outcome_graph.draft": ("SourceFile",),
        "outcome_graph.model": ("OutcomeRecord",),
        "outcome_graph.pipeline": (
            "LoadSummary",
            "LoadedRecord",
            "OutcomeGraph",
            "Refusal",
            "RestoredRecord",
            "Results",
            "Row",
            "Undone",
        ),
        "outcome_graph.settings": ("Settings",),
        "outcome_graph.validation": ("ValidationReport",),
        "outcome_graph.version": ("__version__",),
    },
)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
