"""Lines that belong to the paper or the site a page stands on, and not to its text."""

from __future__ import annotations

import re
from dataclasses import replace

from outcome_graph.sources.text import SourceText

__all__ = ["without_furniture"]

#: Page numbers, rights, days of the last change: a line each.
_FURNITURE = re.compile(
    r"(?:^[ \t]{0,80}|(?<=[ ]{3})|(?<=\t))(?:page|pagina|p\.)[ ]?\d{1,4}"
    r"(?:[ ]?(?:of|/|de|sur)[ ]?\d{1,4})?[^\S\n]{0,80}$"
    r"|^[^\S\n]*(?:\u00a9|\(c\)|copyright\b|all rights reserved|tous droits reserves|"
    r"todos los derechos)[^\n]{0,200}$"
    r"|^[^\S\n]*(?:last (?:updated|modified)|page (?:updated|printed)|printed (?:on|from)|"
    r"downloaded (?:on|from)|derniere mise a jour|mis(?:e)? a jour le|imprime le|"
    r"ultima actualizacion|actualizado el|impreso el)\b(?:(?-i:(?![A-Z]{2}))[^\n]){0,60}$",
    re.IGNORECASE | re.MULTILINE,
)


def without_furniture(text: SourceText) -> SourceText:
    """Return a text whose lines of page numbers, rights and updates are blank to all patterns.

    Its words stay as they are, and so does every offset.

    Parameters:
        text: the text of one source.
    """
    blank = _FURNITURE.sub(lambda found: " " * len(found[0]), text.match)
    return replace(text, match=blank)
