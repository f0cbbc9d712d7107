"""What the cells of a column hold, told without its heading: countries, days, codes, acts.

Each test answers for a whole column, and yes only where its cells can hardly be anything else.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from typing import Protocol
from urllib.parse import urlsplit

from outcome_graph.sources.page.addresses import clean_url
from outcome_graph.sources.page.projects import SYMBOL
from outcome_graph.sources.tables.act_cells import read_act
from outcome_graph.sources.tables.codes import code_items
from outcome_graph.sources.tables.dates import Dates, UnreadError, month_of, quarter_of
from outcome_graph.sources.tables.inner import split_items
from outcome_graph.sources.tables.rows import Cell
from outcome_graph.tables import COLUMN_BY_KEY, speaks_of_sdgs

__all__ = [
    "IN_BRACKETS",
    "KnownWords",
    "are_days",
    "is_coded",
    "is_country",
    "kind_of",
    "names_in",
]


class KnownWords(Protocol):
    """What is known of the words in cells: the reference data, as the reader of tables asks it."""

    def country(self, words: str) -> str | None:
        """Return the code of the country that words name."""

    def region(self, words: str) -> str | None:
        """Return the code of the region that words name."""

    def has_place(self, code: str) -> bool:
        """Tell whether three letters are the code of a country or region."""

    def sdg(self, words: str) -> str | None:
        """Return the kind of SDG code that words are for certain: goal, target or indicator."""

    def concept(self, scheme: str, words: str) -> str | None:
        """Return the notation of the concept of a scheme that words name."""

    def is_organisation(self, words: str) -> bool:
        """Tell whether words name an organisation of the registry."""

    def works_in_many_countries(self, words: str) -> bool:
        """Tell whether words name an organisation of the registry, or its office in a country."""

    def is_payer(self, words: str) -> bool:
        """Tell whether words name who pays for work elsewhere: a known body or a government."""

    def is_donor(self, words: str) -> bool:
        """Tell whether words name a government or its agency for working in other countries."""

    def type_of_body(self, words: str) -> str | None:
        """Return the type of constituent that the words of a name tell, None where none do."""


#: Of ten countries one may be written in a way that we do not know, or be two: such a row has to be
#: mended in any case. Of other kinds all cells must be, so that no row is refused for a guess.
_NEARLY_ALL, _HALF = 0.9, 0.5
#: One cell may be anything, unless it is written as nothing else is.
_FEWEST = 2
_UNLIKE_OTHERS = frozenset(("projects", "legalActs"))
_CODE = re.compile(r"([A-Z]{3})[ -]?\d{3}")
_BIENNIUM = re.compile(r"((?:19|20)\d\d)\s?[-/–]\s?((?:19|20)?\d\d)")
_INDICATOR = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}")
_STEP = re.compile(r"(?:step|étape|etape|etapa|paso)\s[1-3]", re.IGNORECASE)
_PREFIXED = re.compile(r"(?:sdgs?|odd|ods)\b", re.IGNORECASE)
_TARGETS = re.compile(
    r"(?:(?:sdgs?|odd|ods)\s?)?\d{1,2}\.\w{1,2}(?:\s?[;,]\s?(?:(?:sdgs?|odd|ods)\s?)?\d{1,2}\.\w{1,2})*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
#: Shorter words are codes or answers: "No" is Norway and a refusal.
_SHORTEST_NAME = 4
_BETWEEN_NAMES = re.compile(r"\s*[;,/+&|\n]\s*|\s+(?:and|et|y|e)\s+")
IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*\Z")
#: Longer ones, in characters, are prose.
_LONGEST = 1_000
#: No heading is longer.
_LONGEST_HEADING = 100


def _all(
    cells: Sequence[Cell],
    test: Callable[[str], bool],
    share: float = 1.0,
    fewest: int = _FEWEST,
) -> bool:
    allowed = len(cells) - share * len(cells)
    good = 0
    for n, cell in enumerate(cells):
        good += isinstance(cell, str) and len(cell) <= _LONGEST and test(cell.strip())
        if n + 1 - good > allowed:
            return False
    return good >= fewest


def is_coded(cell: Cell) -> bool:
    """Tell whether a cell holds what no heading is.

    A code, a project's symbol, an address, SDG targets, a day, numbered acts. Cells that a workbook
    holds as days may be headings, of months.
    """
    words = cell.strip() if isinstance(cell, str) else ""
    if not 0 < len(words) <= _LONGEST_HEADING:
        return False
    forms = (_CODE, SYMBOL, _ADDRESS, _TARGETS)
    if any(form.fullmatch(words) for form in forms):
        return True
    day = month_of(words) is None and _is_day(words, Dates(lambda: "day"))
    return day or _are_acts(words)


def kind_of(heading: str, cells: Sequence[Cell], known: KnownWords) -> str | None:
    """Return the key of the column that cells are of by their form, None when of none or several.

    Parameters:
        heading: of the column: it may name the SDGs.
        cells: those of it that are not blank. known: the reference data.
    """
    named = speaks_of_sdgs(heading)
    return _sdg_kind(cells, known, named=named) or _told_by_form(cells, known)


def _told_by_form(cells: Sequence[Cell], known: KnownWords) -> str | None:
    tests: dict[str, Callable[[str], bool]] = {
        "country": lambda words: _is_place(words, known),
        "code": lambda words: bool((m := _CODE.fullmatch(words)) and known.has_place(m[1])),
        "projects": lambda words: all(SYMBOL.fullmatch(item) for item in split_items(words)),
        "biennium": _is_biennium,
        "step": lambda words: bool(_STEP.fullmatch(words)),
        "indicator": lambda words: bool(_INDICATOR.fullmatch(words)),
        "visibility": lambda words: known.concept("visibility", words) is not None,
        "resultType": lambda words: known.concept("result-type", words) is not None,
        "branches": lambda words: all(
            not i.isdecimal() and known.concept("branch", i) for i in split_items(words)
        ),
        "legalActs": _are_acts,
        "source": _is_page,
    }
    found = [
        key
        for key, test in tests.items()
        if _all(
            cells,
            test,
            _NEARLY_ALL if key == "country" else 1.0,
            1 if key in _UNLIKE_OTHERS else _FEWEST,
        )
    ]
    if found == ["country"] and not _all(cells, lambda words: is_country(words, known), _HALF):
        return None  # "Kenya; Uganda" in all rows: those of a programme
    if not found and are_days(cells):
        found = ["achievedOn"]
    if found == ["code"] and len(set(cells)) < len(cells):
        return None  # the same code in several rows may be that of a programme
    if found == ["visibility"] and len(set(cells)) == 1:
        return None  # "public" in all rows may be said of a sector
    if found in (["branches"], ["resultType"]) and _says_nothing(cells, known):
        return None  # so may "all" and "other" of anything
    return found[0] if len(found) == 1 else None


def _sdg_kind(cells: Sequence[Cell], known: KnownWords, *, named: bool) -> str | None:
    """Return the key of the column of SDG codes that cells are of, None when of none.

    Parameters:
        cells: those of a column that are not blank. known: the reference data.
        named: whether the heading names the SDGs. If not, each code must: 1.3 may be a budget.
    """
    kinds: set[str | None] = set()
    for cell in cells:
        try:
            items = code_items(cell, COLUMN_BY_KEY["sdgTargets"])
        except UnreadError:
            return None
        items = tuple(part for item in items for part in re.split(r"\s*,\s*", item))
        if not named and not _PREFIXED.match(items[0]):
            return None
        kinds |= {known.sdg(item) for item in items}
    if None in kinds or len(cells) < _FEWEST:
        return None
    keys = {"goal": "sdgGoals", "target": "sdgTargets", "indicator": "sdgIndicators"}
    # Of a column of goals and targets linking puts each where it belongs.
    return keys[str(kinds.pop())] if len(kinds) == 1 else "sdgTargets"


def names_in(words: str) -> list[str]:
    """Part the names of a cell, for looking at them: by more than the reader parts them."""
    return [name for name in _BETWEEN_NAMES.split(words) if name]


def is_country(words: str, known: KnownWords) -> bool:
    """Tell whether words name a country, by more than a short code of anything."""
    if len(words) < _SHORTEST_NAME and not (len(words) == 3 and words.isupper()):
        return False
    return known.country(words) is not None


def _is_place(words: str, known: KnownWords) -> bool:
    """Whether words name a country, a region ("Arab States (regional)"), or several of them."""
    bare = IN_BRACKETS.sub("", words)
    if any(is_country(name, known) for name in (words, bare)) or known.region(bare):
        return True
    names = names_in(words)
    return len(names) > 1 and all(is_country(name, known) for name in names)


def _says_nothing(cells: Sequence[Cell], known: KnownWords) -> bool:
    words = {str(cell) for cell in cells}
    return all(
        known.concept("branch", w) == "all" or known.concept("result-type", w) == "other"
        for w in words
    )


def _is_biennium(words: str) -> bool:
    found = _BIENNIUM.fullmatch(words)
    if found is None:
        return False
    first = int(found[1])
    return first % 2 == 0 and int(found[2]) % 100 == (first + 1) % 100


def _are_acts(words: str) -> bool:
    items = split_items(words)
    acts = [read_act(item) for item in items]
    return bool(acts) and all(act and act.number and act.span.start == 0 for act in acts)


def _is_page(words: str) -> bool:
    """Whether words are the address of a page, not of a whole site."""
    if not _ADDRESS.fullmatch(words) or clean_url(words) is None:
        return False
    return bool(urlsplit(words).path.strip("/"))


def are_days(cells: Sequence[Cell]) -> bool:
    """Tell whether all are days or months; numbers and times of day are not: they date entries."""
    # Either order will do: whether the sheet shows one is asked when the cell is read.
    dates = Dates(lambda: "day")
    return len(cells) >= _FEWEST and all(_is_day(cell, dates) for cell in cells)


def _is_day(cell: Cell, dates: Dates) -> bool:
    if isinstance(cell, datetime.datetime):
        return cell.time() == datetime.time()
    if isinstance(cell, datetime.date):
        return True
    if not isinstance(cell, str):
        return False
    if month_of(cell) is not None or quarter_of(cell) is not None:
        return True
    try:
        return isinstance(dates.read(cell), datetime.date)
    except UnreadError:
        return False
