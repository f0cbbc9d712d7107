"""Tables as people in ministries make them: other headings, titles above, notes below, encodings.

The files in ``people/`` and the facts in them (``expected.json``) were made by hand before the
program first read them: 38 % of the facts of the first set were found then, 47 % of those of the
second (docs/benchmarks.md). What is stated and not there is wrong; what the program cannot tell for
certain it must say. ``null`` stands for a row that must be refused, in reading or by the shapes.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.pipeline import SourceReader
from outcome_graph.settings import Settings
from outcome_graph.tables import find_column

READER = SourceReader(Settings())
PEOPLE = Path(__file__).parent / "people"


def drafts(name: str, data: bytes | None = None) -> list[Draft]:
    source = SourceFile(name, data or (PEOPLE / name).read_bytes())
    return [item.draft for item in READER.items(source)]


@cache
def refused(name: str) -> frozenset[str | None]:
    """The records of a table that break a shape: those without country and region."""
    report = READER.check(SourceFile(name, (PEOPLE / name).read_bytes()))
    return frozenset(r.record_id for r in report.results if r.severity == "violation")


def known_as(name: str) -> str:
    """The first name of a body of the registry, which may go by many: "UNICEF"."""
    found = READER.knowledge.organisations.find(name)
    return found.names[0].value if found else name


def stated(draft: Draft) -> dict[str, set[str]]:
    """The facts of a record as words, as the file of facts has them."""
    r = draft.record
    one = {
        "country": r.country,
        "region": r.region,
        "code": r.code,
        "date": r.achieved_on and r.achieved_on.isoformat(),
        "year": r.achieved_in and str(r.achieved_in),
        "start": r.period_start and r.period_start.isoformat(),
        "biennium": r.biennium,
        "indicator": r.indicator,
        "step": r.step and str(r.step),
        "visibility": r.visibility,
        "achievement": "there" if r.achievement else None,
        "gender": "there" if r.gender_equality else None,
    }
    return {name: {value} if value else set() for name, value in one.items()} | {
        "title": {t.value for t in r.titles},
        "goals": set(r.sdg_goals),
        "targets": set(r.sdg_targets),
        "branches": set(r.branches),
        "projects": {p.identifier for p in r.projects},
        "funders": {
            known_as(o.name.removeprefix("Government of ").removeprefix("the ")) for o in r.funders
        },
        "acts": {a.slug.replace("-", " ", 1) for a in r.legal_acts},
        "numbers": {f"{a.type} {a.number}" for a in r.legal_acts if a.type and a.number},
        "contributors": {
            known_as(o.name) for o in (r.contribution.contributors if r.contribution else ())
        },
    }


#: Facts that not every set lists: acts by the name of their node, or by kind and number.
NOT_ALWAYS = ("acts", "numbers", "biennium", "indicator", "step", "visibility", "contributors")


def expected(wanted: dict[str, object], field: str) -> set[str]:
    given = wanted.get(field, [])
    return set(map(str, given if isinstance(given, list) else [given]))


def compared(name: str, facts: list[dict[str, object] | None]) -> tuple[int, list[str], list[str]]:
    """Return how many facts a file has, those missed, and those stated that are not there."""
    every = 0
    missed: list[str] = []
    wrong: list[str] = []
    read = drafts(name)
    assert len(read) == len(facts), name
    for draft, wanted in zip(read, facts, strict=True):
        if wanted is None:
            assert draft.errors or draft.record.id in refused(name), name
            continue
        for field, found in stated(draft).items():
            given = expected(wanted, field)
            if field in ("funders", "contributors"):
                given = set(map(known_as, given))
            if field in NOT_ALWAYS and not any(w and field in w for w in facts):
                continue
            every += len(given)
            found = set() if draft.errors else found
            missed += [f"{name}: {field}: {value}" for value in given - found]
            wrong += [f"{name}: {field}: {value}" for value in found - given]
        # A body of the registry has a name in each language.
        bodies = [{t.value for t in o.names} for o in draft.record.constituents]
        bodies = [] if draft.errors else bodies
        given = set(map(known_as, expected(wanted, "constituents")))
        every += len(given)
        missed += [f"{name}: {b}" for b in given if not any(b in names for names in bodies)]
        wrong += [max(names) for names in bodies if not names & given]
    return every, missed, wrong


def facts_of(folder: str) -> tuple[int, list[str], list[str]]:
    """The same of all files of a set."""
    every = 0
    missed: list[str] = []
    wrong: list[str] = []
    for name, facts in json.loads((PEOPLE / folder / "expected.json").read_text("utf-8")).items():
        count, not_found, not_there = compared(f"{folder}{name}", facts)
        every, missed, wrong = every + count, missed + not_found, wrong + not_there
    return every, missed, wrong


def test_the_facts_of_tables_as_people_make_them_are_found() -> None:
    every, missed, wrong = facts_of("")
    assert every > 140
    assert len(missed) <= 0.02 * every, missed
    # Two names that a cell joins by commas and that cannot be parted: a warning says so.
    assert wrong == ["Ministry of Labour, Invalids and Social Affairs, Viet Nam Social Security"]


def test_the_facts_of_a_second_set_are_found() -> None:
    every, missed, wrong = facts_of("second/")
    assert every > 190
    assert wrong == []
    # Told and not read: titles below "Resultado logrado", which is what we call the text of a
    # result.
    assert len(missed) <= 3, missed


@pytest.mark.parametrize(
    ("folder", "facts"), [("third/", 116), ("fourth/", 104), ("fifth/", 75), ("sixth/", 68)]
)
def test_the_facts_of_further_sets_are_found(folder: str, facts: int) -> None:
    every, missed, wrong = facts_of(folder)
    assert every == facts
    assert wrong == []
    assert len(missed) <= 0.05 * every, missed


@pytest.mark.parametrize(
    ("folder", "facts", "most"),
    [
        ("seventh/", 125, 0),
        ("eighth/", 107, 0),
        ("ninth/", 74, 0),
        # An act that only the text of the result tells.
        ("tenth/", 212, 1),
        ("eleventh/", 195, 0),
        ("twelfth/", 226, 0),
        ("thirteenth/", 256, 0),
        ("fourteenth/", 422, 0),
        ("fifteenth/", 233, 0),
        ("sixteenth/", 459, 0),
        # The days below "Since", beside others: they are asked for.
        ("seventeenth/", 465, 5),
        # As it was read at first: nothing was mended for it.
        ("eighteenth/", 461, 19),
    ],
)
def test_the_facts_of_sets_with_unknown_headings_are_found(
    folder: str, facts: int, most: int
) -> None:
    every, missed, wrong = facts_of(folder)
    assert every == facts
    assert wrong == []
    assert len(missed) <= most, missed


def test_what_was_read_with_a_doubt_is_said() -> None:
    names = ("t1.csv", "t2.csv", "t4.csv", "t5.txt", "t6.xlsx", "t7.xlsx")
    said = {name: "\n".join(p.message for d in drafts(name) for p in d.problems) for name in names}
    assert "is read as one name. If it is several" in said["t1.csv"]
    assert "“03/02/2021” is read as 2021-02-03" in said["t2.csv"]
    assert "“10/01/2019” is read as 2019-10-01" in said["t4.csv"]
    assert "“15-Oct-18” is read as 2018-10-15" in said["t5.txt"]
    assert "44767 is read as 2022-07-25" in said["t6.xlsx"]
    assert "B7:B8 are merged" in said["t7.xlsx"]


def test_a_column_that_asks_yes_or_no_refuses_other_answers() -> None:
    (draft,) = drafts("t.csv", b"Country,Title,Old age\nKenya,A title,perhaps\n")
    (error,) = [p for p in draft.errors if p.field == "branches"]
    assert "“perhaps”: it says neither yes nor no to “Old age”" in error.message
    assert error.location is not None
    assert error.location.cell == "C2"


@pytest.mark.parametrize("heading", ["Target 1", "SDG target 2"])
def test_numbered_columns_of_a_list_hold_its_items(heading: str) -> None:
    data = f"Country,Title,{heading}\nKenya,A title,8.5\n".encode()
    (draft,) = drafts("t.csv", data)
    assert draft.record.sdg_targets == ("8.5",)


def test_a_heading_that_may_mean_several_things_gives_way_to_a_clear_one() -> None:
    data = b"Country,Result,Title\nKenya,A longer text,A title\n"
    (draft,) = drafts("t.csv", data)
    assert [t.value for t in draft.record.titles] == ["A title"]
    assert "B \u201cResult\u201d" in draft.problems[0].message
    (alone,) = drafts("t.csv", b"Country,Result\nKenya,A longer text\n")
    assert [t.value for t in alone.record.titles] == ["A longer text"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Legal Notice | 14 | 2021", "regulation"),
        ("Statutory Instrument | 72 | 2019", "regulation"),
        ("Proclamation | 1156/2019", "law"),
        ("Arrêté conjoint | 47 | 2019", "order"),
        ("Acuerdo gubernativo | 192-2020", "order"),
        ("Ley marco | 56 | 2015", "law"),
        ("decree | 224 | 2020", "decree"),
        ("Décret | 224 | 2020", "decree"),
        ("Ordinance VII of 2024", "ordinance"),
        ("Resolution 28-NQ/TW", "resolution"),
    ],
)
def test_kinds_of_acts_as_countries_call_them(words: str, kind: str) -> None:
    (draft,) = drafts("t.csv", f"Country,Title,Law\nKenya,A title,{words}\n".encode())
    (act,) = draft.record.legal_acts
    assert act.type == kind


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Short title", "title"),
        ("Output title", "title"),
        ("Resultado obtenido (t\u00edtulo)", "title"),
        ("Country/ies", "country"),
        ("Partner(s) involved", "constituents"),
        ("Partner institutions", "constituents"),
        ("Organizaciones participantes", "constituents"),
        ("Branch of social security", "branches"),
        ("Implementing agency", "contributors"),
        ("Indicador P&P", "indicator"),
        ("Tripartite partners involved", "constituents"),
        ("Organización de empleadores", "constituents"),
        ("Social security branches covered", "branches"),
        ("CÓDIGO CPO", "code"),
        ("PAÍS *", "country"),
        ("country_iso2", "country"),
        ("Partner country", "country"),
        ("Narrative summary of what changed", "achievement"),
        ("Décrivez le résultat", "achievement"),
        ("Headline result", "title"),
        ("Month/date of achievement", "achievedOn"),
        ("FECHA (dd/mm/aaaa) *", "achievedOn"),
        ("When was it achieved?", "achievedOn"),
        ("Instrument (law, decree, policy)", "legalActs"),
        ("Texte adopté", "legalActs"),
        ("Contribution to SDG targets", "sdgTargets"),
        ("Qui a financé ?", "funders"),
        ("Resource partner", "funders"),
        ("Development partner providing funds", "funders"),
        ("Organisme financeur", "funders"),
        ("Référence du texte juridique", "legalActs"),
        ("ODD visé", "sdgGoals"),
        ("Details of the achievement", "achievement"),
    ],
)
def test_headings_with_words_that_only_qualify_them(heading: str, key: str) -> None:
    found = find_column(heading)
    assert found is not None
    assert found.column.key == key


@pytest.mark.parametrize(
    "heading",
    [
        "Project name",
        "Title of the project",
        "Expected result",
        "Result no.",
        "Achieved",
        "Type",
        "Output code no.",
        "Budget (source)",
        "Outcome indicator",
        "Outcome target",
        "Name",
        "Country office",
        "Country of the donor",
        "Donor contact",
        "Number of partners",
        "Partner type",
        "Date of next report",
        "Date of entry into force",
        "Start date",
        "Budget (USD)",
        "Gender marker",
        "Resources",
        "SDG indicator value",
        "Donor reference",
        "Beneficiaries (country)",
        "created_at",
    ],
)
def test_headings_of_other_things_are_not_taken_for_ours(heading: str) -> None:
    found = find_column(heading)
    assert found is None or found.column.key == "code"


@pytest.mark.parametrize(
    "words",
    ["March 2021", "mars 2021", "marzo de 2021", "2021-03", "03/2021", "Mar. 2021"],
)
def test_a_month_is_a_period_and_no_day_is_made_up(words: str) -> None:
    (draft,) = drafts("t.csv", f"Country,Title,Date\nKenya,A title,{words}\n".encode())
    record = draft.record
    assert not draft.errors
    assert record.achieved_on is None
    days = [str(record.period_start), str(record.period_end)]
    assert days == ["2021-03-01", "2021-03-31"]


@pytest.mark.parametrize("words", ["Mar-21", "13/2021", "Q5 2021", "FY21 Q1", "spring 2021"])
def test_what_may_be_no_month_is_refused(words: str) -> None:
    (draft,) = drafts("t.csv", f"Country,Title,Date\nKenya,A title,{words}\n".encode())
    (error,) = draft.errors
    assert f"\u201c{words}\u201d" in error.message


@pytest.mark.parametrize(
    "words",
    [
        "le 15 septembre 2015",
        "Tuesday, 15 September 2015",
        "el martes 15 de septiembre de 2015",
        "the 15th of September 2015",
    ],
)
def test_a_day_with_words_before_it(words: str) -> None:
    data = f"Country;Title;Date\nKenya;A title;{words}\n".encode()
    (draft,) = drafts("t.csv", data)
    assert str(draft.record.achieved_on) == "2015-09-15"


def test_branches_may_be_parted_by_commas() -> None:
    data = b'Country,Title,Branches\nKenya,A title,"Old age, survivors"\nKenya,B,Toutes\n'
    first, second = drafts("t.csv", data)
    assert first.record.branches == ("old-age", "survivors")
    assert second.record.branches == ("all",)


def test_numbers_of_rows_are_no_names_of_records() -> None:
    """Records called 1 and 2 would be replaced by the next table that counts its rows."""
    data = b"ID,Country,Title\n1,Kenya,A\n2,Kenya,B\n"
    first, second = drafts("t.csv", data)
    assert first.record.id.startswith("row-")
    assert first.location("id") is None
    (warning,) = [p for p in first.problems if "numbers the rows" in p.message]
    assert warning.severity == "warning"
    assert second.problems == ()
    (named,) = drafts("t.csv", b"Record ID,Country,Title\n12,Kenya,A\n")
    assert named.record.id == "12"


def test_what_a_row_lacks_is_told_with_its_place() -> None:
    data = b'Country,Title\nKenya,"A\ntitle"\nKenya,B\n'
    report = SourceReader(Settings()).check(SourceFile("t.csv", data))
    places = {r.record_id: str(r.location) for r in report.results if r.severity == "violation"}
    assert sorted(places.values()) == ["row 2", "row 3, line 4"]


def test_yes_is_no_text_and_a_number_is_no_name() -> None:
    data = b"Country,Title,Gender focus,Workers covered\nKenya,A title,Yes,12000\n"
    (draft,) = drafts("t.csv", data)
    assert draft.record.gender_equality == ()
    assert draft.record.constituents == ()
    said = " ".join(p.message for p in draft.problems)
    assert "“Yes” was left out: it says yes or no" in said
    assert "“12000” was left out: a number is no name" in said


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("Decree no.", "decree"), ("Ley", "law"), ("Law / regulation", None), ("Legal act", None)],
)
def test_a_number_alone_is_of_the_act_that_its_heading_names(
    heading: str, kind: str | None
) -> None:
    (draft,) = drafts("t.csv", f"Country,Title,{heading}\nKenya,A title,224/PM\n".encode())
    (act,) = draft.record.legal_acts
    assert (act.type, act.number, act.titles) == (kind, "224/PM", ())


def test_codes_parted_by_strokes_and_words() -> None:
    rows = ("Country;Title;SDG targets;SDGs", "Kenya;A;1.3|8.5;SDG 1, SDG 10")
    data = "\n".join((*rows, "Kenya;B;1.3 and 8.b;3/8")).encode()
    first, second = drafts("t.csv", data)
    assert (first.record.sdg_targets, first.record.sdg_goals) == (("1.3", "8.5"), ("1", "10"))
    assert (second.record.sdg_targets, second.record.sdg_goals) == (("1.3", "8.b"), ("3", "8"))


def test_a_cell_that_cannot_be_read_is_told_once() -> None:
    data = b"Country,Title,Date,Description,Partner\nKenya,A,03/04/2021,d,Ministry of Labour\n"
    report = SourceReader(Settings()).check(SourceFile("t.csv", data))
    (violation,) = [r for r in report.results if r.severity == "violation"]
    assert "it may mean 2021-04-03 or 2021-03-04" in violation.text("en")
    assert not report.conforms


def test_a_column_of_titles_is_found_beside_one_of_details() -> None:
    data = b"Country,Achievement,Details of the achievement\nKenya,Short,Longer text\n"
    (draft,) = drafts("t.csv", data)
    assert [t.value for t in draft.record.titles] == ["Short"]
    assert [t.value for t in draft.record.achievement] == ["Longer text"]
    (alone,) = drafts("t.csv", b"Country,Achievement,Donor\nKenya,A text,Japan\n")
    assert [t.value for t in alone.record.achievement] == ["A text"]


def test_two_rows_of_headings_where_the_lower_says_less() -> None:
    data = b"Lugar,,Resultado,Fecha\nPa\xc3\xads,T\xc3\xadtulo,Descripci\xc3\xb3n,de logro\n"
    (draft,) = drafts("t.csv", data + b"Ecuador,A,B,2022-07-01\n")
    assert str(draft.record.achieved_on) == "2022-07-01"


def test_a_name_and_a_summary_are_title_and_text() -> None:
    (draft,) = drafts("t.csv", b"Country,Result name,Summary text\nKenya,Short,Longer\n")
    assert [t.value for t in draft.record.titles] == ["Short"]
    assert [t.value for t in draft.record.achievement] == ["Longer"]
    (said,) = drafts("t.csv", b"Country,Result achieved (one sentence),Donor\nKenya,Short,Japan\n")
    assert [t.value for t in said.record.titles] == ["Short"]
    (ours,) = drafts("t.csv", b"Country,Title,Result in full\nKenya,Short,A policy was adopted\n")
    assert [t.value for t in ours.record.result_statement] == ["A policy was adopted"]


def test_an_outcome_with_words_of_headings_is_no_row_of_headings() -> None:
    rows = (
        "Country;Title;Law;Partner;Remarks",
        "Kenya;Pension law adopted;Law No. 5 of 2020;Ministry of Labour;Funded by Japan",
        "Kenya;Gender law adopted;Decree No. 6;Ministry of Health;Date of adoption to follow",
    )
    first, second = drafts("t.csv", "\n".join(rows).encode())
    assert [first.record.titles[0].value, second.record.titles[0].value] == [
        "Pension law adopted",
        "Gender law adopted",
    ]
    two = ("Place;Result;;Means", "Country;Title;Description;Remarks", rows[1])
    (only,) = drafts("t.csv", "\n".join(two).encode())
    assert only.record.titles[0].value == "Pension law adopted"
