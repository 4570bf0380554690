"""What became of an indicator: its score or bounds, the piece of the curve it fell on, and what is below it."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

from perfscore.model.curve import Piece
from perfscore.model.measure import Fact
from perfscore.model.rules import Gate
from perfscore.model.submission import Leaf
from perfscore.text.phrase import Phrase

Status = Literal["scored", "judged", "missing", "not-applicable", "vetoed"]


class Held(NamedTuple):
    """A gate that took effect, or of which nobody can tell whether it does (not `certain`); with `each`, on which leaf."""

    gate: Gate
    certain: bool
    leaf: str = ""
    #: The points that it took off, least and most.
    lost: tuple[Fraction, Fraction] | None = None
    #: What its condition and its effect read, each with what it is called, and what of that is not known.
    facts: tuple[tuple[Fact, Phrase], ...] = ()
    lacking: tuple[Phrase, ...] = ()


class Outcome(NamedTuple):
    """
    An indicator of an evaluation: a leaf, a group with its children, or the line that a rescaled group shows for the difference.

    `score` is None while anything is missing; then the total lies between the two `bounds`, both of which are reached or approached.
    `points` is None for a row that has none of its own.
    """

    id: str
    label: Phrase
    points: Fraction | None
    score: Fraction | None
    bounds: tuple[Fraction, Fraction]
    status: Status
    leaf: Leaf | None = None
    children: tuple[Outcome, ...] = ()
    #: Why a group cannot be told apart into its rows, or how it is made of them where that is not by adding up.
    note: Phrase | None = None
    #: What it was by its own rule, before points were taken off by hand or by a gate.
    before: Outcome | None = None
    #: The gate that took effect on it.
    by: Held | None = None
    #: Those of its points of which nobody can tell whether they apply.
    doubt: Fraction = Fraction(0)
    #: Nobody can tell whether anything of it applies; if not, it has no score.
    drops: bool = False

    @property
    def ruled(self) -> Outcome:
        """What it was by its own rule."""
        return self if self.before is None else self.before.ruled

    @property
    def piece(self) -> Piece | None:
        """The piece of the curve that its score by its own rule fell on."""
        return None if self.leaf is None or self.ruled.score is None else self.leaf.piece

    @property
    def exact(self) -> Fraction | None:
        """The score of a leaf by its own rule, before rounding where one number gives it."""
        if self.leaf is None or self.ruled.score is None:
            return None
        exact = self.leaf.exact
        return self.ruled.score if exact is None else exact

    @property
    def lost(self) -> Fraction | None:
        """Points not earned; None while the score is not known."""
        return None if self.score is None or self.points is None else self.points - self.score
