"""How fast sources are loaded, validation and commit included, and how much memory it takes.

    python tests/benchmarks/loading.py [--records 2000] [--alone 100]

Synthetic records are written as a table by our own exporter: *rich* ones (some 97 statements each)
and *plain* ones with little more than what is mandatory. A file of real shape is made for IATI: one
activity with one result for each record. Each file is loaded by a process of its own, at N records
and at 4 N, which shows whether memory grows with the file; the memory of the process that reads it
is told beside (its rate per second of processor counts both). The peer in the same run is what a
load did before records were validated in batches: pySHACL, record by record, on the first few.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from outcome_graph.bench.records import synthetic_records
from outcome_graph.model import OutcomeRecord
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline import OutcomeGraph, write_records

_MINTER = IriMinter()


def _plain(record: OutcomeRecord) -> OutcomeRecord:
    return record.with_changes(
        contribution=None, constituents=record.constituents[:1], projects=(), legal_acts=(),
        funders=(), gender_equality=(), branches=(), evidence=(), candidates=(),
    )  # fmt: skip


def _table(records: Iterator[OutcomeRecord]) -> bytes:
    return write_records(list(records), "csv", _MINTER)


def _activity(record: OutcomeRecord) -> str:
    number = f"XM-DAC-99999-{record.id}"
    title = record.titles[0].value
    return f"""<iati-activity default-currency="USD" last-updated-datetime="2026-01-01T00:00:00Z">
<iati-identifier>{number}</iati-identifier>
<reporting-org ref="XM-DAC-99999" type="40"><narrative>A reporting organisation</narrative>
</reporting-org>
<title><narrative>{title}</narrative></title>
<description><narrative>{title}.</narrative></description>
<participating-org role="1" type="10" ref="XM-DAC-301"><narrative>Canada</narrative>
</participating-org>
<activity-status code="2"/><activity-date iso-date="2020-01-01" type="2"/>
<recipient-country code="LA" percentage="100"/>
<sector vocabulary="1" code="16010" percentage="100"/><tag vocabulary="3" code="1.3"/>
<result type="2"><title><narrative>{title}</narrative></title>
<indicator measure="1"><title><narrative>Policies adopted</narrative></title>
<baseline year="2019" value="0"/><period><period-start iso-date="2020-01-01"/>
<period-end iso-date="2020-12-31"/><target value="1"/><actual value="1"/></period></indicator>
</result>
</iati-activity>
"""


def _activities(records: Iterator[OutcomeRecord]) -> bytes:
    body = "".join(map(_activity, records))
    return (
        f'<?xml version="1.0"?>\n<iati-activities version="2.03">{body}</iati-activities>'.encode()
    )


_FILES: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "CSV, rich rows": ("rich.csv", lambda n: _table(synthetic_records(n, minter=_MINTER))),
    "CSV, plain rows": (
        "plain.csv",
        lambda n: _table(map(_plain, synthetic_records(n, minter=_MINTER))),
    ),
    "IATI activities": ("a.xml", lambda n: _activities(synthetic_records(n, minter=_MINTER))),
}


def _child(path: Path, alone: int) -> None:
    """Load a file, print what it took; with ``alone``, validate the first records one by one."""
    with tempfile.TemporaryDirectory() as folder, OutcomeGraph.open(folder) as graph:
        if alone:
            items = list(islice(graph.reader.items(next(graph.reader.sources([path]))), alone))
            graph.validator.check("x", [])  # loads the shapes
            start = time.process_time()
            for item in items:
                record = item.draft.record
                graph.validator.check(record.id, graph.reader.statements(item, record))
            print(json.dumps({"rate": len(items) / (time.process_time() - start)}))
            return
        wall, cpu = time.perf_counter(), _processor()
        summary = graph.load(path)
        wall, cpu = time.perf_counter() - wall, _processor() - cpu
        quads = graph.store.statistics()["quads"]
    own, reading = (
        resource.getrusage(who).ru_maxrss * 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    done = len(summary.committed)
    facts = {
        "done": done,
        "refused": len(summary.refused),
        "quads": quads,
        "memory": own,
        "reading": reading,
    }
    print(json.dumps({**facts, "wall": done / wall, "cpu": done / cpu}))


def _processor() -> float:
    """Return the seconds of processor of this process and of those that it started."""
    found = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in found)


def _measured(path: Path, alone: int = 0) -> dict[str, float]:
    command = [sys.executable, __file__, "--child", str(path), "--alone", str(alone)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--alone", type=int, default=100)
    parser.add_argument("--child", type=Path)
    options = parser.parse_args()
    if options.child:
        _child(options.child, options.alone)
        return
    print("| source | records | records/s | CPU: records/s | memory | pySHACL alone: records/s |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for noun, (name, make) in _FILES.items():
            path = Path(folder) / name
            for count in (options.records, 4 * options.records):
                path.write_bytes(make(count))
                found = _measured(path)
                peer = _measured(path, options.alone)["rate"] if options.alone else float("nan")
                print(
                    f"| {noun} | {found['done']:,.0f} ({found['refused']:.0f} refused) | "
                    f"{found['wall']:,.0f} | {found['cpu']:,.0f} | {found['memory'] / 1e6:,.0f} "
                    f"+ {found['reading'] / 1e6:,.0f} MB "
                    f"| {peer:,.0f} (load: {found['cpu'] / peer:.1f} ×) |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
