"""What results can be found by, in memory: one entry for each, with its texts, codes and date.

The index is of one revision of the store. It is read whole the first time somebody looks for
results; from then on only the results that a commit changed are read again (the journal tells
which). Looking for a word is looking through all texts: that takes 1 µs each, and finds parts of
words in every script, which an index of words does not.
"""

from __future__ import annotations

import json
import mmap
import os
import weakref
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import attrgetter
from tempfile import mkstemp
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
    OG.region,
    OG.sdgGoal,
    OG.sdgTarget,
    OG.funder,
    OG.biennium,
    OG.achievedOn,
    OG.achievedInYear,
    OG.periodStart,
    OG.periodEnd,
)
#: What names of places and funders, and codes of places and bienniums, are.
LABEL = (SKOS.prefLabel, SKOS.notation)
#: What an entry can be chosen by.
FILTERS = ("country", "target", "funder", "biennium")

_OUTCOMES = "CONSTRUCT { ?outcome a og:Outcome } WHERE { ?outcome a og:Outcome }"
_SOME = """
CONSTRUCT {{ ?node ?fact ?value }} WHERE {{
  VALUES ?node {{ {nodes} }} ?node ?fact ?value . FILTER(?fact IN ({facts}))
}}
"""
#: Countries and regions that a result was for: what its recipients are.
_RECIPIENTS = """
CONSTRUCT {{ ?node og:recipient ?place }} WHERE {{
  VALUES ?node {{ {nodes} }} ?node og:recipient/(og:country|og:region) ?place
}}
"""
_OF_RECIPIENTS = """
CONSTRUCT {{ ?outcome og:recipient ?node }} WHERE {{
  VALUES ?node {{ {nodes} }} ?outcome og:recipient ?node
}}
"""
#: Things that one query asks about.
_AT_ONCE = 1_000
#: Where a later date counts as the date of a result.
_DATED = (OG.achievedOn, OG.achievedInYear, OG.periodEnd)
_DAYS = (OG.achievedOn, OG.achievedInYear, OG.periodStart, OG.periodEnd)
_TITLE = DCTERMS.title
#: Bytes of texts of earlier entries that do not matter.
_SLACK = 10_000_000
_QUOTES = str.maketrans("’‘ʼ`´", "'''''")

_Facts: TypeAlias = Mapping[str, Sequence[Term]]


def searchable(text: str) -> str:
    """Return a text as it is looked through: small letters, no accents, single spaces."""
    return plain(text.translate(_QUOTES))


@dataclass(frozen=True, slots=True)
class Entry:
    """A result as it is listed and found; `ResultIndex.texts` has its texts.

    Parameters:
        iri, id: of the result.
        country, target, funder, biennium: IRIs that it is found by; ``country`` holds regions and
            all recipients too, ``target`` goals.
        place: IRI of the one country, else the region, that it is of; "" where none is known.
        regional: whether that is a region.
        sdg_targets: IRIs of the targets alone.
        date: the last day (or the year) that is known, "" for none.
        days: day of achievement, year, first and last day, each "" where not known.
        start, head, end, last: where its texts stand: what is looked through from the start to the
            end, ID and titles up to ``head``; then its titles as they are, to the last.
    """

    iri: str
    id: str
    country: tuple[str, ...]
    target: tuple[str, ...]
    funder: tuple[str, ...]
    biennium: tuple[str, ...]
    place: str
    regional: bool
    sdg_targets: tuple[str, ...]
    date: str
    days: tuple[str, ...]
    start: int = field(compare=False)
    head: int = field(compare=False)
    end: int = field(compare=False)
    last: int = field(compare=False)


class Texts:
    """Texts one after the other in a file without a name: memory need not hold them.

    What was added stays where it is; who has a `view` sees what was there when it was taken.
    """

    def __init__(self) -> None:
        self._file, path = mkstemp(prefix="outcome-graph-")
        os.unlink(path)
        weakref.finalize(self, os.close, self._file)
        self.size = 0
        self.add(b"\n")  # a file of no bytes cannot be seen

    def add(self, text: bytes) -> int:
        """Add a text and return where it begins.

        Raises:
            StoreError: there is no room for it.
        """
        start = self.size
        try:
            while text:
                written = os.write(self._file, text)
                self.size, text = self.size + written, text[written:]
        except OSError as error:
            raise StoreError(f"The folder for temporary files has no room: {error}.") from error
        return start

    def view(self) -> mmap.mmap:
        """Return what is there."""
        return mmap.mmap(self._file, 0, access=mmap.ACCESS_READ)


