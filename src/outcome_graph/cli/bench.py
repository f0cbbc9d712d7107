"""``bench``: measure this machine, ours beside the peers that are installed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from outcome_graph.bench import PEERS, bench_serve, table, to_json
from outcome_graph.bench.validation import (
    ENGINES,
    bench_validate,
    validation_table,
)
from outcome_graph.cli.context import CliContext, pass_cli

__all__ = ["bench"]

_json_file = click.option(
    "--json", "file", type=click.Path(path_type=Path), help="Write the figures to FILE."
)


def _peers(names: Sequence[str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        "--peer",
        "peers",
        multiple=True,
        type=click.Choice(names),
        help="Measure these peers only; default: all that are installed.",
    )


@click.group()
def bench() -> None:
    """Benchmarks: always ratios to peers on the same data in the same run."""


@bench.command()
@click.option("--records", type=click.IntRange(1), default=1000, show_default=True)
@click.option("--clients", type=click.IntRange(1, 256), default=8, show_default=True)
@click.option(
    "--seconds", type=click.FloatRange(0.1), default=3.0, show_default=True, help="Each query kind."
)
@_peers(PEERS[1:])
@_json_file
@pass_cli
def serve(
    cli: CliContext,
    records: int,
    clients: int,
    seconds: float,
    peers: tuple[str, ...],
    file: Path | None,
) -> None:
    """Measure the SPARQL endpoint on synthetic records beside Oxigraph, Fuseki, rdflib-endpoint."""
    chosen = ("ours", *(peers or PEERS[1:]))
    result = bench_serve(records, peers=chosen, clients=clients, seconds=seconds, say=cli.say)
    click.echo(table(result.measurements))
    if file is not None:
        facts = {"records": records, "clients": clients, "seconds": seconds}
        file.write_text(to_json(result.measurements, time=_now(), servers=result.facts, **facts))


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def _numbers(text: str, low: int, high: int) -> list[int]:
    made = []
    for part in text.split(","):
        if not part.strip().isdecimal() or not low <= int(part) <= high:
            raise click.BadParameter(f"{part!r} is no whole number from {low:,} to {high:,}.")
        made.append(int(part))
    return made


@bench.command()
@click.option("--records", default="1000", show_default=True, help="Sizes, with commas between.")
@click.option("--invalid", default="0,5,40", show_default=True, help="Per cent, with commas.")
@_peers(ENGINES[1:])
@click.option(
    "--sample",
    type=click.IntRange(1),
    default=1000,
    show_default=True,
    help="Peers are given so many records at most.",
)
@_json_file
@pass_cli
def validate(
    cli: CliContext,
    records: str,
    invalid: str,
    peers: tuple[str, ...],
    sample: int,
    file: Path | None,
) -> None:
    """Measure whole-store validation beside pySHACL, pyshacl-turbo and pyrudof."""
    found = bench_validate(
        _numbers(records, 1, 10_000_000),
        _numbers(invalid, 0, 100),
        peers=peers or ENGINES[1:],
        sample=sample,
        say=cli.say,
    )
    click.echo(validation_table(found))
    if file is not None:
        file.write_text(to_json(found, time=_now(), sample=sample))
