"""A store that an earlier version made is used as it is, and says that it wants ``init``."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SEED, Cli, running_server
from support.stores import seeded

from outcome_graph import OutcomeGraph
from outcome_graph.rdf import Literal, NamedNode, Triple
from outcome_graph.store import Commit, GraphChange

SAID = (
    "countries, shapes in the store came with another version of the program; "
    "to renew them: outcome-graph init"
)


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A store with a country less, and a sentence of a shape in other words."""
    folder = seeded(tmp_path / "store")
    with OutcomeGraph.open(folder) as graph:
        assert graph.outdated() == ""
        countries, shapes = map(graph.minter.graph, ("countries", "shapes"))
        laos = graph.minter.country("LAO")
        fewer = [t for t in graph.store.graph(countries) if t.subject != laos]
        other = [
            Triple(t.subject, t.predicate, Literal("Other words.", language=t.object.language))
            if isinstance(t.subject, NamedNode)
            and isinstance(t.object, Literal)
            and t.object.language == "en"
            else t
            for t in graph.store.graph(shapes)
        ]
        changes = (GraphChange(countries, tuple(fewer)), GraphChange(shapes, tuple(other)))
        graph.store.commit(Commit(changes=changes, reason="load reference graphs", agent="init"))
    return folder


def test_it_is_told_in_a_line_until_init(earlier: Path, cli: Cli) -> None:
    for command in (("load", SEED), ("validate", "--store")):
        done = cli("--store", earlier, *command)
        assert done.returncode == 0, done.stderr
        assert done.stderr.splitlines() == [f"warning: {SAID}"]
        assert cli("--quiet", "--store", earlier, *command).stderr == ""
    with running_server(earlier) as server:
        assert [line for line in server.log if SAID in line] == [
            f"WARNING outcome_graph.service: {SAID}\n"
        ]
        # Through a server, too.
        through = cli("--store", earlier, "load", SEED)
        assert SAID in through.stderr
    assert "renewed: countries, shapes" in cli("--store", earlier, "init").stderr
    assert cli("--store", earlier, "load", SEED).stderr == ""
    with running_server(earlier) as server:
        assert not any("init" in line for line in server.log)


def test_a_store_of_any_rdf_wants_none(tmp_path: Path, cli: Cli) -> None:
    source = tmp_path / "a.nt"
    source.write_text("<http://e.org/a> <http://e.org/b> <http://e.org/c> .\n")
    done = cli("--store", tmp_path / "plain", "load", "--no-validation", source)
    assert done.stderr == ""
