"""Sum: a group is exactly the sum of its parts; what does not apply takes its points with it."""

from __future__ import annotations

from fractions import Fraction

from perfscore.scoring.aggregates import Part, Total
from perfscore.text.phrase import Phrase

NAME, ZH = "sum", "求和"
SAYS = Phrase("各项得分相加", "the scores of the parts are added")


def fold(parts: list[Part]) -> Total:
    """Points, least and most, added over the parts that apply."""
    live = [part for part in parts if part.applies]
    zero = Fraction(0)
    return Total(sum((p.points for p in live), zero), sum((p.low for p in live), zero), sum((p.high for p in live), zero))
