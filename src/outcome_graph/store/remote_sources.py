"""Source documents kept in the engine, where no folder is named for them."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from outcome_graph.errors import NotFoundError, StoreError, TooLargeError
from outcome_graph.store.remote_layout import SOURCES, Term, source_node

__all__ = ["EngineSources"]

_DIGEST = re.compile(r"[0-9a-f]{64}")


class EngineSources:
    """Documents by digest, deflated, in a graph that queries do not meet.

    Parameters:
        select: runs a SELECT query on the engine.
        update: runs an update on it.
        update_bytes: size of one update request.
    """

    def __init__(
        self,
        select: Callable[[str], Iterator[Any]],
        update: Callable[[str], None],
        update_bytes: int,
    ) -> None:
        self._select, self._update = select, update
        self._update_bytes = update_bytes

    def keep(self, data: bytes) -> str:
        """Keep a document and return its digest.

        Raises:
            TooLargeError: it does not fit into one request.
            StoreError: the engine failed.
        """
        digest = hashlib.sha256(data).hexdigest()
        text = base64.b64encode(zlib.compress(data)).decode()
        if len(text) > self._update_bytes:
            raise TooLargeError(
                f"A source document of {len(data):,} bytes does not fit into one request to the "
                "engine. Name a folder for source documents with OUTCOME_GRAPH_SOURCES_FOLDER."
            )
        # Said twice it is the same, so that a lost answer does no harm.
        statement = f'{source_node(digest)} {Term.DATA} "{text}"'
        self._update(f"INSERT DATA {{ GRAPH {SOURCES} {{ {statement} }} }}")
        return digest

    def keep_all(self, documents: Iterable[bytes]) -> list[str]:
        """Keep documents and return their digests in their order."""
        return [self.keep(data) for data in documents]

    def read(self, sha256: str) -> bytes:
        """Return a document.

        Raises:
            NotFoundError: it is not kept here.
            StoreError: it is not what it was when it was kept.
        """
        if not _DIGEST.fullmatch(sha256):
            raise NotFoundError(f"{sha256[:80]!r} is no SHA-256 digest (64 hexadecimal digits).")
        pattern = f"GRAPH {SOURCES} {{ {source_node(sha256)} {Term.DATA} ?data }}"
        for row in self._select(f"SELECT ?data {{ {pattern} }}"):
            data = zlib.decompress(base64.b64decode(row[0].value))
            if hashlib.sha256(data).hexdigest() == sha256:
                return data
            raise StoreError(
                f"The kept source document {sha256} was changed or damaged. Restore a backup."
            )
        raise NotFoundError(f"No source document {sha256} is kept here.")
