"""Points of a curve to how they are told: of rows that the form brings as shares, for their points are not known."""

from __future__ import annotations

from fractions import Fraction

from perfscore.linting.subject import TRIAL, Drawn
from perfscore.scoring.methods import find
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

#: So many times the points that no amount in points is twice the same share by chance.
_MANY = 1000


def to_scale(drawn: Drawn) -> bool:
    """Whether what is true of the curve as drawn is true of all points: amounts in points are another share of every row."""
    if not drawn.rule.open:
        return True
    method = find(drawn.use.name)
    more = method.curve(drawn.use.parameters, _MANY * TRIAL, lambda _: None) if method is not None else None
    if more is None or len(more.pieces) != len(drawn.curve.pieces):
        return False
    return all(
        one.on == other.on and tuple(_MANY * part for part in one.upper) == other.upper
        for one, other in zip(drawn.curve.pieces, more.pieces, strict=True)
    )


def worth(drawn: Drawn, score: Fraction) -> Phrase:
    """`8 分`, or of rows `分值的 80%`."""
    if drawn.rule.open and score == TRIAL:
        return Phrase("满分", "all points")
    if drawn.rule.open and score:
        share = f"{format_number(score / TRIAL * 100)}%"
        return Phrase(f"分值的 {share}", f"{share} of the points")
    shown = format_number(score)
    return Phrase(f"{shown} 分", f"{shown} point" if score == 1 else f"{shown} points")
