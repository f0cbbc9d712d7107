"""How complete a record is, by the weights in the shapes graph.

The score of a record is the sum of the weights of the rules it fulfils, divided by the sum of the
weights of all rules of its profile. A rule is fulfilled when it reports nothing for the record.
"""

from __future__ import annotations

from collections.abc import Iterable

from outcome_graph.validation.rules import Rule

__all__ = ["DECIMALS", "Completeness"]

#: Decimals of a score, as stored with the record.
DECIMALS = 3


class Completeness:
    """The weights of each profile.

    Parameters:
        rules: the rules of the shapes graph.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        weighty = [r for r in rules if r.weight > 0]
        profiles = dict.fromkeys(["core", *(r.profile for r in weighty)])
        self._weights: dict[str, dict[str, float]] = {
            profile: {r.shape: r.weight for r in weighty if r.profile in ("core", profile)}
            for profile in profiles
        }

    def score(self, profile: str, broken: frozenset[str]) -> float:
        """Return the completeness of a record, 0 to 1.

        Parameters:
            profile: the profile it names; an unknown one counts as core.
            broken: the shapes that the record breaks.
        """
        weights = self._weights.get(profile, self._weights["core"])
        total = sum(weights.values())
        if not total:
            return 1.0
        present = sum(weight for shape, weight in weights.items() if shape not in broken)
        return round(present / total, DECIMALS)
