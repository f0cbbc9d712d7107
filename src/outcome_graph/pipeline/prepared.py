"""A record as a load needs it: made where it is read, and small enough to be handed on.

Most records of a file are new, and nothing is asked of them but their statements and a few facts.
So these are worked out once, where the record is read; the record itself is made of its statements
again (record → RDF → record is the identity) only where somebody asks for it.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from outcome_graph.draft import Draft, Location, Problem, SourceFile
from outcome_graph.mapping import triples_to_record
from outcome_graph.model import OutcomeRecord
from outcome_graph.namespaces import OG, RDF, RDFS, SKOS, IriMinter
from outcome_graph.pipeline.places import RecordStores
from outcome_graph.pipeline.table_merge import names_record
from outcome_graph.pipeline.twins import ResultKey, result_keys
from outcome_graph.rdf import Line, Literal, Triple, lines_of
from outcome_graph.store.kept import KeptStatements, kept, text_of
from outcome_graph.validation.guard import OF_RECORD, RESERVED, SHARED, check_graph
from outcome_graph.validation.literals import is_canonical, is_valid
from outcome_graph.validation.validator import Locations

__all__ = ["Packed", "Prepared", "Reading", "prepare"]

#: A reading as plain data for another process of ours.
Packed: TypeAlias = tuple[Any, ...]

_TYPE = str(RDF.type).encode()
_RDF = f"<{RDF.iri}".encode()
_OF_RECORD = frozenset(name.encode() for name in OF_RECORD)
_SHARED = frozenset(name.encode() for name in SHARED)
_RESERVED = frozenset(str(kind).encode() for kind in RESERVED)
_OTHERS = frozenset(str(predicate).encode() for predicate in (SKOS.inScheme, RDFS.subClassOf))
#: First parts of the paths of what is a record's own.
_OWN = ("record/", "outcome/", "activity/", "contribution/")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The statements of a record's graph, and what is known of them.

    Parameters:
        statements: without the metadata of a commit; as text where the engine keeps them as is.
        suspect: whether the program's own checks find something in them.
        links: how many of them link to things of their own: countries, concepts, organisations.
        results: what identifies the result that they tell of (see `twins`).
    """

    statements: Sequence[Triple]
    suspect: bool
    links: int
    results: tuple[ResultKey, ...]


def prepare(
    record_id: str, triples: Sequence[Triple], minter: IriMinter, *, mapped: bool = True
) -> Prepared:
    """Work out what a load must know of a record's statements.

    Parameters:
        mapped: they were made from the record: none stands twice, or speaks of a commit.
    """
    text = kept(triples) if mapped else None
    lines = lines_of(text_of(text or triples))
    harmless = text is not None and _is_harmless(record_id, text, lines, minter)
    return Prepared(
        text or triples,
        not harmless and bool(check_graph(triples, record_id, minter)),
        _links(lines, minter.base),
        tuple(result_keys(record_id, triples, minter)),
    )


def _is_harmless(
    record_id: str, statements: KeptStatements, lines: Sequence[Line], minter: IriMinter
) -> bool:
    """Tell at a glance that the program's own checks (`guard`) find nothing.

    They look for things that are another's, or nameless, or made what only others can say, and for
    values that are no values or that the engine would write in another way. The last words are
    theirs: this may say no for nothing.
    """
    if _makes_others(lines, record_id, minter):
        return False
    start, own = b"<" + minter.base.encode(), record_id.encode()
    for subject in {subject for subject, _, _ in lines}:
        if not subject.startswith(start):
            return False
        first, _, rest = subject[len(start) : -1].partition(b"/")
        is_own = first in _OF_RECORD and rest.partition(b"#")[0].partition(b"/")[0] == own
        sector = first == b"concept" and rest.startswith(b"sector/")
        if not (is_own or sector or first in _SHARED):
            return False
    return all(map(_is_plain, statements.typed()))


