"""``history``, ``restore``, ``undo``: the journal, and taking back what it or a backup has."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from outcome_graph.cli.context import CliContext, pass_cli
from outcome_graph.cli.stopping import stoppable
from outcome_graph.errors import UsageError
from outcome_graph.pipeline import RecordRevision, record_history, restore_store
from outcome_graph.pipeline.changes import RevisionChanges, record_changes
from outcome_graph.store import JournalEntry

__all__ = ["history", "restore", "undo"]


@click.command()
@click.argument("record_id", metavar="[ID]", required=False)
@click.option(
    "--format",
    "output",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
)
@click.option("--limit", type=click.IntRange(1), help="The newest N commits only.")
@click.option("--changes", is_flag=True, help="Of a record: what each commit changed in it.")
@pass_cli
def history(
    cli: CliContext, record_id: str | None, output: str, limit: int | None, changes: bool
) -> None:
    """Show the commits that changed the record ID, oldest first; without ID, all commits."""
    if changes and record_id is None:
        raise UsageError("--changes goes with a record: outcome-graph history ID --changes")
    with cli.graph(read_only=True) as graph:
        if record_id is None:
            _commits(list(graph.store.history())[-(limit or 0) :], output)
        elif changes:
            _changes(record_changes(graph.stores, record_id)[-(limit or 0) :], output)
        else:
            _of_record(record_history(graph.stores, record_id)[-(limit or 0) :], output)


def _commits(found: Sequence[JournalEntry], output: str) -> None:
    """Show commits of all records, with their own figures."""
    if output == "json":
        _json([{**entry.as_data(), "internal": False} for entry in found])
    else:
        _table([(entry, str(entry.revision), entry.removed, entry.added) for entry in found])


def _of_record(found: Sequence[RecordRevision], output: str) -> None:
    """Show commits with what they did to one record."""
    if output == "json":
        _json([item.as_data() for item in found])
    else:
        _table([(item.entry, _named(item), item.removed, item.added) for item in found])


def _changes(found: Sequence[RevisionChanges], output: str) -> None:
    if output == "json":
        _json([item.as_data() for item in found])
        return
    for item in found:
        entry = item.revision.entry
        named = _named(item.revision)
        click.echo(f"revision {named}, {entry.time}, {entry.agent}: {entry.reason}")
        for line in item.lines():
            click.echo(f"    {line}")


def _named(revision: RecordRevision) -> str:
    return f"{revision.entry.revision}{' (internal)' if revision.internal else ''}"


def _json(found: list[dict[str, Any]]) -> None:
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _table(rows: Sequence[tuple[JournalEntry, str, int | None, int | None]]) -> None:
    table = Table("revision", "time", "who", "why", "removed", "added")
    for entry, revision, removed, added in rows:
        # What a bulk load did to a record the journal does not say.
        figures = ("?" if figure is None else str(figure) for figure in (removed, added))
        table.add_row(revision, entry.time, entry.agent, entry.reason, *figures)
    console = Console()
    # In a pipe nothing may be cut to the width of a terminal that is not there.
    if not console.is_terminal:
        widest = max((len(entry.reason) + len(entry.agent) for entry, *_ in rows), default=0)
        console = Console(width=100 + widest)
    console.print(table, markup=False)


@click.command()
@click.argument("record_id", metavar="[ID]", required=False)
@click.option("--revision", type=click.IntRange(1), help="Restore the record ID as of this.")
@click.option(
    "--internal/--public",
    "internal",
    default=None,
    help="Of which journal the revision is; default: where the record is or last was.",
)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Restore the whole store from this backup.",
)
@click.option(
    "--force", is_flag=True, help="With --from: replace a store that is there; it is kept aside."
)
@click.option("--dry-run", is_flag=True, help="With --revision: do everything but write.")
@pass_cli
def restore(
    cli: CliContext,
    record_id: str | None,
    revision: int | None,
    internal: bool | None,
    source: Path | None,
    force: bool,
    dry_run: bool,
) -> None:
    """Restore the record ID as of a revision, or the whole store from a backup.

    An old version of a record is validated and makes a new revision: history is never rewritten.
    """
    if source is not None:
        if record_id is not None or revision is not None or dry_run or internal is not None:
            raise UsageError(
                "Restore a record (ID --revision N) or a store (--from DIR), not both."
            )
        _restore_store(cli, source, force)
        return
    if record_id is None or revision is None:
        raise UsageError(
            "Give a record and a revision (ID --revision N), or a backup (--from DIR)."
        )
    if force:
        raise UsageError("--force goes with --from: a record's history is never lost.")
    with cli.graph() as graph:
        done = graph.restore(record_id, revision, agent="cli", internal=internal, dry_run=dry_run)
    if not done.changed:
        what = "is as it was then; nothing was changed"
    elif dry_run:
        what = "conforms and would be restored"
    else:
        what = f"restored as revision {done.revision}"
    where = " (internal)" if done.internal else ""
    cli.say(f"{done.id} as of revision {done.restored}{where}: {what}")


def _restore_store(cli: CliContext, source: Path, force: bool) -> None:
    done = restore_store(cli.settings, source, force=force)
    aside = f"; the store that was there is kept as {done.aside}" if done.aside else ""
    cli.say(f"{done.path} is the backup of {done.time}, revision {done.revision}{aside}")


@click.command()
@click.argument("revision", type=click.IntRange(1))
@click.option(
    "--internal", is_flag=True, help="The revision is of the journal of internal records."
)
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@pass_cli
def undo(cli: CliContext, revision: int, internal: bool, dry_run: bool) -> None:
    """Take back a load: what its commits did to records, all of it or nothing.

    REVISION is any that the load made; another commit is undone by itself. Records that the load
    made are removed, those it changed are what they were, in new revisions: they can be undone too.
    """
    with stoppable(cli.say), cli.graph() as graph:
        done = graph.undo(revision, agent="cli", internal=internal, dry_run=dry_run)
    removed = f"{len(done.removed):,} record{'s' if len(done.removed) != 1 else ''} removed"
    what = f"{removed}, {len(done.restored):,} as before"
    cli.say(
        f"{done.what} would be undone: {what}"
        if dry_run
        else f"{done.what} undone as {done.made.places()}: {what}"
    )
