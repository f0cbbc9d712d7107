"""Symbols of ILO development cooperation projects: COUNTRY-OR-REGION/YY/NN/DONOR.

``LAO/16/02/LUX`` is a project in Lao PDR of 2016, the second of its year, financed by Luxembourg.
The donor is the ISO 3166 alpha-3 code of a government, or a code that ``data/organisations.ttl``
gives for an agency (EUR: European Union, UND: UNDP, RBS: the ILO's own supplementary account).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from outcome_graph.draft import Draft, Problem
from outcome_graph.linking.offices import government
from outcome_graph.linking.readings import changed, problem, repointed
from outcome_graph.model import Candidate, Organisation, Project, Text
from outcome_graph.vocabulary import Country, Knowledge

__all__ = ["link_projects"]

_SYMBOL = re.compile(r"([A-Z]{2,4})/([0-9]{2})/([A-Z]?[0-9]{1,4}[A-Z]?)/([A-Z]{2,5})")
#: The same written otherwise: "LAO-16-02-LUX", "LAO 16 02 LUX", "LAO/2016/02/LUX".
_MARK = r"[/∕⁄.–_\- ]"
_PARTED = re.compile(
    rf"([A-Z]{{3}}){_MARK}(?:(?:19|20)(?=\d\d\D))?(\d{{2}}){_MARK}(\d{{1,3}}[A-Z]?){_MARK}([A-Z]{{3}})"
)
#: "LAO1602LUX", as file names have it.
_RUN_TOGETHER = re.compile(r"([A-Z]{3})(\d\d)(\d\d)([A-Z]{3})")
#: What may stand after a symbol: a full stop, a number in the accounts.
_AFTER = re.compile(r"\s*(?:\(\d{5,8}\))?[\s.,;]*$")
#: What stands before identifiers of others: "World Bank P123456", "CRIS number: 2016/039-583".
_LABELS = re.compile(
    r"^(?:(?:the\s+)?(?:projects?|projets?|proyectos?|projetos?|world bank|wb|undp|giz|iati|atlas|"
    r"ilo|oit|identifier|identifiant|identificador|id|code|código|number|numéro|número|nr|no|n°|pn|"
    r"symbole?|símbolo|ref|cris|opsys|decision|contract|award|output|grant|activity)\b\.?(?:\s*[:#]\s*|\s+))+|^(?:CRIS|OPSYS)/",
    re.IGNORECASE,
)
#: Digits with a letter or a mark among them are like no other agency's.
_DISTINCT = re.compile(r"^(?=\S*\d)\S*(?:[A-Z]-?\d|\d[./-]\d)\S*$")
_WORLD_BANK = re.compile(r"^P-(?=\d{6}$)")
#: LuxDev numbers its projects by country: "LAO/030". FAO's cooperative programme names the donor.
_OF_LUXDEV = re.compile(r"([A-Z]{3})/\d{3}")
_OF_FAO = re.compile(r"GCP/([A-Z]{3})/\d{3}/([A-Z]{3})")
_JOINED = re.compile(r"\s*([/∕⁄–_\-])\s*")
#: "LAO/16/2/LUX": the second of its year.
_SINGLE = re.compile(r"(?<=/)(\d)(?=[A-Z]?/[A-Z]+$)")
#: Governments that older symbols call otherwise than ISO 3166.
_OLD_DONORS = {"GER": "DEU", "NET": "NLD", "SPA": "ESP", "SWI": "CHE", "UKM": "GBR"}
#: Countries that older symbols call by the codes that UNDP had; none is a code of ISO 3166.
_OLD_PLACES_WRITTEN = (
    "ALG:DZA ANG:AGO BKF:BFA BOT:BWA CHD:TCD CMB:KHM CPR:CHN CVI:CPV DRK:PRK EQG:GNQ GAM:GMB "
    "GBS:GNB HAI:HTI INS:IDN IVC:CIV LES:LSO LIR:LBR MAG:MDG MAL:MYS MLW:MWI MON:MNG MOR:MAR "
    "MYA:MMR NEP:NPL NIR:NGA PHI:PHL ROK:KOR SAF:ZAF SIL:SLE SRL:LKA SUD:SDN TOG:TGO URT:TZA "
    "VIE:VNM ZAM:ZMB ZIM:ZWE"
)
_OLD_PLACES = {pair[:3]: pair[4:] for pair in _OLD_PLACES_WRITTEN.split(" ")}
#: The prefix of projects between regions, which names no place.
_INTERREGIONAL = "INT"
_UNKNOWN_DONOR = 0.3


@dataclass(frozen=True, slots=True)
class _Decoded:
    project: Project
    problems: tuple[Problem, ...] = ()
    candidate: Candidate | None = None


def link_projects(draft: Draft, knowledge: Knowledge) -> Draft:
    """Decode the symbols of projects: their country and who finances them.

    Parameters:
        draft: the draft, its country linked. knowledge: the look-up tables.
    """
    record = draft.record
    decoded = [(p.identifier, _decode(draft, p, knowledge)) for p in record.projects]
    if not decoded:
        return draft
    merged: dict[str, Project] = {}
    for _, item in decoded:
        known = merged.get(item.project.identifier)
        merged[item.project.identifier] = _merged(known, item.project) if known else item.project
    projects = tuple(merged.values())
    moved = {("projects", old): ("projects", d.project.identifier, 1.0) for old, d in decoded}
    candidates = [item.candidate for _, item in decoded if item.candidate]
    record = repointed(record, moved).with_changes(
        projects=projects,
        candidates=(*record.candidates, *candidates),
    )
    return changed(draft, record, [p for _, item in decoded for p in item.problems])


def _decode(draft: Draft, project: Project, knowledge: Knowledge) -> _Decoded:
    compact = _compact(project.identifier, knowledge)
    symbol = _SYMBOL.fullmatch(compact)
    if symbol is None:
        return _Decoded(_of_others(project, knowledge))
    place, _, _, donor = symbol.groups()
    project = replace(project, identifier=compact)
    problems: list[Problem] = []

    def warn(message: str) -> None:
        problems.append(problem(draft, "warning", message, "projects"))

    country = _country(place, knowledge)
    home = draft.record.country
    if country is not None:
        project = replace(project, country=project.country or country.alpha3)
        if home is not None and country.alpha3 != home:
            warn(
                f"Project {compact} is one of {country.office_name}, but the result is of another "
                f"country ({home}). Check the project's symbol."
            )
    elif not knowledge.countries.is_region(place) and place != _INTERREGIONAL:
        warn(
            f"Project {compact} begins with {place}, which is no ISO code of a country and no "
            "region that we know. Check the project's symbol."
        )
    funder = _donor(donor, knowledge)
    if funder is not None:
        project = replace(project, funders=(*project.funders, funder))
        return _Decoded(project, tuple(problems))
    if project.funders:
        return _Decoded(project, tuple(problems))
    warn(
        f"Project {compact} names its donor by {donor}, a code that we do not know. It awaits "
        "review as a funder."
    )
    unknown = Organisation(f"donor-{donor.lower()}", (Text(f"Donor {donor}", "en"),))
    candidate = Candidate("funders", unknown, compact, _UNKNOWN_DONOR)
    return _Decoded(project, tuple(problems), candidate)


def _of_others(project: Project, knowledge: Knowledge) -> Project:
    """Read the identifiers of other agencies: without what they are called, and what they tell."""
    identifier = _labelled(project.identifier.strip()) or project.identifier
    project = replace(project, identifier=identifier)
    of_fao = _OF_FAO.fullmatch(identifier)
    place = of_fao or _OF_LUXDEV.fullmatch(identifier)
    country = _country(place[1], knowledge) if place else None
    if country is not None:
        project = replace(project, country=project.country or country.alpha3)
    donor = _donor(of_fao[2], knowledge) if of_fao else None
    if donor is not None and not project.funders:
        project = replace(project, funders=(donor,))
    return project


def _labelled(identifier: str) -> str:
    """Return an identifier without the words before it that only say what it is.

    A number alone keeps them: an award and an output of the same number are two things.
    """
    bare = _LABELS.sub("", identifier)
    if bare == identifier or not _DISTINCT.search(bare):
        return identifier
    return _WORLD_BANK.sub("P", bare) if "bank" in identifier.lower() else bare


def _compact(identifier: str, knowledge: Knowledge) -> str:
    """Write what may be a symbol as symbols are written."""
    bare = _AFTER.sub("", _LABELS.sub("", identifier.strip()))
    bare = bare[1:-1] if bare.startswith("(") and bare.endswith(")") else bare
    compact = re.sub(r"\s*/\s*", "/", bare).upper()
    parted = _PARTED.fullmatch(_JOINED.sub(r"\1", bare).upper()) or _RUN_TOGETHER.fullmatch(bare)
    if parted is None:
        return compact
    place, year, number, donor = parted.groups()
    known = (
        _country(place, knowledge)
        or knowledge.countries.is_region(place)
        or place == _INTERREGIONAL
    )
    # Other organisations have identifiers of their own making.
    if known and _donor(donor, knowledge):
        return _SINGLE.sub(r"0\1", f"{place}/{year}/{number}/{donor}")
    return compact


def _country(place: str, knowledge: Knowledge) -> Country | None:
    return knowledge.countries.get(_OLD_PLACES.get(place, place)) if len(place) == 3 else None


def _donor(code: str, knowledge: Knowledge) -> Organisation | None:
    code = _OLD_DONORS.get(code, code)
    country = knowledge.countries.get(code) if len(code) == 3 else None
    if country is not None:
        return government(country)
    return knowledge.organisations.by_donor_code(code)


def _merged(one: Project, other: Project) -> Project:
    return replace(
        one,
        titles=(*one.titles, *other.titles),
        funders=(*one.funders, *other.funders),
        country=one.country or other.country,
    )
