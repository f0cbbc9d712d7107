"""What was read in documents, fact by fact, for people to compare with what they sent.

Nothing here is stored: the documents are read as a load would read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from outcome_graph.draft import SourceFile
from outcome_graph.model import LegalAct, Organisation, OutcomeRecord, Texts
from outcome_graph.pipeline.reviewing import in_words
from outcome_graph.rdf import NamedNode
from outcome_graph.service.context import graph
from outcome_graph.service.html_parts import Value, text_of, when
from outcome_graph.service.labels import Labels, labels_of
from outcome_graph.service.wording import format_date, language, say

__all__ = ["ReadRecord", "read_facts"]

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


def read_facts(sources: Iterable[SourceFile]) -> list[ReadRecord]:
    """Return what was read in the first records of documents that can be read.

    Parameters:
        sources: the documents.

    Raises:
        SourceError: one cannot be read.
    """
    reader = graph().reader
    records = (item.draft.record for source in sources for item in reader.items(source))
    shown = list(islice(records, _MOST))
    labels = labels_of(_named(shown), language())
    return [_Facts(record, labels).read() for record in shown]


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


class _Facts:
    """The facts of one record in words."""

    def __init__(self, record: OutcomeRecord, labels: Labels) -> None:
        self.record = record
        self.labels = labels
        self.mint = graph().minter

    def read(self) -> ReadRecord:
        record = self.record
        facts = [(say(name), values) for name, values in self._facts() if values]
        title = self._text(record.titles)
        return ReadRecord(title or Value(record.id), facts, len(record.candidates))

    def _facts(self) -> Iterator[tuple[str, Sequence[Value]]]:
        record, contribution = self.record, self.record.contribution
        yield "Country or region", self._place()
        yield "Achieved", _plain(when(record))
        yield "Country programme outcome", _plain(record.code)
        yield "Biennium", _plain(record.biennium)
        yield "Programme and Budget indicator", _plain(record.indicator)
        yield "Step", _plain(record.step)
        yield "Visibility", _plain(record.visibility)
        yield "What was achieved", self._texts(record.achievement)
        yield "Legal acts", [self._act(act) for act in record.legal_acts]
        yield "Contributor", self._bodies(contribution.contributors if contribution else ())
        yield "Contribution", self._texts(contribution.narrative if contribution else ())
        activities = contribution.activities if contribution else ()
        yield "Activities", [Value(in_words(activity, language())) for activity in activities]
        yield "Gender equality and non-discrimination", self._texts(record.gender_equality)
        yield "Projects", [Value(project.identifier) for project in record.projects]
        yield "Funders", self._bodies(record.funders)
        yield "Constituents and partners", self._bodies(record.constituents)
        yield (
            "Sustainable Development Goals",
            [
                self._labelled(self.mint.sdg(code), code)
                for code in (*record.sdg_goals, *record.sdg_targets, *record.sdg_indicators)
            ],
        )
        yield (
            "Branches of social security",
            [self._labelled(self.mint.concept("branch", branch)) for branch in record.branches],
        )

    def _place(self) -> Sequence[Value]:
        if self.record.country:
            return [self._labelled(self.mint.country(self.record.country), self.record.country)]
        if self.record.region:
            return [self._labelled(self.mint.region(self.record.region), self.record.region)]
        return []

    def _labelled(self, thing: NamedNode, code: str | None = None) -> Value:
        tongue = self.labels.language(thing.value) or None
        return Value(self.labels.text(thing.value), None, tongue, code)

    def _text(self, values: Texts) -> Value | None:
        text = text_of(values, self.record.language)
        return Value(text.value, None, text.language) if text else None

    def _texts(self, values: Texts) -> Sequence[Value]:
        text = self._text(values)
        return [text] if text else []

    def _bodies(self, bodies: Iterable[Organisation]) -> Sequence[Value]:
        return [Value(body.name) for body in bodies]

    def _act(self, act: LegalAct) -> Value:
        kind = self._labelled(self.mint.concept("legal-act-type", act.type)) if act.type else None
        title = self._text(act.titles) or kind or Value("")
        numbered = act.number and act.number not in title.text
        named = f"{title.text} {act.number}".strip() if numbered else title.text
        told = act.year is not None and str(act.year) in named
        day = "" if told else format_date(act.date) or str(act.year or "")
        return Value(", ".join(filter(None, (named, day))), None, title.language)


def _plain(value: object) -> Sequence[Value]:
    return [Value(str(value))] if value else []
