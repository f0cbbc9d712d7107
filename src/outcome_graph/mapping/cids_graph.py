"""Statements of the Common Impact Data Standard (CIDS) to look things up in, and its namespaces.

The IRIs are those of CIDS 3 (https://ontology.commonapproach.org/cids.ttl) and of the ontologies
that it builds on; older spellings that published files still use are read too.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from outcome_graph.errors import RecordError
from outcome_graph.model import Text, Texts, plain_number
from outcome_graph.namespaces import CIDS, DCTERMS, PROV, RDF, RDFS, SCHEMA, XSD, Namespace
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Subject, Term, Triple

__all__ = ["CONTACT", "GENERIC", "I72", "TIME", "TOVE", "CidsGraph", "in_force", "short"]

#: Organisations and contacts (TOVE), quantities (ISO 21972), generic properties (ISO 5087), time
#: (OWL-Time).
CONTACT = Namespace("http://ontology.eil.utoronto.ca/tove/icontact#")
TOVE = Namespace("http://ontology.eil.utoronto.ca/tove/organization#")
I72 = Namespace("http://ontology.eil.utoronto.ca/ISO21972/iso21972#")
GENERIC = Namespace("https://standards.iso.org/iso-iec/5087/-1/ed-1/en/ontology/GenericProperties/")
TIME = Namespace("http://www.w3.org/2006/time#")
_SCHEMA_HTTPS = Namespace("https://schema.org/")
_SFF = Namespace("https://ontology.commonapproach.org/sff#")

#: Namespaces of version 2 and before, which published files still use.
_FORMER = {
    "http://ontology.eil.utoronto.ca/cids/cids#": CIDS,
    "http://ontology.commonapproach.org/owl/cids_v2.1.owl/cids#": CIDS,
    "http://ontology.commonapproach.org/owl/cids_v2.1.owl#": CIDS,
    "http://ontology.commonapproach.org/cids#": CIDS,
    "http://ontology.commonapproach.org/tove/organization#": TOVE,
    "http://ontology.commonapproach.org/tove/icontact#": CONTACT,
    "http://ontology.commonapproach.org/ISO21972/iso21972#": I72,
}

_PREFIXES = {
    "cids": CIDS,
    "org": TOVE,
    "ic": CONTACT,
    "i72": I72,
    "iso5087": GENERIC,
    "time": TIME,
    "prov": PROV,
    "dcterms": DCTERMS,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sff": _SFF,
}

#: Predicates with a text in a language of its own, and those without.
_TAGGED_NAMES = (DCTERMS.title, RDFS.label)
_NAMES = (
    TOVE.hasLegalName,
    TOVE.hasName,
    CIDS.hasLegalName,
    CIDS.hasName,
    SCHEMA.name,
    _SCHEMA_HTTPS.name,
)
_DESCRIPTIONS = (
    CIDS.hasDescription,
    GENERIC.hasDescription,
    SCHEMA.description,
    _SCHEMA_HTTPS.description,
    DCTERMS.description,
)
_NUMBERS = (I72.hasNumericalValue, I72.numerical_value, CIDS.hasNumericalValue)
_VALUES = (I72.value, CIDS.hasValue)
_UNITS = (CIDS.unitDescription, I72.unit_of_measure, I72.hasUnit)
_INSTANTS = (TIME.inXSDDate, TIME.inXSDDateTime, TIME.inXSDDateTimeStamp)
_FLOATS = (XSD.double.value, XSD.float.value)
#: Numbers of more digits than this stay as they are written.
_DIGITS = 18


def in_force(term: Term | Triple) -> Term | Triple:
    """Return a term of a namespace of former versions in that of the present one; others as is."""
    if isinstance(term, NamedNode):
        for former, namespace in _FORMER.items():
            if term.value.startswith(former):
                return namespace[term.value.removeprefix(former)]
    return term


def short(iri: str) -> str:
    """Return an IRI with its usual prefix, for messages."""
    for prefix, namespace in _PREFIXES.items():
        if iri.startswith(namespace.iri):
            return f"{prefix}:{iri[len(namespace.iri) :]}"
    return f"<{iri}>"


class CidsGraph:
    """Looks up what nodes say, and remembers what was asked of them.

    Parameters:
        triples: the statements of one graph, in the order of the document.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._said: dict[Subject, dict[NamedNode, list[Term]]] = defaultdict(dict)
        self._pointing: dict[Term, list[tuple[NamedNode, Subject]]] = defaultdict(list)
        for triple in dict.fromkeys(triples):  # nested JSON-LD repeats what is shared
            subject = triple.subject
            predicate, value = in_force(triple.predicate), in_force(triple.object)
            if not isinstance(subject, NamedNode | BlankNode) or isinstance(value, Triple):
                continue
            assert isinstance(predicate, NamedNode)
            self._said[subject].setdefault(predicate, []).append(value)
            self._pointing[value].append((predicate, subject))
        self._asked: dict[Subject, set[NamedNode]] = {}
        #: Texts that there is no room for: a second one in the same language, or no text at all.
        self._second: set[tuple[Term, NamedNode, str]] = set()
        self.reached: set[Subject] = set()

    def of_type(self, kind: NamedNode) -> list[Subject]:
        """Return the nodes of a class, in the order of the document."""
        return [s for predicate, s in self._pointing.get(kind, ()) if predicate == RDF.type]

    def types(self, node: Term) -> set[Term]:
        """Return the classes of a node."""
        return set(self.objects(node, RDF.type))

    def described(self, node: Term) -> bool:
        """Tell whether anything is said of a node."""
        return node in self._said

    def objects(self, node: Term, *predicates: NamedNode) -> list[Term]:
        """Return the values of predicates, without repetitions."""
        if isinstance(node, Literal) or node not in self._said:
            return []
        said = self._said[node]
        self.reached.add(node)
        self._asked.setdefault(node, set()).update(predicates)
        return list(dict.fromkeys(v for p in predicates for v in said.get(p, ())))

    def pass_over(self, node: Term, *predicates: NamedNode) -> None:
        """Note that predicates of a node say nothing new."""
        if not isinstance(node, Literal) and node in self._said:
            self.reached.add(node)
            self._asked.setdefault(node, set()).update(predicates)

    def asked(self, node: Term) -> frozenset[NamedNode]:
        """Return the predicates of a node that were asked for since `start`, or passed over."""
        found = None if isinstance(node, Literal) else self._asked.get(node)
        return frozenset(found or ())

    def linked(self, node: Term, forth: tuple[NamedNode, ...], back: NamedNode) -> list[Term]:
        """Return what a node names, and the nodes that name it by the inverse predicate."""
        found = self.objects(node, *forth)
        found += [s for predicate, s in self._pointing.get(node, ()) if predicate == back]
        for other in found:
            self.pass_over(other, back)
        return list(dict.fromkeys(found))

    def pointing(self, node: Term) -> list[tuple[NamedNode, Subject]]:
        """Return who names a node, and by which predicate."""
        return list(self._pointing.get(node, ()))

    def start(self) -> None:
        """Forget what was asked: another outcome is read."""
        self._asked.clear()
        self._second.clear()

    def unread(self) -> Counter[str]:
        """Count what nodes asked since `start` say that was not asked for, or found no room."""
        second = Counter(short(predicate.value) for _, predicate, _ in self._second)
        return second + Counter(
            short(predicate.value)
            for node, asked in self._asked.items()
            for predicate, values in self._said[node].items()
            if predicate not in asked and predicate != RDF.type
            for value in values
            if not (isinstance(value, Literal) and not value.value.strip())
        )

    def unreached(self) -> Counter[str]:
        """Count the nodes of CIDS's classes that no outcome led to, by class."""
        return Counter(
            short(kind.value)
            for node, said in self._said.items()
            if node not in self.reached
            for kind in said.get(RDF.type, ())
            if isinstance(kind, NamedNode) and kind.value.startswith(CIDS.iri)
        )

    # -- values ---------------------------------------------------------------------------------

    def words(self, node: Term, *predicates: NamedNode) -> list[str]:
        """Return the literals of predicates that are not blank, as text on one line."""
        found = (v for v in self.objects(node, *predicates) if isinstance(v, Literal))
        return list(dict.fromkeys(w for v in found if (w := " ".join(v.value.split()))))

    def names(self, node: Term, language: str) -> Texts:
        """Return what a node is called; names without a language are in ``language``.

        The first predicate that names the node decides; others only add languages.
        """
        return self._texts(node, _TAGGED_NAMES, _NAMES, language)

    def descriptions(self, node: Term, language: str) -> Texts:
        """Return what is said of a node; texts without a language are in ``language``."""
        return self._texts(node, (), _DESCRIPTIONS, language)

    def comments(self, node: Term, language: str) -> Texts:
        """Return the comments on a node."""
        return self._texts(node, (), (CIDS.hasComment,), language)

    def _texts(
        self,
        node: Term,
        tagged: tuple[NamedNode, ...],
        plain: tuple[NamedNode, ...],
        language: str,
    ) -> Texts:
        found: dict[str, Text] = {}
        untagged: list[tuple[NamedNode, str]] = []
        self.objects(node, *tagged, *plain)  # all were asked for
        for predicate in (*plain, *tagged):
            for value in self.objects(node, predicate):
                words = value.value.strip() if isinstance(value, Literal) else ""
                if isinstance(value, Literal) and value.language and words:
                    text = _text(words, value.language)
                    if text is None or found.setdefault(text.language, text) != text:
                        self._second.add((node, predicate, words))
                elif words:
                    untagged.append((predicate, words))
        # A name in another language than the file's is written a second time, with its language.
        known = {text.value for text in found.values()}
        for predicate, words in untagged:
            text = None if language in found else _text(words, language)
            if words in known:
                continue
            if text is None:
                self._second.add((node, predicate, words))
            else:
                found[language] = text
                known.add(words)
        return tuple(found.values())

    def value(self, node: Term) -> str | None:
        """Return the number or words of a node that has a measure, None when it has none."""
        for measure in (node, *self.objects(node, *_VALUES)):
            if isinstance(measure, Literal):
                return _number(measure) or None
            for number in self.objects(measure, *_NUMBERS):
                if isinstance(number, Literal) and _number(number):
                    return _number(number)
        return None

    def units(self, node: Term) -> list[Term]:
        """Return what a node and its measure name as units: words, or nodes."""
        measures = [node, *self.objects(node, *_VALUES)]
        return [unit for measure in measures for unit in self.objects(measure, *_UNITS)]

    def span(self, node: Term) -> tuple[datetime.date | None, datetime.date | None, list[str]]:
        """Return the first and last day of a node, and what stands there that is no day."""
        starts = self.objects(node, PROV.startedAtTime)
        ends = self.objects(node, PROV.endedAtTime)
        for interval in self.objects(node, TIME.hasTime, CIDS.hasTime):
            starts += self._instants(interval, TIME.hasBeginning)
            ends += self._instants(interval, TIME.hasEnd)
        wrong: list[str] = []
        start, end = _day(starts, wrong), _day(ends, wrong)
        return start, end, wrong

    def _instants(self, interval: Term, edge: NamedNode) -> list[Term]:
        found = []
        for instant in self.objects(interval, edge):
            found += self.objects(instant, *_INSTANTS)
        return found


def _text(words: str, language: str) -> Text | None:
    try:
        return Text(words, language)
    except RecordError:  # control characters, or no language tag
        return None


def _number(value: Literal) -> str:
    """Return a literal's value; numbers that JSON made floats become decimals again."""
    words = " ".join(value.value.split())
    if value.datatype.value in _FLOATS:
        try:
            number = Decimal(words)
        except InvalidOperation:
            return words
        if number.is_finite() and abs(number.adjusted()) < _DIGITS:
            words = format(number, "f")
    return plain_number(words) or words


def _day(values: list[Term], wrong: list[str]) -> datetime.date | None:
    for value in values:
        words = value.value.strip() if isinstance(value, Literal) else ""
        if not words:
            continue
        try:
            return datetime.date.fromisoformat(words[:10])
        except ValueError:
            wrong.append(words[:40])
    return None
