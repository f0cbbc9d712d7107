"""Lists in cells: codes, organisations, legal acts, projects, activities."""

from __future__ import annotations

import datetime
import hashlib
import re
from typing import Any

from outcome_graph.errors import UsageError
from outcome_graph.model import Activity, LegalAct, Organisation, Project, Text, Texts
from outcome_graph.namespaces import slugify
from outcome_graph.sources.page.names import split_names
from outcome_graph.sources.page.words.acts import kind_of_act
from outcome_graph.sources.tables.act_cells import abbreviates_kind, names_act, read_act
from outcome_graph.sources.tables.bodies import listed_agencies, listed_bodies
from outcome_graph.sources.tables.cells import read_text, read_whole
from outcome_graph.sources.tables.dates import Dates, UnreadError
from outcome_graph.sources.tables.inner import (
    read_constituent,
    split_bodies,
    split_items,
    split_parts,
    unescape,
)
from outcome_graph.sources.tables.values import KnownWords
from outcome_graph.sources.text import SourceText, fold
from outcome_graph.tables import Kind

__all__ = ["ItemReader", "kind_in_heading"]

#: "1152", "2021-085", "224/PM": an act's number and no more.
_ACT_NUMBER = re.compile(r"[A-Z]{0,4}[-/ ]?\d[\w./-]{0,15}")
_COUNTRY = re.compile(r"[A-Z]{3}")
_UNKNOWN_PLACE = "XXX"
#: What writes types, parts and the like: such a cell says itself where an item ends.
_MARKS = frozenset("()\\|")
#: A cell of more characters is no list of names.
_LONGEST_LIST = 5000
#: What part a body had, which is no part of its name: "Ministry of Labour (lead)".
_PART = re.compile(
    r"\s*\((?:lead|leader|lead agency|chair|co-?chair|host|observer|coordinat(?:or|ion)|"
    r"chef de file|pilote|pr[ée]sidence|l[ií]der|coordinador(?:a)?|coordinaci[óo]n)\)",
    re.IGNORECASE,
)
#: "Norway (50%)", "Japan (USD 2 million)".
_PORTION = re.compile(r"\s*\((?:[\d.,\s]+%|(?:USD|EUR|US\$|\$|€|CHF|GBP|£)\s?[\d.,]+(?:\s?\w+)?)\)")
#: What pays or acts, and is no body.
_NOBODY = re.compile(
    r"(?:own|core|internal|domestic|national|regular|state|government)\s(?:resources|funds|funding|"
    r"budget)|fonds propres|(?:ressources|moyens) propres|budget (?:national|ordinaire|de l'etat)|"
    r"(?:recursos|fondos|fundos) propri?os|presupuesto (?:nacional|ordinario|propio)|"
    r"various|several|multiple|divers|varios|others?|autres|otros|outros|all|tous|todos|self|"
    r"(?:various|several|multiple|different)\s(?:donors|partners|funders)|multi-?donors?",
    re.IGNORECASE,
)
#: "30", "60 %", "120 (60 women)".
_FIGURE = re.compile(r"[\d.,\s]+(?:%|(?<=\d)\s?[a-zà-ÿ(][^A-ZÀ-Þ]*)?")
_NAMES = (Kind.ORGANISATIONS, Kind.CONSTITUENTS)
#: Names parted with less confidence are left as the cell has them.
_CLEAR = 0.85


