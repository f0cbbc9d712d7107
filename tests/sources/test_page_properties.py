"""Whatever the text, reading it ends in drafts or an error of ours; evidence quotes the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outcome_graph.draft import SourceFile
from outcome_graph.errors import OutcomeGraphError
from outcome_graph.sources import read
from outcome_graph.sources.text import SourceText, decode

CASES = Path(__file__).parents[1] / "cases" / "valid"
PAGES = [p.read_text("utf-8") for p in sorted(CASES.glob("*.txt"))]
PAGES.append(
    (Path(__file__).parents[2] / "data/outcomes/LAO226-2020-21-8.1.1.txt").read_text("utf-8")
)
#: Pieces of real pages, in any order and number: far likelier to reach a reader than random text.
FRAGMENTS = sorted(
    {line for page in PAGES for line in page.split("\n")}
    | {word for page in PAGES for word in page.split(" ")}
    | {"", " ", "\n", "\t", "•", "(", ")", ";", ",", "and", "of", "No.", "(i)", "(ii)", "0.0.0000"}
    | {"31.02.2020", "Law No.", "99 May 2020", "Decree No. 1", "financed by", "’s", "\u00a0", "…"}
)


def check(data: bytes) -> int:
    """Read, and check what may never happen. Return how many records there were."""
    source = SourceFile("any.txt", data)
    try:
        drafts = list(read(source, "page"))
    except OutcomeGraphError:
        return 0
    text = decode(source)
    assert len(text.text) == len(text.match)
    # Places are those of the file, whose lines may have been joined.
    lines = len(text.starts)
    for draft in drafts:
        for reading in (*draft.record.evidence, *draft.record.candidates):
            assert reading.start is not None
            assert reading.quote == text.text[reading.start : reading.end]
            assert reading.quote
        for problem in draft.problems:
            assert problem.message
            if problem.location and problem.location.line:
                assert problem.location.line <= lines
    return len(drafts)


@given(st.text())
def test_any_text(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"))


@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    check(data)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60), st.sampled_from(["\n", " ", "", "\n\n"]))
def test_any_order_of_fragments(fragments: list[str], joint: str) -> None:
    head = "Result achieved\nOutcome summary\nA title\nOutcome achieved\n"
    assert check((head + joint.join(fragments)).encode()) >= 1


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(PAGES), st.data())
def test_a_page_with_a_piece_cut_out_or_put_in(page: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(page)))
    end = data.draw(st.integers(start, min(len(page), start + 400)))
    put = data.draw(st.text(max_size=20) | st.sampled_from(FRAGMENTS))
    check((page[:start] + put + page[end:]).encode("utf-8", "surrogatepass"))


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = SourceText.of(text)
    # A composed letter may take a further accent; a second pass may compose it.
    twice = SourceText.of(SourceText.of(once.text).text)
    assert SourceText.of(twice.text).text == twice.text
    assert len(once.text) == len(once.match)


MEGABYTE = 1_000_000
HOSTILE = {
    "one word": "a" * MEGABYTE,
    "capitals": "A " * (MEGABYTE // 2),
    "capital words": "Ministry " * (MEGABYTE // 9),
    "names": "Ministry of Labour and " * (MEGABYTE // 23),
    "possessives": "Aa's " * (MEGABYTE // 5),
    "digits": "1" * MEGABYTE,
    "dates": "1 May " * (MEGABYTE // 6),
    "days": "1, " * (MEGABYTE // 3),
    "dots": "1." * (MEGABYTE // 2),
    "brackets": "(" * MEGABYTE,
    "enumerators": "(i) (ii) " * (MEGABYTE // 9),
    "bullets": "•" * MEGABYTE,
    "commas": "A, " * (MEGABYTE // 3),
    "decrees": "Decree on " * (MEGABYTE // 10),
    "laws": "law no " * (MEGABYTE // 7),
    "ratified": "ratified convention " * (MEGABYTE // 20),
    "financed": "financed by " * (MEGABYTE // 12),
    "targets": "SDG targets 1.3 " * (MEGABYTE // 16),
    "headings": "Outcome achieved" * (MEGABYTE // 16),
    "blank lines": "\n" * MEGABYTE,
    "blank lines with spaces": " \n" * (MEGABYTE // 2),
    "spaces": " " * MEGABYTE + "x",
    "accents": "e" + "\u0301\u0323" * (MEGABYTE // 2),
    "symbols": "LAO/16/02/LUX" * (MEGABYTE // 13),
    "branches": "Maternity, " * (MEGABYTE // 11),
    "codes": "• 1.3 x\n" * (MEGABYTE // 9),
    "apostrophes": "l'" * (MEGABYTE // 2),
    "in places": "in A, " * (MEGABYTE // 6),
    "participants": "12 a b c " * (MEGABYTE // 9),
    "lines of names": "Ministry of Labour\n" * (MEGABYTE // 19),
    "addresses": "https://a/ " * (MEGABYTE // 11),
    "pages": "Result achieved\nOutcome achieved\n" * (MEGABYTE // 33),
}
#: A page that holds the same a megabyte long in every part of it.
HOSTILE_PAGE = (
    "Result achieved\n{0}\nLinked projects\n{0}\nOutcome summary\nT\nOutcome achieved\n{0}\n"
    "ILO's contribution to the outcome\n{0}\nConstituents\n{0}\n"
    "Gender equality & non-discrimination\nx\n\n\n{0}\n"
)
PARTS = HOSTILE_PAGE.count("{0}")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_of_one_thing_takes_linear_time(name: str) -> None:
    """Were the time quadratic it would be hours; it is about a second."""
    check(HOSTILE_PAGE.format(HOSTILE[name][: MEGABYTE // PARTS]).encode())


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", ["one word", "capitals", "brackets", "blank lines", "accents"])
def test_a_line_of_a_megabyte(name: str) -> None:
    page = "Outcome summary\nT\nILO's contribution to the outcome\n{0}\n"
    assert check(page.format(HOSTILE[name]).encode()) == 1
