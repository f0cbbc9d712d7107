"""Sets of nodes and values as patterns: where focus nodes come from, and what a path leads to.

Everything is a relation over the record, the focus node and the value, combined by joins, unions
and MINUS: no pattern depends on variables bound outside it, which is where compilers of SHACL go
wrong. Engines answer such patterns by scanning and hashing; the last step of a path is filtered
before the first ones are looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from outcome_graph.namespaces import OG
from outcome_graph.validation.screen.model import Targets, Unsupported
from outcome_graph.validation.screen.paths import Branch, Hop
from outcome_graph.validation.screen.view import Names, State, View, Way

__all__ = ["BARRIER", "Chain", "Relations", "Source", "Values", "joined", "rename", "union"]

_MOST_WAYS = 64
#: A bound that no answer reaches. Engines do not move filters or reorder joins across a LIMIT, so
#: it keeps a costly condition from being tried on each row of a scan (measured: 9 ms for 78 ms).
BARRIER = " LIMIT 2000000000"


def union(texts: Iterable[str]) -> str:
    """Return the union of patterns."""
    given = list(dict.fromkeys(texts))
    return given[0] if len(given) == 1 else " UNION ".join(f"{{ {t} }}" for t in given)


def joined(texts: Sequence[str]) -> str:
    """Return the join of patterns in the given order, each scanned once and hashed."""
    made = texts[0]
    for text in texts[1:]:
        left = f"{{ SELECT * WHERE {{ {made} }}{BARRIER} }}"
        # A table of constants is hashed as it is.
        right = text if text.startswith("VALUES") else f"{{ SELECT * WHERE {{ {text} }}{BARRIER} }}"
        made = f"{left} {right}"
    return made


def rename(text: str, old: str, new: str) -> str:
    """Return a pattern with a variable replaced."""
    return re.sub(re.escape(old) + r"(?![A-Za-z0-9_])", lambda _: new, text)


@dataclass(frozen=True, slots=True)
class Source:
    """A set of focus nodes.

    Parameters:
        var: the variable that stands for them.
        ways: where exactly they come from.
        cheap: a larger set that is found more quickly; the same as ``ways`` where there is none.
        state: of the nodes in ``cheap``.
    """

    var: str
    ways: tuple[Way, ...]
    cheap: tuple[Way, ...]
    state: State

    @property
    def exact(self) -> bool:
        """Whether ``cheap`` is exact."""
        return self.cheap is self.ways

    def membership(self) -> str:
        """Return the expression that tells whether a node belongs to the set."""
        return " || ".join(w.test or f"EXISTS {{ {w.text} }}" for w in self.ways)


@dataclass(frozen=True, slots=True)
class Chain:
    """One way from a focus node to a value node.

    Parameters:
        steps: the patterns, the last one last. between: the variable before the last one.
        state: of the value. bound: whether it tells the record.
        standing: whether the value is the focus node itself.
    """

    steps: tuple[str, ...]
    between: str
    state: State
    bound: bool
    standing: bool = False

    def text(self) -> str:
        """Return the whole pattern."""
        return " ".join(self.steps)


@dataclass(frozen=True, slots=True)
class Values:
    """The values that focus nodes have by a path.

    Parameters:
        source: the focus nodes. chains: the ways from them to the values.
        var: the variable of the values, or the one value that is looked for.
    """

    source: Source
    chains: tuple[Chain, ...]
    var: str


class Relations:
    """Makes patterns for one view of the data.

    Parameters:
        view: the layout of the data. names: of variables.
    """

    def __init__(self, view: View, names: Names) -> None:
        self.view = view
        self.names = names
        self.key = view.key

    # -- where focus nodes come from ------------------------------------------------------------

    def source(self, targets: Targets) -> Source:
        """Return the focus nodes of targets."""
        var = self.names.new("f")
        ways = [self.view.given(var, node) for node in targets.nodes]
        for kind in targets.classes:
            ways += self.view.instances(var, kind, None, self.names)
        for predicate in targets.subjects_of:
            ways += self._ends(Hop(predicate, inverse=True), var)
        for predicate in targets.objects_of:
            ways += self._ends(Hop(predicate), var)
        made = tuple(ways)
        return Source(var, made, made, _weakest(w.state for w in made))

    def _ends(self, hop: Hop, var: str) -> list[Way]:
        start = self.names.new()
        ways = self.view.hop(hop, start, var, "any", self.names)
        return [w if w.bound else self._seen(w, var) for w in ways]

    def _seen(self, way: Way, var: str) -> Way:
        """Return a way among shared statements to things that the record mentions."""
        a, b = self.names.new("m"), self.names.new("m")
        mentioned = union([self.view.own(f"{a} {b} {var} ."), self.view.own(f"{var} {a} {b} .")])
        return Way(f"{way.text} {{ {mentioned} }}", way.state)

    def derived(self, values: Values) -> Source:
        """Return the values of a path from focus nodes as focus nodes.

        The ways bind the variable of the source as well: `compiler.failing` goes back by them.
        """
        chains, var = values.chains, values.var
        ways = (_onwards(way, chain, values) for way in values.source.ways for chain in chains)
        made = tuple(dict.fromkeys(ways))
        state = _weakest(c.state for c in chains)
        if any(not c.bound or not c.steps or "GRAPH" not in c.steps[-1] for c in chains):
            return Source(var, made, made, state)
        cheap = dict.fromkeys(rename(c.steps[-1], c.between, self.names.new("b")) for c in chains)
        return Source(var, made, tuple(Way(t, state) for t in cheap), state)

    # -- where paths lead -----------------------------------------------------------------------

    def values(self, source: Source, branches: Sequence[Branch], var: str) -> Values:
        """Return what a path leads to from focus nodes, as a variable or a constant."""
        made: list[Chain] = []
        for branch in branches:
            made += self._along(source, branch, var)
        if len(made) > _MOST_WAYS:
            raise Unsupported("a path with very many ways")
        return Values(source, tuple(made), var)

    def _along(self, source: Source, branch: Branch, value: str) -> list[Chain]:
        if not branch:
            return [self._standing(source, way, value) for way in source.ways]
        found = [Chain((), source.var, source.state, False)]
        node = source.var
        for number, step in enumerate(branch):
            last = number == len(branch) - 1
            ahead = value if last else self.names.new()
            longer = []
            for chain in found:
                if isinstance(step, Hop):
                    ways = self.view.hop(step, node, ahead, chain.state, self.names)
                else:
                    ways = [self.view.repeat(step, node, ahead)]
                longer += [
                    Chain((*chain.steps, w.text), node, w.state, chain.bound or w.bound)
                    for w in ways
                ]
            found, node = longer, ahead
            if len(found) > _MOST_WAYS:
                raise Unsupported("a path with very many ways")
        return found

    def _standing(self, source: Source, way: Way, value: str) -> Chain:
        if value.startswith("?"):
            text = f"{way.text} BIND({source.var} AS {value})"
        else:
            text = f"{way.text} FILTER(sameTerm({source.var}, {value}))"
        return Chain((text,), source.var, source.state, True, standing=True)

    # -- patterns -------------------------------------------------------------------------------

    def chosen(self, values: Values, clauses: str = "", test: str = "") -> str:
        """Return the pattern of focus nodes and values that fulfil conditions.

        Parameters:
            clauses: joins and MINUS clauses that leave some values.
            test: an expression on the value alone.
        """
        return union(self._chosen(values, chain, clauses, test) for chain in values.chains)

    def _chosen(self, values: Values, chain: Chain, clauses: str, test: str) -> str:
        source, value = values.source, values.var
        conditions = f"{clauses} FILTER({test})" if test else clauses
        if not chain.bound:
            start = union(w.text for w in source.ways)
            return f"{{ {start} }} {chain.text()} {conditions}"
        *rest, last = chain.steps
        single = last.startswith("GRAPH") and last.count("GRAPH") == 1
        if test and not clauses and single and value != source.var and not chain.standing:
            return self._tested_once(source, chain, value, test)
        if not rest:
            return f"{self._near(source, chain)} {conditions}"
        if "GRAPH" not in last or not conditions:
            return f"{chain.text()} {conditions}"
        columns = f"{self.key}{chain.between} {value}"
        return f"{{ SELECT DISTINCT {columns} WHERE {{ {last} {conditions} }} }} {' '.join(rest)}"

    def _tested_once(self, source: Source, chain: Chain, value: str, test: str) -> str:
        """Test each value once (many focus nodes share one), then go back to the focus nodes."""
        near = self._near(source, chain)
        once = f"{{ SELECT DISTINCT {value} WHERE {{ {near} }}{BARRIER} }} FILTER({test})"
        # No barrier keeps the few values that are found from being looked up.
        picked = f"{{ SELECT {value} WHERE {{ {once} }}{BARRIER} }}"
        return " ".join([picked, *reversed(chain.steps)])

    def _near(self, source: Source, chain: Chain) -> str:
        """Return the last step of a chain; of a single one what belongs to focus nodes."""
        if len(chain.steps) > 1 or chain.standing:
            return chain.steps[-1]
        return self.narrowed(source, chain.steps, source.var)

    def hashed(self, source: Source, chain: Chain) -> str:
        """Return the pattern of a whole chain, its parts apart, so that engines hash them."""
        if not chain.bound:
            start = union(w.text for w in source.ways)
            return f"{{ SELECT * WHERE {{ {start} }}{BARRIER} }} {chain.text()}"
        if len(chain.steps) == 1 or not self.key:
            return chain.text()
        return joined(chain.steps)

    def narrowed(self, source: Source, texts: Sequence[str], var: str) -> str:
        """Return the join of patterns; of a single one, with its focus nodes where that pays.

        Words of common vocabularies, such as titles, stand on things of many kinds, all of whose
        values would be looked at. Ours are for one kind.

        Parameters:
            texts: the patterns. var: stands for the focus nodes in them.
        """
        if not self.key:
            return " ".join(texts)
        if len(texts) > 1 or len(source.ways) > 1 or OG.iri in texts[0]:
            return joined(texts)
        start = source.ways[0].text
        # An instance of a class: no variables but the record and the focus node, so that each is
        # there once.
        of_class = start.startswith("GRAPH") and start.count("?") == 2
        if not of_class or not texts[0].startswith("GRAPH"):
            return joined(texts)
        return joined((rename(start, source.var, var), texts[0]))

    def distinct(self, columns: Iterable[str], text: str) -> str:
        """Return a sub-query for some columns of a pattern."""
        shown = " ".join(dict.fromkeys(columns))
        return f"{{ SELECT DISTINCT {self.key}{shown} WHERE {{ {text} }}{BARRIER} }}"

    def start(self, source: Source) -> str:
        """Return the pattern of a (perhaps too large) set of focus nodes."""
        return union(w.text for w in source.cheap)


def _onwards(way: Way, chain: Chain, values: Values) -> Way:
    """Return where focus nodes come from, and on along a chain to the values."""
    start, var = values.source.var, values.var
    if chain.standing:
        test = way.test and rename(way.test, start, var)
        return replace(
            way, text=f"{rename(way.text, start, var)} BIND({var} AS {start})", test=test
        )
    text = chain.text()
    # A table names its columns by variables.
    if way.constant is not None and "VALUES" not in text:
        text = f"{rename(text, start, way.constant)} BIND({way.constant} AS {start})"
    else:
        text = f"{way.text} {text}"
    return Way(text, chain.state)


def _weakest(states: Iterable[State]) -> State:
    given = set(states)
    if not given or "any" in given:
        return "any"
    # An object may be described by the record, too; a thing the record describes may not be shared.
    return "object" if "object" in given else "own"
