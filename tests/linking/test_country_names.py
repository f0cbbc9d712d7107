"""Countries by the names and codes people use, in six languages (expected: ISO 3166)."""

from __future__ import annotations

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


@pytest.mark.parametrize(
    ("code", "name"), [(code, name) for code, names in NAMES.items() for name in names]
)
def test_a_country_by_any_of_its_names(knowledge: Knowledge, code: str, name: str) -> None:
    for spelling in (name, f" {name} ", name.upper() if len(name) > 3 else name):
        found = knowledge.countries.find(spelling)
        assert found is not None, spelling
        assert found.alpha3 == code


@pytest.mark.parametrize(
    "name", ["Korea", "Atlantis", "", "Republic", "XX", "999", "the", "Africa"]
)
def test_what_may_be_two_countries_or_none_is_not_guessed(knowledge: Knowledge, name: str) -> None:
    assert knowledge.countries.find(name) is None
