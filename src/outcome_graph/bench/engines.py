"""The engines that ``bench validate`` measures, each in a process of its own.

``python -m outcome_graph.bench.engines NAME FOLDER`` prints a line of JSON: seconds, memory, how
many results; ``null`` where the engine is not installed.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import json
import logging
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["main"]

#: Returns how many results a validation has.
_Work = Callable[[], int]
_MODULES = {"pyshacl": "pyshacl", "pyshacl-turbo": "pyshacl_turbo", "pyrudof": "pyrudof"}


def _ours(folder: Path, stack: contextlib.ExitStack) -> _Work:
    from outcome_graph.pipeline import OutcomeGraph

    graph = stack.enter_context(OutcomeGraph.open(folder / "store", read_only=True))
    return lambda: sum(graph.validate(store=True).totals.values())


def _one_by_one(folder: Path, stack: contextlib.ExitStack) -> _Work:
    from outcome_graph.pipeline import OutcomeGraph

    graph = stack.enter_context(OutcomeGraph.open(folder / "store", read_only=True))
    ids = json.loads((folder / "ids.json").read_text())
    given = [(i, graph.stores.triples(i)) for i in ids]
    graph.validator.check(*given[0])  # reads the shapes
    return lambda: sum(graph.validator.validate_all(given).totals.values())


def _pyshacl(folder: Path, stack: contextlib.ExitStack) -> _Work:
    import rdflib

    pyshacl = importlib.import_module("pyshacl")
    data = rdflib.Graph().parse(folder / "merged.nt", format="nt")
    shapes = rdflib.Graph().parse(folder / "shapes.nt", format="nt")

    def work() -> int:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
        return _count(report)

    return work


def _turbo(folder: Path, stack: contextlib.ExitStack) -> _Work:
    turbo = importlib.import_module("pyshacl_turbo")
    data = turbo.Graph().parse(data=(folder / "merged.nt").read_text("utf-8"), format="nt")
    shapes = turbo.Graph().parse(data=(folder / "shapes.nt").read_text("utf-8"), format="nt")

    def work() -> int:
        _, report, _ = turbo.validate(data, shacl_graph=shapes, inference="none")
        return _count(report)

    return work


def _pyrudof(folder: Path, stack: contextlib.ExitStack) -> _Work:
    pyrudof = importlib.import_module("pyrudof")
    engine = pyrudof.Rudof(pyrudof.RudofConfig())
    engine.read_data(
        input=(folder / "merged.nt").read_text("utf-8"), format=pyrudof.RDFFormat.NTriples
    )
    engine.read_shacl(
        input=(folder / "shapes.nt").read_text("utf-8"), format=pyrudof.ShaclFormat.NTriples
    )

    def work() -> int:
        report = engine.validate_shacl(mode=pyrudof.ShaclValidationMode.Native)
        return len(report.violations)

    return work


def _count(report: Any) -> int:
    """Count the results of a report graph, of rdflib or alike."""
    import rdflib

    result = rdflib.URIRef("http://www.w3.org/ns/shacl#result")
    return sum(1 for _ in report.triples((None, result, None)))


_ENGINES: dict[str, Callable[[Path, contextlib.ExitStack], _Work]] = {
    "ours": _ours,
    "one-by-one": _one_by_one,
    "pyshacl": _pyshacl,
    "pyshacl-turbo": _turbo,
    "pyrudof": _pyrudof,
}


def _peak() -> int:
    """Return the most memory this process had so far, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # what a child is told elsewhere begins with its parent's
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)


def main(name: str, folder: Path) -> None:
    """Measure an engine on the data of a folder and print what was measured."""
    module = _MODULES.get(name)
    if module is not None and importlib.util.find_spec(module) is None:
        print("null")
        return
    logging.disable(logging.CRITICAL)
    with contextlib.ExitStack() as stack:
        work = _ENGINES[name](folder, stack)
        wall, cpu = time.perf_counter(), time.process_time()
        results = work()
        used, taken = time.process_time() - cpu, time.perf_counter() - wall
    figures = {"cpu": used, "wall": taken, "memory": _peak(), "results": results}
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
