"""Records as JSON-LD in the Common Impact Data Standard (CIDS).

One JSON-LD document per record: the outcome with all that belongs to it nested. Texts stand once
without a language, as CIDS demands, in the language that ``dcterms:language`` names; the other
languages are titles and descriptions of Dublin Core beside them. ``docs/rdf.md`` tells what a
record holds that CIDS has no terms for.
"""

from __future__ import annotations

import datetime
from typing import Any

from outcome_graph.mapping.cids_graph import I72, TOVE
from outcome_graph.mapping.cids_measures import SDG_REFERENCES
from outcome_graph.model import (
    REGION_CODES,
    Measure,
    Organisation,
    OutcomeRecord,
    Period,
    Texts,
    text_in,
)
from outcome_graph.namespaces import CIDS, DCTERMS, PROV, SKOS, XSD, IriMinter
from outcome_graph.rdf import NamedNode

__all__ = ["record_to_cids"]

Node = dict[str, Any]

_LINKS = (
    "forTheme",
    "forOrganization",
    "forOutcome",
    "forIndicator",
    "hasAddress",
    "hasBaseline",
    "hasCode",
    "hasContributingStakeholder",
    "hasImpactReport",
    "hasIndicator",
    "hasIndicatorReport",
    "hasStakeholderOutcome",
    "hasTarget",
)
#: Written into every document, so that it can be read without the network.
_CONTEXT: Node = {
    "cids": CIDS.iri,
    "org": TOVE.iri,
    "i72": I72.iri,
    "prov": PROV.iri,
    "dcterms": DCTERMS.iri,
    "skos": SKOS.iri,
    "xsd": XSD.iri,
    **{name: {"@id": f"cids:{name}", "@type": "@id"} for name in _LINKS},
    "hasDescription": "cids:hasDescription",
    "hasComment": "cids:hasComment",
    "unitDescription": "cids:unitDescription",
    "addressCountry": "cids:addressCountry",
    "hasName": "org:hasName",
    "hasLegalName": "org:hasLegalName",
    "hasID": {"@id": "org:hasID", "@type": "@id"},
    "hasIdentifier": "org:hasIdentifier",
    "hasRole": {"@id": "org:hasRole", "@type": "@id"},
    "value": {"@id": "i72:value", "@type": "@id"},
    "hasNumericalValue": "i72:hasNumericalValue",
    "located_in": {"@id": "i72:located_in", "@type": "@id"},
    "startedAtTime": {"@id": "prov:startedAtTime", "@type": "xsd:dateTime"},
    "endedAtTime": {"@id": "prov:endedAtTime", "@type": "xsd:dateTime"},
    "publisher": {"@id": "dcterms:publisher", "@type": "@id"},
    "exactMatch": {"@id": "skos:exactMatch", "@type": "@id"},
    "language": "dcterms:language",
    "accessRights": "dcterms:accessRights",
    "title": {"@id": "dcterms:title", "@container": "@language"},
    "description": {"@id": "dcterms:description", "@container": "@language"},
}


def record_to_cids(record: OutcomeRecord, minter: IriMinter) -> Node:
    """Return a record as a JSON-LD document in CIDS, with its context in it.

    Parameters:
        record: the record. minter: the base.
    """
    return _Writer(record, minter).document()


