"""Result pages saved from the web: the same facts as from the text, in whatever markup.

What the facts are is written down by hand in ``test_seed_page``; here each layout must give the
record that the text gives, and a few of its facts are named again.
"""

from __future__ import annotations

import base64
import datetime
import quopri
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.errors import NotAResultPageError, SourceError, TooLargeError
from outcome_graph.model import OutcomeRecord
from outcome_graph.settings import Settings
from outcome_graph.sources import detect, read

SEED = Path(__file__).parents[2] / "data" / "outcomes" / "LAO226-2020-21-8.1.1.txt"
ADDRESS = "https://www.social-protection.org/gimi/ResultAchieved.action?id=949"
LINES = [line.strip() for line in SEED.read_text("utf-8").splitlines() if line.strip()]
RESULT, STEP, NUMBER, FACTS = LINES[:4]
SECTIONS = {
    name: LINES[LINES.index(name) + 1]
    for name in (
        "Outcome summary",
        "Outcome achieved",
        "ILO's contribution to the outcome",
        "Gender equality & non-discrimination",
    )
}
CONSTITUENTS, GOAL, TARGET, BRANCHES = LINES[-4:]
GOAL, TARGET = GOAL.lstrip("• "), TARGET.lstrip("• ")
NAMES = (
    "Ministry of Labour and Social Welfare",
    "Lao Social Security Organization",
    "National Health Insurance Bureau",
    "Lao Federation of Trade Union",
    "Lao National Chamber of Commerce and Industry",
    "Association of Lao Garment Industry",
)


def headed(tag: str) -> str:
    """Headings of a level, paragraphs below them."""
    body = "".join(f"<{tag}>{escape(h)}</{tag}>\n<p>{escape(t)}</p>\n" for h, t in SECTIONS.items())
    return (
        f"<{tag}>Result achieved</{tag}><p>{STEP}</p><p>{NUMBER}<br/>{FACTS}</p>"
        f"<{tag}>Linked projects</{tag}>{body}<p>{CONSTITUENTS}</p>"
        f"<ul><li>{GOAL}</li><li>{TARGET}</li></ul><p>{BRANCHES}</p>"
    )


def definition_list() -> str:
    body = "".join(f"<dt>{escape(h)}</dt><dd>{escape(t)}</dd>" for h, t in SECTIONS.items())
    return (
        f"<dl><dt>Result achieved<dd>{STEP}<br>{NUMBER}<br>{FACTS}<dt>Linked projects<dd>"
        f"{body}</dl><div>{CONSTITUENTS}</div><ul><li>{GOAL}<li>{TARGET}</ul><div>{BRANCHES}</div>"
    )


def label_and_value() -> str:
    """A table of two columns; the facts in cells of their own, the constituents in a list."""
    date, code, visibility, biennium, _, indicator = FACTS.split()
    facts = "".join(f"<td>{f}</td>" for f in (date, code, visibility, biennium, "|", indicator))
    body = "".join(
        f"<tr>\n<th scope=row>{escape(h)}</th>\n<td>{escape(t)}</td></tr>"
        for h, t in SECTIONS.items()
    )
    names = "".join(f"<li>{name}</li>" for name in NAMES)
    return (
        f"<table><tr><th>Result achieved</th><td>{STEP}</td></tr><tr><td colspan=2>{NUMBER}</td>"
        f"</tr><tr>{facts}</tr><tr><th>Linked projects</th><td>&nbsp;</td></tr>{body}"
        f"<tr><th>Constituents</th><td><ul>{names}</ul></td></tr>"
        f"<tr><th>SDGs</th><td><ul><li>{GOAL}</li><li>{TARGET}</li></ul></td></tr>"
        f"<tr><td colspan=2>{BRANCHES}</td></tr></table>"
    )


def bold_labels() -> str:
    body = "".join(
        f"<p><strong>{escape(h)}</strong> <span>{escape(t)}</span></p>" for h, t in SECTIONS.items()
    )
    return (
        f"<p><b>Result achieved</b>: {STEP}</p><p>{NUMBER}</p><p>{FACTS}</p>"
        f"<p><b>Linked projects</b></p>{body}"
        f"<div>{CONSTITUENTS}</div><p>• {GOAL}<br>• {TARGET}<br>{BRANCHES}</p>"
    )


