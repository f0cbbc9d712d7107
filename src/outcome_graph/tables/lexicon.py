"""The words of headings, by what they say and by language: all that is known of them stands here.

Words are small and without accents. *Names* stand for a column by themselves ("Donor"). *Asking*
words decide nothing alone: they tell which of several columns whose values would do is the one of
a field (`outcome_graph.sources.tables.by_values`), so they may be many. By *forbidding* ones a
column is none of a field whatever its values are. Names and fitting words are whole words,
without the ending of plurals; asking and forbidding ones are beginnings of words, ``_`` standing
between two of a phrase. What languages share stands with the first of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["BEGINNINGS", "KEYS", "SENSES", "SOMETHING_ELSE", "KeyWords", "beginnings", "singulars"]


def _words(en: str = "", fr: str = "", es: str = "", pt: str = "") -> frozenset[str]:
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
    "small": _words(
        "of the a an and or for in to",
        "de la le les l du des d et ou un une",
        "del los las el y o en",
        "do da dos das e",
    ),
    "name": _words("name", "nom", "nombre", "nome"),
    "number": _words(
        "no nr num n number ref reference id",
        "numero",
        "referencia",
    ),
    "not": _words(
        "not non no without excluded except",
        "sans hors",
        "sin excepto",
        "nao sem",
    ),
    "when": _words(
        "on date day month qtr quarter year when",
        "jour mois trimestre annee quand",
        "fecha dia mes ano cuando",
        "data quando",
    ),
    "code": _words("code", "", "codigo"),
    "status": _words(
        "status state stage", "statut etat avancement", "estado situacion", "situacao"
    ),
    "month": _words("month", "mois", "mes"),
    "sums up": _words("summary", "resume", "resumen", "resumo"),
    "result": _words("result outcome", "resultat", "resultado logro"),
    "chief": _words("key main headline short chief", "principal cle", "clave"),
    #: Of a partner: "Resource partner", "Partenaire financier".
    "paying partner": _words(
        "resource fund development financial financing financier",
        "fonds developpement",
        "desarrollo financiero",
    ),
    "place": _words(
        "territory place location geography geographic nation state country land where",
        "territoire lieu localisation geographie geographique etat pays ou",
        "territorio lugar ubicacion geografia geografico geografica nacion estado pais donde",
        "localizacao",
    ),
    "sdg": _words("sdg", "odd", "ods"),
    "of the world": _words("17 global world un sustainable", "mondiaux", "mundiales"),
    #: A heading with one of these is about a thing of ours: planned, counted, of the table itself.
    "about": _words(
        "contact email mail phone telephone address officer office focal manager responsible "
        "budget amount cost value usd eur percentage share number no nr num count total status "
        "comment remark id reference ref type category planned expected future next board meeting "
        "baseline indicator start begin beginning end closing deadline due report reporting "
        "reported update updated created modified last entry entered force publication published "
        "signature project program programme activity risk beneficiary verification evidence "
        "marker score yes disaggregated file archive photo language",
        "telefono adresse bureau responsable montant cout valeur statut commentaire remarque "
        "categorie prevu prevue attendu prochain prochaine conseil reunion indicateur debut fin "
        "rapport vigueur projet activite risque beneficiaire preuve marqueur oui fichier langue",
        "oficina monto costo valor estado comentario observaciones tipo categoria previsto "
        "prevista esperado proximo proxima indicador inicio informe vigor proyecto programa "
        "actividad riesgo beneficiario marcador si archivo idioma numero region",
    ),
}
#: Beginnings of words, by what they say.
_PAYING = _words(
    "paid money sponsor donor donat funded funder funding financ",
    "payer payeur paye paie argent bailleur",
    "paga dinero aport donant",
)
_PAYS_FOR = _PAYING | _words("fund lend credit contrib grant support", "pret", "prest")
_LEGAL = _words(
    "act legal jurid norm law decree instrument regul legisl gazette text",
    "loi decret",
    "ley",
    "lei",
)
_DOING = _words("implement execut deliver conduct carried", "realise", "ejec realiza")
BEGINNINGS: dict[str, tuple[str, ...]] = {
    name: tuple(sorted(words))
    for name, words in {
        "paying": _PAYING,
        "lending": _words("lend loan credit", "pret", "prest"),
        "legal": _LEGAL,
        "approving": _LEGAL
        | _words("approv sanction decision decid vote", "approb", "aprob", "aprov"),
        "measured": _words("baseline actual"),
        "signing": _words("sign", "", "firm suscri", "assin"),
        "publishing": _words("publi gazett force", "journal vigueur", "vigencia vigor"),
        #: A heading with one of these is of what was, or will be, or of something else.
        "not ours": _words(
            "old former previous existing amend repeal replac draft bill plan target expect next "
            "prev risk headquart citizen author",
            "precedent anterior ancien projet espe attend proch risque siege auteur",
            "proyecto prox riesg sede autor",
        ),
    }.items()
}


@dataclass(frozen=True, slots=True)
class KeyWords:
    """The words of the headings of one column of ours.

    Parameters:
        names: by which alone it is called.
        asks: by which a heading asks for it.
        forbids: by which a heading is of something else, though its values would do.
        forbids_whole: the same as whole words.
        fits: which say of something else elsewhere, and belong to it here.
        alike: keys of columns whose names its heading may have too: "Country of the donor".
    """

    names: frozenset[str] = frozenset()
    asks: frozenset[str] = frozenset()
    forbids: frozenset[str] = frozenset()
    forbids_whole: frozenset[str] = frozenset()
    fits: frozenset[str] = frozenset()
    alike: tuple[str, ...] = ()


_WORK = _words("project programme program", "projet", "proyecto programa")
_OFFICE = _words("office", "bureau", "oficina")
_SDG_CODES = KeyWords(fits=SENSES["number"] | _words("target"))

#: The words of each column by its key; a column that is not here goes by its headings alone.
KEYS: dict[str, KeyWords] = {
    "country": KeyWords(
        names=_words("country", "pays", "pais"),
        forbids=_PAYS_FOR
        | _words(
            "origin source born birth resid passport contact consult expert staff travel visit "
            "partner parten neighbo compar lead head other second money payi",
            "naiss autre",
            "nacim socio otro",
        ),
        forbids_whole=_words("from"),
        fits=_WORK | _OFFICE | _words("beneficiary", "beneficiaire", "estado"),
        alike=("contributors",),
    ),
    "code": KeyWords(
        names=_words("cpo"),
        forbids=_words(
            "project grant contract donor fund budget account", "subvention contrat", "proy"
        ),
        fits=SENSES["number"] | _words("programme program result", "", "programa"),
    ),
    "title": KeyWords(
        names=_words(
            "title summary",
            "titre intitule resume libelle designation",
            "titulo resumen denominacion",
            "titulo resumo",
        ),
        asks=_words(
            "title titul headline caption head_line label design name in_short in_brief in_one "
            "in_a_few in_a_nutshell in_a_line in_a_word in_a_sentence one_line one_sentence "
            "short brief gist summar what_chang what_was_achiev what_is_new "
            "what_was_gain what_was_won change achiev succes progres milestone "
            "outcome result reform effect accomplish attain conquest gain victor win measure "
            "development statement highlight breakthrough deliverable goal_reach obtained landmark "
            "news",
            "titr intitul libell nom bref en_un en_quelques en_deux en_resum resum synthes "
            "ce_qui_a_chang ce_qui_chang reussit acquis avanc jalon effet mesure "
            "realisation obtenu",
            "denomin breve en_pocas en_dos sintesis que_cambi que_se que_ha_camb "
            "cambio logro alcanz exito hito efecto conquista medida realizac obtenid "
            "novedad",
            "mudou",
        ),
        forbids=_words(
            "lesson recomm challeng difficult step assumption objectiv goal purpose fin "
            "activ action mean source note scheme regime district province population group area "
            "sector",
            "lecon obstac etap hypoth objectif but moyen poblacion",
            "leccion paso supuest objetivo medio regimen them tema",
        ),
    ),
    "achievedOn": KeyWords(
        names=_words("date when", "quand", "fecha cuando"),
        asks=_words(
            "achiev ach_ obten obtain result reach accompl adopt happen occur came_about "
            "came_into_being took_place produ milestone deliver enact pass vot complet conclu "
            "when which_day what_day on_which done_on outcome of_change promulg",
            "attein reali eu_lieu lieu_le survenu jalon quand fait_le du_changement effet_le "
            "acquis",
            "logr alcanz conseg tuvo_lugar suced ocurr hito cuando del_cambio",
        ),
        forbids=_words(
            "open start begin began launch kick ending expir due dead report relat publi post "
            "updat modif creat enter entr record regist receiv submit sent validat verif check "
            "review visit birth sign force effect agre contr pay paid disburs rpt upd dob cut "
            "corte asof loan credit grant hq meet mission workshop atelier print export extract "
            "stamp time baseline eval monitor until since last access consult",
            "ouv lanc debut demarr clos cier rapport mis actual cree saisi enreg soum envi "
            "naiss firm vig subven pret siege reuni horodat suivi depuis jusqu echeance",
            "abiert apert lanz comien comenz comenc inic clot venc inform cread recib recu nacim "
            "pag prest taller marca seguim desde hasta",
        ),
        forbids_whole=_words("from to end as", "fin"),
    ),
    "achievedInYear": KeyWords(names=_words("year", "annee", "ano")),
    "biennium": KeyWords(
        names=_words("biennium", "biennal biennale", "bienio"),
        forbids=_words(
            "fiscal financial school academ year start end donor fund",
            "scol annee",
            "escol ano",
        ),
        fits=_words(
            "programme program budget planning reporting", "planification", "programa planificacion"
        ),
    ),
    "indicator": KeyWords(
        asks=_words(
            "indic ind_ pb_ ppb p_and_b p_b programme_and_budget p_p",
            "programme_et_budget",
            "ppto programa_y_presupuesto pyp",
        ),
        fits=SENSES["number"]
        | _words("indicator code programme program budget", "indicateur", "indicador programa"),
    ),
    "resultType": KeyWords(
        forbids=_words("activ output product"),
        fits=_words("type category", "categorie", "tipo categoria"),
    ),
    "visibility": KeyWords(
        forbids=_words("sector audit owner", "secteur", "propri"), fits=_words("status", "statut")
    ),
    "achievement": KeyWords(
        names=_words(
            "description narrative explanation explain story stories details detail",
            "decrivez decrire narratif narration explication explique histoire recit",
            "descripcion describe describa narrativo narrativa narracion explicacion historia "
            "relato detalle",
        ),
        asks=_words(
            "what_happen story stories tell narr descri explain explan detail longer long_ "
            "full body text more further elaborat account what_it_mean what_this_mean so_what "
            "significance meaning result outcome achiev chang impact effect consequen led_to "
            "brought_about what_follow in_full in_detail reform progres before_and_after "
            "difference matter evidence_of_change what_is_different what_was_done develop",
            "que_s'est ce_qui_s_est qu_est_ce histoir recit expliq explic precis ampli racont "
            "en_detail detall effet avance avanc resultat obtenu realis fait",
            "que_paso que_ocurr que_suced histor relat en_detall cuent cont camb efecto "
            "consecuen desarroll logr resultado obtenid",
        ),
    ),
    "contribution": KeyWords(
        names=_words("contribution", "", "contribucion"),
        asks=_words(
            "we_did we_do we_help we_support we_contribut we_provid we_brought we_gave we_offer "
            "we_play our_role our_part our_input our_support our_help our_contribut our_work "
            "our_assist our_intervention our_share our_own our_team our_side our_action ilo_ "
            "unicef_ undp_ agency_ agency's_ office_ project_ programme_ un_ role_of role_play "
            "support_provid support_from support_by support_given support_deliver assistance "
            "technical inputs input_of input_from value_added added_value contrib "
            "how_we what_we how_it_was_support how_was_it_support intervention",
            "oit_ bit_ role_de role_du appui accompagnement notre_ nos_ nous_ ce_que_nous apport "
            "intervenc",
            "pnud_ rol_de papel aporte aporto aportamos nuestro nuestra hicimos apoyo asistencia "
            "asesor acompanamiento cooperacion_tecnica",
        ),
        fits=_WORK
        | _OFFICE
        | _words(
            "activity value responsible participant",
            "activite valeur",
            "actividad valor participante",
        ),
    ),
    "genderEquality": KeyWords(
        names=_words("gender", "genre", "genero"),
        asks=_words(
            "wom girl gender sex equal equit discrimin inclusi",
            "femme fille genre egal feminin",
            "mujer nina genero igual femenin",
            "mulher",
        ),
        fits=_words(
            "non no score marker comment remark note",
            "commentaire remarque observation",
            "sin comentario observacion nota",
        ),
    ),
    "legalActs": KeyWords(
        names=_words(
            "law decree legal legislation legislative",
            "loi decret juridique legislatif acte",
            "ley leye decreto juridico juridica legislacion normativa acto",
        ),
        forbids=_words("base basis under"),
        fits=SENSES["number"] | _words("type"),
    ),
    "projects": KeyWords(
        forbids=_words("closed other similar"),
        fits=SENSES["number"] | _WORK,
        alike=("title",),
    ),
    "funders": KeyWords(
        names=_words(
            "donor funder funded financed funding finance",
            "bailleur donateur financement financeur",
            "donante financiador financiadore financiado financiamiento financiacion financiadora "
            "cooperante",
        ),
        asks=_PAYS_FOR
        | _words(
            "pays_for sponsor back money thank grace possible cooper loan invest underwr bankroll "
            "purse wallet pocket treasur bill_ foot_the budget cofin aid_ help assist "
            "given_by gift costs_met met_by cover fin_src fndg fnd_ dnr resourc",
            "pret fonds patroc appui appuy soutien soutenu merci subven ressourc aide ptf_",
            "fondo auspic apoy gracia prest invers recurs ayuda pago",
        ),
        forbids=_words("touch contact consult parallel other", "autre", "otro"),
        alike=("country", "constituents"),
    ),
    "contributors": KeyWords(
        names=_words(
            "implementing implementer implemented executing execution",
            "",
            "ejecutor ejecutora ejecutore ejecutado",
        ),
        asks=_words(
            "contribut implement execut agenc puno un_ unct onu_ supporting deliver "
            "technical_partner technical_support technical_assist technical_advi technical_coop "
            "lead provider advis assist",
            "mise_en_oeuvre mis_en_oeuvre agence appui_technique assistance_technique fournisseur "
            "conseil_ charge_de",
            "ejecut implant agencia nnuu apoyo_tecnico asistencia_tecnica proveedor asesor "
            "encargad",
        ),
        fits=_OFFICE | _words("responsible programme", "responsable", "programa"),
        alike=("constituents",),
    ),
    "constituents": KeyWords(
        names=_words(
            "partner constituent stakeholder tripartite participating participant counterpart "
            "institution employer worker union ally ministry government",
            "partenaire mandant employeur travailleur syndicat allie ministere gouvernement",
            "participante socio mandante interlocutore contraparte institucione empleadore "
            "trabajadore sindicato aliado aliada ministerio gobierno",
        ),
        asks=_words(
            "with_ who_with together alongside stood beside ally partner "
            "counterpart stakehold actor invol engag consult particip worked working side_by join "
            "national_ entidad organ bodies institut negotia social_ dialog tripart constituen "
            "union_ employ worker ministr authorit side_of table who_else companion affili collab "
            "coalition signator round_the champion driv led_by owner",
            "avec allie alliad parten acteur implic structure_ entite homolog interlocut "
            "mandan sindic autorit cote qui_ accompan signatair",
            "con_ alia socio contrapart implic quien acompan afili autorid firmante",
        ),
        forbids=_DOING
        | _words(
            "touch your su tu submit report verif audit valid check review author signed issu "
            "emit emis promulg pass adopt approv contact compil publi custod respons unit hold "
            "tenant source data prepar",
            "votre soum envi inform auteur signe approb saisi unite",
            "firmad aprob enter unidad fuente donnee dato elabor renseig",
        ),
    ),
    "branches": KeyWords(
        names=_words("branch", "branche", "rama", "ramo"),
        fits=_words(
            "type category programme program risk",
            "categorie risque",
            "tipo categoria programa riesgo",
        ),
    ),
    "source": KeyWords(
        forbids=_words(
            "web site home photo pictur video logo facebook twitter contact partner donor fund "
            "organis organiz social map cart form login drive folder",
            "imag bailleur",
            "foto",
        ),
        fits=_words(
            "verification evidence reference ref report publication", "preuve rapport", "informe"
        ),
    ),
    **dict.fromkeys(("sdgGoals", "sdgTargets", "sdgIndicators"), _SDG_CODES),
}


#: Beginnings of words by which prose tells of what is none of ours: "Lessons", "Next steps".
SOMETHING_ELSE = _words(
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
