"""Sum: a group is exactly the sum of its parts; what does not apply takes its points with it."""

from __future__ import annotations

from fractions import Fraction

from perfscore.scoring.aggregates import Part
from perfscore.text.phrase import Phrase

NAME, ZH = "sum", "求和"
SAYS = Phrase("各项得分相加", "the scores of the parts are added")
WHOLE = False


def fold(parts: list[Part]) -> Part:
    """Everything added up."""
    zero = Fraction(0)
    return Part(*(sum(column, zero) for column in zip(*parts, strict=True))) if parts else Part(zero, zero, zero, zero)
