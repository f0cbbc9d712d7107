"""What headings in people's own words ask for: "What our grant led to", "¿Quién los acompañó?".

These words decide nothing by themselves, as those of `heading_words` do: they tell which of several
columns of the same kind of values is the one of a field
(`outcome_graph.sources.tables.by_values`), so they may be many. Words stand for all that begin
with them.
"""

from __future__ import annotations

import re

from outcome_graph.tables.heading_words import folded_words

__all__ = ["asks_for", "asks_who_did_it", "asks_who_helped", "tells_of_something_else"]


def _beginnings(words: str) -> re.Pattern[str]:
    """Compile beginnings of words, parted by space; ``_`` stands between two of a phrase."""
    parts = "|".join(re.escape(word).replace("_", " ") for word in words.split())
    return re.compile(rf"\b(?:{parts})")


#: Those who did the work, as headings of contributions name them. What they are said to have given.
_GIVING = (
    "we_did we_do we_help we_support we_contribut we_provid we_brought we_gave we_offer we_play "
    "our_role our_part our_input our_support our_help our_contribut our_work our_assist "
    "our_intervention our_share our_own our_team our_side our_action "
    "ilo_ oit_ bit_ unicef_ undp_ pnud_ agency_ agency's_ office_ project_ programme_ un_ "
    "role_of role_play role_de rol_de papel support_provid support_from support_by support_given "
    "support_deliver assistance technical inputs input_of input_from inputs_ value_added "
    "added_value "
    "appui accompagnement notre_ nos_ nous_ ce_que_nous role_du apport aporte aporto aportamos "
    "nuestro nuestra hicimos apoyo asistencia asesor acompanamiento contribu cooperacion_tecnica "
    "intervention intervenc contrib how_we what_we how_it_was_support how_was_it_support"
)
_ASKING = {
    key: _beginnings(words)
    for key, words in {
        "title": (
            "title titr titul headline caption head_line intitul label libell denomin design name "
            "nom nombre in_short in_brief in_one in_a_few in_a_nutshell in_a_line in_a_word "
            "in_a_sentence one_line one_sentence one_liner short brief bref breve en_una en_une "
            "en_un en_pocas en_quelques en_resum en_dos en_deux gist summar resum sintesis synthes "
            "what_chang what_was_achiev what_is_new what_was_gain what_was_won que_cambi que_se "
            "que_ha_camb ce_qui_a_chang ce_qui_chang change cambio changement achiev logro "
            "alcanz reussit success succes exito acquis avance avanc progress progres milestone "
            "hito jalon outcome result resultat resultado reform effet efecto effect accomplish "
            "attain conquest conquista gain victor win measure mesure medida development statement "
            "highlight breakthrough deliverable realisation realizac goal_reach obtenu obtenid "
            "obtained landmark news novedad"
        ),
        "achievement": (
            "what_happen que_paso que_ocurr que_suced que_s'est ce_qui_s_est qu_est_ce story "
            "stories histoir histor recit relat tell narr describ descri explain explan expliq "
            "explic detail detall longer long_ full body text more further elaborat account "
            "what_it_mean what_this_mean so_what significance meaning result outcome achiev chang "
            "cambio camb impact effect effet efecto consequen consecuen led_to brought_about "
            "what_follow in_full in_detail en_detail en_detall racont cuent cont precis ampli "
            "develop desarroll logr resultado resultat reform avance avanc progress progres "
            "before_and_after difference matter evidence_of_change what_is_different "
            "what_was_done obtenu obtenid realis fait"
        ),
        "contribution": _GIVING,
        "genderEquality": (
            "women woman wom femme mujer girl fille nina gender genre genero sex equal egal igual "
            "equit discrimin inclusi feminin femenin"
        ),
        "contributors": (
            "contribut implement execut ejecut implant mise_en_oeuvre mis_en_oeuvre agenc agence "
            "agencia puno "
            "un_ unct onu_ nnuu supporting deliver technical_partner technical_support "
            "technical_assist technical_advi technical_coop appui_technique assistance_technique "
            "apoyo_tecnico asistencia_tecnica lead provider fournisseur "
            "proveedor asesor advis conseil_ assist charge_de encargad"
        ),
        "indicator": (
            "indic ind_ pb_ ppb p_and_b p_b ppto programme_and_budget programme_et_budget "
            "programa_y_presupuesto pyp p_p"
        ),
        "achievedOn": (
            "achiev ach_ attein logr obten obtain result reali alcanz conseg reach accompl adopt "
            "happen "
            "occur came_about came_into_being took_place eu_lieu lieu_le tuvo_lugar "
            "produ suced survenu ocurr milestone hito jalon deliver promulg enact pass vot "
            "complet conclu cuando quand when which_day what_day on_which fait_le done_on outcome "
            "of_change du_changement del_cambio effet_le acquis"
        ),
        "funders": (
            "payer payeur paye paid paie paga pago pays_for money argent dinero donor donat donan "
            "fund financ fondo fonds bailleur sponsor patroc auspic back appui appuy soutien "
            "soutenu "
            "apoy support thank gracia grace merci possible cooper grant subven lend loan prest "
            "pret credit invest invers resourc ressourc recurs underwr bankroll purse wallet "
            "pocket treasur bill_ foot_the budget contribut aport contribuy cofin aid_ aide ayuda "
            "help assist given_by gift costs_met met_by cover ptf_ fin_src fndg fnd_ dnr"
        ),
        "constituents": (
            "with_ avec con_ who_with with_whom avec_qui con_quien together alongside stood beside "
            "ally allies allie alliad alia partner parten socio counterpart contrapart stakehold "
            "actor acteur involv implic invol engag consult particip worked working side_by join "
            "structure_ national_ entidad entite organ bodies institut homolog interlocut "
            "negotia social_ dialog tripart constituen mandan sindic union_ employ worker "
            "ministr authorit autorid autorit cote side_of table quien qui_ who_else companion "
            "accompan acompan affili afili collab coalition signator signatair firmante round_the "
            "champion driv led_by owner"
        ),
    }.items()
}
#: What prose tells that is none of ours, however it begins.
_SOMETHING_ELSE = _beginnings(
    "lesson lecon leccion learn appris appren aprend next prochain proxim follow suivi suite "
    "seguim step_ etapes_suiv challeng difficult dificult defi desafi reto obstac problem probl "
    "worr concern preocup risk risqu riesg mitig hurdle barrier barrer bottleneck constrain "
    "contraint limit comment remark remarq observation observacion note_ notes nota_ notas "
    "recommend recomm sugger "
    "suggest plan_ plans planned prevu previst expect espe attend pending pendient remain rest_ "
    "reste queda falta todo to_do outstanding gap manque background contexto context antecedent "
    "situation baseline before antes avant_ apres after despues what_now ligne_de linea_de "
    "justif rationale why pourquoi "
    "por_que reason raison razon motiv quote cita_ citat testimon temoign voice voix voces "
    "method verification verificacion evidence_source proof preuve prueba source fuente assum "
    "hypoth supuest internal "
    "interno interne confiden sustainab perenni sostenib durabil media press prensa presse comunic "
    "communic objective objectif objetivo purpose aim intend indicator indicat target population "
    "beneficiar benefic who_benef action activit input "
    "recommand status statut estado_de rating score quality qualite calidad regret delay retard "
    "retras cause means_of feedback review_ reviewer editor"
)
#: Who did the work, whatever body it is; nothing else, such as "Study carried out by".
_DONE_BY = re.compile(
    r"(?:(?:the|it|was|is|were|le|la|el|project|projet|proyecto|programme?|programa|work|support|"
    r"intervention|intervencion|action|accion|service)s? )*"
    r"(?:(?:delivered|carried out|implemented|executed|run|conducted) by|"
    r"(?:realise|execute|mis en oeuvre|mise en oeuvre|mene)e?s? par|"
    r"(?:realizad[oa]|ejecutad[oa]|implementad[oa]|llevad[oa] a cabo)s? por)"
)
_HELPED = re.compile(
    r"\b(?:(?:who|which \w+) (?:helped|assisted|supported)|qui (?:nous )?a (?:aide|appuye|soutenu)|"
    r"quien(?:es)? (?:ayud|apoy|asisti)\w+)\b"
)
#: "Mois", "Day / month": of what is not said, so it is of the result.
_WHEN = re.compile(
    r"(?:(?:the|le|la|el|of|du|de|and|et|y|or|ou|o|date|dates|fecha|fechas|day|jour|dia|month|"
    r"mois|mes|qtr|quarter|trimestre|year|annee|ano|when|quand|cuando) )+"
)


def asks_for(heading: str) -> frozenset[str]:
    """Return the keys of the columns that a heading may ask for.

    Parameters:
        heading: as it stands in the table.
    """
    words = f"{folded_words(heading)} "
    keys = {key for key, pattern in _ASKING.items() if pattern.search(words)}
    if _WHEN.fullmatch(words):
        keys.add("achievedOn")
    return frozenset(keys)


def asks_who_did_it(heading: str) -> bool:
    """Tell whether a heading asks by whom the work was done: "Carried out by".

    Parameters:
        heading: as it stands in the table.
    """
    return bool(_DONE_BY.fullmatch(folded_words(heading)))


def asks_who_helped(heading: str) -> bool:
    """Tell whether a heading asks who helped, with money or with work.

    Parameters:
        heading: as it stands in the table.
    """
    return bool(_HELPED.search(folded_words(heading)))


def tells_of_something_else(heading: str) -> bool:
    """Tell whether prose below a heading is of what is none of ours: "Lessons", "Next steps"."""
    return bool(_SOMETHING_ELSE.search(f"{folded_words(heading)} "))
