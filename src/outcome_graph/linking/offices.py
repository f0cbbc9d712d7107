"""Governments and the high offices of a State: one node each, whatever language names them.

"Government of Luxembourg", "Gouvernement du Luxembourg" and the donor LUX of a project symbol are
one organisation, and so are "Prime Minister" on a page about Lao PDR and "Premier ministre" on its
French page: a country has one of each. All other bodies keep the names they are given.
"""

from __future__ import annotations

from dataclasses import dataclass

from outcome_graph.model import Organisation, Text, Texts
from outcome_graph.namespaces import slugify
from outcome_graph.vocabulary import Countries, Country, fold

__all__ = ["Office", "government", "is_named_government", "office_holder", "read_office"]


@dataclass(frozen=True, slots=True)
class Office:
    """An office that each State has at most one of; ``name`` is what it is called in English."""

    name: str
    country: Country


_GOVERNMENT = "Government"
#: English name and all names, folded, in English, French and Spanish.
_OFFICES: dict[str, tuple[str, ...]] = {
    "Prime Minister": (
        "prime minister",
        "premier ministre",
        "premiere ministre",
        "primer ministro",
        "primera ministra",
    ),
    "President": (
        "president",
        "president of the republic",
        "president de la republique",
        "presidente",
        "presidenta",
        "presidente de la republica",
        "presidenta de la republica",
    ),
    "King": ("king", "roi", "rey"),
    "National Assembly": ("national assembly", "assemblee nationale", "asamblea nacional"),
    "Parliament": ("parliament", "parlement", "parlamento"),
    "Council of Ministers": (
        "council of ministers",
        "conseil des ministres",
        "consejo de ministros",
    ),
    "Cabinet": ("cabinet",),
    _GOVERNMENT: (
        "government",
        "royal government",
        "federal government",
        "central government",
        "national government",
        "gouvernement",
        "gouvernement royal",
        "gouvernement federal",
        "gobierno",
        "gobierno nacional",
        "gobierno federal",
        "gobierno central",
    ),
}
_NAMED = {name: office for office, names in _OFFICES.items() for name in names}
#: "of", "de la", "d'": what joins an office and its country.
_JOINTS = (
    "of the",
    "of",
    "de la",
    "de los",
    "de las",
    "de l",
    "de el",
    "des",
    "del",
    "du",
    "de",
    "d",
)


def read_office(name: str, home: Country | None, countries: Countries) -> Office | None:
    """Read a name as a government or high office, None when it is none.

    Parameters:
        name: "Prime Minister", "Government of Luxembourg", "Lao National Assembly".
        home: the country it belongs to when the name says none.
        countries: the country table.
    """
    folded = fold(name).removeprefix("the ")
    office = _NAMED.get(folded)
    if office is not None:
        return Office(office, home) if home is not None else None
    return _with_country_after(folded, countries) or _with_adjective(folded, countries)


def _with_country_after(folded: str, countries: Countries) -> Office | None:
    words = folded.split()
    for n in range(1, len(words)):
        office = _NAMED.get(" ".join(words[:n]))
        if office is None:
            continue
        rest = " ".join(words[n:])
        country = countries.by_adjective(rest)
        for joint in _JOINTS:
            if country is None and rest.startswith(joint + " "):
                country = _country(rest[len(joint) + 1 :], countries)
        if country is not None:
            return Office(office, country)
    return None


def _with_adjective(folded: str, countries: Countries) -> Office | None:
    """Read "Irish Government", "Lao PDR National Assembly", "Royal Thai Government"."""
    words = folded.removeprefix("royal ").split()
    for n in range(1, len(words)):
        office = _NAMED.get(" ".join(words[n:]))
        if office is None:
            continue
        place = " ".join(words[:n])
        country = countries.by_adjective(place) or _country(place, countries)
        if country is not None:
            return Office(office, country)
    return None


def _country(folded: str, countries: Countries) -> Country | None:
    """Find a country by folded words; abbreviations ("UK") are known in capitals only."""
    return countries.find(folded.upper())


def is_named_government(name: str, countries: Countries) -> bool:
    """Tell whether a name is that of the government of a country that it says."""
    office = read_office(name, None, countries)
    return office is not None and office.name == _GOVERNMENT


def office_holder(office: Office, names: Texts = ()) -> Organisation:
    """Return the organisation of an office.

    Parameters:
        office: which.
        names: what a source calls it. English ones give way to the usual form, so that every record
            that mentions it describes it alike.
    """
    canonical = f"{office.name} of {office.country.office_name}"
    slug = slugify(canonical if office.name == _GOVERNMENT else office.name)
    return Organisation(
        slug=f"{office.country.alpha3.lower()}-{slug}",
        names=(Text(canonical, "en"), *(t for t in names if t.language in ("fr", "es"))),
        type="government",
        country=office.country.alpha3,
    )


def government(country: Country) -> Organisation:
    """Return a country's government."""
    return office_holder(Office(_GOVERNMENT, country))
