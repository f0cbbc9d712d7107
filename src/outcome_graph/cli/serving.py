"""``serve``: the HTTP service."""

from __future__ import annotations

from dataclasses import replace

import click

from outcome_graph.cli.context import CliContext, no_validation, pass_cli, without_validation

__all__ = ["serve"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port."
)
@click.option("--read-only", is_flag=True, help="Accept no writes.")
@click.option("--readers", type=click.IntRange(1, 64), help="Reader processes for queries.")
@no_validation
@pass_cli
def serve(
    cli: CliContext,
    host: str,
    port: int,
    read_only: bool,
    readers: int | None,
    no_validation: bool,
) -> None:
    """Serve the store over HTTP: pages for people, SPARQL for programs."""
    from outcome_graph.service.server import serve as run

    settings = without_validation(cli, no_validation).settings
    if readers:
        settings = replace(settings, readers=readers)
    run(settings, host=host, port=port, read_only=read_only, announce=cli.say)
