"""Measurements as a table for people and JSON for programs."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Measurement", "table", "to_json"]


@dataclass(frozen=True)
class Measurement:
    """One kind of query on one server.

    Parameters:
        server: its name; "ours" for us.
        kind: the kind of query.
        mode: "repeated" (the same few queries) or "uncached" (each one different).
        rate: answers a second.
        p50, p99: latencies in milliseconds.
        failures: answers that were no 200.
    """

    server: str
    kind: str
    mode: str
    rate: float
    p50: float
    p99: float
    failures: int


def table(measured: Sequence[Measurement]) -> str:
    """Return a table: a line for each kind and mode, answers a second and ratios to ours."""
    servers = list(dict.fromkeys(m.server for m in measured))
    by_key = {(m.kind, m.mode, m.server): m for m in measured}
    lines = ["| query | | " + " | ".join(f"{s}: req/s, p50, p99 ms" for s in servers) + " |"]
    lines.append("|---|---|" + "---|" * len(servers))
    for kind, mode in dict.fromkeys((m.kind, m.mode) for m in measured):
        ours = by_key.get((kind, mode, "ours"))
        cells = [_cell(by_key.get((kind, mode, server)), ours) for server in servers]
        lines.append(f"| {kind} | {mode} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(found: Measurement | None, ours: Measurement | None) -> str:
    if found is None:
        return "–"
    text = f"{found.rate:,.0f}, {found.p50:.1f}, {found.p99:.1f}"
    if found.failures:
        text += f" ({found.failures} failed)"
    if ours is not None and found is not ours and found.rate:
        text += f"; ours {ours.rate / found.rate:.2f}×"
    return text


def to_json(measured: Iterable[Any], **facts: object) -> str:
    """Return measurements (of any dataclass) with facts about the run."""
    machine = {"python": platform.python_version(), "machine": platform.platform()}
    content = {**machine, **facts, "measurements": [asdict(m) for m in measured]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
