"""Until when a query or an update may take."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Self

from outcome_graph.errors import QueryTimeoutError

__all__ = ["NEVER", "Deadline", "UpdateDeadline"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a query must be done (monotonic time), and the seconds it had."""

    end: float
    allowed: float

    @classmethod
    def after(cls, seconds: float) -> Self:
        """Return the deadline of what begins now."""
        return cls(time.monotonic() + seconds, seconds)

    @property
    def left(self) -> float:
        """Seconds that are left, 0 when it is over."""
        return max(0.0, self.end - time.monotonic())

    def go_on(self) -> None:
        """Do nothing while there is time.

        Raises:
            QueryTimeoutError: it is over.
        """
        if not self.left:
            raise self.expired()

    def expired(self) -> QueryTimeoutError:
        """Return the error that says that it is over."""
        return QueryTimeoutError(
            f"The query was stopped at its deadline of {self.allowed:g} seconds. "
            "Ask for less: name more of what you look for, or add LIMIT.",
            self.allowed,
        )


class UpdateDeadline(Deadline):
    """When an update must be done."""

    __slots__ = ()

    def expired(self) -> QueryTimeoutError:
        """Return the error that says that it is over."""
        return QueryTimeoutError(
            f"The update was stopped at its deadline of {self.allowed:g} seconds; nothing was "
            "changed. Change less at once: name more of what its WHERE looks for.",
            self.allowed,
        )


#: Of what may take as long as it needs.
NEVER = Deadline(math.inf, math.inf)
