"""The journal: one RDF Patch per revision, in append-only files.

It is the history people ask for and the store's write-ahead log. An entry is made durable before
the engine is touched; what the engine lost in a crash is applied again from here when the store is
opened (applying a patch twice is harmless).

Files are named by the first revision in them (``000000000001.rdfp``); a new one is begun at 64 MB.
An entry, after https://afs.github.io/rdf-delta/rdf-patch.html::

    H revision "42"^^<http://www.w3.org/2001/XMLSchema#integer> .
    H time "2026-03-01T09:30:00.123Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
    H agent "cli" .
    H reason "load LAO226.txt" .
    H source "5e88…" .              one line each
    H group "0c1f…" .               the same for all commits of one load; not always there
    H graph <https://…/record/X> .  one line each; "default" for the default graph
    H removed "0"^^… .
    H added "81"^^… .
    H kind "patch" .                or "bulk": what was added is counted, not listed
    H bytes "9120"^^… .             of what follows, for skipping and to find torn entries
    H crc32 "1c291ca3" .
    TX .
    D <s> <p> <o> <g> .
    A <s> <p> <o> <g> .
    TC .
"""

from __future__ import annotations

import hashlib
import os
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from outcome_graph.errors import NotFoundError, StoreError
from outcome_graph.rdf import Literal, NamedNode, RdfFormat, Triple, parse
from outcome_graph.store.base import JournalEntry
from outcome_graph.store.layout import sync_folder
from outcome_graph.store.patch import Patch, patch_lines, read_patch

__all__ = ["Journal", "Position"]

SEGMENT_BYTES = 64_000_000

_XSD = "http://www.w3.org/2001/XMLSchema#"
_HEADER = "urn:outcome-graph:journal:"
_SUBJECT = NamedNode(_HEADER + "entry")
_BEGIN, _END = b"TX .\n", b"TC .\n"
_OFFSET_BITS = 40


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the journal: the file (its first revision) and the offset in it."""

    segment: int = 1
    offset: int = 0


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of an entry, and where its parts lie."""

    entry: JournalEntry
    bulk: bool
    start: Position
    body: int
    size: int
    crc32: str

    @property
    def end(self) -> Position:
        return Position(self.start.segment, self.body + self.size)


class _TornError(Exception):
    """An entry is not complete."""


