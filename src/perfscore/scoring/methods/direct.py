"""Direct: the measure is the score itself, held between 0 and the points (直接得分, imported scores, scoring formulas)."""

from __future__ import annotations

from fractions import Fraction

from perfscore.model.curve import ZERO, Curve, Line, level, straight
from perfscore.scoring.methods import Report
from perfscore.text.fields import Fields
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.record import Record

NAME, ZH = "direct", "直接得分"
TAKES = "number"
SAYS = Phrase("公式算出的就是得分，不超过分值，不低于 0", "the measure is the score, held between 0 and the points")
PARAMETERS = Record((), Phrase("直接得分法", "direct method"))


def curve(parameters: Fields, points: Fraction, report: Report) -> Curve | None:
    """The identity between 0 and the points, level outside."""
    del report
    span = parameters.span
    below = straight(Interval(None, ZERO, low_closed=False, high_closed=False), level(ZERO), Phrase("低于 0 分，记 0 分", "below 0, no points"), span)
    inside = straight(
        Interval(ZERO, points, low_closed=True, high_closed=False), Line(Fraction(1), ZERO), Phrase("按算出的分数记分", "the score as computed"), span
    )
    full = straight(
        Interval(points, None, low_closed=True, high_closed=False),
        level(points),
        Phrase("达到分值，记满分", "at the points or above, full points"),
        span,
    )
    return Curve((below, inside, full), points)


def told(parameters: Fields, points: Fraction | None) -> Phrase:
    """As in “按算出的数记分，不超过 8 分，不低于 0 分”."""
    from perfscore.scoring.methods._told import in_points

    del parameters
    most = Phrase("分值", "the points") if points is None else in_points(points)
    return Phrase(f"按算出的数记分，不超过{'' if points is None else ' '}{most.zh}，不低于 0 分", f"as computed, held between 0 and {most.en}")
