"""The record model: what one result page (or IATI result, or row of a table) says.

Plain frozen data: no I/O, no RDF library. A record is *canonical*: values that form a set are
sorted and without repetitions, so that two records that say the same are equal and
record → RDF → record is the identity (``mapping``). Texts keep every language they were given in.

Codes, not IRIs, identify what the record refers to: countries by ISO 3166-1 alpha-3, SDG goals and
targets by the UN's compact notation ("1", "1.3"), SDG indicators by the UN's permanent code
("C010301"), concepts by their notation. ``namespaces`` makes IRIs of them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, TypeAlias, TypeVar

from outcome_graph.errors import RecordError
from outcome_graph.measures import (
    PARTNER_ROLES,
    PROJECT_STATUSES,
    UNITS,
    WHOLE,
    Measure,
    Partner,
    Period,
    Recipient,
    Sector,
    plain_number,
)
from outcome_graph.texts import Text, Texts, in_order, text_in, texts

__all__ = [
    "PARTNER_ROLES",
    "PROFILES",
    "PROJECT_STATUSES",
    "REGION_CODES",
    "UNITS",
    "WHOLE",
    "Activity",
    "Candidate",
    "CandidateValue",
    "Contribution",
    "Evidence",
    "LegalAct",
    "Measure",
    "Organisation",
    "OutcomeRecord",
    "Partner",
    "Period",
    "Project",
    "Recipient",
    "Sector",
    "SourceDocument",
    "Text",
    "Texts",
    "key_of",
    "plain_number",
    "record_id",
    "text_in",
    "texts",
]

Date: TypeAlias = datetime.date

_T = TypeVar("_T")
#: Prefixes of country programme codes that stand for a region or the world, not for a country.
REGION_CODES = ("GLO", "RAB", "RAF", "RAS", "RER", "RLA")

PROFILES = ("core", "result-page", "iati")


def _canonical(values: Iterable[_T], key: Any = None) -> tuple[_T, ...]:
    made = tuple(values)
    # Most sets are empty or have one member, and records are made anew at each step of linking.
    return made if len(made) < 2 else tuple(sorted(set(made), key=key))


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation: a constituent, a funder, a contributor, the body that passed an act.

    Parameters:
        slug: the last part of its IRI; two organisations are the same if and only if it is.
        names: its name, in the languages it was given in.
        type: constituent type: "government", "workers", "employers" or "other"; None if unknown.
        country: ISO alpha-3 of the country it belongs to, None for international bodies.
        identifier: an identifier in a public register, e.g. "XM-DAC-41302".
    """

    slug: str
    names: Texts
    type: str | None = None
    country: str | None = None
    identifier: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", in_order(self.names))

    @property
    def name(self) -> str:
        """Its name in English where there is one."""
        return text_in(self.names) or self.slug


