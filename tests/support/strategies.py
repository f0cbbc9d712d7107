"""Hypothesis strategies for records: everything the model allows, small."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from outcome_graph.measures import PARTNER_ROLES, PROJECT_STATUSES, UNITS
from outcome_graph.model import (
    Activity,
    Candidate,
    Contribution,
    Evidence,
    LegalAct,
    Measure,
    Organisation,
    OutcomeRecord,
    Partner,
    Period,
    Project,
    Recipient,
    Sector,
    SourceDocument,
    Text,
    key_of,
)

#: Any character that an RDF literal and XML may hold, whitespace and other scripts included.
CHARACTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cs", "Cn"),
    exclude_characters=[chr(c) for c in range(0x20) if chr(c) not in "\t\n\r"]
    + ["\ufffe", "\uffff"],
)
WORDS = st.text(CHARACTERS, min_size=1, max_size=40).filter(lambda t: bool(t.strip()))
LANGUAGES = st.sampled_from(["en", "fr", "es", "ar", "pt-br", "und"])
TEXTS = st.lists(st.builds(Text, WORDS, LANGUAGES), max_size=3).map(tuple)
DATES = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
SLUGS = st.from_regex(r"[a-z0-9é]{1,8}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
COUNTRIES = st.sampled_from(["LAO", "LUX", "SEN", "CRI", "XKX"])
CONFIDENCE = st.floats(0, 1, allow_nan=False)
OFFSETS = st.none() | st.integers(0, 10**6)

#: Values of measures: numbers in any writing, and words.
VALUES = (
    st.decimals(-(10**12), 10**12, places=4).map(str)
    | st.integers(-5, 10**18).map(str)
    | st.sampled_from(["007", "+1.50", "-0", "0.00", "10,000.00", "Yes", "1e5"])
    | WORDS
)
PERIODS = st.lists(
    st.builds(
        Period,
        start=st.none() | DATES,
        end=st.none() | DATES,
        year=st.none() | st.integers(1900, 2100),
        target=st.none() | VALUES,
        actual=st.none() | VALUES,
        target_comment=TEXTS,
        actual_comment=TEXTS,
        dimensions=st.lists(WORDS, max_size=2).map(tuple),
        places=st.lists(WORDS, max_size=2).map(tuple),
    ),
    max_size=2,
).map(tuple)
MEASURES = st.lists(
    st.builds(
        Measure,
        titles=TEXTS,
        descriptions=TEXTS,
        unit=st.none() | st.sampled_from(UNITS),
        ascending=st.none() | st.booleans(),
        references=st.lists(WORDS, max_size=2).map(tuple),
        baselines=PERIODS,
        periods=PERIODS,
    ),
    max_size=2,
).map(tuple)
RECIPIENTS = st.lists(
    st.builds(
        Recipient,
        place=COUNTRIES | st.sampled_from(["GLO", "RAF"]),
        share=st.none() | st.sampled_from(["100", "33.30", "0", "12.5"]),
    ),
    max_size=3,
).map(tuple)
SECTORS = st.lists(
    st.builds(
        Sector,
        vocabulary=st.sampled_from(["1", "2", "99-XM-DAC-46008", "99-a/b"]),
        code=st.sampled_from(["16010", "160", "A/1", "ü 1"]),
        names=TEXTS,
        share=st.none() | st.sampled_from(["100", "33.30", "0"]),
    ),
    max_size=3,
    unique_by=lambda s: s.key,
).map(tuple)


@st.composite
def pools(draw: st.DrawFn) -> dict[str, list]:
    """Organisations, acts and projects that differ in what identifies them."""
    organisations = draw(
        st.lists(
            st.builds(
                Organisation,
                slug=SLUGS,
                names=TEXTS,
                type=st.none() | st.sampled_from(["government", "workers", "employers", "other"]),
                country=st.none() | COUNTRIES,
                identifier=st.none() | WORDS,
            ),
            min_size=1,
            max_size=4,
            unique_by=lambda o: o.slug,
        )
    )
    some = st.sampled_from(organisations)
    acts = draw(
        st.lists(
            st.builds(
                LegalAct,
                place=COUNTRIES,
                slug=SLUGS,
                number=st.none() | WORDS,
                type=st.none() | st.sampled_from(["decree", "law"]),
                date=st.none() | DATES,
                year=st.none() | st.integers(1900, 2100),
                passed_by=st.none() | some,
                titles=TEXTS,
            ),
            max_size=3,
            unique_by=lambda a: a.key,
        )
    )
    projects = draw(
        st.lists(
            st.builds(
                Project,
                identifier=st.from_regex(r"[A-Z]{3}/[0-9]{2}/[0-9]{2}/[A-Z]{3}", fullmatch=True),
                titles=TEXTS,
                funders=st.lists(some, max_size=2).map(tuple),
                country=st.none() | COUNTRIES,
                descriptions=TEXTS,
                partners=st.lists(
                    st.builds(Partner, st.sampled_from(PARTNER_ROLES), some), max_size=2
                ).map(tuple),
                start=st.none() | DATES,
                end=st.none() | DATES,
                status=st.none() | st.sampled_from(PROJECT_STATUSES),
            ),
            max_size=3,
            unique_by=lambda p: p.identifier,
        )
    )
    return {"organisations": organisations, "acts": acts, "projects": projects}


def _subset(pool: list) -> st.SearchStrategy[tuple]:
    return st.lists(st.sampled_from(pool), max_size=3).map(tuple) if pool else st.just(())


@st.composite
def records(draw: st.DrawFn) -> OutcomeRecord:
    """A record in which each organisation, act and project is described once."""
    pool = draw(pools())
    organisations = _subset(pool["organisations"])
    activities = draw(
        st.lists(
            st.builds(
                Activity,
                titles=TEXTS,
                start=st.none() | DATES,
                end=st.none() | DATES,
                place=st.none() | WORDS,
                participants=st.none() | st.integers(-5, 10**6),
            ),
            max_size=3,
        )
    )
    contribution = draw(
        st.none()
        | st.builds(
            Contribution,
            contributors=organisations,
            narrative=TEXTS,
            activities=st.just(tuple(activities)),
        )
    )
    goals = draw(st.lists(st.sampled_from(["1", "5", "10", "17"]), max_size=3))
    values = pool["organisations"] + pool["acts"] + pool["projects"]
    fields = {Organisation: "funders", LegalAct: "legal_acts", Project: "projects"}
    readings = {
        "quote": WORDS,
        "confidence": CONFIDENCE,
        "start": OFFSETS,
        "end": OFFSETS,
    }
    evidence = st.one_of(
        *(
            st.builds(
                Evidence,
                field=st.just(fields[type(value)]),
                key=st.just(key_of(value)),
                **readings,
            )
            for value in values
            # A key must resolve in the graph: only what the record itself describes.
            if isinstance(value, LegalAct | Organisation)
        )
    )
    candidate = st.one_of(
        *(
            st.builds(Candidate, field=st.just(fields[type(v)]), value=st.just(v), **readings)
            for v in values
        ),
        st.builds(Candidate, field=st.just("sdg_targets"), value=st.just("1.3"), **readings),
    )
    biennium = draw(st.none() | st.sampled_from(["2018-19", "2020-21"]))
    return draw(
        st.builds(
            OutcomeRecord,
            id=st.from_regex(r"[A-Z]{3}[0-9]{3}-2020-21-8\.1\.[1-9](-[0-9])?", fullmatch=True),
            profile=st.sampled_from(["core", "result-page", "iati"]),
            language=LANGUAGES,
            code=st.none() | WORDS,
            country=st.none() | COUNTRIES,
            region=st.none() | st.sampled_from(["GLO", "RAF"]),
            titles=TEXTS,
            achieved_on=st.none() | DATES,
            achieved_in=st.none() | st.integers(1900, 2100),
            period_start=st.none() | DATES,
            period_end=st.none() | DATES,
            biennium=st.just(biennium),
            indicator=st.none() | st.sampled_from(["8.1.1", "3.1"]),
            step=st.none() | st.integers(1, 3),
            result_type=st.none() | st.sampled_from(["policy-adopted", "scheme-adopted"]),
            result_statement=TEXTS,
            indicator_statement=TEXTS,
            visibility=st.none() | st.sampled_from(["public", "internal"]),
            achievement=TEXTS,
            gender_equality=TEXTS,
            legal_acts=_subset(pool["acts"]),
            contribution=st.just(contribution),
            projects=_subset(pool["projects"]),
            funders=organisations,
            constituents=organisations,
            sdg_goals=st.just(tuple(goals)),
            sdg_targets=st.lists(st.sampled_from(["1.3", "1.a", "10.4"]), max_size=3).map(tuple),
            sdg_indicators=st.lists(st.sampled_from(["C010301"]), max_size=1).map(tuple),
            branches=st.lists(st.sampled_from(["all", "old-age"]), max_size=2).map(tuple),
            measures=MEASURES,
            recipients=RECIPIENTS,
            sectors=SECTORS,
            gender_marker=st.none() | st.integers(0, 4),
            reporting_organisation=st.none() | st.sampled_from(pool["organisations"]),
            source=st.none()
            | st.builds(
                SourceDocument,
                sha256=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
                name=WORDS,
                media_type=st.sampled_from(["text/plain", "text/csv"]),
                size=st.none() | st.integers(0, 10**9),
                url=st.none() | st.just("https://example.org/result?id=949"),
            ),
            evidence=st.lists(evidence, max_size=2).map(tuple),
            candidates=st.lists(candidate, max_size=2).map(tuple),
        )
    )
