"""What tells results of IATI files apart: their indicator and their activity.

Publishers title a hundred results “Output 1.1” or “Intermediate Results Indicator”; a reader of a
list needs more. Records and their RDF keep the titles they have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from outcome_graph.model import OutcomeRecord
from outcome_graph.namespaces import OG
from outcome_graph.rdf import NamedNode
from outcome_graph.service.context import graph
from outcome_graph.service.html_parts import Value
from outcome_graph.service.labels import rows_of

__all__ = ["apart", "apart_of_record"]

#: Titles of indicators and activities of results from IATI files.
_TELLING = """
SELECT ?id ?part ?thing ?title WHERE {{
  VALUES ?record {{ {records} }}
  GRAPH ?record {{
    ?record dcterms:conformsTo {profile} ; foaf:primaryTopic ?outcome .
    ?outcome dcterms:identifier ?id ; ?part ?thing .
    FILTER(?part IN (og:measure, og:project))
    ?thing dcterms:title ?title .
  }}
}}
"""
#: Records that one query asks about.
_AT_ONCE = 500
#: Titles of fewer letters are units, such as “m2” and “#”: they tell nothing apart.
_LETTERS = 3

#: Titles by their language, "" for none.
_Titles = dict[str, str]


def apart(
    titles: Mapping[str, str], language: str, but: NamedNode | None = None
) -> dict[str, tuple[Value, ...]]:
    """Return what tells results apart beside their titles, by the ids of records.

    Parameters:
        titles: of the results, by the ids of their records. language: of the page.
        but: an activity that need not be named: the page is about it.
    """
    minter = graph().minter
    # Not bound: that would come before the records, and the engine would begin with it.
    profile = str(minter.concept("profile", "iati"))
    found: dict[str, dict[tuple[str, str], _Titles]] = defaultdict(lambda: defaultdict(dict))
    ids = list(titles)
    for at in range(0, len(ids), _AT_ONCE):
        records = " ".join(str(minter.record(i)) for i in ids[at : at + _AT_ONCE])
        for row in rows_of(_TELLING.format(records=records, profile=profile)):
            part, thing, title = (row[name]["value"] for name in ("part", "thing", "title"))
            if but is None or thing != but.value:
                spoken = found[row["id"]["value"]][part, thing]
                spoken.setdefault(row["title"].get("xml:lang", ""), title)
    return {
        record_id: _told(titles[record_id], list(things.items()), language)
        for record_id, things in found.items()
    }


def apart_of_record(record: OutcomeRecord, title: str, language: str) -> tuple[Value, ...]:
    """Return what tells a result apart beside its title; () where it is of no IATI file."""
    if record.profile != "iati":
        return ()
    things = [(OG.measure, measure.titles) for measure in record.measures]
    things += [(OG.project, project.titles) for project in record.projects]
    parts = [
        ((part.value, str(n)), {text.language: text.value for text in texts})
        for n, (part, texts) in enumerate(things)
    ]
    return _told(title, parts, language)


def _told(
    title: str, things: Sequence[tuple[tuple[str, str], _Titles]], language: str
) -> tuple[Value, ...]:
    """Return the title of the only indicator, then those of activities, without repetitions."""
    measures = [titles for (part, _), titles in things if part == OG.measure.value]
    others = [titles for (part, _), titles in things if part != OG.measure.value]
    said = {title.casefold()}
    told = []
    for titles in (*(measures if len(measures) == 1 else ()), *others):
        for value in _spoken(titles, language):
            words = sum(map(str.isalpha, value.text)) >= _LETTERS
            if words and value.text.casefold() not in said:
                said.add(value.text.casefold())
                told.append(value)
    return tuple(told)


def _spoken(titles: _Titles, language: str) -> Iterable[Value]:
    """Return a title in the page's language, else in English, else in any."""
    for chosen in (language, "en", *sorted(titles)):
        if chosen in titles:
            return (Value(titles[chosen], None, chosen or None),)
    return ()
