"""Who is who: known bodies, governments and high offices, national bodies, and their types.

Two mentions are one organisation only if the registry says so (by identifier, name or listed
abbreviation), if both are the same government or high office of a country, or if they bear the same
name in the same country. Nothing is merged on likeness.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from outcome_graph.draft import STATED, Draft, Problem
from outcome_graph.errors import UsageError
from outcome_graph.linking.merging import described_once, map_organisations
from outcome_graph.linking.misspelt import misspelt, proposal, proposed
from outcome_graph.linking.national import without_abbreviation, without_country
from outcome_graph.linking.offices import government, office_holder, read_office
from outcome_graph.linking.parting import is_ministry, part, with_evidence_of_parts
from outcome_graph.linking.readings import changed, drop_stated_candidates, problem, repointed
from outcome_graph.linking.registered import registered
from outcome_graph.linking.types import is_government, is_international, is_public_body, type_of
from outcome_graph.model import (
    Candidate,
    Evidence,
    Organisation,
    OutcomeRecord,
    Text,
    Texts,
    text_in,
)
from outcome_graph.namespaces import slugify
from outcome_graph.vocabulary import Country, Knowledge, one_spelling

__all__ = ["link_organisations"]

#: In these fields a body that names no country is one of the result's country.
_NATIONAL = frozenset({"constituents", "passed_by"})
_SOCIAL_PARTNERS = frozenset({"workers", "employers"})
#: In these a body may be called as its own country calls it: "CGT".
_OWN_NAMES = _NATIONAL | {"contributors"}
_SURE = 0.95
#: A country's name alone, as a funder, stands for its government.
_COUNTRY_ALONE = 0.9
#: "Ministry of Finance" as a funder: of the result's country, or of a donor?
_WHOSE = 0.7

#: What is a country's code too, but a bank where it pays; and the States known by two letters.
_NO_GOVERNMENT = frozenset({"CAF"})
_STATES = frozenset({"UK", "US"})

_BEFORE = re.compile(r"^(?:[\s,;:]|the\s)+", re.IGNORECASE)
_AFTER = re.compile(r"[\s,;:]+$")


@dataclass(frozen=True, slots=True)
class _Known:
    """An organisation as linked, and how sure the link is."""

    organisation: Organisation
    confidence: float = _SURE


def link_organisations(draft: Draft, knowledge: Knowledge) -> Draft:
    """Find out who the organisations of a draft are.

    A funder read from prose whose link is less sure than 0.8 becomes a candidate.

    Parameters:
        draft: the draft, its country, acts and projects linked. knowledge: the look-up tables.
    """
    resolver = _resolver(knowledge, draft.record.country, draft.record.region)
    problems: list[Problem] = []
    record = resolver.parted(resolver.capped(draft.record))
    record = resolver.with_proposals(record, draft, problems)
    moved: dict[tuple[str, str], tuple[str, str, float]] = {}
    for field, organisations in _named(record).items():
        for old in organisations:
            known = resolver.resolve(field, old)
            moved.setdefault((field, old.slug), (field, known.organisation.slug, known.confidence))
    record = map_organisations(record, lambda f, o: resolver.resolve(f, o).organisation)
    record = _with_funders_of_projects(repointed(record, moved))
    record = _doubtful_funders_to_candidates(record, moved)
    record = described_once(record)
    stated = {field: {o.slug for o in found} for field, found in _stated(record).items()}
    return changed(draft, drop_stated_candidates(record, stated), problems)


def _stated(record: OutcomeRecord) -> dict[str, tuple[Organisation, ...]]:
    contribution = record.contribution
    return {
        "funders": record.funders,
        "constituents": record.constituents,
        "contributors": contribution.contributors if contribution else (),
    }


def _named(record: OutcomeRecord) -> dict[str, tuple[Organisation, ...]]:
    """Return what a record states, and the funders that it states by its projects."""
    by_project = tuple(o for p in record.projects for o in p.funders)
    return {**_stated(record), "funders": (*record.funders, *by_project)}


def _with_funders_of_projects(record: OutcomeRecord) -> OutcomeRecord:
    """Who finances a project is a funder of the outcome, as the contract has it."""
    by_project = [o for p in record.projects for o in p.funders]
    return record.with_changes(funders=(*record.funders, *by_project)) if by_project else record


def _doubtful_funders_to_candidates(
    record: OutcomeRecord, moved: dict[tuple[str, str], tuple[str, str, float]]
) -> OutcomeRecord:
    """Make candidates of funders that prose names and that could not be linked for certain."""
    sureness: dict[str, float] = {}
    for field, slug, confidence in moved.values():
        if field == "funders":
            sureness[slug] = max(confidence, sureness.get(slug, 0.0))
    # What a project's symbol or a table's column says was not read from prose: it stays stated.
    by_project = {o.slug for p in record.projects for o in p.funders}
    doubtful = {
        o.slug: o
        for o in record.funders
        if sureness.get(o.slug, 1.0) < STATED and o.slug not in by_project
    }
    read = [e for e in record.evidence if e.field == "funders" and e.key in doubtful]
    if not read:
        return record
    slugs = {e.key for e in read}
    return record.with_changes(
        funders=tuple(o for o in record.funders if o.slug not in slugs),
        evidence=tuple(e for e in record.evidence if e not in read),
        candidates=(*record.candidates, *(_candidate(e, doubtful[e.key]) for e in read)),
    )


def _candidate(evidence: Evidence, organisation: Organisation) -> Candidate:
    return Candidate(
        evidence.field,
        organisation,
        evidence.quote,
        evidence.confidence,
        evidence.start,
        evidence.end,
    )


@lru_cache(maxsize=1_000)
def _resolver(knowledge: Knowledge, country: str | None, region: str | None) -> _Resolver:
    return _Resolver(knowledge, country, region)


@lru_cache(maxsize=20_000)
def _resolved(resolver: _Resolver, field: str, organisation: Organisation) -> _Known:
    # The rows of a table name few organisations, again and again.
    return resolver.find(field, organisation)


class _Resolver:
    """Resolves the organisations of the records of one country or region.

    Parameters:
        knowledge: the look-up tables. country, region: the record's, as codes.
    """

    def __init__(self, knowledge: Knowledge, country: str | None, region: str | None) -> None:
        self.knowledge = knowledge
        self.countries = knowledge.countries
        self.registry = registered(knowledge)
        self.home = self.countries.get(country) if country else None
        self.region = region

    def capped(self, record: OutcomeRecord) -> OutcomeRecord:
        """Return the record with no candidate surer than the link of its organisation."""
        candidates = []
        for candidate in record.candidates:
            if isinstance(candidate.value, Organisation):
                sure = self.resolve(candidate.field, candidate.value).confidence
                candidate = replace(candidate, confidence=min(candidate.confidence, sure))
            candidates.append(candidate)
        return record.with_changes(candidates=tuple(candidates))

    def parted(self, record: OutcomeRecord) -> OutcomeRecord:
        """Part bodies that a name joins: "Belgium and Luxembourg", when each is known for certain.

        Funders read from prose have been parted there.
        """
        read = {e.key for e in record.evidence if e.field == "funders"}
        funders: list[Organisation] = []
        for funder in record.funders:
            known = self._is_known
            funders += [funder] if funder.slug in read else self._parts("funders", funder, known)
        made = {
            o.slug: self._parts("constituents", o, self._is_known_here) for o in record.constituents
        }
        record = with_evidence_of_parts(record, "constituents", made)
        constituents = (one for parts in made.values() for one in parts)
        return record.with_changes(funders=tuple(funders), constituents=tuple(constituents))

    def _parts(
        self, field: str, organisation: Organisation, is_known: Callable[[str], bool]
    ) -> list[Organisation]:
        if len(organisation.names) != 1 or organisation.identifier:
            return [organisation]
        (name,) = organisation.names
        parts = part(name.value, is_known)
        if len(parts) == 1 or self._registered(field, organisation):
            return [organisation]
        if self.countries.find(name.value) is not None:
            return [organisation]
        return [
            replace(
                organisation,
                slug=self._slug(words, None, organisation.slug),
                names=(replace(name, value=words),),
                type=None,
            )
            for words in parts
        ]

    def _is_known(self, name: str) -> bool:
        """Whether a name alone says for certain who it is."""
        known = self.registry.find(name) or self._country(name)
        return known is not None or self._says_country(name)

    def _is_known_here(self, name: str) -> bool:
        """Whether a name says for certain who it is among the bodies of the result's country."""
        return is_ministry(name) or self.registry.find(name, self.home) is not None

    def with_proposals(
        self, record: OutcomeRecord, draft: Draft, problems: list[Problem]
    ) -> OutcomeRecord:
        """Propose known bodies whose names differ from a body's by a letter or two."""
        for field, organisations in _stated(record).items():
            for organisation in organisations:
                meant = self._meant(field, organisation)
                if meant is not None:
                    record = proposed(record, field, organisation, meant)
                    said = proposal(organisation, meant)
                    problems.append(problem(draft, "warning", said, field))
        return record

    def _meant(self, field: str, organisation: Organisation) -> Organisation | None:
        if len(organisation.names) != 1 or organisation.identifier:
            return None
        (name,) = organisation.names
        if self._registered(field, organisation) is not None:
            return None
        return misspelt(self.knowledge).close_to(name.value, self._own(field, organisation))

    def _country(self, name: str) -> Country | None:
        """Return the country that a name is; "AU" and "418" are no names, "CAF" is a bank's."""
        code = name.strip()
        if code in _NO_GOVERNMENT or code.isdecimal() or (len(code) == 2 and code not in _STATES):
            return None
        return self.countries.find(name)

    def resolve(self, field: str, organisation: Organisation) -> _Known:
        """Find out who an organisation is.

        Parameters:
            field: where it stands: "funders", "constituents", "contributors" or "passed_by".
            organisation: as the source names it.
        """
        return _resolved(self, field, organisation)

    def find(self, field: str, organisation: Organisation) -> _Known:
        """Do what `resolve` does, whether it has been done before or not."""
        known = self._find(field, organisation)
        if organisation.identifier and known.organisation.identifier is None:
            # What the source identifies it by is kept where we know no better.
            kept = replace(known.organisation, identifier=organisation.identifier)
            return replace(known, organisation=kept)
        return known

    def _find(self, field: str, organisation: Organisation) -> _Known:
        # Read back from the organisation, which puts them in order: the first one names it.
        organisation = replace(organisation, names=tuple(map(_clean, organisation.names)))
        names = organisation.names
        known = self._registered(field, organisation)
        if known is not None:
            return _Known(self._as_called(known, names))
        explicit = self.countries.find(organisation.country) if organisation.country else None
        name = text_in(names)
        if name is None:
            country = explicit.alpha3 if explicit else None
            return _Known(replace(organisation, country=country, type=self._type(organisation)))
        if body := self.registry.body_of_government(name):
            name, explicit = body
            if (known := self.registry.find(name, explicit)) is not None:
                return _Known(known)
        office = read_office(name, explicit or self.home, self.countries)
        if office is not None:
            bare = explicit is None and field == "funders" and not self._says_country(name)
            return _Known(office_holder(office, names), _WHOSE if bare else _SURE)
        if field in ("funders", "partners") and (named := self._country(name)) is not None:
            return _Known(government(named), _COUNTRY_ALONE)
        return self._named(field, organisation, name, explicit)

    def _registered(self, field: str, organisation: Organisation) -> Organisation | None:
        registry = self.knowledge.organisations
        if organisation.identifier:
            found = registry.by_identifier(organisation.identifier)
            if found is not None:
                return found
        if not organisation.names:
            return registry.get(organisation.slug)
        own = self._own(field, organisation)
        matches = (self.registry.find(text.value, own) for text in organisation.names)
        return next((found for found in matches if found is not None), None)

    def _as_called(self, known: Organisation, names: Texts) -> Organisation:
        """Return a known body by its own names; one of a country's as the source calls it.

        "COSATU" is what the people of a result call it, and the registry tells who that is.
        """
        of_here = self.home is not None and known.country == self.home.alpha3
        partner = known.country and known.type in _SOCIAL_PARTNERS
        return replace(known, names=names) if names and (partner or of_here) else known

    def _own(self, field: str, organisation: Organisation) -> Country | None:
        """Return the country whose own names for its bodies are meant."""
        if organisation.country:
            return self.countries.find(organisation.country)
        return self.home if field in _OWN_NAMES else None

    def _says_country(self, name: str) -> bool:
        return read_office(name, None, self.countries) is not None

    def _named(
        self, field: str, organisation: Organisation, name: str, explicit: Country | None
    ) -> _Known:
        country, confidence = explicit, _SURE
        if country is None:
            country, confidence = self._country_of(field, name)
        reading = type_of(name)
        type_ = self._type(organisation)
        if type_ is None and reading is not None:
            type_, confidence = reading.type, min(confidence, reading.confidence)
        prefix = country.alpha3 if country else self.region if is_public_body(name) else None
        return _Known(
            replace(
                organisation,
                slug=self._slug(self._core(name, country), prefix, organisation.slug),
                type=type_,
                country=country.alpha3 if country else None,
            ),
            confidence,
        )

    def _core(self, name: str, country: Country | None) -> str:
        """Return what tells a body from the others of its country."""
        apart = without_country(name, self.countries)
        if apart and apart[1] is country and is_public_body(apart[0]):
            return apart[0]
        name = without_abbreviation(name)
        for mention in reversed(self.countries.mentions(name)):
            # "Vietnam" and "Viet Nam": one name of the country in the names of its bodies.
            if not mention.is_preferred:
                usual = mention.country.office_name.removeprefix("the ")
                name = f"{name[: mention.start]}{usual}{name[mention.end :]}"
        return name

    def _country_of(self, field: str, name: str) -> tuple[Country | None, float]:
        named = self.countries.named_in(name)
        if self.home is not None and self.home in named:
            return self.home, _SURE
        if len(named) == 1:
            return named[0], _SURE
        if field in _NATIONAL and not is_international(name):
            return self.home, _SURE
        if is_public_body(name) and not is_government(name):
            return self.home, _WHOSE
        return None, _SURE

    def _type(self, organisation: Organisation) -> str | None:
        if organisation.type is None:
            return None
        return self.knowledge.concepts.notation("constituent-type", organisation.type)

    def _slug(self, name: str, prefix: str | None, given: str) -> str:
        try:
            slug = slugify(f"{prefix or ''} {one_spelling(name)}") if slugify(name) else given
        except UsageError:
            return given
        # A body that only shares letters with a known one ("Who") is another body.
        return f"{slug}-other" if self.knowledge.organisations.get(slug) else slug


def _clean(text: Text) -> Text:
    value = _AFTER.sub("", _BEFORE.sub("", " ".join(text.value.split())))
    return replace(text, value=value) if value.strip() else text
