"""What texts a column holds: titles, sentences; of what came about, or what was done to help.

"The law was adopted in May" tells of a result, "The ILO costed three options" of a contribution,
"The decree will be revised" of what is still to come.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from outcome_graph.sources.tables.bodies import are_names, has_small_words
from outcome_graph.sources.tables.rows import Cell
from outcome_graph.sources.text import fold

__all__ = [
    "are_of_helpers",
    "are_of_plans",
    "are_sentences",
    "are_statements",
    "are_titles",
    "words_in",
]

_FEWEST = 2
#: How many words a title has, and titles have on average.
_TITLE_WORDS, _MEAN_WORDS = range(2, 26), 3

#: Who helped, where a sentence begins with it.
_HELPER = (
    r"(?:with (?:the )?(?:support|help|assistance|technical|advice)|"
    r"(?:(?:the|our|an?|two|three|l'|le|la|notre|nos|el|los|nuestr[oa]s?|un|une|una)\s?)?"
    r"(?:ilo|oit|bit|un|undp|pnud|unicef|unfpa|wfp|office|oficina|bureau|"
    r"organi[sz]ation|project|projet|proyecto|team|equipe|equipo|facility|"
    r"experts?|expertos?|consultants?|consultor(?:es|a|as)?|advis[eo]rs?|specialists?|"
    r"specialistes?|especialistas?|we|nous|"
    r"technical (?:support|assistance|advice|cooperation|team|inputs?)|assistance technique|"
    r"appui technique|asistencia tecnica|apoyo tecnico|support)\b)"
)
#: What helpers do.
_HELPED = (
    r"(?:provid|support|assist|advis|train|help|facilitat|financ|cost|draft|"
    r"commission|organi[sz]|conven|coach|mentor|guid|accompan|shar|review|conduct|deliver|prepar|"
    r"develop|design|brought|gave|gives?|lent|seconded|sent|paid|contribut|produc|suppl|calculat|"
    r"model|translat|host|engag|broker|coordinat|commented|"
    r"fourni|appuy|soutenu|form(?:e|a|er)\b|conseill|aide|redig|chiffr|elabor|organis|accompagn|"
    r"realis|mene|prepar|anime|particip|apport|mis a disposition|calcul|"
    r"brind|apoy|capacit|asesor|redact|coste|facilit|ayud|acompan|elabor|proporcion|aport|"
    r"entreg|prest|formo|realiz|contrat|particip)"
)
_DOING = r"\w{0,5}?(?:ed|ing|aron|amos|imos|ons|ment|acion)\b"
_HELP = (
    r"(?:technical (?:support|assistance|advice|inputs?)|assistance technique|"
    r"appui (?:technique|a|au|aux)\b|asistencia tecnica|apoyo tecnico|training (?:of|for)|"
    r"formation (?:de|des)|capacitacion (?:de|a)|advice (?:on|to)|support (?:to|for)|"
    r"actuarial (?:study|valuation|advice)|etude actuarielle|estudio actuarial)"
)
_HELPING = re.compile(
    rf"(?:^|[.;!]\s+)(?:{_HELPER}(?:[^.;]{{0,60}}?)\b{_HELPED}|{_HELPED}{_DOING}|{_HELP})"
)
#: What has come about, without a helper at the beginning.
_PLANNED = re.compile(
    r"\b(?:will (?:be|need|have|now|start|continue)|should|must|plan(?:s|ned)? to|to be|needs? to|"
    r"intends?|is due|are due|next|remains? to|still|not yet|il faut|devra(?:it|ient)?|doit|"
    r"doivent|reste|prevoi[rt]|est prevue?|sera|seront|deber[ai]|debe|falta|queda|se preve|"
    r"esta previst[oa]|sera|seran|todavia|aun no|pendiente)\b"
)
#: Of ten cells so many tell the kind of a column.
_MOST = 0.6


def words_in(cells: Sequence[Cell]) -> float:
    """Return how many words the texts of a column have on average."""
    counts = [len(cell.split()) for cell in cells if isinstance(cell, str)]
    return sum(counts) / len(counts) if counts else 0.0


def are_sentences(cells: Sequence[Cell]) -> bool:
    """Tell whether cells hold prose: sentences with a full stop."""
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    sentences = (len(words.split()) > 2 and words.endswith((".", "!")) for words in texts)
    return len(texts) == len(cells) >= _FEWEST and all(sentences)


def are_titles(cells: Sequence[Cell]) -> bool:
    """Tell whether cells hold short sentences without a full stop, each another one, no names."""
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    return (
        len(texts) == len(set(texts)) == len(cells) >= _FEWEST
        and all(len(words.split()) in _TITLE_WORDS and words[-1] not in ".?:" for words in texts)
        and sum(len(words.split()) for words in texts) >= _MEAN_WORDS * len(texts)
        and all(map(has_small_words, texts))
        and not are_names(cells)
    )


def are_statements(cells: Sequence[Cell]) -> bool:
    """Tell whether cells hold single sentences as titles are; a full stop may end them."""
    return are_titles([c.strip().rstrip(".") if isinstance(c, str) else c for c in cells])


def are_of_helpers(cells: Sequence[Cell]) -> bool:
    """Tell whether most texts tell what somebody did to help: "The ILO trained officials"."""
    return _share(cells, lambda words: bool(_HELPING.search(words))) >= _MOST


def are_of_plans(cells: Sequence[Cell]) -> bool:
    """Tell whether most texts tell what is still to be done."""
    return _share(cells, lambda words: bool(_PLANNED.search(words))) >= _MOST


def _share(cells: Sequence[Cell], test: Callable[[str], bool]) -> float:
    texts = [fold(cell.strip()).lower() for cell in cells if isinstance(cell, str)]
    return sum(map(test, texts)) / len(texts) if texts else 0.0
