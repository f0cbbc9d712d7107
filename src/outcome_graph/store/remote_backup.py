"""A safety copy of a remote store as a store in a folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from outcome_graph.errors import StoreError
from outcome_graph.rdf import Quad, RdfFormat, serialize
from outcome_graph.store.embedded import EmbeddedStore
from outcome_graph.store.layout import demand_empty

__all__ = ["write_backup"]

_BATCH = 10_000
#: Source documents in memory at a time.
_TOGETHER = 100


def write_backup(target: Path, quads: Iterable[Quad], sources: Iterable[bytes]) -> None:
    """Write statements and source documents as an embedded store of one revision.

    Raises:
        StoreError: the target exists and is not empty, or cannot be written.
    """
    demand_empty(target)
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "backup.nq"
            with file.open("wb") as out:
                left = iter(quads)
                while batch := list(islice(left, _BATCH)):
                    out.write(serialize(batch, format=RdfFormat.N_QUADS) or b"")
            store = EmbeddedStore(target, create=True)
            try:
                reason = "backup of a remote engine"
                store.bulk_load(file, "application/n-quads", reason=reason, agent="backup")
                waiting = iter(sources)
                while some := list(islice(waiting, _TOGETHER)):
                    store.keep_sources(some)
            finally:
                store.close()
    except OSError as error:
        raise StoreError(f"The backup {target} cannot be written: {error}.") from error
