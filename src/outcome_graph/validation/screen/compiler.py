"""From shapes to queries that yield their results.

`violations` gives the patterns of what breaks a shape, by constraint; `failing` the nodes that do
not conform to it, for the shapes that are used within others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from outcome_graph.namespaces import RDF, RDFS, SH
from outcome_graph.rdf import Literal, NamedNode, Term
from outcome_graph.validation.screen.counting import Counting
from outcome_graph.validation.screen.logic import broken_clauses, broken_test, minus
from outcome_graph.validation.screen.model import Graph, Shape, Unsupported, component_of
from outcome_graph.validation.screen.pairs import pair_violations
from outcome_graph.validation.screen.relations import Chain, Relations, Source, Values, union
from outcome_graph.validation.screen.sparql import Select, read_select
from outcome_graph.validation.screen.values import Condition, constant, count_of, value_conditions
from outcome_graph.validation.screen.view import Names, View

__all__ = ["Compiler", "Violation"]

#: A query longer than this costs more to read than pySHACL's work on the few nodes it is for.
_LONGEST = 400_000
_DEEPEST = 12


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


@dataclass(frozen=True, slots=True)
class _Site:
    """Where constraints are looked at.

    Parameters:
        shape: whose constraints. values: of its path; of a node shape the focus nodes themselves.
        depth: how many shapes it stands within.
    """

    shape: Shape
    values: Values
    depth: int

    @property
    def source(self) -> Source:
        return self.values.source

    def broken(
        self, parameter: str, pattern: str, value: str | None = None, *, checked: bool = False
    ) -> Violation:
        """Return what breaks a constraint of this shape."""
        component = component_of(parameter)
        return Violation(self.shape, component, self.source, pattern, value, checked=checked)


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
        site = _Site(shape, self._values(shape, source), depth)
        found: list[Violation] = []
        for item in shape.constraints:
            found += self._constraint(site, item.name, item.values)
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

    def _values(self, shape: Shape, source: Source) -> Values:
        if shape.path is None:
            chains = (Chain((w.text,), source.var, w.state, True) for w in source.cheap)
            return Values(source, tuple(chains), source.var)
        return self.relations.values(source, shape.path.branches, self.names.new("v"))

    # -- one constraint -------------------------------------------------------------------------

    def _constraint(self, site: _Site, name: str, given: Sequence[Term]) -> list[Violation]:
        """Return what breaks the constraints of one parameter with the values given to it."""
        conditions = self._conditions(site.shape, name, given)
        if conditions is not None:
            return [self._of_value(site, condition) for condition in conditions]
        match name:
            case (
                "flags"
                | "ignoredProperties"
                | "qualifiedMinCount"
                | "qualifiedMaxCount"
                | "qualifiedValueShapesDisjoint"
            ):
                return []  # they belong to other parameters
            case "class":
                return [self._not_of(site, kind) for kind in given]
            case "property":
                return self._properties(site, given)
            case "node" | "not" | "and" | "or" | "xone":
                return [v for item in given for v in self._shapes(site, name, item)]
            case "qualifiedValueShape":
                return self._qualified(site, given[0])
            case "closed":
                return self._closed(site, given[0])
            case "sparql":
                return [v for node in given for v in self._sparql(site, node)]
            case "hasValue":
                return [self._has_value(site, wanted) for wanted in given]
        if site.shape.path is None:
            raise Unsupported(f"sh:{name} on a node shape")
        if name in ("minCount", "maxCount", "uniqueLang"):
            return self._counted(site, name, given)
        pairs = pair_violations(self.relations, name, given, site.values)
        return [
            replace(site.broken(name, p.pattern, p.value), doubt=p.doubt, doubtful=p.both)
            for p in pairs
        ]

    def _conditions(self, shape: Shape, name: str, given: Sequence[Term]) -> list[Condition] | None:
        return value_conditions(name, given, shape.values("flags"), self.graph.members)

    def _of_value(self, site: _Site, condition: Condition) -> Violation:
        """Return what breaks a constraint that looks at one value only."""
        values = site.values
        test, doubt, clauses = (
            text and text.replace("{v}", values.var)
            for text in (condition.test, condition.doubt, condition.clauses)
        )
        pattern = self.relations.chosen(values, clauses or "", test or "")
        made = Violation(site.shape, condition.component, site.source, pattern, values.var)
        if not doubt:
            return made
        both = self.relations.chosen(values, clauses or "", f"({test}) || ({doubt})")
        return replace(made, doubt=doubt, doubtful=both)

    def _properties(self, site: _Site, nodes: Sequence[Term]) -> list[Violation]:
        inner = self._inner(site)
        found: list[Violation] = []
        for node in nodes:
            child = self.shape(node)
            if child.path is None and not child.deactivated:
                raise Unsupported("sh:property with a node shape")
            found += self.violations(child, inner, site.depth + 1)
        return found

    def _not_of(self, site: _Site, kind: Term) -> Violation:
        if not isinstance(kind, NamedNode):
            raise Unsupported("a class that is no IRI")
        values, patterns = site.values, []
        for chain in values.chains:
            ways = self.view.instances(values.var, kind, chain.state, self.names)
            others = " ".join(f"MINUS {{ {w.text} }}" for w in ways)
            patterns.append(self.relations.chosen(replace(values, chains=(chain,)), others))
        pattern = union(patterns) if patterns else "FILTER(false)"
        return site.broken("class", pattern, values.var)

    def _has_value(self, site: _Site, wanted: Term) -> Violation:
        source, text = site.source, constant(wanted)
        pattern = f"{{ {self.relations.start(source)} }} "
        if site.shape.path is None:
            pattern += f"MINUS {{ VALUES {source.var} {{ {text} }} }}"
        else:
            found = self.relations.values(source, site.shape.path.branches, text)
            pattern += self.counting.without(found)
        return site.broken("hasValue", pattern, checked=True)

    def _counted(self, site: _Site, name: str, given: Sequence[Term]) -> list[Violation]:
        values = site.values
        if name == "uniqueLang":
            if not _is_true(given[0], name):
                return []
            return [site.broken(name, self.counting.same_language(values))]
        count = count_of(given)
        if name == "maxCount":
            return [site.broken(name, self.counting.more(values, count))]
        if count == 0:
            return []
        return [site.broken(name, self.counting.fewer(values, count), checked=True)]

    # -- shapes within shapes -------------------------------------------------------------------

    def _inner(self, site: _Site) -> Source:
        """Return the values as focus nodes of shapes within."""
        return site.source if site.shape.path is None else self.relations.derived(site.values)

    def _shapes(self, site: _Site, name: str, item: Term) -> list[Violation]:
        values = site.values
        nodes = [item] if name in ("node", "not") else self.graph.members(item)
        if not nodes:
            raise Unsupported(f"sh:{name} with an empty list")
        if name == "node" and self.shape(item).path is not None:
            raise Unsupported("sh:node with a property shape")
        tests = [self._pure(node) for node in nodes]
        if all(tests):
            broken = broken_test(name, [t for t in tests if t]).replace("{v}", values.var)
            return [site.broken(name, self.relations.chosen(values, test=broken), values.var)]
        inner = self._inner(site)
        failing = [self.failing(node, inner, site.depth) for node in nodes]
        return [
            site.broken(name, self.relations.chosen(values, conditions), values.var)
            for conditions in broken_clauses(name, failing)
        ]

    def _pure(self, node: Term) -> str | None:
        """Return what values fail a shape that looks at them only, as an expression on {v}."""
        shape = self.shape(node)
        if shape.deactivated or shape.path is not None:
            return None
        tests = []
        for item in shape.constraints:
            if item.name == "flags":
                continue
            conditions = self._conditions(shape, item.name, item.values)
            if conditions is None or any(c.doubt or not c.test for c in conditions):
                return None
            tests += [f"({c.test})" for c in conditions]
        return " || ".join(tests) or None

    def _qualified(self, site: _Site, node: Term) -> list[Violation]:
        shape = site.shape
        if shape.path is None:
            return []  # pySHACL passes over it
        inner = self._inner(site)
        conditions = minus(self.failing(node, inner, site.depth))
        for sibling in self._siblings(shape, node):
            failing = self.failing(sibling, inner, site.depth)
            conditions += " FILTER(false)" if failing is None else f" {{ {failing} }}"
        found = []
        if given := shape.values("qualifiedMinCount"):
            few = self.counting.short(site.values, count_of(given), conditions)
            if few is not None:
                found.append(site.broken("qualifiedMinCount", few, checked=True))
        if given := shape.values("qualifiedMaxCount"):
            many = self.counting.many(site.values, count_of(given), conditions)
            found.append(site.broken("qualifiedMaxCount", many))
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

    def _closed(self, site: _Site, flag: Term) -> list[Violation]:
        if not _is_true(flag, "closed"):
            return []
        shape, source = site.shape, site.source
        if shape.path is not None:
            raise Unsupported("sh:closed on a property shape")
        predicate, value = self.names.new("p"), self.names.new("v")
        triple = self.view.everything_of(source.var, predicate, value, source.state)
        pattern = f"{{ {self.relations.start(source)} }} {triple}"
        if allowed := self._allowed(shape):
            pattern += f" MINUS {{ VALUES {predicate} {{ {' '.join(allowed)} }} }}"
        resource = f"({RDF.type} {RDFS.Resource})"
        pattern += f" MINUS {{ VALUES ({predicate} {value}) {{ {resource} }} }}"
        return [replace(site.broken("closed", pattern, value), path=predicate)]

    def _allowed(self, shape: Shape) -> list[str]:
        """Return the properties that things of a closed shape may have."""
        allowed: dict[str, None] = {}
        for node in shape.values("property"):
            path = self.shape(node).path
            if path is not None and path.iri is not None:
                allowed[str(path.iri)] = None
        for head in shape.values("ignoredProperties"):
            allowed.update(dict.fromkeys(str(m) for m in self.graph.members(head)))
        return list(allowed)

    def _sparql(self, site: _Site, node: Term) -> list[Violation]:
        shape, source = site.shape, site.source
        select: Select | None = read_select(self.graph, node, shape, self.names)
        if select is None:
            return []
        doubt = select.doubt(source)
        return [
            replace(
                site.broken("sparql", select.pattern(self.relations, source)),
                value=select.value or (source.var if shape.path is None else None),
                path=select.path,
                messages=select.messages,
                doubt=doubt,
                doubtful=select.pattern(self.relations, source, doubts=True) if doubt else None,
                gates=select.gates(self.relations, source),
            )
        ]


def _is_true(flag: Term, name: str) -> bool:
    """Return a truth value of a shape.

    Raises:
        Unsupported: it is none.
    """
    if not isinstance(flag, Literal) or flag.value not in ("true", "false"):
        raise Unsupported(f"sh:{name} that is no truth value")
    return flag.value == "true"
