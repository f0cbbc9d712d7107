"""Validation of which only the verdict is asked: nobody is told more of the ten-thousandth row.

Whether a record conforms and how complete it is follow from what was found; putting it into words,
in three languages, takes longer than finding it. What is refused is always told in full.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from outcome_graph.namespaces import DCTERMS, OG, RDF
from outcome_graph.rdf import Triple
from outcome_graph.store.kept import KeptStatements
from outcome_graph.validation import Validator
from outcome_graph.validation.context import last_segment
from outcome_graph.validation.results import Result
from outcome_graph.validation.screen.records import RecordScreen
from outcome_graph.validation.validator import Locations

if TYPE_CHECKING:
    from outcome_graph.validation.shacl import Finding, ShaclEngine

__all__ = ["brief_screen"]


def brief_screen(screen: RecordScreen, suspects: Collection[str]) -> RecordScreen:
    """Return a screen whose results of records that conform have no words.

    Parameters:
        screen: the whole one.
        suspects: records in which the program's own checks find something.
    """
    brief = copy.copy(screen)
    brief.validator = _BriefValidator(screen.validator, suspects)
    return brief


class _BriefValidator(Validator):
    def __init__(self, whole: Validator, suspects: Collection[str]) -> None:
        self.__dict__.update(whole.__dict__)
        self._whole, self._suspects = whole, suspects

    @cached_property
    def engine(self) -> ShaclEngine:
        """The whole one's: it is made once."""
        return self._whole.engine

    def results(
        self,
        record_id: str,
        given: Sequence[Triple],
        found: Sequence[Finding],
        locations: Locations | None = None,
    ) -> list[Result]:
        """Return results without words, unless there is a violation among them."""
        wordless: Any = _Wordless
        results = [self._of_finding(f, wordless) for f in found]
        told = record_id in self._suspects or any(r.severity == "violation" for r in results)
        return self._whole.results(record_id, given, found, locations) if told else results

    def completeness(
        self, record_id: str, triples: Iterable[Triple], results: Iterable[Result]
    ) -> float:
        """Return how complete a record is; of one that is text, without making terms of it."""
        if not isinstance(triples, KeptStatements):
            return super().completeness(record_id, triples, results)
        node = self.minter.record(record_id)
        described = f"{self.minter.outcome(record_id)} {RDF.type} {OG.Outcome} .\n".encode()
        _, said, rest = triples.text.rpartition(f"{node} {DCTERMS.conformsTo} <".encode())
        profile = last_segment(rest.partition(b"> .\n")[0].decode()) if said else "core"
        return self.score(profile, results) if described in triples.text else 0.0


class _Wordless:
    """What says nothing: in the place of a `Messenger`."""

    @staticmethod
    def messages(*_: object) -> Mapping[str, str]:
        return {}
