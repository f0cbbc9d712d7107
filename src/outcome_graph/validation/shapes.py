"""The shapes graph: ours, parsed once with the configured base, or a user's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from outcome_graph.errors import SourceError, UsageError
from outcome_graph.namespaces import OG, PREFIXES, RDF, SH, IriMinter
from outcome_graph.rdf import (
    BlankNode,
    Literal,
    NamedNode,
    RdfFormat,
    Term,
    Triple,
    parse_quads,
    serialize,
)
from outcome_graph.resources import resource
from outcome_graph.validation.acceptance import refusal_of_shapes, shape_in_words
from outcome_graph.validation.rules import OGS, SHAPES, Rule, rules_of
from outcome_graph.validation.statements import Statement, statements

__all__ = ["SHAPE_FILES", "Shapes", "shapes_graph"]

#: Our files, in the order in which their rules are listed.
SHAPE_FILES = ("shapes.ttl", "mandatory.ttl", "recommended.ttl", "consistency.ttl", "iati.ttl")

_T = TypeVar("_T")
#: Bytes of a user's shapes.
LARGEST = 10_000_000
#: Problems of a file that are told.
_TOLD = 3

_IRI_IN_QUERY = re.compile(r"<([^<>\s]+)>")
_NAME_IN_QUERY = re.compile(r"(?<![\w<])([A-Za-z][\w-]*):([\w-]+)")


@dataclass(frozen=True, eq=False)
class Shapes:
    """A shapes graph and the rules it states.

    Parameters:
        triples: the graph.
        ours: whether it is the packaged one, whose queries and paths we know.
    """

    triples: tuple[Triple, ...]
    ours: bool = True

    @classmethod
    def load(cls, minter: IriMinter) -> Shapes:
        """Parse the packaged shapes; IRIs of concepts get the minter's base.

        Blank nodes get the same labels each time, so that a store that holds this graph is seen to
        hold it.

        Raises:
            NotFoundError: the installation lacks them.
        """
        triples: list[Triple] = []
        for name in SHAPE_FILES:
            data = resource("shapes", name).read_bytes()
            quads = parse_quads(data, RdfFormat.TURTLE, base_iri=minter.base, where=name)
            triples += [q.triple for q in quads]
        return cls(tuple(_relabelled(triples)))

    @classmethod
    def parse(
        cls, data: bytes, rdf_format: RdfFormat, *, base_iri: str | None = None, where: str
    ) -> Shapes:
        """Parse a user's shapes and check them against SHACL's own shapes (SHACL-SHACL), once.

        Parameters:
            data, rdf_format, base_iri: the document.
            where: its name for messages.

        Raises:
            SourceError: it is not well formed RDF.
            UsageError: it holds no shape, or shapes that SHACL does not allow, or that would not be
                evaluated as they stand.
        """
        from outcome_graph.validation.shacl import check_shapes

        quads = parse_quads(data, rdf_format, base_iri=base_iri, where=where)
        shapes = cls(tuple(q.triple for q in quads), ours=False)
        if not any(t.predicate.value.startswith(SH.iri) for t in shapes.triples):
            raise UsageError(f"{where} holds no SHACL shape. Name a file that holds shapes.")
        if _is_recursive(statements(shapes.triples)):
            raise UsageError(
                f"The shapes in {where} refer to each other in a circle, for which SHACL has no "
                "meaning. Break the circle."
            )
        given = statements(shapes.triples)
        problems = [f"{shape_in_words(n, given)}: {text}" for n, text in check_shapes(given)]
        if problems:
            told = "; ".join(dict.fromkeys(problems[:_TOLD]))
            raise UsageError(f"{where} holds shapes that SHACL does not allow: {told}")
        if refusal := refusal_of_shapes(given):
            raise UsageError(f"{where} {refusal}")
        return shapes

    @classmethod
    def open(cls, path: Any, *, base_iri: str | None = None, max_bytes: int = LARGEST) -> Shapes:
        """Read a user's shapes from a file (a `pathlib.Path`), its syntax told by its suffix.

        Parameters:
            path, base_iri: the file.
            max_bytes: larger ones are refused: each byte takes some six in memory.

        Raises:
            SourceError: it cannot be read, is too large, or has no RDF suffix.
            UsageError: as in `parse`.
        """
        from outcome_graph.rdf import format_for

        rdf_format = format_for(path.suffix)
        if rdf_format is None:
            raise SourceError(f"{path.name} is no RDF file. Name shapes in Turtle, for example.")
        try:
            with path.open("rb") as file:
                data = file.read(max_bytes + 1)
        except OSError as error:
            raise SourceError(f"{path} cannot be read: {error.strerror}.") from error
        if len(data) > max_bytes:
            raise SourceError(
                f"{path.name} is larger than {max_bytes:,} bytes, the bound for shapes. "
                "Name a file that holds shapes only, or split it."
            )
        return cls.parse(data, rdf_format, base_iri=base_iri, where=path.name)

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The rules by the IRI of their shape."""
        return rules_of(self.triples)

    def rule(self, local_name: str) -> Rule:
        """Return one of our rules by its short name."""
        return self.rules[OGS[local_name].value]

    def predicates(self) -> frozenset[NamedNode] | None:
        """Return every predicate that our shapes can read from the data.

        What a shape reads by path or parameter is an IRI in its graph; its queries name theirs in
        their text, with declared prefixes. None, for any predicate at all, with a user's shapes:
        those may be closed or have a variable for a predicate.
        """
        if not self.ours:
            return None
        found: set[NamedNode] = set()
        for triple in self.triples:
            if isinstance(triple.object, NamedNode):
                found.add(triple.object)
            elif triple.predicate == SH.select and isinstance(triple.object, Literal):
                found.update(_iris_in_query(triple.object.value))
        return frozenset(found)

    def constraints(self) -> list[Statement]:
        """Return what an engine needs to validate, without the texts of our rules.

        pySHACL looks at every property of a shape each time: without a rule's dozen texts and its
        severity, which the rule tells us (``rules``), it takes half the time. A user's stay.
        """
        texts = {SH.name, SH.description, SH.group, SH.order}
        if self.ours:
            texts |= {SH.message, SH.severity}
            texts |= {OGS.messageTemplate, OGS.field, OG.completenessWeight}
        return [s for s in statements(self.triples) if s.predicate not in texts]

    def to_turtle(self) -> bytes:
        """Return the shapes graph as Turtle."""
        data = serialize(
            self.triples, format=RdfFormat.TURTLE, prefixes={**PREFIXES, "ogs": OGS.iri}
        )
        return data or b""

    @property
    def iri(self) -> str:
        """The IRI of our shapes graph."""
        return SHAPES


