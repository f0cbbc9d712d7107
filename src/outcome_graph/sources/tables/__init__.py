"""Reading tables: CSV files and XLSX workbooks with one outcome a row.

``csv_rows`` and ``xlsx_rows`` (over ``package`` and ``workbook``) make rows of bytes; ``header``
finds the headings; ``drafts`` makes drafts of rows with the help of ``cells``, ``dates``, ``items``
and ``inner``. The columns are described in ``outcome_graph.tables``.
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
