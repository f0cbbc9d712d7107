"""Regular expressions that Python (pySHACL) and the engine (Rust) understand alike.

What is beyond the common ground (references, looking around, word characters, which the two count
differently, counted repetitions within counted repetitions, …) is left to pySHACL.
"""

from __future__ import annotations

from outcome_graph.validation.screen.model import Unsupported

__all__ = ["translated"]

_ESCAPED = set(r".-\/()[]{}*+?|^$")
#: Python counts four control characters as white space that Unicode does not.
_SPACE = r"\s\x1c-\x1f"
#: A counted repetition may not make the engine's automaton outgrow its bound.
_MOST_REPEATS = 200


def translated(pattern: str) -> str:
    """Return the engine's regular expression that finds what Python's finds.

    Raises:
        Unsupported: that is not certain.
    """
    return _Translator(pattern).run()


class _Translator:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._counted = 0
        self._made: list[str] = []

    def run(self) -> str:
        """Translate the whole pattern."""
        depth = 0
        while self._at < len(self._pattern):
            char = self._take()
            if char == "\\":
                self._made.append(self._escape(within=False))
            elif char == "[":
                self._made.append(self._class())
            elif char == "{":
                self._count()
            elif char == "(":
                depth += 1
                self._group()
            elif char == ")":
                depth -= 1
                self._made.append(")")
            elif char == "$":
                self._end()
            elif char == "+" and self._made and self._made[-1][-1] in "+*?}":
                raise Unsupported("a pattern with a possessive repetition")
            elif char in "]}":
                raise Unsupported(f"a pattern with an open {char!r}")
            else:
                self._made.append(char)
            if depth < 0:
                break
        if depth:
            raise Unsupported("a pattern whose parentheses do not match")
        return "".join(self._made)

    def _take(self) -> str:
        if self._at >= len(self._pattern):
            raise Unsupported("a pattern that ends too early")
        char = self._pattern[self._at]
        self._at += 1
        return char

    def _escape(self, *, within: bool) -> str:
        char = self._take()
        if char in _ESCAPED:
            return "\\" + char if char != "/" else "/"
        if char == "d":
            return r"\d"
        if char == "s":
            return _SPACE if within else f"[{_SPACE}]"
        if char in "nrt":
            return "\\" + char
        raise Unsupported(f"a pattern with \\{char}")

    def _class(self) -> str:
        made = ["["]
        if self._pattern[self._at : self._at + 1] == "^":
            made.append(self._take())
        first = True
        while True:
            char = self._take()
            if char == "]" and not first:
                return "".join([*made, "]"])
            if char == "\\":
                made.append(self._escape(within=True))
            elif char in "[]" or (char in "&~-|" and self._pattern[self._at :][:1] == char):
                raise Unsupported("a pattern with a set of characters within another")
            else:
                made.append(char)
            first = False

    def _group(self) -> None:
        self._made.append("(")
        if self._pattern[self._at : self._at + 1] == "?":
            if self._pattern[self._at : self._at + 2] != "?:":
                raise Unsupported("a pattern that looks around, or names its groups")
            self._made.append("?:")
            self._at += 2

    def _count(self) -> None:
        end = self._pattern.find("}", self._at)
        low, _, high = self._pattern[self._at : end].partition(",")
        if end < 0 or not low.isdecimal() or (high and not high.isdecimal()) or not low.isascii():
            raise Unsupported("a pattern with a brace")
        self._counted += int(high or low)
        if self._counted > _MOST_REPEATS or ")" in self._made[-1:]:
            raise Unsupported("a pattern with many counted repetitions")
        self._made.append("{" + self._pattern[self._at : end] + "}")
        self._at = end + 1

    def _end(self) -> None:
        rest = self._pattern[self._at :]
        if rest.strip(")"):
            raise Unsupported("a pattern with an end amid it")
        self._made.append("$")
