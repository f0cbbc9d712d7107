"""Shapes as values, read from a shapes graph.

What is not recognised completely raises `Unsupported`: the shape then goes to pySHACL. Nothing is
compiled on a guess, because a constraint that is skipped reads as "conforms".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from outcome_graph.namespaces import RDF, RDFS, SH
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Subject, Term
from outcome_graph.validation.screen.paths import Path, PathError, read_path
from outcome_graph.validation.statements import Statement

__all__ = [
    "Constraint",
    "Graph",
    "Shape",
    "Targets",
    "Unsupported",
    "component_of",
    "label_of",
    "read_shapes",
]


class Unsupported(Exception):  # noqa: N818 - no failure: it names what pySHACL is to do
    """Something in a shape that is not compiled, in words."""


class Graph:
    """A graph by subject and predicate.

    Parameters:
        triples: the graph.
    """

    def __init__(self, triples: Iterable[Statement]) -> None:
        self._values: dict[Term, dict[NamedNode, list[Term]]] = {}
        for triple in triples:
            by_predicate = self._values.setdefault(triple.subject, {})
            found = by_predicate.setdefault(triple.predicate, [])
            if triple.object not in found:
                found.append(triple.object)

    def subjects(self) -> list[Term]:
        """Every subject."""
        return list(self._values)

    def predicates(self, subject: Term) -> dict[NamedNode, list[Term]]:
        """The values of a subject by predicate."""
        return self._values.get(subject, {})

    def values(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """The values of a property."""
        return self._values.get(subject, {}).get(predicate, [])

    def members(self, head: Term) -> list[Term]:
        """The members of a list.

        Raises:
            Unsupported: it is no well-formed list.
        """
        made: list[Term] = []
        seen: set[Term] = set()
        while head != RDF.nil:
            first, rest = self.values(head, RDF.first), self.values(head, RDF.rest)
            if head in seen or len(first) != 1 or len(rest) != 1:
                raise Unsupported("a list that is not well formed")
            seen.add(head)
            made.append(first[0])
            head = rest[0]
        return made


@dataclass(frozen=True, slots=True)
class Targets:
    """What a shape is aimed at, by kind."""

    nodes: tuple[Term, ...] = ()
    classes: tuple[NamedNode, ...] = ()
    subjects_of: tuple[NamedNode, ...] = ()
    objects_of: tuple[NamedNode, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.nodes or self.classes or self.subjects_of or self.objects_of)


@dataclass(frozen=True, slots=True)
class Constraint:
    """One parameter of a constraint component with its values."""

    name: str
    values: tuple[Term, ...]


@dataclass(slots=True, eq=False)
class Shape:
    """A shape.

    Parameters:
        node: its node in the shapes graph. label: how results name it.
        path: of a property shape, None for a node shape.
        unsupported: why it cannot be compiled, None when it can.
    """

    node: Subject
    label: str
    path: Path | None = None
    targets: Targets = field(default_factory=Targets)
    deactivated: bool = False
    severity: str = SH.Violation.value
    messages: tuple[tuple[str, str], ...] = ()
    constraints: tuple[Constraint, ...] = ()
    unsupported: str | None = None

    def values(self, name: str) -> tuple[Term, ...]:
        """The values of a parameter."""
        return next((c.values for c in self.constraints if c.name == name), ())


#: Parameters that are compiled (`compiler`); those of one component stand together there.
_PARAMETERS = frozenset((
    "class", "datatype", "nodeKind", "minCount", "maxCount", "minExclusive", "minInclusive",
    "maxExclusive", "maxInclusive", "minLength", "maxLength", "pattern", "flags", "languageIn",
    "uniqueLang", "equals", "disjoint", "lessThan", "lessThanOrEquals", "not", "and", "or",
    "xone", "node", "property", "qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount",
    "qualifiedValueShapesDisjoint", "closed", "ignoredProperties", "hasValue", "in", "sparql",
))  # fmt: skip
#: Terms of SHACL's vocabulary that say nothing about data.
_SILENT = frozenset((
    "name", "description", "order", "group", "defaultValue", "message", "severity", "deactivated",
    "path", "targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf",
))  # fmt: skip
_ONCE = frozenset((
    "datatype", "nodeKind", "minCount", "maxCount", "minLength", "maxLength", "flags",
    "uniqueLang", "languageIn", "closed", "ignoredProperties", "qualifiedMinCount",
    "qualifiedMaxCount", "qualifiedValueShapesDisjoint", "qualifiedValueShape", "in",
))  # fmt: skip
_LINKS = (SH.node, SH.property, SH["not"], SH.qualifiedValueShape)
_LISTS = (SH["and"], SH["or"], SH.xone)


def component_of(parameter: str) -> str:
    """Return the local name of the constraint component of a parameter: "minCount", "MinCount"."""
    return "SPARQL" if parameter == "sparql" else parameter[0].upper() + parameter[1:]


def label_of(node: Term) -> str:
    """Return how results name a shape: its IRI, or a blank node's label."""
    return str(node.value)