class ResultIndex:
    """The results of one revision; see the module's docstring. It does not change.

    Parameters:
        revision: of the store.
        entries: by IRI.
        labels: names and codes of countries, funders and bienniums, by IRI and property.
        texts: of the entries, and of earlier ones.
    """

    def __init__(
        self,
        revision: int,
        entries: Mapping[str, Entry],
        labels: Mapping[str, Mapping[str, Sequence[Literal]]],
        texts: Texts,
    ) -> None:
        self.revision = revision
        self.entries = entries
        self.labels = labels
        self._texts = texts
        self._view = texts.view()
        by_id = sorted(self.entries.values(), key=attrgetter("id"))
        #: All entries, the newest first.
        self.newest = sorted(by_id, key=attrgetter("date"), reverse=True)

    @property
    def worn(self) -> bool:
        """Whether most of the texts are of entries that are no more."""
        held = sum(entry.last - entry.start for entry in self.newest)
        return self.size > 2 * held + _SLACK

    @property
    def size(self) -> int:
        """Bytes of all texts."""
        return self._texts.size

    @classmethod
    def read(cls, answer: Callable[[QueryRequest], Answer], revision: int) -> ResultIndex:
        """Read all results of a revision, or a later one.

        Raises:
            StoreError: the store cannot be read.
        """
        # In the order of the engine, which finds neighbours four times as fast.
        outcomes = [iri for iri, _, _ in _Reader(answer, revision).triples(_OUTCOMES)]
        return cls(revision, {}, {}, Texts()).updated(answer, revision, outcomes, ())

    def updated(
        self,
        answer: Callable[[QueryRequest], Answer],
        revision: int,
        outcomes: Iterable[str],
        renamed: Iterable[str],
    ) -> ResultIndex:
        """Return the index of a later revision.

        Parameters:
            outcomes: IRIs of what may have become, changed or ceased to be a result, or a
                recipient of one.
            renamed: IRIs of what may have another name.

        Raises:
            StoreError: the store cannot be read.
        """
        reader, share = _Reader(answer, revision), _Shared()
        changed = list(outcomes)
        wanted = dict.fromkeys((*changed, *reader.outcomes_of(changed)))
        entries = {iri: entry for iri, entry in self.entries.items() if iri not in wanted}
        for iri, facts in reader.facts(wanted, (RDF.type, *FACTS), recipients=True):
            if OG.Outcome in facts[RDF.type.value]:
                entries[iri] = _entry(iri, facts, share, self._texts)
        gone = {*renamed}
        labels = {iri: names for iri, names in self.labels.items() if iri not in gone}
        # A commit may have come between two queries: what it changed is then read again.
        named = reader.labels(entries.values(), labels)
        return type(self)(revision, entries, named, self._texts)

    def with_word(self, word: str, entries: Iterable[Entry]) -> set[str]:
        """Return the IRIs of the entries that have a word, as `searchable` gives it."""
        find, sought = self._view.find, word.encode()
        return {e.iri for e in entries if find(sought, e.start, e.end) >= 0}

    def begun(self, word: str, entry: Entry) -> bool:
        """Tell whether a word of an entry's title or ID begins with a word."""
        return self._view.find(f" {word}".encode(), entry.start, entry.head) >= 0

    def titles(self, entry: Entry) -> list[Literal]:
        """Return the titles of an entry, the English first."""
        told = json.loads(self._view[entry.end : entry.last])
        return [Literal(text, language=language) for text, language in told]

    def label(self, iri: str, name: NamedNode) -> Sequence[Literal]:
        """Return the names (or codes) of a country, funder or biennium."""
        return self.labels.get(iri, {}).get(name.value, ())


