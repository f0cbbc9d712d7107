"""How sure a reading is: by what it rests on, and whether its words say that it is so at all.

There is one scale for all readers of a page. What stands in a form that allows one reading only (a
labelled line, a symbol, a name on its own line) is *sure*; a fact told in a sentence is at best
*clear*: a word that says it outright governs it, and nothing in its clause says that it is planned,
asked for, denied or another's. Everything else is *loose*: it may be so, and a person decides.
From `outcome_graph.draft.STATED` on a reading is a statement, below it is a candidate for review.
"""

from __future__ import annotations

import re

from outcome_graph.sources.text import SourceText

__all__ = ["CLEAR", "FAINT", "LIKELY", "LOOSE", "SURE", "is_elsewhere", "is_unreal"]

#: Its form allows no other reading.
SURE = 0.95
#: Said outright by words that govern it.
CLEAR = 0.9
#: Said by words that govern it, in a form that others share.
LIKELY = 0.85
#: One of several readings.
LOOSE = 0.7
#: Mentioned; what it has to do with the result is not said.
FAINT = 0.5

#: What is denied, planned, asked for, put off or called off.
_UNREAL = re.compile(
    r"\b(?:not|never|cannot|(?-i:nor)|neither|will|would|should|shall|could|might|"
    r"(?<!\d\s)(?-i:may)(?!\s\d)|plan(?:s|ned)? (?:to|for|on|in)|"
    r"to be (?:held|adopted|organi[sz]ed|signed|passed)|"
    r"scheduled|expected|envisaged|foreseen|intend(?:s|ed)?|"
    r"postponed|cancell?ed|called off|delayed|failed|rejected|withdrawn|suspended|annulled|"
    r"in (?:the |its )?(?:first|second) reading|en (?:premiere|deuxieme|primera|"
    r"segunda) lectur[ae]|"
    r"struck down|unless|yet to|pending|propos(?:al|ed|es) (?:to|that|for)|"
    r"(?:ask|call)(?:s|ed)? for|(?:request|ask)(?:s|ed) (?:that|to)|consider(?:s|ing)|"
    r"commit(?:s|ted)? to|seek(?:s|ing)?|"
    r"(?-i:[Nn]e)|jamais|sera|seront|serait|seraient|devrait|devraient|devra|devront|doit|doivent|"
    r"prevue?s?(?! par)|envisage\w*|reportee?s?|annulee?s?|suspendue?s?|rejetee?s?|"
    r"demand(?:e|ent|ait) (?:que|de)|souhait\w+|"
    r"nunca|seran|seria|serian|deberia|deberian|debera|deberan|previst[oa]s?|preve|"
    r"planea\w*|pendientes?|aplazad[oa]s?|cancelad[oa]s?|suspendid[oa]s?|rechaz(?:o|ad[oa]s?)|"
    r"todavia|solicit(?:a|an|o|aron)|compromet\w+)\b"
    r"|\bn'|\bno\b(?!\s?[.°]|\s?\d)|\b(?-i:[Ii]f|[Ss]i)\b",
    re.IGNORECASE,
)
#: The future of Spanish verbs, told by accents that matching text has not; that of French ones.
_FUTURE = re.compile(r"\b[^\W\d_]{2,}(?:ará|arán|erá|erán|irá|irán)\b")
_FRENCH = re.compile(r"\b(?:le|les|des|du|une|et|au|aux)\b|\b[ld]'", re.IGNORECASE)
_FRENCH_FUTURE = re.compile(r"\b[a-z]{2,}(?:era|ira|ura|dra|ront)\b")


#: What the page tells of only to say that it is no part of the result.
_ELSEWHERE = re.compile(
    r"\b(?:(?:reported|described|told|counted|covered) (?:elsewhere|separately|already|in "
    r"(?:the|an?) (?:previous|earlier|other|different)|under another)|previous biennium|"
    r"(?:separate|distinct|different|another|parallel) (?:result|outcome|agreement|project|"
    r"programme|contract)|"
    r"(?:was|were|is|are) (?:not|no) (?:a )?part of|(?:not|no) (?:connect|relat)\w+|"
    r"(?:do|does|did) not (?:belong|count|depend|form part)|outside (?:of )?(?:this|the) (?:result|"
    r"project|work|programme)|independently of|without the ilo|not by the ilo|unrelated|"
    r"(?:resultat|projet|programme|accord) (?:distinct|separe|parallele)|autre resultat|"
    r"exercice precedent|(?:sont|est|are|is|son|es) (?:separate|distincte?s?|distint[oa]s?)\b|"
    r"(?:n'entre(?:nt)?|ne releve(?:nt)?|ne depend(?:ent)?|ne font|ne fait|ne rentre(?:nt)?) pas|"
    r"sans lien|n'est pas (?:vise|concerne|couvert)\w*|(?:not|nor) (?:covered|reported|"
    r"considered|counted) here|"
    r"its own report\w*|no es objeto|no se (?:aborda|incluye)|"
    r"et non (?:par|pas)|pour (?:sa|leur) part|"
    r"no (?:guardan?|tienen?) relacion|no (?:forman?|formo|formaron) parte|ajen[oa]s? a|"
    r"(?:otro|distinto) (?:resultado|proyecto|programa)|bienio anterior|por separado|"
    r"(?:y )?no por la oit|independientemente)\b",
    re.IGNORECASE,
)


def is_elsewhere(source: SourceText, start: int, end: int) -> bool:
    """Whether words say that what is told is no part of the result.

    Parameters:
        source: the text. start, end: the sentence.
    """
    return bool(_ELSEWHERE.search(source.match, start, end))


def is_unreal(source: SourceText, start: int, end: int) -> bool:
    """Whether words of a clause say that what it tells is not so, or not yet.

    Parameters:
        source: the text. start, end: the clause, or the part of it that holds the verb.
    """
    if _UNREAL.search(source.match, start, end) or _FUTURE.search(source.text, start, end):
        return True
    french = _FRENCH.search(source.match, start, end)
    return bool(french and _FRENCH_FUTURE.search(source.match, start, end))
