"""Records as IATI 2.03 activities, valid for what the records hold.

An activity is written for each IATI activity that records were read from; results of the ILO's
country programmes, which have none, make one activity for each country programme outcome and
biennium, as the ILO itself publishes them. Elements come in the order of the standard's schema;
what the standard demands and a record does not say is only written where it follows from what the
record says, and a record that cannot make a valid activity is left out with the reason.
"""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from outcome_graph.errors import RecordError, UsageError
from outcome_graph.model import (
    WHOLE,
    Organisation,
    OutcomeRecord,
    Recipient,
    Sector,
    Text,
    Texts,
)
from outcome_graph.namespaces import RDF, IriMinter
from outcome_graph.pipeline.iati_losses import Losses
from outcome_graph.pipeline.iati_results import valueless, write_locations, write_result
from outcome_graph.pipeline.iati_xml import Xml
from outcome_graph.vocabulary import Countries

__all__ = ["activity_file", "activity_identifier", "by_activity", "reporter_for", "write_iati"]

_LOG = logging.getLogger(__name__)

#: Regions of the DAC's list that stand for our regional codes.
_REGIONS = {
    "GLO": "998",
    "RAF": "298",
    "RLA": "498",
    "RAB": "589",
    "RAS": "798",
    "RER": "89",
}
_STATUSES = ("pipeline", "implementation", "finalisation", "closed", "cancelled", "suspended")
_ROLES = {"accountable": "2", "extending": "3", "implementing": "4"}
#: OrganisationType: government, multilateral, other.
_GOVERNMENT, _MULTILATERAL, _OTHER = "10", "40", "90"
#: Multilateral bodies have identifiers of the DAC that begin so.
_MULTILATERAL_PREFIX = "XM-DAC-4"
#: DAC purpose codes: social protection; sectors not specified.
_SOCIAL_PROTECTION, _UNSPECIFIED = "16010", "99810"
#: SectorVocabulary: a publisher's own.
_OWN = ("98", "99")
#: Signs that the standard does not allow in identifiers of organisations, and white space.
_NOT_IN_IDENTIFIERS = re.compile(r"[/&|?\s]")
#: Results name their outcomes in the namespace of RDF, as the standard lets who extends it.
_BEFORE = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03" xmlns:rdf="{RDF}">\n'
).encode()
_AFTER = b"</iati-activities>\n"


class _LeftOutError(Exception):
    """A record cannot be written; says why."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What all records of an activity are told by."""

    identifier: str
    reporter: Organisation


def reporter_for(target: str, given: tuple[str, str] | None) -> Organisation | None:
    """Return the organisation that reports results of which none is known.

    Parameters:
        target: the format that is written.
        given: its identifier ("XM-DAC-41302") and what it is called, None for none.

    Raises:
        UsageError: it is no identifier, there is no name, or the format is another than IATI.
    """
    if given is None:
        return None
    reference, name = given
    if target != "iati":
        raise UsageError(
            f"A reporting organisation goes with IATI; {target} does not tell who reports."
        )
    if not reference or _NOT_IN_IDENTIFIERS.search(reference):
        raise UsageError(
            f"{reference[:60]!r} is no identifier of an organisation: it has no white space and "
            "none of / & | ?, as in XM-DAC-41302."
        )
    if not name.strip():
        raise UsageError(f"Give the name of the organisation {reference}, too.")
    return Organisation(reference, (Text(name.strip(), "und"),), identifier=reference)


def write_iati(
    records: Iterable[OutcomeRecord],
    minter: IriMinter,
    today: datetime.date | None = None,
    reporter: Organisation | None = None,
) -> Iterator[bytes]:
    """Write records as one IATI 2.03 activity file.

    Parameters:
        records: those of one activity must follow each other, as they do in the order of their ids.
        minter: the base. today: tells planned dates from actual ones; None for today.
        reporter: who reports the results of which no reporting organisation is known; they are
            left out without one.

    Raises:
        RecordError: none of them makes an activity, and a file holds one at least.
    """
    writer = _Writer(Countries.load(minter), minter, today or datetime.date.today())
    left_out: list[str] = []
    written: set[str] = set()
    for head, group in groupby(_headed(records, left_out, reporter), key=lambda pair: pair[0]):
        found = [record for _, record in group]
        try:
            if head.identifier in written:
                raise _LeftOutError("another part of its activity was written before")
            activity = writer.activity(head, found)
        except _LeftOutError as reason:
            left_out += [f"{record.id}: {reason}" for record in found]
            continue
        yield activity if written else _BEFORE + activity
        written.add(head.identifier)
    if not written:
        raise RecordError(_nothing(left_out))
    for line in left_out:
        _LOG.warning("left out of the IATI file: %s", line)
        yield Xml.comment(f"left out: {line}")
    for line in writer.not_written():
        _LOG.warning("not written to the IATI file: %s", line)
        yield Xml.comment(f"not written: {line}")
    yield _AFTER


