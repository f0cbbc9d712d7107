"""The best split of a run of words into names of bodies.

Each possible boundary gets a score from the words beside it, each possible name one from its shape;
the best sum wins, found by dynamic programming over a bounded name length.
"""

from __future__ import annotations

import re
from itertools import pairwise

from outcome_graph.sources.page.name_tokens import Token
from outcome_graph.sources.page.words import bodies as lex
from outcome_graph.sources.page.words.small import ARTICLES

__all__ = ["CERTAIN", "Part"]

#: A name of this many words or more is none.
_MOST_WORDS = 24
#: The margin of the ends of a line, which cannot be otherwise.
CERTAIN = 1000.0
_NEVER = -1e9
_IMPOSSIBLE = -99.0
_AND = frozenset(("and", "et", "y", "e", "&"))
_EDGES = _AND | {",", "-"}
_TRADES = frozenset(("trade", "trades", "labour", "labor"))
_ANY_HEADS = lex.HEADS | lex.HEADS_FIRST
#: Endings of adjectives: "Unidad Sindical de".
_QUALIFIES = re.compile(
    r"(?:ale?s?|ic[ao]s?|iv[ao]s?|ari[ao]s?|[ai]d[ao]s?|ielles?|aires?|iques?)$"
)
_OF_ROMANCE = frozenset(("de", "del", "des", "du", "d'"))
_PREPOSITIONS = lex.CONNECTORS - _AND


