"""The command line: ``outcome-graph``. One module a group of commands; thin over the pipeline."""

from __future__ import annotations

import signal
import sys

import click

from outcome_graph.cli.lazy import LazyGroup, show_version, silence_output
from outcome_graph.errors import OutcomeGraphError

__all__ = ["cli", "main"]


#: The commands: module of this package, and what the list of commands says of each. A module is
#: imported when its command is called, so that `--help` and small commands start at once.
COMMANDS = {
    "backup": (
        "backup",
        "Write a safety copy of everything to the new folder DIR, also while a server is running.",
    ),
    "bench": ("bench", "Benchmarks: always ratios to peers on the same data in the same run."),
    "convert": (
        "data",
        "Convert sources (files or folders) without a store; write to standard output or a file.",
    ),
    "export": ("data", "Write everything out again: all graphs, or the records as a table."),
    "history": (
        "history",
        "Show the commits that changed the record ID, oldest first; without ID, all commits.",
    ),
    "init": (
        "store",
        "Make the store; load ontology, concept schemes, countries and the SDG skeleton.",
    ),
    "load": ("data", "Parse, link, validate and commit sources; print what became of each."),
    "query": ("querying", "Run the SPARQL query in FILE, given with -e, or canned under --name."),
    "restore": (
        "history",
        "Restore the record ID as of a revision, or the whole store from a backup.",
    ),
    "review": ("review", "List links that await review; accept, reject or correct them."),
    "serve": ("serving", "Serve the store over HTTP: pages for people, SPARQL for programs."),
    "suggest": (
        "suggest",
        "Suggest SDG goals and targets for the text in FILE (- for standard input) or given with "
        "-e.",
    ),
    "template": (
        "template",
        "Write an empty table of outcomes to fill in, with an example row, and load it later.",
    ),
    "token": ("token", "Make, list and revoke access tokens for the service."),
    "undo": ("history", "Take back a load: what its commits did to records, all of it or nothing."),
    "validate": (
        "data",
        "Say what the shapes find in sources, or in the store, in words people understand.",
    ),
    "vocab": ("vocab", "Install, list and remove official vocabularies."),
}


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    package=__name__,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--store",
    metavar="DIR|URL",
    help="Folder of the store, or query address of a SPARQL engine "
    "(environment: OUTCOME_GRAPH_STORE; default ./outcome-graph-data).",
)
@click.option("--base", metavar="IRI", help="Base IRI (environment: OUTCOME_GRAPH_BASE_IRI).")
@click.option("--quiet", "-q", is_flag=True, help="Print results and errors only.")
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How log lines on standard error are written.",
)
@click.option("--debug", is_flag=True, help="Show a traceback when something fails.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_version,
    help="Show the version and exit.",
)
@click.pass_context
def cli(
    context: click.Context,
    store: str | None,
    base: str | None,
    quiet: bool,
    log_format: str,
    debug: bool,
) -> None:
    """Results achieved, as a validated knowledge graph: records in, SPARQL out."""
    from outcome_graph.cli.context import CliContext
    from outcome_graph.settings import Settings

    context.obj = CliContext(
        settings=Settings.load(store=store, base=base),
        quiet=quiet,
        log_format=log_format,
        debug=debug,
    )
    context.obj.set_up_logging()


def main() -> None:
    """Run the command line and end the process with the contract's exit code."""
    debug = "--debug" in sys.argv
    try:
        # Without its standalone mode click hands the code of `Exit` back instead of exiting.
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.NoArgsIsHelpError as error:
        # Its message is the whole help, which is no line.
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as error:
        _complain(error.format_message(), debug)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt) as stop:
        # A command may say what it leaves behind.
        _complain(f"interrupted. {stop}" if str(stop) else "interrupted", debug=False)
        sys.exit(128 + getattr(stop, "number", signal.SIGINT))
    except OutcomeGraphError as error:
        # So may the load that a store failed.
        _complain(" ".join([error.message, *getattr(error, "__notes__", ())]), debug)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        silence_output()
        sys.exit(0)
    except OSError as error:
        # Files of ours are told of where they are read and written; this is standard output.
        silence_output()
        _complain(f"The output cannot be written: {error.strerror or error}.", debug)
        sys.exit(2)


def _complain(message: str, debug: bool) -> None:
    if debug:
        import traceback

        traceback.print_exc()
    line = " ".join(message.split())
    click.echo(f"outcome-graph: {line}", err=True)
