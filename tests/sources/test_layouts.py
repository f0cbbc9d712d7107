"""Pages as agencies lay them out: which headings are told, and what is no result at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.errors import NotAResultPageError
from outcome_graph.pipeline import SourceReader
from outcome_graph.settings import Settings
from outcome_graph.sources.page.headings import kind_of_heading
from outcome_graph.sources.page.labels import kind_of_label, meta_of_label
from outcome_graph.sources.page.reader import read_pages
from outcome_graph.sources.page.sections import Kind

NO_RESULT = Path(__file__).parents[1] / "cases" / "no_result"

NEWS = """Rwanda opens sickness insurance to motorcycle taxi drivers

Kigali, 4 July 2023 – Motorcycle taxi drivers in Rwanda can now join the sickness scheme of the \
Rwanda Social Security Board. The Cabinet approved Ministerial Order No. 017/2023 on 28 June 2023, \
which sets a flat contribution.

Enabel and UNICEF supported the reform through the project RWA/21/02/BEL. A consultation in Huye \
on 3 March 2022 brought together 64 drivers.

Women are still few among the drivers. The order gives them maternity leave.

The result contributes to SDG targets 1.3 and 3.8.
"""


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Who paid", Kind.FUNDERS),
        ("¿Quién lo pagó?", Kind.FUNDERS),
        ("L'appui de l'OIT", Kind.CONTRIBUTION),
        ("What WFP did", Kind.CONTRIBUTION),
        ("What the Government did", Kind.ACHIEVED),
        ("Qui y a pris part", Kind.CONSTITUENTS),
        ("With whom", Kind.CONSTITUENTS),
        ("Why it matters for women", Kind.GENDER),
        ("Apoyo de ONU Mujeres", Kind.CONTRIBUTION),
        ("Where it fits", Kind.FACTS),
        ("The global goals", Kind.GOALS),
        ("Millennium Development Goals", Kind.OTHER),
        ("Expected results", Kind.OTHER),
        ("Not part of the project", Kind.OTHER),
        ("Maternity insurance now pays for child care", None),
        ("Cooking once a month", None),
    ],
)
def test_headings_are_told_by_their_words(heading: str, kind: Kind | None) -> None:
    assert kind_of_heading(heading) is kind


def test_labels_are_told_as_those_of_tables_are() -> None:
    assert meta_of_label("Resultado alcanzado el") == "date"
    assert meta_of_label("Diffusion") == "visibility"
    assert meta_of_label("Date of publication") == ""
    assert kind_of_label("Cofinancement") is Kind.FUNDERS
    assert kind_of_label("Mandant") is Kind.FUNDERS
    assert kind_of_label("Mandants") is Kind.CONSTITUENTS
    assert kind_of_label("Date of entry into force") is Kind.OTHER


def drafts_of(text: str, name: str = "page.txt") -> list[Draft]:
    return list(read_pages(SourceFile(name, text.encode())))


def linked(path: Path) -> Draft:
    reader = SourceReader(Settings())
    (draft,) = [item.draft for source in reader.sources([path]) for item in reader.items(source)]
    return draft


def test_a_page_without_headings_is_read_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text(NEWS, encoding="utf-8")
    draft = linked(path)
    record = draft.record
    assert [t.value for t in record.titles] == [NEWS.splitlines()[0]]
    assert record.country == "RWA"
    (act,) = record.legal_acts
    assert (act.number, str(act.date)) == ("017/2023", "2023-06-28")
    assert record.sdg_targets == ("1.3", "3.8")
    assert record.contribution is not None
    assert [agency.slug for agency in record.contribution.contributors] == ["enabel"]
    # The dateline is no date of the result: the act's day is taken, and that is said.
    assert str(record.achieved_on) == "2023-06-28"
    told = [p.message for p in draft.problems if p.severity == "warning"]
    assert any(message.startswith("No heading says") for message in told)
    assert any("the day of the act" in message for message in told)


def test_several_countries_are_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    both = NEWS.replace("Rwanda opens", "Rwanda and Burundi open")
    path.write_text(both, encoding="utf-8")
    with pytest.raises(NotAResultPageError, match="which country"):
        linked(path)


@pytest.mark.parametrize("path", sorted(NO_RESULT.glob("*.txt")), ids=lambda path: path.stem)
def test_what_is_no_result_is_refused_with_its_reason(path: Path) -> None:
    reader = SourceReader(Settings())
    with pytest.raises(NotAResultPageError) as caught:
        [item for source in reader.sources([path]) for item in reader.items(source)]
    reason = caught.value.message.partition("is no result page: ")[2]
    assert reason.startswith(("it looks like another", "it tells of", "it does not say", "it has"))


def test_a_page_of_labels_is_read() -> None:
    (draft,) = drafts_of(
        "UNDP Moldova\nResults database > Result card\n\nTitle\tCarers at home are insured\n"
        "Country\tRepublic of Moldova\nDate of result\t14.12.2023\nAccess\tPublic\n"
        "Related project(s)\tMDA/21/03/CHE\n\nRESULT\n"
        "Legal basis\tLaw No. 386 of 14.12.2023, adopted by Parliament in final reading\n"
        "Still open\tThe draft law on the minimum income\n\n"
        "SDG targets\t5.4; 8.5\nBranches of social security\tsickness; old age\n"
    )
    record = draft.record
    assert [t.value for t in record.titles] == ["Carers at home are insured"]
    assert (record.country, str(record.achieved_on)) == ("Republic of Moldova", "2023-12-14")
    assert record.visibility == "Public"
    assert [project.identifier for project in record.projects] == ["MDA/21/03/CHE"]
    assert [act.number for act in record.legal_acts] == ["386"]
    assert record.sdg_targets == ("5.4", "8.5")
    assert set(record.branches) == {"sickness", "old age"}
    assert record.constituents == ()
