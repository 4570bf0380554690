"""A rule set as built from its file: the indicator tree, grades, rounding and policies, each with its place."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal, NamedTuple

from perfscore.model.formula import Formula
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source, Span

Direction = Literal["higher", "lower", "equal", "range"]
#: What a scoring method takes as its measure: a number, days late, one of its labels, or a person's score inside one of them.
Takes = Literal["number", "days", "label", "judgement"]


class Basis(NamedTuple):
    """The document a rule rests on, and whether its text was read (`verified`) or is taken from general knowledge."""

    document: str
    clause: str = ""
    verified: bool = False
    note: str = ""

    def __str__(self) -> str:
        return self.document + (f" {self.clause}" if self.clause else "")


class Grade(NamedTuple):
    """A grade and the totals that earn it."""

    label: Phrase
    range: Interval
    span: Span


class Rounding(NamedTuple):
    """Decimal places at each point where numbers are rounded, half up; `None`: not rounded there. `rate` counts places of the percentage."""

    rate: int | None = None
    leaf: int | None = 2
    group: int | None = None
    total: int | None = None


class MethodUse(NamedTuple):
    """A scoring method as a rule file calls it: the module that implements it, its parameters, its place."""

    name: str
    parameters: Any
    span: Span


class Declared(NamedTuple):
    """A fact that a rule set reads: its name, how it is said, the unit of a bare number, and whether it is a number or yes/no."""

    name: str
    label: Phrase
    unit: str
    kind: Literal["number", "truth"]
    span: Span


class Indicator(NamedTuple):
    """
    A node of the indicator tree.

    A group has children, or takes its rows from the form (`open`); anything else is a leaf that the rule file fixes.
    `methods` says by kind of measure how a leaf, or a row of an open group, is scored.
    """

    id: str
    label: Phrase
    span: Span
    points: Fraction | None = None
    points_span: Span | None = None
    children: tuple[Indicator, ...] = ()
    open: bool = False
    measure: Formula | None = None
    measure_label: Phrase | None = None
    methods: tuple[tuple[Takes, MethodUse], ...] = ()
    direction: Direction | None = None
    applicable: Formula | None = None
    #: What a leaf that does not apply gives: `drop` (left out), `full`, `zero` or `missing`.
    otherwise: str = "drop"
    aggregate: str = "sum"
    basis: tuple[Basis, ...] = ()

    def walk(self) -> list[Indicator]:
        """The indicator and all below it, parents first."""
        found, stack = [], [self]
        while stack:
            node = stack.pop()
            found.append(node)
            stack.extend(reversed(node.children))
        return found


class Variant(NamedTuple):
    """An indicator tree and the condition under which it is the one that counts; the base has no condition."""

    id: str
    label: Phrase
    when: Formula | None
    indicators: tuple[Indicator, ...]


class Example(NamedTuple):
    """A test that stands in a rule file: facts given and scores expected."""

    given: tuple[tuple[str, str], ...]
    expect: tuple[tuple[str, Fraction], ...]
    span: Span


class RuleSet(NamedTuple):
    """Everything one rule file says, with what it inherits."""

    id: str
    version: str
    title: Phrase
    span: Span
    sources: tuple[Source, ...]
    variants: tuple[Variant, ...]
    grades: tuple[Grade, ...] = ()
    rounding: Rounding = Rounding()
    basis: tuple[Basis, ...] = ()
    facts: tuple[Declared, ...] = ()
    zero_target: str = "standard"
    aggregate: str = "sum"
    examples: tuple[Example, ...] = ()

    @property
    def reference(self) -> str:
        """`id@version`."""
        return f"{self.id}@{self.version}"

    @property
    def points(self) -> Fraction:
        """The points of the base tree."""
        return sum((i.points or Fraction(0) for i in self.variants[-1].indicators), Fraction(0))
