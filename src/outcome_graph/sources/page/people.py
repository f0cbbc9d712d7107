"""How many took part in an event: numbers in digits and in words, and the words for people.

A number beside a word that says they came ("40 participants", "attended by 40 judges") is of those
who took part; beside another word for people it may be, where its form says so ("(40 workers)").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from outcome_graph.sources.page.dates import FoundDate, find_dates
from outcome_graph.sources.text import SourceText, Span

__all__ = [
    "COUNTED",
    "NUMBER",
    "Count",
    "count_anybody",
    "count_ends",
    "count_people",
    "number_of",
]

_UP_TO_THIRTY = (
    "one un une uno una|two deux dos|three trois tres|four quatre cuatro|five cinq cinco|six seis|"
    "seven sept siete|eight huit ocho|nine neuf nueve|ten dix diez|eleven onze once|"
    "twelve douze doce dozen|thirteen treize trece|fourteen quatorze catorce|"
    "fifteen quinze quince|sixteen seize dieciseis|seventeen diecisiete|eighteen dieciocho|"
    "nineteen diecinueve|twenty vingt vingts veinte|veintiuno veintiun veintiuna|veintidos|"
    "veintitres|veinticuatro|veinticinco|veintiseis|veintisiete|veintiocho|veintinueve|"
    "thirty trente treinta"
)
_TENS_FROM_FORTY = (
    "forty quarante cuarenta|fifty cinquante cincuenta|sixty soixante sesenta|seventy setenta|"
    "eighty ochenta|ninety noventa|hundred cent cents cien ciento"
)
_VALUES = {
    word: step * number
    for told, first, step in ((_UP_TO_THIRTY, 1, 1), (_TENS_FROM_FORTY, 4, 10))
    for number, words in enumerate(told.split("|"), first)
    for word in words.split()
}
_WORD = "|".join(sorted(_VALUES, key=len, reverse=True))
_FIRST = "|".join(sorted((w for w, n in _VALUES.items() if n > 1), key=len, reverse=True))
#: A number: 1,200; 40; forty-two; treinta y cinco; but not "une trentaine".
NUMBER = (
    r"(?:(?<![\d.,/-])(?:\d{1,3}(?:[ ,.]\d{3})+|\d{1,6})(?![\d/]|[.,]\d)|"
    rf"(?<!per )(?<!pour )(?<!por )(?<!-)\b(?:(?:an?|one|une?|una)\s)?(?:{_FIRST})"
    rf"(?:(?:\s(?:and|et|y)\s|-et-|[\s-])(?:{_WORD})){{0,5}}\b)"
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
    r"pax|salaries|affilies|gestionnaires|clerks|nurses|chiefs|champions|spouses|"
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
_SURELY = re.compile(r"particip|attend|delegates|trainees|asistentes", re.IGNORECASE)
#: Leads that are said of those who come, whoever they are.
_BROUGHT = re.compile(
    r"attended|gather|bringing|brought|suivie?|drew|attracted|welcomed|particip|attire|accueilli|"
    r"atrajo|convoco|conto|reuni|regroup|rassembl",
    re.IGNORECASE,
)
#: "85 per cent of participants", "2 days for participants": the number is of something else.
_NOT_OF_THEM = re.compile(
    r"\b(?:of|for|with|from|in|per|cent|days?|hours?|sessions?|countries|provinces|districts|"
    r"institutions|organi[sz]ations|companies|de|des|du|pour|avec|pays|jours?|para|con|del|paises|"
    r"dias?|horas?)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r"\b(?:of whom|whom|dont|including|incl|of them|among them|parmi eux|cuales|ellos|ellas|"
    r"y compris|incluid[oa]s)\b"
    r"|^\s?[,(]\s?$",
    re.IGNORECASE,
)
_FOR = frozenset(("for", "pour", "para"))
_MOST_FOR = 300
#: Few in words, "with three experts", may be who helped.
_FEW = 8
_UNIT = (
    r"(?:days?|weeks?|months?|hours?|years?|sessions?|modules?|rounds?|per|jours?|semaines?|mois|"
    r"heures?|ans|dias?|semanas?|meses|horas?|anos|sesiones|modulos|minutes?|minutos?)\b"
)
_CAME_VERB = (
    r"(?:took part|attended|participated|joined|met|gathered|came|"
    r"(?:ont|y ont) (?:participe|pris part|assiste)|se sont (?:reuni[es]*|retrouve[es]*)|"
    r"participaron|asistieron|se (?:reunieron|capacitaron|formaron)|"
    r"(?:was|were|had been) (?:trained|coached|instructed|introduced|present|sensiti[sz]ed)|"
    r"(?:a|ont) ete (?:formee?s?|initiee?s?|sensibilisee?s?|outillee?s?|capacitee?s?)|"
    r"(?:fue|fueron) (?:capacitad|formad|sensibilizad)[oa]s?)"
)
_TOOK_PART = re.compile(
    rf"\s?(?:(?:who|qui|que|which|that|y|en|alli|there)\s)?{_CAME_VERB}\b", re.IGNORECASE
)
#: "a training of 25 controllers", "in which 11 social workers took part": whoever they are.
_TRAINEES = re.compile(
    r"\b(?:(?:trained|coached|briefed|(?:(?:a|ont) )?(?:forme|outille|initie|sensibilise)|"
    r"capacit(?:o|aron)(?: a)?|formo a)|"
    r"(?:training|formation|capacitacion|courses?|cours|"
    r"curso|tour|visite?|voyage d'etude|visita|gira|mission|delegation)\s"
    r"(?:of|for|de|d'|pour|para|a))\s?(?:some |about |over |around |environ |quelque |unos |unas )?"
    rf"(?P<n>{NUMBER})\s?(?<!\w)(?!{_UNIT})[a-z]{{3,20}}",
    re.IGNORECASE,
)
_CAME = re.compile(
    rf"(?P<n>{NUMBER})\s?(?<!\w)(?!{_UNIT})(?:[\w'-]+\s){{1,4}}{_CAME_VERB}\b", re.IGNORECASE
)
#: "participants: 40", "the number of participants was 40".
_LABELLED = re.compile(
    r"\b(?:participants?|participantes|attendees|attendance|asistentes|personnes presentes|"
    r"n(?=\s?=))"
    r"(?:\s?\([a-z ]{1,20}\))?(?:\s?[:=]|[^.;:\d]{0,20}\b(?:was|were|fue|etait)|"
    rf"[^.;:]{{0,80}}\s(?:was|fue(?: de)?|etait de))\s(?P<n>{NUMBER})(?!\s?(?:per cent|%|years))\b",
    re.IGNORECASE,
)
_TRAINED = re.compile(
    r"\b(?:trained|coached|forme|capacit(?:o|aron)(?: a)?|took|(?:training|formation|capacitacion|"
    r"course|tour|visit|workshop|delegation|group) (?:of|for|de|d'|pour|para))\s?(?:of |some |"
    r"about )?$",
    re.IGNORECASE,
)
#: Any plural: whoever they are, or whatever.
_ANYBODY = re.compile(
    rf"(?P<n>{NUMBER})\s?(?<!\w)(?!{_UNIT})(?!(?:\w+\s){{0,2}}(?:countries|provinces|districts|"
    r"cities|towns|villages|communities|institutions|organi[sz]ations|companies|enterprises|"
    r"ministries|agencies|questions|recommendations|articles|pages|households|families|records|"
    r"files|calls|indicators|steps|points|measures|laws|schools|hospitals|copies|languages|"
    r"stations|programmes|per|percent|million|milliards?|euros|dollars|pays|villes|communes|"
    r"entreprises|institutions|menages|familles|paises|ciudades|empresas|instituciones|hogares|"
    r"familias|municipios|departamentos)\b)(?P<word>(?:[a-z'-]+\s){0,2}?[a-z-]{3,}s)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many took part in an event.

    Parameters:
        number: how many. span: where the number stands. start: where its words begin.
        certain: whether the words say that these took part.
    """

    number: int
    span: Span
    start: int
    certain: bool


