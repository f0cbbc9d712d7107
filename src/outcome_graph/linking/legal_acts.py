"""Legal acts: kind and normalised number, so that two mentions of one act meet in one node.

The same act is the same country, year, kind and normalised number. A number is normalised thus:

1. words of numbering go ("No.", "N°", "núm."), and so do zeros before a number and points or commas
   that part thousands ("1.234"); Roman numerals are written in digits;
2. the part that repeats the act's own year goes: "41/2024" of 2024 is 41, and so is "No. 41 of
   2024"; of another year's act it stays;
3. for kinds that one body of a country issues (laws, decrees …) letters that name the issuer go:
   "224/PM" is 224, "10/2012/QH13" is 10. Circulars, decisions, orders and the like are numbered by
   each ministry for itself, as are decrees in Peru, so theirs stay: "59/2015/TT-BTC" is
   "59-tt-btc". Only the mark PM of a prime minister goes everywhere.

Where a country numbers two sorts of one kind apart (Spain its organic laws), the sort stands in the
slug instead of the kind. Where the law knows no acts, "Act No. 26844" is how a translator wrote
"Ley N° 26844": it is a law.

Where a country's numbers begin with the year in two digits ("Loi n° 97-17" in Senegal, "Dahir n°
1-03-194" in Morocco), that is the act's year when nothing else says it.

The slug is kind and normalised number ("decree-224"); without a number, kind and title, or day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from outcome_graph.draft import Draft, Problem
from outcome_graph.errors import UsageError
from outcome_graph.linking.readings import (
    changed,
    drop_stated_candidates,
    problem,
    repointed,
)
from outcome_graph.model import LegalAct
from outcome_graph.namespaces import slugify
from outcome_graph.vocabulary import Knowledge, fold, one_spelling, words_of

__all__ = ["link_legal_acts", "normalised_number"]

_NUMBERING = re.compile(
    r"^\s*(?:(?:no|nos|nr|num|núm|number|numéro|número|n)\b\s*[.:]?\s*[°º]?|n[°º]|№|#|[°º])\s*[.:]?\s*",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"(?<![\w.,])(?!0)\d{1,3}(?:[.,]\d{3})+\b")
#: "Labour Act, 2074 (2017)": a year of Nepal's calendar.
_OTHER_CALENDAR = r"20[4-9]\d|B\.?\s?E\.?\s?\d{4}"
_ARTICLE = re.compile(r"^\s*the\s", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
#: "Loi n° 97-17", "Dahir n° 1-03-194": the first year of two digits, and where they stand.
_PIVOT = 1946
_NEVER = re.compile(r"(?!)")
_YEAR_FIRST = re.compile(r"(\d\d)[-/]\d")
_SHORT_YEARS = {
    **dict.fromkeys(
        ["BEN", "CIV", "CMR", "DZA", "FRA", "MDG", "MLI", "MRT", "NER", "SEN", "TGO", "TUN"],
        _YEAR_FIRST,
    ),
    "MAR": re.compile(r"1[-.](\d\d)[-.]\d"),
}
_OF_YEAR = re.compile(r"\s+(?:of|de|du|del)\s+(?=\d{4}\b)", re.IGNORECASE)
#: Kinds that one body of a country issues, so that number and year say which act it is.
_ONE_ISSUER = frozenset(
    {
        "act",
        "constitution",
        "decree",
        "decree-law",
        "law",
        "ordinance",
        "ratification",
        "royal-decree",
        "sub-decree",
        "treaty",
    }
)
#: Countries where each issuer numbers its own of a kind that elsewhere has one series.
_BY_ISSUER = frozenset({("CMR", "decree"), ("PER", "decree")})
_PRIME_MINISTER = "pm"
_NUMERALS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN = re.compile(r"(?=.)c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
#: Sorts of a kind that a country numbers apart, by how their names begin, and what the slug says.
_ORGANIC_LAW = (r"organic law|ley organica|lei organica|loi organique", "organic-law")
_LEGISLATIVE_DECREE = (r"legislative decree|decreto[ -]legislativo", "legislative-decree")
_SORTS: dict[str, tuple[tuple[str, str], ...]] = {
    "BRA": (
        (r"complementary law|lei complementar|ley complementaria|l ?c\b", "complementary-law"),
    ),
    "CPV": (_LEGISLATIVE_DECREE,),
    "ESP": (_ORGANIC_LAW,),
    "GHA": ((r"executive instrument|e ?i\b", "executive-instrument"),),
    "IDN": (
        (r"presidential regulation|peraturan presiden|perpres", "presidential-regulation"),
        (r"government regulation|peraturan pemerintah|pp\b", "government-regulation"),
        (
            r"ministerial regulation|regulation of the minister|peraturan menteri",
            "ministerial-regulation",
        ),
    ),
    "PER": (
        (r"resolucion suprema|supreme resolution|r ?s\b", "supreme-resolution"),
        (r"resolucion directoral|directoral resolution|r ?d\b", "directoral-resolution"),
        (r"resolucion legislativa|legislative resolution", "legislative-resolution"),
    ),
    "PHL": (
        (r"executive order|e ?o\b", "executive-order"),
        (r"administrative order|a ?o\b", "administrative-order"),
    ),
    "PRT": (_ORGANIC_LAW,),
}
#: Countries whose parliaments make laws and never acts, in their own languages.
_LAWS_ONLY = words_of(
    "AGO ARE ARG BDI BEN BFA BHR BOL BRA CAF CHL CIV COD COG COL COM CPV CRI CUB DJI DOM DZA ECU "
    "EGY ESP FRA GAB GIN GNB GNQ GTM HND HTI IDN IRQ JOR KHM KWT LAO LBN LBY MAR MDG MEX MLI MOZ "
    "MRT NER NIC OMN PAN PER PRT PRY PSE QAT SAU SEN SLV STP SYR TCD TGO TLS TUN URY VEN VNM YEM"
)


def normalised_number(number: str, kind: str | None, year: int | None, place: str = "") -> str:
    """Return the normalised form of an act's number, "" when nothing is left of it.

    Parameters:
        number: as written. kind: its notation in ``legal-act-type``. year: the act's year.
        place: code of the country whose act it is.
    """
    text = _THOUSANDS.sub(lambda m: re.sub(r"[.,]", "", m[0]), _bare(number))
    parts = [p for p in re.split(r"[\W_]+", _OF_YEAR.sub("/", text).lower()) if p]
    if len(parts) > 1 and str(year) in parts:
        others = _without(parts, year)
        parts = others if any(p.isdecimal() or _roman(p) for p in others) else parts
    one_issuer = kind in _ONE_ISSUER and (place, kind) not in _BY_ISSUER
    marks = [p for p in parts if _is_mark(p) and (one_issuer or p == _PRIME_MINISTER)]
    # "P-RM": the letter is part of the mark.
    marks += [p for p, after in pairwise(parts) if after in marks and len(p) == 1 and p.isalpha()]
    if any(any(c.isdecimal() for c in p) for p in parts if p not in marks):
        parts = [p for p in parts if p not in marks]
    if len(parts) == 1 and (roman := _roman(parts[0])):
        return str(roman)
    return "-".join((p.lstrip("0") or "0") if p.isdecimal() else p for p in parts)


def _roman(part: str) -> int:
    """Return the number that letters write in Roman numerals, 0 when they write none."""
    if not _ROMAN.fullmatch(part):
        return 0
    values = [_NUMERALS[letter] for letter in part]
    return sum(-v if v < after else v for v, after in pairwise([*values, 0]))


def _without(parts: list[str], year: int | None) -> list[str]:
    n = parts.index(str(year))
    return parts[:n] + parts[n + 1 :]


def _is_mark(part: str) -> bool:
    """Whether a part names an issuer: two letters or more; "A", "bis", "IX" tell acts apart."""
    return bool(re.match(r"[^\W\d]{2}", part)) and not re.fullmatch(r"bis|ter|[ivx]+", part)


def _bare(number: str) -> str:
    return _NUMBERING.sub("", number).strip(" \t\n.,;:()[]")


def link_legal_acts(draft: Draft, knowledge: Knowledge) -> Draft:
    """Normalise the legal acts of a draft and put mentions of the same act together.

    Parameters:
        draft: the draft, its country linked. knowledge: the look-up tables.
    """
    record = draft.record
    problems: list[Problem] = []
    linked = {act.key: _linked(draft, act, knowledge, problems) for act in record.legal_acts}
    dated = _merged(linked.values())
    same = {act.key: _same(act, dated) for act in linked.values()}
    moved = {("legal_acts", old): ("legal_acts", same[a.key], 1.0) for old, a in linked.items()}
    candidates = []
    for candidate in record.candidates:
        if isinstance(candidate.value, LegalAct):
            act = _linked(draft, candidate.value, knowledge, problems)
            known = dated.get(_same(act, dated))
            candidate = replace(candidate, value=known or act)
        candidates.append(candidate)
    acts = _merged(_given(act, dated) for act in linked.values())
    record = repointed(record, moved).with_changes(
        legal_acts=tuple(acts.values()), candidates=tuple(candidates)
    )
    record = drop_stated_candidates(record, {"legal_acts": set(acts)})
    return changed(draft, record, problems)


def _linked(draft: Draft, act: LegalAct, knowledge: Knowledge, problems: list[Problem]) -> LegalAct:
    kind = act.type
    if act.type is not None:
        kind = knowledge.concepts.notation("legal-act-type", act.type)
        if kind is None:
            message = (
                f"“{act.type}” is no kind of legal act that we know; the act is kept without its "
                "kind."
            )
            problems.append(problem(draft, "warning", message, "legal_acts"))
    number = (_bare(act.number) or None) if act.number else None
    known = knowledge.countries.get(act.place) if len(act.place) == 3 else None
    regional = knowledge.countries.is_region(act.place)
    place = act.place if known is not None or regional else draft.record.place
    year = act.year if act.year is not None else _year_in(number) or _short_year(number, place)
    if kind == "act" and place in _LAWS_ONLY:
        kind = "law"
    act = replace(act, place=place, number=number, type=kind, year=year)
    return replace(act, slug=_slug(act))


def _year_in(number: str | None) -> int | None:
    years = [p for p in re.split(r"\D+", number or "") if _YEAR.fullmatch(p)]
    parts = re.findall(r"\d+", number or "")
    return int(years[0]) if len(years) == 1 and len(parts) > 1 else None


def _short_year(number: str | None, place: str) -> int | None:
    """Return the year that a number begins with in two digits, where its country numbers so."""
    pattern = _SHORT_YEARS.get(place, _NEVER)
    found = pattern.match(number or "")
    return _PIVOT + (int(found[1]) - _PIVOT) % 100 if found else None


def _slug(act: LegalAct) -> str:
    kind = _sort(act) or act.type or "legal-act"
    if act.number and (number := normalised_number(act.number, act.type, act.year, act.place)):
        return _slugified(f"{kind} {number}") or act.slug
    for title in sorted(act.titles, key=lambda t: (t.language != "en", t.language, t.value)):
        years = rf"\b(?:{act.year}|{_OTHER_CALENDAR})\b"
        words = re.sub(years, " ", title.value) if act.year else title.value
        if slug := _slugified(_ARTICLE.sub("", one_spelling(words))):
            return slug if slug.startswith(f"{kind}-") else f"{kind}-{slug}"
    if act.date is not None:
        return f"{kind}-{act.date:%m-%d}"
    return act.slug


def _sort(act: LegalAct) -> str | None:
    """Return the sort of act that its country numbers apart, told by how its name begins."""
    for words, sort in _SORTS.get(act.place, ()):
        if any(re.match(words, fold(title.value)) for title in act.titles):
            return sort
    return None


def _slugified(words: str) -> str | None:
    try:
        return slugify(words)
    except UsageError:
        return None


def _same(act: LegalAct, known: dict[str, LegalAct]) -> str:
    """Return the key of the act meant: one without a year is that of the only year it fits."""
    if act.year is not None:
        return act.key
    fitting = [
        other.key
        for other in known.values()
        if other.year is not None and (other.place, other.slug) == (act.place, act.slug)
    ]
    return fitting[0] if len(fitting) == 1 else act.key


def _given(act: LegalAct, known: dict[str, LegalAct]) -> LegalAct:
    key = _same(act, known)
    return replace(act, year=known[key].year, date=known[key].date) if key != act.key else act


def _merged(acts: Iterable[LegalAct]) -> dict[str, LegalAct]:
    merged: dict[str, LegalAct] = {}
    for act in acts:
        known = merged.get(act.key)
        merged[act.key] = act if known is None else _one(known, act)
    return merged


def _one(act: LegalAct, other: LegalAct) -> LegalAct:
    languages = {t.language for t in act.titles}
    return replace(
        act,
        number=act.number or other.number,
        type=act.type or other.type,
        date=act.date or other.date,
        passed_by=act.passed_by or other.passed_by,
        titles=(*act.titles, *(t for t in other.titles if t.language not in languages)),
    )
