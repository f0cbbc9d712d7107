"""The words and forms by which prose tells who paid, in English, French and Spanish."""

from __future__ import annotations

import re

from outcome_graph.sources.page.words.small import BEFORE_WORD

_BY = r"\s{1,4}(?:mainly |jointly |partly |conjointement |conjuntamente )?(?:by|par|por)\s{1,4}"
_OF = r"\s{1,4}(?:(?:of|from|by|provided by|de|du|des|del)\b)?\s{0,4}"
_MORE_FR = r"(?:\s(?:additionnel|supplementaire|complementaire)s?)?"
_MORE_ES = r"(?:\s(?:adicional(?:es)?|complementari[oa]s?|propi[oa]s?))?"
FUNDED = re.compile(
    rf"\b(?:(?:co-?)?(?:financed|funded)|paid for|financee?s?|cofinancee?s?|"
    rf"(?:co)?financiad[oa]s?){_BY}"
    rf"|\b(?:with|through|thanks to|using|possible by)\s(?:the\s)?"
    r"(?:(?:additional|further|complementary)\s)?(?:financial support|"
    rf"financial contribution"
    rf"|financial assistance|funding|funds|financing|generous support|a grant){_OF}"
    r"|\b(?:avec|grace a|grace au|sur)\s(?:le\s|l'|un\s|des\s)?(?:financement|appui financier|"
    rf"soutien financier|fonds|concours financier){_MORE_FR}{_OF}(?:d'|l')?"
    r"|\b(?:con|gracias a|gracias al)\s(?:el\s|la\s|los\s)?(?:financiacion|financiamiento|"
    rf"apoyo financiero|fondos|recursos){_MORE_ES}{_OF}(?:su\s)?"
    r"|\b(?:financial (?:support|assistance|contributions?)|funding|funds|financing)"
    r"(?:\sfor [^.;,]{3,60}?)?\s(?:(?:was|were|is|has been|have been)\s(?:also |kindly |"
    r"generously )?"
    r"(?:received|provided|obtained|secured|mobili[sz]ed|granted|made available)|came|"
    r"comes)\s(?:from|by)\s"
    r"|\b(?:received|obtained|secured|mobili[sz]ed)\s(?:\w+\s)?(?:financial support|funding|"
    r"funds)\sfrom\s"
    r"|\b(?:appui|soutien|concours) financier (?:a ete )?(?:recu|fourni|apporte|accorde) (?:de|"
    r"du|des|par)"
    r"\s?(?:l'|d')?"
    r"|\b(?:financement|apoyo financiero|financiamiento|financiacion)\s(?:a ete |fue )?"
    r"(?:fourni|assure|apporte|proporcionad[oa]|otorgad[oa]|recibid[oa])\s(?:par|por|de|du|"
    r"del)\s(?:l')?"
    r"|\b(?:donors?|bailleurs?(?: de fonds)?|donantes?|financed by|funded by|funds?|fonds|fondos|"
    r"funding|financement|financiamiento|financiacion)\s?:\s{0,4}",
    re.IGNORECASE,
)
X_FUNDED = re.compile(r"((?:[A-Z][\w.]{0,30}\s){0,4}[A-Z][\w.-]{0,30}?)-(?:funded|financed)\b")
#: "Sida and the Government of Finland financed the work": who did stands before.
ACTIVE = re.compile(
    r"\s(?:(?:has|have|had|a|ont|ha|han)\s)?(?:jointly\s|also\s)?"
    r"(?:(?:(?:co-?)?(?:financed|funded)|finance|financio|financiaron|financiado)\s"
    r"(?=(?:the|this|these|an?|l'|la|le|les|el|los|las|un|une|una)\b|l')"
    r"|(?:provided|contributed|granted|gave)\s(?:the\s)?(?:financial support|funding|funds|"
    r"financing)\b"
    r"|(?:apporte|fourni|accorde)\s(?:un\s|son\s|le\s)?(?:appui|soutien|concours) financier\b"
    r"|(?:aporto|proporciono|brindo|otorgo)\s(?:el\s|un\s)?(?:apoyo financiero|financiamiento)\b)",
    re.IGNORECASE,
)
SUPPORTED = re.compile(
    r"\b(?:supported by|with (?:the )?support (?:of|from)|"
    r"with (?:a |the )?contributions? (?:of|from)|"
    r"avec (?:le soutien|l'appui) (?:de|du|des)|con (?:el )?apoyo (?:de|del))\s{1,4}"
    r"(?=(?:the |l'|la |le |el )?(?:government|gouvernement|gobierno|kingdom|royaume|reino|"
    r"european union|european commission|union europeenne|union europea|agence|agencia|"
    r"(?-i:(?:[A-Z][\w.'-]+\s){0,5}(?:Aid|Agency|Fund|Foundation|Bank|Cooperation|Sida|"
    r"Ministry))\b))",
    re.IGNORECASE,
)

