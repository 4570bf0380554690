"""A rule set resolved for scoring: the curve of every fixed leaf, and grades in integers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from perfscore.model.curve import Curve
from perfscore.model.rules import Grade, Indicator, RuleSet, Variant


class Tree(NamedTuple):
    """One variant: its indicators, and the curves of the leaves whose points the rule file fixes, by id."""

    variant: Variant
    curves: Mapping[str, Curve]
    #: The parts of the total are each worth all of it.
    whole: bool = False
    #: What the top level adds up to where the form gives some of its points.
    declared: Fraction | None = None

    @property
    def points(self) -> Fraction | None:
        """The points of the top level; None where the rule file leaves some of them to the form, and does not say what all make together."""
        found = [top.points for top in self.variant.indicators if top.counts == "points"]
        known = [points for points in found if points is not None]
        if None in found:
            return self.declared
        return max(known, default=Fraction(0)) if self.whole else sum(known, Fraction(0))

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
