"""Bands: a table of intervals of the measure, each with its points."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from perfscore.model.curve import ZERO, Curve, level, straight
from perfscore.scoring.methods import Report
from perfscore.scoring.methods._amount import Amount, read_amount
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.fields import Fields, Value
from perfscore.text.interval import Interval, read_interval
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number
from perfscore.text.shape import Alone, ListOf, Text, wrong

NAME, ZH = "bands", "分档"
TAKES = "number"
SAYS = Phrase("按所在区间记分", "points by the interval that holds the measure")


class Band(NamedTuple):
    """A row of the table, and its interval as written: `[80%,90%)` says more than `[0.8,0.9)`."""

    on: Interval
    amount: Amount
    text: str


def _read_band(text: str) -> Band | Phrase:
    interval_text, colon, amount_text = text.replace("：", ":").rpartition(":")
    if not colon:
        return Phrase(f"档次应写作“区间: 分数”，写的是 {text}", f"a band is written “interval: points”, not {text}")
    on, amount = read_interval(interval_text), read_amount(amount_text.strip())
    if isinstance(on, Phrase):
        return on
    return amount if isinstance(amount, Phrase) else Band(on, amount, interval_text.strip())


#: As in `["[90%,100%]: 10", "(0,10%]: 4", "≥30%: 0"]`.
PARAMETERS = Alone("bands", ListOf(Text(_read_band, "[:：]", "bad-band"), whole=True))


def curve(parameters: Fields, points: Fraction, report: Report) -> Curve | None:
    """The level pieces in ascending order; a gap or an overlap between neighbours is reported at the later band."""
    rows: list[Value] = sorted(parameters["bands"] or (), key=lambda row: _start(row.value.on))
    if not rows:
        wrong(report, "no-bands", Phrase("一档也没有", "there is no band"), parameters.span)
        return None
    meets = [_meets(one, other, report) for one, other in pairwise(rows)]
    scores = [row.value.amount.of(points) for row in rows]
    over = [value for row, value in zip(rows, scores, strict=True) if value > points and _over(row, value, points, report)]
    if over or not all(meets):
        return None
    pieces = [
        straight(
            row.value.on,
            level(score),
            Phrase(f"在 {row.value.text} 内，记 {format_number(score)} 分", f"within {row.value.text}: {format_number(score)} points"),
            row.span,
        )
        for row, score in zip(rows, scores, strict=True)
    ]
    best = next((row.value for row, score in zip(rows, scores, strict=True) if score == points), None)
    full = None if best is None else Phrase(f"在 {best.text} 内才记满分", f"full points take {best.text}")
    return Curve(tuple(pieces), points, min(ZERO, *scores), points, full)


def _over(row: Value, score: Fraction, points: Fraction, report: Report) -> bool:
    says = Phrase(
        f"这一档记 {format_number(score)} 分，超过分值 {format_number(points)}",
        f"this band gives {format_number(score)} of {format_number(points)} points",
    )
    wrong(report, "band-above-points", says, row.span)
    return True


def _start(on: Interval) -> tuple[bool, Fraction, bool]:
    return (on.low is not None, on.low or ZERO, not on.low_closed)


def _meets(one: Value, other: Value, report: Report) -> bool:
    left, right = one.value.on, other.value.on
    if left.high is not None and left.high == right.low and left.high_closed != right.low_closed:
        return True
    between = ((Phrase("前一档在这里", "the band before is here"), one.span),)
    if left.high is None or right.low is None or left.high > right.low or (left.high == right.low and left.high_closed):
        says = Phrase(f"{one.value.text} 与 {other.value.text} 有重叠", f"{one.value.text} and {other.value.text} overlap")
        report(Diagnostic("band-overlap", says, other.span, more=between))
    else:
        gap = _gap(left, right, share="%" in one.value.text + other.value.text)
        says = Phrase(
            f"{one.value.text} 与 {other.value.text} 之间漏了 {gap}", f"{gap} between {one.value.text} and {other.value.text} is in no band"
        )
        report(Diagnostic("band-gap", says, other.span, more=between))
    return False


def _gap(left: Interval, right: Interval, *, share: bool) -> str:
    """What lies between two bands, in the per cent in which they are written."""
    low, high = (f"{format_number(end * 100)}%" if share else format_number(end) for end in (left.high or ZERO, right.low or ZERO))
    return low if low == high else f"{'(' if left.high_closed else '['}{low},{high}{')' if right.low_closed else ']'}"
