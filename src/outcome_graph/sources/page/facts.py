"""From what was found in prose to the parts of a record, each with evidence or as a candidate."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from outcome_graph.draft import STATED, Problem
from outcome_graph.errors import UsageError
from outcome_graph.model import (
    Activity,
    Candidate,
    CandidateValue,
    Contribution,
    Evidence,
    LegalAct,
    Organisation,
    Texts,
    key_of,
    texts,
)
from outcome_graph.namespaces import slugify
from outcome_graph.sources.page.act_standing import Years
from outcome_graph.sources.page.activities import FoundActivity, find_activities
from outcome_graph.sources.page.acts import FoundAct, find_acts
from outcome_graph.sources.page.dates import FoundDate, find_dates
from outcome_graph.sources.page.event_days import find_by_day
from outcome_graph.sources.page.funders import FoundFunder, find_funders, read_listed_funders
from outcome_graph.sources.page.header import Header
from outcome_graph.sources.page.headings import agencies_of
from outcome_graph.sources.page.languages import detect_language
from outcome_graph.sources.page.mentions import find_consulted, find_mentions
from outcome_graph.sources.page.names import FoundName, split_names
from outcome_graph.sources.page.prose import sentences
from outcome_graph.sources.page.sections import Kind, Page, Section
from outcome_graph.sources.page.tail import Tail
from outcome_graph.sources.page.words import work
from outcome_graph.sources.page.words.bodies import words_of
from outcome_graph.sources.text import SourceText, Span

__all__ = ["Facts", "read_facts"]

_PROSE = (Kind.SUMMARY, Kind.ACHIEVED, Kind.CONTRIBUTION, Kind.GENDER, Kind.FUNDERS)
#: Facts are read from so many characters of a section; real ones have a few thousand.
_MOST_PROSE = 50_000
#: No organisation has a name longer than this, in characters.
_LONGEST_NAME = 250
#: The act that a page is about stands in its first sentences.
_LEAD = 3
#: Acts of one reform are made within so many days.
_SAME_TIME = 366
#: Headings that name no agency: "Contribution of the agencies".
_ANYBODY = words_of(
    "agency agencies organization organisation organizations organisations our office partners "
    "agence agences bureau notre agencia agencias oficina organizacion nuestra nuestro"
)
_ILO = re.compile(work.ILO, re.IGNORECASE)
_AGENCY = re.compile(rf"\b{work.AGENCIES}\b")
_CONTRIBUTOR = Organisation("ilo", texts("ILO"))


@dataclass(slots=True)
class Facts:
    """The facts of a page's prose and names."""

    source: SourceText
    language: str
    place: str
    years: Years = field(default_factory=Years)
    legal_acts: list[LegalAct] = field(default_factory=list)
    funders: list[Organisation] = field(default_factory=list)
    constituents: list[Organisation] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    contributors: list[Organisation] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    stated: set[tuple[str, str]] = field(default_factory=set)
    doubtful: dict[tuple[str, str], Candidate] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    dated: set[Span] = field(default_factory=set)

    def contribution(self, narrative: Texts) -> Contribution | None:
        """The agency's contribution, None when the page has no such section."""
        if not (narrative or self.activities):
            return None
        return Contribution(tuple(self.contributors), narrative, tuple(self.activities))

    def note(
        self,
        name: str,
        value: CandidateValue,
        into: list[LegalAct] | list[Organisation],
        span: Span,
        confidence: float,
    ) -> None:
        """State a fact with its evidence, or keep it as a candidate, as its confidence allows."""
        key = (name, key_of(value))
        quote = self.source.quote(span)
        if confidence >= STATED:
            if key not in self.stated:
                self.stated.add(key)
                into.append(value)  # type: ignore[arg-type]
                self.places.setdefault(name, span.start)
            self.evidence.append(Evidence(*key, quote, confidence, *span))
            self.doubtful.pop(key, None)
        elif key not in self.stated:
            candidate = Candidate(name, value, quote, confidence, *span)
            self.doubtful.setdefault(key, candidate)

    def note_body(
        self, name: str, found: FoundName | FoundFunder, into: list[Organisation]
    ) -> None:
        """State a body that was found in a part of the result, or keep it as a candidate."""
        language = found.language if isinstance(found, FoundName) else None
        organisation = _organisation(self, found.name, language)
        if organisation:
            self.note(name, organisation, into, found.span, found.confidence)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What awaits review."""
        return tuple(self.doubtful.values())

    def bad_date(self, found: FoundDate, name: str, severity: str = "error") -> None:
        """Report a date that is no date of the calendar."""
        if found.span in self.dated:
            return
        self.dated.add(found.span)
        self.problems.append(
            Problem(
                "error" if severity == "error" else "warning",
                f"The date “{self.source.value(found.span)}” {found.reason}. Correct it.",
                name,
                self.source.location(found.span.start),
            )
        )


def read_facts(source: SourceText, page: Page, tail: Tail, header: Header, language: str) -> Facts:
    """Read the prose and the names of a page.

    Parameters:
        source: the text. page: its sections, without their tail. tail: what stood below them.
        header: the head. language: the page's language.
    """
    place = header.code[:3] if header.code else "XXX"
    facts = Facts(source, language, place, _years(header))
    for section in page.sections:
        if section.kind in _PROSE:
            _read_section(facts, section, _bounded(facts, section))
    _add_constituents(facts, tail)
    own = any(s.known and s.kind in (Kind.RESULT, Kind.SUMMARY) for s in page.sections)
    # On a page of our own form the line of facts gives the day, or none is known.
    if (header.has_facts or not own) and header.date is None and header.year is None:
        _take_day_of_act(facts, header, page)
    if not (tail.names or tail.prose):
        _add_consulted(facts, page)
    return facts


def _take_day_of_act(facts: Facts, header: Header, page: Page) -> None:
    """Take the day of the act that is reported first, where a page gives none for its result."""
    reported = next(iter(page.of(Kind.ACHIEVED)), None)
    told = [
        (evidence.start or 0, act)
        for act in facts.legal_acts
        for evidence in facts.evidence
        if (evidence.field, evidence.key) == ("legal_acts", act.key) and act.date
    ]
    first = min(told, key=lambda pair: pair[0], default=None)
    if first is None or reported is None:
        return
    start, act = first
    if any(_is_nearer(c, start, act) for c in facts.doubtful.values()):
        # An act of the same year that is told before may be the one that the page reports.
        return
    lead = list(islice(sentences(facts.source, reported.body), _LEAD))
    if act.date is None or not lead or not lead[0].start <= start < lead[-1].end:
        return
    header.date = act.date
    facts.places["achieved_on"] = start
    facts.problems.append(
        Problem(
            "warning",
            f"The page gives no date: the day of the act that it reports, {act.date.isoformat()}, "
            "was taken. Check it.",
            "achieved_on",
            facts.source.location(start),
        )
    )


def _is_nearer(candidate: Candidate, start: int, act: LegalAct) -> bool:
    """Whether a candidate is an act of the same time as an act, told before it."""
    other = candidate.value
    return (
        isinstance(other, LegalAct)
        and other.date is not None
        and act.date is not None
        and candidate.start is not None
        and candidate.start < start
        and abs((act.date - other.date).days) <= _SAME_TIME
    )


def _add_consulted(facts: Facts, page: Page) -> None:
    """Propose who took part as constituents where the page lists none."""
    for section in (*page.of(Kind.ACHIEVED), *page.of(Kind.CONTRIBUTION)):
        for found in find_consulted(facts.source, section.body):
            facts.note_body("constituents", found, facts.constituents)


def _years(header: Header) -> Years:
    """The years that a page is about: those of its biennium, and of the date of the result."""
    told = [int(year) for year in (header.biennium or "").split("-")[:1] if year]
    told += [year + 1 for year in told]
    told += [year for year in (header.date and header.date.year, header.year) if year]
    return Years(min(told), max(told)) if told else Years()


def _bounded(facts: Facts, section: Section) -> Span:
    """Return as much of a section as facts are read from."""
    body = section.body
    if body.end - body.start <= _MOST_PROSE:
        return body
    facts.problems.append(
        Problem(
            "warning",
            f"The section “{facts.source.value(section.heading)}” is very long: facts were read "
            f"from its first {_MOST_PROSE:,} characters only.",
            location=facts.source.location(section.heading.start),
        )
    )
    return Span(body.start, body.start + _MOST_PROSE)


def _read_section(facts: Facts, section: Section, body: Span) -> None:
    kind = section.kind
    if kind is Kind.FUNDERS:
        for funder in read_listed_funders(facts.source, body):
            facts.note_body("funders", funder, facts.funders)
        return
    reported = kind in (Kind.SUMMARY, Kind.ACHIEVED)
    acts = list(find_acts(facts.source, body, reported=reported, years=facts.years))
    for act in acts:
        _add_act(facts, act)
    own = {name.lower() for name in _AGENCY.findall(facts.source.match, *section.heading)}
    for funder in find_funders(facts.source, body, of_work=kind is Kind.CONTRIBUTION):
        # "What GIZ did: GIZ financed the software": it is the contributor.
        if funder.name.lower() not in own:
            facts.note_body("funders", funder, facts.funders)
    if kind is Kind.CONTRIBUTION:
        facts.contributors += _contributors(facts, section)
        _read_activities(facts, body, acts)
    # Impossible dates that no act or activity took refuse nothing.
    for date in find_dates(facts.source.match, body):
        if date.impossible:
            facts.bad_date(date, "achievement", "warning")


def _read_activities(facts: Facts, body: Span, acts: list[FoundAct]) -> None:
    activities = find_activities(facts.source, body)
    of_acts = [act.date for act in acts if act.date]
    for activity in find_by_day(facts.source, body, activities, of_acts):
        _add_activity(facts, activity)


def _contributors(facts: Facts, section: Section) -> list[Organisation]:
    """Whose contribution a section tells of: its heading's agency, else the first it names.

    Where neither names one it is the ILO's, on whose pages such sections stand, unless the page is
    laid out otherwise and does not name it.
    """
    source = facts.source
    named = agencies_of(source, section.heading) if section.known else []
    named = [name for name in named if name.lower() not in _ANYBODY]
    if not named and not section.known:
        named = _AGENCY.findall(source.match, *section.heading)
        named = named or _AGENCY.findall(source.match, *section.body)[:1]
        named = named or _AGENCY.findall(source.match, 0, section.heading.start)[:1]
        if not named:
            return []
    found = [
        _CONTRIBUTOR if _ILO.fullmatch(name) else _organisation(facts, name, None) for name in named
    ]
    return [agency for agency in found if agency] or [_CONTRIBUTOR]


def _organisation(facts: Facts, name: str, language: str | None) -> Organisation | None:
    if len(name) > _LONGEST_NAME:
        return None
    try:
        slug = slugify(name)
    except UsageError:
        return None
    return Organisation(
        slug, texts(name, language=language or detect_language(name, facts.language))
    )


def _add_act(facts: Facts, found: FoundAct) -> None:
    if found.impossible:
        facts.bad_date(found.impossible, "legal_acts")
    title = facts.source.value(found.title)
    passed_by = _organisation(facts, found.passed_by, None) if found.passed_by else None
    date = found.date.last if found.date else None
    act = LegalAct(
        place=facts.place,
        slug=slugify(f"{found.type} {found.number}" if found.number else title),
        number=found.number,
        type=found.type,
        date=date,
        year=found.year,
        passed_by=passed_by,
        titles=texts(title, language=detect_language(title, facts.language)),
    )
    known = next((a for a in facts.legal_acts if _same(a, act)), None)
    if known is None:
        facts.note("legal_acts", act, facts.legal_acts, found.span, found.confidence)
        if found.confidence >= STATED:
            _settle(facts, act)
    elif found.confidence >= STATED:
        _merge_act(facts, known, act, found)


def _settle(facts: Facts, act: LegalAct) -> None:
    """Drop candidates that turn out to be an act that is stated."""
    for key, candidate in list(facts.doubtful.items()):
        if isinstance(candidate.value, LegalAct) and _same(candidate.value, act):
            del facts.doubtful[key]


def _same(one: LegalAct, other: LegalAct) -> bool:
    """Whether two mentions on a page are of one act: same kind and number, no other year."""
    return one.slug == other.slug and (
        one.year == other.year or one.year is None or other.year is None
    )


def _merge_act(facts: Facts, known: LegalAct, again: LegalAct, found: FoundAct) -> None:
    """Complete an act that was named before with what this mention adds."""
    merged = LegalAct(
        known.place,
        known.slug,
        known.number,
        known.type,
        known.date or again.date,
        known.year or again.year,
        known.passed_by or again.passed_by,
        known.titles,
    )
    facts.legal_acts[facts.legal_acts.index(known)] = merged
    facts.evidence = [
        Evidence(e.field, merged.key, e.quote, e.confidence, e.start, e.end)
        if (e.field, e.key) == ("legal_acts", known.key)
        else e
        for e in facts.evidence
    ]
    quote = facts.source.quote(found.span)
    facts.evidence.append(Evidence("legal_acts", merged.key, quote, found.confidence, *found.span))


def _add_activity(facts: Facts, found: FoundActivity) -> None:
    date = found.date
    if date and date.impossible:
        facts.bad_date(date, "contribution")
    if date and date.reason == "has no year":
        facts.problems.append(
            Problem(
                "info",
                f"The date “{facts.source.value(date.span)}” has no year and was not recorded.",
                "contribution",
                facts.source.location(date.span.start),
            )
        )
    activity = Activity(
        texts(found.title, language=detect_language(found.title, facts.language)),
        date.first if date else None,
        date.last if date else None,
        found.place,
        found.participants,
    )
    quote = facts.source.quote(found.span)
    if found.confidence < STATED:
        candidate = Candidate("activities", activity, quote, found.confidence, *found.span)
        facts.doubtful.setdefault(("activities", activity.key), candidate)
        return
    facts.activities.append(activity)
    number = str(len(facts.activities))
    facts.evidence.append(Evidence("activities", number, quote, found.confidence, *found.span))


def _add_constituents(facts: Facts, tail: Tail) -> None:
    for span in tail.names:
        listed = Span(span.start, min(span.end, span.start + _MOST_PROSE))
        for name in split_names(facts.source, listed):
            facts.note_body("constituents", name, facts.constituents)
    for span in tail.prose:
        told = list(find_consulted(facts.source, span))
        for mention in told or find_mentions(facts.source, span):
            facts.note_body("constituents", mention, facts.constituents)
