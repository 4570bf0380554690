"""A rule file's text and what to change in it, to the text of a mutant: scalars are written anew, entries are taken out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from perfscore.text.nodes import Entry, Mapping, Node, Scalar, Sequence
from perfscore.text.source import Source

#: What a plain scalar may not begin with, and what it may not hold inside brackets.
_BEGINS, _HOLDS = frozenset(">|-?:[]{}&*!%@`\"'#, "), (",", "[", "]", "{", "}", ": ", " #")


class Change(NamedTuple):
    """From a character to before a character of a text, and what comes in their place."""

    start: int
    end: int
    text: str


class Page:
    """A source whose places are counted in characters from its beginning."""

    def __init__(self, source: Source) -> None:
        self.source, self.text = source, source.text
        self._starts = (0, *accumulate(len(line) + 1 for line in source.text.split("\n")))

    def at(self, line: int, column: int) -> int:
        """The character at a line and a column, both from 1."""
        return self._starts[line - 1] + column - 1

    def ends(self, node: Node) -> tuple[int, int]:
        """Where a node begins and ends; one in block style ends with its last scalar."""
        span = node.span
        if isinstance(node, Scalar) or self._in_brackets(node):
            return self.at(span.line, span.column), self.at(span.end_line, span.end_column)
        last = node.items[-1] if isinstance(node, Sequence) else self._last(node.entries[-1])
        return self.at(span.line, span.column), self.ends(last)[1]

    def rewritten(self, scalar: Scalar, text: str) -> Change:
        """A scalar that says something else, in its own quotes or none, unless it needs some."""
        start, end = self.ends(scalar)
        quote = "" if scalar.plain else self.text[start]
        if scalar.plain and (not text or text[0] in _BEGINS or text[-1] in ": " or any(sign in text for sign in _HOLDS)):
            # A number below 0 needs no quotes.
            quote = "" if text[:1] == "-" and text[1:2].isdigit() else '"'
        if '"' in text or "\\" in text:
            quote = "'"
        return Change(start, end, f"{quote}{text.replace(quote, quote * 2) if quote == chr(39) else text}{quote}")

    def without(self, whole: Mapping | Sequence, number: int) -> Change | None:
        """One entry of a collection taken out; None where it shares its line with what stays."""
        parts = [self._ends_of(part) for part in (whole.items if isinstance(whole, Sequence) else whole.entries)]
        start, end = parts[number]
        if self._in_brackets(whole):
            if number + 1 < len(parts):
                return Change(start, parts[number + 1][0], "")
            return Change(parts[number - 1][1] if number else start, end, "")
        first = self.text.rfind("\n", 0, start) + 1
        before = self.text[first:start].strip()
        if before != ("-" if isinstance(whole, Sequence) else ""):
            return None
        stop = self.text.find("\n", end)
        return Change(first, len(self.text) if stop < 0 else stop + 1, "")

    def _ends_of(self, part: Node | Entry) -> tuple[int, int]:
        if isinstance(part, Entry):
            return self.ends(part.key)[0], self.ends(self._last(part))[1]
        return self.ends(part)

    def _in_brackets(self, node: Mapping | Sequence) -> bool:
        return self.text[self.at(node.span.line, node.span.column)] in "[{" or not (node.items if isinstance(node, Sequence) else node.entries)

    @staticmethod
    def _last(entry: Entry) -> Node:
        return entry.key if isinstance(entry.value, Scalar) and not entry.value.text and entry.value.plain else entry.value


def applied(text: str, changes: Iterable[Change]) -> str:
    """The text with changes that do not touch each other."""
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text
