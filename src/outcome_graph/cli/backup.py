"""``backup``: safety copies."""

from __future__ import annotations

from pathlib import Path

import click

from outcome_graph.cli.context import CliContext, pass_cli

__all__ = ["backup"]


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@pass_cli
def backup(cli: CliContext, target: Path) -> None:
    """Write a safety copy of everything to the new folder DIR, also while a server is running.

    Put it back with: outcome-graph restore --from DIR
    """
    with cli.graph(read_only=True) as graph:
        done = graph.backup(target)
    internal = (
        "" if done.internal_revision is None else f", internal revision {done.internal_revision}"
    )
    size = f"{done.bytes / 1e6:,.1f} MB"
    cli.say(f"{done.path}: backup of revision {done.revision}{internal}, {size}")