def activity_file(
    record: OutcomeRecord,
    minter: IriMinter,
    countries: Countries,
    reporter: Organisation | None = None,
) -> bytes | None:
    """Return one record as an activity file; None when it makes no activity.

    Nothing is said of what is left out: it is for comparing, not for publishing.

    Parameters:
        reporter: as in `write_iati`.
    """
    headed = list(_headed([record], [], reporter))
    if not headed:
        return None
    writer = _Writer(countries, minter, datetime.date.today())
    try:
        return _BEFORE + writer.activity(headed[0][0], [record]) + _AFTER
    except _LeftOutError:
        return None


def _nothing(left_out: list[str]) -> str:
    if not left_out:
        return "There is no record to write: an IATI file holds one activity at least."
    others = f", and {len(left_out) - 1:,} more" if len(left_out) > 1 else ""
    return f"No record can be written as IATI. {left_out[0]}{others}."


def by_activity(
    records: Iterable[OutcomeRecord], reporter: Organisation | None = None
) -> list[OutcomeRecord]:
    """Return records so that those of one activity follow each other, else in their order.

    Parameters:
        reporter: as in `write_iati`.
    """
    groups: dict[str, list[OutcomeRecord]] = {}
    for record in records:
        found = _reporter(record, reporter)
        known = found.identifier if found else None
        groups.setdefault(activity_identifier(record, known or ""), []).append(record)
    return [record for group in groups.values() for record in group]


def _headed(
    records: Iterable[OutcomeRecord], left_out: list[str], otherwise: Organisation | None
) -> Iterator[tuple[_Head, OutcomeRecord]]:
    for record in records:
        if record.visibility not in (None, "public"):
            left_out.append(f"{record.id}: it is internal, and IATI files are published")
            continue
        reporter = _reporter(record, otherwise)
        if reporter is None or reporter.identifier is None:
            left_out.append(f"{record.id}: no reporting organisation with an identifier is known")
            continue
        yield _Head(activity_identifier(record, reporter.identifier), reporter), record


def _reporter(record: OutcomeRecord, otherwise: Organisation | None) -> Organisation | None:
    if record.reporting_organisation is not None:
        return record.reporting_organisation
    contributors = record.contribution.contributors if record.contribution else ()
    # An activity that was published has an identifier, which begins with its reporter's.
    other = None if _is_activity(record) else otherwise
    return next((o for o in contributors if o.identifier), other)


def activity_identifier(record: OutcomeRecord, reporter: str) -> str:
    """Return the IATI identifier of the activity that a record belongs to.

    Parameters:
        record: the record. reporter: identifier of the organisation that reports it.
    """
    if record.profile == "iati" and record.projects:
        return record.projects[0].identifier
    if record.code and record.biennium:
        return f"{reporter}-{record.code}-{record.biennium}"
    return f"{reporter}-{record.id}"


