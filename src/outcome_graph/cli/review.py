"""``review``: links that were read with doubt, and what people decide about them."""

from __future__ import annotations

import csv
import json
import sys
from typing import Any

import click

from outcome_graph.cli.context import CliContext, pass_cli
from outcome_graph.pipeline.decisions import Decision, Verdict
from outcome_graph.pipeline.reviewing import (
    KINDS,
    Filters,
    Order,
    PastDecision,
    Pending,
    Reviewer,
)

__all__ = ["review"]

_FORMAT = click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
)
_AGENT = click.option(
    "--agent",
    default="cli",
    show_default=True,
    metavar="NAME",
    help="Who decides, for the history.",
)
_EVERYWHERE = click.option(
    "--everywhere",
    is_flag=True,
    help="Also in the other records of the country where the same words propose the same.",
)
_REASON = click.option("--reason", metavar="WORDS", help="Why, for the history.")


@click.group()
def review() -> None:
    """List links that await review; accept, reject or correct them."""


@review.command("list")
@click.option("--country", metavar="NAME|CODE", help="Records of this country or region only.")
@click.option("--property", "property_", metavar="NAME", help="funder, sdgTarget, legalAct …")
@click.option("--record", metavar="ID", help="This record only.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="At least so sure.")
@click.option("--limit", type=click.IntRange(1), help="No more than so many.")
@click.option("--grouped", is_flag=True, help="The same in several records of a country as one.")
@_FORMAT
@pass_cli
def list_pending(
    cli: CliContext,
    country: str | None,
    property_: str | None,
    record: str | None,
    min_confidence: float | None,
    limit: int | None,
    grouped: bool,
    output: str,
) -> None:
    """Show what awaits review, the surest first."""
    wanted = Filters(country, property_, record, min_confidence)
    with cli.graph(read_only=True) as graph:
        reviewer = Reviewer(graph)
        listed = reviewer.groups if grouped else reviewer.pending
        found = listed(wanted, limit=limit)[:limit]
        total = reviewer.count(wanted, grouped=grouped) if limit else len(found)
    if output != "text":
        _print([item.as_data() for item in found], output, Pending.__slots__)
        return
    for item in found:
        _show(item)
    shown = f"; {len(found)} are shown" if len(found) < total else ""
    cli.say(f"{total} {'link awaits' if total == 1 else 'links await'} review{shown}")


def _show(item: Pending) -> None:
    internal = "  (internal record)" if item.internal else ""
    what = KINDS.get(item.property, item.property)
    click.echo(f"{item.id}  {what}: {item.label}  {item.confidence:.0%}{internal}")
    click.echo(f"    read from “{_line(item.words)}”{_position(item)}")
    place = f" ({item.place_name})" if item.place_name else ""
    others = f" and {item.records - 1} more" if item.records > 1 else ""
    click.echo(f"    in {item.record}{others}{place}: {_line(item.title)}")


def _position(item: Pending) -> str:
    name = f" of {item.source_name}" if item.source_name else ""
    return f", characters {item.start} to {item.end}{name}" if item.start is not None else ""


def _line(text: str) -> str:
    return " ".join(text.split())


@review.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@_EVERYWHERE
@_REASON
@_AGENT
@pass_cli
def accept(
    cli: CliContext, ids: tuple[str, ...], everywhere: bool, reason: str | None, agent: str
) -> None:
    """State the proposed links as facts of their records: all of them, or none."""
    _decide(cli, [Order(key, "accept", reason=reason, everywhere=everywhere) for key in ids], agent)


@review.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@_EVERYWHERE
@_REASON
@_AGENT
@pass_cli
def reject(
    cli: CliContext, ids: tuple[str, ...], everywhere: bool, reason: str | None, agent: str
) -> None:
    """Remove the proposed links, so that they do not come back: all of them, or none."""
    _decide(cli, [Order(key, "reject", reason=reason, everywhere=everywhere) for key in ids], agent)


@review.command()
@click.argument("key", metavar="ID")
@click.option("--to", required=True, metavar="IRI|CODE|NAME", help="What is meant instead.")
@_EVERYWHERE
@_REASON
@_AGENT
@pass_cli
def correct(
    cli: CliContext, key: str, to: str, everywhere: bool, reason: str | None, agent: str
) -> None:
    """State what is meant instead of a proposed link."""
    _decide(cli, [Order(key, "correct", to, reason, everywhere=everywhere)], agent)


@review.command()
@click.argument("key", metavar="ID")
@_REASON
@_AGENT
@pass_cli
def undo(cli: CliContext, key: str, reason: str | None, agent: str) -> None:
    """Take a decision back: the link awaits review again."""
    _decide(cli, [Order(key, "undo", reason=reason)], agent)


_WORDS: dict[Verdict, str] = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "undo": "undone",
}


def _decide(cli: CliContext, orders: list[Order], agent: str) -> None:
    with cli.graph() as graph:
        done: list[Decision] = Reviewer(graph).decide(orders, agent=agent)
    for item in done:
        cli.say(f"{item.key} in {item.record_id}: {_WORDS[item.verdict]}")


@review.command()
@click.option("--record", metavar="ID", help="Decisions about this record only.")
@_FORMAT
@pass_cli
def history(cli: CliContext, record: str | None, output: str) -> None:
    """Show who decided what, the newest first."""
    with cli.graph(read_only=True) as graph:
        found = Reviewer(graph).history(record)
    if output != "text":
        rows = [item.as_data() for item in found]
        _print(rows, output, tuple(rows[0]) if rows else ("id", "record", "decision"))
        return
    for item in found:
        _tell(item)


def _tell(item: PastDecision) -> None:
    decision = item.decision
    instead = f" → {item.meant}" if item.meant else ""
    note = "" if item.holds else "  (no longer holds)" if decision.verdict != "undo" else ""
    click.echo(
        f"{decision.iso_time[:19]}Z  {decision.agent}  {_WORDS[decision.verdict]} {decision.key}  "
        f"{KINDS.get(item.kind, item.kind)}: {item.label}{instead}{note}"
    )
    click.echo(f"    read from “{_line(decision.words)}” in {decision.record_id}")
    if decision.reason:
        click.echo(f"    because: {decision.reason}")


def _print(rows: list[dict[str, Any]], output: str, columns: tuple[str, ...]) -> None:
    if output == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})


def _cell(value: object) -> object:
    """Keep a spreadsheet from taking words for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value
