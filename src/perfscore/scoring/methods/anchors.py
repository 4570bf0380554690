"""Anchors: points at some measures, and straight lines between them."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from perfscore.model.curve import ZERO, Curve, Line, level, straight
from perfscore.scoring.methods import Report
from perfscore.scoring.methods._amount import Amount, read_amount
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.fields import Fields, Value
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number, read_share
from perfscore.text.shape import Alone, ListOf, Text, wrong

NAME, ZH = "anchors", "插值"
TAKES = "number"
SAYS = Phrase("在给定的点之间按直线记分，点以外不再增减", "straight lines between given points, level beyond the first and the last")


class Anchor(NamedTuple):
    """A measure and the points that it earns, both also as written: `80%` says more than `0.8`."""

    at: Fraction
    amount: Amount
    text: str
    earns: str

    def __str__(self) -> str:
        return f"{self.text}: {self.earns}"


def _read_anchor(text: str) -> Anchor | Phrase:
    at, colon, amount = text.replace("：", ":").partition(":")
    measure, points = read_share(at.strip()), read_amount(amount.strip())
    if measure is None or not colon:
        return Phrase(f"点应写作“测算值: 分数”，写的是 {text}", f"an anchor is written “measure: points”, not {text}")
    return points if isinstance(points, Phrase) else Anchor(measure, points, at.strip(), amount.strip())


#: As in `["60%: 0", "80%: 6", "100%: 10"]`.
PARAMETERS = Alone("anchors", ListOf(Text(_read_anchor, "[:：]", "bad-anchor"), whole=True))


def curve(parameters: Fields, points: Fraction, report: Report) -> Curve | None:
    """Level outside the first and the last anchor, which belong to the level pieces."""
    rows: list[Value] = sorted(parameters["anchors"] or (), key=lambda row: row.value.at)
    if len(rows) < 2:
        wrong(report, "few-anchors", Phrase("至少要有两个点", "at least two anchors are needed"), parameters.span)
        return None
    if not _apart(rows, report) or not _within(rows, points, report):
        return None
    first, last = rows[0].value, rows[-1].value
    on = Interval(None, first.at, low_closed=False, high_closed=True)
    pieces = [straight(on, level(first.amount.of(points)), _reason(f"不超过 {first.text}", f"up to {first.text}", first, points), rows[0].span)]
    for one, other in pairwise(rows):
        low, high = one.value, other.value
        less, more = low.amount.of(points), high.amount.of(points)
        slope = (more - less) / (high.at - low.at)
        reason = Phrase(
            f"{low.text} 到 {high.text} 之间，从 {format_number(less)} 分到 {format_number(more)} 分按直线记分",
            f"from {low.text} to {high.text} in a straight line from {format_number(less)} to {format_number(more)} points",
        )
        on = Interval(low.at, high.at, low_closed=one is not rows[0], high_closed=False)
        pieces.append(straight(on, Line(slope, less - slope * low.at), reason, other.span))
    on = Interval(last.at, None, low_closed=True, high_closed=False)
    pieces.append(straight(on, level(last.amount.of(points)), _reason(f"达到 {last.text}", f"from {last.text} on", last, points), rows[-1].span))
    scores = [row.value.amount.of(points) for row in rows]
    best = rows[scores.index(max(scores))].value
    # A peak in the middle has no level piece that would say it.
    full = Phrase(f"{best.text} 才记满分", f"full points take {best.text}") if points not in (scores[0], scores[-1]) and points in scores else None
    return Curve(tuple(pieces), points, ZERO, max(scores), full)


def told(parameters: Fields, points: Fraction | None) -> Phrase:
    """As in “60% 不得分，80% 记 6 分，100% 记 10 分；其间按直线插值，两端以外不再增减”."""
    from perfscore.scoring.methods._told import scores, spaced

    found: list[Anchor] = sorted((row.value for row in parameters["anchors"] or ()), key=lambda anchor: anchor.at)
    given = scores((anchor.amount for anchor in found), points)
    zh = [spaced(anchor.text, "" if score.zh == "不得分" else "记", score.zh) for anchor, score in zip(found, given, strict=True)]
    en = [f"at {anchor.text}: {score.en}" for anchor, score in zip(found, given, strict=True)]
    return Phrase("，".join(zh) + "；其间按直线插值，两端以外不再增减", ", ".join(en) + "; in straight lines between, level beyond")


def _reason(zh: str, en: str, anchor: Anchor, points: Fraction) -> Phrase:
    score = format_number(anchor.amount.of(points))
    return Phrase(f"{zh}，记 {score} 分", f"{en}: {score} points")


def _apart(rows: list[Value], report: Report) -> bool:
    twice = [(one, other) for one, other in pairwise(rows) if one.value.at == other.value.at]
    for one, other in twice:
        says = Phrase(f"{other.value.text} 处有两个点", f"there are two anchors at {other.value.text}")
        report(Diagnostic("anchor-twice", says, other.span, more=((Phrase("前一个点在这里", "the first is here"), one.span),)))
    return not twice


def _within(rows: list[Value], points: Fraction, report: Report) -> bool:
    outside = [row for row in rows if not ZERO <= row.value.amount.of(points) <= points]
    for row in outside:
        score = format_number(row.value.amount.of(points))
        says = Phrase(
            f"{row.value.text} 处记 {score} 分，不在 0 到分值 {format_number(points)} 之间",
            f"{row.value.text} gives {score} of {format_number(points)} points",
        )
        wrong(report, "anchor-above-points", says, row.span)
    return not outside
