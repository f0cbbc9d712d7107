"""Telling an SDG goal by its title, without holding the official titles.

A *signature* is a set of word beginnings that together occur in the title of one goal and of no
other, in English, French or Spanish; titles are often copied with small differences, so all words
of a signature must occur but others may. Single words only *hint* at a goal.
"""

from __future__ import annotations

from functools import lru_cache

from outcome_graph.vocabulary.names import fold, words_of

__all__ = ["goals_hinted", "goals_titled"]

#: By goal: signatures parted by "|", their word beginnings by spaces.
_SIGNATURES: dict[str, str] = {
    "1": "povert form | pauvret form | pobreza form",
    "2": "hunger food | hunger nutrition | faim aliment | hambre aliment",
    "3": "health well being | health wellbeing | healthy lives | sante bien etre"
    " | vida sana bienestar",
    "4": "education learning | education equitable quality | education apprentissage"
    " | education qualite equite | educacion aprendizaje | educacion calidad equitativ",
    "5": "gender equality women | egalite sexes fill | egalite genre fem"
    " | igualdad genero mujer | igualdad generos mujer",
    "6": "water sanitation | eau assainissement | agua saneamiento",
    "7": "energy affordable | energetique cout | energie cout | energia asequible",
    "8": "economic growth work | economic growth employment | croissance economique travail"
    " | crecimiento economico trabajo | crecimiento economico empleo",
    "9": "infrastructure industriali | infrastructure innovation | infraestructura industriali"
    " | infraestructura innovacion",
    "10": "inequalit countries | reduced inequalit | inegalite pays | desigualdad paises",
    "11": "cities settlements | villes etablissements | ciudades asentamientos",
    "12": "consumption production | consommation production | consumo produccion",
    "13": "climate change combat | climate change urgent | changement climatique lutte"
    " | cambio climatico combat",
    "14": "oceans marine | oceans mers | oceanos mares",
    "15": "terrestrial ecosystems | ecosystemes terrestres | ecosistemas terrestres",
    "16": "peaceful societ | justice institution | societes pacifiques | sociedades pacificas"
    " | justicia institucion",
    "17": "global partnership | partnership goals | means implementation | partenariat mondial"
    " | alianza mundial | medios implementacion | medios ejecucion | moyens oeuvre partenariat",
}
_HINTS: dict[str, str] = {
    "1": "povert | pauvret | pobreza",
    "2": "hunger | faim | hambre",
    "3": "health | sante | salud",
    "4": "education | educacion",
    "5": "gender | egalite sexes | igualdad genero",
    "6": "water | sanitation | eau | agua | saneamiento",
    "7": "energy | energie | energia",
    "8": "decent work | economic growth | travail decent | trabajo decente",
    "9": "infrastructure | infraestructura",
    "10": "inequalit | inegalit | desigualdad",
    "11": "cities | villes | ciudades",
    "12": "consumption | consommation | consumo",
    "13": "climate | climatique | climatico | clima",
    "14": "oceans | marine | aquatique | oceanos | submarina",
    "15": "life land | terrestre | terrestrial",
    "16": "peace | paix | paz",
    "17": "partnership | partenariat | alianza",
}
#: Longer texts are no titles, nor are ones with a year, as targets have; hints hold only in very
#: short ones.
_LONGEST = 60
#: What the titles of indicators begin with, and those of goals never.
_MEASURES = words_of(
    "amount number proportion prevalence rate share mortality montant nombre taux part volume "
    "monto cantidad numero proporcion prevalencia tasa cuantia total annual"
)
_LONGEST_HINT = 8


@lru_cache(maxsize=4096)
def goals_titled(words: str) -> tuple[str, ...]:
    """Return the goals whose title the words are, by the signatures; one when it is clear."""
    if fold(words).split(" ", 1)[0] in _MEASURES:
        return ()
    return _matching(words, _SIGNATURES, _LONGEST)


@lru_cache(maxsize=4096)
def goals_hinted(words: str) -> tuple[str, ...]:
    """Return the goals that a few words hint at."""
    return _matching(words, _HINTS, _LONGEST_HINT)


def _matching(words: str, table: dict[str, str], longest: int) -> tuple[str, ...]:
    tokens = fold(words).split()
    if len(tokens) > longest or any(token.isdecimal() for token in tokens):
        return ()
    return tuple(
        goal
        for goal, signatures in table.items()
        if any(_holds(tokens, signature.split()) for signature in signatures.split("|"))
    )


def _holds(tokens: list[str], beginnings: list[str]) -> bool:
    return all(any(token.startswith(start) for token in tokens) for start in beginnings)
