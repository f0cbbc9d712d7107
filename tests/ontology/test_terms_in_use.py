"""Every og: term used anywhere in the project is defined, and the context knows every term."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import rdflib
from rdflib import OWL, RDF

OG = "https://w3id.org/outcome-graph/ontology#"
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)

_PREFIXED = re.compile(r"(?<![\w:-])og:([A-Za-z]\w*)")
_FULL = re.compile(re.escape(OG) + r"([A-Za-z]\w*)")
#: ``OG.term`` and ``OG["term"]``; ``OG.iri`` is the namespace's own text.
_PYTHON = re.compile(r"\bOG(?:\.(?!iri\b)([A-Za-z]\w*)|\[\"(\w+)\"\])")


def defined(ontology: rdflib.Graph) -> set[str]:
    terms = {str(s) for kind in KINDS for s in ontology.subjects(RDF.type, kind)}
    return {term.removeprefix(OG) for term in terms if term.startswith(OG)}


def in_turtle(path: Path, base: str) -> Iterator[str]:
    graph = rdflib.Graph().parse(path, format="turtle", publicID=base)
    for triple in graph:
        for term in triple:
            if isinstance(term, rdflib.URIRef) and term.startswith(OG) and len(term) > len(OG):
                yield term.removeprefix(OG)
            elif isinstance(term, rdflib.Literal):  # SPARQL constraints in shapes
                yield from _PREFIXED.findall(str(term))


def in_text(text: str) -> Iterator[str]:
    yield from _PREFIXED.findall(text)
    yield from _FULL.findall(text)


def in_python(text: str) -> Iterator[str]:
    yield from in_text(text)
    for attribute, item in _PYTHON.findall(text):
        yield attribute or item


def uses(root: Path, base: str) -> dict[str, set[str]]:
    """The files that use each term."""
    found: dict[str, set[str]] = {}

    def note(path: Path, terms: Iterator[str]) -> None:
        for term in terms:
            found.setdefault(term, set()).add(str(path.relative_to(root)))

    for folder in ("ontology", "shapes", "data"):
        for path in sorted((root / folder).rglob("*.ttl")):
            note(path, in_turtle(path, base))
    for folder in ("ontology", "data", "src", "tests/ontology"):
        for suffix in ("*.rq", "*.jsonld", "*.html", "*.trig"):
            for path in sorted((root / folder).rglob(suffix)):
                note(path, in_text(path.read_text("utf-8")))
    for path in sorted((root / "src").rglob("*.py")):
        note(path, in_python(path.read_text("utf-8")))
    return found


def test_every_term_in_use_is_defined(root: Path, base: str, ontology: rdflib.Graph) -> None:
    terms = defined(ontology)
    undefined = {term: files for term, files in uses(root, base).items() if term not in terms}
    assert not undefined


def test_the_search_for_terms_finds_them(root: Path, base: str) -> None:
    found = uses(root, base)
    assert "src/outcome_graph/mapping/terms.py" in found["genderEquality"]
    assert "shapes/mandatory.ttl" in found["Outcome"]
    assert "ontology/context.jsonld" in found["narrative"]
    assert "tests/ontology/competency/01-funders-target-1.3-asia.rq" in found["iloRegion"]
    assert list(in_python('OG["sha256"], OG.code, OG.iri, f"{OG.iri}x"')) == ["sha256", "code"]


def test_every_term_is_in_the_context_under_its_own_name(
    root: Path, ontology: rdflib.Graph
) -> None:
    context = json.loads((root / "ontology" / "context.jsonld").read_text("utf-8"))["@context"]
    missing = []
    for name in sorted(defined(ontology)):
        entry = context.get(name)
        target = entry["@id"] if isinstance(entry, dict) else entry
        if target != f"og:{name}":
            missing.append(name)
    assert not missing


def test_the_context_agrees_with_the_ontology(root: Path, ontology: rdflib.Graph) -> None:
    context = json.loads((root / "ontology" / "context.jsonld").read_text("utf-8"))["@context"]
    for name in defined(ontology):
        term = rdflib.URIRef(OG + name)
        entry = context[name]
        is_link = isinstance(entry, dict) and entry.get("@type") == "@id"
        assert is_link == ((term, RDF.type, OWL.ObjectProperty) in ontology), name
        target = ontology.value(term, rdflib.RDFS.range)
        if isinstance(entry, dict) and str(entry.get("@type", "")).startswith("xsd:"):
            datatype = rdflib.XSD[entry["@type"].removeprefix("xsd:")]
            assert target in (datatype, None), name
        if target == RDF.langString:
            assert "@language" in entry["@container"], name