def nested_boxes() -> str:
    """Boxes in boxes, inline markup in the middle of words and sentences, hidden copies."""
    body = ""
    for heading, text in SECTIONS.items():
        first, _, rest = escape(text).partition(" ")
        body += (
            f'<div class="field"><div class="label"><span>{escape(heading)}</span></div>'
            f'<div class="item"><div><em>{first}</em> {rest[:20]}<b></b>{rest[20:]}</div></div>'
            "</div>"
            f'<div hidden>{escape(heading)}</div><div style="display: none">{escape(text)}</div>'
        )
    spans = " ".join(f"<span>{fact}</span>" for fact in FACTS.split())
    return (
        f"<div><div>Result achieved</div><div>{STEP}</div><div>{NUMBER}</div><div>{spans}</div>"
        f"<div>Linked projects</div>{body}<div>{CONSTITUENTS}</div>"
        f"<ul><li><p>{GOAL}</p></li><li><a href='#'>{TARGET}</a></li></ul>"
        f"<div>{BRANCHES}</div></div>"
    )


LAYOUTS: dict[str, Callable[[], str]] = {
    "h1": lambda: headed("h1"),
    "h4": lambda: headed("h4"),
    "definition list": definition_list,
    "label and value": label_and_value,
    "bold labels": bold_labels,
    "nested boxes": nested_boxes,
    "preformatted": lambda: f"<pre>{escape(SEED.read_text('utf-8'))}</pre>",
}


def document(body: str, head: str = "", around: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Results</title>{head}'
        f"<style>p {{ color: red }}</style></head>\n<body>{around}{body}</body></html>"
    )


def drafts(markup: str | bytes, name: str = "page.html", **more: str) -> list[Draft]:
    data = markup if isinstance(markup, bytes) else markup.encode()
    return list(read(SourceFile(name, data, **more)))


def only(markup: str | bytes, **more: str) -> OutcomeRecord:
    (draft,) = drafts(markup, **more)
    return draft.record


@pytest.fixture(scope="module")
def expected() -> OutcomeRecord:
    (draft,) = read(SourceFile(SEED.name, SEED.read_bytes()))
    return draft.record


def facts(record: OutcomeRecord) -> OutcomeRecord:
    """A record without what differs with the file: the document and the places in it."""
    evidence = tuple(
        sorted(
            (replace(e, start=None, end=None, quote="", confidence=1) for e in record.evidence),
            key=str,
        )
    )
    return replace(record, source=None, evidence=evidence)


# -- layouts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_record_of_the_text(layout: str, expected: OutcomeRecord) -> None:
    record = only(document(LAYOUTS[layout]()))
    assert facts(record) == facts(expected)
    assert record.id == "LAO226-2020-21-8.1.1"
    assert record.achieved_on == datetime.date(2020, 4, 1)
    assert record.source is not None
    assert record.source.media_type == "text/html"


def test_what_surrounds_the_text_is_left_out(expected: OutcomeRecord) -> None:
    around = (
        "<header role=banner><a href=/>Outcome achieved</a></header>"
        "<nav><ul><li>Home</li><li>Gender equality</li></ul></nav>"
        "<div class='cookie-banner'>We use cookies. 02.02.2022 FRA100 Public 2022-23 | 1.1.1</div>"
        "<script>document.write('Outcome summary')</script><noscript>Switch on scripts</noscript>"
        "<form><input value='x'><select><option>Outcome summary</select>"
        "<button>Print</button></form>"
    )
    foot = "<aside>See also</aside><footer>Ministry of Truth. All branches of our bank.</footer>"
    record = only(document(f"<div>{headed('h3')}</div>{foot}", around=around))
    assert facts(record) == facts(expected)


def test_the_main_part_is_read_where_the_page_names_one(expected: OutcomeRecord) -> None:
    body = f"<div>Outcome summary</div><main>{headed('h3')}</main><div>Ministry of Truth</div>"
    assert facts(only(document(body))) == facts(expected)


def test_markup_without_any_ends_or_roots(expected: OutcomeRecord) -> None:
    soup = headed("h2").replace("</p>", "").replace("</h2>", "</h2></b></div>").replace("</li>", "")
    assert facts(only(soup)) == facts(expected)