def number_of(words: str) -> int:
    """Return the number that digits or words tell: "1,200", "forty-two", "quatre-vingt-dix".

    Parameters:
        words: as `NUMBER` finds them.
    """
    if digits := re.sub(r"\D", "", words):
        return int(digits)
    told = [_VALUES[word] for word in re.findall(r"[a-z]+", words.lower()) if word in _VALUES]
    total = 0
    for value in told:
        # "two hundred", "quatre-vingts"
        times = (value == 100 or (value == 20 and total == 4)) and total > 0
        total = total * value if times else total + value
    return total


def count_people(source: SourceText, item: Span, dates: list[FoundDate]) -> Count | None:
    """Read how many took part in an event, None where nobody is counted.

    Parameters:
        source: the text. item: what is said of the event. dates: in it; their days are no count.
    """
    counts = _outside(PARTICIPANTS, source, item, dates)
    own = _of_them(counts)
    if own:
        counted = _counted(own[0], _are_participants(source, item, own))
        came = _CAME.match(source.match, own[0].start("n"), item.end)
        if came and not own[0]["lead"] and len(own) == 1:
            return replace(counted, start=item.end, certain=True)
        return counted
    for pattern in (_TRAINEES, _CAME, _LABELLED):
        told = next(iter(_outside(pattern, source, item, dates)), None)
        if told:
            # "training of 25 controllers", "17 clerks were trained": the words are the event's.
            starts = told.start() if pattern is _LABELLED else item.end
            return Count(number_of(told["n"]), Span(*told.span("n")), starts, certain=True)
    return _counted(counts[0], certain=False) if counts else None


