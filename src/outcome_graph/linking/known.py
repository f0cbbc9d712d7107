"""The reference data as the reader of tables asks it, to tell columns by their values."""

from __future__ import annotations

from outcome_graph.draft import STATED
from outcome_graph.linking.offices import is_named_government
from outcome_graph.linking.types import type_of
from outcome_graph.vocabulary import Knowledge

__all__ = ["Known"]


class Known:
    """Answers what words in cells are.

    Parameters:
        knowledge: the look-up tables.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def country(self, words: str) -> str | None:
        """Return the code of the country that words name."""
        found = self._knowledge.countries.find(words)
        return found.alpha3 if found else None

    def region(self, words: str) -> str | None:
        """Return the code of the region that words name."""
        return self._knowledge.countries.region(words)

    def has_place(self, code: str) -> bool:
        """Tell whether three letters are the code of a country or region."""
        countries = self._knowledge.countries
        return countries.is_region(code) or countries.get(code) is not None

    def sdg(self, words: str) -> str | None:
        """Return the kind of SDG code that words are for certain: goal, target or indicator."""
        found = self._knowledge.sdg.read(words)
        sure = found is not None and found.exists and found.confidence >= STATED
        return found.kind if found is not None and sure else None

    def concept(self, scheme: str, words: str) -> str | None:
        """Return the notation of the concept of a scheme that words name."""
        return self._knowledge.concepts.notation(scheme, words)

    def is_organisation(self, words: str) -> bool:
        """Tell whether words name an organisation of the registry."""
        return self._knowledge.organisations.find(words) is not None

    def works_in_many_countries(self, words: str) -> bool:
        """Tell whether words name an organisation of the registry, or its office in a country."""
        if self.is_organisation(words):
            return True
        parts = words.split()
        return any(
            self._place(" ".join(parts[n:])) and self._is_named(" ".join(parts[:n]))
            for n in range(1, len(parts))
        )

    def _place(self, words: str) -> bool:
        return self.country(words) is not None or self.region(words) is not None

    def _is_named(self, words: str) -> bool:
        # "Care" is a word by itself, and CARE beside a country.
        return self.is_organisation(words) or self.is_organisation(words.upper())

    def is_payer(self, words: str) -> bool:
        """Tell whether words name who pays for work elsewhere: a known body or a government."""
        return self.is_organisation(words) or is_named_government(words, self._knowledge.countries)

    def is_donor(self, words: str) -> bool:
        """Tell whether words name a government or its agency for working in other countries."""
        found = self._knowledge.organisations.find(words)
        if found is not None:
            return found.type == "government"
        return is_named_government(words, self._knowledge.countries)

    def type_of_body(self, words: str) -> str | None:
        """Return the type of constituent that the words of a name tell, None where none do."""
        reading = type_of(words)
        return reading.type if reading else None
