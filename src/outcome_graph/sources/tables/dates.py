"""Dates in cells. What could be read in two ways is said to be so, never guessed.

Read are: dates that a workbook marks as such; ``2020-04-01``, ``20200401``;
``01.04.2020`` (day first, as on result pages); ``1 April 2020``, ``April 1, 2020``,
``1er avril 2020``, ``1 de abril de 2020``;
``13/04/2020`` and ``04/13/2020``, where only one reading is possible. ``03/04/2020`` is read only
when the other dates of its sheet show which order they are written in, and that is said of it.
A month (``March 2021``, ``2021-03``) is a period: its first and its last day.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable
from typing import Literal, TypeAlias

from outcome_graph.sources.page.dates import find_dates, make_date
from outcome_graph.sources.tables.rows import Cell, Fault
from outcome_graph.sources.text import Span, fold

__all__ = ["DateOrder", "Dates", "UnreadError", "month_of", "order_of", "period_of", "quarter_of"]

DateOrder: TypeAlias = Literal["day", "month"]

_HOW = "Write it as 2020-04-01 (year-month-day)"
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{2}")
_YEAR = re.compile(r"1[89]\d\d|2[01]\d\d")
_DASHED_MONTH = re.compile(r"(\d{1,2})[-/]([^\W\d]{3,10}\.?)[-/](\d{4})")
_SERIAL = range(20_000, 80_000)
#: "15-Oct-18", as spreadsheet programs write dates to CSV: day and month are clear.
_SHORT_MONTH = re.compile(r"(\d{1,2})[- ]([^\W\d]{3,10}\.?)[- ]'?(\d{2})")
#: "le 15 mai 2015", "Monday, 4 May 2015": what stands before a day without changing it.
_LEAD = re.compile(
    r"(?:(?:on|the|le|el|du|del|au)\s+|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|"
    r"mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miercoles|jueves|viernes|sabado|domingo)"
    r",?\s+){1,3}(?=\S)",
    re.IGNORECASE,
)
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)[-/](\d{1,2})|(\d{1,2})[-/.]((?:19|20)\d\d)")
_LONGEST_SPAN = 60
_QUARTER = re.compile(
    r"(?:(?:q|t|qtr\.?\s?|quarter\s|trimestre\s)(?P<q>[1-4])[\s,/-]{0,2}|"
    r"(?P<q2>[1-4])\.?(?:st|nd|rd|th|er|e|eme|o|\u00ba|\u00b0)?\s?(?:quarter|trimestre)\s(?:(?:of|de)\s)?)"
    r"(?P<y>(?:19|20)\d\d)|(?P<y2>(?:19|20)\d\d)[\s/-]{0,2}[qt](?P<q3>[1-4])",
    re.IGNORECASE,
)
#: "Jan-Mar 2021", "1st half of 2022".
_MONTHS = re.compile(
    r"([^\W\d]{3,10})\.?\s?(?:[-–/]|to|a|au?)\s?([^\W\d]{3,10})\.?\s(?:de\s)?(\d{4})"
)
_HALF = re.compile(
    r"(?:(?P<first>first|1st|1er?|premier|primer|primeiro|h1|s1)|(?:second|2nd|2e(?:me)?|2d|deuxieme|"
    r"segundo|2o|h2|s2))\s?(?:half|semestre|semester)?\s?(?:of\s|de\s)?((?:19|20)\d\d)",
    re.IGNORECASE,
)
#: "mid-2021", "fin 2021": no more than the year is certain.
_VAGUE = re.compile(
    r"(?:early|mid|late|end(?: of)?|beginning of|debut|mi|fin|courant|"
    r"inicios? de|mediados de|finales de|fines de|principios de|fin de|inicio de|meados de|fim de)"
    r"[\s-]{1,3}((?:19|20)\d\d)",
    re.IGNORECASE,
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN_MONTH = re.compile(r"(\d{1,2})[./ -]\s?([IVX]{1,4})[./ -]\s?(\d{4})")
_EXCEL_DAY_0 = datetime.date(1899, 12, 30)


class UnreadError(ValueError):
    """A value that cannot be read; its text says what is wrong and how to mend it."""


def order_of(words: str) -> DateOrder | None:
    """Tell which order a date with slashes shows: one part above 12 is the day; None if "
    "neither."""
    found = _SLASHED.fullmatch(words.strip())
    if found is None:
        return None
    first, second = int(found[1]), int(found[3])
    if first > 12 >= second:
        return "day"
    return "month" if second > 12 >= first else None


