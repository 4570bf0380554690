"""Deduction: full points inside an interval, and points lost for every step beyond it until nothing is left (扣完为止)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from perfscore.model.curve import ZERO, Curve, Line, Piece, level, straight
from perfscore.scoring.methods import Report
from perfscore.scoring.methods._amount import Amount, amount
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
MAX_STEPS = 1000
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


class Rule(NamedTuple):
    """One side of a deduction, ready to be laid out."""

    every: Fraction
    lose: Fraction
    steps: str
    points: Fraction
    floor: Fraction
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
    rule = Rule(every, lose.of(points), parameters["steps"] or "whole", points, floor, parameters.span, step=parameters.at("every").written())
    if not _fits(rule, full, parameters, report):
        return None
    # As the rule file puts it: `≤100%` says more than `(-∞,1]`.
    shown = parameters.at("full").written().replace("<=", "≤").replace(">=", "≥") or str(full)
    reason = Phrase(f"{shown}，记满分", f"{shown}: full points")
    pieces = [straight(full, level(points), reason, rule.span)]
    if full.high is not None:
        pieces += above(rule, full.high, full_closed=full.high_closed)
    if full.low is not None:
        mirrored = above(rule, -full.low, full_closed=full.low_closed)
        pieces = [_mirror(piece) for piece in reversed(list(mirrored))] + pieces
    return Curve(tuple(pieces), points, min(ZERO, floor), points, Phrase(f"{shown} 才记满分", f"full points take {shown}"))


def _fits(rule: Rule, full: Interval, parameters: Fields, report: Report) -> bool:
    if full.low is None and full.high is None:
        wrong(
            report,
            "no-deduction",
            Phrase("满分条件包括一切，扣不到分", "the full interval holds everything: nothing is ever lost"),
            parameters.at("full"),
        )
    elif rule.every <= 0 or rule.lose <= 0:
        wrong(
            report,
            "no-step",
            Phrase("每档和扣分都要大于 0", "the step and the loss must be above 0"),
            parameters.at("every" if rule.every <= 0 else "lose"),
        )
    elif rule.floor >= rule.points:
        wrong(report, "floor-above-points", Phrase("“扣到”的分数应低于分值", "the floor must be below the points"), parameters.at("floor"))
    elif (rule.points - rule.floor) / rule.lose > MAX_STEPS:
        wrong(report, "too-many-steps", Phrase(f"超过 {MAX_STEPS} 档", f"more than {MAX_STEPS} steps"), parameters.at("lose"))
    else:
        return True
    return False


def above(rule: Rule, start: Fraction, *, full_closed: bool) -> Iterator[Piece]:
    """The pieces beyond the upper end of the full interval, upwards."""
    every, lose, points, floor = rule.every, rule.lose, rule.points, rule.floor
    last = (
        Phrase(f"扣到 {format_number(floor)} 分为止", f"down to {format_number(floor)} points")
        if floor
        else Phrase("扣完为止，不得分", "everything is lost")
    )
    whole = -((floor - points) // lose)  # steps until the floor, the last perhaps a part
    if rule.steps == "proportional":
        end = start + every * (points - floor) / lose
        line = Line(-lose / every, points + lose / every * start)
        step = rule.step or format_number(every)
        reason = Phrase(f"每偏离 {step} 扣 {format_number(lose)} 分，按比例", f"{format_number(lose)} points lost for every {step}, in proportion")
        yield straight(Interval(start, end, not full_closed, high_closed=False), line, reason, rule.span)
        yield straight(Interval(end, None, low_closed=True, high_closed=False), level(floor), last, rule.span)
        return
    for lost in range(1 if rule.steps == "up" else 0, whole):
        reason = Phrase(
            f"{rule.off.zh} {lost} 档，扣 {format_number(lost * lose)} 分", f"{lost} steps {rule.off.en}, {format_number(lost * lose)} points lost"
        )
        if lost == 0:
            reason = Phrase("偏离不足一档，不扣分", "less than a step off, nothing is lost")
        if rule.steps == "up":
            on = Interval(start + (lost - 1) * every, start + lost * every, not full_closed if lost == 1 else False, high_closed=True)
        else:
            on = Interval(start + lost * every, start + (lost + 1) * every, not full_closed if lost == 0 else True, high_closed=False)
        yield straight(on, level(points - lost * lose), reason, rule.span)
    if rule.steps == "up":
        first = start + (whole - 1) * every
        yield straight(Interval(first, None, not full_closed if whole == 1 else False, high_closed=False), level(floor), last, rule.span)
    else:
        yield straight(Interval(start + whole * every, None, low_closed=True, high_closed=False), level(floor), last, rule.span)


def _mirror(piece: Piece) -> Piece:
    on, line = piece.on, piece.upper
    flipped = Interval(None if on.high is None else -on.high, None if on.low is None else -on.low, on.high_closed, on.low_closed)
    return straight(flipped, Line(-line.slope, line.intercept), piece.reason, piece.span)
