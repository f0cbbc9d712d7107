"""Numbers in words, and whom they count: those who took part in an event."""

from __future__ import annotations

import re

from outcome_graph.sources.page.words.small import forms

UP_TO_THIRTY = (
    "one un une uno una|two deux dos|three trois tres|four quatre cuatro|five cinq cinco|six seis|"
    "seven sept siete|eight huit ocho|nine neuf nueve|ten dix diez|eleven onze once|"
    "twelve douze doce dozen|thirteen treize trece|fourteen quatorze catorce|"
    "fifteen quinze quince|sixteen seize dieciseis|seventeen diecisiete|eighteen dieciocho|"
    "nineteen diecinueve|twenty vingt vingts veinte|veintiuno veintiun veintiuna|veintidos|"
    "veintitres|veinticuatro|veinticinco|veintiseis|veintisiete|veintiocho|veintinueve|"
    "thirty trente treinta"
)
TENS_FROM_FORTY = (
    "forty quarante cuarenta|fifty cinquante cincuenta|sixty soixante sesenta|seventy setenta|"
    "eighty ochenta|ninety noventa|hundred cent cents cien ciento"
)
VALUES = {
    word: step * number
    for told, first, step in ((UP_TO_THIRTY, 1, 1), (TENS_FROM_FORTY, 4, 10))
    for number, words in enumerate(told.split("|"), first)
    for word in words.split()
}
WORD = "|".join(sorted(VALUES, key=len, reverse=True))
FIRST = "|".join(sorted((w for w, n in VALUES.items() if n > 1), key=len, reverse=True))
#: A number: 1,200; 40; forty-two; treinta y cinco; but not "une trentaine".
NUMBER = (
    r"(?:(?<![\d.,/-])(?:\d{1,3}(?:[ ,.]\d{3})+|\d{1,6})(?![\d/]|[.,]\d)|"
    rf"(?<!per )(?<!pour )(?<!por )(?<!-)\b(?:(?:an?|one|une?|una)\s)?(?:{FIRST})"
    rf"(?:(?:\s(?:and|et|y)\s|-et-|[\s-])(?:{WORD})){{0,5}}\b)"
)

