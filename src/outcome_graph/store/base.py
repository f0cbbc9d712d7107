"""The store protocol: what every engine offers, embedded or remote.

Isolation, for every implementation:

- A *commit* replaces whole named graphs, all or nothing; each commit makes one new revision
  (1, 2, 3 …; 0 is the empty store) and one entry of the journal.
- A query sees exactly one revision from its first row to its last (repeatable read), which
  its `Answer` names. Embedded in-process queries see the newest revision; queries answered by
  reader processes see one at most one coalescing interval old unless ``min_revision`` asks for
  more. A remote engine promises what it itself promises; the revision is then the service's count.
- The default graph of a query, and of an update's WHERE, is the union of all graphs, as a set: a
  triple that stands in several graphs is counted once. The protocol's
  ``default-graph-uri``/``named-graph-uri`` or the query's own ``FROM`` may say otherwise.
- A graph that holds no triple does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, runtime_checkable

from outcome_graph.rdf import NamedNode, Term, Triple

if TYPE_CHECKING:
    from outcome_graph.store.checking import UpdateCheck
    from outcome_graph.store.patch import Patch

__all__ = [
    "Answer",
    "AnswerFormats",
    "AnswerKind",
    "Commit",
    "GraphChange",
    "JournalEntry",
    "QueryRequest",
    "Store",
    "UpdateRequest",
]

AnswerKind: TypeAlias = Literal["solutions", "boolean", "graph"]


@dataclass(frozen=True, slots=True)
class AnswerFormats:
    """The media type wanted for each kind of answer; None where none is acceptable.

    Kinds are known only once the query is parsed, so all three are negotiated beforehand.
    """

    solutions: str | None = "application/sparql-results+json"
    boolean: str | None = "application/sparql-results+json"
    graph: str | None = "application/n-triples"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRequest:
    """One query with all that belongs to it.

    Parameters:
        sparql: the query text.
        formats: serialisations wanted.
        bindings: values for variables of the query, bound as terms (never pasted into the text).
        default_graphs, named_graphs: the protocol's dataset (SPARQL 1.1 Protocol, 2.1.4); both
            None for the union of all graphs or the query's own dataset.
        base_iri: what relative IRIs are resolved against.
        deadline: seconds the query may take, None for the store's own limit.
        min_revision: answer from this revision or a later one.
        max_rows, max_bytes: bounds of the answer; hitting one sets ``Answer.truncated``.
    """

    sparql: str
    formats: AnswerFormats = field(default_factory=AnswerFormats)
    bindings: Mapping[str, Term] = field(default_factory=dict)
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base_iri: str | None = None
    deadline: float | None = None
    min_revision: int | None = None
    max_rows: int | None = None
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRequest:
    """One SPARQL 1.1 update with all that belongs to it.

    Parameters:
        sparql: the update.
        using_graphs, using_named_graphs: the protocol's dataset for its WHERE (SPARQL 1.1 Protocol,
            2.2.3); both None for none.
        base_iri: what relative IRIs are resolved against.
        deadline: seconds that it may take to work out and check, None for the store's own limit.
    """

    sparql: str
    using_graphs: tuple[str, ...] | None = None
    using_named_graphs: tuple[str, ...] | None = None
    base_iri: str | None = None
    deadline: float | None = None


class Answer(Protocol):
    """The answer to a query: bytes in the format that was asked for its kind.

    Close it, or use it as a context manager: an answer that is not read to its end holds a reader.
    """

    kind: AnswerKind
    media_type: str
    revision: int

    @property
    def truncated(self) -> str | None:
        """The bound that was hit, in words; known when the chunks are exhausted."""
        ...

    def chunks(self) -> Iterator[bytes]:
        """Yield the serialised answer piece by piece.

        Raises:
            QueryTimeoutError, QueryMemoryError: the query was stopped while it streamed.
        """
        ...

    def close(self) -> None:
        """Give up the rest of the answer."""
        ...

    def __enter__(self) -> Answer: ...

    def __exit__(self, *exc: object) -> None: ...


@dataclass(frozen=True, slots=True)
class GraphChange:
    """What a named graph is to hold after a commit.

    Parameters:
        graph: its IRI; None for the default graph.
        triples: all its triples; None to drop the graph.
    """

    graph: NamedNode | None
    triples: Sequence[Triple] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """Changes of whole graphs that become visible together, and why.

    Parameters:
        changes: at most one per graph.
        reason: why, in words ("load LAO226….txt").
        agent: who ("cli", or a token's name).
        sources: digests (SHA-256) of the source documents behind it.
        group: the same for all commits of one load, in whichever store; "" for one by itself.
    """

    changes: tuple[GraphChange, ...]
    reason: str
    agent: str
    sources: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One commit as the journal keeps it.

    Parameters:
        revision: the revision it made.
        time: when, ISO 8601 in UTC with seconds or finer.
        agent, reason, sources, group: as in `Commit`.
        graphs: IRIs of the graphs it changed.
        removed, added: how many quads.
    """

    revision: int
    time: str
    agent: str
    reason: str
    sources: tuple[str, ...]
    graphs: tuple[str, ...]
    removed: int
    added: int
    group: str = ""

    def facts(self) -> dict[str, Any]:
        """Return it as plain values, of which `from_facts` makes it again."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> JournalEntry:
        """Make an entry of its `facts`, also when JSON has made lists of their tuples."""
        lists = {name: tuple(facts[name]) for name in ("sources", "graphs")}
        known = {name: facts[name] for name in cls.__slots__ if name in facts}
        return cls(**{**known, **lists})

    def as_data(self) -> dict[str, Any]:
        """Return what is told of it to who asks for a graph's history, as plain values."""
        return {
            "revision": self.revision,
            "time": self.time,
            "agent": self.agent,
            "reason": self.reason,
            "removed": self.removed,
            "added": self.added,
            "sources": list(self.sources),
            "group": self.group,
        }


@runtime_checkable
class Store(Protocol):
    """A quad store with revisions. See the module's docstring for isolation."""

    #: Whether writes are refused.
    read_only: bool

    def query(self, request: QueryRequest) -> Answer:
        """Answer a query.

        Raises:
            QueryError: the query is malformed, or asks for what is not allowed (SERVICE).
            QueryTimeoutError, QueryMemoryError: it was stopped.
            StoreBusyError: the queue is full.
        """
        ...

    def update(
        self,
        request: UpdateRequest,
        *,
        reason: str,
        agent: str,
        check: UpdateCheck | None = None,
        writing: AbstractContextManager[Any] | None = None,
    ) -> int:
        """Run an update as one commit and return the revision it made.

        Parameters:
            check: judges what would be in the graphs that change; None commits unseen.
            writing: a lock of other writers, held while it is checked and committed; it need not
                be held while it is worked out.

        Raises:
            QueryError: it is malformed, or asks for what is not allowed (LOAD, SERVICE).
            QueryTimeoutError, QueryMemoryError: it was stopped; nothing was changed.
        """
        ...

    def commit(self, commit: Commit) -> int:
        """Replace graphs, all or nothing, and return the new revision.

        Nothing is journalled, and the present revision is returned, when nothing would change.
        """
        ...

    def bulk_load(self, path: Path, media_type: str, *, reason: str, agent: str) -> int:
        """Load ready RDF at the engine's own speed as one commit; return the new revision."""
        ...

    def graph(self, graph: NamedNode | None) -> list[Triple]:
        """Return the triples of a named graph (None: the default graph); [] if there is none."""
        ...

    def graph_names(self) -> list[str]:
        """Return the IRIs of all named graphs, sorted."""
        ...

    def has_graph(self, graph: NamedNode) -> bool:
        """Tell whether a named graph holds any triple."""
        ...

    def revision(self) -> int:
        """Return the newest revision."""
        ...

    def history(self, graph: NamedNode | None = None) -> Iterable[JournalEntry]:
        """Yield the journal, oldest first; only entries that changed ``graph`` when given."""
        ...

    def patch(
        self, revision: int, graph: NamedNode | None = None
    ) -> tuple[JournalEntry, Patch | None]:
        """Return what a revision removed and added (None: a bulk load, only counted).

        Parameters:
            graph: only what it removed from this graph and added to it.

        Raises:
            NotFoundError: there is no such revision.
        """
        ...

    def keep_source(self, data: bytes) -> str:
        """Keep a source document, content-addressed, and return its SHA-256."""
        ...

    def keep_sources(self, documents: Sequence[bytes]) -> list[str]:
        """Keep source documents that come together; return their digests in their order."""
        ...

    def source(self, sha256: str) -> bytes:
        """Return a kept source document.

        Raises:
            NotFoundError: it is not kept here.
        """
        ...

    def dump(self, media_type: str = "application/n-quads") -> Iterator[bytes]:
        """Yield everything, serialised, from one revision."""
        ...

    def statistics(self) -> dict[str, Any]:
        """Return counts: quads, graphs, revision, bytes on disk where known."""
        ...

    def backup(self, target: Path) -> None:
        """Write a safety copy that `open_store` can open.

        Raises:
            StoreError: the target exists and is not empty, or cannot be written.
        """
        ...

    def close(self) -> None:
        """Finish writing and let go of the store."""
        ...
