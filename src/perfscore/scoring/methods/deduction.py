"""Deduction: full points inside an interval, and points lost for every step beyond it until nothing is left (扣完为止)."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from perfscore.model.curve import ZERO, Curve, Piece, level, straight
from perfscore.scoring.methods import Report
from perfscore.scoring.methods._amount import Amount, amount
from perfscore.scoring.methods._steps import MAX_STEPS, Steps, Stretch, downwards, upwards
from perfscore.text.fields import Fields
from perfscore.text.interval import Interval, read_interval
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number
from perfscore.text.record import Key, Record
from perfscore.text.shape import Choice, Number, Text, wrong
from perfscore.text.source import Span

NAME, ZH = "deduction", "扣分"
TAKES = "number"
SAYS = Phrase("达标记满分，每偏离一档扣若干分，扣完为止", "full points inside the interval, points lost for every step outside it, down to the floor")
PARAMETERS = Record(
    (
        Key(
            "full",
            "满分条件",
            Text(read_interval, code="bad-interval"),
            Phrase("记满分的区间，如 <= 100%", "the interval of full points, like <= 100%"),
            required=True,
        ),
        Key("every", "每档", Number(0), Phrase("一档多大，如 1% 或 5", "the size of a step, like 1% or 5"), required=True),
        Key("lose", "扣分", amount(), Phrase("每档扣多少，如 0.5 或 分值的10%", "points lost a step, like 0.5 or 10% of points"), required=True),
        Key(
            "steps",
            "不足一档",
            Choice({"whole": "不扣", "up": "按一档", "proportional": "按比例"}),
            Phrase("不足一档怎么算，缺省不扣", "what a part of a step counts: nothing (whole, the default), a step (up), its share (proportional)"),
        ),
        Key("floor", "扣到", amount(), Phrase("最少剩多少分，缺省 0", "the least that is left, 0 by default")),
    ),
    Phrase("扣分法", "deduction method"),
)


class Words(NamedTuple):
    """What the pieces of a deduction rest on and are told with."""

    span: Span
    #: What being a step away is called.
    off: Phrase = Phrase("偏离", "off")
    #: The step as the rule file writes it.
    step: str = ""


def curve(parameters: Fields, points: Fraction, report: Report) -> Curve | None:
    """Steps on the sides where the full interval ends (湖南 2014–2020 指标表: 每超1个百分点扣…分, 扣完为止)."""
    full, every, lose = parameters["full"], parameters["every"], parameters["lose"]
    if full is None or every is None or lose is None:
        return None
    floor = (parameters["floor"] or Amount(ZERO, share=False)).of(points)
    side = Steps(every, -lose.of(points), parameters["steps"] or "whole", points, floor)
    if not _fits(side, full, parameters, report):
        return None
    # As the rule file puts it: `≤100%` says more than `(-∞,1]`.
    shown = parameters.at("full").written().replace("<=", "≤").replace(">=", "≥") or str(full)
    reason = Phrase(f"{shown}，记满分", f"{shown}: full points")
    pieces = [straight(full, level(points), reason, parameters.span)]
    words = Words(parameters.span, step=parameters.at("every").written())
    if full.high is not None:
        pieces += [lost(stretch, side, words) for stretch in upwards(side, full.high, closed=full.high_closed)]
    if full.low is not None:
        pieces = [lost(stretch, side, words) for stretch in downwards(side, full.low, closed=full.low_closed)] + pieces
    return Curve(tuple(pieces), points, min(ZERO, floor), points, Phrase(f"{shown} 才记满分", f"full points take {shown}"))


def told(parameters: Fields, points: Fraction | None) -> Phrase:
    """As in “≤100% 记满分；每超过 1% 扣 0.5 分，不足 1% 的不扣，扣完为止”."""
    from perfscore.scoring.methods._told import Move, down_to, number, range_of, spaced, worth
    from perfscore.text.phrase import same

    full: Interval = parameters["full"]
    where = Phrase("每超出", "outside")
    if full.low == full.high:
        where = Phrase("每超过或低于", "above or below")
    elif full.low is None:
        where = Phrase("每超过", "above")
    elif full.high is None:
        where = Phrase("每低于", "below")
    shown, every, amount = range_of(parameters, "full"), same(number(parameters, "every")), worth(parameters["lose"], points)
    move = Move(where, every, amount, parameters["steps"] or "whole", down_to(parameters["floor"], points)).told()
    return Phrase(f"{spaced(shown.zh, '记满分')}；{move.zh}", f"{shown.en}: full points; {move.en}")


def _fits(side: Steps, full: Interval, parameters: Fields, report: Report) -> bool:
    if full.low is None and full.high is None:
        wrong(
            report,
            "no-deduction",
            Phrase("满分条件包括一切，扣不到分", "the full interval holds everything: nothing is ever lost"),
            parameters.at("full"),
        )
    elif side.every <= 0 or side.change >= 0:
        wrong(
            report,
            "no-step",
            Phrase("每档和扣分都要大于 0", "the step and the loss must be above 0"),
            parameters.at("every" if side.every <= 0 else "lose"),
        )
    elif side.until >= side.base:
        wrong(report, "floor-above-points", Phrase("“扣到”的分数应低于分值", "the floor must be below the points"), parameters.at("floor"))
    elif (side.until - side.base) / side.change > MAX_STEPS:
        wrong(report, "too-many-steps", Phrase(f"超过 {MAX_STEPS} 档", f"more than {MAX_STEPS} steps"), parameters.at("lose"))
    else:
        return True
    return False


def lost(stretch: Stretch, side: Steps, words: Words) -> Piece:
    """A stretch on which points are lost, with its reason."""
    off, each, floor = words.off, -side.change, side.until
    if stretch.last:
        reason = Phrase("扣完为止，不得分", "everything is lost")
        if floor:
            reason = Phrase(f"扣到 {format_number(floor)} 分为止", f"down to {format_number(floor)} points")
    elif stretch.steps is None:
        step = words.step or format_number(side.every)
        reason = Phrase(f"每偏离 {step} 扣 {format_number(each)} 分，按比例", f"{format_number(each)} points lost for every {step}, in proportion")
    elif stretch.steps == 0:
        reason = Phrase("偏离不足一档，不扣分", "less than a step off, nothing is lost")
    else:
        taken = format_number(stretch.steps * each)
        reason = Phrase(f"{off.zh} {stretch.steps} 档，扣 {taken} 分", f"{stretch.steps} steps {off.en}, {taken} points lost")
    return straight(stretch.on, stretch.line, reason, words.span)
