"""Regular expressions of shapes mean what XPath says (Functions and Operators 3.1, 5.6)."""

from __future__ import annotations

import pytest

from outcome_graph.validation.patterns import compiled


@pytest.mark.parametrize(
    ("pattern", "flags", "text", "found"),
    [
        ("^LAO[0-9]+$", "", "LAO226", True),
        # "$ matches at the end of the entire string"
        ("^LAO[0-9]+$", "", "LAO226\n", False),
        ("(b|c$)", "", "c\n", False),
        ("^b$", "m", "a\nb\nc", True),
        ("^b$", "", "a\nb\nc", False),
        (r"costs \$5$", "", "costs $5", True),
        ("^[$]$", "", "$", True),
        ("^[]$]$", "", "$", True),
        ("^[^]$]$", "", "$", False),
        ("a.c", "", "a\nc", False),
        ("a.c", "s", "a\nc", True),
        ("ABC", "i", "abc", True),
        # "whitespace characters in the regular expression are removed", but not in sets
        ("a b # c", "x", "ab#c", True),
        ("^a[ ]b$", "x", "a b", True),
        ("a.c$", "q", "x a.c$ y", True),
        ("a.c", "q", "abc", False),
        ("A.C", "iq", "a.c", True),
    ],
)
def test_what_is_found(pattern: str, flags: str, text: str, found: bool) -> None:
    assert bool(compiled(pattern, flags).search(text)) == found
