"""The columns that identify a result: code, place, title, dates, programme, visibility."""

from __future__ import annotations

from outcome_graph.tables.column import Column, Kind, Words, listed, same

__all__ = ["FACTS"]

FACTS: tuple[Column, ...] = (
    Column(
        "id",
        "id",
        Kind.ID,
        Words("Record ID", "Identifiant", "Identificador"),
        Words(
            "Leave it empty for a new result. In an exported table it says which record a row "
            "changes: do not edit it.",
            "À laisser vide pour un nouveau résultat. Dans un tableau exporté, il dit quelle fiche "
            "la ligne modifie : ne le changez pas.",
            "Déjelo vacío para un resultado nuevo. En una tabla exportada dice qué ficha modifica "
            "la fila: no lo cambie.",
        ),
        Words("EXAMPLE", "EXEMPLE", "EJEMPLO"),
        synonyms=listed("identifier; record; outcome id"),
        width=24,
    ),
    Column(
        "profile",
        "profile",
        Kind.CHOICE,
        Words("Profile", "Profil", "Perfil"),
        Words(
            "Which rules the record is held to. Empty: result-page when code, biennium and "
            "indicator are given, else core.",
            "Les règles auxquelles la fiche est soumise. Vide : result-page si le code, l'exercice "
            "et l'indicateur sont donnés, sinon core.",
            "Las reglas que se aplican a la ficha. Vacío: result-page si se dan el código, el "
            "bienio y el indicador; si no, core.",
        ),
        same("result-page"),
        scheme="profile",
    ),
    Column(
        "language",
        "language",
        Kind.CODE,
        Words("Language", "Langue", "Idioma"),
        Words(
            "Language of the texts in the row, as a code: en, fr, es … Empty: the language of the "
            "headings.",
            "Langue des textes de la ligne, sous forme de code : en, fr, es… Vide : celle des "
            "en-têtes.",
            "Idioma de los textos de la fila, como código: en, fr, es… Vacío: el de los "
            "encabezados.",
        ),
        Words("en", "fr", "es"),
        scheme="language",
        synonyms=("lang",),
        width=10,
    ),
    Column(
        "code",
        "code",
        Kind.CODE,
        Words("Code", "Code", "Código"),
        Words(
            "Code of the Country Programme Outcome: three letters of the country or region and a "
            "number.",
            "Code du résultat de programme par pays : trois lettres du pays ou de la région et un "
            "nombre.",
            "Código del resultado del programa por país: tres letras del país o la región y un "
            "número.",
        ),
        same("MLT101"),
        synonyms=listed(
            "CPO code; programme code; country programme outcome; outcome code; result code; "
            "CPO number; code du résultat; código del resultado"
        ),
        width=10,
    ),
    Column(
        "country",
        "country",
        Kind.CHOICE,
        Words("Country", "Pays", "País"),
        Words(
            "Name in English, French or Spanish, or ISO 3166 code.",
            "Nom en anglais, français ou espagnol, ou code ISO 3166.",
            "Nombre en inglés, francés o español, o código ISO 3166.",
        ),
        Words("Malta", "Malte", "Malta"),
        scheme="country",
        synonyms=listed(
            "country code; ISO; ISO2; ISO code; ISO3; alpha-3 code; country ISO; "
            "beneficiary country; recipient country; partner country; programme country; "
            "pays partenaire; país socio; member State; pays bénéficiaire; code pays; code ISO; "
            "país beneficiario; código del país"
        ),
        width=22,
    ),
    Column(
        "region",
        "region",
        Kind.CODE,
        Words("Region", "Région", "Región"),
        Words(
            "For regional and global results, in place of a country: GLO, RAF, RAS, RLA, RAB, RER.",
            "Pour les résultats régionaux et mondiaux, au lieu d'un pays : GLO, RAF, RAS, RLA, "
            "RAB, RER.",
            "Para resultados regionales y mundiales, en lugar de un país: GLO, RAF, RAS, RLA, RAB, "
            "RER.",
        ),
        same(""),
        width=10,
    ),
    Column(
        "title",
        "titles",
        Kind.TEXT,
        Words("Title", "Titre", "Título"),
        Words(
            "What was achieved, in one sentence.",
            "Ce qui a été obtenu, en une phrase.",
            "Lo que se logró, en una frase.",
        ),
        Words(
            "Example: parliament adopts an act on old-age pensions",
            "Exemple : le parlement adopte une loi sur les pensions de vieillesse",
            "Ejemplo: el parlamento aprueba una ley sobre pensiones de vejez",
        ),
        synonyms=listed("outcome name; result name; nombre del resultado"),
        loose=listed(
            "outcome; result; results; key result; main result; libellé; désignation; résultat; "
            "effet; resultado; logro; denominación; nombre"
        ),
        width=50,
    ),
    Column(
        "achievedOn",
        "achieved_on",
        Kind.DATE,
        Words("Date achieved", "Date d'obtention", "Fecha de logro"),
        Words(
            "The day, best as 2022-05-17; 17.05.2022 and 17 May 2022 are read too. A year alone "
            "may stand here.",
            "Le jour, de préférence sous la forme 2022-05-17 ; 17.05.2022 et 17 mai 2022 sont lus "
            "aussi. Une année seule est admise.",
            "El día, mejor como 2022-05-17; también se leen 17.05.2022 y 17 de mayo de 2022. Se "
            "admite el año solo.",
        ),
        same("2022-05-17"),
        synonyms=listed("achieved on; achievement date; date de réalisation"),
        loose=listed(
            "adoption date; date adopted; adopted on; approval date; date approved; when; "
            "completion date; date completed; date d'adoption; date d'approbation; "
            "date d'achèvement; fecha de adopción; fecha de aprobación; cuándo"
        ),
        width=14,
    ),
    Column(
        "achievedInYear",
        "achieved_in",
        Kind.YEAR,
        Words("Year achieved", "Année d'obtention", "Año de logro"),
        Words(
            "When no more than the year is known.",
            "Quand seule l'année est connue.",
            "Cuando solo se conoce el año.",
        ),
        same(""),
        synonyms=("achieved in",),
        width=10,
    ),
    Column(
        "periodStart",
        "period_start",
        Kind.DATE,
        Words("Period start", "Début de la période", "Inicio del período"),
        Words(
            "First day, for results of a period.",
            "Premier jour, pour les résultats d'une période.",
            "Primer día, para resultados de un período.",
        ),
        same(""),
        synonyms=listed("start of period; period from; période du; período desde"),
        width=14,
    ),
    Column(
        "periodEnd",
        "period_end",
        Kind.DATE,
        Words("Period end", "Fin de la période", "Fin del período"),
        Words(
            "Last day, for results of a period.",
            "Dernier jour, pour les résultats d'une période.",
            "Último día, para resultados de un período.",
        ),
        same(""),
        synonyms=listed("end of period; period to; période au; período hasta"),
        width=14,
    ),
    Column(
        "biennium",
        "biennium",
        Kind.CHOICE,
        Words("Biennium", "Exercice biennal", "Bienio"),
        Words(
            "Biennium of the Programme and Budget: an even year and the next.",
            "Exercice biennal du programme et budget : une année paire et la suivante.",
            "Bienio del Programa y Presupuesto: un año par y el siguiente.",
        ),
        same("2022-23"),
        scheme="biennium",
        synonyms=listed("biennial period; exercice; période biennale"),
        width=12,
    ),
    Column(
        "indicator",
        "indicator",
        Kind.CODE,
        Words("Indicator", "Indicateur", "Indicador"),
        Words(
            "Number of the Programme and Budget indicator in that biennium.",
            "Numéro de l'indicateur du programme et budget dans cet exercice.",
            "Número del indicador del Programa y Presupuesto en ese bienio.",
        ),
        same("8.1.1"),
        synonyms=listed(
            "P&B indicator; programme and budget indicator; indicateur P&B; indicador P&P"
        ),
        width=11,
    ),
    Column(
        "step",
        "step",
        Kind.NUMBER,
        Words("Step", "Étape", "Etapa"),
        Words(
            "1 policy or strategy, 2 legislation or scheme, 3 operations.",
            "1 politique ou stratégie, 2 législation ou régime, 3 fonctionnement.",
            "1 política o estrategia, 2 legislación o régimen, 3 funcionamiento.",
        ),
        same("2"),
        scheme="step",
        synonyms=("paso",),
        width=8,
    ),
    Column(
        "resultType",
        "result_type",
        Kind.CHOICE,
        Words("Type of result", "Type de résultat", "Tipo de resultado"),
        Words(
            "The kind of change that counts as a result.",
            "La sorte de changement qui compte comme résultat.",
            "La clase de cambio que cuenta como resultado.",
        ),
        Words(
            "Scheme or legislation adopted",
            "Régime ou législation adopté",
            "Régimen o legislación adoptados",
        ),
        scheme="result-type",
        synonyms=("result type code",),
        width=28,
    ),
    Column(
        "resultStatement",
        "result_statement",
        Kind.TEXT,
        Words("Result in full", "Résultat en toutes lettres", "Resultado completo"),
        Words(
            "The sentence that names the type of result, as the source writes it.",
            "La phrase qui nomme le type de résultat, telle que la source l'écrit.",
            "La frase que nombra el tipo de resultado, como la escribe la fuente.",
        ),
        same(""),
        synonyms=("result achieved",),
        width=30,
    ),
    Column(
        "indicatorStatement",
        "indicator_statement",
        Kind.TEXT,
        Words("Indicator in full", "Indicateur en toutes lettres", "Indicador completo"),
        Words(
            "The sentence “Number of countries that …”, as the source writes it.",
            "La phrase « Nombre de pays qui… », telle que la source l'écrit.",
            "La frase «Número de países que…», como la escribe la fuente.",
        ),
        same(""),
        width=30,
    ),
    Column(
        "visibility",
        "visibility",
        Kind.CHOICE,
        Words("Visibility", "Visibilité", "Visibilidad"),
        Words(
            "Public or internal; internal records are never served.",
            "Public ou interne ; les fiches internes ne sont jamais diffusées.",
            "Público o interno; las fichas internas nunca se publican.",
        ),
        Words("Public", "Public", "Público"),
        scheme="visibility",
        width=11,
    ),
)
