"""Whose work a page tells of: agencies, what they do, who takes part, what is held."""

from __future__ import annotations

from outcome_graph.sources.page.words.small import forms

#: Agencies by the names that pages use within sentences and headings.
ILO = r"(?:ILO|OIT|BIT)"
AGENCIES = forms(
    initials="ILO|OIT|BIT|UNICEF|UNDP|PNUD|WFP|PAM|PMA|FAO|WHO|OMS|OPS|PAHO|UNFPA|UNHCR|ACNUR|HCR|"
    "IOM|OIM|UNESCO|GIZ|AFD|LuxDev|Enabel|AECID|USAID|JICA|KOICA",
    en="UN Women|World Bank",
    fr="ONU Femmes|Banque mondiale",
    es="ONU Mujeres|Banco Mundial",
)
#: Any initials, which may be an agency's.
INITIALS = r"\b(?:[A-Z]{3,}|UN)\b"
#: What an agency does for a result, in the past.
DID = forms(
    en=r"supported|advised|assisted|trained|organi[sz]ed|held|provided|helped|drafted|costed|"
    r"facilitated|conducted|carried out|prepared|reviewed|convened|funded|financed|paid for|"
    r"support|assistance",
    fr="appuye|soutenu|accompagne|forme|organise|tenu|conseille|finance|aide|realise|etudie|"
    "appui|soutien",
    es="apoyo|asesoro|acompano|capacito|organizo|celebro|presto|hizo|realizo|preparo|financio|"
    "asistencia",
)
#: Bodies of which this is said took part in a reform.
TOOK_PART = forms(
    en=r"took part|taken part|participated|(?:were|was) (?:consulted|involved|associated)|"
    r"consulted|contributed to the|worked with us|at the table",
    fr=r"(?:ont|a|avoir|ayant) (?:participe|pris(?:es)? part|contribue)|"
    r"(?:ont|a) ete (?:consultee?s?|associee?s?)",
    es="tomaron parte|participaron|intervinieron|fueron consultad[oa]s",
)
#: With whom it was made.
TOGETHER_WITH = forms(
    en="together with|worked (?:closely )?with|in (?:cooperation|collaboration|consultation) with",
    fr="travaille avec|en (?:consultation|concertation|collaboration) avec",
    es=r"trabajo (?:junto )?con|en (?:consulta|colaboracion) con",
)
#: The sides of the ILO, as labels of who took part; and who is of none.
SIDES = forms(
    en="governments?|workers?'?|employers?'?|civil society|others?",
    fr="gouvernements?|travailleurs|employeurs|autres",
    es="gobiernos?|trabajadores|empleadores|otros",
)
PARTNERS = forms(en="(?:other |social )?partners", fr="partenaires", es="socios")
