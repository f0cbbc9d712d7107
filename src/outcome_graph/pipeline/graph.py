"""`OutcomeGraph`: the public Python API, and what the command line and the service call.

Opening a store and asking it a question is what most commands do. What reads, checks and writes
records takes longer to import than they run, so each method imports what it alone needs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from outcome_graph.errors import NotFoundError, UsageError
from outcome_graph.mapping import triples_to_record
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline import reference
from outcome_graph.pipeline.beside import check_places
from outcome_graph.pipeline.opened import OpenedStores
from outcome_graph.pipeline.served import open_shared
from outcome_graph.settings import Settings
from outcome_graph.store import QueryRequest

if TYPE_CHECKING:
    from outcome_graph.draft import SourceFile
    from outcome_graph.linking.suggesting import Suggester
    from outcome_graph.model import OutcomeRecord
    from outcome_graph.pipeline.backups import Backup
    from outcome_graph.pipeline.loading import ProgressCallback
    from outcome_graph.pipeline.reading import SourceReader
    from outcome_graph.pipeline.restoring import RestoredRecord
    from outcome_graph.pipeline.results import Results
    from outcome_graph.pipeline.summary import LoadSummary
    from outcome_graph.pipeline.undoing import Undone
    from outcome_graph.pipeline.vocabularies import InstalledVocabulary, VocabularyEntry
    from outcome_graph.rdf import Triple
    from outcome_graph.store import JournalEntry
    from outcome_graph.validation import ValidationReport, Validator
    from outcome_graph.vocabulary import Knowledge

__all__ = ["OutcomeGraph"]


class OutcomeGraph(OpenedStores):
    """A knowledge graph of outcomes: load records, ask questions, write everything out again.

    Open it with `OutcomeGraph.open`; it is a context manager.

    Example:
        >>> with OutcomeGraph.open("my-data") as graph:        # doctest: +SKIP
        ...     graph.load("data/outcomes")
        ...     for row in graph.query("SELECT ?title { ?o a og:Outcome ; dcterms:title ?title }"):
        ...         print(row.title)
    """

    @classmethod
    def open(
        cls,
        store: str | Path | None = None,
        base: str | None = None,
        *,
        settings: Settings | None = None,
        read_only: bool = False,
        cooperate: bool = True,
    ) -> OutcomeGraph:
        """Open a store; a folder that is new or empty is made a store with the reference graphs.

        Parameters:
            store: folder, or http(s) URL of a remote engine; None for the settings' own.
            base: base IRI; None for the settings' own.
            settings: all settings; None to take them from the environment.
            read_only: refuse writes, and do not make a store where there is none.
            cooperate: where a running server owns the store, work through it.

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
        check_places(settings)
        opened = open_shared(settings, read_only=read_only, cooperate=cooperate)
        graph = cls(settings, opened)
        try:
            if not read_only and not graph.plain and opened.revision() == 0:
                graph.initialise()
        except BaseException:
            graph.close()
            raise
        return graph

    # -- parts ----------------------------------------------------------------------------------

    @cached_property
    def reader(self) -> SourceReader:
        """Reads sources into linked records; has the look-up tables and the shapes."""
        from outcome_graph.pipeline.reading import SourceReader

        return SourceReader(self.settings)

    @property
    def knowledge(self) -> Knowledge:
        """Look-up tables of countries, SDG codes, organisations and concepts."""
        return self.reader.knowledge

    @property
    def validator(self) -> Validator:
        """The shapes."""
        return self.reader.validator

    @cached_property
    def suggester(self) -> Suggester:
        """Suggests SDG goals and targets for texts."""
        from outcome_graph.pipeline.suggesting import suggester_for

        return suggester_for(self.settings, self.answer)

    # -- reference data -------------------------------------------------------------------------

    def initialise(self) -> list[str]:
        """Load or refresh the reference graphs; return the names of those that changed."""
        if self.plain:
            return []
        with self.stores.writing:
            return reference.initialise(self.store, self.minter)

    def outdated(self) -> str:
        """Say which reference graphs are another version's than the program's; "" where none is."""
        # An engine that holds no store of ours has no revisions.
        ours = not self.plain and self.store.revision() > 0
        names = reference.outdated(self.store, self.minter) if ours else []
        if not names:
            return ""
        return (
            f"{', '.join(names)} in the store came with another version of the program; "
            "to renew them: outcome-graph init"
        )

    def install_vocabulary(self, name: str, origin: str | None = None) -> InstalledVocabulary:
        """Install an official vocabulary.

        Parameters:
            name: "sdg".
            origin: file, folder or URL; None for the publisher.

        Raises:
            VocabularyError: it cannot be fetched, or is not the vocabulary it should be.
        """
        from outcome_graph.pipeline.vocabularies import install

        return install(self.stores, name, origin)

    def remove_vocabulary(self, name: str) -> int:
        """Remove an official vocabulary, and return how many statements it had.

        Parameters:
            name: "sdg".

        Raises:
            NotFoundError: it is not installed.
        """
        from outcome_graph.pipeline.vocabularies import remove

        return remove(self.stores, name)

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
            progress: called with (records read, or sources where they hold none; None).

        Raises:
            UsageError: no source, or an unknown option value.
            StoreError: the store failed.
        """
        from outcome_graph.pipeline.loading import Loader
        from outcome_graph.pipeline.plain import PlainLoader
        from outcome_graph.pipeline.quarantine import quarantine_for

        if not sources:
            raise UsageError("Name at least one source: a file, a folder, or - for standard input.")
        quarantine = quarantine_for(self.settings, on_invalid)
        if self.plain:
            plain = PlainLoader(self.store, agent=agent, dry_run=dry_run)
            return plain.run(self.reader.sources(sources), source_format, progress)
        how: dict[str, Any] = {"agent": agent, "quarantine": quarantine, "dry_run": dry_run}
        loader = Loader(self.reader, self.stores, beside=True, **how)
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
        if store and self.plain:
            raise UsageError("The store was made with --no-validation: it holds no records.")
        if not store:
            return self.reader.check(*sources, source_format=source_format)
        from outcome_graph.pipeline.store_validation import validate_stores

        return validate_stores(self.stores, self.validator)

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

    def restore(
        self, record_id: str, revision: int, *, agent: str = "api", **options: Any
    ) -> RestoredRecord:
        """Make a record what it was as of a revision, as a new revision.

        Parameters:
            options: ``internal``, ``dry_run``: as in `outcome_graph.pipeline.restoring`.

        Raises:
            NotFoundError: there was no such record then.
            NonConformingError: the shapes of today refuse it.
        """
        from outcome_graph.pipeline.restoring import restore_record

        return restore_record(
            self.stores, self.reader.screen, record_id, revision, agent=agent, **options
        )

    def undo(
        self, revision: int, *, agent: str = "api", internal: bool = False, dry_run: bool = False
    ) -> Undone:
        """Take back a load: what its commits did to records, all of it or nothing.

        Parameters:
            revision: any that the load made; another commit is undone by itself.
            agent: who undoes it, for the journal.
            internal: the revision is of the journal of internal records.
            dry_run: do everything but write.

        Raises:
            NotFoundError: there is no such revision.
            UsageError: it is not about records, or a bulk load.
            ConflictError: a record was changed since.
            NonConformingError: the shapes of today refuse what a record was.
        """
        from outcome_graph.pipeline.undoing import undo_load

        how: dict[str, Any] = {"agent": agent, "internal": internal, "dry_run": dry_run}
        return undo_load(self.stores, self.reader.screen, revision, **how)

    def backup(self, target: str | Path) -> Backup:
        """Write a safety copy of everything to a new folder; see `restore_store`.

        Raises:
            StoreError: the folder is not empty, or cannot be written.
        """
        from outcome_graph.pipeline.backups import back_up

        return back_up(self.stores, self.settings, Path(target))

    # -- questions ------------------------------------------------------------------------------

    def query(self, sparql: str, **bindings: Any) -> Results:
        """Run a SPARQL query over the public records.

        Parameters:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE; our prefixes need no declaration.
            bindings: values for variables: rdflib terms, or Python values.

        Raises:
            QueryError: the query is malformed.
        """
        from outcome_graph.pipeline.bindings import bound_term
        from outcome_graph.pipeline.results import Results

        terms = {name: bound_term(value) for name, value in bindings.items()}
        return Results(self.answer(QueryRequest(sparql=sparql, bindings=terms)))

    def describe(self, iri: str, *, or_mentions: bool = False) -> list[Triple]:
        """Return the public statements about a resource (or else some that name it), or []."""
        return reference.describe(self._newest, iri, or_mentions=or_mentions)

    def label(self, iri: str, language: str = "en") -> str:
        """Return what to call a resource: its label in the language, in English, or its code."""
        return reference.label(self._newest, iri, language)

    def export(
        self,
        target: str | Path | BinaryIO,
        file_format: str = "nquads",
        *,
        compress: bool = False,
        language: str = "en",
        reporting_org: tuple[str, str] | None = None,
    ) -> None:
        """Write everything public out again.

        Parameters:
            target: path, or an open binary stream.
            file_format: RDF syntaxes hold all graphs; "json" and "csv" hold the records.
            compress: gzip the output.
            language: of the headings of tables and the labels in them: "en", "fr" or "es".
            reporting_org: of "iati" alone: identifier and name of who reports the results of which
                no reporting organisation is known; they are left out without.

        Raises:
            UsageError: an unknown format or language, no identifier, or one where none is told.
            SourceError: the file cannot be written.
        """
        from outcome_graph.pipeline.export import write_store
        from outcome_graph.pipeline.iati_export import reporter_for

        records = (self.public_record(record_id) for record_id in self.record_ids())
        place = Path(target) if isinstance(target, str | os.PathLike) else target
        reporter = reporter_for(file_format, reporting_org)
        how: dict[str, Any] = {"language": language, "compress": compress, "reporter": reporter}
        write_store(self.store, records, self.minter, file_format, place, **how)
