"""Whole-store validation against full pySHACL: same records, same run.

``python tests/benchmarks/store_validation.py [RECORDS] [INVALID%…]`` prints records per second and
memory. pySHACL validates a sample, whose results must be those of the screen.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "validation"), str(TESTS / "validation" / "screen")]

from seed import MINTER  # noqa: E402
from synthetic import synthetic  # noqa: E402

from outcome_graph.namespaces import DCTERMS, OG, XSD  # noqa: E402
from outcome_graph.pipeline import OutcomeGraph  # noqa: E402
from outcome_graph.pipeline.store_validation import validate_stores  # noqa: E402
from outcome_graph.rdf import Literal, NamedNode, Quad, RdfFormat, Triple, serialize  # noqa: E402

SAMPLE = 200


def invalid(record_id: str, triples: list[Triple], number: int) -> list[Triple]:
    """Return a record's statements with one mistake of the usual kinds."""
    chance = random.Random(number)
    outcome = MINTER.outcome(record_id)
    kind = chance.randrange(8)
    if kind < 3:
        lost = (DCTERMS.title, OG.country, OG.step)[kind]
        return [t for t in triples if (t.subject, t.predicate) != (outcome, lost)]
    added = (
        Triple(outcome, OG.achievedOn, Literal("2035-01-01", datatype=XSD.date)),
        Triple(outcome, OG.country, NamedNode("http://example.org/nowhere")),
        Triple(outcome, OG.sdgTarget, NamedNode("http://metadata.un.org/sdg/99.9")),
        Triple(outcome, OG.code, Literal("not a code")),
        Triple(outcome, OG.achievement, Literal("in no language")),
    )[kind - 3]
    return [*triples, added]


def make(folder: Path, records: int, percent: int) -> None:
    """Make a store of records, of which some are invalid."""
    file = folder / "records.nq"
    with file.open("wb") as out:
        for number in range(records):
            record_id, triples = synthetic(number)
            if number * 37 % 100 < percent:
                triples = invalid(record_id, triples, number)
            graph = MINTER.record(record_id)
            quads = (Quad(t.subject, t.predicate, t.object, graph) for t in triples)
            out.write(serialize(quads, format=RdfFormat.N_QUADS) or b"")
    with OutcomeGraph.open(folder / "store") as made:
        made.store.bulk_load(file, "application/n-quads", reason="bench", agent="bench")


def measure(folder: Path) -> None:
    """Validate a store by the screen, and a sample by pySHACL, and print the figures."""
    with OutcomeGraph.open(folder / "store", read_only=True) as graph:
        ids = graph.record_ids()
        start, cpu = time.perf_counter(), time.process_time()
        report = validate_stores(graph.stores, graph.validator)
        taken, used = time.perf_counter() - start, time.process_time() - cpu
        memory = _peak()
        sample = ids[:: max(1, len(ids) // SAMPLE)][:SAMPLE]
        given = [(i, graph.stores.triples(i)) for i in sample]
        validator = graph.validator
        graph.validator.check(*given[0])
        start = time.perf_counter()
        alone = [validator.check(i, t) for i, t in given]
        each = (time.perf_counter() - start) / len(sample)
        screened = {i: report.completeness[i] for i in sample}
        assert screened == {c.record_id: c.completeness for c in alone}
        print(
            f"{len(ids)} records, {report.refused} invalid: screen {len(ids) / taken:.0f}/s "
            f"({taken:.2f} s, {used:.2f} s of processor, {memory} MB), "
            f"pySHACL {1 / each:.0f}/s, {each * len(ids) / taken:.0f} times",
            flush=True,
        )


def _peak() -> int:
    """Return the most memory this process had so far, in MB (Linux)."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def main() -> None:
    """Make and measure each store; measuring has a process of its own."""
    if sys.argv[1:2] == ["measure"]:
        measure(Path(sys.argv[2]))
        return
    numbers = [int(a) for a in sys.argv[1:]]
    records, percents = (numbers or [10_000])[0], numbers[1:] or [0, 5, 40]
    for percent in percents:
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder), records, percent)
            subprocess.run([sys.executable, __file__, "measure", folder], check=True)


if __name__ == "__main__":
    main()
