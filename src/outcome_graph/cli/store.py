"""``init``: make the store and load the reference vocabularies."""

from __future__ import annotations

import click

from outcome_graph.cli.context import CliContext, no_validation, pass_cli, without_validation

__all__ = ["init"]


@click.command()
@no_validation
@pass_cli
def init(cli: CliContext, no_validation: bool) -> None:
    """Make the store; load ontology, concept schemes, countries and the SDG skeleton.

    On a store that exists the reference graphs are brought up to date; records stay as they are.
    """
    cli = without_validation(cli, no_validation)
    with cli.graph() as graph:
        if graph.plain:
            cli.say(f"plain store {graph.settings.store} is ready (no shapes, no vocabularies)")
            return
        changed = graph.initialise()
        held = ", ".join(entry.name for entry in graph.vocabularies())
        renewed = f"; renewed: {', '.join(changed)}" if changed else ""
        cli.say(
            f"store {graph.settings.store} is ready with {held}{renewed} "
            f"(revision {graph.store.revision()})"
        )
