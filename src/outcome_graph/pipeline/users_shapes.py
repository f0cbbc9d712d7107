"""Validation with shapes that a user brings, in a process that can be stopped.

A regular expression can keep Python's engine busy for longer than the universe is old, and nothing
in the same process can interrupt it. So the work is done in a process of its own, which is killed
at the deadline.
"""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from outcome_graph.errors import OutcomeGraphError, QueryTimeoutError, UsageError
from outcome_graph.pipeline.reading import SourceReader
from outcome_graph.pipeline.store_validation import validate_stores
from outcome_graph.settings import Settings
from outcome_graph.validation import Shapes, ValidationReport, Validator

__all__ = ["ShapesTask", "validate_with_shapes"]

#: Characters of an unforeseen error that are told.
_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapesTask:
    """What is to be validated, and how the report is to look.

    Parameters:
        shapes: file of the shapes.
        sources: what is validated; none for all records of the store.
        source_format: of the sources. report: one of the report formats. language: of messages.
    """

    shapes: Path
    settings: Settings
    sources: tuple[str, ...] = ()
    source_format: str = "auto"
    report: str = "text"
    language: str = "en"


def validate_with_shapes(task: ShapesTask, deadline: float) -> tuple[str, bool]:
    """Return the report, and whether everything conforms.

    Parameters:
        deadline: seconds that it may take.

    Raises:
        UsageError: the shapes cannot be used.
        QueryTimeoutError: the deadline has passed.
        SourceError, StoreError: a source or the store cannot be read.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(task, there), daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(deadline):
            raise QueryTimeoutError(
                f"Validation with {task.shapes.name} was stopped at its deadline of {deadline:g} "
                "seconds. Simplify its regular expressions, validate less, or raise --deadline.",
                deadline,
            )
        answer = here.recv()
    except EOFError:
        raise UsageError(
            f"Validation with {task.shapes.name} ended unexpectedly. Simplify the shapes."
        ) from None
    finally:
        process.kill()
        process.join()
        here.close()
    if isinstance(answer, Exception):
        raise answer
    text, conforms = answer
    return text, conforms


def _work(task: ShapesTask, there: Connection) -> None:
    try:
        report = _report(task)
        there.send((report.render(task.report, task.language), report.conforms))
    except OutcomeGraphError as error:
        # Errors of ours need arguments of their own to be made again: their words suffice.
        there.send(UsageError(error.message))
    except Exception as error:  # whatever the shapes make an engine do
        words = " ".join(str(error).split())[:_REASON]
        there.send(
            UsageError(
                f"The shapes in {task.shapes.name} cannot be evaluated: "
                f"{type(error).__name__}: {words}. Correct the shapes."
            )
        )
    finally:
        there.close()


def _report(task: ShapesTask) -> ValidationReport:
    from outcome_graph.pipeline.graph import OutcomeGraph

    reader = SourceReader(task.settings)
    shapes = Shapes.open(task.shapes, base_iri=task.settings.base)
    reader.validator = Validator(reader.minter, shapes)
    if task.sources:
        return reader.check(*task.sources, source_format=task.source_format)
    with OutcomeGraph.open(settings=task.settings, read_only=True) as graph:
        return validate_stores(graph.stores, reader.validator)
