"""What makes an act the result's own: the words that govern it, and the years of the page.

A page cites acts for many reasons. One is stated as its result only where words say outright that
it was made (a verb of adoption directly before or after it), or where it does what is reported (it
is the subject, or the means: "raised by Decree No. 5"), and its year is that of the page. All
others wait for review.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from outcome_graph.sources.page.dates import DAY as _DAY
from outcome_graph.sources.page.dates import FoundDate, with_days
from outcome_graph.sources.page.evidence import is_unreal
from outcome_graph.sources.page.words.acts import ADOPTED, PAST
from outcome_graph.sources.page.words.small import BULLETS, WAS
from outcome_graph.sources.text import SourceText, Span

__all__ = ["Governed", "Years", "governing"]

#: How far from an act the words that govern it are looked for.
_REACH = 600
_ADVERB = (
    r"(?:(?:also|then|finally|officially|formally|unanimously|jointly|subsequently|recently|both|"
    r"since|been|ensuite|enfin|officiellement|egalement|aussi|recemment|oficialmente|tambien|"
    r"finalmente|luego|recientemente)\s{1,3}){0,2}"
)
#: After the act, past its topic: "was adopted"; or at once: ", adopted".
_PASSIVE = re.compile(
    rf"(?P<topic>[^.;]{{0,200}}?)\b{WAS}\s{{1,3}}{_ADVERB}(?P<verb>(?:{ADOPTED}|{PAST}))\b",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(
    r"(?:\s(?:of|dated|du|de|del|de fecha|en date du))?"
    rf"[\s,)\"{_DAY}]{{0,40}}(?:\([^()]{{1,40}}\))?[\s,(]{{0,3}}(?:and |et |y )?{_ADVERB}"
    rf"(?P<verb>{ADOPTED})\b",
    re.IGNORECASE,
)
#: A verb of its own in the topic: what follows is said of something else.
_OTHER_VERB = re.compile(
    r"\b(?:was|were|is|are|has|have|had|did|which|that|who|whose|when|while|but|a|ont|est|sont|"
    r"qui|que|dont|fue|fueron|ha|han|es|son|cuyo|cuya)\b",
    re.IGNORECASE,
)
#: Directly before the act: the verb, a day or who did it, and the words that lead to a name.
_ACTIVE = re.compile(
    rf"\b(?P<verb>{ADOPTED}|{PAST})[\s,]{{1,3}}(?:(?:(?:on|le|el|du|del)\s)?{_DAY}+[\s,]{{1,3}})?"
    r"(?:(?:(?!of\b|on\b|to\b|for\b|from\b|with\b|about\b|in\b|sur\b|de\b|du\b|des\b|d'|aux?\b|"
    r"sobre\b|del\b|en\b|para\b|pour\b|and\b|y\b|et\b|that\b|que\b|by\b|par\b|por\b)"
    r"[a-z'-]{1,20}\s{1,3}){0,3}|l')[\"']?"
    # "passed the Safety Act (Law No. 2/2024)": its name stands before.
    r"(?:(?-i:[A-Z])[^,;:()]{3,120}\s\(|"
    # "passed the Relations (Amendment) Act, Act No. 33 of 2023"
    r"(?-i:[A-Z])[^,;:]{3,120}\s(?-i:Act|Law|Code|Decree|Order|Ordinance),\s)?$",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"\b(?:adoption|approval|promulgation|enactment|signature|signing|publication|issuance|passage|"
    r"vote|aprobacion|promulgacion|firma|publicacion|expedicion)\s(?:of|de|du|del|des)\s?"
    r"(?:the\s|la\s|le\s|l'|las?\s|los?\s|el\s|an?\s|new\s)*[\"']?$",
    re.IGNORECASE,
)
#: The words of a ratification begin with its verb; as a noun it may be one that is wished for.
_RATIFIED = re.compile(r"ratifi(?:ed|ee?s?|co|caron|cad[oa]s?)\b", re.IGNORECASE)
_DEPOSITED = re.compile(r"\b(?:deposit\w*|depos\w+|registered|enregistr\w+|registr\w+)\b", re.I)
#: "the rate was raised by Decree", "a été révisé par l'arrêté": it is the means.
_MEANS = re.compile(
    # "set the tariffs with its Circular": an act of its own
    r"\b(?:with (?:its|his|her|their)|avec (?:son|sa)|con su)\s$|"
    r"(?P<last>[^\W\d_]{2,})(?P<comma>,?)\s"
    r"(?:by|through|via|par|por|con|mediante|a traves de|au moyen de|in|dans|en)\s"
    r"(?:(?:the|an?|its|la|le|les|el|los|las|un|une|una|sa|son|su|new|both)\s|l'){0,2}$"
    r"|^[\s,]*(?:(?:finally|additionally|ademas|en outre|in addition|then)[\s,]+)?"
    r"(?:by|through|via|par|mediante|a traves de|con|with|avec)\s"
    r"(?:(?:the|an?|la|le|el|un|une)\s|l')?$",
    re.IGNORECASE,
)
_PARTICIPLES = re.compile(
    r"[a-z]+ed|laid|set|made|taken|given|[a-z]+(?:é|ée|és|ées|ises?|ites?)|[a-z]+[ai]d[oa]s?",
    re.IGNORECASE,
)
_TOLD = re.compile(rf"(?:,\s?|\b{WAS}\s(?:[\w-]+\s){{0,3}})$", re.IGNORECASE)
#: Before the act at the beginning of its clause nothing but how it goes on.
_FIRST = re.compile(
    rf"(?:^[\s{BULLETS}*-]*|[;:]\s|,\s(?:and|et|y)\s)[\s\"'(]*(?:(?:also|additionally|moreover|furthermore|then|"
    r"in addition|finally|ademas|asimismo|tambien|finalmente|en outre|par ailleurs|enfin|de plus)"
    r"[\s,]{1,3})?(?:(?:the|an?|la|le|les|el|los|las|un|une|una|new|this)\s{1,3}|l')?$",
    re.IGNORECASE,
)
#: A first subject's own doing comes before its next clause, and so does what undoes it.
_OWN_CLAUSE = re.compile(r"[^.;]{0,60}")
_STARTS = re.compile(r"(?:^|[.;:]\s|,\s(?:which|that|who|qui|que|but|mais|pero)\s)")


@dataclass(frozen=True, slots=True)
class Years:
    """The years that a page is about, None where it does not tell.

    Parameters:
        first, last: of its biennium and the date of the result.
    """

    first: int | None = None
    last: int | None = None

    def hold(self, year: int | None) -> bool:
        """Whether an act of a year can be the page's result: a year more on either side."""
        if year is None or self.first is None or self.last is None:
            return True
        return self.first - 1 <= year <= self.last + 1


