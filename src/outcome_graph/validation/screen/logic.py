"""What breaks ``sh:node``, ``sh:not``, ``sh:and``, ``sh:or`` and ``sh:xone``, put together."""

from __future__ import annotations

from outcome_graph.validation.screen.relations import union

__all__ = ["broken_clauses", "broken_test", "minus"]


def broken_test(name: str, failing: list[str]) -> str:
    """Return the expression for values that break a logical constraint.

    Parameters:
        failing: for each shape used, the expression for values that do not conform to it.
    """
    if name in ("node", "and"):
        return " || ".join(f"({f})" for f in failing)
    none = " && ".join(f"({f})" for f in failing)
    if name == "or":
        return none
    if name == "not":
        return f"!({failing[0]})"
    several = [
        f"(!({failing[i]}) && !({failing[j]}))"
        for i in range(len(failing))
        for j in range(i + 1, len(failing))
    ]
    return " || ".join([f"({none})", *several])


def minus(failing: str | None) -> str:
    """Return the clause that leaves what does not match a pattern."""
    return f"MINUS {{ {failing} }}" if failing else ""


def broken_clauses(name: str, failing: list[str | None]) -> list[str]:
    """Return the conditions on values that break a logical constraint (any of them suffices).

    Parameters:
        failing: for each shape used, the pattern of what does not conform to it.
    """
    patterns = [f for f in failing if f]
    if name in ("node", "and"):
        return [f"{{ {union(patterns)} }}"] if patterns else []
    if name == "not":
        return [minus(failing[0])]
    none = " ".join(f"{{ {p} }}" for p in patterns) if len(patterns) == len(failing) else None
    if name == "or":
        return [none] if none is not None else []
    several = [
        f"{minus(failing[i])} {minus(failing[j])}"
        for i in range(len(failing))
        for j in range(i + 1, len(failing))
    ]
    return several if none is None else [none, *several]
