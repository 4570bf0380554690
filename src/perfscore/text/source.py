"""A text with its name, and a place in it."""

from __future__ import annotations

from typing import NamedTuple


class Source:
    """A file as read: the name shown to people, its text, and its bytes (what a digest is taken of). Two sources are equal only if they are one."""

    __slots__ = ("_lines", "content", "name", "text")

    def __init__(self, name: str, text: str, content: bytes = b"") -> None:
        self.name, self.text, self.content = name, text, content
        self._lines: list[str] = []

    def line(self, number: int) -> str:
        """Line `number`, counted from 1, without its line end; empty beyond the last."""
        if not self._lines:
            # The cache of a derived value: the object stays what it was.
            self._lines.extend(self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""


class Span(NamedTuple):
    """From a character to before a character of a source; lines and columns count from 1, columns in characters."""

    source: Source
    line: int
    column: int
    end_line: int
    end_column: int

    def written(self) -> str:
        """The characters of a one-line span as they stand in the source, without their quotes; empty for a longer one."""
        if self.line != self.end_line:
            return ""
        return self.source.line(self.line)[self.column - 1 : self.end_column - 1].strip("\"'")

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"
