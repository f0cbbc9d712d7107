"""The mix of queries: what pages, analysts and programs ask, as SPARQL."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from outcome_graph.namespaces import PREFIXES, IriMinter

__all__ = ["KINDS", "Kind"]

_PROLOGUE = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}>\n"
    for name in ("og", "dcterms", "skos", "eli", "foaf", "sdg")
)
_FACETS = ("og:step", "og:biennium", "og:resultType", "og:visibility", "og:branch")
_AGGREGATES = {
    "country": "?o og:country ?x",
    "target": "?o og:sdgTarget ?x",
    "funder": "?o og:funder ?x",
    "biennium": "?o og:biennium ?x",
}
_WORDS = ("strategy", "pension", "inspection", "maternity", "cooperatives", "recruitment")


@dataclass(frozen=True)
class Kind:
    """A kind of query.

    Parameters:
        name: what it is called in tables.
        group: "look-ups" or "aggregates": the figures to reach are set for these.
        make: returns the query of a number, given the records' ids.
    """

    name: str
    group: str
    make: Callable[[int, Sequence[str], IriMinter], str]


def _chosen(number: int, ids: Sequence[str]) -> str:
    return random.Random(number).choice(ids)  # noqa: S311 - no secret


def _lookup(number: int, ids: Sequence[str], minter: IriMinter) -> str:
    outcome = minter.outcome(_chosen(number, ids))
    return (
        f"{_PROLOGUE}SELECT ?title ?date {{ {outcome} dcterms:title ?title ; og:achievedOn ?date }}"
    )


def _record(number: int, ids: Sequence[str], minter: IriMinter) -> str:
    outcome = minter.outcome(_chosen(number, ids))
    return f"{_PROLOGUE}SELECT ?p ?v {{ {outcome} ?p ?v }}"


def _two_hops(number: int, ids: Sequence[str], minter: IriMinter) -> str:
    outcome = minter.outcome(_chosen(number, ids))
    return (
        f"{_PROLOGUE}SELECT ?number ?name {{ {outcome} og:legalAct ?act . "
        "?act eli:id_local ?number ; eli:passed_by/skos:prefLabel ?name }"
    )


def _facet(number: int, ids: Sequence[str], minter: IriMinter) -> str:
    facet = _FACETS[number % len(_FACETS)]
    text = f"SELECT ?x (COUNT(?o) AS ?n) {{ ?o {facet} ?x }} GROUP BY ?x ORDER BY DESC(?n)"
    return f"{_PROLOGUE}{text} # {number}"


def _aggregate(number: int, ids: Sequence[str], minter: IriMinter) -> str:
    pattern = list(_AGGREGATES.values())[number % len(_AGGREGATES)]
    text = f"SELECT ?x (COUNT(?o) AS ?n) {{ {pattern} }} GROUP BY ?x ORDER BY DESC(?n) LIMIT 50"
    return f"{_PROLOGUE}{text} # {number}"


def _joined(number: int, ids: Sequence[str], minter: IriMinter) -> str:
    text = (
        "SELECT ?biennium ?funder (COUNT(?o) AS ?n) "
        "{ ?o og:biennium ?biennium ; og:funder ?funder } "
        "GROUP BY ?biennium ?funder ORDER BY DESC(?n) LIMIT 50"
    )
    return f"{_PROLOGUE}{text} # {number}"


def _text(number: int, ids: Sequence[str], minter: IriMinter) -> str:
    word = _WORDS[number % len(_WORDS)]
    text = f'SELECT ?o ?t {{ ?o dcterms:title ?t FILTER CONTAINS(LCASE(?t), "{word}") }} LIMIT 20'
    return f"{_PROLOGUE}{text} # {number}"


KINDS = (
    Kind("point look-up", "look-ups", _lookup),
    Kind("record", "look-ups", _record),
    Kind("two-hop join", "look-ups", _two_hops),
    Kind("facet count", "aggregates", _facet),
    Kind("aggregate", "aggregates", _aggregate),
    Kind("aggregate of a join", "aggregates", _joined),
    Kind("text filter", "look-ups", _text),
)
