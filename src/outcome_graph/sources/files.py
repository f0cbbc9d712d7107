"""From the paths a user names to source files: files, folders, standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from outcome_graph.draft import SourceFile
from outcome_graph.errors import SourceError, TooLargeError
from outcome_graph.settings import Settings
from outcome_graph.sources.detect import PAGE_FORMATS, SUFFIXES
from outcome_graph.sources.iati.sniff import root_element

__all__ = ["FoundSource", "expand"]

#: Bytes that tell what an XML file is.
_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source that was named or found in a folder, not yet read.

    A source that is not there is an item too, so that it does not stop the others: its `open`
    raises.

    Parameters:
        name: what messages call it. path: where it is, None for standard input.
        error: why it cannot be read, when that is known already.
    """

    name: str
    path: Path | None = None
    error: SourceError | None = None

    def open(self, settings: Settings | None = None) -> SourceFile:
        """Read the bytes.

        Parameters:
            settings: the bounds: ``max_source_bytes`` for pages, ``max_upload_bytes`` for RDF
                and tables.

        Raises:
            SourceError: it is not there or may not be read.
            TooLargeError: it is over the bound; told by its size, before reading, where it has one.
        """
        if self.error:
            raise self.error
        bounds = settings or Settings()
        if self.path is None:
            return SourceFile(self.name, _bounded(sys.stdin.buffer, self, bounds.max_source_bytes))
        page = SUFFIXES.get(_suffix(self.path), "page") in PAGE_FORMATS
        limit = bounds.max_source_bytes if page else bounds.max_upload_bytes
        try:
            with self.path.open("rb") as stream:
                head = stream.read(_HEAD)
                if root_element(head) == "iati-activities":
                    # However large it is: it is read piece by piece.
                    return SourceFile(self.name, head, path=self.path)
                stream.seek(0)
                if os.fstat(stream.fileno()).st_size > limit:
                    raise _too_large(self, limit)
                return SourceFile(self.name, _bounded(stream, self, limit))
        except OSError as error:
            raise SourceError(f"{self.name} cannot be read: {error.strerror or error}.") from error


def expand(paths: Iterable[str | Path]) -> Iterator[FoundSource]:
    """Yield the sources that paths stand for, in the order given.

    A folder stands for the files in it and below it that have a suffix we read, in order of name;
    hidden ones and links to folders are left out. ``-`` stands for standard input. Nothing is
    read before ``open()`` is called.

    Parameters:
        paths: files, folders, or "-".
    """
    for given in paths:
        if str(given) == "-":
            yield FoundSource("standard input")
            continue
        path = Path(given)
        try:
            if path.is_dir():
                yield from _folder(path)
            elif path.exists():
                yield FoundSource(str(given), path)
            else:
                yield _failed(path, f"{given} is not there: no such file or folder.")
        except (OSError, ValueError) as error:
            yield _failed(path, f"{given} cannot be read: {error}.")


def _folder(folder: Path) -> Iterator[FoundSource]:
    found = False
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(where) / name
            if not name.startswith(".") and _suffix(path) in SUFFIXES:
                found = True
                yield FoundSource(str(path), path)
    if not found:
        yield _failed(
            folder,
            f"The folder {folder} holds no sources: no file in it ends in "
            f"{', '.join(sorted(SUFFIXES))}.",
        )


def _suffix(path: Path) -> str:
    """Return the suffix of a file, both of them where it is compressed: ".xml.gz"."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    return "".join(suffixes) if suffixes[-1:] == [".gz"] else "".join(suffixes[-1:])


def _failed(path: Path, message: str) -> FoundSource:
    return FoundSource(str(path), path, SourceError(message))


def _bounded(stream: BinaryIO, found: FoundSource, limit: int) -> bytes:
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise _too_large(found, limit)
    return data


def _too_large(found: FoundSource, limit: int) -> TooLargeError:
    return TooLargeError(
        f"{found.name} is larger than {limit:,} bytes, the bound for one source. Split it, or "
        "raise the bound (OUTCOME_GRAPH_MAX_SOURCE_BYTES, for tables and RDF "
        "OUTCOME_GRAPH_MAX_UPLOAD_BYTES)."
    )
