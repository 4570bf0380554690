"""A rule set as built from its file: the indicator tree, grades, rounding and policies, each with its place."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal, NamedTuple

from perfscore.model.formula import Formula
from perfscore.text.fields import Value
from perfscore.text.interval import Interval
from perfscore.text.nodes import Node
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source, Span

Direction = Literal["higher", "lower", "equal", "range"]
#: Every word for a direction, in both languages.
DIRECTIONS: dict[str, Direction] = {
    "higher": "higher", "lower": "lower", "equal": "equal", "range": "range", "正向": "higher", "反向": "lower", "等于": "equal", "区间": "range",
}  # fmt: skip
#: What a scoring method takes as its measure: a number, days late, one of its labels, a person's score inside one of them, or the items met.
Takes = Literal["number", "days", "label", "judgement", "items"]
#: What a fact is: a number, yes/no, a list of numbers (or of named parts), a day, items that were met, or a level in words.
FactKind = Literal["number", "truth", "list", "date", "items", "words"]
#: Where the points of an indicator count: inside the total points, or beyond them.
Counts = Literal["points", "bonus", "malus"]


class Basis(NamedTuple):
    """The document a rule rests on, and whether its text was read (`verified`) or is taken from general knowledge."""

    document: str
    clause: str = ""
    verified: bool = False
    note: str = ""

    def __str__(self) -> str:
        return self.document + (f" {self.clause}" if self.clause else "")


class Grade(NamedTuple):
    """A grade, the totals that earn it (None: only a gate gives it), what follows from it, and the most of a cohort that may have it."""

    label: Phrase
    range: Interval | None
    span: Span
    action: Phrase | None = None
    quota: Fraction | None = None


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
    """
    A fact that a rule set reads: its name, how it is said, the unit of a bare number, and what it is.

    `choices` are the words it may be, each with the number that stands for it; `parts` the names that a list may have; `default` is what
    counts where the form says nothing, `formula` what computes it from other facts; `combine` says how many forms make one.
    """

    name: str
    label: Phrase
    unit: str
    kind: FactKind
    span: Span
    choices: tuple[tuple[str, Fraction], ...] = ()
    parts: tuple[str, ...] = ()
    default: Value | None = None
    formula: Formula | None = None
    combine: Literal["sum", "mean"] | None = None


class Case(NamedTuple):
    """A variant of one indicator: the condition, and the indicator as it then is."""

    when: Formula
    rule: Indicator


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
    #: What a leaf that does not apply gives: `drop` (left out), `full`, `zero`, `missing` or `refused`.
    otherwise: str = "drop"
    aggregate: str = "sum"
    basis: tuple[Basis, ...] = ()
    #: The score is held between these, where the rule file says so.
    least: Fraction | None = None
    most: Fraction | None = None
    counts: Counts = "points"
    note: Phrase | None = None
    #: The fact that says which items were met, or which level or score was given, for methods that take such.
    fact: str = ""
    #: What the indicator is under conditions of its own; the first that holds counts.
    cases: tuple[Case, ...] = ()
    #: Which of the cases of its id this is, 0 for the indicator itself, and its condition.
    case: int = 0
    when: Formula | None = None

    @property
    def key(self) -> str:
        """The id, and the case if it is one: what the curves of a tree are found by."""
        return f"{self.id}#{self.case}" if self.case else self.id

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


class Gate(NamedTuple):
    """
    What happens to a result under a condition, after everything is scored.

    `effect` names the file of the room of gates, `parameter` is what that takes: an id, the place of a grade, a formula, a whole number or a text.
    With `each`, the condition is asked of every leaf below that indicator.
    """

    id: str
    label: Phrase
    when: Formula
    effect: str
    parameter: Any
    span: Span
    each: str | None = None
    basis: tuple[Basis, ...] = ()


class Cohort(NamedTuple):
    """A number that only all forms together give: a rank, the best, a mean; `of` is what is measured on every form."""

    name: str
    label: Phrase
    kind: str
    of: Formula
    parameters: Any
    span: Span


class Example(NamedTuple):
    """
    A test that stands in a rule file, or in a file beside it.

    `given` are facts and budget cells by name, `rows` the indicator rows of a form, `year` its year, all as nodes with places; `expect` are
    scores by id, and by the words `total`, `grade`, `variant` and `gates`.
    """

    given: Node | None
    rows: Node | None
    expect: tuple[tuple[Value, Value], ...]
    span: Span
    label: str = ""
    year: Node | None = None


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
    negative_actual: str = "missing"
    gates: tuple[Gate, ...] = ()
    cohort: tuple[Cohort, ...] = ()
    constraints: tuple[Formula, ...] = ()
    #: The parts of the total are each worth all of it, instead of sharing it.
    whole: bool = False
    #: The points that all make together, where the rule file says so and leaves some of its parts to the form.
    declared: Fraction | None = None
    #: A frame without weights: it can be extended, and scores nobody.
    template: bool = False
    #: The days from and until which it is in force, as ordinals.
    valid_from: int | None = None
    valid_until: int | None = None

    @property
    def reference(self) -> str:
        """`id@version`."""
        return f"{self.id}@{self.version}"

    @property
    def points(self) -> Fraction:
        """The points of the base tree."""
        tops = [top.points for top in self.variants[-1].indicators if top.counts == "points"]
        if None in tops and self.declared is not None:
            return self.declared
        found = [points or Fraction(0) for points in tops]
        return max(found, default=Fraction(0)) if self.whole else sum(found, Fraction(0))
