"""What the page of a record shows: the record, with labels and links where it holds codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from outcome_graph.mapping import RecordMetadata, metadata_of
from outcome_graph.model import (
    Activity,
    Candidate,
    Evidence,
    LegalAct,
    Organisation,
    OutcomeRecord,
    Project,
    Text,
)
from outcome_graph.namespaces import OG
from outcome_graph.pipeline.reviewing import in_words
from outcome_graph.pipeline.store_validation import check_record
from outcome_graph.rdf import Literal, NamedNode, Triple
from outcome_graph.service.apart import apart_of_record
from outcome_graph.service.context import graph, href
from outcome_graph.service.html_parts import Value, when
from outcome_graph.service.iati_page import IatiParts, iati_parts
from outcome_graph.service.labels import labels_in_graph, labels_of
from outcome_graph.service.record_words import RecordWords, tongue
from outcome_graph.service.wording import format_period, say

__all__ = ["RecordPage", "record_page"]

_GROUPS = (
    ("government", "Government"),
    ("workers", "Workers’ organisations"),
    ("employers", "Employers’ organisations"),
    ("other", "Other organisations"),
    (None, "Organisations of a type not recorded"),
)

#: What fields of the record are called where evidence and candidates speak of them.
_FIELDS = {
    "legal_acts": "Legal act",
    "funders": "Funder",
    "constituents": "Constituent",
    "contributors": "Contributor",
    "activities": "Activity",
    "projects": "Project",
    "sdg_goals": "SDG goal",
    "sdg_targets": "SDG target",
    "sdg_indicators": "SDG indicator",
    "branches": "Branch",
    "country": "Country",
    "step": "Step",
    "result_type": "Result type",
    "biennium": "Biennium",
    "visibility": "Visibility",
    "indicator": "Indicator",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece of evidence or a candidate, for people."""

    what: str
    value: Value
    quote: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity with its own address."""

    link: Value
    dates: str
    place: str | None
    participants: int | None


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Everything the template shows; it decides nothing.

    Parts of the page have the names of the record's fields as anchors: reports link to them.
    """

    id: str
    path: str
    record: OutcomeRecord
    title: Text
    apart: Sequence[Value]
    place: Value | None
    date: str | None
    metadata: RecordMetadata | None
    advice: Sequence[tuple[str, str]]
    facts: Sequence[tuple[str, str, Value]]
    texts: dict[str, Text | None]
    acts: Sequence[tuple[Value, Sequence[tuple[str, Value]]]]
    projects: Sequence[tuple[Value, Sequence[Value]]]
    funders: Sequence[Value]
    contributors: Sequence[Value]
    activities: Sequence[ActivityRow]
    groups: Sequence[tuple[str, Sequence[Value]]]
    goals: Sequence[tuple[Value, Sequence[Value]]]
    indicators: Sequence[Value]
    branches: Sequence[Value]
    evidence: Sequence[Reading]
    candidates: Sequence[Reading]
    source: Value | None
    source_path: str | None = field(default=None)
    iati: IatiParts | None = None


def record_page(record_id: str, triples: list[Triple], language: str) -> RecordPage:
    """Gather what the page of a record shows.

    Parameters:
        record_id: its id.
        triples: its graph.
        language: of the labels of concepts; texts keep their own.
    """
    record = graph().public_record(record_id)
    labels = labels_in_graph(graph().minter.record(record_id), language)
    # Goals that only their targets name are shown above them.
    goals = {code.partition(".")[0] for code in record.sdg_targets} - {*record.sdg_goals}
    if goals:
        labels = labels.with_others(labels_of(map(graph().minter.sdg, sorted(goals)), language))
    return _Builder(record, labels, language).page(triples)


