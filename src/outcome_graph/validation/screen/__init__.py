"""Shapes compiled to set-based SPARQL that yields the validation results themselves.

`Screen` is the door: it says which queries find what a shapes graph forbids, runs them through any
engine's ``ask``, and lists what it does not cover, which goes to pySHACL.
"""

from outcome_graph.validation.screen.model import Unsupported
from outcome_graph.validation.screen.screen import Ask, GraphFinding, Screen
from outcome_graph.validation.screen.view import PlainView, RecordView, View

__all__ = ["Ask", "GraphFinding", "PlainView", "RecordView", "Screen", "Unsupported", "View"]