class Part:
    """A run of names without hard separators: its tokens, and the scores of possible splits.

    Parameters:
        tokens: at most as many as a line of names has.
    """

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.count = len(tokens)
        #: French and Spanish names begin with the word for the body; English ones may end in it.
        self.head_first = self._is_head_first()
        self._leading = [self._leads(n) for n in range(self.count)]
        self.only_at_commas = False
        self.commas_separate = self._commas_separate()
        self.joints = [0.0, *(self._boundary(n) for n in range(1, self.count)), 0.0]
        self._through: list[float] = []
        self._shapes: dict[tuple[int, int], float] = {}

    def _is_head_first(self) -> bool:
        """Whether the names are French, Spanish or Portuguese, by their heads or small words."""
        if any(t.word in lex.HEADS_FIRST and t.capital for t in self.tokens):
            return True
        words = {t.word for t in self.tokens}
        return bool(words & lex.ROMANCE_LINKS) and words.isdisjoint(("of", "and", "for", "the"))

    def _commas_separate(self) -> bool:
        """Whether commas stand between names, not within them: each stretch holds one body."""
        stretches, begins = [0], True
        for n, token in enumerate(self.tokens):
            if token.word == ",":
                stretches.append(0)
                begins = begins and n + 1 < self.count and self._can_begin(n + 1)
            elif token.capital and (token.word in _ANY_HEADS or token.acronym):
                stretches[-1] += not self._follows(n, lex.HEADS)
        few = sum(stretches) < 1.5 * len(stretches)
        self.only_at_commas = few and len(stretches) > 1 and max(stretches) < 3
        return len(stretches) > 1 and begins and all(stretches) and few

    def _can_begin(self, n: int) -> bool:
        """Whether a name may begin with the word at ``n``; in a list of subjects nouns follow."""
        token = self.tokens[n]
        if token.word in _AND | ARTICLES and n + 1 < self.count:
            return self._can_begin(n + 1)
        if self.head_first:
            return self.leads(n) or token.acronym
        return token.capital and (token.word not in lex.NOUNS or token.word in lex.MEMBERS)

    def best_split(self) -> tuple[list[int], list[float]]:
        """Return the cuts of the best split, 0 and the end among them, and each cut's margin.

        The margin of a cut is how much the score drops when no cut is made there.
        """
        count = self.count
        ahead = [0.0] + [_NEVER] * count
        came = [0] * (count + 1)
        for end in range(1, count + 1):
            for start in range(max(0, end - _MOST_WORDS), end):
                score = ahead[start] + self._piece(start, end)
                if score > ahead[end]:
                    ahead[end], came[end] = score, start
        behind = [_NEVER] * count + [0.0]
        for start in range(count - 1, -1, -1):
            for end in range(start + 1, min(count, start + _MOST_WORDS) + 1):
                behind[start] = max(behind[start], self._piece(start, end) + behind[end])
        cuts = [count]
        while cuts[-1] > 0:
            cuts.append(came[cuts[-1]])
        cuts.reverse()
        self._through = [ahead[n] + behind[n] for n in range(count + 1)]
        return cuts, [self._margin(cut, ahead, behind) for cut in cuts]

    def oneness(self, start: int, end: int) -> float:
        """How much worse the best split is that has a cut within a name of the best one."""
        inside = self._through[start + 1 : end]
        return self._through[0] - max(inside) if inside else CERTAIN

    def _margin(self, cut: int, ahead: list[float], behind: list[float]) -> float:
        if cut in (0, self.count):
            return CERTAIN
        without = _NEVER
        for start in range(max(0, cut - _MOST_WORDS + 1), cut):
            for end in range(cut + 1, min(self.count, start + _MOST_WORDS) + 1):
                without = max(without, ahead[start] + self._piece(start, end) + behind[end])
        return ahead[self.count] - without

    def _piece(self, start: int, end: int) -> float:
        """The score of a name from ``start`` to ``end`` with the boundary it begins at."""
        joint = self.joints[start] if start else 0.0
        if joint <= _IMPOSSIBLE:
            return _NEVER
        key = (start, end)
        if key not in self._shapes:
            self._shapes[key] = self._shape(start, end)
        return joint + self._shapes[key]

    def _boundary(self, n: int) -> float:
        """Score a boundary before token ``n``: impossible, doubtful below 0, clear from 2 on."""
        left, right = self.tokens[n - 1], self.tokens[n]
        if right.word in ("(", ",") or left.word in _PREPOSITIONS:
            return _IMPOSSIBLE
        if not right.capital and (right.word not in ARTICLES or left.word not in _AND | {","}):
            return _IMPOSSIBLE
        leads = self.leads(n) or (right.word in ARTICLES and self._is_head(n + 1))
        if left.word == ",":
            if leads or self.commas_separate:
                return 3.0
            begins = right.proper or right.word in lex.STARTERS or self._of_members(n)
            return 1.0 if begins else -3.0
        if left.word in _AND:
            commas = [m for m, token in enumerate(self.tokens) if token.word == ","]
            if right.acronym and len(commas) > 1 and commas[-1] < n and n + 1 >= self.count:
                # "… for Women and SADAQA": the last of a list goes by its initials.
                return 2.5
            return 1.5 if right.word in ARTICLES else 1.0 if leads else _IMPOSSIBLE
        if right.glued:
            return 20.0
        if self.only_at_commas and left.word != "(":
            return -6.0
        if left.word == "(" or left.word == right.word:
            return 4.0
        if self.head_first:
            return 3.0 if leads else 1.0 if right.acronym else -5.0
        return self._before_head(n) if leads else self._before_word(n)

    def _is_head(self, n: int) -> bool:
        """Whether the word at ``n`` is one for a body that comes first: "la | Central Nacional"."""
        if n >= self.count or not self.tokens[n].capital:
            return False
        word = self.tokens[n].word
        return word in lex.HEADS_FIRST | lex.ALSO_FIRST or (
            word in lex.HEADS and self._follows(n, lex.LEADING_TAIL)
        )

    def _of_members(self, n: int) -> bool:
        """Whether a body is named by its members from ``n`` on: "Employers' … Association"."""
        if self.tokens[n].word not in lex.MEMBERS or self.tokens[n].word in _TRADES:
            return False
        following = [t.word for t in self.tokens[n + 1 : n + 4]]
        heads = [m for m, word in enumerate(following) if word in lex.HEADS]
        return bool(heads) and not {",", "(", *lex.CONNECTORS}.intersection(following[: heads[0]])

    def _before_head(self, n: int) -> float:
        """Score a boundary before a head that "of" follows: does its name begin there already?"""
        left = self.tokens[n - 1]
        if self.tokens[n].word in lex.ALWAYS_FIRST or left.acronym:
            return 3.0
        if left.word in lex.STARTERS or left.word in lex.ADJECTIVES:
            return -3.0
        if left.word in lex.HEADS:
            before = self.tokens[n - 2].word if n > 1 else ""
            return -1.0 if left.word == "union" and before in _TRADES else 3.0
        return 3.0 if self._in_complement(n - 1) else -1.5

    def _before_word(self, n: int) -> float:
        """Score a boundary before a word that is no head, by the kinds of the words beside it."""
        left, right = self.tokens[n - 1], self.tokens[n]
        ends_in_head = left.word in lex.HEADS and not self.leads(n - 1)
        if right.word in lex.HEADS:
            return -6.0
        if ends_in_head and self._names_organ(n):
            return -3.0
        if left.word in lex.STARTERS or left.word in lex.ADJECTIVES:
            return -4.0
        if right.acronym:
            return 0.0 if left.acronym else 2.0
        if ends_in_head and not (left.word == "union" and self._in_complement(n - 1)):
            return 2.5
        if left.acronym:
            return 0.5
        inside = self._in_complement(n - 1)
        if left.proper:
            if right.word in lex.STARTERS:
                return 2.0 if inside else -1.0
            if right.word in _TRADES and self._follows(n, lex.PLURAL_HEADS):
                return -2.0
            return 0.5 if inside and not right.proper else -1.0 if inside else -2.0
        if right.word in lex.STARTERS or right.proper or (inside and left.word in lex.PLURAL_HEADS):
            return 2.0
        if not inside:
            return -3.0
        if right.word in lex.ADJECTIVES:
            return -0.5
        if (left.word, right.word) in lex.PAIRS:
            return -5.0
        return 0.5 if right.word in lex.MEMBERS else -1.5

    def _follows(self, n: int, words: frozenset[str]) -> bool:
        return n + 1 < self.count and self.tokens[n + 1].word in words

    def _in_complement(self, n: int) -> bool:
        """Whether the word at ``n`` belongs to what follows "of": "Ministry of Labour and Trade".

        Going left over nouns, adjectives and "and" one comes to "of"; a proper name or "National"
        on the way begins another name, unless "of" stands before it.
        """
        while n > 0:
            token, before = self.tokens[n], self.tokens[n - 1]
            if before.word in _AND | {","} and not token.proper:
                n -= 2
                continue
            if before.word in lex.CONNECTORS:
                return True
            begins = token.proper and not before.proper and before.word not in lex.STARTERS
            if token.word in lex.STARTERS or begins:
                return False
            in_members = token.word in lex.MEMBERS and token.word not in _TRADES
            if in_members and (before.word in lex.NOUNS or before.word in lex.MEMBERS):
                return False
            if before.word in lex.HEADS and before.word != "union":
                return False
            n -= 1
        return False

    def _may_begin(self, n: int) -> bool:
        """Whether the word at ``n`` may begin a name: no "of" stands before it."""
        if n and self.tokens[n - 1].word in ARTICLES:
            return n == 1 or self.tokens[n - 2].word in _AND | {","}
        return n == 0 or self.tokens[n - 1].word not in lex.CONNECTORS

    def leads(self, n: int) -> bool:
        """Whether the word at ``n`` is a head that comes first in its name."""
        return self._leading[n]

    def _leads(self, n: int) -> bool:
        token = self.tokens[n]
        if not token.capital:
            return False
        following = self.tokens[n + 1].word if n + 1 < self.count else ""
        if token.word in lex.HEADS_FIRST:
            return True
        if self.head_first and token.word in lex.HEADS | lex.ALSO_FIRST:
            return self._may_begin(n)
        if token.word == "central":
            return following in lex.LEADING_TAIL - {"of", "for", "on"}
        return token.word in lex.HEADS and following in lex.LEADING_TAIL

    def _shape(self, start: int, end: int) -> float:
        """Score how well the tokens from ``start`` to ``end`` make one name."""
        first, last = self.core(start, end)
        if first == last:
            return -8.0
        words = [t.word for t in self.tokens[first:last]]
        if " ".join(words) in lex.KNOWN:
            return 1.0 if words[0].isalpha() and len(words) == 1 else 4.0
        if len(words) == 1:
            return -1.0 if self.tokens[first].acronym else -10.0
        heads = self.main_heads(first, last)
        score = -3.0 * max(0, heads - 1) - 8.0 * self.unclosed(first, last)
        if heads == 0:
            score -= 10.0
        if words[-1] in lex.STARTERS or words[-1] in lex.CONNECTORS:
            score -= 5.0
        if not self.head_first:
            if words[-1] in lex.ADJECTIVES or words[-1].endswith("'") or words[-1] == "trade":
                score -= 4.0
            score -= 4.0 * self._only_members(first, last) + 7.0 * self.bare(first, last)
            score -= 6.0 * self.odd(first, last)
        if not self.tokens[first].capital:
            score -= 10.0
        return score - 3.0 * self._loose_ends(first, last)

    def unclosed(self, first: int, last: int) -> bool:
        """Whether a comma stands in it that no "and" follows: "Labour Congress, Social Fund"."""
        words = [t.word for t in self.tokens[first:last]]
        if "," not in words:
            return False
        return _AND.isdisjoint(words[len(words) - words[::-1].index(",") :])

    def core(self, start: int, end: int) -> tuple[int, int]:
        """Narrow a stretch to the name itself, without joining words, articles and brackets."""
        first, last = start, end
        while first < last and self.tokens[first].word in _EDGES | ARTICLES:
            first += 1
        while first < last and self.tokens[last - 1].word in _EDGES:
            last -= 1
        while last - first > 1 and self.tokens[last - 1].word == "(":
            last -= 1
        return first, last

    def main_heads(self, first: int, last: int) -> int:
        """Count the words that say what body it is, not those of its members ("of Trade Unions").

        Of heads side by side ("Union Commission") only the last counts.
        """
        heads = 0
        for n in range(first, last):
            token = self.tokens[n]
            counts = token.word in _ANY_HEADS or self.leads(n)
            if not counts or not token.capital:
                continue
            before = self.tokens[n - 1].word if n > first else ""
            following = self.tokens[n + 1].word if n + 1 < last else ""
            ahead = self.tokens[n - 2].word if n - 1 > first else ""
            organ = n + 1 < last and self._names_organ(n + 1)
            if not self.head_first and (following in lex.HEADS or organ):
                continue
            if token.word == "union" and before in _TRADES and heads:
                continue
            in_members = before in _PREPOSITIONS or (
                ahead in lex.CONNECTORS and before in ("national", "social", "trade", "workers'")
            )
            if heads and (in_members or self._of_the(n, first)):
                continue
            heads += 1
        return heads or int(self.national_scheme(first, last))

    def _names_organ(self, n: int) -> bool:
        """Whether the words from ``n`` on are an organ of the body before: "Control Board"."""
        return self.tokens[n].word in lex.ORGANS and self._follows(n, lex.HEADS)

    def national_scheme(self, first: int, last: int) -> bool:
        """Whether a country's social security may go by just that: "Viet Nam Social Security"."""
        words = tuple(t.word for t in self.tokens[last - 2 : last])
        country = self.tokens[first : last - 2]
        return words == ("social", "security") and bool(country) and all(t.proper for t in country)

    def _of_the(self, n: int, first: int) -> bool:
        """Whether the head ends what "of the National …" begins: another body within the name."""
        while n > first + 2 and self.tokens[n].word not in lex.CONNECTORS:
            n -= 1
        of, the = self.tokens[n - 1].word, self.tokens[n].word
        return the == "the" and of in ("of", "for") and self._follows(n, lex.STARTERS)

    def _only_members(self, first: int, last: int) -> bool:
        """Whether it says little: "Employers Association"."""
        members = lex.MEMBERS - {"labour", "labor"}
        return last - first == 2 and self.tokens[first].word in members

    def bare(self, first: int, last: int) -> bool:
        """Whether it says too little for a name: "Association of Malawi"."""
        if self.tokens[first].word not in lex.NEVER_BARE or not self.leads(first):
            return False
        rest = self.tokens[first + 1 : last]
        return all(t.proper or t.word in lex.CONNECTORS for t in rest)

    def scant(self, first: int, last: int) -> bool:
        """Whether it may be a part of the body named beside it: "Executive Bureau"."""
        return last - first == 2 and self.tokens[first].word in lex.OF_ANY_BODY

    def runs_on(self, first: int, last: int) -> bool:
        """Whether another name may begin in it: "Congress of Swaziland Amalgamated Trade Unions".

        And a place at the end of a line of names is what the next one may begin with: "Ministry of
        Trade Eswatini | Provident Fund".
        """
        if last - first < 3:
            return False
        if self.head_first:
            return any(self._begins_anew(n, first) for n in range(first + 2, last - 1))
        names = self.tokens[first:last]
        for one, other in pairwise(names):
            # "of Serbia Serbian": the second begins another name.
            if one.proper and other.proper and one.word[:4] == other.word[:4]:
                return True
        for n in range(first + 1, last - 1):
            two = self.tokens[n].proper and self.tokens[n - 1].proper and self._in_complement(n)
            if two and self.tokens[n + 1].capital and not self.tokens[n + 1].proper:
                return True
        places = [t.word for t in names if t.proper]
        loose = names[-1].proper and names[-2].word in lex.NOUNS and last < self.count
        known = " ".join(t.word for t in names) in lex.KNOWN
        return len(places) > len(set(places)) or (loose and not known)

    def _begins_anew(self, n: int, first: int) -> bool:
        """Whether a word with "de" after it may be the head of another name.

        "Ministerio del Trabajo Unidad de Gestión"; in "Central Unitaria de" it goes with the head.
        """
        here, following = self.tokens[n], self.tokens[n + 1].word
        if not here.capital or following not in _OF_ROMANCE:
            return False
        back = n - 1 - bool(_QUALIFIES.search(here.word))
        if self.tokens[back].word in lex.CONNECTORS | {",", "("}:
            return False
        while back > first and self.tokens[back - 1].word not in lex.CONNECTORS | {",", "("}:
            back -= 1
        return back > first and not self.leads(back)

    def odd(self, first: int, last: int) -> bool:
        """Whether "of" follows a word that it cannot follow: "Private Industrial of Employees"."""
        before_of = (n - 1 for n in range(first + 1, last) if self.tokens[n].word == "of")
        return any(
            self.tokens[n].word in lex.ADJECTIVES or self.tokens[n].word in lex.STARTERS
            for n in before_of
        )

    def _loose_ends(self, first: int, last: int) -> int:
        """Count English heads that are followed by more of the name without "of" or the like."""
        if self.head_first:
            return 0
        loose = 0
        for n in range(first, last - 1):
            following = self.tokens[n + 1]
            if self.tokens[n].word in lex.HEADS and not self.leads(n):
                joined = following.word in lex.CONNECTORS or following.word in ("(", ",")
                joined = joined or self._names_organ(n + 1)
                member = self.tokens[n - 1].word in _TRADES if n else False
                loose += not (joined or member or following.word in lex.HEADS)
        return loose
