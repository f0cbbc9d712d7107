"""The headings of result pages, in English, French and Spanish, by what their sections hold.

Patterns on matching text in single spaces. Some words head a page in one translation and the
section "Outcome achieved" in another: what stands below tells (``sections``).
"""

from __future__ import annotations

from outcome_graph.sources.page.sections import Kind


def _family(core: str, words: str) -> str:
    """A heading made of the words of a subject alone, one of its core words among them."""
    alternatives = "|".join(sorted({*core.split("|"), *words.split()}, key=len, reverse=True))
    return (
        rf"(?=[^\n]{{0,60}}?\b(?:{core})\b)"
        rf"\b(?:{alternatives})\b(?:[\s,&/'’()-]{{1,3}}\b(?:{alternatives})\b){{0,11}}"
    )


#: Headings by kind and language, as patterns on matching text in single spaces.
MAIN: dict[Kind, dict[str, str]] = {
    Kind.RESULT: {"en": r"results? achieved"},
    Kind.PROJECTS: {
        "en": r"(?:linked|related|associated) projects?",
        "fr": r"projets? (?:lies?|associes?|connexes?)",
        "es": r"proyectos? (?:vinculados?|relacionados?|asociados?)",
    },
    Kind.SUMMARY: {
        "en": r"(?:outcome|result) summary|summary of (?:the )?(?:outcome|result)",
        "fr": r"(?:resume|synthese) (?:du resultat|des resultats|de l'effet)",
        "es": r"resumen (?:del (?:resultado|efecto|logro)|de los resultados)",
    },
    Kind.ACHIEVED: {
        "en": r"outcomes? achieved",
        "fr": r"effets? (?:obtenus?|atteints?)",
        "es": r"(?:logros?|efectos?) (?:alcanzados?|obtenidos?|logrados?)",
    },
    Kind.CONTRIBUTION: {
        "en": r"(?:the )?ilo(?:'s)? contributions? to (?:the |this )?(?:outcome|result)s?"
        r"|contributions? of the ilo to (?:the |this )?(?:outcome|result)s?",
        "fr": r"contributions? (?:de l'oit|du bit)"
        r" (?:a ce resultat|au resultat|aux resultats|a l'effet)",
        "es": r"contribucion(?:es)? de la oit (?:al?|a este|a los) "
        r"(?:resultado|resultados|efecto|logro)",
    },
    Kind.GENDER: {
        "en": r"gender equality (?:&|and) non[- ]?discrimination",
        "fr": r"egalite (?:de genre|des genres|entre les sexes|(?:entre )?(?:les )?(?:hommes|"
        r"femmes)(?:-| et les )(?:hommes|femmes)) (?:&|et) (?:la )?non[- ]?discrimination",
        "es": r"igualdad de genero (?:&|y) (?:la )?no[- ]?discriminacion",
    },
}
#: Words that head a page in one translation and the section "Outcome achieved" in another.
EITHER = {
    "fr": r"resultats? (?:obtenus?|atteints?)",
    "es": r"resultados? (?:alcanzados?|logrados?|obtenidos?)",
}
#: What an agency may be called in a heading.
_AGENCY = r"\w[\w.&'-]*(?: [\w.&'-]+){0,7}?"
#: Headings of other agencies' contributions: only alone on their line.
OF_AGENCY: dict[Kind, dict[str, str]] = {
    Kind.CONTRIBUTION: {
        "en": rf"(?:the )?{_AGENCY}(?:'s|s') contributions? to (?:the |this )?(?:outcome|result)s?"
        rf"|contributions? of {_AGENCY} to (?:the |this )?(?:outcome|result)s?",
        "fr": rf"contributions? (?:d[eu] |des |de la |de l'|d'){_AGENCY}"
        r" (?:a ce resultat|au resultat|aux resultats|a l'effet)",
        "es": rf"contribucion(?:es)? (?:de |del |de la |de los ){_AGENCY} (?:al?|a este|a los) "
        r"(?:resultado|resultados|efecto|logro)",
    }
}
#: An agency as headings name it: initials, or a word for one.
_INITIALS = (
    r"(?:(?:the |l'|le |la |el )?(?:(?-i:[A-Z][\w&-]{0,12}[A-Z]\w{0,6})|ilo|oit|bit|world bank|"
    r"banque mondiale|banco mundial|un women|onu femmes|onu mujeres|luxdev|enabel|agency|agence|"
    r"agencia|office|bureau|oficina|organi[sz]ation|organizacion)"
    r"(?:,? (?:and|et|y|e|&) (?:the |l'|le |la |el |de l'|du |de la |del )?"
    r"(?-i:[A-Z][\w&-]{0,12}[A-Z]\w{0,6}))*)"
)
_DID = r"(?:contributed|helped|did|supported|assisted|provided|contributes|does|has done)"
WORK_EN = r"(?:contributions?|support|roles?|assistance|inputs?|action|work|engagement)"
WORK_FR = (
    r"(?:contributions?|appuis?|soutiens?|apports?|role|actions?|assistance|travail|interventions?)"
)
WORK_ES = r"(?:contribucion(?:es)?|apoyos?|aportes?|papel|labor|trabajo|asistencia|accion(?:es)?)"
_TO_IT = {
    "en": r"(?: (?:to|in|towards) (?:the |this |these |achieving )?(?:the |this )?"
    r"(?:outcome|result|achievement|change)s?)?",
    "fr": r"(?: (?:a ce resultat|au resultat|aux resultats|a l'effet|a l'obtention du resultat))?",
    "es": r"(?: (?:al?|a este|a los|en el) (?:resultado|resultados|efecto|logro))?",
}
#: Short headings: only alone on their line, or before a colon or a tab.
SHORT: dict[Kind, dict[str, str]] = {
    Kind.FACTS: {
        "en": r"(?:key|basic|main) (?:facts|data|information)|facts|at a glance|identification"
        r"|field value",
        "fr": r"(?:donnees|informations?) (?:cles?|de base)|fiche(?: signaletique| technique)?"
        r"|reperes",
        "es": r"(?:datos|informacion) (?:claves?|basic[oa]s?|generales)|ficha(?: tecnica)?",
    },
    Kind.PROJECTS: {
        "en": r"(?:development |technical )?(?:cooperation )?projects?(?: and programmes?)?"
        r"(?: linked| involved)?",
        "fr": r"projets?(?: de (?:la )?cooperation(?: au developpement| technique)?)?"
        r"(?: lies?| associes?| connexes?)?",
        "es": r"proyectos?(?: de cooperacion(?: tecnica| para el desarrollo)?)?"
        r"(?: vinculados?| relacionados?| asociados?)?",
    },
    Kind.FUNDERS: {
        "en": r"funders?|donors?|(?:co-)?funded by|financed by|sources? of funding"
        r"|funding(?: sources?| partners?)?",
        "fr": r"bailleurs?(?: de fonds)?|donateurs?|finance(?: par|ment)|sources? de financement",
        "es": r"donantes?|financiadores?|financiado por|financiamiento|financiacion"
        r"|fuentes? de (?:financiamiento|financiacion)",
    },
    Kind.SUMMARY: {
        "en": (
            r"summary|subject|(?:outcome|result) title|title(?: of the (?:outcome|result))?|"
            r"in brief"
        ),
        "fr": r"resume|objet|synthese|(?:titre|intitule)(?: du resultat| de l'effet)?|en bref",
        "es": (
            r"resumen|asunto|sintesis(?: del resultado)?|titulo(?: del (?:resultado|"
            r"logro))?|en breve"
        ),
    },
    Kind.CONTRIBUTION: {
        "en": rf"(?:how|what) {_INITIALS} {_DID}|{_INITIALS}(?:'s)? {WORK_EN}{_TO_IT['en']}"
        rf"|{WORK_EN} (?:of|from|by|provided by) {_INITIALS}{_TO_IT['en']}"
        rf"|our {WORK_EN}{_TO_IT['en']}",
        "fr": rf"(?:comment|ce qu[e']) ?{_INITIALS} a (?:contribue|fait|apporte|appuye|aide)"
        rf"|{WORK_FR} (?:de |du |des |d')?{_INITIALS}{_TO_IT['fr']}"
        rf"|notre {WORK_FR}{_TO_IT['fr']}",
        "es": rf"(?:que|lo que|como) (?:hizo|contribuyo|apoyo|ayudo|aporto) {_INITIALS}"
        rf"|(?:lo que|como) {_INITIALS} (?:hizo|contribuyo|apoyo|ayudo|aporto)"
        rf"|{WORK_ES} (?:de |del )?{_INITIALS}{_TO_IT['es']}|nuestra {WORK_ES}{_TO_IT['es']}",
    },
    Kind.GENDER: {
        "en": _family(
            "gender|non-discrimination|equality|nondiscrimination|women and men",
            "equity women men girls boys non discrimination inclusion social diversity "
            "mainstreaming dimension dimensions aspects issues considerations perspective "
            "empowerment disability opportunity opportunities treatment and of the on in for "
            "between equal",
        ),
        "fr": _family(
            "genre|genres|egalite|non-discrimination|femmes et hommes",
            "equite femmes hommes filles garcons sexes non discrimination inclusion sociale "
            "autonomisation dimension dimensions aspects questions prise compte en traitement "
            "chances diversite handicap entre les des de du la le et d l",
        ),
        "es": _family(
            "genero|igualdad|no discriminacion|mujeres y hombres",
            "equidad mujeres hombres ninas ninos sexos no discriminacion inclusion social "
            "empoderamiento dimension aspectos cuestiones perspectiva enfoque trato "
            "oportunidades diversidad discapacidad entre los las el la de del y e",
        ),
    },
    Kind.CONSTITUENTS: {
        "en": _family(
            "constituents?|partners|stakeholders|counterparts|actors",
            "tripartite ilo social national local implementing key main other and "
            "participating involved concerned",
        )
        + r"|(?:who|those who) (?:took part|was involved|were involved|participated)|with whom"
        r"|(?:organi[sz]ations|institutions|bodies) (?:involved|concerned|which took part)"
        r"|participating (?:organi[sz]ations|institutions|bodies)",
        "fr": _family(
            "mandants|partenaires|parties prenantes|contreparties|acteurs",
            "tripartites? sociaux nationaux nationales autres principaux principales associes "
            "associees concernes concernees impliques et de la du oit mise en oeuvre",
        )
        + r"|qui a (?:participe|pris part)|avec qui"
        r"|(?:institutions|organisations|organismes) (?:participante?s|associee?s|concernee?s)",
        "es": _family(
            "mandantes?|socios|constituyentes|contrapartes|interlocutores|actores",
            "tripartitos sociales nacionales principales otros otras involucrados participantes "
            "y e de la oit ejecucion",
        )
        + r"|quienes (?:participaron|tomaron parte)|con quien(?:es)?"
        r"|(?:instituciones|organizaciones|entidades) (?:participantes|involucradas)",
    },
    Kind.GOALS: {
        "en": _family(
            "sdgs?|sustainable development goals?|2030 agenda",
            "targets? goals? indicators? and un related linked relevant contribution contributions "
            "link links alignment to with the addressed concerned",
        ),
        "fr": _family(
            "odd|objectifs de developpement durable",
            "cibles? objectifs? et lies concernes vises contribution lien liens aux avec les",
        ),
        "es": _family(
            "ods|objetivos de desarrollo sostenible|"
            r"desenvolvimento sustentavel",
            "metas? objetivos? y relacionad[oa]s vinculad[oa]s contribucion vinculo "
            "vinculos a con los de",
        ),
    },
    Kind.BRANCHES: {
        "en": r"(?:social (?:security|protection) )?(?:branch(?:es)?|contingenc(?:y|ies))"
        r"(?: of social (?:security|protection))?(?: covered| concerned)?"
        r"|social (?:security|protection) (?:functions?|benefits)|risks covered",
        "fr": r"(?:branches?|eventualites|risques)(?: (?:de la |de )?(?:securite|protection) "
        r"sociale)?(?: couverte?s?| concernee?s?)?",
        "es": r"(?:ramas?|contingencias)(?: de (?:la )?(?:seguridad|proteccion) social)?"
        r"(?: cubiertas?| abarcadas?)?",
    },
}
#: Short headings of either meaning, only alone on their line.
EITHER_SHORT = {
    "en": r"results?|outcomes?|(?:main |key )?achievements?(?: and results)?|(?:main|key) results?"
    r"|what (?:(?:was|has been|we|they) achieved|(?:has )?changed|happened)"
    r"|progress(?: made| achieved)?|changes? (?:achieved|made)|the (?:result|outcome|change)"
    r"|(?:outcome|result)s? (?:description|details)|description of the (?:outcome|result)",
    "fr": r"resultats?|effets?"
    r"|(?:principa(?:les|ux) )?(?:realisations?|acquis|changements?|progres)"
    r"(?: obtenus?| accomplis?| realises?)?"
    r"|ce qui a (?:ete )?(?:change|obtenue?|accompli|realise|atteint)"
    r"|description (?:du resultat|de l'effet)|le resultat",
    "es": r"resultados?|efectos?"
    r"|(?:principales )?(?:logros?|avances?|cambios?)(?: logrados?| obtenidos?)?"
    r"|(?:que|lo que) (?:se (?:logro|ha logrado)|(?:ha )?cambi(?:o|ado))"
    r"|descripcion del (?:resultado|logro|efecto)|el resultado",
}
