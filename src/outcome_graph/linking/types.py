"""Of which type an organisation is, told by the words of its name in English, French and Spanish.

The types are the ILO's constituents: governments with their public bodies, workers' organisations,
employers' organisations, and others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from outcome_graph.vocabulary import fold

__all__ = ["TypeReading", "is_government", "is_international", "is_public_body", "type_of"]


@dataclass(frozen=True, slots=True)
class TypeReading:
    """A type and how sure it is, 0 to 1."""

    type: str
    confidence: float


def _any(words: str) -> re.Pattern[str]:
    """Compile patterns of folded words, parted by slashes, into one that finds any of them."""
    return re.compile(rf"\b(?:{'|'.join(words.split(' / '))})\b")


#: What a public body is called that may be named after anything: it decides where it comes first.
_MINISTRY = re.compile(
    r"(?:(?:federal|royal|union|state|national|general) ){0,2}"
    r"(?:ministr(?:y|ies|er|ere|erio|erios)|ministeres?|viceministerio|vice ministry|government|"
    r"gouvernement|gobierno|department|departamento|departement|directorate|direction|direccion|"
    r"office of the|presidency|presidencia|presidence|secretariat of state|secretaria de estado)\b"
)
#: Words of public bodies that are no association.
_PUBLIC = _any(
    "ministry / ministere / ministerio / government / gouvernement / gobierno / department / "
    "departamento / bureau / agency / agence / agencia / authority / autorite / autoridad / "
    "institute / institut / instituto / institution / fund / funds / fonds / fondo / caisse / "
    "caja / commission / comision / committee / comite / commissariat / inspectorate / "
    "inspection / inspeccion / superintendencia / superintendence / secretariat / secretaria "
    "/ directorate / direction / direccion / administration / administracion / board / office "
    "/ officer / oficina / tesoreria / treasury / junta / parliament / parlement / parlamento "
    "/ assembly / assemblee / asamblea / congreso / senate / senat / senado / cabinet / prime "
    "minister / premier ministre / primer ministro / president / presidente / province / "
    "provincia / provincial / municipality / municipalite / municipalidad / central bank / "
    "banque centrale / banco central / corporation / council of ministers / national council "
    "/ conseil national / consejo nacional / conseil economique / consejo economico / service "
    "/ servicio"
)
#: What only public bodies are named after, whatever they are called.
_SOCIAL_SECURITY = _any(
    "social security / securite sociale / seguridad social / seguro social / social insurance "
    "/ health insurance / assurance maladie / prevoyance sociale / prevision social / "
    "provident fund / pension fund / statistics / social welfare / social protection"
)
_WORKERS = _any(
    "(?:trade|labou?r|workers?|teachers?|nurses?|employees|miners|drivers) unions? / "
    "syndicats? / syndicale?s? / syndicaux / intersyndicale / sindicatos? / sindical(?:es)? / "
    "obrer[oa]s? / central unitaria / trade unionists?"
)
_WORKING_PEOPLE = _any(
    "workers? / labou?r / labourers? / employees / travail / travailleurs / travailleuses / "
    "trabajo / trabajador(?:es|as)? / fonctionnaires / empleados / servidores publicos / "
    "teachers / nurses / domestic workers"
)
_EMPLOYERS = _any(
    "employers? / employeurs? / empleador(?:es)? / patronat / patronal(?:e|es)? / patrons / "
    r"chambers? of (?:\w+ )?(?:commerce|industr\w+|trade|mines|agriculture|business) / "
    r"chambres? (?:nationale )?(?:de|d|des) (?:\w+ )?(?:commerce|industrie|metiers|mines) / "
    r"camaras? (?:\w+ )?(?:de|del) (?:\w+ )?(?:comercio|industrias?|construccion) / "
    "empresari(?:al|ales|os) / empresas? privadas? / industrialists / industriales / chefs d "
    "entreprises?"
)
_TRADES = _any(
    "industr(?:y|ies|ie|ia|ias|ial) / banks? / bancos? / banques? / business(?:es)? / "
    "business(?:men|women) / enterprises? / entreprises? / empresas? / entrepreneurs / "
    "manufacturers? / exporters / exportadores / exportateurs / producers / bankers / hotels? "
    "/ hoteliers / private sector / secteur prive / sector privado / commerce / comercio / "
    "comerciantes / contractors / planters / garments? / textiles?"
)
_ASSOCIATION = _any(
    "associations? / asociacion(?:es)? / federations? / federacion / confederations? / "
    "confederacion / unions? / congress / central / centrale / council / conseil / consejo / "
    "alliance / alianza / forum / foro / groupement / gremio / gremial / organi[sz]ations? / "
    "organizacion / chambers? / chambre / camara / league / society / network / reseau / red "
    "/ coordination / coordinadora / mouvement / movement / movimiento / solidarity / unity"
)
_CIVIL = _any(
    "associations? / asociacion / federations? / federacion / unions? / union / foundations? "
    "/ fondation / fundacion / ngos? / ong / network / reseau / university / universite / "
    "universidad / society / civil society / societe civile / sociedad civil / red cross / "
    "croix rouge / cruz roja / church / caritas / oxfam / helpage / save the children / "
    "coalition / platform / alliance / forum / cooperatives?"
)
_INTERNATIONAL = re.compile(
    r"(?:international|internationale|internacional|world|mondiale?|global|united nations|un|onu|"
    r"nations unies|naciones unidas|african union|union africaine|union africana|european|"
    r"europeenne?|europea|asean|asian|arab league|inter american|interamerican[oa]|pan american|"
    r"latin american|caribbean|african|africaine|africana|ibero american[oa]?|ilo|undp|unicef|"
    r"oxfam|helpage|save the children|caritas internationalis|agencies of the united nations)\b"
)
_UNITED_NATIONS = _any(
    "united nations / nations unies / naciones unidas / un agenc(?:y|ies) / un country team / "
    "un system / un joint programme"
)

_GOVERNMENT = _any("government / gouvernement / gobierno")

_SURE = 0.95
_LIKELY = 0.85


def is_international(name: str) -> bool:
    """Tell whether a name is that of an international body rather than one of a country."""
    folded = fold(name).removeprefix("the ")
    return bool(_INTERNATIONAL.match(folded) or _UNITED_NATIONS.search(folded))


def is_public_body(name: str) -> bool:
    """Tell whether a name is that of a ministry or another body of some country's State."""
    folded = fold(name).removeprefix("the ")
    return bool(_MINISTRY.match(folded))


