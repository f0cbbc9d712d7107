"""The seed record as data, written by hand from the page."""

import datetime
from functools import cache

from outcome_graph.mapping import record_to_triples
from outcome_graph.model import (
    Activity,
    Contribution,
    Evidence,
    LegalAct,
    Organisation,
    OutcomeRecord,
    Project,
    SourceDocument,
    texts,
)
from outcome_graph.namespaces import IriMinter
from outcome_graph.rdf import Triple

MINTER = IriMinter()
ID = "LAO226-2020-21-8.1.1"
ADOPTED = datetime.date(2020, 4, 1)


def _body(slug: str, name: str, kind: str) -> Organisation:
    return Organisation(f"lao-{slug}", texts(name), type=kind, country="LAO")


CONSTITUENTS = (
    _body("molsw", "Ministry of Labour and Social Welfare", "government"),
    _body("lsso", "Lao Social Security Organization", "government"),
    _body("nhib", "National Health Insurance Bureau", "government"),
    _body("lftu", "Lao Federation of Trade Union", "workers"),
    _body("lncci", "Lao National Chamber of Commerce and Industry", "employers"),
    _body("algi", "Association of Lao Garment Industry", "employers"),
)
PRIME_MINISTER = Organisation("lao-prime-minister", texts("Prime Minister of Lao PDR"))
DECREE = LegalAct(
    place="LAO",
    slug="decree-224",
    number="224",
    type="decree",
    date=ADOPTED,
    passed_by=PRIME_MINISTER,
    titles=texts("Prime Minister’s Decree No.224"),
)
LUXEMBOURG = Organisation(
    "lux-government-of-luxembourg", texts("Government of Luxembourg"), "government", "LUX"
)
ACTIVITIES = (
    Activity(
        texts("Capacity Building and UNJP Roadmap Discussion Workshop"),
        datetime.date(2020, 8, 25),
        datetime.date(2020, 8, 27),
        "Thalat",
        30,
    ),
    Activity(
        texts("the official launch of the NSPS and UNJP"),
        datetime.date(2020, 9, 30),
        datetime.date(2020, 9, 30),
        "Vientiane",
        40,
    ),
    Activity(
        texts("Training programme on social protection policy design and implementation"),
        datetime.date(2020, 11, 24),
        datetime.date(2020, 11, 26),
        "Vientiane",
        40,
    ),
)

RECORD = OutcomeRecord(
    id=ID,
    profile="result-page",
    code="LAO226",
    country="LAO",
    titles=texts("The National Social Protection Strategy was officially launched"),
    achieved_on=ADOPTED,
    biennium="2020-21",
    indicator="8.1.1",
    step=1,
    result_type="policy-adopted",
    result_statement=texts("A new or revised policy or strategy has been adopted (Step 1)"),
    indicator_statement=texts("Number of countries that have adopted policies (Step 1)"),
    visibility="public",
    achievement=texts("The National Social Protection Strategy (NSPS), adopted by the Decree …"),
    gender_equality=texts("Women have been the priority in the cash transfer programme."),
    legal_acts=(DECREE,),
    contribution=Contribution(
        (Organisation("ilo", texts("International Labour Organization"), "other"),),
        texts("Through the projects financed by the Government of Luxembourg, the ILO …"),
        ACTIVITIES,
    ),
    funders=(LUXEMBOURG,),
    constituents=CONSTITUENTS,
    sdg_goals=("1",),
    sdg_targets=("1.3",),
    branches=("all",),
    source=SourceDocument("0" * 64, "LAO226-2020-21-8.1.1.txt", "text/plain", 2495),
    evidence=(
        Evidence(
            "funders", LUXEMBOURG.slug, "financed by the Government of Luxembourg", 0.9, 10, 50
        ),
        Evidence("legal_acts", DECREE.key, "the Prime Minister’s Decree No.224", 0.9, 60, 94),
    ),
)


#: The seed with a linked project: a record to which no rule has anything to say.
WHOLE = RECORD.with_changes(
    projects=(
        Project("LAO/16/02/LUX", texts("Support to social protection"), (LUXEMBOURG,), "LAO"),
    )
)


@cache
def seed_triples() -> tuple[Triple, ...]:
    return tuple(record_to_triples(RECORD, MINTER))


@cache
def whole_triples() -> tuple[Triple, ...]:
    return tuple(record_to_triples(WHOLE, MINTER))