class Journal:
    """The journal of one store. One thread appends at a time; any thread may read.

    Parameters:
        folder: where its files lie.
        known: a position known to lie between entries, and the revision before it: what lies
            before need not be read when opening.
        repair: cut off an entry that a crash left incomplete at the very end.

    Raises:
        StoreError: it is damaged elsewhere than at its end, or cannot be read.
    """

    def __init__(
        self,
        folder: Path,
        *,
        known: Position | None = None,
        known_revision: int = 0,
        repair: bool = True,
    ) -> None:
        self.folder = folder
        self.end = known or Position()
        self.last_revision = known_revision
        #: Whether an incomplete entry was found at the end.
        self.torn = False
        self._segments = self._list_segments()
        self._graphs = array("Q")
        self._places = array("Q")
        self._indexed: Position | None = None
        self._before: tuple[Position, int] | None = None
        #: The revision after the one whose patch was read last, and where it stands: patches are
        #: read one after the other.
        self._after: tuple[int, Position] | None = None
        for head in self._heads(self.end, tail=True):
            self.end, self.last_revision = head.end, head.entry.revision
        if self.torn and repair:
            self._cut(self.end)
            self.torn = False

    def _list_segments(self) -> list[int]:
        try:
            names = [p.stem for p in self.folder.glob("*.rdfp")]
        except OSError as error:
            raise StoreError(f"The journal {self.folder} cannot be read: {error}.") from error
        return sorted(int(name) for name in names if name.isdigit())

    def _path(self, segment: int) -> Path:
        return self.folder / f"{segment:012}.rdfp"

    # -- writing --------------------------------------------------------------------------------

    def append(self, entry: JournalEntry, patch: Patch, *, bulk: bool = False) -> None:
        """Add an entry; it is on the disk when this returns.

        Raises:
            StoreError: it cannot be written; the journal is as before.
        """
        segment, offset = self.end.segment, self.end.offset
        if offset >= SEGMENT_BYTES:
            segment, offset = entry.revision, 0
        path = self._path(segment)
        data = _entry_bytes(entry, patch, bulk=bulk)
        try:
            new = not path.exists()
            with path.open("ab", buffering=0) as file:
                try:
                    _write_all(file, data)
                    os.fdatasync(file.fileno())
                except BaseException:
                    file.truncate(offset)
                    raise
            if new:
                sync_folder(self.folder)
        except OSError as error:
            raise StoreError(
                f"The journal {path} cannot be written: {error}. Nothing was changed. "
                "Make room on the disk, or check who may write there."
            ) from error
        if segment not in self._segments:
            self._segments.append(segment)
        self._before = (self.end, self.last_revision)
        start, self.end = Position(segment, offset), Position(segment, offset + len(data))
        self.last_revision = entry.revision
        if self._indexed is not None:
            self._index(entry, start)
            self._indexed = self.end

    def take_back(self) -> None:
        """Remove the entry that was appended last, when the engine could not follow.

        Raises:
            StoreError: the file cannot be cut; the entry stays.
        """
        assert self._before is not None
        position, revision = self._before
        self._cut(position)
        self.end, self.last_revision, self._before = position, revision, None
        self._indexed = None

    def _cut(self, position: Position) -> None:
        self._after = None
        try:
            for segment in [s for s in self._segments if s > position.segment]:
                self._path(segment).unlink()
                self._segments.remove(segment)
            path = self._path(position.segment)
            if path.exists():
                with path.open("r+b") as file:
                    file.truncate(position.offset)
                    os.fsync(file.fileno())
            sync_folder(self.folder)
        except OSError as error:
            raise StoreError(f"The journal {self.folder} cannot be repaired: {error}.") from error

    # -- reading --------------------------------------------------------------------------------

    def entries(self, start: Position | None = None) -> Iterator[JournalEntry]:
        """Yield all entries, oldest first, from a position on."""
        for head in self._heads(start or self._first()):
            yield head.entry

    def of_graph(self, label: str) -> Iterator[JournalEntry]:
        """Yield the entries that changed a graph (see `patch.graph_label`), oldest first."""
        self._catch_up()
        wanted = _hash(label)
        places, found = [], -1
        while True:
            try:
                found = self._graphs.index(wanted, found + 1)
            except ValueError:
                break
            places.append(self._places[found])
        for place in places:
            head = self._head_at(Position(place >> _OFFSET_BITS, place & ((1 << _OFFSET_BITS) - 1)))
            if label in head.entry.graphs:
                yield head.entry

    def patches(self, start: Position | None = None) -> Iterator[tuple[JournalEntry, Patch | None]]:
        """Yield entries from a position on with their patches; None for bulk loads."""
        for head in self._heads(start or self._first()):
            yield head.entry, None if head.bulk else self._patch(head)

    def patch(
        self, revision: int, graph: NamedNode | None = None
    ) -> tuple[JournalEntry, Patch | None]:
        """Return the entry and patch of one revision; the patch is None for a bulk load.

        Parameters:
            graph: only what it did to this graph.

        Raises:
            NotFoundError: there is no such revision.
        """
        segment = max((s for s in self._segments if s <= revision), default=None)
        if segment is not None:
            start = Position(segment, 0)
            if self._after is not None and self._after[0] == revision:
                start = self._after[1]
            for head in self._heads(start):
                if head.entry.revision == revision:
                    self._after = (revision + 1, head.end)
                    return head.entry, None if head.bulk else self._patch(head, graph)
        raise NotFoundError(f"The journal has no revision {revision}.")

    def _first(self) -> Position:
        return Position(self._segments[0] if self._segments else 1, 0)

    def _heads(self, start: Position, *, tail: bool = False) -> Iterator[_Head]:
        """Read heads from a position on.

        ``tail`` reads beyond the known end, checks each entry whole, and stops at a torn one.
        """
        end = None if tail else self.end
        for segment in [s for s in self._segments if s >= start.segment]:
            offset = start.offset if segment == start.segment else 0
            with self._open(segment) as file:
                while end is None or (segment, offset) < (end.segment, end.offset):
                    try:
                        head = _read_head(file, Position(segment, offset))
                        if head is not None and tail:
                            _check(file, head)
                    except _TornError as error:
                        if not tail or segment != self._segments[-1]:
                            raise StoreError(
                                f"The journal {self._path(segment)} is damaged at byte {offset} "
                                f"({error}). Restore a backup."
                            ) from error
                        self.torn = True
                        return
                    if head is None:
                        break
                    yield head
                    offset = head.end.offset

    def _open(self, segment: int) -> BinaryIO:
        try:
            return self._path(segment).open("rb")
        except OSError as error:
            raise StoreError(
                f"The journal {self._path(segment)} cannot be read: {error}."
            ) from error

    def _head_at(self, position: Position) -> _Head:
        with self._open(position.segment) as file:
            head = _read_head(file, position)
        assert head is not None
        return head

    def _patch(self, head: _Head, graph: NamedNode | None = None) -> Patch:
        with self._open(head.start.segment) as file:
            file.seek(head.body)
            body = file.read(head.size)
        return read_patch(body[len(_BEGIN) : -len(_END)], graph)

    # -- the index of graphs --------------------------------------------------------------------

    def _catch_up(self) -> None:
        """Index what is not indexed yet: a hash and a place (16 bytes) for each changed graph."""
        if self._indexed is None:
            self._graphs, self._places = array("Q"), array("Q")
            start = self._first()
            for head in self._heads(start):
                self._index(head.entry, head.start)
            self._indexed = self.end

    def _index(self, entry: JournalEntry, start: Position) -> None:
        place = start.segment << _OFFSET_BITS | start.offset
        for graph in entry.graphs:
            self._graphs.append(_hash(graph))
            self._places.append(place)


