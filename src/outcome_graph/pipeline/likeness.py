"""Names that are like a text, among tens of thousands.

Many texts at once are compared in one call when numpy is there (a fifth of the time: the names are
prepared once and not for each text); the answers are the same without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from rapidfuzz import fuzz, process

__all__ = ["NEARLY", "Names", "Near", "near_names"]

#: No likeness scores more; less than the least is none.
NEARLY = 94.0
_LEAST = 65.0
_LIKE = 30
#: Words that more names than this have tell nothing apart.
_COMMON = 150
#: So many texts are compared in one call: a row of scores takes four bytes a name.
_AT_ONCE = 50
#: Of fewer texts the preparation costs more than it saves.
_FEW = 4

#: For each text, its words sorted: the names nearest to it with their scores.
Near: TypeAlias = dict[str, list[tuple[str, float]]]


class Names:
    """The names of one type of thing, for searching by likeness.

    Parameters:
        named: folded names, each with whose it is.
    """

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        owners: dict[str, set[str]] = defaultdict(set)
        self.by_word: dict[str, set[str]] = defaultdict(set)
        for name, owner in named:
            key = _sorted_words(name)
            owners[key].add(owner)
            for word in key.split():
                self.by_word[word].add(key)
        self.owners = dict(owners)
        self.keys = list(owners)

    def like(self, text: str, near: Near | None = None) -> dict[str, float]:
        """Return whose names are like a text, with scores up to `NEARLY`.

        Parameters:
            text: folded. near: what `near_names` found for it and others.
        """
        key = _sorted_words(text)
        found = near.get(key) if near else None
        scores: dict[str, float] = {}
        for name, score in self._nearest(key) if found is None else found:
            self._keep(scores, name, min(score, NEARLY))
        # Part of a name ("Ministry of Labour" of …): by the words that few names have.
        parts = {n for w in key.split() if len(names := self._with(w)) <= _COMMON for n in names}
        for name in sorted(parts)[: 2 * _COMMON]:
            score = fuzz.token_set_ratio(key, name) * 0.85
            if score >= _LEAST:
                self._keep(scores, name, score)
        return scores

    def _nearest(self, key: str) -> list[tuple[str, float]]:
        found = process.extract(
            key, self.keys, scorer=fuzz.ratio, processor=None, limit=_LIKE, score_cutoff=_LEAST
        )
        return [(name, score) for name, score, _ in found]

    def _with(self, word: str) -> set[str]:
        return self.by_word.get(word, set())

    def _keep(self, scores: dict[str, float], name: str, score: float) -> None:
        for owner in self.owners[name]:
            scores[owner] = max(score, scores.get(owner, 0.0))


def near_names(names: Names, texts: Sequence[str]) -> Near:
    """Search for many texts at once; nothing is found for few, or without numpy.

    Parameters:
        names: where. texts: folded.
    """
    keys = sorted({_sorted_words(text) for text in texts})
    if len(keys) < _FEW or not names.keys:
        return {}
    try:
        import numpy
    except ImportError:
        return {}
    near: Near = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        table = process.cdist(
            some, names.keys, scorer=fuzz.ratio, score_cutoff=_LEAST, dtype=numpy.float64
        )
        for key, row in zip(some, table, strict=True):
            hits = ((names.keys[n], float(row[n])) for n in numpy.flatnonzero(row >= _LEAST))
            near[key] = sorted(hits, key=lambda hit: -hit[1])[:_LIKE]
    return near


def _sorted_words(text: str) -> str:
    return " ".join(sorted(text.split()))
