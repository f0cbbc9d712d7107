"""From shapes to queries that yield their results.

`violations` gives the patterns of what breaks a shape, by constraint; `failing` the nodes that do
not conform to it, for the shapes that are used within others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from outcome_graph.namespaces import SH
from outcome_graph.rdf import Literal, NamedNode, Term
from outcome_graph.validation.screen.counting import Counting
from outcome_graph.validation.screen.logic import broken_clauses, broken_test, minus
from outcome_graph.validation.screen.model import Graph, Shape, Unsupported
from outcome_graph.validation.screen.pairs import pair_violations
from outcome_graph.validation.screen.relations import Chain, Relations, Source, union
from outcome_graph.validation.screen.sparql import Select, read_select
from outcome_graph.validation.screen.values import constant, count_of, value_conditions
from outcome_graph.validation.screen.view import Names, View

__all__ = ["Compiler", "Violation"]

#: A query longer than this costs more to read than pySHACL's work on the few nodes it is for.
_LONGEST = 400_000
_DEEPEST = 12
_SHAPES = ("node", "not", "and", "or", "xone")


@dataclass(frozen=True, slots=True)
class Violation:
    """What breaks one constraint.

    Parameters:
        shape: the source shape. component: local name of the component.
        source: where the focus nodes come from.
        pattern: binds the focus node and, where there is one, the value.
        value: variable of the value, None for results without one.
        path: of the results in place of the shape's: an IRI, or a variable.
        messages: in place of the shape's.
        checked: whether the pattern holds for focus nodes of the source only.
        doubt: an expression that is true of nodes that pySHACL must judge.
        doubtful: in place of the pattern, to find those nodes as well.
        gates: queries that all have a row if there is anything to find.
    """

    shape: Shape
    component: str
    source: Source
    pattern: str
    value: str | None = None
    path: str | None = None
    messages: tuple[tuple[str, str], ...] = ()
    checked: bool = False
    doubt: str | None = None
    doubtful: str | None = None
    gates: tuple[str, ...] = ()


class Compiler:
    """Compiles the shapes of one shapes graph for one view.

    Parameters:
        graph: the shapes graph. shapes: its shapes. view: the layout of the data.
    """

    def __init__(self, graph: Graph, shapes: dict[Term, Shape], view: View) -> None:
        self.graph = graph
        self.shapes = shapes
        self.view = view
        self.names = Names()
        self.relations = Relations(view, self.names)
        self.counting = Counting(self.relations)
        #: Patterns of nodes that pySHACL must judge, gathered while a shape is compiled.
        self.doubts: list[str] = []

    def targeted(self, shape: Shape) -> list[Violation]:
        """Return what breaks a shape at its own targets.

        Raises:
            Unsupported: something in it, or in a shape it uses, is not compiled.
        """
        if shape.deactivated:
            return []
        if shape.unsupported:
            raise Unsupported(shape.unsupported)
        return self.violations(shape, self.relations.source(shape.targets), 0)

    def shape(self, node: Term) -> Shape:
        """Return a shape by its node.

        Raises:
            Unsupported: it is none, or not compiled.
        """
        found = self.shapes.get(node)
        if found is None:
            raise Unsupported(f"a shape that is not there ({node})")
        if found.unsupported and not found.deactivated:
            raise Unsupported(found.unsupported)
        return found

    def violations(self, shape: Shape, source: Source, depth: int) -> list[Violation]:
        """Return what breaks a shape at given focus nodes."""
        if shape.deactivated:
            return []
        if depth > _DEEPEST:
            raise Unsupported("shapes that are nested too deeply")
        value, chains = self._values(shape, source)
        found: list[Violation] = []
        for item in shape.constraints:
            found += self._constraint(shape, item.name, item.values, source, chains, value, depth)
        if sum(len(v.pattern) for v in found) > _LONGEST:
            raise Unsupported("a shape whose query would be very long")
        return found

    def failing(self, node: Term, source: Source, depth: int) -> str | None:
        """Return the pattern of nodes that do not conform to a shape; None when all conform.

        It may hold for nodes beyond the source: users join it with what they ask about.
        """
        shape = self.shape(node)
        texts: list[str] = []
        if shape.deactivated:
            return None
        for violation in self.violations(shape, source, depth + 1):
            text = violation.pattern
            if violation.doubt and violation.doubtful:
                self.doubts.append(f"{violation.doubtful} FILTER({violation.doubt})")
            if violation.source is not source:
                # The focus node is a value of this shape's own path: back to where it starts.
                inner = violation.source
                ways = union(w.text for w in inner.ways)
                joined = self.relations.distinct([inner.var], text)
                text = f"{joined} {{ {ways} }}"
            texts.append(self.relations.distinct([source.var], text))
        return union(texts) if texts else None

    def _values(self, shape: Shape, source: Source) -> tuple[str, list[Chain]]:
        if shape.path is None:
            chains = [Chain((w.text,), source.var, w.state, True) for w in source.cheap]
            return source.var, chains
        value = self.names.new("v")
        return value, self.relations.chains(source, shape.path.branches, value)

    # -- one constraint -------------------------------------------------------------------------

    def _constraint(
        self,
        shape: Shape,
        name: str,
        values: Sequence[Term],
        source: Source,
        chains: list[Chain],
        value: str,
        depth: int,
    ) -> list[Violation]:
        conditions = value_conditions(name, values, shape.values("flags"), self.graph.members)
        if conditions is not None:
            found = []
            for condition in conditions:
                test = condition.test and condition.test.replace("{v}", value)
                doubt = condition.doubt and condition.doubt.replace("{v}", value)
                clauses = condition.clauses.replace("{v}", value)

                def chosen(expression: str | None, clauses: str = clauses) -> str:
                    return self.relations.chosen(source, chains, value, clauses, expression or "")

                made = Violation(shape, condition.component, source, chosen(test), value)
                if doubt:
                    both = chosen(f"({test}) || ({doubt})")
                    made = replace(made, doubt=doubt, doubtful=both)
                found.append(made)
            return found
        if name == "property":
            return self._properties(values, shape, source, chains, value, depth)
        if name == "class":
            return [
                self._violation(shape, "Class", source, pattern, value)
                for pattern in (self._not_of(kind, source, chains, value) for kind in values)
            ]
        if name in _SHAPES:
            return self._shapes(shape, name, values, source, chains, value, depth)
        if name in ("flags", "ignoredProperties"):
            return []
        if name.startswith("qualified"):
            if name != "qualifiedValueShape":
                return []
            return self._qualified(shape, values[0], source, chains, value, depth)
        if name == "closed":
            return self._closed(shape, values[0], source)
        if name == "sparql":
            return [v for node in values for v in self._sparql(shape, node, source)]
        if name == "hasValue":
            return [self._has_value(shape, v, source) for v in values]
        if shape.path is None:
            raise Unsupported(f"sh:{name} on a node shape")
        if name in ("minCount", "maxCount", "uniqueLang"):
            return self._counted(shape, name, values, source, chains, value)
        pairs = pair_violations(self, name, values, source, chains, value)
        return [
            Violation(
                shape, p.component, source, p.pattern, p.value, doubt=p.doubt, doubtful=p.both
            )
            for p in pairs
        ]

    def _violation(
        self,
        shape: Shape,
        component: str,
        source: Source,
        pattern: str,
        value: str | None = None,
        *,
        checked: bool = False,
    ) -> Violation:
        return Violation(shape, component, source, pattern, value, checked=checked)

    def _properties(
        self,
        nodes: Iterable[Term],
        shape: Shape,
        source: Source,
        chains: list[Chain],
        value: str,
        depth: int,
    ) -> list[Violation]:
        inner = source
        if shape.path is not None:
            inner = self.relations.derived(source, chains, value)
        found: list[Violation] = []
        for node in nodes:
            child = self.shape(node)
            if child.path is None and not child.deactivated:
                raise Unsupported("sh:property with a node shape")
            found += self.violations(child, inner, depth + 1)
        return found

    def _not_of(self, kind: Term, source: Source, chains: list[Chain], value: str) -> str:
        if not isinstance(kind, NamedNode):
            raise Unsupported("a class that is no IRI")
        patterns = []
        for chain in chains:
            ways = self.view.instances(value, kind, chain.state, self.names)
            others = " ".join(f"MINUS {{ {w.text} }}" for w in ways)
            patterns.append(self.relations.chosen(source, [chain], value, others))
        return union(patterns) if patterns else "FILTER(false)"

    def _has_value(self, shape: Shape, wanted: Term, source: Source) -> Violation:
        start, text = self.relations.start(source), constant(wanted)
        if shape.path is None:
            pattern = f"{{ {start} }} MINUS {{ VALUES {source.var} {{ {text} }} }}"
            return self._violation(shape, "HasValue", source, pattern, checked=True)
        found = self.relations.chains(source, shape.path.branches, text)
        pattern = f"{{ {start} }} {self.counting.without(source, found, text)}"
        return self._violation(shape, "HasValue", source, pattern, checked=True)

    def _counted(
        self,
        shape: Shape,
        name: str,
        values: Sequence[Term],
        source: Source,
        chains: list[Chain],
        value: str,
    ) -> list[Violation]:
        component = name[0].upper() + name[1:]
        if name == "uniqueLang":
            flag = values[0]
            if not isinstance(flag, Literal) or flag.value not in ("true", "false"):
                raise Unsupported("sh:uniqueLang that is no truth value")
            if flag.value == "false":
                return []
            pattern = self.counting.same_language(source, chains, value)
        elif name == "minCount":
            if count_of(values) == 0:
                return []
            pattern = self.counting.fewer(source, chains, value, count_of(values))
        else:
            pattern = self.counting.more(source, chains, value, count_of(values))
        checked = name == "minCount"
        return [self._violation(shape, component, source, pattern, checked=checked)]

    # -- shapes within shapes -------------------------------------------------------------------

    def _inner(self, source: Source, chains: list[Chain], value: str) -> Source:
        return self.relations.derived(source, chains, value) if value != source.var else source

    def _shapes(
        self,
        shape: Shape,
        name: str,
        values: Sequence[Term],
        source: Source,
        chains: list[Chain],
        value: str,
        depth: int,
    ) -> list[Violation]:
        inner = self._inner(source, chains, value)
        found = []
        for item in values:
            nodes = [item] if name in ("node", "not") else self.graph.members(item)
            if not nodes:
                raise Unsupported(f"sh:{name} with an empty list")
            if name == "node" and self.shape(item).path is not None:
                raise Unsupported("sh:node with a property shape")
            tests = [self._pure(node) for node in nodes]
            if all(tests):
                broken = broken_test(name, [t for t in tests if t]).replace("{v}", value)
                pattern = self.relations.chosen(source, chains, value, "", broken)
                component = name[0].upper() + name[1:]
                found.append(self._violation(shape, component, source, pattern, value))
                continue
            failing = [self.failing(node, inner, depth) for node in nodes]
            for conditions in broken_clauses(name, failing):
                pattern = self.relations.chosen(source, chains, value, conditions)
                component = name[0].upper() + name[1:]
                found.append(self._violation(shape, component, source, pattern, value))
        return found

    def _pure(self, node: Term) -> str | None:
        """Return what values fail a shape that looks at them only, as an expression on {v}."""
        shape = self.shape(node)
        if shape.deactivated or shape.path is not None:
            return None
        tests = []
        for item in shape.constraints:
            if item.name == "flags":
                continue
            flags = shape.values("flags")
            conditions = value_conditions(item.name, item.values, flags, self.graph.members)
            if conditions is None or any(c.doubt or not c.test for c in conditions):
                return None
            tests += [f"({c.test})" for c in conditions]
        return " || ".join(tests) or None

    def _qualified(
        self,
        shape: Shape,
        node: Term,
        source: Source,
        chains: list[Chain],
        value: str,
        depth: int,
    ) -> list[Violation]:
        if shape.path is None:
            return []  # pySHACL passes over it
        inner = self._inner(source, chains, value)
        conditions = minus(self.failing(node, inner, depth))
        for sibling in self._siblings(shape, node):
            failing = self.failing(sibling, inner, depth)
            conditions += " FILTER(false)" if failing is None else f" {{ {failing} }}"
        found = []
        for name, count in (("Min", self.counting.short), ("Max", self.counting.many)):
            if given := shape.values(f"qualified{name}Count"):
                pattern = count(source, chains, value, count_of(given), conditions)
                if pattern is not None:
                    component = f"Qualified{name}Count"
                    checked = name == "Min"
                    made = self._violation(shape, component, source, pattern, checked=checked)
                    found.append(made)
        return found

    def _siblings(self, shape: Shape, node: Term) -> list[Term]:
        flags = shape.values("qualifiedValueShapesDisjoint")
        if not any(f.value == "true" for f in flags):
            return []
        found: dict[Term, None] = {}
        for parent in self.graph.subjects():
            children = self.graph.values(parent, SH.property)
            if shape.node in children:
                for child in children:
                    found.update(dict.fromkeys(self.graph.values(child, SH.qualifiedValueShape)))
        return [s for s in found if s != node]

    def _closed(self, shape: Shape, flag: Term, source: Source) -> list[Violation]:
        if not isinstance(flag, Literal) or flag.value not in ("true", "false"):
            raise Unsupported("sh:closed that is no truth value")
        if flag.value == "false":
            return []
        if shape.path is not None:
            raise Unsupported("sh:closed on a property shape")
        allowed: dict[str, None] = {}
        for node in shape.values("property"):
            path = self.shape(node).path
            if path is not None and path.iri is not None:
                allowed[str(path.iri)] = None
        for head in shape.values("ignoredProperties"):
            allowed.update(dict.fromkeys(str(m) for m in self.graph.members(head)))
        predicate, value = self.names.new("p"), self.names.new("v")
        triple = self.view.everything_of(source.var, predicate, value, source.state)
        pattern = f"{{ {self.relations.start(source)} }} {triple}"
        if allowed:
            pattern += f" MINUS {{ VALUES {predicate} {{ {' '.join(allowed)} }} }}"
        resource = "<http://www.w3.org/2000/01/rdf-schema#Resource>"
        kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        pattern += f" MINUS {{ VALUES ({predicate} {value}) {{ ({kind} {resource}) }} }}"
        return [Violation(shape, "Closed", source, pattern, value, path=predicate)]

    def _sparql(self, shape: Shape, node: Term, source: Source) -> list[Violation]:
        select: Select | None = read_select(self.graph, node, shape, self.names)
        if select is None:
            return []
        pattern = select.pattern(self.relations, source)
        doubt = select.doubt(source)
        value = select.value or (source.var if shape.path is None else None)
        return [
            Violation(
                shape,
                "SPARQL",
                source,
                pattern,
                value,
                path=select.path,
                messages=select.messages,
                doubt=doubt,
                doubtful=select.pattern(self.relations, source, doubts=True) if doubt else None,
                gates=select.gates(self.relations, source),
            )
        ]
