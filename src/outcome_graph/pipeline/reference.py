"""Reference graphs in the store, and describing and naming what stands in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from outcome_graph.errors import OutcomeGraphError
from outcome_graph.namespaces import RDF, IriMinter
from outcome_graph.pipeline.rows import Ask, rows_of
from outcome_graph.rdf import BlankNode, NamedNode, Triple, format_for, parse_quads
from outcome_graph.store import Commit, GraphChange, QueryRequest, Store
from outcome_graph.store.kept import as_kept

if TYPE_CHECKING:
    from outcome_graph.pipeline.vocabularies import VocabularyEntry

__all__ = ["describe", "initialise", "label", "outdated", "vocabularies"]

DESCRIBE = """
CONSTRUCT { ?resource ?property ?value }
WHERE { ?resource ?property ?value }
"""

#: Of what is named and not described, such as an indicator of a biennium without a list of ours.
MENTIONS = """
CONSTRUCT { ?thing ?property ?resource }
WHERE { ?thing ?property ?resource }
LIMIT 1000
"""

#: Official labels come first: prefLabel, then our own short ones, titles, codes.
LABEL = """
SELECT ?label ?rank (LANG(?label) AS ?language)
WHERE {
  VALUES (?property ?rank) {
    (skos:prefLabel 1) (rdfs:label 2) (og:shortLabel 3) (dcterms:title 4) (skos:notation 5)
    (dcterms:identifier 6)
  }
  ?resource ?property ?label .
}
"""


def _graphs(minter: IriMinter) -> dict[str, Collection[Triple]]:
    """Return the reference graphs that come with the program."""
    from outcome_graph.validation import shapes_graph
    from outcome_graph.vocabulary import reference_graphs

    return {**dict(reference_graphs(minter)), "shapes": shapes_graph(minter)}


def initialise(store: Store, minter: IriMinter) -> list[str]:
    """Load or refresh the reference graphs in one commit; return the names of changed ones."""
    graphs = _graphs(minter)
    changes = tuple(GraphChange(minter.graph(name), tuple(t)) for name, t in graphs.items())
    before = store.revision()
    commit = Commit(changes=changes, reason="load reference graphs", agent="init")
    revision = store.commit(commit)
    if revision == before:
        return []
    # Only the store knows what differs once literals and blank nodes are as it keeps them.
    return [n for n in graphs if _last_change(store, minter.graph(n)) == revision]


def outdated(store: Store, minter: IriMinter) -> list[str]:
    """Return the names of the reference graphs that are not those that come with the program."""
    graphs = _graphs(minter).items()
    return [n for n, own in graphs if _compared(own) != _compared(store.graph(minter.graph(n)))]


def _compared(triples: Collection[Triple]) -> tuple[int, set[tuple[object, ...]]]:
    """Return what tells graphs apart: how many statements, and those without nameless things."""
    return len(triples), {
        (t.subject, t.predicate, as_kept(t.object))
        for t in triples
        if not isinstance(t.subject, BlankNode) and not isinstance(t.object, BlankNode)
    }


def _last_change(store: Store, graph: NamedNode) -> int:
    return max((entry.revision for entry in store.history(graph)), default=0)


def vocabularies(store: Store, minter: IriMinter) -> list[VocabularyEntry]:
    """Return the reference graphs in the store with their numbers of things and statements."""
    from outcome_graph.pipeline.vocabularies import VocabularyEntry

    entries = []
    for name in store.graph_names():
        parts = minter.parts(name)
        if len(parts) == 2 and parts[0] == "graph":
            triples = store.graph(NamedNode(name))
            entries.append(VocabularyEntry(parts[1], _things(triples), len(triples)))
    return entries


def _things(triples: Iterable[Triple]) -> int:
    """Count the named things that a vocabulary describes: concepts, organisations, terms."""
    typed = (t.subject for t in triples if t.predicate == RDF.type)
    return len({subject for subject in typed if isinstance(subject, NamedNode)})


def describe(ask: Ask, iri: str, *, or_mentions: bool = False) -> list[Triple]:
    """Return the statements about a resource; [] when there are none, or it is no IRI.

    Parameters:
        or_mentions: return in their place what names it as its object, 1,000 statements at most.
    """
    found = _constructed(ask, DESCRIBE, iri)
    return _constructed(ask, MENTIONS, iri) if or_mentions and not found else found


def _constructed(ask: Ask, sparql: str, iri: str) -> list[Triple]:
    try:
        resource = NamedNode(iri)
    except ValueError:
        return []
    with ask(QueryRequest(sparql=sparql, bindings={"resource": resource})) as answer:
        data = b"".join(answer.chunks())
    rdf_format = format_for("nt")
    assert rdf_format is not None
    return [quad.triple for quad in parse_quads(data, rdf_format)]


def label(ask: Ask, iri: str, language: str) -> str:
    """Return what to call a resource: a label in the language, in English, in any, or its code."""
    try:
        rows = rows_of(ask, LABEL, {"resource": NamedNode(iri)})
    except (ValueError, OutcomeGraphError):
        rows = []
    order = {language: 0, "en": 1, "": 2}
    rows.sort(key=lambda r: (order.get(r["language"], 3), int(r["rank"]), r["label"]))
    if rows:
        return rows[0]["label"]
    return iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
