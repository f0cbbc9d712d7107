"""The columns that tell of a result: prose, acts, projects, who stood behind it, the SDGs."""

from __future__ import annotations

from outcome_graph.tables.column import Column, Kind, Words, listed, same

__all__ = ["CONTENT"]

CONTENT: tuple[Column, ...] = (
    Column(
        "achievement",
        "achievement",
        Kind.TEXT,
        Words("Outcome achieved", "Résultat obtenu", "Resultado logrado"),
        Words(
            "What was achieved: the act, who adopted it, when, and what follows.",
            "Ce qui a été obtenu : l'acte, qui l'a adopté, quand, et la suite.",
            "Lo que se logró: el acto, quién lo adoptó, cuándo y qué sigue.",
        ),
        Words(
            "An invented text: parliament adopted Act 12 on old-age pensions. Every resident aged "
            "65 and over will receive a pension from 2023.",
            "Un texte inventé : le parlement a adopté la loi 12 sur les pensions de vieillesse. "
            "Toute personne résidente de 65 ans et plus recevra une pension dès 2023.",
            "Un texto inventado: el parlamento aprobó la ley 12 sobre pensiones de vejez. Toda "
            "persona residente de 65 años y más recibirá una pensión desde 2023.",
        ),
        synonyms=listed(
            "description; achievements; descripción; achievement; what was achieved; "
            "outcome description; result description; results description; réalisations; "
            "description du résultat; ce qui a été obtenu; descripción del resultado; "
            "qué se logró; logros"
        ),
        loose=listed(
            "narrative; details; explanation; détails; détail; narration; detalle; detalles; "
            "texto; texte"
        ),
        width=60,
    ),
    Column(
        "contribution",
        "contribution",
        Kind.TEXT,
        Words("Contribution", "Contribution", "Contribución"),
        Words(
            "What the agency contributed, in prose.",
            "Ce que l'organisation a apporté, en prose.",
            "Lo que aportó la organización, en prosa.",
        ),
        Words(
            "The ILO costed three options and trained officials.",
            "L'OIT a chiffré trois options et formé des fonctionnaires.",
            "La OIT calculó el costo de tres opciones y formó a funcionarios.",
        ),
        synonyms=listed("ILO's contribution; ILO contribution; ILO's contribution to the outcome"),
        width=60,
    ),
    Column(
        "contributors",
        "contributors",
        Kind.ORGANISATIONS,
        Words("Contributors", "Contributeurs", "Contribuyentes"),
        Words(
            "Who contributed.",
            "Qui a contribué.",
            "Quién contribuyó.",
        ),
        Words(
            "International Labour Organization",
            "Organisation internationale du Travail",
            "Organización Internacional del Trabajo",
        ),
        synonyms=listed("contributor; contributeur; contribuyente"),
        width=30,
    ),
    Column(
        "activities",
        "activities",
        Kind.ACTIVITIES,
        Words("Activities", "Activités", "Actividades"),
        Words(
            "Each as: title | start | end | place | participants.",
            "Chacune sous la forme : titre | début | fin | lieu | participants.",
            "Cada una como: título | inicio | fin | lugar | participantes.",
        ),
        Words(
            "Training on costing | 2021-10-04 | 2021-10-06 | Valletta | 24; "
            "Launch | 2022-06-01 | 2022-06-01 | Valletta",
            "Formation au chiffrage | 2021-10-04 | 2021-10-06 | La Valette | 24; "
            "Lancement | 2022-06-01 | 2022-06-01 | La Valette",
            "Formación en costos | 2021-10-04 | 2021-10-06 | La Valeta | 24; "
            "Presentación | 2022-06-01 | 2022-06-01 | La Valeta",
        ),
        synonyms=listed("activity; activité; actividad"),
        width=50,
    ),
    Column(
        "genderEquality",
        "gender_equality",
        Kind.TEXT,
        Words("Gender equality", "Égalité de genre", "Igualdad de género"),
        Words(
            "Gender equality and non-discrimination.",
            "Égalité de genre et non-discrimination.",
            "Igualdad de género y no discriminación.",
        ),
        Words(
            "Most people who will receive the pension are women.",
            "La plupart des personnes qui recevront la pension sont des femmes.",
            "La mayoría de las personas que recibirán la pensión son mujeres.",
        ),
        synonyms=("gender equality and non-discrimination",),
        width=40,
    ),
    Column(
        "legalActs",
        "legal_acts",
        Kind.LEGAL_ACTS,
        Words("Legal acts", "Actes juridiques", "Actos jurídicos"),
        Words(
            "Each as: kind | number | date or year | passed by | title | country code (when it is "
            "not the row's country).",
            "Chacun sous la forme : sorte | numéro | date ou année | adopté par | titre | code du "
            "pays (si ce n'est pas celui de la ligne).",
            "Cada uno como: clase | número | fecha o año | adoptado por | título | código del país "
            "(si no es el de la fila).",
        ),
        Words(
            "Act | 12 | 2022-05-17 | Parliament | Old-Age Pensions Act",
            "Loi | 12 | 2022-05-17 | Parlement | Loi sur les pensions de vieillesse",
            "Ley | 12 | 2022-05-17 | Parlamento | Ley de pensiones de vejez",
        ),
        synonyms=listed(
            "legal act; legal instrument; legal instruments; legal text; text adopted; "
            "texte adopté; texto aprobado; texte juridique; textes juridiques; texte légal; "
            "instrument juridique; instrumento jurídico; norma jurídica"
        ),
        loose=listed(
            "act; acts; legal basis; base juridique; base légale; base legal; norma; normativa; "
            "regulation; règlement"
        ),
        width=50,
    ),
    Column(
        "projects",
        "projects",
        Kind.PROJECTS,
        Words("Projects", "Projets", "Proyectos"),
        Words(
            "Each as: symbol | title | funder | funder …; the symbol alone is enough.",
            "Chacun sous la forme : symbole | titre | bailleur | bailleur… ; le symbole suffit.",
            "Cada uno como: símbolo | título | donante | donante…; basta el símbolo.",
        ),
        Words(
            "MLT/21/01/LUX | Pensions for all",
            "MLT/21/01/LUX | Des pensions pour tous",
            "MLT/21/01/LUX | Pensiones para todos",
        ),
        synonyms=listed(
            "project; linked projects; projet; proyecto; project code; project codes; "
            "project symbol; related projects; projets liés; code du projet; "
            "proyectos vinculados; código del proyecto"
        ),
        width=36,
    ),
    Column(
        "funders",
        "funders",
        Kind.ORGANISATIONS,
        Words("Funders", "Bailleurs de fonds", "Donantes"),
        Words(
            "Who financed the work.",
            "Qui a financé les travaux.",
            "Quién financió los trabajos.",
        ),
        Words("Government of Luxembourg", "Gouvernement du Luxembourg", "Gobierno de Luxemburgo"),
        synonyms=listed(
            "funded by; financed by; funding agency; funding agencies; funding source; "
            "funding partner; financing partner; financier; bailleur de fonds; financé par; "
            "source de financement; partenaire financier; financiado por; "
            "fuente de financiamiento; donador; organismo financiador"
        ),
        loose=listed("funding; financing; financement; financiamiento; financiación"),
        width=30,
    ),
    Column(
        "constituents",
        "constituents",
        Kind.CONSTITUENTS,
        Words("Constituents", "Mandants", "Mandantes"),
        Words(
            "Constituents and partners, each as: name (type); type is government, workers, "
            "employers or other, and may be left out.",
            "Mandants et partenaires, chacun sous la forme : nom (type) ; le type est "
            "gouvernement, travailleurs, employeurs ou autre, et peut manquer.",
            "Mandantes y asociados, cada uno como: nombre (tipo); el tipo es gobierno, "
            "trabajadores, empleadores u otro, y puede faltar.",
        ),
        Words(
            "Ministry of Pensions (government); Union of Island Workers (workers)",
            "Ministère des Pensions (gouvernement); Syndicat des travailleurs insulaires "
            "(travailleurs)",
            "Ministerio de Pensiones (gobierno); Sindicato de Trabajadores Insulares "
            "(trabajadores)",
        ),
        synonyms=listed(
            "social partners; partenaires sociaux; interlocutores sociales; parties prenantes"
        ),
        loose=listed(
            "institutions; actors; acteurs; actores; contrapartes; counterparts; counterpart; "
            "entidades; partenaire; socio"
        ),
        width=50,
    ),
    Column(
        "sdgGoals",
        "sdg_goals",
        Kind.CODES,
        Words("SDG goals", "Objectifs ODD", "Objetivos ODS"),
        Words(
            "Numbers 1 to 17, or titles.",
            "Numéros de 1 à 17, ou titres.",
            "Números del 1 al 17, o títulos.",
        ),
        same("1"),
        synonyms=listed(
            "SDG; SDGs; SDG goal; goals; goal; ODD; ODS; objectif ODD; related SDG; "
            "sustainable development goal; sustainable development goals; "
            "objectif de développement durable; objectifs de développement durable; "
            "objetivo de desarrollo sostenible; objetivos de desarrollo sostenible; objetivo ODS; "
            "objectifs des ODD"
        ),
        loose=listed("objectif; objectifs; objetivo; objetivos"),
        width=12,
    ),
    Column(
        "sdgTargets",
        "sdg_targets",
        Kind.CODES,
        Words("SDG targets", "Cibles ODD", "Metas ODS"),
        Words("Such as 1.3.", "Par exemple 1.3.", "Por ejemplo 1.3."),
        same("1.3"),
        synonyms=listed(
            "SDG target; target; targets; cible ODD; meta ODS; cible; cibles; cibles des ODD; "
            "meta; metas; metas de los ODS"
        ),
        width=12,
    ),
    Column(
        "sdgIndicators",
        "sdg_indicators",
        Kind.CODES,
        Words("SDG indicators", "Indicateurs ODD", "Indicadores ODS"),
        Words("Such as 1.3.1.", "Par exemple 1.3.1.", "Por ejemplo 1.3.1."),
        same("1.3.1"),
        synonyms=listed("SDG indicator; indicateur ODD; indicador ODS"),
        width=14,
    ),
    Column(
        "branches",
        "branches",
        Kind.CHOICES,
        Words("Branches", "Branches", "Ramas"),
        Words(
            "Branches of social security (Convention No. 102).",
            "Branches de sécurité sociale (convention n° 102).",
            "Ramas de la seguridad social (Convenio núm. 102).",
        ),
        Words("Old-age benefit", "Prestations de vieillesse", "Prestaciones de vejez"),
        scheme="branch",
        synonyms=("branches of social security",),
        width=24,
    ),
    Column(
        "source",
        "source",
        Kind.ADDRESS,
        Words("Source", "Source", "Fuente"),
        Words(
            "Web address of the page or document that reports the result.",
            "Adresse de la page ou du document qui rend compte du résultat.",
            "Dirección de la página o el documento que informa del resultado.",
        ),
        same("https://example.org/results/12"),
        synonyms=listed("source url; url; link; web address; lien; enlace"),
        width=36,
    ),
)
