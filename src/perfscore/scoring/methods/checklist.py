"""Checklist: points for every item that is met."""

from __future__ import annotations

from fractions import Fraction

from perfscore.model.curve import ZERO, Curve, Line, level, straight
from perfscore.scoring.methods import Report
from perfscore.scoring.methods._amount import amount
from perfscore.scoring.methods._items import Item, listed, sound
from perfscore.text.fields import Fields
from perfscore.text.interval import Interval, point
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number
from perfscore.text.shape import Alone, MapOf, wrong

NAME, ZH = "checklist", "要点"
TAKES = "items"
SAYS = Phrase("符合一个要点记一份分", "points for every item that is met")
#: As in `{有制度: 4, 制度合规: 2, 有执行: 2}`.
PARAMETERS = Alone("checklist", MapOf(amount(), whole=True))


def items(parameters: Fields, points: Fraction) -> tuple[Item, ...]:
    """The items in the order of the rule file."""
    return tuple(Item(key.value, given.value.of(points), given.value.of(points)) for key, given in parameters["checklist"] or ())


def curve(parameters: Fields, points: Fraction, report: Report) -> Curve | None:
    """The measure is the sum of the items met, which is the score (湖南 指标表: 管理制度健全性)."""
    rows, found, span = parameters["checklist"] or (), items(parameters, points), parameters.span
    if not sound(rows, found, span, report):
        return None
    total = sum((item.most for item in found), ZERO)
    if total != points:
        zh = f"各要点合计 {format_number(total)} 分，分值 {format_number(points)} 分，"
        says = Phrase(
            zh + (f"少 {format_number(points - total)} 分" if total < points else f"多 {format_number(total - points)} 分"),
            f"the items add up to {format_number(total)} of {format_number(points)} points: {format_number(abs(points - total))} too "
            + ("few" if total < points else "many"),
        )
        wrong(report, "items-do-not-add-up", says, span)
        return None
    none, every = Phrase("要点都不符合，不得分", "no item is met, no points"), Phrase("要点全部符合，记满分", "every item is met, full points")
    each = listed(found)
    some = Phrase(f"符合的要点各记其分（{each.zh}）", f"the points of the items met ({each.en})")
    pieces = (
        straight(point(ZERO), level(ZERO), none, span),
        straight(Interval(ZERO, points, low_closed=False, high_closed=False), Line(Fraction(1), ZERO), some, span),
        straight(point(points), level(points), every, span),
    )
    return Curve(pieces, points, full=Phrase("要点全部符合才记满分", "full points take every item"))


def told(parameters: Fields, points: Fraction | None) -> Phrase:
    """As in “有制度 4 分、制度合规 2 分、有执行 2 分，符合的相加”."""
    from perfscore.scoring.methods._told import items as of_items

    rows = parameters["checklist"] or ()
    found = of_items([(key.value, amount.value, amount.value) for key, amount in rows], points, "记" if points is None else "")
    return Phrase(f"{found.zh}，符合的相加", f"{found.en}; those met are added")
