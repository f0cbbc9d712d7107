"""Headings that people make up: told by the words in them that stand for one thing only.

"Tripartite partners involved" holds partners, "Social security branches covered" branches. A
heading that speaks of two things ("Country of the donor"), or of something about one ("Donor
contact", "Date of next report"), is none of ours: better a column that is named as not read than
one that is read as what it is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["about", "all_words", "folded_words", "key_by_words", "singulars", "stands_for"]


def folded_words(text: str) -> str:
    """Return the words of a heading in their order, small and without accents."""
    decomposed = unicodedata.normalize(
        "NFKD", text.replace("&", " and ").replace("œ", "oe").casefold()
    )
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def all_words(text: str) -> frozenset[str]:
    """Return the words of a heading, small and without accents."""
    return frozenset(folded_words(text).split())


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def singulars(words: Iterable[str]) -> frozenset[str]:
    """Return words without the endings of plurals."""
    return frozenset(map(_singular, words))


def _singulars(words: str) -> frozenset[str]:
    return singulars(words.split())


#: Words that stand for a column, by its key.
_STANDS_FOR = {
    key: _singulars(words)
    for key, words in {
        "country": "country countries pays pais",
        "code": "cpo",
        "title": (
            "title titre titulo intitule summary resume resumen denominacion designation libelle"
        ),
        "achievedOn": "date fecha when quand cuando",
        "achievedInYear": "year annee ano",
        "biennium": "biennium bienio biennal biennale",
        "achievement": (
            "description descripcion describe describa decrivez decrire narrative narratif "
            "narration narrativo narrativa narracion explanation explain explication explicacion "
            "explique story stories histoire historia recit relato details detail detalles detalle"
        ),
        "contribution": "contribution contribucion",
        "contributors": (
            "implementing implementer implementers implemented executing execution ejecutor "
            "ejecutora ejecutores ejecutado"
        ),
        "genderEquality": "gender genre genero",
        "legalActs": (
            "law laws decree decrees legal legislation legislative loi lois decret decrets "
            "juridique legislatif ley leyes decreto decretos juridico juridica legislacion "
            "normativa acte actes acto actos"
        ),
        "funders": (
            "donor donors funder funders funded financed funding bailleur bailleurs donateur "
            "donateurs financement finance donante donantes financiador financiadores financiado "
            "financiamiento financiacion financeur financeurs financiadora cooperante cooperantes"
        ),
        "constituents": (
            "partner partners constituent constituents stakeholder stakeholders tripartite "
            "participating partenaire partenaires mandant mandants participante participantes "
            "participant participants socio socios mandante mandantes interlocutores contraparte "
            "contrapartes counterpart counterparts institution institutions instituciones "
            "employers workers unions employeurs travailleurs syndicats empleadores trabajadores "
            "sindicatos ally allies allie allies aliado aliados aliada aliadas ministry ministries "
            "ministere ministeres ministerio ministerios government governments gouvernement "
            "gouvernements gobierno gobiernos"
        ),
        "branches": "branch branches branche rama ramas",
    }.items()
}
_BY_WORD = {word: key for key, words in _STANDS_FOR.items() for word in words}
#: Words that make a heading one of something else: about a thing, planned, counted, of the table.
_ABOUT = _singulars(
    "contact email mail phone telephone telefono adresse address officer office bureau oficina "
    "responsible responsable manager focal "
    "budget amount montant monto cost cout costo value valeur valor usd eur percentage share "
    "number numbers no nr num numero nombre count total "
    "status statut estado comment comments commentaire comentario remark remarque observaciones "
    "id reference ref type tipo category categorie categoria "
    "planned expected prevu prevue previsto prevista esperado attendu future next prochain "
    "prochaine proximo proxima board conseil meeting reunion "
    "baseline indicator indicateur indicador "
    "start begin beginning debut inicio end fin closing deadline due "
    "report reports reporting reported rapport informe update updated created modified last entry "
    "entered force vigueur vigor publication published signature "
    "project projects projet projets proyecto proyectos programme program programa activity "
    "activities activite activites actividad actividades "
    "risk risque riesgo beneficiary beneficiaries beneficiaire beneficiaires beneficiarios "
    "verification evidence preuve marker marqueur marcador score yes oui si disaggregated "
    "not without sans sin excluded except hors excepto "
    "file fichier archivo photo language langue idioma region"
) - _singulars("nombre")
#: What a column of acts may be called by too: their numbers are read.
_OF_ACTS = _singulars("reference ref number numbers no nr num numero")
#: A partner with one of these pays: "Resource partner", "Partenaire financier".
_PAYING = _singulars(
    "resource resources fund funds fonds fondos development developpement desarrollo financial "
    "financing financier financiers financiero"
)
_SDG = frozenset(("sdg", "odd", "ods"))
_OF_SDGS = {
    "sdgTargets": _singulars("target targets cible cibles meta metas"),
    "sdgGoals": _singulars("goal goals objectif objectifs objetivo objetivos"),
}
_RESULT = _singulars(
    "result results outcome outcomes resultat resultats resultado resultados logro"
)
_CHIEF = _singulars("key main headline short chief principal cle clave the of du de la el los les")


def about(words: frozenset[str]) -> bool:
    """Tell whether words make a heading one of something else, as "planned" and "contact" do.

    Parameters:
        words: as `all_words` makes them.
    """
    return not _ABOUT.isdisjoint(map(_singular, words))


def stands_for(words: frozenset[str]) -> set[str]:
    """Return the keys of the columns that words stand for.

    Parameters:
        words: as `all_words` makes them.
    """
    return {_BY_WORD[word] for word in map(_singular, words) if word in _BY_WORD}


def key_by_words(words: frozenset[str]) -> str | None:
    """Return the key of the column that the words of a heading stand for, None if not just one.

    Parameters:
        words: as `all_words` makes them.
    """
    single = frozenset(map(_singular, words))
    keys = stands_for(words)
    if single & (_ABOUT - _OF_ACTS if keys == {"legalActs"} else _ABOUT):
        return None
    if single & _SDG:
        found = [key for key, names in _OF_SDGS.items() if single & names]
        return found[0] if len(found) == 1 else None if found else "sdgGoals"
    if "constituents" in keys and single & _PAYING:
        return "funders" if keys <= {"constituents", "funders"} else None
    if keys == {"title", "achievement"}:
        # "Summary description"
        return "achievement"
    if not keys and single & _RESULT and single <= _RESULT | _CHIEF:
        return "title"
    return keys.pop() if len(keys) == 1 else None
