"""Records like the seed, in any number, the same each time, from twenty countries."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

from seed import (
    CONSTITUENTS,
    DECREE,
    LUXEMBOURG,
    MINTER,
    PRIME_MINISTER,
    WHOLE,
)

from outcome_graph.mapping import record_to_triples
from outcome_graph.model import Evidence, Organisation, OutcomeRecord, texts
from outcome_graph.rdf import Triple

_CODES = "LAO LUX SEN CRI KHM VNM THA PHL IDN NPL BGD LKA KEN GHA NGA ZAF PER COL MEX BRA"
COUNTRIES = tuple(_CODES.split())
_FIRST = datetime.date(2020, 1, 1)


def record(number: int) -> OutcomeRecord:
    """Return the record of a number: one to which no rule has anything to say."""
    chance = random.Random(number)
    country = COUNTRIES[number % len(COUNTRIES)]
    code = f"{country}{100 + number // len(COUNTRIES) % 900}"

    def local(organisation: Organisation) -> Organisation:
        slug = organisation.slug.replace("lao", country.lower())
        return replace(organisation, slug=slug, country=organisation.country and country)

    adopted = datetime.date(2019, 5, 1) + datetime.timedelta(days=number % 200)
    act = replace(
        DECREE,
        place=country,
        slug=f"decree-{number % 5000}",
        number=str(number % 5000),
        date=adopted,
        passed_by=local(PRIME_MINISTER),
    )
    project = replace(
        WHOLE.projects[0], identifier=f"{country}/16/{number % 100:02d}/LUX", country=country
    )
    return WHOLE.with_changes(
        id=f"{code}-2020-21-8.1.1-{number}",
        code=code,
        country=country,
        achieved_on=_FIRST + datetime.timedelta(days=chance.randrange(700)),
        legal_acts=(act,),
        constituents=tuple(local(o) for o in CONSTITUENTS),
        projects=(project,),
        titles=texts(f"Result {number} was officially launched"),
        evidence=(
            Evidence("funders", LUXEMBOURG.slug, "financed", 0.9, 10, 50),
            Evidence("legal_acts", act.key, "the decree", 0.9, 60, 94),
        ),
    )


def synthetic(number: int) -> tuple[str, list[Triple]]:
    """Return id and statements of the record of a number."""
    made = record(number)
    return made.id, record_to_triples(made, MINTER)
