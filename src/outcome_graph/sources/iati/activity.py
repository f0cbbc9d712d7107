"""What an activity says that holds for all its results: project, people, places, goals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from outcome_graph.errors import UsageError
from outcome_graph.model import (
    WHOLE,
    Candidate,
    Date,
    LegalAct,
    Organisation,
    Partner,
    Project,
    Recipient,
    Sector,
    plain_number,
    texts,
)
from outcome_graph.namespaces import slugify
from outcome_graph.sources.iati.codes import (
    DATE_TYPES,
    FUNDING,
    INCOMING,
    NO_ISO_COUNTRIES,
    REGIONS,
    ROLES,
    STATUSES,
    UN_REGIONS,
    VOCABULARIES,
)
from outcome_graph.sources.iati.stream import Node
from outcome_graph.sources.iati.values import Values
from outcome_graph.sources.page.acts import find_acts
from outcome_graph.sources.text import SourceText

__all__ = ["Goals", "Place", "document_candidates", "locations_of", "read_goals", "read_place"]
__all__ += ["gender_marker", "read_project", "read_sectors"]

#: TagVocabulary and SectorVocabulary: SDG goals, targets and (sectors only) indicators.
_TAGS = {"2": "goals", "3": "targets"}
_SECTORS = {"7": "goals", "8": "targets", "9": "indicators"}
#: SectorVocabulary: a publisher's own.
_OWN_VOCABULARIES = ("98", "99")
_DAC, _UN = "1", "2"
#: DAC purpose code: sectors not specified.
_UNSPECIFIED = "99810"
#: Shares in whole numbers may miss the whole by this much.
_ROUNDING = 1
_GENDER = "1"
_GLOBAL_SCOPE = "1"
_SIGNIFICANCE = ("0", "1", "2", "3", "4")
#: A document's title shows that an act exists, not that it is the outcome's.
_ACT_IN_TITLE = 0.5
_MAY_BE_ACT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an activity works: one country or region, or several recipients, in codes as given."""

    country: str | None = None
    region: str | None = None
    recipients: tuple[Recipient, ...] = ()


@dataclass(frozen=True, slots=True)
class Goals:
    """Codes of the SDGs, as given."""

    goals: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


def read_project(activity: Node, identifier: str, place: Place, values: Values) -> Project:
    """Return the activity as a project with its partners, and its funders.

    Funders are organisations in the role 1 and the providers of money that comes in. Providers of
    what goes out are the activity itself.
    """
    funders: list[Organisation] = []
    partners: list[Partner] = []
    for node in activity.all("participating-org"):
        organisation = values.organisation(node)
        if organisation is None:
            values.warn("A participating organisation has neither name nor ref.", "projects", node)
            continue
        role = values.code(node, "role", ROLES, "role of an organisation", "projects")
        if role == FUNDING:
            funders.append(organisation)
        elif role is not None:
            partners.append(Partner(role, organisation))
        elif node.get("role") is None:
            message = "A participating organisation has no role and was left out."
            values.warn(message, "projects", node)
    funders += _providers(activity, values)
    status = activity.first("activity-status")
    named = "activity status"
    stage = values.code(status, "code", STATUSES, named, "projects") if status else None
    start, end = _dates(activity, values)
    return Project(
        identifier=identifier,
        titles=values.texts(activity.first("title")),
        descriptions=values.joined(activity.all("description")),
        funders=_distinct(funders),
        partners=tuple({p.key: p for p in partners}.values()),
        country=place.country,
        start=start,
        end=end,
        status=stage,
    )


def _providers(activity: Node, values: Values) -> Iterator[Organisation]:
    seen: set[tuple[str | None, str]] = set()
    for transaction in activity.all("transaction"):
        kind, provider = transaction.first("transaction-type"), transaction.first("provider-org")
        if kind is None or provider is None or kind.get("code") not in INCOMING:
            continue
        key = (provider.get("ref"), "".join(n.text for n in provider.all("narrative")))
        if key not in seen:
            seen.add(key)
            organisation = values.organisation(provider)
            if organisation is not None:
                yield organisation


