"""What records speak of: organisations, legal acts, projects, activities, source documents.

Parts of the record model (`outcome_graph.model`, which offers them all).
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from outcome_graph.measures import Partner
from outcome_graph.texts import Texts, in_order, text_in

__all__ = [
    "Activity",
    "Contribution",
    "Date",
    "LegalAct",
    "Organisation",
    "Project",
    "SourceDocument",
    "canonical",
]

Date: TypeAlias = datetime.date

_T = TypeVar("_T")


def canonical(values: Iterable[_T], key: Any = None) -> tuple[_T, ...]:
    """Return the members of a set in their order, none twice.

    Parameters:
        key: what they are ordered by, themselves if None.
    """
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
        object.__setattr__(self, "funders", canonical(self.funders, key=lambda o: o.slug))
        object.__setattr__(self, "descriptions", in_order(self.descriptions))
        object.__setattr__(self, "partners", canonical(self.partners, key=lambda p: p.key))


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

    @property
    def key(self) -> str:
        """What a proposed activity goes by: it has no number yet, so a digest of what it says."""
        return f"proposed-{hashlib.sha256(repr(self).encode()).hexdigest()[:12]}"


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
        object.__setattr__(self, "contributors", canonical(self.contributors, lambda o: o.slug))
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
