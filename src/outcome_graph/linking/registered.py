"""Which body of the registry a name is that of, told by the name and by the country it belongs to.

Names of the registry stand for one body wherever they are read. What only a country's own people
call a body ("CGT", "Ministry of Foreign Affairs") finds it where that country is named beside it or
is the result's own. Where a name holds two ("Government of Sweden (Sida)", "BMZ - Federal Ministry
for Economic Cooperation and Development") both must say the same body, or one of them the other's
part ("World Bank (IDA)").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from outcome_graph.linking.national import without_country
from outcome_graph.linking.offices import is_named_government, read_office
from outcome_graph.linking.types import is_public_body
from outcome_graph.model import Organisation
from outcome_graph.vocabulary import Country, Knowledge, NameTable, fold, words_of

__all__ = ["Registered", "registered"]

#: What holds two names: "A (B)", "A - B", "A / B", "A: B", "A, B", and "ABC-B".
_TWO_NAMES = (
    re.compile(r"(?P<first>[^()]{2,}?)\s*\((?P<second>[^()]{2,})\)"),
    re.compile(r"(?P<first>.{2,}?)(?:\s+[-–—]\s+|\s*[/:;]\s*|\s*,\s+)(?P<second>.{2,})"),
    re.compile(r"(?P<first>[A-Za-z]{3,8})-(?P<second>[A-Z][A-Za-z ]{3,})"),
)
#: "Sweden (through Sida)".
_THROUGH = re.compile(
    r"^(?:through|via|par|par l['’]interm[ée]diaire de|por|a trav[ée]s de|por medio de)\s+"
    r"(?:the\s+)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
#: What stands for a country's cooperation as a whole, its country taken away.
_COOPERATION = frozenset(
    {
        "cooperation",
        "cooperation au developpement",
        "cooperation internationale",
        "cooperacion",
        "cooperacion al desarrollo",
        "cooperacion internacional",
        "cooperacao",
        "cooperacao internacional",
        "cooperacao para o desenvolvimento",
        "development cooperation",
        "international cooperation",
        "official development assistance",
    }
)
_SMALL = words_of("of the de du des del la le les l d")


#: Names of a body, and how strong its claim to each is.
Names: TypeAlias = tuple[tuple[int, str], ...]


@lru_cache(maxsize=4)
def registered(knowledge: Knowledge) -> Registered:
    """Return the finder of the registry's bodies, made once for each set of tables."""
    return Registered(knowledge)


class Registered:
    """Finds bodies of the registry.

    Parameters:
        knowledge: the look-up tables.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._registry = knowledge.organisations
        self._countries = knowledge.countries
        self._adjective = lru_cache(maxsize=20_000)(knowledge.countries.by_adjective)
        self._found = lru_cache(maxsize=20_000)(self._find)
        self._bodies: dict[str, list[tuple[Organisation, Names]]] = {}
        for body, names in knowledge.organisations.named():
            if body.country:
                self._bodies.setdefault(body.country, []).append((body, names))
        #: By country, made when they are first asked for.
        self._tables: dict[str, NameTable[Organisation]] = {}

    def _table(self, alpha3: str) -> NameTable[Organisation] | None:
        if alpha3 not in self._tables and alpha3 in self._bodies:
            table: NameTable[Organisation] = NameTable()
            for body, names in self._bodies[alpha3]:
                for rank, name in names:
                    table.add(name, body, rank)
                    for core, country in self._apart(name):
                        if country.alpha3 == alpha3:
                            table.add(core, body, rank)
            self._tables[alpha3] = table
        return self._tables.get(alpha3)

    def find(self, name: str, home: Country | None = None) -> Organisation | None:
        """Return the body that a name is that of, None when it is that of none for certain.

        Parameters:
            name: of a body.
            home: the country whose own names are meant, where there is one.
        """
        return self._found(name, home.alpha3 if home is not None else None)

    def _find(self, name: str, alpha3: str | None) -> Organisation | None:
        home = self._countries.get(alpha3) if alpha3 else None
        return self._find_one(name, home) or self._find_two(name, home)

    def body_of_government(self, name: str) -> tuple[str, Country] | None:
        """Return the public body in "Government of Japan (Ministry of Foreign Affairs)", and whose.

        Parameters:
            name: of a body.
        """
        for first, second in _two(name):
            for of_state, body in ((first, second), (second, first)):
                country = self._country(of_state)
                if country is not None and is_public_body(body) and self._country(body) is None:
                    return body, country
        return None

    def _find_one(self, name: str, home: Country | None) -> Organisation | None:
        own = self._in(home, name) if home is not None else None
        found = own or self._registry.find(name)
        if found is not None:
            return found
        for core, country in self._apart(name):
            known = self._in(country, core) or self._registry.find(core)
            if known is not None and known.country == country.alpha3:
                return known
        return None

    def _in(self, country: Country, name: str) -> Organisation | None:
        table = self._table(country.alpha3)
        return table.find(name) if table else None

    def _find_two(self, name: str, home: Country | None) -> Organisation | None:
        for first, second in _two(name):
            one, other = self._find_one(first, home), self._find_one(second, home)
            if one is not None and other is not None:
                if one == other or self._registry.is_part(one, other):
                    return one
                if self._registry.is_part(other, one):
                    return other
            for words, body in ((first, other), (second, one)):
                country = self._country(words) or self._cooperating(words)
                if body is not None and country is not None and body.country == country.alpha3:
                    return body
        return None

    def _country(self, words: str) -> Country | None:
        """Return the country that words name, or whose government they name."""
        if len(words) > 3 and (country := self._countries.find(words)) is not None:
            return country
        if words in ("UK", "USA", "US"):
            return self._countries.find(words)
        if not is_named_government(words, self._countries):
            return None
        office = read_office(words, None, self._countries)
        return office.country if office else None

    def _cooperating(self, words: str) -> Country | None:
        """Return the country of "Coopération allemande"."""
        for core, country in self._apart(words):
            if fold(core) in _COOPERATION:
                return country
        return None

    def _apart(self, name: str) -> Iterator[tuple[str, Country]]:
        """Yield a name without the country that it says, and that country."""
        apart = without_country(name, self._countries)
        if apart and apart[0]:
            yield apart
        for word in _WORD.finditer(name):
            country = self._adjective(word[0])
            if country is not None:
                rest = " ".join(f"{name[: word.start()]} {name[word.end() :]}".split())
                if set(fold(rest).split()) - _SMALL:
                    yield rest, country


def _two(name: str) -> Iterator[tuple[str, str]]:
    for pattern in _TWO_NAMES:
        found = pattern.fullmatch(name.strip())
        if found is not None:
            yield found["first"].strip(), _THROUGH.sub("", found["second"].strip())
