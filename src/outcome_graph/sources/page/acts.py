"""Legal acts in prose: decrees, laws, resolutions … with number, date and who adopted them.

The act that a page reports as its outcome is adopted in the section "Outcome achieved" or the
summary; acts that are amended, repealed or implemented, and acts in other sections, are less
certain. A date after "launched" or "entered into force" is not the date of the act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from outcome_graph.sources.page.act_standing import Governed, Years, governing
from outcome_graph.sources.page.dates import FoundDate, find_dates
from outcome_graph.sources.page.evidence import FAINT, LIKELY, LOOSE, SURE, is_elsewhere, is_unreal
from outcome_graph.sources.page.prose import read_name, sentences
from outcome_graph.sources.page.words import acts as lex
from outcome_graph.sources.text import SourceText, Span

__all__ = ["FoundAct", "find_acts"]


@dataclass(frozen=True, slots=True)
class FoundAct:
    """A legal act read from prose.

    Parameters:
        span: the words it was read from: its name, up to its date where that follows.
        title: its name as written. type: notation of its kind. number: as written.
        date: the day it was adopted. year: its year.
        passed_by: name of who adopted it. confidence: 0 to 1.
        impossible: a date that is no date of the calendar.
    """

    span: Span
    title: Span
    type: str
    number: str | None
    date: FoundDate | None
    year: int | None
    passed_by: str | None
    confidence: float

    @property
    def impossible(self) -> FoundDate | None:
        """Its date when that is no date of the calendar."""
        return self.date if self.date and self.date.impossible else None


@dataclass(frozen=True, slots=True)
class _Mention:
    span: Span
    title: Span
    type: str
    number: str | None
    year: int | None
    #: Whether it has a name alone: an act only where it is made on a day.
    by_name: bool = False


def find_acts(
    source: SourceText, span: Span, *, reported: bool, years: Years | None = None
) -> list[FoundAct]:
    """Find the legal acts in a stretch of prose.

    Parameters:
        source: the text. span: a section. reported: whether it reports the outcome itself, so that
            an act may be the outcome's. years: that the page is about.
    """
    acts: list[FoundAct] = []
    years = years or Years()
    # Whether the sentence before tells of one act.
    last = False
    for sentence in sentences(source, span):
        mentions = list(_mentions(source, sentence))
        if not mentions:
            if acts and last:
                acts[-1] = _dated_later(source, acts[-1], sentence)
            last = False
            continue
        last = len(mentions) == 1
        dates = find_dates(source.match, sentence)
        own = reported and not is_elsewhere(source, *sentence)
        reports, governed = own, None
        above = sentence.start
        for n, mention in enumerate(mentions):
            before = mentions[n - 1].span.end if n else sentence.start
            after = mentions[n + 1].span.start if n + 1 < len(mentions) else sentence.end
            listed = n and lex.LISTED.fullmatch(source.match, above, mention.span.start)
            other = (
                lex.OTHER_ACT.search(source.match, before, mention.span.start)
                or lex.CHANGED.match(source.match, mention.span.end, after)
                or lex.NO_LAWMAKER.match(source.match, mention.span.end, after)
                or lex.DATES_FROM.match(source.match, mention.span.end, after)
                or lex.BY_COURT.search(source.match, before, mention.span.start)
            )
            # "It replaces Law 79 of 1975, Law 108 of 1976 and …": what is said of one is of all.
            reports = (reports if listed else own) and not other
            around = Span(before, after)
            ratified = mention.type == "ratification"
            alone = governing(source, mention.span, around, dates, ratification=ratified)
            apart = lex.OWN_PREDICATE.match(source.match, mention.span.end, after)
            governed = alone or (governed if listed and not apart else None)
            act = _read(source, mention, around, dates, governed if reports else None, years)
            if acts and lex.SAME_DAY.match(source.match, mention.span.end, after):
                act = _dated_as(act, acts[-1])
            above = act.span.end
            if not mention.by_name or (act.date and act.confidence > FAINT):
                acts.append(act)
    return acts


def _dated_as(act: FoundAct, before: FoundAct) -> FoundAct:
    """Complete an act "of the same day" by the day of the one before it."""
    day = before.date if act.date is None else None
    if day is None or day.first is None or act.year not in (None, day.first.year):
        return act
    return replace(act, date=day, year=day.first.year)


def _dated_later(source: SourceText, act: FoundAct, sentence: Span) -> FoundAct:
    """Complete an act by the day in the sentence after it: "It was signed on 4 March 2021."."""
    told = lex.LATER.match(source.match, *sentence) if act.date is None else None
    dates = find_dates(source.match, sentence) if told else []
    date = next((d for d in dates if told and d.span.start >= told.end()), None)
    if told is None or date is None or date.first is None or is_unreal(source, *sentence):
        return act
    between = source.match[told.end() : date.span.start]
    same_year = act.year in (None, date.first.year)
    if not same_year or lex.ANOTHER_CLAUSE.search(between) or lex.OTHER_DATE.search(between):
        return act
    return replace(act, date=date, year=date.first.year)


# --- what is an act ------------------------------------------------------------------------------


def _mentions(source: SourceText, sentence: Span) -> Iterator[_Mention]:
    found: list[_Mention] = []
    for make in (_ratifications, _numbered, _plain, _named, _topical, _dated, _on_topic, _titled):
        for mention in make(source, sentence):
            if not any(_overlap(mention.span, other.span) for other in found):
                found.append(mention)
    for mention in _numbered_after_name(source, sorted(found, key=lambda m: m.span)):
        start = mention.title.start
        if not lex.DRAFT.search(source.match, max(sentence.start, start - 40), start):
            yield mention


def _numbered_after_name(source: SourceText, mentions: list[_Mention]) -> list[_Mention]:
    """Put "the X Ordinance, 2024 (Ordinance No. VII of 2024)" together: a name and its number."""
    kept: list[_Mention] = []
    for mention in mentions:
        named = kept[-1] if kept and not kept[-1].number else None
        between = source.match[named.span.end : mention.span.start] if named else ""
        if named and named.type == mention.type and between.strip() == "(":
            closed = source.match[mention.span.end : mention.span.end + 1] == ")"
            whole = Span(named.span.start, mention.span.end + closed)
            year = mention.year or named.year
            kept[-1] = _Mention(whole, named.title, named.type, mention.number, year)
        elif not (kept and mention.by_name and _is_made_by(source, kept[-1], mention)):
            kept.append(mention)
    return kept


def _is_made_by(source: SourceText, act: _Mention, law: _Mention) -> bool:
    """Whether a law is named for what an act did: "Decree No. 52 promulgating the Labour Law"."""
    return bool(lex.PROMULGATES.fullmatch(source.match, act.span.end, law.span.start))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _ratifications(source: SourceText, sentence: Span) -> Iterator[_Mention]:
    for m in lex.RATIFIED.finditer(source.match, *sentence):
        convention = m.start("name") if re.search(r"\d", m["before"]) else m.start("before")
        title = source.trim(Span(convention, m.end()))
        yield _Mention(Span(*m.span()), title, "ratification", m["number"], None)


def _numbered(source: SourceText, sentence: Span) -> Iterator[_Mention]:
    for m in map(_innermost, lex.NUMBERED.finditer(source.match, *sentence)):
        bracket = source.match.rfind("(", m.start(), m.end())
        if bracket > 0 and lex.ORDINAL_YEAR.match(source.match, bracket):
            continue
        start = _start(source, sentence, m.start())
        opened = m["number"] and "(" in source.match[start : m.start("number")]
        end = m.end() if opened or source.match[m.end() - 1] != ")" else m.end() - 1
        yield _with_year(source, Span(start, end), _type_of(m), m["number"])
        plural = source.match[m.start() : m.end("topic")].rstrip().lower().endswith("s")
        at = m.end()
        while plural and (more := lex.AND_NUMBER.match(source.match, at, sentence.end)):
            yield _with_year(source, Span(*more.span("number")), _type_of(m), more["number"])
            at = more.end()


def _innermost(found: re.Match[str]) -> re.Match[str]:
    """The kind that the number belongs to: "the Framework Law by Legislative Decree No. 56"."""
    inner = lex.NUMBERED.search(found.string, found.start("topic"), found.end())
    if inner and inner["number"] == found["number"] and found.string[inner.start()].isupper():
        return _innermost(inner)
    return found


def _plain(source: SourceText, sentence: Span) -> Iterator[_Mention]:
    for m in lex.PLAIN.finditer(source.match, *sentence):
        year_only = re.fullmatch(r"(?:19|20)\d\d", m["number"])
        capital = source.match[m.start()].isupper()
        if year_only or not (capital or re.search(r"[/-]", m["number"])):
            continue
        yield _with_year(
            source, Span(_start(source, sentence, m.start()), m.end()), _type_of(m), m["number"]
        )


def _named(source: SourceText, sentence: Span) -> Iterator[_Mention]:
    for m in lex.NAMED.finditer(source.match, *sentence):
        article = lex.NOT_A_NAME.match(m["name"])
        start = m.start() + (article.end() if article else 0)
        end = m.end() + (source.match[m.end() : m.end() + 1] == ")")
        same = lex.NAME_FOLLOWS.search(source.match, sentence.start, start)
        if start < m.start("kind") and not same:
            number = lex.NUMBER_FOLLOWS.match(source.match, end, sentence.end)
            title, span = Span(start, end), Span(start, number.end() if number else end)
            kind = m["kind"].lower().rstrip("s")
            yield _Mention(span, title, kind, number and number["number"], int(m["year"]))


def _topical(source: SourceText, sentence: Span) -> Iterator[_Mention]:
    for m in lex.TOPICAL.finditer(source.match, *sentence):
        if source.match[m.start()].isupper():
            span = source.trim(Span(m.start(), m.end()))
            yield _Mention(span, span, _type_of(m), None, int(m["year"]))


def _dated(source: SourceText, sentence: Span) -> Iterator[_Mention]:
    for m in lex.DATED.finditer(source.match, *sentence):
        kind = next(g for n, g in m.groupdict().items() if g and n != "topic")
        end = m.start() + len(kind)
        start = _start(source, sentence, m.start())
        if not lex.NAME_FOLLOWS.search(source.match, sentence.start, start):
            yield _Mention(Span(start, end), Span(start, end), _type_of(m), None, None)


def _on_topic(source: SourceText, sentence: Span) -> Iterator[_Mention]:
    """Laws without number or year: "adopted the Law on Social Insurance on 7 July 2023"."""
    for m in lex.ON_TOPIC.finditer(source.match, *sentence):
        start = _start(source, sentence, m.start())
        span = source.trim(Span(start, m.end()))
        yield _Mention(span, span, _type_of(m), None, None, by_name=True)


def _titled(source: SourceText, sentence: Span) -> Iterator[_Mention]:
    """Acts by their English names alone: "approved the Benefit Package Directive on 3 May"."""
    for m in lex.TITLED.finditer(source.match, *sentence):
        article = lex.NOT_A_NAME.match(m[0])
        span = Span(m.start() + (article.end() if article else 0), m.end())
        kind = lex.kind_of_act(m["kind"])
        same = lex.NAME_FOLLOWS.search(source.match, sentence.start, span.start)
        if kind and not same and span.start < m.start("kind"):
            yield _Mention(span, span, kind, None, None, by_name=True)


def _type_of(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return next(lex.TYPES[n][1] for n in range(len(lex.TYPES)) if groups.get(f"t{n}"))


def _with_year(source: SourceText, span: Span, kind: str, number: str) -> _Mention:
    year = lex.OF_YEAR.match(source.match, span.end, span.end + 16)
    if year:
        closes = source.match[year.end() : year.end() + 1] == ")"
        span = Span(span.start, year.end() + (closes and "(" in year[0]))
        return _Mention(span, span, kind, number, int(year[1] or year[2]))
    inside = lex.YEAR_IN_NUMBER.search(number)
    return _Mention(span, span, kind, number, int(inside[1]) if inside else None)


def _start(source: SourceText, sentence: Span, start: int) -> int:
    """Take into an act's name what stands before its kind: "Prime Minister's", "Pension"."""
    low = max(sentence.start, start - 160)
    before = source.match[low:start]
    found = lex.ISSUER.search(before) or lex.BEFORE.search(before)
    if not found:
        return start
    article = lex.NOT_A_NAME.match(found[0])
    if article and article.end() == len(found[0]):
        return start
    return low + found.start() + (article.end() if article else 0)