def test_xhtml(expected: OutcomeRecord) -> None:
    page = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 '
        'Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{headed("h2")}</body></html>'
    )
    assert facts(only(page, name="page.xhtml")) == facts(expected)


# -- several results in one file ------------------------------------------------------------------


def other(body: str) -> str:
    return body.replace("LAO226", "KHM176").replace("01.04.2020", "03.05.2021")


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "preformatted"])
@pytest.mark.parametrize("heading", [True, False])
def test_several_results_in_articles(layout: str, heading: bool, expected: OutcomeRecord) -> None:
    body = LAYOUTS[layout]()
    if not heading:
        body = body.replace("Result achieved", "What happened")
    page = document(f"<article>{body}</article>\n<article>{other(body)}</article>")
    first, second = drafts(page)
    assert first.record.id == "LAO226-2020-21-8.1.1"
    assert second.record.id == "KHM176-2020-21-8.1.1"
    assert first.record.titles == second.record.titles == expected.titles
    assert first.record.achievement == expected.achievement
    assert second.record.achieved_on == datetime.date(2021, 5, 3)
    assert first.record.sdg_targets == second.record.sdg_targets == expected.sdg_targets


def test_a_table_with_a_result_in_each_row(expected: OutcomeRecord) -> None:
    heads = "".join(f"<th>{escape(h)}</th>" for h in ("Date, code", *SECTIONS, "SDGs"))
    row = f"<tr><td>{FACTS}</td>" + "".join(f"<td>{escape(t)}</td>" for t in SECTIONS.values())
    row += f"<td><ul><li>{GOAL}</li><li>{TARGET}</li></ul></td></tr>"
    page = document(f"<table><thead><tr>{heads}</tr></thead>{row}{other(row)}</table>")
    first, second = (draft.record for draft in drafts(page))
    assert [first.id, second.id] == ["LAO226-2020-21-8.1.1", "KHM176-2020-21-8.1.1"]
    for record in (first, second):
        assert record.titles == expected.titles
        assert record.gender_equality == expected.gender_equality
        assert [act.number for act in record.legal_acts] == ["224"]
        assert record.sdg_targets == expected.sdg_targets
    assert first.achieved_on == datetime.date(2020, 4, 1)


# -- address, encoding, place ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "markup",
    [
        document(headed("h2"), head=f'<link rel="canonical" href="{ADDRESS}">'),
        document(headed("h2"), head=f'<meta property="og:url" content="{ADDRESS}"/>'),
        f"<!-- saved from url=(0067){ADDRESS} -->\n" + document(headed("h2")),
    ],
)
def test_the_address_of_the_page_is_kept(markup: str) -> None:
    source = only(markup).source
    assert source is not None
    assert source.url == ADDRESS


@pytest.mark.parametrize(
    "href", ["/gimi/x", "javascript:alert(1)", "file:///etc/passwd", "http:// "]
)
def test_an_address_that_is_none_on_the_web_is_not_kept(href: str) -> None:
    source = only(document(headed("h2"), head=f'<link rel="canonical" href="{href}">')).source
    assert source is not None
    assert source.url is None


def test_the_address_of_a_list_is_not_that_of_its_results() -> None:
    head = f'<link rel="canonical" href="{ADDRESS}">'
    page = document(headed("h2") + other(headed("h2")), head=head)
    assert [draft.record.source.url for draft in drafts(page)] == [None, None]  # type: ignore[union-attr]


FRENCH = document(
    "<h2>Résultat obtenu</h2><p>01.04.2020 SEN127 Public 2020-21 | 8.1.1</p>"
    "<h2>Résumé du résultat</h2><p>La stratégie a été adoptée à Dakar – l’été</p>"
    "<h2>Effet obtenu</h2><p>La stratégie nationale a été adoptée.</p>"
)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (FRENCH.encode(), None),
        (FRENCH.replace('<meta charset="utf-8">', "").encode(), None),
        (FRENCH.replace('<meta charset="utf-8">', "").encode("cp1252"), None),
        (FRENCH.replace("utf-8", "windows-1252").encode("cp1252"), None),
        (FRENCH.replace("utf-8", "ISO-8859-1").encode("cp1252"), None),
        (FRENCH.replace("utf-8", "nonsense").encode(), None),
        (FRENCH.replace("utf-8", "iso-8859-15").encode(), "text/html; charset=utf-8"),
        (FRENCH.replace('<meta charset="utf-8">', "").encode("utf-16"), None),
        (b"\xef\xbb\xbf" + FRENCH.encode(), "text/html"),
        (FRENCH.replace("é", "&eacute;").replace("’", "&#8217;").encode("cp1252"), None),
    ],
)
def test_encodings(data: bytes, media_type: str | None) -> None:
    (draft,) = read(SourceFile("page.html", data, media_type))
    (title,) = draft.record.titles
    assert title.value == "La stratégie a été adoptée à Dakar – l’été"
    assert title.language == "fr"


