"""The routes, one file a family. Each parses, calls one function, renders."""

from __future__ import annotations

from flask import Blueprint

from outcome_graph.service.routes import (
    catalog,
    graphs,
    health,
    home,
    load,
    metrics,
    queries,
    reconcile,
    records,
    records_write,
    resources,
    results,
    review,
    revisions,
    sparql,
    suggest,
    template,
    update,
    validate,
    vocabulary,
)

__all__ = ["blueprints"]


def blueprints() -> list[Blueprint]:
    """Return all blueprints."""
    modules = (
        home,
        results,
        sparql,
        resources,
        validate,
        load,
        suggest,
        template,
        vocabulary,
        health,
        catalog,
        queries,
        reconcile,
        metrics,
        update,
        graphs,
        records,
        records_write,
        revisions,
        review,
    )
    return [module.blueprint for module in modules]
