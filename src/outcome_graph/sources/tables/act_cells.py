"""A legal act as a cell names it: "R.A. 11210", "Ley 29783", "Law (18) of 2020".

A cell is shorter than prose: kinds are abbreviated and numbers stand without a word of numbering.
It is written out as prose would have it, and then read as prose is.
"""

from __future__ import annotations

import re

from outcome_graph.sources.page.acts import FoundAct, find_acts
from outcome_graph.sources.page.words.acts import TYPE, YEAR
from outcome_graph.sources.text import SourceText, fold

__all__ = ["abbreviates_kind", "names_act", "read_act"]

#: Abbreviations that stand for one kind wherever they are used for acts. Those that mean two kinds
#: ("D.L.": a decree-law or a legislative decree) are of one kind in our scheme.
_SHORT = {
    "AR": "Arrêté royal",
    "DL": "Decree-Law",
    "DNU": "Decreto de Necesidad y Urgencia",
    "DO": "Department Order",
    "DS": "Decreto Supremo",
    "EI": "Statutory Instrument",
    "EO": "Executive Order",
    "GN": "Government Notice",
    "LC": "Lei Complementar",
    "LI": "Statutory Instrument",
    "LN": "Legal Notice",
    "RA": "Republic Act",
    "RM": "Resolución Ministerial",
    "RS": "Resolución Suprema",
    "SI": "Statutory Instrument",
    "SRO": "Statutory Regulatory Order",
}
#: What acts are called that have no number, beside the kinds of our scheme.
_ANY_ACT = re.compile(
    rf"\b(?:{TYPE}|codes?|codigos?|constitu\w+|polic(?:y|ies)|politi(?:que|ca)s?|strateg\w+|"
    r"estrateg\w+|plan\w*|conven\w+|agree\w+|accords?|acordos?|pacts?|pacto|charters?|chartes?|"
    r"cartas?|protocol\w*|treat(?:y|ies)|traites?|tratados?|statutes?|statuts?|estatutos?|norma\w*|"
    r"norm\w*|standards?|bills?|rules?|regl\w+|legisl\w+|budget\w*|bulletins?|memorand\w+|"
    r"frameworks?|programm?e?s?|charte|gazette|avenant\w*|contra\w+|convenio\w*)\b",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?:the\s)?(?P<short>[A-Z]{2,3}|(?:[A-Z]\.\s?){1,2}[A-Z]\.)(?=\s)")
_NUMBERED_NEXT = re.compile(r"\s+(?:n\w{0,5}[.°º]{0,2}\s*)?\d", re.IGNORECASE)
#: Kinds that are told so in a cell only: Ghana's, and Indonesia's in Indonesian.
_KINDS = (
    (r"(?:legislative|executive) instrument\b", "Statutory Instrument"),
    (r"undang-undang|\buu(?=\s(?:no|nomor))", "Law"),
    (r"peraturan pemerintah|\bpp(?=\s(?:no|nomor))", "Government Regulation"),
    (r"peraturan presiden|perpres", "Presidential Regulation"),
    (r"peraturan menteri", "Ministerial Regulation"),
    (r"\bnomor\b", "No."),
    # Viet Nam's.
    (r"^(?:bộ )?luật\b.{0,40}?\ssố(?=\s\d)", "Law No."),
    (r"^nghị định\b.{0,40}?\ssố(?=\s\d)", "Decree No."),
    (r"^thông tư\b.{0,40}?\ssố(?=\s\d)", "Circular No."),
    (r"\btahun(?=\s\d{4})", "of"),
)
#: "2018 - 009": one number.
_SPACED = re.compile(r"(?<=\d)\s+[-–/]\s+(?=\d)")
#: "017 MEPS/CAB": who issued it belongs to the number.
_MARK_APART = re.compile(r"(?<=\d)\s(?=[A-Z]{2,8}/[A-Z])")
#: "2016-024 /MFPTPS".
_MARK_AFTER_GAP = re.compile(r"(?<=\d)\s(?=/[A-Z]{2})")
#: "Law (18) of 2020".
_BRACKETED = re.compile(rf"(?<=\w\s)\(\s?(?!{YEAR}\b)(\d{{1,5}})\s?\)(?=\s|$)")
#: A number with marks right after the kind: "Acuerdo MDT-2020-076", "Loi 65.99".
_UNNUMBERED = re.compile(
    rf"((?:{TYPE})(?:\s[a-z]{{4,14}})?)\s(?=[\w.]*\d[\w.]*[/.-]|[A-Z]{{2,8}}[/-][\w/-]*\d)",
    re.IGNORECASE,
)
#: "B.E. 2562": Thailand's calendar is 543 years ahead of ours.
_BUDDHIST = re.compile(r"B\.?\s?E\.?\s?(2[45]\d\d)\b(?!\)?,?\s?\(?\d{4})")
#: What makes the acts after it others than the one named.
_OF_ANOTHER = re.compile(
    r"\b(?:amend\w*|repeal\w*|replac\w*|implement\w*|supplement\w*|modif\w*|abrog\w*|derog\w*|"
    r"reform\w*|complet\w*|complement\w*|applica\w*|regulament\w*|reglament\w*|relati\w*|under|"
    r"pursuant|portant|que altera|altera)\b",
    re.IGNORECASE,
)


def read_act(words: str) -> FoundAct | None:
    """Read the act that a cell names, None when it names none with certainty, or several.

    Parameters:
        words: the cell, or one item of its list.
    """
    text = SourceText.of(_written_out(words))
    acts = find_acts(text, text.span, reported=True)
    if len(acts) < 2:
        return acts[0] if acts else None
    first, second = acts[:2]
    leads = text.match[: first.span.start].strip().lower() in ("", "the")
    between = text.match[first.span.end : second.span.start]
    return first if leads and _OF_ANOTHER.search(between) else None


def names_act(words: str) -> bool:
    """Tell whether words have one for a kind of act, a policy or the like: "Under discussion" none.

    Parameters:
        words: the cell, or one item of its list.
    """
    return bool(_ANY_ACT.search(fold(_written_out(words))))


def abbreviates_kind(words: str) -> bool:
    """Tell whether words begin with an abbreviated kind of act: "R.A. 11210"."""
    return _unabbreviated(words) != words


def _unabbreviated(words: str) -> str:
    short = _ABBREVIATED.match(words)
    if short is None or not _NUMBERED_NEXT.match(words, short.end()):
        return words
    kind = _SHORT.get(re.sub(r"[.\s]", "", short["short"]))
    return f"{kind}{words[short.end() :]}" if kind else words


def _written_out(words: str) -> str:
    words = _unabbreviated(words)
    for pattern, kind in _KINDS:
        words = re.sub(pattern, kind, words, flags=re.IGNORECASE)
    words = _MARK_AFTER_GAP.sub("", _MARK_APART.sub("/", _SPACED.sub("-", words)))
    words = _BUDDHIST.sub(lambda m: f"{m[0]} ({int(m[1]) - 543})", words)
    words = _BRACKETED.sub(r"No. \1", words)
    unnumbered = _UNNUMBERED.match(fold(words))
    if unnumbered is None:
        return words
    return f"{words[: unnumbered.end(1)]} No. {words[unnumbered.end() :]}"
