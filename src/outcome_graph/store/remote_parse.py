"""Having the embedded engine parse a user's query before another engine gets it.

The engine turns a query into a tree, and walks it by recursion: a sum of 10,000 numbers, a list of
3,000 objects or 1,000 aggregates, however flat they are written, exhaust the small stack of a
server's thread and end the process. (Readers of the embedded store die of such queries alone.) So
the parts of a query are counted first: one of many parts is parsed by a thread with a large stack,
one of too many is refused.
"""

from __future__ import annotations

import re
import threading

import pyoxigraph

from outcome_graph.errors import QueryError
from outcome_graph.namespaces import PREFIXES
from outcome_graph.rdf import NamedNode
from outcome_graph.sparql_text import bind_values, tokens_of
from outcome_graph.store.base import AnswerKind
from outcome_graph.store.evaluation import translated
from outcome_graph.store.guards import error_at
from outcome_graph.store.messages import syntax_error

__all__ = ["MOST_PARTS", "parsed"]

#: Words and signs of a query, without the data of VALUES, which do not nest. The time that the
#: engine takes grows with their square: some seconds for these.
MOST_PARTS = 10_000
#: What every thread can parse: a tenth of what was seen to end a process (stacks of 2 MB).
_FEW_PARTS = 200
#: Bytes of the large stack: ten times what the worst query of so many parts was seen to need. What
#: is not needed is not taken from the system.
_STACK = 256 * 1024 * 1024
_COMMENT = re.compile(r"#[^\n\r]*")
#: The size of stacks is set for all threads that start: one at a time changes it.
_sizing = threading.Lock()


def parsed(text: str, base_iri: str | None) -> AnswerKind:
    """Have a query parsed, and return what kind of answer it has.

    Raises:
        QueryError: it is malformed, has too many parts, or uses functions that are not SPARQL's
            own.
    """
    if len(text) <= _FEW_PARTS:
        return _parsed(text, base_iri)
    parts, end = _parts(text)
    if parts <= _FEW_PARTS:
        return _parsed(text, base_iri)
    if parts > MOST_PARTS:
        raise error_at(
            text,
            end,
            f"the query has more than {MOST_PARTS:,} words and signs. Put data into VALUES, where "
            "they do not count, or ask in parts.",
        )
    return _with_large_stack(text, base_iri)


def _parts(text: str) -> tuple[int, int]:
    """Count the words and signs outside of the data of VALUES, until there are too many.

    Returns:
        Their number, and the place of the last one.
    """
    count, before, inside, waiting = 0, 0, False, False
    for token in tokens_of(text):
        if not inside:
            # Numbers and operators are no tokens of ours: each of their signs counts.
            gap = _COMMENT.sub("", text[before : token.start])
            count += 1 + len(gap) - sum(map(str.isspace, gap))
            if count > MOST_PARTS:
                return count, token.start
        before = token.end
        if token.kind == "word" and token.text.upper() == "VALUES":
            waiting = True
        elif token.text == "{" and waiting:
            inside, waiting = True, False
        elif token.text == "}":
            inside = waiting = False
    return count, before


def _with_large_stack(text: str, base_iri: str | None) -> AnswerKind:
    results: list[AnswerKind] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            results.append(_parsed(text, base_iri))
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=work, name="outcome-graph-parser", daemon=True)
    with _sizing:
        usual = threading.stack_size(_STACK)
        try:
            thread.start()
        finally:
            threading.stack_size(usual)
    thread.join()
    if errors:
        raise errors[0]
    return results[0]


def _parsed(text: str, base_iri: str | None) -> AnswerKind:
    """Parse here and now.

    The embedded engine cannot parse without beginning to answer. On an empty store that is nothing
    to speak of, but VALUES can make a hostile query long even there: FILTER(false) ends it.

    Raises:
        QueryError: it is malformed, or uses functions that are not SPARQL's own.
    """
    try:
        results = _begin(_filtered(text), base_iri)
    except (SyntaxError, QueryError):
        try:
            # As it stands: for the right place in the message, and for what takes no filter.
            results = _begin(text, base_iri)
        except SyntaxError as error:
            raise syntax_error(text, error) from error
    if isinstance(results, pyoxigraph.QuerySolutions):
        return "solutions"
    return "boolean" if isinstance(results, pyoxigraph.QueryBoolean) else "graph"


def _begin(text: str, base_iri: str | None) -> object:
    try:
        return pyoxigraph.Store().query(text, base_iri=base_iri, prefixes=PREFIXES)
    except SyntaxError:
        raise
    except Exception as error:
        raise translated(error) from error


def _filtered(text: str) -> str:
    """Return a query that has no answers, otherwise the same."""
    marked = bind_values(text, {"og__nothing": NamedNode("urn:outcome-graph:nothing")})
    values = "VALUES (?og__nothing) { (<urn:outcome-graph:nothing>) }"
    return marked.replace(values, "FILTER(false)", 1)
