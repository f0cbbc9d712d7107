"""Carrying out what people decide about candidates.

Deciding changes a record by the same rules as any other write: the record is held to the shapes,
and it and the decision are committed together, as one revision with an entry of the journal.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from outcome_graph.errors import (
    ConflictError,
    NotFoundError,
    OutcomeGraphError,
    RecordError,
    UsageError,
)
from outcome_graph.mapping import (
    RecordMetadata,
    record_to_triples,
    triples_to_record,
    with_metadata,
)
from outcome_graph.mapping.terms import READING_PREDICATES
from outcome_graph.model import Candidate, OutcomeRecord
from outcome_graph.namespaces import OG, RDF
from outcome_graph.pipeline.decisions import (
    Decision,
    DecisionBook,
    Verdict,
    candidate_keys,
    candidates_of,
    last_of,
    read_decisions,
)
from outcome_graph.pipeline.reconciling import Reconciler
from outcome_graph.pipeline.review_edits import in_place_of, stated, undone, without
from outcome_graph.pipeline.review_loading import rewritten, with_decisions
from outcome_graph.pipeline.review_queries import ALIKE, ALIKE_PROPERTIES, FOLLOWERS, KEYS
from outcome_graph.pipeline.review_targets import TargetFinder
from outcome_graph.pipeline.rows import rows_of
from outcome_graph.pipeline.writing import conforming
from outcome_graph.rdf import Literal, NamedNode, Term, Triple
from outcome_graph.store import Commit, GraphChange, Store

if TYPE_CHECKING:
    from outcome_graph.pipeline.graph import OutcomeGraph

__all__ = ["VERDICTS", "Decider", "Order"]

VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "correct", "undo")
_DONE = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}
_LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Order:
    """One decision as somebody gives it.

    Parameters:
        key: id of the candidate. verdict: what is decided.
        to: what is meant instead, when corrected. reason: why, in words.
        record: the record it is in, where that is known: it need not be looked for then.
        everywhere: also in the other records of the country in which the same words propose the
            same; goals and targets, which depend on the whole text, are never decided so.
    """

    key: str
    verdict: Verdict
    to: str | None = None
    reason: str | None = None
    record: str | None = None
    everywhere: bool = False


@dataclass(slots=True)
class _Open:
    """A record that decisions are changing."""

    store: Store
    triples: list[Triple]
    before: OutcomeRecord | None
    now: OutcomeRecord | None
    past: list[Decision]
    new: list[Decision]


class Decider:
    """Carries out decisions.

    Parameters:
        graph: whose records.
        internal: internal records too.
    """

    def __init__(self, graph: OutcomeGraph, *, internal: bool) -> None:
        self.graph, self.stores, self.minter = graph, graph.stores, graph.minter
        self.internal = internal

    def _places(self) -> list[Store]:
        return self.stores.present() if self.internal else [self.stores.public]

    def decide(
        self,
        orders: Sequence[Order],
        *,
        agent: str,
        expected: Callable[[Sequence[Triple]], None] | None = None,
    ) -> list[Decision]:
        """Carry out decisions, all or none, and return them with what they brought about.

        Parameters:
            orders: the decisions, each about another candidate.
            agent: who decides.
            expected: given what the public sees of a record now; raises when it is another.

        Raises:
            UsageError: none is given, or two about one candidate.
            NotFoundError: there is no such candidate, and none was decided about.
            ConflictError: it was decided about already, or its record was changed.
            RecordError: what is meant instead is unknown or unclear.
            NonConformingError: a record would break the rules; with the report.
        """
        _check(orders, agent)
        with self.stores.writing:
            places = self._where(orders)
            opened: dict[str, _Open] = {}
            for order in orders:
                record_id = places[order.key]
                if record_id not in opened:
                    opened[record_id] = self._open(record_id)
                    if expected is not None:
                        graph = self.minter.record(record_id)
                        expected(self.stores.public.graph(graph))
                self._carry_out(order, record_id, opened, agent)
                if order.everywhere and order.verdict != "undo":
                    self._carry_out_alike(order, record_id, opened, agent, set(places))
            self._commit(opened, agent, orders)
        return [decision for item in opened.values() for decision in item.new]

    def _where(self, orders: Sequence[Order]) -> dict[str, str]:
        """Return the record of each candidate."""
        found = {order.key: order.record for order in orders if order.record}
        missing = {order.key for order in orders} - set(found)
        if missing:
            for store in self._places():
                for row in rows_of(store.query, KEYS):
                    if row["key"] in missing:
                        found.setdefault(row["key"], row["id"])
        for key in missing - set(found):
            book = DecisionBook(self._places(), self.minter)
            record_id = book.record_of(key)
            if record_id is None:
                raise NotFoundError(
                    f"No candidate {key[:40]} awaits review. `outcome-graph review list` shows "
                    "those that do."
                )
            found[key] = record_id
        return {key: record_id for key, record_id in found.items() if record_id}

    def _open(self, record_id: str) -> _Open:
        graph, kept = self.minter.record(record_id), self.minter.decisions(record_id)
        places = self._places()
        held = [s for s in places if s.has_graph(graph)] or [s for s in places if s.has_graph(kept)]
        store = held[0] if held else self.stores.public
        triples = store.graph(graph)
        record = triples_to_record(triples, record_id, self.minter) if triples else None
        past = read_decisions(store.graph(kept), record_id, self.minter)
        return _Open(store, triples, record, record, past, [])

    def _carry_out(
        self, order: Order, record_id: str, opened: dict[str, _Open], agent: str
    ) -> None:
        item = opened[record_id]
        last = last_of(item.past).get(order.key)
        if order.verdict == "undo":
            self._undo(order, last, record_id, opened, agent)
            return
        nodes = [n for n, k in self._keys(item, record_id).items() if k == order.key]
        if not nodes or item.now is None:
            raise _gone(order, last, record_id)
        taken = candidates_of(item.triples, nodes, record_id, self.minter)
        first = taken[0]
        said = {t.predicate: t.object for t in item.triples if t.subject == nodes[0]}
        thing = said[RDF.object]
        if not isinstance(thing, NamedNode):
            raise RecordError(f"The candidate {order.key} proposes no thing that has an IRI.")
        decision = Decision(
            record_id=record_id,
            key=order.key,
            number=last.number + 1 if last else 1,
            verdict=order.verdict,
            agent=agent,
            time=datetime.datetime.now(datetime.UTC),
            predicate=READING_PREDICATES[first.field],
            object=thing,
            words=first.quote,
            country=item.now.country or (item.before.country if item.before else None),
            reason=" ".join((order.reason or "").split()) or None,
            taken=taken,
        )
        if order.verdict == "reject":
            item.now = without(item.now, taken)
        else:
            meant = first
            if order.verdict == "correct":
                meant = self._targets().find(first, item.now, order.to or "")
                decision = replace(decision, meant=meant, replacement=self._iri(meant, item.now))
            taken = (*taken, *in_place_of(item.now, taken))
            decision = replace(decision, taken=taken)
            item.now = stated(item.now, meant, taken, decision.name)
        item.new.append(decision)

    def _carry_out_alike(
        self,
        order: Order,
        record_id: str,
        opened: dict[str, _Open],
        agent: str,
        ordered: set[str],
    ) -> None:
        """Decide alike about the same words in other records of the country."""
        first = opened[record_id].new[-1]
        if first.predicate not in ALIKE_PROPERTIES or first.country is None:
            return
        bindings: dict[str, Term] = {
            "predicate": first.predicate,
            "object": first.object,
            "words": Literal(first.words),
            "place": self.minter.country(first.country),
        }
        origin = self.minter.decision(record_id, first.name)
        own = opened[record_id].store
        # What is decided about internal records must show nowhere in public.
        for store in self._places() if own is self.stores.public else [own]:
            for row in rows_of(store.query, ALIKE, bindings):
                if row["key"] in ordered:
                    continue
                item = opened.get(row["id"]) or opened.setdefault(row["id"], self._open(row["id"]))
                alike = replace(order, key=row["key"], record=row["id"])
                self._carry_out(alike, row["id"], opened, agent)
                item.new[-1] = replace(item.new[-1], origin=origin)

    def _keys(self, item: _Open, record_id: str) -> dict[Any, str]:
        """Return the ids of the candidates that the record still has after other decisions."""
        keys = candidate_keys(item.triples, record_id, self.minter)
        gone = {d.key for d in item.new}
        return {node: key for node, key in keys.items() if key not in gone}

    def _targets(self) -> TargetFinder:
        graph = self.graph

        def index() -> Reconciler:
            return Reconciler(graph.answer, graph.store.revision, graph.knowledge, graph.minter)

        return TargetFinder(graph.knowledge, index, graph.describe, graph.answer, graph.minter)

    def _iri(self, meant: Candidate, record: OutcomeRecord) -> NamedNode:
        """Return the IRI of what is meant, as the record's statements have it."""
        bare = OutcomeRecord(id=record.id, biennium=record.biennium, candidates=(meant,))
        said = record_to_triples(bare, self.minter)
        node = next(t.object for t in said if t.predicate == OG.candidate)
        found = next(t.object for t in said if t.subject == node and t.predicate == RDF.object)
        assert isinstance(found, NamedNode)
        return found

    # -- undoing -----------------------------------------------------------------------------

    def _undo(
        self,
        order: Order,
        last: Decision | None,
        record_id: str,
        opened: dict[str, _Open],
        agent: str,
    ) -> None:
        if last is None:
            raise NotFoundError(f"Nothing was decided about {order.key}: there is nothing to undo.")
        if last.verdict == "undo":
            raise ConflictError(
                f"The decision about {order.key} was undone already ({last.agent})."
            )
        reason = " ".join((order.reason or "").split()) or None
        origin = self.minter.decision(record_id, last.name)
        self._take_back(opened[record_id], last, agent, reason)
        # What it brought about in other records goes with it.
        for store in self.stores.present():
            for row in rows_of(store.query, FOLLOWERS, {"origin": origin}):
                other = self.minter.parts(row["graph"])[-1]
                if other == record_id:
                    continue
                item = opened.get(other) or opened.setdefault(other, self._open(other))
                name = row["decision"].partition("#")[2]
                if all(d.name != name for d in last_of(item.past).values()):
                    continue  # somebody decided otherwise there since
                follower = next(d for d in item.past if d.name == name)
                if all(d.key != follower.key for d in item.new):
                    self._take_back(item, follower, agent, reason)

    def _take_back(self, item: _Open, last: Decision, agent: str, reason: str | None) -> None:
        if item.now is not None:
            item.now, _ = undone(item.now, last.name, last.taken)
        item.new.append(
            replace(
                last,
                number=last.number + 1,
                verdict="undo",
                agent=agent,
                time=datetime.datetime.now(datetime.UTC),
                reason=reason,
                origin=self.minter.decision(last.record_id, last.name),
                meant=None,
                replacement=None,
            )
        )

    # -- writing -----------------------------------------------------------------------------

    def _commit(self, opened: dict[str, _Open], agent: str, orders: Sequence[Order]) -> None:
        now = datetime.datetime.now(datetime.UTC)
        changes: dict[int, list[GraphChange]] = {}
        places: dict[int, Store] = {}
        for record_id, item in opened.items():
            if not item.new:
                continue
            places[id(item.store)] = item.store
            mine = changes.setdefault(id(item.store), [])
            mine.append(with_decisions(item.new, item.store, self.stores))
            if item.before is None or item.now is None or item.now == item.before:
                continue
            if self.stores.is_internal(item.now) != self.stores.is_internal(item.before):
                raise RecordError(
                    f"Who may see record {record_id} is not decided in review. Write the record."
                )
            triples = rewritten(item.triples, item.before, item.now, self.stores)
            report = conforming(self.graph.reader.screen, record_id, triples)
            metadata = RecordMetadata(
                now, item.store.revision() + 1, report.completeness[record_id], True
            )
            full = with_metadata(triples, record_id, metadata, self.minter)
            mine.append(GraphChange(self.minter.record(record_id), tuple(full)))
        verdicts = sorted({order.verdict for order in orders})
        records = sorted(opened)
        reason = f"review: {' and '.join(verdicts)} in {records[0]}"
        reason += f" and {len(records) - 1} more" if records[1:] else ""
        for place, given in changes.items():
            # The names of internal records stay out of the public journal.
            why = reason if len(changes) == 1 else "review"
            places[place].commit(Commit(changes=tuple(given), reason=why, agent=agent))


