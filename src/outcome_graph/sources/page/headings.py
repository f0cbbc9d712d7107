"""Which heading a line is: a known one, or one that its words tell.

Known headings, in English, French and Spanish, are found whatever their case, accents, apostrophes
and final colon; alone on a line, with text after a colon, or glued to the text before or after them
("…ReformOutcome achieved"), as pages copied from the web have them. What has but the form of a
heading (``layout``) is told by its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from outcome_graph.sources.page.sections import Kind
from outcome_graph.sources.page.words import headings as lex
from outcome_graph.sources.page.words import labels as told
from outcome_graph.sources.page.words.small import BULLETS, STEP
from outcome_graph.sources.text import SourceText, Span, fold

__all__ = [
    "Heading",
    "agencies_of",
    "alone",
    "heading_kind",
    "is_own",
    "kind_of_heading",
    "leading",
    "plain_words",
    "resolved",
    "within",
]

#: Whose contribution a heading tells of.
_WHOSE = re.compile(
    r"[#*=_ ]*(?:\d[.)] )?(?:(?:how|what) (?:the )?(?P<did>.+?) \w+(?: done)?"
    rf"|{lex.WORK_EN} (?:of|from|by|provided by) (?:the )?(?P<of>.+?)(?: (?:to|in|towards)\b.*)?"
    rf"|(?:the )?(?P<en>.+?)(?:'s|(?<=s)')? {lex.WORK_EN}(?: (?:to|in|towards)\b.*)?"
    rf"|{lex.WORK_FR} (?:de l'|de la |du |des |d'|de )(?P<fr>.+?)(?: (?:a|au|aux) .*)?"
    r"|(?:comment|ce qu[e']) ?(?:l'|le |la )?(?P<fait>.+?) a \w+"
    rf"|{lex.WORK_ES} (?:del |de la |de los |de )(?P<es>.+?)(?: (?:al?|en) .*)?"
    r"|(?:que|lo que|como) (?:hizo|contribuyo|apoyo|ayudo|aporto) (?:la |el )?(?P<hizo>.+?)"
    r"|(?:lo que|como) (?:la |el )?(?P<como>.+?) \w+)[#*=_ :.]*",
    re.IGNORECASE,
)
#: "UNICEF's and ILO's", "du PAM et du BIT".
_AND = re.compile(
    r"(?:['’]s?)?\s*(?:,|&|\b(?:and|et|y|e)\b)\s+"
    r"(?:(?:the|du|des|del|de la|de l['’]|de|d['’])\s*)?",
    re.IGNORECASE,
)


def _groups(tables: dict[Kind, dict[str, str]]) -> list[tuple[str, Kind | None, str]]:
    return [(f, kind, lang) for kind, forms in tables.items() for lang, f in forms.items()]


_GLUABLE = [*_groups(lex.MAIN), *((form, None, lang) for lang, form in lex.EITHER.items())]
#: Headings that text may follow on their line, after a colon.
_LED = [*_GLUABLE, *_groups(lex.SHORT), *_groups(lex.OF_AGENCY)]
_ALL = [
    *_LED,
    *((form, None, lang) for lang, form in lex.EITHER_SHORT.items()),
]


def _alternatives(forms: list[tuple[str, Kind | None, str]], prefix: str) -> str:
    joined = "|".join(f"(?P<{prefix}{n}>{form})" for n, (form, _, _) in enumerate(forms))
    return joined.replace(" ", r"[ ]{1,4}")


_ALONE = re.compile(
    rf"[#*=_ ]{{0,8}}(?:\d[.)] )?(?:{_alternatives(_ALL, 'a')})[ ]{{0,4}}[:.]?[#*=_ ]{{0,8}}",
    re.IGNORECASE,
)
_BULLETS = rf"[#*=_{BULLETS} -]{{0,8}}"
_WITH_COLON = re.compile(
    rf"{_BULLETS}(?:\d[.)] )?(?:{_alternatives(_LED, 'c')})[ ]{{0,4}}:", re.IGNORECASE
)
#: The first cell of a line whose cells stand apart.
_CELL = re.compile(r"(?:\|[ ]?)?(?P<head>[^\t|]{2,80}?)(?=\t|[ ]{3,}|[ ]?\|)")
_INSIDE = re.compile(_alternatives(_GLUABLE, "g"), re.IGNORECASE)
_DETERMINER = re.compile(
    r"\b(?:the|an?|this|each|of|le|la|les|un|une|el|los|del?|du|des)\s*$", re.I
)
_STEP_OR_FACTS = re.compile(
    rf"\({STEP} ?\d\)|number of countries|nombre de pays|numero de paises"
    r"|\b[A-Z]{3} ?\d{3}\b[^\n]{0,40}\b20\d\d[-/]\d\d"
    # "Étape 1", "Référence : MDG102"
    rf"|^[\s•*-]{{0,6}}{STEP} \d\s*$|[:\t]\s?[A-Z]{{3}}\d{{3}}\s*$",
    re.IGNORECASE | re.MULTILINE,
)
#: A heading is no longer than this.
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: of what (None: of either of two, see `resolved`), and where it stands.

    Parameters:
        value: what follows it on its line. whole: whether its section is that line.
        known: whether it is one of the known headings, not told by its words.
    """

    kind: Kind | None
    language: str | None
    span: Span
    value: Span | None = None
    whole: bool = False
    known: bool = True


