"""The words of headings, by what they say and by language: all that is known of them stands here.

Words are small and without accents. *Names* stand for a column by themselves ("Donor"). *Asking*
words decide nothing alone: they tell which of several columns whose values would do is the one of
a field (`outcome_graph.sources.tables.by_values`), so they may be many. By *forbidding* ones a
column is none of a field whatever its values are. Names and fitting words are whole words,
without the ending of plurals; asking and forbidding ones are beginnings of words, ``_`` standing
between two of a phrase. What languages share stands with the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from outcome_graph.tables.senses import PAYS_FOR, SENSES, words

__all__ = ["KEYS", "KeyWords"]


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


_DOING = words("implement execut deliver conduct carried", "realise", "ejec realiza")
_WORK = words("project programme program", "projet", "proyecto programa")
_OFFICE = words("office", "bureau", "oficina")
_SDG_CODES = KeyWords(fits=SENSES["number"] | words("target"))

#: The words of each column by its key; a column that is not here goes by its headings alone.
KEYS: dict[str, KeyWords] = {
    "country": KeyWords(
        names=words("country", "pays", "pais"),
        forbids=PAYS_FOR
        | words(
            "origin source born birth resid passport contact consult expert staff travel visit "
            "partner parten neighbo compar lead head other second money payi",
            "naiss autre",
            "nacim socio otro",
        ),
        forbids_whole=words("from"),
        fits=_WORK | _OFFICE | words("beneficiary region", "beneficiaire", "estado"),
        alike=("contributors",),
    ),
    "code": KeyWords(
        names=words("cpo"),
        forbids=words(
            "project grant contract donor fund budget account", "subvention contrat", "proy"
        ),
        fits=SENSES["number"] | words("programme program result", "", "programa"),
    ),
    "title": KeyWords(
        names=words(
            "title summary",
            "titre intitule resume libelle designation",
            "titulo resumen denominacion",
            "titulo resumo designacao",
        ),
        asks=words(
            "title titul headline caption head_line label design name in_short "
            "in_brief in_one in_a_few in_a_nutshell in_a_line in_a_word in_a_sentence "
            "one_line one_sentence short brief gist summar what_chang what_was_achiev "
            "what_is_new what_was_gain what_was_won change achiev succes progres "
            "milestone outcome result reform effect accomplish attain conquest gain "
            "victor win measure development statement highlight breakthrough "
            "deliverable goal_reach obtained landmark news",
            "titr intitul libell nom bref en_un en_quelques en_deux en_resum resum "
            "synthes ce_qui_a_chang ce_qui_chang reussit acquis avanc jalon effet "
            "mesure realisation obtenu",
            "denomin breve en_pocas en_dos sintesis que_cambi que_se que_ha_camb "
            "cambio logro alcanz exito hito efecto conquista medida realizac obtenid "
            "novedad",
            "mudou alcancad obtid conseguid",
        ),
        forbids=words(
            "lesson recomm challeng difficult step assumption objectiv goal purpose "
            "fin activ action mean source note scheme regime district province "
            "population group area sector",
            "lecon obstac etap hypoth objectif but moyen poblacion",
            "leccion paso supuest objetivo medio regimen them tema",
            "licao objectiv",
        ),
    ),
    "achievedOn": KeyWords(
        names=words("date when", "quand", "fecha cuando"),
        asks=words(
            "achiev ach_ obten obtain result reach accompl adopt happen occur "
            "came_about came_into_being took_place produ milestone deliver enact pass "
            "vot complet conclu when which_day what_day on_which done_on outcome "
            "of_change promulg",
            "attein reali eu_lieu lieu_le survenu jalon quand fait_le du_changement "
            "effet_le acquis",
            "logr alcanz conseg cumpl tuvo_lugar suced ocurr hito cuando del_cambio",
            "alcanc conseguid",
        ),
        forbids=words(
            "open start begin began launch kick ending expir due dead report relat "
            "publi post updat modif creat enter entr record regist receiv submit sent "
            "validat verif check review visit birth sign force effect agre contr pay "
            "paid disburs rpt upd dob cut corte asof loan credit grant hq meet "
            "mission workshop atelier print export extract stamp time baseline eval "
            "monitor until since last access consult",
            "ouv lanc debut demarr clos cier rapport mis actual cree saisi enreg soum "
            "envi naiss firm vig subven pret siege reuni horodat suivi depuis jusqu "
            "echeance",
            "abiert apert termin lanz comien comenz comenc inic clot venc inform cread recib "
            "recu nacim pag prest taller marca seguim desde hasta",
            "ultim",
        ),
        forbids_whole=words("from to end as", "fin", "", "fim ate desde"),
    ),
    "achievedInYear": KeyWords(names=words("year yr", "annee", "ano")),
    "biennium": KeyWords(
        names=words("biennium", "biennal biennale", "bienio"),
        forbids=words(
            "fiscal financial school academ year start end donor fund",
            "scol annee",
            "escol ano",
        ),
        fits=words(
            "programme program budget planning reporting", "planification", "programa planificacion"
        ),
    ),
    "indicator": KeyWords(
        asks=words(
            "indic ind_ pb_ ppb p_and_b p_b programme_and_budget p_p",
            "programme_et_budget",
            "ppto programa_y_presupuesto pyp",
        ),
        fits=SENSES["number"]
        | words("indicator code programme program budget", "indicateur", "indicador programa"),
    ),
    "resultType": KeyWords(
        forbids=words("activ output product"),
        fits=words("type category", "categorie", "tipo categoria"),
    ),
    "visibility": KeyWords(
        forbids=words("sector audit owner", "secteur", "propri"), fits=words("status", "statut")
    ),
    "achievement": KeyWords(
        names=words(
            "description narrative explanation explain story stories details detail",
            "decrivez decrire narratif narration explication explique histoire recit",
            "descripcion describe describa narrativo narrativa narracion explicacion "
            "historia relato detalle",
            "descricao detalhe narrativa explicacao historia relato",
        ),
        asks=words(
            "what_happen story stories tell narr descri explain explan detail longer "
            "long_ full body text more further elaborat account what_it_mean "
            "what_this_mean so_what significance meaning result outcome achiev chang "
            "impact effect consequen led_to brought_about what_follow in_full "
            "in_detail reform progres before_and_after difference matter "
            "evidence_of_change what_is_different what_was_done develop",
            "que_s'est ce_qui_s_est qu_est_ce histoir recit expliq explic precis "
            "ampli racont en_detail detall effet avance avanc resultat obtenu realis "
            "fait",
            "que_paso que_ocurr que_suced histor relat en_detall cuent cont camb "
            "efecto consecuen desarroll logr resultado obtenid",
            "mudou mudanc detalh aconteceu",
        ),
    ),
    "contribution": KeyWords(
        names=words("contribution", "", "contribucion", "contribuicao contributo"),
        asks=words(
            "we_did we_do we_help we_support we_contribut we_provid we_brought "
            "we_gave we_offer we_play our_role our_part our_input our_support "
            "our_help our_contribut our_work our_assist our_intervention our_share "
            "our_own our_team our_side our_action ilo_ unicef_ undp_ agency_ "
            "agency's_ office_ project_ programme_ un_ role_of role_play "
            "support_provid support_from support_by support_given support_deliver "
            "assistance technical inputs input_of input_from value_added added_value "
            "contrib how_we what_we how_it_was_support how_was_it_support "
            "intervention",
            "oit_ bit_ role_de role_du appui accompagnement notre_ nos_ nous_ "
            "ce_que_nous apport intervenc",
            "pnud_ rol_de papel aporte aporto aportamos nuestro nuestra hicimos apoyo "
            "asistencia asesor acompanamiento cooperacion_tecnica",
            "apoio nosso nossa fizemos assistencia acompanhamento",
        ),
        fits=_WORK
        | _OFFICE
        | words(
            "activity value responsible participant",
            "activite valeur",
            "actividad valor participante",
        ),
    ),
    "genderEquality": KeyWords(
        names=words("gender", "genre", "genero"),
        asks=words(
            "wom girl gender sex equal equit discrimin inclusi",
            "femme fille genre egal feminin",
            "mujer nina genero igual femenin",
            "mulher menin",
        ),
        fits=words(
            "non no score marker comment remark note",
            "commentaire remarque observation",
            "sin comentario observacion nota",
        ),
    ),
    "legalActs": KeyWords(
        names=words(
            "law decree legal legislation legislative",
            "loi decret juridique legislatif acte",
            "ley leye decreto juridico juridica legislacion normativa normativo acto",
            "lei legislacao ato",
        ),
        forbids=words("base basis under"),
        fits=SENSES["number"] | words("type"),
    ),
    "projects": KeyWords(
        forbids=words("closed other similar"),
        fits=SENSES["number"] | _WORK,
        alike=("title",),
    ),
    "funders": KeyWords(
        names=words(
            "donor funder funded financed funding finance",
            "bailleur donateur financement financeur",
            "donante financiador financiadore financiado financiamiento financiacion "
            "financiadora cooperante",
            "doador doadora financiamento",
        ),
        asks=PAYS_FOR
        | words(
            "pays_for sponsor back money thank grace possible cooper loan invest "
            "underwr bankroll purse wallet pocket treasur bill_ foot_the budget cofin "
            "aid_ help assist given_by gift costs_met met_by cover fin_src fndg fnd_ "
            "dnr resourc",
            "pret fonds patroc appui appuy soutien soutenu merci subven ressourc aide ptf_",
            "fondo auspic apoy gracia prest invers recurs ayuda pago",
            "doa apoio pag graca",
        ),
        forbids=words("touch contact consult parallel other", "autre", "otro"),
        alike=("country", "constituents"),
    ),
    "contributors": KeyWords(
        names=words(
            "implementing implementer implemented executing execution",
            "",
            "ejecutor ejecutora ejecutore ejecutado",
        ),
        asks=words(
            "contribut implement execut agenc puno un_ unct onu_ supporting deliver "
            "technical_partner technical_support technical_assist technical_advi "
            "technical_coop lead provider advis assist",
            "mise_en_oeuvre mis_en_oeuvre agence appui_technique assistance_technique "
            "fournisseur conseil_ charge_de",
            "ejecut implant agencia nnuu apoyo_tecnico asistencia_tecnica proveedor "
            "asesor encargad",
            "executad implementad",
        ),
        fits=_OFFICE | words("responsible programme", "responsable", "programa"),
        alike=("constituents",),
    ),
    "constituents": KeyWords(
        names=words(
            "partner constituent stakeholder tripartite participating participant "
            "counterpart institution employer worker union ally ministry government",
            "partenaire mandant patronat employeur travailleur syndicat allie ministere "
            "gouvernement",
            "participante socio mandante interlocutore patronal contraparte institucione "
            "empleadore trabajadore sindicato aliado aliada ministerio gobierno",
            "parceiro constituinte trabalhadore empregadore governo",
        ),
        asks=words(
            "with_ who_with together alongside stood beside ally partner counterpart "
            "stakehold actor invol engag consult particip worked working side_by join "
            "national_ entidad organ bodies institut negotia social_ dialog tripart "
            "constituen union_ employ worker ministr authorit side_of table who_else "
            "companion affili collab coalition signator round_the champion driv "
            "led_by owner",
            "avec allie alliad parten acteur implic structure_ entite homolog "
            "interlocut mandan sindic autorit cote qui_ accompan signatair",
            "con_ alia socio contrapart implic quien acompan afili autorid firmante",
            "com_quem parceir envolvid trabalhador empregador",
        ),
        forbids=_DOING
        | words(
            "touch your su tu submit report verif audit valid check review author signed issu "
            "emit emis promulg pass adopt approv contact compil publi custod respons unit hold "
            "tenant source data prepar",
            "votre soum envi inform auteur signe approb saisi unite",
            "firmad aprob enter unidad fuente donnee dato elabor renseig",
        ),
    ),
    "branches": KeyWords(
        names=words("branch", "branche", "rama", "ramo"),
        fits=words(
            "type category programme program risk",
            "categorie risque",
            "tipo categoria programa riesgo",
        ),
    ),
    "source": KeyWords(
        forbids=words(
            "web site home photo pictur video logo facebook twitter contact partner donor fund "
            "organis organiz social map cart form login drive folder",
            "imag bailleur",
            "foto",
        ),
        fits=words(
            "verification evidence reference ref report publication", "preuve rapport", "informe"
        ),
    ),
    **dict.fromkeys(("sdgGoals", "sdgTargets", "sdgIndicators"), _SDG_CODES),
}
