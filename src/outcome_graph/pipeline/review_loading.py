"""Decisions at work on what is loaded: what was decided once is not asked again.

A decision holds for its record whenever that is loaded again, also where a later version of the
program gives the proposed thing another IRI: the same words then propose by the same property what
bears the same names. In another record it holds only where
the same words propose the same thing by the same property (a funder, partner, act or project) in
the same country, and where all decisions about these agree; it is then written down there too, as
brought about by the first one.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_graph.errors import RecordError
from outcome_graph.mapping import record_to_triples
from outcome_graph.model import Candidate, LegalAct, Organisation, OutcomeRecord, Project
from outcome_graph.namespaces import OG, PROV, RDF
from outcome_graph.pipeline.decisions import (
    Decision,
    DecisionBook,
    Holding,
    candidate_keys,
    candidates_of,
    decision_triples,
    read_decisions,
)
from outcome_graph.pipeline.review_edits import in_place_of, stated, without
from outcome_graph.rdf import NamedNode, Subject, Triple
from outcome_graph.store import GraphChange, Store

if TYPE_CHECKING:
    from outcome_graph.pipeline.places import RecordStores

__all__ = ["Decided", "DecisionsAtWork", "rewritten"]


@dataclass(frozen=True, slots=True)
class Decided:
    """A record as decisions leave it.

    Parameters:
        record, triples: with what was decided. decisions: those that were carried over to it.
        settled: how many of its candidates were decided on before.
    """

    record: OutcomeRecord
    triples: list[Triple]
    decisions: tuple[Decision, ...] = ()
    settled: int = 0

    def changes(self, store: Store, stores: RecordStores) -> tuple[GraphChange, ...]:
        """Return what is to be written beside the record."""
        if not self.decisions:
            return ()
        return (with_decisions(self.decisions, store, stores),)


def with_decisions(
    decisions: Sequence[Decision], store: Store, stores: RecordStores
) -> GraphChange:
    """Return the change that adds decisions, all of one record, to those that are kept."""
    graph = stores.minter.decisions(decisions[0].record_id)
    new = [t for decision in decisions for t in decision_triples(decision, stores.minter)]
    return GraphChange(graph, tuple(dict.fromkeys([*store.graph(graph), *new])))


def rewritten(
    triples: Iterable[Triple], before: OutcomeRecord, after: OutcomeRecord, stores: RecordStores
) -> list[Triple]:
    """Return a record's statements after a change; what the model does not know stays."""
    given = list(triples)
    nodes = {t.object for t in given if t.predicate == OG.candidate}
    known = set(record_to_triples(before, stores.minter))
    kept = [t for t in given if t not in known and t.subject not in nodes and t.object not in nodes]
    return list(dict.fromkeys([*record_to_triples(after, stores.minter), *kept]))


def _names(candidate: Candidate) -> frozenset[tuple[str, str | None]]:
    """Return what a proposed thing is called; of an act with its number, which tells it apart."""
    match candidate.value:
        case Organisation(names=names):
            return frozenset((name.value, None) for name in names)
        case LegalAct(titles=titles, number=number):
            return frozenset((title.value, number) for title in titles)
        case Project(titles=titles, identifier=identifier):
            return frozenset((title.value, None) for title in titles) | {(identifier, None)}
    return frozenset()


