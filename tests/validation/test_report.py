"""The report: bounded, and well formed in every format."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
import rdflib
import rdflib.compare
from rdflib.namespace import RDF, SH
from seed import ID, MINTER, RECORD, WHOLE, seed_triples

from outcome_graph.draft import Location
from outcome_graph.errors import UsageError
from outcome_graph.mapping import record_to_triples
from outcome_graph.model import texts
from outcome_graph.validation import FORMATS, ValidationReport, Validator
from outcome_graph.validation.formats.data import CSV_COLUMNS
from outcome_graph.validation.shacl import to_rdflib

NASTY = "<script>alert('x')</script> & “quotes”, comma\n=1+1 …"


@pytest.fixture(scope="module")
def report(validator: Validator) -> ValidationReport:
    """Three records: one whole, the seed with its locations, one with a hostile title and value."""
    bad = WHOLE.with_changes(
        id="LAO226-2020-21-8.1.1-2", titles=texts(NASTY), code="=cmd|x", country=None
    )
    third = RECORD.with_changes(id="LAO226-2020-21-8.1.1-3")
    places = (("projects", Location(line=8)),)
    builder = validator.builder()
    for record, locations in ((WHOLE, ()), (third, places), (bad, ())):
        triples = record_to_triples(record, MINTER)
        builder.add_check(validator.check(record.id, triples, locations))
    return builder.report()


def test_numbers(report: ValidationReport) -> None:
    assert not report.conforms
    assert (report.records, report.refused) == (3, 1)
    assert report.totals == {"linked-project": 1, "place": 1, "code-form": 1, "title-whole": 1}
    assert report.counts == {"violation": 2, "warning": 2}
    assert report.omitted == {}
    assert report.completeness[ID] == 1.0
    assert list(report.by_record()) == ["LAO226-2020-21-8.1.1-3", "LAO226-2020-21-8.1.1-2"]


def test_text(report: ValidationReport) -> None:
    text = report.to_text()
    assert "  warning: line 8: No project is linked." in text
    assert text.splitlines()[-2:] == [
        "Some records do not conform",
        "records 3, not conforming 1, violations 2, warnings 2, for information 0",
    ]
    assert "avertissement: line 8: Aucun projet n'est lié." in report.to_text("fr")
    assert "infracción: " in report.to_text("es")


def test_json(report: ValidationReport) -> None:
    document = json.loads(report.to_json())
    assert document["conforms"] is False
    assert document["counts"] == {"violation": 2, "warning": 2, "info": 0}
    assert document["completeness"][ID] == 1.0
    first = document["results"][0]
    assert first["record"] == "LAO226-2020-21-8.1.1-3"
    assert first["location"] == {"line": 8}
    assert first["messages"]["fr"].startswith("Aucun projet")
    assert first["message"] == first["messages"]["en"]
    assert json.loads(report.to_json("es"))["results"][0]["message"] == first["messages"]["es"]


def test_csv_has_a_line_for_each_result_and_no_formula(report: ValidationReport) -> None:
    rows = list(csv.reader(io.StringIO(report.to_csv(), newline="")))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert len(rows) == 1 + 4
    assert all(len(row) == len(CSV_COLUMNS) for row in rows)
    cells = [cell for row in rows for cell in row]
    assert not [c for c in cells if c.startswith(("=", "+", "@"))]
    assert "'=cmd|x" in cells


def test_junit(report: ValidationReport) -> None:
    root = ElementTree.fromstring(report.to_junit())
    (suite,) = root
    assert (suite.get("tests"), suite.get("failures")) == ("5", "2")
    cases = suite.findall("testcase")
    assert len(cases) == 5
    assert len(suite.findall("testcase/failure")) == 2
    names = {(c.get("classname"), c.get("name")) for c in cases}
    assert (ID, "conforms") in names


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_html(report: ValidationReport, language: str) -> None:
    page = _Page()
    page.feed(report.to_html(language))
    assert page.open == []
    assert ("html", "lang", language) in page.attributes
    assert "script" not in page.tags
    assert page.tags.count("h1") == 1
    assert all(("th", "scope", s) in page.attributes for s in ("col", "row"))
    links = [value or "" for _, name, value in page.attributes if name in ("href", "src")]
    assert f"{MINTER.base}record/{ID}-3#projects" in links
    assert all(link.startswith(MINTER.base) for link in links)
    assert "line 8" in page.text


def test_what_a_record_holds_is_escaped(report: ValidationReport) -> None:
    """The hostile title is in the page, and only as text."""
    assert "=cmd|x is not a Country Programme Outcome code" in report.to_html()
    message = {"en": NASTY}
    hostile = ValidationReport(
        results=tuple(_with_message(r, message) for r in report.results), base=MINTER.base
    )
    html = hostile.to_html()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def _with_message(result, message):
    return replace(result, message=message, name=message)


def test_shacl_report_graph(report: ValidationReport) -> None:
    graph = report.to_graph()
    (node,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(node, SH.conforms).toPython() is False
    found = list(graph.objects(node, SH.result))
    assert len(found) == len(report.results)
    for item in found:
        for needed in (
            SH.focusNode,
            SH.resultSeverity,
            SH.sourceShape,
            SH.sourceConstraintComponent,
        ):
            assert len(list(graph.objects(item, needed))) == 1
        assert {m.language for m in graph.objects(item, SH.resultMessage)} == {"en", "fr", "es"}


def test_turtle_and_jsonld_say_the_same_as_the_graph(report: ValidationReport) -> None:
    graph = rdflib.compare.to_isomorphic(report.to_graph())
    turtle = rdflib.Graph().parse(data=report.to_turtle(), format="turtle")
    jsonld = rdflib.Graph().parse(data=report.to_jsonld(), format="json-ld")
    assert rdflib.compare.to_isomorphic(turtle) == graph
    assert rdflib.compare.to_isomorphic(jsonld) == graph


def test_results_are_those_of_pyshacl_itself(validator: Validator) -> None:
    """Same focus nodes, paths, values, shapes and components as `pyshacl.validate`."""
    import pyshacl

    from outcome_graph.validation.statements import statements

    record = WHOLE.with_changes(
        country=None, sdg_targets=("1.99", "5.4"), step=2, projects=(), gender_equality=()
    )
    triples = record_to_triples(record, MINTER)
    context = validator._shared.neighbourhood(statements(triples))
    data = rdflib.Graph()
    for s, p, o in [*statements(triples), *context]:
        data.add((to_rdflib(s), to_rdflib(p), to_rdflib(o)))
    shapes = rdflib.Graph()
    for s, p, o in statements(validator.shapes.triples):
        shapes.add((to_rdflib(s), to_rdflib(p), to_rdflib(o)))
    _, theirs, _ = pyshacl.validate(data, shacl_graph=shapes)
    report = validator.validate(record.id, triples)
    keys = (SH.focusNode, SH.value, SH.sourceShape, SH.sourceConstraintComponent, SH.resultSeverity)

    def rows(graph: rdflib.Graph) -> set[tuple[object, ...]]:
        found = set()
        for item in graph.objects(None, SH.result):
            path = graph.value(item, SH.resultPath)
            plain = path if isinstance(path, rdflib.URIRef) else bool(path)
            found.add((plain, *(graph.value(item, k) for k in keys)))
        return found

    assert len(report.results) >= 6
    assert rows(report.to_graph()) == rows(theirs)


def test_a_report_is_bounded_and_says_so(validator: Validator) -> None:
    records = [
        (record.id, record_to_triples(record, MINTER))
        for n in range(7)
        for record in [RECORD.with_changes(id=f"LAO226-2020-21-8.1.1-{n}")]
    ]
    report = validator.validate_all(records, limit=3)
    assert len(report.results) == 3
    assert report.totals == {"linked-project": 7}
    assert report.omitted == {"linked-project": 4}
    assert report.records == 7
    assert "linked-project: 4 more results are left out (7 in all)" in report.to_text()
    assert "4 more results are left out" in report.to_turtle()
    assert "4 more results are left out" in report.to_html()
    assert json.loads(report.to_json())["omitted"] == {"linked-project": 4}
    assert "linked-project: 4 more results are left out (7 in all)" in report.to_csv()


def test_a_record_whose_results_are_left_out_is_not_told_to_conform(validator: Validator) -> None:
    records = [
        (record.id, record_to_triples(record, MINTER))
        for n in range(3)
        for record in [WHOLE.with_changes(id=f"LAO226-2020-21-8.1.1-{n}", code="x")]
    ]
    whole = WHOLE.with_changes(id="LAO226-2020-21-8.1.1-9")
    report = validator.validate_all(
        [*records, (whole.id, record_to_triples(whole, MINTER))], limit=1
    )
    assert report.clean == (whole.id,)
    suite = ElementTree.fromstring(report.to_junit())[0]
    passed = [c.get("classname") for c in suite if c.get("name") == "conforms"]
    assert passed == [whole.id]
    # One case for each result, one for what is left out of each rule, one for the clean record.
    assert (suite.get("tests"), suite.get("failures")) == ("5", "2")
    assert len(suite) == 5
    page = report.to_html()
    assert f"{records[2][0]}</a>" not in page
    assert f"{whole.id}</a>" in page


@pytest.mark.parametrize("target", FORMATS)
def test_render(report: ValidationReport, target: str) -> None:
    assert report.render(target, "en")
    assert ValidationReport().render(target)


def test_render_refuses_what_it_cannot_make(report: ValidationReport) -> None:
    with pytest.raises(UsageError, match="pdf"):
        report.render("pdf")


def test_completeness_follows_the_weights(validator: Validator) -> None:
    weights = {
        r.id: r.weight
        for r in validator.shapes.rules.values()
        if r.profile in ("core", "result-page")
    }
    total = sum(weights.values())
    seed = validator.check(ID, seed_triples()).completeness
    assert seed == round((total - weights["linked-project"]) / total, 3)
    bare = WHOLE.with_changes(gender_equality=(), branches=(), projects=())
    lost = weights["gender-statement"] + weights["branches"] + weights["linked-project"]
    found = validator.check(ID, record_to_triples(bare, MINTER)).completeness
    assert found == round((total - lost) / total, 3)
