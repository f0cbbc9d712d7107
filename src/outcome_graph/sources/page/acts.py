"""Legal acts in prose: decrees, laws, resolutions … with number, date and who adopted them.

The act that a page reports as its outcome is adopted in the section "Outcome achieved" or the
summary; acts that are amended, repealed or implemented, and acts in other sections, are less
certain. A date after "launched" or "entered into force" is not the date of the act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from outcome_graph.sources.page.dates import FoundDate, find_dates
from outcome_graph.sources.page.prose import read_name, sentences
from outcome_graph.sources.text import SourceText, Span

__all__ = ["FoundAct", "find_acts"]

#: Words for kinds of act and their notation in our scheme, more particular ones first.
_TYPES: tuple[tuple[str, str], ...] = (
    (r"sub-?\s?decrees?|sous-decrets?|anukret", "sub-decree"),
    (r"prakas", "prakas"),
    (r"decree[- ]laws?|legislative decrees?|decrets?[- ]lois?|decrets? legislatifs?", "decree-law"),
    (r"decretos?(?:[- ]ley(?:es)?| legislativos?)", "decree-law"),
    (r"royal (?:decrees?|kram)|decrets? roya(?:l|ux)|arretes? roya(?:l|ux)", "royal-decree"),
    (r"reales decretos|real decreto|dahirs?", "royal-decree"),
    (r"(?:presidential |supreme |executive |government )?decrees?", "decree"),
    (r"decrets?(?: presidentiels?| executifs?)?", "decree"),
    (r"decretos?(?: supremos?| ejecutivos?| presidencial(?:es)?)?", "decree"),
    (r"circulars?|circulaires?|circulares", "circular"),
    (r"instructions?|instruccion(?:es)?|instructivos?|directives?|directivas?", "instruction"),
    (r"resolutions?|resolucion(?:es)?(?: legislativas?| ministerial(?:es)?)?", "resolution"),
    (r"acts?", "act"),
    (r"(?:organic |federal |framework )?laws?|proclamations?|proclamas?", "law"),
    (r"lois?(?:[- ](?:organiques?|cadres?|programmes?))?(?=\s)", "law"),
    (r"ley(?:es)?(?: organicas?| marco)?(?=\s)", "law"),
    (r"ordinances?|ordonnances?|ordenanzas?", "ordinance"),
    (r"(?:ministerial |executive |administrative )?orders?|ordenes ejecutivas", "order"),
    (r"arretes?(?: conjoints?| (?:inter)?ministeriels?)?", "order"),
    (r"acuerdos? (?:gubernativos?|ministerial(?:es)?)", "order"),
    (r"statutory instruments?|legal notices?|regulations?|reglements?|reglamentos?", "regulation"),
    (r"(?:cabinet )?decisions?|decision(?:es)?|acuerdos?", "decision"),
)
_TYPE = "|".join(f"(?P<t{n}>{words})" for n, (words, _) in enumerate(_TYPES))
#: "No. 5", "n° 5"; but the "N" of "NS/RKM" belongs to the number.
_NUMBERING = r"(?:(?:nos?|nrs?|num|n)(?![A-Z/])\s?\.?\s?°?|numbers?|numeros?|№|\#)\s?[:.]?\s{0,2}"
_NUMBER = r"(?=[\w/.-]{0,14}\d)[A-Z0-9]{1,10}(?:[/.-][A-Za-z0-9]{1,12}){0,5}"
_TOPIC = (
    r"(?:\s[\"']?(?:on|sur|relative a|relatif a|portant|sobre|de|for)\s[^\n.;()]{3,90}?"
    r"|(?-i:(?:\s[A-Z][a-z]{2,20}){1,2}))?"
)

_NUMBERED = re.compile(
    rf"\b(?:{_TYPE})(?P<topic>{_TOPIC})\s{{0,3}},?\s?[\[(]?(?:{_NUMBERING})(?P<number>{_NUMBER})[\])]?",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"\b(?:{_TYPE})\s{{1,3}}(?P<number>\d{{1,6}}(?:[/-]\d{{1,6}}(?:[/-][A-Z0-9]{{1,8}}){{0,3}})?"
    r"|(?-i:[A-Z]{1,6}(?:/[A-Z]{1,6}){0,3}(?:/\d{1,6}){1,3}))"
    r"(?![\w.]*\d)(?!\s?%)",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"\b(?:{_TYPE})\s{{1,3}}"
    r"(?:of|dated|adopted on|signed on|du|del|de fecha|en date du)\s{1,3}(?=\d)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?P<name>(?:[A-Z][\w'-]{1,30}\s(?:(?:and|of|for|the)\s){0,2}){1,9}(?P<kind>Act|Law))"
    r"(?:,?\s(?:of\s)?|\s?\()(?P<year>(?:19|20)\d\d)\b"
)
#: "Act No. 11199, the Social Security Act of 2018": the name of the act just numbered.
_NAME_FOLLOWS = re.compile(
    rf"{_NUMBERING}{_NUMBER}\s?,?\s(?:\(|(?:also )?(?:known|cited|referred to) as )?(?:the\s)?$",
    re.IGNORECASE,
)
_RATIFIED = re.compile(
    r"\bratif[a-z]{1,8}\b(?:\s(?:of|the|ilo|le|la|el|de|l'oit|by))*(?P<before>[^\n.;]{0,160}?)"
    r"\b(?P<name>(?:convention|convenio)\b)[^\n.;]{0,90}?"
    rf"{_NUMBERING}(?P<number>\d{{1,3}})\)?",
    re.IGNORECASE,
)
_AND_NUMBER = re.compile(
    rf"(?:\s?,|\s(?:and|et|y|&))\s(?:{_NUMBERING})?(?P<number>{_NUMBER})", re.I
)
_OF_YEAR = re.compile(
    r",?\s{1,3}(?:of|de|du)\s{1,3}((?:19|20)\d\d)\b|\s?[,(]\s?((?:19|20)\d\d)\b", re.I
)
_YEAR_IN_NUMBER = re.compile(r"(?:^|[/-])((?:19|20)\d\d)(?:$|[/-])")

_ADOPTED = (
    r"adopted|approved|passed|enacted|promulgated|signed|issued|ratified|endorsed|gazetted|published"
    r"|adoptee?s?|approuvee?s?|promulguee?s?|signee?s?|votee?s?|prise?s?|ratifiee?s?|publiee?s?"
    r"|adoptad[oa]s?|aprobad[oa]s?|promulgad[oa]s?|sancionad[oa]s?|expedid[oa]s?|firmad[oa]s?"
    r"|emitid[oa]s?|dictad[oa]s?|ratificad[oa]s?|publicad[oa]s?"
)
_PAST = (
    r"adopte|approuve|promulgue|signe|vote|pris|ratifie|publie|adopto|aprobo|promulgo|sanciono"
    r"|expidio|firmo|emitio|dicto|ratifico|publico"
)
_ADOPTION = re.compile(rf"\b(?:{_ADOPTED}|{_PAST})\b", re.IGNORECASE)
_BY = re.compile(rf"\b(?:{_ADOPTED})\s{{1,3}}(?:by|par|por)\s{{1,3}}", re.IGNORECASE)
_ACTIVE = re.compile(
    rf"\s{{1,3}}(?:(?:has|have|had|a|ont|ha|han)\s{{1,3}})?(?:{_ADOPTED}|{_PAST})\b", re.IGNORECASE
)
_OTHER_DATE = re.compile(
    r"launch|entere?d? into force|enter(?:s|ing)? into force|came into|come into|coming into|"
    r"took effect|takes effect|tak(?:e|ing) effect|effective|in force|implement|lance|entree? en "
    r"vigueur|entre en vigueur|entrera|entro en vigor|entrara|vigencia|vigor|lanzad|lanzo|"
    r"applicable|workshop|disseminat|present",
    re.IGNORECASE,
)
_OTHER_ACT = re.compile(
    r"\b(?:amend\w*|repeal\w*|replac\w*|supersed\w*|pursuant to|in accordance with|based on|under|"
    r"implement\w*|modif\w*|abrog\w*|conformement a|en application|en vertu|remplac\w*|derog\w*|"
    r"reform\w*|en desarrollo|con base en|de acuerdo con|con arreglo a|sur la base|aux termes|"
    r"prevue?s? par|provided by|en virtud|conforme a|as required by|"
    r"provided for in|review of|revision of|application of)\s[^.;]{0,40}$",
    re.IGNORECASE,
)
_DRAFT = re.compile(
    r"\b(?:draft|drafts|proposed|drafting of the|projet de|avant-projet de|projets de|proyecto de|"
    r"anteproyecto de)\s{1,3}(?:the |new |la |ley de )?$",
    re.IGNORECASE,
)
_POSSESSIVE = r"((?:[A-Z][\w.-]{0,30}\s){0,5}[A-Z][\w.-]{0,30})(?:'s|s')\s{1,3}"
_ISSUER = re.compile(rf"{_POSSESSIVE}$")
_ISSUER_FIRST = re.compile(_POSSESSIVE)
_BEFORE = re.compile(r"(?:[A-Z][\w&'.-]{1,30}\s{1,2}(?:(?:and|of|on|for|the)\s{1,2}){0,2}){1,7}$")
_NOT_A_NAME = re.compile(
    r"^(?:(?:the|in|on|by|under|with|through|following|after|this|a|an|new|as|le|la|les|el|los|las|"
    r"its|his|her|both|and|of|on|for)\s{1,2})+",
    re.IGNORECASE,
)

#: Confidence: number with date or adoption; number alone; named or dated act with adoption.
_SURE = 0.95
_NUMBER_ONLY = 0.85
_NAMED_ONLY = 0.8
#: Another act that is amended or applied; an act in another section; no word of adoption.
_DOUBTFUL = 0.5


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


def find_acts(source: SourceText, span: Span, *, reported: bool) -> list[FoundAct]:
    """Find the legal acts in a stretch of prose.

    Parameters:
        source: the text. span: a section. reported: whether it reports the outcome itself, so that
            the acts it names are the outcome's unless the words say otherwise.
    """
    acts = []
    for sentence in sentences(source, span):
        mentions = list(_mentions(source, sentence))
        if not mentions:
            continue
        dates = find_dates(source.match, sentence)
        for n, mention in enumerate(mentions):
            before = mentions[n - 1].span.end if n else sentence.start
            after = mentions[n + 1].span.start if n + 1 < len(mentions) else sentence.end
            acts.append(_read(source, mention, Span(before, after), dates, reported))
    return acts


# --- what is an act ------------------------------------------------------------------------------


def _mentions(source: SourceText, sentence: Span) -> Iterator[_Mention]:
    found: list[_Mention] = []
    for make in (_ratifications, _numbered, _plain, _named, _dated):
        for mention in make(source, sentence):
            if not any(_overlap(mention.span, other.span) for other in found):
                found.append(mention)
    for mention in sorted(found, key=lambda m: m.span):
        start = mention.title.start
        if not _DRAFT.search(source.match, max(sentence.start, start - 40), start):
            yield mention


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _ratifications(source: SourceText, sentence: Span) -> Iterator[_Mention]:
    for m in _RATIFIED.finditer(source.match, *sentence):
        convention = m.start("name") if re.search(r"\d", m["before"]) else m.start("before")
        title = source.trim(Span(convention, m.end()))
        yield _Mention(Span(*m.span()), title, "ratification", m["number"], None)


def _numbered(source: SourceText, sentence: Span) -> Iterator[_Mention]:
    for m in _NUMBERED.finditer(source.match, *sentence):
        start = _start(source, sentence, m.start())
        yield _with_year(source, Span(start, m.end()), _type_of(m), m["number"])
        plural = source.match[m.start() : m.end("topic")].rstrip().lower().endswith("s")
        at = m.end()
        while plural and (more := _AND_NUMBER.match(source.match, at, sentence.end)):
            yield _with_year(source, Span(*more.span("number")), _type_of(m), more["number"])
            at = more.end()


def _plain(source: SourceText, sentence: Span) -> Iterator[_Mention]:
    for m in _PLAIN.finditer(source.match, *sentence):
        year_only = re.fullmatch(r"(?:19|20)\d\d", m["number"])
        capital = source.match[m.start()].isupper()
        if year_only or not (capital or re.search(r"[/-]", m["number"])):
            continue
        yield _with_year(
            source, Span(_start(source, sentence, m.start()), m.end()), _type_of(m), m["number"]
        )


def _named(source: SourceText, sentence: Span) -> Iterator[_Mention]:
    for m in _NAMED.finditer(source.match, *sentence):
        article = _NOT_A_NAME.match(m["name"])
        start = m.start() + (article.end() if article else 0)
        end = m.end() + (source.match[m.end() : m.end() + 1] == ")")
        same = _NAME_FOLLOWS.search(source.match, sentence.start, start)
        if start < m.start("kind") and not same:
            span = Span(start, end)
            yield _Mention(span, span, m["kind"].lower(), None, int(m["year"]))


def _dated(source: SourceText, sentence: Span) -> Iterator[_Mention]:
    for m in _DATED.finditer(source.match, *sentence):
        kind = next(g for n, g in m.groupdict().items() if g and n != "topic")
        end = m.start() + len(kind)
        start = _start(source, sentence, m.start())
        if not _NAME_FOLLOWS.search(source.match, sentence.start, start):
            yield _Mention(Span(start, end), Span(start, end), _type_of(m), None, None)


def _type_of(found: re.Match[str]) -> str:
    return next(_TYPES[n][1] for n in range(len(_TYPES)) if found[f"t{n}"])


def _with_year(source: SourceText, span: Span, kind: str, number: str) -> _Mention:
    year = _OF_YEAR.match(source.match, span.end, span.end + 16)
    if year:
        closes = source.match[year.end() : year.end() + 1] == ")"
        span = Span(span.start, year.end() + (closes and "(" in year[0]))
        return _Mention(span, span, kind, number, int(year[1] or year[2]))
    inside = _YEAR_IN_NUMBER.search(number)
    return _Mention(span, span, kind, number, int(inside[1]) if inside else None)


def _start(source: SourceText, sentence: Span, start: int) -> int:
    """Take into an act's name what stands before its kind: "Prime Minister's", "Pension"."""
    low = max(sentence.start, start - 160)
    before = source.match[low:start]
    found = _ISSUER.search(before) or _BEFORE.search(before)
    if not found:
        return start
    article = _NOT_A_NAME.match(found[0])
    if article and article.end() == len(found[0]):
        return start
    return low + found.start() + (article.end() if article else 0)


