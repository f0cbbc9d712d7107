"""Single values of cells: plain words, texts with a language, whole numbers."""

from __future__ import annotations

import datetime
import re

from outcome_graph.errors import RecordError
from outcome_graph.model import Text
from outcome_graph.sources.tables.dates import UnreadError
from outcome_graph.sources.tables.rows import Cell, Fault
from outcome_graph.sources.text import normalise
from outcome_graph.tables import fold_heading

__all__ = [
    "language_of",
    "plain",
    "read_step",
    "read_text",
    "read_whole",
    "says_nothing",
    "without_marks",
]

_MARKED = re.compile(r"\[([a-z]{2,3}(?:-[a-z0-9]{1,8})*)\]\s+(?=\S)")
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")
_LANGUAGES = {
    **dict.fromkeys(("english", "anglais", "ingles"), "en"),
    **dict.fromkeys(("french", "francais", "frances"), "fr"),
    **dict.fromkeys(("spanish", "espagnol", "espanol", "castellano"), "es"),
    **dict.fromkeys(("arabic", "arabe"), "ar"),
    **dict.fromkeys(("portuguese", "portugais", "portugues"), "pt"),
}
_STEP = re.compile(r"[^\d-]{0,12}(\d{1,4})(?:\.0)?[^\d.,]{0,3}")
_NAMED_STEP = re.compile(r"[^\d-]{0,12}([1-3])\s*[:.)–—-]\s+[^\W\d].*", re.DOTALL)
_MARKS = re.compile(r"\s*(?:[*†‡§¹²³⁴⁵⁶⁷⁸⁹]{1,4}|\[\d{1,2}\])\Z")
#: Digits with their thousands parted: "1,200", "1 200", "1'200".
_WHOLE = re.compile(r"-?(\d{1,15}|\d{1,3}(?:[,.’'\s]\d{3}){1,4})")


#: What people write where there is nothing to write, folded.
_NOTHING = frozenset(
    (
        *("-", "--", "---", "–", "—", "/", "?", "...", "…", ".", "n/a", "n.a.", "n.a", "n/d"),
        *("n.d.", "s/o", "s/d", "s.d.", "s.o.", "#n/a", "none", "nil", "tbc", "tbd", "t.b.c."),
        *("t.b.d.", "not applicable", "not available", "sans objet", "néant", "aucun", "aucune"),
        *("non applicable", "non disponible", "ninguno", "ninguna", "no aplica", "sin datos"),
        *("no disponible", "por definir", "à préciser", "à définir", "to be confirmed"),
        *("to be determined", "(none)", "(blank)", "null"),
    )
)
_LONGEST_NOTHING = 20


def says_nothing(cell: Cell) -> bool:
    """Tell whether a cell holds what people write where there is nothing: "n/a", "—"."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_NOTHING:
        return False
    return cell.strip().casefold() in _NOTHING


def plain(cell: Cell, *, code: bool = False) -> str:
    """Return a cell's value as text, with line ends as "\\n" and no space at its ends.

    Parameters:
        cell: the cell, not blank.
        code: a date is refused: spreadsheet programs make dates of codes such as "8.1.1".

    Raises:
        UnreadError: the cell has no value of its own, or a date where a code is asked for.
    """
    if isinstance(cell, str):
        # Most cells are plain already.
        return cell.strip() if cell.isascii() and cell.isprintable() else normalise(cell).strip()
    if isinstance(cell, Fault):
        raise UnreadError(cell.message)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime.date | datetime.time):
        if code:
            raise UnreadError(
                "the spreadsheet program has made a date of it. Format the column as text and "
                "write the value anew."
            )
        if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
            return cell.date().isoformat()
        return cell.isoformat()
    return repr(cell) if not isinstance(cell, float) or not cell.is_integer() else str(int(cell))


def read_text(words: str, language: str) -> Text:
    """Read a text; "[fr] …" before it names its language.

    Parameters:
        words: not blank. language: what it is in when it says nothing.
    """
    if words.startswith("[") and (marked := _MARKED.match(words)):
        return Text(words[marked.end() :], marked[1])
    return Text(words, language)


def language_of(words: str) -> str:
    """Return the tag of a language given by tag or name.

    Raises:
        UnreadError: it is neither.
    """
    found = _LANGUAGES.get(fold_heading(words), words.lower().replace("_", "-"))
    if not _TAG.fullmatch(found):
        raise UnreadError("it is no language that we know. Write its code: en, fr, es …")
    try:
        return Text("x", found).language
    except RecordError as error:
        raise UnreadError(error.message) from error


def read_step(words: str) -> int:
    """Read the number of a step, with its word or its name beside it: "Step 2: legislation".

    Raises:
        UnreadError: it is none.
    """
    found = _STEP.fullmatch(words) or _NAMED_STEP.fullmatch(words)
    return int(found[1]) if found else read_whole(words)


def without_marks(words: str) -> str:
    """Return a value without the marks of notes below the table: "Kenya¹", "Togo*"."""
    return _MARKS.sub("", words) or words


def read_whole(words: str) -> int:
    """Read a whole number.

    Raises:
        UnreadError: it is none.
    """
    if not _WHOLE.fullmatch(words):
        raise UnreadError("it is no whole number. Write digits only.")
    return int(re.sub(r"[^\d-]", "", words))
