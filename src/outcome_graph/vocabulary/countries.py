"""Countries and the regions of country programme codes, by code, name and adjective."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import pairwise, product

from outcome_graph.model import Text, Texts, text_in
from outcome_graph.namespaces import OG, SKOS, IriMinter
from outcome_graph.vocabulary.adjectives import ADJECTIVES
from outcome_graph.vocabulary.files import Description, Descriptions, descriptions, texts_of
from outcome_graph.vocabulary.names import NameTable, fold

__all__ = ["Countries", "Country", "CountryMention"]

_WORD = re.compile(r"[^\W_]+")
#: Names that are common words where they stand in running text: "Réunion d'experts".
_NO_MENTION = frozenset({"reunion", "jersey"})
#: "Lao PDR", "Hong Kong SAR": names that abbreviate the form of State are those used in offices.
_FORM_OF_STATE = re.compile(r".+ (?:PDR|SAR)")
#: English names that take "the" within a phrase.
_TAKES_ARTICLE = re.compile(
    r"\b(?:Republic|Kingdom|States|State|Islands|Federation|Emirates|Territories|Netherlands|"
    r"Philippines|Bahamas|Gambia|Comoros|Congo|Holy See)\b"
)
#: "Lao PDR", "Russian Federation", "République française": an adjective with a form of State.
_ADJECTIVE_FIRST = re.compile(
    r"(\w{3,}) (?:PDR|Republic|Federation|Confederation|Arab Republic|Arab Jamahiriya|"
    r"People's Democratic Republic)"
)
_ADJECTIVE_LAST = re.compile(r"(?:République|República|Confédération|Confederación) (\w{3,})")
#: Regions of the ILO (last part of their IRIs): the code that country programmes use for them.
_REGIONS = {
    "africa": "RAF",
    "americas": "RLA",
    "arab-states": "RAB",
    "asia-pacific": "RAS",
    "europe-central-asia": "RER",
}


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of ISO 3166-1.

    Parameters:
        alpha3, alpha2: its ISO codes. m49: its code in the UN's M49 standard.
        names: its names as preferred, in English, French and Spanish.
        office_name: its short English name as used in names of offices, with the article it takes:
            "Lao PDR", "the United Kingdom".
        region: code of the ILO region that it lies in: "RAS".
    """

    alpha3: str
    alpha2: str | None
    m49: str | None
    names: Texts
    office_name: str
    region: str | None = None


_SHORT_WORDS = {
    "rep": "Republic",
    "sts": "States",
    "dem": "Democratic",
    "fed": "Federated",
    "isl": "Islamic",
    "rb": "Bolivarian Republic",
    "fyr": "Former Yugoslav Republic",
    "rép": "République",
    "dém": "démocratique",
}
_SHORT_WORD = re.compile(rf"\b(?:({'|'.join(_SHORT_WORDS)})(?:\.|\b)|(is)\.)", re.IGNORECASE)
_TWICE = re.compile(r"\s*([^()]{2,60}?)\s*\(([^()]{2,60})\)\s*")
_INVERTED = re.compile(r"([^,()]{3,60}),\s*([^,()]{2,60})")


