"""Build ``data/sdg-titles.txt``: which words the official titles of the SDGs are made of.

Usage: ``python data/build/sdg_titles.py FOLDER`` with the folder of the UN's vocabulary
(``sdg-kos-goals-targets-indicators.ttl``); ``--check`` only compares and exits with 1 when the
committed file is out of date.

The line of a goal, target or indicator holds the beginnings of the longer words of its title, each
once, by the alphabet: enough to know the title again when somebody wrote it, not the title.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph

from outcome_graph.vocabulary.sdg_titles import LANGUAGES, beginnings

OUTPUT = Path(__file__).resolve().parents[1] / "sdg-titles.txt"
SOURCE = "sdg-kos-goals-targets-indicators.ttl"
SDG = "http://metadata.un.org/sdg/"
HEADER = """\
# Which words the official titles of the SDGs are made of, in English, French and Spanish:
# the beginnings of the longer ones, each once, by the alphabet. Made by data/build/sdg_titles.py.
#
# Source: Amit Joshi, Luis Gonzalez Morales, Szymon Klarman, and Aaron Helton. 2019. A Knowledge
# Organization System for the United Nations Sustainable Development Goals. New York, NY.
"""
TITLES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sdgo: <http://metadata.un.org/sdg/ontology#>
SELECT ?code ?title
WHERE { VALUES ?kind { sdgo:Goal sdgo:Target sdgo:Indicator }
        ?code a ?kind ; skos:prefLabel ?title }
"""


def lines(folder: Path) -> Iterator[str]:
    """Yield a line for each of them and language, in order of codes."""
    store = pyoxigraph.Store()
    store.load(path=str(folder / SOURCE), format=pyoxigraph.RdfFormat.TURTLE)
    titles: dict[tuple[str, str], str] = {}
    for row in store.query(TITLES):  # type: ignore[union-attr]
        key = row["code"].value.removeprefix(SDG), row["title"].language
        # Target 12.3 bears "By 2030,d" too, and the name of another thing.
        titles[key] = max(row["title"].value, titles.get(key, ""), key=len)
    order = sorted({code for code, _ in titles}, key=_order)
    for code in order:
        for language in (language for language in LANGUAGES if (code, language) in titles):
            yield f"{code} {language}: {' '.join(sorted(beginnings(titles[code, language])))}\n"


def _order(code: str) -> tuple[int, int, str]:
    if code.startswith("C"):
        return 100, 0, code
    goal, _, target = code.partition(".")
    return int(goal), 100 if target.isalpha() else int(target or 0), target


def main(argv: Sequence[str] | None = None) -> int:
    """Write the file, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(argv)
    made = HEADER + "".join(lines(options.folder))
    if options.check:
        return int(made != OUTPUT.read_text(encoding="utf-8"))
    OUTPUT.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
