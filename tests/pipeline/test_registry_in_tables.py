"""What the registry calls its bodies is read back from tables as these bodies."""

from __future__ import annotations

import csv
from pathlib import Path

from outcome_graph.pipeline import OutcomeGraph

_HEADINGS = (
    "Record ID",
    "Profile",
    "Country",
    "Title",
    "Date achieved",
    "Outcome achieved",
    "Funders",
    "Constituents",
)


def test_every_name_in_a_cell_is_that_body(tmp_path: Path) -> None:
    """A name with a comma, "and" or a dash is neither parted nor taken for another's."""
    table = tmp_path / "bodies.csv"
    with OutcomeGraph.open(tmp_path / "store") as graph:
        bodies = list(graph.knowledge.organisations)
        named = [(body, name.value) for body in bodies for name in body.names]
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_HEADINGS)
            for number, (body, name) in enumerate(named):
                own = body.country if body.type in ("workers", "employers") else None
                cells = ("", name) if own else (name, "")
                place = own or ("UGA" if body.country == "KEN" else "KEN")
                said = (f"T-{number}", "core", place, f"Title {number}", "2021-03-01", "A law")
                writer.writerow((*said, *cells))
        records = list(graph.convert(table))
    read = [[o.slug for o in record.funders or record.constituents] for record in records]
    assert read == [[body.slug] for body, _ in named]
    assert len(read) > 1000
