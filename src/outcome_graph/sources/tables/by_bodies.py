"""Telling the columns of bodies: who paid, who did the work, who the partners were.

The same names may be any of them, so that the heading must ask for what they did, or what they are
must leave one possibility. Else a warning asks, and nothing is read.
"""

from __future__ import annotations

from outcome_graph.sources.tables.bodies import are_bodies, are_mostly_payers, are_named_bodies
from outcome_graph.sources.tables.seen import SeenColumn, SeenTable
from outcome_graph.tables import asks_who_did_it, asks_who_helped

__all__ = ["tell_bodies", "tell_payers"]


def tell_payers(table: SeenTable) -> None:
    """Find the column of those who paid: they are known as such, and the heading asks for them.

    Without a word for paying or helping in it only a person can say what they did.
    """
    if "funders" in table.keys:
        return
    named = [one for one in table.free if one.are_payers]
    paid = [one for one in named if one.may_hold("funders")]
    open_to = paid + [
        one
        for one in table.free
        if one not in paid
        and one.may_hold("funders")
        and not asks_who_helped(one.heading)
        and are_mostly_payers(one.cells, table.known)
    ]
    helped = [
        one
        for one in open_to
        if one.asks("funders") and not one.asks("contributors") and one.name_donors
        # Beside a lender others may have paid.
        if len(named) < 2 or not one.speaks_of("lending")
    ]
    asking = [one for one in paid if one.speaks_of("paying")] or helped
    if len(asking) == 1:
        table.take(asking[0], "funders")
    for one in named:
        if one not in asking or len(asking) > 1:
            table.ask(one, "funders")


def tell_bodies(table: SeenTable) -> None:
    """Find the columns of bodies: those that did the work where the heading says so, partners."""
    doing = [
        one
        for one in table.free
        if asks_who_did_it(one.heading) and are_named_bodies(one.cells, table.known)
    ]
    working = doing or [one for one in table.free if _worked(one)]
    if "contributors" not in table.keys and len(working) == 1:
        table.take(working[0], "contributors")
    if "constituents" not in table.keys:
        _tell_partners(table, [one for one in table.free if one not in doing])


def _tell_partners(table: SeenTable, free: list[SeenColumn]) -> None:
    bodies = [one for one in free if not one.refuted and _may_be_partners(one)]
    sure = [one for one in bodies if not one.are_agencies and not one.are_payers]
    asking = [one for one in sure if one.asks("constituents")]
    chosen = asking if len(asking) == 1 else sure
    if len(chosen) == 1:
        table.take(chosen[0], "constituents")
        return
    for one in bodies:
        table.ask(one, "constituents")


def _worked(one: SeenColumn) -> bool:
    """Whether agencies did the work or helped, and no donors, who did so by paying."""
    if not one.are_agencies or not one.may_hold("contributors"):
        return False
    return one.asks("contributors") or (asks_who_helped(one.heading) and not one.name_donors)


def _may_be_partners(one: SeenColumn) -> bool:
    asked = one.asks("constituents")
    if one.asks("funders") and not asked and one.name_donors:
        return False  # asked is who paid, and only that, above governments that do
    return one.may_hold("constituents") and are_bodies(one.cells, one.known, asked=asked)
