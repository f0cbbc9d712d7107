"""Constraints that count the values of a focus node."""

from __future__ import annotations

from collections.abc import Sequence

from outcome_graph.validation.screen.relations import BARRIER, Chain, Relations, Source

__all__ = ["Counting"]


class Counting:
    """Patterns of focus nodes by how many values they have.

    Parameters:
        relations: makes the patterns of values.
    """

    def __init__(self, relations: Relations) -> None:
        self._relations = relations

    def without(self, source: Source, chains: Sequence[Chain], value: str) -> str:
        """Return the clauses that leave focus nodes without any value."""
        texts = (self._relations.hashed(source, c, value) if c.bound else c.text() for c in chains)
        return " ".join(f"MINUS {{ {t} }}" for t in texts)

    def fewer(self, source: Source, chains: Sequence[Chain], value: str, count: int) -> str:
        """Return the pattern of focus nodes with fewer values than a count (1 or more)."""
        start = self._relations.start(source)
        if count == 1:
            return f"{{ {start} }} {self.without(source, chains, value)}"
        enough = self._having(source, chains, value, "", f">= {count}")
        return f"{{ {start} }} MINUS {{ {enough} }}"

    def more(self, source: Source, chains: Sequence[Chain], value: str, count: int) -> str:
        """Return the pattern of focus nodes with more values than a count."""
        if count == 0:
            return self._relations.chosen(source, chains, value, "")
        return self._having(source, chains, value, "", f"> {count}")

    def short(
        self, source: Source, chains: Sequence[Chain], value: str, count: int, conditions: str
    ) -> str | None:
        """Return the pattern of focus nodes with fewer values of a kind; None if there are none.

        Parameters:
            conditions: what values of the kind fulfil.
        """
        if count <= 0:
            return None
        start = self._relations.start(source)
        enough = self._having(source, chains, value, conditions, f">= {count}")
        return f"{{ {start} }} MINUS {{ {enough} }}"

    def many(
        self, source: Source, chains: Sequence[Chain], value: str, count: int, conditions: str
    ) -> str | None:
        """Return the pattern of focus nodes with more values of a kind than a count."""
        return self._having(source, chains, value, conditions, f"> {count}")

    def same_language(self, source: Source, chains: Sequence[Chain], value: str) -> str:
        """Return the pattern of focus nodes with several values in a language."""
        relations = self._relations
        language = relations.names.new("l")
        tagged = f'BIND(LCASE(LANG({value})) AS {language}) FILTER({language} != "")'
        texts = relations.chosen(source, chains, value, "")
        # Few nodes have several values: only theirs are looked at.
        several = self._having(source, chains, value, "", "> 1")
        inner = f"{several} {relations.distinct([source.var, value], texts)}"
        columns = f"{relations.key}{source.var}"
        return (
            f"{{ SELECT {columns} WHERE {{ {inner} {tagged} }} "
            f"GROUP BY {columns} {language} HAVING (COUNT({value}) > 1){BARRIER} }}"
        )

    def _having(
        self,
        source: Source,
        chains: Sequence[Chain],
        value: str,
        conditions: str,
        wanted: str,
    ) -> str:
        relations = self._relations
        text = relations.chosen(source, chains, value, conditions)
        columns = f"{relations.key}{source.var}"
        # One step in one graph leads to each value once; else the same may be reached twice.
        once = len(chains) == 1 and len(chains[0].steps) == 1 and not conditions
        inner = text if once else relations.distinct([source.var, value], text)
        return (
            f"{{ SELECT {columns} WHERE {{ {inner} }} "
            f"GROUP BY {columns} HAVING (COUNT({value}) {wanted}){BARRIER} }}"
        )
