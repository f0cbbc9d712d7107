"""IATI 2.0x activity files: each result of an activity is a draft record.

``stream`` cuts a file into activities, one in memory at a time; ``activity`` and ``results`` read
their parts; ``reader`` makes drafts of them.
"""

from outcome_graph.sources.iati.reader import read_activities
from outcome_graph.sources.iati.sniff import is_compressed, root_element

__all__ = ["is_compressed", "read_activities", "root_element"]
