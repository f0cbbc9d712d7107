"""Triples of a record's named graph → record: the inverse of ``writer``.

Lenient where RDF from elsewhere may differ (order, extra statements), strict where a value cannot
be what the model says: a malformed date is an error with its place, never dropped.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from outcome_graph.errors import RecordError
from outcome_graph.mapping.measures import read_outcome_parts, read_project_parts
from outcome_graph.mapping.terms import (
    CODE_FIELDS,
    CONCEPT_FIELDS,
    DATE_FIELDS,
    READING_PREDICATES,
    TEXT_FIELDS,
)
from outcome_graph.model import (
    Activity,
    Candidate,
    CandidateValue,
    Contribution,
    Date,
    Evidence,
    LegalAct,
    Organisation,
    OutcomeRecord,
    Project,
    SourceDocument,
    Text,
    Texts,
)
from outcome_graph.namespaces import (
    DCTERMS,
    ELI,
    FOAF,
    OG,
    ORG,
    PROV,
    RDF,
    SDG,
    SKOS,
    IriMinter,
)
from outcome_graph.rdf import Literal, NamedNode, Term, Triple

__all__ = ["is_record_graph", "triples_to_record"]

_FIELD_OF = {predicate: field for field, predicate in READING_PREDICATES.items()}


def is_record_graph(graph: NamedNode | None, minter: IriMinter) -> str | None:
    """Return the id of the record whose graph this IRI names, None when it names none."""
    parts = minter.parts(graph) if graph is not None else ()
    return parts[1] if len(parts) == 2 and parts[0] == "record" else None


def triples_to_record(
    triples: Iterable[Triple], record_id: str, minter: IriMinter
) -> OutcomeRecord:
    """Return the record that a named graph states.

    Parameters:
        triples: the graph.
        record_id: the record's id, the last part of the graph's IRI.
        minter: the base the graph was minted with.

    Raises:
        RecordError: the graph describes no outcome of this id, or a value is not what its
            property holds; the message names the property and the value.
    """
    return _Reader(triples, record_id, minter).record()


class _Reader:
    def __init__(self, triples: Iterable[Triple], record_id: str, minter: IriMinter) -> None:
        self.id = record_id
        self.mint = minter
        self.node = minter.outcome(record_id)
        self.index: dict[Any, dict[NamedNode, list[Any]]] = {}
        for triple in dict.fromkeys(triples):
            values = self.index.setdefault(triple.subject, {})
            values.setdefault(triple.predicate, []).append(triple.object)

    # -- looking up ---------------------------------------------------------------------------

    def all(self, node: Any, predicate: NamedNode) -> list[Any]:
        return self.index.get(node, {}).get(predicate, [])

    def one(self, node: Any, predicate: NamedNode) -> Term | None:
        values = self.all(node, predicate)
        if len(values) > 1:
            raise RecordError(
                f"Record {self.id}: {_name(predicate)} has {len(values)} values; one may stand."
            )
        return values[0] if values else None

    def text(self, node: Any, predicate: NamedNode) -> str | None:
        value = self.one(node, predicate)
        return None if value is None else _lexical(value)

    def texts(self, node: Any, predicate: NamedNode) -> Texts:
        return tuple(
            Text(v.value, v.language or "und") if isinstance(v, Literal) else Text(v.value, "und")
            for v in self.all(node, predicate)
        )

    def integer(self, node: Any, predicate: NamedNode) -> int | None:
        text = self.text(node, predicate)
        if text is None:
            return None
        try:
            return int(text)
        except ValueError as error:
            raise self._bad(predicate, text, "a whole number") from error

    def date(self, node: Any, predicate: NamedNode) -> Date | None:
        text = self.text(node, predicate)
        if text is None:
            return None
        try:
            return datetime.date.fromisoformat(text)
        except ValueError as error:
            raise self._bad(predicate, text, "a date such as 2020-04-01") from error

    def _bad(self, predicate: NamedNode, value: str, wanted: str) -> RecordError:
        return RecordError(
            f"Record {self.id}: {_name(predicate)} is {value!r}; it must be {wanted}."
        )

    def _local(self, node: Any, predicate: NamedNode, *prefix: str) -> str | None:
        value = self.one(node, predicate)
        return None if value is None else self._local_of(value, predicate, prefix)

    def _locals(self, node: Any, predicate: NamedNode, *prefix: str) -> tuple[str, ...]:
        return tuple(self._local_of(v, predicate, prefix) for v in self.all(node, predicate))

    def _local_of(self, value: Any, predicate: NamedNode, prefix: tuple[str, ...]) -> str:
        parts = self.mint.parts(value) if isinstance(value, NamedNode) else ()
        if len(parts) <= len(prefix) or parts[: len(prefix)] != prefix:
            expected = f"an IRI under {self.mint.base}{'/'.join(prefix)}/"
            raise self._bad(predicate, _lexical(value), expected)
        return "/".join(parts[len(prefix) :])

    # -- parts of a record --------------------------------------------------------------------

    def record(self) -> OutcomeRecord:
        node, document = self.node, self.mint.record(self.id)
        if OG.Outcome not in self.all(node, RDF.type):
            raise RecordError(
                f"The graph of record {self.id} describes no outcome {node.value}. "
                "A record's graph and its outcome must carry the same id."
            )
        topic = self.one(document, FOAF.primaryTopic)
        if topic is not None and topic != node:
            raise self._bad(FOAF.primaryTopic, _lexical(topic), node.value)
        indicator = self._local(node, OG.indicator, "concept", "indicator")
        step = self._local(node, OG.step, "concept", "step")
        values: dict[str, Any] = {f: self.texts(node, p) for f, p in TEXT_FIELDS.items()}
        values |= {f: self.date(node, p) for f, p in DATE_FIELDS.items()}
        values |= {
            f: self._local(node, p, "concept", scheme) for f, (p, scheme) in CONCEPT_FIELDS.items()
        }
        values |= {f: self._sdg_codes(node, p) for f, p in CODE_FIELDS.items()}
        values |= read_outcome_parts(self, node, self.mint)
        language = self.text(document, DCTERMS.language)
        return OutcomeRecord(
            id=self.id,
            profile=self._local(document, DCTERMS.conformsTo, "concept", "profile") or "core",
            language=language or "en",
            code=self.text(node, OG.code),
            country=self._local(node, OG.country, "country"),
            region=self._local(node, OG.region, "region", "ilo-code"),
            achieved_in=self.integer(node, OG.achievedInYear),
            indicator=indicator.split("/", 1)[-1] if indicator else None,
            step=self._step(step) if step else None,
            legal_acts=tuple(self._legal_act(v) for v in self.all(node, OG.legalAct)),
            contribution=self._contribution(),
            projects=tuple(self._project(v) for v in self.all(node, OG.project)),
            funders=tuple(self.organisation(v) for v in self.all(node, OG.funder)),
            constituents=tuple(self.organisation(v) for v in self.all(node, OG.constituent)),
            branches=self._locals(node, OG.branch, "concept", "branch"),
            source=self._source(),
            evidence=tuple(self._evidence(v) for v in self.all(node, OG.evidence)),
            candidates=tuple(self._candidate(v) for v in self.all(node, OG.candidate)),
            **values,
        )

    def _step(self, notation: str) -> int:
        try:
            return int(notation)
        except ValueError as error:
            raise self._bad(OG.step, notation, "step 1, 2 or 3") from error

    def _sdg_codes(self, node: Any, predicate: NamedNode) -> tuple[str, ...]:
        return tuple(self._sdg_code(v, predicate) for v in self.all(node, predicate))

    def _sdg_code(self, value: Any, predicate: NamedNode) -> str:
        iri = _lexical(value)
        if not isinstance(value, NamedNode) or not iri.startswith(SDG.iri):
            raise self._bad(predicate, iri, f"an IRI of the UN's, beginning {SDG.iri}")
        return iri[len(SDG.iri) :]

    def organisation(self, node: Any) -> Organisation:
        slug = self._local_of(node, ORG.Organization, ("organisation",))
        return Organisation(
            slug=slug,
            names=self.texts(node, SKOS.prefLabel),
            type=self._local(node, OG.constituentType, "concept", "constituent-type"),
            country=self._local(node, OG.country, "country"),
            identifier=self.text(node, DCTERMS.identifier),
        )

    def _legal_act(self, node: Any) -> LegalAct:
        key = self._local_of(node, OG.legalAct, ("legal-act",))
        place, _, slug = key.split("/", 2) if key.count("/") >= 2 else (key, "", key)
        passed_by = self.one(node, ELI.passed_by)
        return LegalAct(
            place=place,
            slug=slug,
            number=self.text(node, ELI.id_local),
            type=self._local(node, ELI.type_document, "concept", "legal-act-type"),
            date=self.date(node, ELI.date_document),
            year=self.integer(node, OG.year),
            passed_by=self.organisation(passed_by) if passed_by is not None else None,
            titles=self.texts(node, DCTERMS.title),
        )

    def _project(self, node: Any) -> Project:
        identifier = self.text(node, DCTERMS.identifier)
        if identifier is None:
            identifier = self._local_of(node, OG.project, ("project",))
        return Project(
            identifier=identifier,
            titles=self.texts(node, DCTERMS.title),
            funders=tuple(self.organisation(v) for v in self.all(node, OG.funder)),
            country=self._local(node, OG.country, "country"),
            **read_project_parts(self, node),
        )

    def _contribution(self) -> Contribution | None:
        node = self.one(self.node, OG.contribution)
        if node is None:
            return None
        activities = self.all(node, OG.activity)
        return Contribution(
            contributors=tuple(self.organisation(v) for v in self.all(node, OG.contributor)),
            narrative=self.texts(node, OG.narrative),
            activities=tuple(self._activity(v) for v in sorted(activities, key=self._position)),
        )

    def _position(self, node: Any) -> tuple[int, str]:
        return (self.integer(node, OG.position) or 0, _lexical(node))

    def _activity(self, node: Any) -> Activity:
        return Activity(
            titles=self.texts(node, DCTERMS.title),
            start=self.date(node, OG.startDate),
            end=self.date(node, OG.endDate),
            place=self.text(node, OG.place),
            participants=self.integer(node, OG.participants),
        )

    def _source(self) -> SourceDocument | None:
        node = self.one(self.node, PROV.wasDerivedFrom)
        if node is None:
            return None
        return SourceDocument(
            sha256=self.text(node, OG.sha256) or self._local_of(node, OG.sha256, ("source",)),
            name=self.text(node, DCTERMS.title) or "",
            media_type=self.text(node, DCTERMS.format) or "application/octet-stream",
            size=self.integer(node, OG.byteSize),
            url=self.text(node, DCTERMS.source),
        )

    def _evidence(self, node: Any) -> Evidence:
        field, value = self._statement(node)
        decision = self.text(node, PROV.wasGeneratedBy)
        return Evidence(
            field=field,
            key=self._key(field, value),
            decision=decision.partition("#")[2] or None if decision else None,
            **self._reading(node),
        )

    def _candidate(self, node: Any) -> Candidate:
        field, value = self._statement(node)
        return Candidate(field=field, value=self._value(field, value), **self._reading(node))

    def _statement(self, node: Any) -> tuple[str, Any]:
        predicate, value = self.one(node, RDF.predicate), self.one(node, RDF.object)
        field = _FIELD_OF.get(predicate) if isinstance(predicate, NamedNode) else None
        if field is None or value is None:
            raise self._bad(RDF.predicate, _lexical(predicate), "a property that links an outcome")
        return field, value

    def _reading(self, node: Any) -> dict[str, Any]:
        confidence = self.text(node, OG.confidence) or "0"
        try:
            number = float(confidence)
        except ValueError as error:
            raise self._bad(OG.confidence, confidence, "a number from 0 to 1") from error
        return {
            "quote": self.text(node, PROV.value) or "",
            "confidence": number,
            "start": self.integer(node, OG.textStart),
            "end": self.integer(node, OG.textEnd),
        }

    def _value(self, field: str, value: Any) -> CandidateValue:
        if field in ("funders", "constituents", "contributors"):
            return self.organisation(value)
        if field == "legal_acts":
            return self._legal_act(value)
        if field == "projects":
            return self._project(value)
        if field == "activities":
            return self._activity(value)
        return self._key(field, value)

    def _key(self, field: str, value: Any) -> str:
        if field in CODE_FIELDS:
            return self._sdg_code(value, CODE_FIELDS[field])
        if field == "projects":
            return self._project(value).identifier
        parts = self.mint.parts(value) if isinstance(value, NamedNode) else ()
        if len(parts) < 2:
            raise self._bad(RDF.object, _lexical(value), f"an IRI under {self.mint.base}")
        if field == "legal_acts":
            return "/".join(parts[1:])
        return parts[-1]


def _lexical(term: Any) -> str:
    return str(getattr(term, "value", term))


def _name(predicate: NamedNode) -> str:
    return predicate.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
