"""Record to RDF and back, and record to plain values: the only place that knows both.

``record_to_triples`` and ``triples_to_record`` are inverse: record → RDF → record is the identity.
"""

from outcome_graph.mapping.cids import cids_drafts, is_cids, record_to_cids
from outcome_graph.mapping.metadata import (
    RecordMetadata,
    metadata_of,
    metadata_triples,
    same_record,
    with_metadata,
)
from outcome_graph.mapping.plain import record_to_plain
from outcome_graph.mapping.reader import is_record_graph, triples_to_record
from outcome_graph.mapping.splitting import split_by_record
from outcome_graph.mapping.writer import record_to_triples

__all__ = [
    "RecordMetadata",
    "cids_drafts",
    "is_cids",
    "is_record_graph",
    "metadata_of",
    "metadata_triples",
    "record_to_cids",
    "record_to_plain",
    "record_to_triples",
    "same_record",
    "split_by_record",
    "triples_to_record",
    "with_metadata",
]
