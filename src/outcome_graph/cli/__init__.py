"""The command line: ``outcome-graph``. One module a group of commands; thin over the pipeline."""

from __future__ import annotations

import sys

import click

from outcome_graph import __version__
from outcome_graph.cli.backup import backup
from outcome_graph.cli.bench import bench
from outcome_graph.cli.context import CliContext
from outcome_graph.cli.data import convert, export, load, validate
from outcome_graph.cli.history import history, restore
from outcome_graph.cli.querying import query
from outcome_graph.cli.review import review
from outcome_graph.cli.serving import serve
from outcome_graph.cli.store import init
from outcome_graph.cli.suggest import suggest
from outcome_graph.cli.template import template
from outcome_graph.cli.token import token
from outcome_graph.cli.vocab import vocab
from outcome_graph.errors import OutcomeGraphError
from outcome_graph.settings import Settings

__all__ = ["cli", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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
@click.version_option(__version__, prog_name="outcome-graph")
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
    context.obj = CliContext(
        settings=Settings.load(store=store, base=base),
        quiet=quiet,
        log_format=log_format,
        debug=debug,
    )
    context.obj.set_up_logging()


for command in (
    init,
    convert,
    load,
    validate,
    query,
    serve,
    export,
    template,
    vocab,
    suggest,
    review,
    history,
    restore,
    backup,
    token,
    bench,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line and end the process with the contract's exit code."""
    debug = "--debug" in sys.argv
    try:
        # Without its standalone mode click hands the code of `Exit` back instead of exiting.
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        _complain(error.format_message(), debug)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        _complain("interrupted", debug=False)
        sys.exit(130)
    except OutcomeGraphError as error:
        _complain(error.message, debug)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of a pipe went away (`… | head`): nothing to tell anybody.
        sys.stderr.close()
        sys.exit(0)


def _complain(message: str, debug: bool) -> None:
    if debug:
        import traceback

        traceback.print_exc()
    line = " ".join(message.split())
    click.echo(f"outcome-graph: {line}", err=True)
