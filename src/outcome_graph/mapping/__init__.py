"""Record to RDF and back, and record to plain values: the only place that knows both.

``record_to_triples`` and ``triples_to_record`` are inverse: record → RDF → record is the identity.
"""

from outcome_graph.mapping.metadata import RecordMetadata, metadata_of, with_metadata
from outcome_graph.mapping.plain import record_to_plain
from outcome_graph.mapping.reader import is_record_graph, triples_to_record
from outcome_graph.mapping.writer import record_to_triples

__all__ = [
    "RecordMetadata",
    "is_record_graph",
    "metadata_of",
    "record_to_plain",
    "record_to_triples",
    "triples_to_record",
    "with_metadata",
]
