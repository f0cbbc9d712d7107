"""What an engine's refusals and failures mean, in words for people."""

from __future__ import annotations

from contextlib import suppress

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, ReadTimeoutError

from outcome_graph.errors import (
    QueryError,
    StoreBusyError,
    StoreError,
    TooLargeError,
)
from outcome_graph.store.deadlines import Deadline

__all__ = [
    "away",
    "check_status",
    "reason_of",
    "said",
]

#: Bytes of an error's body that are looked at, and characters shown.
_ERROR_BYTES, _ERROR_SHOWN = 4_000, 300


def check_status(
    response: urllib3.BaseHTTPResponse,
    url: str,
    deadline: Deadline | None,
    *,
    users: bool = False,
) -> None:
    """Raise what an HTTP status means."""
    status = response.status
    if 200 <= status < 300:
        return
    text = said(response)
    if status in (401, 403):
        raise StoreError(
            f"The engine at {url} refuses our credentials ({status}). Set "
            "OUTCOME_GRAPH_STORE_USER and OUTCOME_GRAPH_STORE_PASSWORD, or "
            "OUTCOME_GRAPH_STORE_TOKEN, to what it accepts."
        )
    if status in (404, 405, 410) or 300 <= status < 400:
        raise StoreError(
            f"There is no such service at {url} ({status}). Name the engine's addresses with "
            "--store, OUTCOME_GRAPH_UPDATE_URL and OUTCOME_GRAPH_GRAPHS_URL."
        )
    if status == 413:
        raise TooLargeError(f"The engine at {url} refuses a request of this size (413): {text}")
    slow = status in (408, 504) or (status in (500, 503) and "time" in text.lower())
    if users and deadline is not None and slow:
        raise deadline.expired()
    if status in (429, 503):
        after = response.headers.get("Retry-After", "")
        raise StoreBusyError(
            f"The engine at {url} has too much to do ({status}): {text}",
            int(after) if after.isdigit() and len(after) < 5 else 1,
        )
    if users and 400 <= status < 500:
        raise QueryError(f"The engine refuses the query ({status}): {text}")
    raise StoreError(f"The engine at {url} failed ({status}): {text}")


def away(url: str, error: BaseException) -> StoreError:
    """Return the error of an engine that cannot be reached."""
    return StoreError(
        f"The engine at {url} cannot be reached ({reason_of(error)}). "
        "Look whether it runs, and whether the address is right."
    )


def reason_of(error: BaseException) -> str:
    """Say what failed without the object addresses that urllib3 prints."""
    cause = error.__cause__ or error.__context__
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    if isinstance(error, ConnectTimeoutError | ReadTimeoutError):
        return "no answer in time"
    text = str(error.args[-1] if error.args else error)
    return text.split(">: ")[-1][:200] or type(error).__name__


def said(response: urllib3.BaseHTTPResponse) -> str:
    """Return the beginning of an error's body, on one line, and let go of the connection."""
    data = b""
    with suppress(HTTPError, OSError, ValueError):
        data = response.read(_ERROR_BYTES)
    response.close()
    text = " ".join(data.decode("utf-8", "replace").split())
    if text.startswith("<"):
        return "an HTML or XML page"
    return text[:_ERROR_SHOWN] or "no reason given"
