"""The ZIP package of a workbook, opened with suspicion.

Nothing is parsed before the list of parts has passed: number of parts, declared sizes, names,
encryption, macros. Parts are then decompressed piece by piece (``zipfile`` yields no more than the
declared size, and checks the sum) and parsed with expat: a DOCTYPE is refused, so there are no
entities.

Follows ECMA-376 (Office Open XML) part 2, "Open Packaging Conventions".
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

from outcome_graph.draft import SourceFile
from outcome_graph.errors import SourceError, TooLargeError, UnsupportedSourceError

__all__ = ["Attributes", "Package", "Relation", "local_name"]

_MAX_PARTS = 1000
_CHUNK = 1 << 16
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says of another: the last part of the relation's type, and the other's "
    "name."""

    type: str
    target: str


def local_name(name: str) -> str:
    """Return an element's or attribute's name without its namespace."""
    return name.rpartition(" ")[2]


class Package:
    """A workbook's package.

    Parameters:
        source: the file.
        max_bytes: what all parts together may hold, decompressed.

    Raises:
        SourceError: it is no ZIP file, damaged, protected by a password, or holds parts twice.
        TooLargeError: it has too many parts or is too large decompressed.
        UnsupportedSourceError: it holds macros.
    """

    def __init__(self, source: SourceFile, max_bytes: int) -> None:
        self.name = source.name
        self._max_bytes = max_bytes
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.data))
            infos = self._zip.infolist()
        except _BROKEN as error:
            raise self._damaged("is no workbook, or a damaged one") from error
        if len(infos) > _MAX_PARTS:
            raise TooLargeError(
                f"{self.name} holds {len(infos):,} parts; a workbook has a few dozen and may have "
                f"{_MAX_PARTS:,}."
            )
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = info.filename.replace("\\", "/").lstrip("/").lower()
            if name in self._parts:
                raise self._damaged(f"holds the part {info.filename} twice")
            self._parts[name] = info
        self._screen()

    def _screen(self) -> None:
        infos = self._parts.values()
        if any(info.flag_bits & 1 for info in infos):
            raise SourceError(
                f"{self.name} is protected by a password. Save it without one and load it again."
            )
        if any(info.compress_type not in _COMPRESSIONS for info in infos):
            raise self._damaged("is packed in a way that no spreadsheet program uses")
        if sum(info.file_size for info in infos) > self._max_bytes:
            raise self._too_large()
        macros = any(n.endswith("vbaproject.bin") or "/macrosheets/" in n for n in self._parts)
        if macros or b"macroEnabled" in self._content_types():
            raise UnsupportedSourceError(
                f"{self.name} holds macros, which are not opened here. Save it as a workbook "
                "without macros (.xlsx) or as CSV."
            )

    def _content_types(self) -> bytes:
        return (
            b"".join(self.chunks("[content_types].xml")) if self.has("[content_types].xml") else b""
        )

    def has(self, part: str) -> bool:
        """Tell whether there is a part of this name."""
        return part.lower() in self._parts

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield a part piece by piece.

        Raises:
            SourceError: it is missing or damaged, or holds more than it declares.
        """
        info = self._parts.get(part.lower())
        if info is None:
            raise self._damaged(f"lacks its part {part}")
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (*_BROKEN, RuntimeError) as error:
            raise self._damaged(f"is damaged in its part {part}") from error

    def parse(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Parse a part; see `parse_steps`."""
        for _ in self.parse_steps(part, start, end, text):
            pass

    def parse_steps(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> Iterator[None]:
        """Parse a part piece by piece, yielding after each piece.

        Parameters:
            part: its name.
            start, end: called with the local names of elements; the attributes of ``start`` keep
                their namespaces ("namespace name").
            text: called with character data.

        Raises:
            SourceError: it is missing, damaged, no well-formed XML, or holds a DOCTYPE.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = lambda name, attributes: start(
            name.rpartition(" ")[2], attributes
        )
        if end is not None:
            finish = end
            parser.EndElementHandler = lambda name: finish(name.rpartition(" ")[2])
        parser.CharacterDataHandler = text
        try:
            for chunk in self.chunks(part):
                parser.Parse(chunk, False)
                yield
            parser.Parse(b"", True)
            yield
        except expat.ExpatError as error:
            raise self._damaged(
                f"is damaged: its part {part} is no well-formed XML at line {error.lineno}"
            ) from error

    def _refuse_doctype(self, *_: object) -> None:
        raise SourceError(
            f"{self.name} holds a DOCTYPE, which no spreadsheet program writes; it is not read. "
            "Save it again from a spreadsheet program."
        )

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relations of a part by their identifiers; of the package when it is ""."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, Relation] = {}

        def start(element: str, attributes: Attributes) -> None:
            if element == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "").replace("\\", "/")
                whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = Relation(kind, whole)

        if self.has(rels):
            self.parse(rels, start)
        return found

    def _damaged(self, what: str) -> SourceError:
        return SourceError(
            f"{self.name} {what}. Open it in a spreadsheet program and save it again as XLSX or "
            "CSV."
        )

    def _too_large(self) -> TooLargeError:
        return TooLargeError(
            f"{self.name} is larger than {self._max_bytes:,} bytes when decompressed. Split it, or "
            "raise the bound (OUTCOME_GRAPH_MAX_UPLOAD_BYTES)."
        )
