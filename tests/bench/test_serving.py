"""The benchmark itself: real servers, few records, and every query answered."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest
from conftest import Cli

from outcome_graph.bench import Measurement, table
from outcome_graph.bench.client import Load


def test_every_query_is_answered_by_both_servers(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    options = ("--records", 40, "--seconds", "0.2", "--clients", 4, "--peer", "oxigraph")
    done = cli("bench", "serve", *options, "--json", file)
    assert done.returncode == 0, done.stderr
    found = json.loads(file.read_text("utf-8"))
    servers = {m["server"] for m in found["measurements"]}
    assert servers >= {"ours"}
    assert all(m["rate"] > 0 and m["failures"] == 0 for m in found["measurements"])
    assert {m["mode"] for m in found["measurements"]} == {"repeated", "uncached"}
    assert found["servers"]["ours"]["own_memory"] > 0
    assert len(re.findall(r"^\| ", done.stdout, re.M)) == 1 + 14  # a heading, 7 kinds in 2 modes


def test_a_table_gives_ratios() -> None:
    ours = Measurement("ours", "look-up", "uncached", 200.0, 1.0, 2.0, 0)
    peer = Measurement("peer", "look-up", "uncached", 100.0, 1.0, 2.0, 3)
    text = table([ours, peer])
    assert "ours 2.00×" in text
    assert "3 failed" in text


@pytest.mark.parametrize(("share", "expected"), [(0.0, 1.0), (0.5, 3.0), (0.99, 5.0)])
def test_quantiles(share: float, expected: float) -> None:
    assert Load(1.0, [5.0, 1.0, 3.0, 2.0, 4.0]).quantile(share) == expected


def test_nothing_measured_is_no_number() -> None:
    assert math.isnan(Load(1.0).quantile(0.5))
    assert Load(0.0).rate == 0
