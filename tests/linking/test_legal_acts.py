"""Two mentions of one act meet in one node; different acts stay apart."""

from __future__ import annotations

import datetime

import pytest

from outcome_graph.draft import Draft
from outcome_graph.linking import link
from outcome_graph.linking.legal_acts import normalised_number
from outcome_graph.model import Candidate, Evidence, LegalAct, Organisation, OutcomeRecord, texts
from outcome_graph.sources.tables.dates import Dates
from outcome_graph.sources.tables.items import ItemReader
from outcome_graph.tables import Kind
from outcome_graph.vocabulary import Knowledge


@pytest.mark.parametrize(
    ("number", "kind", "year", "expected"),
    [
        ("224", "decree", 2020, "224"),
        ("224/PM", "decree", 2020, "224"),
        ("No. 224", "decree", 2020, "224"),
        ("No.224", "decree", 2020, "224"),
        ("N°224", "decree", 2020, "224"),
        ("n° 224", "decree", 2020, "224"),
        ("núm. 224", "decree", 2020, "224"),
        ("0224", "decree", 2020, "224"),
        ("41/2024", "law", 2024, "41"),
        ("41 of 2024", "law", 2024, "41"),
        ("2024-41", "law", 2024, "41"),
        ("41/2024", "law", 2025, "41-2024"),
        ("2019-05", "law", 2019, "5"),
        ("10/2012/QH13", "law", 2012, "10"),
        ("115/2015/NĐ-CP", "decree", 2015, "115"),
        ("59/2015/TT-BTC", "circular", 2015, "59-tt-btc"),
        ("59/2015/TT-BLDTBXH", "circular", 2015, "59-tt-bldtbxh"),
        ("224/PM", "decision", 2020, "224"),
        ("6.524", "law", 2020, "6524"),
        ("13,467/2017", "law", 2017, "13467"),
        ("1234/22", "law", 2022, "1234-22"),
        ("13 A", "law", 2000, "13-a"),
        ("VI", "act", 2015, "6"),
        ("XXVIII of 2018", "act", 2018, "28"),
        ("XLIX", "act", 2019, "49"),
        ("QV", "act", 2019, "qv"),
        ("13 bis", "law", 2000, "13-bis"),
        ("2136-IX", "law", 2022, "2136-ix"),
        ("2016-0389/P-RM", "decree", 2016, "389"),
        ("2012", "law", 2012, "2012"),
        ("QH", "law", 2012, "qh"),
        ("…", "law", 2012, ""),
    ],
)
def test_numbers(number: str, kind: str, year: int, expected: str) -> None:
    assert normalised_number(number, kind, year) == expected


def _linked(knowledge: Knowledge, *acts: LegalAct, **fields: object) -> Draft:
    record = OutcomeRecord(id="X-1", country="LAO", legal_acts=acts, **fields)  # type: ignore[arg-type]
    return link(Draft(record), knowledge)


@pytest.mark.parametrize(
    "act",
    [
        LegalAct("XXX", "a", number="224/PM", type="Decree", date=datetime.date(2020, 4, 1)),
        LegalAct("LAO", "b", number="No.224", type="décret", year=2020),
        LegalAct("Lao PDR", "c", number="224/2020", type="Decreto"),
        LegalAct("XXX", "d", number="224 of 2020", type="decree"),
    ],
)
def test_every_way_to_write_it_is_one_act(act: LegalAct, knowledge: Knowledge) -> None:
    (linked,) = _linked(knowledge, act).record.legal_acts
    assert linked.key == "LAO/2020/decree-224"
    assert linked.type == "decree"


def test_mentions_within_a_record_are_put_together(knowledge: Knowledge) -> None:
    dated = LegalAct(
        "XXX",
        "a",
        number="224/PM",
        type="decree",
        date=datetime.date(2020, 4, 1),
        titles=texts("Decree No. 224/PM"),
    )
    undated = LegalAct(
        "XXX",
        "b",
        number="224",
        type="decree",
        passed_by=Organisation("pm", texts("Prime Minister")),
    )
    draft = _linked(
        knowledge,
        dated,
        undated,
        evidence=(
            Evidence("legal_acts", dated.key, "Decree No. 224/PM", 0.95, 1, 2),
            Evidence("legal_acts", undated.key, "the Decree", 0.85, 5, 6),
        ),
    )
    (act,) = draft.record.legal_acts
    assert act.key == "LAO/2020/decree-224"
    assert act.passed_by is not None
    assert act.passed_by.slug == "lao-prime-minister"
    assert [e.key for e in draft.record.evidence] == [act.key, act.key]


