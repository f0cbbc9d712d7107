"""The Common Impact Data Standard (CIDS), both ways: drafts of its outcomes, and records in it.

Pure functions over statements; ``cids_reading`` and ``cids_writing`` hold the two ways.
"""

from outcome_graph.mapping.cids_reading import cids_drafts, is_cids
from outcome_graph.mapping.cids_writing import record_to_cids

__all__ = ["cids_drafts", "is_cids", "record_to_cids"]
