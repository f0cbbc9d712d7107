"""Words in headings and labels that people make up, by what they are of.

"Who paid", "L'appui de l'OIT", "¿Y las mujeres?" are in no list of headings (``headings``): such a
line is of the first of these subjects that its words speak of. The order settles what speaks of two
("What it means for women": of women; "Not part of the project": of neither). Labels are those of
the tables too (`outcome_graph.tables.find_column`).
"""

from __future__ import annotations

import re

from outcome_graph.sources.page.sections import Kind
from outcome_graph.sources.page.words.small import forms


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words.split())})\b".replace("_", r"[ '’]"))


#: Subjects in the order in which they are looked for; "_" is a space or an apostrophe.
SUBJECTS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.SUMMARY,
        _any(
            "in_one_line in_a_line in_one_sentence in_a_nutshell en_une_ligne en_une_phrase "
            "en_una_linea en_una_frase"
        ),
    ),
    (Kind.CONTRIBUTION, _any("came_about got_here y_est_arrive y_sommes_arrives se_llego")),
    (
        Kind.OTHER,
        _any(
            "not_part not_by not_included not_counted no_forma_parte not_of ne_fait_pas hors "
            "still_\\w+ touched amended mdgs? omd millennium\\w* millenaire milenio"
        ),
    ),
    (
        Kind.GOALS,
        _any(
            "sdgs? odd ods 2030_agenda agenda_2030 programme_2030 global_goals "
            "sustainable_development(?:_goals?)? objectifs_mondiaux "
            "objectifs_de_developpement objetivos_de_desarrollo objetivos_mundiales "
            "targets? cibles? metas?"
        ),
    ),
    (
        Kind.BRANCHES,
        _any(
            "branch branches branches? ramas? contingenc\\w+ eventualites "
            "(?:risks?|benefits?)_(?:covered|concerned|affected) risques_couverts "
            "prestations_concernees riesgos_cubiertos prestaciones_(?:cubiertas|afectadas)"
        ),
    ),
    (
        Kind.GENDER,
        _any(
            "gender genre genero wom[ae]n femmes? mujer(?:es)? girls? filles? ninas? equality "
            "egalite igualdad equity equite equidad non-?discrimination no_discriminacion sexes "
            "sexos inclusion"
        ),
    ),
    (
        Kind.OTHER,
        _any(
            "background context\\w* contexto antecedentes point_de_depart starting_point "
            "punto_de_partida challenges? desafios? defis? difficult\\w+ dificultad\\w* lessons? "
            "lecciones lecons enseignements next prochaine?s? proxim[oa]s? outlook perspectives? "
            "still pending pendientes? reste remains before avant antes contacts? contacto press "
            "presse prensa read_more further see_also about a_propos acerca notes? notas? "
            "sustainability durabilite sostenibilidad disclaimer why pourquoi por_que"
        ),
    ),
    (
        Kind.PROJECTS,
        _any("projects? projets? proyectos? cooperation_projects? development_cooperation"),
    ),
    (
        Kind.FUNDERS,
        _any(
            "fund funds funded funding funders? financ\\w+ cofinanc\\w+ co-financ\\w+ paid "
            "who_pays paye "
            "payes pago pagan? money dinero argent donors? donat\\w+ donantes? bailleurs? "
            "resources "
            "ressources recursos moyens fonds fondos budget presupuesto"
        ),
    ),
    (
        Kind.FACTS,
        _any(
            "key_facts facts at_a_glance fact_?sheet fiche ficha metadata metadonnees metadatos "
            "key_data donnees datos identif\\w+ references? referencias? when quand cuando where "
            "donde ou dates? fechas? countr(?:y|ies) pays_et et_pays pais record classification "
            "framework "
            "marco cadre"
        ),
    ),
    (
        Kind.CONSTITUENTS,
        _any(
            "partners? partenaires? soci[oa]s? constituents? mandants mandantes? constituyentes? "
            "stakeholders? parties_prenantes counterparts? contrapartes? act(?:eu|o)rs actores "
            "interlocut\\w+ allies aliad[oa]s particip\\w+ pris_part took_part taken_part "
            "tomaron_parte involved with_us with_whom avec_qui con_quien(?:es)? institutions? "
            "instituciones organi[sz]ations? organizaciones who_(?:was|were|worked|joined|else) "
            "avec_nous con_nosotr[oa]s qui_a_travaille quienes?_(?:trabaj|interv)\\w+ together"
        ),
    ),
    (
        Kind.CONTRIBUTION,
        _any(
            "contribu\\w+ support supported appui soutien apoyo "
            "apoyos? apports? apporte aportes? aporto assist\\w+ asistencia accompagn\\w+ "
            "acompan\\w+ roles? papel inputs? did help helped hizo ayud\\w+ fait aide activit\\w+ "
            "actividad\\w* intervention\\w* our_(?:part|work|share) we_(?:do|gave) nous_avons "
            "hicimos part_played"
        ),
    ),
    (
        Kind.ACHIEVED,
        _any(
            "results? outcomes? achiev\\w+ resultats? resultados? logr\\w+ effets? chang\\w+ "
            "cambi\\w+ "
            "happened paso_?que que_paso passe news? nouveau nuevo laws? lois? ley leyes decrees? "
            "decret\\w* legal juridiques? juridic[oa]s? normativ\\w+ reform\\w* adopt\\w+ decision "
            "mesures? measures? medidas? descri\\w+ details? stor(?:y|ies) histoire historia recit "
            "relato realis\\w+ progress dit dice says? obtenu\\w* obtenid\\w+ alcanz\\w+ "
            "atteint\\w* "
            "milestones?"
        ),
    ),
    (
        Kind.SUMMARY,
        _any(
            "summary title titre intitule titulo resume resumen in_brief en_bref en_breve sintesis "
            "synthese headline in_short en_resumen abstract"
        ),
    ),
)
#: Who does what others than the agency did: "What the Government did".
OTHERS_DID = re.compile(r"\b(?:government|gouvernement|gobierno|parliament|parlement|congreso)\b")
SIGNS = re.compile(r"[¿?¡!:*#_\"]+")
NUMBERED = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})?[.)]?|\(?[a-z]\)|[ivx]{1,4}[.)])\s+")
WOMENS_AGENCY = re.compile(r"\b(?:un women|onu[ -]femmes|onu[ -]mujeres|ministerio de la mujer)\b")
#: A heading of more words than this, small ones apart, says two words of ours.
PLAIN_WORDS, FEWEST_TOLD, SMALL = 4, 2, 3
PARENTHESES = re.compile(r"\s*\([^()]*\)")