class DecisionsAtWork:
    """Applies decisions to records as they are loaded.

    Parameters:
        stores: where decisions are kept.
        carry: apply decisions about the same words in other records too.
    """

    def __init__(self, stores: RecordStores, *, carry: bool = True) -> None:
        self.stores, self.carry = stores, carry
        self._books: dict[bool, DecisionBook] = {}

    def forget(self) -> None:
        """Look again: others may have decided something."""
        self._books.clear()

    def _book(self, internal: bool) -> DecisionBook:
        if internal not in self._books:
            # What was decided about internal records must show nowhere in public.
            places = self.stores.present() if internal else [self.stores.public]
            self._books[internal] = DecisionBook(places, self.stores.minter)
        return self._books[internal]

    def any(self, *, internal: bool) -> bool:
        """Tell whether anything was decided that may concern public, or internal, records."""
        return bool(self._book(internal))

    def applied(self, record: OutcomeRecord, triples: list[Triple]) -> Decided:
        """Return a record with what was decided about its candidates."""
        unchanged = Decided(record, triples)
        if not record.candidates:
            return unchanged
        book = self._book(self.stores.is_internal(record))
        if not book:
            return unchanged
        nodes: dict[str, list[Subject]] = {}
        for node, key in candidate_keys(triples, record.id, self.stores.minter).items():
            nodes.setdefault(key, []).append(node)
        after, carried, settled = record, list[Decision](), 0
        for key, same in nodes.items():
            decision, is_new = self._decision(book, record, triples, key, nodes)
            if decision is None:
                continue
            try:
                after = self._carried_out(after, decision, record, triples, same)
            except RecordError:
                continue  # the record says something else by now: it waits for a person again
            settled += 1
            if is_new:
                carried.append(decision)
        if after == record:
            return unchanged
        made = rewritten(triples, record, after, self.stores)
        return Decided(after, made, tuple(carried), settled)

    def _carried_out(
        self,
        after: OutcomeRecord,
        decision: Decision,
        record: OutcomeRecord,
        triples: list[Triple],
        nodes: list[Subject],
    ) -> OutcomeRecord:
        taken = candidates_of(triples, nodes, record.id, self.stores.minter)
        if decision.verdict == "reject":
            return without(after, taken)
        taken = (*taken, *in_place_of(after, taken))
        return stated(after, decision.meant or taken[0], taken, decision.name)

    def _decision(
        self,
        book: DecisionBook,
        record: OutcomeRecord,
        triples: list[Triple],
        key: str,
        every: Mapping[str, list[Subject]],
    ) -> tuple[Decision | None, bool]:
        own = book.last(record.id, key)
        if own is not None:
            return (None if own.verdict == "undo" else self._full(own)), False
        nodes = every[key]
        said = {t.predicate: t.object for t in triples if t.subject == nodes[0]}
        predicate, thing = said[RDF.predicate], said[RDF.object]
        words = getattr(said[PROV.value], "value", "")
        if not isinstance(predicate, NamedNode) or not isinstance(thing, NamedNode):
            return None, False
        before = [
            holding
            for holding in book.about(record.id, words, predicate.value)
            if holding.key not in every
        ]
        if before:
            proposed = candidates_of(triples, nodes, record.id, self.stores.minter)
            return self._renamed(before, proposed[0]), False
        if record.country is None or not self.carry:
            return None, False
        place = self.stores.minter.country(record.country).value
        other = book.elsewhere(words, predicate.value, thing.value, place)
        first = self._full(other) if other is not None else None
        if other is None or first is None:
            return None, False
        taken = candidates_of(triples, nodes, record.id, self.stores.minter)
        if first.verdict != "reject":
            taken = (*taken, *in_place_of(record, taken))
        carried = replace(
            first,
            record_id=record.id,
            key=key,
            number=1,
            time=datetime.datetime.now(datetime.UTC),
            origin=first.origin or NamedNode(other.iri),
            taken=taken,
        )
        return carried, True

    def _renamed(self, before: Iterable[Holding], proposed: Candidate) -> Decision | None:
        """Return the decision about what is proposed from when it had another IRI."""
        fitting = [
            decision
            for holding in before
            if (decision := self._full(holding)) is not None
            and any(_names(taken) & _names(proposed) for taken in decision.taken)
        ]
        return fitting[0] if len(fitting) == 1 and fitting[0].verdict != "undo" else None

    def _full(self, holding: Holding) -> Decision | None:
        graph = self.stores.minter.decisions(holding.record_id)
        for store in self.stores.present():
            for decision in read_decisions(
                store.graph(graph), holding.record_id, self.stores.minter
            ):
                if decision.name == holding.name:
                    return decision
        return None
