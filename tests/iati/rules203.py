"""Rules of the IATI activity standard 2.03: its official schema, and what the schema does not say.

Written down by hand from the reference pages: number and attributes of what our export writes,
codes of the embedded code lists, and the rules of the ruleset on dates, shares, values, references
and organisations.
"""

from __future__ import annotations

import datetime
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from decimal import Decimal

from iati.schema203 import schema_errors

ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MANY = 10**9

#: Children in their order: name, least, most.
CHILDREN: dict[str, list[tuple[str, int, int]]] = {
    "iati-activities": [("iati-activity", 1, MANY)],
    "iati-activity": [
        ("iati-identifier", 1, 1),
        ("reporting-org", 1, 1),
        ("title", 1, 1),
        ("description", 1, MANY),
        ("participating-org", 1, MANY),
        ("other-identifier", 0, MANY),
        ("activity-status", 1, 1),
        ("activity-date", 1, MANY),
        ("contact-info", 0, MANY),
        ("activity-scope", 0, 1),
        ("recipient-country", 0, MANY),
        ("recipient-region", 0, MANY),
        ("location", 0, MANY),
        ("sector", 0, MANY),
        ("tag", 0, MANY),
        ("country-budget-items", 0, 1),
        ("humanitarian-scope", 0, MANY),
        ("policy-marker", 0, MANY),
        ("related-activity", 0, MANY),
        ("result", 0, MANY),
    ],
    "result": [
        ("title", 1, 1),
        ("description", 0, 1),
        ("document-link", 0, MANY),
        ("reference", 0, MANY),
        ("indicator", 1, MANY),
    ],
    "indicator": [
        ("title", 1, 1),
        ("description", 0, 1),
        ("document-link", 0, MANY),
        ("reference", 0, MANY),
        ("baseline", 0, MANY),
        ("period", 0, MANY),
    ],
    "baseline": [("location", 0, MANY), ("dimension", 0, MANY), ("comment", 0, 1)],
    "period": [
        ("period-start", 1, 1),
        ("period-end", 1, 1),
        ("target", 0, MANY),
        ("actual", 0, MANY),
    ],
    "target": [("location", 0, MANY), ("dimension", 0, MANY), ("comment", 0, 1)],
    "actual": [("location", 0, MANY), ("dimension", 0, MANY), ("comment", 0, 1)],
    "location": [("name", 0, 1)],
    **{
        name: [("narrative", 1, MANY)]
        for name in ("title", "description", "comment", "name", "reporting-org")
    },
    **{name: [("narrative", 0, MANY)] for name in ("participating-org", "sector", "tag")},
}
#: Attributes: those that must stand, those that may.
ATTRIBUTES: dict[str, tuple[set[str], set[str]]] = {
    "iati-activities": ({"version"}, {"generated-datetime", "linked-data-default"}),
    "iati-activity": (set(), {XML_LANG, "default-currency", "last-updated-datetime", "hierarchy"}),
    "reporting-org": ({"ref", "type"}, {"secondary-reporter"}),
    "description": (set(), {"type"}),
    "participating-org": ({"role"}, {"ref", "type", "activity-id"}),
    "activity-status": ({"code"}, set()),
    "activity-date": ({"type", "iso-date"}, set()),
    "recipient-country": ({"code"}, {"percentage"}),
    "recipient-region": ({"code"}, {"percentage", "vocabulary", "vocabulary-uri"}),
    "location": (set(), {"ref"}),
    "sector": ({"code"}, {"percentage", "vocabulary", "vocabulary-uri"}),
    "tag": ({"code", "vocabulary"}, {"vocabulary-uri"}),
    "policy-marker": ({"code"}, {"vocabulary", "significance", "vocabulary-uri"}),
    "result": ({"type"}, {"aggregation-status", ABOUT}),
    "indicator": ({"measure"}, {"ascending", "aggregation-status"}),
    "reference": ({"vocabulary", "code"}, {"indicator-uri", "vocabulary-uri"}),
    "baseline": ({"year"}, {"iso-date", "value"}),
    "period-start": ({"iso-date"}, set()),
    "period-end": ({"iso-date"}, set()),
    "target": (set(), {"value"}),
    "actual": (set(), {"value"}),
    "dimension": ({"name", "value"}, set()),
    "narrative": (set(), {XML_LANG}),
}
#: Codes of embedded code lists.
CODES: dict[tuple[str, str], set[str]] = {
    ("iati-activities", "version"): {"2.03"},
    ("participating-org", "role"): {"1", "2", "3", "4"},
    ("activity-status", "code"): {"1", "2", "3", "4", "5", "6"},
    ("activity-date", "type"): {"1", "2", "3", "4"},
    ("description", "type"): {"1", "2", "3", "4"},
    ("result", "type"): {"1", "2", "3", "9"},
    ("indicator", "measure"): {"1", "2", "3", "4", "5"},
    ("indicator", "ascending"): {"0", "1", "true", "false"},
    ("policy-marker", "significance"): {"0", "1", "2", "3", "4"},
    ("tag", "vocabulary"): {"1", "2", "3", "4", "99"},
}