def test_acts_of_different_years_kinds_and_numbers_stay_apart(knowledge: Knowledge) -> None:
    acts = (
        LegalAct("LAO", "a", number="224", type="decree", year=2020),
        LegalAct("LAO", "b", number="224", type="decree", year=2021),
        LegalAct("LAO", "c", number="224", type="law", year=2020),
        LegalAct("LAO", "d", number="225", type="decree", year=2020),
    )
    assert len(_linked(knowledge, *acts).record.legal_acts) == 4


def _written(knowledge: Knowledge, country: str, words: str) -> LegalAct:
    """Return the act that words in the cell of a table name."""
    (act,), wrong = ItemReader(Dates(lambda: None)).read(Kind.LEGAL_ACTS, words, "en")
    assert not wrong
    record = OutcomeRecord(id="X-1", country=country, legal_acts=(act,))
    (linked,) = link(Draft(record), knowledge).record.legal_acts
    return linked


@pytest.mark.parametrize(
    ("country", "key", "spellings"),
    [
        (
            "BRA",
            "BRA/2017/law-13467",
            ("Lei nº 13.467/2017", "Law No. 13,467 of 2017", "Ley N° 13.467 de 2017"),
        ),
        ("PRT", "PRT/2013/decree-law-133", ("Decreto-Lei n.º 133/2013", "Decree-Law No. 133/2013")),
        ("ARG", "ARG/0/law-26844", ("Ley 26.844", "Ley N° 26844", "Act No. 26844")),
        ("JOR", "JOR/2014/law-1", ("Law No. 1 of 2014", "Act No. 1 of 2014")),
        (
            "PSE",
            "PSE/2016/decree-law-6",
            ("Decree by Law No. 6 of 2016", "Decree-Law No. 6 of 2016"),
        ),
        ("ZMB", "ZMB/2019/act-3", ("Act No. 3 of 2019", "Act 3 of 2019")),
        ("PER", "PER/2012/decree-5-tr", ("Decreto Supremo N.º 005-2012-TR",)),
        ("PER", "PER/2012/decree-5-sa", ("Decreto Supremo N.º 005-2012-SA",)),
        ("ESP", "ESP/2007/law-3", ("Ley 3/2007", "Law No. 3/2007")),
        ("ESP", "ESP/2007/organic-law-3", ("Ley Orgánica 3/2007", "Organic Law 3/2007")),
        ("BRA", "BRA/2015/complementary-law-150", ("Lei Complementar nº 150/2015",)),
        ("CPV", "CPV/2007/legislative-decree-5", ("Decreto-Legislativo n.º 5/2007",)),
        ("CPV", "CPV/2007/decree-law-5", ("Decreto-Lei n.º 5/2007",)),
        ("IDN", "IDN/2018/presidential-regulation-82", ("Presidential Regulation No. 82/2018",)),
        ("IDN", "IDN/2018/government-regulation-82", ("Government Regulation No. 82/2018",)),
        (
            "IDN",
            "IDN/2020/law-11",
            ("Law No. 11 of 2020 on Job Creation", "Undang-Undang Nomor 11 Tahun 2020"),
        ),
        ("IDN", "IDN/2017/presidential-regulation-59", ("Perpres No. 59/2017",)),
        ("IDN", "IDN/2021/government-regulation-36", ("PP Nomor 36 Tahun 2021",)),
        ("QAT", "QAT/2020/law-18", ("Law (18) of 2020", "Law No. (18) of 2020")),
        ("QAT", "QAT/2020/law-18", ("Law No. 18 of 2020 amending Law No. 14 of 2004",)),
        ("PHL", "PHL/0/act-11210", ("R.A. 11210 (Expanded Maternity Leave)", "RA 11210")),
        ("PHL", "PHL/2023/executive-order-23", ("E.O. 23, series of 2023",)),
        ("PHL", "PHL/2023/executive-order-23", ("Executive Order No. 23, s. 2023",)),
        ("PHL", "PHL/2023/order-23", ("Department Order No. 23, s. 2023",)),
        ("PER", "PER/2012/decree-5-tr", ("D.S. 005-2012-TR", "DS N.º 005-2012-TR")),
        ("PER", "PER/2013/resolution-50-tr", ("R.M. Nº 050-2013-TR",)),
        ("PER", "PER/2013/supreme-resolution-50-tr", ("Resolución Suprema N° 050-2013-TR",)),
        ("PER", "PER/2013/supreme-resolution-50-tr", ("R.S. 050-2013-TR",)),
        ("COL", "COL/2015/decree-1072", ("Decreto Único Reglamentario 1072 de 2015",)),
        (
            "ARG",
            "ARG/2020/decree-297",
            ("Decreto de Necesidad y Urgencia 297/2020", "DNU 297/2020"),
        ),
        ("ECU", "ECU/2020/order-mdt-76", ("Acuerdo Ministerial Nro. MDT-2020-076",)),
        ("ECU", "ECU/2020/order-mdt-76", ("Acuerdo Ministerial MDT-2020-076",)),
        ("BRA", "BRA/2017/law-13467", ("Lei nº 13.467, de 13 de julho de 2017",)),
        ("BRA", "BRA/2017/law-13467", ("Lei n. 13467/2017",)),
        ("BRA", "BRA/2015/complementary-law-150", ("LC 150/2015",)),
        ("PRT", "PRT/2000/decree-law-102", ("Decreto-Lei n.º 102/2000, de 2 de junho",)),
        ("PRT", "PRT/2000/decree-law-102", ("DL 102/2000",)),
        ("MAR", "MAR/0/law-65-99", ("Loi n° 65-99 relative au Code du travail", "Loi 65.99")),
        ("MAR", "MAR/2003/royal-decree-1-3-194", ("Dahir n° 1-03-194 du 11 septembre 2003",)),
        ("MAR", "MAR/2003/royal-decree-1-3-194", ("dahir 1.03.194 (11 septembre 2003)",)),
        ("MAR", "MAR/2003/royal-decree-1-3-194", ("Dahir no 1-03-194",)),
        # Numbers that begin with the year; Congo's end with it.
        (
            "SEN",
            "SEN/1997/law-97-17",
            (
                "Loi n° 97-17 du 1er décembre 1997 portant Code du travail",
                "Law 97-17 of 1 December 1997",
                "Loi no. 97-17",
            ),
        ),
        ("DZA", "DZA/1990/law-90-11", ("Loi n° 90-11", "Law No. 90-11 of 21 April 1990")),
        ("CMR", "CMR/1992/law-92-7", ("Loi n° 92/007", "Loi n° 92/007 du 14 août 1992")),
        ("FRA", "FRA/1982/law-82-1097", ("Loi n° 82-1097",)),
        ("COG", "COG/0/law-45-75", ("Loi n° 45-75",)),
        ("BFA", "BFA/2016/order-24-mfptps", ("Arrêté n° 2016-024/MFPTPS",)),
        ("BFA", "BFA/2016/order-24-mfptps", ("Arrete No 2016-024 /MFPTPS",)),
        ("TUN", "TUN/2019/decree-542", ("Décret gouvernemental n° 2019-542 du 28 mai 2019",)),
        ("SEN", "SEN/2010/law-15", ("Loi d'orientation sociale n° 2010-15 du 06 juillet 2010",)),
        ("MDG", "MDG/2018/decree-9", ("Décret N° 2018 - 009",)),
        ("CIV", "CIV/2017/order-17-meps-cab", ("Arrêté n° 2017-017 MEPS/CAB du 2 juin 2017",)),
        ("CIV", "CIV/2017/order-17-meps-cab", ("Arrêté No 2017-017/MEPS/CAB",)),
        ("COD", "COD/0/order-12-cab-min-tps", ("arrêté ministériel 12/CAB.MIN/TPS",)),
        ("CMR", "CMR/2014/decree-2217", ("décret 2014/2217/PM",)),
        ("CMR", "CMR/2014/decree-2217-pr", ("décret 2014/2217/PR",)),
        ("VNM", "VNM/2019/law-45", ("Labour Code No. 45/2019/QH14 of 20 November 2019",)),
        ("VNM", "VNM/2019/law-45", ("Bộ luật Lao động số 45/2019/QH14",)),
        ("VNM", "VNM/2020/decree-145", ("Nghị định số 145/2020/NĐ-CP", "Decree 145/2020/ND-CP")),
        ("VNM", "VNM/0/decision-1359-qd-ttg", ("Decision 1359/QD-TTg of the Prime Minister",)),
        ("KEN", "KEN/2007/act-11", ("Employment Act, 2007 (No. 11 of 2007)",)),
        ("KEN", "KEN/2020/regulation-2", ("L.N. 2/2020", "Legal Notice No. 2 of 2020")),
        ("TZA", "TZA/2022/regulation-687", ("G.N. No. 687 of 2022",)),
        ("TZA", "TZA/2022/regulation-687", ("Government Notice No. 687 of 2022",)),
        ("GHA", "GHA/0/regulation-1833", ("Legislative Instrument 1833", "L.I. 1833")),
        ("GHA", "GHA/0/executive-instrument-63", ("E.I. 63",)),
        ("BGD", "BGD/2015/order-291-law", ("S.R.O. No. 291-Law/2015", "SRO 291-Law/2015")),
        (
            "THA",
            "THA/2019/act-labour-protection-act-no-7",
            (
                "Labour Protection Act (No. 7), B.E. 2562 (2019)",
                "Labour Protection Act (No. 7) B.E. 2562",
            ),
        ),
        ("NPL", "NPL/2017/act-labour-act", ("Labour Act, 2074 (2017)", "Labour Act 2017")),
        (
            "IND",
            "IND/1970/act-contract-labour-regulation-and-abolition-act",
            (
                "Contract Labour (Regulation and Abolition) Act, 1970",
                "The Contract Labour (Regulation & Abolition) Act 1970",
            ),
        ),
    ],
)
def test_acts_as_people_write_them(
    knowledge: Knowledge, country: str, key: str, spellings: tuple[str, ...]
) -> None:
    for words in spellings:
        assert _written(knowledge, country, words).key == key, words