def _spelt_out(words: str) -> Iterator[str]:
    """Yield what a name that is shortened or turned round may be in full.

    "Congo, Dem. Rep.", as the World Bank writes it; "Irán, República Islámica de"; "C&ocirc;te".
    """
    full = _SHORT_WORD.sub(
        lambda m: _SHORT_WORDS[m[1].lower()] if m[1] else "Islands", unescape(words)
    )
    inverted = _INVERTED.fullmatch(full.strip())
    if inverted is None:
        yield full
        return
    yield f"{inverted[2]} {inverted[1]}"
    yield f"{inverted[2].removesuffix(' of')} of {inverted[1]}"


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A country named in a text.

    Parameters:
        country: which. start, end: offsets of its first character and past its last.
        is_preferred: whether it is named as our table prefers in one of its languages.
    """

    country: Country
    start: int
    end: int
    is_preferred: bool = True


class Countries:
    """The country table.

    Parameters:
        described: what ``data/countries.ttl`` says.
        minter: the base its IRIs were resolved against.
    """

    def __init__(self, described: Descriptions, minter: IriMinter) -> None:
        self._by_code: dict[str, Country] = {}
        self._names: NameTable[Country] = NameTable()
        #: Former names and odd spellings: understood in a field, not looked for in a text.
        self._hidden: NameTable[Country] = NameTable()
        self._adjectives: NameTable[Country] = NameTable()
        self._regions: NameTable[str] = NameTable()
        self._region_codes: set[str] = set()
        for iri, description in described.items():
            match minter.parts(iri):
                case ("country", alpha3):
                    self._add_country(alpha3, description)
                case ("region", "ilo-code", code):
                    self._region_codes.add(code)
                    for name, _ in texts_of(description, SKOS.prefLabel, SKOS.altLabel):
                        self._regions.add(name, code)
                        self._regions.add(re.sub(r"\s*\(.*\)", "", name), code, 1)
        for alpha3, words in ADJECTIVES.items():
            for word in words.split():
                self._adjectives.add(word, self._by_code[alpha3])
        self._sequences = self._index_sequences()

    @classmethod
    def load(cls, minter: IriMinter) -> Countries:
        """Read the packaged country table."""
        wanted = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, OG.iso2, OG.m49, OG.iloRegion)
        return cls(descriptions("countries", minter, wanted), minter)

    def _add_country(self, alpha3: str, description: Description) -> None:
        preferred = list(texts_of(description, SKOS.prefLabel))
        others = list(texts_of(description, SKOS.altLabel))
        names = tuple(Text(name, language) for name, language in preferred if language)
        alpha2 = next((v for v, _ in texts_of(description, OG.iso2)), None)
        m49 = next((v for v, _ in texts_of(description, OG.m49)), None)
        english = [name for name, language in others if language == "en"]
        office_name = _office_name(text_in(names) or alpha3, english)
        regions = description.get(OG.iloRegion.value, [])
        region = next((_REGIONS.get(v.value.rsplit("/", 1)[-1]) for v in regions), None)
        country = Country(alpha3, alpha2, m49, names, office_name, region)
        for code in (alpha3, alpha2, m49):
            if code:
                self._by_code[code] = country
        for name, _ in texts_of(description, SKOS.hiddenLabel):
            self._hidden.add(name, country)
        for rank, listed in enumerate((preferred, others)):
            for name, _ in listed:
                self._names.add(name, country, rank)
                for pattern in (_ADJECTIVE_FIRST, _ADJECTIVE_LAST):
                    if adjective := pattern.fullmatch(name):
                        self._adjectives.add(adjective[1], country)

    def __len__(self) -> int:
        return len(self.codes())

    def codes(self) -> list[str]:
        """Return the alpha-3 codes of all countries."""
        return sorted({country.alpha3 for country in self._by_code.values()})

    def get(self, code: str) -> Country | None:
        """Return the country of an alpha-3, alpha-2 or M49 code, None when there is none."""
        return self._by_code.get(code.strip().upper())

    def is_region(self, code: str) -> bool:
        """Tell whether country programme codes use this prefix for a region: "RAF", "GLO"."""
        return code in self._region_codes

    def region(self, words: str) -> str | None:
        """Return the code of a region given by code or name ("Africa"), None when there is none."""
        code = words.strip().upper()
        return code if code in self._region_codes else self._regions.find(words)

    def find(self, words: str) -> Country | None:
        """Return the country that words name: a code, or a name in any language of the table."""
        found = self._names.find(words)
        if found is None and len(words.strip()) <= 3:
            found = self.get(words)
        if found is None:
            full = [name for name in _spelt_out(words) if name != words]
            tables = product((self._names, self._hidden), full)
            found = next((c for names, name in tables if (c := names.find(name))), None)
        return found or self._hidden.find(words) or self._named_twice(words)

    def _named_twice(self, words: str) -> Country | None:
        """Return the country of "Burma (Myanmar)", which both names are of."""
        twice = _TWICE.fullmatch(words)
        if twice is None:
            return None
        first, second = self.find(twice[1]), self.find(twice[2])
        return first if first is not None and first is second else None

    def close_to(self, words: str) -> str | None:
        """Return the English name of the country whose name is most like the words, if any is."""
        names = {fold(text_in(c.names) or ""): c for c in self._by_code.values()}
        close = difflib.get_close_matches(fold(words), names, n=1, cutoff=0.8)
        return text_in(names[close[0]].names) if close else None

    def by_adjective(self, word: str) -> Country | None:
        """Return the country an adjective speaks of: "Lao", "Irish", "espagnole"."""
        return self._adjectives.find(word)

    def mentions(self, text: str) -> list[CountryMention]:
        """Find the countries that running text names; capitals matter, adjectives do not count."""
        words = [m for m in _WORD.finditer(text) if m[0].lower() != "the"]
        folded = [_folded_word(m[0]) for m in words]
        found: list[CountryMention] = []
        n = 0
        while n < len(words):
            hit = self._mention_at(text, words, folded, n)
            if hit is None:
                n += 1
            else:
                country, length = hit
                start, end = words[n].start(), words[n + length - 1].end()
                preferred = {fold(name.value) for name in country.names}
                named = fold(text[start:end]) in preferred
                found.append(CountryMention(country, start, end, named))
                n += length
        return found

    def named_in(self, text: str) -> list[Country]:
        """Return the countries that a name speaks of, by name or adjective, each once."""
        found = [mention.country for mention in self.mentions(text)]
        found += [c for m in _WORD.finditer(text) if (c := self.by_adjective(m[0])) is not None]
        return list(dict.fromkeys(found))

    def _index_sequences(self) -> dict[str, list[tuple[tuple[str, ...], Country]]]:
        sequences: dict[str, list[tuple[tuple[str, ...], Country]]] = {}
        for words, country in self._names.folded():
            if words[0] not in _NO_MENTION or len(words) > 1:
                sequences.setdefault(words[0], []).append((words, country))
        for name, country in self._names.abbreviations().items():
            sequences.setdefault(name, []).append(((name,), country))
        for candidates in sequences.values():
            candidates.sort(key=lambda item: -len(item[0]))
        return sequences

    def _mention_at(
        self, text: str, words: list[re.Match[str]], folded: list[str], n: int
    ) -> tuple[Country, int] | None:
        first = words[n][0]
        if not first[0].isupper():
            return None
        for key in (folded[n], first):
            for sequence, country in self._sequences.get(key, ()):
                rest = folded[n + 1 : n + len(sequence)]
                if list(sequence[1:]) == rest and _unbroken(text, words[n : n + len(sequence)]):
                    return country, len(sequence)
        return None


def _folded_word(word: str) -> str:
    folded = fold(word)
    return "saint" if folded == "st" else folded


def _unbroken(text: str, words: list[re.Match[str]]) -> bool:
    """Whether no line end or mark that ends a phrase parts the words of what may be a name."""
    gaps = (text[a.end() : b.start()] for a, b in pairwise(words))
    return not any(c in gap for gap in gaps for c in ";:!?\n")


def _office_name(preferred: str, others: Iterable[str]) -> str:
    """Choose the name used in names of offices.

    A name that abbreviates the form of State ("Lao PDR") is preferred to the full one; a name that
    the preferred one begins with ("United Kingdom" of "… of Great Britain …") to the longer.
    """
    name = preferred
    for other in others:
        if _FORM_OF_STATE.fullmatch(other):
            name = other
            break
        if preferred.startswith((f"{other} of ", f"{other} (")):
            name = other
    return f"the {name}" if _TAKES_ARTICLE.search(name) and name != "Lao PDR" else name
