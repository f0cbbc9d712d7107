"""Held-out pages: each text in ``cases/valid`` against the facts a person read from it.

The facts (``*.json``) were written by hand together with the pages, from the words of the page and
the domain's rules, not from what the reader returns. Only the keys a file gives are compared.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from outcome_graph import errors
from outcome_graph.draft import Draft, SourceFile
from outcome_graph.model import Candidate, LegalAct, Organisation
from outcome_graph.sources import read
from outcome_graph.sources.text import decode

CASES = Path(__file__).parents[1] / "cases"
VALID = sorted(CASES.glob("valid/*.txt"))
INVALID = sorted(p for p in CASES.glob("invalid/*") if p.suffix != ".json")


def source(path: Path) -> SourceFile:
    return SourceFile(path.name, path.read_bytes())


def iso(value: Any) -> str | None:
    return value.isoformat() if value else None


def act_facts(act: LegalAct) -> dict[str, Any]:
    return {
        "type": act.type,
        "number": act.number,
        "date": iso(act.date),
        "year": act.year,
        "passedBy": act.passed_by.name if act.passed_by else None,
        "title": act.titles[0].value,
    }


def candidate_facts(candidate: Candidate) -> list[str]:
    value = candidate.value
    if isinstance(value, LegalAct):
        name = f"{value.type} {value.number}" if value.number else value.titles[0].value
    else:
        name = value.name if isinstance(value, Organisation) else str(value)
    return [candidate.field, name]


def facts_of(draft: Draft) -> dict[str, Any]:
    """Put a draft into the form of the hand-written files."""
    r = draft.record
    activities = r.contribution.activities if r.contribution else ()
    return {
        "id": r.id,
        "profile": r.profile,
        "language": r.language,
        "date": iso(r.achieved_on),
        "year": r.achieved_in,
        "visibility": r.visibility,
        "step": r.step,
        "title": r.titles[0].value if r.titles else None,
        "titleLanguage": r.titles[0].language if r.titles else None,
        "resultLanguage": r.result_statement[0].language if r.result_statement else None,
        "projects": [[p.identifier, p.titles[0].value if p.titles else None] for p in r.projects],
        "legalActs": sorted((act_facts(a) for a in r.legal_acts), key=lambda a: a["title"]),
        "funders": sorted(f.name for f in r.funders),
        "activities": [
            {
                "title": a.titles[0].value,
                "start": iso(a.start),
                "end": iso(a.end),
                "place": a.place,
                "participants": a.participants,
            }
            for a in activities
        ],
        "constituents": sorted(c.name for c in r.constituents),
        "goals": sorted(r.sdg_goals),
        "targets": sorted(r.sdg_targets),
        "indicators": sorted(r.sdg_indicators),
        "branches": sorted(r.branches),
        "url": r.source.url if r.source else None,
        "candidates": sorted(candidate_facts(c) for c in r.candidates),
        "problems": [f"{p.severity}: {p}" for p in draft.problems],
    }


def compare(draft: Draft, wanted: dict[str, Any]) -> list[str]:
    """Say how a draft differs from the facts wanted of it."""
    found = facts_of(draft)
    wrong = []
    for key, value in wanted.items():
        if key == "legalActs":
            rest = list(found[key])
            for act in value:
                match = [a for a in rest if all(a[k] == v for k, v in act.items())]
                if match:
                    rest.remove(match[0])
                else:
                    wrong.append(f"legal act {act} not among {found[key]}")
            wrong += [f"legal act nobody asked for: {a}" for a in rest]
        elif key == "problems":
            wrong += [
                f"no problem “{problem}” among {found[key]}"
                for problem in value
                if not any(
                    problem.split(": ", 1)[1] in p and p.startswith(problem[:4]) for p in found[key]
                )
            ]
        else:
            if key != "activities" and isinstance(value, list):
                value = sorted(value)
            if found[key] != value:
                wrong.append(f"{key}: {found[key]!r} instead of {value!r}")
    if "problems" not in wanted and draft.errors:
        wrong.append(f"errors: {[str(p) for p in draft.errors]}")
    if "candidates" not in wanted and found["candidates"]:
        wrong.append(f"candidates nobody asked for: {found['candidates']}")
    return wrong


@pytest.mark.parametrize("path", VALID, ids=lambda p: p.stem)
def test_held_out_page(path: Path) -> None:
    wanted = json.loads(path.with_suffix(".json").read_text("utf-8"))
    wanted = wanted if isinstance(wanted, list) else [wanted]
    drafts = list(read(source(path)))
    assert len(drafts) == len(wanted)
    differences = [compare(d, w) for d, w in zip(drafts, wanted, strict=True)]
    assert not any(differences), "\n".join(line for lines in differences for line in lines)


@pytest.mark.parametrize("path", VALID, ids=lambda p: p.stem)
def test_evidence_quotes_the_text(path: Path) -> None:
    text = decode(source(path)).text
    for draft in read(source(path)):
        record = draft.record
        for reading in (*record.evidence, *record.candidates):
            assert reading.start is not None
            assert reading.quote == text[reading.start : reading.end]
            assert reading.quote.strip()


def test_there_are_enough_held_out_pages() -> None:
    assert len(VALID) >= 12
    assert {p.stem for p in VALID} == {p.stem for p in CASES.glob("valid/*.json")}


@pytest.mark.parametrize("path", INVALID, ids=lambda p: p.stem)
def test_invalid_source(path: Path) -> None:
    """Each is refused: by an error of this kind, or by an error among the draft's problems."""
    wanted = json.loads((path.parent / (path.stem + ".json")).read_text("utf-8"))
    if wanted["error"] != "Problem":
        with pytest.raises(getattr(errors, wanted["error"])) as caught:
            list(read(source(path)))
        for fragment in wanted["says"]:
            assert fragment in caught.value.message
        return
    drafts = list(read(source(path)))
    found = [str(p) for d in drafts for p in d.errors]
    assert len(found) == 1
    for fragment in wanted["says"]:
        assert fragment in found[0]