def test_acts_without_a_number_go_by_their_title(knowledge: Knowledge) -> None:
    act = LegalAct(
        "XXX", "x", type="law", year=2018, titles=texts("Social Security Act 2018", language="en")
    )
    (linked,) = _linked(knowledge, act).record.legal_acts
    assert linked.key == "LAO/2018/law-social-security-act"


def test_a_year_of_another_calendar_is_not_the_year(knowledge: Knowledge) -> None:
    assert _written(knowledge, "NPL", "Social Security Act, 2074").year is None


def test_several_acts_in_one_item_are_none_of_them(knowledge: Knowledge) -> None:
    act = _written(knowledge, "KEN", "Act No. 3 of 2019 and Act No. 4 of 2019")
    assert (act.type, act.number) == (None, None)


def test_an_unknown_kind_is_said(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, LegalAct("LAO", "x", number="7", type="agreement", year=2020))
    (act,) = draft.record.legal_acts
    assert (act.type, act.slug) == (None, "legal-act-7")
    assert "agreement" in draft.problems[0].message


def test_a_candidate_for_a_stated_act_is_no_candidate(knowledge: Knowledge) -> None:
    act = LegalAct("XXX", "a", number="224", type="decree", year=2020)
    again = LegalAct("XXX", "b", number="224/PM", type="decree", year=2020)
    other = LegalAct("XXX", "c", number="12", type="law", year=2018)
    draft = _linked(
        knowledge,
        act,
        candidates=(
            Candidate("legal_acts", again, "Decree 224/PM", 0.5),
            Candidate("legal_acts", other, "Law No. 12", 0.5),
        ),
    )
    (candidate,) = draft.record.candidates
    assert candidate.key == "LAO/2018/law-12"