def read_shapes(graph: Graph) -> dict[Term, Shape]:
    """Return every shape of a shapes graph by its node."""
    custom = _custom_parameters(graph)
    return {node: _shape(graph, node, custom) for node in _shape_nodes(graph)}


def _shape_nodes(graph: Graph) -> list[Subject]:
    found: dict[Term, None] = {}
    marks = (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)
    kinds = {SH.NodeShape, SH.PropertyShape}
    for subject in graph.subjects():
        given = graph.predicates(subject)
        if any(p in given for p in (*marks, SH.property, SH.node)):
            found[subject] = None
        if kinds & set(given.get(RDF.type, ())):
            found[subject] = None
        for link in _LINKS:
            found.update(dict.fromkeys(given.get(link, ())))
        for link in _LISTS:
            for head in given.get(link, ()):
                try:
                    found.update(dict.fromkeys(graph.members(head)))
                except Unsupported:
                    continue  # the shape that has the list is not compiled
    return [node for node in found if not isinstance(node, Literal)]


def _custom_parameters(graph: Graph) -> set[NamedNode]:
    found: set[NamedNode] = set()
    for subject in graph.subjects():
        for parameter in graph.values(subject, SH.parameter):
            for path in graph.values(parameter, SH.path):
                if isinstance(path, NamedNode):
                    found.add(path)
    return found


def _shape(graph: Graph, node: Subject, custom: set[NamedNode]) -> Shape:
    shape = Shape(node, label_of(node))
    try:
        _fill(graph, shape, custom)
    except (Unsupported, PathError) as reason:
        shape.unsupported = str(reason)
    return shape


def _fill(graph: Graph, shape: Shape, custom: set[NamedNode]) -> None:
    given = graph.predicates(shape.node)
    shape.deactivated = _flag(given.get(SH.deactivated, []))
    if severities := given.get(SH.severity):
        if len(severities) > 1:
            raise Unsupported("several severities")
        shape.severity = str(severities[0].value)
    shape.messages = _messages(given.get(SH.message, []))
    shape.targets = _targets(graph, shape.node)
    if paths := given.get(SH.path):
        if len(paths) > 1:
            raise Unsupported("several paths")
        shape.path = read_path(graph, paths[0])
    shape.constraints = tuple(_constraints(given, custom))


def _constraints(
    given: Mapping[NamedNode, Sequence[Term]], custom: set[NamedNode]
) -> Iterator[Constraint]:
    for predicate, values in given.items():
        if predicate in custom:
            raise Unsupported(f"a custom constraint component ({predicate.value})")
        if not predicate.value.startswith(SH.iri):
            continue
        name = predicate.value[len(SH.iri) :]
        if name in _SILENT:
            continue
        if name not in _PARAMETERS:
            raise Unsupported(f"sh:{name}")
        if name in _ONCE and len(values) > 1:
            raise Unsupported(f"several values of sh:{name}")
        yield Constraint(name, tuple(values))


def _flag(values: Sequence[Term]) -> bool:
    if len(values) > 1 or any(not isinstance(v, Literal) for v in values):
        raise Unsupported("sh:deactivated that is not one truth value")
    if values and values[0].value not in ("true", "false", "1", "0"):
        raise Unsupported("sh:deactivated that is no truth value")
    return bool(values) and values[0].value in ("true", "1")


def _messages(values: Iterable[Term]) -> tuple[tuple[str, str], ...]:
    texts = [v for v in values if isinstance(v, Literal)]
    return tuple(sorted((v.language or "", v.value) for v in texts))


def _targets(graph: Graph, node: Subject) -> Targets:
    given = graph.predicates(node)
    if SH.target in given:
        raise Unsupported("sh:target")
    nodes = tuple(given.get(SH.targetNode, ()))
    if any(isinstance(n, BlankNode) for n in nodes):
        raise Unsupported("a blank node as target")
    classes = list(given.get(SH.targetClass, ()))
    if _is_class(graph, node) and node not in classes:
        classes.append(node)
    return Targets(
        nodes,
        _named(classes),
        _named(given.get(SH.targetSubjectsOf, ())),
        _named(given.get(SH.targetObjectsOf, ())),
    )


def _is_class(graph: Graph, node: Subject) -> bool:
    """Tell whether a shape is a class as well, as pySHACL sees it (SHACL, 2.1.3.3)."""
    types = graph.values(node, RDF.type)
    return any(t == RDFS.Class or RDFS.Class in graph.values(t, RDFS.subClassOf) for t in types)


def _named(values: Iterable[Term]) -> tuple[NamedNode, ...]:
    made = []
    for value in values:
        if not isinstance(value, NamedNode):
            raise Unsupported("a target that is no IRI")
        made.append(value)
    return tuple(made)
