"""Benchmarks: ours beside its peers, on the same data in the same run. Never a test assertion."""

from outcome_graph.bench.peers import PEERS
from outcome_graph.bench.records import synthetic_records, write_dataset
from outcome_graph.bench.report import Measurement, table, to_json
from outcome_graph.bench.serving import ServeResult, bench_serve

__all__ = [
    "PEERS",
    "Measurement",
    "ServeResult",
    "bench_serve",
    "synthetic_records",
    "table",
    "to_json",
    "write_dataset",
]
