"""Python's search for cycles, made rare while very many things are made that have none.

By default it looks again after each 700 new things, and through all that there is ever so often:
up to half of the processor's time where the statements of a batch of records are looked at.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collected_rarely"]

_COLLECT_AFTER = 50_000


@contextmanager
def collected_rarely() -> Iterator[None]:
    """Look for cycles rarely in the meantime; what has none is freed at once, as ever."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _COLLECT_AFTER) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
