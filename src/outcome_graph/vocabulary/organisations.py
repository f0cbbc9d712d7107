"""The registry of well-known organisations: international bodies, agencies, civil society."""

from __future__ import annotations

import re
from collections.abc import Iterator

from outcome_graph.model import Organisation, Text
from outcome_graph.namespaces import DCTERMS, OG, ORG, SKOS, IriMinter
from outcome_graph.rdf import Literal, NamedNode
from outcome_graph.vocabulary.files import Description, Descriptions, descriptions, texts_of
from outcome_graph.vocabulary.names import NameTable

__all__ = ["Registry"]

#: "Deutsche Gesellschaft … (GIZ) GmbH", "Lux-Development S.A.": what may follow a name.
_LEGAL_FORM = re.compile(r"[\s,]+(?:GmbH|S\.?\s?A\.?|Ltd\.?|Inc\.?|plc|ASBL|e\.\s?V\.?)$")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_DEPARTMENT = re.compile(r"\bDept\b\.?")
#: Known by their names in their own country only: there is a CGT in France and one in Argentina.
_SOCIAL_PARTNERS = frozenset({"workers", "employers"})
_WITH_SHORT_NAME = re.compile(r"(.+?)\s*\(([^()\s]*[A-Z][^()\s]*)\)")
_SHORT_NAME_FIRST = re.compile(r"([A-Z][\w-]*)\s*\(([^()]{9,})\)")


class Registry:
    """Organisations of ``data/organisations.ttl``, by slug, register identifier and name.

    Parameters:
        described: what the file says.
        minter: the base its IRIs were resolved against.
    """

    def __init__(self, described: Descriptions, minter: IriMinter) -> None:
        self._by_slug: dict[str, Organisation] = {}
        self._by_identifier: dict[str, Organisation] = {}
        self._names: NameTable[Organisation] = NameTable()
        self._donors: dict[str, Organisation] = {}
        self._named: dict[str, tuple[tuple[int, str], ...]] = {}
        self._wholes: dict[str, str] = {}
        for iri, description in described.items():
            parts = minter.parts(iri)
            if len(parts) != 2 or parts[0] != "organisation":
                continue
            organisation = _organisation(parts[1], description, minter)
            self._by_slug[parts[1]] = organisation
            if whole := _last(description, ORG.subOrganizationOf, minter):
                self._wholes[parts[1]] = whole
            for identifier, _ in texts_of(description, DCTERMS.identifier):
                self._by_identifier[identifier] = organisation
            names = tuple(
                (rank, name)
                for rank, labels in enumerate((SKOS.prefLabel, SKOS.altLabel))
                for name, _ in texts_of(description, labels)
            )
            self._named[parts[1]] = names
            if organisation.type not in _SOCIAL_PARTNERS or organisation.country is None:
                for rank, name in names:
                    self._names.add(name, organisation, rank)
            for code, _ in texts_of(description, SKOS.notation):
                self._donors[code] = organisation

    @classmethod
    def load(cls, minter: IriMinter) -> Registry:
        """Read the packaged registry."""
        wanted = (
            SKOS.prefLabel,
            SKOS.altLabel,
            SKOS.notation,
            DCTERMS.identifier,
            OG.constituentType,
            OG.country,
            ORG.subOrganizationOf,
        )
        return cls(descriptions("organisations", minter, wanted), minter)

    def __len__(self) -> int:
        return len(self._by_slug)

    def __iter__(self) -> Iterator[Organisation]:
        return iter(self._by_slug.values())

    def named(self) -> Iterator[tuple[Organisation, tuple[tuple[int, str], ...]]]:
        """Yield each organisation with its names, and how strong a claim it has to each (0, 1)."""
        return ((self._by_slug[slug], names) for slug, names in self._named.items())

    def get(self, slug: str) -> Organisation | None:
        """Return the organisation of a slug."""
        return self._by_slug.get(slug)

    def is_part(self, body: Organisation, whole: Organisation) -> bool:
        """Tell whether a body is part of another, as IDA is of the World Bank."""
        return self._wholes.get(body.slug) == whole.slug

    def by_identifier(self, identifier: str) -> Organisation | None:
        """Return the organisation of a register identifier: "XM-DAC-41302", also as "41302"."""
        bare = identifier.strip()
        return self._by_identifier.get(bare) or self._by_identifier.get(f"XM-DAC-{bare}")

    def by_donor_code(self, code: str) -> Organisation | None:
        """Return the organisation that project symbols of the ILO call by a code: "EUR"."""
        return self._donors.get(code)

    def find(self, name: str) -> Organisation | None:
        """Return the organisation of a name or abbreviation, None when none bears exactly it.

        Its abbreviation may stand in brackets after it, or before it when the name is in them; its
        legal form may follow a name; "UN" may stand for
        "United Nations", "U.S." for "US".
        """
        bare = _DOTTED.sub(lambda m: m[0].replace(".", ""), _LEGAL_FORM.sub("", name.strip()))
        bare = _DEPARTMENT.sub("Department", bare)
        if with_short_name := _WITH_SHORT_NAME.fullmatch(bare):
            found = self.find(with_short_name[1])
            # "United Nations (UNDP)" is not the United Nations.
            if found and self._names.find(with_short_name[2]) in (None, found):
                return found
        if short_name_first := _SHORT_NAME_FIRST.fullmatch(bare):
            found = self.find(short_name_first[2])
            if found and self._names.find(short_name_first[1]) in (None, found):
                return found
        forms = (name, bare, bare.replace("UN ", "United Nations ", 1))
        return next((found for f in forms if (found := self._names.find(f))), None)


def _organisation(slug: str, description: Description, minter: IriMinter) -> Organisation:
    names = texts_of(description, SKOS.prefLabel)
    identifiers = description.get(DCTERMS.identifier.value, [])
    return Organisation(
        slug=slug,
        names=tuple(Text(name, language) for name, language in names if language),
        type=_last(description, OG.constituentType, minter),
        country=_last(description, OG.country, minter),
        identifier=next((v.value for v in identifiers if isinstance(v, Literal)), None),
    )


def _last(description: Description, property_: NamedNode, minter: IriMinter) -> str | None:
    for value in description.get(property_.value, []):
        if isinstance(value, NamedNode) and (parts := minter.parts(value)):
            return parts[-1]
    return None
