"""What a leaf is scored on: an exact number (or an interval of them) with the facts it came from, or the reason why there is none."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

from perfscore.model.form import Cell
from perfscore.model.formula import Formula
from perfscore.model.rules import Direction
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Printed

Number = Fraction | Interval
#: Who gave a judged score: somebody named as judge, the unit itself, or the rule set where nobody did.
Whose = Literal["judged", "reported", "default"]


class Comparison(NamedTuple):
    """实际 held against 目标: the share of the target that was reached, the other way round for a 反向 indicator."""

    value: Number
    target: Cell
    actual: Cell
    read_target: Printed
    read_actual: Printed
    direction: Direction
    #: Both cells print the same text, which is met whatever it says.
    same: bool = False
    #: The rate before the rule set rounded it.
    unrounded: Fraction | None = None


class Fact(NamedTuple):
    """A fact that a formula read: a number (of days, of a word that was chosen), or the numbers of a list."""

    name: str
    value: Fraction | tuple[Fraction, ...]
    cell: Cell | None
    #: What one of the printed number is in the unit that formulas read, and the unit it is printed in.
    factor: Fraction = Fraction(1)
    unit: str = ""
    #: How it was computed from other facts.
    computed: Computed | None = None
    #: It is what the rule set lays down where the form says nothing.
    default: bool = False
    #: The fact of which this is the word that was chosen, or (`地区.东部`) whether it was that one; the cell says which.
    of: str = ""

    @property
    def number(self) -> Fraction:
        """The value of a fact that is one number; raises TypeError for a list."""
        if isinstance(self.value, tuple):
            raise TypeError(self.name)
        return self.value


class Computed(NamedTuple):
    """The value of a formula with the facts it read."""

    value: Number
    formula: Formula
    label: Phrase
    facts: tuple[Fact, ...]
    #: The rate before the rule set rounded it.
    unrounded: Fraction | None = None


class Lateness(NamedTuple):
    """Days from the deadline to the day it was done; 0 or less in time."""

    value: Number
    target: Cell
    actual: Cell


class Chosen(NamedTuple):
    """A level reported by its label; the value is its place in the rule's list."""

    value: Number
    label: str
    cell: Cell


class Judged(NamedTuple):
    """A person's score: whose it is, the tier it was given in (None: not said), and the tier's place from below."""

    value: Number
    score: Fraction
    whose: Whose
    cell: Cell | None
    tier: str | None
    same: bool = False


class Ticked(NamedTuple):
    """Items that were met, or that occurred: the sum of their points; `amounts` are those of each item that counts, least and most."""

    value: Number
    amounts: tuple[tuple[str, Fraction, Fraction, Cell | None], ...]
    #: The items that were not met, with what they would have counted.
    lacking: tuple[tuple[str, Fraction, Fraction, Cell | None], ...]
    cell: Cell | None


Measure = Comparison | Computed | Lateness | Chosen | Judged | Ticked


class Absence(NamedTuple):
    """
    Why a leaf has no measure, decided before scoring.

    `missing` leaves its score open between bounds, `not-applicable` takes it out, `full` and `zero` are what a rule lays down for a leaf that
    does not apply.
    """

    kind: Literal["missing", "not-applicable", "full", "zero"]
    why: Phrase
    #: What the score can be where that is less than everything: the range of a known tier.
    bounds: tuple[Fraction, Fraction] | None = None
    #: Nobody can tell whether it applies; if not, it is left out.
    drops: bool = False
