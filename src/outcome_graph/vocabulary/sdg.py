"""Codes of the Sustainable Development Goals, and the ways people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

from outcome_graph.namespaces import OG, SDG, SKOS, IriMinter
from outcome_graph.vocabulary.files import Descriptions, descriptions, texts_of
from outcome_graph.vocabulary.goal_titles import goals_hinted, goals_titled
from outcome_graph.vocabulary.names import fold, plain
from outcome_graph.vocabulary.sdg_titles import titled

__all__ = ["SdgCode", "SdgCodes", "SdgKind"]

SdgKind: TypeAlias = OneOf["goal", "target", "indicator"]

_SDG_WORD = (
    r"(?:(?:un[ -]?)?(?:sdgs?|odd|ods|цур|(?:sustainable development|global) goals?|"
    r"objectifs? de developpement durable|objetivos? de desarrollo sostenible)[\s:#_-]*)?"
)
_KIND_WORD = (
    r"(?:(?:goals?|objectifs?|objetivos?|targets?|cibles?|metas?|indicators?|indicateurs?|ind\.|"
    r"indicador(?:es)?|(?:可持续发展)?目标)[\s:#_-]*)?"
)
#: "SDG target", or "Meta ODS".
_PREFIX = (
    r"(?:the |la |le |el |l['’])?(?:(?:2030 agenda|agenda 2030)[,:]? )?"
    rf"{_SDG_WORD}(?:{_KIND_WORD}|{_KIND_WORD}{_SDG_WORD})"
    r"(?:(?:nos?\.?|n°|nr\.?|n\.?o\.?|num\.?|number|numero)\s*)?"
)
_CODE = re.compile(
    rf"(?P<prefix>{_PREFIX})(?P<goal>\d{{1,2}})(?:\.(?P<target>\d{{1,2}}|0?[a-z])(?![a-z]))?"
    r"(?:\.(?P<indicator>\d{1,2}[a-z]?))?(?!\w)(?P<rest>.*)",
    re.DOTALL,
)
_PERMANENT = re.compile(r"c\d{2}[0-9a-z]{2}\d{2}")
_IRI = re.compile(
    r"(?:https?://)?(?:www\.)?(?:metadata\.un\.org/sdg/|sdgs\.un\.org/goals/(?=goal\d))"
)
_GOAL_WORD = r"(?:(?:sdg|odd|ods)\s?)?(?:goal|objectif|objetivo)?"
_TARGET_WORD = r"(?:targets?|cibles?|metas?)(?![a-z])"
#: After a number: what makes it one of many, "SDGs 1 and 8", or no code, "3.5 million".
_MORE_OR_OTHER = re.compile(
    rf"\s*(?:(?:and|et|y|&|/|,|;|-|–|to|a|au)\s*{_PREFIX}\d|\d{{1,2}}\.\d|%|(?:per|pour|por)\s?c|version\b|"
    r"(?:millions?|milliards?|billions?|thousand|mille|mil|millones|m|mn|bn|k|usd|eur|euros?|"
    r"dollars?|us\$|years?)\b)"
)
#: "SDG 1: No poverty, SDG 8: Decent work".
_ANOTHER = re.compile(r"\b(?:sdgs?|odd|ods)[\s#-]*(\d{1,2})\b")
#: "Goal 1, target 3", "SDG 1 target 1.3", "SDG 8 b", "SDG 8b", "T1.3": targets all.
_OF_GOAL = re.compile(
    rf"^(?:{_GOAL_WORD}\s?(?P<same>\d{{1,2}})[\s,:;/(–-]+(?:{_TARGET_WORD}\s?)?"
    r"(?P=same)\.(?P<part>\d{1,2}|[a-z])(?![\w.])\)?"
    rf"|{_GOAL_WORD}\s?(?P<goal>\d{{1,2}})\s?[,:;/-]?\s?{_TARGET_WORD}\s?"
    r"(?:(?P<again>\d{1,2})\.)?(?P<target>\d{1,2}|[a-z])(?![\w.])"
    r"|(?:sdg|odd|ods|goal|objectif|objetivo)\s?(?P<lettered>\d{1,2})\s?(?P<letter>[a-d])$"
    r"|t\s?(?P<short>\d{1,2}\.(?:\d{1,2}|[a-d]))$)"
)
#: Known by a title that is near the official one; less is only a hint.
_TITLED = 0.9
_KINDS: tuple[SdgKind, ...] = ("goal", "target", "indicator")


@dataclass(frozen=True, slots=True)
class SdgCode:
    """What words say of the SDGs.

    Parameters:
        kind: goal, target or indicator.
        code: as the UN's IRIs end: "1", "1.3", "C010301"; as written when there is no such one.
        exists: whether there is such a goal, target or indicator.
        confidence: 0 to 1; below 0.8 the words only hint at it.
    """

    kind: SdgKind
    code: str
    exists: bool = True
    confidence: float = 1.0


class SdgCodes:
    """The goals, targets and indicators.

    Parameters:
        described: what ``data/sdg.ttl`` says.
    """

    def __init__(self, described: Descriptions) -> None:
        self._kinds: dict[str, SdgKind] = {}
        self._indicators: dict[str, str] = {}
        #: The numbers of an indicator; several where several targets share it.
        self._dotted: dict[str, list[str]] = {}
        self._titles: dict[str, str] = {}
        for iri, description in described.items():
            if not iri.startswith(SDG.iri):
                continue
            code = iri[len(SDG.iri) :]
            codes = [v.value for v in description.get(SKOS.notation.value, [])]
            depth = max((c.count(".") for c in codes), default=0)
            self._kinds[code] = _KINDS[depth]
            if depth == 2:
                self._indicators.update({_trimmed(plain(c)): code for c in (*codes, code)})
                self._dotted[code] = [_trimmed(plain(c)) for c in codes]
            elif depth == 0:
                titles = texts_of(description, OG.shortLabel, SKOS.prefLabel, SKOS.altLabel)
                self._titles.update({fold(title): code for title, _ in titles})

    @classmethod
    def load(cls, minter: IriMinter) -> SdgCodes:
        """Read the packaged SDG skeleton."""
        wanted = (SKOS.notation, OG.shortLabel, SKOS.prefLabel, SKOS.altLabel)
        return cls(descriptions("sdg", minter, wanted))

    def codes(self, kind: SdgKind) -> list[str]:
        """Return all codes of a kind."""
        return [code for code, of in self._kinds.items() if of == kind]

    def number(self, code: str) -> str:
        """Write an indicator as people know it: "1.3.1" for C010301, "2.b.1" for C020b02.

        One that several targets share (C200303) has no number of its own, and keeps its code.
        """
        numbers = {number for number in self._dotted.get(code, ()) if "." in number}
        return numbers.pop() if len(numbers) == 1 else code

    def goal_of(self, target: str) -> str:
        """Return the goal that a target belongs to."""
        return target.split(".")[0]

    def read(self, words: str) -> SdgCode | None:
        """Tell which goal, target or indicator words speak of, None when of none.

        Codes may be written in any usual way: "SDG 1", "Goal 1", "ODD 1", "cible 1.3", "01.03",
        "1.3.1", "C010301", "Goal 1 target 3", with or without the title after them. Goals and
        targets are known by their titles in English, French and Spanish, in wording near the
        official one. Words that name several are none.
        """
        text = _IRI.sub("", plain(words))
        if _PERMANENT.fullmatch(text):
            code = self._indicators.get(text)
            return SdgCode("indicator", code or text.upper(), code is not None)
        text = _OF_GOAL.sub(_as_target, text, count=1)
        found = _CODE.fullmatch(text)
        if found:
            return self._by_code(found)
        return self._by_title(words)

    def _by_code(self, found: re.Match[str]) -> SdgCode | None:
        written = ".".join(p for p in (found["goal"], found["target"], found["indicator"]) if p)
        code = _trimmed(written)
        if found["indicator"]:
            permanent = self._indicators.get(code)
            return SdgCode("indicator", permanent or code, permanent is not None)
        others = {number.lstrip("0") for number in _ANOTHER.findall(found["rest"])}
        if _MORE_OR_OTHER.match(found["rest"]) or others - {found["goal"].lstrip("0")}:
            return None
        by_title = self._by_title(found["rest"])
        # "2 No poverty" contradicts itself: neither is taken.
        if by_title is not None and by_title.confidence >= _TITLED:
            dotted = self._dotted.get(by_title.code, [by_title.code])
            if not any(_agree(one, code) for one in dotted):
                return None
        if found["target"]:
            return SdgCode("target", code, self._kinds.get(code) == "target")
        # A bare number with other words after it is not said to be a goal: "80% of women".
        if found["rest"].strip(" .:;)-") and not found["prefix"] and by_title is None:
            return None
        return SdgCode("goal", code, self._kinds.get(code) == "goal")

    def _by_title(self, words: str) -> SdgCode | None:
        exact = self._titles.get(fold(words))
        if exact:
            return SdgCode("goal", exact)
        if code := titled(words):
            return SdgCode(self._kinds[code], code, confidence=_TITLED)
        for goals, confidence in ((goals_titled(words), _TITLED), (goals_hinted(words), 0.6)):
            if len(goals) == 1:
                return SdgCode("goal", goals[0], confidence=confidence)
            if goals:
                return None
        return None


def _agree(one: str, other: str) -> bool:
    """Whether two codes are the same, or one is the goal of the other."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _as_target(found: re.Match[str]) -> str:
    if found["short"]:
        return found["short"]
    if found["same"]:
        return f"{found['same']}.{found['part']}"
    if found["letter"]:
        return f"{found['lettered']}.{found['letter']}"
    return f"{found['again'] or found['goal']}.{found['target']}"


def _trimmed(code: str) -> str:
    """Write a code in its compact form: "01.03" is "1.3"."""
    return ".".join(part.lstrip("0") or "0" for part in code.split("."))
