"""From activities to drafts: one record for each result.

A record's id is made of what identifies the result and nothing else, so that it is the same in
every edition of a publisher's file, in whatever order: the activity's IATI identifier, and ten
digits of a digest over the titles of the result and of its indicators, since IATI gives results no
identifier of their own and publishers title several of them alike. Results that even so are alike
are counted. A result that names our record keeps its id: our own exports do (``named_outcome``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from outcome_graph.draft import Draft, Location, Problem, SourceFile
from outcome_graph.errors import SourceError, UsageError
from outcome_graph.model import Measure, OutcomeRecord, Texts
from outcome_graph.namespaces import IriMinter
from outcome_graph.sources.iati.activity import (
    document_candidates,
    gender_marker,
    locations_of,
    read_goals,
    read_place,
    read_project,
    read_sectors,
)
from outcome_graph.sources.iati.codes import RESULT_TYPES
from outcome_graph.sources.iati.relations import Seen
from outcome_graph.sources.iati.results import read_measures, sdg_references
from outcome_graph.sources.iati.stream import Activity, Node, read_stream
from outcome_graph.sources.iati.values import Values

__all__ = ["read_activities"]

_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9._~-]+")
_LONGEST_IDENTIFIER = 100


def read_activities(
    source: SourceFile, limit: int, minter: IriMinter | None = None
) -> Iterator[tuple[SourceFile, Draft]]:
    """Yield a draft for each result of an activity file, with the activity as its source.

    A draft whose result names a record of ours has a place for its ``id``.

    Parameters:
        source: the file; with a path, it is read piece by piece from there.
        limit: bytes that one activity may have at most.
        minter: the base under which our records are named; None for the usual one.

    Raises:
        SourceError: it is no IATI 2.x activity file, holds no result, has a DOCTYPE or is broken;
            the drafts of what came before the broken place were yielded.
    """
    seen, ours = Seen(), minter or IriMinter()
    activities = drafts = 0
    for activity in read_stream(source, limit):
        activities += 1
        for draft in _Reading(activity, seen, ours).drafts():
            drafts += 1
            yield activity.source, draft
    if not activities:
        raise SourceError(
            f"{source.name} holds no activity: no iati-activity stands in its iati-activities."
        )
    if not drafts:
        have = "its activity has none" if activities == 1 else f"its {activities:,} have none"
        raise SourceError(
            f"{source.name} holds no results: a record is made of each result of an activity, and "
            f"{have}."
        )


def record_id(identifier: str, titles: Texts, measures: tuple[Measure, ...]) -> str:
    """Return the id of a result.

    Parameters:
        identifier: IATI identifier of its activity. titles: its titles. measures: its indicators.
    """
    words = [identifier, titles[0].value if titles else ""]
    words += [measure.titles[0].value for measure in measures if measure.titles]
    digest = hashlib.sha256("\n".join(words).encode()).hexdigest()[:10]
    return f"{_readable(identifier) or 'iati'}-{digest}"


def named_outcome(result: Node, minter: IriMinter) -> str | None:
    """Return the id of the record of ours that a result names, None when it names none.

    Our exports say with ``rdf:about`` which outcome a result is; prefixes may have been changed.
    """
    for name, value in result.attributes.items():
        if name.endswith(":about"):
            parts = minter.parts(value.strip())
            if len(parts) == 2 and parts[0] == "outcome":
                try:
                    minter.record(parts[1])
                except UsageError:
                    return None
                return parts[1]
    return None


def _readable(identifier: str) -> str:
    return _NOT_IN_IDS.sub("-", identifier)[:_LONGEST_IDENTIFIER].strip("-._~")


class _Reading:
    """The reading of one activity."""

    def __init__(self, activity: Activity, seen: Seen, minter: IriMinter) -> None:
        self.activity = activity
        self.node = activity.node
        self.seen = seen
        self.minter = minter
        self.where = f"iati-activity[{activity.number}]"
        language = self.node.attributes.get("xml:lang") or activity.language
        self.values = Values(language, self.where)
        if activity.remark:
            self.values.problems.append(Problem("warning", activity.remark))
        self.used: dict[str, int] = {}

    def drafts(self) -> Iterator[Draft]:
        """Yield a draft for each result; one with the error where the activity cannot be read."""
        results = self.node.all("result")
        named = self.node.first("iati-identifier")
        identifier = " ".join(named.text.split()) if named is not None else ""
        error = self._error(identifier)
        self.values.problems += self.seen.add(identifier, self.node, self.where)
        if error is not None:
            # An activity without results makes no record, so nothing of it is refused.
            if results:
                name = _readable(identifier) or f"iati-activity-{self.activity.number}"
                yield Draft(OutcomeRecord(id=name, profile="iati"), (error,))
            return
        if results:
            yield from self._results(identifier, results)

    def _error(self, identifier: str) -> Problem | None:
        place = Location(line=self.node.line, path=self.where)
        if not identifier:
            message = (
                "The activity has no iati-identifier, so that nothing can refer to its results. "
                "Add it as the first element of the activity."
            )
            return Problem("error", message, "id", place)
        first = self.seen.line_of(identifier)
        if first is not None:
            message = (
                f"The activity {identifier[:120]} stands in the file twice: the first, at line "
                f"{first}, was read, and this one was not. Give each activity its own identifier, "
                "or keep one of the two."
            )
            return Problem("error", message, "id", place)
        return None

    def _results(self, identifier: str, results: list[Node]) -> Iterator[Draft]:
        node, values = self.node, self.values
        reporting = node.first("reporting-org")
        reporter = values.organisation(reporting) if reporting is not None else None
        place = read_place(node, values)
        goals = read_goals(node)
        locations = locations_of(node, values)
        project = read_project(node, identifier, place, values)
        common = OutcomeRecord(
            id="common",
            profile="iati",
            language=values.language,
            country=place.country,
            region=place.region,
            recipients=place.recipients,
            visibility="public",
            projects=(project,),
            funders=project.funders,
            sdg_goals=goals.goals,
            sdg_targets=goals.targets,
            sectors=read_sectors(node, reporter.identifier if reporter else None, values),
            gender_marker=gender_marker(node, values),
            reporting_organisation=reporter,
            source=self.activity.source.document("application/xml"),
        )
        for number, result in enumerate(results, 1):
            record = self._record(identifier, common, result, locations, goals.indicators)
            named = self._named(result)
            if named is not None:
                record = record.with_changes(id=named)
            # What holds for the whole activity is said once, with its first result.
            problems, values.problems = tuple(values.problems), []
            at = Location(line=result.line, path=f"{self.where}/result[{number}]")
            fields = _FIELDS if named is None else ("id", *_FIELDS)
            yield Draft(record, problems, tuple((field, at) for field in fields))

    def _named(self, result: Node) -> str | None:
        """Return the id of the record that a result names, if it is the first that names it."""
        named = named_outcome(result, self.minter)
        if named is None or self.seen.first_of(named):
            return named
        message = (
            f"The result names the record {named}, as another result of the file does, and was "
            "taken for one of its own. Take rdf:about out of what was copied."
        )
        self.values.warn(message, "id", result)
        return None

    def _record(
        self,
        identifier: str,
        common: OutcomeRecord,
        result: Node,
        locations: dict[str, str],
        indicators: tuple[str, ...],
    ) -> OutcomeRecord:
        values = self.values
        titles = values.texts(result.first("title"))
        measures = read_measures(result, values, locations)
        made = record_id(identifier, titles, measures)
        count = self.used[made] = self.used.get(made, 0) + 1
        if not titles:
            titles = next((m.titles for m in measures if m.titles), common.projects[0].titles)
            values.warn(
                "The result has no title; that of its indicator or activity was taken.",
                "titles",
                result,
            )
        days = [d for m in measures for p in m.periods for d in (p.start, p.end) if d]
        project = common.projects[0]
        documents = [*result.all("document-link"), *self.node.all("document-link")]
        act_place = common.country or common.region
        return common.with_changes(
            id=made if count == 1 else f"{made}-{count}",
            titles=titles,
            achievement=values.texts(result.first("description"), paragraphs=True),
            result_type=values.code(result, "type", RESULT_TYPES, "type of result", "result_type"),
            period_start=min(days) if days else project.start,
            period_end=max(days) if days else project.end,
            measures=measures,
            sdg_indicators=(*indicators, *sdg_references(measures)),
            candidates=tuple(document_candidates(documents, act_place, values))
            if act_place
            else (),
        )


#: Fields of the record that stand in the result or are to be looked for from there.
_FIELDS = ("titles", "achievement", "result_type", "measures", "period_start", "country")
