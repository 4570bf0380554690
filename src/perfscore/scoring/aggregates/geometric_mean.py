"""Geometric mean: the n-th root of the product of n parts, so that a weak part is not made up for by a strong one (as in the UNDP's HDI)."""

from __future__ import annotations

from fractions import Fraction

from perfscore.scoring.aggregates import Part, among
from perfscore.text.phrase import Phrase

NAME, ZH = "geometric-mean", "几何平均"
SAYS = Phrase("取各项得分的几何平均，四舍五入到 9 位小数", "the geometric mean of the scores of the parts, rounded half up to 9 decimal places")
WHOLE = True
#: A root has digits without end; so many are kept, more than a rule set can ask for.
PLACES = Fraction(9)


def fold(parts: list[Part]) -> Part:
    """The geometric mean of the parts that apply; a score below 0 counts as 0, because a root of it would mean nothing."""
    from perfscore.scoring.formula.functions import COMPUTED  # what formulas call geomean

    return among(parts, lambda scores: COMPUTED["geomean"](*(max(score, Fraction(0)) for score in scores), PLACES))
