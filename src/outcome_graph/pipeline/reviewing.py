"""The review queue: candidates that await a person, and what people decided about them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from outcome_graph.errors import UsageError
from outcome_graph.mapping.terms import READING_PREDICATES
from outcome_graph.model import Activity, Candidate, LegalAct, Organisation, Project, text_in
from outcome_graph.namespaces import OG, SDG, XSD
from outcome_graph.pipeline.deciding import VERDICTS, Decider, Order
from outcome_graph.pipeline.decisions import (
    Decision,
    candidate_key,
    last_of,
    read_decisions,
)
from outcome_graph.pipeline.review_queries import (
    BY_CONFIDENCE,
    COUNT,
    COUNT_GROUPS,
    EVENTS,
    FILTERS,
    GRAPHS,
    GROUPS,
    LABELS,
    ROWS,
    ROWS_OF,
)
from outcome_graph.pipeline.rows import JsonTerm, rows_of, terms_of
from outcome_graph.pipeline.writing import Expectation
from outcome_graph.rdf import Literal, NamedNode, Term
from outcome_graph.store import Answer, QueryRequest, Store

if TYPE_CHECKING:
    from outcome_graph.pipeline.graph import OutcomeGraph

__all__ = [
    "KINDS",
    "VERDICTS",
    "Filters",
    "Order",
    "PastDecision",
    "Pending",
    "Reviewer",
    "in_words",
]

#: What links are called, by the local names of their properties; most frequent ones first.
KINDS = {
    "funder": "funder",
    "constituent": "constituent",
    "contributor": "contributor",
    "legalAct": "legal act",
    "project": "project",
    "sdgGoal": "SDG goal",
    "sdgTarget": "SDG target",
    "sdgIndicator": "SDG indicator",
    "country": "country",
    "branch": "branch",
    "activity": "activity",
    "resultType": "type of result",
    "step": "step",
    "biennium": "biennium",
    "indicator": "indicator",
    "visibility": "visibility",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which candidates are wanted; None for any.

    Parameters:
        country: name or code of the record's country or region.
        property: "funder", "og:sdgTarget" or the name of the record's field.
        record: id of a record. min_confidence: 0 to 1.
    """

    country: str | None = None
    property: str | None = None
    record: str | None = None
    min_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A candidate that awaits review.

    Parameters:
        id: of the candidate; the same after the record is loaded again.
        record, title: the record and its title.
        place, place_name: its country or region, by code and in words.
        property: what it would be: "funder", "sdgTarget" …
        object, label: IRI and name of what is proposed.
        words: that it was read from. start, end: where they stand in the source's text.
        source: digest of the source document. source_name: its name.
        confidence: 0 to 1. internal: it is in an internal record.
        records: in how many records of its country the same words propose the same, where such
            are shown as one.
    """

    id: str
    record: str
    title: str
    place: str | None
    place_name: str | None
    property: str
    object: str
    label: str
    words: str
    start: int | None
    end: int | None
    source: str | None
    source_name: str | None
    confidence: float
    internal: bool
    records: int = 1

    def as_data(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A decision with what it is about in words.

    Parameters:
        decision: as kept. label: name of what was proposed. meant: name of what was stated instead.
        holds: it is the last about its candidate and was not undone.
        internal: it is about an internal record.
    """

    decision: Decision
    label: str
    meant: str | None
    holds: bool
    internal: bool

    @property
    def kind(self) -> str:
        """Local name of the property it is about: "funder", "sdgTarget" …."""
        return _local(self.decision.predicate.value)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain values."""
        d = self.decision
        return {
            "id": d.key,
            "record": d.record_id,
            "decision": d.verdict,
            "agent": d.agent,
            "time": d.iso_time,
            "property": self.kind,
            "object": d.object.value,
            "label": self.label,
            "words": d.words,
            "replacement": d.replacement.value if d.replacement else None,
            "replacementLabel": self.meant,
            "reason": d.reason,
            "origin": d.origin.value if d.origin else None,
            "holds": self.holds,
            "internal": self.internal,
        }


class Reviewer:
    """Lists candidates, decides about them, and tells what was decided.

    Parameters:
        graph: whose records.
        internal: look among internal records too.

    Raises:
        UsageError: the store holds no records but any RDF.
    """

    def __init__(self, graph: OutcomeGraph, *, internal: bool = True) -> None:
        if graph.plain:
            raise UsageError("The store was made with --no-validation: it holds no records.")
        self.graph, self.stores, self.minter = graph, graph.stores, graph.minter
        self.internal = internal

    def _places(self) -> list[Store]:
        return self.stores.present() if self.internal else [self.stores.public]

    def _ask(self, store: Store) -> Callable[[QueryRequest], Answer]:
        """Return what answers queries: of the public store, when serving, a reader process."""
        if store is not self.stores.public:
            return store.query
        newest = store.revision()
        return lambda request: self.graph.answer(replace(request, min_revision=newest))

    # -- what awaits review ------------------------------------------------------------------

    def pending(
        self, wanted: Filters | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[Pending]:
        """Return what awaits review, the surest first.

        Parameters:
            limit, offset: which part of it; of one store's only.

        Raises:
            UsageError: a filter names no country or property.
        """
        conditions, bindings = self._conditions(wanted or Filters())
        part = "" if limit is None else f"LIMIT {int(limit)} OFFSET {int(offset)}"
        sparql = ROWS.replace("%s", conditions) + BY_CONFIDENCE + part
        found: list[Pending] = []
        for store in self._places():
            rows = list(rows_of(self._ask(store), sparql, bindings))
            labels = self._labels(store) if rows else {}
            found += [self._pending(row, labels, store) for row in rows]
        return sorted(found, key=lambda p: (-p.confidence, p.record, p.id))

    def groups(
        self, wanted: Filters | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[Pending]:
        """Return what awaits review, the same of a country's records as one: the first of them.

        Parameters: as for `pending`.

        Raises:
            UsageError: a filter names no country or property.
        """
        conditions, bindings = self._conditions(wanted or Filters())
        part = "" if limit is None else f"LIMIT {int(limit)} OFFSET {int(offset)}"
        sparql = GROUPS.replace("%s", conditions) + part
        found: list[Pending] = []
        for store in self._places():
            firsts = terms_of(self._ask(store), QueryRequest(sparql=sparql, bindings=bindings))
            found += self._firsts(firsts, store)
        return sorted(found, key=lambda p: (-p.confidence, p.record, p.id))

    def _firsts(self, firsts: list[dict[str, JsonTerm]], store: Store) -> list[Pending]:
        """Return the first of each group."""
        if not firsts:
            return []
        number, values = {}, []
        for row in firsts:
            iris = [NamedNode(row[name]["value"]) for name in ("first", "predicate", "object")]
            words = row["words"]["value"]
            key = candidate_key(iris[0], iris[1].value, iris[2].value, words)
            number[key] = (int(row["records"]["value"]), float(row["surest"]["value"]))
            values.append(f"({' '.join(map(str, (*iris, Literal(words))))})")
        rows = rows_of(self._ask(store), ROWS_OF.replace("%s", " ".join(values)))
        labels = self._labels(store)
        made = (self._pending(row, labels, store) for row in rows)
        return [
            replace(item, records=number[item.id][0], confidence=number[item.id][1])
            for item in made
        ]

    def count(self, wanted: Filters | None = None, *, grouped: bool = False) -> int:
        """Return how many candidates await review; the same of a country as one, if ``grouped``."""
        conditions, bindings = self._conditions(wanted or Filters())
        sparql = (COUNT_GROUPS if grouped else COUNT).replace("%s", conditions)
        rows = (
            row for store in self._places() for row in rows_of(self._ask(store), sparql, bindings)
        )
        return sum(int(row["count"]) for row in rows)

    def _conditions(self, wanted: Filters) -> tuple[str, dict[str, Term]]:
        bindings: dict[str, Term] = {}
        if wanted.country:
            bindings["place"] = self._place(wanted.country)
        if wanted.property:
            bindings["predicate"] = _predicate(wanted.property)
        if wanted.record:
            bindings["record"] = self.minter.record(wanted.record)
        if wanted.min_confidence is not None:
            if not 0 <= wanted.min_confidence <= 1:
                raise UsageError(f"A confidence is from 0 to 1, not {wanted.min_confidence}.")
            bindings["least"] = Literal(f"{wanted.min_confidence:.4f}", datatype=XSD.decimal)
        return "".join(FILTERS[name] for name in bindings), bindings

    def _place(self, words: str) -> NamedNode:
        countries = self.graph.knowledge.countries
        country = countries.find(words)
        if country is not None:
            return self.minter.country(country.alpha3)
        region = words.upper() if countries.is_region(words.upper()) else countries.region(words)
        if region is None:
            close = countries.close_to(words)
            hint = f" Did you mean {close}?" if close else ""
            raise UsageError(f"There is no country or region “{words[:60]}”.{hint}")
        return self.minter.region(region)

    def _labels(self, store: Store) -> dict[str, str]:
        """Return names of what is proposed: English before others."""
        with self._ask(store)(QueryRequest(sparql=LABELS)) as answer:
            rows = json.loads(b"".join(answer.chunks()))["results"]["bindings"]
        found: dict[str, tuple[tuple[int, int, str], str]] = {}
        names = ("prefLabel", "shortLabel", "title", "identifier")
        for row in rows:
            text = row["label"]["value"]
            foreign = int(row["label"].get("xml:lang", "en") != "en")
            rank = (foreign, names.index(_local(row["naming"]["value"])), text)
            known = found.get(row["object"]["value"])
            if known is None or rank < known[0]:
                found[row["object"]["value"]] = (rank, text)
        labels = {iri: text for iri, (_, text) in found.items()}
        for row in rows_of(self._ask(store), EVENTS):
            days = dict.fromkeys(row[name] for name in ("start", "end") if name in row)
            people = row.get("participants")
            labels[row["object"]] = _event(row["title"], days, row.get("place"), people)
        return labels

    def _pending(self, row: dict[str, str], labels: dict[str, str], store: Store) -> Pending:
        thing, place = row["object"], row.get("where")
        label = labels.get(thing) or self.graph.label(thing)
        code = thing.rsplit("/", 1)[-1]
        if thing.startswith(SDG.iri) and code != label:
            label = f"{code} {label}"
        return Pending(
            id=row["key"],
            record=row["id"],
            title=row.get("title", row["id"]),
            place=place.rsplit("/", 1)[-1] if place else None,
            place_name=self.graph.label(place) if place else None,
            property=_local(row["predicate"]),
            object=thing,
            label=label,
            words=row["words"],
            start=int(row["start"]) if "start" in row else None,
            end=int(row["end"]) if "end" in row else None,
            source=row["source"].rsplit("/", 1)[-1] if "source" in row else None,
            source_name=row.get("sourceName"),
            confidence=float(row["surest"]),
            internal=store is not self.stores.public,
        )

    # -- what was decided --------------------------------------------------------------------

    def history(self, record: str | None = None) -> list[PastDecision]:
        """Return decisions, of a record or of all, the newest first."""
        found = []
        for store in self._places():
            if record is None:
                rows = rows_of(self._ask(store), GRAPHS)
                prefix = self.minter.base + "decisions/"
                names = (row["graph"] for row in rows)
                graphs = [NamedNode(name) for name in names if name.startswith(prefix)]
            else:
                graphs = [self.minter.decisions(record)]
            for graph in graphs:
                record_id = self.minter.parts(graph)[-1]
                past = read_decisions(store.graph(graph), record_id, self.minter)
                last = last_of(past)
                for decision in past:
                    holds = decision.verdict != "undo" and last[decision.key] is decision
                    found.append(self._told(decision, holds, store))
        return sorted(found, key=lambda p: (p.decision.time, p.decision.name), reverse=True)

    def _told(self, decision: Decision, holds: bool, store: Store) -> PastDecision:
        label = self._name(decision.taken[0] if decision.taken else None, decision.object)
        meant = None
        if decision.replacement is not None:
            meant = self._name(decision.meant, decision.replacement)
        return PastDecision(decision, label, meant, holds, store is not self.stores.public)

    def _name(self, candidate: Candidate | None, thing: NamedNode) -> str:
        value = candidate.value if candidate else None
        if isinstance(value, Organisation):
            return value.name
        if isinstance(value, LegalAct):
            return text_in(value.titles) or f"{value.type or 'act'} {value.number or ''}".strip()
        if isinstance(value, Project):
            return text_in(value.titles) or value.identifier
        if isinstance(value, Activity):
            return in_words(value)
        label = self.graph.label(thing.value)
        sdg = thing.value.startswith(SDG.iri) and label != value
        return f"{value} {label}" if sdg else label

    def decide(
        self,
        orders: Sequence[Order],
        *,
        agent: str,
        expected: Expectation | None = None,
    ) -> list[Decision]:
        """Carry out decisions, all or none; see `outcome_graph.pipeline.deciding`."""
        return Decider(self.graph, internal=self.internal).decide(
            orders, agent=agent, expected=expected
        )


def in_words(activity: Activity, language: str = "en") -> str:
    """Return all that is said of an activity, for who shall judge whether it was so."""
    days = dict.fromkeys(day.isoformat() for day in (activity.start, activity.end) if day)
    title = text_in(activity.titles, language) or ""
    return _event(title, days, activity.place, activity.participants)


def _event(title: str, days: Iterable[str], place: str | None, people: object) -> str:
    details = [" to ".join(days), place, f"{people} participants" if people is not None else ""]
    told = ", ".join(detail for detail in details if detail)
    return f"{title} ({told})" if told else title


def _predicate(words: str) -> NamedNode:
    name = words.removeprefix("og:").removeprefix(OG.iri).replace(" ", "")
    named = {_local(p.value).lower(): p for p in READING_PREDICATES.values()}
    named |= {field.lower(): p for field, p in READING_PREDICATES.items()}
    found = named.get(name.lower())
    if found is None:
        known = ", ".join(sorted({_local(p.value) for p in READING_PREDICATES.values()}))
        raise UsageError(f"There is no property {words[:40]!r} to review. There are: {known}.")
    return found


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
