"""Prefixes, the terms we use, and the one place that mints IRIs.

Follows the project's public contract ("IRIs"). Everything under ``{base}`` is minted by
`IriMinter`; the ontology's own IRI is fixed whatever the base.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote

from outcome_graph.errors import UsageError
from outcome_graph.rdf import NamedNode

__all__ = ["DEFAULT_BASE", "ONTOLOGY", "PREFIXES", "IriMinter", "Namespace", "slugify"]

DEFAULT_BASE = "https://w3id.org/outcome-graph/"
ONTOLOGY = "https://w3id.org/outcome-graph/ontology"


class Namespace:
    """Terms of one vocabulary: ``OG.code`` or ``OG["code"]`` is a `NamedNode`.

    Parameters:
        iri: what every term of the vocabulary begins with.
    """

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self._terms: dict[str, NamedNode] = {}

    def __getitem__(self, name: str) -> NamedNode:
        term = self._terms.get(name)
        if term is None:
            term = self._terms[name] = NamedNode(self.iri + name)
        return term

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        term = self[name]
        # An attribute from now on: the next look-up does not come here.
        setattr(self, name, term)
        return term

    def __str__(self) -> str:
        return self.iri


OG = Namespace(ONTOLOGY + "#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
ORG = Namespace("http://www.w3.org/ns/org#")
PROV = Namespace("http://www.w3.org/ns/prov#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
VOID = Namespace("http://rdfs.org/ns/void#")
SH = Namespace("http://www.w3.org/ns/shacl#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
SCHEMA = Namespace("http://schema.org/")
CIDS = Namespace("https://ontology.commonapproach.org/cids#")
SDG = Namespace("http://metadata.un.org/sdg/")
SDGO = Namespace("http://metadata.un.org/sdg/ontology#")

#: Prefixes every query may use without declaring them, and every Turtle answer declares.
PREFIXES: dict[str, str] = {
    "og": OG.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "owl": OWL.iri,
    "xsd": XSD.iri,
    "skos": SKOS.iri,
    "dcterms": DCTERMS.iri,
    "foaf": FOAF.iri,
    "org": ORG.iri,
    "prov": PROV.iri,
    "dcat": DCAT.iri,
    "void": VOID.iri,
    "sh": SH.iri,
    "eli": ELI.iri,
    "schema": SCHEMA.iri,
    "sdg": SDG.iri,
    "sdgo": SDGO.iri,
}

_SLUG_GAPS = re.compile(r"[^\w]+|_+")
_LOCAL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")


@lru_cache(maxsize=8192)
def _quoted(segment: str) -> str:
    return quote(segment, safe="~:@!$&'()*+,;=")


@lru_cache(maxsize=8192)
def slugify(text: str) -> str:
    """Make a short, lower-case, readable path segment of a name.

    Latin letters lose their accents ("Côte d’Ivoire" becomes ``cote-d-ivoire``); letters of other
    scripts are kept, since IRIs may hold them and dropping them would merge different names.

    Raises:
        UsageError: nothing is left of the text.
    """
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    slug = _SLUG_GAPS.sub("-", unicodedata.normalize("NFC", bare)).strip("-")
    if not slug:
        raise UsageError(f"No name can be made of {text!r}: it holds no letter or digit.")
    return slug


class IriMinter:
    """Mints every IRI under the base, and reads its parts back.

    Parameters:
        base: an absolute http(s) IRI that ends with "/".

    Raises:
        UsageError: the base is not such an IRI.
    """

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`?#]+/", base):
            raise UsageError(
                f"The base IRI {base!r} must begin with http:// or https:// and end with a slash."
            )
        self.base = base

    def _mint(self, *segments: str) -> NamedNode:
        return NamedNode(self.base + "/".join(map(_quoted, segments)))

    def outcome(self, record_id: str) -> NamedNode:
        """The outcome a record is about."""
        return self._mint("outcome", self._checked(record_id))

    def record(self, record_id: str) -> NamedNode:
        """The record: a document and the named graph that holds its statements."""
        return self._mint("record", self._checked(record_id))

    def contribution(self, record_id: str) -> NamedNode:
        """The contribution to the outcome."""
        return self._mint("contribution", self._checked(record_id))

    def activity(self, record_id: str, number: int) -> NamedNode:
        """The n-th activity (from 1) of a record."""
        return self._mint("activity", self._checked(record_id), str(number))

    def evidence(self, record_id: str, number: int) -> NamedNode:
        """The n-th piece of evidence (from 1) of a record."""
        return NamedNode(f"{self.record(record_id).value}#evidence-{number}")

    def candidate(self, record_id: str, number: int) -> NamedNode:
        """The n-th candidate statement (from 1) of a record."""
        return NamedNode(f"{self.record(record_id).value}#candidate-{number}")

    def decisions(self, record_id: str) -> NamedNode:
        """The document and named graph of what reviewers decided about a record's candidates."""
        return self._mint("decisions", self._checked(record_id))

    def decision(self, record_id: str, name: str) -> NamedNode:
        """A review decision, by its name within the record ("3f9a2c1b7d0e-1")."""
        return NamedNode(f"{self.decisions(record_id).value}#{name}")

    def agent(self, name: str) -> NamedNode:
        """Who decided: the name of a token, or what ``--agent`` says."""
        return self._mint("agent", name)

    def measure(self, record_id: str, number: int) -> NamedNode:
        """The n-th measure (from 1) of a record."""
        return NamedNode(f"{self.record(record_id).value}#measure-{number}")

    @staticmethod
    def period(measure: NamedNode, kind: str, number: int) -> NamedNode:
        """The n-th period (from 1) of a measure; kind is "baseline" or "period"."""
        return NamedNode(f"{measure.value}-{kind}-{number}")

    def recipient(self, record_id: str, number: int) -> NamedNode:
        """The n-th recipient (from 1) of a record."""
        return NamedNode(f"{self.record(record_id).value}#recipient-{number}")

    def allocation(self, record_id: str, number: int) -> NamedNode:
        """The n-th share of a sector (from 1) of a record."""
        return NamedNode(f"{self.record(record_id).value}#allocation-{number}")

    def sector(self, vocabulary: str, code: str) -> NamedNode:
        """A sector, by classification and code, which may hold any character."""
        return self._mint("concept", "sector", vocabulary, code)

    def source(self, sha256: str) -> NamedNode:
        """A source document, by the SHA-256 digest of its bytes (lower-case hexadecimal)."""
        return self._mint("source", sha256)

    def country(self, alpha3: str) -> NamedNode:
        """A country, by its ISO 3166-1 alpha-3 code."""
        return self._mint("country", alpha3)

    def region(self, code: str) -> NamedNode:
        """A region by the prefix that country programme codes use for it (GLO, RAF, RAS …)."""
        return self._mint("region", "ilo-code", code)

    def organisation(self, slug: str) -> NamedNode:
        """An organisation."""
        return self._mint("organisation", slug)

    def organisation_part(self, slug: str, part: str) -> NamedNode:
        """What belongs to an organisation alone: its "identifier", its "address"."""
        return NamedNode(f"{self.organisation(slug).value}#{part}")

    def project(self, identifier: str) -> NamedNode:
        """A project, by the identifier its owner gives it ("LAO/16/02/LUX")."""
        return self._mint("project", slugify(identifier))

    def legal_act(self, place: str, year: str, slug: str) -> NamedNode:
        """A legal act of a country or region (alpha-3 or code), year ("0" if unknown) and slug."""
        return self._mint("legal-act", place, year, slug)

    def concept(self, scheme: str, notation: str) -> NamedNode:
        """A concept; P&B indicators are minted per biennium: ``indicator``, "2020-21/8.1.1"."""
        return self._mint("concept", scheme, *notation.split("/"))

    def concept_scheme(self, scheme: str) -> NamedNode:
        """A concept scheme."""
        return self._mint("concept", scheme)

    def graph(self, name: str) -> NamedNode:
        """A named graph of shared things: "ontology", "countries", "sdg" …"""
        return self._mint("graph", name)

    def at(self, *segments: str) -> NamedNode:
        """The IRI whose `parts` are these: for IRIs that come as the path of a request."""
        return self._mint(*segments)

    def parts(self, iri: NamedNode | str) -> tuple[str, ...]:
        """Split an IRI under the base into its decoded path segments; () when it is not ours."""
        value = iri if isinstance(iri, str) else iri.value
        if not value.startswith(self.base):
            return ()
        return tuple(unquote(s) for s in value[len(self.base) :].split("/"))

    def sdg(self, code: str) -> NamedNode:
        """The UN's IRI of a goal ("1"), target ("1.3") or indicator ("C010301")."""
        # Not kept as SDG[code] would be: codes come from addresses too.
        return NamedNode(f"{SDG}{_quoted(code)}")

    @staticmethod
    def _checked(record_id: str) -> str:
        if not _LOCAL_ID.fullmatch(record_id):
            raise UsageError(
                f"{record_id!r} cannot name a record: use letters, digits, '.', '_', '~' and '-', "
                "beginning with a letter or digit."
            )
        return record_id
