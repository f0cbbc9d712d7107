"""A group of commands whose modules are imported when a command is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

__all__ = ["LazyGroup", "show_version", "silence_output"]

#: Columns around the names in a list of commands, as click has them.
_MARGINS = 6


class LazyGroup(click.Group):
    """A group of commands, told by their names.

    Parameters:
        lazy: module and help of each command, by name; the module has it under that name.
        package: what the modules are in.
    """

    def __init__(
        self, *args: Any, lazy: Mapping[str, tuple[str, str]], package: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lazy, self.package = lazy, package

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; imports its module."""
        if cmd_name not in self.lazy:
            return None
        module = import_module(f"{self.package}.{self.lazy[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; one whose reader went away (``… | head``) has done its work."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Here, because click makes 1 of it, which means that data does not conform.
            silence_output()
            ctx.exit(0)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        names = self.list_commands(ctx)
        limit = formatter.width - _MARGINS - max(map(len, names))
        with formatter.section("Commands"):
            formatter.write_dl([(name, _short(self.lazy[name][1], limit)) for name in names])


def _short(text: str, limit: int) -> str:
    """Return a help text as click shortens it."""
    return click.Command("", short_help=None, help=text).get_short_help_str(limit)


def silence_output() -> None:
    """Send what is still to be written nowhere: Python would complain of it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print the version and end: the callback of an option."""
    if wanted and not context.resilient_parsing:
        from outcome_graph import __version__

        click.echo(f"outcome-graph, version {__version__}")
        context.exit()
