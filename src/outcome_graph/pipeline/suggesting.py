"""SDG suggestions with what the store knows: the official sentences where they are installed."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from outcome_graph.linking.suggesting import Suggester
from outcome_graph.pipeline.rows import Ask, rows_of
from outcome_graph.settings import Settings

__all__ = ["suggester_for"]

#: English sentences by the goal or target that they belong to; the model knows English only.
_SENTENCES = """
SELECT ?code ?official ?short {
  { ?thing a sdgo:Goal } UNION { ?thing a sdgo:Target } UNION { ?thing a sdgo:Indicator }
  { ?thing a sdgo:Indicator ; skos:broader ?topic } UNION
  { ?thing a ?class FILTER (?class IN (sdgo:Goal, sdgo:Target)) BIND (?thing AS ?topic) }
  ?topic skos:notation ?code FILTER (datatype(?code) = sdgo:SDGCodeCompact)
  OPTIONAL { ?thing skos:prefLabel ?official FILTER (lang(?official) = "en") }
  OPTIONAL { ?thing og:shortLabel ?short FILTER (lang(?short) = "en") }
}
"""


def suggester_for(settings: Settings, ask: Ask | None = None) -> Suggester:
    """Return what suggests goals and targets, by the settings.

    Parameters:
        settings: ``sdg_model`` names the folder of a sentence model; words alone without one.
        ask: answers a query of the store; None where there is none: by words alone.

    Raises:
        UsageError: the model cannot be used.
    """
    if not settings.sdg_model or ask is None:
        return Suggester()
    return Suggester(_sentences(ask), Path(settings.sdg_model))


def _sentences(ask: Ask) -> dict[str, list[str]]:
    official: dict[str, dict[str, None]] = defaultdict(dict)
    short: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows_of(ask, _SENTENCES):
        if "official" in row:
            official[row["code"]][row["official"]] = None
        if "short" in row:
            short[row["code"]][row["short"]] = None
    return {code: list(texts) for code, texts in (official or short).items()}
