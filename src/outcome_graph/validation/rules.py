"""The rules that the shapes graph states, as values.

A rule is a shape with a name of its own in the shapes namespace and an ``sh:name``. Everything that
is said of it (texts, weight, field, profile) is read from the shapes graph, which is its only
source. ``rules_page`` makes the documentation's table of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from outcome_graph.namespaces import OG, SH, Namespace
from outcome_graph.rdf import Literal, NamedNode, Subject, Term, Triple
from outcome_graph.validation.results import LANGUAGES, Severity, severity_of
from outcome_graph.validation.statements import statements

__all__ = ["OGS", "SHAPES", "Rule", "rules_of"]

SHAPES = "https://w3id.org/outcome-graph/shapes"
OGS = Namespace(SHAPES + "#")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the shapes graph.

    Parameters:
        id: local name of its shape, e.g. "date-in-biennium". shape: IRI of the shape.
        group: "Mandatory", "Recommended" or "Consistency".
        severity: of its results.
        name, description, message: by language. template: message with places for values.
        weight: what its fulfilment adds to completeness; 0 for most rules.
        field: the field of `OutcomeRecord` it is about.
        profile: "core" for rules that every record is held to, else the profile.
        by_program: checked by the program, since SHACL has no words for it.
    """

    id: str
    shape: str
    group: str
    severity: Severity
    name: Mapping[str, str]
    description: Mapping[str, str]
    message: Mapping[str, str]
    template: Mapping[str, str]
    weight: float
    field: str | None
    profile: str
    by_program: bool


class _Index:
    """The shapes graph by subject and predicate."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._values: dict[Subject, dict[NamedNode, list[Term]]] = {}
        self.parents: dict[Term, list[Subject]] = {}
        for triple in statements(triples):
            by_predicate = self._values.setdefault(triple.subject, {})
            by_predicate.setdefault(triple.predicate, []).append(triple.object)
            if triple.predicate == SH.property:
                self.parents.setdefault(triple.object, []).append(triple.subject)

    def subjects(self) -> list[Subject]:
        """Every subject, in the order of the files."""
        return list(self._values)

    def values(self, subject: Subject, predicate: NamedNode) -> list[Term]:
        """Values of a property."""
        return self._values.get(subject, {}).get(predicate, [])

    def texts(self, subject: Subject, predicate: NamedNode) -> dict[str, str]:
        """Language-tagged values of a property by language, in our order of languages."""
        found = {
            v.language or LANGUAGES[0]: v.value
            for v in self.values(subject, predicate)
            if isinstance(v, Literal)
        }
        order = [*LANGUAGES, *sorted(set(found) - set(LANGUAGES))]
        return {language: found[language] for language in order if language in found}

    def value(self, subject: Subject, predicate: NamedNode) -> str | None:
        """The first value of a property as a string."""
        found = self.values(subject, predicate)
        return str(found[0].value) if found else None

    def profile(self, subject: Subject) -> str:
        """The profile whose node shape leads to this shape, "core" when it is none's."""
        waiting: list[Subject] = [subject]
        while waiting:
            node = waiting.pop()
            target = self.value(node, SH.targetNode)
            if target and "/concept/profile/" in target:
                return target.rsplit("/", 1)[-1]
            waiting.extend(self.parents.get(node, ()))
        return "core"


def rules_of(triples: Iterable[Triple]) -> dict[str, Rule]:
    """Return the rules of a shapes graph by the IRI of their shape, in the order of the files."""
    index = _Index(triples)
    rules: dict[str, Rule] = {}
    for subject in index.subjects():
        if isinstance(subject, NamedNode) and index.values(subject, SH.name):
            rules[subject.value] = _rule(index, subject)
    return rules


def _rule(index: _Index, shape: NamedNode) -> Rule:
    group = index.value(shape, SH.group) or ""
    return Rule(
        id=shape.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1],
        shape=shape.value,
        group=group.rsplit("#", 1)[-1],
        severity=severity_of(index.value(shape, SH.severity) or SH.Violation.value),
        name=index.texts(shape, SH.name),
        description=index.texts(shape, SH.description),
        message=index.texts(shape, SH.message),
        template=index.texts(shape, OGS.messageTemplate),
        weight=float(index.value(shape, OG.completenessWeight) or 0),
        field=index.value(shape, OGS.field),
        profile=index.profile(shape),
        by_program=index.value(shape, SH.deactivated) in ("true", "1"),
    )
