"""From a row to a draft record: cells to fields, each complaint with sheet, cell, column and value.

Coded fields keep the row's own words; ``linking`` resolves them.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from outcome_graph.draft import WHOLE, Draft, Location, Problem, Severity
from outcome_graph.model import (
    PROFILES,
    Contribution,
    OutcomeRecord,
    SourceDocument,
    Texts,
    record_id,
)
from outcome_graph.sources.page.addresses import clean_url
from outcome_graph.sources.tables.cells import (
    language_of,
    plain,
    read_step,
    read_text,
    read_whole,
    says_nothing,
    without_marks,
)
from outcome_graph.sources.tables.codes import code_items
from outcome_graph.sources.tables.dates import Dates, UnreadError, month_of, period_of, quarter_of
from outcome_graph.sources.tables.flags import answer
from outcome_graph.sources.tables.header import BoundColumn
from outcome_graph.sources.tables.items import ItemReader
from outcome_graph.sources.tables.joined import value_of
from outcome_graph.sources.tables.rows import Cell, Fault, is_blank
from outcome_graph.sources.tables.values import KnownWords
from outcome_graph.tables import COLUMN_BY_KEY, Kind, fold_heading

__all__ = ["RowReader"]

_LOCAL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")
_BIENNIUM = re.compile(r"\D*((?:19|20)\d\d)\s*[-/–‑]\s*(?:\d\d)?(\d\d)\D*")
_INDICATOR = re.compile(r"\D*(\d{1,2}(?:\.\d{1,2}){1,3})\W*")
#: "8.1.1: Number of countries that …"
_NAMED_INDICATOR = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,2})\s*[:–—-]\s+[^\W\d].*", re.DOTALL)
#: "KEN - Kenya"
_CODED_COUNTRY = re.compile(r"([A-Z]{3})\s*[:–—-]\s*([^\W\d].*)")
#: Those of the template and of exported tables: what stands below is the id of a record.
_ID_HEADINGS = {fold_heading(words) for words in COLUMN_BY_KEY["id"].headings}
#: Texts of sentences.
_PROSE = frozenset(("achievement", "contribution", "genderEquality"))
_PROFILE = {fold_heading(name): name for name in PROFILES}


@dataclass(slots=True)
class _Reading:
    """What has been read of one row."""

    language: str
    fields: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    #: What is to be said of the cell at hand.
    doubts: list[str] = field(default_factory=list)
    #: The month that stands where a day is asked for.
    month: tuple[datetime.date, datetime.date] | None = None
    #: Whether a day could not be read.
    undated: bool = False


class _TwoYearsError(UnreadError):
    """Two columns of a row name different years."""


class RowReader:
    """Reads the rows of one sheet.

    Parameters:
        columns: the sheet's columns.
        dates: reads its dates.
        language: the language of texts in rows that name none.
        document: the file that the records are read from.
        known: the reference data, which tell where names part.
    """

    def __init__(
        self,
        columns: Sequence[BoundColumn],
        dates: Dates,
        language: str,
        document: SourceDocument,
        known: KnownWords | None = None,
    ) -> None:
        self.dates = dates
        self.language = language
        self.document = document
        # The language first: it is that of the row's texts.
        self.columns = sorted(columns, key=lambda bound: bound.column.key != "language")
        self._items = ItemReader(dates, known)
        self._numbered = False
        self._section: tuple[str, str] | None = None
        self._said_section = False
        self._readers: dict[Kind, Callable[[_Reading, BoundColumn, Cell], None]] = {
            Kind.ID: self._id,
            Kind.TEXT: self._text,
            Kind.DATE: self._date,
            Kind.YEAR: self._year,
            Kind.NUMBER: self._number,
            Kind.CODE: self._code,
            Kind.CHOICE: self._code,
            Kind.ADDRESS: self._address,
            Kind.CODES: self._codes,
            Kind.CHOICES: self._codes,
            Kind.ORGANISATIONS: self._list,
            Kind.CONSTITUENTS: self._list,
            Kind.LEGAL_ACTS: self._list,
            Kind.PROJECTS: self._list,
            Kind.ACTIVITIES: self._list,
        }

    def begin_section(self, key: str, words: str) -> None:
        """Take a country or a region (the key) for that of the rows that follow and name none."""
        self._section, self._said_section = (key, words), False

    def read(self, cells: Sequence[Cell], locate: Callable[[int | None], Location]) -> Draft:
        """Read a row.

        Parameters:
            cells: its cells. locate: returns the place of one, columns counted from 0, and that
                of the row without one.
        """
        reading = _Reading(self.language)
        places: dict[str, Location] = {WHOLE: locate(None)}
        filled: set[str] = set()
        for bound in self.columns:
            cell, column = value_of(bound, cells), bound.column
            merged = cell if isinstance(cell, Fault) and cell.above is not None else None
            cell = merged.above if merged is not None else cell
            blank = is_blank(cell) or (bound.flag is None and says_nothing(cell))
            if column.key == "id" and blank:
                continue
            where = locate(bound.index if bound.constant is None else None)
            if column.key == "id" and _numbers_rows(bound, cell):
                self._say_once(reading, bound, where)
                continue
            if column.field not in (places if blank else filled):
                places[column.field] = where
            if not blank:
                filled.add(column.field)
                if merged is not None:
                    reading.doubts.append(f"“{cell}” is taken from above: {merged.message}")
                try:
                    if not self._answered(reading, bound, cell):
                        self._readers[column.kind](reading, bound, cell)
                except UnreadError as error:
                    reading.problems.append(_complaint(bound, cell, error, where))
                    reading.undated |= column.kind is Kind.DATE and not isinstance(
                        error, _TwoYearsError
                    )
                for doubt in (*self.dates.doubts(), *self._items.doubts(), *reading.doubts):
                    message = f"Column “{bound.heading}”: {doubt}"
                    reading.problems.append(Problem("warning", message, column.field, where))
                reading.doubts.clear()
        self._take_section(reading, places)
        self._demand_title(reading, places)
        _keep_without_day(reading)
        record = self._record(reading, cells)
        return Draft(record, tuple(reading.problems), tuple(places.items()))

    def _say_once(self, reading: _Reading, bound: BoundColumn, where: Location) -> None:
        if not self._numbered:
            message = (
                f"Column “{bound.heading}” numbers the rows; it names no records and was not read. "
                "Call it Record ID if it does."
            )
            reading.problems.append(Problem("warning", message, None, where))
        self._numbered = True

    def _take_section(self, reading: _Reading, places: dict[str, Location]) -> None:
        if self._section is None or reading.fields.keys() & {"country", "region"}:
            return
        if any(problem.field == "country" for problem in reading.problems):
            return
        key, words = self._section
        reading.fields[key] = words
        places.setdefault(key, places[WHOLE])
        if not self._said_section:
            message = (
                f"“{words}” stands alone in a row above and is taken as the {key} of the rows "
                f"below it. Give each row its {key} if that is wrong."
            )
            reading.problems.append(Problem("warning", message, key, places[key]))
        self._said_section = True

    # --- cells ---

    def _answered(self, reading: _Reading, bound: BoundColumn, cell: Cell) -> bool:
        """Read a cell that says yes or no to what its column asks for; False where it is none."""
        if bound.flag is None:
            return False
        is_branch = bound.column.kind is Kind.CHOICES
        said = answer(cell, numbers=is_branch)
        if said is None:
            if is_branch:
                raise UnreadError(
                    f"it says neither yes nor no to “{bound.flag}”. Write “yes”, or leave it empty."
                )
            return False
        if said:
            name = bound.column.field
            reading.fields[name] = (*reading.fields.get(name, ()), bound.flag)
        return True

    def _id(self, reading: _Reading, bound: BoundColumn, cell: Cell) -> None:
        words = plain(cell)
        if not _LOCAL_ID.fullmatch(words):
            raise UnreadError(
                "it cannot name a record. Use letters, digits, '.', '_', '~' and '-', or leave "
                "the "
                "cell empty."
            )
        reading.fields["id"] = words

    def _text(self, reading: _Reading, bound: BoundColumn, cell: Cell) -> None:
        if bound.column.key in _PROSE and answer(cell, numbers=True) is not None:
            # "Gender focus: yes" tells nothing that could be stated.
            reading.doubts.append(
                f"“{cell}” was left out: it says yes or no, where a text is asked for."
            )
            return
        if bound.column.key == "genderEquality" and " " not in (words := plain(cell)):
            reading.doubts.append(f"“{words}” was left out: one word is a mark, and no text.")
            return
        text = read_text(plain(cell), bound.language or reading.language)
        name = bound.column.field
        reading.fields[name] = (*reading.fields.get(name, ()), text)

    def _date(self, reading: _Reading, bound: BoundColumn, cell: Cell) -> None:
        name = bound.column.field
        if name == "achieved_on" and (month := month_of(cell)) is not None:
            reading.month = month
            return
        if name == "achieved_on" and (quarter := quarter_of(cell)) is not None:
            reading.month = quarter
            reading.doubts.append(
                f"“{cell}” is read as {quarter[0]} to {quarter[1]}, a quarter of the calendar. If "
                "your quarters are others, write the day, or Period start and Period end."
            )
            return
        try:
            day = self.dates.read(cell if not isinstance(cell, str) else plain(cell))
        except UnreadError:
            if name == "achieved_on" and (period := period_of(cell)) is not None:
                reading.month = period
                return
            raise
        if isinstance(day, datetime.date):
            reading.fields[name] = day
        elif name == "achieved_on":
            _put_year(reading, "achieved_in", day)
        else:
            raise UnreadError("it is a year, where a day is asked for. Write it as 2020-04-01.")

    def _year(self, reading: _Reading, bound: BoundColumn, cell: Cell) -> None:
        if (month := month_of(cell)) is not None:
            reading.month = month
            return
        year = self.dates.read(cell if not isinstance(cell, str) else plain(cell))
        _put_year(reading, bound.column.field, year if isinstance(year, int) else year.year)

    def _number(self, reading: _Reading, bound: BoundColumn, cell: Cell) -> None:
        words = plain(cell)
        read = read_step if bound.column.key == "step" else read_whole
        reading.fields[bound.column.field] = read(words)

    def _code(self, reading: _Reading, bound: BoundColumn, cell: Cell) -> None:
        words = without_marks(plain(cell, code=True))
        name = bound.column.field
        if name == "indicator" and (named := _NAMED_INDICATOR.fullmatch(words)):
            words = named[1]
        elif name == "country" and (coded := _CODED_COUNTRY.fullmatch(words)):
            words = f"{coded[2]} ({coded[1]})"
        elif name == "visibility" and bound.if_yes is not None:
            words = self._visibility(cell, bound.if_yes)
        if name == "profile":
            profile = _PROFILE.get(fold_heading(words))
            if profile is None:
                raise UnreadError(
                    f"there is no such profile. Write {', '.join(PROFILES)}, or nothing."
                )
            words = profile
        elif name == "language":
            words = reading.language = language_of(words)
        reading.fields[name] = words

    @staticmethod
    def _visibility(cell: Cell, if_yes: str) -> str:
        """Read yes or no below "May it be published?" or "Confidential"."""
        said = answer(cell, numbers=True)
        if said is None:
            raise UnreadError("it says neither yes nor no. Write “yes” or “no”.")
        other = {"public": "internal", "internal": "public"}
        return if_yes if said else other[if_yes]

    def _address(self, reading: _Reading, bound: BoundColumn, cell: Cell) -> None:
        words = plain(cell)
        url = clean_url(words) if words.lower().startswith(("http://", "https://")) else None
        if url is None:
            raise UnreadError(
                "it is no web address. Write it whole, beginning with https://, or leave the cell "
                "empty."
            )
        reading.fields["source"] = url

    def _codes(self, reading: _Reading, bound: BoundColumn, cell: Cell) -> None:
        name = bound.column.field
        found = code_items(cell, bound.column, bound.heading)
        reading.fields[name] = (*reading.fields.get(name, ()), *found)

    def _list(self, reading: _Reading, bound: BoundColumn, cell: Cell) -> None:
        name = bound.column.field
        found, problems = self._items.read(
            bound.column.kind, plain(cell), reading.language, bound.heading
        )
        reading.fields[name] = (*reading.fields.get(name, ()), *found)
        if problems:
            raise UnreadError(" ".join(problems))

    # --- the record ---

    @staticmethod
    def _demand_title(reading: _Reading, places: dict[str, Location]) -> None:
        if "titles" in places and not reading.fields.get("titles"):
            if any(p.field == "titles" for p in reading.problems):
                return
            reading.problems.append(
                Problem(
                    "error",
                    "The row has no title. Write in one sentence what was achieved.",
                    "titles",
                    places["titles"],
                )
            )

    def _record(self, reading: _Reading, cells: Sequence[Cell]) -> OutcomeRecord:
        values = dict(reading.fields)
        if reading.month is not None and not values.keys() & {"period_start", "period_end"}:
            # A result of a month is one of a period: no day is made up.
            values["period_start"], values["period_end"] = reading.month
        contribution = Contribution(
            contributors=values.pop("contributors", ()),
            narrative=values.pop("contribution", ()),
            activities=values.pop("activities", ()),
        )
        code, biennium, indicator = (values.get(n) for n in ("code", "biennium", "indicator"))
        values.setdefault("profile", "result-page" if code and biennium and indicator else "core")
        values.setdefault("language", reading.language)
        values.setdefault("id", _made_id(values))
        url = values.pop("source", None)
        return OutcomeRecord(
            **values,
            contribution=contribution if contribution != Contribution() else None,
            source=replace(self.document, url=url) if url else self.document,
        )


def _numbers_rows(bound: BoundColumn, cell: Cell) -> bool:
    """Whether a cell below "ID" holds a number, as many tables have it, and no record's id.

    Records called so would replace those of every other table that counts its rows.
    """
    if fold_heading(bound.heading) in _ID_HEADINGS:
        return False
    return isinstance(cell, int) or (isinstance(cell, str) and cell.strip().isdecimal())


def _put_year(reading: _Reading, name: str, year: int) -> None:
    if reading.fields.setdefault(name, year) != year:
        raise _TwoYearsError("another column of the row names another year. Keep one of the two.")


def _keep_without_day(reading: _Reading) -> None:
    """Keep a row whose day cannot be read when other cells say when it was."""
    if not reading.undated or not reading.fields.keys() & {"achieved_in", "period_start"}:
        return
    for n, problem in enumerate(reading.problems):
        if problem.field == "achieved_on" and problem.severity == "error":
            message = f"{problem.message} The row was read without it: another cell says when."
            reading.problems[n] = replace(problem, severity="warning", message=message)


def _complaint(bound: BoundColumn, cell: Cell, error: Exception, where: Location) -> Problem:
    shown = " ".join(str(cell).split()) if isinstance(cell, str | int | float) else ""
    if isinstance(cell, datetime.date | datetime.time):
        shown = str(cell)
    value = f" “{shown[:80]}{'…' if len(shown) > 80 else ''}”:" if shown else ""
    message = f"Column “{bound.heading}”:{value} {error}"
    # What the heading does not ask for need not be there.
    severity: Severity = "warning" if bound.by_values else "error"
    return Problem(severity, message, bound.column.field, where)


def _made_id(values: dict[str, Any]) -> str:
    """Return the id of a row that names none.

    Code, biennium and indicator make it where they are there and well written. Else it is made of
    what tells results apart, so that the same row gets the same id in an edited table.
    """
    code = re.sub(r"[\s-]", "", values.get("code") or "").upper()
    biennium = _BIENNIUM.fullmatch(values.get("biennium") or "")
    indicator = _INDICATOR.fullmatch(values.get("indicator") or "")
    if re.fullmatch(r"[A-Z]{3}\d{2,5}", code) and biennium and indicator:
        return record_id(code, f"{biennium[1]}-{biennium[2]}", indicator[1])
    titles: Texts = values.get("titles", ())
    parts = (
        *(values.get(name) for name in ("source", "code", "country", "region")),
        *(values.get(name) for name in ("achieved_on", "achieved_in", "period_start")),
        *(t.value for t in titles),
    )
    digest = hashlib.sha256("\n".join("" if p is None else str(p) for p in parts).encode())
    return f"row-{digest.hexdigest()[:12]}"
