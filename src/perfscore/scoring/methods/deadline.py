"""Deadline: full points in time; late, nothing, or points lost for every day (or days) of delay."""

from __future__ import annotations

from fractions import Fraction

from perfscore.model.curve import ZERO, Curve, level, straight
from perfscore.scoring.methods import Report
from perfscore.scoring.methods._amount import amount
from perfscore.text.fields import Fields
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.record import Key, Record
from perfscore.text.shape import Number, wrong

NAME, ZH = "deadline", "时限"
TAKES = "days"
SAYS = Phrase("按时完成记满分，逾期按规定扣分，未规定的不得分", "full points in time; late as the rule says, nothing if it says nothing")
PARAMETERS = Record(
    (
        Key(
            "every",
            "每档",
            Number(0),
            Phrase("逾期几天算一档，不足一档按一档；缺省 1", "days in a step of delay, a part of one counts whole; 1 by default"),
        ),
        Key("lose", "扣分", amount(), Phrase("每档扣多少；不写则逾期不得分", "points lost a step; without it late means no points")),
    ),
    Phrase("时限法", "deadline method"),
)


def curve(parameters: Fields, points: Fraction, report: Report) -> Curve | None:
    """The measure is days late, 0 or less in time."""
    span = parameters.span
    on_time = straight(
        Interval(None, ZERO, low_closed=False, high_closed=True), level(points), Phrase("按时完成，记满分", "in time, full points"), span
    )
    late = Interval(ZERO, None, low_closed=False, high_closed=False)
    if parameters["lose"] is None:
        return Curve((on_time, straight(late, level(ZERO), Phrase("逾期，不得分", "late, no points"), span)), points)
    # Most deadlines lose everything at once, and pay for no steps.
    from perfscore.scoring.methods._steps import MAX_STEPS, Steps, upwards
    from perfscore.scoring.methods.deduction import Words, lost

    lose: Fraction = parameters["lose"].of(points)
    side = Steps(parameters.get("every", Fraction(1)), -lose, "up", points, ZERO)
    if side.every <= 0 or lose <= 0 or points / lose > MAX_STEPS:
        wrong(
            report,
            "no-step",
            Phrase(f"每档和扣分都要大于 0，且不超过 {MAX_STEPS} 档", f"the step and the loss must be above 0, with {MAX_STEPS} steps at most"),
            span,
        )
        return None
    words = Words(span, Phrase("逾期", "late"))
    return Curve((on_time, *(lost(stretch, side, words) for stretch in upwards(side, ZERO, closed=True))), points)


def told(parameters: Fields, points: Fraction | None) -> Phrase:
    """As in “按时完成记满分；每逾期 1 天扣 2 分，扣完为止”."""
    from perfscore.scoring.methods._told import Move, down_to, number, worth

    if parameters["lose"] is None:
        return Phrase("按时完成记满分，逾期不得分", "full points in time, none late")
    days = "1" if parameters["every"] is None else number(parameters, "every")
    every = Phrase(f"{days} 天", "day" if days == "1" else f"{days} days")
    # Delays come in whole days, of which a day has no parts.
    move = Move(Phrase("每逾期", "late"), every, worth(parameters["lose"], points), "" if days == "1" else "up", down_to(None, points)).told()
    return Phrase(f"按时完成记满分；{move.zh}", f"full points in time; {move.en}")
