"""The ontology and the shapes as pages, made of their RDF."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from outcome_graph.namespaces import DCTERMS, ONTOLOGY, OWL, RDF, RDFS, SCHEMA, SH, SKOS
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Term, Triple
from outcome_graph.service.context import href
from outcome_graph.service.html_parts import Value
from outcome_graph.service.labels import short_name
from outcome_graph.service.wording import say

__all__ = [
    "OntologyPage",
    "RuleEntry",
    "ShapeEntry",
    "ShapesPage",
    "TermEntry",
    "ontology_page",
    "shapes_page",
]

#: Where a new word begins in a name such as ActivityConsistency.
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_Index: TypeAlias = dict[Term, dict[NamedNode, list[Term]]]

#: Properties of a term that its entry shows, and what they are called there.
_RELATIONS = (
    ("Sub-class of", RDFS.subClassOf),
    ("Sub-property of", RDFS.subPropertyOf),
    ("Domain", RDFS.domain),
    ("Used with", SCHEMA.domainIncludes),
    ("Range", RDFS.range),
    ("Values", SCHEMA.rangeIncludes),
    ("Inverse of", OWL.inverseOf),
    ("Close match", SKOS.closeMatch),
    ("Exact match", SKOS.exactMatch),
)
_CLASSES = (OWL.Class, RDFS.Class)
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A class or property for people."""

    anchor: str
    name: str
    label: Value | None
    definition: Value | None
    examples: Sequence[Value]
    relations: Sequence[tuple[str, Sequence[Value]]]


@dataclass(frozen=True, slots=True)
class OntologyPage:
    """The ontology for people."""

    title: Value
    description: Value | None
    version: str
    licence: str
    sections: Sequence[tuple[str, str, Sequence[TermEntry]]]


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule for people: its name, the property it is about, how grave it is, what it says."""

    name: Value | None
    path: Value | None
    severity: str
    message: Value


@dataclass(frozen=True, slots=True)
class ShapeEntry:
    """A shape for people."""

    anchor: str
    name: Value
    description: Value | None
    targets: Sequence[Value]
    rules: Sequence[RuleEntry]


@dataclass(frozen=True, slots=True)
class ShapesPage:
    """The shapes for people."""

    shapes: Sequence[ShapeEntry]


def _index(triples: Iterable[Triple]) -> _Index:
    index: _Index = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        subject, value = triple.subject, triple.object
        # Quoted triples (RDF 1.2) stand in no vocabulary of ours.
        if not isinstance(subject, Triple) and not isinstance(value, Triple):
            index[subject][triple.predicate].append(value)
    return index


def _text(values: Iterable[Term], language: str) -> Value | None:
    """Return the text in a language, else in English, else in any."""
    literals = [v for v in values if isinstance(v, Literal)]
    for wanted in (language, "en", None):
        for literal in literals:
            if literal.language == wanted or wanted is None:
                return Value(literal.value, None, literal.language)
    return None


def _reference(term: Term) -> Value:
    if isinstance(term, NamedNode):
        return Value(short_name(term.value), href(term.value))
    return Value(term.value if isinstance(term, Literal) else say("a combination of classes"))


def ontology_page(triples: Iterable[Triple], language: str) -> OntologyPage:
    """Gather what the ontology's page shows.

    Parameters:
        triples: the ontology.
        language: of labels, definitions and examples.
    """
    index = _index(triples)
    head = index[NamedNode(ONTOLOGY)]
    sections = [
        ("classes", say("Classes"), _entries(index, _CLASSES, language)),
        ("properties", say("Properties"), _entries(index, _PROPERTIES, language)),
    ]
    return OntologyPage(
        title=_text(head[DCTERMS.title] or head[RDFS.label], language) or Value(say("Ontology")),
        description=_text(head[DCTERMS.description] or head[RDFS.comment], language),
        version=next((v.value for v in head[OWL.versionInfo] if isinstance(v, Literal)), ""),
        licence=next((v.value for v in head[DCTERMS.license] if isinstance(v, NamedNode)), ""),
        sections=sections,
    )


def _entries(index: _Index, kinds: Iterable[NamedNode], language: str) -> list[TermEntry]:
    wanted = set(kinds)
    own = [
        (subject, facts)
        for subject, facts in index.items()
        if isinstance(subject, NamedNode)
        and subject.value.startswith(f"{ONTOLOGY}#")
        and wanted & set(facts[RDF.type])
    ]
    own.sort(key=lambda item: item[0].value.lower())
    return [_entry(subject, facts, language) for subject, facts in own]


def _entry(subject: NamedNode, facts: dict[NamedNode, list[Term]], language: str) -> TermEntry:
    examples = [e for e in facts[SKOS.example] if isinstance(e, Literal)]
    spoken = [e for e in examples if e.language == language] or [
        e for e in examples if e.language in ("en", None)
    ]
    relations = [
        (say(name), [_reference(v) for v in facts[predicate]])
        for name, predicate in _RELATIONS
        if facts[predicate]
    ]
    return TermEntry(
        anchor=subject.value.rpartition("#")[2],
        name=short_name(subject.value),
        label=_text(facts[RDFS.label] or facts[SKOS.prefLabel], language),
        definition=_text(facts[SKOS.definition] or facts[RDFS.comment], language),
        examples=[Value(e.value, None, e.language) for e in spoken],
        relations=relations,
    )


def shapes_page(triples: Iterable[Triple], language: str) -> ShapesPage:
    """Gather what the shapes' page shows: each node shape with its rules in words."""
    index = _index(triples)
    nodes = [s for s, facts in index.items() if SH.NodeShape in facts[RDF.type]]
    nodes.sort(key=lambda s: getattr(s, "value", ""))
    return ShapesPage([_shape(node, index, language) for node in nodes])


def _shape(node: Term, index: _Index, language: str) -> ShapeEntry:
    facts = index[node]
    targets = [t for p in (SH.targetClass, SH.targetNode, SH.targetSubjectsOf) for t in facts[p]]
    name = _text(facts[SH.name] or facts[RDFS.label], language)
    value = getattr(node, "value", "")
    constraints = [*facts[SH.property], *facts[SH.sparql]]
    own = [node] if facts[SH.message] and not constraints else []
    anchor = value.rpartition("#")[2] or value.rpartition("/")[2]
    return ShapeEntry(
        anchor=anchor,
        name=name or Value(_CAMEL.sub(" ", anchor).capitalize(), None, "en"),
        description=_text(facts[SH.description] or facts[RDFS.comment], language),
        targets=[_reference(t) for t in targets if not isinstance(t, BlankNode)],
        rules=[_rule(part, index, node, language) for part in [*own, *constraints]],
    )


def _rule(part: Term, index: _Index, shape: Term, language: str) -> RuleEntry:
    facts = index[part]
    path = next((p for p in facts[SH.path] if isinstance(p, NamedNode)), None)
    name = _text(facts[SH.name], language)
    grave = facts[SH.severity] or index[shape][SH.severity] or [SH.Violation]
    return RuleEntry(
        name=name,
        path=_reference(path) if path else None,
        severity=getattr(grave[0], "value", "").rpartition("#")[2].lower(),
        message=_text(facts[SH.message], language)
        or _text(facts[SH.description], language)
        or name
        or Value(""),
    )
