"""How a record's facts are worded for people: on its page, and where it was read and not stored."""

from __future__ import annotations

from collections.abc import Sequence

from outcome_graph.model import LegalAct, Organisation, OutcomeRecord, Project, Text, Texts
from outcome_graph.rdf import NamedNode
from outcome_graph.service.context import graph, href
from outcome_graph.service.html_parts import Value, text_of
from outcome_graph.service.labels import Labels
from outcome_graph.service.wording import format_date, say

__all__ = ["RecordWords", "tongue"]


class RecordWords:
    """Words one record's facts.

    Parameters:
        record: the record. labels: of what it names by codes. language: of the page.
        linked: link to what is named; it is not there before the record is stored.
    """

    def __init__(
        self, record: OutcomeRecord, labels: Labels, language: str, *, linked: bool = True
    ) -> None:
        self.record = record
        self.labels = labels
        self.language = language
        self.linked = linked
        self.mint = graph().minter

    def _href(self, iri: str) -> str | None:
        return href(iri) if self.linked else None

    def link(self, iri: NamedNode, note: str | None = None) -> Value:
        """Return a thing by its label."""
        value = iri.value
        language = self.labels.language(value) or None
        return Value(self.labels.text(value), self._href(value), language, note)

    def own(self, values: Texts) -> Text | None:
        """Return a text of the record in the page's language, else in the record's own."""
        spoken = {value.language for value in values}
        return text_of(values, self.language if self.language in spoken else self.record.language)

    def organisation(self, organisation: Organisation) -> Value:
        """Return an organisation by its name."""
        iri = self.mint.organisation(organisation.slug)
        name = text_of(organisation.names, self.language)
        return Value(str(name or organisation.name), self._href(iri.value), tongue(name))

    def place(self) -> Value | None:
        """Return the country, else the region, that the result is of."""
        if self.record.country:
            return self.link(self.mint.country(self.record.country), self.record.country)
        if self.record.region:
            return self.link(self.mint.region(self.record.region), self.record.region)
        return None

    def act(self, act: LegalAct) -> tuple[Value, Sequence[tuple[str, Value]]]:
        """Return what an act is called, and what else is known of it."""
        iri = self.mint.legal_act(act.place, str(act.year or 0), act.slug)
        title = text_of(act.titles, self.language)
        name = str(title) if title else f"{self._act_type(act)} {act.number or ''}".strip()
        facts = []
        if act.type:
            facts.append((say("Type"), self.link(self.mint.concept("legal-act-type", act.type))))
        if act.number:
            facts.append((say("Number"), Value(act.number)))
        if act.date or act.year:
            facts.append((say("Date"), Value(format_date(act.date) or str(act.year))))
        if act.passed_by:
            facts.append((say("Adopted by"), self.organisation(act.passed_by)))
        return Value(name, self._href(iri.value), tongue(title)), facts

    def _act_type(self, act: LegalAct) -> str:
        if act.type is None:
            return say("act")
        return self.labels.text(self.mint.concept("legal-act-type", act.type).value)

    def project(self, project: Project) -> tuple[Value, Sequence[Value]]:
        """Return what a project is called, and its funders."""
        iri = self.mint.project(project.identifier)
        title = text_of(project.titles, self.language)
        link = Value(
            str(title or project.identifier),
            self._href(iri.value),
            tongue(title),
            project.identifier if title else None,
        )
        return link, [self.organisation(o) for o in project.funders]


def tongue(text: Text | None) -> str | None:
    """Return the language of a text that there may be."""
    return text.language if text else None
