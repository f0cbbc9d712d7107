"""Telling which column a heading stands for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from outcome_graph.tables.column import Column, Kind
from outcome_graph.tables.content import CONTENT
from outcome_graph.tables.facts import FACTS
from outcome_graph.tables.heading_words import all_words, are_names, key_by_words
from outcome_graph.tables.lexicon import KEYS
from outcome_graph.tables.senses import SENSES, singulars

__all__ = ["COLUMNS", "Heading", "column_of", "find_column", "fold_heading", "is_ours"]

#: All columns, in the order of a table.
COLUMNS: tuple[Column, ...] = FACTS + CONTENT


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading stands for.

    Parameters:
        column: the column.
        language: the language it names for the texts below it ("Title (fr)"), else None.
        loose: whether it may mean other things too ("Result", "Details").
        said: whether a person has said so.
    """

    column: Column
    language: str | None = None
    loose: bool = False
    said: bool = False


#: "Title (fr)", "Titre (FR)", "title_en", "Title - Spanish".
_LANGUAGE_MARK = re.compile(
    r"\s*[(\[]\s*([a-z]{2,3}(?:-[a-z0-9]{2,8})?|EN|FR|ES|PT|AR|RU|ZH)\s*[)\]]\s*\Z"
    r"|[\s_]*(?:[\s_(\[]|\s[-–]\s)(en|fr|es|pt|EN|FR|ES|PT|"
    r"(?i:english|french|spanish|portuguese|anglais|français|espagnol|portugais|"
    r"inglés|francés|español|portugués))[)\]]?\Z"
)
_LANGUAGE_OF = {
    **dict.fromkeys(("english", "anglais", "inglés"), "en"),
    **dict.fromkeys(("french", "français", "francés"), "fr"),
    **dict.fromkeys(("spanish", "espagnol", "español"), "es"),
    **dict.fromkeys(("portuguese", "portugais", "portugués"), "pt"),
}
#: A heading of more words is a sentence.
_MOST_WORDS = 6
_NOTE = re.compile(r"\s*[(\[](.*)[)\]]\s*\Z", re.DOTALL)
#: "Country/ies", "Partner(s)", "país/es".
_PLURAL = re.compile(r"(?<=[^\W\d_])(?:/(?:ies|es|s)\b|\((?:ies|es|s)\))", re.IGNORECASE)


def fold_heading(text: str) -> str:
    """Fold a heading for comparing: letters and digits only, small, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.replace("&", "and").casefold())
    return "".join(c for c in decomposed if c.isalnum())


def _headings() -> dict[str, Column]:
    found: dict[str, Column] = {}
    for column in COLUMNS:
        for words in (column.key, column.field, *column.headings, *column.synonyms):
            if found.setdefault(fold_heading(words), column) is not column:
                raise AssertionError(f"two columns are called {words}")
    return found


_BY_HEADING = _headings()
#: "Result no." numbers the results, "Number of partners" counts them.
_NUMBERING = frozenset(("no", "nr", "num", "number", "numero"))
#: Words that say no more than that a column holds such a thing.
_FILLERS = (
    SENSES["small"]
    | SENSES["name"]
    | _NUMBERING
    | {"en", "title", "titre", "titulo"}
    | {"national", "nationale", "nationales", "nationaux", "nacional", "nacionales"}
)
_UNNUMBERED = (Kind.TEXT, Kind.ORGANISATIONS, Kind.CONSTITUENTS, Kind.ACTIVITIES)
_PROJECT = frozenset(("project", "projet", "proyecto"))
_PROJECT_NAME = SENSES["name"] | {"title", "titre", "intitule", "titulo"}


def _words(text: str) -> frozenset[str]:
    words = all_words(text)
    return words - _FILLERS or words


def _by_words() -> dict[frozenset[str], Column]:
    """Headings by the words they are made of: "Name of country" is "Country name"."""
    found: dict[frozenset[str], Column] = {}
    for column in COLUMNS:
        for words in (*column.headings, *column.synonyms, *column.loose):
            if words == "achieved in":
                # Without its small word it may ask yes or no.
                continue
            if found.setdefault(_words(words), column) is not column:
                raise AssertionError(f"two columns have the words of {words}")
    return found


_BY_WORDS = _by_words()
_BY_KEY = {column.key: column for column in COLUMNS}
_LOOSE = {_words(words) for column in COLUMNS for words in column.loose}


def is_ours(heading: str, column: Column) -> bool:
    """Tell whether a heading is one that we list for a column, or a name of it and no more."""
    names = KEYS[column.key].names if column.key in KEYS else frozenset()
    return _column(heading) is column or singulars(_words(heading)) <= singulars(names)


def column_of(name: str) -> Column | None:
    """Return the column of a name that stands for nothing else: a heading, a key, a synonym."""
    found = find_column(name)
    return found.column if found is not None and not found.loose else None


def find_column(heading: str) -> Heading | None:
    """Tell which column a heading stands for, None when it is none of ours.

    A note in parentheses is passed over ("Date (day.month.year)"), a number after the heading of a
    list too ("Constituent 2"); a language in parentheses says in which language texts are.

    Parameters:
        heading: as it stands in the table.
    """
    heading = _PLURAL.sub("", heading).strip(" *:")
    column = _column(heading)
    if column is not None:
        return Heading(column)
    marked = _LANGUAGE_MARK.search(heading)
    if marked and marked.start():
        found = find_column(heading[: marked.start()])
        language = (marked[1] or marked[2]).lower()
        if found is not None and found.column.kind is Kind.TEXT:
            return replace(found, language=_LANGUAGE_OF.get(language, language))
        if found is not None and marked[1]:
            return None
    bare = _NOTE.sub("", heading)
    column = _column(bare)
    if column is not None:
        return Heading(column)
    found = _by_its_words(bare)
    if found is not None or bare == heading:
        return found
    # "Resultado obtenido (título)", "Instrument (law, decree)"
    return _by_its_words(heading)


def _by_its_words(heading: str) -> Heading | None:
    every = all_words(heading)
    if len(every - _FILLERS) > _MOST_WORDS or _names_projects(every):
        return None
    words = _words(heading)
    column, loose = _BY_WORDS.get(words), words in _LOOSE
    if column is None:
        key = key_by_words(every)
        column = _BY_KEY[key] if key else None
        loose = key is None or key not in KEYS or not are_names(words, key)
    if column is None or (column.kind in _UNNUMBERED and every & _NUMBERING):
        return None
    return Heading(column, loose=loose)


def _names_projects(words: frozenset[str]) -> bool:
    """Whether a heading asks for the name of a project, which is no symbol."""
    return bool(words & _PROJECT and words & _PROJECT_NAME)


def _column(heading: str) -> Column | None:
    folded = fold_heading(heading)
    column = _BY_HEADING.get(folded)
    if column is None and (bare := folded.rstrip("0123456789")) != folded:
        column = _BY_HEADING.get(bare)
        return column if column is not None and column.kind.is_list else None
    return column
