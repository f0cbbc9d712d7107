"""From the bytes of a saved page to a tree of elements.

The encoding is told as browsers tell it (HTML Living Standard, 13.2.3): byte order mark, declared
``charset`` of the transfer, ``<meta charset>``; a declaration that the bytes contradict is not
believed. The tree is libxml2's, which reads tag soup, expands no entities that a document declares,
and fetches nothing.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message

from lxml import etree

from outcome_graph.draft import Problem, SourceFile
from outcome_graph.errors import SourceError
from outcome_graph.sources.text import BYTE_ORDER_MARKS, characters

__all__ = ["Markup", "is_archive", "parse", "unpack"]

_HEAD = 4096
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{1,40})", re.I)
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{1,40})", re.I)
_ARCHIVE = re.compile(
    rb"(?is)\A(?:[\w-]{1,60}:[^\r\n]{0,998}\r?\n(?:[ \t][^\r\n]{0,998}\r?\n){0,99}){0,99}?"
    rb"Content-Type:\s{0,99}multipart/related"
)
_SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d+\)(https?://\S+)")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]{4,2000}", re.I)
#: Open Graph's name for the address of a page; its prefix is that of our own terms elsewhere.
_OPEN_GRAPH = ":".join(("og", "url"))
#: What the web calls Latin-1 is Windows-1252 (Encoding Standard, 4.2).
_ALIASES = {"iso8859-1": "cp1252", "ascii": "cp1252"}


@dataclass(frozen=True, slots=True)
class Markup:
    """A page, parsed.

    Parameters:
        root: its elements, without comments.
        address: where it says that it comes from: saved from, canonical, or Open Graph.
        problems: what was doubtful about the encoding.
    """

    root: etree._Element
    address: str | None
    problems: tuple[Problem, ...] = ()


def is_archive(data: bytes) -> bool:
    """Tell whether bytes are a page saved with all that belongs to it in one file (MHTML)."""
    return _ARCHIVE.match(data[:_HEAD]) is not None


def unpack(source: SourceFile) -> tuple[SourceFile, str | None]:
    """Return the page of a web archive, and the address it was saved from.

    Parameters:
        source: the archive (RFC 2557), or a page, which is returned as it is.

    Raises:
        SourceError: there is no page in the archive.
    """
    if not is_archive(source.data):
        return source, None
    message = message_from_bytes(source.data)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.strip():
                charset = part.get_content_charset()
                media_type = f"text/html; charset={charset}" if charset else "text/html"
                page = replace(source, data=data, media_type=media_type)
                return page, _location(part) or _location(message)
    raise SourceError(
        f"{source.name} is a web archive (MHTML) without a page in it, or it is cut short. "
        "Save the page again as “Web page, HTML only”."
    )


def _location(part: Message) -> str | None:
    for name in ("Content-Location", "Snapshot-Content-Location"):
        value = str(part.get(name, "")).strip()
        if _WEB_ADDRESS.fullmatch(value):
            return value
    return None


def parse(source: SourceFile) -> Markup:
    """Parse a page.

    Parameters:
        source: the page (not an archive).

    Raises:
        SourceError: it is empty, binary, in an encoding that cannot be told, or nested beyond what
            any page is.
    """
    text, problems = _decoded(source)
    # The parser gets bytes whose encoding is certain: it must not believe the <meta> again.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.ParserError:
        root = None
    except etree.XMLSyntaxError as error:
        raise SourceError(f"{source.name} cannot be read as HTML: {error.msg}.") from error
    if root is None:
        raise SourceError(f"{source.name} holds no markup and no text: there is nothing to read.")
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            raise SourceError(
                f"{source.name} nests its elements deeper than any page does (line {entry.line}). "
                "Save the page anew, or copy its text into a .txt file."
            )
    return Markup(root, _address(root, text), problems)


def _decoded(source: SourceFile) -> tuple[str, tuple[Problem, ...]]:
    if not source.data.strip():
        raise SourceError(f"{source.name} is empty: there is nothing to read in it.")
    if not source.data.startswith(tuple(mark for mark, _ in BYTE_ORDER_MARKS)):
        declared = _declared(source)
        if declared is not None:
            try:
                text = source.data.decode(declared)
            except UnicodeDecodeError as error:
                text, problems = characters(source)
                return text, (*problems, _contradicted(source, declared, error))
            if "\0" not in text:
                return text, ()
    text, problems = characters(source)
    if "\0" in text:
        raise SourceError(f"{source.name} looks binary, not like an HTML page.")
    return text, problems


def _declared(source: SourceFile) -> str | None:
    """Return Python's name of the encoding that a page declares, None for none that is known."""
    found = _PARAMETER.search(source.media_type or "")
    name = found[1] if found else ""
    if not name and (meta := _CHARSET.search(source.data[:_HEAD])):
        name = meta[1].decode("ascii", "replace")
    try:
        codec = codecs.lookup(name)
        "".encode(codec.name)  # some codecs are not about text
    except (LookupError, ValueError, TypeError):
        return None
    # A page whose <meta> could be read is in no encoding of two bytes a letter.
    if codec.name.startswith(("utf-16", "utf-32")) or not codec._is_text_encoding:
        return None
    return _ALIASES.get(codec.name, codec.name)


def _contradicted(source: SourceFile, declared: str, error: UnicodeDecodeError) -> Problem:
    return Problem(
        "warning",
        f"{source.name} says that it is in {declared}, but byte {error.start} is not. It was read "
        "in the encoding that fits. Check the accented letters.",
    )


def _address(root: etree._Element, text: str) -> str | None:
    if found := _SAVED_FROM.search(text, 0, _HEAD):
        return found[1]
    for tag, key, wanted, value in (
        ("link", "rel", "canonical", "href"),
        ("meta", "property", _OPEN_GRAPH, "content"),
    ):
        for element in root.iter(tag):
            if wanted in (element.get(key) or "").lower().split():
                address = (element.get(value) or "").strip()
                if _WEB_ADDRESS.fullmatch(address):
                    return address
    return None
