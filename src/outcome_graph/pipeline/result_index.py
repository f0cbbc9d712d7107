"""What results can be found by, in memory: one entry for each, with its texts, codes and date.

The index is of one revision of the store. It is read whole the first time somebody looks for
results; from then on only the results that a commit changed are read again (the journal tells
which). Looking for a word is looking through all texts: in memory that takes 0.3 µs
each, and finds parts of words in every script, which an index of words does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from outcome_graph.errors import StoreError
from outcome_graph.namespaces import DCTERMS, OG, RDF, SDG, SKOS
from outcome_graph.rdf import Literal, NamedNode, RdfFormat, Term, parse
from outcome_graph.store import Answer, QueryRequest
from outcome_graph.vocabulary.names import plain

__all__ = ["FACTS", "FILTERS", "LABEL", "Entry", "ResultIndex", "searchable"]

#: Properties of a result that its entry is made of.
FACTS = (
    DCTERMS.identifier,
    DCTERMS.title,
    OG.achievement,
    OG.country,
    OG.sdgGoal,
    OG.sdgTarget,
    OG.funder,
    OG.biennium,
    OG.achievedOn,
    OG.achievedInYear,
    OG.periodStart,
    OG.periodEnd,
)
#: What names of countries and funders, and codes of countries and bienniums, are.
LABEL = (SKOS.prefLabel, SKOS.notation)
#: What an entry can be chosen by.
FILTERS = ("country", "target", "funder", "biennium")

_OUTCOMES = "CONSTRUCT { ?outcome a og:Outcome } WHERE { ?outcome a og:Outcome }"
_SOME = """
CONSTRUCT {{ ?node ?fact ?value }} WHERE {{
  VALUES ?node {{ {nodes} }} ?node ?fact ?value . FILTER(?fact IN ({facts}))
}}
"""
#: Things that one query asks about.
_AT_ONCE = 1_000
#: Where a later date counts as the date of a result.
_DATED = (OG.achievedOn, OG.achievedInYear, OG.periodEnd)
_QUOTES = str.maketrans("’‘ʼ`´", "'''''")

_Facts: TypeAlias = Mapping[str, Sequence[Term]]


def searchable(text: str) -> str:
    """Return a text as it is looked through: small letters, no accents, single spaces."""
    return plain(text.translate(_QUOTES))


@dataclass(frozen=True, slots=True)
class Entry:
    """A result as it is listed and found.

    Parameters:
        iri, id: of the result.
        titles: in their languages.
        values: IRIs by the name of the filter; ``target`` holds goals too.
        sdg_targets: codes of the targets alone.
        date: the last day (or the year) that is known, "" for none.
        days: day of achievement, year, first and last day, each "" where not known.
        head, said: what is looked through: ID and titles, and all of it.
    """

    iri: str
    id: str
    titles: tuple[Literal, ...]
    values: Mapping[str, tuple[str, ...]]
    sdg_targets: tuple[str, ...]
    date: str
    days: tuple[str, str, str, str]
    head: str
    said: str


class ResultIndex:
    """The results of one revision; see the module's docstring. It does not change.

    Parameters:
        revision: of the store.
        entries: by IRI.
        labels: names and codes of countries, funders and bienniums, by IRI and property.
    """

    def __init__(
        self,
        revision: int,
        entries: Mapping[str, Entry],
        labels: Mapping[str, Mapping[str, Sequence[Literal]]],
    ) -> None:
        self.revision = revision
        self.entries = dict(entries)
        self.labels = labels
        by_id = sorted(self.entries.values(), key=lambda entry: entry.id)
        #: All entries, the newest first.
        self.newest = sorted(by_id, key=lambda entry: entry.date, reverse=True)

    @classmethod
    def read(cls, answer: Callable[[QueryRequest], Answer], revision: int) -> ResultIndex:
        """Read all results of a revision, or a later one.

        Raises:
            StoreError: the store cannot be read.
        """
        # In the order of the engine, which finds neighbours four times as fast.
        outcomes = [iri for iri, _, _ in _Reader(answer, revision).triples(_OUTCOMES)]
        return cls(revision, {}, {}).updated(answer, revision, outcomes, ())

    def updated(
        self,
        answer: Callable[[QueryRequest], Answer],
        revision: int,
        outcomes: Iterable[str],
        renamed: Iterable[str],
    ) -> ResultIndex:
        """Return the index of a later revision.

        Parameters:
            outcomes: IRIs of what may have become, changed or ceased to be a result.
            renamed: IRIs of what may have another name.

        Raises:
            StoreError: the store cannot be read.
        """
        reader, share = _Reader(answer, revision), _Shared()
        wanted = dict.fromkeys(outcomes)
        entries = {iri: entry for iri, entry in self.entries.items() if iri not in wanted}
        for iri, facts in reader.facts(wanted, (RDF.type, *FACTS)):
            if OG.Outcome in facts[RDF.type.value]:
                entries[iri] = _entry(iri, facts, share)
        gone = {*renamed}
        labels = {iri: names for iri, names in self.labels.items() if iri not in gone}
        # A commit may have come between two queries: what it changed is then read again.
        return type(self)(revision, entries, reader.labels(entries.values(), labels))

    def label(self, iri: str, name: NamedNode) -> Sequence[Literal]:
        """Return the names (or codes) of a country, funder or biennium."""
        return self.labels.get(iri, {}).get(name.value, ())


class _Shared:
    """One string for all that are equal: codes and IRIs stand in thousands of entries."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __call__(self, values: Iterable[Term]) -> tuple[str, ...]:
        texts = sorted({value.value for value in values})
        return tuple(self._known.setdefault(text, text) for text in texts)


