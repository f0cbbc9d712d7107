"""``suggest``: SDG goals and targets that a text may serve."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from outcome_graph.cli.context import CliContext, pass_cli
from outcome_graph.errors import StoreError, UsageError
from outcome_graph.pipeline import Suggestion, suggester_for

__all__ = ["suggest"]


@click.command()
@click.argument("file", required=False, type=click.Path(allow_dash=True, path_type=Path))
@click.option("-e", "expression", metavar="TEXT", help="The text itself.")
@click.option(
    "--lang", type=click.Choice(["en", "fr", "es"]), default="en", help="The text's language."
)
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="Leave out goals below this confidence.",
)
@click.option("--format", "output", type=click.Choice(["table", "json"]), default="table")
@pass_cli
def suggest(
    cli: CliContext, file: Path | None, expression: str | None, lang: str, least: float, output: str
) -> None:
    """Suggest SDG goals and targets for the text in FILE (- for standard input) or given with -e.

    Suggestions go by the words of the text; with OUTCOME_GRAPH_SDG_MODEL also by its sense.
    """
    if (file is None) == (expression is None):
        raise UsageError("Give one text: a file, - for standard input, or -e TEXT.")
    text = expression if expression is not None else _read(file)
    found = _by_sense(cli, text, lang, least) if cli.settings.sdg_model else None
    if found is None:
        found = suggester_for(cli.settings).suggest(text, lang, least=least)
    if output == "json":
        click.echo(json.dumps([asdict(item) for item in found], ensure_ascii=False, indent=2))
    elif found:
        _table(found)
    else:
        cli.say("Nothing in this text points clearly to a goal.")


def _by_sense(cli: CliContext, text: str, lang: str, least: float) -> list[Suggestion] | None:
    """Suggest with the model, which compares a text with what a store says of the SDGs."""
    try:
        with cli.graph(read_only=True) as graph:
            return graph.suggester.suggest(text, lang, least=least)
    except StoreError as error:
        cli.say(
            f"{error.message}\nSuggested by words alone: the model compares the text with the "
            "sentences on the goals that a store holds."
        )
        return None


def _read(file: Path | None) -> str:
    try:
        if file is None or str(file) == "-":
            return sys.stdin.buffer.read().decode("utf-8")
        return file.read_text("utf-8")
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {file}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read as UTF-8 text: {error}") from error


def _table(found: list[Suggestion]) -> None:
    table = Table("SDG", "Confidence", "Words of the text", box=None)
    for item in found:
        indent = "  " if "." in item.code else ""
        words = ", ".join(" ".join(phrase.split()) for phrase in item.words)
        table.add_row(indent + item.code, f"{item.confidence:.0%}", words)
    Console().print(table)
