"""``init``: make the store and load the reference vocabularies."""

from __future__ import annotations

import click

from outcome_graph.cli.context import CliContext, pass_cli

__all__ = ["init"]


@click.command()
@pass_cli
def init(cli: CliContext) -> None:
    """Make the store; load ontology, concept schemes, countries and the SDG skeleton.

    On a store that exists the reference graphs are brought up to date; records stay as they are.
    """
    with cli.graph() as graph:
        changed = graph.initialise()
        held = ", ".join(entry.name for entry in graph.vocabularies())
        renewed = f"; renewed: {', '.join(changed)}" if changed else ""
        cli.say(
            f"store {graph.settings.store} is ready with {held}{renewed} "
            f"(revision {graph.store.revision()})"
        )
