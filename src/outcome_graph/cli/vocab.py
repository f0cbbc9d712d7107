"""``vocab``: official vocabularies with their labels and mappings."""

from __future__ import annotations

import click

from outcome_graph.cli.context import CliContext, pass_cli

__all__ = ["vocab"]


#: Which vocabularies there are is the graph's to say: it names them when asked for another.
_NAME = click.argument("name", metavar="NAME")


@click.group()
def vocab() -> None:
    """Install, list and remove official vocabularies."""


@vocab.command()
@_NAME
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


@vocab.command()
@_NAME
@pass_cli
def remove(cli: CliContext, name: str) -> None:
    """Remove the official vocabulary NAME again: sdg. Links to its IRIs stay."""
    with cli.graph() as graph:
        removed = graph.remove_vocabulary(name)
        cli.say(f"{name}: {removed} statements removed (revision {graph.store.revision()})")


@vocab.command("list")
@pass_cli
def list_vocabularies(cli: CliContext) -> None:
    """List the vocabularies in the store with the number of things they describe."""
    with cli.graph(read_only=True) as graph:
        for entry in graph.vocabularies():
            click.echo(f"{entry.name}\t{entry.things} things\t{entry.triples} statements")
