"""``bench validate``: whole-store validation beside other SHACL engines, same data, same run.

Every measurement has a process of its own (`engines`). Ours validates a store on disk; the others
get the same statements as one graph in memory, together with the shared statements that the shapes
look at. What is measured is validation alone: reading data and shapes is not counted, of anyone.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from outcome_graph.bench.records import synthetic_records
from outcome_graph.errors import StoreError
from outcome_graph.mapping import record_to_triples
from outcome_graph.namespaces import DCTERMS, OG, RDF, XSD, IriMinter
from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.rdf import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

__all__ = ["ENGINES", "Validated", "bench_validate", "validation_table"]

#: What is measured. "one-by-one" is pySHACL as this program uses it for single records: shapes
#: kept, queries parsed once, each record with its neighbourhood only.
ENGINES = ("ours", "pyshacl", "pyshacl-turbo", "pyrudof", "one-by-one")
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Validated:
    """One validation by one engine.

    Parameters:
        engine: one of `ENGINES`.
        records: how many the data hold. measured: how many the engine was given.
        invalid: per cent that were made invalid.
        cpu, wall: seconds of the processor and of the clock. memory: the most resident, in MB.
        results: how many validation results it found.
    """

    engine: str
    records: int
    measured: int
    invalid: int
    cpu: float
    wall: float
    memory: int
    results: int

    @property
    def each(self) -> float:
        """Seconds of the processor a record."""
        return self.cpu / self.measured


def bench_validate(
    records: Sequence[int],
    invalid: Sequence[int],
    *,
    peers: Sequence[str],
    sample: int = 1000,
    say: Callable[[str], None] = print,
) -> list[Validated]:
    """Measure engines one after the other.

    Parameters:
        records: sizes of the data. invalid: per cent of records that are made invalid.
        peers: engines beside ours, of `ENGINES`; those that are not installed are left out.
        sample: peers are given the first so many records only, where there are more.
        say: told what is going on.

    Raises:
        StoreError: an engine gave up.
    """
    found = []
    for count in records:
        for percent in invalid:
            with tempfile.TemporaryDirectory(prefix="outcome-graph-bench-") as name:
                folder = Path(name)
                measured = _make(folder, count, percent, sample, peers=bool(peers))
                for engine in ("ours", *peers):
                    given = count if engine == "ours" else measured
                    made = _run(engine, folder, count, given, percent)
                    if made is None:
                        say(f"{engine}: not installed, left out")
                        continue
                    found.append(made)
                    say(
                        f"{engine}: {given:,} records, {percent} % invalid: {made.cpu:.2f} s of "
                        f"processor, {made.wall:.2f} s, {made.memory} MB, {made.results:,} results"
                    )
    return found


def _run(engine: str, folder: Path, records: int, measured: int, percent: int) -> Validated | None:
    command = [sys.executable, "-m", "outcome_graph.bench.engines", engine, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise StoreError(f"The benchmark of {engine} failed: {reason}")
    answer = json.loads(done.stdout.splitlines()[-1])
    if answer is None:
        return None
    return Validated(engine, records, measured, percent, **answer)


def _make(folder: Path, records: int, percent: int, sample: int, *, peers: bool) -> int:
    """Make the data for all engines; return how many records the peers are given."""
    minter = IriMinter()
    measured = min(records, sample)
    ids: list[str] = []
    merged = folder / "merged.nt"
    with (folder / "records.nq").open("wb") as store, merged.open("wb") as graph:
        part: list[Quad] = []
        for number, (record_id, triples) in enumerate(_records(records, percent, minter)):
            name = minter.record(record_id)
            part += [Quad(t.subject, t.predicate, t.object, name) for t in triples]
            if peers and number < measured:
                ids.append(record_id)
                named = [*triples, Triple(name, RDF.type, OG.Record)]
                graph.write(serialize(named, format=RdfFormat.N_TRIPLES) or b"")
            if number % _AT_ONCE == _AT_ONCE - 1 or number == records - 1:
                store.write(serialize(part, format=RdfFormat.N_QUADS) or b"")
                part = []
        with OutcomeGraph.open(folder / "store") as made:
            store.flush()
            file = folder / "records.nq"
            made.store.bulk_load(file, "application/n-quads", reason="bench", agent="bench")
            shared = [Triple(*s) for s in made.validator.visible()]
            shapes = [Triple(*s) for s in made.validator.shapes.constraints()]
        graph.write(serialize(shared, format=RdfFormat.N_TRIPLES) or b"")
    (folder / "shapes.nt").write_bytes(serialize(shapes, format=RdfFormat.N_TRIPLES) or b"")
    (folder / "ids.json").write_text(json.dumps(ids))
    return measured


def _records(count: int, percent: int, minter: IriMinter) -> Iterator[tuple[str, list[Triple]]]:
    for number, record in enumerate(synthetic_records(count, minter=minter)):
        triples = list(dict.fromkeys(record_to_triples(record, minter)))
        if number * 37 % 100 < percent:
            triples = _broken(triples, minter.outcome(record.id), number)
        yield record.id, triples


def _broken(triples: list[Triple], outcome: NamedNode, number: int) -> list[Triple]:
    """Return a record's statements with one mistake of the usual kinds."""
    kind = random.Random(number).randrange(8)  # noqa: S311 - no secret
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


def validation_table(found: Sequence[Validated]) -> str:
    """Return a table of the measurements, with how many times ours is quicker, by processor."""
    ours = {(m.records, m.invalid): m for m in found if m.engine == "ours"}
    lines = [
        "| records | invalid | engine | records/s of processor | records/s | MB | ours |",
        "|---|---|---|---|---|---|---|",
    ]
    for m in found:
        own = ours[m.records, m.invalid]
        times = "" if m is own else f"{m.each / own.each:.1f}×"
        name = m.engine
        if m.measured < m.records:
            name += f" (measured on {m.measured:,}, by record)"
        lines.append(
            f"| {m.records:,} | {m.invalid} % | {name} | {m.measured / m.cpu:,.0f} "
            f"| {m.measured / m.wall:,.0f} | {m.memory} | {times} |"
        )
    return "\n".join(lines)