class _Writer:
    def __init__(self, countries: Countries, minter: IriMinter, today: datetime.date) -> None:
        self.countries = countries
        self.minter = minter
        self.today = today
        self._losses = Losses()
        self._not_written: list[str] = []

    def not_written(self) -> list[str]:
        """Return what records hold and no valid file can: for those who load what they export."""
        beyond = self._losses.sentence()
        return [*self._not_written, *([beyond] if beyond else [])]

    def activity(self, head: _Head, records: list[OutcomeRecord]) -> bytes:
        """Return the element of an activity with its results."""
        # What holds for the activity is said by each of its records; one may lack its place.
        first = next((r for r in records if r.place != "XXX"), records[0])
        xml = Xml(first.language)
        language = {} if first.language == "und" else {"xml:lang": first.language}
        xml.open("iati-activity", language)
        xml.element("iati-identifier", text=head.identifier)
        self._organisation(xml, "reporting-org", head.reporter, type=_type(head.reporter) or _OTHER)
        titles, descriptions = _about(first)
        xml.narratives("title", titles)
        xml.narratives("description", descriptions, type="1")
        self._participants(xml, head, records)
        self._dates(xml, records)
        self._recipients(xml, head, first)
        locations = write_locations(xml, records)
        self._sectors(xml, head, first)
        self._tags(xml, records)
        markers = [r.gender_marker for r in records if r.gender_marker is not None]
        if markers:
            marker = {"vocabulary": "1", "code": "1", "significance": str(markers[0])}
            xml.element("policy-marker", marker)
        for record in records:
            write_result(xml, record, locations, self.minter)
            self._losses.note(record)
            if words := valueless(record):
                self._not_written.append(
                    f"{record.id}: comments on values that are missing, of indicators that count "
                    f"({words:,})"
                )
        xml.close("iati-activity")
        return xml.data()

    def _organisation(
        self, xml: Xml, tag: str, organisation: Organisation, **attributes: str
    ) -> None:
        given = {"ref": organisation.identifier} if organisation.identifier else {}
        names = organisation.names or (Text(organisation.slug),)
        if tag != "reporting-org" and [t.value for t in names] == [organisation.identifier]:
            # It is known by its identifier alone, which is no name in any language.
            xml.element(tag, {**given, **attributes})
        else:
            xml.narratives(tag, names, **given, **attributes)

    def _participants(self, xml: Xml, head: _Head, records: list[OutcomeRecord]) -> None:
        found: dict[tuple[str, str], Organisation] = {}
        for record in records:
            for funder in record.funders:
                found.setdefault(("1", funder.slug), funder)
            if record.profile == "iati" and record.projects:
                for partner in record.projects[0].partners:
                    key = (_ROLES[partner.role], partner.organisation.slug)
                    found.setdefault(key, partner.organisation)
            for contributor in record.contribution.contributors if record.contribution else ():
                found.setdefault(("4", contributor.slug), contributor)
        if not found:
            # Who reports an activity takes part in it; the standard demands one at least.
            found["4", head.reporter.slug] = head.reporter
        for (role, _), organisation in sorted(found.items(), key=lambda item: item[0]):
            kind = _type(organisation)
            attributes = {"role": role, **({"type": kind} if kind else {})}
            self._organisation(xml, "participating-org", organisation, **attributes)

    def _dates(self, xml: Xml, records: list[OutcomeRecord]) -> None:
        start, end = _span(records)
        if start is None:
            raise _LeftOutError("no date is known from which its activity could begin")
        if end is not None and end < start:
            end = None
        status = records[0].projects[0].status if _is_activity(records[0]) else None
        if status in _STATUSES:
            code = str(_STATUSES.index(status) + 1)
        else:
            code = "4" if end is not None and end < self.today else "2"
        xml.element("activity-status", {"code": code})
        for day, planned, actual in ((start, "1", "2"), (end, "3", "4")):
            if day is not None:
                kind = actual if day <= self.today else planned
                xml.element("activity-date", {"iso-date": day.isoformat(), "type": kind})

    def _recipients(self, xml: Xml, head: _Head, record: OutcomeRecord) -> None:
        shares = [Decimal(r.share) for r in record.recipients if r.share is not None]
        if record.recipients and len(shares) == len(record.recipients) and sum(shares) == WHOLE:
            # Countries come before regions in the schema.
            for recipient in sorted(record.recipients, key=lambda r: r.place in _REGIONS):
                self._place(xml, recipient)
        elif record.place == "XXX":
            raise _LeftOutError("neither a country nor a region is known")
        else:
            self._place(xml, Recipient(record.place))
            if record.recipients:
                self._cannot_share(head, "recipients")

    def _place(self, xml: Xml, recipient: Recipient) -> None:
        share = {"percentage": recipient.share} if recipient.share is not None else {}
        if recipient.place in _REGIONS:
            code = {"code": _REGIONS[recipient.place], "vocabulary": "1"}
            xml.element("recipient-region", {**code, **share})
            return
        country = self.countries.get(recipient.place)
        if country is None or country.alpha2 is None:
            raise _LeftOutError(f"the country {recipient.place} has no code of two letters")
        xml.element("recipient-country", {"code": country.alpha2, **share})

    def _cannot_share(self, head: _Head, what: str) -> None:
        self._not_written.append(
            f"{head.identifier}: its {what}, whose shares are not all known or do not add up to 100"
        )

    def _sectors(self, xml: Xml, head: _Head, record: OutcomeRecord) -> None:
        written = False
        ordered = sorted(record.sectors, key=lambda s: s.key)
        for vocabulary, group in groupby(ordered, key=lambda s: _number(s.vocabulary)):
            sectors = list(group)
            shares = [Decimal(s.share) for s in sectors if s.share is not None]
            whole = len(shares) == len(sectors) and sum(shares) == WHOLE
            # Several sectors of one classification must share the whole, in shares that we hold.
            if len(sectors) == 1 or whole:
                written = True
                for sector in sectors:
                    self._sector(xml, vocabulary, sector, with_share=whole)
            else:
                self._cannot_share(head, f"sectors of vocabulary {vocabulary}")
        if not written:
            social = record.branches or record.profile == "result-page"
            code = _SOCIAL_PROTECTION if social and not record.sectors else _UNSPECIFIED
            xml.element("sector", {"vocabulary": "1", "code": code})

    def _sector(self, xml: Xml, vocabulary: str, sector: Sector, *, with_share: bool) -> None:
        share = {"percentage": sector.share} if with_share and sector.share else {}
        attributes = {"vocabulary": vocabulary, "code": sector.code, **share}
        # What is of a publisher's own must be told in words: without any, by its code.
        names = sector.names or ((Text(sector.code, "und"),) if vocabulary in _OWN else ())
        if names:
            xml.narratives("sector", names, **attributes)
        else:
            xml.element("sector", attributes)

    def _tags(self, xml: Xml, records: list[OutcomeRecord]) -> None:
        goals = dict.fromkeys(code for r in records for code in r.sdg_goals)
        targets = dict.fromkeys(code for r in records for code in r.sdg_targets)
        for vocabulary, codes in (("2", goals), ("3", targets)):
            for code in codes:
                xml.element("tag", {"vocabulary": vocabulary, "code": code})


