"""Reading attributes and narratives as real files write them: leniently, never guessing."""

from __future__ import annotations

import datetime
import re

from outcome_graph.draft import Location, Problem
from outcome_graph.errors import RecordError, UsageError
from outcome_graph.model import Organisation, Text, Texts, plain_number
from outcome_graph.namespaces import slugify
from outcome_graph.sources import twice_encoded
from outcome_graph.sources.iati.codes import PUBLIC_TYPES
from outcome_graph.sources.iati.stream import Node

__all__ = ["Values"]

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
#: Thousands parted by commas are certain only where a decimal point follows, or several stand.
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+|[+-]?\d{1,3}(?:,\d{3}){2,}")
#: What a text is in when nothing says its language (BCP 47: undetermined).
_UNKNOWN_LANGUAGE = "und"
_LONGEST_VALUE = 2_000


class Values:
    """Reads values and collects what is wrong with them.

    Parameters:
        language: what texts are in that state no language of their own.
        where: path of the activity, for messages: "iati-activity[3]".
    """

    def __init__(self, language: str | None, where: str) -> None:
        self.language = _tag(language) or _UNKNOWN_LANGUAGE
        self.where = where
        self.problems: list[Problem] = []
        self._told = False

    def warn(self, message: str, field: str, node: Node) -> None:
        """Note something that does not keep the record from being read."""
        place = Location(line=node.line, path=self.where)
        self.problems.append(Problem("warning", message, field, place))

    def texts(self, node: Node | None, *, paragraphs: bool = False) -> Texts:
        """Return the narratives of an element, those of one language as one text.

        Parameters:
            node: the element, None for no texts. paragraphs: keep line ends.
        """
        if node is None:
            return ()
        parts = node.all("narrative") or [node]
        if len(parts) == 1:
            return self._one_text(node, parts[0], paragraphs=paragraphs)
        by_language: dict[str, list[str]] = {}
        own = _tag(node.attributes.get("xml:lang")) or self.language
        for part in parts:
            value = self._words(part, paragraphs=paragraphs)
            if value:
                language = _tag(part.attributes.get("xml:lang")) or own
                known = by_language.setdefault(language, [])
                if value not in known:
                    known.append(value)
        parting = "\n" if paragraphs else " / "
        made = []
        for language, values in by_language.items():
            made.append(_text(parting.join(values), language))
        return tuple(text for text in made if text is not None)

    def _one_text(self, node: Node, part: Node, *, paragraphs: bool) -> Texts:
        """Return the only narrative of an element, as most have it."""
        value = self._words(part, paragraphs=paragraphs)
        if not value:
            return ()
        language = _tag(part.attributes.get("xml:lang")) or _tag(node.attributes.get("xml:lang"))
        text = _text(value, language or self.language)
        return (text,) if text is not None else ()

    def _words(self, part: Node, *, paragraphs: bool) -> str:
        """Return the text of a narrative; that letters were encoded twice is told once."""
        text = twice_encoded.mended(part.text)
        if text != part.text and not self._told:
            self._told = True
            place = Location(line=part.line, path=self.where)
            self.problems.append(twice_encoded.warning(part.text, text, place))
        return _paragraphs(text) if paragraphs else " ".join(text.split())

    def joined(self, nodes: list[Node]) -> Texts:
        """Return the narratives of several elements, those of one language as one text."""
        values: dict[str, list[str]] = {}
        for node in nodes:
            for text in self.texts(node, paragraphs=True):
                values.setdefault(text.language, []).append(text.value)
        return tuple(Text("\n".join(dict.fromkeys(v)), language) for language, v in values.items())

    def date(self, node: Node | None, field: str) -> datetime.date | None:
        """Return the day of ``@iso-date``; one that is none is a warning."""
        written = node.get("iso-date") if node is not None else None
        if node is None or written is None:
            return None
        if _DATE.match(written) and written[10:11] in ("", "T", "Z", "+", "-", " "):
            try:
                return datetime.date.fromisoformat(written[:10])
            except ValueError:
                pass
        self.warn(
            f"“{written[:40]}” is no date and was left out. Write it as 2020-04-01.", field, node
        )
        return None

    def value(self, node: Node | None, field: str, *, percent: bool = False) -> str | None:
        """Return ``@value``: a number in canonical form where it is one for certain, else as is.

        Parameters:
            node: the element. field: what it belongs to. percent: it is a percentage, so that a
                sign for per cent says nothing new.
        """
        written = node.get("value") if node is not None else None
        if node is None or written is None:
            return None
        if len(written) > _LONGEST_VALUE:
            self.warn("A value of thousands of characters was cut.", field, node)
            written = written[:_LONGEST_VALUE]
        bare = written.removesuffix("%").rstrip() if percent else written
        number = bare.replace(",", "") if _GROUPED.fullmatch(bare) else bare
        return plain_number(number) or " ".join(written.split())

    def share(self, node: Node) -> str | None:
        """Return ``@percentage`` as canonical decimal text; one that is none is a warning."""
        written = node.get("percentage")
        if written is None:
            return None
        number = plain_number(written.removesuffix("%"))
        if number is None or not 0 <= float(number) <= 100:
            self.warn(
                f"“{written[:40]}” is no percentage from 0 to 100 and was left out.",
                "recipients" if node.tag.startswith("recipient") else "sectors",
                node,
            )
            return None
        return number

    def flag(self, node: Node, name: str, field: str) -> bool | None:
        """Return a truth value (true, 1, false, 0); another word is a warning."""
        written = node.get(name)
        if written is None:
            return None
        if written.lower() in ("true", "1"):
            return True
        if written.lower() in ("false", "0"):
            return False
        self.warn(
            f"{name}=“{written[:40]}” is neither true nor false, and was left out.", field, node
        )
        return None

    def code(
        self, node: Node, name: str, table: dict[str, str], what: str, field: str
    ) -> str | None:
        """Return what a code stands for; one in words is understood, an unknown one a warning."""
        written = node.get(name)
        if written is None:
            return None
        found = table.get(written) or next(
            (v for v in table.values() if v == written.lower()), None
        )
        if found is None:
            known = ", ".join(f"{code} {word}" for code, word in table.items())
            self.warn(
                f"“{written[:40]}” is no {what} and was left out. Write one of: {known}.",
                field,
                node,
            )
        return found

    def organisation(self, node: Node) -> Organisation | None:
        """Return the organisation that an element names or refers to, None when it does neither."""
        identifier, names = node.get("ref"), self.texts(node)
        if not names:
            if identifier is None:
                return None
            names = (Text(identifier, _UNKNOWN_LANGUAGE),)
        english = next((t for t in names if t.language == "en"), names[0])
        try:
            slug = slugify(english.value[:200])
        except UsageError:
            return None
        return Organisation(
            slug=slug,
            names=names,
            type=PUBLIC_TYPES.get(node.get("type") or ""),
            identifier=identifier,
        )


def _paragraphs(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _tag(language: str | None) -> str | None:
    """Return a language tag as we write it, None when it is none."""
    if language is None:
        return None
    tag = language.strip().replace("_", "-").lower()
    return tag if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", tag) else None


def _text(value: str, language: str) -> Text | None:
    try:
        return Text(value, language)
    except RecordError:  # blank but for invisible characters
        return None
