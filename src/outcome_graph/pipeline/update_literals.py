"""Literals of SPARQL updates that their datatype does not allow and the engine would respell.

``"300"^^xsd:byte`` becomes the integer 300 when the engine reads it: what validation sees of it
afterwards is well formed. What the engine keeps as it is written is left to validation, which says
in which record it would stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from outcome_graph.namespaces import PREFIXES, XSD
from outcome_graph.rdf import Literal, NamedNode
from outcome_graph.sparql_text import Token, tokens_of
from outcome_graph.store.guards import error_at
from outcome_graph.store.kept import as_kept
from outcome_graph.validation.literals import datatype_name, is_valid

__all__ = ["check_literals"]

_IS_XSD = re.compile(re.escape(XSD.iri) + "[A-Za-z]+")
_QUOTES = ('"""', "'''", '"', "'")


def check_literals(sparql: str) -> None:
    """Refuse literals that their datatype does not allow and that would be stored as other ones.

    Parameters:
        sparql: an update.

    Raises:
        QueryError: with the place of the first.
    """
    if "^^" not in sparql:
        return
    tokens = list(tokens_of(sparql))
    prefixes = _prefixes(tokens)
    for position, token in enumerate(tokens[:-1]):
        named = tokens[position + 1]
        if token.kind != "string" or sparql[token.end : named.start].strip() != "^^":
            continue
        datatype = _iri(named, prefixes)
        # Only those are respelt. Other names may hold escapes, and be no IRIs as they stand.
        if datatype is None or not _IS_XSD.fullmatch(datatype):
            continue
        literal = Literal(_inside(token.text), datatype=NamedNode(datatype))
        kept = as_kept(literal)
        if kept != literal and not is_valid(literal):
            raise error_at(
                sparql,
                token.start,
                f"“{literal.value}” is no {datatype_name(literal)}, and would be stored as {kept}. "
                "Write a value that the datatype allows, or another datatype.",
            )


def _prefixes(tokens: Sequence[Token]) -> dict[str, str]:
    found = {f"{prefix}:": namespace for prefix, namespace in PREFIXES.items()}
    for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if word.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri":
            found[name.text] = iri.text[1:-1]
    return found


def _iri(token: Token, prefixes: dict[str, str]) -> str | None:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, colon, local = token.text.partition(":")
    start = prefixes.get(prefix + colon) if token.kind == "name" else None
    return None if start is None else start + local


def _inside(text: str) -> str:
    quote = next(q for q in _QUOTES if text.startswith(q))
    return text[len(quote) : -len(quote)]
