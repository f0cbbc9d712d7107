"""Suggesting SDG goals and targets for texts that name none."""

from outcome_graph.linking.suggesting.drafts import with_suggestions
from outcome_graph.linking.suggesting.suggester import GOALS, Suggester, Suggestion

__all__ = ["GOALS", "Suggester", "Suggestion", "with_suggestions"]
