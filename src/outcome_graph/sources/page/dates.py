"""Dates as people write them, in English, French, Spanish and Portuguese, day first.

"1 April 2020", "25-27 August 2020", "29 June to 2 July 2021", "April 1, 2020", "1er avril 2020",
"del 25 al 27 de agosto de 2020", "01.04.2020", "25-27.08.2020", "2020-04-01". A date without a year
("5–9 July") takes the year of the next date of its sentence, if there is one.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from outcome_graph.sources.text import SourceText, Span

__all__ = ["DAY", "MONTH", "FoundDate", "find_dates", "make_date", "with_days"]

_MONTHS = (
    "january|janvier|enero|janeiro|jan|janv|ene",
    "february|fevrier|febrero|fevereiro|feb|fevr|fev",
    "march|mars|marzo|marco|mar",
    "april|avril|abril|abril|apr|avr|abr",
    "may|mai|mayo|maio",
    "june|juin|junio|junho|jun",
    "july|juillet|julio|julho|juil|jul",
    "august|aout|agosto|agosto|aug|ago",
    "september|septembre|septiembre|setiembre|setembro|sept|sep|set",
    "october|octobre|octubre|outubro|oct",
    "november|novembre|noviembre|novembro|nov",
    "december|decembre|diciembre|dezembro|dec|dic",
)
_NUMBER = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split("|")}
#: "Março"; in Spanish "marco" is a framework, so that it is a month before a year only.
_MARCO = "marco"
_FULL = {name for names in _MONTHS for name in names.split("|")[:4]} - {_MARCO}
_SHORT = sorted(_NUMBER.keys() - _FULL - {_MARCO}, key=len, reverse=True)
#: A month's name, longest first so that "mars" is not read as "mar"; short ones may end in a dot.
MONTH = (
    rf"(?:(?:{'|'.join(sorted(_FULL, key=len, reverse=True))})\b|{_MARCO}(?=\sde\s(?:19|20)\d\d)"
    rf"|(?:{'|'.join(_SHORT)})\b\.?)"
)

_S = r"\s{1,4}"
_DAY = r"\d{1,2}(?:st|nd|rd|th|ero?|\.?°|o)?"
_OF = rf"(?:{_S}(?:of|de|del|du))?"
_RANGE = (
    r"(?:\s{0,3}-\s{0,3}|\s?&\s?|(?<=\d)/(?=\d)"
    r"|\s{1,4}(?:to|and|until|au|al|et|y|e|a|hasta)(?:\s{1,4}(?:the|el|le))?\s{1,4})"
)
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"""(?<![\w./:])(?:
    (?P<iso>(?P<iy>{_YEAR})-(?P<im>\d\d)-(?P<id>\d\d))
  | (?P<yearfirst>(?P<yy>{_YEAR}),?{_S}(?P<ym>{MONTH}){_S}(?P<yd>{_DAY}))(?!{_S}(?:{_YEAR}))
  | (?P<num>(?:(?P<nd1>\d{{1,2}})\s?-\s?)?
        (?P<nd>\d{{1,2}})(?P<sep>[./-])(?P<nm>\d{{1,2}})(?P=sep)(?P<ny>{_YEAR}))
  | (?P<dayfirst>(?P<d1>{_DAY})(?:{_OF}{_S}(?P<m1>{MONTH})(?:(?:,|{_OF}){_S}(?P<y1>{_YEAR}))?)?
        (?:,\s?{_DAY}){{0,6}}{_RANGE}
        (?P<d2>{_DAY})(?:{_OF}{_S}|-)(?P<m2>{MONTH})(?:(?:(?:,|{_OF}){_S}|-)(?P<y2>{_YEAR}))?)
  | (?P<single>(?P<sd>{_DAY})(?:{_OF}{_S}|-)(?P<sm>{MONTH})
        (?:(?:(?:,|{_OF}){_S}|-)(?P<sy>{_YEAR}))?)
  | (?P<monthfirst>(?P<mm>{MONTH}){_S}(?P<md1>{_DAY})
        (?:{_RANGE}(?:(?P<mm2>{MONTH}){_S})?(?P<md2>{_DAY}))?(?:,?{_S}(?P<my>{_YEAR})))
    )(?![\w])""",
    re.IGNORECASE | re.VERBOSE,
)
#: A date is one sign while the words around it are looked at.
DAY = "\x00"
#: How far a date without a year may stand from the one whose year it takes, in characters.
_REACH = 80


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date or span of days in a text.

    Parameters:
        span: where. first, last: equal for one day; both None when it cannot be.
        reason: why it cannot be: "does not exist", "ends before it begins", "has no year".
    """

    span: Span
    first: datetime.date | None
    last: datetime.date | None
    reason: str | None = None

    @property
    def impossible(self) -> bool:
        """Whether it is no date of the calendar (not merely incomplete)."""
        return self.reason is not None and self.reason != "has no year"

    def in_year(self, match: str, year: int) -> FoundDate:
        """Read a date that has no year as one of a year.

        Parameters:
            match: the matching text it was found in. year: the year.
        """
        return replace(_read(_DATE.match(match, *self.span), year), span=self.span)


