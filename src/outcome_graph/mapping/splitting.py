"""Statements without named graphs, as Turtle and RDF/XML hold them, parted by record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from outcome_graph.namespaces import FOAF, OG, PREFIXES, RDF, IriMinter
from outcome_graph.rdf import NamedNode, Triple

__all__ = ["split_by_record"]

#: What records describe besides themselves and their outcomes: first parts of IRIs under the base.
_DESCRIBED = frozenset(
    ("contribution", "activity", "organisation", "project", "legal-act", "source")
)
_VOCABULARIES = tuple(PREFIXES.values())


def split_by_record(
    triples: Iterable[Triple], minter: IriMinter
) -> Iterator[tuple[str, list[Triple]]]:
    """Yield the id and the statements of each record that the statements describe.

    A record is a node ``{base}record/{id}``, or an outcome ``{base}outcome/{id}`` that no record
    is about, which then gets one. To it belongs what can be reached from it without passing through
    another record, another outcome, what all records share, or a vocabulary: an export of a whole
    store as Turtle holds the ontology and the goals too.

    Parameters:
        triples: statements of one graph.
        minter: the base that records are told by.
    """
    by_subject: dict[object, list[Triple]] = defaultdict(list)
    for triple in triples:
        by_subject[triple.subject].append(triple)
    for record_id in dict.fromkeys(_ids(by_subject, minter)):
        record, outcome = minter.record(record_id), minter.outcome(record_id)
        found = list(_reached(by_subject, record, outcome, minter))
        if record not in by_subject:
            found.append(Triple(record, RDF.type, OG.Record))
            found.append(Triple(record, FOAF.primaryTopic, outcome))
        yield record_id, found


def _ids(subjects: Iterable[object], minter: IriMinter) -> Iterator[str]:
    for subject in subjects:
        parts = minter.parts(subject) if isinstance(subject, NamedNode) else ()
        if len(parts) == 2 and parts[0] in ("record", "outcome") and "#" not in parts[1]:
            yield parts[1]


def _reached(
    by_subject: dict[object, list[Triple]],
    record: NamedNode,
    outcome: NamedNode,
    minter: IriMinter,
) -> Iterator[Triple]:
    seen: set[object] = {record, outcome}
    waiting: list[object] = [record, outcome]
    while waiting:
        for triple in by_subject.get(waiting.pop(), ()):
            yield triple
            value = triple.object
            if value not in seen and value in by_subject and not _apart(value, minter):
                seen.add(value)
                waiting.append(value)


def _apart(node: object, minter: IriMinter) -> bool:
    """Tell whether a node is described elsewhere: another record or outcome, or shared."""
    if not isinstance(node, NamedNode):
        return False
    parts = minter.parts(node)
    if not parts:
        return node.value.startswith(_VOCABULARIES)
    if parts[:2] == ("concept", "sector"):  # sectors are described by records
        return False
    if parts[0] in ("record", "outcome"):
        return len(parts) == 2 and "#" not in parts[1]
    return parts[0] not in _DESCRIBED
