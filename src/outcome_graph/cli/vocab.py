"""``vocab``: official vocabularies with their labels and mappings."""

from __future__ import annotations

import click

from outcome_graph.cli.context import CliContext, pass_cli

__all__ = ["vocab"]


@click.group()
def vocab() -> None:
    """Install and list official vocabularies."""


@vocab.command()
@click.argument("name", type=click.Choice(["sdg"]))
@click.option(
    "--from",
    "origin",
    metavar="FILE|DIR|URL",
    help="Take it from here instead of its publisher (whose files are checked by digest).",
)
@pass_cli
def install(cli: CliContext, name: str, origin: str | None) -> None:
    """Install the official vocabulary NAME: sdg, the UN's SDG labels and subject mappings."""
    with cli.graph() as graph:
        installed = graph.install_vocabulary(name, origin)
        cli.say(
            f"{name}: {installed.goals} goals, {installed.targets} targets, "
            f"{installed.indicators} indicators with official labels; "
            f"{installed.triples} statements (revision {graph.store.revision()})"
        )


@vocab.command("list")
@pass_cli
def list_vocabularies(cli: CliContext) -> None:
    """List the vocabularies in the store with the number of things they describe."""
    with cli.graph(read_only=True) as graph:
        for entry in graph.vocabularies():
            click.echo(f"{entry.name}\t{entry.things} things\t{entry.triples} statements")
