"""Linked projects: one a line, a symbol such as ``LAO/16/02/LUX`` and sometimes a title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from outcome_graph.draft import Problem
from outcome_graph.errors import UsageError
from outcome_graph.model import Candidate, Project, texts
from outcome_graph.namespaces import slugify
from outcome_graph.sources.page.evidence import FAINT, is_elsewhere, is_unreal
from outcome_graph.sources.page.languages import detect_language
from outcome_graph.sources.page.lines import without_bullet
from outcome_graph.sources.page.prose import sentences
from outcome_graph.sources.page.sections import Kind, Page
from outcome_graph.sources.page.words.small import AND, BULLETS
from outcome_graph.sources.text import SourceText, Span, fold

__all__ = ["SYMBOL", "ProjectNotes", "read_projects"]

#: Place, year, serial, donor: three letters where text is glued on, up to five where none is.
SYMBOL = re.compile(
    r"(?<![/\w])(?P<whole>[A-Z]{2,4}/\d{2}/\d{1,4}[A-Z]?/[A-Z]{2,5})(?![\w/])"
    r"|(?P<glued>[A-Z]{3}/\d{2}/\d{2,3}/[A-Z]{3})"
)
#: What other agencies number their projects by: "CKM1187", "CVE/083", at the beginning of a line.
_NUMBER = re.compile(
    r"(?P<whole>(?=[A-Z0-9/.-]{0,30}\d{3})(?=[0-9/.-]{0,30}[A-Z])[A-Z0-9]{2,15}"
    r"(?:[/.-][A-Z0-9]{1,15}){0,5})(?=\s|[:;,.-]|$)"
    # "00128437 - Inclusive services": digits alone, before a title or the end of the line
    r"|(?!(?:19|20)\d\d[/-])(?P<digits>(?=(?:[./-]?\d){6})\d[\d./-]{4,20}\d)"
    r"(?=\s{0,3}(?:[:;|(-]|$))"
)
_NONE = re.compile(
    r"(?:none|no (?:linked )?projects?|n/?a|not available|aucun(?: projet)?|neant|ninguno|"
    r"no hay|sin proyectos|nil|[\W_]+)\.?",
    re.IGNORECASE,
)
_JOINS = re.compile(rf"(?:[\W_]|\b(?:{AND}|as well as|ainsi que|asi como)\b)*", re.IGNORECASE)
_EDGES = f" \t-–—:;,.()[]*{BULLETS}"
#: Of a title that stands for a symbol no more is kept, in characters.
_LONGEST_TITLE = 250
_OTHER = re.compile(
    r"\b(?:see also|former(?:ly)?|previous(?:ly)?|successor|predecessor|voir aussi|ancien(?:ne)?|"
    r"precedent|vease tambien|anterior)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class ProjectNotes:
    """What was met while reading the projects."""

    problems: list[Problem] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)


def read_projects(
    source: SourceText, page: Page, used: set[Span], language: str
) -> tuple[tuple[Project, ...], ProjectNotes]:
    """Read the section "Linked projects".

    Parameters:
        source: the text. page: the page. used: lines that were read as something else.
        language: the page's language, for titles that do not tell theirs.

    Returns:
        The projects, and problems, places and candidates: a line without a symbol is a candidate,
        since what identifies the project is not known.
    """
    notes = ProjectNotes()
    projects: list[Project] = []
    for section in page.of(Kind.PROJECTS):
        for line in source.lines(section.body):
            if line in used or _NONE.fullmatch(source.match, *line):
                continue
            notes.places.setdefault("projects", line.start)
            found = _on_line(source, line, language)
            if found and _is_other(source, line):
                notes.candidates += [
                    Candidate("projects", p, source.quote(line), FAINT, *line) for p in found
                ]
                continue
            projects += found
            if not found:
                _without_symbol(source, line, language, notes)
    if not page.of(Kind.PROJECTS):
        notes.candidates += _mentioned(source, page)
    return tuple(projects), notes


def _mentioned(source: SourceText, page: Page) -> list[Candidate]:
    """Symbols in the prose of a page that links no projects: they wait for review."""
    found: dict[str, Candidate] = {}
    kinds = (Kind.ACHIEVED, Kind.CONTRIBUTION, Kind.FUNDERS)
    for section in (section for kind in kinds for section in page.of(kind)):
        for sentence in sentences(source, section.body):
            if is_elsewhere(source, *sentence):
                continue
            for symbol in SYMBOL.finditer(source.match, *sentence):
                project = Project(symbol[0])
                quote = source.quote(Span(*symbol.span()))
                found.setdefault(
                    symbol[0], Candidate("projects", project, quote, FAINT, *symbol.span())
                )
    return list(found.values())


def _is_other(source: SourceText, line: Span) -> bool:
    """Whether a line names projects only to tell them from the linked ones."""
    return is_unreal(source, *line) or bool(_OTHER.search(source.match, *line))


def _on_line(source: SourceText, line: Span, language: str) -> list[Project]:
    symbols = list(SYMBOL.finditer(source.match, *line))
    number = _NUMBER.match(source.match, *without_bullet(source, line))
    symbols = symbols or ([number] if number else [])
    if not symbols:
        return []
    ends = [m.start() for m in symbols[1:]] + [line.end]
    before = source.value(Span(line.start, symbols[0].start()))
    projects = []
    for symbol, end in zip(symbols, ends, strict=True):
        title = _title(source.value(Span(symbol.end(), end)))
        if not title and len(symbols) == 1:
            title = _title(before)
        titles = texts(title, language=detect_language(title, language))
        projects.append(Project(symbol[0], titles))
    return projects


def _title(words: str) -> str:
    """The title beside a symbol, "" where only signs or words that join two symbols stand."""
    title = words.strip(_EDGES)
    if title.count("(") > title.count(")"):
        title += ")"
    return "" if _JOINS.fullmatch(fold(title)) else title


def _without_symbol(source: SourceText, line: Span, language: str, notes: ProjectNotes) -> None:
    title = source.value(line)[:_LONGEST_TITLE].strip(_EDGES)
    try:
        slugify(title)
    except UsageError:
        return
    notes.problems.append(
        Problem(
            "warning",
            f"The project “{title[:80]}” has no symbol such as LAO/16/02/LUX; it waits for review.",
            "projects",
            source.location(line.start),
        )
    )
    titles = texts(title, language=detect_language(title, language))
    notes.candidates.append(
        Candidate(
            "projects", Project(title, titles), source.quote(line), FAINT, line.start, line.end
        )
    )