def _hash(label: str) -> int:
    return int.from_bytes(hashlib.blake2b(label.encode(), digest_size=8).digest(), "big")


def _write_all(file: BinaryIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def _entry_bytes(entry: JournalEntry, patch: Patch, *, bulk: bool) -> bytes:
    rest = _BEGIN + patch_lines(patch) + _END
    lines = [
        ("revision", _number(entry.revision)),
        ("time", Literal(entry.time, datatype=NamedNode(_XSD + "dateTime"))),
        ("agent", Literal(entry.agent)),
        ("reason", Literal(entry.reason)),
        *(("source", Literal(source)) for source in entry.sources),
        *([("group", Literal(entry.group))] if entry.group else []),
        *(("graph", _graph_term(graph)) for graph in entry.graphs),
        ("removed", _number(entry.removed)),
        ("added", _number(entry.added)),
        ("kind", Literal("bulk" if bulk else "patch")),
        ("bytes", _number(len(rest))),
        ("crc32", Literal(f"{zlib.crc32(rest):08x}")),
    ]
    head = "".join(f"H {name} {term} .\n" for name, term in lines)
    return head.encode() + rest


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(_XSD + "integer"))


def _graph_term(label: str) -> NamedNode | Literal:
    return Literal(label) if label == "default" or label.startswith("_:") else NamedNode(label)


def _read_head(file: BinaryIO, start: Position) -> _Head | None:
    """Read one head; None at the end of the file; leaves the file anywhere."""
    file.seek(start.offset)
    lines: list[bytes] = []
    offset = start.offset
    while True:
        line = file.readline()
        if not line and not lines:
            return None
        if line == _BEGIN:
            break
        if not line.startswith(b"H ") or not line.endswith(b" .\n"):
            raise _TornError("an entry ends early")
        lines.append(line)
        offset += len(line)
    values = _header_values(lines)
    try:
        entry = JournalEntry(
            revision=int(values["revision"][0]),
            time=values["time"][0],
            agent=values["agent"][0],
            reason=values["reason"][0],
            sources=tuple(values.get("source", ())),
            graphs=tuple(values.get("graph", ())),
            removed=int(values["removed"][0]),
            added=int(values["added"][0]),
            group=values.get("group", [""])[0],
        )
        size, crc32 = int(values["bytes"][0]), values["crc32"][0]
        bulk = values["kind"][0] == "bulk"
    except (KeyError, ValueError) as error:
        raise _TornError(f"an entry's head is not whole: {error}") from error
    return _Head(entry, bulk, start, offset, size, crc32)


def _header_values(lines: list[bytes]) -> dict[str, list[str]]:
    prefix = f"{_SUBJECT} <{_HEADER}".encode()
    document = b"".join(
        prefix + name + b"> " + rest for _, name, rest in (x.split(b" ", 2) for x in lines)
    )
    values: dict[str, list[str]] = {}
    try:
        for quad in parse(document, format=RdfFormat.N_TRIPLES):
            if not isinstance(quad.object, Triple):
                name = quad.predicate.value.removeprefix(_HEADER)
                values.setdefault(name, []).append(quad.object.value)
    except (SyntaxError, ValueError) as error:
        raise _TornError(f"an entry's head is malformed: {error}") from error
    return values


def _check(file: BinaryIO, head: _Head) -> None:
    file.seek(head.body)
    body = file.read(head.size)
    if len(body) != head.size or not body.endswith(_END):
        raise _TornError("an entry ends early")
    if f"{zlib.crc32(body):08x}" != head.crc32:
        raise _TornError("an entry's checksum differs")
