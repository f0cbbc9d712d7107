"""Words that names of organisations are made of, in English, French and Spanish.

All in lower case and without accents, as matching text compares. A word that is in none of these
lists counts as a proper name (of a country, a people, a city), which is what begins most names of
national bodies: "Lao Social Security Organization".
"""

from __future__ import annotations

import re


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


def names_of(text: str) -> frozenset[str]:
    """Return the names of a text, parted by commas, as a set."""
    return frozenset(text.split(", "))


#: What a body is. In English it may come first ("Ministry of …") or last ("… Bureau").
HEADS = words_of(
    "academy administration agency alliance assembly association authority bank board bureau "
    "center centre chamber college commission committee company confederation congress "
    "corporation council department directorate division federation foundation forum fund "
    "inspectorate institute institution league ministry movement network office scheme "
    "organisation organization parliament secretariat senate service society system division body "
    "ngo syndicate tribunal trust union university"
)
#: French and Spanish words for bodies, which always come first in the name.
_FRENCH_HEADS = words_of(
    "ministere caisse confederation federation conseil institut agence direction syndicat chambre "
    "secretariat banque fonds observatoire mouvement groupement organisation mutuelle assemblee "
    "commissariat etablissement intersyndicale unite ligue societe reseau plateforme collectif "
    "cellule autorite regie direction-generale"
)
_SPANISH_HEADS = words_of(
    "ministerio instituto confederacion federacion consejo agencia direccion sindicato camara "
    "secretaria banco fondo asociacion organizacion caja superintendencia comision comite mesa "
    "red unidad frente viceministerio congreso servicio coordinadora cooperativa oficina "
    "universidad tesoreria administradora subsecretaria gremio seguro gestora departamento "
    "delegacion"
)
#: Portuguese ones that Spanish does not share.
_PORTUGUESE_HEADS = words_of(
    "uniao confederacao federacao associacao conselho caixa direcao direccao comissao organizacao "
    "rede camara sindicato instituto ministerio direcao-geral direccao-geral"
)
_SHARED_HEADS = words_of("confederation federation organisation secretariat")
HEADS_FIRST = (_FRENCH_HEADS | _SPANISH_HEADS | _PORTUGUESE_HEADS) - _SHARED_HEADS
#: Small words of French, Spanish and Portuguese names that English ones do not have.
ROMANCE_LINKS = words_of("des du et del y los las dos das e")
#: Names of bodies that write two words as one: no boundary stands within.
ONE_WORD = words_of(
    "homenet streetnet helpage actionaid wateraid businesseurope businessafrica worldfish "
    "labournet unicredit"
)
#: Heads of names in which other words already tell that the head comes first.
ALSO_FIRST = words_of(
    "central centrale confederation federation organisation secretariat union conference "
    "delegation bureau inspection coordination"
)
#: Heads that in English never have their object before "of": a boundary stands before them.
ALWAYS_FIRST = words_of("ministry department secretariat directorate office division parliament")
#: Heads of bodies that nobody calls just "Association of Malawi".
NEVER_BARE = words_of(
    "association board centre center chamber commission committee confederation congress council "
    "federation fund institute league organisation organization union"
)
#: Nouns that go together: a name does not begin with the second.
PAIRS = frozenset(
    tuple(pair.split())
    for pair in names_of(
        "labour relations, labour market, labor relations, trade union, garment industry, human "
        "resources, vocational training, health insurance, health care, old age, child care, "
        "community development, youth development, women development, rural development, skills "
        "development, industry training, cash transfers, cash transfer, gender equality, finance "
        "planning, business associations, business association, workers unions, trade unions, "
        "public service, youth affairs, women affairs, veterans affairs, population development, "
        "family planning, family affairs, food security, disaster management, risk management, "
        "health services, pension benefits, retirement benefits, employment injury, work injury, "
        "labour inspection, labour protection, safety health, industry commerce, transport "
        "workers"
    )
)
#: English plurals are what a federation is a federation *of*: they begin no name.
PLURAL_HEADS = words_of(
    "associations organisations organizations unions chambers ministries federations councils "
    "agencies departments institutions confederations banks offices services syndicats sindicatos"
)
#: What follows a head that comes first: "Council of", "Union nationale".
LEADING_TAIL = words_of(
    "of for on de des du del d' nationale national nacional generale general democratique "
    "democratica libre autonome autonoma interprofessionnel interprofessionnelle economique "
    "economico superieur superior senegalaise marocaine tunisienne unitaria unica sindical "
    "general obrera latinoamericana"
)
CONNECTORS = words_of(
    "of and for the in on to at with de des du et la le les l' d' a aux au en pour y e del los "
    "las el para sur under & - / dans por avec con from"
)
#: Words that a name may begin with before its head.
STARTERS = words_of(
    "national general central federal state royal international united african asian european "
    "arab world supreme higher high inter-ministerial permanent independent all interim public "
    "private first republican unified joint state provincial municipal bipartite tripartite"
)
#: "Executive Bureau": a body of its own, or one of the body named before it?
OF_ANY_BODY = words_of(
    "executive general central permanent regional national technical administrative steering joint"
)
#: "Compensation Fund Control Board": an organ that is named after the body it belongs to.
ORGANS = words_of("control management supervisory advisory governing oversight")
ADJECTIVES = words_of(
    "social public rural urban vocational technical human foreign civil domestic local maternal "
    "environmental economic financial mutual free democratic occupational disabled elderly "
    "agricultural industrial home internal"
)
NOUNS = words_of(
    "labour labor welfare security protection insurance health finance finances planning "
    "employment affairs development economy industry industries commerce agriculture education "
    "trade trades women women's gender family families youth pension pensions budget interior "
    "justice population statistics statistical workers workers' worker employers employers' "
    "employer employer's enterprise enterprises entrepreneurs business businesses garment "
    "garments textile textiles apparel footwear manufacturers manufacturing sports culture "
    "tourism relations resources training skills care safety veterans invalids children "
    "children's child persons people disability disabilities rehabilitation resettlement "
    "solidarity provident medicine treasury revenue tax taxes governance reform cooperation "
    "cooperatives community communities migration migrants immigration manpower transport energy "
    "mines mining fisheries forestry livestock water environment science technology communication "
    "communications information science research policy policies management monitoring evaluation "
    "investment export exporters import construction building plantation tea hotel hotels bankers "
    "banking professionals professional control teachers nurses farmers fishers producers union's "
    "unions labourers lanka's government governments ministers registry registration identity "
    "poverty equality inclusion innovation decentralization municipalities city cities province "
    "provinces region regions district districts seafarers maritime cash transfer transfers "
    "assistance benefit benefits compensation injury accident accidents old age savings credit "
    "microfinance informal formal sector economy's federations trade-union prime minister "
    "minister president inspection hygiene nutrition food drug drugs employees rights law legal "
    "audit accounts prevention disaster emergency humanitarian refugees elder elders aged ageing "
    "seniors retired retirees service servants servant"
)
#: What ministries are of, in French, Spanish and Portuguese: "…, de la Solidarité et de l'Emploi".
SUBJECTS = words_of(
    "travail emploi solidarite securite sociale social sociales protection prevoyance sante "
    "famille familles femme femmes genre enfance enfant enfants jeunesse formation "
    "professionnelle education nationale developpement economie finances budget plan "
    "planification commerce industrie agriculture elevage fonction publique action affaires "
    "etrangeres cooperation internationale population humanitaire handicap insertion reforme "
    "modernisation administration dialogue trabajo empleo prevision seguridad solidaridad salud "
    "familia mujer mujeres ninez infancia juventud formacion profesional educacion desarrollo "
    "inclusion hacienda economia presupuesto cooperacion comercio industria agricultura "
    "relaciones exteriores asuntos migraciones humano humanos promocion trabalho emprego "
    "solidariedade seguranca saude genero crianca accao acao"
)
#: Whom a body is of, when the word stands before it: "Workers' Federation of …".
MEMBERS = words_of(
    "employers employers' employers's workers workers' trade trades business women's youth labour "
    "labor teachers' farmers' employees'"
)
#: Endings that only common words of English have, and proper names that have them all the same.
COMMON_ENDING = re.compile(
    r"(?:tion|tions|ment|ments|ness|ship|ance|ence|ity|ities|ators?|ology|ics|ings|ees'?"
    r"|ory|ive|ical|onal|ural|ental|ary|ally|ated|aced)$"
)
NOT_COMMON = words_of("france hungary provence florence")
#: Bodies that go by a name without such a word, or by their initials.
KNOWN = names_of(
    "european union, european commission, african union, african union commission, business "
    "africa, business botswana, business eswatini, business mauritius, business new zealand, "
    "business unity south africa, african development bank, asian development bank, "
    "inter-american development bank, world bank, world bank group, world food programme, "
    "world health organization, united nations, un women, un system, un country team, irish "
    "aid, expertise france, oxfam, helpage international, save the children, red cross, "
    "unicef, undp, unfpa, unhcr, unesco, unescap, undesa, wfp, fao, who, ilo, iom, imf, giz, "
    "usaid, dfat, fcdo, adb, oecd, issa, ituc, ituc-africa, ituc-asia pacific, ioe, asean, "
    "sadc, ecowas, oit, bit, pnud, oms, pam, cepal, aecid, afd, bid"
)

#: Names that a comma is part of, though they are no ministry's.
WITH_COMMA = re.compile(
    r"Foreign, Commonwealth (?:and|&) Development Office|Foreign Affairs, Trade and Development "
    r"Canada"
)


def language_of_head(word: str) -> str | None:
    """Return the language that a head word belongs to for certain: "en", "fr", "es" or None."""
    if word in _SHARED_HEADS:
        return None
    if word in _FRENCH_HEADS:
        return "fr"
    if word in _SPANISH_HEADS:
        return "es"
    return "en" if word in HEADS or word in PLURAL_HEADS else None
