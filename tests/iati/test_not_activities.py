"""What people take for an activity file: encodings that are not declared, other files, errors."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest

from iati.conftest import FILES, activity, document, drafts
from outcome_graph.draft import SourceFile
from outcome_graph.errors import SourceError
from outcome_graph.pipeline.reading import SourceReader

FULL = (FILES / "social-protection.xml").read_bytes()
DECLARED = b'encoding="UTF-8"'
TITLE = "Régime de protection “élargi” – 登録"


def titled(encoding: str, declared: str, title: str = TITLE) -> bytes:
    text = document(activity()).decode().replace("A result", title)
    return text.replace(DECLARED.decode(), f'encoding="{declared}"').encode(encoding)


def packed(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.xml", data)
    return held.getvalue()


@pytest.mark.parametrize(
    ("encoding", "declared", "title"),
    [
        ("utf-8", "utf-8", TITLE),
        ("utf-8-sig", "ISO-8859-1", TITLE),
        ("utf-8", "UTF-16", TITLE),
        ("utf-8", "US-ASCII", TITLE),
        ("utf-16", "UTF-8", TITLE),
        ("windows-1252", "windows-1252", "Régime de protection “élargi”"),
        ("iso-8859-1", "ISO-8859-1", "Régime élargi"),
        ("shift_jis", "Shift_JIS", "登録"),
        ("gb2312", "GB2312", "登录"),
    ],
)
def test_encodings_are_read_as_they_are(encoding: str, declared: str, title: str) -> None:
    (draft,) = drafts(titled(encoding, declared, title))
    assert [t.value for t in draft.record.titles] == [title]
    assert draft.problems == ()


def test_a_wrong_declaration_is_said_and_the_letters_are_right() -> None:
    """Read as declared, every letter beyond ASCII would become two others."""
    data = titled("utf-8", "ISO-8859-1").replace(
        b"</iati-activities>", activity("AA-AAA-1-2").encode() + b"</iati-activities>"
    )
    one, two = drafts(data)
    assert [t.value for t in one.record.titles] == [TITLE]
    (problem,) = one.problems
    assert "declares the encoding ISO-8859-1, but is written in UTF-8" in problem.message
    assert two.problems == ()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xml", titled("windows-1252", "UTF-8", "Régime"), "is not written in UTF-8 at line"),
        ("a.xml", FULL.replace(DECLARED, b'encoding="klingon"'), "“klingon”, which is not known"),
        ("a.xml", FULL.replace(DECLARED, b'encoding="base64"'), "“base64”, which is not known"),
        ("a.xml", b"\n\n" + FULL, "must be the very first"),
        ("a.xml", b"<!DOCTYPE html>\n<html><body><h1>Not Found</h1></body></html>", "a web page"),
        ("a.xml", b"<html><body><p>Please sign in</p></body></html>", "a web page"),
        ("a.xml", b"404: Not Found", "begins with “404: Not Found”"),
        ("a.xml", b'{"success": false, "error": {}}', "begins with “{"),
        ("a.xml", b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "<Error>"),
        ("a.xml", b"<rss version='2.0'/>", "<rss>"),
        ("a.xml", "<?xml version='1.0' encoding='UTF-16'?><rss/>".encode("utf-16"), "<rss>"),
        ("a.xml", b"<iati-organisations version='2.03'/>", "organisation file"),
        ("a.zip", packed(a=FULL, b=FULL), "unpack it and load the files in it"),
        ("a.xml", packed(a=FULL), "unpack it and load the files in it"),
        (
            "a.xml.gz",
            gzip.compress(b"<html><body>x</body></html>", mtime=0),
            "something else than IATI",
        ),
        (
            "a.json",
            json.dumps({"iati-activities": [{"title": "x", "@type": "y"}]}).encode(),
            "IATI data as JSON",
        ),
        (
            "a.json",
            json.dumps(
                {"response": {"docs": [{"iati_identifier": "A-1", "title": ["x"], "country": 1}]}}
            ).encode(),
            "IATI data as JSON",
        ),
        ("a.json", json.dumps({"rows": [{"aid": "A-1", "title": "x"}]}).encode(), "as JSON"),
        ("a.json", json.dumps([{"country": "Laos", "title": "x", "date": 1}]).encode(), "is JSON"),
    ],
)
def test_other_files_are_refused_in_one_clear_sentence(
    name: str, data: bytes, words: str, reader: SourceReader
) -> None:
    with pytest.raises(SourceError) as raised:
        list(reader.items(SourceFile(name, data)))
    message = raised.value.message
    assert words in message
    assert "\n" not in message
    # What says that XML is supported must not be told of a file that is called so.
    assert "is a .xml file" not in message


def test_json_ld_may_speak_of_iati(reader: SourceReader) -> None:
    """A document with a context is JSON-LD, whatever its names are."""
    data = json.dumps({"@context": {"iati-identifier": "urn:x"}, "iati-identifier": "A"}).encode()
    with pytest.raises(SourceError, match="holds no record"):
        list(reader.items(SourceFile("a.json", data)))
