"""Reading tables: CSV files and XLSX workbooks with one outcome a row.

Which question is answered where, in the order in which ``reader`` asks them:

- What are the rows? ``csv_rows``; ``xlsx_rows`` over ``package`` and ``workbook``; ``mended_sheet``
  (letters encoded twice), ``form`` (headings below each other), ``several_rows`` (of one result).
- Which row has the headings, and what do their words say? ``header``, with the words of
  ``outcome_graph.tables`` (``lexicon``, ``senses``), ``flags`` (yes or no) and ``above``.
- What do the values below say of the columns? ``by_values`` asks ``joined``, ``misnamed``,
  ``by_bodies`` and ``by_texts`` in turn, about the columns as ``seen`` has them. What one column
  holds is told by ``values`` (forms), ``bodies`` (names) and ``prose``.
- When is a row data? ``row_kinds``.
- What does a cell hold? ``drafts`` goes through a row, with ``cells`` (single values), ``dates``,
  ``codes``, ``items`` (lists of things with parts), ``act_cells`` and ``inner`` (how lists part).
"""

from typing import TYPE_CHECKING

from outcome_graph.lazy import lazy_names

if TYPE_CHECKING:
    from outcome_graph.sources.tables.reader import (
        CSV_TYPE,
        XLSX_TYPE,
        read_cells,
        read_csv,
        read_xlsx,
    )
    from outcome_graph.sources.tables.values import KnownWords

__all__ = ["CSV_TYPE", "XLSX_TYPE", "KnownWords", "read_cells", "read_csv", "read_xlsx"]

# A load that has a table read by another process needs none of these itself.
__getattr__ = lazy_names(
    __name__,
    {
        "outcome_graph.sources.tables.reader": (
            "CSV_TYPE",
            "XLSX_TYPE",
            "read_cells",
            "read_csv",
            "read_xlsx",
        ),
        "outcome_graph.sources.tables.values": ("KnownWords",),
    },
)
