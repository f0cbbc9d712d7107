"""What IATI adds to the record model: measures with their periods, recipients, sectors, partners.

Parts of `model`, which re-exports them; like it they are plain, frozen and canonical. Numbers are
kept as decimal text in XML Schema's canonical form ("0.00" is "0"), since a float would change
them; values that are no numbers ("Yes") stay as they are written.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from outcome_graph.errors import RecordError
from outcome_graph.texts import Texts, in_order

if TYPE_CHECKING:
    from outcome_graph.things import Organisation

__all__ = [
    "PARTNER_ROLES",
    "PROJECT_STATUSES",
    "UNITS",
    "WHOLE",
    "Measure",
    "Partner",
    "Period",
    "Recipient",
    "Sector",
    "plain_number",
]

#: How the values of a measure are to be read: IATI 2.03, code list IndicatorMeasure, codes 1 to 5.
UNITS = ("unit", "percentage", "nominal", "ordinal", "qualitative")
#: Roles of participating organisations other than funding: OrganisationRole codes 2, 3 and 4.
PARTNER_ROLES = ("accountable", "extending", "implementing")
#: Where a project stands: code list ActivityStatus, codes 1 to 6.
PROJECT_STATUSES = (
    "pipeline",
    "implementation",
    "finalisation",
    "closed",
    "cancelled",
    "suspended",
)

#: What the shares of an activity's recipients add up to, and those of its sectors.
WHOLE = Decimal(100)

#: Engines hold decimals of some 18 digits either side of the point; longer ones stay text.
_NUMBER = re.compile(r"([+-]?)0*(\d{1,18})(?:\.(\d{1,17}))?", re.ASCII)


def plain_number(text: str) -> str | None:
    """Return a decimal number in canonical form ("+01.50" is "1.5"), None when it is none.

    Parameters:
        text: digits with at most one point; no grouping, which would have to be guessed at.
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    sign, whole, fraction = found.groups()
    whole, fraction = whole.lstrip("0") or "0", (fraction or "").rstrip("0")
    number = f"{whole}.{fraction}" if fraction else whole
    return f"-{number}" if sign == "-" and number != "0" else number


def added_shares(one: str | None, other: str | None) -> str | None:
    """Return two shares of one whole together; None when one is not known, or they exceed it."""
    if one is None or other is None:
        return None
    total = Decimal(one) + Decimal(other)
    return plain_number(f"{total:f}") if total <= WHOLE else None


def _strings(values: Iterable[str]) -> tuple[str, ...]:
    made = tuple(values)
    return made if len(made) < 2 else tuple(sorted(set(made)))


def _share(text: str | None, of: str) -> str | None:
    share = plain_number(text) if text is not None else None
    if text is not None and share is None:
        raise RecordError(f"The share {text!r} of {of} is no number.")
    return share


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time with a target, an actual value or both; a baseline is one too.

    Values of the same period for different people or places are periods of their own.

    Parameters:
        start, end: first and last day.
        year: for baselines, the year as stated; it may differ from the day's.
        target, actual: what was aimed at, what was reached: a number or words.
        target_comment, actual_comment: what is said of them.
        dimensions: what they are of, e.g. "sex=female".
        places: names of places, or their codes where no name is given.
    """

    start: datetime.date | None = None
    end: datetime.date | None = None
    year: int | None = None
    target: str | None = None
    actual: str | None = None
    target_comment: Texts = ()
    actual_comment: Texts = ()
    dimensions: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("target", "actual"):
            value = getattr(self, name)
            object.__setattr__(self, name, value and (plain_number(value) or value))
        for name in ("target_comment", "actual_comment"):
            object.__setattr__(self, name, in_order(getattr(self, name)))
        for name in ("dimensions", "places"):
            object.__setattr__(self, name, _strings(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator by which the outcome is followed.

    Parameters:
        titles, descriptions: what is measured.
        unit: one of `UNITS`.
        ascending: whether more is better.
        references: vocabulary and code of the same indicator elsewhere, e.g. "9/1.3.1".
        baselines, periods: in the order of the source.
    """

    titles: Texts = ()
    descriptions: Texts = ()
    unit: str | None = None
    ascending: bool | None = None
    references: tuple[str, ...] = ()
    baselines: tuple[Period, ...] = ()
    periods: tuple[Period, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "titles", in_order(self.titles))
        object.__setattr__(self, "descriptions", in_order(self.descriptions))
        object.__setattr__(self, "references", _strings(self.references))


@dataclass(frozen=True, slots=True)
class Recipient:
    """A country or region that an activity is for, and its share.

    Parameters:
        place: ISO alpha-3 of a country, or regional code (GLO, RAF …).
        share: per cent of the activity, canonical decimal text.

    Raises:
        RecordError: the share is no number.
    """

    place: str
    share: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "share", _share(self.share, self.place))

    def with_share_of(self, other: Recipient) -> Recipient:
        """Return this recipient with the share of another mention of the same place added."""
        return replace(self, share=added_shares(self.share, other.share))


@dataclass(frozen=True, slots=True)
class Sector:
    """A purpose in a public classification of aid.

    Parameters:
        vocabulary: code of the classification in IATI's SectorVocabulary ("1" for the DAC's purpose
            codes); for a publisher's own ("98", "99") with the publisher: "99-XM-DAC-46008".
        code: the code in it. names: what it is called.
        share: per cent of the activity among the sectors of this classification.

    Raises:
        RecordError: the share is no number.
    """

    vocabulary: str
    code: str
    names: Texts = ()
    share: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", in_order(self.names))
        object.__setattr__(self, "share", _share(self.share, f"sector {self.code}"))

    @property
    def key(self) -> tuple[str, str]:
        """What tells sectors apart."""
        return (self.vocabulary, self.code)

    def with_share_of(self, other: Sector) -> Sector:
        """Return this sector with the share of another mention of it added."""
        return replace(self, share=added_shares(self.share, other.share))


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation in a project, and its role: one of `PARTNER_ROLES`."""

    role: str
    organisation: Organisation

    @property
    def key(self) -> tuple[str, str]:
        """Role and slug."""
        return (self.role, self.organisation.slug)
