"""The benchmark of validation: real engines, few records, and ours finds what pySHACL finds."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

from conftest import Cli

from outcome_graph.bench.validation import Validated, validation_table


def test_engines_are_measured_on_the_same_data(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    peers = ["one-by-one", "pyshacl"]
    if importlib.util.find_spec("pyshacl_turbo"):
        peers.append("pyshacl-turbo")
    if importlib.util.find_spec("pyrudof"):
        peers.append("pyrudof")
    chosen = [part for peer in peers for part in ("--peer", peer)]
    options = ("--records", "10", "--invalid", "0,50", *chosen)
    done = cli("bench", "validate", *options, "--json", file)
    assert done.returncode == 0, done.stderr
    found = json.loads(file.read_text("utf-8"))["measurements"]
    assert [m["engine"] for m in found] == ["ours", *peers] * 2
    assert all(m["cpu"] > 0 and m["memory"] > 0 and m["measured"] == 10 for m in found)
    by_key = {(m["engine"], m["invalid"]): m["results"] for m in found}
    assert by_key["ours", 50] >= 5  # every second record has a mistake
    assert by_key["ours", 50] == by_key["one-by-one", 50]
    assert by_key["ours", 0] == by_key["one-by-one", 0] < by_key["ours", 50]
    assert done.stdout.count("\n| 10 |") == 2 * (1 + len(peers))


def test_a_sample_is_named_and_compared_by_record(cli: Cli) -> None:
    options = ("--records", "8", "--invalid", "0", "--sample", "2", "--peer", "one-by-one")
    done = cli("bench", "validate", *options)
    assert done.returncode == 0, done.stderr
    assert "one-by-one (measured on 2, by record)" in done.stdout


def test_ratios_are_of_processor_time_by_record() -> None:
    ours = Validated("ours", 1000, 1000, 5, cpu=2.0, wall=1.0, memory=80, results=3)
    peer = Validated("pyshacl", 1000, 100, 5, cpu=10.0, wall=10.0, memory=90, results=1)
    assert validation_table([ours, peer]).endswith("| 10 | 10 | 90 | 50.0× |")


def test_numbers_that_are_none_are_refused(cli: Cli) -> None:
    done = cli("bench", "validate", "--invalid", "5,120")
    assert done.returncode == 2
    assert "'120' is no whole number from 0 to 100" in done.stderr
