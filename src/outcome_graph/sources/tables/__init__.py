"""Reading tables: CSV files and XLSX workbooks with one outcome a row.

``csv_rows`` and ``xlsx_rows`` (over ``package`` and ``workbook``) make rows of bytes; ``header``
finds the headings; ``drafts`` makes drafts of rows with the help of ``cells``, ``dates``, ``items``
and ``inner``. The columns are described in ``outcome_graph.tables``.
"""

from outcome_graph.sources.tables.reader import CSV_TYPE, XLSX_TYPE, read_cells, read_csv, read_xlsx
from outcome_graph.sources.tables.values import KnownWords

__all__ = ["CSV_TYPE", "XLSX_TYPE", "KnownWords", "read_cells", "read_csv", "read_xlsx"]