def _distinct(organisations: list[Organisation]) -> tuple[Organisation, ...]:
    """Keep one mention of each body: the same identifier is the same body, whatever it is called.

    A mention by the identifier alone gives way to one that names the body.
    """
    found: dict[str, Organisation] = {}
    for organisation in organisations:
        key = organisation.identifier or organisation.slug
        if key not in found or _bare(found[key]):
            found[key] = organisation
    return tuple(found.values())


def _bare(organisation: Organisation) -> bool:
    return [t.value for t in organisation.names] == [organisation.identifier]


def _dates(activity: Node, values: Values) -> tuple[Date | None, Date | None]:
    """Return first and last day: actual ones before planned ones."""
    days: dict[str, Date] = {}
    for node in activity.all("activity-date"):
        day = values.date(node, "projects")
        kind = values.code(node, "type", DATE_TYPES, "type of date", "projects")
        if day is not None and kind is not None:
            days.setdefault(kind, day)
    start = days.get("start-actual") or days.get("start-planned")
    end = days.get("end-actual") or days.get("end-planned")
    if start and end and start > end:
        node = activity.all("activity-date")[-1]
        values.warn(
            f"The activity ends on {end}, before it begins on {start}. Check its dates.",
            "projects",
            node,
        )
        return start, None
    return start, end


def read_place(activity: Node, values: Values) -> Place:
    """Return the recipients; where the activity names none, those of its transactions."""
    nodes = [n for n in activity.children if n.tag in ("recipient-country", "recipient-region")]
    if not nodes:
        nodes = [
            n
            for transaction in activity.all("transaction")
            for n in transaction.children
            if n.tag in ("recipient-country", "recipient-region")
        ]
    recipients: dict[str, Recipient] = {}
    regions: set[str] = set()
    for node in nodes:
        code = node.get("code")
        if code is None:
            values.warn("A recipient has no code and was left out.", "country", node)
            continue
        if node.tag == "recipient-region":
            region = _region(node, code, values)
            if region is None:
                continue
        else:
            region = _region_of(node, code, values)
        if region is not None:
            regions.add(region)
            code = region
        recipient = Recipient(code, values.share(node))
        known = recipients.get(code)
        recipients[code] = known.with_share_of(recipient) if known else recipient
    _check_shares(nodes, "recipients", values)
    if len(recipients) == 1:
        (code,) = recipients
        return Place(region=code) if code in regions else Place(country=code)
    if not recipients:
        scope = activity.first("activity-scope")
        if scope is not None and scope.get("code") == _GLOBAL_SCOPE:
            return Place(region="GLO")
    return Place(recipients=tuple(recipients.values()))


def _region_of(node: Node, code: str, values: Values) -> str | None:
    """Return our region for a country that has no code in ISO 3166, None for all others."""
    name, region = NO_ISO_COUNTRIES.get(code.upper(), (None, None))
    if name is not None:
        values.warn(
            f"{code.upper()}, {name}, is no code of ISO 3166; its region, {region}, was taken.",
            "country",
            node,
        )
    return region


def _check_shares(nodes: list[Node], of: str, values: Values) -> None:
    """Warn of shares of one whole that are all given and do not add up to it."""
    if len(nodes) < 2:
        return
    shares = [plain_number((n.get("percentage") or "").removesuffix("%")) for n in nodes]
    given = [Decimal(share) for share in shares if share is not None]
    # One that cannot be read has a warning of its own.
    if len(given) == len(nodes) and abs((total := sum(given)) - WHOLE) > _ROUNDING:
        message = f"The shares of the {of} add up to {total:f} per cent, not to 100. Check them."
        values.warn(message, of.partition(" ")[0], nodes[0])


def _region(node: Node, code: str, values: Values) -> str | None:
    vocabulary = node.get("vocabulary") or _DAC
    lists = {_DAC: REGIONS, _UN: UN_REGIONS}
    found = lists.get(vocabulary, {}).get(code.zfill(3) if vocabulary == _UN else code)
    if found is None:
        values.warn(
            f"The region “{code[:40]}” is none that we know, and was left out. Name the countries, "
            "or a region of the DAC's list (vocabulary 1) or the UN's (2).",
            "region",
            node,
        )
    return found


