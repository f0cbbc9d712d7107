"""The countries and regions that an activity is for, when they are several.

A result of several countries belongs to their region, or is global when they lie in several. Codes
in published data are often wrong: an unknown one is a warning here, and the record is kept.
"""

from __future__ import annotations

from dataclasses import replace

from outcome_graph.draft import Draft, Problem
from outcome_graph.linking.readings import changed, problem
from outcome_graph.model import Project, Recipient
from outcome_graph.vocabulary import Countries, Knowledge

__all__ = ["link_recipients"]

_WORLD = "GLO"


def link_recipients(draft: Draft, knowledge: Knowledge) -> Draft:
    """Turn the recipients of an IATI draft into codes, and tell its country or region by them.

    Parameters:
        draft: the draft; those of other profiles are left alone. knowledge: the look-up tables.
    """
    record = draft.record
    if record.profile != "iati":
        return draft
    countries = knowledge.countries
    problems: list[Problem] = []
    given = record.country
    if given is not None and not (countries.find(given) or countries.region(given)):
        problems.append(_unknown(draft, given))
        projects = tuple(replace(p, country=None) for p in record.projects)
        record = record.with_changes(country=None, projects=projects)
    record = record.with_changes(
        projects=tuple(_project_country(p, countries) for p in record.projects)
    )
    if record.recipients:
        found: dict[str, Recipient] = {}
        for recipient in record.recipients:
            place = _place(recipient.place, countries)
            if place is None:
                problems.append(_unknown(draft, recipient.place))
            else:
                recipient = replace(recipient, place=place)
                # Codes that differ may be one place: "LA" and "Laos", two regions in one of ours.
                known = found.get(place)
                found[place] = known.with_share_of(recipient) if known else recipient
        record = record.with_changes(recipients=tuple(found.values()))
        if record.country is None and record.region is None and found:
            record = record.with_changes(**_belongs_to(list(found), countries))
    return changed(draft, record, problems)


def _project_country(project: Project, countries: Countries) -> Project:
    country = countries.find(project.country) if project.country else None
    return replace(project, country=country.alpha3) if country else project


def _place(code: str, countries: Countries) -> str | None:
    if countries.is_region(code):
        return code
    country = countries.find(code)
    return country.alpha3 if country else None


def _belongs_to(places: list[str], countries: Countries) -> dict[str, str]:
    regions = set()
    for place in places:
        country = None if countries.is_region(place) else countries.get(place)
        if country is not None and len(places) == 1:
            return {"country": country.alpha3}
        regions.add(country.region or _WORLD if country else place)
    return {"region": regions.pop() if len(regions) == 1 else _WORLD}


def _unknown(draft: Draft, code: str) -> Problem:
    message = (
        f"“{code[:60]}” is no country or region that we know, and was left out. Write the ISO 3166 "
        "code of the country, for example LA."
    )
    return problem(draft, "warning", message, "country")