def month_of(cell: Cell) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day of the month that a cell names without a day.

    Parameters:
        cell: the cell: "March 2021", "mars 2021", "septiembre de 2023", "2021-03", "03/2021".
    """
    if not isinstance(cell, str) or len(words := cell.strip()) > 40:
        return None
    if found := _YEAR_MONTH.fullmatch(words):
        first = make_date(int(found[1] or found[4]), int(found[2] or found[3]), 1)
    elif words[:1].isalpha():
        day = f"1 {words.rstrip('.')}"
        dates = find_dates(fold(day), Span(0, len(day)))
        whole = len(dates) == 1 and dates[0].span == Span(0, len(day))
        first = dates[0].first if whole and dates[0].first == dates[0].last else None
    else:
        return None
    if first is None:
        return None
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def quarter_of(cell: Cell) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day of a quarter of the calendar: "Q2 2022", "2022-T2"."""
    found = _QUARTER.fullmatch(fold(cell.strip())) if isinstance(cell, str) else None
    if found is None:
        return None
    year, quarter = int(found["y"] or found["y2"]), int(found["q"] or found["q2"] or found["q3"])
    return _months(year, 3 * quarter - 2, 3 * quarter)


def _months(year: int, first: int, last: int) -> tuple[datetime.date, datetime.date]:
    days = calendar.monthrange(year, last)[1]
    return datetime.date(year, first, 1), datetime.date(year, last, days)


