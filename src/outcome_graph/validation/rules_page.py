"""The documentation's page of rules, made from the shapes graph.

``python -m outcome_graph.validation.rules_page docs/rules.md`` writes it; with ``--check`` it tells
whether the page is up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from outcome_graph.namespaces import IriMinter
from outcome_graph.validation.rules import Rule
from outcome_graph.validation.shapes import Shapes

__all__ = ["main", "rules_table"]

#: Groups in the order of the page.
_GROUPS = ("Mandatory", "Recommended", "Consistency")

_HEAD = """\
# The rules for records

Generated from `shapes/*.ttl` by `python -m outcome_graph.validation.rules_page docs/rules.md`; a
test checks that it is up to date. Change the shapes, not this page.

{total} rules: {counts}. A **violation** refuses the record, a **warning** or **information** does
not. Every rule has its name, description and message in English, French and Spanish; the English
ones are shown. *Profile* says which records are held to it: `core` means all.

*Example* links changes of one record, each a small SPARQL update that a test applies: one after
which the rule reports, one after which it does not. The record is the seed `LAO226-2020-21-8.1.1`
with a linked project (`tests/validation/seed.py`), to which no rule has anything to say: it is the
record that passes where no update is linked. Three rules need more than one record's graph; their
examples are tests of their own in `tests/validation/test_rules.py`.

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
    paths = [Path(a) for a in arguments if a != "--check"]
    if len(paths) != 1:
        print("usage: python -m outcome_graph.validation.rules_page [--check] docs/rules.md")
        return 2
    page = paths[0]
    cases = page.resolve().parents[1] / "tests" / "validation" / "cases"
    text = rules_table(list(Shapes.load(IriMinter()).rules.values()), cases)
    if "--check" not in arguments:
        page.write_text(text, encoding="utf-8")
        return 0
    if page.is_file() and page.read_text(encoding="utf-8") == text:
        return 0
    print(f"{page} is out of date; run: python -m outcome_graph.validation.rules_page {page}")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
