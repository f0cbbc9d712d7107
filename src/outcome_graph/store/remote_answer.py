"""Answers of a remote engine, within our own bounds and in our own formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph

from outcome_graph.errors import OutcomeGraphError, StoreError
from outcome_graph.rdf import RdfFormat, parse
from outcome_graph.store.base import QueryRequest
from outcome_graph.store.evaluation import LocalAnswer
from outcome_graph.store.remote_http import Body

__all__ = ["RemoteAnswer", "results_of"]


def results_of(body: Body, form: str) -> Any:
    """Return solutions, a yes or no, or triples, that are read as they are used.

    Raises:
        StoreError: the engine's answer is not what it should be.
    """
    try:
        if form == "CONSTRUCT":
            return (quad.triple for quad in parse(body.file(), format=RdfFormat.N_TRIPLES))
        return pyoxigraph.parse_query_results(
            body.file(), format=pyoxigraph.QueryResultsFormat.JSON
        )
    except (SyntaxError, ValueError) as error:
        body.close()
        raise _garbled(error) from error
    except BaseException:
        body.close()
        raise


class RemoteAnswer(LocalAnswer):
    """An answer that is read from the engine as it is asked for.

    Parameters:
        body: its beginning has come.
        form: SELECT, ASK or CONSTRUCT.
        request: the query; its bounds and formats.
        revision: what it is an answer from.
    """

    def __init__(self, body: Body, form: str, request: QueryRequest, revision: int) -> None:
        self._body = body
        try:
            super().__init__(results_of(body, form), request, revision)
        except BaseException:
            body.close()
            raise

    def chunks(self) -> Iterator[bytes]:
        """Yield the serialised answer piece by piece.

        Raises:
            QueryTimeoutError: the deadline passed.
            StoreError: the engine broke off, or what it sends is malformed.
        """
        try:
            yield from self._chunks
        except (OutcomeGraphError, GeneratorExit):
            raise
        except (SyntaxError, ValueError) as error:
            raise _garbled(error) from error
        finally:
            self._body.close()

    def close(self) -> None:
        """Give up the rest of the answer."""
        super().close()
        self._body.close()


def _garbled(error: Exception) -> StoreError:
    return StoreError(
        f"The engine's answer is not well formed or breaks off: {str(error)[:200]}. "
        "Look into the engine's log."
    )
