"""The seed page: every statement of it, and the same statements from pages that look different.

The expected values were typed by hand from ``data/outcomes/LAO226-2020-21-8.1.1.txt``.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from pathlib import Path

import pytest

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.model import Activity, OutcomeRecord, Text
from outcome_graph.sources import read
from outcome_graph.sources.text import decode

SEED = Path(__file__).parents[2] / "data" / "outcomes" / "LAO226-2020-21-8.1.1.txt"
PAGE = SEED.read_text("utf-8")

HEADINGS = {
    "projects": "Linked projects",
    "summary": "Outcome summary",
    "achieved": "Outcome achieved",
    "contribution": "ILO's contribution to the outcome",
    "gender": "Gender equality & non-discrimination",
}
CONSTITUENTS = {
    "Ministry of Labour and Social Welfare",
    "Lao Social Security Organization",
    "National Health Insurance Bureau",
    "Lao Federation of Trade Union",
    "Lao National Chamber of Commerce and Industry",
    "Association of Lao Garment Industry",
}
ACTIVITIES = (
    Activity(
        (Text("Capacity Building and UNJP Roadmap Discussion Workshop"),),
        datetime.date(2020, 8, 25),
        datetime.date(2020, 8, 27),
        "Thalat",
        30,
    ),
    Activity(
        (Text("Official launch of the NSPS and UNJP"),),
        datetime.date(2020, 9, 30),
        datetime.date(2020, 9, 30),
        "Vientiane",
        40,
    ),
    Activity(
        (Text("Training programme on social protection policy design and implementation"),),
        datetime.date(2020, 11, 24),
        datetime.date(2020, 11, 26),
        "Vientiane",
        40,
    ),
)


def draft_of(text: str | bytes) -> Draft:
    data = text if isinstance(text, bytes) else text.encode()
    (draft,) = read(SourceFile("page.txt", data))
    return draft


def sections(page: str = PAGE) -> dict[str, str]:
    """Cut the page at its headings into head, sections (with heading) and tail."""
    places = [(name, page.index(heading + "\n")) for name, heading in HEADINGS.items()]
    ends = [at for _, at in places[1:]] + [page.index("Ministry of Labour and")]
    parts = {"head": page[: places[0][1]]}
    for (name, start), end in zip(places, ends, strict=True):
        parts[name] = page[start:end]
    parts["tail"] = page[ends[-1] :]
    assert "".join(parts.values()) == page
    return parts


def core_of(record: OutcomeRecord) -> OutcomeRecord:
    """Leave out what differs with the file: its digest and where things stand in it."""
    return replace(record, source=None, evidence=())


# --- the page itself -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seed() -> Draft:
    return draft_of(SEED.read_bytes())


def test_line_of_facts(seed: Draft) -> None:
    record = seed.record
    assert record.id == "LAO226-2020-21-8.1.1"
    assert record.profile == "result-page"
    assert record.language == "en"
    assert record.code == "LAO226"
    assert record.achieved_on == datetime.date(2020, 4, 1)
    assert record.visibility == "Public"
    assert record.biennium == "2020-21"
    assert record.indicator == "8.1.1"
    assert record.step == 1
    assert record.country is None, "linking reads it from the code"


def test_texts(seed: Draft) -> None:
    record = seed.record
    assert record.result_statement == (
        Text(
            "A new or revised policy or strategy to extend coverage, enhance comprehensiveness "
            "and/or increase adequacy of benefits has been adopted (Step 1)"
        ),
    )
    assert record.indicator_statement == (
        Text(
            "Number of countries that have adopted new or revised policies and strategies to "
            "extend coverage, enhance comprehensiveness and/or increase adequacy of benefits "
            "(Step 1)"
        ),
    )
    assert record.titles == (
        Text("The National Social Protection Strategy was officially launched"),
    )
    (achievement,) = record.achievement
    assert achievement.value.startswith("The National Social Protection Strategy (NSPS), adopted")
    assert achievement.value.endswith("within the National Social Protection Commission.")
    (gender,) = record.gender_equality
    assert gender.value.startswith("Women have been the priority in the cash transfer")
    assert gender.value.endswith("while proposing recovery policies")
    assert record.contribution is not None
    (narrative,) = record.contribution.narrative
    assert narrative.value.startswith("Through the projects financed by the Government of")
    assert narrative.value.endswith("24-26 Nov 2020 (approx. 40 participants)")


def test_legal_act(seed: Draft) -> None:
    (act,) = seed.record.legal_acts
    assert act.number == "224"
    assert act.type == "decree"
    assert act.date == datetime.date(2020, 4, 1)
    assert act.titles == (Text("Prime Minister’s Decree No.224"),)
    assert act.passed_by is not None
    assert act.passed_by.names == (Text("Prime Minister"),)


def test_funder_contributor_and_activities(seed: Draft) -> None:
    assert [f.names for f in seed.record.funders] == [(Text("Government of Luxembourg"),)]
    assert seed.record.contribution is not None
    assert [c.name for c in seed.record.contribution.contributors] == ["ILO"]
    assert seed.record.contribution.activities == ACTIVITIES


def test_constituents_are_six(seed: Draft) -> None:
    assert {c.name for c in seed.record.constituents} == CONSTITUENTS
    assert len(seed.record.constituents) == 6
    assert {c.type for c in seed.record.constituents} == {None}


def test_goals_and_branches(seed: Draft) -> None:
    assert seed.record.sdg_goals == ("End poverty in all its forms everywhere",)
    assert seed.record.sdg_targets == ("1.3",)
    assert seed.record.sdg_indicators == ()
    assert seed.record.branches == ("All branches",)


def test_no_project_is_invented(seed: Draft) -> None:
    assert seed.record.projects == ()
    assert seed.record.candidates == ()
    assert seed.problems == ()


def test_source_document(seed: Draft) -> None:
    source = seed.record.source
    assert source is not None
    # shasum -a 256 of the file
    assert source.sha256.startswith(
        "0b89ccf4dc1f49bf6150d825989021945cea21d30e0057ca9d3c4a7f6f8c64dc"
    )
    assert source.size == SEED.stat().st_size
    assert source.media_type == "text/plain"


def test_evidence_for_each_fact_of_prose(seed: Draft) -> None:
    record = seed.record
    assert sorted((e.field, e.key) for e in record.evidence) == sorted(
        [
            ("legal_acts", record.legal_acts[0].key),
            ("funders", "government-of-luxembourg"),
            ("activities", "1"),
            ("activities", "2"),
            ("activities", "3"),
            *(("constituents", c.slug) for c in record.constituents),
        ]
    )
    text = decode(SourceFile("page", SEED.read_bytes())).text
    for evidence in record.evidence:
        assert evidence.quote == text[evidence.start : evidence.end]
        assert evidence.confidence >= 0.8
    quotes = {e.field: e.quote for e in record.evidence}
    assert quotes["funders"] == "financed by the Government of Luxembourg"
    assert quotes["legal_acts"] == "Prime Minister’s Decree No.224 on 1 April 2020"


def test_locations_are_lines_of_the_page(seed: Draft) -> None:
    lines = PAGE.split("\n")
    for field, start in {
        "achieved_on": "01.04.2020",
        "titles": "Outcome summary",
        "constituents": "Ministry of Labour",
        "sdg_targets": "  • 1.3",
        "branches": "All branches",
    }.items():
        where = seed.location(field)
        assert where is not None
        assert where.line is not None
        assert lines[where.line - 1].startswith(start)


# --- the same page, looking different ------------------------------------------------------------


def _glued(page: str) -> str:
    """Lose the line ends around the headings of sections and between them."""
    for heading in HEADINGS.values():
        page = re.sub(rf"\s*\n{re.escape(heading)}\n\s*", heading, page)
    return page


VARIANTS = {
    "CRLF": PAGE.replace("\n", "\r\n").encode(),
    "CR": PAGE.replace("\n", "\r").encode(),
    "BOM": b"\xef\xbb\xbf" + PAGE.encode(),
    "UTF-16": PAGE.encode("utf-16"),
    "UTF-16 big-endian": b"\xfe\xff" + PAGE.encode("utf-16-be"),
    "blank lines doubled": PAGE.replace("\n\n", "\n\n\n\n").encode(),
    "no blank lines": re.sub(r"\n+", "\n", PAGE).encode(),
    "line separators": PAGE.replace("\n", "\u2028").encode(),
    "trailing spaces": PAGE.replace("\n", "  \t\n").encode(),
    "no-break spaces": PAGE.replace("Lao Social", "Lao\u00a0Social")
    .replace("1 April 2020", "1\u00a0April\u00a02020")
    .encode(),
    "headings with colons": PAGE.replace("summary\n", "summary:\n")
    .replace("Outcome achieved\n", "Outcome achieved :\n")
    .encode(),
    "headings in capitals": re.sub(
        "|".join(map(re.escape, HEADINGS.values())), lambda m: m[0].upper(), PAGE
    ).encode(),
    "headings as Markdown": re.sub(
        "^(" + "|".join(map(re.escape, HEADINGS.values())) + ")$", r"## \1", PAGE, flags=re.M
    ).encode(),
    "curly apostrophe in a heading": PAGE.replace("ILO's", "ILO’s").encode(),
    "and for &": PAGE.replace("equality & non-", "equality and non ").encode(),
    "glued headings": _glued(PAGE).encode(),
    "glued names": PAGE.replace("Welfare Lao", "WelfareLao")
    .replace("Organization National", "OrganizationNational")
    .encode(),
    "names on lines of their own": PAGE.replace("Welfare Lao", "Welfare\nLao")
    .replace("Organization National", "Organization\nNational")
    .replace("Bureau Lao", "Bureau\nLao")
    .replace("Union Lao", "Union\nLao")
    .replace("Industry Association", "Industry\nAssociation")
    .encode(),
    "names with semicolons": PAGE.replace("Welfare Lao", "Welfare; Lao")
    .replace("Organization National", "Organization; National")
    .replace("Bureau Lao", "Bureau; Lao")
    .replace("Union Lao", "Union; Lao")
    .replace("Industry Association", "Industry; Association")
    .encode(),
    "names with commas": PAGE.replace("Welfare Lao", "Welfare, Lao")
    .replace("Organization National", "Organization, National")
    .replace("Bureau Lao", "Bureau, Lao")
    .replace("Union Lao", "Union, Lao")
    .replace("Industry Association", "Industry and Association")
    .encode(),
    "facts in another order": PAGE.replace(
        "01.04.2020 LAO226 Public 2020-21 | 8.1.1",
        "LAO226 | 8.1.1 | 2020-2021 | Public | 1 April 2020",
    ).encode(),
    "facts on lines of their own": PAGE.replace(
        "01.04.2020 LAO226 Public 2020-21 | 8.1.1",
        "Date: 01.04.2020\nCode: LAO226\nVisibility: Public\nBiennium: 2020-21\nIndicator: 8.1.1",
    ).encode(),
    "Arabic-Indic digits": PAGE.replace("01.04.2020", "٠١.٠٤.٢٠٢٠").encode(),
    "other bullets": PAGE.replace("•", "-").encode(),
    "no bullets": PAGE.replace("  • ", "").encode(),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_same_statements(name: str, seed: Draft) -> None:
    draft = draft_of(VARIANTS[name])
    assert draft.errors == ()
    wanted = core_of(seed.record)
    if name == "no-break spaces":
        assert core_of(draft.record).legal_acts == wanted.legal_acts
    assert core_of(draft.record) == wanted


@pytest.mark.parametrize("rotation", range(1, 6))
def test_sections_in_another_order(rotation: int, seed: Draft) -> None:
    parts = sections()
    names = list(HEADINGS)
    order = [*names[rotation % 5 :], *names[: rotation % 5]]
    if rotation == 5:
        order = list(reversed(names))
    page = (
        parts["head"] + "".join(parts[name].rstrip("\n") + "\n\n" for name in order) + parts["tail"]
    )
    assert core_of(draft_of(page).record) == core_of(seed.record)


def test_head_below_the_sections(seed: Draft) -> None:
    parts = sections()
    page = "".join(parts[n] for n in HEADINGS) + "\n" + parts["head"] + parts["tail"]
    assert core_of(draft_of(page).record) == core_of(seed.record)


EMPTIED = {
    "projects": {},
    "summary": {"titles": ()},
    "achieved": {"achievement": (), "legal_acts": ()},
    "contribution": {"contribution": None, "funders": ()},
    "gender": {"gender_equality": ()},
}


@pytest.mark.parametrize("missing", HEADINGS)
def test_a_section_is_missing(missing: str, seed: Draft) -> None:
    """The rest is read all the same; only a missing title refuses the page."""
    page = "".join(part for name, part in sections().items() if name != missing)
    draft = draft_of(page)
    assert core_of(draft.record) == replace(core_of(seed.record), **EMPTIED[missing])
    assert [p.field for p in draft.errors] == (["titles"] if missing == "summary" else [])


def test_names_bullets_and_branches_are_missing(seed: Draft) -> None:
    page = "".join(part for name, part in sections().items() if name != "tail")
    wanted = replace(
        core_of(seed.record), constituents=(), sdg_goals=(), sdg_targets=(), branches=()
    )
    assert core_of(draft_of(page).record) == wanted


def test_without_the_line_of_facts_it_is_a_core_record() -> None:
    page = PAGE.replace("01.04.2020 LAO226 Public 2020-21 | 8.1.1\n", "")
    record = draft_of(page).record
    assert record.profile == "core"
    assert record.id.startswith("doc-")
    assert len(record.id) == len("doc-") + 12
    assert record.achieved_on is None
    assert record.code is None


FRENCH = {
    "Result achieved": "Résultat atteint",
    "Linked projects": "Projets liés",
    "Outcome summary": "Résumé du résultat",
    "Outcome achieved": "Résultat obtenu",
    "ILO's contribution to the outcome": "Contribution du BIT au résultat",
    "Gender equality & non-discrimination": "Égalité de genre et non-discrimination",
}
SPANISH = {
    "Result achieved": "Resultado alcanzado",
    "Linked projects": "Proyectos vinculados",
    "Outcome summary": "Resumen del resultado",
    "Outcome achieved": "Resultado logrado",
    "ILO's contribution to the outcome": "Contribución de la OIT al resultado",
    "Gender equality & non-discrimination": "Igualdad de género y no discriminación",
}


@pytest.mark.parametrize("headings", [FRENCH, SPANISH], ids=["fr", "es"])
def test_translated_headings(headings: dict[str, str], seed: Draft) -> None:
    page = PAGE
    for english, translated in headings.items():
        page = page.replace(english + "\n", translated + "\n", 1)
    record = draft_of(page).record
    assert replace(core_of(record), language="en") == core_of(seed.record)


def test_several_projects() -> None:
    page = PAGE.replace(
        "Linked projects\n",
        "Linked projects\n\nLAO/16/02/LUX - Support to the strategy\nRAS/17/09/LUX\n"
        "• GLO/19/27/EUR: Building floors\n",
    )
    projects = draft_of(page).record.projects
    assert [(p.identifier, [t.value for t in p.titles]) for p in projects] == [
        ("GLO/19/27/EUR", ["Building floors"]),
        ("LAO/16/02/LUX", ["Support to the strategy"]),
        ("RAS/17/09/LUX", []),
    ]


def test_a_project_without_symbol_waits_for_review() -> None:
    draft = draft_of(
        PAGE.replace("Linked projects\n", "Linked projects\n\nSupport to health funds\n")
    )
    assert draft.record.projects == ()
    (candidate,) = draft.record.candidates
    assert candidate.field == "projects"
    assert candidate.quote == "Support to health funds"
    assert candidate.confidence < 0.8
    assert "no symbol" in draft.problems[0].message


def test_address_of_the_page_is_kept_without_session() -> None:
    url = "https://www.social-protection.org/gimi/ResultAchieved.action?id=949;jsessionid=aB3.n1&lang=FR"
    record = draft_of(url + "\n" + PAGE).record
    assert record.source is not None
    assert (
        record.source.url == "https://www.social-protection.org/gimi/ResultAchieved.action?id=949"
    )
    assert record.id == "LAO226-2020-21-8.1.1"


def test_two_dates_are_an_error() -> None:
    draft = draft_of(PAGE.replace("01.04.2020 ", "01.04.2020 02.04.2020 "))
    (problem,) = draft.errors
    assert problem.field == "achieved_on"
    assert "2020-04-01" in problem.message
    assert "2020-04-02" in problem.message


def test_impossible_dates_name_line_and_value() -> None:
    (problem,) = draft_of(PAGE.replace("01.04.2020", "31.02.2020")).errors
    assert "31.02.2020" in problem.message
    assert str(problem.location).startswith("line 6")
    (problem,) = draft_of(PAGE.replace("on 1 April 2020", "on 31 April 2020")).errors
    assert "31 April 2020" in problem.message
    assert problem.location is not None
    assert problem.location.line == 16
    (problem,) = draft_of(PAGE.replace("25-27 August", "27-25 August")).errors
    assert "ends before it begins" in problem.message


def test_a_date_with_only_a_year() -> None:
    record = draft_of(PAGE.replace("01.04.2020 ", "2020 ")).record
    assert record.achieved_on is None
    assert record.achieved_in == 2020


def test_doubtful_names_are_candidates() -> None:
    """Where the line can be read in two ways neither reading is stated as a fact."""
    page = PAGE.replace(
        "Lao Federation of Trade Union ", "Lao Federation of Trade Union Solidarity "
    )
    record = draft_of(page).record
    stated = {c.name for c in record.constituents}
    assert "Ministry of Labour and Social Welfare" in stated
    assert "Lao Federation of Trade Union" not in stated