#: Columns of the tables by what their values are here.
SECTION_OF = {
    "title": Kind.SUMMARY,
    "resultStatement": Kind.ACHIEVED,
    "achievement": Kind.ACHIEVED,
    "legalActs": Kind.ACHIEVED,
    "contribution": Kind.CONTRIBUTION,
    "activities": Kind.CONTRIBUTION,
    "genderEquality": Kind.GENDER,
    "constituents": Kind.CONSTITUENTS,
    "funders": Kind.FUNDERS,
    "projects": Kind.PROJECTS,
    "sdgGoals": Kind.GOALS,
    "sdgTargets": Kind.GOALS,
    "sdgIndicators": Kind.GOALS,
    "branches": Kind.BRANCHES,
}
META_OF = {
    "country": "country",
    "code": "code",
    "achievedOn": "date",
    "achievedInYear": "year",
    "biennium": "biennium",
    "indicator": "indicator",
    "step": "step",
    "visibility": "visibility",
    "resultType": "type",
}
#: Labels of single facts that the tables do not have.
META: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "date",
        _any(
            "achieved alcanzado logrado atteint(?:_le)? obtenu_le obtained reached "
            "date_(?:de|of)_(?:result|achievement) fecha_(?:en_que|del)_(?:\\w+_)*(?:logro|alcanzo)"
        ),
    ),
    (
        "visibility",
        _any(
            "access acces acceso diffusion difusion classification clasificacion caractere "
            "caracter "
            "visibility visibilite visibilidad disclosure confidential\\w* audience "
            "(?:record_)?status statut estado"
        ),
    ),
    (
        "biennium",
        _any("programme_period periode_biennale period periode periodo exercice ejercicio"),
    ),
    ("code", _any("joint_outcome outcome_code cpo country_programme_outcome")),
    ("indicator", _any("indicat\\w+ programme_and_budget p&b programme_et_budget")),
    ("step", re.compile(r"(?:step|etape|etapa|paso)$")),
    ("visibility", re.compile(r"(?:for|pour|para)$")),
    ("country", re.compile(r"(?:country|pays|pais)\b")),
)
#: A result's code, though it is one "by country".
CODE_OF_RESULT = re.compile(
    r"(?:code|codigo|reference|referencia) (?:du |del? |de l')(?:resultat|effet|resultado|logro)\b"
)
#: Days that are not the result's: of the page, the record, the project.
OF_THE_PAGE = _any(
    "published posted updated reviewed modified created accessed printed publie\\w* mis_a_jour "
    "publicad[oa] actualizad[oa] publicacion actualizacion mise_a_jour publication update last "
    "start end began begins closing deadline signature due debut fin inicio cierre"
)
AMOUNT = _any("budget used cost costs cout couts costo costos amount montant monto spent depense")
#: Labels of single facts have no more words.
MOST_WORDS = 5
#: One who gives an agency its mandate pays for it; "mandants" are constituents.
COMMISSIONED = re.compile(
    r"mandant|commettant|commissioned by|mandated by|on behalf of|por encargo de"
)
#: "Supported by: A; B" names who paid; the agency's own support is told in a sentence.
SUPPORTED = re.compile(
    r"(?:with the )?support(?:ed)? (?:by|of|from)|avec (?:l'appui|le soutien|le concours) (?:de|"
    r"du|des)|"
    r"(?:soutenu|appuye)e? par|con (?:el )?apoyo del?|apoyad[oa] por|backed by|sponsored by"
)
DAYS = re.compile(r"\b(?:dates?|fechas?|when|quand|cuando)\b", re.IGNORECASE)
RESULT = forms(en="results?|outcomes?", fr="resultats?", es="resultados?|logros?")
#: Who talked with donors tells of talks.
TALKS = re.compile(
    r"\b(?:discussions?|dialogues?|consultations?|meetings?|talks|negotiations?|concertations?|"
    r"reunions?|consultas?|dialogos?|reunion(?:es)?|negociacion(?:es)?) (?:with|avec|con)\b"
)
NO_HEADING = re.compile(r"\b(?:planned|expected|prevu\w*|previst\w+|draft|future)\b")
