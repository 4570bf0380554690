"""A rule set resolved for scoring: the curve of every fixed leaf, and grades in integers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from perfscore.model.curve import Curve
from perfscore.model.rules import Grade, Indicator, RuleSet, Variant
from perfscore.text.numbers import added

#: So many curves are kept. A rule set has few open groups and a form few different numbers of points.
KEPT = 8192


class Drawn:
    """
    The curves that a plan drew for the points of rows; the next row of as many points has the same one.

    They say nothing that the rule set does not say, so plans are equal whatever they have drawn so far. There are never more than a fixed number
    of them, however many forms come, and each is a frozen value: two threads that draw the same curve keep one of two equal ones.
    """

    __slots__ = ("_curves",)

    def __init__(self) -> None:
        self._curves: dict[tuple[int, int, int, int], tuple[Indicator, Curve]] = {}

    def curve(self, rule: Indicator, use: int, points: Fraction, draw: Callable[[Indicator, int, Fraction], Curve]) -> Curve:
        """The curve of one of an indicator's methods for these points, by `draw` if it was not drawn before."""
        at = (id(rule), use, points.numerator, points.denominator)
        found = self._curves.get(at)
        if found is None:
            if len(self._curves) >= KEPT:
                self._curves = {}
            # With its indicator, so that no other one can come to have the same number.
            found = self._curves[at] = rule, draw(rule, use, points)
        return found[1]

    def __len__(self) -> int:
        return len(self._curves)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Drawn)

    def __hash__(self) -> int:
        return hash(Drawn)

    def __reduce__(self) -> tuple[type[Drawn], tuple[()]]:
        # In another process the indicators have other numbers.
        return Drawn, ()


class Tree(NamedTuple):
    """One variant: its indicators, and the curves of the leaves whose points the rule file fixes, by id."""

    variant: Variant
    curves: Mapping[str, Curve]
    #: The ids of its groups, which no row may have.
    groups: frozenset[str]
    #: The parts of the total are each worth all of it.
    whole: bool = False
    #: What the top level adds up to where the form gives some of its points.
    declared: Fraction | None = None

    @property
    def points(self) -> Fraction | None:
        """The points of the top level; None where the rule file leaves some of them to the form, and does not say what all make together."""
        found = [top.points for top in self.variant.indicators if top.counts == "points"]
        known = [points for points in found if points is not None]
        if len(known) < len(found):
            return self.declared
        return max(known, default=Fraction(0)) if self.whole else added(known)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The top level."""
        return self.variant.indicators


#: From this many rounding units on (and below the cut before) a total has this grade, or none.
Cut = tuple[int, Grade | None]


class Plan(NamedTuple):
    """
    A rule set ready to score any number of forms.

    `cuts` are the grades from the top, in units of the leaf's rounding (`places` decimal places), for the scoring loop.
    """

    rules: RuleSet
    trees: tuple[Tree, ...]
    cuts: tuple[Cut, ...]
    places: int
    drawn: Drawn
