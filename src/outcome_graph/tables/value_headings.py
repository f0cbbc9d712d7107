"""What a heading that we do not know may still say of a column whose values we know.

A column of countries is the country of the results, unless its heading speaks of who paid; one of
days is the day of the result, unless it speaks of the beginning, of a report, of an entry. These
words only forbid or confirm what the values say (`outcome_graph.sources.tables.by_values`).
"""

from __future__ import annotations

import re

from outcome_graph.tables.asking import asks_for
from outcome_graph.tables.heading_words import (
    about,
    all_words,
    folded_words,
    singulars,
    stands_for,
)
from outcome_graph.tables.headings import find_column

__all__ = [
    "about_acts",
    "is_measured",
    "is_vague",
    "may_hold",
    "speaks_of_approval",
    "speaks_of_payers",
    "speaks_of_place",
    "speaks_of_sdgs",
    "visibility_of_yes",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _tuple(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_NOT = _set("not non sans sin without no excluded except hors excepto")
#: Alone they do not say of what; a "short name" may be a title.
_NAME = _set("name nom nombre")
#: Words that forbid a column as they stand.
_WHOLE: dict[str, frozenset[str]] = {
    "achievedOn": _set("from to end fin as"),
    "country": _set("from"),
}
#: Beginnings of words that forbid a column, by its key; of all columns first.
_NOT_OURS = _tuple(
    "old former previous precedent anterior ancien existing amend repeal replac draft bill "
    "projet proyecto plan prev expect espe attend next proch prox target risk risque riesg "
    "headquart siege sede citizen author auteur autor"
)
_FORBIDDEN: dict[str, tuple[str, ...]] = {
    key: _tuple(words)
    for key, words in {
        "country": (
            "donor donat donant fund financ bailleur payer payeur paye payi paid paie paga money "
            "argent dinero sponsor lend credit pret prest "
            "aport contrib grant support origin source born birth naiss nacim resid passport "
            "contact consult expert staff travel visit partner parten socio neighbo compar "
            "lead head other autre otro second"
        ),
        "achievedOn": (
            "open ouv abiert apert start begin began launch lanc lanz kick comien comenz comenc "
            "inic debut demarr "
            "ending clos clot cier expir due dead echeance venc report rapport inform relat "
            "publi post updat mis actual modif creat cree cread entr enter saisi record enreg "
            "regist receiv recu recib submit soum envi sent validat verif check review visit birth "
            "naiss nacim sign firm force vig effect agre contr pay paid pag disburs rpt upd dob "
            "cut corte asof loan credit grant subven prest hq siege meet reuni mission "
            "workshop atelier taller print export extract stamp time "
            "horodat marca baseline eval monitor suivi seguim until depuis desde hasta since jusqu "
            "last access consult"
        ),
        "source": (
            "web site home photo pictur imag foto video logo facebook twitter contact partner "
            "donor fund organis organiz bailleur social map cart form login drive folder"
        ),
        "code": "project grant subvention contrat contract proy donor fund budget account",
        "projects": "closed other similar",
        "legalActs": "base basis under",
        "biennium": "fiscal financial school academ scol escol year annee ano start end donor fund",
        "visibility": "sector secteur audit owner propri",
        "resultType": "activ output product",
        "funders": "touch contact consult parallel other autre otro",
        "constituents": (
            "touch your votre your su tu submit soum envi report inform verif audit valid check "
            "review "
            "author auteur signed signe firmad issu emit emis promulg pass adopt approv approb "
            "aprob contact "
            "enter saisi compil publi custod respons unit unite unidad hold tenant "
            "implement execut ejec deliver carried conduct realise realiza source fuente data "
            "donnee dato prepar elabor renseig"
        ),
        "title": (
            "lesson lecon leccion recommend recomm challeng difficult obstac step etap paso "
            "assumption hypoth supuest objectiv objectif objetivo goal purpose but fin activ "
            "action mean moyen medio source note scheme regime regimen district provinc population "
            "poblacion group area sector them tema"
        ),
    }.items()
}
#: Words that say of something else elsewhere and belong to a column here.
_FITTING: dict[str, frozenset[str]] = {
    key: singulars(words.split())
    for key, words in {
        "country": (
            "programme program programa project projet proyecto beneficiary beneficiaire office "
            "bureau oficina estado"
        ),
        "contribution": (
            "office bureau oficina project projet proyecto programme program programa activity "
            "activite actividad value valeur valor responsible participant participante"
        ),
        "contributors": "responsible responsable office bureau oficina programme programa",
        "genderEquality": (
            "non no sin score marker comment commentaire comentario remark remarque observation "
            "observacion note nota"
        ),
        "code": "id reference ref programme program programa number no nr num numero result",
        "projects": "project projet proyecto programme program programa id reference ref number no",
        "legalActs": "reference ref number no nr num numero type",
        "source": "verification evidence preuve reference ref report rapport informe publication",
        "biennium": (
            "programme program programa budget planning planification planificacion reporting"
        ),
        **dict.fromkeys(
            ("sdgGoals", "sdgTargets", "sdgIndicators"),
            "target targets reference ref id number no nr num numero",
        ),
        "visibility": "status statut",
        "indicator": (
            "indicator indicateur indicador number no nr num numero id ref reference code "
            "programme program programa budget"
        ),
        "resultType": "type tipo category categorie categoria",
        "branches": (
            "type tipo category categorie categoria programme program programa risk risks risque "
            "risques riesgo riesgos"
        ),
    }.items()
}
#: What else a heading may speak of: "Country of the donor", "Pays d'exécution".
_ALIKE = {
    "funders": ("country", "constituents"),
    "country": ("contributors",),
    "contributors": ("constituents",),
    "projects": ("title",),
}
_PLACE = _set(
    "territory territorio territoire place lieu lugar location localisation ubicacion geography "
    "geographie geografia geographic geographique geografico geografica nation nacion state "
    "etat estado where donde ou land country countries pays pais"
)
_SDG = frozenset(("sdg", "sdgs", "odd", "ods"))
_GOALS = frozenset(("goal", "goals", "objectifs", "objetivos"))
_OF_THE_WORLD = frozenset(("17", "global", "world", "un", "sustainable", "mondiaux", "mundiales"))
_WHEN = _set("date dates day fecha data when quand cuando the of de du la le el do da")
_SECRET = re.compile(r"\b(?:confiden|restrict|secret)|\binterna?l?e?o? (?:use|only|usage|uso)\b")
_OPEN = re.compile(
    r"\b(?:publish|publiable|publicable|publier|publicar|diffus|difund|divulg|disclos|website|"
    r"site web|sitio web|visib)|^(?:is it |is this )?public $"
)
_MEASURED = _tuple("baseline actual")
_ACTS = _tuple(
    "act legal jurid norm law loi ley lei decree decret instrument regul legisl gazette text"
)
_APPROVING = _tuple(
    "approv approb aprob aprov sanction decision decid vote loi law ley decret decree act text "
    "texte "
    "texto norm legal "
    "instrument jurid"
)
_SMALL = _set("on le el del la l les los las d")
_PAYING = _tuple(
    "payer payeur paye paid paie paga money argent dinero aport sponsor donor donat funded funder "
    "funding financ bailleur"
)


def may_hold(heading: str, key: str, *, misnamed: bool = False) -> bool:
    """Tell whether nothing in a heading forbids that its column is the one of a key.

    Parameters:
        heading: as it stands in the table. key: of a column of ours.
        misnamed: whether its values are not what the heading stands for.
    """
    words = all_words(heading)
    fitting = _FITTING.get(key, frozenset())
    others = frozenset(word for word in words if singulars((word,)).isdisjoint(fitting))
    forbidden = _FORBIDDEN.get(key, ()) + _NOT_OURS
    if key == "title" and words <= _NAME:
        return False
    forbidding = (_NOT | _WHOLE.get(key, frozenset())) - fitting
    if others & forbidding or any(word.startswith(forbidden) for word in others):
        return False
    if not misnamed and about(others):
        return False
    # "Donor's country" has a word of ours that stands for something else.
    return misnamed or stands_for(words) <= {key, *_ALIKE.get(key, ())}


def visibility_of_yes(heading: str) -> str | None:
    """Return the visibility that "yes" below a heading means, None where it asks for none."""
    words = f"{folded_words(heading)} "
    if _SECRET.search(words):
        return "internal"
    return "public" if _OPEN.search(words) else None


def is_measured(heading: str) -> bool:
    """Tell whether a heading speaks of where an indicator began or has come: "Baseline"."""
    return any(word.startswith(_MEASURED) for word in all_words(heading))


def about_acts(heading: str) -> bool:
    """Tell whether a heading speaks of legal acts: "Tipo de norma", "Date de l'acte"."""
    return any(word.startswith(_ACTS) for word in all_words(heading))


def is_vague(heading: str) -> bool:
    """Tell whether a heading of days says not of what: "Board date", not "Date of adoption"."""
    found = find_column(heading)
    words = all_words(heading) - _WHEN
    if found is None or not found.loose or not words:
        return False
    return "achievedOn" not in asks_for(heading) and not speaks_of_approval(heading)


def speaks_of_approval(heading: str) -> bool:
    """Tell whether a heading speaks of nothing but that something was approved, or of a text.

    That is of the result, where no column says more plainly when it was achieved.
    """
    words = all_words(heading) - _WHEN - _SMALL
    return bool(words) and all(word.startswith(_APPROVING) for word in words)


def speaks_of_place(heading: str) -> bool:
    """Tell whether a heading asks for a place: "Territory", "Where we worked"."""
    return not all_words(heading).isdisjoint(_PLACE)


def speaks_of_payers(heading: str) -> bool:
    """Tell whether a heading asks who paid: "Paid for by"."""
    return any(word.startswith(_PAYING) for word in all_words(heading))


def speaks_of_sdgs(heading: str) -> bool:
    """Tell whether a heading names the SDGs: "Agenda 2030", "Global Goals", "ODD concernés"."""
    words = all_words(heading)
    return bool(
        words & _SDG or words >= {"agenda", "2030"} or (words & _GOALS and words & _OF_THE_WORLD)
    )