def is_government(name: str) -> bool:
    """Tell whether a name is that of a government, be it of a State or of a part of one."""
    return bool(_GOVERNMENT.search(fold(name)))


def type_of(name: str) -> TypeReading | None:
    """Tell the type of an organisation by its name, None when the name does not tell.

    Ministries come first, since their names may hold any other word; then workers' and employers'
    organisations, then public bodies, then what remains. A name that speaks of both workers and
    employers is that of neither.

    Parameters:
        name: its name in English, French or Spanish.
    """
    folded = fold(name).removeprefix("the ")
    if _UNITED_NATIONS.search(folded):
        return TypeReading("other", _SURE)
    if _MINISTRY.match(folded):
        return TypeReading("government", _SURE)
    workers, employers = _as_workers(folded), _as_employers(folded)
    if workers and employers and workers.confidence == employers.confidence == _SURE:
        return TypeReading("other", _LIKELY)
    # "Garment Workers Federation": a trade says less than the people in it.
    if workers and (employers is None or employers.confidence <= workers.confidence):
        return workers
    if employers:
        return employers
    if _SOCIAL_SECURITY.search(folded) and not _CIVIL.search(folded):
        return TypeReading("government", _SURE)
    if _INTERNATIONAL.match(folded):
        return TypeReading("other", _LIKELY)
    if _PUBLIC.search(folded):
        return TypeReading("government", _LIKELY)
    if _CIVIL.search(folded):
        return TypeReading("other", _LIKELY)
    return None


def _as_workers(folded: str) -> TypeReading | None:
    if _WORKERS.search(folded):
        return TypeReading("workers", _SURE)
    if _ASSOCIATION.search(folded) and _WORKING_PEOPLE.search(folded):
        # "Workers' Welfare Fund Board": a public body for workers, not of them.
        if _PUBLIC.search(folded) or _SOCIAL_SECURITY.search(folded):
            return None
        return TypeReading("workers", _LIKELY)
    return None


def _as_employers(folded: str) -> TypeReading | None:
    if _EMPLOYERS.search(folded):
        if re.search(r"\b(?:fund|fonds|fondo|insurance|liability)\b", folded):
            return None
        return TypeReading("employers", _SURE)
    if _ASSOCIATION.search(folded) and _TRADES.search(folded):
        return None if _PUBLIC.search(folded) else TypeReading("employers", _LIKELY)
    return None