def make_date(year: int, month: int, day: int) -> datetime.date | None:
    """Return the day, None when the calendar has none such."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def find_dates(match: str, span: Span) -> list[FoundDate]:
    """Return the dates in a span of matching text, in order.

    Parameters:
        match: the matching text. span: where to look: a sentence or a section.
    """
    found = list(_found(match, span))
    for n in range(len(found) - 2, -1, -1):
        this, following = found[n], found[n + 1]
        near = following.span.start - this.span.end <= _REACH
        if this.reason == "has no year" and following.first and near:
            between = match[this.span.end : following.span.start]
            if "." not in between and "\n" not in between:
                found[n] = this.in_year(match, following.first.year)
    return found


def with_days(source: SourceText, around: Span, dates: list[FoundDate]) -> str:
    """The matching text of a stretch with each date as signs, of equal length."""
    words = source.match[around.start : around.end]
    for date in dates:
        start, end = date.span.start - around.start, date.span.end - around.start
        if start >= 0 and end <= len(words):
            words = words[:start] + DAY * (end - start) + words[end:]
    return words


def _found(match: str, span: Span) -> Iterator[FoundDate]:
    for found in _DATE.finditer(match, span.start, span.end):
        if found["single"] and not found["sy"] and not _plain_month(found["sm"]):
            continue
        yield _read(found, None)


def _plain_month(name: str) -> bool:
    """Whether a month without a year is surely one: "may" and "mar" are words too."""
    return name[0].isupper() or len(name.rstrip(".")) > 4


def _read(found: re.Match[str] | None, year: int | None) -> FoundDate:
    assert found is not None
    span = Span(*found.span())
    if found["iso"]:
        one = (int(found["iy"]), int(found["im"]), int(found["id"]))
        return _between(span, one, one)
    if found["num"]:
        last = (int(found["ny"]), int(found["nm"]), int(found["nd"]))
        return _between(span, (*last[:2], _day(found["nd1"] or found["nd"])), last)
    if found["yearfirst"]:
        parts = ((found["yd"], found["ym"], found["yy"]),) * 2
    elif found["single"]:
        day, month, written = found["sd"], found["sm"], found["sy"]
        parts = (day, month, written), (day, month, written)
    elif found["dayfirst"]:
        end_year = found["y2"] or found["y1"]
        start_year = found["y1"] or end_year
        parts = (
            (found["d1"], found["m1"] or found["m2"], start_year),
            (found["d2"], found["m2"], end_year),
        )
    else:
        last_month = found["mm2"] or found["mm"]
        parts = (
            (found["md1"], found["mm"], found["my"]),
            (found["md2"] or found["md1"], last_month, found["my"]),
        )
    years = [int(p[2]) if p[2] else year for p in parts]
    if years[0] is None or years[1] is None:
        return FoundDate(span, None, None, "has no year")
    first, last = (
        (y or 0, _NUMBER[p[1].lower().rstrip(".")], _day(p[0]))
        for p, y in zip(parts, years, strict=True)
    )
    if first > last and not (found["dayfirst"] and found["y1"]) and first[1] > last[1]:
        # "28 December - 3 January 2021" begins in the year before.
        first = (first[0] - 1, *first[1:])
    return _between(span, first, last)


def _day(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _between(span: Span, first: tuple[int, int, int], last: tuple[int, int, int]) -> FoundDate:
    start, end = make_date(*first), make_date(*last)
    if start is None or end is None:
        return FoundDate(span, None, None, "does not exist")
    if end < start:
        return FoundDate(span, None, None, "ends before it begins")
    return FoundDate(span, start, end)
