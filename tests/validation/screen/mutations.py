"""Records changed at random, reproducibly: what people get wrong, and stranger things."""

from __future__ import annotations

import random
from collections.abc import Callable

from outcome_graph.namespaces import OG, RDF, XSD, IriMinter
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Triple

_DATATYPES = ("date", "integer", "decimal", "string", "gYear", "dateTime", "boolean", "double")
_TEXTS = (
    "2020-04-01",
    "2019-01-01",
    "2021-12-31",
    "2020-02-30",
    "2020-04-01Z",
    "0",
    "-1",
    "1.5",
    "007",
    "abc",
    "",
    "LAO226",
    "LAO226\n",
    "Title …",
    "Title...",
    "2020",
    "true",
    "x" * 70,
)


def mutated(triples: list[Triple], seed: int, minter: IriMinter) -> list[Triple]:
    """Return a record's statements with one to five changes."""
    chance = random.Random(seed)
    changed = list(triples)
    for _ in range(chance.randint(1, 5)):
        if not changed:
            break
        chance.choice(_CHANGES)(changed, chance, minter)
    return list(dict.fromkeys(changed))


def _drop(triples: list[Triple], chance: random.Random, minter: IriMinter) -> None:
    del triples[chance.randrange(len(triples))]


def _drop_property(triples: list[Triple], chance: random.Random, minter: IriMinter) -> None:
    picked = chance.choice(triples)
    triples[:] = [
        t for t in triples if (t.subject, t.predicate) != (picked.subject, picked.predicate)
    ]


def _drop_subject(triples: list[Triple], chance: random.Random, minter: IriMinter) -> None:
    picked = chance.choice(triples)
    triples[:] = [t for t in triples if t.subject != picked.subject]


def _other_object(triples: list[Triple], chance: random.Random, minter: IriMinter) -> None:
    at = chance.randrange(len(triples))
    triple = triples[at]
    triples[at] = Triple(triple.subject, triple.predicate, _value(triples, chance, minter))


def _second_object(triples: list[Triple], chance: random.Random, minter: IriMinter) -> None:
    triple = chance.choice(triples)
    triples.append(Triple(triple.subject, triple.predicate, _value(triples, chance, minter)))


def _shuffled_object(triples: list[Triple], chance: random.Random, minter: IriMinter) -> None:
    at = chance.randrange(len(triples))
    triple, other = triples[at], chance.choice(triples)
    triples[at] = Triple(triple.subject, triple.predicate, other.object)


def _other_type(triples: list[Triple], chance: random.Random, minter: IriMinter) -> None:
    kind = chance.choice([OG.Outcome, OG.Record, OG.Country, OG.Evidence, OG.LegalAct])
    triples.append(Triple(chance.choice(triples).subject, RDF.type, kind))


def _stray(triples: list[Triple], chance: random.Random, minter: IriMinter) -> None:
    subject = chance.choice(
        [BlankNode("stray"), minter.country("LAO"), NamedNode("http://example.org/x")]
    )
    triple = chance.choice(triples)
    triples.append(Triple(subject, triple.predicate, triple.object))


def _value(
    triples: list[Triple], chance: random.Random, minter: IriMinter
) -> NamedNode | BlankNode | Literal:
    text = chance.choice(_TEXTS)
    return chance.choice(
        [
            Literal(text),
            Literal(text, datatype=XSD[chance.choice(_DATATYPES)]),
            Literal(text, datatype=XSD[chance.choice(_DATATYPES)]),
            Literal(text, language=chance.choice(["en", "fr", "EN-gb"])),
            minter.country(chance.choice(["LAO", "LUX", "SEN"])),
            minter.concept("biennium", chance.choice(["2018-19", "2020-21", "1999-00"])),
            minter.concept("step", chance.choice(["1", "2", "9"])),
            NamedNode("http://metadata.un.org/sdg/" + chance.choice(["1", "1.3", "8.1", "99.1"])),
            NamedNode("http://example.org/nothing"),
            BlankNode("b"),
            chance.choice(triples).subject,
        ]
    )


_CHANGES: tuple[Callable[[list[Triple], random.Random, IriMinter], None], ...] = (
    _drop,
    _drop_property,
    _drop_property,
    _drop_subject,
    _other_object,
    _other_object,
    _other_object,
    _second_object,
    _second_object,
    _shuffled_object,
    _other_type,
    _stray,
)
