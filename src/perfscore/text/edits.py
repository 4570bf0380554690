"""Edits of a text to the text that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfscore.text.diagnostic import Edit
from perfscore.text.source import Source, Span

_LINE_END = re.compile(r"\r\n|\r|\n")


class Places:
    """Where the spans of a source lie in its text, as numbers of characters."""

    def __init__(self, source: Source) -> None:
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(source.text))]
        self._length = len(source.text)

    def of(self, span: Span) -> tuple[int, int]:
        """The first character of a span, and the first behind it."""
        return self._at(span.line, span.column), self._at(span.end_line, span.end_column)

    def _at(self, line: int, column: int) -> int:
        # The end of a last line without a line end may be said to be the line below it.
        return min(self._starts[line - 1] + column - 1, self._length) if line <= len(self._starts) else self._length


def edited(source: Source, edits: Iterable[Edit]) -> str:
    """The text of a source with every edit made; no two of them overlap."""
    places = Places(source)
    text = source.text
    for start, end, new in sorted(((*places.of(edit.span), edit.text) for edit in edits), reverse=True):
        text = text[:start] + new + text[end:]
    return text
