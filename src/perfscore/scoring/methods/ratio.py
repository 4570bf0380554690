"""Ratio: points in proportion to the measure, up to a cap, from a pass mark on if there is one."""

from __future__ import annotations

from fractions import Fraction

from perfscore.model.curve import ZERO, Curve, Line, level, straight
from perfscore.scoring.methods import Report
from perfscore.text.fields import Fields
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number
from perfscore.text.record import Key, Record
from perfscore.text.shape import Number, wrong

NAME, ZH = "ratio", "比例"
TAKES = "number"
SAYS = Phrase("按完成比例记分，达到上限为止", "points in proportion to the measure, up to the cap")
PARAMETERS = Record(
    (
        Key("cap", "封顶", Number(0), Phrase("比例最多算到多少，缺省 1（即 100%）", "the ratio counts up to here, 1 (100 %) by default")),
        Key(
            "gate",
            "及格门槛",
            Number(0),
            Phrase("低于它不得分，从它起按 (比例-门槛)/(1-门槛) 记分", "below it no points; from it on (ratio - gate) / (1 - gate)"),
        ),
    ),
    Phrase("比例法", "ratio method"),
)


def curve(parameters: Fields, points: Fraction, report: Report) -> Curve | None:
    """One rising line between the gate and the cap, level outside (财预〔2020〕10号, 财预〔2021〕101号)."""
    cap = parameters.get("cap", Fraction(1))
    gate = parameters.get("gate", ZERO)
    if gate >= min(cap, 1):
        says = Phrase(f"及格门槛 {_share(gate)} 应低于封顶和 100%", f"the gate {_share(gate)} must be below the cap and 100%")
        wrong(report, "gate-above-cap", says, parameters.at("gate"))
        return None
    slope = points / (1 - gate)
    span = parameters.span
    most = slope * (cap - gate)
    rising = Phrase("按比例记分", "in proportion")
    if gate:
        share, rest = _share(gate), _share(1 - gate)
        rising = Phrase(f"达到 {share} 的，按（比例－{share}）÷ {rest} 记分", f"from {share} on by (ratio - {share}) / {rest}")
    full = Phrase("达到目标，记满分", "target met, full points")
    if cap != 1:
        full = Phrase(f"达到上限 {_share(cap)}，记 {format_number(most)} 分", f"at the cap of {_share(cap)}, {format_number(most)} points")
    pieces = [
        straight(Interval(gate, cap, low_closed=True, high_closed=False), Line(slope, -slope * gate), rising, span),
        straight(Interval(cap, None, low_closed=True, high_closed=False), level(most), full, span),
    ]
    if gate:
        below = Phrase(f"低于及格门槛 {_share(gate)}，不得分", f"below the gate of {_share(gate)}, no points")
        pieces.insert(0, straight(Interval(ZERO, gate, low_closed=True, high_closed=False), level(ZERO), below, span))
    return Curve(tuple(pieces), points, ZERO, most)


def told(parameters: Fields, points: Fraction | None) -> Phrase:
    """As in “按完成比例记分，满分为止”; the same of any points."""
    del points
    cap, gate = parameters.get("cap", Fraction(1)), parameters.get("gate", ZERO)
    end = Phrase("满分为止", "up to full points")
    if cap != 1:
        end = Phrase(f"完成比例最高按 {_share(cap)} 计", f"the ratio counted up to {_share(cap)}")
    if not gate:
        return Phrase(f"按完成比例记分，{end.zh}", f"in proportion to the measure, {end.en}")
    below, rest = _share(gate), _share(1 - gate)
    return Phrase(
        f"低于 {below} 不得分，达到的按（完成比例－{below}）÷{rest} 记分，{end.zh}",
        f"no points below {below}, from there on (ratio - {below}) / {rest} of the points, {end.en}",
    )


def _share(value: Fraction) -> str:
    """60%, as a rule says it."""
    return f"{format_number(value * 100)}%"
