"""What the owner of a store and another process on the same machine say to each other.

The owner (a server) listens on a socket in the file system, ``DIR/control``, that only its own
user may open (mode 0600): who can connect could as well change the store's files. The command
line and the Python API work through it while the owner has the store.

A request is a frame (`outcome_graph.store.wire`) with the letter ``D``, an answer one with ``R``,
or ``X`` for an error. Content: the length of a JSON object (4 bytes, big-endian), the object, and
any bytes after it (RDF as N-Triples or N-Quads, source documents). The object of a request names
the operation (``do``) and, where it matters, the store (``in``: "public" or "internal"):

=============== ====================================== ===================================
operation       with                                   answer
=============== ====================================== ===================================
hello           version                                version, pid, url, union
exists          create                                 exists
revision                                               revision
graph           graph (null: the default graph)        triples
graph_names                                            names
has_graph       graph                                  has
history         graph                                  entries
patch           revision                               entry, bulk; the patch's lines
statistics                                             statistics
keep_source     bytes                                  sha256
keep_sources    sizes, bytes of one after the other    sha256 of each
source          sha256                                 bytes
commit          changes (graph, length or null), why   revision
update          request (as `UpdateRequest`), why      revision
bulk_load       path, media_type, why                  revision
backup          path
snapshot                                               path, revision: a frozen copy
release         path                                   the copy goes
lock, unlock                                           nobody else writes in between
=============== ====================================== ===================================

Requests of one connection are answered in order. What a connection holds (the lock, frozen
copies) is given up when it ends.
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

from outcome_graph.errors import TooLargeError
from outcome_graph.store.wire import frame, read_frame

__all__ = ["VERSION", "WRITES", "pack", "receive"]

VERSION = 3
#: Operations that change what a store holds.
WRITES = frozenset(("commit", "update", "bulk_load"))

_LENGTH = struct.Struct("!I")
#: Frames count their length in four bytes.
_MAX_BYTES = 0xFFFF_0000


def pack(letter: bytes, facts: dict[str, Any], data: bytes = b"") -> bytes:
    """Return a frame that holds facts and bytes.

    Raises:
        TooLargeError: there is more than a frame can hold.
    """
    head = json.dumps(facts).encode()
    if len(head) + len(data) > _MAX_BYTES:
        raise TooLargeError(
            "This is more than can be handed to the running server at once (4 GB). "
            "Stop the server, and run the command again."
        )
    return frame(letter, b"".join((_LENGTH.pack(len(head)), head, data)))


def receive(stream: BinaryIO) -> tuple[bytes, dict[str, Any], bytes]:
    """Read a frame: its letter, facts and bytes.

    Raises:
        EOFError: the other end is gone.
    """
    letter, content = read_frame(stream)
    (length,) = _LENGTH.unpack_from(content)
    end = _LENGTH.size + length
    return letter, json.loads(content[_LENGTH.size : end]), content[end:]
