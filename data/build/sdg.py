"""Build ``data/sdg.ttl``, the SDG skeleton vocabulary, from ``sdg_labels.csv`` beside this file.

Usage: ``python data/build/sdg.py`` writes the file; ``--check`` only compares and exits with 1
when the committed file is out of date.

The table has one row for each goal, target and indicator:

- ``id``: last part of the UN's IRI under ``http://metadata.un.org/sdg/``: "1", "1.3", "C010301";
- ``codes``: the UN's compact codes, space-separated, in code order; an indicator that serves
  several targets has one code for each ("1.5.1 11.5.1 13.1.1"). The hierarchy is in the codes;
- ``en``, ``fr``, ``es``: the short label in this project's own words (goals: the UN's short names).

Source of identifiers, codes and hierarchy: United Nations, "A Knowledge Organization System for
the United Nations Sustainable Development Goals" (Joshi, Gonzalez Morales, Klarman, Helton),
http://metadata.un.org/sdg, issued 2019-12-19, modified 2020-05-01. Indicators that the
statistical commission added or dropped after that edition are not followed: it defines the IRIs.
The official texts are not here; ``outcome-graph vocab install sdg`` brings them.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLE = HERE / "sdg_labels.csv"
OUTPUT = HERE.parent / "sdg.ttl"

LANGUAGES = ("en", "fr", "es")
COLUMNS = ("id", "codes", *LANGUAGES)
KINDS = ("Goal", "Target", "Indicator")
CODE = re.compile(r"[1-9][0-9]?(\.([1-9][0-9]?|[a-d])(\.[1-9])?)?")

HEADER = """\
# Sustainable Development Goals: goals, targets and global indicators, with short labels.
#
# Made by data/build/sdg.py from data/build/sdg_labels.csv. Do not edit: change the table.
#
# IRIs, notations and hierarchy: United Nations, "A Knowledge Organization System for the United
# Nations Sustainable Development Goals", http://metadata.un.org/sdg (issued 2019-12-19, modified
# 2020-05-01). Short labels of targets and indicators: this project's own words, not official
# texts; goals bear the UN's short names. Official labels: `outcome-graph vocab install sdg`.

@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix og: <https://w3id.org/outcome-graph/ontology#> .
@prefix sdg: <http://metadata.un.org/sdg/> .
@prefix sdgo: <http://metadata.un.org/sdg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""

SCHEME_TITLES = {
    "en": "Sustainable Development Goals",
    "fr": "Objectifs de développement durable",
    "es": "Objetivos de Desarrollo Sostenible",
}


@dataclass(frozen=True)
class Concept:
    """A goal, target or indicator: one row of the table."""

    id: str
    codes: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]

    @property
    def kind(self) -> str:
        """The name of its class in the UN's ontology, told by the depth of its code."""
        return KINDS[self.codes[0].count(".")]

    @property
    def parents(self) -> tuple[str, ...]:
        """The identifiers of the goals or targets right above it; none for a goal."""
        above = (code.rpartition(".")[0] for code in self.codes)
        return tuple(dict.fromkeys(code for code in above if code))

    @property
    def sort_key(self) -> tuple[int, tuple[tuple[bool, int, str], ...]]:
        """Goals, then targets, then indicators; "1.2" before "1.10" before "1.a"."""
        steps = self.codes[0].split(".")
        order = tuple((not s.isdigit(), int(s) if s.isdigit() else 0, s) for s in steps)
        return KINDS.index(self.kind), order


def read_concepts(table: Path = TABLE) -> list[Concept]:
    """Read the table, in the order of the codes.

    Raises:
        ValueError: a column or label is missing, a code is malformed or given twice, a concept
            stands below one that is not in the table. The message names the file and the row.
    """
    with table.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{table}: the columns must be {', '.join(COLUMNS)}.")
        concepts = [_concept(row, f"{table}, line {reader.line_num}") for row in reader]
    _check_hierarchy(concepts, table)
    return sorted(concepts, key=lambda concept: concept.sort_key)


