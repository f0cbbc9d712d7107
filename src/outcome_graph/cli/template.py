"""``template``: an empty table to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from outcome_graph import pipeline
from outcome_graph.cli.context import CliContext, deliver, pass_cli
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline import TABLE_FORMATS
from outcome_graph.tables import LANGUAGES

__all__ = ["template"]


@click.command()
@click.argument("file_format", type=click.Choice(TABLE_FORMATS), metavar="xlsx|csv")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of headings, drop-downs and instructions.",
)
@pass_cli
def template(cli: CliContext, file_format: str, output: Path | None, language: str) -> None:
    """Write an empty table of outcomes to fill in, with an example row, and load it later."""
    body = pipeline.template(file_format, IriMinter(cli.settings.base), language)
    deliver(body, output, text=file_format != "xlsx")
    if output is not None:
        cli.say(f"{output}: fill in one row for each outcome, then: outcome-graph load {output}")