# --- what is said of it --------------------------------------------------------------------------


def _read(
    source: SourceText,
    mention: _Mention,
    around: Span,
    dates: list[FoundDate],
    governed: Governed | None,
    years: Years,
) -> FoundAct:
    date = _date(source, mention, around, dates)
    year = date.first.year if date and date.first else mention.year
    if governed is None or not years.hold(year):
        confidence = FAINT
    elif governed.by == "verb":
        confidence = SURE if mention.number else LIKELY
    else:
        confidence = (SURE if date else LIKELY) if mention.number else LOOSE
    end = mention.span.end
    if date and end <= date.span.start <= end + 40:
        end = date.span.end
    return FoundAct(
        Span(mention.span.start, end),
        mention.title,
        mention.type,
        mention.number,
        date,
        year,
        _passed_by(source, mention, around, governed),
        confidence,
    )


def _date(
    source: SourceText, mention: _Mention, around: Span, dates: list[FoundDate]
) -> FoundDate | None:
    """The first date after the act that is not said to be another one's; else one before it."""
    at = mention.span.end
    # "Une circulaire de la ministre, datée du 2 juin 2021 et portant le n° 417".
    within = [d for d in dates if mention.span.start <= d.span.start and d.span.end <= at]
    if within and within[0].first and mention.year in (None, within[0].first.year):
        return within[0]
    for date in dates:
        if not at <= date.span.start < around.end:
            continue
        if date.reason == "has no year":
            # "Law no. 12/2016 of 14 November": of the year in its number.
            if mention.year and lex.OF_DAY.fullmatch(source.match, at, date.span.start):
                return date.in_year(source.match, mention.year)
            continue
        between = source.match[at : date.span.start]
        words = list(lex.OTHER_DATE.finditer(between))
        adoption = list(lex.ADOPTION.finditer(between))
        if not words or (adoption and adoption[-1].start() > words[-1].start()):
            return date
        at = date.span.end
    told = [date for date in dates if date.first]
    if mention.type == "ratification" and len(told) == 1 and told[0].span.end <= mention.span.start:
        # "On 14 June the country deposited the instrument of ratification of Convention No. 102".
        between = source.match[told[0].span.end : mention.span.start]
        return None if lex.OTHER_DATE.search(between) else told[0]
    for date in reversed(dates):
        if around.start <= date.span.start and date.span.end <= mention.span.start:
            between = source.match[date.span.end : mention.span.start]
            # "a adopté, le 26 juin 2021, le Règlement": the verb stands before the day.
            verb = source.match[max(around.start, date.span.start - 40) : date.span.start]
            led = lex.VERB_BEFORE_DATE.search(verb) and lex.ARTICLE_ONLY.fullmatch(between)
            adopted = led or lex.ADOPTION.search(between)
            if adopted and not lex.OTHER_DATE.search(between):
                return date
    return None