def test_an_encoding_that_is_not_the_declared_one_is_told() -> None:
    (draft,) = drafts(FRENCH.encode("cp1252"))
    (title,) = draft.record.titles
    assert title.value == "La stratégie a été adoptée à Dakar – l’été"
    assert any("says that it is in utf-8" in problem.message for problem in draft.problems)


def test_places_are_lines_of_the_file() -> None:
    page = document(headed("h2"), head="\n\n<!-- one\ntwo -->\n")
    (draft,) = drafts(page)
    number = next(
        n for n, line in enumerate(page.split("\n"), 1) if "Outcome achieved</h2>" in line
    )
    place = draft.location("achievement")
    assert place is not None
    assert place.line == number
    assert place.column is None


def test_evidence_points_into_the_text_that_is_seen() -> None:
    record = only(document(headed("h2")))
    lines = [RESULT, STEP, NUMBER, FACTS, "Linked projects"]
    lines += [part for section in SECTIONS.items() for part in section]
    text = "\n".join([*lines, CONSTITUENTS, f"• {GOAL}", f"• {TARGET}", BRANCHES])
    placed = [e for e in record.evidence if e.start is not None]
    assert placed
    for item in placed:
        assert text[item.start : item.end] == item.quote


# -- web archives ---------------------------------------------------------------------------------


def archive(page: str, encoding: str) -> bytes:
    body = (
        quopri.encodestring(page.encode())
        if encoding == "quoted-printable"
        else base64.encodebytes(page.encode())
    )
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {ADDRESS}\r\nSubject: Results\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        '\tboundary="--x--"\r\n\r\n\r\n----x--\r\nContent-Type: text/html; charset=utf-8\r\n'
        f"Content-Transfer-Encoding: {encoding}\r\nContent-Location: {ADDRESS}\r\n\r\n"
    )
    return (
        head.encode() + body + b"\r\n----x--\r\nContent-Type: image/png\r\n\r\nx\r\n----x----\r\n"
    )


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("name", ["page.mhtml", "page.mht", "page"])
def test_web_archives(name: str, encoding: str, expected: OutcomeRecord) -> None:
    record = only(archive(document(headed("h2")), encoding), name=name)
    assert facts(record) == facts(expected)
    assert record.source is not None
    assert record.source.url == ADDRESS
    assert record.source.size == len(archive(document(headed("h2")), encoding))


def test_an_archive_without_a_page() -> None:
    data = archive(document(headed("h2")), "base64").replace(b"text/html", b"text/none")
    with pytest.raises(SourceError, match="without a page"):
        drafts(data, name="page.mhtml")


# -- telling the format ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.html", b"<p>x", None),
        ("a.HTM", b"\n\n<div>", None),
        ("a.txt", b"<!DOCTYPE html><p>x", None),
        ("a", b"\n<!-- c -->\n<HTML>", None),
        ("a", b'<?xml version="1.0"?>\n<!DOCTYPE html><html/>', None),
        ("body", b"<p>x", "text/html; charset=utf-8"),
        ("body", b"<p>x", "application/xhtml+xml"),
    ],
)
def test_html_is_told(name: str, data: bytes, media_type: str | None) -> None:
    assert detect(SourceFile(name, data, media_type)) == "html"


