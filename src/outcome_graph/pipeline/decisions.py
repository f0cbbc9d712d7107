"""Decisions on candidates: what they are, how they are kept, and where they hold.

What reviewers decide about the candidates of a record is kept in a graph of its own beside the
record's, ``{base}decisions/{id}``, in the store that the record is in. Decisions are activities
of PROV and are never changed: undoing one is another one. The last about a candidate holds.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from outcome_graph.mapping import record_to_triples, triples_to_record
from outcome_graph.model import Candidate, OutcomeRecord
from outcome_graph.namespaces import DCTERMS, OG, PROV, RDF, RDFS, XSD, IriMinter
from outcome_graph.pipeline.review_queries import DECIDED, KEY_LENGTH
from outcome_graph.pipeline.rows import rows_of
from outcome_graph.rdf import Literal as RdfLiteral
from outcome_graph.rdf import NamedNode, Subject, Term, Triple, format_for, ntriples, parse_quads
from outcome_graph.store import Store

__all__ = [
    "Decision",
    "DecisionBook",
    "Holding",
    "Verdict",
    "candidate_key",
    "candidate_keys",
    "candidates_of",
    "decision_triples",
    "last_of",
    "read_decisions",
]

Verdict: TypeAlias = Literal["accept", "reject", "correct", "undo"]

#: Who and what a result is linked to: here the same words mean the same thing in the same country.
#: Goals and targets depend on the whole text, so decisions on them hold in their record alone.
_CARRIED = frozenset(
    term.value for term in (OG.funder, OG.constituent, OG.contributor, OG.legalAct, OG.project)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided about a candidate.

    Parameters:
        record_id: the record it is about.
        key: the candidate's id.
        number: counts the decisions about this candidate, from 1.
        verdict: "accept", "reject", "correct" or "undo".
        agent: who decided. time: when, UTC.
        predicate, object, words: what the candidate proposed, and from which words.
        country: alpha-3 code of the record's country; None where it has none.
        replacement: what is meant instead, when corrected. reason: why, in words.
        origin: the decision that is undone, or that was carried over from another record.
        taken: the candidates it took from the record.
        meant: what is stated instead, when corrected.
    """

    record_id: str
    key: str
    number: int
    verdict: Verdict
    agent: str
    time: datetime.datetime
    predicate: NamedNode
    object: NamedNode
    words: str
    country: str | None = None
    replacement: NamedNode | None = None
    reason: str | None = None
    origin: NamedNode | None = None
    taken: tuple[Candidate, ...] = ()
    meant: Candidate | None = None

    @property
    def name(self) -> str:
        """What it is called within the record."""
        return f"{self.key}-{self.number}"

    @property
    def iso_time(self) -> str:
        """When, as ISO 8601."""
        return self.time.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def candidate_key(record: NamedNode, predicate: str, thing: str, words: str) -> str:
    """Return the id of a candidate; see `outcome_graph.pipeline.review_queries`."""
    said = "\n".join((record.value, predicate, thing, words))
    return hashlib.sha256(said.encode()).hexdigest()[:KEY_LENGTH]


def candidate_keys(
    triples: Iterable[Triple], record_id: str, minter: IriMinter
) -> dict[Subject, str]:
    """Return the ids of the candidates that a record's graph holds, by their nodes."""
    record = minter.record(record_id)
    nodes: dict[Any, dict[NamedNode, Any]] = {}
    readings: dict[Any, dict[NamedNode, Any]] = {}
    for triple in triples:
        if triple.predicate == OG.candidate:
            nodes[triple.object] = {}
        elif triple.predicate in (RDF.predicate, RDF.object, PROV.value):
            readings.setdefault(triple.subject, {})[triple.predicate] = triple.object
    keys: dict[Subject, str] = {}
    for node in nodes:
        said = readings.get(node, {})
        if len(said) == 3:
            values = (said[p].value for p in (RDF.predicate, RDF.object, PROV.value))
            keys[node] = candidate_key(record, *values)
    return keys


