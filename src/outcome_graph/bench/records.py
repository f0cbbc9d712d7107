"""Synthetic records: made through the record model, varied, valid, the same for the same seed."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from outcome_graph.mapping import RecordMetadata, record_to_triples, with_metadata
from outcome_graph.model import (
    Activity,
    Contribution,
    LegalAct,
    Organisation,
    OutcomeRecord,
    Project,
    SourceDocument,
    texts,
)
from outcome_graph.namespaces import IriMinter
from outcome_graph.rdf import Quad, RdfFormat, serialize
from outcome_graph.vocabulary import Knowledge

__all__ = ["synthetic_records", "write_dataset"]

_TOPICS = (
    "social protection strategy", "labour code", "minimum wage policy", "occupational safety law",
    "child labour action plan", "youth employment programme", "maternity benefit scheme",
    "unemployment insurance", "pension reform", "domestic workers regulation",
    "labour inspection system", "informal economy roadmap", "skills development policy",
    "fair recruitment framework", "health insurance act", "cooperatives law",
)  # fmt: skip
_WORDS = (
    "ministry", "tripartite", "consultation", "coverage", "workers", "employers", "parliament",
    "extension", "contributory", "floor", "benefit", "garment", "agriculture", "migrant",
    "assessment", "actuarial", "gender", "disability", "dialogue", "provincial", "budget",
)  # fmt: skip
_TYPES = ("decree", "law", "resolution", "ordinance")
_BRANCHES = ("all", "medical-care", "old-age", "maternity", "unemployment")
_MODIFIED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


class _Maker:
    """Makes the record of a number; knows which codes exist."""

    def __init__(self, minter: IriMinter, seed: int) -> None:
        known = Knowledge.load(minter)
        self.seed = seed
        self.countries = [c for c in known.countries.codes() if len(c) == 3]
        chance = random.Random(seed)  # noqa: S311 - the same for the same seed
        self.donors = chance.sample(self.countries, 20)
        concepts = known.concepts
        indicators = [i.partition("/") for i in concepts.notations("indicator")]
        codes: dict[str, list[str]] = {}
        for biennium, _, code in indicators:
            if len(code.split(".")) > 1:
                codes.setdefault(biennium, []).append(code)
        self.frames = sorted(codes.items())
        self.steps = {s: concepts.result_type_of_step(s) for s in (1, 2, 3)}
        self.targets = known.sdg.codes("target")
        known_branches = set(concepts.notations("branch"))
        self.branches = [b for b in _BRANCHES if b in known_branches]

    def record(self, number: int) -> OutcomeRecord:
        chance = random.Random(f"{self.seed} {number}")  # noqa: S311 - no secret
        country = chance.choice(self.countries)
        biennium, indicators = chance.choice(self.frames)
        start = datetime.date(int(biennium[:4]), 1, 1)
        day = start + datetime.timedelta(days=chance.randrange(30, 600))
        step = chance.choice((1, 2, 3))
        code = f"{country}{100 + number % 900}"
        indicator = chance.choice(indicators)
        topic = chance.choice(_TOPICS)
        targets = chance.sample(self.targets, chance.choice((1, 1, 1, 2)))
        funder = self._government(chance.choice(self.donors))
        return OutcomeRecord(
            id=f"{code}-{biennium}-{indicator}-{number}",
            profile="result-page",
            code=code,
            country=country,
            titles=texts(f"A national {topic} was adopted in {country} ({number})"),
            achieved_on=day,
            biennium=biennium,
            indicator=indicator,
            step=step,
            result_type=self.steps[step],
            result_statement=texts(f"A new or revised {topic} has been adopted (Step {step})"),
            indicator_statement=texts(f"Number of countries with a {topic} (Step {step})"),
            visibility="public",
            achievement=texts(self._prose(chance, topic, 60)),
            gender_equality=texts(self._prose(chance, topic, 15)),
            legal_acts=(self._act(chance, country, day, topic),),
            contribution=self._contribution(chance, day, topic),
            projects=(self._project(chance, country, biennium, funder),),
            funders=(funder,),
            constituents=self._constituents(chance, country),
            sdg_goals=tuple(dict.fromkeys(t.partition(".")[0] for t in targets)),
            sdg_targets=tuple(targets),
            branches=(chance.choice(self.branches),),
            source=SourceDocument(f"{chance.getrandbits(256):064x}", f"{code}.txt", size=3000),
        )

    def _government(self, country: str) -> Organisation:
        name = texts(f"Government of {country}")
        return Organisation(f"{country.lower()}-government", name, "government", country)

    def _act(self, chance: random.Random, country: str, day: datetime.date, topic: str) -> LegalAct:
        kind, number = chance.choice(_TYPES), str(chance.randrange(1, 400))
        passed = Organisation(
            f"{country.lower()}-parliament", texts(f"Parliament of {country}"), country=country
        )
        return LegalAct(
            place=country,
            slug=f"{kind}-{number}",
            number=number,
            type=kind,
            date=day - datetime.timedelta(days=chance.randrange(0, 20)),
            passed_by=passed,
            titles=texts(f"{kind.capitalize()} No. {number} on the {topic}"),
        )

    def _project(
        self, chance: random.Random, country: str, biennium: str, funder: Organisation
    ) -> Project:
        symbol = f"{country}/{biennium[2:4]}/{chance.randrange(1, 60):02d}/{funder.country}"
        return Project(symbol, texts(f"Support to {country}"), (funder,), country)

    def _contribution(self, chance: random.Random, day: datetime.date, topic: str) -> Contribution:
        activities = []
        for number in range(chance.randrange(1, 4)):
            start = day - datetime.timedelta(days=chance.randrange(1, 25))
            end = start + datetime.timedelta(days=chance.randrange(0, 3))
            title = texts(f"Workshop {number + 1} on the {topic}")
            activities.append(Activity(title, start, end, "the capital", chance.randrange(10, 90)))
        agency = Organisation("ilo", texts("International Labour Organization"), "other")
        return Contribution((agency,), texts(self._prose(chance, topic, 40)), tuple(activities))

    def _constituents(self, chance: random.Random, country: str) -> tuple[Organisation, ...]:
        prefix = country.lower()
        named = (
            ("ministry-of-labour", f"Ministry of Labour of {country}", "government"),
            ("federation-of-unions", f"Federation of Trade Unions of {country}", "workers"),
            ("chamber", f"Chamber of Commerce of {country}", "employers"),
            ("statistics", f"Statistics Office of {country}", "government"),
        )
        chosen = named[: chance.choice((3, 4))]
        return tuple(Organisation(f"{prefix}-{s}", texts(n), k, country) for s, n, k in chosen)

    def _prose(self, chance: random.Random, topic: str, words: int) -> str:
        return f"The {topic}: {' '.join(chance.choices(_WORDS, k=words))}."


def synthetic_records(
    count: int, seed: int = 1, minter: IriMinter | None = None
) -> Iterator[OutcomeRecord]:
    """Yield records that conform to the shapes, the same for the same seed.

    Parameters:
        count: how many.
        seed: another one makes other records.
        minter: the base of the vocabularies.
    """
    maker = _Maker(minter or IriMinter(), seed)
    for number in range(count):
        yield maker.record(number)


def write_dataset(path: Path, count: int, seed: int = 1, minter: IriMinter | None = None) -> int:
    """Write the record graphs of synthetic records as N-Quads; return how many quads.

    Parameters:
        path: the file. count, seed, minter: as in `synthetic_records`.
    """
    minter = minter or IriMinter()
    quads = 0
    with path.open("wb") as file:
        made = synthetic_records(count, seed, minter)
        while records := list(islice(made, 500)):
            part = [quad for record in records for quad in _quads(record, minter)]
            quads += len(part)
            file.write(serialize(part, format=RdfFormat.N_QUADS) or b"")
    return quads


def _quads(record: OutcomeRecord, minter: IriMinter) -> Iterator[Quad]:
    graph = minter.record(record.id)
    metadata = RecordMetadata(_MODIFIED, 1, 0.95, conforms=True)
    triples = with_metadata(record_to_triples(record, minter), record.id, metadata, minter)
    for triple in dict.fromkeys(triples):
        yield Quad(triple.subject, triple.predicate, triple.object, graph)