class _Reader:
    """Reads statements by queries, of a revision or a later one."""

    def __init__(self, answer: Callable[[QueryRequest], Answer], revision: int) -> None:
        self._answer, self._revision = answer, revision

    def triples(self, sparql: str) -> Iterator[tuple[str, str, Term]]:
        with self._answer(QueryRequest(sparql=sparql, min_revision=self._revision)) as answer:
            body = b"".join(answer.chunks())
            if answer.truncated:
                raise StoreError(f"The results cannot all be read: {answer.truncated}.")
        for quad in parse(body, format=RdfFormat.N_TRIPLES):
            subject, value = quad.subject, quad.object
            if isinstance(subject, NamedNode) and isinstance(value, Literal | NamedNode):
                yield subject.value, quad.predicate.value, value

    def facts(
        self, nodes: Iterable[str], wanted: Sequence[NamedNode]
    ) -> Iterator[tuple[str, _Facts]]:
        """Yield these facts of these nodes, of each that has any."""
        names, rest = ", ".join(str(fact) for fact in wanted), iter(nodes)
        while some := " ".join(str(NamedNode(node)) for node in islice(rest, _AT_ONCE)):
            found: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
            for subject, name, value in self.triples(_SOME.format(nodes=some, facts=names)):
                found[subject][name].append(value)
            yield from found.items()

    def labels(
        self, entries: Iterable[Entry], known: Mapping[str, Mapping[str, Sequence[Literal]]]
    ) -> Mapping[str, Mapping[str, Sequence[Literal]]]:
        """Return the names and codes of what entries point at; those known are not read again."""
        named = {
            iri
            for entry in entries
            for name in ("country", "funder", "biennium")
            for iri in entry.values[name]
        }
        labels = {iri: names for iri, names in known.items() if iri in named}
        for iri, facts in self.facts(sorted(named - labels.keys()), LABEL):
            labels[iri] = {
                name: sorted((v for v in values if isinstance(v, Literal)), key=_in_order)
                for name, values in facts.items()
            }
        return labels


def _in_order(text: Literal) -> tuple[bool, str, str]:
    return text.language != "en", text.language or "", text.value


def _entry(iri: str, facts: _Facts, share: _Shared) -> Entry:
    def texts(fact: NamedNode) -> list[Literal]:
        found = [v for v in facts.get(fact.value, ()) if isinstance(v, Literal)]
        return sorted(found, key=_in_order)

    def first(fact: NamedNode) -> str:
        return min((v.value for v in texts(fact)), default="")

    targets = share(facts.get(OG.sdgTarget.value, ()))
    goals = {*share(facts.get(OG.sdgGoal.value, ())), *filter(None, map(_goal_of, targets))}
    identifier, titles = first(DCTERMS.identifier), texts(DCTERMS.title)
    # Every word of it has a space before it.
    head = " " + searchable("\n".join((identifier, *(t.value for t in titles))))
    said = " ".join((head, *(searchable(t.value) for t in texts(OG.achievement))))
    days = (OG.achievedOn, OG.achievedInYear, OG.periodStart, OG.periodEnd)
    return Entry(
        iri=iri,
        id=identifier,
        titles=tuple(titles),
        values={
            "country": share(facts.get(OG.country.value, ())),
            "target": share(NamedNode(t) for t in {*goals, *targets}),
            "funder": share(facts.get(OG.funder.value, ())),
            "biennium": share(facts.get(OG.biennium.value, ())),
        },
        sdg_targets=targets,
        date=max((v.value for fact in _DATED for v in texts(fact)), default=""),
        days=(first(days[0]), first(days[1]), first(days[2]), first(days[3])),
        head=head,
        said=said,
    )


def _goal_of(target: str) -> str | None:
    """Return the goal that a target is part of, by its IRI."""
    base, code = str(SDG), target.removeprefix(str(SDG))
    return base + code.partition(".")[0] if target.startswith(base) and "." in code else None
