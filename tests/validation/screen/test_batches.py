"""Batches of records are looked at in memory first: what is then not asked had nothing to say."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator, Sequence

import pytest
from mutations import mutated
from seed import MINTER
from synthetic import synthetic

from outcome_graph.namespaces import DCTERMS, OG, RDF, RDFS, XSD
from outcome_graph.pipeline import store_validation
from outcome_graph.pipeline.store_validation import check_batch
from outcome_graph.rdf import Literal, NamedNode, Term, Triple, lines_of, term_of, token_of
from outcome_graph.store.kept import KeptStatements, kept
from outcome_graph.store.scanning import ScratchStore
from outcome_graph.validation import Validator
from outcome_graph.validation.screen.filters import Filter
from outcome_graph.validation.screen.model import Unsupported
from outcome_graph.validation.screen.records import RecordScreen
from outcome_graph.validation.screen.screen import Query
from outcome_graph.validation.screen.walking import Data, Shared

pytestmark = pytest.mark.filterwarnings("ignore:Parsing weird boolean")

_Batch = list[tuple[str, Sequence[Triple]]]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """rdflib logs each literal that it cannot read."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _text(triples: Sequence[Triple]) -> KeptStatements | None:
    return kept(list(dict.fromkeys(triples)))


def _batches(records: int, size: int) -> Iterator[_Batch]:
    """Yield batches of records that were changed at random, as far as they can be texts."""
    made: _Batch = []
    for number in range(records):
        record_id, triples = synthetic(number)
        given = mutated(triples, number, MINTER) if number % 8 else triples
        text = _text(given)
        if text is not None:
            made.append((record_id, text))
    for start in range(0, len(made), size):
        yield made[start : start + size]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that an engine was asked."""
    texts: list[str] = []
    rows = ScratchStore.rows

    def noted(self: ScratchStore, sparql: str) -> object:
        texts.append(sparql)
        return rows(self, sparql)

    monkeypatch.setattr(ScratchStore, "rows", noted)
    return texts


def test_a_batch_of_texts_is_judged_as_pyshacl_judges_each(
    validator: Validator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_validation, "FEW", 0)
    screen, rules, sizes = RecordScreen(validator), set(), itertools.cycle((1, 4, 23))
    records = [each for batch in _batches(260, 1) for each in batch]
    assert len(records) > 150
    while records:
        size = next(sizes)
        batch, records = records[:size], records[size:]
        want = [validator.check(i, list(t)) for i, t in batch]
        assert check_batch(screen, batch) == want, [i for i, _ in batch]
        rules |= {r.rule for checked in want for r in checked.results}
        # In brief: who conforms, and how complete they are.
        for got, full in zip(check_batch(screen, batch, brief=True), want, strict=True):
            assert (got.conforms, got.completeness) == (full.conforms, full.completeness)
            assert got == full or (full.conforms and not got.results)
    assert len(rules) > 60


def test_what_is_not_asked_has_no_row_but_those_that_were_seen(validator: Validator) -> None:
    screen = RecordScreen(validator).screen
    sieve = screen.sieve
    assert sieve is not None
    seen_at_all = 0
    for batch in _batches(160, 10):
        given = [(i, t) for i, t in batch if isinstance(t, KeptStatements)]
        fit = [(i, t) for i, t in given if not sieve.shared.are_described_by(lines_of(t.text))]
        place = ScratchStore()
        place.load(b"".join(t.in_graph(MINTER.record(i)) for i, t in fit))
        contract = (token_of(RDF.type), token_of(OG.Record))
        records = [
            list(dict.fromkeys([*lines_of(t.text), (token_of(MINTER.record(i)), *contract)]))
            for i, t in fit
        ]
        asked, seen = screen.seen_in(records)
        found: dict[Query, set[tuple[Term, Term]]] = {}
        for number, query, focus in seen:
            nodes = found.setdefault(query, set())
            nodes.add((MINTER.record(fit[number][0]), term_of(focus)))
        for query in screen.queries:
            if query in asked:
                continue
            rows = {(row[0], row[1]) for row in place.rows(query.text)}
            assert rows == found.get(query, set()), (query.shape, query.component)
            seen_at_all += len(rows)
    assert seen_at_all > 100


def test_of_good_records_nothing_is_asked(validator: Validator, asked: list[str]) -> None:
    screen = RecordScreen(validator)
    batch = [(i, text) for i, t in map(synthetic, range(40)) if (text := _text(t)) is not None]
    assert len(batch) == 40
    assert all(c.results == () and c.completeness > 0.9 for c in check_batch(screen, batch, {}, ()))
    assert asked == []
    # That a value is missing is seen too.
    record_id, triples = synthetic(40)
    short = _text([t for t in triples if t.predicate not in (OG.step, OG.constituent)])
    assert short is not None
    batch.append((record_id, short))
    assert check_batch(screen, batch, {}, ())[-1] == validator.check(record_id, list(short))
    assert asked == []


def test_records_of_a_batch_do_not_see_each_other(validator: Validator) -> None:
    """What one says of an organisation is nothing that another one said."""
    good, poor = synthetic(0), synthetic(20)
    organisation = next(t.object for t in good[1] if t.predicate == OG.constituent)
    outcome = MINTER.outcome(poor[0])
    named = Triple(outcome, OG.constituent, organisation)
    lacking = [t for t in poor[1] if t.subject != organisation and t != named]
    batch = []
    for record_id, triples in (good, (poor[0], [*lacking, named]), *map(synthetic, range(1, 12))):
        text = _text(triples)
        assert text is not None
        batch.append((record_id, text))
    got = check_batch(RecordScreen(validator), batch)
    assert got == [validator.check(i, list(t)) for i, t in batch]
    assert got[0].results == ()
    assert organisation in {r.focus for r in got[1].results}


@pytest.mark.parametrize(
    "strange",
    [
        Triple(MINTER.country("LAO"), RDF.type, OG.Outcome),
        Triple(MINTER.organisation("x"), RDFS.subClassOf, OG.Country),
    ],
)
def test_a_record_that_changes_what_is_shared_is_judged_alone(
    validator: Validator, strange: Triple
) -> None:
    batch = []
    for number, (record_id, triples) in enumerate(map(synthetic, range(12))):
        text = _text([*triples, strange] if number == 3 else triples)
        assert text is not None
        batch.append((record_id, text))
    got = check_batch(RecordScreen(validator), batch)
    assert got == [validator.check(i, list(t)) for i, t in batch]
    assert [c.conforms for c in got].index(False) == 3


_VALUES = (
    NamedNode("http://example.org/outcome/A1"),
    NamedNode("http://example.org/b"),
    *(Literal(text) for text in ("", "A1", "LAO226", "LAO", "2020", "-7", "2020-01-01", "é")),
    Literal("LAO", language="en"),
    *(Literal(text, datatype=XSD.date) for text in ("2020-01-01", "2021-12-31", "2020-01-01Z")),
    *(Literal(text, datatype=XSD.integer) for text in ("0", "2020", "-7")),
    Literal("2.5", datatype=XSD.decimal),
    Literal("2.5", datatype=XSD.double),
    Literal("2020", datatype=XSD.gYear),
    Literal("true", datatype=XSD.boolean),
    Literal("2020-01-01T00:00:00Z", datatype=XSD.dateTime),
    Literal("x", datatype=NamedNode("http://example.org/own")),
)
_FILTERS = (
    f"( DATATYPE( ?a ) = {XSD.date} &&( ?a < ?b || ?a > ?c ) )",
    f"( {XSD.integer}( STR( ?a ) ) < YEAR( ?b ) || {XSD.integer}( STR( ?a ) ) > YEAR( ?c ) )",
    "( SUBSTR( ?a , 1 , 3 ) != STR( ?b ) )",
    '( !STRENDS( STR( ?a ) , CONCAT( "/outcome/" , STR( ?b ) ) ) )',
    "( ?a != ?b )",
    "( ?a = ?b )",
    "( ?a <= ?b && ?b >= ?c )",
    "( YEAR( ?a ) < YEAR( ?b ) - 1 || YEAR( ?a ) > YEAR( ?b ) + 1 )",
    "( !ISNUMERIC( ?a ) )",
    '( STRSTARTS( ?a , "LA" ) || CONTAINS( ?b , "2" ) )',
    "( ?a + 1 > ?b )",
    '( SUBSTR( ?a , 2 , 2 ) = "AO" )',
)


@pytest.mark.parametrize("text", _FILTERS)
def test_a_filter_that_surely_does_not_hold_keeps_nothing(text: str) -> None:
    """Of each combination of values; and most of those that are left out are seen to be."""
    engine, found = ScratchStore(), Filter(text)
    told = left_out = 0
    for a, b in itertools.product(_VALUES, repeat=2):
        given = f"VALUES (?a ?b) {{ ({a} {b}) }} VALUES ?c {{ {' '.join(map(str, _VALUES))} }}"
        kept_of = {row[0] for row in engine.rows(f"SELECT ?c WHERE {{ {given} FILTER{text} }}")}
        for c in _VALUES:
            bound = {"?a": a, "?b": b, "?c": c}
            sure = not found.may_hold(*(token_of(bound[name]) for name in found.variables))
            assert not (sure and c in kept_of), bound
            told, left_out = told + sure, left_out + (c not in kept_of)
    assert 0 < told <= left_out


@pytest.mark.parametrize(
    "text", ["( REGEX( ?a ) )", "( ?a", "( ?a * 2 > 1 )", '( ?a = "x\\n" )', "( ?a ) ?b"]
)
def test_other_filters_are_not_looked_into(text: str) -> None:
    with pytest.raises(Unsupported):
        Filter(text)


def test_shared_things_are_seen_by_those_that_refer_to_them() -> None:
    """Ahead and behind, and as instances of a class and of those above it."""
    kind, upper, thing = b"<urn:kind>", b"<urn:upper>", b"<urn:thing>"
    shared = Shared(
        [
            (thing, token_of(RDF.type), kind),
            (thing, b"<urn:p>", b'"said"'),
            (thing, b"<urn:in>", b"<urn:place>"),
            (kind, token_of(RDFS.subClassOf), upper),
        ]
    )
    refers, other = (b"<urn:a>", b"<urn:to>", thing), (b"<urn:b>", b"<urn:to>", b"<urn:c>")
    data = Data([[refers], [other]], shared)
    said = data.ahead(b"<urn:p>")
    assert (said((0, thing)), said((1, thing))) == ([b'"said"'], None)
    there = data.behind(b"<urn:in>")
    assert list(there((0, b"<urn:place>")) or ()) == [thing]
    assert list(there((1, b"<urn:place>")) or ()) == []
    assert list(data.instances(upper)) == [(0, thing)]
    assert data.are([(0, thing)], upper)
    assert not data.are([(1, thing)], upper)
    assert shared.are_described_by([(thing, token_of(DCTERMS.title), b'"x"')])
    assert not shared.are_described_by([refers])