def read_goals(activity: Node) -> Goals:
    """Return the SDG codes of tags and sectors; the goal of a target is stated with it."""
    found: dict[str, list[str]] = {"goals": [], "targets": [], "indicators": []}
    for tag, vocabularies in (("tag", _TAGS), ("sector", _SECTORS)):
        for node in activity.all(tag):
            kind, code = vocabularies.get(node.get("vocabulary") or _DAC), node.get("code")
            if kind and code:
                found[kind].append(code)
    for target in found["targets"]:
        goal = re.fullmatch(r"(\d{1,2})\.\w{1,2}", target)
        if goal:
            found["goals"].append(goal[1])
    return Goals(*(tuple(dict.fromkeys(codes)) for codes in found.values()))


def read_sectors(activity: Node, reporter: str | None, values: Values) -> tuple[Sector, ...]:
    """Return the sectors of an activity, else of its transactions, without those that are SDGs.

    Parameters:
        reporter: identifier of the publisher, whose own codes mean nothing without it.
    """
    nodes = activity.all("sector") or [
        node for transaction in activity.all("transaction") for node in transaction.all("sector")
    ]
    found: dict[tuple[str, str], Sector] = {}
    together: dict[str, list[Node]] = {}
    for node in nodes:
        given, code = node.get("vocabulary") or _DAC, node.get("code")
        vocabulary = VOCABULARIES.get(given.upper(), given)
        together.setdefault(vocabulary, []).append(node)
        if code is None or vocabulary in _SECTORS:
            continue
        if vocabulary in _OWN_VOCABULARIES:
            vocabulary = f"{vocabulary}-{reporter or 'unknown'}"
        # A name that is the code again is none.
        names = tuple(text for text in values.texts(node) if text.value != code)
        sector = Sector(vocabulary, code, names, values.share(node))
        known = found.get(sector.key)
        found[sector.key] = known.with_share_of(sector) if known else sector
    for vocabulary, group in together.items():
        _check_shares(group, f"sectors of vocabulary {vocabulary}", values)
    if [code for vocabulary, code in found if vocabulary == _DAC] == [_UNSPECIFIED]:
        # It says that there is nothing to say.
        del found[_DAC, _UNSPECIFIED]
    return tuple(found.values())


def gender_marker(activity: Node, values: Values) -> int | None:
    """Return the significance of the policy marker for gender equality, None when unmarked."""
    for node in activity.all("policy-marker"):
        if (node.get("code") or "").lstrip("0") != _GENDER or (
            node.get("vocabulary") or "1"
        ) != "1":
            continue
        significance = node.get("significance")
        if significance in _SIGNIFICANCE:
            return int(significance)
        values.warn(
            f"“{(significance or '')[:40]}” is no significance of a policy marker, which is 0 to "
            "4. The marker was left out.",
            "gender_marker",
            node,
        )
    return None


def locations_of(activity: Node, values: Values) -> dict[str, str]:
    """Return the names of an activity's locations by their ``@ref``."""
    named = {}
    for node in activity.all("location"):
        ref, names = node.get("ref"), values.texts(node.first("name"))
        if ref and names:
            english = next((t for t in names if t.language == "en"), names[0])
            named[ref] = english.value
    return named


def document_candidates(nodes: list[Node], place: str, values: Values) -> Iterator[Candidate]:
    """Yield the legal acts that titles of documents name, for review.

    Parameters:
        nodes: ``document-link`` elements. place: country or region of the acts.
    """
    for node in nodes:
        for title in values.texts(node.first("title")):
            if not _MAY_BE_ACT.search(title.value):
                continue
            source = SourceText.of(title.value[:500])
            for act in find_acts(source, source.span, reported=False):
                words = source.value(act.title)
                try:
                    slug = slugify(f"{act.type} {act.number}" if act.number else words)
                except UsageError:
                    continue
                value = LegalAct(
                    place=place,
                    slug=slug,
                    number=act.number,
                    type=act.type,
                    date=act.date.last if act.date else None,
                    year=act.year,
                    titles=texts(words, language=title.language),
                )
                confidence = min(act.confidence, _ACT_IN_TITLE)
                yield Candidate("legal_acts", value, title.value[:500], confidence)
