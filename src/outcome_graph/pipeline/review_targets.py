"""What an officer means instead of a candidate: a code, a name or an IRI becomes a known thing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from outcome_graph.draft import Draft
from outcome_graph.errors import RecordError, UsageError
from outcome_graph.linking import link
from outcome_graph.linking.offices import read_office
from outcome_graph.mapping import triples_to_record
from outcome_graph.mapping.terms import CODE_FIELDS, CONCEPT_FIELDS, READING_PREDICATES
from outcome_graph.model import (
    Candidate,
    CandidateValue,
    Contribution,
    LegalAct,
    Organisation,
    OutcomeRecord,
)
from outcome_graph.model import Text as NamedText
from outcome_graph.namespaces import OG, RDF, SDG, IriMinter, slugify
from outcome_graph.pipeline.reconciling import Query, Reconciler
from outcome_graph.pipeline.review_acts import ActFinder
from outcome_graph.pipeline.rows import Ask
from outcome_graph.rdf import NamedNode, Triple
from outcome_graph.vocabulary import Knowledge

__all__ = ["TargetFinder"]

_SDG_FIELDS = {"goal": "sdg_goals", "target": "sdg_targets", "indicator": "sdg_indicators"}
_BODIES = ("funders", "constituents", "contributors")
_SURE = 0.8
#: Before the name of an organisation that is not known yet.
_NEW = re.compile(r"new\s?:\s*", re.IGNORECASE)
_CHOICES = 5


class TargetFinder:
    """Finds what is meant, with what linking and reconciliation know.

    Parameters:
        knowledge: the look-up tables.
        reconciler: makes what finds things of the store by their names.
        describe: returns the statements about an IRI.
        ask: answers queries of the store.
        minter: mints the IRIs of this base.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        reconciler: Callable[[], Reconciler],
        describe: Callable[[str], list[Triple]],
        ask: Ask,
        minter: IriMinter,
    ) -> None:
        self.knowledge, self._reconciler = knowledge, reconciler
        self._describe, self.minter = describe, minter
        self._acts = ActFinder(knowledge, ask, describe, minter)

    def find(self, candidate: Candidate, record: OutcomeRecord, words: str) -> Candidate:
        """Return the candidate with what is meant in place of what it proposes.

        Parameters:
            candidate: what is corrected. record: where it stands.
            words: a code, name or IRI.

        Raises:
            RecordError: nothing is called so, or several things are; with the choices.
        """
        words = " ".join(words.split())
        if not words:
            raise RecordError("Say what is meant instead: a code, a name or an IRI.")
        field = candidate.field
        value: CandidateValue
        if field in CODE_FIELDS:
            field, value = self._sdg(words)
        elif field == "country":
            value = self._country(words)
        elif field in _BODIES:
            value = self._body(field, record, words)
        elif field == "activities":
            raise RecordError(
                "Another activity cannot be named here. Reject this one, and write the right one "
                "into the record."
            )
        elif field in ("legal_acts", "projects"):
            value = self._described(field, record, words)
        else:
            value = self._concept(field, record, words)
        found = replace(candidate, field=field, value=value)
        if (found.field, found.key) == (candidate.field, candidate.key):
            raise RecordError(f"“{words}” is what the candidate proposes: accept it instead.")
        return found

    def _sdg(self, words: str) -> tuple[str, str]:
        found = self.knowledge.sdg.read(words.removeprefix(SDG.iri))
        if found is None or not found.exists:
            raise RecordError(
                f"“{words}” is no SDG goal, target or indicator. Write its number, such as 1.3."
            )
        if found.confidence < _SURE:
            raise RecordError(
                f"“{words}” may be SDG {found.kind} {found.code}. Write the number to be sure."
            )
        return _SDG_FIELDS[found.kind], found.code

    def _country(self, words: str) -> str:
        parts = self.minter.parts(words)
        country = self.knowledge.countries.find(parts[-1] if parts[:1] == ("country",) else words)
        if country is None:
            close = self.knowledge.countries.close_to(words)
            hint = f" Did you mean {close}?" if close else ""
            raise RecordError(
                f"There is no country “{words}”.{hint} Write its name, or its ISO 3166 code."
            )
        return country.alpha3

    def _concept(self, field: str, record: OutcomeRecord, words: str) -> str:
        if field == "indicator":
            if self.knowledge.concepts.has_indicator(record.biennium or "", words):
                return words
            raise RecordError(f"There is no indicator {words} in the biennium {record.biennium}.")
        scheme = {"branches": "branch", "step": "step"}.get(field)
        scheme = scheme or (CONCEPT_FIELDS[field][1] if field in CONCEPT_FIELDS else None)
        notation = self.knowledge.concepts.notation(scheme, words) if scheme else None
        if scheme is None or notation is None:
            known = ", ".join(self.knowledge.concepts.notations(scheme)) if scheme else "nothing"
            raise RecordError(f"“{words}” is none of what can stand here: {known}.")
        return notation

    def _body(self, field: str, record: OutcomeRecord, words: str) -> Organisation:
        if words.startswith(("http://", "https://")):
            found = self._described(field, record, words)
            assert isinstance(found, Organisation)
            return found
        new = _NEW.match(words)
        if new:
            return self._new_body(field, record, words[new.end() :])
        slug = "named-by-a-reviewer"
        named = Organisation(slug, (NamedText(words, record.language),))
        linked = self._linked(field, record, named)
        registry, countries = self.knowledge.organisations, self.knowledge.countries
        home = countries.get(record.country) if record.country else None
        known = registry.get(linked.slug) or read_office(words, home, countries)
        if known or linked.slug in _slugs(record) or countries.find(words):
            return linked
        if self._describe(self.minter.organisation(linked.slug).value):
            return linked
        found_things = self._reconciler().reconcile([Query(words, ("org:Organization",))])[0]
        if found_things and found_things[0].match:
            return self._organisation_at(record, found_things[0].thing.iri)
        choices = [f"{c.thing.name()} <{c.thing.iri}>" for c in found_things[:_CHOICES]]
        raise _unclear(words, "organisation", choices)

    def _new_body(self, field: str, record: OutcomeRecord, name: str) -> Organisation:
        """Make an organisation that nobody knows yet; what is known by the name is taken."""
        if sum(c.isalpha() for c in name) < 2:
            raise RecordError("Write the name of the organisation after “new:”.")
        named = Organisation(_made_slug(name), (NamedText(name, record.language),))
        return self._linked(field, record, named)

    def _linked(self, field: str, record: OutcomeRecord, named: Organisation) -> Organisation:
        bare = OutcomeRecord(id=record.id, country=record.country, region=record.region)
        if field == "contributors":
            bare = bare.with_changes(contribution=Contribution(contributors=(named,)))
        else:
            bare = bare.with_changes(**{field: (named,)})
        made = link(Draft(bare), self.knowledge).record
        bodies = made.contribution.contributors if made.contribution else getattr(made, field)
        return bodies[0] if bodies else named

    def _organisation_at(self, record: OutcomeRecord, iri: str) -> Organisation:
        found = self._described("funders", record, iri)
        assert isinstance(found, Organisation)
        return self.knowledge.organisations.get(found.slug) or found

    def _described(self, field: str, record: OutcomeRecord, words: str) -> CandidateValue:
        """Return a thing that the store describes, by its IRI; projects also by their symbol."""
        iri = words
        if not words.startswith(("http://", "https://")):
            if field == "legal_acts":
                new = _NEW.match(words)
                act = self._acts.find(record, words[new.end() if new else 0 :], new=bool(new))
                if isinstance(act, LegalAct):
                    return act
                iri = act.value
            else:
                iri = self.minter.project(words).value
        about = self._describe(iri)
        family = {"legal_acts": "legal-act", "projects": "project"}.get(field, "organisation")
        if not about or self.minter.parts(iri)[:1] != (family,):
            raise RecordError(f"Nothing is known about {words} as a thing of this kind. Check it.")
        outcome, node = self.minter.outcome(record.id), NamedNode(iri)
        predicate = OG.funder if field in _BODIES else READING_PREDICATES[field]
        statements = [
            Triple(outcome, RDF.type, OG.Outcome),
            Triple(outcome, predicate, node),
            *about,
        ]
        made = triples_to_record(statements, record.id, self.minter)
        things: Sequence[CandidateValue] = (*made.funders, *made.legal_acts, *made.projects)
        return things[0]


def _slugs(record: OutcomeRecord) -> set[str]:
    given = record.contribution.contributors if record.contribution else ()
    return {o.slug for o in (*record.funders, *record.constituents, *given)}


def _made_slug(name: str) -> str:
    try:
        return slugify(name)
    except UsageError:  # no letter of it can stand in an address
        return f"name-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _unclear(words: str, kind: str, choices: list[str]) -> RecordError:
    new = f"If it is none that we know, write “new: {words}”."
    if not choices:
        return RecordError(
            f"No {kind} is called “{words}”. Check the spelling, or give its IRI. {new}", ()
        )
    return RecordError(
        f"No {kind} is surely “{words}”. Give the IRI of the one you mean: {'; '.join(choices)}. "
        f"{new}",
        choices,
    )
