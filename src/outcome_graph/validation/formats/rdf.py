"""The SHACL validation report as RDF (SHACL, section 3.6)."""

from __future__ import annotations

from outcome_graph.namespaces import PREFIXES, RDF, RDFS, SH, XSD
from outcome_graph.rdf import BlankNode, Literal, NamedNode, RdfFormat, Term, Triple, serialize
from outcome_graph.validation.report import ValidationReport
from outcome_graph.validation.results import SEVERITIES, Result
from outcome_graph.validation.rules import OGS
from outcome_graph.validation.shapes import Shapes
from outcome_graph.validation.statements import Statement, statements

__all__ = ["report_triples", "to_jsonld", "to_turtle"]


def report_triples(report: ValidationReport) -> list[Triple]:
    """Return the report's triples; what a bounded report leaves out is said in a comment."""
    node = BlankNode("report")
    conforms = Literal("true" if report.conforms else "false", datatype=XSD.boolean)
    triples = [Triple(node, RDF.type, SH.ValidationReport), Triple(node, SH.conforms, conforms)]
    for rule, left in report.omitted.items():
        comment = f"{rule}: {left} more results are left out ({report.totals[rule]} in all)"
        triples.append(Triple(node, RDFS.comment, Literal(comment, language="en")))
    paths = _Paths(report.shapes)
    for number, result in enumerate(report.results, 1):
        item = BlankNode(f"result{number}")
        triples.append(Triple(node, SH.result, item))
        triples += _result_triples(item, result, paths)
    return triples + paths.triples


def _result_triples(item: BlankNode, result: Result, paths: _Paths) -> list[Triple]:
    shape = _node(result.shape)
    triples = [
        Triple(item, RDF.type, SH.ValidationResult),
        Triple(item, SH.focusNode, result.focus),
        Triple(item, SH.resultSeverity, SEVERITIES[result.severity]),
        Triple(item, SH.sourceShape, shape),
        Triple(item, SH.sourceConstraintComponent, NamedNode(result.component)),
    ]
    path = paths.path(result)
    if path is not None:
        triples.append(Triple(item, SH.resultPath, path))
    if result.value is not None:
        triples.append(Triple(item, SH.value, result.value))
    for language, message in result.message.items():
        triples.append(Triple(item, SH.resultMessage, Literal(message, language=language)))
    return triples


def _node(name: str) -> NamedNode | BlankNode:
    return NamedNode(name) if ":" in name else BlankNode(name)


class _Paths:
    """Paths of results: an IRI, or the blank nodes of the shape's own path, copied once."""

    def __init__(self, shapes: Shapes | None) -> None:
        self.triples: list[Triple] = []
        self._by_subject: dict[Term, list[Statement]] = {}
        self._done: set[Term] = set()
        for triple in statements(shapes.triples) if shapes else ():
            self._by_subject.setdefault(triple.subject, []).append(triple)

    def path(self, result: Result) -> Term | None:
        """Return the node for a result's path, None when it has none that can be written."""
        if result.path is None:
            return None
        for triple in self._by_subject.get(_node(result.shape), ()):
            if triple.predicate == SH.path and isinstance(triple.object, BlankNode):
                self._copy(triple.object)
                return triple.object
        return NamedNode(result.path) if _is_iri(result.path) else None

    def _copy(self, node: Term) -> None:
        if node in self._done or not isinstance(node, BlankNode):
            return
        self._done.add(node)
        for triple in self._by_subject.get(node, ()):
            self.triples.append(Triple(*triple))
            self._copy(triple.object)


def _is_iri(path: str) -> bool:
    return ":" in path and not any(c in path for c in "<>() |*^")


def to_turtle(report: ValidationReport) -> str:
    """Return the report as Turtle."""
    prefixes = {**PREFIXES, "ogs": OGS.iri}
    data = serialize(report_triples(report), format=RdfFormat.TURTLE, prefixes=prefixes)
    return (data or b"").decode()


def to_jsonld(report: ValidationReport) -> str:
    """Return the report as JSON-LD."""
    data = serialize(report_triples(report), format=RdfFormat.JSON_LD)
    return (data or b"").decode()
