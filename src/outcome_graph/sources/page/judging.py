"""Whether a text is the page of a result at all.

A page in the form of our pages is told by its headings. One that agencies lay out otherwise must
show what makes a result: something that was achieved, in a country, and an agency's part in it.
What is a notice, a bill or a plan is refused, whatever it cites.
"""

from __future__ import annotations

import re

from outcome_graph.draft import STATED
from outcome_graph.sources.page.facts import Facts
from outcome_graph.sources.page.header import Header
from outcome_graph.sources.page.projects import SYMBOL
from outcome_graph.sources.page.sections import Kind, Page
from outcome_graph.sources.page.tail import Tail
from outcome_graph.sources.page.words.work import INITIALS
from outcome_graph.sources.text import SourceText, Span

__all__ = ["why_no_result"]

#: Sections that only a page of a result has.
_TELLING = frozenset(
    (
        Kind.RESULT,
        Kind.PROJECTS,
        Kind.SUMMARY,
        Kind.ACHIEVED,
        Kind.CONTRIBUTION,
        Kind.GENDER,
    )
)
_BODY = frozenset((Kind.SUMMARY, Kind.ACHIEVED, Kind.CONTRIBUTION))
#: What other documents call themselves, in their first lines.
_CALLED = re.compile(
    r"\b(?:vacancy|job (?:opening|description)|call for (?:tenders?|proposals|expressions?|papers)|"
    r"request for (?:proposals?|quotations?|tenders?)|invitation to (?:bid|tender)|tender notice|"
    r"terms of reference|invoice|receipt|(?<!2030 )agenda(?! 2030)|programme of the (?:day|"
    r"meeting|workshop)|minutes of|"
    r"curriculum vitae|table of contents|project (?:document|proposal|description|profile)|"
    r"concept note|grant agreement|"
    r"avis de (?:vacance|recrutement)|offre d'emploi|appel (?:d'offres|a (?:propositions|"
    r"candidatures))|"
    r"termes de reference|facture|ordre du jour|proces-verbal|table des matieres|"
    r"(?:document|descriptif|fiche) de projet|note conceptuelle|"
    r"convocatoria|licitacion|vacante|oferta de empleo|terminos de referencia|factura|"
    r"orden del dia|"
    r"acta de|indice de|nota conceptual|perfil del? proyecto)\b",
    re.IGNORECASE,
)
#: Lines that only such documents have.
_SAID = re.compile(
    r"^[\s•*-]{0,6}(?:\d{1,2}[.)]\s)?(?:how to apply|closing date|deadline|application deadline|"
    r"qualifications|"
    r"requirements|duties|bill to|total due|day 1|references on request|scope of work|"
    r"expected (?:results|outcomes)|planned activities|article 1|"
    r"date limite(?: de [a-z ]{1,40})?|candidature|profil (?:recherche|requis|de l'[a-z]+)|"
    r"resultats attendus|"
    r"activites prevues|jour 1|"
    r"como postular|fecha limite|requisitos|perfil requerido|resultados esperados|"
    r"actividades previstas|dia 1|articulo 1)\s*(?:[.:]|$)",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD = 300
#: So many other parts under headings of their own make a page of a result of what was achieved.
_ASIDE = frozenset(
    (Kind.CONTRIBUTION, Kind.GENDER, Kind.CONSTITUENTS, Kind.GOALS, Kind.FUNDERS, Kind.PROJECTS)
)
_PARTS = 2
_AGENCY = re.compile(INITIALS)


def why_no_result(
    source: SourceText, page: Page, header: Header, tail: Tail, facts: Facts, *, dated: bool
) -> str | None:
    """Return why a page is not that of a result, None when it is one.

    Parameters:
        source: the text. page: its sections. header, tail, facts: what was read of it.
        dated: whether its head gives facts of its own.
    """
    known = {section.kind for section in page.sections if section.kind and section.known}
    if not known & {Kind.RESULT, Kind.SUMMARY}:
        other = _other_document(source, page.span)
        if other:
            return f"it looks like another kind of document (“{other}”)"
    main = known & _TELLING
    if len(main) + dated >= 2 and (main & _BODY or dated):
        return None
    told = {s.kind for s in page.sections if s.told and s.kind and s.kind is not Kind.OTHER}
    if page.kinds <= {Kind.OTHER, Kind.FACTS} and not dated:
        return "none of its headings was found"
    if len(told) == 1 and not _achieved(facts, page, dated=dated):
        return f"it has only the heading “{next(iter(told)).value}”"
    if not (header.title or page.of(Kind.SUMMARY) or page.of(Kind.ACHIEVED)):
        return "it has no title"
    if not _achieved(facts, page, dated=dated):
        return (
            "it tells of nothing that was achieved: no act, policy or scheme that was adopted or "
            "begun, and no date of a result"
        )
    if not (header.code or header.country):
        return "it does not say of which country it is"
    linked = bool(header.code or tail.targets or tail.goals or tail.indicators)
    if not (linked or _agency_tells(source, page) or SYMBOL.search(source.match, *page.span)):
        return "it tells of no agency's part, and names no project, programme code or SDG target"
    return None


def _other_document(source: SourceText, span: Span) -> str | None:
    head = Span(span.start, min(span.end, span.start + _HEAD))
    found = _CALLED.search(source.match, *head) or _SAID.search(source.match, *span)
    return source.value(Span(*found.span())) if found else None


def _achieved(facts: Facts, page: Page, *, dated: bool) -> bool:
    """Whether something is told as achieved: an act, or a result under a heading for it.

    Such a result is dated, or other parts of a result's page stand beside it.
    """
    acts = any(
        evidence.field == "legal_acts" and evidence.confidence >= STATED
        for evidence in facts.evidence
    )
    reported = dated and any(
        section.told and section.kind is Kind.ACHIEVED for section in page.sections
    )
    told = {section.kind for section in page.sections if section.told}
    laid_out = Kind.ACHIEVED in told and len(told & _ASIDE) >= _PARTS
    return acts or reported or laid_out


def _agency_tells(source: SourceText, page: Page) -> bool:
    """Whether a part of the page tells what an agency did."""
    return any(
        section.body.end > section.body.start
        and (section.told or _AGENCY.search(source.match, *section.body))
        for section in page.of(Kind.CONTRIBUTION)
    )
