"""Writing XML elements in order, with narratives and their languages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from outcome_graph.model import Texts

__all__ = ["Xml"]

#: What XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNKNOWN_LANGUAGE = "und"


class Xml:
    """Collects elements, indented.

    Parameters:
        language: that of the activity, which narratives need not repeat.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._parts: list[str] = []
        self._depth = 1

    def open(self, tag: str, attributes: Mapping[str, str] | None = None) -> None:
        """Begin an element."""
        self._line(f"<{tag}{_attributes(attributes)}>")
        self._depth += 1

    def close(self, tag: str) -> None:
        """End the element."""
        self._depth -= 1
        self._line(f"</{tag}>")

    def element(
        self, tag: str, attributes: Mapping[str, str] | None = None, text: str | None = None
    ) -> None:
        """Write an element without children."""
        if text is None:
            self._line(f"<{tag}{_attributes(attributes)}/>")
        else:
            self._line(f"<{tag}{_attributes(attributes)}>{_escaped(text)}</{tag}>")

    def narratives(self, tag: str, texts: Texts, **attributes: str) -> None:
        """Write an element with a narrative for each text."""
        self.open(tag, attributes)
        for text in texts:
            known = text.language in (self.language, _UNKNOWN_LANGUAGE)
            self.element("narrative", {} if known else {"xml:lang": text.language}, text.value)
        self.close(tag)

    def data(self) -> bytes:
        """Return what was written, in UTF-8."""
        return "".join(self._parts).encode()

    def _line(self, markup: str) -> None:
        self._parts.append(f"{'  ' * self._depth}{markup}\n")

    @staticmethod
    def comment(text: str) -> bytes:
        """Return a comment; hyphens that would end it are parted."""
        return f"  <!-- {re.sub('-(?=-|$)', '- ', _FORBIDDEN.sub(' ', text))} -->\n".encode()


def _attributes(attributes: Mapping[str, str] | None) -> str:
    return "".join(f' {name}="{_escaped(value)}"' for name, value in (attributes or {}).items())


def _escaped(text: str) -> str:
    text = _FORBIDDEN.sub(" ", text)
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(char, entity)
    return text.replace("\r", "&#13;")