def count_ends(source: SourceText, item: Span) -> list[int]:
    """Return where each number of people ends in what is said of one event or several.

    Parameters:
        source: the text. item: what is said.
    """
    dates = find_dates(source.match, item)
    return [m.end() for m in _of_them(_outside(PARTICIPANTS, source, item, dates))]


def _of_them(counts: list[re.Match[str]]) -> list[re.Match[str]]:
    return [m for m in counts if not _NOT_OF_THEM.search(m["between"])]


def count_anybody(source: SourceText, item: Span, dates: list[FoundDate]) -> Count | None:
    """Read the only number of anything in what is said of an event: it may be of who took part."""
    counts = _outside(_ANYBODY, source, item, dates)
    return _counted(counts[0], certain=False) if len(counts) == 1 else None


def _outside(
    pattern: re.Pattern[str], source: SourceText, item: Span, dates: list[FoundDate]
) -> list[re.Match[str]]:
    """What a pattern finds whose number is none of a date."""
    days = [date.span for date in dates]
    return [
        m
        for m in pattern.finditer(source.match, *item)
        if not any(day.start <= m.start("n") < day.end for day in days)
    ]


def _counted(found: re.Match[str], certain: bool) -> Count:
    return Count(number_of(found["n"]), Span(*found.span("n")), found.start(), certain)


def _are_participants(source: SourceText, item: Span, counts: list[re.Match[str]]) -> bool:
    """Whether the first of these numbers is of all who took part, and no other is."""
    counted, others = counts[0], counts[1:]
    rest = source.match[counted.end() : others[0].start("n")] if others else ""
    if others and not _OF_THEM.search(rest):
        return False
    number = number_of(counted["n"])
    if _TOOK_PART.match(source.match, counted.end(), item.end):
        return True
    if _SURELY.match(counted["word"]) or (counted["lead"] and _BROUGHT.match(counted["lead"])):
        return True
    if counted["n"][0].isalpha() and number < _FEW:
        return False
    before = source.match[item.start : counted.start()]
    bracket = counted[0].startswith("(") or before.rfind("(") > before.rfind(")")
    # "for 600 workers": more than come to an event.
    many = number > _MOST_FOR and counted["lead"] in _FOR
    return bool(bracket or (counted["lead"] and not many) or _TRAINED.search(before))
