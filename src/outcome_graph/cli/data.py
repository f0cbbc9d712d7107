"""``convert``, ``load``, ``validate``, ``export``: sources in, records and reports out."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path

import click

from outcome_graph.cli.context import (
    CliContext,
    columns,
    deliver,
    no_validation,
    pass_cli,
    with_columns,
    without_validation,
)
from outcome_graph.cli.stopping import stoppable
from outcome_graph.errors import UsageError
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline import (
    CONVERT_FORMATS,
    EXPORT_FORMATS,
    Refusal,
    SourceReader,
    write_records,
)
from outcome_graph.pipeline.iati_export import reporter_for
from outcome_graph.pipeline.users_shapes import ShapesTask, validate_with_shapes
from outcome_graph.sources import SOURCE_FORMATS
from outcome_graph.tables import LANGUAGES

__all__ = ["convert", "export", "load", "validate"]

REPORTS = ("text", "json", "turtle", "html", "csv", "junit")

_format = click.option(
    "--format",
    "source_format",
    type=click.Choice(["auto", *SOURCE_FORMATS]),
    default="auto",
    show_default=True,
    help="Format of the sources.",
)


_language = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of the headings and labels of tables (csv, xlsx).",
)


_reporting_org = click.option(
    "--reporting-org",
    nargs=2,
    metavar="REF NAME",
    help="Of IATI: who reports the results of which no reporting organisation is known.",
)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--to", "target", type=click.Choice(CONVERT_FORMATS), required=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File.")
@_language
@_reporting_org
@_format
@columns
@pass_cli
def convert(
    cli: CliContext,
    sources: tuple[str, ...],
    target: str,
    output: Path | None,
    language: str,
    reporting_org: tuple[str, str] | None,
    source_format: str,
    columns: tuple[str, ...],
) -> None:
    """Convert sources (files or folders) without a store; write to standard output or a file."""
    cli = with_columns(cli, columns)
    reporter = reporter_for(target, reporting_org)
    converted = SourceReader(cli.settings).convert(*sources, source_format=source_format)
    _complain_of(converted.refused)
    # An IATI file holds one activity at least: why there is none has just been said.
    if converted.records or not converted.refused or target != "iati":
        minter = IriMinter(cli.settings.base)
        body = write_records(converted.records, target, minter, language, reporter)
        deliver(body, output, text=target != "xlsx")
    for source, problem in converted.problems:
        # Errors are what the records were refused for, and have just been said.
        if problem.severity != "error":
            cli.say(f"{problem.severity}: {_named(source, str(problem))}")
    _exit(converted.exit_code)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@_format
@click.option(
    "--on-invalid",
    type=click.Choice(["reject", "quarantine"]),
    default="reject",
    show_default=True,
    help="What happens to what the shapes refuse: left out, or kept aside with its report.",
)
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@click.option(
    "--report",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the summary is written: for people, or for programs.",
)
@columns
@no_validation
@pass_cli
def load(
    cli: CliContext,
    sources: tuple[str, ...],
    source_format: str,
    on_invalid: str,
    dry_run: bool,
    report: str,
    columns: tuple[str, ...],
    no_validation: bool,
) -> None:
    """Parse, link, validate and commit sources; print what became of each.

    Into a store made with --no-validation, RDF is loaded as it is.
    """
    cli = with_columns(without_validation(cli, no_validation), columns)
    # Records are very many small objects without cycles, whose search took a tenth of the time.
    gc.set_threshold(100_000, 20, 50)
    with (
        stoppable(cli.say) as stopping,
        cli.graph() as graph,
        cli.progress("loading") as progress,
    ):
        cli.tell_if_outdated(graph)
        summary = graph.load(
            *sources,
            source_format=source_format,
            on_invalid=on_invalid,
            agent="cli",
            dry_run=dry_run,
            progress=stopping.watching(progress),
        )
    if report == "json":
        click.echo(json.dumps(summary.as_data(), ensure_ascii=False, indent=2))
    elif not cli.quiet:
        click.echo(summary.to_text())
    # On a terminal the summary has just said it.
    if cli.quiet or not sys.stdout.isatty():
        _complain_of(summary.refused)
    _exit(summary.exit_code)


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE…")
@click.option("--store", "whole_store", is_flag=True, help="Validate every record in the store.")
@click.option("--report", type=click.Choice(REPORTS), default="text", show_default=True)
@click.option(
    "--language",
    type=click.Choice(["en", "fr", "es"]),
    default="en",
    show_default=True,
    help="Language of the messages.",
)
@click.option(
    "--shapes",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Validate with the SHACL shapes in this file instead of ours.",
)
@click.option(
    "--deadline",
    type=click.FloatRange(min=0, min_open=True),
    default=600,
    show_default=True,
    help="Seconds that validation with --shapes may take.",
)
@_format
@columns
@pass_cli
def validate(
    cli: CliContext,
    sources: tuple[str, ...],
    whole_store: bool,
    report: str,
    language: str,
    shapes: Path | None,
    deadline: float,
    source_format: str,
    columns: tuple[str, ...],
) -> None:
    """Say what the shapes find in sources, or in the store, in words people understand."""
    cli = with_columns(cli, columns)
    if bool(sources) == whole_store:
        raise UsageError("Give sources to validate, or --store for the records in the store.")
    if shapes is not None:
        task = ShapesTask(
            shapes=shapes,
            settings=cli.settings,
            sources=sources,
            source_format=source_format,
            report=report,
            language=language,
        )
        text, conforms = validate_with_shapes(task, deadline)
        click.echo(text)
        _exit(0 if conforms else 1)
        return
    if whole_store:
        with cli.graph(read_only=True) as graph:
            cli.tell_if_outdated(graph)
            result = graph.validate(store=True)
    else:
        result = SourceReader(cli.settings).check(*sources, source_format=source_format)
    click.echo(result.render(report, language))
    _exit(0 if result.conforms else 1)


@click.command()
@click.option(
    "--format",
    "target",
    type=click.Choice(EXPORT_FORMATS),
    default="nquads",
    show_default=True,
)
@click.option("--gzip", "compressed", is_flag=True, help="Compress the output.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File.")
@_language
@_reporting_org
@pass_cli
def export(
    cli: CliContext,
    target: str,
    compressed: bool,
    output: Path | None,
    language: str,
    reporting_org: tuple[str, str] | None,
) -> None:
    """Write everything out again: all graphs, or the records as a table."""
    with cli.graph(read_only=True) as graph:
        graph.export(
            output or sys.stdout.buffer,
            target,
            compress=compressed,
            language=language,
            reporting_org=reporting_org,
        )


def _complain_of(refused: tuple[Refusal, ...]) -> None:
    for refusal in refused:
        for reason in refusal.reasons:
            said = reason.removeprefix(f"{refusal.source}: ")
            # A file may hold many records.
            if refusal.id and refusal.id not in said:
                said = f"{refusal.id}: {said}"
            click.echo(f"outcome-graph: {_named(refusal.source, said)}", err=True)


def _named(source: str, message: str) -> str:
    """Put the name of a source before what is said of it, unless it begins with it already."""
    return message if message.startswith(source) else f"{source}: {message}"


def _exit(code: int) -> None:
    if code:
        raise click.exceptions.Exit(code)
