"""Facts of the head that stand behind a label of their own: "Biennium: 2020-21", "Step⇥3"."""

from __future__ import annotations

import re
from typing import NamedTuple

from outcome_graph.sources.text import SourceText, Span

__all__ = ["Labelled", "cells", "read_label"]

#: What a label says its value is, as whole labels of matching text.
_FIELDS: tuple[tuple[str, str], ...] = (
    (
        "date",
        r"year|annee|ano|date(?: achieved| of (?:the )?(?:achievement|result|outcome)|"
        r" de (?:realisation|"
        r"l'obtention|logro|consecucion)| d'obtention| du resultat| del (?:logro|resultado))?|"
        r"achieved(?: on)?|realise le|obtenu le|fecha(?: (?:de|del) (?:logro|resultado|"
        r"consecucion|realizacion))?|logrado el|alcanzado el",
    ),
    (
        "code",
        r"(?:(?:country programme|cpo|outcome|result)(?: outcome| result)? )?(?:code|reference|ref|"
        r"number|id)\.?|country programme outcome|cpo|code (?:du|de l')\s?(?:resultat|"
        r"effet).{0,20}|"
        r"reference(?: du resultat)?|resultat par pays|codigo(?: del? (?:resultado|logro))?.{0,20}|"
        r"referencia",
    ),
    (
        "biennium",
        r"biennium|biennia|exercice(?: biennal)?|biennal|programme and budget|bienio|"
        r"period[eo]?(?: biennale)?",
    ),
    (
        "indicator",
        r"(?:[\w&]+ (?:and |et |y )?){0,3}(?:indicator|indicateur|indicador)(?: \w+){0,5}",
    ),
    ("step", r"step|etape|paso|etapa"),
    (
        "visibility",
        r"visibility|visibilite|visibilidad|diffusion|difusion|access|acces|acceso|"
        r"(?:record )?status|statut|estado|caracter|confidentiality|classification",
    ),
)
_LABELS = re.compile("|".join(f"(?P<{field}>{words})" for field, words in _FIELDS), re.IGNORECASE)
_LINE = re.compile(
    r"[\s•●▪◦‣·*_|#-]{0,6}(?P<label>[^\W\d_][^:\t\n|*]{1,60}?)\s{0,3}[*_]{0,3}"
    r"(?:[:\t|=]|\s[–—-]\s|[ ]{3,})[*_]{0,3}\s{0,60}(?P<value>[^\s|*].*?)[\s|*_]*"
)
_GAP = re.compile(r"\t+[ \t]*|[ ]{3,}|\s[·•|–—-]\s")


class Labelled(NamedTuple):
    """A value behind a label: which fact it is, and where it stands."""

    field: str
    value: Span


def read_label(source: SourceText, line: Span) -> Labelled | None:
    """Read a line that is a label and its value, None when it is none that we know.

    Parameters:
        source: the text. line: where it stands.
    """
    found = _LINE.fullmatch(source.text, *line)
    words = found and source.match[found.start("label") : found.end("label")].replace("_", " ")
    label = words and _LABELS.fullmatch(words)
    if not (found and label and label.lastgroup):
        return None
    return Labelled(label.lastgroup, source.trim(Span(*found.span("value"))))


def cells(source: SourceText, line: Span) -> list[Span]:
    """Return the parts of a line that stand apart: behind tabs, wide gaps, or dots between them.

    Parameters:
        source: the text. line: where it stands.
    """
    found, at = [], line.start
    for gap in _GAP.finditer(source.text, *line):
        found.append(source.trim(Span(at, gap.start())))
        at = gap.end()
    return [*found, source.trim(Span(at, line.end))]
