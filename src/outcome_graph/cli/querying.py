"""``query``: run SPARQL and print the answer."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from outcome_graph.cli.context import CliContext, pass_cli
from outcome_graph.errors import UsageError
from outcome_graph.pipeline import canned_queries, canned_query
from outcome_graph.rdf import Literal
from outcome_graph.store import Answer, AnswerFormats, QueryRequest

if TYPE_CHECKING:
    from outcome_graph.pipeline import OutcomeGraph

__all__ = ["query"]

_FORMATS = {
    "csv": ("text/csv", None),
    "tsv": ("text/tab-separated-values", None),
    "json": ("application/sparql-results+json", None),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "turtle": (None, "text/turtle"),
    "jsonld": (None, "application/ld+json"),
}


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("-e", "expression", metavar="SPARQL", help="The query itself.")
@click.option("--name", metavar="CANNED", help="A query that comes with us; `--name list` lists.")
@click.option("--param", "params", multiple=True, metavar="K=V", help="Value for a variable.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["table", *_FORMATS]),
    help="Default: table for rows, turtle for graphs.",
)
@pass_cli
def query(
    cli: CliContext,
    file: Path | None,
    expression: str | None,
    name: str | None,
    params: tuple[str, ...],
    output: str | None,
) -> None:
    """Run the SPARQL query in FILE, given with -e, or canned under --name."""
    if name == "list":
        for item in canned_queries():
            click.echo(f"{item.name}\t{item.description}")
        return
    if sum(bool(given) for given in (file, expression, name)) != 1:
        raise UsageError("Give one query: a file, -e SPARQL, or --name CANNED.")
    with cli.graph(read_only=True) as graph:
        if name:
            canned = canned_query(name)
            request = canned.request(_pairs(params), graph)
        else:
            text = expression or _read(file)
            bindings = {k: Literal(v) for k, v in _pairs(params).items()}
            request = QueryRequest(sparql=text, bindings=bindings)
        _print(graph, request, output)


def _read(file: Path | None) -> str:
    assert file is not None
    try:
        return file.read_text("utf-8")
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {file}. Give a query itself with -e.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read as UTF-8 text: {error}") from error


def _pairs(params: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for item in params:
        key, separator, value = item.partition("=")
        if not separator or not key:
            raise UsageError(f"--param takes name=value, not {item!r}.")
        pairs[key] = value
    return pairs


def _print(graph: OutcomeGraph, request: QueryRequest, output: str | None) -> None:
    wanted = _request_for(request, output)
    with graph.answer(wanted) as answer:
        if answer.kind == "graph" or output not in (None, "table"):
            _stream(answer)
        elif answer.kind == "boolean":
            body = b"".join(answer.chunks())
            click.echo("yes" if b"true" in body else "no")
        else:
            _table(b"".join(answer.chunks()).decode())
        if answer.truncated:
            click.echo(f"outcome-graph: the answer was cut: {answer.truncated}", err=True)


def _request_for(request: QueryRequest, output: str | None) -> QueryRequest:
    if output in (None, "table"):
        formats = AnswerFormats(solutions="text/csv", graph="text/turtle")
    else:
        solutions, graph_format = _FORMATS[output or "csv"]
        boolean = solutions if output in ("json", "xml") else "application/sparql-results+json"
        formats = AnswerFormats(solutions=solutions, boolean=boolean, graph=graph_format)
    return replace(request, formats=formats)


def _stream(answer: Answer) -> None:
    out = sys.stdout.buffer
    for chunk in answer.chunks():
        out.write(chunk)
    out.flush()


def _table(text: str) -> None:
    from rich.console import Console
    from rich.table import Table

    rows = list(csv.reader(io.StringIO(text)))
    table = Table(*(rows[0] if rows else ()), show_lines=False)
    for row in rows[1:]:
        table.add_row(*row)
    console = Console()
    # In a pipe a table must not be cut to the 80 columns of a terminal that is not there.
    if not console.is_terminal:
        console = Console(width=max(80, 4 + sum(_widths(rows)) + 3 * len(rows[0] if rows else ())))
    console.print(table)
    count = max(len(rows) - 1, 0)
    click.echo(f"{count} {'row' if count == 1 else 'rows'}", err=True)


def _widths(rows: list[list[str]]) -> list[int]:
    return [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
