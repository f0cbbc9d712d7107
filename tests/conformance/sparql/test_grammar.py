"""The grammar behind syntax messages lets everything pass that the W3C calls well formed."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from conftest import SHARED

from outcome_graph.store.grammar import first_mistake

SUITE = SHARED / "w3c" / "sparql"
#: Nobody's mistake, but ambiguous: "<?a&&?b>" is an IRI to the recommendation's tokens.
AMBIGUOUS = "syn-bad-26.rq"


def _well_formed(path: Path) -> bool:
    """Tell whether the engine takes a text for a query, or update, of SPARQL."""
    try:
        if path.suffix == ".ru":
            pyoxigraph.Store().update(path.read_text("utf-8"), base_iri="http://example.org/")
        else:
            pyoxigraph.Store().query(path.read_text("utf-8"), base_iri="http://example.org/")
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError):
        return True  # LOAD, SERVICE: parsed, and then refused
    return True


@pytest.mark.skipif(not SUITE.exists(), reason="The W3C's tests are not here.")
@pytest.mark.parametrize(("suffix", "least"), [(".rq", 600), (".ru", 100)])
def test_no_mistake_is_found_in_what_is_well_formed(suffix: str, least: int) -> None:
    looked_at, wrong = 0, []
    for path in sorted(SUITE.rglob(f"*{suffix}")):
        if path.name == AMBIGUOUS or not _well_formed(path):
            continue
        looked_at += 1
        mistake = first_mistake(path.read_text("utf-8"), update=suffix == ".ru")
        if mistake is not None:
            wrong.append((path.name, mistake.token))
    assert wrong == []
    assert looked_at >= least


@pytest.mark.skipif(not SUITE.exists(), reason="The W3C's tests are not here.")
def test_most_mistakes_of_the_suite_are_found() -> None:
    """What is beside the grammar (scopes of variables, labels of blank nodes) is not."""
    files = [
        p
        for p in [*SUITE.rglob("*bad*.rq"), *SUITE.rglob("*bad*.ru")]
        if p.name != AMBIGUOUS and not _well_formed(p)
    ]
    found = [p for p in files if first_mistake(p.read_text("utf-8"), update=p.suffix == ".ru")]
    assert len(found) > len(files) * 0.6
