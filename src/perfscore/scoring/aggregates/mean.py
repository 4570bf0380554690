"""Mean: a group is the plain mean of its parts, each worth the whole points (几项评分取平均)."""

from __future__ import annotations

from fractions import Fraction

from perfscore.scoring.aggregates import Part, among
from perfscore.text.phrase import Phrase

NAME, ZH = "mean", "平均"
SAYS = Phrase("取各项得分的平均", "the mean of the scores of the parts")
WHOLE = True


def fold(parts: list[Part]) -> Part:
    """The mean of the parts that apply."""
    return among(parts, lambda scores: sum(scores, Fraction(0)) / len(scores))
