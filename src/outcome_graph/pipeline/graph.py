"""`OutcomeGraph`: the public Python API, and what the command line and the service call."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import rdflib.term

from outcome_graph.draft import SourceFile
from outcome_graph.errors import NotFoundError, UsageError
from outcome_graph.mapping import triples_to_record
from outcome_graph.model import OutcomeRecord
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline import reference
from outcome_graph.pipeline.export import EXPORT_FORMATS, write_records, write_stream
from outcome_graph.pipeline.loading import Loader, ProgressCallback
from outcome_graph.pipeline.places import RecordStores
from outcome_graph.pipeline.quarantine import Quarantine
from outcome_graph.pipeline.reading import SourceReader
from outcome_graph.pipeline.results import Results
from outcome_graph.pipeline.summary import LoadSummary
from outcome_graph.pipeline.vocabularies import InstalledVocabulary, VocabularyEntry, official_sdg
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Term, Triple
from outcome_graph.settings import Settings
from outcome_graph.store import (
    Answer,
    Commit,
    EmbeddedStore,
    GraphChange,
    JournalEntry,
    QueryRequest,
    Store,
    open_store,
)
from outcome_graph.store.readers import ReaderPool
from outcome_graph.validation import ValidationReport, Validator
from outcome_graph.vocabulary import Knowledge

__all__ = ["OutcomeGraph"]


class OutcomeGraph:
    """A knowledge graph of outcomes: load records, ask questions, write everything out again.

    Open it with `OutcomeGraph.open`; it is a context manager.

    Example:
        >>> with OutcomeGraph.open("my-data") as graph:        # doctest: +SKIP
        ...     graph.load("data/outcomes")
        ...     for row in graph.query("SELECT ?title { ?o a og:Outcome ; dcterms:title ?title }"):
        ...         print(row.title)
    """

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.reader = SourceReader(settings)
        self.stores = RecordStores(store, self._open_internal, self.reader.minter)
        self._pool: ReaderPool | None = None

    @classmethod
    def open(
        cls,
        store: str | Path | None = None,
        base: str | None = None,
        *,
        settings: Settings | None = None,
        read_only: bool = False,
    ) -> OutcomeGraph:
        """Open a store; a folder that is new or empty is made a store with the reference graphs.

        Parameters:
            store: folder, or http(s) URL of a remote engine; None for the settings' own.
            base: base IRI; None for the settings' own.
            settings: all settings; None to take them from the environment.
            read_only: refuse writes, and do not make a store where there is none.

        Raises:
            StoreError: the store cannot be opened, is in use, or is not there (read only).
            UsageError: the base is no base IRI.
        """
        settings = settings or Settings.load()
        if store is not None:
            settings = replace(settings, store=str(store))
        if base is not None:
            settings = replace(settings, base=base)
        IriMinter(settings.base)
        opened = open_store(settings, create=not read_only, read_only=read_only)
        graph = cls(settings, opened)
        try:
            if not read_only and opened.revision() == 0:
                graph.initialise()
        except BaseException:
            graph.close()
            raise
        return graph

    def _open_internal(self, create: bool) -> Store | None:
        folder = self._folder("internal")
        if folder is None or not (create or folder.exists()):
            return None
        return open_store(replace(self.settings, store=str(folder)), create=create)

    def _folder(self, name: str) -> Path | None:
        store = self.settings.store
        return None if store.startswith(("http://", "https://")) else Path(store) / name

    # -- parts ----------------------------------------------------------------------------------

    @property
    def minter(self) -> IriMinter:
        """Mints the IRIs of this graph's base."""
        return self.reader.minter

    @property
    def store(self) -> Store:
        """The public store."""
        return self.stores.public

    @property
    def knowledge(self) -> Knowledge:
        """Look-up tables of countries, SDG codes, organisations and concepts."""
        return self.reader.knowledge

    @property
    def validator(self) -> Validator:
        """The shapes."""
        return self.reader.validator

    # -- reference data -------------------------------------------------------------------------

    def initialise(self) -> list[str]:
        """Load or refresh the reference graphs; return the names of those that changed."""
        with self.stores.writing:
            return reference.initialise(self.store, self.minter)

    def install_vocabulary(self, name: str, origin: str | None = None) -> InstalledVocabulary:
        """Install an official vocabulary.

        Parameters:
            name: "sdg".
            origin: file, folder or URL; None for the publisher.

        Raises:
            VocabularyError: it cannot be fetched, or is not the vocabulary it should be.
        """
        if name != "sdg":
            raise UsageError(f"There is no vocabulary {name!r} to install; there is: sdg.")
        triples, installed = official_sdg(origin)
        change = GraphChange(self.minter.graph("sdg-official"), tuple(triples))
        with self.stores.writing:
            reason = "install the official SDG vocabulary"
            self.store.commit(Commit(changes=(change,), reason=reason, agent="vocab"))
        return installed

    def vocabularies(self) -> list[VocabularyEntry]:
        """Return the reference graphs in the store with their numbers of things."""
        return reference.vocabularies(self.store, self.minter)

    # -- records --------------------------------------------------------------------------------

    def load(
        self,
        *sources: str | Path | SourceFile,
        source_format: str = "auto",
        on_invalid: str = "reject",
        agent: str = "api",
        dry_run: bool = False,
        progress: ProgressCallback | None = None,
    ) -> LoadSummary:
        """Read, link, validate and commit sources.

        Parameters:
            sources: files, folders, "-" for standard input, or ready `SourceFile`s.
            source_format: one of the source formats, or "auto".
            on_invalid: "reject" leaves out what is refused, "quarantine" keeps its original and
                the reasons beside the store.
            agent: who loads, for the journal.
            dry_run: do everything but write.
            progress: called with (sources done, total or None).

        Raises:
            UsageError: no source, or an unknown option value.
            StoreError: the store failed.
        """
        if not sources:
            raise UsageError("Name at least one source: a file, a folder, or - for standard input.")
        if on_invalid not in ("reject", "quarantine"):
            raise UsageError(f"on_invalid is reject or quarantine, not {on_invalid!r}.")
        folder = self._folder("quarantine") if on_invalid == "quarantine" else None
        loader = Loader(
            self.reader,
            self.stores,
            agent=agent,
            quarantine=Quarantine(folder) if folder else None,
            dry_run=dry_run,
        )
        return loader.run(self.reader.sources(sources), source_format, progress)

    def convert(
        self, source: str | Path | SourceFile, source_format: str = "auto"
    ) -> Iterator[OutcomeRecord]:
        """Yield the records of a source; nothing is stored.

        Raises:
            OutcomeGraphError: the source, or one of its records, cannot be read.
        """
        for found in self.reader.sources([source]):
            for item in self.reader.items(found, source_format):
                self.reader.demand(item)
                yield item.draft.record

    def validate(
        self,
        *sources: str | Path | SourceFile,
        store: bool = False,
        source_format: str = "auto",
    ) -> ValidationReport:
        """Validate sources, or every record in the store.

        Raises:
            UsageError: neither sources nor ``store=True``, or both.
            SourceError: a source cannot be read at all.
        """
        if bool(sources) == store:
            raise UsageError("Give sources to validate, or store=True for the records in it.")
        if not store:
            return self.reader.check(*sources, source_format=source_format)
        return self.validator.validate_all(
            (record_id, self.stores.triples(record_id)) for record_id in self.stores.record_ids()
        )

    def record(self, record_id: str) -> OutcomeRecord:
        """Return a record, public or internal.

        Raises:
            NotFoundError: there is none of this id.
        """
        record = self.stores.find(record_id)
        if record is None:
            raise NotFoundError(f"There is no record {record_id}.")
        return record

    def record_triples(self, record_id: str) -> list[Triple]:
        """Return the statements of a public record's graph, metadata included.

        Raises:
            NotFoundError: there is no public record of this id.
        """
        triples = self.store.graph(self.minter.record(record_id))
        if not triples:
            raise NotFoundError(f"There is no record {record_id}.")
        return triples

    def public_record(self, record_id: str) -> OutcomeRecord:
        """Return a public record.

        Raises:
            NotFoundError: there is no public record of this id.
        """
        return triples_to_record(self.record_triples(record_id), record_id, self.minter)

    def record_ids(self) -> list[str]:
        """Return the ids of the public records, sorted."""
        return self.stores.record_ids(internal=False)

    def delete(self, record_id: str, agent: str = "api") -> int:
        """Remove a record and return the public store's revision; its history is kept.

        Raises:
            NotFoundError: there is none of this id.
        """
        with self.stores.writing:
            if not self.stores.drop(record_id, agent, f"delete {record_id}"):
                raise NotFoundError(f"There is no record {record_id}.")
            return self.store.revision()

    def history(self, record_id: str) -> list[JournalEntry]:
        """Return the commits that changed a public record, oldest first."""
        return list(self.store.history(self.minter.record(record_id)))

    # -- questions ------------------------------------------------------------------------------

    def query(self, sparql: str, **bindings: Any) -> Results:
        """Run a SPARQL query over the public records.

        Parameters:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE; our prefixes need no declaration.
            bindings: values for variables: rdflib terms, or Python values.

        Raises:
            QueryError: the query is malformed.
        """
        terms = {name: _term(value) for name, value in bindings.items()}
        return Results(self.answer(QueryRequest(sparql=sparql, bindings=terms)))

    def answer(self, request: QueryRequest) -> Answer:
        """Answer a query with serialised bytes: in this process, or by a reader when serving."""
        if self._pool is not None:
            return self._pool.query(request)
        return self.store.query(request)

    def describe(self, iri: str) -> list[Triple]:
        """Return the public statements about a resource; [] when there are none."""
        return reference.describe(self.answer, iri)

    def label(self, iri: str, language: str = "en") -> str:
        """Return what to call a resource: its label in the language, in English, or its code."""
        return reference.label(self.answer, iri, language)

    def export(
        self, target: str | Path | BinaryIO, file_format: str = "nquads", *, compress: bool = False
    ) -> None:
        """Write everything public out again.

        Parameters:
            target: path, or an open binary stream.
            file_format: RDF syntaxes hold all graphs; "json" and "csv" hold the records.
            compress: gzip the output.

        Raises:
            UsageError: an unknown format.
            SourceError: the file cannot be written.
        """
        if file_format not in EXPORT_FORMATS:
            raise UsageError(f"Export to one of {', '.join(EXPORT_FORMATS)}, not {file_format!r}.")
        place = Path(target) if isinstance(target, str | os.PathLike) else target
        if file_format in reference.DUMP_TYPES:
            chunks = self.store.dump(reference.DUMP_TYPES[file_format])
        else:
            records = (self.public_record(record_id) for record_id in self.record_ids())
            chunks = iter([write_records(records, file_format, self.minter)])
        write_stream(chunks, place, compress=compress)

    # -- life -----------------------------------------------------------------------------------

    def start_readers(self, url: str | None = None) -> None:
        """Answer queries by reader processes from now on: for the service.

        Parameters:
            url: where the store is served; others who want to open it are told.
        """
        if url is not None and isinstance(self.store, EmbeddedStore):
            self.store.announce(url)
        if self._pool is None and isinstance(self.store, EmbeddedStore):
            self._pool = ReaderPool(
                self.store,
                readers=self.settings.readers,
                deadline=self.settings.deadline,
                memory=self.settings.reader_memory,
                queue=self.settings.queue,
            )

    def close(self) -> None:
        """Stop readers and let go of the stores."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None
        self.stores.close()

    def __enter__(self) -> OutcomeGraph:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _term(value: Any) -> Term:
    """Turn an rdflib term or a Python value into a term of ours."""
    if isinstance(value, NamedNode | BlankNode | Literal):
        return value
    if isinstance(value, rdflib.term.URIRef):
        return NamedNode(str(value))
    if isinstance(value, rdflib.term.BNode):
        raise UsageError("A blank node cannot be bound: in a query it stands for anything.")
    literal = value if isinstance(value, rdflib.term.Literal) else rdflib.term.Literal(value)
    if literal.language:
        return Literal(str(literal), language=literal.language)
    if literal.datatype:
        return Literal(str(literal), datatype=NamedNode(str(literal.datatype)))
    return Literal(str(literal))