class ItemReader:
    """Reads cells that hold lists of things with parts.

    Parameters:
        dates: reads the dates of the sheet. known: the reference data, if any.
    """

    def __init__(self, dates: Dates, known: KnownWords | None = None) -> None:
        self.dates = dates
        self.known = known
        self._doubtful: list[str] = []

    def read(
        self, kind: Kind, words: str, language: str, heading: str = ""
    ) -> tuple[list[Any], list[str]]:
        """Read a cell.

        Parameters:
            kind: what it holds. words: the cell. language: of its texts.
            heading: of its column: "Decree no." says what its numbers are of.

        Returns:
            The things, and what is wrong with them.
        """
        read = {
            Kind.ORGANISATIONS: self._organisation,
            Kind.CONSTITUENTS: self._constituent,
            Kind.LEGAL_ACTS: self._legal_act,
            Kind.PROJECTS: self._project,
            Kind.ACTIVITIES: self._activity,
        }[kind]
        found: list[Any] = []
        wrong: list[str] = []
        if kind in _NAMES:
            words = _PORTION.sub("", _PART.sub("", words))
        items = split_bodies(words) if kind in _NAMES else split_items(words)
        if kind is Kind.CONSTITUENTS and len(items) == 1 and _is_parted(words):
            items = self._parted(words)
        if kind is Kind.ORGANISATIONS and (known := self.known) is not None:
            items = [name for item in items for name in listed_agencies(item, known) or [item]]
        for item in items:
            if why := _no_item(kind, item):
                self._doubtful.append(f"“{item[:80]}” was left out: {why}.")
                continue
            is_number = _ACT_NUMBER.fullmatch(item) and not abbreviates_kind(item)
            if kind is Kind.LEGAL_ACTS and is_number:
                item = f"{kind_in_heading(heading)} | {item}"
            try:
                found.append(read(item, language))
            except UnreadError as error:
                wrong.append(f"in “{item[:80]}”, {error}")
        return found, wrong

    def doubts(self) -> list[str]:
        """Return, once, what is to be said of names that may be several."""
        found, self._doubtful = self._doubtful, []
        return found

    def _parted(self, words: str) -> list[str]:
        """Part names by commas or " / " where that is clear."""
        if listed := listed_bodies(words):
            return listed
        text = SourceText.of(words)
        names = split_names(text, text.span)
        if all(name.confidence >= _CLEAR for name in names):
            return [name.name for name in names]
        self._doubtful.append(
            f"“{words[:80]}” is read as one name. If it is several, write “;” between them."
        )
        return [words]

    @staticmethod
    def _organisation(item: str, language: str) -> Organisation:
        return _named(unescape(item).strip(), language)

    @staticmethod
    def _constituent(item: str, language: str) -> Organisation:
        name, type_ = read_constituent(item)
        return _named(name, language, type_)

    def _legal_act(self, item: str, language: str) -> LegalAct:
        parts = split_parts(item)
        if len(parts) == 1:
            return _written_act(parts[0], language)
        kind, number, day, passed_by, title, place = _padded(parts, 6)
        date = self._day_or_year(day)
        if place and not _COUNTRY.fullmatch(place):
            raise UnreadError(f"{place!r} is no ISO code of a country, such as LAO.")
        return LegalAct(
            place=place or _UNKNOWN_PLACE,
            # Apart from each other; linking gives them their names.
            slug=_slug(" ".join(parts)),
            number=number or None,
            # Other kinds are for linking to know, by their labels.
            type=kind_of_act(fold(kind)) or kind or None,
            date=date if isinstance(date, datetime.date) else None,
            year=date if isinstance(date, int) else None,
            passed_by=_named(passed_by, language) if passed_by else None,
            titles=_texts(title, language),
        )

    @staticmethod
    def _project(item: str, language: str) -> Project:
        identifier, title, *funders = _padded(split_parts(item), 2, exact=False)
        if not identifier:
            raise UnreadError("the project has no symbol. Begin with it: symbol | title | funder.")
        return Project(
            identifier,
            _texts(title, language),
            tuple(_named(name, language) for name in funders if name),
        )

    def _activity(self, item: str, language: str) -> Activity:
        title, start, end, place, participants = _padded(split_parts(item), 5)
        first = self._day(start)
        return Activity(
            titles=_texts(title, language),
            start=first,
            end=self._day(end),
            place=place or None,
            participants=read_whole(participants) if participants else None,
        )

    def _day_or_year(self, words: str) -> datetime.date | int | None:
        if not words:
            return None
        try:
            return self.dates.read(words)
        except UnreadError as error:
            raise UnreadError(f"“{words}”: {error}") from error

    def _day(self, words: str) -> datetime.date | None:
        day = self._day_or_year(words)
        if isinstance(day, int):
            raise UnreadError(f"{day} is a year, where a day is asked for. Write it as 2020-04-01.")
        return day


def _no_item(kind: Kind, item: str) -> str | None:
    """Say why what stands in a list is none of its things, None where it may be one."""
    if kind in _NAMES and _FIGURE.fullmatch(item):
        return "a number is no name"
    if kind in _NAMES and _NOBODY.fullmatch(fold(item)):
        return "it names no body"
    if "|" in item:
        return None
    if kind is Kind.LEGAL_ACTS and not re.search(r"\d", item) and not names_act(item):
        return "it names no act. Write its kind before its name"
    if kind is Kind.PROJECTS and not re.search(r"\d", item):
        return "a project goes by its symbol. Write it before the name: symbol | title"
    return None


def kind_in_heading(heading: str) -> str:
    """The kind of act that a heading names: "Decree no."; empty where it is none, or several."""
    words = re.findall(r"[^\W\d_]+", fold(heading).lower())
    kinds = {kind_of_act(word) for word in words} - {None}
    if any(word.startswith(("legal", "jur")) for word in words):
        kinds.discard("act")  # "Legal act" is any of them
    return str(kinds.pop()) if len(kinds) == 1 else ""


def _is_parted(words: str) -> bool:
    """Whether commas or strokes may stand between names."""
    if len(words) > _LONGEST_LIST or not _MARKS.isdisjoint(words):
        return False
    return ", " in words or " / " in words


def _written_act(words: str, language: str) -> LegalAct:
    """Read an act as prose names it: "Decree No. 224/PM of 1 April 2020"; else it is a title."""
    act = read_act(words)
    if act is None:
        # No more than a name: "Decree on pensions"; or several, which a person has to part.
        return LegalAct(_UNKNOWN_PLACE, _slug(words), titles=_texts(words, language))
    return LegalAct(
        place=_UNKNOWN_PLACE,
        slug=_slug(words),
        number=act.number,
        type=act.type,
        date=act.date.last if act.date else None,
        year=act.year,
        passed_by=_named(act.passed_by, language) if act.passed_by else None,
        titles=_texts(words, language),
    )


def _padded(parts: list[str], length: int, *, exact: bool = True) -> list[str]:
    if exact and len(parts) > length:
        raise UnreadError(
            f"there are {len(parts)} parts, where at most {length} are asked for. Part them by | "
            "and write \\| for a stroke within one."
        )
    return parts + [""] * (length - len(parts))


def _named(name: str, language: str, type_: str | None = None) -> Organisation:
    if not name:
        raise UnreadError("a name is missing.")
    return Organisation(_slug(name), (Text(name, language),), type_)


def _texts(words: str, language: str) -> Texts:
    return (read_text(words, language),) if words else ()


def _slug(words: str) -> str:
    try:
        return slugify(words)
    except UsageError:
        return f"name-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
