"""Outcome Graph: results achieved, as a validated knowledge graph.

>>> from outcome_graph import OutcomeGraph
>>> with OutcomeGraph.open("my-data") as graph:                       # doctest: +SKIP
...     print(graph.load("data/outcomes").to_text())
...     for row in graph.query("SELECT ?id { ?o a og:Outcome ; dcterms:identifier ?id }"):
...         print(row.id)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
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

    __version__: str

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

#: Where the other names come from. They are imported when first asked for: a process that needs
#: none of them (a reader, `outcome-graph token`) starts in a fifth of the time.
_HOMES = {
    "SourceFile": "outcome_graph.draft",
    "OutcomeRecord": "outcome_graph.model",
    "LoadSummary": "outcome_graph.pipeline",
    "LoadedRecord": "outcome_graph.pipeline",
    "OutcomeGraph": "outcome_graph.pipeline",
    "Refusal": "outcome_graph.pipeline",
    "Results": "outcome_graph.pipeline",
    "Row": "outcome_graph.pipeline",
    "Settings": "outcome_graph.settings",
    "ValidationReport": "outcome_graph.validation",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for (PEP 562)."""
    if name == "__version__":
        value: Any = _installed_version()
    elif name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _installed_version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("outcome-graph")
    except PackageNotFoundError:  # running from a checkout that was not installed
        return "0.0.0"
