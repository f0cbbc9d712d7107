"""The words and forms by which legal acts are told in prose, in English, French and Spanish."""

from __future__ import annotations

import re

#: Words for kinds of act and their notation in our scheme, more particular ones first.
TYPES: tuple[tuple[str, str], ...] = (
    (r"sub-?\s?decrees?|sous-decrets?|anukret", "sub-decree"),
    (r"prakas", "prakas"),
    (
        r"decree[- ](?:by )?laws?|legislative decrees?|decrets?[- ]lois?|decrets? legislatifs?",
        "decree-law",
    ),
    (r"decretos?(?:[- ]le(?:y(?:es)?|is?)|[- ]legislativos?)", "decree-law"),
    (r"royal (?:decrees?|kram)|decrets? roya(?:l|ux)|arretes? roya(?:l|ux)", "royal-decree"),
    (r"reales decretos|real decreto|dahirs?", "royal-decree"),
    (r"(?:presidential |supreme |executive |government )?decrees?", "decree"),
    (r"decrets?(?: presidentiels?| executifs?| gouvernementa(?:l|ux))?", "decree"),
    (
        r"decretos?(?: supremos?| ejecutivos?| presidencia(?:l|is|les)| unicos? reglamentarios?"
        r"| reglamentarios?| de necesidad y urgencia)?",
        "decree",
    ),
    (r"circulars?|circulaires?|circulares|notes? (?:de service|circulaires?)", "circular"),
    (r"instructions?|instruccion(?:es)?|instructivos?|directives?|directivas?", "instruction"),
    (
        r"resolutions?|resolucion(?:es)?(?: (?:legislativa|suprema|administrativa)s?"
        r"| (?:ministerial|directoral)(?:es)?)?|resoluc(?:ao|oes)",
        "resolution",
    ),
    (r"acts?", "act"),
    (r"(?:organic |federal |framework |complementary )?laws?|proclamations?|proclamas?", "law"),
    (r"(?:labou?r|social security) codes?|codes? du travail|codigos? del trabajo", "law"),
    (
        r"lois?(?:[- ](?:organiques?|cadres?|programmes?)| d'orientation(?: [a-z]{4,14})?)?"
        r"(?=\s|$)",
        "law",
    ),
    (r"ley(?:es)?(?: organicas?| marco)?(?=\s|$)", "law"),
    (r"leis?(?: complementar(?:es)?| organicas?)?(?=\s|$)", "law"),
    (
        r"ordinances?|ordonnances?(?: (?:inter)?ministerielles?)?"
        r"|ordenanzas?(?: municipal(?:es)?| departamental(?:es)?)?",
        "ordinance",
    ),
    (
        r"(?:ministerial |executive |administrative |department |statutory regulatory )?orders?"
        r"|ordenes ejecutivas",
        "order",
    ),
    (r"(?:gazette )?notifications?|portarias?|despachos?|(?:ministerial )?diplomas?", "order"),
    (r"(?:working )?procedures?", "regulation"),
    (r"(?:gazette|general) notices?", "order"),
    (r"arretes?(?: conjoints?| (?:inter)?ministeriels?)?", "order"),
    (r"acuerdos? (?:gubernativos?|ministerial(?:es)?)", "order"),
    (
        r"(?:statutory|legislative|executive) instruments?|(?:legal|government) notices?"
        r"|by-?laws?|bye-?laws?",
        "regulation",
    ),
    (r"regulations?|reglements?|reglamentos?", "regulation"),
    (
        r"(?:cabinet |ministerial )?decisions?|decision(?:es)?|acuerdos?|disposicion(?:es)?"
        r"|providencias?|deliberations?|deliberac(?:ao|oes)",
        "decision",
    ),
)
TYPE = "|".join(f"(?P<t{n}>{words})" for n, (words, _) in enumerate(TYPES))
#: "No. 5", "n° 5"; but the "N" of "NS/RKM" belongs to the number.
NUMBERING = (
    r"(?<![A-Za-z])(?:(?:nos?|nro?s?|num|n)(?![A-Z/])\s?\.?\s?°?|numbers?|numeros?|№|\#)"
    r"\s?[:.]?\s{0,2}"
)
#: "26.844", "13,467": points or commas that part thousands.
THOUSANDS = r"\d{1,3}(?:[.,]\d{3})+(?!,?\d)(?:[/-]\d{2,4}(?!\d))?"
NUMBER = (
    rf"(?:{THOUSANDS}|(?-i:(?:[A-Z]\.){{1,4}}\s?\d{{1,5}})|"
    r"(?=[\w/.-]{0,14}\d)[A-Z0-9]{1,10}(?:[/.-][A-Za-z0-9]{1,12}){0,5})"
)
#: A year of our calendar: "2074" is one of Nepal's.
YEAR = r"(?:19\d\d|20[0-3]\d)"
#: "No. XXVIII of 2018", as South Asian acts are numbered: only with a year after it.
ROMAN = r"(?-i:[IVXLC]{1,9})(?=\s(?:of|de)\s(?:19|20)\d\d\b)"
TOPIC = (
    r"(?:\s[\"']?(?:on|sur|relative a|relatif a|portant|sobre|de|for)\s[^\n.;()]{3,120}?"
    r"|\s(?:of|du|des|del|de l'|d')\s?(?:the\s)?(?-i:[A-Z])[^\n.;()]{3,60}?"
    r"|(?-i:(?:\s[A-Z][a-z]{2,20}){1,2})"
    # "Arrêté du ministre des Affaires sociales n° 5".
    r"|\s(?:du|de la|de l'|del|of the)\s?(?:premier )?(?:ministre|ministere|president|presidente|"
    r"ministro|ministra|ministerio|minister|direct\w+|gouverneur|conseil)\b[^\n.;()0-9]{0,80}?"
    # "Décret d'application n° 5", "Decreto reglamentario N.º 5".
    r"|(?:\s(?:d'|de\s)?(?-i:(?!lois?\b|decrets?\b|arretes?\b|ley\b|decreto\b|resolucion\b)"
    r"[a-z][a-z-]{4,18})){1,2}(?=\s(?:n\s?[°o.]|nos?\b|num|numeros?\b))"
    # "Decree UP No. 90": the series it is numbered in.
    r"|(?-i:\s[A-Z][A-Z./-]{0,16}(?=\s)))?"
)

