"""The routes, one file a family. Each parses, calls one function, renders."""

from __future__ import annotations

from flask import Blueprint

from outcome_graph.service.routes import (
    health,
    home,
    resources,
    sparql,
    suggest,
    validate,
    vocabulary,
)

__all__ = ["blueprints"]


def blueprints() -> list[Blueprint]:
    """Return all blueprints."""
    modules = (home, sparql, resources, validate, suggest, vocabulary, health)
    return [module.blueprint for module in modules]