def broken_rules(data: bytes, today: datetime.date) -> list[str]:
    """Return what an activity file does not keep to, each a short sentence."""
    root = ET.fromstring(data)
    if root.tag != "iati-activities":
        return [f"root {root.tag}"]
    found = schema_errors(data)
    found += [problem for node in root.iter() for problem in _node(node)]
    identifiers = [n.text for n in root.iter("iati-identifier")]
    if len(identifiers) != len(set(identifiers)):
        found.append("an identifier stands twice")
    for activity in root:
        found += [f"{activity.findtext('iati-identifier')}: {p}" for p in _rules(activity, today)]
    return found


def _node(node: ET.Element) -> Iterator[str]:
    must, may = ATTRIBUTES.get(node.tag, (set(), set()))
    for name in must - node.attrib.keys():
        yield f"{node.tag} lacks {name}"
    for name in node.attrib.keys() - must - may:
        yield f"{node.tag} has {name}"
    for name, value in node.attrib.items():
        known = CODES.get((node.tag, name))
        if not value.strip() or (known is not None and value not in known):
            yield f"{node.tag}/@{name} is {value!r}"
        if name == "iso-date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            yield f"{node.tag}/@iso-date is {value!r}"
    allowed = CHILDREN.get(node.tag, [])
    order = [name for name, _, _ in allowed]
    tags = [child.tag for child in node]
    if unknown := set(tags) - set(order):
        yield f"{node.tag} holds {sorted(unknown)}"
    elif [order.index(t) for t in tags] != sorted(order.index(t) for t in tags):
        yield f"{node.tag} holds its elements in another order: {tags}"
    for name, least, most in allowed:
        if not least <= tags.count(name) <= most:
            yield f"{node.tag} holds {tags.count(name)} {name}"
    if node.tag in ("narrative", "iati-identifier") and not (node.text or "").strip():
        yield f"{node.tag} is empty"


def _rules(activity: ET.Element, today: datetime.date) -> Iterator[str]:
    reporter = activity.find("reporting-org")
    identifier = activity.findtext("iati-identifier") or ""
    if reporter is not None and not identifier.startswith(f"{reporter.get('ref')}-"):
        yield "the identifier does not begin with the reporting organisation's"
    dates = {d.get("type"): d.get("iso-date") or "" for d in activity.iter("activity-date")}
    if not dates.keys() & {"1", "2"}:
        yield "no start date"
    for kind in ("2", "4"):
        if dates.get(kind, "") > today.isoformat():
            yield "an actual date lies in the future"
    start, end = dates.get("2") or dates.get("1") or "", dates.get("4") or dates.get("3") or "9"
    if start > end:
        yield "it ends before it begins"
    places = [*activity.findall("recipient-country"), *activity.findall("recipient-region")]
    yield from _shares(places, "recipients")
    sectors: dict[str, list[ET.Element]] = {}
    for sector in activity.findall("sector"):
        sectors.setdefault(sector.get("vocabulary") or "1", []).append(sector)
    if not sectors:
        yield "no sector"
    for vocabulary, found in sectors.items():
        if vocabulary in ("98", "99") and any(s.find("narrative") is None for s in found):
            yield f"a sector of vocabulary {vocabulary} has no narrative"
        yield from _shares(found, f"sectors of vocabulary {vocabulary}")
    references = {location.get("ref") for location in activity.findall("location")}
    for location in activity.iterfind(".//indicator//location"):
        if location.get("ref") not in references:
            yield f"no location {location.get('ref')}"
    for indicator in activity.iter("indicator"):
        used = [r.get("vocabulary") for r in indicator.findall("reference")]
        if len(used) != len(set(used)):
            yield "a vocabulary stands twice in an indicator"
    for result in activity.iter("result"):
        if result.find("reference") is not None and result.find("indicator/reference") is not None:
            yield "both a result and its indicator have a reference"
    for tag in ("baseline", "period/target", "period/actual"):
        counting = (i for i in activity.iter("indicator") if i.get("measure") != "5")
        if any(value.get("value") is None for i in counting for value in i.findall(tag)):
            yield f"a {tag} of an indicator that counts has no value"
    for organisation in activity.findall("participating-org"):
        if organisation.get("ref") is None and organisation.find("narrative") is None:
            yield "a participating organisation has neither ref nor narrative"
    for period in activity.iter("period"):
        days = [period.find(f"period-{n}") for n in ("start", "end")]
        first, last = (d.get("iso-date") or "" if d is not None else "" for d in days)
        if first > last:
            yield "a period ends before it begins"


def _shares(nodes: list[ET.Element], what: str) -> Iterator[str]:
    shares = [node.get("percentage") for node in nodes]
    if not nodes:
        yield f"no {what}"
    elif len(nodes) > 1 or shares != [None]:
        total = sum(Decimal(share or 0) for share in shares)
        if None in shares or total != 100:
            yield f"{what} share {total} of 100"