NUMBERED = re.compile(
    rf"\b(?:{TYPE})(?P<topic>{TOPIC})\s{{0,3}},?\s?[\[(]?(?:{NUMBERING})[\[(]?"
    rf"(?P<number>{NUMBER}|{ROMAN})[\])]?",
    re.IGNORECASE,
)
PLAIN = re.compile(
    rf"\b(?:{TYPE})\s{{1,3}}"
    r"(?:(?-i:(?!Article|Section|Chapter|Part|Title|Convention)[A-Z][a-z]{3,12})\s)?"
    r"(?P<number>\d{1,3}(?:\.\d{3})+(?:/\d{2,4})?|\d{1,6}"
    r"(?:[/-]\d{1,6}(?:[/-][A-Z0-9]{1,8}){0,3}"
    r"|(?-i:[/-][A-Z][A-Za-z]{1,8}(?:[/-][A-Z0-9][A-Za-z0-9]{0,8}){0,3}))?"
    rf"|{ROMAN}"
    r"|(?-i:[A-Z]{1,6}-\d{1,6}(?:[/-]\d{2,4})?)"
    r"|(?-i:[A-Z]{1,6}(?:/[A-Z]{1,6}){0,3}(?:/\d{1,6}){1,3}(?:/[A-Z]{1,10}){0,3}))"
    r"(?!,?[\w.]*\d)(?!\s?%)",
    re.IGNORECASE,
)
DATED = re.compile(
    rf"\b(?:{TYPE})\s{{1,3}}"
    r"(?:of|dated|adopted on|signed on|du|del|de fecha|en date du)\s{1,3}(?=\d)",
    re.IGNORECASE,
)
#: "Labour Protection Act (No. 7), B.E. 2562": which amendment of it, no number of an act.
ORDINAL = r"\s?\(No\.?\s?\d{1,2}\)"
ORDINAL_YEAR = re.compile(rf"{ORDINAL},?\s\(?(?:B\.?\s?E\.?\s?\d{{4}}|{YEAR})\b", re.IGNORECASE)
#: Between a name and its year: ", ", "of", "(", and the year of another calendar before it.
TO_YEAR = (
    rf"(?:{ORDINAL})?"
    r"(?:,?\s(?:of\s)?|\s?\()"
    r"(?:,?\s?\(?(?:B\.?\s?[ES]\.?\s?\d{4}|20[4-9]\d)\)?,?\s?\(?)?"
    rf"(?P<year>{YEAR})\b"
)
NAMED = re.compile(
    r"(?P<name>(?:(?:[A-Z][\w'-]{1,30}|\([A-Z][\w &'-]{2,60}\))\s"
    r"(?:(?:and|&|of|for|the|with)\s){0,2}){1,9}"
    rf"(?P<kind>Act|Law|Ordinance|Regulations?|Order)){TO_YEAR}"
)
#: "the Health Insurance Benefit Package Directive": an act by its name alone.
TITLED = re.compile(
    r"(?:[A-Z][\w'-]{1,30}\s(?:(?:and|&|of|for)\s)?){1,9}"
    r"(?P<kind>Act|Law|Ordinance|Regulations?|Order|Directive|Decree|Circular|Instructions?)\b"
    r"(?!\s(?:[A-Z\d]|No))"
)
#: "the Employment Act, 2007 (No. 11 of 2007)": the number of the act just named.
NUMBER_FOLLOWS = re.compile(
    rf"\s?\((?:{NUMBERING})(?P<number>{NUMBER})(?:\s(?:of|de)\s{YEAR})?\)", re.IGNORECASE
)
#: "the Royal Decree on Contribution Rates …, B.E. 2561 (2018)", "the Law on Pensions of 2016".
TOPICAL = re.compile(
    rf"\b(?:{TYPE})\s(?:on|concerning|regarding|relating to)\s(?-i:(?:the\s)?[A-Z])"
    rf"[^\n.;()]{{3,160}}?{TO_YEAR}\)?",
    re.IGNORECASE,
)
#: "Act No. 11199, the Social Security Act of 2018": the name of the act just numbered.
NAME_FOLLOWS = re.compile(
    rf"{NUMBERING}{NUMBER}\s?,?\s(?:\(|(?:also )?(?:known|cited|referred to) as )?(?:the\s)?$",
    re.IGNORECASE,
)
RATIFIED = re.compile(
    r"\bratif[a-z]{1,8}\b(?:\s(?:of|the|ilo|le|la|el|de|l'oit|by))*(?P<before>[^\n.;]{0,160}?)"
    r"\b(?P<name>(?:convention|convenio)\b)[^\n.;]{0,90}?"
    rf"{NUMBERING}(?P<number>\d{{1,3}})\)?",
    re.IGNORECASE,
)
AND_NUMBER = re.compile(rf"(?:\s?,|\s(?:and|et|y|&))\s(?:{NUMBERING})?(?P<number>{NUMBER})", re.I)
OF_YEAR = re.compile(
    rf",?\s{{1,3}}(?:of|de|du|s\.|series of)\s{{1,3}}({YEAR})\b|\s?[,(]\s?({YEAR})\b", re.I
)
YEAR_IN_NUMBER = re.compile(rf"(?:^|[/-])({YEAR})(?:$|[/-])")