def period_of(cell: Cell) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day of a month or of a span of days: "12-14 May 2022"."""
    if not isinstance(cell, str) or len(words := " ".join(cell.split())) > _LONGEST_SPAN:
        return None
    if (month := month_of(words)) is not None:
        return month
    if half := _HALF.fullmatch(fold(words)):
        start = 1 if half["first"] else 7
        return _months(int(half[2]), start, start + 5)
    if months := _MONTHS.fullmatch(fold(words)):
        one, other = (month_of(f"{months[n]} {months[3]}") for n in (1, 2))
        return (one[0], other[1]) if one and other and one < other else None
    for found in find_dates(fold(words), Span(0, len(words))):
        if found.span == Span(0, len(words)) and found.first and found.last:
            return (found.first, found.last) if found.first < found.last else None
    return None


class Dates:
    """Reads the dates of one sheet.

    Parameters:
        find_order: returns the order that the sheet's dates show; called when it is first needed.
        day_0: the day that a workbook counts its days from; None where numbers are no days.
    """

    def __init__(
        self,
        find_order: Callable[[], DateOrder | None],
        day_0: datetime.date | None = None,
    ) -> None:
        self._find_order = find_order
        self._day_0 = day_0
        self._order: DateOrder | Literal["unknown"] | None = "unknown"
        self._doubtful: list[str] = []

    def doubts(self) -> list[str]:
        """Return, once, what is to be said of dates that were read by their sheet's order."""
        found, self._doubtful = self._doubtful, []
        return found

    def read(self, cell: Cell) -> datetime.date | int:
        """Return the day of a cell, or the year when it holds no more.

        Raises:
            UnreadError: it is no date, does not exist, or may be two dates.
        """
        if isinstance(cell, datetime.datetime):
            return cell.date()
        if isinstance(cell, datetime.date):
            return cell
        if isinstance(cell, Fault):
            raise UnreadError(cell.message)
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return self._number(cell, typed=True)
        return self._words(str(cell).strip())

    def _number(self, number: int | float, *, typed: bool = False) -> datetime.date | int:
        if number == int(number) and _YEAR.fullmatch(str(int(number))):
            return int(number)
        if found := _COMPACT.fullmatch(f"{number:.0f}"):
            return _day(found[0], int(found[1]), int(found[2]), int(found[3]))
        if typed and self._day_0 and int(number) in _SERIAL:
            day = self._day_0 + datetime.timedelta(days=int(number))
            self._doubtful.append(
                f"the number {number:g} is read as {day}, the day that the workbook counts so. "
                "Format the cell as a date."
            )
            return day
        hint = ""
        if int(number) in _SERIAL:
            day = _EXCEL_DAY_0 + datetime.timedelta(days=int(number))
            hint = f" In a spreadsheet it may stand for {day}: format the cell as a date."
        raise UnreadError(f"{number} is no date.{hint or f' {_HOW}.'}")

    def _words(self, words: str) -> datetime.date | int:
        if _YEAR.fullmatch(words):
            return int(words)
        if found := _COMPACT.fullmatch(words):
            return _day(words, int(found[1]), int(found[2]), int(found[3]))
        if words.isdecimal():
            return self._number(int(words[:9]))
        for pattern, d, m, y in ((_ISO, 3, 2, 1), (_DOTTED, 1, 2, 3)):
            if found := pattern.fullmatch(words):
                return _day(words, int(found[y]), int(found[m]), int(found[d]))
        if (found := _ROMAN_MONTH.fullmatch(words)) and found[2] in _ROMAN:
            return _day(words, int(found[3]), _ROMAN.index(found[2]) + 1, int(found[1]))
        if found := _VAGUE.fullmatch(fold(words)):
            self._doubtful.append(f"“{words}” is read as {found[1]}, which alone is certain.")
            return int(found[1])
        if found := _SLASHED.fullmatch(words):
            return self._slashed(words, int(found[1]), int(found[3]), int(found[4]))
        if found := _SHORT_MONTH.fullmatch(words):
            day = _long(f"{found[1]} {found[2]} {_century(int(found[3]))}")
            self._doubtful.append(f"“{words}” is read as {day}. Write the year with four digits.")
            return day
        if _SHORT_YEAR.fullmatch(words):
            raise UnreadError(f"its year has two digits, so it may mean several dates. {_HOW}.")
        return _long(words)

    def _slashed(self, words: str, first: int, second: int, year: int) -> datetime.date:
        order = order_of(words)
        if order is None and first != second and max(first, second) <= 12:
            order = self._sheet_order()
            if order is None:
                one = make_date(year, second, first)
                other = make_date(year, first, second)
                raise UnreadError(
                    f"it may mean {one} or {other}, and the sheet does not show which order its "
                    f"dates are in. {_HOW}."
                )
            self._doubt(words, order, year, first, second)
        day, month = (second, first) if order == "month" else (first, second)
        return _day(words, year, month, day)

    def _doubt(self, words: str, order: DateOrder, year: int, first: int, second: int) -> None:
        chosen, other = make_date(year, second, first), make_date(year, first, second)
        if order == "month":
            chosen, other = other, chosen
        self._doubtful.append(
            f"“{words}” is read as {chosen}, since other dates of the sheet have the {order} "
            f"first; by itself it may mean {other} as well. Check it, or write it as {chosen}."
        )

    def _sheet_order(self) -> DateOrder | None:
        if self._order == "unknown":
            self._order = self._find_order()
        return self._order


def _day(words: str, year: int, month: int, day: int) -> datetime.date:
    found = make_date(year, month, day)
    if found is None:
        raise UnreadError(f"this date does not exist. {_HOW}.")
    return found


def _century(year: int) -> int:
    """The year that two digits mean: no result is older than 1970."""
    return year + (2000 if year < 70 else 1900)


def _long(words: str) -> datetime.date:
    words = _DASHED_MONTH.sub(r"\1 \2 \3", words)
    if len(words) <= 60:
        words = words[lead.end() :] if (lead := _LEAD.match(fold(words))) else words
        for found in find_dates(fold(words), Span(0, len(words))):
            whole = found.span.end - found.span.start == len(words)
            if whole and found.impossible:
                raise UnreadError(f"this date does not exist. {_HOW}.")
            if whole and found.first is not None:
                if found.first == found.last:
                    return found.first
                raise UnreadError("it is a span of days, where one day is asked for.")
    raise UnreadError(f"it is no date that can be read. {_HOW}.")
