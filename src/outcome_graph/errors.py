"""The errors of Outcome Graph, each with a message written for its user.

The tree::

    OutcomeGraphError
    ├── UsageError              the call itself is wrong                       exit 2, HTTP 400
    ├── SourceError             a source cannot be read at all                 exit 2, HTTP 400
    │   ├── UnsupportedSourceError   its format is none of ours                        HTTP 415
    │   ├── TooLargeError            it is over a stated bound                         HTTP 413
    │   └── NotAResultPageError      text that is no result page                       HTTP 422
    ├── RecordError             a record cannot be made of what was read       exit 1, HTTP 422
    ├── NonConformingError      the shapes refuse it; carries the report       exit 1, HTTP 422
    ├── QueryError              a malformed query or update                    exit 2, HTTP 400
    ├── NotFoundError           no such record, graph, vocabulary              exit 1, HTTP 404
    ├── ConflictError           changed meanwhile (If-Match)                   exit 1, HTTP 409
    ├── VocabularyError         a vocabulary cannot be fetched or is not it    exit 2, HTTP 502
    └── StoreError              the store is not available                     exit 3, HTTP 503
        ├── StoreBusyError           another process owns it / queue is full           HTTP 503
        ├── QueryTimeoutError        a query passed its deadline                       HTTP 503
        ├── QueryMemoryError         a query passed its memory limit                   HTTP 503
        ├── UncertainError           a write was sent, its end is not known            HTTP 503
        └── StoreReadOnlyError       writes are off                                    HTTP 403

``exit_code`` is what the command line ends with; the service keeps its own table of HTTP status
codes (``service/errors.py``). A message says what is wrong, where, and how to mend it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "ConflictError",
    "NonConformingError",
    "NotAResultPageError",
    "NotFoundError",
    "OutcomeGraphError",
    "QueryError",
    "QueryMemoryError",
    "QueryTimeoutError",
    "RecordError",
    "SourceError",
    "StoreBusyError",
    "StoreError",
    "StoreReadOnlyError",
    "TooLargeError",
    "UncertainError",
    "UnsupportedSourceError",
    "UsageError",
    "VocabularyError",
]


class OutcomeGraphError(Exception):
    """The root of every error this package raises on purpose.

    Parameters:
        message: one or two sentences for the user: what, where, how to mend it.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UsageError(OutcomeGraphError):
    """The command or call itself is wrong: an unknown option value, a missing argument."""

    exit_code = 2


class SourceError(OutcomeGraphError):
    """A source cannot be read: not there, empty, binary, in an encoding we cannot tell."""

    exit_code = 2


class UnsupportedSourceError(SourceError):
    """A source is in a format that is none of ours."""


class TooLargeError(SourceError):
    """A source is larger than the stated bound."""


class NotAResultPageError(SourceError):
    """A text was offered as a result page and is none."""


class RecordError(OutcomeGraphError):
    """A record cannot be made: an impossible date, an unknown country code, a missing title.

    Parameters:
        message: the first problem, in words.
        problems: every problem found, each a sentence of its own.
    """

    def __init__(self, message: str, problems: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems) or (message,)


class NonConformingError(OutcomeGraphError):
    """The shapes refuse a record. ``report`` is the ``ValidationReport`` with the reasons."""

    def __init__(self, message: str, report: object = None) -> None:
        super().__init__(message)
        self.report = report


class QueryError(OutcomeGraphError):
    """A query or update is malformed or asks for what is not allowed.

    Parameters:
        message: what is wrong, with line and column where the parser knows them.
        line, column: position in the query text, counted from 1.
    """

    exit_code = 2

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class NotFoundError(OutcomeGraphError):
    """There is no such record, graph, canned query or vocabulary."""


class ConflictError(OutcomeGraphError):
    """What was to be changed has changed meanwhile."""


class VocabularyError(OutcomeGraphError):
    """An external vocabulary cannot be fetched, or is not the one expected."""

    exit_code = 2


class StoreError(OutcomeGraphError):
    """The store is not available: cannot be opened, reached or written."""

    exit_code = 3


class StoreBusyError(StoreError):
    """Another process owns the store, or the queue of queries is full.

    Parameters:
        retry_after: seconds after which another try makes sense.
    """

    def __init__(self, message: str, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class QueryTimeoutError(StoreError):
    """A query passed its deadline and was stopped.

    Parameters:
        deadline: the deadline in seconds.
    """

    def __init__(self, message: str, deadline: float) -> None:
        super().__init__(message)
        self.deadline = deadline


class QueryMemoryError(StoreError):
    """A query needed more memory than a reader may use, and was stopped."""


class UncertainError(StoreError):
    """A write was sent, and the connection ended before it was said what became of it."""


class StoreReadOnlyError(StoreError):
    """The store was opened for reading only."""
