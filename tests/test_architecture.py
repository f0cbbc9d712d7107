"""Imports point one way, as the drawing in docs/architecture.md has it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "outcome_graph"

#: What each part may import of ours, besides itself. Nothing points up; siblings never meet.
FOUNDATION = {
    "errors",
    "lazy",
    "settings",
    "namespaces",
    "rdf",
    "resources",
    "texts",
    "model",
    "draft",
    "formats",
    "sparql_text",
    "tables",
    "access",
}
ALLOWED = {
    "errors": set(),
    "lazy": set(),
    "version": set(),
    "rdf": {"errors"},
    "resources": {"errors"},
    "namespaces": {"errors", "rdf"},
    "settings": {"errors", "namespaces"},
    "texts": {"errors"},
    "access": {"errors", "settings"},
    # Parts of the model in files of their own; only their annotations name each other.
    "measures": {"errors", "texts", "model"},
    "model": {"errors", "texts", "measures"},
    "draft": {"errors", "model"},
    "sparql_text": {"errors", "rdf"},
    "tables": {"errors", "model"},
    "formats": FOUNDATION,
    "vocabulary": FOUNDATION,
    "sources": FOUNDATION,
    "linking": FOUNDATION | {"vocabulary"},
    "mapping": FOUNDATION,
    "validation": FOUNDATION,
    "store": FOUNDATION,
    "pipeline": FOUNDATION | {"vocabulary", "sources", "linking", "mapping", "validation", "store"},
    "service": FOUNDATION
    | {"pipeline", "store", "vocabulary", "validation", "mapping", "sources", "__version__"},
    "bench": FOUNDATION | {"vocabulary", "mapping", "pipeline"},
    "cli": FOUNDATION | {"pipeline", "store", "sources", "service", "bench", "__version__"},
    "__main__": {"cli"},
    "__init__": FOUNDATION | {"pipeline", "validation", "version"},
}
#: Libraries that only some parts may know.
CONFINED = {
    "pyoxigraph": {"rdf", "store"},
    "pyshacl": {"validation", "bench"},
    "flask": {"service"},
    "granian": {"service"},
    "click": {"cli"},
    "openpyxl": {"sources", "pipeline"},
    "rich": {"cli"},
    "SPARQLWrapper": {"store"},
    "prometheus_client": {"service"},
}


def _part(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "outcome_graph":
                found |= {f"outcome_graph.{alias.name}" for alias in node.names}
            elif node.module:
                found.add(node.module)
    return found


MODULES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_point_one_way(path: Path) -> None:
    part = _part(path)
    assert part in ALLOWED, f"{part} is new: say here what it may import"
    ours = {name.split(".")[1] for name in _imports(path) if name.startswith("outcome_graph.")}
    assert ours - {part} <= ALLOWED[part]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_libraries_stay_where_they_belong(path: Path) -> None:
    libraries = {name.split(".")[0] for name in _imports(path)}
    for library, parts in CONFINED.items():
        assert library not in libraries or _part(path) in parts


def test_only_one_module_knows_pyshacl() -> None:
    users = [p.relative_to(SOURCE).as_posix() for p in MODULES if "pyshacl" in _roots(p)]
    assert users == ["validation/shacl.py"]


def _roots(path: Path) -> set[str]:
    return {name.split(".")[0] for name in _imports(path)}


def test_modules_stay_short() -> None:
    long = {p.name: n for p in MODULES if (n := len(p.read_text("utf-8").splitlines())) > 450}
    assert not long


def test_nothing_reads_the_developers_shared_folder() -> None:
    guilty = [p for p in MODULES if "../shared" in p.read_text("utf-8")]
    assert not guilty
