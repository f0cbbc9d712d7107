"""From the bytes of a text source to characters that can be read and pointed at.

Two strings of equal length come out of it. The *normalised text* is what texts and quotes are
taken from and what every offset refers to: the decoded characters without byte order mark, each
line end written as one ``\\n`` (also those written as CR, CR LF, form feed, NEL, U+2028), letters
followed by combining accents composed, characters that XML cannot hold replaced by a space, and
lines that were broken to fit a page joined (``wrapped``).
The *matching text* is what patterns run on: same length, so that a place in one is the same place
in the other, with accents taken off, digits of every script as ASCII digits, and the many spaces,
apostrophes, dashes and quotation marks of real pages as the plain ones.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from outcome_graph.draft import Location, Problem, SourceFile
from outcome_graph.errors import SourceError
from outcome_graph.sources import twice_encoded
from outcome_graph.sources.wrapped import unwrapped

__all__ = ["BYTE_ORDER_MARKS", "SourceText", "Span", "characters", "decode", "fold", "normalise"]


class Span(NamedTuple):
    """A stretch of the normalised text: offsets of its first character and past its last."""

    start: int
    end: int


#: Beyond this share of control characters a file is no text.
_BINARY_SHARE = 0.01
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Composed in short chunks: composing a run of a million accents at once takes quadratic time.
_ACCENTED = re.compile("[^\\W\\d_][\u0300-\u036f]{1,4}")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")
_LINE = re.compile(r"[^\n]+")

_SAME = {
    "'": "\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u00b4\u0060\uff07",
    '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    "°": "\u00ba\u02da",
    " ": "\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff\t"
    "\u202a\u202b\u202c\u202d\u202e",
    "D": "Đ",
    "d": "đ",
    "L": "Ł",
    "l": "ł",
    "O": "Ø",
    "o": "ø",
    ":": "\uff1a\ufe55",
    ";": "\u061b\uff1b",
    ",": "\u060c\uff0c",
    "|": "\u00a6\uff5c",
}


class _Fold(dict[int, int]):
    """A translation table that works out each character once."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        found = char
        if char.isdecimal():
            found = str(unicodedata.decimal(char))
        elif char != "\n" and char.isspace():
            found = " "
        elif char.isalpha():
            parts = unicodedata.normalize("NFKD", char)
            if all(unicodedata.combining(c) for c in parts[1:]):
                found = parts[0]
        self[code] = ord(found)
        return self[code]


_FOLD = _Fold({ord(c): ord(plain) for plain, chars in _SAME.items() for c in chars})


def fold(text: str) -> str:
    """Return the matching text of a normalised text: same length, plain characters."""
    return text.translate(_FOLD)


def normalise(text: str) -> str:
    """Return the normalised text of decoded characters (see the module's description)."""
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    text = _ACCENTED.sub(lambda m: unicodedata.normalize("NFC", m[0]), text)
    return _FORBIDDEN.sub(" ", text)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text source, decoded.

    Parameters:
        text: the normalised text. match: the matching text.
        starts: offset at which each line begins.
        problems: what was doubtful about the encoding.
    """

    text: str
    match: str
    starts: tuple[int, ...]
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(
        cls, text: str, problems: tuple[Problem, ...] = (), *, wrapped: bool = False
    ) -> SourceText:
        """Make it of decoded characters; ``wrapped``: they may be broken to fit a page.

        Letters that were encoded twice are mended, with a problem that says so.
        """
        plain = twice_encoded.mended(text)
        if plain != text:
            problems = (*problems, twice_encoded.warning(text, plain))
        text = normalise(plain)
        whole = unwrapped(text) if wrapped else None
        if whole:
            return cls(whole[0], fold(whole[0]), whole[1], problems)
        starts = (0, *(m.end() for m in re.finditer("\n", text)))
        return cls(text, fold(text), starts, problems)

    @property
    def span(self) -> Span:
        """The whole text."""
        return Span(0, len(self.text))

    def location(self, offset: int) -> Location:
        """Return line and column, counted from 1, of an offset."""
        line = bisect_right(self.starts, offset)
        return Location(line=line, column=offset - self.starts[line - 1] + 1)

    def quote(self, span: Span) -> str:
        """Return the words of a span exactly as they stand."""
        return self.text[span.start : span.end]

    def value(self, span: Span) -> str:
        """Return the words of a span with spaces made single and invisible characters left out."""
        return _SPACES.sub(" ", _INVISIBLE.sub("", self.quote(span))).strip()

    def paragraphs(self, span: Span) -> str:
        """Return the lines of a span that are not blank, as `value` gives them."""
        return "\n".join(self.value(line) for line in self.lines(span))

    def trim(self, span: Span) -> Span:
        """Return the span without the spaces at its ends."""
        part = self.match[span.start : span.end]
        start = span.start + len(part) - len(part.lstrip())
        return Span(start, max(start, span.end - (len(part) - len(part.rstrip()))))

    def lines(self, span: Span) -> Iterator[Span]:
        """Yield the lines of a span that are not blank, each trimmed."""
        for found in _LINE.finditer(self.match, span.start, span.end):
            line = self.trim(Span(*found.span()))
            if line.start < line.end:
                yield line


def decode(source: SourceFile) -> SourceText:
    """Decode a text source: by its byte order mark, else as UTF-8, else as Windows-1252.

    Parameters:
        source: the bytes.

    Raises:
        SourceError: the source is empty, blank, binary, or in an encoding that cannot be told.
    """
    if not source.data:
        raise SourceError(f"{source.name} is empty: there is nothing to read in it.")
    text, problems = characters(source)
    if not _INVISIBLE.sub("", text).strip():
        raise SourceError(f"{source.name} holds nothing but blank space.")
    if "\0" in text or len(_CONTROLS.findall(text)) > _BINARY_SHARE * len(text):
        raise _binary(source)
    return SourceText.of(text, problems, wrapped=True)


def characters(source: SourceFile) -> tuple[str, tuple[Problem, ...]]:
    """Return the characters of a source that declares no encoding, and what was doubtful.

    Raises:
        SourceError: it is binary, or in an encoding that cannot be told.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if source.data.startswith(mark):
            try:
                return source.data[len(mark) :].decode(encoding), ()
            except UnicodeDecodeError as error:
                raise SourceError(
                    f"{source.name} begins like {encoding.upper()} text but is not valid: "
                    f"byte {error.start + len(mark)} cannot be decoded. Save it as UTF-8."
                ) from error
    try:
        return source.data.decode("utf-8"), ()
    except UnicodeDecodeError:
        if b"\0" in source.data:
            raise _binary(source) from None
    try:
        text = source.data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{source.name} looks binary, or is in an encoding that cannot be told: byte "
            f"{error.start} fits neither UTF-8 nor Windows-1252. Save the page as UTF-8 text."
        ) from error
    warning = Problem(
        "warning",
        f"{source.name} is not UTF-8 and was read as Windows-1252. Check the accented letters, "
        "or save the page as UTF-8.",
    )
    return text, (warning,)


def _binary(source: SourceFile) -> SourceError:
    return SourceError(
        f"{source.name} looks binary, not like text. Save the result page as plain text (UTF-8)."
    )