def _gone(order: Order, last: Decision | None, record_id: str) -> OutcomeGraphError:
    if last is not None and last.verdict != "undo":
        return ConflictError(
            f"{order.key} was {_DONE[last.verdict]} already, by {last.agent} on "
            f"{last.time:%d.%m.%Y}. To decide again, undo that first."
        )
    if order.record:
        return ConflictError(
            f"Record {record_id} was changed or removed meanwhile and has no candidate "
            f"{order.key} any more. Look at the list again."
        )
    return NotFoundError(f"No candidate {order.key[:40]} awaits review.")


def _check(orders: Sequence[Order], agent: str) -> None:
    if not orders:
        raise UsageError("Nothing is decided: give at least one candidate.")
    keys = [order.key for order in orders]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise UsageError(f"{twice[0]} is given twice; decide once about each candidate.")
    if not agent.strip() or len(agent) > 100 or not agent.isprintable():
        raise UsageError("The agent must be a name of 1 to 100 printable letters.")
    for order in orders:
        if order.verdict not in VERDICTS:
            raise UsageError(f"A decision is one of {', '.join(VERDICTS)}, not {order.verdict!r}.")
        if (order.verdict == "correct") != bool((order.to or "").strip()):
            raise UsageError("Say what is meant instead when you correct, and only then.")
        if len(order.reason or "") > _LONGEST_REASON:
            raise UsageError(f"A reason may have {_LONGEST_REASON} letters.")
