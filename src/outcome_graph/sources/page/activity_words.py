"""The words and forms by which activities are told in prose, in English, French and Spanish."""

from __future__ import annotations

import re

from outcome_graph.sources.page.dates import MONTH

__all__ = [
    "ADVERBIAL",
    "AND_ONLY",
    "AND_THERE",
    "BULLET_LINE",
    "DATE_LEAD",
    "EVENT",
    "HELD",
    "INDEFINITE",
    "IN_MONTH",
    "IS_EVENT",
    "IS_WORK",
    "LAST_OF_LIST",
    "MARKS",
    "NEXT_EVENT",
    "OPEN_END",
    "ORGANISED",
    "PARTICIPANTS",
    "PLACE",
    "PLACE_THEN",
    "RELATIVE",
    "ROMAN",
    "SUBJECT",
    "TRAILING",
    "TRAINED",
    "UNFINISHED",
    "VISIT",
    "WERE",
]

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
MARKS = (
    re.compile(r"(?<![\w(])(\d{1,2})\s?°\s"),
    re.compile(r"\(\s?([ivx]{1,4})\s?\)", re.IGNORECASE),
    re.compile(r"\(\s?(\d{1,2})\s?\)"),
    re.compile(r"\(\s?([a-l])\s?\)", re.IGNORECASE),
    re.compile(r"(?<![\w(])([ivx]{1,4})\)\s", re.IGNORECASE),
    re.compile(r"(?<![\w(.])(\d{1,2})\)\s"),
    re.compile(r"(?<![\w(])([a-l])\)\s", re.IGNORECASE),
    re.compile(r"(?:^[ ]{0,8}|(?<=[:;.,]\s))(\d{1,2})[.]\s", re.MULTILINE),
)
BULLET_LINE = re.compile(r"[•●▪◦‣·*-]\s*")

