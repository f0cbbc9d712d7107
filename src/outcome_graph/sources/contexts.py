"""JSON-LD contexts that come with us: nothing is fetched from the network.

A document may name a context by its address. Ours, and a context of our own writing for the terms
of the Common Impact Data Standard that we map, are put in its place; any other is refused.
"""

from __future__ import annotations

import json
import re
from typing import Any

from outcome_graph.draft import SourceFile
from outcome_graph.errors import SourceError
from outcome_graph.resources import resource

__all__ = ["CIDS", "with_bundled_contexts"]

#: The namespace of the Common Impact Data Standard.
CIDS = "https://ontology.commonapproach.org/cids#"
_OURS = "https://w3id.org/outcome-graph/context.jsonld"
#: Addresses under which publishers name the standard's context, and that of its module for social
#: finance, which builds on it; with http or https.
_CIDS_CONTEXTS = frozenset(
    f"{scheme}://{address}"
    for scheme in ("https", "http")
    for address in (
        "ontology.commonapproach.org/contexts/cidsContext.jsonld",
        "ontology.commonapproach.org/contexts/cidsContext.json",
        "ontology.commonapproach.org/contexts/sffContext.jsonld",
        "ontology.commonapproach.org/contexts/cids.jsonld",
        "ontology.commonapproach.org/contexts/sff-1.0.jsonld",
        "ontology.commonapproach.org/cids.jsonld",
        "ontology.commonapproach.org/sff-1.0.jsonld",
        "ontology.commonapproach.org/cids/context.jsonld",
        "ontology.eil.utoronto.ca/cids/contexts/cidsContext.json",
    )
)
#: Names of the standard whose values are nodes, also where they are written as bare addresses.
_CIDS_LINKS = tuple(
    """
    canEnable canProduce definedBy forCharacteristic forIndicator forOrganization forOutcome
    forStakeholder forTheme fromPerspectiveOf hasAccess hasActivity hasAddress hasBaseline
    hasBeneficialStakeholder hasCharacteristic hasCode hasContributingStakeholder
    hasCounterfactual hasHowMuch hasImpactDepth hasImpactDuration hasImpactModel hasImpactReport
    hasImpactRisk hasImpactScale hasIndicator hasIndicatorReport hasInput hasOutcome hasOutput
    hasPerson hasProgram hasService hasStakeholder hasStakeholderOutcome hasTarget hasThreshold
    relatesTo usesOutput
    """.split()  # noqa: SIM905
)
#: Names that the standard takes from other vocabularies: (name, prefixed IRI, value is a node).
_CIDS_BORROWED = (
    ("hasName", "org:hasName", False),
    ("hasLegalName", "org:hasLegalName", False),
    ("hasIdentifier", "org:hasIdentifier", False),
    ("hasID", "org:hasID", True),
    ("hasRole", "org:hasRole", True),
    ("ic:hasAddress", "ic:hasAddress", True),
    ("issuedBy", "org:issuedBy", True),
    ("value", "i72:value", True),
    ("hasNumericalValue", "i72:hasNumericalValue", False),
    ("numerical_value", "i72:numerical_value", False),
    ("unit_of_measure", "i72:unit_of_measure", True),
    ("located_in", "i72:located_in", True),
    ("startedAtTime", "prov:startedAtTime", False),
    ("endedAtTime", "prov:endedAtTime", False),
)
#: Enough to give every name of the standard its IRI: other names without a prefix are its own.
_CIDS_CONTEXT: dict[str, Any] = {
    "@vocab": CIDS,
    "cids": CIDS,
    "org": "http://ontology.eil.utoronto.ca/tove/organization#",
    "act": "http://ontology.eil.utoronto.ca/tove/activity#",
    "ic": "http://ontology.eil.utoronto.ca/tove/icontact#",
    "sur": "http://ontology.eil.utoronto.ca/tove/survey#",
    "i72": "http://ontology.eil.utoronto.ca/ISO21972/iso21972#",
    "iso5087": "https://standards.iso.org/iso-iec/5087/-1/ed-1/en/ontology/GenericProperties/",
    "oep": "http://www.w3.org/2001/sw/BestPractices/OEP/SimplePartWhole/part.owl#",
    "sff": "https://ontology.commonapproach.org/sff#",
    "sch": "http://schema.org/",
    "schema": "http://schema.org/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "terms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.geonames.org/ontology/ontology_v3.1.rdf#",
    "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "prov": "http://www.w3.org/ns/prov#",
    "time": "http://www.w3.org/2006/time#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    # The prefixed spellings are links too: published files use either.
    **{name: {"@id": f"cids:{name}", "@type": "@id"} for name in _CIDS_LINKS},
    **{f"cids:{name}": {"@id": f"cids:{name}", "@type": "@id"} for name in _CIDS_LINKS},
    **{
        term: {"@id": iri, "@type": "@id"} if link else {"@id": iri}
        for name, iri, link in _CIDS_BORROWED
        for term in (name, iri)
    },
}
#: What no IRI holds (RFC 3987).
_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
#: A context inside a context inside …: documents of people do not go deeper.
_DEPTH = 50


