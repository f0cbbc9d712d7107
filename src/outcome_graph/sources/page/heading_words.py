"""What a heading that people make up is of: told by the words in it, in three languages.

"Who paid", "L'appui de l'OIT", "¿Y las mujeres?" are in no list of headings. A line that has the
form of a heading (``layout``) is told by the first of these subjects that its words speak of; the
order settles what speaks of two ("What it means for women": of women; "Not part of the project": of
neither). Labels are those of the tables too (`outcome_graph.tables.find_column`).
"""

from __future__ import annotations

import re

from outcome_graph.sources.page.words.headings import Kind
from outcome_graph.sources.text import fold
from outcome_graph.tables.headings import find_column
from outcome_graph.tables.value_headings import may_hold

__all__ = ["kind_of_heading", "kind_of_label", "meta_of_label"]


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words.split())})\b".replace("_", r"[ '’]"))


#: Subjects in the order in which they are looked for; "_" is a space or an apostrophe.
_SUBJECTS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
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
_OTHERS_DID = re.compile(r"\b(?:government|gouvernement|gobierno|parliament|parlement|congreso)\b")
_SIGNS = re.compile(r"[¿?¡!:*#_\"]+")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})?[.)]?|\(?[a-z]\)|[ivx]{1,4}[.)])\s+")
_WOMENS_AGENCY = re.compile(r"\b(?:un women|onu[ -]femmes|onu[ -]mujeres|ministerio de la mujer)\b")
#: A heading of more words than this, small ones apart, says two words of ours.
_PLAIN_WORDS, _FEWEST_TOLD, _SMALL = 4, 2, 3
_PARENTHESES = re.compile(r"\s*\([^()]*\)")

#: Columns of the tables by what their values are here.
_SECTION_OF = {
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
_META_OF = {
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
_META: tuple[tuple[str, re.Pattern[str]], ...] = (
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
_CODE_OF_RESULT = re.compile(
    r"(?:code|codigo|reference|referencia) (?:du |del? |de l')(?:resultat|effet|resultado|logro)\b"
)
#: Days that are not the result's: of the page, the record, the project.
_OF_THE_PAGE = _any(
    "published posted updated reviewed modified created accessed printed publie\\w* mis_a_jour "
    "publicad[oa] actualizad[oa] publicacion actualizacion mise_a_jour publication update last "
    "start end began begins closing deadline signature due debut fin inicio cierre"
)
_AMOUNT = _any("budget used cost costs cout couts costo costos amount montant monto spent depense")
#: Labels of single facts have no more words.
_MOST_WORDS = 5
#: One who gives an agency its mandate pays for it; "mandants" are constituents.
_COMMISSIONED = re.compile(
    r"mandant|commettant|commissioned by|mandated by|on behalf of|por encargo de"
)
#: "Supported by: A; B" names who paid; the agency's own support is told in a sentence.
_SUPPORTED = re.compile(
    r"(?:with the )?support(?:ed)? (?:by|of|from)|avec (?:l'appui|le soutien|le concours) (?:de|"
    r"du|des)|"
    r"(?:soutenu|appuye)e? par|con (?:el )?apoyo del?|apoyad[oa] por|backed by|sponsored by"
)
_DAYS = re.compile(r"\b(?:dates?|fechas?|when|quand|cuando)\b")
#: Who talked with donors tells of talks.
_TALKS = re.compile(
    r"\b(?:discussions?|dialogues?|consultations?|meetings?|talks|negotiations?|concertations?|"
    r"reunions?|consultas?|dialogos?|reunion(?:es)?|negociacion(?:es)?) (?:with|avec|con)\b"
)
_NO_HEADING = re.compile(r"\b(?:planned|expected|prevu\w*|previst\w+|draft|future)\b")


def _plain(text: str) -> str:
    plain = _NUMBERED.sub("", _SIGNS.sub(" ", fold(text).casefold()), count=1)
    return " ".join(plain.split())


def kind_of_heading(text: str) -> Kind | None:
    """Return what the words of a heading are of, None when they do not tell.

    Parameters:
        text: a line that has the form of a heading.
    """
    words = _WOMENS_AGENCY.sub("un", _plain(text))
    if _NO_HEADING.search(words):
        return Kind.OTHER
    told = {found[0] for _, speaks_of in _SUBJECTS for found in speaks_of.finditer(words)}
    plain = [word for word in words.split() if len(word) > _SMALL]
    if len(plain) > _PLAIN_WORDS and len(told) < _FEWEST_TOLD and "?" not in text:
        # A sentence that happens to use such a word.
        return None
    for kind, speaks_of in _SUBJECTS:
        if not speaks_of.search(words):
            continue
        if kind is Kind.CONTRIBUTION and _OTHERS_DID.search(words):
            return Kind.ACHIEVED
        return kind
    return None


def meta_of_label(text: str) -> str | None:
    """Return which single fact a label is of, "" when it is of a day that is not the result's.

    Parameters:
        text: the words before a colon or a tab.
    """
    words = _plain(_PARENTHESES.sub("", text))
    if _OF_THE_PAGE.search(words):
        return None if find_column(words) else ""
    if _CODE_OF_RESULT.match(words):
        return "code"
    column = find_column(words)
    if column and column.column.key in _META_OF and may_hold(words, column.column.key):
        return _META_OF[column.column.key]
    if len(words.split()) > _MOST_WORDS:
        return None
    return next((name for name, speaks_of in _META if speaks_of.search(words)), None)


def kind_of_label(text: str) -> Kind | None:
    """Return in which section what follows a label belongs, None when the label does not tell.

    Parameters:
        text: the words before a colon, a tab or a dash.
    """
    words = _plain(text)
    if _COMMISSIONED.fullmatch(words) or _SUPPORTED.fullmatch(words):
        return Kind.FUNDERS
    if _TALKS.search(words):
        return None
    if _AMOUNT.search(words) or _NO_HEADING.search(words):
        return Kind.OTHER
    column = find_column(words)
    if column and column.column.key in _SECTION_OF:
        return _SECTION_OF[column.column.key]
    kind = kind_of_heading(text)
    # A day of something else: "Date of entry into force".
    return Kind.OTHER if kind is Kind.FACTS and _DAYS.search(words) else kind
