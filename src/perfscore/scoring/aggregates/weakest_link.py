"""Weakest link: the lowest part counts, and half a point more where another part is better (PEFA, method M1)."""

from __future__ import annotations

from fractions import Fraction

from perfscore.scoring.aggregates import Part, among
from perfscore.text.phrase import Phrase

NAME, ZH = "weakest-link", "短板"
SAYS = Phrase(
    "取得分最低的一项，另有高于它的再加半分，但不超过得分最高的一项",
    "the lowest part counts, and half a point more where another is higher, but never more than the highest",
)
WHOLE = True


def fold(parts: list[Part]) -> Part:
    """
    The lowest score + 1/2, held at the highest: with A to D as 4 to 1, `+` stands for the half.

    Held, because 2.9 beside 3 would else be 3.4: above its best part, and above the 3 of 3 beside 3.
    """
    return among(parts, lambda scores: min(min(scores) + Fraction(1, 2), max(scores)))
