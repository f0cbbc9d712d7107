"""SPARQL updates where the store may not be copied: the embedded store says what is right."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from store.contract import G1, G2, G3, P, Q, S, put, triple, update
from support.engines import Engine, oxigraph_server

from outcome_graph.errors import QueryTimeoutError, TooLargeError
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Quad, Triple
from outcome_graph.settings import Settings
from outcome_graph.store import EmbeddedStore, Store, open_store

#: Fewer statements may be copied than the store has; more than any WHERE here has answers.
BOUND = 60


@pytest.fixture(scope="module", params=["oxigraph", "union", "fuseki"])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    if request.param == "fuseki":
        yield request.getfixturevalue("fuseki")
        return
    options = ["--union-default-graph"] if request.param == "union" else []
    with oxigraph_server(tmp_path_factory.mktemp(request.param), *options) as running:
        yield running


def fill(store: Store) -> None:
    numbers = [Literal("1", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))]
    put(store, G1, "a", "b", *numbers, triple("only here", S, Q))
    put(store, G2, "b", "c", triple(Literal("mot", language="fr")))
    put(store, G3, *(triple(f"{n}", NamedNode(f"http://example.org/many/{n}")) for n in range(70)))
    put(store, None, "a", "in the default graph")


@pytest.fixture
def pair(engine: Engine, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    engine.clear()
    remote = open_store(Settings(store=engine.query, max_copy_quads=BOUND), create=True)
    embedded = EmbeddedStore(tmp_path / "embedded", create=True)
    for store in (remote, embedded):
        fill(store)
    yield remote, embedded
    remote.close()
    embedded.close()


def lines(store: Store) -> list[str]:
    return sorted(b"".join(store.dump()).decode().splitlines())


@pytest.mark.parametrize(
    "text",
    [
        f"DELETE {{ GRAPH {G1} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {G1} {{ ?s ?p ?o }} }}",
        f"DELETE WHERE {{ GRAPH {G1} {{ ?s ?p 'a' }} }}",
        f"DELETE WHERE {{ GRAPH ?g {{ {S} {P} ?o }} }}",
        f"DELETE WHERE {{ {S} {P} ?o }}",
        f"DELETE WHERE {{ {S} {P} 'a' . GRAPH {G1} {{ {S} {P} 'a' }} }}",
        f"INSERT {{ GRAPH ?g {{ ?s {Q} 'new' }} }} WHERE {{ GRAPH ?g {{ ?s {P} 'b' }} }}",
        f"INSERT {{ {S} {Q} ?n }} WHERE {{ {{ SELECT (COUNT(*) AS ?n) {{ {S} {P} ?o }} }} }}",
        f"""DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} INSERT {{ GRAPH ?g {{ ?s ?p ?new }} }}
            WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(ISLITERAL(?o) && STRLEN(STR(?o)) = 1)
            FILTER(?o > 'a') BIND(UCASE(STR(?o)) AS ?new) FILTER(?s = {S}) }}""",
        f"INSERT {{ GRAPH {G2} {{ {S} {P} 'yes' }} }} WHERE {{ GRAPH {G1} {{ {S} {P} 'a' }} }}",
        f"INSERT {{ GRAPH {G2} {{ {S} {P} 'no' }} }} WHERE {{ GRAPH {G2} {{ {S} {P} 'a' }} }}",
        f"PREFIX e: <http://example.org/> INSERT {{ e:s e:p ?o ; e:q ?l }} WHERE "
        f"{{ GRAPH {G2} {{ e:s e:p ?o }} OPTIONAL {{ GRAPH {G1} {{ e:s e:q ?l }} }} }}",
        "BASE <http://example.org/> PREFIX g: <http://example.org/graph/> "
        "DELETE { GRAPH g:1 { <s> <p> ?o } } WHERE { GRAPH g:2 { <s> <p> ?o } }",
        f"DELETE {{ GRAPH {G1} {{ ?s ?p ?o }} }} INSERT {{ GRAPH {G1} {{ ?s ?p ?o }} }} "
        f"WHERE {{ GRAPH {G1} {{ ?s ?p ?o }} }}",
        f"DELETE {{ GRAPH {G1} {{ ?s ?p 01 }} }} WHERE {{ ?s ?p 1 }}",
        f"INSERT {{ GRAPH ?unbound {{ {S} {P} 'x' }} }} WHERE {{ {S} {P} 'a' }}",
        f"INSERT {{ ?o {P} 'x' }} WHERE {{ {S} {P} ?o }}",
        f"INSERT DATA {{ {S} {P} 'd' }} ; DELETE DATA {{ GRAPH {G1} {{ {S} {P} 'a' }} }}",
        f"CLEAR GRAPH {G1} ; COPY {G2} TO {G1}",
        "insert{graph?g{?s?p'new'}}where{graph?g{?s?p'b'}}",
    ],
)
def test_what_a_where_changes(pair: tuple[Store, Store], text: str) -> None:
    remote, embedded = pair
    assert update(remote, text) == update(embedded, text)
    assert lines(remote) == lines(embedded)
    mine, theirs = list(remote.history())[-1], list(embedded.history())[-1]
    assert (mine.removed, mine.added) == (theirs.removed, theirs.added)
    assert set(mine.graphs) == set(theirs.graphs)


@pytest.mark.parametrize(
    "text",
    [
        f"DELETE WHERE {{ {S} {P} 'a' }} ; INSERT {{ {S} {P} ?o }} WHERE {{ {S} {P} ?o }}",
        f"WITH {G1} DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"INSERT {{ {S} {P} [ {Q} ?o ] }} WHERE {{ {S} {P} ?o }}",
        f"INSERT {{ {S} {Q} ?o }} USING {G1} WHERE {{ {S} {P} ?o }}",
        "CLEAR ALL",
        "DELETE WHERE { ?s ?p ?o }",
    ],
)
def test_what_needs_a_copy_is_refused_above_the_bound(pair: tuple[Store, Store], text: str) -> None:
    remote, embedded = pair
    before = remote.revision()
    with pytest.raises(TooLargeError, match="OUTCOME_GRAPH_MAX_COPY_QUADS"):
        update(remote, text)
    assert remote.revision() == before
    assert lines(remote) == lines(embedded)


def test_blank_nodes_need_a_copy(pair: tuple[Store, Store]) -> None:
    remote, _ = pair
    put(remote, G2, triple(BlankNode("x")))
    text = f"INSERT {{ GRAPH {G2} {{ ?o {Q} 'x' }} }} WHERE {{ GRAPH {G2} {{ {S} {P} ?o }} }}"
    with pytest.raises(TooLargeError):
        update(remote, text)


#: The first is a query of the engine's, the second is worked out on a copy of everything.
RUNAWAY = (
    f"INSERT {{ {S} {Q} ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . "
    "?g ?h ?i . ?j ?k ?l . ?m ?o ?p } }"
)
RUNAWAYS = [RUNAWAY, f"{RUNAWAY} ; INSERT DATA {{ {S} {Q} 'more' }}"]


@pytest.mark.parametrize("text", RUNAWAYS)
def test_one_that_runs_away_is_stopped(engine: Engine, text: str) -> None:
    engine.clear()
    store = open_store(Settings(store=engine.query, update_deadline=1), create=True)
    try:
        fill(store)
        before = store.revision()
        began = time.monotonic()
        with pytest.raises(QueryTimeoutError, match="The update was stopped at its deadline of 1 "):
            update(store, text)
        assert time.monotonic() - began < 2.5
        assert store.revision() == before
        assert update(store, f"INSERT DATA {{ {S} {Q} 'after' }}") == before + 1
    finally:
        store.close()


class _SlowCheck:
    """Takes a quarter of a second for each graph, and lets everything pass."""

    def __init__(self) -> None:
        self.looked_at = 0

    def concerns(self, graph: NamedNode) -> bool:
        return True

    def look_at(self, added: Iterable[Quad]) -> None:
        pass

    def __call__(
        self,
        contents: Mapping[NamedNode, Sequence[Triple]],
        revision: int,
        go_on: Callable[[], None],
    ) -> Mapping[NamedNode, Sequence[Triple]]:
        for _ in contents:
            go_on()
            self.looked_at += 1
            time.sleep(0.25)
        return contents


@pytest.mark.parametrize("where", ["", f"WHERE {{ {S} {P} 'a' }}"])
def test_the_check_of_an_update_ends_at_its_deadline(pair: tuple[Store, Store], where: str) -> None:
    graphs = " ".join(f"GRAPH <http://e/{n}> {{ {S} {P} {n} }}" for n in range(12))
    text = f"INSERT {{ {graphs} }} {where}" if where else f"INSERT DATA {{ {graphs} }}"
    for store in pair:
        before, revision, check = lines(store), store.revision(), _SlowCheck()
        with pytest.raises(QueryTimeoutError, match="deadline of 2 seconds; nothing") as caught:
            update(store, text, check=check, deadline=2)
        assert caught.value.deadline == 2
        assert check.looked_at < 12
        assert (lines(store), store.revision()) == (before, revision)
