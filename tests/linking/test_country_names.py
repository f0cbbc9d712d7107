"""Countries by the names and codes people use, in six languages (expected: ISO 3166)."""

from __future__ import annotations

import babel
import pycountry
import pytest

from outcome_graph.vocabulary import Knowledge

NAMES = {
    "LAO": (
        "Lao PDR", "Laos", "LAO", "LA", "418", "Lao People's Democratic Republic",
        "République démocratique populaire lao", "República Democrática Popular Lao", "老挝",
        "Лаос", "لاوس",
    ),
    "CIV": (
        "Côte d'Ivoire", "Cote d’Ivoire", "Ivory Coast", "Costa de Marfil", "科特迪瓦",
        "Кот-д’Ивуар",
    ),
    "COD": ("DR Congo", "Democratic Republic of the Congo"),
    "COG": ("Congo",),
    "GBR": ("UK", "United Kingdom", "Royaume-Uni", "Reino Unido", "Great Britain"),
    "USA": ("USA", "United States", "Estados Unidos", "États-Unis"),
    "TUR": ("Türkiye", "Turkey", "Turquie"),
    "CZE": ("Czechia", "Czech Republic"),
    "SWZ": ("Eswatini", "Swaziland"),
    "MMR": ("Myanmar", "Burma"),
    "CPV": ("Cabo Verde", "Cape Verde"),
    "TLS": ("Timor-Leste", "East Timor"),
    "KOR": ("Republic of Korea", "South Korea"),
    "VNM": ("Viet Nam", "Vietnam"),
    "NLD": ("Netherlands", "Holland", "Países Bajos"),
    "PSE": ("State of Palestine", "Palestine"),
}  # fmt: skip
#: As the United Nations writes them in its three other languages.
OFFICIAL = {
    "LAO": (
        "Лаосская Народно-Демократическая Республика", "老挝人民民主共和国",
        "جمهورية لاو الديمقراطية الشعبية",
    ),
    "COD": ("Демократическая Республика Конго", "刚果民主共和国", "جمهورية الكونغو الديمقراطية"),
    "COG": ("Конго", "刚果"),
    "TZA": ("Объединенная Республика Танзания", "坦桑尼亚联合共和国", "جمهورية تنزانيا المتحدة"),
    "KOR": ("Республика Корея", "大韩民国", "جمهورية كوريا"),
    "PRK": ("Корейская Народно-Демократическая Республика", "朝鲜民主主义人民共和国"),
    "SYR": ("Сирийская Арабская Республика", "阿拉伯叙利亚共和国", "الجمهورية العربية السورية"),
    "GBR": ("Соединенное Королевство", "大不列颠及北爱尔兰联合王国"),
    "USA": ("Соединенные Штаты Америки", "美利坚合众国", "الولايات المتحدة الأمريكية"),
    "EGY": ("Арабская Республика Египет", "阿拉伯埃及共和国", "جمهورية مصر العربية"),
    "VNM": ("Социалистическая Республика Вьетнам", "越南社会主义共和国"),
    "CIV": ("كوت ديفوار",),
    "IRN": ("Исламская Республика Иран", "伊朗伊斯兰共和国", "جمهورية إيران الإسلامية"),
    "RUS": ("Российская Федерация", "俄罗斯联邦", "الاتحاد الروسي"),
    "PSE": ("دولة فلسطين",),
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (code, name)
        for table in (NAMES, OFFICIAL)
        for code, names in table.items()
        for name in names
    ],
)
def test_a_country_by_any_of_its_names(knowledge: Knowledge, code: str, name: str) -> None:
    for spelling in (name, f" {name} ", name.upper() if len(name) > 3 else name):
        found = knowledge.countries.find(spelling)
        assert found is not None, spelling
        assert found.alpha3 == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Upper Volta", "BFA"),
        ("Haute-Volta", "BFA"),
        ("Dahomey", "BEN"),
        ("Ceylon", "LKA"),
        ("Western Samoa", "WSM"),
        ("Tanganyika", "TZA"),
        ("Byelorussia", "BLR"),
        ("Белоруссия", "BLR"),
        ("Кыргызстан", "KGZ"),
        ("فلسطين", "PSE"),
        ("oPt", "PSE"),
        ("Bosnia-Herzegovina", "BIH"),
        ("Macau SAR, China", "MAC"),
        ("Micronesia, Fed. Sts.", "FSM"),
        ("Rep. Dominicana", "DOM"),
        ("EL", "GRC"),
        # Both names of one country, and as statistics shorten and turn names.
        ("Burma (Myanmar)", "MMR"),
        ("Türkiye (Turkey)", "TUR"),
        ("Marshall Is.", "MHL"),
        ("South Africa, Republic of", "ZAF"),
        ("RSA", "ZAF"),
    ],
)
def test_former_names_and_odd_spellings_are_understood_but_not_sought_in_texts(
    knowledge: Knowledge, name: str, code: str
) -> None:
    found = knowledge.countries.find(name)
    assert found is not None
    assert found.alpha3 == code
    shown = ("Bosnia", "Macau", "Micronesia", "Samoa", "(", "Marshall", "South Africa")
    if not any(part in name for part in shown):
        assert knowledge.countries.mentions(f"The {name} of old was remembered.") == []


@pytest.mark.parametrize(
    "name", ["Georgia (USA)", "Scotland", "Zanzibar", "Yugoslavia", "USSR", "Rhodesia"]
)
def test_parts_of_countries_and_states_that_are_gone_are_no_country(
    knowledge: Knowledge, name: str
) -> None:
    assert knowledge.countries.find(name) is None


@pytest.mark.parametrize(
    "name", ["Korea", "Atlantis", "", "Republic", "XX", "999", "the", "Africa"]
)
def test_what_may_be_two_countries_or_none_is_not_guessed(knowledge: Knowledge, name: str) -> None:
    assert knowledge.countries.find(name) is None


def test_every_name_of_the_cldr_is_found(knowledge: Knowledge) -> None:
    missed = [
        (name, found)
        for language in ("en", "fr", "es", "ar", "zh", "ru", "pt", "pt_PT", "es_419", "fr_CA")
        for country in pycountry.countries
        if (name := babel.Locale.parse(language).territories.get(country.alpha_2))
        for written in (name, name.upper())
        if (found := knowledge.countries.find(written)) is None or found.alpha3 != country.alpha_3
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("DEU", "República Federal de Alemania"),
        ("BEN", "RÉPUBLIQUE DU BENIN"),
        ("KWT", "Estado de Kuwait"),
        ("LUX", "Grand-duché du Luxembourg"),
        ("MOZ", "Moçambique"),
        ("IRN", "República Islâmica do Irã"),
        ("IRN", "Irán, República Islámica de"),
        ("KOR", "Corée, République de"),
        ("PRK", "Korea, North"),
        ("SSD", "Sudan, South"),
        ("CIV", "C&ocirc;te d&#39;Ivoire"),
        ("TZA", "Tanzânia, República Unida da"),
    ],
)
def test_formal_names_and_names_turned_round(code: str, name: str, knowledge: Knowledge) -> None:
    found = knowledge.countries.find(name)
    assert found is not None
    assert found.alpha3 == code


@pytest.mark.parametrize(
    "name",
    [
        "Korea", "Republic of Vietnam", "German Democratic Republic", "Republic of China",
        "Yugoslavia", "Netherlands Antilles", "Northern Ireland", "Virgin Islands", "Somaliland",
    ],
)  # fmt: skip
def test_names_of_several_or_of_states_that_are_gone_are_none(
    name: str, knowledge: Knowledge
) -> None:
    assert knowledge.countries.find(name) is None