ADOPTED = (
    r"adopted|approved|passed|enacted|promulgated|signed|issued|ratified|endorsed|gazetted|"
    r"published|taken"
    r"|adoptee?s?|approuvee?s?|promulguee?s?|signee?s?|votee?s?|prise?s?|ratifiee?s?|publiee?s?"
    r"|adoptad[oa]s?|aprobad[oa]s?|promulgad[oa]s?|sancionad[oa]s?|expedid[oa]s?|firmad[oa]s?"
    r"|emitid[oa]s?|dictad[oa]s?|ratificad[oa]s?|publicad[oa]s?"
)
PAST = (
    r"adopte|approuve|promulgue|signe|vote|pris|ratifie|publie|adopto|aprobo|promulgo|sanciono"
    r"|expidio|firmo|emitio|dicto|ratifico|publico"
)
_LAW = "|".join(
    f"(?P<t{n}>{words})"
    for n, (words, notation) in enumerate(TYPES)
    if notation in ("act", "law", "decree", "decree-law", "royal-decree", "ordinance")
)
#: "the Law on Social Insurance (revised)", "la loi portant création de la Caisse".
ON_TOPIC = re.compile(
    rf"\b(?-i:(?=[A-Z]|lois?\b|decrets?\b|ley\b|decreto\b|ordonnance\b|lei\b))(?:{_LAW})\s"
    r"(?:on|concerning|regarding|sur|relati(?:ve|f) (?:a|aux?)|portant|instituant|sobre|relativa a|"
    r"que (?:crea|regula|establece|reforma)|d[eo]l?)\s?"
    r"(?=[a-z'A-Z])[^,.;:()\n]{3,90}?(?:\s\([^()\d]{2,20}\))?"
    r"(?=\s?(?:[,.;]|\b(?:was|were|has been|had been|a ete|ont ete|fue|fueron|se)\b|"
    r"\b(?:on|le|el|du|del|of|de|dated)\s(?:\d|1er)|$))",
    re.IGNORECASE,
)
#: After a sentence about an act: its day.
LATER = re.compile(
    r"\s?(?:it|this|the (?:act|law|decree|order|regulation|resolution|decision|ordinance|"
    r"instrument)|"
    r"il|elle|celui-ci|celle-ci|ce (?:texte|decret|reglement)|cet(?:te)? (?:arrete|loi|decision|"
    r"ordonnance)|(?:la|esta) (?:ley|norma|resolucion)|(?:el|este) (?:decreto|acuerdo|reglamento)|"
    r"la loi|le decret|le texte|l'arrete|fue|se)\s"
    r"(?:(?:was|had been|has been|a ete|fut|fue|se|ha sido|est)\s)?(?:\w+ly\s)?"
    rf"(?:{ADOPTED}|{PAST})\b",
    re.IGNORECASE,
)
ADOPTION = re.compile(rf"\b(?:{ADOPTED}|{PAST})\b", re.IGNORECASE)
VERB_BEFORE_DATE = re.compile(
    rf"\b(?:{ADOPTED}|{PAST})\s?,?\s?(?:on|le|el|du|del)?\s?$", re.IGNORECASE
)
OF_DAY = re.compile(r"[\s,(]{0,3}(?:of|dated|de|du|del)?\s{0,3}", re.IGNORECASE)
ARTICLE_ONLY = re.compile(r"[\s,]{0,3}(?:the|an?|le|la|les|l'|el|los|las|une?)?\s{0,3}", re.I)
#: After the verb, past a day: "signed on 3 May by".
BY = re.compile(r"[^.;:()]{0,30}?\b(?:by|par|por)\s{1,3}", re.IGNORECASE)
ACTIVE = re.compile(
    rf"\s{{1,3}}(?:(?:has|have|had|a|ont|ha|han)\s{{1,3}})?(?:{ADOPTED}|{PAST})\b"
    r"(?!\s{1,3}(?:by|par|por)\b)",
    re.IGNORECASE,
)
#: Between the verb and an act: what the verb governs is another thing.
ANOTHER_CLAUSE = re.compile(r"\b(?:which|that|who|qui|que|dont)\b|[;:]", re.IGNORECASE)
OTHER_DATE = re.compile(
    r"launch|entere?d? into force|enter(?:s|ing)? into force|came into|come into|coming into|"
    r"took effect|takes effect|tak(?:e|ing) effect|effective|in force|implement|lance|entree? en "
    r"vigueur|entre en vigueur|entrera|entro en vigor|entrara|vigencia|vigor|lanzad|lanzo|"
    r"applicable|workshop|disseminat|\bpresent",
    re.IGNORECASE,
)
#: Behind an act: its day is that of the act before it.
SAME_DAY = re.compile(
    r",?\s(?:of|on|du|de la|del|le) (?:the same (?:day|date)|meme (?:jour|date)|misma fecha|"
    r"mismo dia)\b",
    re.IGNORECASE,
)
OTHER_ACT = re.compile(
    r"\bunder\s(?:the\s|its\s)?(?:\w+\s)?$"
    r"|\b(?:amend\w*|repeal\w*|replac\w*|supersed\w*|pursuant to|in accordance with|based on|"
    r"implement\w*|modif\w*|abrog\w*|conformement a|en application|en vertu|remplac\w*|derog\w*|"
    r"reform\w*|en desarrollo|con base en|de acuerdo con|con arreglo a|sur la base|aux termes|"
    r"prevue?s? par|provided by|en el marco|dans le cadre|(?:within|in|under) the framework|"
    r"en virtud|conforme a|as required by|having regard to|building on|in line with|unlike|"
    r"contrairement a|a diferencia de|refers? to|referring to|s'appuie(?:nt)? sur|"
    r"(?:se )?fonde(?:nt|e?s?) sur|renvoie(?:nt)? a|se refere(?:nt)? a|se basan? en|"
    r"basad[oa]s? en|se fundamentan? en|remiten? a|"
    r"provided for in|review of|revision of|application of|supplements?|complementan?|"
    r"en complement (?:de|du)|"
    r"complet(?:e|ent|ant)(?=\s(?:la|le|les|l'|ce|ces|cette)\b))\s[^.;]{0,40}$"
    # "Both follow the Programme approved by Decree No. 435": the act of what they go by.
    r"|\b(?:follow(?:s|ing)?|based on|part of)\s[^.:;,]{3,80}\s"
    r"(?:approved|adopted|endorsed|established|introduced) by\s(?:the\s)?$"
    r"|\b(?:first|originally|initially|previously)\s\w+ed (?:by|in|under|through)\s[^.;,]{0,30}$"
    r"|\b(?:previous|earlier|former|ancienne?|precedente?|anterior)\s[^.;,]{0,20}$",
    re.IGNORECASE,
)
LISTED = re.compile(
    r"\)?\s?(?:,|\(?\b(?:and|et|y|as well as)\b|,\s(?:and|et|y))\s(?:the |la |le |l')?", re.I
)
#: "… Ordinance No. 32 of 1939 had been amended": it is another act's doing that is told.
CHANGED = re.compile(
    r"(?:,[^,;.]{0,80},)?[^.;,]{0,60}\s(?:(?:has|have|had) been|was|were|is|are|a ete|"
    r"ont ete|avait ete|fue|"
    r"fueron|ha sido|quedan?|quedo|est|sont|stays?|remains?|continues?|reste(?:nt)?|demeure(?:nt)?|"
    r"siguen?|continua)\s(?:still |toujours |aun |to be )?"
    r"(?:amended|repealed|replaced|revised|supersede|abrog|modifi|remplace|revis|derogad|"
    r"modificad|"
    r"reemplazad|reformad|background|older|void|in force|valid|applicable|en vigueur|"
    r"vigente|the basis|revoked|"
    r"supplemented|complemented|completee?s? par|complementad)",
    re.IGNORECASE,
)
#: "Law No. 530 dates from 2016": older than what is told.
DATES_FROM = re.compile(
    r"[^.;,]{0,90}\s(?:dates? (?:from|back)|date(?:nt)? de|data(?:n)? de)\b", re.IGNORECASE
)
#: "the Constitutional Court, by Decision No. 91".
BY_COURT = re.compile(r"\b(?:court|tribunal|cour|corte)\b[^.;]{0,40}$", re.IGNORECASE)
#: After one act of several: what is said of it alone.
OWN_PREDICATE = re.compile(
    r"\)?\s(?:was|is|has|had|remains?|est|a|reste|fue|es|ha|sigue)\b", re.IGNORECASE
)
#: Between an act and the law that it brings about.
PROMULGATES = re.compile(
    rf"[^.;]{{0,60}}\b(?:promulgating|enacting|approving|issuing|promulguant|approuvant|portant|"
    rf"que (?:promulga|aprueba)|{ADOPTED}|{PAST})\s(?:the\s|la\s|le\s|l'|el\s)?",
    re.IGNORECASE,
)
#: Courts and conferences decide and resolve, but make no law.
NO_LAWMAKER = re.compile(
    r"\s(?:of|by|du|de la|de l'|del)\s?[^.;,]{0,60}\b"
    r"(?:court|tribunal|cour|corte|conference|conferencia)\b",
    re.IGNORECASE,
)
DRAFT = re.compile(
    r"\b(?:draft|drafts|proposed|drafting of the|projet de|avant-projet de|projets de|proyecto de|"
    r"anteproyecto de)\s{1,3}(?:the |new |la |ley de )?$",
    re.IGNORECASE,
)
#: Only who issues acts: in "the Employees' Social Security Act" it is about employees.
POSSESSIVE = (
    r"((?:[A-Z][\w.-]{0,30}\s){0,5}(?:Minister|President|King|Queen|Governor|Emperor|Sultan|Emir|"
    r"Government|Council|Cabinet|Assembly|Parliament|Ministry|Court))(?:'s|s')\s{1,3}"
)
ISSUER = re.compile(rf"{POSSESSIVE}$")
ISSUER_FIRST = re.compile(POSSESSIVE)
#: "Resolution of the Cabinet of Ministers No. 654".
ISSUER_AFTER = re.compile(
    rf"(?:{TYPE})\s(?:of|du|del|de la|de l')\s?(?:the\s)?"
    r"(?=(?:cabinet|council|government|president|"
    r"prime|minist|parliament|national assembly|assemblee|conseil|consejo|gouvernement|gobierno|"
    r"congreso|asamblea))",
    re.IGNORECASE,
)
NUMBERING_BEGINS = re.compile(rf"\s{NUMBERING}\s?\w", re.IGNORECASE)
BEFORE = re.compile(
    r"(?:(?:[A-Z][\w&'.-]{1,30}|\([A-Z]\w{2,30}\))\s{1,2}(?:(?:and|of|on|for|the)\s{1,2}){0,2}){1,7}$"
)
NOT_A_NAME = re.compile(
    r"^(?:(?:the|in|on|by|under|with|through|following|after|this|a|an|new|as|le|la|les|el|los|"
    r"las|unlike|since|building on|based on|pursuant to|according to|besides|replacing|repealing|"
    r"its|his|her|both|and|of|on|for|par|por|mediante|selon|segun|dans|en|avec|con|sous|bajo|"
    r"apres|tras|depuis|desde|des|du|de|del|ce|cet|cette|ces|este|esta|une?|una|sa|son|su|sus)"
    r"\s{1,2})+",
    re.IGNORECASE,
)


def kind_of_act(words: str) -> str | None:
    """Return the notation of a kind of act in words ("Legal Notice"), None when it is none.

    Parameters:
        words: as matching text, see `outcome_graph.sources.text.fold`.
    """
    for pattern, notation in TYPES:
        if re.fullmatch(pattern, words, re.IGNORECASE):
            return notation
    return None
