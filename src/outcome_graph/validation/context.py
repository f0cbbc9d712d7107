"""The shared triples that a record is validated with: only its neighbourhood.

A record refers to countries, concepts and SDG terms that live in graphs of their own. What the
shapes read of those is given to the engine together with the record; the rest would only cost time
(a record has about 120 triples, the shared graphs tens of thousands).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from outcome_graph.namespaces import DCTERMS, RDF, RDFS, SKOS
from outcome_graph.rdf import Literal, NamedNode, Term
from outcome_graph.validation.statements import Statement

__all__ = ["Labels", "SharedContext", "last_segment"]

_LABELS: tuple[NamedNode, ...] = (SKOS.prefLabel, RDFS.label, DCTERMS.title)
_CLASS_LINKS = (RDFS.subClassOf,)


def last_segment(iri: str) -> str:
    """Return the decoded last part of an IRI: after its last "/" or "#"."""
    return unquote(iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1])


class Labels:
    """What people call things, by language.

    Parameters:
        triples: where labels are looked for, in order of preference after earlier calls of `add`.
    """

    def __init__(self, triples: Iterable[Statement] = ()) -> None:
        self._labels: dict[Term, dict[NamedNode, dict[str, str]]] = {}
        self.add(triples)

    def add(self, triples: Iterable[Statement]) -> None:
        """Take over the labels among these triples; the first label of a language stays."""
        for triple in triples:
            if triple.predicate in _LABELS and isinstance(triple.object, Literal):
                found = self._labels.setdefault(triple.subject, {}).setdefault(triple.predicate, {})
                found.setdefault((triple.object.language or "")[:2], triple.object.value)

    def find(self, node: Term, language: str) -> str | None:
        """Return a thing's label in a language, else in English, else in any; None without one."""
        by_predicate = self._labels.get(node)
        if by_predicate is None:
            return None
        for predicate in _LABELS:
            texts = by_predicate.get(predicate)
            if texts:
                return texts.get(language) or texts.get("en") or next(iter(texts.values()))
        return None


class SharedContext:
    """The shared triples, indexed once.

    Parameters:
        triples: the ontology's class hierarchy, concepts, countries, SDG terms.
        predicates: the predicates that the shapes read; None for all of them.
    """

    def __init__(
        self, triples: Iterable[Statement], predicates: frozenset[NamedNode] | None = None
    ) -> None:
        self.labels = Labels()
        self._by_subject: dict[Term, list[Statement]] = defaultdict(list)
        kept_always = {RDF.type, *_CLASS_LINKS}
        for triple in triples:
            self.labels.add((triple,))
            if predicates is None or triple.predicate in predicates | kept_always:
                self._by_subject[triple.subject].append(triple)

    def statements(self) -> Iterator[Statement]:
        """Yield all of them, as far as the shapes read them."""
        for found in self._by_subject.values():
            yield from found

    def neighbourhood(self, triples: Sequence[Statement]) -> list[Statement]:
        """Return what the shapes may read of the shared things that these triples refer to.

        One step from the record is enough: no shape of ours reads further than a property of a
        thing the record names. Superclasses of the types met are followed to the top, because
        ``sh:class`` and ``sh:targetClass`` ask for them.
        """
        found: list[Statement] = []
        named = dict.fromkeys(t.object for t in triples if isinstance(t.object, NamedNode))
        for node in named:
            found.extend(self._by_subject.get(node, ()))
        found.extend(self._superclasses([*triples, *found]))
        return found

    def _superclasses(self, triples: Iterable[Statement]) -> list[Statement]:
        links: list[Statement] = []
        waiting = list(dict.fromkeys(t.object for t in triples if t.predicate == RDF.type))
        seen = set(waiting)
        while waiting:
            for triple in self._by_subject.get(waiting.pop(), ()):
                if triple.predicate in _CLASS_LINKS and isinstance(triple.object, NamedNode):
                    links.append(triple)
                    if triple.object not in seen:
                        seen.add(triple.object)
                        waiting.append(triple.object)
        return links
