"""The words and forms by which activities are told in prose, in English, French and Spanish."""

from __future__ import annotations

import re

from outcome_graph.sources.page.dates import DAY, MONTH
from outcome_graph.sources.page.words.people import CAME, COUNTED, NUMBER
from outcome_graph.sources.page.words.small import WAS, forms

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
    re.compile(r"^[ ]{0,8}\d{1,2}[.](\d{1,2})[.]?\s", re.MULTILINE),
)

EVENT = (
    r"(?:ont|a) forme|capacito|capacitaron|workshops?|trainings?|seminars?|webinars?|"
    r"conferences?|consultations?|meetings?|launch"
    r"|courses?|dialogues?|forums?|round ?tables?|symposium|missions?|study tours?|sessions?"
    r"|ateliers?|formations?|seminaires?|webinaires?|conferences?|reunions?|lancement|cours"
    r"|tables? rondes?|journees?|dialogue|consultations?|voyages? d'etude"
    r"|talleres|taller|capacitacion(?:es)?|seminarios?|conferencias?|reunion(?:es)?|lanzamiento"
    r"|cursos?|mesas? (?:redondas?|tecnicas?)|"
    r"mesas? de (?:dialogo|trabajo|concertacion)|jornadas?|dialogos?|consultas?|foros?|trained"
    r"|retreats?|briefings?|hearings?|summits?|orientations?|exchange visits?|study visits?"
    r"|debates?|debats?|talks|rencontres?|encuentros?|conversatorios?"
    r"|clinics?|boot ?camps?|hackathons?|writeshops?|gatherings?|panels?|colloqui(?:um|a)|"
    r"roadshows?|fairs?|inductions?|simulations?|visits?|exchanges?|brainstorming|classes|"
    r"colloques?|assises|caravanes?|foires?|seances?|recyclages?|visites?|ecoles? d'ete|"
    r"giras?|ferias?|paneles|coloquios?|pasantias?|visitas?|intercambios?|charlas?|"
    r"webinarios?|caravanas?|sesion(?:es)?|diplomados?|"
    r"(?:video|visio|tele)-?conferenc(?:es?|ias?)|discussions?"
)
IS_EVENT = re.compile(rf"\b(?:{EVENT})\b", re.IGNORECASE)
IS_WORK = re.compile(
    rf"\b(?:{EVENT}|technical|support\w*|stud(?:y|ies)|review\w*|assessment\w*|analys\w+|advice|"
    r"advisory|development|drafting|design\w*|program\w*|campaign\w*|training|publication|appui|"
    r"etudes?|evaluation\w*|elaboration|redaction|conseils?|apoyo|estudios?|asistencia|revision|"
    r"elaboracion|asesoria|campana\w*|survey\w*|enquetes?|encuestas?|valuation\w*|capacity)\b",
    re.IGNORECASE,
)
PLACE_WORDS = (
    r"[A-Z][\w'.-]{0,30}(?:(?:\s|,\s(?:(?:au|en|aux)\s)?)"
    r"(?:(?:de|del|la|las|los|el|du|des|le|of|the|and|et|y)\s){0,2}(?:[dl]')?"
    r"[A-Z][\w'-]{0,30}){0,4}"
)
PLACE = re.compile(
    rf"(?P<lead>(?:\b(?P<prep>[Ii]n|[Aa]t|[Aa]|[Aa]u|[Aa]ux|[Ee]n|to)\s(?:the\s|la\s|el\s)?)|"
    rf"[,(:]\s?)"
    rf"(?P<place>{PLACE_WORDS})"
)
#: What may stand before the day in a list of events.
PLACE_THEN = re.compile(
    rf"[,\s]*(?:(?:online|virtual(?:ly)?|en ligne|en linea)|(?P<place>(?-i:{PLACE_WORDS})))"
    r"\s?[,(]?\s?(?:(?:from|on|du|le|les|del?|el|los)\s)?",
    re.IGNORECASE,
)
WERE = re.compile(rf"\b(?:{WAS}|been|ete|sido)\s$", re.IGNORECASE)
#: "a study visit to Bangkok", "nine officials travelled to Kigali", "la visita a Brasilia".
VISIT = re.compile(
    r"\b(?:visits?|tours?|trips?|travel\w*|missions?|delegations?|voyages?|visites?|visitas?|"
    r"viajes?|giras?|exchanges?|pasantias?|intercambios?|"
    r"delegacion(?:es)?|mision(?:es)?|went|go|going|gone|flew|came|sent|took|brought|invited|"
    r"se (?:sont|est) rendue?s?|s'est rendue?|(?:ont|a) voyage|se (?:sont|est) deplacee?s?|"
    r"viajo|viajaron|acudio|acudieron|se (?:traslado|trasladaron|desplazo|desplazaron))"
    r"\b[^.;]{0,40}$",
    re.IGNORECASE,
)
#: "… and in Mindelo (17 February 2020, 21 participants)": the same again elsewhere.
#: "a second one on 28 April", "otra en Encarnación".
_AGAIN = (
    r"(?:(?:(?:an?|the|une?|la|le|el|un|una)\s)?(?:second|third|fourth|further|other|another|one|autre|"
    r"deuxieme|troisieme|segund[oa]|tercer[oa]|otr[oa])(?:\s(?:one|un|una))?\s+)?"
)
_IN = r"(?:(?:in|at|a|au|aux|en)\s+)"
_ON = r"(?:(?:on|le|les|el|los(?:\sdias)?|from|du|del|of|de)\s+)"
AND_THERE = re.compile(
    rf"\s?[,;.)]{{0,2}}\s*(?:(?:and|et|y|e|then|puis|luego|followed by)\s+)?{_AGAIN}(?:"
    rf"{_IN}?(?P<place1>(?-i:{PLACE_WORDS}))[\s,:(]{{1,3}}{_ON}?(?P<day1>{DAY}+)|"
    rf"{_ON}?(?P<day2>{DAY}+)(?:[\s,(]{{1,3}}{_IN}(?P<place2>(?-i:{PLACE_WORDS})))?)"
    r"[\s,;:()]{0,4}(?:(?:a la que (?:asistieron|acudieron)|attended by|which drew|with|"
    r"avec|con|for|pour|para|attended by|some|about|approx\.?|approximately|around|environ|"
    r"env\.|unos|"
    r"unas|aprox\.?)\s)?"
    rf"(?P<n>{NUMBER})(?:\s(?:[a-z'-]{{1,20}}\s){{0,2}}(?:{COUNTED}))?"
    r"(?:,\s(?:dont|including|of whom|among (?:them|whom)|incl\.|de (?:las|los) cuales|"
    r"entre ell[oa]s)"
    r"[^();.]{0,40})?(?=\s?(?:[,;.):]|and\b|et\b|y\b|e\b|$))",
    re.IGNORECASE,
)
AND_ONLY = re.compile(r"and|et|y|e", re.IGNORECASE)
#: How events are said to be held: the participle of a passive, and what needs none.
HELD_FORM = forms(
    en="held|organi[sz]ed|conducted|hosted|convened|delivered|facilitated|arranged|run",
    fr="tenue?s?|organisee?s?|animee?s?",
    es="celebrad[oa]s?|realizad[oa]s?|organizad[oa]s?",
)
TOOK_PLACE = forms(
    en="took place|taken place",
    fr="(?:a|ont) eu lieu|s'est (?:tenue?|deroulee?)|se sont (?:tenue?s|deroulee?s)",
    es="tuvo lugar|tuvieron lugar|se (?:celebro|celebraron|realizo|realizaron|organizo|organizaron|"
    "llevo a cabo|llevaron a cabo|desarrollo)",
)
#: What an event did with those who came.
GATHERED = forms(
    en="brought together|gathered|attended|included|took",
    fr="(?:a|ont) (?:reuni|rassemble|regroupe)|reunissant|(?:a|ont) ete suivie?s? par",
    es="reunio|reunieron|conto con",
)
DATE_LEAD = re.compile(
    rf"(?:,?\s*\b(?:{HELD_FORM}|took place))?[\s,(;]*"
    r"(?:\b(?:from|on|between|during|dated|starting|over|le|les|du|de|des|del|el|los|los dias|en|"
    r"entre|in)\s+(?:the\s+|le\s+|el\s+|dias\s+)?)?$",
    re.IGNORECASE,
)
HELD = re.compile(
    rf"[\s,]*\b(?:(?:(?:that|which|qui)\s)?{WAS}\s+)?(?:{HELD_FORM}|{TOOK_PLACE}|attended)\s*$",
    re.IGNORECASE,
)
ORGANISED = re.compile(
    r"\b(?:organi[sz]ed|held|conducted|facilitated|delivered|convened|hosted|supported|"
    r"co-organi[sz]ed|"
    r"launched|ran|prepared|provided|gave|led|undertook|implemented|completed|carried out|"
    r"included|"
    r"(?:se )?(?:realizaron|celebraron|organizaron|impartieron)|"
    r"organise|tenu|anime|facilite|appuye|realise|prepare|organizo|celebro|realizo|facilito|apoyo|"
    r"impartio|preparo|hubo(?: (?:asimismo|tambien|ademas))?|il y a(?:vait)? eu|there (?:was|were)|"
    r"arranged)(?:,\s[^,;.]{3,60},)?\s{1,3}(?=(?:an?|the|two|three|une?|le|la|les|l'|deux|el|los|las|un|una|des|"
    r"unos|unas|dos)\b)",
    re.IGNORECASE,
)
INDEFINITE = re.compile(
    r"(?:(?:and|et|y|as well as|ainsi que)\s{1,3})?(?:(?:an?|un|une|una|unos|unas|des)\s{1,3})?",
    re.I,
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
    rf"(?=(?:[\w'-]+\s){{0,8}}?(?:{EVENT})\b)"
    rf"|,\s(?=(?:an?|the|une?|la|le|el|una|l'|des|unas|unos)\s?"
    rf"(?:[\w'-]+\s){{0,4}}?(?:{EVENT})\b)"
    rf"|,\s(?=(?:{EVENT})\b)"
    # "trained 48 officers in A on 7 May and brought together 35 participants in B on 20 May"
    rf"|\s(?:and|et|y)\s(?={GATHERED}\s(?:\w+\s)?{NUMBER})",
    re.IGNORECASE,
)
TRAINED = re.compile(r"trained|(?:ont|a) forme|capacit(?:o|aron)", re.IGNORECASE)
LAST_OF_LIST = re.compile(r",\s(?:and|et|y)\s", re.IGNORECASE)
#: Who came to the event that was told before: "Forty people attended", "It brought together 40".
THEY_CAME = re.compile(
    r"\s?(?:(?:it|(?:the|this) (?:event|meeting|workshop|seminar|training|session)|elle|il|"
    r"celui-ci|celle-ci|cet atelier|cette (?:rencontre|reunion|formation)|el evento|"
    r"la reunion|este taller|el taller|la actividad)\s(?:was|were|a|ont|fue|drew|had|brought|"
    r"gathered|attracted|conto|reunio|asistieron|a ete)\b"
    r"|(?:(?:some|about|over|in all|in total|altogether|au total|en total|quelque|environ|unas|"
    rf"unos)[\s,]{{1,2}})*{NUMBER}\s?[^.;,]{{0,60}}?\b(?:{CAME}|etaient presents)\b"
    rf"|(?:{CAME}|attended by|participants? ?:)\b)",
    re.IGNORECASE,
)
#: Words that tell roughly when, before what took place.
IN_MONTH = re.compile(
    rf"(?:in|during|en|durante|au cours de)\s(?:(?:early|late|mid)[ -])?(?:{MONTH}\s(?:de\s)?)?"
    r"(?:19|20)\d\d\s?,?\s",
    re.IGNORECASE,
)
TRAILING = re.compile(r"[\s,;:.(\-]+$|[\s,;]+(?:and|et|y|as well as|ainsi que)$", re.IGNORECASE)
#: The verb that "held on 3 May" belongs to is no part of a title.
UNFINISHED = re.compile(rf"\s{WAS}$", re.IGNORECASE)
#: Words of subjects: "in Social Protection Financing" is no place.
SUBJECT = re.compile(
    r"\b(?:social|protection|security|policy|insurance|actuarial|finance|financing|health|labour|"
    r"management|english|french|spanish|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|collaboration|cooperation|covid)\b",
    re.IGNORECASE,
)
