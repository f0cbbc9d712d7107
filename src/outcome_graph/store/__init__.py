"""The store: named graphs of quads, their revisions, their journal.

`open_store` opens one; `base.Store` says what every store offers.
"""

from typing import TYPE_CHECKING

from outcome_graph.lazy import lazy_names
from outcome_graph.store.base import (
    Answer,
    AnswerFormats,
    AnswerKind,
    Commit,
    GraphChange,
    JournalEntry,
    QueryRequest,
    Store,
    UpdateRequest,
)
from outcome_graph.store.embedded import EmbeddedStore
from outcome_graph.store.open import open_store
from outcome_graph.store.patch import Patch
from outcome_graph.store.remote_addresses import is_address

if TYPE_CHECKING:
    from outcome_graph.store.readers import ReaderPool
    from outcome_graph.store.remote import RemoteStore

__all__ = [
    "Answer",
    "AnswerFormats",
    "AnswerKind",
    "Commit",
    "EmbeddedStore",
    "GraphChange",
    "JournalEntry",
    "Patch",
    "QueryRequest",
    "ReaderPool",
    "RemoteStore",
    "Store",
    "UpdateRequest",
    "is_address",
    "open_store",
]

#: What speaks to engines, and what starts readers, takes longer to import than a query runs.
__getattr__ = lazy_names(
    __name__,
    {
        "outcome_graph.store.readers": ("ReaderPool",),
        "outcome_graph.store.remote": ("RemoteStore",),
    },
)
