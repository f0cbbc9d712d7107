"""Large, broken, hostile and unusual files."""

from __future__ import annotations

import gzip
import hashlib
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from iati.conftest import FILES, LIMIT, activity, document, drafts
from outcome_graph import OutcomeGraph
from outcome_graph.draft import Draft, SourceFile
from outcome_graph.errors import SourceError, TooLargeError, UnsupportedSourceError
from outcome_graph.pipeline.reading import SourceReader
from outcome_graph.sources.detect import detect
from outcome_graph.sources.files import FoundSource, expand
from outcome_graph.sources.iati import read_activities, root_element

FULL = FILES / "social-protection.xml"


def ids(data: bytes) -> list[str]:
    return [d.record.id for d in drafts(data)]


@pytest.fixture
def graph(fresh_store: Path) -> Iterator[OutcomeGraph]:
    with OutcomeGraph.open(fresh_store) as opened:
        yield opened


# -- telling what a file is ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("file.xml", None),
        ("file", None),
        ("posted document", "application/xml"),
        ("posted document", "text/xml; charset=utf-8"),
    ],
)
def test_an_activity_file_is_told_by_its_root(name: str, media_type: str | None) -> None:
    assert detect(SourceFile(name, FULL.read_bytes(), media_type)) == "iati"


def test_other_xml_is_no_activity_file() -> None:
    with pytest.raises(UnsupportedSourceError):
        detect(SourceFile("file.xml", b"<feed/>", "application/xml"))
    page = SourceFile("file.xml", b"<?xml version='1.0'?><html/>", "application/xml")
    assert detect(page) == "html"


@pytest.mark.parametrize(
    ("data", "root"),
    [
        (b"<a/>", "a"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- <b> --><?p <c>?>\n<a x='1'>", "a"),
        ("<iati-activities/>".encode("utf-16"), "iati-activities"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "a"),
        (b"<!-- never closed <a>", None),
        (b"no xml", None),
        (b"", None),
        (b"\x1f\x8bnot gzip at all", None),
    ],
)
def test_the_root_element_is_found(data: bytes, root: str | None) -> None:
    assert root_element(data) == root
    if root:
        assert root_element(gzip.compress(data)) == root


# -- unusual, but right --------------------------------------------------------------------------


def test_encodings_and_compression_make_no_difference() -> None:
    data = document(activity("AA-É-1", inner="<!-- Français -->"))
    text = data.decode()
    expected = [(d.record.id, d.record.titles, d.record.projects) for d in drafts(data)]
    for other in (
        text.replace("UTF-8", "ISO-8859-1").encode("iso-8859-1"),
        text.replace("UTF-8", "windows-1252").encode("windows-1252"),
        text.replace("UTF-8", "UTF-16").encode("utf-16"),
        text.replace("UTF-8", "UTF-16LE").encode("utf-16-le"),
        text.replace("UTF-8", "UTF-16BE").encode("utf-16-be"),
        gzip.compress(data),
        b"\xef\xbb\xbf" + data,
    ):
        found = [(d.record.id, d.record.titles, d.record.projects) for d in drafts(other)]
        assert found == expected


def test_each_activity_is_a_source_of_its_own() -> None:
    """It can be read again by itself, and does not change when the rest of the file does."""
    data = document(activity("ZZ-1"), activity("ZZ-2"), "<other xmlns='x'/>")
    found = list(read_activities(SourceFile("file.xml", data), LIMIT))
    assert len({source.sha256 for source, _ in found}) == 2
    for source, draft in found:
        assert ids(source.data) == [draft.record.id]
        assert draft.record.source is not None
        assert draft.record.source.sha256 == source.sha256
        assert draft.record.source.name == "file.xml"
    assert b"ZZ-1" not in found[1][0].data
    other = document(activity("ZZ-0"), activity("ZZ-2")).replace(
        b"<iati-act", b"<!-- x --><iati-act"
    )
    again = list(read_activities(SourceFile("file.xml", other), LIMIT))
    assert again[1][0].data == found[1][0].data


def test_elements_of_other_namespaces_are_passed_over() -> None:
    inner = '<x:result xmlns:x="urn:x"><title><narrative>No</narrative></title></x:result>'
    assert len(ids(document(activity(inner=inner)))) == 1


# -- refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (document(activity(), version="1.05"), "version 1.05"),
        (document(activity(), version="3.0"), "version 3.0"),
        (b"<iati-organisations version='2.03'/>", "organisation file"),
        (b"<html/>", "root element is html"),
        (document(activity(results="")), "holds no results"),
        (document(), "holds no activity"),
        (document(activity(results=""), activity("B", results="")), "its 2 have none"),
        (b"<iati-activity/>", "iati-activities, which holds the activities"),
        (b" \n", "is empty"),
        (b"<iati-activities version='2.03'>" + b"<a>" * 100, "deep"),
        (gzip.compress(document(activity()), mtime=0)[:-30], "cannot be read further"),
        (gzip.compress(document(activity()), mtime=0)[:-30], "get it again"),
    ],
)
def test_what_cannot_be_read_is_refused_with_one_message(data: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=r"file\.xml") as caught:
        drafts(data)
    assert words in caught.value.message


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE iati-activities>",
        '<!DOCTYPE iati-activities SYSTEM "http://127.0.0.1:9/evil.dtd">',
        '<!DOCTYPE iati-activities [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_a_doctype_is_refused_before_anything_is_read(prolog: str) -> None:
    with pytest.raises(SourceError, match="DOCTYPE"):
        drafts(document(activity("&x;"), prolog=prolog))