EVENT = (
    r"(?:ont|a) forme|capacito|capacitaron|workshops?|trainings?|seminars?|webinars?|"
    r"conferences?|consultations?|meetings?|launch"
    r"|courses?|dialogues?|forums?|round ?tables?|symposium|missions?|study tours?|sessions?"
    r"|ateliers?|formations?|seminaires?|webinaires?|conferences?|reunions?|lancement|cours"
    r"|tables? rondes?|journees?|dialogue|consultations?|voyages? d'etude"
    r"|talleres|taller|capacitacion(?:es)?|seminarios?|conferencias?|reunion(?:es)?|lanzamiento"
    r"|cursos?|mesas? redondas?|jornadas?|dialogos?|consultas?|foros?|trained"
    r"|retreats?|briefings?|hearings?|summits?|orientations?|exchange visits?|study visits?"
    r"|debates?|debats?|talks|rencontres?|encuentros?|conversatorios?"
)
IS_EVENT = re.compile(rf"\b(?:{EVENT})\b", re.IGNORECASE)
IS_WORK = re.compile(
    rf"\b(?:{EVENT}|technical|support\w*|stud(?:y|ies)|review\w*|assessment\w*|analys\w+|advice|"
    r"advisory|development|drafting|design\w*|program\w*|campaign\w*|training|publication|appui|"
    r"etudes?|evaluation\w*|elaboration|redaction|conseils?|apoyo|estudios?|asistencia|revision|"
    r"elaboracion|asesoria|campana\w*|survey\w*|enquetes?|encuestas?|valuation\w*|capacity)\b",
    re.IGNORECASE,
)
COUNTED = (
    r"participants?|participant-e-s|participantes|people|persons|personnes|personas|"
    r"representatives?|"
    r"representants?|representantes|officials|delegates|trainees|attendees|stakeholders|members|"
    r"constituents|experts|cadres|asistentes|funcionari[oa]s|delegad[oa]s|agents|fonctionnaires|"
    r"staff|trainers|officers|inspectors|parliamentarians|journalists|heads|mayors|judges|lawyers|"
    r"jurists|juristes|juristas|directors|directeurs|directores|managers|leaders|lideres|teachers|"
    r"nurses|doctors|workers|travailleu(?:rs|ses)|trabajador[ae]s|employers|employeurs|empleadores|"
    r"employees|women|femmes|mujeres|students|etudiants|estudiantes|technicians|techniciens|"
    r"tecnicos|actuaries|controllers|controleurs|auditors|statisticians|facilitators|guests|"
    r"invites|invitados|deputies|farmers|fishers"
)
PARTICIPANTS = re.compile(
    r"(?:\(|\b(?P<lead>with|for|with the participation of|attended by|"
    r"avec la participation d[eu]|con la participacion de|gathering|gathered|bringing together|"
    r"suivie? par|"
    r"brought together|"
    r"involving|"
    r"avec|pour|reunissant|a reuni|ont reuni|regroupant|a regroupe|con|para|reunio a|"
    r"reunieron a)\s)?\s?"
    r"(?:(?:approx(?:imately|\.)?|about|around|some|over|more than|nearly|almost|at least|c\.|"
    r"ca\.|environ|pres de|plus de|quelque|unos|unas|cerca de|alrededor de|mas de|"
    r"aproximadamente|aprox\.?|env\.)\s{0,2})?"
    r"(?<![\d.,-])(?P<n>\d{1,3}(?:[ ,.]\d{3})+|\d{1,6})\s"
    rf"(?P<between>(?:(?!and\b|et\b|y\b)[a-z'-]{{1,20}}\s){{0,3}})(?P<word>{COUNTED})\b\s?\)?",
    re.IGNORECASE,
)
PLACE_WORDS = (
    r"[A-Z][\w'.-]{0,30}(?:(?:\s|,\s(?:(?:au|en|aux)\s)?)"
    r"(?:(?:de|del|la|las|los|el|du|des|le|of|the|and|et|y)\s){0,2}"
    r"[A-Z][\w'-]{0,30}){0,4}"
)
PLACE = re.compile(
    rf"(?P<lead>(?:\b(?P<prep>[Ii]n|[Aa]t|[Aa]|[Aa]u|[Aa]ux|[Ee]n|to)\s(?:the\s|la\s|el\s)?)|"
    rf"[,(:]\s?)"
    rf"(?P<place>{PLACE_WORDS})"
)
#: What may stand before the day in a list of events.
PLACE_THEN = re.compile(
    rf"(?:(?:online|virtual(?:ly)?|en ligne|en linea)|(?P<place>{PLACE_WORDS}))\s?[,(]?\s?",
    re.IGNORECASE,
)
WERE = re.compile(r"\b(?:was|were|been|ete|fue|fueron|sido)\s$", re.IGNORECASE)
#: "a study visit to Bangkok", "la visita de una delegación a Brasilia".
VISIT = re.compile(
    r"\b(?:visits?|tours?|trips?|travel\w*|missions?|delegations?|voyages?|visites?|visitas?|"
    r"viajes?|"
    r"delegacion(?:es)?|mision(?:es)?)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
#: "… and in Mindelo (17 February 2020, 21 participants)": the same again elsewhere.
AND_THERE = re.compile(
    rf"\s?[,;]?\s*(?:(?:and|et|y|e)\s+)?(?:(?:in|at|a|au|aux|"
    rf"en)\s+)?(?P<place>(?-i:{PLACE_WORDS}))",
    re.IGNORECASE,
)
AND_ONLY = re.compile(r"and|et|y|e", re.IGNORECASE)
DATE_LEAD = re.compile(
    r"(?:,?\s*\b(?:held|organi[sz]ed|conducted|took place|tenue?s?|organisee?s?|celebrad[oa]s?|"
    r"realizad[oa]s?))?[\s,(;]*(?:\b(?:from|on|between|during|dated|starting|le|les|du|de|des|del|"
    r"el|los|en|entre|in)\s+(?:the\s+|le\s+|el\s+)?)?$",
    re.IGNORECASE,
)
HELD = re.compile(
    r"[\s,]*\b(?:(?:was|were|has been|have been|a ete|ont ete|s'est|se sont|fue|fueron|se|"
    r"that was|"
    r"which was|qui s'est)\s+)?(?:held|organi[sz]ed|conducted|delivered|convened|hosted|"
    r"took place|"
    r"a eu lieu|ont eu lieu|tenue?s?|organisee?s?|celebrad[oa]s?|realizad[oa]s?|organizad[oa]s?|"
    r"celebro|celebraron|realizo|realizaron|organizo|tuvo lugar|tuvieron lugar|attended)\s*$",
    re.IGNORECASE,
)
ORGANISED = re.compile(
    r"\b(?:organi[sz]ed|held|conducted|facilitated|delivered|convened|hosted|supported|"
    r"co-organi[sz]ed|"
    r"launched|ran|prepared|provided|gave|led|undertook|implemented|completed|carried out|"
    r"included|"
    r"organise|tenu|anime|facilite|appuye|realise|prepare|organizo|celebro|realizo|facilito|apoyo|"
    r"impartio|preparo|hubo(?: (?:asimismo|tambien|ademas))?|il y a(?:vait)? eu|there (?:was|were)|"
    r"arranged)\s{1,3}(?=(?:an?|the|two|three|une?|le|la|les|l'|deux|el|los|las|un|una|"
    r"dos)\b)",
    re.IGNORECASE,
)
INDEFINITE = re.compile(
    r"(?:(?:and|et|y|as well as|ainsi que)\s{1,3})?(?:(?:an?|un|une|una|unos|unas)\s{1,3})?", re.I
)
#: What is said first of how and when: "With the support of A and B, dialogues …".
ADVERBIAL = re.compile(
    r"(?:with|through|under|thanks to|in|during|following|after|as part of|within|to|for|avec|"
    r"grace a|"
    r"dans|pendant|apres|a la suite|au cours|pour|con|gracias a|en|durante|tras|para)\b",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    r",?\s(?:which|that|who|qui|que|la cual|el cual)\s(?:was|were|has|have|a|ont|fue|fueron|"
    r"se)\b.*$"
    r"|,?\s(?:was|were|a ete|ont ete|fue|fueron)?\s?(?:presented|presentee?s?|presentad[oa]s?)$",
    re.IGNORECASE | re.DOTALL,
)
#: Words that a title does not end in: what follows belongs to it.
OPEN_END = re.compile(r"\b(?:of|for|to|with|trained|de|des|du|d'|pour|aux?|para|con|a)\s*$", re.I)
#: A second event in one sentence: "… and supported a consultation in Chiang Mai on 8 March".
NEXT_EVENT = re.compile(
    r"(?:;\s|(?:[,;]\s?|\b)(?:(?:and|et|y|e|as well as|ainsi que|asi como|"
    r"followed by|then|puis|luego)\s|"
    r"suivie?s? d(?:e\s|')))"
    rf"(?=(?:[\w'-]+\s){{0,8}}?(?:{EVENT})\b)",
    re.IGNORECASE,
)
TRAINED = re.compile(r"trained|(?:ont|a) forme|capacit(?:o|aron)", re.IGNORECASE)
LAST_OF_LIST = re.compile(r",\s(?:and|et|y)\s", re.IGNORECASE)
#: Words that tell roughly when, before what took place.
IN_MONTH = re.compile(
    rf"(?:in|during|en|durante|au cours de)\s(?:(?:early|late|mid)[ -])?(?:{MONTH}\s(?:de\s)?)?"
    r"(?:19|20)\d\d\s?,?\s",
    re.IGNORECASE,
)
TRAILING = re.compile(r"[\s,;:.(\-]+$|[\s,;]+(?:and|et|y|as well as|ainsi que)$", re.IGNORECASE)
#: The verb that "held on 3 May" belongs to is no part of a title.
UNFINISHED = re.compile(
    r"\s(?:was|were|has been|have been|a ete|ont ete|s'est|se sont|fue|fueron|ha sido|se)$",
    re.IGNORECASE,
)
#: Words of subjects: "in Social Protection Financing" is no place.
SUBJECT = re.compile(
    r"\b(?:social|protection|security|policy|insurance|actuarial|finance|financing|health|labour|"
    r"management|english|french|spanish|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|collaboration|cooperation|covid)\b",
    re.IGNORECASE,
)
