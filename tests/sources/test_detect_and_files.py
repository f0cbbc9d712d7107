"""Which reader a source goes to, and which files a path stands for."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from pathlib import Path

import pytest

from outcome_graph.draft import SourceFile
from outcome_graph.errors import (
    SourceError,
    TooLargeError,
    UnsupportedSourceError,
    UsageError,
)
from outcome_graph.settings import Settings
from outcome_graph.sources import SOURCE_FORMATS, detect, expand, read


@pytest.mark.parametrize(
    ("name", "data", "media_type", "found"),
    [
        ("page.txt", b"Result achieved", None, "page"),
        ("page", b"Result achieved", None, "page"),
        ("upload", b"Result achieved", "text/plain; charset=utf-8", "page"),
        ("a.ttl", b"anything", None, "rdf"),
        ("a.NQ", b"", None, "rdf"),
        ("upload", b"<a> <b> <c> .", "application/n-triples", "rdf"),
        ("upload", b"@prefix og: <x#> .", None, "rdf"),
        ("upload.txt", b"PREFIX og: <x#>", None, "rdf"),
        ("upload", b"<http://a/s> <http://a/p> <http://a/o> <http://a/g> .", None, "rdf"),
        ("upload", b"<?xml version='1.0'?>\n<rdf:RDF xmlns:rdf='x'>", None, "rdf"),
        ("upload", b'{"@context": {}}', None, "rdf"),
        ("a.txt", "País\tTítulo\tFecha\nPerú".encode("utf-16"), None, "csv"),
        ("a.txt", "País de intervención\tMeta ODS\tFecha\n".encode("utf-16"), None, "csv"),
        ("upload", b'\xef\xbb\xbf[{"@id": "x"}]', None, "rdf"),
    ],
)
def test_detect(name: str, data: bytes, media_type: str | None, found: str) -> None:
    assert detect(SourceFile(name, data, media_type)) == found


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.pdf", b"%PDF-1.7", None),
        ("a.txt", b"PK\x03\x04", None),
        ("a", b"\x1f\x8b\x08", None),
        ("a", b"<?xml version='1.0'?><feed/>", None),
        ("a", b"Result achieved", "image/png"),
        ("a.ods", b"a", None),
        ("a.json", b'[{"id": "X-1", "title": "T"}]', None),
        ("a.webarchive", b"bplist00\xd1\x01", None),
    ],
)
def test_unsupported_sources_say_what_is_supported(
    name: str, data: bytes, media_type: str | None
) -> None:
    with pytest.raises(UnsupportedSourceError) as caught:
        detect(SourceFile(name, data, media_type))
    assert name in caught.value.message
    assert ".txt" in caught.value.message
    assert ".ttl" in caught.value.message


@pytest.mark.parametrize(
    ("first", "named"), [("mimetype", "a.ods"), ("[Content_Types].xml", "a.docx")]
)
def test_who_has_another_office_document_is_told_what_to_save(first: str, named: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(first, b"application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(UnsupportedSourceError, match=r"save a table as \.xlsx or \.csv"):
        detect(SourceFile(named, packed.getvalue()))


def test_a_compressed_export_is_to_be_unpacked() -> None:
    with pytest.raises(UnsupportedSourceError, match="unpack it and load what is in it"):
        detect(SourceFile("export.nq.gz", gzip.compress(b"<a:s> <a:p> <a:o> <a:g> .")))


def test_format_asked_for() -> None:
    assert detect(SourceFile("a.ttl", b""), "page") == "page"
    with pytest.raises(UsageError, match="page"):
        detect(SourceFile("a.txt", b""), "docx")
    assert set(SOURCE_FORMATS) >= {"page", "rdf"}


def test_too_large_a_page_is_refused_unread() -> None:
    with pytest.raises(TooLargeError, match="larger than 10,000,000 bytes"):
        read(SourceFile("a.txt", b"Result achieved\n" * 3_200_000))
    with pytest.raises(TooLargeError, match="larger than 10 bytes"):
        read(SourceFile("a.txt", b"Result achieved\n"), settings=Settings(max_source_bytes=10))


# --- paths ---------------------------------------------------------------------------------------


def test_files_and_folders_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.ttl", "sub/d.md", ".hidden.txt", ".git/e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    single = tmp_path / "sub" / "d.md"
    found = list(expand([single, tmp_path]))
    assert [Path(f.name).relative_to(tmp_path).as_posix() for f in found] == [
        "sub/d.md",
        "a.txt",
        "b.txt",
        "sub/c.ttl",
    ]
    assert found[1].open().data == b"x"


def test_a_missing_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    missing, there = expand([tmp_path / "nowhere.txt", tmp_path / "a.txt"])
    with pytest.raises(SourceError, match=r"nowhere\.txt is not there"):
        missing.open()
    assert there.open().data == b"x"


def test_a_folder_without_sources(tmp_path: Path) -> None:
    (tmp_path / "readme.md").write_text("x")
    (found,) = expand([tmp_path])
    with pytest.raises(SourceError, match="holds no sources"):
        found.open()


def test_size_is_told_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000_000)  # sparse: reading it would not end well
    (found,) = expand([path])
    with pytest.raises(TooLargeError, match=r"large\.txt is larger than 10,000,000 bytes"):
        found.open()


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"Result achieved"))
    monkeypatch.setattr(sys, "stdin", stdin)
    (found,) = expand(["-"])
    source = found.open()
    assert (source.name, source.data) == ("standard input", b"Result achieved")
    stdin = io.TextIOWrapper(io.BytesIO(b"x" * 11))
    monkeypatch.setattr(sys, "stdin", stdin)
    with pytest.raises(TooLargeError):
        found.open(Settings(max_source_bytes=10))


def test_a_name_that_no_file_can_have() -> None:
    (found,) = expand(["odd\0name"])
    with pytest.raises(SourceError, match=r"cannot be read|not there"):
        found.open()
