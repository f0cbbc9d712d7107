"""Letters that were encoded twice are read as they were before, and that is said.

What a text becomes that way is made here as programs make it: its UTF-8 read as Windows-1252.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.pipeline import SourceReader
from outcome_graph.settings import Settings
from outcome_graph.sources.twice_encoded import mended

SEED = Path(__file__).parents[2] / "data" / "outcomes" / "LAO226-2020-21-8.1.1.txt"
HEADINGS = ["Pays", "Titre", "Début de la période", "Résultat obtenu", "ODD"]
ROW = ["Sénégal", "Loi adoptée", "2021-03-01", "Le décret n° 12 a été signé – enfin.", "1.3"]


def spoilt(text: str, encoding: str = "cp1252") -> str:
    """Return a text as a program shows it that takes its UTF-8 for something else."""
    return text.encode().decode(encoding)


def drafts(source: SourceFile) -> list[Draft]:
    return [item.draft for item in SourceReader(Settings()).items(source)]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize(
    "text",
    [
        "décret à l’été",
        "Loi n° 2021‑12 « sécurité »",
        "Régimen de protección para niñas",
        "Women’s leave – 14 weeks",
        "Viet Nam: đồng",
    ],
)
def test_a_text_comes_back(text: str, encoding: str) -> None:
    assert mended(spoilt(text, encoding)) == text


@pytest.mark.parametrize(
    "text",
    [
        "PROTEÇÃO SOCIAL: NÃO, MANHÃ “SIM”",
        "à « oui », naïve “a”, é… ê– ô’",
        "São Tomé «à» Côte d’Ivoire–Größe”",
        "Hà Nội – Việt Nam",
        "Лаосская Народно-Демократическая Республика",
        "جمهورية لاو الديمقراطية الشعبية",
        "老挝人民民主共和国",
    ],
)
def test_what_is_meant_as_it_stands_is_left(text: str) -> None:
    assert mended(text) == text


def test_lines_are_mended_each_alone() -> None:
    assert mended("rÃ©forme\nâ € é “oui”\n\nnÂ°\n") == "réforme\nâ € é “oui”\n\nn°\n"


def test_a_result_page() -> None:
    text = SEED.read_text("utf-8")
    assert "’" in text
    [right] = drafts(SourceFile("page.txt", text.encode()))
    [draft] = drafts(SourceFile("page.txt", spoilt(text).encode()))
    assert draft.record.achievement == right.record.achievement
    assert draft.record.legal_acts == right.record.legal_acts
    [told] = [p for p in draft.problems if "encoded twice" in p.message]
    assert told.severity == "warning"
    assert "â€™s" in told.message
    assert not any("encoded twice" in p.message for p in right.problems)


def test_a_saved_page() -> None:
    text = SEED.read_text("utf-8")
    body = "".join(f"<p>{line}</p>\n" for line in text.replace("&", "&amp;").splitlines())
    [draft] = drafts(SourceFile("page.html", f"<html><body>{spoilt(body)}</body></html>".encode()))
    [right] = drafts(SourceFile("page.txt", text.encode()))
    assert draft.record.legal_acts[0].slug == right.record.legal_acts[0].slug
    assert [p for p in draft.problems if "encoded twice" in p.message]


def csv_of(rows: list[list[str]]) -> SourceFile:
    text = "".join(";".join(row) + "\n" for row in rows)
    return SourceFile("results.csv", spoilt(text).encode())


def xlsx_of(rows: list[list[str]]) -> SourceFile:
    book, data = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append([spoilt(cell) for cell in row])
    book.save(data)
    return SourceFile("results.xlsx", data.getvalue())


@pytest.mark.parametrize("make", [csv_of, xlsx_of])
def test_tables(make: object) -> None:
    other = ["Togo", "Décret signé", "2022-03-01", "Le décret a été signé.", "1.3"]
    first, second = drafts(make([HEADINGS, ROW, other]))
    assert str(first.record.period_start) == "2021-03-01"
    assert [str(text) for text in first.record.achievement] == [ROW[3]]
    assert [str(text) for text in second.record.titles] == ["Décret signé"]
    # Told once for a sheet, with the first cell.
    [told] = [p for p in first.problems if "encoded twice" in p.message]
    assert told.location.cell == "C1"
    assert "DÃ©but de la pÃ©riode" in told.message
    assert not any("encoded twice" in p.message for p in second.problems)


def test_a_table_that_is_right_says_nothing() -> None:
    text = "".join(";".join(row) + "\n" for row in [HEADINGS, ROW])
    [draft] = drafts(SourceFile("results.csv", text.encode()))
    assert not any("encoded twice" in p.message for p in draft.problems)


def test_iati() -> None:
    title = spoilt("Loi adoptée\u00a0: n° 12")
    xml = f"""<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03"><iati-activity xml:lang="fr">
<iati-identifier>XM-DAC-1-1</iati-identifier>
<reporting-org ref="XM-DAC-1" type="10"><narrative>{spoilt("Coopération")}</narrative>
</reporting-org>
<title><narrative>{spoilt("Sécurité sociale")}</narrative></title>
<recipient-country code="SN"/>
<result type="2"><title><narrative>{title}</narrative></title></result>
</iati-activity></iati-activities>"""
    source = SourceFile("a.xml", xml.encode())
    [draft] = drafts(source)
    assert [str(text) for text in draft.record.titles] == ["Loi adoptée : n° 12"]
    [told] = [p for p in draft.problems if "encoded twice" in p.message]
    assert told.location.path == "iati-activity[1]"


@pytest.mark.parametrize("make", [csv_of, xlsx_of])
def test_a_text_whose_last_letter_was_spoilt(make: object) -> None:
    """What was mended is then the beginning of what stood there."""
    headings = ["Country", "Title", "Year achieved", "Outcome achieved", "SDG targets"]
    [draft] = drafts(make([headings, ["Brazil", "LEI DA IRMÃ", "2020", "Adopted.", "1.3"]]))
    assert [str(text) for text in draft.record.titles] == ["LEI DA IRMÃ"]
    [told] = [p for p in draft.problems if "encoded twice" in p.message]
    assert "“LEI DA IRMÃƒ” was read as “LEI DA IRMÃ”" in told.message


def test_a_page_whose_first_spoilt_line_ends_with_it() -> None:
    text = SEED.read_text("utf-8").replace("’", "'").replace("“", '"').replace("”", '"')
    text = text.replace("–", "-") + "\nIRMÃ\n"
    source = SourceFile("page.txt", spoilt(text).encode())
    assert drafts(source)
