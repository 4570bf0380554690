"""Measures at and around the ends of a curve's pieces, and how a person writes them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.linting.subject import Drawn
from perfscore.model.curve import ZERO, Curve, Line
from perfscore.text.interval import Interval
from perfscore.text.printed import format_number


def inside(on: Interval) -> Iterator[Fraction]:
    """A few measures of an interval, ascending: its ends where they belong to it, and some between them."""
    if on.low is not None and on.low == on.high:
        yield on.low
        return
    low = on.low if on.low is not None else None if on.high is None else on.high - 2
    high = on.high if on.high is not None else Fraction(2) if low is None else low + 2
    low = Fraction(-2) if low is None else low
    if on.low is not None and on.low_closed:
        yield on.low
    yield from (low + (high - low) * part / 4 for part in range(1, 4))
    if on.high is not None and on.high_closed:
        yield on.high


def shown(drawn: Drawn, measure: Fraction) -> str:
    """A measure as the rule file would write it: per cent where its method is written so."""
    if in_per_cent(drawn):
        return f"{format_number(measure * 100)}%"
    return format_number(measure)


def in_per_cent(drawn: Drawn) -> bool:
    """Whether the measures of a curve are written per cent: a share of a target, or a rule that says so."""
    if drawn.use.name == "ratio" or (drawn.rule.open and drawn.rule.measure is None and drawn.takes == "number"):
        return True
    return any("%" in piece.span.written().replace("：", ":").rpartition(":")[0] for piece in drawn.curve.pieces if piece.span is not None)


def rising(curve: Curve) -> bool | None:
    """Whether a curve only rises (True) or only falls (False); None where it does both, or neither."""
    up = down = False
    for piece, following in zip(curve.pieces, (*curve.pieces[1:], None), strict=True):
        slope, end = piece.upper.slope, piece.on.high
        step = ZERO if following is None or end is None else _at(following.upper, end) - _at(piece.upper, end)
        up = up or slope > 0 or step > 0
        down = down or slope < 0 or step < 0
    return None if up == down else up


def _at(line: Line, measure: Fraction) -> Fraction:
    return line.at(measure) if line.slope else line.intercept
