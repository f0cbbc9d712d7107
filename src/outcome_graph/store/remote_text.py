"""Making the text of a query fit for any engine, and safe before it leaves.

A query is parsed here first, by the embedded engine on an empty store: its errors are the ones we
word, with line and column, the same whatever engine answers. What is sent on

- is read alike by all: ``\\u`` escapes, which some engines resolve before they look for the end of
  a string, are resolved;
- declares the prefixes that people may use without declaring them, and its base;
- does not meet the graphs that are ours (see `outcome_graph.store.remote_layout`), nor the names
  by which Apache Jena would let it: ``GRAPH ?g { … }`` becomes
  ``{ GRAPH ?g { … } FILTER(?g NOT IN (…)) }``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph

from outcome_graph.errors import QueryError
from outcome_graph.namespaces import PREFIXES
from outcome_graph.rdf import NamedNode
from outcome_graph.sparql_text import Token, bind_values, graph_patterns, text_at, tokens_of
from outcome_graph.store.base import AnswerKind, QueryRequest
from outcome_graph.store.dataset_choice import declaration, from_clauses, graph_name, resolve
from outcome_graph.store.evaluation import check_query, translated
from outcome_graph.store.guards import error_at
from outcome_graph.store.remote_parse import parsed

__all__ = ["PreparedQuery", "prepare"]

#: Names that Apache Jena gives to the default graph and to the union of all.
_JENAS = "urn:x-arq:"
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\.", re.DOTALL)
_ESCAPES = {'"': '\\"', "'": "\\'", "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_FORMS: dict[AnswerKind, str] = {"solutions": "SELECT", "boolean": "ASK", "graph": "CONSTRUCT"}
_NO_TRIPLE_FIRST = frozenset(("OPTIONAL", "FILTER", "BIND", "VALUES", "MINUS", "GRAPH", "SELECT"))


@dataclass(frozen=True, slots=True)
class PreparedQuery:
    """A query ready to be sent.

    Parameters:
        text: for the engine.
        form: SELECT, ASK, or CONSTRUCT for all that answers with a graph.
        default_graphs, named_graphs: the dataset, None when the query names none.
        protocol: whether it is the protocol's dataset, not the query's own.
        asks_graphs: it holds GRAPH.
    """

    text: str
    form: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    protocol: bool
    asks_graphs: bool


def prepare(
    request: QueryRequest, hidden: Sequence[NamedNode], service_allowed: Collection[str] = ()
) -> PreparedQuery:
    """Check a query and make it fit to be sent.

    Parameters:
        request: the query.
        hidden: graphs that it must not meet.
        service_allowed: endpoints that SERVICE may call.

    Raises:
        QueryError: it is malformed, or asks for what is not allowed.
    """
    check_query(request, service_allowed)
    text = bind_values(request.sparql, request.bindings)
    kind = parsed(text, request.base_iri)
    sent = _without_codepoints(text)
    tokens = list(tokens_of(sent))
    _check_names(sent, tokens, hidden)
    _check_functions(sent, tokens, request.base_iri)
    default, named, protocol = _dataset(request, text)
    for graph in (*(default or ()), *(named or ())):
        if NamedNode(graph) in hidden or graph.startswith(_JENAS):
            raise QueryError(f"<{graph}> is the store's own and cannot be asked.")
    if default is None:
        sent = _without_hidden(sent, tokens, hidden)
    return PreparedQuery(
        text=_with_prologue(sent, request.base_iri),
        form=_FORMS[kind],
        default_graphs=default,
        named_graphs=named,
        protocol=protocol,
        asks_graphs="graph" in text.lower(),
    )


def _dataset(
    request: QueryRequest, text: str
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None, bool]:
    if request.default_graphs is not None or request.named_graphs is not None:
        default = tuple(graph_name(g).value for g in request.default_graphs or ())
        return default, tuple(graph_name(g).value for g in request.named_graphs or ()), True
    if "from" in text.lower():
        graphs, named = from_clauses(text, request.base_iri)
        if graphs or named:
            return tuple(g.value for g in graphs), tuple(g.value for g in named), False
    return None, None, False


def _check_functions(text: str, tokens: Sequence[Token], base_iri: str | None) -> None:
    """Refuse functions that are not SPARQL's own, as the embedded engine does.

    Some engines' own functions run code or read files.

    Raises:
        QueryError: with the function.
    """
    prologue, open_brackets = "", [""]
    for position, token in enumerate(tokens):
        before = tokens[position - 1] if position else None
        if token.text in ("{", "(", "["):
            open_brackets.append(token.text)
        elif token.text in ("}", ")", "]") and len(open_brackets) > 1:
            open_brackets.pop()
        elif token.kind == "word" and token.text.upper() in ("PREFIX", "BASE"):
            prologue += declaration(text, tokens, position)
        if token.kind not in ("iri", "name") or text_at(tokens, position + 1) != "(":
            continue
        # Elsewhere it is a property, and its value a list.
        if open_brackets[-1] == "(" or (before is not None and before.kind == "word"):
            function = resolve(prologue, token, base_iri)
            if function is not None and (error := _unknown(function)):
                raise translated(error)


@lru_cache(maxsize=1_000)
def _unknown(function: NamedNode) -> Exception | None:
    try:
        results = pyoxigraph.Store().query(f'SELECT ({function}("1") AS ?value) {{}}')
        assert isinstance(results, pyoxigraph.QuerySolutions)
        next(results)
    except RuntimeError as error:
        return error
    except SyntaxError:
        return None
    return None


# -- escapes ----------------------------------------------------------------------------------


def _without_codepoints(text: str) -> str:
    """Resolve ``\\uXXXX`` in strings and IRIs; elsewhere they were no query to our parser."""
    if "\\u" not in text and "\\U" not in text:
        return text
    pieces, last = [], 0
    for token in tokens_of(text):
        if token.kind == "string" and "\\" in token.text:
            pieces += [text[last : token.start], _CODEPOINT.sub(_escaped, token.text)]
            last = token.end
    joined = "".join([*pieces, text[last:]])
    outside = _outside_strings(joined)
    if "\\u" in outside or "\\U" in outside:
        raise QueryError(
            "Write the characters of IRIs and names themselves, not as \\u escapes: engines differ "
            "in what they make of them."
        )
    return joined


def _outside_strings(text: str) -> str:
    pieces, last = [], 0
    for token in tokens_of(text):
        if token.kind == "string":
            pieces.append(text[last : token.start])
            last = token.end
    return "".join([*pieces, text[last:]])


def _escaped(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    if not digits:
        return match[0]
    number = int(digits, 16)
    if number >= 0x110000 or 0xD800 <= number < 0xE000:
        raise QueryError(f"{match[0]} is no character.")
    return _ESCAPES.get(chr(number), chr(number))


# -- hidden graphs ----------------------------------------------------------------------------


def _check_names(text: str, tokens: Sequence[Token], hidden: Sequence[NamedNode]) -> None:
    """Refuse to name the hidden graphs, in full or by a prefix that leads to them."""
    names = [graph.value for graph in hidden]
    for position, token in enumerate(tokens):
        if token.kind != "iri":
            continue
        iri = token.text[1:-1]
        based = position > 0 and tokens[position - 1].text.upper() == "BASE"
        if iri.lower().startswith("java:"):
            # Jena takes such a property or function for a class to load.
            raise QueryError(f"<{iri}> names code of the engine's and cannot be used.")
        leads = ":" in iri and any(name.startswith(iri) for name in (*names, _JENAS))
        if leads or iri.startswith(_JENAS) or (based and iri.lower().startswith("urn:")):
            raise error_at(text, token.start, f"<{iri}> is the store's own and cannot be asked.")


def _without_hidden(text: str, tokens: Sequence[Token], hidden: Sequence[NamedNode]) -> str:
    """Keep GRAPH ?g from meeting the hidden graphs, and graphs that hold nothing."""
    edits: list[tuple[int, str]] = []
    listed = ", ".join(map(str, hidden))
    for start, variable, opening, closing in graph_patterns(tokens):
        after = f" FILTER({variable} NOT IN ({listed}))"
        if _may_meet_nothing(tokens[opening + 1]):
            after += f" FILTER EXISTS {{ GRAPH {variable} {{ ?og__s ?og__p ?og__o }} }}"
        edits.append((start, "{ "))
        edits.append((tokens[closing].end, after + " }"))
    for place, inserted in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = text[:place] + inserted + text[place:]
    return text


def _may_meet_nothing(first: Token) -> bool:
    """Tell whether a group with this first token may match in a graph without triples.

    Engines that remember empty graphs would otherwise show them.
    """
    if first.kind == "word":
        return first.text.upper() in _NO_TRIPLE_FIRST
    return first.text in "{}"


# -- prologue ---------------------------------------------------------------------------------


def _with_prologue(text: str, base_iri: str | None) -> str:
    base = f"BASE {NamedNode(base_iri)} " if base_iri else ""
    used = (p for p in PREFIXES if f"{p}:" in text)
    return base + "".join(f"PREFIX {p}: <{PREFIXES[p]}> " for p in used) + text
