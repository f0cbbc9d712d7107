"""``bench serve``: answers a second, latencies and memory, ours beside the peers in one run."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from outcome_graph.bench.client import Load, ask_each, get_request, run_load
from outcome_graph.bench.peers import Server, running
from outcome_graph.bench.queries import KINDS, Kind
from outcome_graph.bench.records import synthetic_records, write_dataset
from outcome_graph.bench.report import Measurement
from outcome_graph.namespaces import IriMinter

__all__ = ["ServeResult", "bench_serve"]

_JSON = "application/sparql-results+json"
#: Different queries of a kind: more than are answered in a run, so that none is asked twice.
_DISTINCT = 60_000
_REPEATED = 20
_RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?i) }"
#: Figures of other servers are measured with queries that nobody asked before.
_fresh = itertools.count(1)


@dataclass
class ServeResult:
    """What `bench_serve` measured: speeds, and facts about each server."""

    measurements: list[Measurement] = field(default_factory=list)
    facts: dict[str, dict[str, float]] = field(default_factory=dict)


def bench_serve(
    records: int,
    *,
    peers: Sequence[str],
    clients: int = 8,
    seconds: float = 3.0,
    say: Callable[[str], None] = print,
) -> ServeResult:
    """Measure servers one after the other on the same synthetic records.

    Parameters:
        records: how many records.
        peers: names of `outcome_graph.bench.peers.PEERS`.
        clients: connections at once.
        seconds: for each kind of query and mode.
        say: told what is going on.
    """
    result = ServeResult()
    minter = IriMinter()
    ids = [record.id for record in synthetic_records(min(records, 20_000), minter=minter)]
    run = _Run(ids, minter, clients, seconds)
    folder = Path(tempfile.mkdtemp(prefix="outcome-graph-bench-"))
    try:
        data = folder / "data.nq"
        quads = write_dataset(data, records, minter=minter)
        say(f"{records:,} records, {quads:,} quads")
        for name in peers:
            with running(name, data, folder / name) as server:
                if server is None:
                    say(f"{name}: not installed, left out")
                    continue
                say(f"{name}: loaded in {server.load_seconds:.1f} s")
                facts = run.measure(server, result.measurements, say)
                result.facts[name] = {
                    "load_seconds": server.load_seconds,
                    "quads": quads,
                    **facts,
                }
            shutil.rmtree(folder / name, ignore_errors=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return result


@dataclass(frozen=True)
class _Run:
    """How servers are measured.

    Parameters:
        ids: of the records. minter: of their IRIs.
        clients, seconds: as in `bench_serve`.
    """

    ids: Sequence[str]
    minter: IriMinter
    clients: int
    seconds: float

    def measure(
        self, server: Server, measured: list[Measurement], say: Callable[[str], None]
    ) -> dict[str, float]:
        """Add the speeds of a server to what was measured, and return facts about it."""
        for kind in KINDS:
            for mode in ("uncached", "repeated"):
                load = self._load(server, kind, mode)
                p50, p99 = 1000 * load.quantile(0.5), 1000 * load.quantile(0.99)
                measured.append(
                    Measurement(server.name, kind.name, mode, load.rate, p50, p99, load.failures)
                )
        own, resident = server.memory()
        facts: dict[str, float] = {"own_memory": own, "resident_memory": resident}
        say(f"{server.name}: {own / 1e6:,.0f} MB of its own, {resident / 1e6:,.0f} MB resident")
        if server.name == "ours":
            facts |= self._isolation(server)
            say(
                "p99 of look-ups: quiet {quiet_p99:.1f} ms, beside {clients:.0f} runaway queries "
                "{runaway_p99:.1f} ms".format(clients=self.clients, **facts)
            )
        return facts

    def _load(self, server: Server, kind: Kind, mode: str) -> Load:
        requests = self._requests(server, kind, mode)
        warming, rest = requests[:_REPEATED], requests[_REPEATED:]
        run_load(server.port, warming, clients=self.clients, seconds=0.3)
        if mode == "repeated":
            ask_each(server.port, warming)
        # Some servers go on with what the warming up had asked for.
        server.settle()
        load = run_load(server.port, rest, clients=self.clients, seconds=self.seconds)
        server.settle()
        return load

    def _requests(self, server: Server, kind: Kind, mode: str) -> list[bytes]:
        """Return prepared requests: the first few are for warming up, the rest are measured."""

        def query(number: int) -> str:
            return kind.make(number, self.ids, self.minter)

        if mode == "repeated":
            few = [_request(server, query(number)) for number in range(_REPEATED)]
            return few + few
        first = next(_fresh) * 1_000_000
        return [_request(server, query(first + n), n) for n in range(_DISTINCT)]

    def _isolation(self, server: Server) -> dict[str, float]:
        """Measure look-ups by two clients, alone and beside queries that run to their deadline."""
        quiet = self._lookups(server)
        deadline = self.seconds + 4
        with ThreadPoolExecutor(self.clients) as pool:
            for number in range(self.clients):
                pool.submit(_run_away, server, number, deadline)
            time.sleep(1.0)
            beside = self._lookups(server)
        return {
            "quiet_p99": 1000 * quiet.quantile(0.99),
            "runaway_p99": 1000 * beside.quantile(0.99),
            "quiet_p50": 1000 * quiet.quantile(0.5),
            "runaway_p50": 1000 * beside.quantile(0.5),
        }

    def _lookups(self, server: Server) -> Load:
        requests = self._requests(server, KINDS[0], "uncached")
        return run_load(server.port, requests, clients=2, seconds=self.seconds)


def _request(server: Server, query: str, number: int | None = None) -> bytes:
    if number is not None and "#" not in query:
        # A look-up of the same record may come twice: the comment makes it another query.
        query += f" # {next(_fresh)}"
    path = f"{server.path}?query={urllib.parse.quote(query)}"
    return get_request(path, server.port, _JSON)


def _run_away(server: Server, number: int, deadline: float) -> None:
    fields = urllib.parse.urlencode({"query": f"{_RUNAWAY} # {number}", "timeout": deadline})
    url = f"http://127.0.0.1:{server.port}{server.path}?{fields}"
    try:
        with urllib.request.urlopen(url, timeout=deadline + 30) as answer:
            answer.read()
    except OSError:
        pass  # 503 at its deadline is what is expected
