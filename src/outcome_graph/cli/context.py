"""What every command shares: settings, quietness, logging, progress."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from outcome_graph.errors import UsageError
from outcome_graph.settings import Settings
from outcome_graph.tables import SaidColumns

if TYPE_CHECKING:
    from outcome_graph.pipeline import OutcomeGraph

__all__ = ["CliContext", "deliver", "no_validation", "pass_cli", "without_validation"]


class _JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class CliContext:
    """The global options of one invocation."""

    settings: Settings
    quiet: bool
    log_format: str
    debug: bool

    def set_up_logging(self) -> None:
        """Send log lines to standard error in the chosen format."""
        handler = logging.StreamHandler(sys.stderr)
        if self.log_format == "json":
            handler.setFormatter(_JsonFormatter())
        else:
            handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        level = logging.DEBUG if self.debug else logging.WARNING
        logging.basicConfig(level=level, handlers=[handler], force=True)
        # pySHACL logs every constraint it evaluates there: thousands of lines a record.
        logging.getLogger("outcome_graph.validation").setLevel(logging.WARNING)
        if not self.debug:
            # A retry that helps is no news; one that does not ends in an error of ours.
            logging.getLogger("urllib3").setLevel(logging.ERROR)

    @contextmanager
    def graph(self, *, read_only: bool = False) -> Iterator[OutcomeGraph]:
        """Open the store named by the global options."""
        from outcome_graph.pipeline import OutcomeGraph

        with OutcomeGraph.open(settings=self.settings, read_only=read_only) as graph:
            if graph.served_at:
                self.say(f"working through the server at {graph.served_at}, which has the store")
            yield graph

    def tell_if_outdated(self, graph: OutcomeGraph) -> None:
        """Say that the store's reference graphs are not the program's, where that is so."""
        if not self.quiet and (told := graph.outdated()):
            self.say(f"warning: {told}")

    def say(self, message: str) -> None:
        """Print something that is no result: to standard error, unless quiet."""
        if not self.quiet:
            click.echo(message, err=True)

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[int, int | None], None]]:
        """Show a progress bar on a terminal; none in a pipe or when quiet.

        Yields a function of (done, total or None).
        """
        if self.quiet or not sys.stderr.isatty():
            yield lambda done, total: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            # How many there are is not known before they are read.
            TextColumn("{task.completed:,.0f} read"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)


def deliver(body: bytes, output: Path | None, *, text: bool) -> None:
    """Write a result to a file, complete or not at all, or to standard output.

    Parameters:
        body: the result.
        output: the file, None for standard output.
        text: whether it may be shown on a terminal.

    Raises:
        SourceError: the file cannot be written.
        UsageError: it is no text, and standard output is a terminal.
    """
    from outcome_graph.pipeline.export import write_stream

    if output is None and not text and sys.stdout.isatty():
        raise UsageError("A workbook is no text to print: name a file with -o FILE.")
    write_stream([body], output or sys.stdout.buffer, compress=False)


def without_validation(cli: CliContext, off: bool) -> CliContext:
    """Return the context with validation off when asked to."""
    return replace(cli, settings=replace(cli.settings, validation=False)) if off else cli


def with_columns(cli: CliContext, said: tuple[str, ...]) -> CliContext:
    """Return the context with what was said of the headings of tables.

    Raises:
        UsageError: it names no field.
    """
    if not said:
        return cli
    SaidColumns.parse(said)
    columns = ";".join((cli.settings.columns, *said))
    return replace(cli, settings=replace(cli.settings, columns=columns))


#: For commands that read tables.
columns = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADING=FIELD",
    help="What a column of a table is, by its heading; =- leaves it out. May be repeated.",
)

#: For commands that may make a store.
no_validation = click.option(
    "--no-validation",
    is_flag=True,
    help="For any RDF: no shapes, no reference vocabularies; a store made so stays so.",
)

pass_cli = click.make_pass_decorator(CliContext)
