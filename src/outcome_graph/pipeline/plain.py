"""Plain stores: any RDF, no records, no shapes (``serve --no-validation``).

A store is plain from the moment it is made, and knows it (its folder says so); its default graph
is a graph of its own, as SPARQL has it, not the union of the others.
"""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from outcome_graph.draft import SourceFile
from outcome_graph.errors import SourceError, StoreError, UnsupportedSourceError
from outcome_graph.pipeline.summary import LoadSummary, Refusal
from outcome_graph.rdf import FORMATS, RdfFormat, check_rdf_xml, format_for, parse
from outcome_graph.sources.detect import rdf_media_type
from outcome_graph.sources.files import FoundSource
from outcome_graph.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outcome_graph.pipeline.loading import ProgressCallback

__all__ = ["PlainLoadSummary", "PlainLoader"]

_SYNTAXES = ", ".join(f".{suffix}" for _, suffix, _ in FORMATS.values())


@dataclass(frozen=True, slots=True)
class PlainLoadSummary(LoadSummary):
    """The result of loading RDF as it is.

    Parameters:
        statements: how many were new; of a dry run, how many were read.
    """

    statements: int = 0

    def as_data(self) -> dict[str, Any]:
        """Return the summary as plain values."""
        return {
            "dryRun": self.dry_run,
            "sources": self.sources,
            "statements": self.statements,
            "revision": self.revision,
            "refused": [refusal.as_data() for refusal in self.refused],
        }

    def to_text(self) -> str:
        """Return the summary as lines for a terminal."""
        noun = "source" if self.sources == 1 else "sources"
        done = "statements read" if self.dry_run else "new statements"
        lines = [f"{self.statements:,} {done} from {self.sources} {noun}"]
        for refusal in self.refused:
            lines.append(f"  refused {refusal.source}:")
            lines += [f"    {reason}" for reason in refusal.reasons]
        lines.append(f"revision {self.revision}")
        return "\n".join(lines)


class PlainLoader:
    """Loads ready RDF into a plain store, each source as one commit, at the engine's speed.

    Parameters:
        store: the plain store.
        agent: who loads, for the journal.
        dry_run: parse only.
    """

    def __init__(self, store: Store, *, agent: str, dry_run: bool = False) -> None:
        self.store = store
        self.agent = agent
        self.dry_run = dry_run

    def run(
        self,
        found: Iterable[FoundSource | SourceFile],
        source_format: str = "auto",
        progress: ProgressCallback | None = None,
    ) -> PlainLoadSummary:
        """Load sources; one that cannot be read does not stop the others.

        Raises:
            StoreError: the store failed; what was loaded before stays loaded, and a note of the
                exception says so, as when the load is interrupted.
        """
        sources = statements = 0
        refused: list[Refusal] = []
        try:
            for sources, source in enumerate(found, 1):
                try:
                    statements += self._source(source, source_format)
                except SourceError as error:
                    refused.append(Refusal(source.name, None, (error.message,), error=error))
                if progress:
                    progress(sources, None)
        except (StoreError, KeyboardInterrupt) as stop:
            if not self.dry_run:
                stop.add_note(f"{statements:,} new statements were loaded before and stay.")
            raise
        return PlainLoadSummary(
            sources=sources,
            read=sources - len(refused),
            committed=(),
            refused=tuple(refused),
            links=0,
            candidates=0,
            revision=self.store.revision(),
            dry_run=self.dry_run,
            statements=statements,
        )

    def _source(self, found: FoundSource | SourceFile, source_format: str) -> int:
        if source_format not in ("auto", "rdf"):
            raise UnsupportedSourceError(
                f"{found.name}: this store takes RDF only ({_SYNTAXES}); it was made with "
                "--no-validation. Make a store of records with `init` to load other formats."
            )
        with _file_of(found) as (path, media_type):
            if self.dry_run:
                return _count(path, media_type)
            before = self.store.revision()
            revision = self.store.bulk_load(
                path, media_type, reason=f"load {PurePath(found.name).name}", agent=self.agent
            )
            return 0 if revision == before else self.store.patch(revision)[0].added


@contextmanager
def _file_of(found: FoundSource | SourceFile) -> Iterator[tuple[Path, str]]:
    """Give a source as a file with its media type; bytes are written to a temporary one."""
    if isinstance(found, FoundSource) and found.path is not None:
        if found.error:
            raise found.error
        yield found.path, _media_type(found.path)
        return
    source = found if isinstance(found, SourceFile) else found.open()
    with tempfile.TemporaryDirectory(prefix="outcome-graph-") as folder:
        path = Path(folder) / "source"
        path.write_bytes(source.data)
        yield path, rdf_media_type(source)


def _media_type(path: Path) -> str:
    """Return the media type of a file by its name, else by its first bytes.

    Raises:
        SourceError: it cannot be read, or is no RDF.
    """
    name = path.name.removesuffix(".gz")
    try:
        with _opened(path) as file:
            head = file.read(4096)
    except (OSError, EOFError) as error:
        raise SourceError(f"{path} cannot be read: {error}.") from error
    return rdf_media_type(SourceFile(name, head))


def _opened(path: Path) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _count(path: Path, media_type: str) -> int:
    rdf_format = format_for(media_type)
    assert rdf_format is not None
    try:
        if rdf_format == RdfFormat.RDF_XML:
            with _opened(path) as file:
                check_rdf_xml(file, path.name)
        with _opened(path) as file:
            count = 0
            for count, _ in enumerate(parse(file, format=rdf_format), 1):  # noqa: B007
                pass
            return count
    except SyntaxError as error:
        raise SourceError(f"{path.name} is not well formed: {error.msg}.") from error
    except (ValueError, OSError, EOFError) as error:
        raise SourceError(f"{path.name} cannot be read: {error}.") from error
