"""What offices call their columns, in three languages, and what the values below them are.

Neither tells enough by itself: the same heading over other values, and the same values below
another heading, are of something else. Headings were listed before the program was asked.
"""

from __future__ import annotations

import csv
import io

import pytest

from outcome_graph.draft import SourceFile
from outcome_graph.pipeline import SourceReader
from outcome_graph.settings import Settings
from outcome_graph.sources.tables.csv_rows import CsvSheet
from outcome_graph.sources.tables.reader import find_columns

READER = SourceReader(Settings())
VALUES = {
    "country": ("Kenya", "Nepal", "Togo"),
    "donors": ("Sweden", "European Union", "Norway; Japan"),
    "bodies": (
        "Ministry of Labour",
        "Central Organization of Trade Unions; Federation of Employers",
        "National Social Security Fund",
    ),
    "agencies": ("ILO", "UNICEF; ILO", "World Food Programme"),
    "persons": ("J. Doe", "Maria Lopez", "A. Traoré"),
    "days": ("2021-03-04", "2022-05-06", "2020-11-30"),
    "titles": (
        "Pension law adopted by parliament",
        "Registry of poor households opened",
        "Maternity cash benefit extended to informal workers",
    ),
    "prose": (
        "Parliament adopted the law in May. It covers 20,000 workers.",
        "The registry holds all poor households of the country and is updated each month.",
        "Women in the informal economy now receive twelve weeks of benefit.",
    ),
    "help": (
        "The ILO costed three options and trained 40 officials.",
        "Technical assistance was provided to the ministry.",
        "ILO experts drafted the bill and facilitated the tripartite dialogue.",
    ),
    "women": (
        "Most of those covered are women.",
        "Women were half of the committee.",
        "Girls receive the grant too.",
    ),
    "plans": (
        "Regulations will be adopted in 2023.",
        "A second phase is to be funded.",
        "The ministry plans to extend the scheme.",
    ),
    "lessons": (
        "It took longer than we thought to convince the employers.",
        "Data of the fund were incomplete.",
        "Trust among the partners was key.",
    ),
    "acts": ("Act No. 5 of 2021", "Decree No. 12 of 2022", "Law No. 7 of 2020"),
    "targets": ("1.3", "8.5", "5.4"),
    "goals": ("1", "8", "5"),
    "codes": ("KEN101", "NPL126", "TGO105"),
    "symbols": ("KEN/16/02/LUX", "NPL/14/02/NOR", "TGO/19/01/FRA"),
    "biennia": ("2020-21", "2022-23", "2020-21"),
    "indicators": ("8.1.1", "8.2.1", "8.1.2"),
    "steps": ("Step 2", "Step 1", "Step 3"),
    "branches": ("Old age", "Maternity; Sickness", "Medical care"),
    "visibility": ("public", "internal", "public"),
}
PLACE = (("Country", "country"), ("SDG target", "targets"))
TITLED = (("Title", "titles"), ("SDG target", "targets"))
BOTH = (("Country", "country"), ("Title", "titles"))
ALL = (*BOTH, ("Description", "prose"))
#: The column wanted, the values below it, the columns beside it, headings parted by "|".
CASES = (
    ("country", "country", TITLED, (
        "Where|Location|Place|Country of implementation|Host country|State|Nation|Territory|"
        "Lieu d'intervention|Pays d'intervention|Pays concerné|Pays d'exécution|Lugar|"
        "País de intervención|Estado miembro|État membre|Beneficiary|Geographic scope|Coverage|"
        "Jurisdiction|Ámbito|Ubicación|iso3|ISO 3166|country_name|ctry|Bureau pays|Country office|"
        "Economy|Borrower/Recipient|Member"
    )),
    ("funders", "donors", BOTH, (
        "Donor|Backed by|Supported by|With support from|Financed through|Sponsor|Who paid|"
        "Money from|Source of funds|Funds|Resource partner|Development partner|"
        "Cooperation partner|Soutenu par|Avec l'appui de|Grâce à|PTF|"
        "Partenaire technique et financier|Appui financier de|Ressources|Con apoyo de|Cooperante|"
        "Agencia cooperante|Fuente de recursos|Gracias a|Patrocinador|Aporte de|Financia|"
        "Donor country|Contributing donor|Fund source|Thanks to|Origine des fonds|Lender|"
        "Grant from|Made possible by|donor_name|Underwritten by|Pays donateur|País donante"
    )),
    ("constituents", "bodies", BOTH, (
        "Partners|Working with|Who was involved|In partnership with|National counterparts|"
        "Parties involved|Stakeholders|Actors|Avec qui|Acteurs impliqués|Partenaires nationaux|"
        "Parties prenantes|Structures impliquées|Interlocutores|Contrapartes|Actores|"
        "Entidades participantes|Con quién|National partners|Government & social partners|"
        "Together with|Allies|Mandants impliqués|Tripartite partners|Worked alongside|"
        "constituents_lst|Organisations associées|Ministries, unions, employers|Organismes"
    )),
    ("contributors", "agencies", BOTH, (
        "Contributing agencies|Implementing agencies|UN agencies involved|Lead agency|PUNOs|"
        "Participating UN organizations|Agences d'exécution|Agences participantes|"
        "Agencias participantes|Agencias ejecutoras|Executing agency|Implementing partner|"
        "Organismos ejecutores|Delivered by|Implemented by|Responsible agency|Mis en œuvre par"
    )),
    ("achievedOn", "days", BOTH, (
        "Date|Date of result|Achieved|Completed on|When|Date of adoption|Adopted|Approved on|"
        "Obtenu le|Réalisé le|Logrado el|Fecha de adopción|Milestone date|Day|Date of change|"
        "ach_date|dt_res|date_obtention|Decision date|Date of enactment|Promulgated on|"
        "Took place on|Fecha de promulgación|Date reached|Jour|Passed on|Date passed"
    )),
    ("title", "titles", PLACE, (
        "Result|Outcome|Headline|What changed|Change|Achievement|Success|Key result|In brief|"
        "Short description|Summary|Outcome statement|Result in brief|Libellé|Résultat|Changement|"
        "Acquis|Réussite|Ce qui a changé|Intitulé|Avancée|Resultado|Logro|Cambio|Avance|Hito|"
        "Síntesis|Qué cambió|Milestone|Réforme|Reforma|lib_resultat|result_ttl|"
        "What was achieved|Resultado alcanzado|Progress|Development|Main achievement"
    )),
    ("achievement", "prose", BOTH, (
        "What happened|Story|Tell us more|Narrative|Details|Description|Explanation|Full text|"
        "What it means|Impact|Change|Progress made|En détail|Récit|Explication|"
        "Ce qui s'est passé|Relato|Qué pasó|Explicación|Desarrollo|Cambio logrado|desc_res|"
        "long_text|res_txt|Text|Texte|Effets|Results|Outcome|Achievements|"
        "What is different now|So what?|Avance verificado|Summary|Résumé|Content|Logro|Acquis|"
        "Précisions|Change story|Observed change"
    )),
    ("contribution", "help", ALL, (
        "Our role|What we did|Our contribution|ILO support|Support provided|Role of the Office|"
        "Technical assistance provided|Inputs|How we helped|Appui du BIT|Notre rôle|"
        "Ce que nous avons fait|Rôle du Bureau|Appui apporté|Apport de l'OIT|Nuestro papel|"
        "Lo que hicimos|Apoyo de la OIT|Aporte de la Oficina|Asistencia técnica|UN contribution|"
        "Support|Intervention|Value added|ilo_contrib|How the project contributed|Part played"
    )),
    ("genderEquality", "women", ALL, (
        "Gender|Women|Gender lens|What it means for women|Gender note|Gender dimension|Femmes|"
        "Et pour les femmes ?|Volet genre|Égalité femmes-hommes|Enfoque de género|Mujeres|"
        "Igualdad|Equity|Inclusion|Women and girls|gender_txt|Non-discrimination"
    )),
    ("legalActs", "acts", ALL, (
        "Law|Legal basis|Instrument|Legal text|Act|Reference text|Texte de référence|Norma|"
        "Base legal|Acte|Loi ou décret|Marco normativo|Cadre juridique|Legal change|Adopted text|"
        "Policy instrument|Regulation|Document adopted|Official text|Sustento legal"
    )),
    ("sdgTargets", "targets", ALL, (
        "SDG target|Target|Cible ODD|Cible|Meta ODS|Meta|cible_odd|Agenda 2030"
    )),
    ("sdgGoals", "goals", ALL, (
        "SDG|SDG goal|Goal|ODD|Objectif ODD|Objetivo ODS|SDG no.|sdg_goal|Global Goals"
    )),
    ("code", "codes", ALL, (
        "CPO|Code|Prog. code|CPO ref|Outcome code|Our ref|Código|cpo_cd|Reference|DWCP outcome"
    )),
    ("projects", "symbols", ALL, (
        "Project|TC symbol|Project no.|Symbol|Projet|Proyecto|proj_sym|DC project|Grant no.|"
        "Development cooperation projects"
    )),
    ("biennium", "biennia", ALL, "Biennium|Cycle|Période|Bienio|Exercice|P&B|Reporting biennium"),
    ("indicator", "indicators", ALL, (
        "Indicator|P&B ind.|pb_ind|Indicateur P&B|Indicador|Ind.|Indic."
    )),
    ("branches", "branches", ALL, (
        "Branch|Contingency|Benefit type|Risque|Rama|Riesgo|SP branch|Prestations|Risk covered"
    )),
    ("visibility", "visibility", ALL, (
        "Visibility|Public?|Disclosure|Access|Status|Diffusion|Publish|Confidentiality|vis_flag"
    )),
    ("step", "steps", ALL, "Step|Stage|Level|Étape|Etapa|Phase|Niveau|Fase|Result step"),
    (None, "plans", ALL, "Next steps|Outlook|What next?|Suites|Próximos pasos|Perspectives"),
    (None, "lessons", ALL, (
        "Lessons|Comments|Remarks|Follow-up|Challenges|Leçons apprises|Observations|Lecciones|"
        "Comentarios|Notes|Assumptions|Recommendations|Difficultés|What we learned|Limites"
    )),
    (None, "lessons", BOTH, "Lessons|Comments|Challenges|Observations|Suivi|Risks|Lecciones"),
    (None, "persons", ALL, "Contact|Focal point|Officer|Entered by|Responsible|Owner|Who"),
    (None, "days", BOTH, (
        "Reported|Date reported|Report date|Entry date|Updated|Next review|Start date|End date|"
        "Date of next step|Valid from|In force from|Date d'entrée en vigueur|Date de saisie|"
        "Mise à jour|Prochaine échéance|Fecha de reporte|Fecha de inicio|Vigencia|Deadline|"
        "Fecha de publicación|Signed|Review date|Closing date|Contract date|Corte|Cut-off|As of|"
        "Data as of|Approved by HQ on|Loan approved|Board approval|Submitted|Mission dates"
    )),
    (None, "bodies", BOTH, (
        "Reported by|Submitted by|Your organisation|Data source|Verified by|Issued by|Adopted by|"
        "Contact institution|Prepared by|Adopté par|Vérifié par|Renseigné par|Emitido por|"
        "Aprobado por|Fuente|Means of verification|Published by|Signed by|Reporting entity"
    )),
    (None, "country", ALL, (
        "Country of origin|Contributing country|Second country|Other countries|Countries visited|"
        "Study visit to|Comparison country|Neighbours"
    )),
)  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "key", "values", "beside"),
    [
        (heading, key, values, beside)
        for key, values, beside, headings in CASES
        for heading in headings.split("|")
    ],
)
def test_a_heading_and_its_values_tell_a_column(
    heading: str, key: str | None, values: str, beside: tuple[tuple[str, str], ...]
) -> None:
    columns = (*(one for one in beside if one[0] != heading), (heading, values))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([words for words, _ in columns])
    writer.writerows(zip(*(VALUES[name] for _, name in columns), strict=True))
    sheet = CsvSheet(SourceFile("t.csv", text.getvalue().encode()))
    header = find_columns(sheet, "t.csv", READER.known)
    assert header is not None
    told = {bound.index: bound.column.key for bound in header.columns}
    assert told.get(len(columns) - 1) == key
