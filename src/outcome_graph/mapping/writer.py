"""Record → triples of its named graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from outcome_graph.errors import RecordError
from outcome_graph.mapping.measures import outcome_parts, project_parts
from outcome_graph.mapping.terms import (
    CODE_FIELDS,
    CONCEPT_FIELDS,
    DATE_FIELDS,
    READING_PREDICATES,
    TEXT_FIELDS,
    date_triples,
    integer_literal,
    text_triples,
    year_literal,
)
from outcome_graph.model import (
    REGION_CODES,
    Activity,
    Candidate,
    CandidateValue,
    Contribution,
    Evidence,
    LegalAct,
    Organisation,
    OutcomeRecord,
    Project,
    SourceDocument,
)
from outcome_graph.namespaces import (
    DCTERMS,
    ELI,
    FOAF,
    OG,
    ORG,
    PROV,
    RDF,
    SKOS,
    XSD,
    IriMinter,
)
from outcome_graph.rdf import Literal, NamedNode, Term, Triple

__all__ = ["record_to_triples"]


def record_to_triples(record: OutcomeRecord, minter: IriMinter) -> list[Triple]:
    """Return the statements of a record's named graph, in a readable order, none twice.

    The metadata that each commit writes (revision, completeness …) is ``mapping.metadata``'s.

    Raises:
        RecordError: evidence speaks of a field that RDF has no property for.
    """
    return list(dict.fromkeys(_Writer(record, minter).statements()))


class _Writer:
    def __init__(self, record: OutcomeRecord, minter: IriMinter) -> None:
        self.record = record
        self.mint = minter
        self.node = minter.outcome(record.id)

    def statements(self) -> Iterator[Triple]:
        record, node = self.record, self.node
        yield from self._document()
        yield Triple(node, RDF.type, OG.Outcome)
        yield Triple(node, DCTERMS.identifier, Literal(record.id))
        if record.code is not None:
            yield Triple(node, OG.code, Literal(record.code))
        yield from self._outcome_values()
        yield from self._outcome_links()
        if record.contribution is not None:
            yield from self._contribution(record.contribution)
        if record.source is not None:
            yield from self._source(record.source)
        for number, evidence in enumerate(record.evidence, 1):
            yield from self._evidence(number, evidence)
        for number, candidate in enumerate(record.candidates, 1):
            yield from self._candidate(number, candidate)

    def _document(self) -> Iterator[Triple]:
        document = self.mint.record(self.record.id)
        yield Triple(document, RDF.type, OG.Record)
        yield Triple(document, FOAF.primaryTopic, self.node)
        profile = self.mint.concept("profile", self.record.profile)
        yield Triple(document, DCTERMS.conformsTo, profile)
        yield Triple(document, DCTERMS.language, Literal(self.record.language))

    def _outcome_values(self) -> Iterator[Triple]:
        record, node = self.record, self.node
        for field, predicate in TEXT_FIELDS.items():
            yield from text_triples(node, predicate, getattr(record, field))
        for field, predicate in DATE_FIELDS.items():
            yield from date_triples(node, predicate, getattr(record, field))
        if record.achieved_in is not None:
            yield Triple(node, OG.achievedInYear, year_literal(record.achieved_in))

    def _outcome_links(self) -> Iterator[Triple]:
        record, node, mint = self.record, self.node, self.mint
        if record.country is not None:
            yield Triple(node, OG.country, mint.country(record.country))
        if record.region is not None:
            yield Triple(node, OG.region, mint.region(record.region))
        if record.step is not None:
            yield Triple(node, OG.step, mint.concept("step", str(record.step)))
        for field, (predicate, scheme) in CONCEPT_FIELDS.items():
            notation = getattr(record, field)
            if notation is not None:
                yield Triple(node, predicate, mint.concept(scheme, notation))
        if record.indicator is not None:
            yield Triple(node, OG.indicator, _indicator(record, record.indicator, mint))
        for field, predicate in CODE_FIELDS.items():
            for code in getattr(record, field):
                yield Triple(node, predicate, mint.sdg(code))
        for branch in record.branches:
            yield Triple(node, OG.branch, mint.concept("branch", branch))
        for act in record.legal_acts:
            yield Triple(node, OG.legalAct, _legal_act_iri(act, mint))
            yield from self._legal_act(act)
        for project in record.projects:
            yield Triple(node, OG.project, mint.project(project.identifier))
            yield from self._project(project)
        yield from self._organisations(node, OG.funder, record.funders)
        yield from self._organisations(node, OG.constituent, record.constituents)
        if record.reporting_organisation is not None:
            reporter = (record.reporting_organisation,)
            yield from self._organisations(node, OG.reportingOrganisation, reporter)
        yield from outcome_parts(record, mint)

    def _organisations(
        self, node: NamedNode, predicate: NamedNode, organisations: Iterable[Organisation]
    ) -> Iterator[Triple]:
        for organisation in organisations:
            yield Triple(node, predicate, self.mint.organisation(organisation.slug))
            yield from self._organisation(organisation)

    def _organisation(self, organisation: Organisation) -> Iterator[Triple]:
        node = self.mint.organisation(organisation.slug)
        yield Triple(node, RDF.type, ORG.Organization)
        yield from text_triples(node, SKOS.prefLabel, organisation.names)
        if organisation.type is not None:
            kind = self.mint.concept("constituent-type", organisation.type)
            yield Triple(node, OG.constituentType, kind)
        if organisation.country is not None:
            yield Triple(node, OG.country, self.mint.country(organisation.country))
        if organisation.identifier is not None:
            yield Triple(node, DCTERMS.identifier, Literal(organisation.identifier))

    def _legal_act(self, act: LegalAct) -> Iterator[Triple]:
        node, mint = _legal_act_iri(act, self.mint), self.mint
        yield Triple(node, RDF.type, OG.LegalAct)
        yield Triple(node, RDF.type, ELI.LegalResource)
        if act.number is not None:
            yield Triple(node, ELI.id_local, Literal(act.number))
        if act.type is not None:
            yield Triple(node, ELI.type_document, mint.concept("legal-act-type", act.type))
        yield from date_triples(node, ELI.date_document, act.date)
        if act.year is not None:
            yield Triple(node, OG.year, year_literal(act.year))
        regional = act.place in REGION_CODES
        jurisdiction = mint.region(act.place) if regional else mint.country(act.place)
        yield Triple(node, ELI.jurisdiction, jurisdiction)
        yield from text_triples(node, DCTERMS.title, act.titles)
        if act.passed_by is not None:
            yield from self._organisations(node, ELI.passed_by, (act.passed_by,))

    def _project(self, project: Project) -> Iterator[Triple]:
        node = self.mint.project(project.identifier)
        yield Triple(node, RDF.type, OG.Project)
        yield Triple(node, DCTERMS.identifier, Literal(project.identifier))
        yield from text_triples(node, DCTERMS.title, project.titles)
        if project.country is not None:
            yield Triple(node, OG.country, self.mint.country(project.country))
        yield from self._organisations(node, OG.funder, project.funders)
        yield from project_parts(project, self.mint)
        for partner in project.partners:
            yield from self._organisation(partner.organisation)

    def _contribution(self, contribution: Contribution) -> Iterator[Triple]:
        node = self.mint.contribution(self.record.id)
        yield Triple(self.node, OG.contribution, node)
        yield Triple(node, RDF.type, OG.Contribution)
        yield from self._organisations(node, OG.contributor, contribution.contributors)
        yield from text_triples(node, OG.narrative, contribution.narrative)
        for number, activity in enumerate(contribution.activities, 1):
            iri = self.mint.activity(self.record.id, number)
            yield Triple(node, OG.activity, iri)
            yield Triple(iri, RDF.type, OG.Activity)
            yield Triple(iri, OG.position, integer_literal(number))
            yield from _activity(iri, activity)

    def _source(self, source: SourceDocument) -> Iterator[Triple]:
        node = self.mint.source(source.sha256)
        yield Triple(self.node, PROV.wasDerivedFrom, node)
        yield Triple(node, RDF.type, OG.SourceDocument)
        yield Triple(node, OG.sha256, Literal(source.sha256))
        yield Triple(node, DCTERMS.title, Literal(source.name))
        yield Triple(node, DCTERMS.format, Literal(source.media_type))
        if source.size is not None:
            yield Triple(node, OG.byteSize, integer_literal(source.size))
        if source.url is not None:
            yield Triple(node, DCTERMS.source, _link(source.url))

    def _evidence(self, number: int, evidence: Evidence) -> Iterator[Triple]:
        node = self.mint.evidence(self.record.id, number)
        yield Triple(self.node, OG.evidence, node)
        yield Triple(node, RDF.type, OG.Evidence)
        yield from self._reading(node, evidence, self._object(evidence.field, evidence.key))
        if evidence.decision is not None:
            decision = self.mint.decision(self.record.id, evidence.decision)
            yield Triple(node, PROV.wasGeneratedBy, decision)

    def _candidate(self, number: int, candidate: Candidate) -> Iterator[Triple]:
        node = self.mint.candidate(self.record.id, number)
        yield Triple(self.node, OG.candidate, node)
        yield Triple(node, RDF.type, OG.Candidate)
        value = candidate.value
        if isinstance(value, Organisation):
            yield from self._organisation(value)
        elif isinstance(value, LegalAct):
            yield from self._legal_act(value)
        elif isinstance(value, Project):
            yield from self._project(value)
        elif isinstance(value, Activity):
            # Of no class and place in the order yet: who asks for activities shall not find it.
            yield from _activity(self.mint.proposed_activity(self.record.id, value.key), value)
        yield from self._reading(node, candidate, self._candidate_object(candidate.field, value))

    def _reading(
        self, node: NamedNode, reading: Evidence | Candidate, value: Term
    ) -> Iterator[Triple]:
        predicate = READING_PREDICATES.get(reading.field)
        if predicate is None:
            raise RecordError(f"Evidence for {reading.field!r} has no place in the graph.")
        in_contribution = reading.field in ("activities", "contributors")
        subject = self.mint.contribution(self.record.id) if in_contribution else self.node
        yield Triple(node, RDF.subject, subject)
        yield Triple(node, RDF.predicate, predicate)
        yield Triple(node, RDF.object, value)
        confidence = f"{reading.confidence:.2f}".rstrip("0").rstrip(".")
        yield Triple(node, OG.confidence, Literal(confidence, datatype=XSD.decimal))
        yield Triple(node, PROV.value, Literal(reading.quote))
        if reading.start is not None:
            yield Triple(node, OG.textStart, integer_literal(reading.start))
        if reading.end is not None:
            yield Triple(node, OG.textEnd, integer_literal(reading.end))
        if self.record.source is not None:
            document = self.mint.source(self.record.source.sha256)
            yield Triple(node, PROV.wasDerivedFrom, document)

    def _candidate_object(self, field: str, value: CandidateValue) -> Term:
        if isinstance(value, LegalAct):
            return _legal_act_iri(value, self.mint)
        if isinstance(value, Organisation):
            return self.mint.organisation(value.slug)
        if isinstance(value, Project):
            return self.mint.project(value.identifier)
        if isinstance(value, Activity):
            return self.mint.proposed_activity(self.record.id, value.key)
        return self._object(field, value)

    def _object(self, field: str, key: str) -> Term:
        mint = self.mint
        match field:
            case "funders" | "constituents" | "contributors":
                return mint.organisation(key)
            case "legal_acts":
                return mint.legal_act(*key.split("/", 2))
            case "projects":
                return mint.project(key)
            case "activities":
                return mint.activity(self.record.id, int(key))
            case "sdg_goals" | "sdg_targets" | "sdg_indicators":
                return mint.sdg(key)
            case "country":
                return mint.country(key)
            case "indicator":
                return _indicator(self.record, key, mint)
            case "branches":
                return mint.concept("branch", key)
            case "step":
                return mint.concept("step", key)
        return mint.concept(CONCEPT_FIELDS[field][1], key)


def _indicator(record: OutcomeRecord, code: str, mint: IriMinter) -> NamedNode:
    # Codes are numbered anew each biennium: without one the code names no concept of ours.
    return mint.concept("indicator", f"{record.biennium or 'unknown'}/{code}")


def _legal_act_iri(act: LegalAct, mint: IriMinter) -> NamedNode:
    return mint.legal_act(act.place, str(act.year or 0), act.slug)


def _link(url: str) -> NamedNode:
    try:
        return NamedNode(url)
    except ValueError as error:
        raise RecordError(f"The source's address {url!r} is no valid IRI.") from error


def _activity(node: NamedNode, activity: Activity) -> Iterator[Triple]:
    yield from text_triples(node, DCTERMS.title, activity.titles)
    yield from date_triples(node, OG.startDate, activity.start)
    yield from date_triples(node, OG.endDate, activity.end)
    if activity.place is not None:
        yield Triple(node, OG.place, Literal(activity.place))
    if activity.participants is not None:
        yield Triple(node, OG.participants, integer_literal(activity.participants))