class _Writer:
    def __init__(self, record: OutcomeRecord, minter: IriMinter) -> None:
        self.record = record
        self.minter = minter
        self.language = record.language
        self.iri = minter.outcome(record.id).value

    def document(self) -> Node:
        """Return the outcome with all that belongs to it."""
        record, outcome = self.record, {"@id": self.iri}
        contributors = record.contribution.contributors if record.contribution else ()
        publisher = record.reporting_organisation
        owner = contributors[0] if contributors else publisher
        languages = {} if self.language == "und" else {"language": self.language}
        return _filled(
            {
                "@context": _CONTEXT,
                "@id": self.iri,
                "@type": "cids:Outcome",
                **languages,
                "hasIdentifier": record.id,
                # Who reads it back must not publish what is internal.
                "accessRights": record.visibility,
                **self._texts(record.titles, "hasName", "title"),
                **self._texts(record.achievement, "hasDescription", "description"),
                "forOrganization": self._organisation(owner) if owner else None,
                "publisher": self._organisation(publisher) if publisher else None,
                "hasContributingStakeholder": [
                    *(self._stakeholder(o, "contributor") for o in contributors[1:]),
                    *(self._stakeholder(o, "constituent") for o in record.constituents),
                    *(self._stakeholder(o, "funder") for o in record.funders),
                ],
                "forTheme": self._themes(),
                "located_in": self._places(),
                "hasStakeholderOutcome": self._report(outcome),
                "hasIndicator": [
                    self._indicator(measure, number, outcome)
                    for number, measure in enumerate(record.measures, 1)
                ],
            }
        )

    def _texts(self, values: Texts, plain: str, tagged: str, language: str | None = None) -> Node:
        """Return one text without a language, and those in other languages than the record's.

        Parameters:
            values: the texts. plain, tagged: the properties of the one and of the others.
            language: of the one; default: the record's.
        """
        written: Node = {}
        first = text_in(values, language or self.language)
        if first is not None:
            written[plain] = first
        others: dict[str, list[str]] = {}
        # The same words in two languages are both written with theirs.
        twice = any(t.value == first and t.language != self.language for t in values)
        for text in values:
            if text.language != self.language or text.value != first or twice:
                others.setdefault(text.language, []).append(text.value)
        if others:
            written[tagged] = others
        return written

    # -- people and places ----------------------------------------------------------------------

    def _organisation(self, organisation: Organisation) -> Node:
        identifier, country = organisation.identifier, organisation.country
        # A body has one legal name in CIDS, whatever the languages of the records that name it.
        named = self._texts(organisation.names, "hasLegalName", "title", "en")
        return _filled(
            {
                "@id": self.minter.organisation(organisation.slug).value,
                "@type": "cids:Organization",
                **named,
                "hasID": {
                    "@id": self.minter.organisation_part(organisation.slug, "identifier").value,
                    "@type": "org:OrganizationID",
                    "hasIdentifier": identifier,
                }
                if identifier
                else None,
                "hasAddress": {
                    "@id": self.minter.organisation_part(organisation.slug, "address").value,
                    "@type": "cids:Address",
                    "addressCountry": country,
                }
                if country
                else None,
            }
        )

    def _stakeholder(self, organisation: Organisation, role: str) -> Node:
        # A node of its own: the same body may have another role in another outcome.
        name = text_in(organisation.names, self.language)
        return {
            "@type": "cids:ContributingStakeholder",
            **({"hasName": name} if name else {}),
            "hasRole": {"@type": "org:Role", "hasName": role},
            "exactMatch": self._organisation(organisation),
        }

    def _themes(self) -> list[Node]:
        record = self.record
        named = [
            *((code, f"SDG {code}") for code in record.sdg_goals),
            *((code, f"SDG target {code}") for code in record.sdg_targets),
            *((code, f"SDG indicator {code}") for code in record.sdg_indicators),
        ]
        themes = []
        for code, name in named:
            iri = self.minter.sdg(code).value
            themes.append({"@id": iri, "@type": "cids:Theme", "hasName": name})
        return themes

    def _places(self) -> list[Node]:
        record = self.record
        place = record.country or record.region
        places = [r.place for r in record.recipients] or ([place] if place else [])
        return [
            {"@id": self._place(place).value, "@type": "i72:Feature", "addressCountry": place}
            for place in places
        ]

    def _place(self, code: str) -> NamedNode:
        regional = code == self.record.region or code in REGION_CODES
        return self.minter.region(code) if regional else self.minter.country(code)

    # -- time and measures ----------------------------------------------------------------------

    def _report(self, outcome: Node) -> Node | None:
        record = self.record
        start, end = record.period_start, record.period_end
        if record.achieved_on is not None:
            start = end = record.achieved_on
        elif record.achieved_in is not None and not (start or end):
            start = datetime.date(record.achieved_in, 1, 1)
            end = datetime.date(record.achieved_in, 12, 31)
        if not (start or end):
            return None
        report = {"@type": "cids:ImpactReport", "forOutcome": outcome, **_span(start, end)}
        return {
            "@type": "cids:StakeholderOutcome",
            "forOutcome": outcome,
            "hasImpactReport": report,
        }

    def _indicator(self, measure: Measure, number: int, outcome: Node) -> Node:
        node = self.minter.measure(self.record.id, number)
        iri = {"@id": node.value}
        return _filled(
            {
                **iri,
                "@type": "cids:Indicator",
                **self._texts(measure.titles, "hasName", "title"),
                **self._texts(measure.descriptions, "hasDescription", "description"),
                "forOutcome": outcome,
                "unitDescription": measure.unit,
                "hasCode": [self._code(reference) for reference in measure.references],
                "hasBaseline": [
                    {
                        "@id": self.minter.period(node, "baseline", n).value,
                        "@type": "i72:Measure",
                        **_numerical(baseline.actual),
                        **_baseline_span(baseline),
                        **self._comment(baseline.actual_comment),
                        **self._located(baseline),
                    }
                    for n, baseline in enumerate(measure.baselines, 1)
                ],
                "hasIndicatorReport": [
                    {
                        "@id": self.minter.period(node, "period", n).value,
                        "@type": "cids:IndicatorReport",
                        **self._about(measure, period),
                        "forIndicator": iri,
                        **self._value(period.actual, period.actual_comment),
                    }
                    for n, period in enumerate(measure.periods, 1)
                    if period.actual or period.actual_comment or not _targeted(period)
                ],
                "hasTarget": [
                    {
                        "@type": "cids:Target",
                        **self._about(measure, period),
                        **self._value(period.target, period.target_comment),
                    }
                    for period in measure.periods
                    if _targeted(period)
                ],
            }
        )

    def _code(self, reference: str) -> Node:
        code = reference.removeprefix(SDG_REFERENCES)
        if reference.startswith(SDG_REFERENCES):
            return {"@type": "cids:Code", "hasIdentifier": code, "hasName": f"SDG {code}"}
        return {"@type": "cids:Code", "hasIdentifier": reference}

    def _about(self, measure: Measure, period: Period) -> Node:
        """Return the name, time and places of a report or target."""
        name = text_in(measure.titles, self.language)
        named = {"hasName": name} if name else {}
        return {**named, **_span(period.start, period.end), **self._located(period)}

    def _located(self, period: Period) -> Node:
        places = [{"@type": "i72:Feature", "hasName": place} for place in period.places]
        return {"located_in": places} if places else {}

    def _value(self, value: str | None, comment: Texts) -> Node:
        number = {"value": {"@type": "i72:Measure", **_numerical(value)}} if value else {}
        return {**number, **self._comment(comment)}

    def _comment(self, comment: Texts) -> Node:
        return self._texts(comment, "hasComment", "description")


def _targeted(period: Period) -> bool:
    return bool(period.target or period.target_comment)


def _numerical(value: str | None) -> Node:
    return {"hasNumericalValue": value} if value else {}


def _span(start: datetime.date | None, end: datetime.date | None) -> Node:
    days = {"startedAtTime": (start, "00:00:00"), "endedAtTime": (end, "23:59:59")}
    return {name: f"{day.isoformat()}T{time}Z" for name, (day, time) in days.items() if day}


def _baseline_span(baseline: Period) -> Node:
    if baseline.start is None and baseline.end is None and baseline.year:
        year = baseline.year
        return _span(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    return _span(baseline.start, baseline.end)


def _filled(node: Node) -> Node:
    """Leave out what says nothing."""
    return {key: value for key, value in node.items() if value not in (None, [], {})}
