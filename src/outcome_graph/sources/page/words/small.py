"""Small words and signs of English, French and Spanish (and Portuguese, where names have them)."""

from __future__ import annotations

import re

#: Articles as a set, and as a pattern of one before a word.
ARTICLES = frozenset(["the", "la", "le", "les", "l'", "el", "los", "las"])
BEFORE_WORD = r"(?:(?:the|le|la|les|el|los|las)\s{1,4}|l')"
ARTICLE = re.compile(BEFORE_WORD, re.IGNORECASE)
#: What joins two of a list.
AND = r"(?:and|et|y|e)"
#: Signs before the items of a list; a dash or star may be one too.
BULLETS = "•●▪◦‣·∙"
STEP = r"(?:step|etape|paso|etapa)"


def forms(**by_language: str) -> str:
    """Return what is said in several languages as one pattern.

    Parameters:
        by_language: alternatives by the language's code, as parts of a regular expression.
    """
    return f"(?:{'|'.join(by_language.values())})"


#: What a passive is made with.
WAS = forms(
    en="was|were|has been|have been|had been|got",
    fr="a ete|ont ete|avait ete|fut|furent|s'est|se sont",
    es="fue|fueron|ha sido|han sido|habia sido|se",
)