@dataclass(frozen=True, slots=True)
class LegalAct:
    """A legal act: decree, law, resolution …

    Parameters:
        place: ISO alpha-3 (or regional code) of its jurisdiction.
        slug: the last part of its IRI, made of type and normalised number ("decree-224").
        number: its number as the act writes it ("224", "41/2024").
        type: notation in the scheme ``legal-act-type`` ("decree").
        date: the day it was adopted.
        year: its year; the date's when there is one.
        passed_by: who adopted it.
        titles: what it is called.
    """

    place: str
    slug: str
    number: str | None = None
    type: str | None = None
    date: Date | None = None
    year: int | None = None
    passed_by: Organisation | None = None
    titles: Texts = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "titles", in_order(self.titles))
        if self.date is not None:
            object.__setattr__(self, "year", self.date.year)

    @property
    def key(self) -> str:
        """Place, year and slug: what makes two mentions the same act."""
        return f"{self.place}/{self.year or 0}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Project:
    """A development cooperation project.

    Parameters:
        identifier: the identifier its owner gives it, e.g. "LAO/16/02/LUX".
        titles: its title.
        funders: who finances it.
        country: ISO alpha-3 of the country it works in.
        descriptions: what it is about.
        partners: who answers for it, channels its money or carries it out.
        start, end: its first and last day, planned ones where no actual ones are known.
        status: where it stands, one of `measures.PROJECT_STATUSES`.
    """

    identifier: str
    titles: Texts = ()
    funders: tuple[Organisation, ...] = ()
    country: str | None = None
    descriptions: Texts = ()
    partners: tuple[Partner, ...] = ()
    start: Date | None = None
    end: Date | None = None
    status: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "titles", in_order(self.titles))
        object.__setattr__(self, "funders", _canonical(self.funders, key=lambda o: o.slug))
        object.__setattr__(self, "descriptions", in_order(self.descriptions))
        object.__setattr__(self, "partners", _canonical(self.partners, key=lambda p: p.key))


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of a contribution: a workshop, a launch, a training.

    Parameters:
        titles: what it was.
        start, end: first and last day; equal for one day.
        place: where, as written.
        participants: how many took part.
    """

    titles: Texts
    start: Date | None = None
    end: Date | None = None
    place: str | None = None
    participants: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "titles", in_order(self.titles))


@dataclass(frozen=True, slots=True)
class Contribution:
    """What an agency contributed to the outcome.

    Parameters:
        contributors: who contributed (for result pages the ILO).
        narrative: the prose.
        activities: in the order they are told; their number is their place in this order.
    """

    contributors: tuple[Organisation, ...] = ()
    narrative: Texts = ()
    activities: tuple[Activity, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "contributors", _canonical(self.contributors, lambda o: o.slug))
        object.__setattr__(self, "narrative", in_order(self.narrative))


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The document a record was read from. Its bytes are kept, content-addressed.

    Parameters:
        sha256: SHA-256 of its bytes, lower-case hexadecimal.
        name: file name or the like.
        media_type: e.g. "text/plain".
        size: bytes.
        url: where it is published, without session identifiers.
    """

    sha256: str
    name: str
    media_type: str = "text/plain"
    size: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a stated fact was read in prose.

    Parameters:
        field: the field of `OutcomeRecord` that states it: "funders", "legal_acts" …, or
            "activities" for those of the contribution.
        key: which item of the field: an organisation's slug, an act's `LegalAct.key`, a project's
            identifier, an activity's number from 1, a code.
        quote: the words it was read from.
        confidence: 0 to 1, two decimals.
        start, end: character offsets into the source's text (decoded, without byte order mark,
            line ends as "\\n", letters and their accents composed), end exclusive;
            None where the source has no text positions.
        decision: name of the review decision by which it is stated; None where the reading alone
            was sure enough.
    """

    field: str
    key: str
    quote: str
    confidence: float
    start: int | None = None
    end: int | None = None
    decision: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "confidence", _confidence(self.confidence))


CandidateValue: TypeAlias = Organisation | LegalAct | Project | str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that a reader should confirm before it becomes a fact.

    Parameters:
        field: the field of `OutcomeRecord` it would go to, as in `Evidence`.
        value: what it would add: an organisation, act, project, or a code.
        quote, confidence, start, end: as in `Evidence`.
    """

    field: str
    value: CandidateValue
    quote: str
    confidence: float
    start: int | None = None
    end: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "confidence", _confidence(self.confidence))

    @property
    def key(self) -> str:
        """What identifies the value within its field."""
        return key_of(self.value)


def record_id(code: str, biennium: str, indicator: str) -> str:
    """Return the id of a result-page record, e.g. ``LAO226-2020-21-8.1.1``."""
    return f"{code}-{biennium}-{indicator}"


def key_of(value: CandidateValue) -> str:
    """Return what identifies an item within its field: slug, key, identifier or code."""
    if isinstance(value, Organisation):
        return value.slug
    if isinstance(value, LegalAct):
        return value.key
    if isinstance(value, Project):
        return value.identifier
    return value


def _confidence(value: float) -> float:
    if not 0 <= value <= 1:
        raise RecordError(f"A confidence must lie between 0 and 1, not {value}.")
    return round(float(value), 2)