def heading_kind(line: str) -> Kind | None:
    """Return which section a line begins, None when it is no heading.

    Headings that mean either of two sections count as the later one.
    """
    found = _ALONE.fullmatch(fold(line))
    return None if found is None else _ALL[int((found.lastgroup or "a0")[1:])][1] or Kind.ACHIEVED


def agencies_of(source: SourceText, heading: Span) -> list[str]:
    """Return whose contribution a heading tells of, as written: as a rule one agency's.

    Parameters:
        source: the text. heading: where "UNDP's contribution to the outcome" stands.
    """
    found = _WHOSE.fullmatch(source.match, *source.trim(heading))
    name = found and next((n for n, words in found.groupdict().items() if words), None)
    if not (found and name):
        return []
    words = source.value(Span(*found.span(name)))
    return [part for part in _AND.split(words) if part]


def resolved(source: SourceText, body: Span, seen: set[Kind]) -> Kind:
    """Tell which of its two meanings a heading such as "Résultat obtenu" has.

    Parameters:
        source: the text. body: what stands under it. seen: the kinds of section before it.
    """
    if _STEP_OR_FACTS.search(source.match, body.start, min(body.end, body.start + 4000)):
        return Kind.RESULT
    if source.trim(body).start == source.trim(body).end and not seen:
        return Kind.RESULT
    return Kind.ACHIEVED


def alone(source: SourceText, line: Span) -> Heading | None:
    """Return the known heading that a line is.

    Parameters:
        source: the text. line: one line.
    """
    if line.end - line.start > _LONGEST:
        return None
    found = _ALONE.fullmatch(source.match, *line)
    return _made(found, _ALL, line) if found else None


def is_own(source: SourceText, heading: Heading) -> bool:
    """Tell whether a heading begins a page of our own form: "Result achieved", "Outcome summary".

    Parameters:
        source: the text. heading: as `alone` returns it.
    """
    kinds = (None, Kind.RESULT, Kind.SUMMARY)
    words = source.match[heading.span.start : heading.span.end].strip("#*=_ :.")
    return heading.kind in kinds and bool(_INSIDE.fullmatch(words))


def leading(source: SourceText, line: Span) -> Heading | None:
    """Return the known heading that a line begins with, before a colon or a gap."""
    line = Span(line.start, min(line.end, line.start + _LONGEST))
    cell = _CELL.match(source.text, *line)
    first = cell and _ALONE.fullmatch(source.match, *cell.span("head"))
    if cell and first:
        return _made(first, _ALL, Span(*cell.span()))
    found = _WITH_COLON.match(source.match, *line)
    return _made(found, _LED, Span(*found.span())) if found else None


def within(source: SourceText, line: Span, at: int) -> Iterator[Heading]:
    """Yield the known headings that stand within a line, glued to the text beside them.

    Parameters:
        source: the text. line: one line. at: from where to look.
    """
    for inside in _INSIDE.finditer(source.match, at, line.end):
        if _is_glued(source, inside, line):
            end = inside.end()
            colon = source.match[end : end + 2].lstrip()[:1] == ":"
            end = source.match.index(":", end) + 1 if colon else end
            yield _made(inside, _GLUABLE, Span(inside.start(), end))


def _made(found: re.Match[str], forms: list[tuple[str, Kind | None, str]], span: Span) -> Heading:
    _, kind, language = forms[int((found.lastgroup or "a0")[1:])]
    return Heading(kind, language, span)


def _is_glued(source: SourceText, found: re.Match[str], line: Span) -> bool:
    """Whether words of a heading inside a line are one, not prose that happens to use them.

    They begin with a capital, and either touch the text beside them without a space, or stand
    between the end of one phrase and a capital letter.
    """
    match, start, end = source.match, found.start(), found.end()
    if not match[start].isupper():
        return False
    before = match[start - 1] if start > line.start else "\n"
    after = match[end] if end < line.end else "\n"
    if after == ":" or (after == " " and match[end : end + 2] == " :"):
        after = "\n"
    if after.islower() or after == "'" or after == "-" or before in "-/'\"(":
        return False
    if not before.isspace() or after.isalnum():
        return True
    if _DETERMINER.search(match, max(line.start, start - 8), start):
        return False
    next_word = match[end : end + 2].strip()[:1]
    return after == "\n" or (after == " " and (next_word.isupper() or next_word.isdigit()))


def plain_words(text: str) -> str:
    """The words of a heading or label without its number, signs, capitals and accents."""
    plain = told.NUMBERED.sub("", told.SIGNS.sub(" ", fold(text).casefold()), count=1)
    return " ".join(plain.split())


def kind_of_heading(text: str) -> Kind | None:
    """Return what the words of a heading are of, None when they do not tell.

    Parameters:
        text: a line that has the form of a heading.
    """
    words = told.WOMENS_AGENCY.sub("un", plain_words(text))
    if told.NO_HEADING.search(words):
        return Kind.OTHER
    speaking = {found[0] for _, speaks_of in told.SUBJECTS for found in speaks_of.finditer(words)}
    plain = [word for word in words.split() if len(word) > told.SMALL]
    if len(plain) > told.PLAIN_WORDS and len(speaking) < told.FEWEST_TOLD and "?" not in text:
        # A sentence that happens to use such a word.
        return None
    kind = next((kind for kind, speaks_of in told.SUBJECTS if speaks_of.search(words)), None)
    others = kind is Kind.CONTRIBUTION and told.OTHERS_DID.search(words)
    return Kind.ACHIEVED if others else kind
