"""Whether a user's shapes can be used: nothing in them may be passed over in silence.

A constraint that is not evaluated would be reported as "conforms". So shapes with parts that the
engine does not evaluate, with imports (nothing is fetched), or without any target are refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from outcome_graph.namespaces import OG, OWL, RDF, RDFS, SH
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Term
from outcome_graph.sparql_text import keywords_of
from outcome_graph.validation.patterns import FLAGS, compiled
from outcome_graph.validation.statements import Statement

__all__ = ["refusal_of_shapes", "shape_in_words"]

#: Parts of SHACL Advanced Features and SHACL-JS that constrain, or change what is constrained.
_NOT_EVALUATED = {
    SH.js: "a JavaScript constraint (sh:js)",
    SH.jsFunctionName: "a JavaScript function (sh:jsFunctionName)",
    SH.target: "a target of its own kind (sh:target)",
    SH.rule: "an inference rule (sh:rule)",
    SH.expression: "an expression constraint (sh:expression)",
}
#: All that shapes may say in SHACL's vocabulary (W3C Recommendation, 20 July 2017). A word that is
#: misspelt, or of a later draft, would be passed over.
_WORDS = """
alternativePath and annotationProperty annotationValue annotationVarName ask class closed
datatype deactivated declare defaultValue description disjoint equals flags group hasValue
ignoredProperties in inversePath labelTemplate languageIn lessThan lessThanOrEquals maxCount
maxExclusive maxInclusive maxLength message minCount minExclusive minInclusive minLength name
namespace node nodeKind nodeValidator not oneOrMorePath optional or order parameter path
pattern prefix prefixes property propertyValidator qualifiedMaxCount qualifiedMinCount
qualifiedValueShape qualifiedValueShapesDisjoint resultAnnotation select severity shapesGraph
shapesGraphWellFormed sparql suggestedShapesGraph targetClass targetNode targetObjectsOf
targetSubjectsOf uniqueLang validator xone zeroOrMorePath zeroOrOnePath conforms detail
focusNode result resultMessage resultPath resultSeverity sourceConstraint
sourceConstraintComponent sourceShape value
"""
_KNOWN = frozenset(SH[name] for name in _WORDS.split())
_TARGETS = frozenset({SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf})
_QUERIES = frozenset({SH.select, SH.ask})
_SHAPE_CLASSES = frozenset({SH.NodeShape, SH.PropertyShape})
_CLASSES = frozenset({RDFS.Class, OWL.Class})


def refusal_of_shapes(shapes: Sequence[Statement]) -> str | None:
    """Return why shapes cannot be used, as a sentence's end and what to do; None when they can.

    Parameters:
        shapes: a user's shapes graph, well formed by SHACL's own shapes.
    """
    for statement in shapes:
        if statement.predicate in _NOT_EVALUATED:
            where = shape_in_words(statement.subject, shapes)
            what = _NOT_EVALUATED[statement.predicate]
            return f"has {what} in {where}, which is not evaluated here. Write it as sh:sparql."
        if statement.predicate.value.startswith(SH.iri) and statement.predicate not in _KNOWN:
            where = shape_in_words(statement.subject, shapes)
            name = statement.predicate.value[len(SH.iri) :]
            near = get_close_matches(name, sorted(_WORDS.split()), 1)
            hint = f"Did you mean sh:{near[0]}?" if near else "Remove it, or write it as sh:sparql."
            return f"has a term that SHACL does not know, sh:{name}, in {where}. {hint}"
    if foreign := _imported(shapes):
        return (
            f"imports {foreign}, which is not fetched. Put its shapes into the file, or remove "
            "owl:imports."
        )
    if not _has_target(shapes):
        return "has no shape with a target, so it would check nothing. Add sh:targetClass to one."
    return _with_dataset(shapes) or _bad_pattern(shapes)


def _with_dataset(shapes: Sequence[Statement]) -> str | None:
    """Refuse queries that name their data: they see the data graph, whatever FROM says."""
    for statement in shapes:
        value = statement.object
        if statement.predicate not in _QUERIES or not isinstance(value, Literal):
            continue
        if "FROM" in keywords_of(value.value):
            where = shape_in_words(statement.subject, shapes)
            return f"has a query with FROM in {where}, which would be passed over. Remove FROM."
    return None


def _imported(shapes: Sequence[Statement]) -> str | None:
    """Return an imported document that is not in the file (or known anyhow)."""
    known: set[Term] = {s.subject for s in shapes}
    known |= {NamedNode(iri) for own in (SH.iri, OG.iri) for iri in (own, own.rstrip("#"))}
    for statement in shapes:
        if statement.predicate == OWL.imports and statement.object not in known:
            return str(statement.object)
    return None


def _has_target(shapes: Sequence[Statement]) -> bool:
    types: dict[Term, set[Term]] = {}
    for statement in shapes:
        if statement.predicate in _TARGETS:
            return True
        if statement.predicate == RDF.type:
            types.setdefault(statement.subject, set()).add(statement.object)
    # A shape that is a class is its own target (SHACL, 2.1.3.3).
    return any(found & _SHAPE_CLASSES and found & _CLASSES for found in types.values())


def _bad_pattern(shapes: Sequence[Statement]) -> str | None:
    for statement in shapes:
        value = statement.object
        if statement.predicate == SH.flags and set(str(value.value)) - set(FLAGS):
            where = shape_in_words(statement.subject, shapes)
            return (
                f"has flags of a regular expression that are not known in {where}: "
                f"{str(value.value)[:80]!r}. Use the letters {', '.join(FLAGS)} of XPath."
            )
        if statement.predicate == SH.pattern and isinstance(value, Literal):
            try:
                compiled(value.value)
            except (re.error, OverflowError, RecursionError) as error:
                where = shape_in_words(statement.subject, shapes)
                return (
                    f"has a regular expression that is not well formed in {where}: "
                    f"{value.value[:80]!r} ({error}). Correct sh:pattern."
                )
    return None


def shape_in_words(node: Term, shapes: Sequence[Statement]) -> str:
    """Return how a shape is called: its IRI, or where it stands below one that has an IRI.

    Parameters:
        node: a shape, or part of one.
        shapes: the shapes graph.
    """
    path = next(
        (
            f" (sh:path {s.object})"
            for s in shapes
            if s.subject == node and s.predicate == SH.path and isinstance(s.object, NamedNode)
        ),
        "",
    )
    above, seen = node, set[Term]()
    while isinstance(above, BlankNode) and above not in seen:
        seen.add(above)
        above = next((s.subject for s in shapes if s.object == above), above)
    if above == node and isinstance(node, NamedNode):
        return f"{node}{path}"
    if isinstance(above, BlankNode):
        return f"a shape without a name{path}"
    return f"a part of {above}{path}"