def _passed_by(
    source: SourceText, mention: _Mention, around: Span, governed: Governed | None
) -> str | None:
    name = source.match[mention.title.start : mention.title.end]
    possessor = lex.ISSUER_FIRST.match(name)
    if possessor:
        return source.value(Span(mention.title.start, mention.title.start + possessor.end(1)))
    issued = lex.ISSUER_AFTER.match(source.match, mention.title.start, mention.title.end)
    numbered = lex.NUMBERING_BEGINS.search(source.match, *mention.title)
    end = numbered.start() if numbered else mention.title.end
    issuer = read_name(source, issued.end(), end) if issued else None
    if issuer:
        return source.value(issuer)
    if governed is None or governed.by == "subject":
        return None
    if governed.end is not None:
        by = lex.BY.match(source.match, governed.end, around.end)
        passed = read_name(source, by.end(), around.end) if by else None
        if passed:
            return source.value(passed)
    # A ratification is told by its verb, which the words of the mention begin with.
    verb = mention.title.start if mention.type == "ratification" else mention.span.start
    return _subject(source, Span(around.start, verb))


_CAPITAL = re.compile(r"(?<![\w'])(?:[Ll]'|[Ll]e\s|[Ll]a\s|[Ee]l\s|[Tt]he\s)?(?=[A-Z])")


def _subject(source: SourceText, span: Span) -> str | None:
    """Read who adopts in "the Assembly passed …": the last name directly before such a verb."""
    at = max(span.start, span.end - 400)
    subject = None
    while begin := _CAPITAL.search(source.match, at, span.end):
        name = read_name(source, begin.start(), span.end)
        if name is None:
            at = begin.end() + 1
            continue
        verb = lex.ACTIVE.match(source.match, name.end, span.end)
        if verb and not lex.ANOTHER_CLAUSE.search(source.match, verb.end(), span.end):
            subject = source.value(name)
        at = name.end
    return subject
