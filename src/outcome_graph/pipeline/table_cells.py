"""From a record to the cells of a row: what ``sources.tables`` reads back as the same values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeAlias

from outcome_graph.model import (
    PROFILES,
    Activity,
    Date,
    LegalAct,
    Organisation,
    OutcomeRecord,
    Project,
    Text,
    Texts,
    text_in,
)
from outcome_graph.namespaces import SKOS, IriMinter
from outcome_graph.sources.tables.inner import (
    escape,
    join_items,
    join_parts,
    write_constituent,
)
from outcome_graph.tables import COLUMNS, LANGUAGES
from outcome_graph.vocabulary import Knowledge, fold
from outcome_graph.vocabulary.files import descriptions, texts_of

__all__ = ["CellValue", "Labels", "Namer", "codes_as_they_are", "record_cells"]

CellValue: TypeAlias = str | int | Date | None
#: Names a code of a scheme: (scheme, code) → what is written in the cell.
Namer: TypeAlias = Callable[[str, str], str]

_MARK = re.compile(r"\[[a-z]{2,3}(?:-[a-z0-9]{1,8})*\]\s")


def codes_as_they_are(scheme: str, code: str) -> str:
    """Write codes as codes: for programs."""
    return code


class Labels:
    """Labels of codes in one language: for people, and for drop-downs.

    A label stands for its code only where reading it gives the code again.

    Parameters:
        minter: the base. language: "en", "fr" or "es".
    """

    def __init__(self, minter: IriMinter, language: str) -> None:
        self.language = language
        self.knowledge = Knowledge.load(minter)
        self._labels = _concept_labels(minter.base)

    def name(self, scheme: str, code: str) -> str:
        """Return what to write for a code of a scheme; the code itself where there is no label."""
        if scheme == "country":
            country = self.knowledge.countries.get(code)
            label = text_in(country.names, self.language) if country else None
            found = self.knowledge.countries.find(label) if label else None
            return label if label and found is not None and found.alpha3 == code else code
        if scheme == "sdg-indicator":
            return self.knowledge.sdg.number(code)
        label = self._labels.get((scheme, code, self.language))
        if label and self.knowledge.concepts.notation(scheme, label) == code:
            return label
        return code

    def choices(self, scheme: str) -> list[str]:
        """Return the values of a drop-down in the order people look for them."""
        if scheme == "profile":
            return list(PROFILES)
        if scheme == "language":
            return list(LANGUAGES)
        if scheme in ("step", "biennium"):
            return sorted(self.knowledge.concepts.notations(scheme))
        if scheme == "country":
            codes = self.knowledge.countries.codes()
            return sorted((self.name(scheme, code) for code in codes), key=fold)
        return [self.name(scheme, code) for code in self.knowledge.concepts.notations(scheme)]


@lru_cache(maxsize=4)
def _concept_labels(base: str) -> dict[tuple[str, str, str], str]:
    minter = IriMinter(base)
    labels: dict[tuple[str, str, str], str] = {}
    for iri, described in descriptions("concepts", minter, (SKOS.prefLabel,)).items():
        parts = minter.parts(iri)
        if len(parts) < 3 or parts[0] != "concept":
            continue
        for label, language in texts_of(described, SKOS.prefLabel):
            labels[parts[1], "/".join(parts[2:]), language or ""] = label
    return labels


def record_cells(
    record: OutcomeRecord, name: Namer = codes_as_they_are, language: str = "en"
) -> list[CellValue]:
    """Return the cells of a record in the order of `outcome_graph.tables.COLUMNS`.

    Texts are those in the record's language; where there is none in it, another with its language
    before it ("[fr] …").

    Parameters:
        record: the record.
        name: names codes of schemes.
        language: of the words for types of constituents.
    """
    own = record.language
    contribution = record.contribution
    cells: dict[str, CellValue] = {
        "id": record.id,
        "profile": record.profile,
        "language": own,
        "code": record.code,
        "country": name("country", record.country) if record.country else None,
        "region": record.region,
        "title": _text(record.titles, own),
        "achievedOn": record.achieved_on,
        "achievedInYear": record.achieved_in,
        "periodStart": record.period_start,
        "periodEnd": record.period_end,
        "biennium": record.biennium,
        "indicator": record.indicator,
        "step": record.step,
        "resultType": name("result-type", record.result_type) if record.result_type else None,
        "resultStatement": _text(record.result_statement, own),
        "indicatorStatement": _text(record.indicator_statement, own),
        "visibility": name("visibility", record.visibility) if record.visibility else None,
        "achievement": _text(record.achievement, own),
        "contribution": _text(contribution.narrative, own) if contribution else None,
        "contributors": _names(contribution.contributors, own) if contribution else None,
        "activities": _activities(contribution.activities, own) if contribution else None,
        "genderEquality": _text(record.gender_equality, own),
        "legalActs": join_items(_legal_act(act, record, name) for act in record.legal_acts),
        "projects": join_items(_project(project, own) for project in record.projects),
        "funders": _names(record.funders, own),
        "constituents": join_items(
            write_constituent(_name(o, own), o.type, language) for o in record.constituents
        ),
        "sdgGoals": join_items(map(escape, record.sdg_goals)),
        "sdgTargets": join_items(map(escape, record.sdg_targets)),
        "sdgIndicators": join_items(
            escape(name("sdg-indicator", code)) for code in record.sdg_indicators
        ),
        "branches": join_items(escape(name("branch", code)) for code in record.branches),
        "source": record.source.url if record.source else None,
    }
    return [value if (value := cells[column.key]) != "" else None for column in COLUMNS]


def _text(texts: Texts, language: str) -> str | None:
    if not texts:
        return None
    text = _chosen(texts, language)
    if text.language != language or _MARK.match(text.value.lstrip()):
        return f"[{text.language}] {text.value.lstrip()}"
    return text.value


def _chosen(texts: Texts, language: str) -> Text:
    for wanted in (language, "en"):
        for text in texts:
            if text.language == wanted:
                return text
    return texts[0]


def _name(organisation: Organisation, language: str) -> str:
    return text_in(organisation.names, language) or organisation.slug


def _names(organisations: Iterable[Organisation], language: str) -> str:
    return join_items(escape(_name(o, language)) for o in organisations)


def _activities(activities: Iterable[Activity], language: str) -> str:
    return join_items(
        join_parts(
            (
                _text(activity.titles, language) or "",
                _day(activity.start),
                _day(activity.end),
                activity.place or "",
                "" if activity.participants is None else str(activity.participants),
            )
        )
        for activity in activities
    )


def _legal_act(act: LegalAct, record: OutcomeRecord, name: Namer) -> str:
    language = record.language
    title = _text(act.titles, language) or ""
    day = _day(act.date) or ("" if act.year is None else str(act.year))
    parts = (
        name("legal-act-type", act.type) if act.type else "",
        act.number or "",
        day,
        _name(act.passed_by, language) if act.passed_by else "",
        title,
        act.place if act.place != record.place else "",
    )
    if title and not any((*parts[:4], parts[5])):
        return escape(title)
    written = join_parts(parts)
    # One part alone would be read as the title.
    return written if parts[1:] != ("",) * 5 or written == "|" else f"{written} |"


def _project(project: Project, language: str) -> str:
    funders = (_name(o, language) for o in project.funders)
    return join_parts((project.identifier, _text(project.titles, language) or "", *funders))


def _day(day: Date | None) -> str:
    return day.isoformat() if day else ""
