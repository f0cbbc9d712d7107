"""The country or region of a result, from its code, the country it states, or its title.

Country Programme Outcome codes begin with an ISO 3166-1 alpha-3 code or one of the regional codes
GLO, RAF, RAS, RLA, RAB, RER. An unknown prefix is an error; one that differs from the country the
record states is a warning, since that happens.
"""

from __future__ import annotations

import re

from outcome_graph.draft import Draft, Problem
from outcome_graph.linking.readings import changed, problem
from outcome_graph.model import Candidate, Evidence, OutcomeRecord, text_in
from outcome_graph.vocabulary import Countries, Country, Knowledge

__all__ = ["link_country"]

_CODE = re.compile(r"([A-Za-z]{3})\s?-?\s?(\d{2,5})")
#: A country named in the title is most probably the result's; one named in the text may not be.
_IN_TITLE = 0.85
_IN_TEXT = 0.6
#: Where one of these is wrong, no other country is read into the record.
_PLACE_FIELDS = ("code", "country", "region")


def link_country(draft: Draft, knowledge: Knowledge) -> Draft:
    """Find the country or region of a result.

    Parameters:
        draft: the draft. knowledge: the look-up tables.
    """
    countries = knowledge.countries
    problems: list[Problem] = []
    record = _stated(draft, countries, problems)
    record = _by_code(draft, record, countries, problems)
    refused = any(
        p.severity == "error" and p.field in _PLACE_FIELDS for p in (*draft.problems, *problems)
    )
    if record.country is None and record.region is None and not refused:
        record = _by_texts(draft, record, countries, problems)
    return changed(draft, record, problems)


def _stated(draft: Draft, countries: Countries, problems: list[Problem]) -> OutcomeRecord:
    record = draft.record
    if record.region is not None and not countries.is_region(record.region):
        region = countries.region(record.region)
        if region is None:
            problems.append(
                problem(
                    draft,
                    "error",
                    f"“{record.region}” is no region that we know. Write Africa (RAF), Americas "
                    "(RLA), Arab States (RAB), Asia and the Pacific (RAS), Europe and Central Asia "
                    "(RER) or Global (GLO).",
                    "region",
                )
            )
        record = record.with_changes(region=region)
    if record.country is None:
        return record
    country = countries.find(record.country)
    if country is not None:
        return record.with_changes(country=country.alpha3)
    region = countries.region(record.country)
    if region is not None:
        return record.with_changes(country=None, region=record.region or region)
    of_code = _country_of_code(record, countries)
    if of_code is not None and of_code in _meant(record.country, countries):
        message = (
            f"There is no country “{record.country}” that we know. {_name(of_code)} was taken, the "
            f"country of the code {record.code}."
        )
        problems.append(problem(draft, "warning", message, "country"))
        return record.with_changes(country=of_code.alpha3)
    close = countries.close_to(record.country)
    hint = f" Did you mean {close}?" if close else ""
    problems.append(
        problem(
            draft,
            "error",
            f"There is no country “{record.country}”.{hint} Write its name in English, French or "
            "Spanish, or its ISO 3166 code, for example LAO.",
            "country",
        )
    )
    return record.with_changes(country=None)


def _meant(words: str, countries: Countries) -> list[Country]:
    """Return the countries that words may mean which are the name of none: "U.R. Tanzania"."""
    close = countries.close_to(words)
    found = countries.find(close) if close else None
    return [found] if found else countries.named_in(words)


def _country_of_code(record: OutcomeRecord, countries: Countries) -> Country | None:
    found = _CODE.fullmatch(record.code.strip()) if record.code else None
    return countries.get(found[1]) if found else None


def _by_code(
    draft: Draft, record: OutcomeRecord, countries: Countries, problems: list[Problem]
) -> OutcomeRecord:
    found = _CODE.fullmatch(record.code.strip()) if record.code else None
    if found is None:
        return record
    prefix = found[1].upper()
    record = record.with_changes(code=prefix + found[2])
    if countries.is_region(prefix):
        return record.with_changes(region=prefix) if record.region is None else record
    country = countries.get(prefix)
    if country is None:
        problems.append(
            problem(
                draft,
                "error",
                f"The code {record.code} begins with {prefix}, and no country or region has the "
                f"code {prefix}. Check its first three letters; for example LAO stands for "
                "Lao PDR, RAF for Africa.",
                "code",
            )
        )
        return record
    if record.country is None:
        # What a region says stays said: a regional result may be filed under a country's code.
        return record.with_changes(country=country.alpha3)
    if record.country != country.alpha3:
        problems.append(
            problem(
                draft,
                "warning",
                f"The code {record.code} is one of {_name(country)}, but the country stated is "
                f"{_name(countries.get(record.country))}. The stated country was taken.",
                "code",
            )
        )
    return record


def _by_texts(
    draft: Draft, record: OutcomeRecord, countries: Countries, problems: list[Problem]
) -> OutcomeRecord:
    """Take the country from the title if it names just one; from the text as a candidate."""
    for texts, confidence in ((record.titles, _IN_TITLE), (record.achievement, _IN_TEXT)):
        found: dict[str, str] = {}
        for text in texts:
            for mention in countries.mentions(text.value):
                found.setdefault(mention.country.alpha3, text.value[mention.start : mention.end])
        if len(found) != 1:
            continue
        ((alpha3, quote),) = found.items()
        if confidence == _IN_TITLE:
            evidence = Evidence("country", alpha3, quote, confidence)
            return record.with_changes(country=alpha3, evidence=(*record.evidence, evidence))
        candidate = Candidate("country", alpha3, quote, confidence)
        problems.append(
            problem(
                draft,
                "warning",
                f"No country is stated; the text names {quote}. State the country of the result.",
                "country",
            )
        )
        return record.with_changes(candidates=(*record.candidates, candidate))
    return record


def _name(country: Country | None) -> str:
    return (text_in(country.names) or country.alpha3) if country else "unknown"
