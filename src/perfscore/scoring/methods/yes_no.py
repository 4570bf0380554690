"""Yes/no: full points if the target is met, else none."""

from __future__ import annotations

from fractions import Fraction

from perfscore.model.curve import ZERO, Curve, level, straight
from perfscore.scoring.methods import Report
from perfscore.text.fields import Fields
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.record import Record

NAME, ZH = "yes-no", "是否"
TAKES = "number"
SAYS = Phrase("达到记满分，未达到不得分", "full points if met, none if not")
PARAMETERS = Record((), Phrase("是否法", "yes-no method"))


def curve(parameters: Fields, points: Fraction, report: Report) -> Curve | None:
    """A step at 1: a condition is 0 or 1, an achievement is 1 when the target is met (财预〔2021〕101号 直接赋分)."""
    del report
    one = Fraction(1)
    no = straight(
        Interval(ZERO, one, low_closed=True, high_closed=False), level(ZERO), Phrase("未达到，不得分", "not met, no points"), parameters.span
    )
    yes = straight(
        Interval(one, None, low_closed=True, high_closed=False), level(points), Phrase("达到，记满分", "met, full points"), parameters.span
    )
    return Curve((no, yes), points)


def told(parameters: Fields, points: Fraction | None) -> Phrase:
    """The same for every condition and every target."""
    del parameters, points
    return Phrase("符合的记满分，不符合的不得分", "full points if met, none if not")