# --- what is said of it --------------------------------------------------------------------------


def _read(
    source: SourceText, mention: _Mention, around: Span, dates: list[FoundDate], reported: bool
) -> FoundAct:
    date = _date(source, mention, around, dates)
    year = date.first.year if date and date.first else mention.year
    context = source.match[around.start : around.end]
    adopted = bool(_ADOPTION.search(context)) or mention.type == "ratification"
    other = _OTHER_ACT.search(source.match, around.start, mention.span.start)
    if other or not reported:
        confidence = _DOUBTFUL
    elif mention.number:
        confidence = _SURE if date or adopted else _NUMBER_ONLY
    else:
        confidence = _NAMED_ONLY if adopted else _DOUBTFUL
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
        _passed_by(source, mention, around),
        confidence,
    )


def _date(
    source: SourceText, mention: _Mention, around: Span, dates: list[FoundDate]
) -> FoundDate | None:
    """The first date after the act that is not said to be another one's; else one before it."""
    at = mention.span.end
    for date in dates:
        if not at <= date.span.start < around.end or date.reason == "has no year":
            continue
        between = source.match[at : date.span.start]
        words = list(_OTHER_DATE.finditer(between))
        adoption = list(_ADOPTION.finditer(between))
        if not words or (adoption and adoption[-1].start() > words[-1].start()):
            return date
        at = date.span.end
    for date in reversed(dates):
        if around.start <= date.span.start and date.span.end <= mention.span.start:
            between = source.match[date.span.end : mention.span.start]
            if _ADOPTION.search(between) and not _OTHER_DATE.search(between):
                return date
    return None


def _passed_by(source: SourceText, mention: _Mention, around: Span) -> str | None:
    name = source.match[mention.title.start : mention.title.end]
    issuer = _ISSUER_FIRST.match(name)
    if issuer:
        return source.value(Span(mention.title.start, mention.title.start + issuer.end(1)))
    for low, high in ((mention.span.end, around.end), (around.start, mention.span.start)):
        for by in _BY.finditer(source.match, low, high):
            passed = read_name(source, by.end(), high)
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
        if _ACTIVE.match(source.match, name.end, span.end):
            subject = source.value(name)
        at = name.end
    return subject
