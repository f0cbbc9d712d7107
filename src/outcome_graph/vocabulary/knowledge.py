"""The look-up tables of reference data, loaded once for each base."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from outcome_graph.namespaces import IriMinter
from outcome_graph.vocabulary.concepts import Concepts
from outcome_graph.vocabulary.countries import Countries
from outcome_graph.vocabulary.organisations import Registry
from outcome_graph.vocabulary.sdg import SdgCodes

__all__ = ["Knowledge"]


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """What the packaged reference data knows.

    Parameters:
        countries: countries and regions by code and name.
        sdg: goals, targets and indicators by code and title.
        concepts: the concept schemes by notation and label.
        organisations: the registry of well-known organisations.
    """

    countries: Countries
    sdg: SdgCodes
    concepts: Concepts
    organisations: Registry

    @classmethod
    def load(cls, minter: IriMinter) -> Knowledge:
        """Return the tables, read from the packaged files once for each base.

        Raises:
            NotFoundError: a packaged file is missing.
            SourceError: a packaged file is damaged.
        """
        return _load(minter.base)


@lru_cache(maxsize=4)
def _load(base: str) -> Knowledge:
    minter = IriMinter(base)
    return Knowledge(
        countries=Countries.load(minter),
        sdg=SdgCodes.load(minter),
        concepts=Concepts.load(minter),
        organisations=Registry.load(minter),
    )
