from __future__ import annotations

import pytest

from outcome_graph.namespaces import IriMinter
from outcome_graph.vocabulary import Knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The packaged reference data, the real files."""
    return Knowledge.load(IriMinter())