# -- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"<html><body></body></html>", "shows no text"),
        (b"<html><body><script>app()</script><div id=root></div></body></html>", "scripts"),
        (b"<p>Hello", "is no result page"),
        (b"<ul><li><a href=1>Result one</a><li><a href=2>Result two</a></ul>", "is no result page"),
        (b"<h2>Outcome summary</h2>", "only the heading"),
        (b"<p>\x00\x01\x02\x00", "binary"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x81\x8d", "binary"),
        (b"<div>" * 10_000, "deeper than any page"),
    ],
)
def test_what_is_no_result_page_is_refused(markup: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        drafts(markup)
    assert "page.html" in caught.value.message


def test_an_index_page_is_no_result_page() -> None:
    rows = "".join(f"<tr><td>0{n}.04.2020</td><td>LAO22{n}</td></tr>" for n in range(1, 9))
    with pytest.raises(NotAResultPageError):
        drafts(f"<h1>Results</h1><table><tr><th>Date<th>Code</tr>{rows}</table>")


def test_a_page_over_the_bound_is_refused_unread() -> None:
    page = SourceFile("page.html", document(headed("h2")).encode() + b" " * 1000)
    with pytest.raises(TooLargeError, match="OUTCOME_GRAPH_MAX_SOURCE_BYTES"):
        read(page, settings=replace(Settings(), max_source_bytes=1000))


def test_entities_of_a_document_are_not_expanded() -> None:
    declared = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "lol">{declared}'
        '<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<html><body>{headed('h2').replace('<p>', '<p>&l11; &x; ', 1)}</body></html>"
    )
    record = only(page)
    assert record.id == "LAO226-2020-21-8.1.1"
    words = " ".join(text.value for text in (*record.result_statement, *record.titles))
    assert "root:" not in words
    assert len(words) < 2000


def test_a_page_cut_in_the_middle_gives_what_is_there_and_says_what_is_missing() -> None:
    whole = document(headed("h2"))
    (draft,) = drafts(whole[: whole.index("Outcome achieved") + 400])
    assert draft.record.id == "LAO226-2020-21-8.1.1"
    assert draft.record.achievement
    assert not draft.record.gender_equality


def hostile() -> Iterator[str]:
    yield "<b>" * 2_000 + "x"
    yield "<table><tr>" + "<td>x" * 200_000
    yield "<" * 1_000_000
    yield "<!--" * 250_000
    yield "<a " + "b " * 500_000 + ">"
    yield "<p>" + "<i>x</i>" * 100_000
    yield "<table><tr><th>Outcome summary<th>Outcome achieved<tr><td>" * 400
    yield "<article><h2>Outcome summary</h2><h2>Outcome achieved</h2>" * 300
    yield "<div class=cookie>" * 1_900 + "x" * 500_000
    yield "<article>" * 1_000 + "Outcome summary<br>" * 200_000
    yield "<div>" * 1_500 + "<article></article><footer></footer>" * 150_000
    yield "<table><tr><td>" * 600 + "<i></i>" * 600_000
    yield "<div class=share>" * 1_500 + "<i></i>" * 600_000 + "<p>Outcome summary"
    yield "&" * 1_000_000 + "&#x41" * 100_000


@pytest.mark.parametrize("number", range(14))
@pytest.mark.timeout(60)
def test_hostile_markup_ends_soon(number: int) -> None:
    with suppress(SourceError):
        drafts(list(hostile())[number])


def test_a_menu_that_says_results_is_no_section_and_no_statement() -> None:
    menu = (
        '<div class="topnav"><a>Home</a> | <a>What we do</a> | <a>Results</a></div>'
        '<div class="breadcrumb"><a>Home</a> &rsaquo; <a>Results</a> &rsaquo; Laos</div>'
    )
    (draft,) = drafts(document(menu + headed("h2")))
    assert "Home" not in " ".join(text.value for text in draft.record.result_statement)
    assert not any("stands twice" in problem.message for problem in draft.problems)


def test_short_terms_and_their_values_are_labelled_facts() -> None:
    facts = (
        "<h2>Result achieved</h2><dl><dt>Published</dt><dd>02.03.2023</dd><dt>Date</dt>"
        "<dd>04.06.2022</dd><dt>Code</dt><dd>PHL130</dd><dt>Status</dt><dd>Public</dd></dl>"
        "<h2>Outcome summary</h2><p>Solo parents are entitled to an allowance</p>"
        "<h2>Outcome achieved</h2><p>The Act was passed.</p>"
    )
    (draft,) = drafts(document(facts))
    assert str(draft.record.achieved_on) == "2022-06-04"
    assert (draft.record.code, draft.record.visibility) == ("PHL130", "Public")
    assert not [problem for problem in draft.problems if "not understood" in problem.message]
