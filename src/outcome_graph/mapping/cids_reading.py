"""From the Common Impact Data Standard (CIDS) to drafts of records.

A record is made of each ``cids:Outcome``. What it says that a record has no place for is named in a
problem, never dropped in silence; ``docs/rdf.md`` has the table of the mapping.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from outcome_graph.draft import Draft, Location, Problem, Severity
from outcome_graph.errors import UsageError
from outcome_graph.mapping.cids_graph import CONTACT, I72, TOVE, CidsGraph, in_force, short
from outcome_graph.mapping.cids_measures import read_measures
from outcome_graph.mapping.cids_themes import read_themes
from outcome_graph.model import (
    REGION_CODES,
    Contribution,
    Organisation,
    OutcomeRecord,
    Recipient,
    Texts,
    text_in,
    texts,
)
from outcome_graph.namespaces import CIDS, DCTERMS, OG, RDF, SCHEMA, SKOS, IriMinter, slugify
from outcome_graph.rdf import Literal, NamedNode, Subject, Term, Triple

__all__ = ["cids_drafts", "is_cids"]

_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9._~-]+")
_LONGEST_IRI = 100
#: What a text is in when nothing says its language (BCP 47: undetermined).
_UNKNOWN_LANGUAGE = "und"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")
_ALPHA3 = re.compile(r"[A-Z]{3}")
_VISIBILITIES = ("public", "internal")
#: Roles of stakeholders that records know, by the words people write.
_ROLES = {
    **dict.fromkeys(("funder", "donor", "funding organisation", "funding organization"), "funder"),
    **dict.fromkeys(("constituent", "social partner"), "constituent"),
    **dict.fromkeys(("contributor", "implementer", "implementing partner"), "contributor"),
}
_STAKEHOLDERS = (
    CIDS.hasContributingStakeholder,
    CIDS.hasStakeholder,
    CIDS.hasBeneficialStakeholder,
    CIDS.forStakeholder,
)


#: Organisations by node and language, with the predicates that were asked for to read them.
_Bodies: TypeAlias = dict[tuple[Term, str], tuple[Organisation | None, frozenset[NamedNode]]]


def is_cids(triples: Iterable[Triple]) -> bool:
    """Tell whether statements describe outcomes of CIDS and no record of ours."""
    kinds = {in_force(t.object) for t in triples if t.predicate == RDF.type}
    return CIDS.Outcome in kinds and not kinds & {OG.Outcome, OG.Record}


def cids_drafts(triples: Iterable[Triple], minter: IriMinter) -> Iterator[Draft]:
    """Yield a draft, with profile core, for each outcome that CIDS statements describe.

    Parameters:
        triples: the statements of one graph, in the order of the document.
        minter: the base; outcomes ``{base}outcome/{id}`` keep their ids, others get one made of
            their IRI, which is the same in every edition of a file.

    Follows CIDS 3 (https://ontology.commonapproach.org/cids-en.html); terms in the namespaces of
    former versions are taken for those of the same name.
    """
    graph = CidsGraph(triples)
    used: Counter[str] = Counter()
    bodies: _Bodies = {}
    drafts = [
        _Reading(graph, node, minter, bodies).draft(used)
        for node in dict.fromkeys(graph.of_type(CIDS.Outcome))
    ]
    left = ", ".join(f"{kind} ({count})" for kind, count in sorted(graph.unreached().items()))
    if drafts and left:
        message = f"The file also describes what no outcome leads to; it was left out: {left}."
        drafts[-1] = drafts[-1].with_problems((Problem("info", message),))
    yield from drafts


class _Reading:
    """The reading of one outcome."""

    def __init__(
        self,
        graph: CidsGraph,
        node: Subject,
        minter: IriMinter,
        bodies: _Bodies,
    ) -> None:
        self.graph = graph
        self.node = node
        self.minter = minter
        self.bodies = bodies  # read once for all outcomes of a file
        self.problems: list[Problem] = []
        self.language = _UNKNOWN_LANGUAGE
        #: Whether its IRI is one of ours.
        self.named = False

    def say(self, severity: Severity, message: str, field: str | None = None) -> None:
        """Note something about the outcome."""
        self.problems.append(Problem(severity, message, field))

    def draft(self, used: Counter[str]) -> Draft:
        """Read the outcome.

        Parameters:
            used: how often each id was given in this file.
        """
        graph, node = self.graph, self.node
        graph.start()
        graph.types(node)
        self.language = self._language()
        owners = self._owners()
        publishers = self._organisations(graph.objects(node, DCTERMS.publisher))
        people = self._stakeholders()
        contributors = (*owners.values(), *people["contributor"])
        codes = read_themes(graph, node, self.say)
        measures = read_measures(graph, node, self.language, self.say)
        titles = graph.names(node, self.language)
        self._identified()
        record = OutcomeRecord(
            id=self._id(titles, contributors, used),
            language=self.language,
            visibility=self._visibility(),
            titles=titles,
            achievement=graph.descriptions(node, self.language),
            contribution=Contribution(_distinct(contributors)) if contributors else None,
            funders=_distinct(people["funder"]),
            constituents=_distinct(people["constituent"]),
            reporting_organisation=next(iter(publishers.values()), None),
            sdg_goals=codes.goals,
            sdg_targets=codes.targets,
            sdg_indicators=codes.indicators,
            measures=measures,
            **self._places(owners),
        )
        record = record.with_changes(**self._dates(record))
        self._name_the_rest()
        places = (("id", Location(path="cids:Outcome")),) if self.named else ()
        return Draft(record, tuple(self.problems), places)

    # -- identity -------------------------------------------------------------------------------

    def _id(self, titles: Texts, contributors: tuple[Organisation, ...], used: Counter[str]) -> str:
        node, made = self.node, ""
        if isinstance(node, NamedNode):
            parts = self.minter.parts(node)
            if len(parts) == 2 and parts[0] == "outcome" and _is_id(parts[1], self.minter):
                self.say(
                    "info",
                    "This outcome was written by Outcome Graph. A store that has its record keeps "
                    "what CIDS cannot say (legal acts, projects …) and what was not edited.",
                    "id",
                )
                self.named = True
                return parts[1]
            made = record_id(node.value)
            if parts:
                # Resolved against our base, "o1" would be the "o1" of every other publisher too.
                name = node.value.removeprefix(self.minter.base)
                self.say(
                    "warning",
                    f"The @id “{name[:80]}” is relative, so that the record's id was made of it "
                    "and of the organisation. Write it whole, beginning with https://.",
                    "id",
                )
                made = f"cids-{_digest(' '.join((name, *(o.slug for o in contributors))))}"
        else:
            self.say(
                "warning",
                "The outcome has no IRI, so that its id was made of its name; renamed, it would "
                "become another record. Give it an @id.",
                "id",
            )
            words = [text_in(titles) or "", *(o.slug for o in contributors)]
            made = f"cids-{_digest(' '.join(words))}"
        used[made] += 1
        return made if used[made] == 1 else f"{made}-{used[made]}"

    def _identified(self) -> None:
        """Identifiers of publishers are named among what has no place, unless they are the id."""
        known = set(self.minter.parts(_iri(self.node)))
        words = self.graph.words(self.node, TOVE.hasIdentifier)
        others = [w for w in words if w not in known and w != _iri(self.node)]
        if others:
            self.say("info", f"The identifier “{others[0][:80]}” has no place in a record.", "id")

    def _visibility(self) -> str | None:
        for words in self.graph.words(self.node, DCTERMS.accessRights):
            if words.casefold() in _VISIBILITIES:
                return words.casefold()
            message = f"The access rights “{words[:80]}” have no place in a record."
            self.say("info", message, "visibility")
        return None

    def _language(self) -> str:
        for word in self.graph.words(self.node, DCTERMS.language, SCHEMA.inLanguage):
            if _LANGUAGE.fullmatch(word.lower()):
                return word.lower()
        tagged = {
            value.language
            for value in self.graph.objects(self.node, TOVE.hasName, CIDS.hasName)
            if isinstance(value, Literal) and value.language
        }
        return str(min(tagged)) if len(tagged) == 1 else _UNKNOWN_LANGUAGE

    # -- organisations --------------------------------------------------------------------------

    def _owners(self) -> dict[Term, Organisation]:
        """Return the organisations whose outcome it is."""
        graph, node = self.graph, self.node
        found = graph.linked(node, (CIDS.forOrganization,), CIDS.hasOutcome)
        # An empty link reads as the base itself: nobody is meant.
        return self._organisations(o for o in found if _iri(o) != self.minter.base)

    def _organisations(self, nodes: Iterable[Term]) -> dict[Term, Organisation]:
        made = {}
        for node in nodes:
            key = (node, self.language)
            if key not in self.bodies:
                organisation = self._organisation(node)
                self.bodies[key] = organisation, self.graph.asked(node)
            organisation, asked = self.bodies[key]
            self.graph.pass_over(node, *asked)
            if organisation is not None:
                made[node] = organisation
        return made

    def _organisation(self, node: Term) -> Organisation | None:
        graph = self.graph
        # What an organisation has besides this outcome is of no concern to it.
        graph.pass_over(node, CIDS.hasOutcome, CIDS.hasIndicator, CIDS.forOutcome)
        names = graph.names(node, self.language)
        if isinstance(node, Literal) and node.value.strip():  # a name in place of a node
            names = texts(node.value.strip(), language=node.language or self.language)
        own = self.minter.parts(_iri(node))
        slug = own[1] if len(own) == 2 and own[0] == "organisation" else None
        if slug is None:
            try:
                slug = slugify((text_in(names, "en") or "")[:200])
            except UsageError:
                called = _iri(node) or "without an IRI"
                message = f"The organisation {called} has no name in the file and was left out."
                self.say("warning", message, "contribution")
                return None
        identifiers = [
            word
            for holder in (node, *graph.objects(node, TOVE.hasID))
            for word in graph.words(holder, TOVE.hasIdentifier)
        ]
        countries = [c for c in self._countries(node) if _ALPHA3.fullmatch(c)]
        return Organisation(
            slug=slug,
            names=names,
            identifier=identifiers[0] if identifiers else None,
            country=countries[0] if len(countries) == 1 else None,
        )

    def _stakeholders(self) -> dict[str, tuple[Organisation, ...]]:
        graph = self.graph
        found: dict[str, dict[Term, Organisation]] = {r: {} for r in set(_ROLES.values())}
        holders: list[Term] = [self.node]
        holders += graph.linked(self.node, (CIDS.hasStakeholderOutcome,), CIDS.forOutcome)
        nodes: dict[Term, bool] = {}
        for holder in holders:
            graph.types(holder)
            for predicate in _STAKEHOLDERS:
                for node in graph.objects(holder, predicate):
                    contributes = predicate == CIDS.hasContributingStakeholder
                    contributes |= CIDS.ContributingStakeholder in graph.types(node)
                    nodes[node] = nodes.get(node, False) or contributes
        for node, contributes in nodes.items():
            roles = self._roles(node) or ({"contributor"} if contributes else set())
            if roles:
                bodies = graph.objects(node, SKOS.exactMatch)
                graph.names(node, self.language)
                known = self._organisations(bodies or [node])
                for role in roles:
                    found[role].update(known)
                continue
            names = graph.names(node, self.language) or graph.descriptions(node, self.language)
            called = text_in(names) or _iri(node) or "without a name"
            self.say(
                "info",
                f"The stakeholder “{called[:80]}” is said to be no funder, constituent or "
                "contributor, and has no place in a record.",
                "constituents",
            )
        return {role: tuple(by_node.values()) for role, by_node in found.items()}

    def _roles(self, node: Term) -> set[str]:
        words = []
        for role in self.graph.objects(node, TOVE.hasRole):
            named = self.graph.names(role, self.language)
            words += [role.value] if isinstance(role, Literal) else [t.value for t in named]
        folded = (" ".join(word.casefold().split()) for word in words)
        return {_ROLES[word] for word in folded if word in _ROLES}

    # -- place and time -------------------------------------------------------------------------

    def _countries(self, node: Term) -> list[str]:
        """Return the countries of a node's addresses and locations, in codes or words as given."""
        graph, found = self.graph, list[str]()
        for place in graph.objects(node, *_PLACES):
            graph.types(place)
            parts = self.minter.parts(_iri(place))
            if isinstance(place, Literal):
                found.append(place.value.strip())
            elif len(parts) > 1 and parts[0] in ("country", "region"):
                graph.names(place, self.language)
                graph.words(place, *_COUNTRY)
                found.append(parts[-1])
            else:
                names = [t.value for t in graph.names(place, self.language)]
                found += graph.words(place, *_COUNTRY) or names
        return [c for c in dict.fromkeys(found) if c]

    def _places(self, owners: dict[Term, Organisation]) -> dict[str, Any]:
        """Return the fields of the record that say where."""
        places = self._countries(self.node)
        if len(places) > 1:
            return {"recipients": tuple(Recipient(place) for place in places)}
        if not places:
            places = list(dict.fromkeys(c for node in owners for c in self._countries(node)))
            if len(places) != 1:
                return {}
            self.say(
                "warning",
                f"The outcome names no place; the country of its organisation's address, "
                f"{places[0][:60]}, was taken. Give the outcome an address if it is elsewhere.",
                "country",
            )
        # Linking makes codes of other words.
        return {"region" if places[0] in REGION_CODES else "country": places[0]}

    def _dates(self, record: OutcomeRecord) -> dict[str, Any]:
        """Return the fields of the record that say when: from impact reports, else indicators'."""
        graph, days = self.graph, list[Any]()
        holders: list[Term] = [self.node]
        holders += graph.linked(self.node, (CIDS.hasStakeholderOutcome,), CIDS.forOutcome)
        for holder in list(holders):
            for report in graph.objects(holder, CIDS.hasImpactReport):
                graph.objects(report, RDF.type, CIDS.forOutcome, CIDS.forOrganization)
                holders.append(report)
        for holder in dict.fromkeys(holders):
            start, end, wrong = graph.span(holder)
            for words in wrong:
                message = f"“{words}” is no date and was left out. Write it as 2020-04-01."
                self.say("warning", message, "period_start")
            days += [day for day in (start, end) if day]
        if days and min(days) == max(days):
            return {"achieved_on": days[0]}
        days = days or [
            day for m in record.measures for p in m.periods for day in (p.start, p.end) if day
        ]
        return {"period_start": min(days), "period_end": max(days)} if days else {}

    # -- the rest -------------------------------------------------------------------------------

    def _name_the_rest(self) -> None:
        rest = self.graph.unread()
        for predicate, subject in self.graph.pointing(self.node):
            if predicate not in _BACK and subject not in self.graph.reached:
                rest[f"{_kind(self.graph, subject)} that names it"] += 1
                self.graph.reached.add(subject)
        if rest:
            terms = ", ".join(f"{term} ({count})" for term, count in sorted(rest.items()))
            message = f"Has no place in a record and was left out: {terms}."
            self.say("info", message)


#: The add-ins of the standard for spreadsheets write addresses in the terms of contacts.
_PLACES = (CIDS.hasAddress, CONTACT.hasAddress, I72.located_in, CIDS.located_in)
_COUNTRY = (CIDS.addressCountry, CONTACT.hasCountry, SCHEMA.addressCountry, CIDS.hasCountry)
#: Links back to an outcome that say nothing new.
_BACK = (CIDS.hasOutcome, CIDS.forOutcome)


def record_id(iri: str) -> str:
    """Return the id of the record of an outcome: readable, and its own by a digest of the IRI."""
    readable = _NOT_IN_IDS.sub("-", re.sub(r"^[a-z][a-z0-9+.-]*:/*", "", iri, flags=re.I))
    readable = readable[:_LONGEST_IRI].strip("-._~")
    return f"{readable or 'cids'}-{_digest(iri)}"


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:10]


def _is_id(text: str, minter: IriMinter) -> bool:
    try:
        minter.record(text)
    except UsageError:
        return False
    return True


def _iri(node: Term) -> str:
    return node.value if isinstance(node, NamedNode) else ""


def _kind(graph: CidsGraph, node: Subject) -> str:
    kinds = sorted(_iri(kind) for kind in graph.types(node))
    return next((short(k) for k in kinds if k), "something")


def _distinct(organisations: Iterable[Organisation]) -> tuple[Organisation, ...]:
    """Keep one mention of each body; what one mention lacks, another may say."""
    found: dict[str, Organisation] = {}
    for o in organisations:
        known = found.get(o.slug)
        found[o.slug] = (
            o
            if known is None
            else replace(
                known,
                identifier=known.identifier or o.identifier,
                country=known.country or o.country,
            )
        )
    return tuple(found.values())
