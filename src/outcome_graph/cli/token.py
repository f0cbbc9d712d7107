"""``token``: access tokens for writing over HTTP."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.table import Table

from outcome_graph.access import ROLES, TokenBook, tokens_file
from outcome_graph.cli.context import CliContext, pass_cli
from outcome_graph.errors import UsageError

__all__ = ["token"]


@click.group()
def token() -> None:
    """Make, list and revoke access tokens for the service."""


def _book(cli: CliContext) -> TokenBook:
    path = tokens_file(cli.settings)
    if path is None:
        raise UsageError(
            "A remote engine has no folder beside it for tokens. Name a file with "
            "OUTCOME_GRAPH_TOKENS_FILE."
        )
    return TokenBook(path)


@token.command()
@click.option(
    "--role",
    type=click.Choice(ROLES),
    required=True,
    help="steward: write records and graphs; admin: SPARQL updates and reference graphs too.",
)
@click.option(
    "--expires", type=click.IntRange(1, 36_500), metavar="DAYS", help="Days it is good for."
)
@click.option("--name", help="What the journal calls it; default: the role with a number.")
@pass_cli
def create(cli: CliContext, role: str, expires: int | None, name: str | None) -> None:
    """Make a token and print its secret, once, alone on the last line."""
    made, secret = _book(cli).create(role, name=name, days=expires)
    until = f"until {made.expires}" if made.expires else "until it is revoked"
    cli.say(f"token {made.name} ({made.role}), good {until}; its secret is shown this once:")
    click.echo(secret)


@token.command("list")
@click.option(
    "--format",
    "output",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
)
@pass_cli
def list_tokens(cli: CliContext, output: str) -> None:
    """List the tokens; their secrets are not kept anywhere."""
    tokens = _book(cli).tokens()
    facts = [
        {
            "name": t.name,
            "role": t.role,
            "created": t.created,
            "expires": t.expires,
            "expired": t.expired,
        }
        for t in tokens
    ]
    if output == "json":
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    table = Table("name", "role", "created", "expires")
    for t in tokens:
        ends = t.expires or "never"
        table.add_row(t.name, t.role, t.created, f"{ends} (over)" if t.expired else ends)
    console = Console()
    if not console.is_terminal:
        console = Console(width=140)
    console.print(table, markup=False)


@token.command()
@click.argument("name")
@pass_cli
def revoke(cli: CliContext, name: str) -> None:
    """Take the token NAME away; a running server refuses it from now on."""
    gone = _book(cli).revoke(name)
    cli.say(f"token {gone.name} ({gone.role}) is revoked")