def with_bundled_contexts(source: SourceFile, base: str | None = None) -> bytes:
    """Return a JSON-LD document with the contexts that it names by address put in.

    Parameters:
        source: the document.
        base: the base IRI; ``{base}context.jsonld`` names our context too.

    Raises:
        SourceError: it is no JSON, or names a context that does not come with us.
    """
    try:
        document = json.loads(source.data)
    except RecursionError as error:
        raise SourceError(_too_deep(source.name)) from error
    except ValueError as error:
        raise SourceError(f"{source.name} is not well formed JSON: {error}.") from error
    ours = {_OURS, f"{base}context.jsonld"}
    return json.dumps(_filled(document, source.name, ours, 0), ensure_ascii=False).encode()


def _filled(value: Any, name: str, ours: set[str], depth: int) -> Any:
    if depth > _DEPTH:
        raise SourceError(_too_deep(name))
    if isinstance(value, list):
        return [_filled(item, name, ours, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    for key in ("@id", "id"):  # "id" may be a name of the publisher's own, for any value
        iri = str(value.get(key, ""))
        if (key == "@id" or iri.startswith("http")) and _NO_IRI.search(iri):
            # The parser would drop the node and all it says without a word.
            raise SourceError(
                f"{name}: {iri[:200]!r} is no IRI, so that nothing can be said of it. Write spaces "
                "as %20, or choose another @id."
            )
    return {
        key: _context(item, name, ours)
        if key == "@context"
        else _filled(item, name, ours, depth + 1)
        for key, item in value.items()
    }


def _scoped(term: Any, name: str, ours: set[str]) -> Any:
    if isinstance(term, dict) and "@context" in term:
        return {**term, "@context": _context(term["@context"], name, ours)}
    return term


def _too_deep(name: str) -> str:
    return f"{name} nests its values more than {_DEPTH} deep."


def _context(value: Any, name: str, ours: set[str]) -> Any:
    if isinstance(value, list):
        return [_context(item, name, ours) for item in value]
    if isinstance(value, dict):
        # What a context imports is put in its place, its own terms go before (JSON-LD 1.1, 4.1.10);
        # a term may have a context of its own.
        imported = value.get("@import")
        own = {key: _scoped(item, name, ours) for key, item in value.items() if key != "@import"}
        return own if imported is None else {**_context(imported, name, ours), **own}
    if not isinstance(value, str):
        return value
    if value in ours:
        return json.loads(resource("ontology", "context.jsonld").read_bytes())["@context"]
    if value in _CIDS_CONTEXTS:
        return _CIDS_CONTEXT
    raise SourceError(
        f"{name} names the JSON-LD context {value}, which does not come with us, and nothing is "
        f"fetched. Write the context into the document, or use {_OURS}."
    )