@dataclass(frozen=True, slots=True)
class Governed:
    """By what an act is governed.

    Parameters:
        by: "verb", "means" or "subject". end: where a verb after the act ends.
    """

    by: str
    end: int | None = None


def governing(
    source: SourceText,
    act: Span,
    around: Span,
    dates: list[FoundDate],
    *,
    ratification: bool = False,
) -> Governed | None:
    """Return what says that an act was made or does what is reported, None when nothing does.

    Parameters:
        source: the text. act: the words of the act. around: its sentence, up to other acts.
        dates: of the sentence. ratification: the act is one, so that its words begin with the verb.
    """
    around = Span(max(around.start, act.start - _REACH), min(around.end, act.end + _REACH))
    words = with_days(source, around, dates)
    before = words[: act.start - around.start]
    after = words[act.end - around.start :]
    clause = around.start + max((m.end() for m in _STARTS.finditer(before)), default=0)
    if ratification:
        done = _RATIFIED.match(source.match, act.start) or _DEPOSITED.search(before)
        return Governed("verb") if done and not is_unreal(source, clause, act.start) else None
    active = _ACTIVE.search(before)
    if active:
        real = not is_unreal(source, clause, around.start + active.start())
        return Governed("verb") if real else None
    for pattern in (_PARTICIPLE, _PASSIVE):
        verb = pattern.match(after)
        if verb and not _OTHER_VERB.search(verb.groupdict().get("topic") or ""):
            end = act.end + verb.end()
            return None if is_unreal(source, act.end, end) else Governed("verb", end)
    if _NOUN.search(before):
        return None if is_unreal(source, clause, act.start) else Governed("verb")
    own = _OWN_CLAUSE.match(after)
    ends = act.end + (own.end() if own else 0)
    if is_unreal(source, clause, ends):
        return None
    if _FIRST.search(before):
        return Governed("subject")
    means = _MEANS.search(before)
    return Governed("means") if means and _tells(source, around.start, before, means) else None


def _tells(source: SourceText, start: int, before: str, means: re.Match[str]) -> bool:
    """Whether the verb before the means tells what was done, and not which one is meant.

    "The rate was raised by Decree", "the strategy, adopted by Decree, …" tell; "the regime
    introduced by Law" only says which.
    """
    if not means["last"] or means["comma"]:
        return True
    last = source.text[start + means.start("last") : start + means.end("last")]
    if not _PARTICIPLES.fullmatch(last):
        return True
    return bool(_TOLD.search(before, max(0, means.start() - 60), means.start()))
