"""What the program checks before SHACL sees a record's graph.

SHACL cannot see where a graph ends, and engines normalise literals: so here is checked that a
record speaks of its own things only, that they have names, and that values are what their datatypes
allow. The texts of these rules are in the shapes graph (deactivated shapes).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from outcome_graph.namespaces import OG, PREFIXES, RDF, RDFS, SDGO, SKOS, IriMinter
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Subject, Term, Triple
from outcome_graph.validation.literals import datatype_name, is_canonical, is_valid
from outcome_graph.validation.rules import OGS
from outcome_graph.validation.statements import Statement, quoting, statements

__all__ = [
    "GRAPH_CHECK",
    "OF_RECORD",
    "RESERVED",
    "SHARED",
    "GuardFinding",
    "check_graph",
    "record_of",
]

#: The constraint component of these results.
GRAPH_CHECK = OGS["GraphCheck"].value

#: First part of the path of IRIs that end in the record's own id.
OF_RECORD = frozenset({"outcome", "record", "contribution", "activity"})
#: Things that records share and describe together.
SHARED = frozenset({"organisation", "project", "legal-act", "source"})
#: Classes whose members are told by the shared graphs alone: a record that named a new one could
#: make a country or a target exist.
RESERVED = (OG.Country, OG.Region, SDGO.Goal, SDGO.Target, SDGO.Indicator)
_VOCABULARIES = tuple(PREFIXES.values())


@dataclass(frozen=True, slots=True)
class GuardFinding:
    """One thing found: the rule's short name, focus, property, value and words for its message."""

    rule: str
    focus: Term
    path: str | None
    value: Term
    words: tuple[tuple[str, str], ...] = ()


def check_graph(triples: Iterable[Triple], record_id: str, minter: IriMinter) -> list[GuardFinding]:
    """Return what is wrong with a record's graph as a graph, each thing once.

    Parameters:
        triples: the graph, with literals as they were read.
        record_id: the record it is the graph of.
        minter: the base.
    """
    found: dict[tuple[str, Term, Term], GuardFinding] = {}
    record = minter.record(record_id)
    own: dict[Subject, bool] = {}
    given = list(triples)
    if quoting(given):
        _add(found, GuardFinding("plain-statements", record, None, record))
    for triple in statements(given):
        subject = triple.subject
        if subject not in own:
            own[subject] = isinstance(subject, BlankNode) or _is_own(subject, record_id, minter)
            if not own[subject]:
                _add(found, GuardFinding("own-statements", record, None, subject))
        if own[subject] and _makes_shared(triple, record_id, minter):
            _add(found, GuardFinding("own-statements", record, None, subject))
        for finding in _values(triple, record):
            _add(found, finding)
    return list(found.values())


def _add(found: dict[tuple[str, Term, Term], GuardFinding], finding: GuardFinding) -> None:
    found.setdefault((finding.rule, finding.focus, finding.value), finding)


def _values(triple: Statement, record: NamedNode) -> Iterator[GuardFinding]:
    for term in (triple.subject, triple.object):
        if isinstance(term, BlankNode):
            yield GuardFinding("named-things", record, None, term)
    value = triple.object
    if isinstance(value, Literal) and not value.language:
        path = triple.predicate.value
        if not is_valid(value):
            words = (("datatype", datatype_name(value)),)
            yield GuardFinding("valid-values", triple.subject, path, value, words)
        elif not is_canonical(value):
            yield GuardFinding("plain-values", triple.subject, path, value)


def _makes_shared(triple: Statement, record_id: str, minter: IriMinter) -> bool:
    """Tell whether a statement makes its subject what only others can say that it is.

    A member of a shared class or scheme, a class, another record or result.
    """
    subject, predicate, value = triple
    if isinstance(subject, BlankNode):
        return False  # it has no name, which is refused anyway
    if predicate == RDF.type:
        if value == OG.Outcome:
            return subject != minter.outcome(record_id)
        if value == OG.Record:
            return subject != minter.record(record_id)
        return value in RESERVED
    if predicate == SKOS.inScheme and isinstance(value, NamedNode):
        parts = minter.parts(value)
        return parts[:1] == ("concept",) and parts[:2] != ("concept", "sector")
    return predicate == RDFS.subClassOf


def record_of(subject: object, minter: IriMinter) -> str | None:
    """Return the id of the record that a thing belongs to, None when it belongs to none."""
    parts = minter.parts(subject) if isinstance(subject, NamedNode) else ()
    if len(parts) > 1 and parts[0] in OF_RECORD:
        return parts[1].split("#", 1)[0]
    return None


def _is_own(subject: NamedNode, record_id: str, minter: IriMinter) -> bool:
    parts = minter.parts(subject)
    if not parts:
        return not subject.value.startswith(_VOCABULARIES)
    if parts[0] in OF_RECORD:
        return record_of(subject, minter) == record_id
    # A publisher's own sectors have no description but that of the records.
    return parts[0] in SHARED or parts[:2] == ("concept", "sector")