def candidates_of(
    triples: Iterable[Triple], nodes: Iterable[Subject], record_id: str, minter: IriMinter
) -> tuple[Candidate, ...]:
    """Return what these nodes of a record's graph propose."""
    wanted = set(nodes)
    kept = [
        t
        for t in triples
        if t.predicate != OG.evidence and (t.predicate != OG.candidate or t.object in wanted)
    ]
    return triples_to_record(kept, record_id, minter).candidates


# -- decisions as statements ---------------------------------------------------------------------


def decision_triples(decision: Decision, minter: IriMinter) -> list[Triple]:
    """Return the statements that keep a decision."""
    node = minter.decision(decision.record_id, decision.name)
    agent = minter.agent(decision.agent)
    contribution = decision.predicate in (OG.contributor, OG.activity)
    subject = (minter.contribution if contribution else minter.outcome)(decision.record_id)
    facts: list[tuple[NamedNode, Term | None]] = [
        (RDF.type, OG.Decision),
        (RDF.type, PROV.Activity),
        (OG.reviewId, RdfLiteral(decision.key)),
        (OG.position, RdfLiteral(str(decision.number), datatype=XSD.integer)),
        (OG.verdict, RdfLiteral(decision.verdict)),
        (PROV.wasAssociatedWith, agent),
        (PROV.startedAtTime, RdfLiteral(decision.iso_time, datatype=XSD.dateTime)),
        (PROV.used, minter.record(decision.record_id)),
        (RDF.subject, subject),
        (RDF.predicate, decision.predicate),
        (RDF.object, decision.object),
        (PROV.value, RdfLiteral(decision.words)),
        (PROV.atLocation, minter.country(decision.country) if decision.country else None),
        (OG.replacement, decision.replacement),
        (DCTERMS.description, RdfLiteral(decision.reason) if decision.reason else None),
        (PROV.wasInformedBy, decision.origin),
        (OG.statementsTaken, _packed(decision, decision.taken, minter)),
        (OG.statementsMeant, _packed(decision, (decision.meant,), minter)),
    ]
    return [
        *(Triple(node, predicate, value) for predicate, value in facts if value is not None),
        Triple(agent, RDF.type, PROV.Agent),
        Triple(agent, RDFS.label, RdfLiteral(decision.agent)),
    ]


def _packed(
    decision: Decision, candidates: Sequence[Candidate | None], minter: IriMinter
) -> RdfLiteral | None:
    """Write candidates down as text: as statements they would be taken for facts about things."""
    given = tuple(c for c in candidates if c is not None)
    if not given:
        return None
    # The IRI of an indicator holds its biennium.
    parts = minter.parts(decision.object)
    dated = parts[:2] == ("concept", "indicator") and parts[2] != "unknown"
    biennium = parts[2] if dated else None
    record = OutcomeRecord(id=decision.record_id, biennium=biennium, candidates=given)
    return RdfLiteral(ntriples(record_to_triples(record, minter)).decode())


def _unpacked(text: str, record_id: str, minter: IriMinter) -> tuple[Candidate, ...]:
    syntax = format_for("nt")
    assert syntax is not None
    triples = [q.triple for q in parse_quads(text, syntax, where=f"A decision on {record_id}")]
    return triples_to_record(triples, record_id, minter).candidates


def read_decisions(triples: Iterable[Triple], record_id: str, minter: IriMinter) -> list[Decision]:
    """Return the decisions that a graph of decisions keeps, oldest first."""
    facts: dict[Any, dict[NamedNode, Any]] = {}
    labels: dict[Any, str] = {}
    prefix = minter.decisions(record_id).value + "#"
    for triple in triples:
        if triple.predicate == RDFS.label:
            labels[triple.subject] = str(getattr(triple.object, "value", ""))
        elif getattr(triple.subject, "value", "").startswith(prefix):
            facts.setdefault(triple.subject, {})[triple.predicate] = triple.object
    found = [_decision(f, labels, record_id, minter) for f in facts.values() if OG.verdict in f]
    return sorted(found, key=lambda d: (d.time, d.key, d.number))


