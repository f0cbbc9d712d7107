"""What the cells of a column hold, told without its heading: countries, days, codes, acts.

Each test answers for a whole column, and yes only where its cells can hardly be anything else.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from typing import Protocol
from urllib.parse import urlsplit

from outcome_graph.sources.page.acts import find_acts
from outcome_graph.sources.page.addresses import clean_url
from outcome_graph.sources.page.projects import SYMBOL
from outcome_graph.sources.page.words.bodies import CONNECTORS, HEADS, HEADS_FIRST
from outcome_graph.sources.tables.agencies import works_in_many_countries
from outcome_graph.sources.tables.dates import Dates, UnreadError, month_of, quarter_of
from outcome_graph.sources.tables.inner import split_bodies, split_items
from outcome_graph.sources.tables.items import code_items
from outcome_graph.sources.tables.rows import Cell
from outcome_graph.sources.text import SourceText, fold
from outcome_graph.tables import COLUMN_BY_KEY, speaks_of_sdgs

__all__ = [
    "KnownWords",
    "are_agencies",
    "are_bodies",
    "are_days",
    "are_mostly_payers",
    "are_named_bodies",
    "are_names",
    "are_organisations",
    "are_sentences",
    "are_statements",
    "are_titles",
    "is_coded",
    "kind_of",
    "name_donors",
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
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*\Z")
#: Longer ones, in characters, are prose.
_LONGEST = 1_000
#: No heading is longer.
_LONGEST_HEADING = 100
_TITLE_WORDS, _MEAN_WORDS = range(2, 26), 3
_BIG_WORD = re.compile(r"[^\W\d_]{4,}")
#: What titles say that has been done; hardly a name has these words.
_DONE = re.compile(
    r"\b(?:adopted|approved|enacted|passed|launched|extended|created|established|ratified|"
    r"introduced|opened|raised|reformed|signed|adoptee?s?|approuvee?s?|lancee?s?|creee?s?|"
    r"etendue?s?|ratifiee?s?|aprobad[oa]s?|adoptad[oa]s?|cread[oa]s?|ampliad[oa]s?|"
    r"ratificad[oa]s?|lanzad[oa]s?|promulgad[oa]s?)\b"
)
#: Of ten names so many must look like those of bodies; none is longer, in characters.
_BODIES, _LONGEST_BODY = 0.8, 120
_CONSTITUENTS = frozenset(("government", "workers", "employers"))


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
    if found == ["country"] and not _all(cells, lambda words: _is_country(words, known), _HALF):
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


def are_organisations(cells: Sequence[Cell], known: KnownWords) -> bool:
    """Tell whether cells name organisations or countries that we know, as a column of payers."""
    return _all(cells, lambda words: all(_is_payer(name, known) for name in names_in(words)))


def name_donors(cells: Sequence[Cell], known: KnownWords) -> bool:
    """Tell whether cells name governments or their agencies, as those of donors do."""
    names = [_IN_BRACKETS.sub("", n) for cell in cells for n in names_in(str(cell))]
    return any(known.is_donor(name) or _is_country(name, known) for name in names)


def _is_payer(name: str, known: KnownWords) -> bool:
    bare = _IN_BRACKETS.sub("", name)
    return any(known.is_payer(words) or _is_country(words, known) for words in (name, bare))


def names_in(words: str) -> list[str]:
    """Part the names of a cell, for looking at them: by more than the reader parts them."""
    return [name for name in _BETWEEN_NAMES.split(words) if name]


def are_sentences(cells: Sequence[Cell]) -> bool:
    """Tell whether cells hold prose: sentences with a full stop."""
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    sentences = (len(words.split()) > 2 and words.endswith((".", "!")) for words in texts)
    return len(texts) == len(cells) >= _FEWEST and all(sentences)


def are_titles(cells: Sequence[Cell]) -> bool:
    """Tell whether cells hold short sentences without a full stop, each another one, no names."""
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    return (
        len(texts) == len(set(texts)) == len(cells) >= _FEWEST
        and all(len(words.split()) in _TITLE_WORDS and words[-1] not in ".?:" for words in texts)
        and sum(len(words.split()) for words in texts) >= _MEAN_WORDS * len(texts)
        and not any(map(_in_capitals, texts))
        and not are_names(cells)
    )


def are_names(cells: Sequence[Cell]) -> bool:
    """Tell whether cells name bodies: "Caisse nationale de prévoyance", "Trades Union Congress"."""
    return all(isinstance(cell, str) and _is_name(cell.strip()) for cell in cells)


def are_statements(cells: Sequence[Cell]) -> bool:
    """Tell whether cells hold single sentences, each another one, no names; a full stop may end
    them."""
    return are_titles([c.strip().rstrip(".") if isinstance(c, str) else c for c in cells])


def are_bodies(cells: Sequence[Cell], known: KnownWords, *, asked: bool) -> bool:
    """Tell whether cells name bodies, and some at least by a word such as "Ministry".

    Parameters:
        cells: those of a column that are not blank. known: the reference data.
        asked: whether the heading asks for bodies, so that most may be told by initials.
    """
    if not cells or not all(isinstance(cell, str) for cell in cells):
        return False
    names = [_IN_BRACKETS.sub("", n) for cell in cells for n in split_bodies(str(cell))]
    named = [name for name in names if _is_body(name, known)]
    typed = [name for name in named if known.type_of_body(name) is not None]
    return len(named) >= _BODIES * len(names) and len(typed) >= max(
        1, 0 if asked else len(names) / 2
    )


def are_named_bodies(cells: Sequence[Cell], known: KnownWords) -> bool:
    """Tell whether cells name bodies of any type, most by a word for one or known, and no persons.

    Parameters:
        cells: those of a column that are not blank. known: the reference data.
    """
    if not cells or not all(isinstance(cell, str) for cell in cells):
        return False
    names = [_IN_BRACKETS.sub("", n) for cell in cells for n in split_bodies(str(cell))]
    told = [n for n in names if known.is_organisation(n) or (_is_body(n, known) and _is_headed(n))]
    return all(_is_body(name, known) for name in names) and len(told) >= _BODIES * len(names)


def are_mostly_payers(cells: Sequence[Cell], known: KnownWords) -> bool:
    """Tell whether most names are of those who pay, and the others of bodies, none constituents'.

    Parameters:
        cells: those of a column that are not blank. known: the reference data.
    """
    names = [_IN_BRACKETS.sub("", n) for cell in cells for n in names_in(str(cell))]
    others = [name for name in names if not _is_payer(name, known)]
    bodies = all(
        _is_body(name, known) and known.type_of_body(name) not in _CONSTITUENTS for name in others
    )
    return bodies and 2 * len(others) < len(names)


def are_agencies(cells: Sequence[Cell], known: KnownWords) -> bool:
    """Tell whether most names are of bodies that work in many countries, and none of constituents.

    Parameters:
        cells: those of a column that are not blank. known: the reference data.
    """
    names = [_IN_BRACKETS.sub("", n) for cell in cells for n in names_in(str(cell))]
    agencies = [
        name for name in names if known.is_organisation(name) or works_in_many_countries(name)
    ]
    others = [name for name in names if known.type_of_body(name) in _CONSTITUENTS]
    return 2 * len(agencies) > len(names) > 0 and not others


def _is_body(words: str, known: KnownWords) -> bool:
    return len(words) <= _LONGEST_BODY and (_is_name(words) or known.is_organisation(words))


def _is_name(words: str) -> bool:
    """Whether words may name a body: no sentence, and in capitals or begun with a word for one."""
    if words.endswith((".", "!", "?")):
        return False
    return _in_capitals(words) or _is_headed(words)


def _is_headed(words: str) -> bool:
    """Whether words begin, in English end, with what bodies are called."""
    found = [fold(word).lower() for word in _BIG_WORD.findall(words)]
    return bool(found) and (found[0] in HEADS_FIRST | HEADS or found[-1] in HEADS)


def _in_capitals(words: str) -> bool:
    """Whether all words of a name are in capitals but those that join them."""
    big = [word for word in _BIG_WORD.findall(words) if word.lower() not in CONNECTORS]
    return all(word[0].isupper() for word in big) and not _DONE.search(fold(words).lower())


def _is_country(words: str, known: KnownWords) -> bool:
    if len(words) < _SHORTEST_NAME and not (len(words) == 3 and words.isupper()):
        return False
    return known.country(words) is not None


def _is_place(words: str, known: KnownWords) -> bool:
    """Whether words name a country, a region ("Arab States (regional)"), or several of them."""
    bare = _IN_BRACKETS.sub("", words)
    if any(_is_country(name, known) for name in (words, bare)) or known.region(bare):
        return True
    names = names_in(words)
    return len(names) > 1 and all(_is_country(name, known) for name in names)


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
    for item in items:
        text = SourceText.of(item)
        acts = find_acts(text, text.span, reported=True)
        if len(acts) != 1 or acts[0].number is None or acts[0].span.start != 0:
            return False
    return bool(items)


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
