"""Decoding, normalising and matching text."""

from __future__ import annotations

import pytest

from outcome_graph.draft import SourceFile
from outcome_graph.errors import SourceError
from outcome_graph.sources.text import SourceText, Span, decode, fold


def text_of(data: bytes) -> SourceText:
    return decode(SourceFile("page.txt", data))


@pytest.mark.parametrize(
    "data",
    [
        "é—x".encode(),
        b"\xef\xbb\xbf" + "é—x".encode(),
        b"\xff\xfe" + "é—x".encode("utf-16-le"),
        b"\xfe\xff" + "é—x".encode("utf-16-be"),
        "e\u0301—x".encode(),
    ],
    ids=["UTF-8", "with mark", "UTF-16 LE", "UTF-16 BE", "combining accent"],
)
def test_encodings(data: bytes) -> None:
    text = text_of(data)
    assert text.text == "é—x"
    assert text.match == "e-x"
    assert text.problems == ()


def test_windows_1252_is_read_with_a_warning() -> None:
    text = text_of("Prime Minister’s décret".encode("cp1252"))
    assert text.text == "Prime Minister’s décret"
    (problem,) = text.problems
    assert problem.severity == "warning"
    assert "Windows-1252" in problem.message


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "blank"),
        (b"\xef\xbb\xbf", "blank"),
        (bytes(range(256)) * 20, "binary"),
        (b"text\0text", "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"caf\x81\xe9", "encoding"),
        (b"\xff\xfea", "UTF-16"),
        (b"\x01\x02\x03\x04 text", "binary"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        text_of(data)


def test_line_ends_are_one() -> None:
    assert SourceText.of("a\r\nb\rc\nd\u2028e\x0cf\x85g").text == "a\nb\nc\nd\ne\nf\ng"


def test_characters_that_xml_cannot_hold_become_spaces() -> None:
    assert SourceText.of("a\x01b\ufffec").text == "a b c"


def test_matching_text_has_the_same_length() -> None:
    words = "٠١.٠٤.٢٠٢٠ N° 5 “Décret” – l’État œuvre ﬁn\u200bx ½ ² Đ"
    folded = fold(words)
    assert len(folded) == len(words)
    assert folded.startswith('01.04.2020 N° 5 "Decret" - l\'Etat')
    assert folded.endswith("D")


def test_location_counts_from_one() -> None:
    text = SourceText.of("ab\ncd\n")
    assert [(w.line, w.column) for w in map(text.location, (0, 1, 3, 4, 6))] == [
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
        (3, 1),
    ]


def test_values_have_single_spaces_and_nothing_invisible() -> None:
    text = SourceText.of("  Lao\u00a0 Social\u200b\n Security ")
    assert text.value(text.span) == "Lao Social Security"
    assert text.quote(Span(2, 5)) == "Lao"
    assert text.paragraphs(text.span) == "Lao Social\nSecurity"
