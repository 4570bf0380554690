"""What is wrong with a user's text, as a value."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, NamedTuple

from perfscore.text.phrase import Phrase
from perfscore.text.source import Span

Severity = Literal["error", "warning", "advice"]


class Edit(NamedTuple):
    """A change of a text: what stands in the span gives way to other words."""

    span: Span
    text: str


#: How a printed number goes with what it is held against.
Verdict = Literal["agrees", "rounding-only", "differs"]


class Evidence(NamedTuple):
    """A printed number held against a set of numbers: whose number it is, as printed, the least and the most that it can be, and the verdict."""

    label: Phrase
    printed: str
    #: In the unit that is printed.
    computed: tuple[Fraction | None, Fraction | None] | None = None
    verdict: Verdict | None = None
    #: What was computed is an outer bound: some of it perhaps cannot be.
    outer: bool = False


class Diagnostic(NamedTuple):
    """
    One problem: a stable code in words, what is wrong, where, and what to do.

    `error` makes a file unusable; `warning` and `advice` travel with a result.
    """

    code: str
    says: Phrase
    span: Span | None = None
    hint: Phrase | None = None
    severity: Severity = "error"
    #: Other places that belong to the problem: the first of two equal keys, the other end of a cycle.
    more: tuple[tuple[Phrase, Span], ...] = ()
    #: What mends it, where that is mechanical: nothing but the way in which the same thing is written, or the one thing that can be meant.
    edits: tuple[Edit, ...] = ()
    #: Of a printed number that cannot be right: what it was held against.
    evidence: Evidence | None = None


class Rejected(Exception):
    """A text that cannot be used; carries every diagnostic that was found in it, in the order of the text."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__("; ".join(f"{d.span or '-'}: {d.says.en}" for d in self.diagnostics[:3]))

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.diagnostics,))