def _number(vocabulary: str) -> str:
    """Return the code of a classification without the publisher that it is of."""
    return vocabulary.split("-", 1)[0]


def _is_activity(record: OutcomeRecord) -> bool:
    return record.profile == "iati" and bool(record.projects)


def _about(record: OutcomeRecord) -> tuple[Texts, Texts]:
    """Return titles and descriptions of the activity of a record."""
    if _is_activity(record):
        project = record.projects[0]
        titles = project.titles or record.titles or (Text(project.identifier, "und"),)
        return titles, project.descriptions or titles
    if record.code and record.biennium:
        titles = (Text(f"Country programme outcome {record.code}, {record.biennium}", "en"),)
        about = "Results achieved under a country programme outcome of the ILO in one biennium."
        return titles, (Text(about, "en"),)
    titles = record.titles or (Text(record.id, "und"),)
    return titles, record.achievement or titles


def _span(records: list[OutcomeRecord]) -> tuple[datetime.date | None, datetime.date | None]:
    """Return first and last day of the activity: its own, else those of its results."""
    if _is_activity(records[0]) and records[0].projects[0].start is not None:
        return records[0].projects[0].start, records[0].projects[0].end
    biennium = records[0].biennium
    if biennium and not _is_activity(records[0]):
        year = int(biennium[:4])
        return datetime.date(year, 1, 1), datetime.date(year + 1, 12, 31)
    days = [d for r in records for d in (r.achieved_on, r.period_start, r.period_end) if d]
    days += [datetime.date(r.achieved_in, 1, 1) for r in records if r.achieved_in]
    return (min(days), max(days)) if days else (None, None)


def _type(organisation: Organisation) -> str | None:
    """Return the OrganisationType of an organisation, None when it cannot be told."""
    if organisation.type == "government":
        return _GOVERNMENT
    if (organisation.identifier or "").startswith(_MULTILATERAL_PREFIX):
        return _MULTILATERAL
    return None
