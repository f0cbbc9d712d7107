"""Constraints that count the values of a focus node."""

from __future__ import annotations

from outcome_graph.validation.screen.relations import BARRIER, Relations, Values

__all__ = ["Counting"]


class Counting:
    """Patterns of focus nodes by how many values they have.

    Parameters:
        relations: makes the patterns of values.
    """

    def __init__(self, relations: Relations) -> None:
        self._relations = relations

    def without(self, values: Values) -> str:
        """Return the clauses that leave focus nodes without any value."""
        hashed = self._relations.hashed
        texts = (hashed(values.source, c) if c.bound else c.text() for c in values.chains)
        return " ".join(f"MINUS {{ {t} }}" for t in texts)

    def fewer(self, values: Values, count: int) -> str:
        """Return the pattern of focus nodes with fewer values than a count (1 or more)."""
        start = self._relations.start(values.source)
        if count == 1:
            return f"{{ {start} }} {self.without(values)}"
        enough = self._having(values, "", f">= {count}")
        return f"{{ {start} }} MINUS {{ {enough} }}"

    def more(self, values: Values, count: int) -> str:
        """Return the pattern of focus nodes with more values than a count."""
        if count == 0:
            return self._relations.chosen(values)
        return self._having(values, "", f"> {count}")

    def short(self, values: Values, count: int, conditions: str) -> str | None:
        """Return the pattern of focus nodes with fewer values of a kind; None if there are none.

        Parameters:
            conditions: what values of the kind fulfil.
        """
        if count <= 0:
            return None
        start = self._relations.start(values.source)
        enough = self._having(values, conditions, f">= {count}")
        return f"{{ {start} }} MINUS {{ {enough} }}"

    def many(self, values: Values, count: int, conditions: str) -> str:
        """Return the pattern of focus nodes with more values of a kind than a count."""
        return self._having(values, conditions, f"> {count}")

    def same_language(self, values: Values) -> str:
        """Return the pattern of focus nodes with several values in a language."""
        relations, source, value = self._relations, values.source, values.var
        language = relations.names.new("l")
        tagged = f'BIND(LCASE(LANG({value})) AS {language}) FILTER({language} != "")'
        texts = relations.chosen(values)
        # Few nodes have several values: only theirs are looked at.
        several = self._having(values, "", "> 1")
        inner = f"{several} {relations.distinct([source.var, value], texts)}"
        columns = f"{relations.key}{source.var}"
        return (
            f"{{ SELECT {columns} WHERE {{ {inner} {tagged} }} "
            f"GROUP BY {columns} {language} HAVING (COUNT({value}) > 1){BARRIER} }}"
        )

    def _having(self, values: Values, conditions: str, wanted: str) -> str:
        relations, source, value = self._relations, values.source, values.var
        text = relations.chosen(values, conditions)
        columns = f"{relations.key}{source.var}"
        # One step in one graph leads to each value once; else the same may be reached twice.
        once = len(values.chains) == 1 and len(values.chains[0].steps) == 1 and not conditions
        inner = text if once else relations.distinct([source.var, value], text)
        return (
            f"{{ SELECT {columns} WHERE {{ {inner} }} "
            f"GROUP BY {columns} HAVING (COUNT({value}) {wanted}){BARRIER} }}"
        )