def test_an_entity_without_declaration_is_broken_xml() -> None:
    with pytest.raises(SourceError, match="undefined entity"):
        drafts(document(activity("&x;")))


def test_one_activity_has_a_bound_but_the_file_has_none() -> None:
    small = document(*(activity(f"A-{n}") for n in range(200)))
    assert len(small) > 50_000
    found = list(read_activities(SourceFile("file.xml", small), 5_000))
    assert len(found) == 200
    large = document(activity(inner=f"<description>{'x' * 50_000}</description>"))
    with pytest.raises(TooLargeError, match="activity 1"):
        list(read_activities(SourceFile("file.xml", large), 5_000))


def test_a_decompression_bomb_is_not_read_to_its_end(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xml.gz"
    with gzip.open(bomb, "wb") as file:
        file.write(b"<iati-activities version='2.03'>")
        for _ in range(80):
            file.write(b" " * 1_000_000)
    assert bomb.stat().st_size < 200_000
    (found,) = expand([bomb])
    tracemalloc.start()
    with pytest.raises(TooLargeError, match="decompressed"):
        list(read_activities(found.open(), LIMIT))
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


# -- broken in the middle ------------------------------------------------------------------------


def test_what_came_before_a_broken_place_is_read_and_the_place_told() -> None:
    data = document(activity("A-1"), activity("A-2"), "<iati-activity></broken>", activity("A-4"))
    line = data[: data.index(b"</broken>")].count(b"\n") + 1
    found = read_activities(SourceFile("file.xml", data), LIMIT)
    assert [next(found)[1].record.projects[0].identifier for _ in range(2)] == ["A-1", "A-2"]
    with pytest.raises(SourceError, match=f"line {line}, column") as caught:
        next(found)
    assert "2 activities before this place were read" in caught.value.message


def test_what_came_before_the_end_of_a_cut_off_archive_is_read_and_counted() -> None:
    """Digests compress badly, so that the end of the archive is the end of the file."""
    whole = [activity(f"AA-{n}-{hashlib.sha256(bytes([n])).hexdigest() * 9}") for n in range(200)]
    packed = gzip.compress(document(*whole))
    found: list[Draft] = []
    reading = read_activities(SourceFile("file.xml.gz", packed[:-2_000]), LIMIT)
    with pytest.raises(SourceError) as caught:
        found.extend(draft for _, draft in reading)
    assert 100 < len(found) < 200
    assert f"the {len(found)} activities before this place were read" in caught.value.message


def test_a_file_without_version_in_the_layout_of_version_1_is_refused() -> None:
    """Version 1.05 had texts outside of narratives; without narratives 2.0x has no texts."""
    old = document(activity().replace("<narrative>", "").replace("</narrative>", ""))
    old = old.replace(b' version="2.03"', b"")
    with pytest.raises(UnsupportedSourceError, match="version 1 "):
        drafts(old)
    assert len(drafts(document(activity()).replace(b' version="2.03"', b""))) == 1


def test_a_broken_file_is_loaded_as_far_as_it_goes(graph: OutcomeGraph, tmp_path: Path) -> None:
    file = tmp_path / "broken.xml"
    file.write_bytes(document(activity("AA-AAA-1-1"), activity("AA-AAA-1-2"))[:-40])
    summary = graph.load(file)
    assert len(summary.committed) == 1
    assert len(summary.refused) == 1
    assert summary.exit_code == 1
    assert "not well-formed" in summary.refused[0].reasons[0]
    assert graph.record(summary.committed[0].id).projects[0].identifier == "AA-AAA-1-1"


def test_an_identifier_that_stands_twice_is_read_once() -> None:
    data = document(activity("A-1"), activity("A-2"), activity("A-1"))
    found = drafts(data)
    assert [bool(d.errors) for d in found] == [False, False, True]
    assert "stands in the file twice" in found[2].errors[0].message
    assert "line 3" in found[2].errors[0].message
    assert found[2].record.id != found[0].record.id


def test_an_activity_without_identifier_is_refused_alone() -> None:
    found = drafts(document(activity(""), activity("A-2")))
    assert [bool(d.errors) for d in found] == [True, False]
    assert "iati-identifier" in found[0].errors[0].message


def test_what_was_not_read_has_one_message(reader: SourceReader) -> None:
    """Not that it lacks a title, a place, a date and whatever else a record has."""
    data = document(activity("AA-1"), activity("AA-1"), activity(""))
    found = reader.check(SourceFile("file.xml", data)).results
    second = [r.text() for r in found if r.record_id == "AA-1"]
    third = [r.text() for r in found if r.record_id == "iati-activity-3"]
    assert [len(second), len(third)] == [1, 1]
    assert "twice" in second[0]
    assert "no iati-identifier" in third[0]


@pytest.mark.parametrize(
    "pairs",
    [
        [("A-1", "A-1")],
        [("A-1", "A-2"), ("A-2", "A-1")],
        [("A-1", "A-2"), ("A-2", "A-3"), ("A-3", "A-1")],
    ],
)
def test_circular_relations_are_a_warning(pairs: list[tuple[str, str]]) -> None:
    made = [
        activity(own, inner=f'<related-activity ref="{other}" type="1"/>') for own, other in pairs
    ]
    found = drafts(document(*made))
    assert len(found) == len(pairs)
    warnings = [p for d in found for p in d.problems if "above the other" in p.message]
    assert len(warnings) == 1
    assert not any(d.errors for d in found)


def test_a_parent_and_its_child_that_name_each_other_are_no_circle() -> None:
    made = [
        activity("A-1", inner='<related-activity ref="A-2" type="2"/>'),
        activity("A-2", inner='<related-activity ref="A-1" type="1"/>'),
    ]
    assert not any(d.problems for d in drafts(document(*made)))


# -- whole files ---------------------------------------------------------------------------------


def test_a_file_is_loaded_again_as_it_is(graph: OutcomeGraph) -> None:
    progress: list[int] = []
    first = graph.load(FULL, progress=lambda done, _: progress.append(done))
    assert [r.status for r in first.committed] == ["created"] * 3
    assert not first.refused
    assert progress == [3]
    again = graph.load(FULL)
    assert [r.status for r in again.committed] == ["unchanged"] * 3
    record = graph.record(first.committed[0].id)
    assert record.source is not None
    kept = graph.store.source(record.source.sha256)
    assert kept is not None
    assert ids(kept)[0] == record.id


def test_compressed_files_are_found_in_folders(tmp_path: Path) -> None:
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(FULL.read_bytes()))
    (tmp_path / "b.xml").write_bytes(FULL.read_bytes())
    (tmp_path / "c.tar.gz").write_bytes(b"x")
    found = [f for f in expand([tmp_path]) if isinstance(f, FoundSource)]
    assert [f.path.name for f in found if f.path] == ["a.xml.gz", "b.xml"]
    for source in found:
        opened = source.open()
        assert opened.path == source.path
        assert len(list(read_activities(opened, LIMIT))) == 3


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        file = tmp_path / f"{count}.xml"
        with file.open("wb") as out:
            out.write(b"<iati-activities version='2.03'>")
            for n in range(count):
                out.write(activity(f"A-{n}", inner=f"<budget>{'x' * 2000}</budget>").encode())
            out.write(b"</iati-activities>")
        (found,) = expand([file])
        tracemalloc.start()
        assert sum(1 for _ in read_activities(found.open(), LIMIT)) == count
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    small, large = peak(300), peak(3000)
    # 8 MB more of file: some hundred bytes for each identifier, nothing for the rest.
    assert large - small < 1_000_000