class _Shared:
    """One object for all that are equal: codes, days and IRIs stand in thousands of entries."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], tuple[str, ...]] = {}

    def __call__(self, values: Iterable[str]) -> tuple[str, ...]:
        """Return the values sorted, each once."""
        return self.as_is(sorted({*values}))

    def as_is(self, values: Iterable[str]) -> tuple[str, ...]:
        """Return the values in their order."""
        texts = tuple(values)
        return self._known.setdefault(texts, texts)


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
        self, nodes: Iterable[str], wanted: Sequence[NamedNode], *, recipients: bool = False
    ) -> Iterator[tuple[str, _Facts]]:
        """Yield these facts of these nodes, of each that has any; also where recipients are."""
        names = ", ".join(str(fact) for fact in wanted)
        for some in _in_lots(nodes):
            found: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
            queries = [_SOME.format(nodes=some, facts=names)]
            if recipients:
                queries.append(_RECIPIENTS.format(nodes=some))
            for subject, name, value in chain.from_iterable(map(self.triples, queries)):
                found[subject][name].append(value)
            yield from found.items()

    def outcomes_of(self, nodes: Iterable[str]) -> Iterator[str]:
        """Yield the results that have these as recipients, which are parts of their records."""
        for some in _in_lots(node for node in nodes if "#" in node):
            for outcome, _, _ in self.triples(_OF_RECIPIENTS.format(nodes=some)):
                yield outcome

    def labels(
        self, entries: Iterable[Entry], known: Mapping[str, Mapping[str, Sequence[Literal]]]
    ) -> Mapping[str, Mapping[str, Sequence[Literal]]]:
        """Return the names and codes of what entries point at; those known are not read again."""
        named = {
            iri
            for entry in entries
            for name in ("country", "funder", "biennium")
            for iri in getattr(entry, name)
        }
        labels = {iri: names for iri, names in known.items() if iri in named}
        for iri, facts in self.facts(sorted(named - labels.keys()), LABEL):
            labels[iri] = {
                name: sorted((v for v in values if isinstance(v, Literal)), key=_in_order)
                for name, values in facts.items()
            }
        return labels


def _in_lots(nodes: Iterable[str]) -> Iterator[str]:
    """Yield nodes as they stand in queries, as many at once as one query asks about."""
    rest = iter(nodes)
    while some := " ".join(str(NamedNode(node)) for node in islice(rest, _AT_ONCE)):
        yield some


def _in_order(text: Literal) -> tuple[bool, str, str]:
    return text.language != "en", text.language or "", text.value


def _entry(iri: str, facts: _Facts, share: _Shared, kept: Texts) -> Entry:
    def texts(fact: NamedNode) -> list[Literal]:
        found = [v for v in facts.get(fact.value, ()) if isinstance(v, Literal)]
        return sorted(found, key=_in_order) if len(found) > 1 else found

    def values(fact: NamedNode) -> list[str]:
        return [value.value for value in facts.get(fact.value, ())]

    def first(fact: NamedNode) -> str:
        return min(values(fact), default="")

    targets, identifier, titles = values(OG.sdgTarget), first(DCTERMS.identifier), texts(_TITLE)
    country, region = first(OG.country), first(OG.region)
    goals = [*values(OG.sdgGoal), *filter(None, map(_goal_of, targets))]
    # Every word of the head has a space before it.
    head = " " + searchable("\n".join((identifier, *(t.value for t in titles))))
    said = " ".join((head, *(searchable(t.value) for t in texts(OG.achievement))))
    told = json.dumps([(t.value, t.language) for t in titles], ensure_ascii=False)
    looked, whole = said.encode(), told.encode()
    start = kept.add(looked + whole)
    return Entry(
        iri=iri,
        id=identifier,
        country=share(filter(None, (country, region, *values(OG.recipient)))),
        target=share((*goals, *targets)),
        funder=share(values(OG.funder)),
        biennium=share(values(OG.biennium)),
        place=share.as_is((country or region,))[0],
        regional=not country and bool(region),
        sdg_targets=share(targets),
        date=share.as_is((max((v for fact in _DATED for v in values(fact)), default=""),))[0],
        days=share.as_is(map(first, _DAYS)),
        start=start,
        head=start + len(head.encode()),
        end=start + len(looked),
        last=start + len(looked) + len(whole),
    )


def _goal_of(target: str) -> str | None:
    """Return the goal that a target is part of, by its IRI."""
    base, code = str(SDG), target.removeprefix(str(SDG))
    return base + code.partition(".")[0] if target.startswith(base) and "." in code else None