class _Builder(RecordWords):
    """Turns one record into its page."""

    def page(self, triples: list[Triple]) -> RecordPage:
        record, contribution = self.record, self.record.contribution
        document = record.source
        title = self.own(record.titles) or Text(record.id)
        return RecordPage(
            id=record.id,
            path=href(self.mint.record(record.id).value) or "",
            record=record,
            title=title,
            apart=apart_of_record(record, title.value, self.language),
            place=self.place(),
            date=when(record),
            metadata=metadata_of(triples, record.id, self.mint),
            advice=_advice(record.id, triples, self.language),
            facts=list(self._facts(triples)),
            texts={
                "result": self.own(record.result_statement),
                "indicator": self.own(record.indicator_statement),
                "achievement": self.own(record.achievement),
                "gender": self.own(record.gender_equality),
                "narrative": self.own(contribution.narrative) if contribution else None,
            },
            acts=[self.act(act) for act in record.legal_acts],
            projects=[self.project(project) for project in record.projects],
            funders=[self.organisation(o) for o in record.funders],
            contributors=self._contributors(),
            activities=self._activities(contribution.activities if contribution else ()),
            groups=self._groups(),
            goals=self._goals(),
            indicators=[self.link(self.mint.sdg(code), code) for code in record.sdg_indicators],
            branches=[self.link(self.mint.concept("branch", b)) for b in record.branches],
            evidence=[self._evidence(e) for e in record.evidence],
            candidates=[self._candidate(c) for c in record.candidates],
            source=Value(document.name, document.url and href(document.url)) if document else None,
            source_path=href(self.mint.source(document.sha256).value) if document else None,
            iati=iati_parts(record, self.language, self.mint, self.link, self.organisation),
        )

    def _facts(self, triples: list[Triple]) -> Iterable[tuple[str, str, Value]]:
        outcome = self.mint.outcome(self.record.id)
        values = {t.predicate: t.object for t in triples if t.subject == outcome}
        if self.record.profile == "iati":  # told as IATI tells it
            values.pop(OG.resultType, None)
        for key, name, predicate in (
            ("result_type", "Result type", OG.resultType),
            ("step", "Step", OG.step),
            ("biennium", "Biennium", OG.biennium),
            ("indicator", "Programme and Budget indicator", OG.indicator),
            ("visibility", "Visibility", OG.visibility),
        ):
            value = values.get(predicate)
            if isinstance(value, NamedNode):
                yield key, say(name), self.link(value)
            elif isinstance(value, Literal):
                yield key, say(name), Value(value.value)
        if self.record.code:
            yield "code", say("Country programme outcome"), Value(self.record.code)

    def _contributors(self) -> Sequence[Value]:
        contribution = self.record.contribution
        return [self.organisation(o) for o in contribution.contributors] if contribution else []

    def _activities(self, activities: Sequence[Activity]) -> Sequence[ActivityRow]:
        rows = []
        for number, activity in enumerate(activities, 1):
            iri = self.mint.activity(self.record.id, number)
            title = self.own(activity.titles)
            rows.append(
                ActivityRow(
                    Value(str(title or number), href(iri.value), tongue(title)),
                    format_period(activity.start, activity.end),
                    activity.place,
                    activity.participants,
                )
            )
        return rows

    def _groups(self) -> Sequence[tuple[str, Sequence[Value]]]:
        groups = []
        for kind, heading in _GROUPS:
            members = [self.organisation(o) for o in self.record.constituents if o.type == kind]
            if members:
                groups.append((say(heading), members))
        return groups

    def _goals(self) -> Sequence[tuple[Value, Sequence[Value]]]:
        """Return goals with their targets; targets of goals not recorded come under their goal."""
        record = self.record
        codes = {*record.sdg_goals, *(code.split(".")[0] for code in record.sdg_targets)}
        return [
            (
                self.link(self.mint.sdg(goal), goal),
                [
                    self.link(self.mint.sdg(target), target)
                    for target in record.sdg_targets
                    if target.split(".")[0] == goal
                ],
            )
            for goal in sorted(codes, key=lambda code: (len(code), code))
        ]

    def _evidence(self, evidence: Evidence) -> Reading:
        value = self._value(evidence.field, evidence.key)
        return Reading(_name(evidence.field), value, evidence.quote, evidence.confidence)

    def _candidate(self, candidate: Candidate) -> Reading:
        value = candidate.value
        if isinstance(value, Organisation):
            shown = self.organisation(value)
        elif isinstance(value, LegalAct):
            shown = self.act(value)[0]
        elif isinstance(value, Project):
            shown = self.project(value)[0]
        elif isinstance(value, Activity):
            shown = Value(in_words(value, self.record.language))
        else:
            shown = self._value(candidate.field, value)
        return Reading(_name(candidate.field), shown, candidate.quote, candidate.confidence)

    def _value(self, name: str, key: str) -> Value:
        record, contribution = self.record, self.record.contribution
        if name in ("funders", "constituents", "contributors"):
            known = [*record.funders, *record.constituents]
            known += contribution.contributors if contribution else ()
            found = next((o for o in known if o.slug == key), None)
            return self.organisation(found) if found else Value(key)
        if name == "legal_acts":
            act = next((a for a in record.legal_acts if a.key == key), None)
            return self.act(act)[0] if act else Value(key)
        if name == "activities" and contribution and key.isdigit():
            rows = self._activities(contribution.activities)
            return rows[int(key) - 1].link if 0 < int(key) <= len(rows) else Value(key)
        if name in ("sdg_goals", "sdg_targets", "sdg_indicators"):
            return self.link(self.mint.sdg(key), key)
        if name == "country":
            return self.link(self.mint.country(key))
        if name in ("projects", "indicator"):
            return Value(key)
        scheme = {"branches": "branch"}.get(name, name.replace("_", "-"))
        return self.link(self.mint.concept(scheme, key))


def _name(name: str) -> str:
    return say(_FIELDS.get(name, name.replace("_", " ").capitalize()))


def _advice(record_id: str, triples: list[Triple], language: str) -> Sequence[tuple[str, str]]:
    """Return what the shapes find missing or doubtful: severity and words."""
    results = check_record(graph().reader.screen, record_id, triples).results
    return [(result.severity, result.text(language)) for result in results]
