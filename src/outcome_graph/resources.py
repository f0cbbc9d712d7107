"""Where the packaged files are: the ontology, the shapes and the reference data.

In a wheel they lie in ``outcome_graph/resources/``; in a checkout at the top of the project.
"""

from __future__ import annotations

from pathlib import Path

from outcome_graph.errors import NotFoundError

__all__ = ["resource", "resources_in"]

_PACKAGE = Path(__file__).resolve().parent
_ROOTS = (_PACKAGE / "resources", _PACKAGE.parents[1])


def _root() -> Path:
    for root in _ROOTS:
        if (root / "ontology" / "outcome.ttl").is_file():
            return root
    raise NotFoundError(
        "The ontology, shapes and data that belong to outcome-graph are missing from this "
        "installation. Install the package again."
    )


def resource(*parts: str) -> Path:
    """Return the path of one packaged file or folder, e.g. ``resource("ontology", "outcome.ttl")``.

    Raises:
        NotFoundError: there is no such file in this installation.
    """
    path = _root().joinpath(*parts)
    if not path.exists():
        raise NotFoundError(f"The packaged file {'/'.join(parts)} is missing. Install again.")
    return path


def resources_in(folder: str, suffix: str) -> list[Path]:
    """Return the packaged files of a folder with this suffix, sorted by name."""
    return sorted(resource(*folder.split("/")).glob(f"*{suffix}"))