def _makes_others(lines: Iterable[Line], record_id: str, minter: IriMinter) -> bool:
    """Tell whether something may be made a member of what others describe, a class, a result."""
    own = {
        str(OG.Outcome).encode(): str(minter.outcome(record_id)).encode(),
        str(OG.Record).encode(): str(minter.record(record_id)).encode(),
    }
    for subject, predicate, value in lines:
        if predicate == _TYPE and (value in _RESERVED or own.get(value, subject) != subject):
            return True
        if predicate in _OTHERS:
            return True
    return False


@lru_cache(maxsize=20_000)
def _is_plain(value: Literal) -> bool:
    return is_valid(value) and is_canonical(value)


def _links(lines: Iterable[Line], base: str) -> int:
    """Count links to things of their own: countries, concepts, organisations, SDG codes."""
    inner = tuple(f"<{base}{part}".encode() for part in _OWN)
    return sum(
        value.startswith(b"<") and not value.startswith(inner) and not predicate.startswith(_RDF)
        for _, predicate, value in lines
    )


@dataclass(slots=True)
class Reading:
    """A record that was read and linked, with its statements.

    Parameters:
        record_id: the id it was read with. source: where it was read.
        problems: what was met on the way. locations: where its fields stand.
        prepared: its statements; None when it is refused for its problems.
        named: whether it names the record that it changes, as rows of tables do.
        internal: whether it is marked as not public. candidates: how many await review.
        mapped: whether its statements were made from the record, not read as they are.
    """

    record_id: str
    source: SourceFile
    problems: tuple[Problem, ...]
    locations: Locations
    prepared: Prepared | None
    named: bool
    internal: bool
    candidates: int
    mapped: bool
    minter: IriMinter
    _draft: Draft | None = None

    @classmethod
    def of(
        cls,
        draft: Draft,
        source: SourceFile,
        prepared: Prepared | None,
        minter: IriMinter,
        *,
        mapped: bool,
    ) -> Reading:
        """Return the reading of a draft."""
        record = draft.record
        return cls(
            record.id,
            source,
            draft.problems,
            draft.locations,
            prepared,
            names_record(draft),
            RecordStores.is_internal(record),
            len(record.candidates),
            mapped,
            minter,
            draft,
        )

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that refuse the record."""
        return tuple(p for p in self.problems if p.severity == "error")

    @property
    def draft(self) -> Draft:
        """The draft; what it says is read from its statements where it was made elsewhere."""
        if self._draft is None:
            assert self.prepared is not None
            record = triples_to_record(self.prepared.statements, self.record_id, self.minter)
            self._draft = Draft(record, self.problems, tuple(self.locations))
        return self._draft

    @property
    def record(self) -> OutcomeRecord:
        """The record."""
        return self.draft.record

    def packed(self, common: SourceFile) -> Packed:
        """Return the reading as data for another process.

        Parameters:
            common: the source that the other process has.
        """
        places = [(f, w.line, w.column, w.sheet, w.cell, w.path, w.row) for f, w in self.locations]
        found = self.prepared
        statements: object = None
        if found is not None:
            text = found.statements
            statements = text.text if isinstance(text, KeptStatements) else list(text)
        return (
            self.record_id,
            None if self.source is common else self.source,
            self.problems,
            pickle.dumps(places, -1),
            statements,
            None if found is None else (found.suspect, found.links, found.results),
            (self.named, self.internal, self.candidates, self.mapped),
        )

    @classmethod
    def unpacked(cls, packed: Packed, common: SourceFile, minter: IriMinter) -> Reading:
        """Make a reading again."""
        record_id, source, problems, places, statements, facts, rest = packed
        if isinstance(statements, bytes):
            statements = KeptStatements(statements)
        made = None if facts is None else Prepared(statements, *facts)
        named, internal, candidates, mapped = rest
        return cls(
            record_id,
            source or common,
            problems,
            _Places(places),
            made,
            named,
            internal,
            candidates,
            mapped,
            minter,
        )


class _Places:
    """Where the fields of a record stand: few are ever asked for."""

    __slots__ = ("_packed",)

    def __init__(self, packed: bytes) -> None:
        self._packed = packed

    def __iter__(self) -> Iterator[tuple[str, Location]]:
        for field, *where in pickle.loads(self._packed):  # noqa: S301 - from a process of ours
            yield field, Location(*where)
