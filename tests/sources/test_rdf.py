"""Reading RDF files into graphs, and literals that engines disagree about."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcome_graph.draft import SourceFile
from outcome_graph.errors import SourceError, UnsupportedSourceError
from outcome_graph.rdf import Literal, NamedNode, Triple
from outcome_graph.sources import detect, literal_problems, read, read_graphs
from outcome_graph.sources.lexical import lexical_problem

SUBJECT, PROPERTY, VALUE = (NamedNode(f"http://example.org/{n}") for n in "spo")
G = NamedNode("http://example.org/g")
ONE = [Triple(SUBJECT, PROPERTY, VALUE)]
NT = b"<http://example.org/s> <http://example.org/p> <http://example.org/o> ."
DOCUMENTS = {
    "a.nt": NT,
    "a.ttl": b"@prefix e: <http://example.org/> . e:s e:p e:o .",
    "a.jsonld": b'{"@id": "http://example.org/s", "http://example.org/p":'
    b' {"@id": "http://example.org/o"}}',
    "a.rdf": b'<?xml version="1.0"?><rdf:RDF xmlns:e="http://example.org/" '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'rdf:about="http://example.org/s"><e:p rdf:resource="http://example.org/o"/>'
    b"</rdf:Description></rdf:RDF>",
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_syntaxes_by_suffix_and_by_first_characters(name: str) -> None:
    assert read_graphs(SourceFile(name, DOCUMENTS[name])) == [(None, ONE)]
    assert read_graphs(SourceFile("upload", DOCUMENTS[name])) == [(None, ONE)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.nq", NT[:-1] + b"<http://example.org/g> .\n" + NT),
        ("a.trig", b"@prefix e: <http://example.org/> . e:g { e:s e:p e:o } e:s e:p e:o ."),
    ],
)
def test_statements_are_grouped_by_graph(name: str, data: bytes) -> None:
    assert dict(read_graphs(SourceFile(name, data))) == {G: ONE, None: ONE}


def test_declared_media_type_goes_before_the_suffix() -> None:
    source = SourceFile("a.rdf", NT, "application/n-quads")
    assert read_graphs(source) == [(None, ONE)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_mark_that_windows_writes_before_utf_8_is_no_part_of_it(name: str) -> None:
    assert read_graphs(SourceFile(name, b"\xef\xbb\xbf" + DOCUMENTS[name])) == [(None, ONE)]


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_of_unicode_are_read(name: str, encoding: str) -> None:
    """RDF is UTF-8, XML apart, but editors of Windows save “Unicode” so."""
    text = DOCUMENTS[name].decode().replace('"1.0"', '"1.0" encoding="UTF-16"')
    assert read_graphs(SourceFile(name, text.encode(encoding))) == [(None, ONE)]


def test_marked_utf_16_is_told_without_a_suffix() -> None:
    data = DOCUMENTS["a.jsonld"].decode().encode("utf-16")
    assert detect(SourceFile("a.json", data)) == "rdf"
    assert read_graphs(SourceFile("a.json", data)) == [(None, ONE)]


def test_rdf_xml_in_the_encoding_that_it_declares() -> None:
    data = DOCUMENTS["a.rdf"].decode().replace('"1.0"', '"1.0" encoding="ISO-8859-1"')
    data = data.replace('<e:p rdf:resource="http://example.org/o"/>', "<e:p>é</e:p>")
    ((_, (triple,)),) = read_graphs(SourceFile("a.rdf", data.encode("iso-8859-1")))
    assert triple.object == Literal("é")


def test_what_is_not_utf_8_is_said_with_its_line() -> None:
    data = b"<http://e/s> <http://e/p> 'a' .\n<http://e/s> <http://e/p> '\xe9' ."
    with pytest.raises(SourceError, match=r"not written in UTF-8.* line 2 .*Save it as UTF-8"):
        read_graphs(SourceFile("a.ttl", data))
    with pytest.raises(SourceError, match="seems to be written in UTF-16"):
        read_graphs(SourceFile("a.ttl", "<http://e/s>".encode("utf-16") + b"\x00\xd8\x00"))


def test_relative_iris() -> None:
    source = SourceFile("a.ttl", b"<s> <p> <o> .")
    assert read_graphs(source, base_iri="http://example.org/") == [(None, ONE)]


@pytest.mark.parametrize("name", ["a.ttl", "a.nq", "a.jsonld", "a.rdf"])
def test_malformed(name: str) -> None:
    with pytest.raises(SourceError, match=r"not well formed|cannot be read"):
        read_graphs(SourceFile(name, b"<<< { nonsense"))


_WHOLE = (
    '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\n'
    '  xmlns:e="http://e/"><rdf:Description rdf:about="http://e/a"><e:p>1</e:p></rdf:Description>\n'
    '<rdf:Description rdf:about="http://e/b"><e:p>2</e:p></rdf:Description>\n</rdf:RDF>\n'
)


@pytest.mark.parametrize("end", ["</rdf:RDF>", '<rdf:Description rdf:about="http://e/b', "2</e:p>"])
def test_rdf_xml_that_was_cut_off_is_refused(end: str) -> None:
    """The engine's parser takes it for whole, and what came after would be lost in silence."""
    ((_, triples),) = read_graphs(SourceFile("a.rdf", _WHOLE.encode()))
    assert len(triples) == 2
    cut = _WHOLE[: _WHOLE.index(end)]
    with pytest.raises(SourceError, match=r"a\.rdf: RDF/XML .* line \d+, column \d+: .*cut off"):
        read_graphs(SourceFile("a.rdf", cut.encode()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_rdf_xml_with_entities_is_refused_in_any_encoding(encoding: str) -> None:
    text = _WHOLE.replace(
        '<?xml version="1.0"?>',
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE r [<!ENTITY x "y">]>',
    )
    with pytest.raises(SourceError, match="DOCTYPE"):
        read_graphs(SourceFile("a.rdf", text.encode(encoding), "application/rdf+xml"))


def test_no_rdf() -> None:
    with pytest.raises(UnsupportedSourceError, match="no RDF syntax"):
        read_graphs(SourceFile("a.txt", b"hello"))


def test_drafts_are_not_made_of_rdf_here(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedSourceError, match="read_graphs"):
        read(SourceFile("a.nt", NT))


XSD = "http://www.w3.org/2001/XMLSchema#"
GOOD = [
    ("2020-04-01", "date"),
    ("2020-02-29", "date"),
    ("2020-04-01Z", "date"),
    ("-0044-03-15", "date"),
    ("2020-04-01T24:00:00Z", "dateTime"),
    ("2020", "gYear"),
    ("30", "integer"),
    ("-7", "integer"),
    ("0.95", "decimal"),
    ("1", "decimal"),
    ("true", "boolean"),
    ("whatever", "string"),
]
ILL_TYPED = [
    ("2020-02-30", "date"),
    ("2021-02-29", "date"),
    ("01.04.2020", "date"),
    ("2020-4-1", "date"),
    ("2020-04-01T25:00:00", "dateTime"),
    ("20", "gYear"),
    ("thirty", "integer"),
    ("3.0", "integer"),
    ("1e3", "decimal"),
    ("yes", "boolean"),
]
NOT_CANONICAL = [("030", "integer"), ("+3", "integer"), ("1.50", "decimal"), ("1", "boolean")]


@pytest.mark.parametrize(("words", "datatype"), GOOD)
def test_good_literals(words: str, datatype: str) -> None:
    assert lexical_problem(words, XSD + datatype) is None


@pytest.mark.parametrize(("words", "datatype"), ILL_TYPED)
def test_ill_typed_literals(words: str, datatype: str) -> None:
    assert "not a valid" in (lexical_problem(words, XSD + datatype) or "")


@pytest.mark.parametrize(("words", "datatype"), NOT_CANONICAL)
def test_literals_not_written_canonically(words: str, datatype: str) -> None:
    assert "canonical" in (lexical_problem(words, XSD + datatype) or "")


def test_problems_name_value_and_property() -> None:
    bad = Triple(SUBJECT, PROPERTY, Literal("2020-02-30", datatype=NamedNode(XSD + "date")))
    (problem,) = literal_problems([*ONE, bad])
    assert problem.severity == "warning"
    assert "2020-02-30" in problem.message
    assert "http://example.org/p" in problem.message
