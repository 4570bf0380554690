"""Sum: a group is exactly the sum of its parts; what does not apply takes its points with it."""

from __future__ import annotations

from fractions import Fraction

from perfscore.scoring.aggregates import Part
from perfscore.text.numbers import added
from perfscore.text.phrase import Phrase

NAME, ZH = "sum", "求和"
SAYS = Phrase("各项得分相加", "the scores of the parts are added")
WHOLE = False


def fold(parts: list[Part]) -> Part:
    """Everything added up."""
    if not parts:
        return Part(*(Fraction(0),) * 4)
    points, applying, low, high = zip(*parts, strict=True)
    # Mostly everything applies, and every score is known.
    all_points, least = added(points), added(low)
    return Part(all_points, all_points if applying == points else added(applying), least, least if high == low else added(high))
