"""A form understood by a plan: every leaf with its points, curve and measure or absence, laid out for the scoring loop."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from perfscore.model.curve import Curve, Piece, Step
from perfscore.model.form import Cell, Form, Row
from perfscore.model.measure import Absence, Fact, Judged, Measure
from perfscore.model.plan import Cut, Plan, Tree
from perfscore.model.rules import Basis, Gate, Indicator
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span


class Leaf(NamedTuple):
    """What is scored: a fixed indicator, or a row of the form. Without points it has no curve and no score of its own."""

    id: str
    label: Phrase
    points: Fraction | None
    curve: Curve | None
    measure: Measure | Absence
    rule: Indicator
    row: Row | None
    #: Where the method that gave the curve is called in the rule file.
    rule_span: Span
    basis: tuple[Basis, ...]
    #: Points that somebody took off by hand, and where that is written.
    taken: tuple[Fraction, Cell] | None = None
    #: Of a bonus or a malus, which has no points of the total: the most that it adds or takes away.
    beyond: Fraction | None = None

    @property
    def piece(self) -> Piece | None:
        """The piece of its curve that it falls on: for a judged leaf the range of its tier, of those that an interval lies on the lowest."""
        curve, measure = self.curve, self.measure
        if curve is None or isinstance(measure, Absence):
            return None
        value = measure.value
        if isinstance(value, Interval):
            return next((piece for piece in curve.pieces if not piece.on.meet(value).empty()), None)
        place = curve.find(value)
        return None if place is None else curve.pieces[place]

    @property
    def exact(self) -> Fraction | None:
        """Its score before rounding; None where it was not measured as one number."""
        measure, piece = self.measure, self.piece
        if piece is None or isinstance(measure, Absence) or isinstance(measure.value, Interval):
            return None
        return measure.score if isinstance(measure, Judged) else piece.upper.at(measure.value)


class Branch(NamedTuple):
    """
    A group: its parts are places in the submission's leaves, or groups.

    `points` are those that count for the group itself: printed, else the rule's, else those of its rows (None).
    An `unknown` group cannot be told apart into its rows, for the reason given: it is one unknown between 0 and its points.
    """

    id: str
    label: Phrase
    points: Fraction | None
    parts: tuple[int | Branch, ...]
    rule: Indicator | None
    unknown: Phrase | None = None


class Barrier(NamedTuple):
    """A gate at a form: the facts that its condition and its effect read, by name; a name without a value could not be read."""

    gate: Gate
    facts: Mapping[str, Fact | Absence]


#: A complete leaf for the scoring loop: its measure as numerator and denominator, and the curve in integers.
Hot = tuple[int, int, tuple[Step, ...]]


class Submission(NamedTuple):
    """
    A form bound to a plan.

    `hot` are the complete leaves, `places` their places in `leaves`, in the same order. `plain` says that nothing else gives points and
    that the total is the sum of the rounded leaves, so that the loop alone gives the result. `cuts` are the plan's grades, or none where the
    points of the form are not those that the grades are laid down for.
    """

    plan: Plan
    tree: Tree
    form: Form
    leaves: tuple[Leaf, ...]
    root: Branch
    hot: tuple[Hot, ...]
    places: tuple[int, ...]
    plain: bool
    cuts: tuple[Cut, ...]
    #: The gates that may take effect; those whose facts alone say that they do not are left out.
    barriers: tuple[Barrier, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    #: The same form by the other variants of which nobody can tell whether they apply.
    perhaps: tuple[Submission, ...] = ()

    @property
    def unsized(self) -> bool:
        """Whether a group is an unknown of nobody knows how many points: then nobody knows what the total is of, nor its grade."""
        stack = [self.root]
        while stack:
            branch = stack.pop()
            if branch.unknown is not None and branch.points is None:
                return True
            stack += [part for part in branch.parts if isinstance(part, Branch)]
        return False