_SHAPE_LINKS = frozenset({SH.node, SH.property, SH["not"], SH.qualifiedValueShape})
_SHAPE_LISTS = frozenset({SH["and"], SH["or"], SH.xone})


def _is_recursive(shapes: list[Statement]) -> bool:
    """Tell whether a shape refers to itself (SHACL, 3.4.3): an engine may then say "conforms"."""
    links: dict[Term, set[Term]] = {}
    for s in shapes:
        # Members of lists are followed like links: a list's cells belong to one shape only.
        if s.predicate in _SHAPE_LINKS | _SHAPE_LISTS | {RDF.first, RDF.rest}:
            links.setdefault(s.subject, set()).add(s.object)
    # Take away, again and again, what refers to nothing that is left: a circle stays.
    users: dict[Term, set[Term]] = {}
    for subject, objects in links.items():
        for value in objects:
            users.setdefault(value, set()).add(subject)
    open_links = {subject: len(objects) for subject, objects in links.items()}
    settled = [node for node in users if node not in links]
    while settled:
        for user in users.get(settled.pop(), ()):
            open_links[user] -= 1
            if not open_links[user]:
                settled.append(user)
    return any(open_links.values())


def _relabelled(triples: list[Triple]) -> Iterable[Triple]:
    labels: dict[BlankNode, BlankNode] = {}

    def stable(term: _T) -> _T | BlankNode:
        if isinstance(term, BlankNode):
            return labels.setdefault(term, BlankNode(f"outcome-graph-shapes-{len(labels) + 1}"))
        return term

    for triple in triples:
        yield Triple(stable(triple.subject), triple.predicate, stable(triple.object))


def shapes_graph(minter: IriMinter) -> list[Triple]:
    """Return the packaged shapes graph, with the minter's base."""
    return list(Shapes.load(minter).triples)


def _iris_in_query(text: str) -> Iterable[NamedNode]:
    for match in _IRI_IN_QUERY.finditer(text):
        yield NamedNode(match[1])
    for match in _NAME_IN_QUERY.finditer(text):
        yield NamedNode(PREFIXES[match[1]] + match[2])
