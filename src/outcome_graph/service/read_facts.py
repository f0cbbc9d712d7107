"""What was read in documents, fact by fact, for people to compare with what they sent.

They are read once: what loads or checks them tells of each record as it goes by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from outcome_graph.model import LegalAct, Organisation, OutcomeRecord, Texts
from outcome_graph.pipeline.reviewing import in_words
from outcome_graph.rdf import NamedNode
from outcome_graph.service.context import graph
from outcome_graph.service.html_parts import Value, when
from outcome_graph.service.labels import labels_of
from outcome_graph.service.record_words import RecordWords
from outcome_graph.service.wording import format_date, language, say

__all__ = ["FirstRead", "ReadRecord"]

#: Records that are shown; a table may hold thousands.
_MOST = 20


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record as it was read.

    Parameters:
        title: its title, else its id.
        facts: pairs of what they are and their values, in the order of a record's page.
        waiting: how many links were read with doubt and would await review.
    """

    title: Value
    facts: Sequence[tuple[str, Sequence[Value]]]
    waiting: int


class FirstRead:
    """Keeps the first records of documents as they are read; call it with each."""

    def __init__(self) -> None:
        self._records: list[OutcomeRecord] = []

    def __call__(self, record: OutcomeRecord) -> None:
        """Take a record that was read."""
        if len(self._records) < _MOST:
            self._records.append(record)

    def shown(self) -> list[ReadRecord]:
        """Return what was read in them, for people."""
        labels = labels_of(_named(self._records), language())
        words = (_Facts(record, labels, language(), linked=False) for record in self._records)
        return [facts.read() for facts in words]


def _named(records: Iterable[OutcomeRecord]) -> Iterator[NamedNode]:
    """Yield what is told by its label: countries, goals and targets, branches, kinds of acts."""
    mint = graph().minter
    for record in records:
        if record.country:
            yield mint.country(record.country)
        if record.region:
            yield mint.region(record.region)
        for code in (*record.sdg_goals, *record.sdg_targets, *record.sdg_indicators):
            yield mint.sdg(code)
        for branch in record.branches:
            yield mint.concept("branch", branch)
        for act in record.legal_acts:
            if act.type:
                yield mint.concept("legal-act-type", act.type)


class _Facts(RecordWords):
    """The facts of one record in words."""

    def read(self) -> ReadRecord:
        """Return what the record says, as far as it says anything."""
        record = self.record
        facts = [(say(name), values) for name, values in self._facts() if values]
        title = next(iter(self._texts(record.titles)), Value(record.id))
        return ReadRecord(title, facts, len(record.candidates))

    def _facts(self) -> Iterator[tuple[str, Sequence[Value]]]:
        record, contribution = self.record, self.record.contribution
        place = self.place()
        yield "Country or region", [place] if place else []
        yield "Achieved", _plain(when(record))
        yield "Country programme outcome", _plain(record.code)
        yield "Biennium", _plain(record.biennium)
        yield "Programme and Budget indicator", _plain(record.indicator)
        yield "Step", _plain(record.step)
        yield "Visibility", _plain(record.visibility)
        yield "What was achieved", self._texts(record.achievement)
        yield "Legal acts", [self._in_a_line(act) for act in record.legal_acts]
        yield "Contributor", self._bodies(contribution.contributors if contribution else ())
        yield "Contribution", self._texts(contribution.narrative if contribution else ())
        activities = contribution.activities if contribution else ()
        yield "Activities", [Value(in_words(activity, self.language)) for activity in activities]
        yield "Gender equality and non-discrimination", self._texts(record.gender_equality)
        yield "Projects", [self.project(project)[0] for project in record.projects]
        yield "Funders", self._bodies(record.funders)
        yield "Constituents and partners", self._bodies(record.constituents)
        codes = (*record.sdg_goals, *record.sdg_targets, *record.sdg_indicators)
        goals = [self.link(self.mint.sdg(code), code) for code in codes]
        yield "Sustainable Development Goals", goals
        branches = [self.link(self.mint.concept("branch", branch)) for branch in record.branches]
        yield "Branches of social security", branches

    def _texts(self, values: Texts) -> Sequence[Value]:
        text = self.own(values)
        return [Value(text.value, None, text.language)] if text else []

    def _bodies(self, bodies: Iterable[Organisation]) -> Sequence[Value]:
        return [self.organisation(body) for body in bodies]

    def _in_a_line(self, act: LegalAct) -> Value:
        """Return an act with its number and day, where its name does not tell them."""
        named = self.act(act)[0]
        text = named.text
        if act.number and act.number not in text:
            text += f" {act.number}"
        if act.year is None or str(act.year) not in text:
            text = ", ".join(filter(None, (text, format_date(act.date) or str(act.year or ""))))
        return replace(named, text=text)


def _plain(value: object) -> Sequence[Value]:
    return [Value(str(value))] if value else []
