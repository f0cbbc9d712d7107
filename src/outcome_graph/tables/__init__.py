"""The columns of outcome tables (CSV, XLSX), as reader, writer, template and docs share them.

A table has one row for each outcome. A column is known by any of its headings: in English, French
or Spanish, by its key (the JSON name of ``convert --to json``), or by a synonym; capitals, accents,
spaces and punctuation do not matter. A column that holds a list may be repeated ("Constituent 1",
"Constituent 2").
"""

from outcome_graph.tables.column import LANGUAGES, Column, Kind, Words
from outcome_graph.tables.heading_words import all_words, speaks_of
from outcome_graph.tables.headings import COLUMNS, Heading, find_column, fold_heading, is_ours
from outcome_graph.tables.said import SaidColumns
from outcome_graph.tables.value_headings import (
    asks_for,
    asks_whether_achieved,
    asks_who_did_it,
    asks_who_helped,
    is_vague,
    may_hold,
    speaks_of_approval,
    speaks_of_sdgs,
    speaks_of_secrecy,
    tells_of_something_else,
    visibility_of_yes,
)

__all__ = [
    "COLUMNS",
    "COLUMN_BY_KEY",
    "CONSTITUENT_TYPES",
    "EXAMPLE_IDS",
    "LANGUAGES",
    "SHEET_NAMES",
    "Column",
    "Heading",
    "Kind",
    "SaidColumns",
    "Words",
    "all_words",
    "asks_for",
    "asks_whether_achieved",
    "asks_who_did_it",
    "asks_who_helped",
    "find_column",
    "fold_heading",
    "is_ours",
    "is_vague",
    "may_hold",
    "speaks_of",
    "speaks_of_approval",
    "speaks_of_sdgs",
    "speaks_of_secrecy",
    "tells_of_something_else",
    "visibility_of_yes",
]

COLUMN_BY_KEY: dict[str, Column] = {column.key: column for column in COLUMNS}

#: A row with one of these as its id is the template's example and is not read.
EXAMPLE_IDS = frozenset(COLUMN_BY_KEY["id"].example)

#: What each type of constituent is called between parentheses.
CONSTITUENT_TYPES: dict[str, Words] = {
    "government": Words("government", "gouvernement", "gobierno"),
    "workers": Words("workers", "travailleurs", "trabajadores"),
    "employers": Words("employers", "employeurs", "empleadores"),
    "other": Words("other", "autre", "otro"),
}

#: Names of the sheets of a workbook: the rows, the instructions, the values of the drop-downs.
SHEET_NAMES: dict[str, Words] = {
    "outcomes": Words("Outcomes", "Résultats", "Resultados"),
    "instructions": Words("Instructions", "Mode d'emploi", "Instrucciones"),
    "lists": Words("Lists", "Listes", "Listas"),
}
