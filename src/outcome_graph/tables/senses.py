"""What single words of headings say, whatever column they are of, by sense and by language.

Words are small and without accents; what languages share stands with the first of them.
"""

from __future__ import annotations

import re

__all__ = [
    "BEGINNINGS",
    "PAYS_FOR",
    "SENSES",
    "SOMETHING_ELSE",
    "beginnings",
    "singulars",
    "words",
]


def words(en: str = "", fr: str = "", es: str = "", pt: str = "") -> frozenset[str]:
    """Return words of four languages, those of each parted by spaces."""
    return frozenset(f"{en} {fr} {es} {pt}".split())


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def singulars(words: frozenset[str]) -> frozenset[str]:
    """Return words without the endings of plurals."""
    return frozenset(map(_singular, words))


def beginnings(words: frozenset[str]) -> re.Pattern[str]:
    """Compile beginnings of words, to be looked for in a folded heading with a space after it."""
    parts = "|".join(re.escape(word).replace("_", " ") for word in sorted(words))
    return re.compile(rf"\b(?:{parts})")


#: Words by what they say, whatever column they are of.
SENSES: dict[str, frozenset[str]] = {
    "small": words(
        "of the a an and or for in to",
        "de la le les l du des d et ou un une",
        "del los las el y o en",
        "do da dos das e",
    ),
    "name": words("name", "nom", "nombre", "nome"),
    "number": words(
        "no nr num n number ref reference id",
        "numero",
        "referencia",
    ),
    "not": words(
        "not non no without excluded except",
        "sans hors",
        "sin excepto",
        "nao sem",
    ),
    "when": words(
        "on date day month qtr quarter year when",
        "jour mois trimestre annee quand",
        "fecha dia mes ano cuando",
        "data quando",
    ),
    "code": words("code", "", "codigo"),
    "status": words("status state stage", "statut etat avancement", "estado situacion", "situacao"),
    "achieved": words(
        "achieved reached completed done",
        "atteint realise obtenu",
        "logrado alcanzado cumplido",
        "alcancado",
    ),
    "month": words("month", "mois", "mes"),
    "sums up": words("summary", "resume", "resumen", "resumo"),
    "result": words("result outcome", "resultat", "resultado logro"),
    "chief": words("key main headline short chief", "principal cle", "clave", "chave"),
    #: Of a partner: "Resource partner", "Partenaire financier".
    "paying partner": words(
        "resource fund development financial financing financier",
        "fonds developpement",
        "desarrollo financiero",
    ),
    "place": words(
        "territory place location geography geographic nation state country land where",
        "territoire lieu localisation geographie geographique etat pays ou",
        "territorio lugar ubicacion geografia geografico geografica nacion estado pais donde",
        "localizacao",
    ),
    "sdg": words("sdg", "odd", "ods"),
    "of the world": words("17 global world un sustainable", "mondiaux", "mundiales"),
    #: A heading with one of these is about a thing of ours: planned, counted, of the table itself.
    "about": words(
        "contact email mail phone telephone address officer office focal manager responsible "
        "budget amount cost value usd eur percentage share number no nr num count total status "
        "comment remark id reference ref type category planned expected future next board meeting "
        "baseline indicator start begin beginning end closing deadline due report reporting "
        "reported update updated created modified last entry entered force publication published "
        "signature project program programme action activity risk beneficiary verification "
        "evidence marker score yes disaggregated file archive photo language",
        "telefono adresse bureau responsable montant cout valeur statut commentaire remarque "
        "categorie prevu prevue attendu prochain prochaine conseil reunion indicateur debut fin "
        "rapport vigueur projet activite risque beneficiaire preuve marqueur oui fichier langue",
        "oficina monto costo valor estado comentario observaciones tipo categoria previsto "
        "prevista esperado proximo proxima indicador inicio informe vigor proyecto programa accion "
        "actividad riesgo beneficiario marcador si archivo idioma numero region",
        "contacto contato orcamento responsavel situacao observacao relatorio atividade acao",
    ),
}
#: Beginnings of words, by what they say.
PAYING = words(
    "paid money sponsor donor donat funded funder funding financ",
    "payer payeur paye paie argent bailleur",
    "paga dinero aport donant",
)
PAYS_FOR = PAYING | words("fund lend credit contrib grant support", "pret", "prest")
_LEGAL = words(
    "act legal jurid norm law decree instrument regul legisl gazette text",
    "loi decret",
    "ley",
    "lei",
)
#: Of what was before the result, or is none yet.
_FORMER = words(
    "old former previous existing amend repeal replac draft bill",
    "precedent anterior ancien modifie abrog remplac",
    "modificad derogad reformad enmendad reemplazad borrador anteproyecto",
    "alterad revogad",
)
BEGINNINGS: dict[str, tuple[str, ...]] = {
    name: tuple(sorted(beginning))
    for name, beginning in {
        "paying": PAYING,
        "lending": words("lend loan credit", "pret", "prest"),
        "legal": _LEGAL,
        "approving": _LEGAL
        | words("approv sanction decision decid vote", "approb", "aprob", "aprov"),
        "measured": words("baseline actual"),
        "signing": words("sign", "", "firm suscri", "assin"),
        "publishing": words("publi gazett force", "journal vigueur", "vigencia vigor"),
        "former": _FORMER,
        #: A heading with one of these is of what was, or will be, or of something else.
        "not ours": _FORMER
        | words(
            "plan target expect next prev risk headquart citizen author",
            "projet espe attend proch risque siege auteur",
            "proyecto prox riesg sede autor",
        ),
    }.items()
}
#: Beginnings of words by which prose tells of what is none of ours: "Lessons", "Next steps".
SOMETHING_ELSE = words(
    "lesson learn next follow step_ challeng difficult problem worr concern risk hurdle barrier "
    "bottleneck constrain limit comment remark observation note_ notes recommend suggest plan_ "
    "plans planned expect attend pending remain rest_ to_do outstanding gap background context "
    "antecedent situation baseline before after what_now justif rationale why reason quote "
    "testimon voice method verification evidence_source proof source assum internal confiden "
    "sustainab media press comunic objective purpose aim intend indicator indicat target "
    "population beneficiar who_benef action activit input status rating score quality regret delay "
    "cause means_of feedback review_ reviewer editor mitig",
    "lecon appris appren prochain suivi suite etapes_suiv defi obstac probl preocup risqu "
    "contraint remarq recomm sugger prevu reste manque contexte avant_ apres ligne_de "
    "pourquoi raison motiv citat temoign voix preuve hypoth interne perenni presse communic "
    "objectif benefic recommand statut qualite retard",
    "leccion aprend proxim seguim dificult desafi reto riesg observacion nota_ notas previst espe "
    "pendient queda falta todo contexto antes despues linea_de por_que razon cita_ voz voces "
    "barrera verificacion prueba fuente supuest interno sostenib durabil prensa objetivo estado_de "
    "calidad retras",
)