def _reading_key(reading: Evidence | Candidate) -> tuple[Any, ...]:
    position = reading.start if reading.start is not None else -1
    end = reading.end if reading.end is not None else -1
    decision = getattr(reading, "decision", None) or ""
    return (reading.field, position, end, reading.key, reading.quote, reading.confidence, decision)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRecord:
    """One result achieved, and all that its source says of it.

    Parameters:
        id: ``{code}-{biennium}-{indicator}`` where these are known; see the contract.
        profile: "core", "result-page" or "iati": which rules it is held to.
        language: the language of the source's own words.
        code: Country Programme Outcome code, e.g. "LAO226".
        country: ISO alpha-3; None when the result is regional or global.
        region: "GLO", "RAF", "RAS", "RLA", "RAB" or "RER" where the code has such a prefix.
        titles, achievement, gender_equality: the page's texts.
        achieved_on: the day; achieved_in: the year, when that is all that is known.
        period_start, period_end: for sources that give a period.
        biennium: e.g. "2020-21". indicator: P&B indicator in that biennium, e.g. "8.1.1".
        step: 1, 2 or 3. result_type: notation in the scheme ``result-type``.
        result_statement: the result type in full, as the source writes it.
        indicator_statement: the flagship programme's indicator sentence, as written.
        visibility: "public" or "internal".
        legal_acts, contribution, projects, funders, constituents: who and what stood behind it.
        sdg_goals, sdg_targets, sdg_indicators: UN codes. branches: Convention 102 notations.
        measures: indicators with their values, in the order of the source.
        recipients: who shares the activity, when it is more than one country.
        sectors: purposes served. gender_marker: how far gender equality is an aim, 0 to 4.
        reporting_organisation: who published the data.
        source: the document it was read from.
        evidence: where prose facts were read. candidates: what awaits review.
    """

    id: str
    profile: str = "core"
    language: str = "en"
    code: str | None = None
    country: str | None = None
    region: str | None = None
    titles: Texts = ()
    achieved_on: Date | None = None
    achieved_in: int | None = None
    period_start: Date | None = None
    period_end: Date | None = None
    biennium: str | None = None
    indicator: str | None = None
    step: int | None = None
    result_type: str | None = None
    result_statement: Texts = ()
    indicator_statement: Texts = ()
    visibility: str | None = None
    achievement: Texts = ()
    gender_equality: Texts = ()
    legal_acts: tuple[LegalAct, ...] = ()
    contribution: Contribution | None = None
    projects: tuple[Project, ...] = ()
    funders: tuple[Organisation, ...] = ()
    constituents: tuple[Organisation, ...] = ()
    sdg_goals: tuple[str, ...] = ()
    sdg_targets: tuple[str, ...] = ()
    sdg_indicators: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    sectors: tuple[Sector, ...] = ()
    gender_marker: int | None = None
    reporting_organisation: Organisation | None = None
    source: SourceDocument | None = None
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    def __post_init__(self) -> None:
        for name, canonical in _CANONICAL.items():
            object.__setattr__(self, name, canonical(getattr(self, name)))

    @property
    def title(self) -> str:
        """The title in the record's language where there is one, else its id."""
        return text_in(self.titles, self.language) or self.id

    @property
    def place(self) -> str:
        """Country or region code; "XXX" when neither is known."""
        return self.country or self.region or "XXX"

    def with_changes(self, **changes: Any) -> OutcomeRecord:
        """Return a copy with these fields replaced; the record itself where nothing changes."""
        # Linking asks for many changes that are none, and of few fields: the others are canonical.
        for name, value in changes.items():
            known = getattr(self, name)
            if known is not value and known != value:
                break
        else:
            return self
        made = object.__new__(OutcomeRecord)
        for name in _FIELDS:
            object.__setattr__(made, name, getattr(self, name))
        for name, value in changes.items():
            canonical = _CANONICAL.get(name)
            object.__setattr__(made, name, canonical(value) if canonical else value)
        return made


def _known_profile(profile: str) -> str:
    if profile not in PROFILES:
        raise RecordError(f"{profile!r} is no profile; use one of {', '.join(PROFILES)}.")
    return profile


def _code_order(code: str) -> tuple[tuple[int, str], ...]:
    """Order "1.3" before "1.10" and "1.a" after both."""
    return tuple((int(p), "") if p.isdecimal() else (10**6, p) for p in code.split("."))


_TEXT_FIELDS = (
    "titles",
    "result_statement",
    "indicator_statement",
    "achievement",
    "gender_equality",
)
_CODE_FIELDS = ("sdg_goals", "sdg_targets", "sdg_indicators", "branches")
_FIELDS = tuple(each.name for each in fields(OutcomeRecord))
#: How values are made canonical, or refused.
_CANONICAL: Mapping[str, Callable[[Any], Any]] = {
    "profile": _known_profile,
    **dict.fromkeys(_TEXT_FIELDS, in_order),
    **dict.fromkeys(("funders", "constituents"), partial(_canonical, key=lambda o: o.slug)),
    "legal_acts": partial(_canonical, key=lambda a: a.key),
    "projects": partial(_canonical, key=lambda p: p.identifier),
    "recipients": partial(_canonical, key=lambda r: (r.place, r.share or "")),
    "sectors": partial(_canonical, key=lambda s: s.key),
    **dict.fromkeys(_CODE_FIELDS, partial(_canonical, key=_code_order)),
    **dict.fromkeys(("evidence", "candidates"), partial(_canonical, key=_reading_key)),
}