def _decision(
    facts: Mapping[NamedNode, Any], labels: Mapping[Any, str], record_id: str, minter: IriMinter
) -> Decision:
    def text(predicate: NamedNode) -> str | None:
        return facts[predicate].value if predicate in facts else None

    agent = facts[PROV.wasAssociatedWith]
    place = minter.parts(facts[PROV.atLocation]) if PROV.atLocation in facts else ()
    taken, meant = text(OG.statementsTaken), text(OG.statementsMeant)
    return Decision(
        record_id=record_id,
        key=facts[OG.reviewId].value,
        number=int(facts[OG.position].value),
        verdict=facts[OG.verdict].value,
        agent=labels.get(agent) or minter.parts(agent)[-1],
        time=datetime.datetime.fromisoformat(facts[PROV.startedAtTime].value),
        predicate=facts[RDF.predicate],
        object=facts[RDF.object],
        words=facts[PROV.value].value,
        country=place[-1] if place else None,
        replacement=facts.get(OG.replacement),
        reason=text(DCTERMS.description),
        origin=facts.get(PROV.wasInformedBy),
        taken=_unpacked(taken, record_id, minter) if taken else (),
        meant=_unpacked(meant, record_id, minter)[0] if meant else None,
    )


def last_of(past: Iterable[Decision]) -> dict[str, Decision]:
    """Return the last decision about each candidate, by the candidates' ids."""
    found: dict[str, Decision] = {}
    for decision in past:
        if decision.key not in found or found[decision.key].number < decision.number:
            found[decision.key] = decision
    return found


# -- where they hold -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Holding:
    """The last decision about a candidate, in short.

    Parameters:
        iri: of the decision. record_id, key, number, verdict, replacement: as in `Decision`.
        time: when, ISO 8601.
    """

    iri: str
    record_id: str
    key: str
    number: int
    verdict: str
    time: str
    replacement: str | None

    @property
    def name(self) -> str:
        """What it is called within its record."""
        return f"{self.key}-{self.number}"


class DecisionBook:
    """All decisions that hold, by candidate and by words.

    Parameters:
        stores: where to look.
        minter: mints the IRIs of records.
    """

    def __init__(self, stores: Iterable[Store], minter: IriMinter) -> None:
        self._last: dict[tuple[str, str], Holding] = {}
        said: dict[tuple[str, str], tuple[str, str, str, str]] = {}
        for store in stores:
            for row in rows_of(store.query, DECIDED):
                record_id = minter.parts(row["graph"])[-1]
                holding = Holding(
                    row["decision"],
                    record_id,
                    row["key"],
                    int(row["number"]),
                    row["verdict"],
                    row["time"],
                    row.get("replacement"),
                )
                place = (record_id, holding.key)
                known = self._last.get(place)
                if known is None or (known.number, known.time) < (holding.number, holding.time):
                    self._last[place] = holding
                country = row.get("country", "")
                said[place] = (row["words"], row["predicate"], row["object"], country)
        self._by_words: dict[tuple[str, str, str, str], list[Holding]] = {}
        #: By record, words and predicate.
        self._of_record: dict[tuple[str, str, str], list[Holding]] = {}
        for place, holding in self._last.items():
            words = said[place]
            if words[1] in _CARRIED:
                self._of_record.setdefault((place[0], *words[:2]), []).append(holding)
            if holding.verdict != "undo" and words[1] in _CARRIED and words[3]:
                self._by_words.setdefault(words, []).append(holding)

    def __bool__(self) -> bool:
        return bool(self._last)

    def last(self, record_id: str, key: str) -> Holding | None:
        """Return the last decision about a candidate, undone or not."""
        return self._last.get((record_id, key))

    def record_of(self, key: str) -> str | None:
        """Return the record of a candidate that was decided about."""
        return next((record_id for record_id, known in self._last if known == key), None)

    def about(self, record_id: str, words: str, predicate: str) -> list[Holding]:
        """Return the last decisions about what words of a record propose, whatever it is called."""
        return self._of_record.get((record_id, words, predicate), [])

    def elsewhere(self, words: str, predicate: str, thing: str, country: str) -> Holding | None:
        """Return what was decided about the same words in other records of the same country.

        Parameters:
            words, predicate, thing: as the candidate has them. country: IRI of the country.

        Returns:
            The first of the decisions, None where there is none or they differ.
        """
        found = self._by_words.get((words, predicate, thing, country), [])
        if len({(holding.verdict, holding.replacement) for holding in found}) != 1:
            return None
        return min(found, key=lambda holding: holding.time)