@pytest.mark.parametrize(
    ("country", "name", "language", "slug", "english"),
    [
        ("LAO", "Prime Minister", "en", "lao-prime-minister", "Prime Minister of Lao PDR"),
        (
            "LAO",
            "Prime Minister of Lao PDR",
            "en",
            "lao-prime-minister",
            "Prime Minister of Lao PDR",
        ),
        ("LAO", "Premier ministre", "fr", "lao-prime-minister", "Prime Minister of Lao PDR"),
        (
            "LAO",
            "Lao National Assembly",
            "en",
            "lao-national-assembly",
            "National Assembly of Lao PDR",
        ),
        (
            "SEN",
            "Assemblée nationale",
            "fr",
            "sen-national-assembly",
            "National Assembly of Senegal",
        ),
        ("SEN", "Président de la République", "fr", "sen-president", "President of Senegal"),
        ("PRY", "Presidente de la República", "es", "pry-president", "President of Paraguay"),
        ("GBR", "Parliament", "en", "gbr-parliament", "Parliament of the United Kingdom"),
    ],
)
def test_who_passed_it(
    country: str, name: str, language: str, slug: str, english: str, knowledge: Knowledge
) -> None:
    act = LegalAct(
        country,
        "a",
        number="1",
        type="law",
        year=2020,
        passed_by=Organisation("raw", texts(name, language=language)),
    )
    record = OutcomeRecord(id="X-1", country=country, legal_acts=(act,))
    (linked,) = link(Draft(record), knowledge).record.legal_acts
    assert linked.passed_by is not None
    assert (linked.passed_by.slug, linked.passed_by.name) == (slug, english)
    assert linked.passed_by.country == country


def test_a_ministry_that_passed_an_act_is_of_the_country(knowledge: Knowledge) -> None:
    by = Organisation("raw", texts("Ministerio de Trabajo", language="es"))
    act = LegalAct("XXX", "a", number="1234", type="resolution", year=2023, passed_by=by)
    record = OutcomeRecord(id="X-1", country="PRY", legal_acts=(act,))
    (linked,) = link(Draft(record), knowledge).record.legal_acts
    assert linked.passed_by is not None
    assert linked.passed_by.slug == "pry-ministerio-de-trabajo"
    assert linked.passed_by.names == texts("Ministerio de Trabajo", language="es")
