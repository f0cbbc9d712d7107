"""Names that differ from one of the registry by a letter or two: proposed for review, never merged.

"Swedish International Develoment Cooperation Agency" is most likely Sida, and nobody but a person
says that it is. Until then it is a body of its own; a decision that it is Sida takes its place.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from outcome_graph.model import Candidate, Organisation, OutcomeRecord, text_in
from outcome_graph.vocabulary import Country, Knowledge, fold

__all__ = ["Misspelt", "misspelt", "proposal", "proposed"]

#: Shorter names, and those of fewer words, are too much like others.
_LEAST_LETTERS, _LEAST_WORDS = 18, 3
#: So many letters may be wrong: left out, put in, exchanged, or turned round with the next.
_WRONG = 2
_LIKELY = 0.75


@lru_cache(maxsize=4)
def misspelt(knowledge: Knowledge) -> Misspelt:
    """Return the finder of misspelt names, made once for each set of tables."""
    return Misspelt(knowledge)


class Misspelt:
    """Finds the body of the registry that a misspelt name may be that of.

    Parameters:
        knowledge: the look-up tables.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._countries = knowledge.countries
        self._found = lru_cache(maxsize=20_000)(self._find)
        self._bodies: dict[str, set[Organisation]] = {}
        for body, names in knowledge.organisations.named():
            for _, name in names:
                folded = fold(name)
                if _is_long(folded):
                    self._bodies.setdefault(folded, set()).add(body)
        self._of_length: dict[int, list[str]] = {}
        for folded in self._bodies:
            self._of_length.setdefault(len(folded), []).append(folded)

    def close_to(self, name: str, home: Country | None = None) -> Organisation | None:
        """Return the one body whose name is so like another's name that it may be misspelt.

        Parameters:
            name: of a body that is none of the registry's.
            home: the country whose own bodies may be meant.
        """
        return self._found(name, home.alpha3 if home is not None else None)

    def _find(self, name: str, own: str | None) -> Organisation | None:
        folded = fold(name)
        if not _is_long(folded):
            return None
        lengths = range(len(folded) - _WRONG, len(folded) + _WRONG + 1)
        names = [name for length in lengths for name in self._of_length.get(length, ())]
        close = process.extract(folded, names, scorer=OSA.distance, score_cutoff=_WRONG, limit=5)
        meant = {body for found, _, _ in close for body in self._bodies[found]}
        named = {country.alpha3 for country in self._countries.named_in(name)}
        bodies = [body for body in meant if self._may_be(body, named, own)]
        return bodies[0] if len(bodies) == 1 else None

    @staticmethod
    def _may_be(body: Organisation, named: set[str], own: str | None) -> bool:
        if body.country is None:
            return not named
        if named:
            return body.country in named
        return body.type == "government" or body.country == own


def _is_long(folded: str) -> bool:
    return len(folded) >= _LEAST_LETTERS and len(folded.split()) >= _LEAST_WORDS


def proposed(
    record: OutcomeRecord, field: str, organisation: Organisation, meant: Organisation
) -> OutcomeRecord:
    """Return the record with the body that may be meant as a candidate beside the one named.

    Parameters:
        record: the record.
        field: "funders", "constituents" or "contributors".
        organisation: as named. meant: the body of the registry.
    """
    name = text_in(organisation.names) or organisation.slug
    if any((c.field, c.key, c.quote) == (field, meant.slug, name) for c in record.candidates):
        return record
    read = [e for e in record.evidence if (e.field, e.key) == (field, organisation.slug)]
    start, end = (read[0].start, read[0].end) if read and read[0].quote == name else (None, None)
    candidate = Candidate(field, meant, name, _LIKELY, start, end)
    return record.with_changes(candidates=(*record.candidates, candidate))


def proposal(organisation: Organisation, meant: Organisation) -> str:
    """Say what a misspelt name may mean."""
    name, other = text_in(organisation.names), text_in(meant.names)
    return (
        f"“{name}” is no body that we know; it may be misspelt and mean “{other}”. That awaits "
        "review; until then it counts as a body of its own."
    )
