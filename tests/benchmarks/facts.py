"""How many facts of result pages are found, and whether any wrong one is stated.

``python tests/benchmarks/facts.py [-v]`` reads the pages in ``facts/``, which were written for this
in the form of the seed record, by hand and before the program first read them, with the facts that
a person reads in them (``expected.json``). What the first set showed was mended; the second was
written afterwards. A fact is *stated* in the record, or *offered* as a candidate for review; what
is stated and was not expected is *wrong*. Day, place and number of one event are facts each; a
stated event that puts those of two together is wrong besides (``events``). So is a contributor or
a body that passed an act which is not the page's, where ``expected.json`` tells them. A page is
text or markup; of a file with several results ``name#2`` are the facts of the second.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from outcome_graph.linking.legal_acts import normalised_number
from outcome_graph.model import Activity, LegalAct, Organisation, OutcomeRecord
from outcome_graph.pipeline import SourceReader
from outcome_graph.settings import Settings
from outcome_graph.vocabulary.names import fold

FOLDER = Path(__file__).parent / "facts"
_SINGLE: dict[str, Callable[[OutcomeRecord], Any]] = {
    "code": lambda r: r.code,
    "country": lambda r: r.country,
    "region": lambda r: r.region,
    "date": lambda r: r.achieved_on and r.achieved_on.isoformat(),
    "year": lambda r: r.achieved_in,
    "biennium": lambda r: r.biennium,
    "indicator": lambda r: r.indicator,
    "step": lambda r: r.step,
    "visibility": lambda r: r.visibility,
}
_PLAIN: dict[str, Callable[[OutcomeRecord], Iterable[Any]]] = {
    "goals": lambda r: r.sdg_goals,
    "targets": lambda r: r.sdg_targets,
    "sdg_indicators": lambda r: r.sdg_indicators,
    "projects": lambda r: (p.identifier for p in r.projects),
    "branches": lambda r: r.branches,
}


class Tally:
    """Counts of expected facts stated, offered and missed, and of wrong ones stated."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.notes: list[str] = []

    def add(self, page: str, field: str, outcome: str, value: object) -> None:
        self.counts[field, outcome] += 1
        if outcome != "stated":
            self.notes.append(f"{page}: {field}: {outcome}: {value}")

    def total(self, outcome: str) -> int:
        return sum(n for (_, o), n in self.counts.items() if o == outcome)


def matched(
    tally: Tally,
    page: str,
    field: str,
    expected: Iterable[Any],
    stated: Iterable[Any],
    offered: Iterable[Any],
    same: Callable[[Any, Any], bool],
    may: Iterable[Any] = (),
) -> None:
    """Pair what was expected with what was found; each thing is used once.

    ``may`` are facts of the page that need not be told of the result: right where they are stated.
    """
    left, candidates = list(stated), list(offered)
    for wanted in expected:
        for place, outcome in ((left, "stated"), (candidates, "offered")):
            hit = next((v for v in place if same(wanted, v)), None)
            if hit is not None:
                place.remove(hit)
                tally.add(page, field, outcome, wanted)
                break
        else:
            tally.add(page, field, "missed", wanted)
    for value in left:
        if not any(same(allowed, value) for allowed in may):
            tally.add(page, field, "wrong", value)


def same_name(wanted: str, found: Organisation) -> bool:
    """Whether it is this name, or one of these: two names run together are none of them."""
    return not {fold(text.value) for text in found.names}.isdisjoint(map(fold, wanted.split("|")))


def same_funder(wanted: str, found: Organisation) -> bool:
    names = [fold(text.value) for text in found.names] + [fold(found.slug)]
    return any(fold(w) in name for w in wanted.split("|") for name in names)


def same_act(wanted: list[str], found: LegalAct) -> bool:
    kinds = wanted[0].split("|")
    # A year may be part of the number or not: 35/2020 is 35 of 2020.
    numbers = (
        normalised_number(n or "", found.type, found.year) for n in (found.number, wanted[1])
    )
    # An act without a number is known by its year.
    year = found.number or len(wanted) < 3 or not found.year or wanted[2][:4] == str(found.year)
    return len(set(numbers)) == 1 and bool(year) and ("*" in kinds or found.type in kinds)


def when(act: LegalAct) -> str:
    return act.date.isoformat() if act.date else str(act.year or "")


def same_place(wanted: str, found: str) -> bool:
    return fold(found) in map(fold, wanted.split("|"))


def span(activity: Activity) -> str:
    days = (activity.start, activity.end or activity.start)
    return "/".join(dict.fromkeys(day.isoformat() for day in days if day))


def people(activities: Iterable[Activity]) -> list[int]:
    return [a.participants for a in activities if a.participants is not None]


def places(activities: Iterable[Activity]) -> list[str]:
    return [a.place for a in activities if a.place]


def spans(activities: Iterable[Activity]) -> list[str]:
    return [span(a) for a in activities if a.start]


def events_of(expected: dict[str, Any]) -> list[tuple[str | None, str | None, int | None]]:
    """The events of a page: as told, or by turn where each has day, place and number."""
    told = expected.get("events")
    parts = [expected.get(name, []) for name in ("spans", "places", "participants")]
    if told is None and len({len(part) for part in parts}) == 1:
        told = zip(*parts, strict=True)
    return [(day, place, number) for day, place, number in told or ()]


def belongs(event: tuple[str | None, str | None, int | None], found: Activity) -> bool:
    """Whether nothing is said of an activity that the event has otherwise."""
    day, place, number = event
    return (
        (not found.start or day is None or span(found) == day)
        and (not found.place or place is None or same_place(place, found.place))
        and (found.participants is None or number is None or found.participants == number)
    )


