"""Which SDG goals, targets and indicators the themes and codes of a CIDS outcome stand for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from outcome_graph.draft import Severity
from outcome_graph.mapping.cids_graph import TOVE, CidsGraph
from outcome_graph.model import text_in
from outcome_graph.namespaces import CIDS, SCHEMA
from outcome_graph.rdf import Literal, NamedNode, Subject, Term

__all__ = ["Codes", "read_themes", "sdg_code"]

Say = Callable[[Severity, str, str | None], None]

#: Addresses that stand for a goal, target or indicator: the UN's and those of code lists.
_IRIS = (
    re.compile(r"https?://metadata\.un\.org/sdg/(C\d{6}|\d{1,2}(?:\.\w{1,2}){0,2})/?"),
    re.compile(r"https?://sdgs\.un\.org/goals/goal(\d{1,2})/?"),
    re.compile(
        r"https?://\S*[/#](?:un)?sdgs?[#/_-]?(?:goal)?[#/_-]?(\d{1,2}(?:\.\w{1,2}){0,2})/?",
        re.IGNORECASE,
    ),
)
_OF_THE_UN = re.compile(r"sdg|metadata\.un\.org", re.IGNORECASE)
#: "Goal 1: No poverty", "SDG 1.3", "Target 1.3": a code and the word that makes it one.
_NAMED = re.compile(
    r"(?:(?:un )?sdg|goal|target|indicator|odd|ods|objectif|objetivo)s?\W{0,2}"
    r"(\d{1,2}(?:\.\w{1,2}){0,2})\b.*",
    re.IGNORECASE,
)
_BARE = re.compile(r"C\d{6}|\d{1,2}(?:\.\w{1,2}){0,2}")


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of the SDGs, as given."""

    goals: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


def read_themes(graph: CidsGraph, outcome: Subject, say: Say) -> Codes:
    """Return the SDG codes of an outcome's themes and codes; other themes are said to be left out.

    Parameters:
        graph: the statements. outcome: the outcome.
        say: takes severity, message and field of a problem.
    """
    found: dict[str, None] = {}
    for node in graph.objects(outcome, CIDS.forTheme, CIDS.hasCode):
        codes = list(_codes(graph, node))
        if codes:
            found.update(dict.fromkeys(codes))
            continue
        called = text_in(graph.names(node, "und")) or _written(node) or "without a name"
        message = f"The theme “{called[:80]}” is no SDG that we know, and has no place in a record."
        say("info", message, "sdg_goals")
    by_kind: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for code in found:
        by_kind[2 if code.startswith("C") else code.count(".")].append(code)
    return Codes(tuple(by_kind[0]), tuple(by_kind[1]), tuple(by_kind[2]))


def _codes(graph: CidsGraph, theme: Term) -> dict[str, None]:
    """Return the codes that a theme, or a code, or the codes of a theme stand for."""
    found: dict[str, None] = {}
    graph.types(theme)
    for node in (theme, *graph.objects(theme, CIDS.hasCode)):
        graph.types(node)
        graph.descriptions(node, "und")
        code = sdg_code(graph, node)
        if code is not None:
            found[code] = None
    return found


def sdg_code(graph: CidsGraph, node: Term) -> str | None:
    """Return the SDG code that a node stands for by its IRI, specification, identifier or name."""
    specified = [_written(v) for v in graph.objects(node, CIDS.hasSpecification)]
    definers = [_written(v) for v in graph.objects(node, CIDS.definedBy)]
    values = graph.words(node, TOVE.hasIdentifier, SCHEMA.codeValue, CIDS.hasIdentifier)
    names = [text.value for text in graph.names(node, "und")]
    for address in (_written(node), *specified, *values):
        for pattern in _IRIS:
            match = pattern.fullmatch(address)
            if match:
                return match[1]
    for words in (*values, *names):
        match = _NAMED.fullmatch(words)
        if match:
            return match[1]
    # A bare number is a code of the SDGs only where something says whose code it is.
    if any(_OF_THE_UN.search(words) for words in specified + definers):
        return next((value for value in values if _BARE.fullmatch(value)), None)
    return None


def _written(node: Term) -> str:
    return node.value if isinstance(node, NamedNode | Literal) else ""