COUNTED = (
    r"participants?|participant-e-s|participantes|people|persons|personnes|personas|"
    r"representatives?|"
    r"representants?|representantes|officials|delegates|trainees|attendees|stakeholders|members|"
    r"constituents|experts|cadres|asistentes|funcionari[oa]s|delegad[oa]s|agents|fonctionnaires|"
    r"staff|inspectors|parliamentarians|heads|judges|"
    r"workers|women|femmes|mujeres|students|etudiants|estudiantes|"
    r"guests|invites|invitados|deputies|delegues|diputad[oa]s|abogad[oa]s|avocats|maires|mayors|"
    r"juges|jueces|youth|jeunes|jovenes|men|hommes|hombres|civil servants|technicians|"
    r"techniciens|tecnicos|directors|employees|actuaries|statisticians|attended|present|"
    r"pax|part(?=\s?[.;,)]|$)|salaries|affilies|gestionnaires|clerks|nurses|chiefs|champions|spouses|"
    # Whoever is named by what they do.
    r"(?!(?:papers|offers|chapters|letters|computers|numbers|centers|orders|posters|registers|"
    r"quarters|sectors|factors|indicators|errors|floors|doors|grants|restaurants|plants|"
    r"committees|guarantees|fees|degrees|others|newsletters|calculators|borders|dollars|rivers|"
    r"monitors|drivers of|parameters|servers|folders|covers|filters|towers|powers|"
    r"secteurs|facteurs|indicateurs|ordinateurs|valeurs|erreurs|moteurs|serveurs|cahiers|"
    r"dossiers|quartiers|ateliers|chantiers|papiers|milliers|metiers|premiers|derniers|"
    r"sectores|factores|indicadores|valores|errores|formularios|horarios|seminarios|escenarios|"
    r"comentarios|diccionarios|primeros|numeros|servidores|dolares|montantes|"
    r"restantes|siguientes|documents|instruments|investments)\b)"
    r"[a-z]{2,}(?:ers|ors|ists|ians|ants|ees|men|women|eurs|euses|trices|istes|iens|iennes|iers|"
    r"ieres|istas|antes|ores|oras|eros|eras|arios|arias)"
)
PARTICIPANTS = re.compile(
    r"(?:\(|\b(?P<lead>with|for|with the participation of|attended by|"
    r"avec la participation d[eu]|con la participacion de|gathering|gathered|bringing together|"
    r"suivie? par|drew|attracted|welcomed|hosted|counted|had|saw|"
    r"brought together|a vu la participation d[eu]|a attire|ont attire|a compte|a accueilli|"
    r"involving|atrajo|convoco a|conto con(?: la participacion de)?|au profit d[eu]|devant|ante|"
    r"avec|pour|reunissant|a reuni|ont reuni|regroupant|a regroupe|con|para|reunio a|"
    r"a rassemble|in the presence of|en presence d[eu]|en presencia de|"
    r"reunieron a)\s)?\s?"
    r"(?:(?:approx(?:imately|\.)?|about|around|some|over|more than|nearly|almost|at least|c\.|"
    r"ca\.|environ|pres de|plus de|quelque|unos|unas|cerca de|alrededor de|mas de|"
    r"aproximadamente|aprox\.?|env\.)\s{0,2})?"
    rf"(?P<n>{NUMBER})\s?(?<![\da-z])"
    rf"(?P<between>(?:(?!and\b|et\b|y\b)[a-z'-]{{1,20}}\s){{0,3}}?)(?P<word>{COUNTED})\b\s?\)?",
    re.IGNORECASE,
)
#: Words that come but to take part.
SURELY = re.compile(r"particip|attend|delegates|trainees|asistentes", re.IGNORECASE)
#: Leads that are said of those who come, whoever they are.
BROUGHT = re.compile(
    r"attended|gather|bringing|brought|suivie?|drew|attracted|welcomed|particip|attire|accueilli|"
    r"atrajo|convoco|conto|reuni|regroup|rassembl",
    re.IGNORECASE,
)
#: "85 per cent of participants", "2 days for participants": the number is of something else.
NOT_OF_THEM = re.compile(
    r"\b(?:of|for|with|from|in|per|cent|days?|hours?|sessions?|countries|provinces|districts|"
    r"institutions|organi[sz]ations|companies|de|des|du|pour|avec|pays|jours?|para|con|del|paises|"
    r"dias?|horas?)\b",
    re.IGNORECASE,
)
OF_THEM = re.compile(
    r"\b(?:of whom|whom|dont|including|incl|of them|among them|parmi eux|cuales|ellos|ellas|"
    r"y compris|incluid[oa]s)\b"
    r"|^\s?[,(]\s?$",
    re.IGNORECASE,
)
FOR = frozenset(("for", "pour", "para"))
MOST_FOR = 300
#: Few in words, "with three experts", may be who helped.
FEW = 8
UNIT = (
    r"(?:days?|weeks?|months?|hours?|years?|sessions?|modules?|rounds?|per|jours?|semaines?|mois|"
    r"heures?|ans|dias?|semanas?|meses|horas?|anos|sesiones|modulos|minutes?|minutos?)\b"
)
#: What is said of those who come to an event, and of those who are trained there.
CAME = forms(
    en="took part|attended|participated|joined|were present",
    fr="(?:ont|y ont) (?:participe|pris part|assiste)",
    es="participaron|asistieron",
)
MET = forms(
    en="met|gathered|came|(?:was|were|had been) (?:trained|coached|instructed|introduced|present|"
    "sensiti[sz]ed)",
    fr="se sont (?:reuni[es]*|retrouve[es]*)|"
    "(?:a|ont) ete (?:formee?s?|initiee?s?|sensibilisee?s?|outillee?s?|capacitee?s?)",
    es="se (?:reunieron|capacitaron|formaron)|"
    "(?:fue|fueron) (?:capacitad|formad|sensibilizad)[oa]s?",
)
CAME_VERB = rf"(?:{CAME}|{MET})"
TOOK_PART = re.compile(
    rf"\s?(?:(?:who|qui|que|which|that|y|en|alli|there)\s)?{CAME_VERB}\b", re.IGNORECASE
)
#: "a training of 25 controllers", "in which 11 social workers took part": whoever they are.
TRAINEES = re.compile(
    r"\b(?:(?:trained|coached|briefed|(?:(?:a|ont) )?(?:forme|outille|initie|sensibilise)|"
    r"capacit(?:o|aron)(?: a)?|formo a)|"
    r"(?:training|formation|capacitacion|courses?|cours|"
    r"curso|tour|visite?|voyage d'etude|visita|gira|mission|delegation)\s"
    r"(?:of|for|de|d'|pour|para|a))\s?(?:some |about |over |around |environ |quelque |unos |unas )?"
    rf"(?P<n>{NUMBER})\s?(?<!\w)(?!{UNIT})[a-z]{{3,20}}",
    re.IGNORECASE,
)
WHO_CAME = re.compile(
    rf"(?P<n>{NUMBER})\s?(?<!\w)(?!{UNIT})(?:[\w'-]+\s){{1,4}}{CAME_VERB}\b", re.IGNORECASE
)
#: "participants: 40", "the number of participants was 40".
LABELLED = re.compile(
    r"\b(?:participants?|participantes|attendees|attendance|asistentes|personnes presentes|"
    r"n(?=\s?=))"
    r"(?:\s?\([a-z ]{1,20}\))?(?:\s?[:=]|[^.;:\d]{0,20}\b(?:was|were|fue|etait)|"
    rf"[^.;:]{{0,80}}\s(?:was|fue(?: de)?|etait de))\s(?P<n>{NUMBER})(?!\s?(?:per cent|%|years))\b",
    re.IGNORECASE,
)
TRAINED = re.compile(
    r"\b(?:trained|coached|forme|capacit(?:o|aron)(?: a)?|took|(?:training|formation|capacitacion|"
    r"course|tour|visit|workshop|delegation|group) (?:of|for|de|d'|pour|para))\s?(?:of |some |"
    r"about )?$",
    re.IGNORECASE,
)
#: Any plural: whoever they are, or whatever.
ANYBODY = re.compile(
    rf"(?P<n>{NUMBER})\s?(?<!\w)(?!{UNIT})(?!(?:\w+\s){{0,2}}(?:countries|provinces|districts|"
    r"cities|towns|villages|communities|institutions|organi[sz]ations|companies|enterprises|"
    r"ministries|agencies|questions|recommendations|articles|pages|households|families|records|"
    r"files|calls|indicators|steps|points|measures|laws|schools|hospitals|copies|languages|"
    r"stations|programmes|per|percent|million|milliards?|euros|dollars|pays|villes|communes|"
    r"entreprises|institutions|menages|familles|paises|ciudades|empresas|instituciones|hogares|"
    r"familias|municipios|departamentos)\b)(?P<word>(?:[a-z'-]+\s){0,2}?[a-z-]{3,}s)\b",
    re.IGNORECASE,
)
