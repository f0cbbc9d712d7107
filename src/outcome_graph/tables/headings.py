"""Telling which column a heading stands for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from outcome_graph.tables.column import Column, Kind
from outcome_graph.tables.content import CONTENT
from outcome_graph.tables.facts import FACTS

__all__ = ["COLUMNS", "Heading", "find_column", "fold_heading"]

#: All columns, in the order of a table.
COLUMNS: tuple[Column, ...] = FACTS + CONTENT


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading stands for.

    Parameters:
        column: the column.
        language: the language it names for the texts below it ("Title (fr)"), else None.
        loose: whether it may mean other things too ("Result", "Details").
    """

    column: Column
    language: str | None = None
    loose: bool = False


_LANGUAGE_MARK = re.compile(r"\s*[(\[]\s*([a-z]{2,3}(?:-[a-z0-9]{2,8})?)\s*[)\]]\s*\Z")
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
#: Small words, and words that say no more than that a column holds such a thing.
_FILLER = (
    "of the a an and or for in to name no nom nombre du de la le les des d l et ou del los las el "
    "y o en numero number national nationale nacional title titre titulo"
)
_FILLERS = frozenset(_FILLER.split())
#: Words that say which of several such things a column holds, never another thing: they are passed
#: over where a heading is not known with them ("Short title", "Output title", "P&B indicator").
_QUALIFIER = (
    "of the a an and or for in to de du d la le les des l et ou del los las el y o en result "
    "results outcome outcomes output outputs resultat resultats produit resultado resultados "
    "producto logro logros achieved obtained obtenu obtenus atteint obtenido obtenidos logrado "
    "logrados alcanzado short brief main key final court courte principal corto breve p b "
    "national local related concerned involved social security securite sociale seguridad "
    "associated"
)
_QUALIFIERS = frozenset(_QUALIFIER.split())
#: The columns that may be told so. Wrong codes and addresses would have their rows refused.
_QUALIFIED = frozenset(
    (
        *("country", "title", "achievedOn", "biennium", "achievement", "genderEquality"),
        *("contribution", "contributors", "activities", "legalActs", "projects", "funders"),
        *("constituents", "branches"),
    )
)
_NUMBER = frozenset(("no", "nr", "num", "number", "numero"))
#: They may stand for anything.
_ANYTHING = (frozenset(("name",)), frozenset(("nombre",)), frozenset(("on",)))
#: Headings that have a word of ours and are no column of ours: the name of a project is no symbol.
_NAMES_OF_PROJECTS = tuple(
    frozenset(words.split())
    for words in (
        "project title",
        "project name",
        "titre projet",
        "nom projet",
        "intitule projet",
        "titulo proyecto",
        "nombre proyecto",
    )
)


def _all_words(text: str) -> frozenset[str]:
    decomposed = unicodedata.normalize("NFKD", text.replace("&", " and ").casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return frozenset(re.findall(r"[a-z0-9]+", plain))


def _words(text: str) -> frozenset[str]:
    words = _all_words(text)
    return words - _FILLERS or words


def _core(text: str) -> frozenset[str]:
    """The words of a heading that tell what it is, in the singular."""
    words = _all_words(text)
    return frozenset(map(_singular, words - _QUALIFIERS))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _by_words() -> dict[frozenset[str], Column]:
    """Headings by the words they are made of: "Name of country" is "Country name"."""
    found: dict[frozenset[str], Column] = {}
    for column in COLUMNS:
        for words in (*column.headings, *column.synonyms, *column.loose):
            if not _core(words) and words not in column.loose:
                # "Achieved in" without its small word may ask yes or no.
                continue
            if found.setdefault(_words(words), column) is not column:
                raise AssertionError(f"two columns have the words of {words}")
    return found


def _by_core() -> dict[frozenset[str], Column]:
    """Headings by what is left without qualifiers, where that is one column's alone."""
    found: dict[frozenset[str], set[Column]] = {}
    for column in COLUMNS:
        for words in (*column.headings, *column.synonyms, *column.loose):
            found.setdefault(_core(words), set()).add(column)
    sure = {core: next(iter(them)) for core, them in found.items() if core and len(them) == 1}
    return {
        core: column
        for core, column in sure.items()
        if column.key in _QUALIFIED and core not in _ANYTHING
    }


_BY_WORDS = _by_words()
_BY_CORE = _by_core()
_LOOSE = {_words(words) for column in COLUMNS for words in column.loose}


def find_column(heading: str) -> Heading | None:
    """Tell which column a heading stands for, None when it is none of ours.

    A note in parentheses is passed over ("Date (day.month.year)"), a number after the heading of a
    list too ("Constituent 2"); a language in parentheses says in which language texts are.

    Parameters:
        heading: as it stands in the table.
    """
    heading = _PLURAL.sub("", heading)
    column = _column(heading)
    if column is not None:
        return Heading(column)
    marked = _LANGUAGE_MARK.search(heading)
    if marked:
        column = _column(heading[: marked.start()])
        if column is not None:
            return Heading(column, marked[1]) if column.kind is Kind.TEXT else None
    bare = _NOTE.sub("", heading)
    column = _column(bare)
    if column is not None:
        return Heading(column)
    found = _by_its_words(bare)
    if found is None and (note := _NOTE.search(heading)):
        # "Resultado obtenido (título)"
        named = _column(note[1])
        if named is not None and named.kind is Kind.TEXT:
            return Heading(named, loose=True)
    return found


def _by_its_words(heading: str) -> Heading | None:
    every = _all_words(heading)
    if len(every - _FILLERS) > _MOST_WORDS or any(every >= names for names in _NAMES_OF_PROJECTS):
        return None
    words = _words(heading)
    column, loose = _BY_WORDS.get(words), words in _LOOSE
    if column is None:
        column, loose = _BY_CORE.get(_core(heading)), True
    if column is None or (column.kind is Kind.TEXT and every & _NUMBER):
        # "Result no." numbers the results, it does not name them.
        return None
    return Heading(column, loose=loose)


def _column(heading: str) -> Column | None:
    folded = fold_heading(heading)
    column = _BY_HEADING.get(folded)
    if column is None and (bare := folded.rstrip("0123456789")) != folded:
        column = _BY_HEADING.get(bare)
        return column if column is not None and column.kind.is_list else None
    return column
