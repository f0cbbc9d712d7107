"""How pages name the SDGs, their targets and indicators, and the branches of social security."""

from __future__ import annotations

from outcome_graph.sources.page.words.small import forms

#: The goals as a whole.
SDGS = forms(
    en=r"sdgs?|sustainable development(?: goals?)?|2030 agenda",
    fr=r"odd|objectifs? de developpement durable|developpement durable",
    es=r"ods|objetivos? de desarrollo sostenible|desarrollo sostenible|agenda 2030",
)
GOAL = forms(en="goals?", fr="objectifs?", es="objetivos?")
TARGET = forms(en="targets?", fr="cibles?", es="metas?")
INDICATOR = forms(en="indicators?", fr="indicateurs?", es=r"indicador(?:es)?")
#: What is said of a target that is none of the result's.
IS_NOT = forms(
    en=r"\bnot\b",
    fr=r"\b(?:n'|ne\s)[^;,.]{1,30}\bpas\b",
    es=r"\bno (?:es|son|esta|estan|se|fue|fueron|ha|han)\b",
)

ALL_BRANCHES = forms(en="all branches", fr="toutes (?:les )?branches", es="todas las ramas")
#: Names of branches of social security.
BRANCH = forms(
    all=ALL_BRANCHES,
    en="medical care|health care|healthcare|health|sickness|unemployment|old[ -]?age"
    "|employment injury|work injury|family|child(?:ren)?|maternity|invalidity|disability"
    "|survivors?'?|survivorship",
    fr="soins (?:medicaux|de sante)|sante|maladie|chomage|vieillesse"
    "|accidents? du travail(?: et maladies professionnelles)?|(?:prestations )?familiales|famille"
    "|maternite|invalidite|survivants?",
    es="asistencia medica|atencion medica|salud|enfermedad|desempleo|vejez"
    "|accidentes? (?:del|de) trabajo(?: y enfermedades profesionales)?|familiares|familia"
    "|prestaciones familiares|maternidad|invalidez|sobrevivientes|sobrevivencia|supervivencia",
)
