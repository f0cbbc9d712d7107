"""The rules that the shapes graph states, as values; and their table for the documentation.

A rule is a shape with a name of its own in the shapes namespace and an ``sh:name``. Everything that
is said of it (texts, weight, field, profile) is read from the shapes graph, which is its only
source. ``python -m outcome_graph.validation.rules [--check] docs/rules.md`` writes the table, or
tells whether it is up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from outcome_graph.namespaces import OG, RDFS, SH, Namespace
from outcome_graph.rdf import Literal, NamedNode, Subject, Term, Triple
from outcome_graph.validation.results import LANGUAGES, Severity, severity_of
from outcome_graph.validation.statements import statements

__all__ = ["OGS", "SHAPES", "Rule", "rules_of", "rules_table"]

SHAPES = "https://w3id.org/outcome-graph/shapes"
OGS = Namespace(SHAPES + "#")

#: Groups in the order of the table.
_GROUPS = ("Mandatory", "Recommended", "Consistency")


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


def group_labels(triples: Iterable[Triple]) -> dict[str, dict[str, str]]:
    """Return the labels of the groups of rules by local name and language."""
    index = _Index(triples)
    return {group: index.texts(OGS[group], RDFS.label) for group in _GROUPS}


_HEAD = """\
# The rules for records

Generated from `shapes/*.ttl` by `python -m outcome_graph.validation.rules docs/rules.md`; a test
checks that it is up to date. Change the shapes, not this page.

{total} rules: {counts}. A **violation** refuses the record, a **warning** or **information** does
not. Every rule has its name, description and message in English, French and Spanish; the English
ones are shown. *Profile* says which records are held to it: `core` means all.

*Example* links two changes of the seed record (`LAO226-2020-21-8.1.1`), each a small SPARQL update
that a test applies: one after which the rule reports, one after which it does not. Where there is
no update for the latter, the seed record itself is the record that passes.

## Completeness

A record's completeness is the sum of the weights of the rules it fulfils, divided by the sum of the
weights of all rules of its profile: 0 to 1, three decimals, stored with the record as
`og:completeness`. A rule counts as fulfilled when it reports nothing for the record. The weights
are `og:completenessWeight` in the shapes graph.

{weights}
"""


def rules_table(rules: Sequence[Rule], cases: Path | None = None) -> str:
    """Return the documentation page of the rules as Markdown.

    Parameters:
        rules: the rules in the order of the page.
        cases: folder of the examples (``pass``, ``fail``), to link those that exist.
    """
    counts = ", ".join(
        f"{sum(r.severity == s for r in rules)} {noun}"
        for s, noun in (
            ("violation", "violations"),
            ("warning", "warnings"),
            ("info", "for information"),
        )
    )
    parts = [_HEAD.format(total=len(rules), counts=counts, weights=_weights(rules))]
    for group in _GROUPS:
        parts.append(f"## {group}\n")
        parts.append("| rule | severity | profile | what | how to mend | weight | example |")
        parts.append("|---|---|---|---|---|---|---|")
        parts += [_row(rule, cases) for rule in rules if rule.group == group]
        parts.append("")
    return "\n".join(parts)


def _weights(rules: Sequence[Rule]) -> str:
    lines = []
    for profile in dict.fromkeys(r.profile for r in rules):
        held = [r for r in rules if r.profile in ("core", profile)]
        lines.append(f"- `{profile}`: {sum(r.weight for r in held):g} in all")
    return "\n".join(lines)


def _row(rule: Rule, cases: Path | None) -> str:
    weight = f"{rule.weight:g}" if rule.weight else ""
    cells = (
        f"`{rule.id}` {rule.name['en']}",
        {"info": "information"}.get(rule.severity, rule.severity),
        rule.profile,
        rule.description["en"] + (" *(checked by the program)*" if rule.by_program else ""),
        rule.message["en"],
        weight,
        _examples(rule, cases),
    )
    return "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |"


def _examples(rule: Rule, cases: Path | None) -> str:
    links = []
    for kind, word in (("fail", "reports"), ("pass", "passes")):
        if cases is not None and (cases / kind / f"{rule.id}.ru").is_file():
            links.append(f"[{word}](../tests/validation/cases/{kind}/{rule.id}.ru)")
    return " ".join(links)


def main(arguments: Sequence[str]) -> int:
    """Write the page, or with ``--check`` tell (exit code 1) that it is out of date."""
    from outcome_graph.namespaces import IriMinter
    from outcome_graph.validation.shapes import Shapes

    paths = [Path(a) for a in arguments if a != "--check"]
    if len(paths) != 1:
        print("usage: python -m outcome_graph.validation.rules [--check] docs/rules.md")
        return 2
    page = paths[0]
    cases = page.resolve().parents[1] / "tests" / "validation" / "cases"
    text = rules_table(list(Shapes.load(IriMinter()).rules.values()), cases)
    if "--check" not in arguments:
        page.write_text(text, encoding="utf-8")
        return 0
    if page.is_file() and page.read_text(encoding="utf-8") == text:
        return 0
    print(f"{page} is out of date; run: python -m outcome_graph.validation.rules {page}")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
