"""Tables of events in text: a row of headings, then a row for each, cells by tabs or wide gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from outcome_graph.sources.page.dates import find_dates
from outcome_graph.sources.page.event_details import FoundActivity
from outcome_graph.sources.page.evidence import CLEAR, is_unreal
from outcome_graph.sources.page.lines import cells
from outcome_graph.sources.page.people import number_of
from outcome_graph.sources.page.words.people import NUMBER
from outcome_graph.sources.text import SourceText, Span

__all__ = ["find_event_rows"]

_HEADS = {
    "title": r"what|event|activity|activite|actividad|evento|evenement|title|titre|titulo|type|"
    r"tipo",
    "place": r"where|place|venue|location|lieu|lugar|ville|city|ciudad|town",
    "date": r"dates?|days?|fechas?|jours?|dias?|when|periode?",
    "people": r"participants?|participantes|people|persons|pax|attendance|attendees|asistentes|"
    r"personas|personnes|number|nombre|numero",
}
_PATTERNS = {name: re.compile(rf"(?:{words})\b.{{0,20}}", re.I) for name, words in _HEADS.items()}
_FEWEST = 3
_ONLINE = re.compile(r"online|virtual\w*|en ligne|en linea|-", re.IGNORECASE)


def find_event_rows(source: SourceText, span: Span) -> Iterator[FoundActivity]:
    """Read the rows of tables of events; a row without a number where others have one is none.

    Parameters:
        source: the text. span: a section.
    """
    columns: list[str | None] = []
    for line in source.lines(span):
        parts = cells(source, line)
        if len(parts) < _FEWEST:
            columns = []
            continue
        heads = [_head(source, part) for part in parts]
        if "date" in heads and len({head for head in heads if head}) >= _FEWEST:
            columns = heads
            continue
        if len(parts) == len(columns):
            row = {name: part for name, part in zip(columns, parts, strict=True) if name}
            if event := _event(source, line, row):
                yield event


def _head(source: SourceText, part: Span) -> str | None:
    return next((n for n, p in _PATTERNS.items() if p.fullmatch(source.match, *part)), None)


def _event(source: SourceText, line: Span, row: dict[str, Span]) -> FoundActivity | None:
    date = next((d for d in find_dates(source.match, row["date"]) if d.first), None)
    people = row.get("people")
    number = people and re.fullmatch(NUMBER, source.match[people.start : people.end], re.I)
    if date is None or (people and not number) or is_unreal(source, *line):
        return None
    place = row.get("place")
    where = place and not _ONLINE.fullmatch(source.match, *place)
    title = source.value(row["title"]) if "title" in row else ""
    return FoundActivity(
        line,
        title or source.value(line),
        date,
        source.value(place) if place and where else None,
        number_of(number[0]) if number else None,
        CLEAR,
    )