#: "USD 2 million", "6 millions d'euros", "2.000.000 de dólares".
_SCALE = r"(?:million|millions|billion|thousand|millones|millon|milliards?|milliers|mil|m|bn)"
_CURRENCY = (
    r"(?:(?:us |u\.s\. )?(?:dollars?|dolares|euros?|francs?|francos|pounds?|kroner|kronor|"
    r"yens?|won)"
    r"(?:\s(?:suisses|cfa|us))?|usd|eur|chf|gbp|nok|sek|dkk|cad|aud|jpy|krw|us\$)"
)
_FIGURE = r"\d[\d.,]{0,20}(?:\s\d{3}){0,4}"
_AMOUNT = (
    r"(?:(?:a total of|a sum of|more than|over|some|about|around|nearly|environ|pres de|plus de|"
    r"unos|cerca de|mas de|casi)\s)?"
    rf"(?:(?:usd|eur|chf|gbp|nok|sek|dkk|cad|aud|jpy|krw|us\$|[$€£])\s?{_FIGURE}"
    rf"(?:\s?{_SCALE}\b)?|(?<![\d.,]){_FIGURE}\s?(?:{_SCALE}\b\s?)?(?:de |d'|of )?"
    rf"{_CURRENCY}\b)"
)
_FROM = (
    r"\s(?:from|of|by|provided by|given by|de la|de los|des|de l'|del|du|d'|de|par|"
    r"por)(?:\s|(?<='))"
)
_GIFT = (
    r"(?:grants?|contributions?|donations?|gifts?|loans?|funding|funds|financing|generosity|backing|"
    r"subventions?|dons?|financements?|concours|fonds|appui|soutien|prets?|enveloppes?|credits?|"
    r"donacion(?:es)?|subvencion(?:es)?|aportes?|contribucion(?:es)?|financiacion|financiamiento|"
    r"fondos|recursos|creditos?|prestamos?|support|assistance|apoyo)"
)
_KIND = (
    r"(?:\s?\b(?:generous|kind|additional|financial|voluntary|core|further|genereux|"
    r"genereuse|financiere?s?|financier[oa]s?|generos[oa])\b)*"
)
_DET = r"(?:(?:the|an?|its|their|un|une|le|la|les|des|el|los|las|una)\s|l')?"
#: Who paid stands after these, as surely as not: a person looks at it.
PAID_BY = re.compile(
    # The costs were borne by, les frais ont été pris en charge par, los gastos fueron cubiertos por
    r"\b(?:costs?|expenses|couts?|frais|depenses|costos?|costes?|gastos)\b[^.;]{0,60}?\b(?:was|were|is|"
    r"are|has been|have been|a ete|ont ete|sont|est|fueron|fue|han sido|son)\s(?:\w+(?:ly|"
    r"ment|mente)\s)?"
    r"(?:borne|covered|met|shared|paid|defrayed|supported|prise?s? en charge|couverte?s?|"
    r"supportee?s?|"
    r"partagee?s?|assumee?s?|cubiert[oa]s?|sufragad[oa]s?|asumid[oa]s?|pagad[oa]s?|costead[oa]s?|"
    r"compartid[oa]s?)\s(?:\w+(?:ly|ment|mente)\s)?(?:by|between|par|entre|por)\s"
    r"|\bcorr(?:io|ieron) a cargo (?:de|del)\s"
    r"|\b(?:sponsored|underwritten|supported financially|financially supported|backed financially|"
    r"prise?s? en charge|subventionnee?s?|(?:soutenue?s?|appuyee?s?) financierement|"
    rf"dotee?s? d[e'][^.;,]{{0,12}}{_AMOUNT}|sufragad[oa]s?|costead[oa]s?|auspiciad[oa]s?|"
    r"subvencionad[oa]s?|patrocinad[oa]s?|apoyad[oa]s? financieramente)\s(?:\w+(?:ly|ment|"
    r"mente)\s)?"
    r"(?:by|par|por)\s"
    # made possible by, rendu possible grâce à, posible gracias a
    r"|\bpos?sibles?\s(?:by|through|thanks to|with|par|grace a|grace aux?|gracias a|gracias al|"
    rf"mediante|por)\s(?:{_DET}{_KIND}\s?{_GIFT}\b(?:\s\w+er[oa]?)?(?:(?:\s(?:of|de|d'|worth))?\s?"
    rf"{_AMOUNT})?(?={_FROM}){_FROM})?"
    # a grant of EUR 2 million from
    rf"|\b{_GIFT}\s(?:\w+\s)?(?:of|worth|totalling|d'un montant de|de|d'|por)\s?{_AMOUNT}"
    r"(?:\s(?:was|were|accordee?s?|octroyee?s?|fournie?s?|otorgad[oa]s?|provided|received|given|made))*"
    rf"{_FROM}"
    rf"|{_AMOUNT}\s(?:(?:was|were)\s)?(?:provided|contributed|granted|received|given|donated|"
    r"accordee?s?|octroyee?s?|apportee?s?|versee?s?|otorgad[oa]s?|aportad[oa]s?|donad[oa]s?)\s"
    r"(?:by|from|par|por)\s"
    # with the backing of, avec une subvention de, con el patrocinio de
    r"|\b(?:with|through|using|(?:drew|drawing|relied) on|avec|con|mediante)\s"
    rf"{_DET}{_KIND}\s?(?:grants?|donations?|contributions?|backing|money|resources|sponsorship|"
    r"subventions?|dons?|concours|contribution financiere|parrainage|"
    rf"donacion(?:es)?|subvencion(?:es)?|aportes?|patrocinio|contribucion financiera){_FROM}"
    # Resources came from, les fonds proviennent de, los recursos provinieron de
    r"|\b(?:resources?|money|funds?|funding|financing|means|ressources|fonds|moyens|financement|"
    r"recursos|fondos|dinero|financiamiento|financiacion)\b[^.;,]{0,40}?\s(?:came|comes|come|"
    r"originated?s?|stem(?:s|med)|derived?s?|proviennent|provient|provenaient|sont venus|"
    r"emanent|provinieron|provino|provienen|proviene|vinieron|procedieron|proceden)\s"
    r"(?:from|de la|de los|des|de l'|del|du|d'|de)\s?"
    # a bénéficié d'un financement de, contó con el financiamiento de
    rf"|\b(?:beneficie\w*|profite|dispose|benefited|benefitted|conto|contaron|contado|cuenta)\s"
    r"(?:aussi |egalement |tambien )?(?:from |con |d'|du |de la |des |"
    rf"de )\s?{_DET}{_KIND}\s?{_GIFT}"
    rf"(?:\s\w+er[oa]?)?(?:(?:\s(?:of|de|d'))?\s?{_AMOUNT})?{_FROM}"
    rf"|\bsur\s(?:le\s)?(?:financement|ressources|fonds|don){_FROM}"
    rf"|\bs'ajoutent? (?:le |la |les |l'|un |une ){_GIFT}{_FROM}"
    # le projet que finance la Norvège
    r"|\bque (?:(?:co)?finance(?:nt)?|(?:co)?financi(?:an?|o|aron))\s"
    r"(?=(?:la |le |l'|les |el |los )?(?-i:[A-Z]))"
    r"|\bthanks to\s(?=(?:the )?(?:government|kingdom|republic|european|embassy|"
    r"(?-i:(?:[A-Z][\w.'-]+"
    r"\s){0,5}(?:Aid|Agency|Fund|Foundation|Bank|Cooperation|Sida))\b))",
    re.IGNORECASE,
)
_COSTS = r"(?:costs?|expenses|bill|fees|travel|couts?|frais|depenses|costos?|costes?|gastos)"
#: "Irish Aid bore the cost", "l'AFD a pris en charge les coûts", "Suecia aportó los fondos".
PAID = re.compile(
    r"\s(?:(?:has|have|had|a|ont|ha|han|also|jointly|egalement|tambien)\s){0,2}"
    rf"(?:(?:bore|carried|covered|met|shared|defrayed|paid)\s(?:\w+\s){{0,3}}?{_COSTS}\b"
    r"|made\s(?:\w+\s){1,3}possible\b|rendu\s(?:\w+\s){0,3}possible|(?:hizo|hicieron)\sposible"
    r"|(?:paid for|sponsored|underwrote|(?:co-?)?(?:financed|funded))\s"
    rf"|(?:provided|contributed|granted|gave|donated|committed|invested|allocated|made)\s"
    rf"(?:\w+\s){{0,2}}?(?:{_AMOUNT}|(?:a|an|the)\s(?:grant|donation|"
    r"(?:financial )?contribution)\b)"
    rf"|(?:pris en charge|supporte|assume|couvert|regle|finance|subventionne|cofinance)\s"
    rf"(?=(?:les|le|la|l'|une?|des|deux|trois))"
    rf"|(?:alloue|octroye|accorde|apporte|fourni|verse|contribue (?:a hauteur de|pour))\s(?:\w+\s)?"
    rf"(?:{_AMOUNT}|(?:une?|des|les|le|son)\s(?:\w+\s)?(?:subvention|fonds|don|financement|concours))"
    r"|(?:sufrago|sufragaron|cubrio|cubrieron|asumio|asumieron|costeo|costearon|pago|pagaron|"
    r"financio|financiaron|cofinancio|cofinanciaron|patrocino|patrocinaron|subvenciono|subvencionaron)\s"
    r"(?=(?:el|la|los|las|un|una|dos|tres|parte))"
    r"|(?:aporto|aportaron|dono|donaron|otorgo|otorgaron|proporciono|proporcionaron|"
    r"contribuyo con|"
    rf"contribuyeron con)\s(?:\w+\s)?(?:{_AMOUNT}|(?:los|una|un|el)\s(?:\w+\s)?(?:fondos|recursos|"
    r"financiamiento|financiacion|subvencion|donacion)))",
    re.IGNORECASE,
)
#: Behind who paid for what: who paid with them, or for something else.
WITH_THEM = re.compile(
    r"(?P<with>,?\s(?:together with|along with|jointly with|as did|junto con|conjointement avec|"
    r"de concert avec)\s)"
    # "A funded the programme, and B the work on registration"
    rf"|,\s(?:and|et|y)\s(?=(?:{BEFORE_WORD})?(?-i:[A-Z])[^,;.]{{2,60}}?\s{BEFORE_WORD}(?-i:[a-z]))",
    re.IGNORECASE,
)
#: The ILO's own means that others pay into without a purpose.
RBSA = re.compile(
    r"\bregular budget supplementary account\b|\b(?-i:RBSA|CSBO|CSPO)\b|\bcompte supplementaire du "
    r"budget ordinaire\b|\bcuenta suplementaria del presupuesto ordinario\b",
    re.IGNORECASE,
)
#: "the Irish Aid-ILO partnership programme", "the ILO/Korea Partnership Programme".
PARTNERSHIP = re.compile(
    r"(?P<before>(?:(?:the|la|le|el)\s)?(?:[A-Z][\w.]{1,30}\s){0,3}[A-Z][\w.]{1,30})\s?[-/]\s?"
    r"(?:ILO|OIT|BIT|UNDP|UNICEF|UN)\b(?=\s(?:[\w-]+\s){0,3}?(?i:partnership|programme|project|fund|"
    r"trust|cooperation|initiative|facility))"
    r"|\b(?:ILO|OIT|BIT)\s?[-/]\s?(?P<after>(?:[A-Z][\w.]{1,30}\s){0,3}?[A-Z][\w.]{1,30})"
    r"(?=\s(?:[\w-]+\s){0,2}?(?i:partnership|programme|project|trust fund|cooperation))"
    r"|(?i:(?:partnership|programme|projet|proyecto|programa|partenariat|alianza)\s(?:\w+\s){0,2})"
    r"(?:OIT|BIT|ILO)\s?[-/]\s?(?P<last>[A-Z][\w.]{1,30}(?:\s[A-Z][\w.]{1,30}){0,2})"
)