def _concept(row: dict[str, str], where: str) -> Concept:
    if len(row) != len(COLUMNS) or None in row.values():  # a comma too many, or too few
        raise ValueError(
            f"{where}: the row must have {len(COLUMNS)} cells; quote commas in labels."
        )
    codes = tuple(row["codes"].split())
    if not codes or not all(CODE.fullmatch(code) for code in codes):
        raise ValueError(f"{where}: {row['codes']!r} is not a list of SDG codes.")
    if len({code.count(".") for code in codes}) != 1:
        raise ValueError(f"{where}: the codes {row['codes']!r} are not of one level.")
    labels = tuple((language, row[language].strip()) for language in LANGUAGES)
    if not all(label for _, label in labels):
        raise ValueError(f"{where}: {row['id']} lacks a label in one of {', '.join(LANGUAGES)}.")
    concept = Concept(row["id"], codes, labels)
    if concept.kind != "Indicator" and codes != (concept.id,):
        raise ValueError(f"{where}: a goal or target is identified by its code, not {row['id']!r}.")
    if concept.kind == "Indicator" and not re.fullmatch(r"C[0-9]{3}[0-9a-d][0-9]{2}", concept.id):
        raise ValueError(f"{where}: {row['id']!r} is not a permanent indicator code (C010301).")
    return concept


def _check_hierarchy(concepts: Sequence[Concept], table: Path) -> None:
    for what in ("id", "codes"):
        values = (
            [c.id for c in concepts] if what == "id" else [x for c in concepts for x in c.codes]
        )
        twice = sorted(value for value, count in Counter(values).items() if count > 1)
        if twice:
            raise ValueError(f"{table}: given twice under {what!r}: {', '.join(twice)}.")
    known = {concept.id for concept in concepts}
    for concept in concepts:
        for parent in concept.parents:
            if parent not in known:
                raise ValueError(f"{table}: {concept.id} stands below {parent}, which is missing.")


def padded(code: str) -> str:
    """The UN's standard code of a compact one: "01.03" of "1.3", "01.0a.01" of "1.a.1"."""
    return ".".join(step.zfill(2) for step in code.split("."))


def render(concepts: Sequence[Concept]) -> str:
    """Write the vocabulary as Turtle; the same concepts always give the same text."""
    children: dict[str, list[str]] = {}
    for concept in concepts:
        for parent in concept.parents:
            children.setdefault(parent, []).append(f"sdg:{concept.id}")
    goals = [f"sdg:{concept.id}" for concept in concepts if concept.kind == "Goal"]
    scheme = [
        ("a", ["skos:ConceptScheme"]),
        ("dcterms:title", [_text(text, lang) for lang, text in SCHEME_TITLES.items()]),
        ("skos:hasTopConcept", goals),
    ]
    blocks = [_block("<http://metadata.un.org/sdg>", scheme)]
    for concept in concepts:
        statements = list(_statements(concept, children.get(concept.id, [])))
        blocks.append(_block(f"sdg:{concept.id}", statements))
    return "\n".join([HEADER, *blocks])


def _statements(concept: Concept, children: list[str]) -> Iterator[tuple[str, list[str]]]:
    yield "a", [f"sdgo:{concept.kind}", "skos:Concept"]
    yield "og:shortLabel", [_text(text, language) for language, text in concept.labels]
    notations = [f'"{padded(code)}"^^sdgo:SDGCode' for code in concept.codes]
    notations += [f'"{code}"^^sdgo:SDGCodeCompact' for code in concept.codes]
    if concept.kind == "Indicator":
        notations.append(f'"{concept.id}"^^sdgo:SDGCodePerm')
    yield "skos:notation", notations
    yield "skos:inScheme", ["<http://metadata.un.org/sdg>"]
    if concept.kind == "Goal":
        yield "skos:topConceptOf", ["<http://metadata.un.org/sdg>"]
    else:
        parents = [f"sdg:{parent}" for parent in concept.parents]
        yield "skos:broader", parents
        yield f"sdgo:is{concept.kind}Of", parents
    if children:
        yield "skos:narrower", children
        yield f"sdgo:has{KINDS[KINDS.index(concept.kind) + 1]}", children


def _block(subject: str, statements: Sequence[tuple[str, list[str]]]) -> str:
    lines = [f"    {predicate} {' , '.join(objects)}" for predicate, objects in statements]
    return subject + "\n" + " ;\n".join(lines) + " .\n"


def _text(text: str, language: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"@{language}'


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file, or with ``--check`` compare it with what would be written."""
    parser = argparse.ArgumentParser(
        description="Build data/sdg.ttl from data/build/sdg_labels.csv."
    )
    parser.add_argument(
        "--check", action="store_true", help="compare only; exit 1 when they differ"
    )
    parser.add_argument("--output", type=Path, default=OUTPUT, help="the file to write or compare")
    options = parser.parse_args(arguments)
    text = render(read_concepts())
    if not options.check:
        options.output.write_text(text, encoding="utf-8", newline="\n")
    elif not options.output.is_file() or options.output.read_bytes() != text.encode():
        print(f"{options.output} is out of date: run python data/build/sdg.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