def judge_events(
    tally: Tally, page: str, expected: dict[str, Any], stated: Iterable[Activity]
) -> None:
    """Count stated events that put together what belongs to several."""
    events = events_of(expected)
    may = expected.get("may", {})
    for activity in stated:
        told = [activity.start, activity.place, activity.participants]
        if not events or sum(value is not None for value in told) < 2:
            continue
        # What need not be told is in no list of events.
        known = {
            "spans": [span(activity)] if activity.start else [],
            "participants": people([activity]),
        }
        allowed = any(set(known[name]) & set(may.get(name, ())) for name in known)
        allowed = allowed or any(same_place(p, activity.place or "") for p in may.get("places", ()))
        if not allowed and not any(belongs(event, activity) for event in events):
            tally.add(page, "events", "wrong", activity)


def judge(tally: Tally, page: str, record: OutcomeRecord, expected: dict[str, Any]) -> None:
    """Compare a record with the facts of its page."""
    offers: dict[str, list[Any]] = {}
    for candidate in record.candidates:
        offers.setdefault(candidate.field, []).append(candidate.value)
    for field, value_of in _SINGLE.items():
        wanted, found = expected.get(field), value_of(record)
        if wanted is not None:
            outcome = "stated" if found == wanted else "wrong" if found is not None else "missed"
            tally.add(page, field, outcome, f"{wanted} ({found})")
        elif found is not None and field != "region":
            tally.add(page, field, "wrong", found)
    may = expected.get("may", {})

    def compare(field: str, stated: Iterable[Any], offered: Iterable[Any], same: Any) -> None:
        given = expected.get(field, ())
        matched(tally, page, field, given, stated, offered, same, may.get(field, ()))

    for field, values_of in _PLAIN.items():
        offered = [
            getattr(value, "identifier", value)
            for name in (field, f"sdg_{field}")
            for value in offers.get(name, [])
        ]
        compare(field, values_of(record), offered, lambda a, b: a == b)
    compare("funders", record.funders, offers.get("funders", ()), same_funder)
    compare("constituents", record.constituents, offers.get("constituents", ()), same_name)
    compare("acts", record.legal_acts, offers.get("legal_acts", ()), same_act)
    for wanted in (act for act in expected["acts"] if len(act) > 2):
        found = next((act for act in record.legal_acts if same_act(wanted, act)), None)
        day = when(found) if found else ""
        outcome = (
            "stated" if day == wanted[2] else "wrong" if len(day) == len(wanted[2]) else "missed"
        )
        proposals = (act for act in offers.get("legal_acts", ()) if same_act(wanted, act))
        if found is None and any(when(act) == wanted[2] for act in proposals):
            outcome = "offered"
        tally.add(page, "act_dates", outcome, f"{wanted} ({day})")
        if found and found.passed_by and len(wanted) > 3:
            right = same_name(wanted[3] or "", found.passed_by)
            tally.add(page, "passed_by", "stated" if right else "wrong", found.passed_by)
    contributors = record.contribution.contributors if record.contribution else ()
    if "contributors" in expected:
        compare("contributors", contributors, (), same_name)
    activities = record.contribution.activities if record.contribution else ()
    proposed = offers.get("activities", ())
    compare("participants", people(activities), people(proposed), int.__eq__)
    compare("places", places(activities), places(proposed), same_place)
    if "spans" in expected:
        compare("spans", spans(activities), spans(proposed), str.__eq__)
    judge_events(tally, page, expected, activities)


def measured(folder: Path) -> Tally:
    """Read the pages of a set and compare what was found with what is there."""
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    reader, tally = SourceReader(Settings()), Tally()
    read: dict[str, list[OutcomeRecord]] = {}
    for page, facts in expected.items():
        name, _, number = page.partition("#")
        try:
            if name not in read:
                read[name] = records_of(reader, folder, name)
        except Exception as error:
            read[name] = []
            tally.notes.append(f"{page}: {error}")
        place = int(number or 1) - 1
        records = read[name][place : place + 1] or [OutcomeRecord(id="none")]
        judge(tally, page, records[0], facts)
    return tally


def records_of(reader: SourceReader, folder: Path, name: str) -> list[OutcomeRecord]:
    """The results of a page, which may be text or markup."""
    page = next(path for end in ("txt", "html") if (path := folder / f"{name}.{end}").exists())
    items = (item for source in reader.sources([page]) for item in reader.items(source))
    return [item.draft.record for item in items]


def show(folder: Path, tally: Tally) -> None:
    """Print a table of what was found."""
    fields = list(dict.fromkeys(field for field, _ in tally.counts))
    print(
        f"\n{folder.name}\n\n| facts | stated | offered | missed | wrong |\n|---|---|---|---|---|"
    )
    for field in fields:
        row = [tally.counts[field, o] for o in ("stated", "offered", "missed", "wrong")]
        print(f"| {field} | " + " | ".join(map(str, row)) + " |")
    stated, offered, missed = (tally.total(o) for o in ("stated", "offered", "missed"))
    every = stated + offered + missed
    print(
        f"\n{every} facts: {(stated + offered) / every:.1%} found "
        f"({stated / every:.1%} stated), {tally.total('wrong')} wrong ones stated"
    )
    if "-v" in sys.argv:
        print("\n".join(tally.notes))


def main() -> None:
    """Measure all sets."""
    for folder in sorted(path.parent for path in FOLDER.glob("*/expected.json")):
        show(folder, measured(folder))


if __name__ == "__main__":
    main()
