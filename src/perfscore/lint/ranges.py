"""Arithmetic on intervals, exact at their ends: what a sum, a product or a quotient of numbers known to lie in intervals can be."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import reduce

from perfscore.text.interval import Interval, point

ZERO, ONE = Fraction(0), Fraction(1)
NOT_NEGATIVE = Interval(ZERO, None, low_closed=True, high_closed=False)
POSITIVE = Interval(ZERO, None, low_closed=False, high_closed=False)
TRUTH = Interval(ZERO, ONE, low_closed=True, high_closed=True)
NOTHING = Interval(ONE, ZERO, low_closed=True, high_closed=True)
_NEGATIVE = POSITIVE.mirrored()


def added(one: Interval, other: Interval) -> Interval:
    """The sums."""
    low = None if one.low is None or other.low is None else one.low + other.low
    high = None if one.high is None or other.high is None else one.high + other.high
    return Interval(low, high, one.low_closed and other.low_closed, one.high_closed and other.high_closed)


def scaled(on: Interval, by: Fraction) -> Interval:
    """The products with one number."""
    if not by:
        return point(ZERO)
    if by < 0:
        return scaled(on.mirrored(), -by)
    return Interval(None if on.low is None else on.low * by, None if on.high is None else on.high * by, on.low_closed, on.high_closed)


def hull(ranges: Iterator[Interval]) -> Interval:
    """The least interval that holds all of them; nothing of none."""
    return reduce(_joined, (on for on in ranges if not on.empty()), NOTHING)


def times(one: Interval, other: Interval) -> Interval:
    """The products."""
    return hull(_signed(_product(left, right), minus=minus != also_minus) for left, minus in _halves(one) for right, also_minus in _halves(other))


def divided(one: Interval, other: Interval) -> Interval:
    """The quotients, of divisors that are not 0."""
    return hull(
        _signed(_product(left, _reciprocal(right)), minus=minus != also_minus)
        for left, minus in _halves(one)
        for right, also_minus in _halves(other)
        if not right.meet(POSITIVE).empty()
    )


def size(on: Interval) -> Interval:
    """The amounts without their sign."""
    return hull(half for half, _ in _halves(on))


def without_zero(on: Interval) -> Interval:
    """The interval with an end at 0 opened; a 0 inside stays, because an interval has no holes."""
    return Interval(on.low, on.high, on.low_closed and on.low != 0, on.high_closed and on.high != 0)


def _joined(one: Interval, other: Interval) -> Interval:
    if one.empty() or other.empty():
        return other if one.empty() else one
    low, low_closed = min(((i.low, i.low_closed) for i in (one, other)), key=lambda end: (end[0] is not None, end[0] or 0, not end[1]))
    high, high_closed = max(((i.high, i.high_closed) for i in (one, other)), key=lambda end: (end[0] is None, end[0] or 0, end[1]))
    return Interval(low, high, low_closed, high_closed)


def _halves(on: Interval) -> Iterator[tuple[Interval, bool]]:
    """What lies at 0 and above, and what lies below it as amounts, which is said by True."""
    above, below = on.meet(NOT_NEGATIVE), on.meet(_NEGATIVE)
    if not above.empty():
        yield above, False
    if not below.empty():
        yield below.mirrored(), True


def _signed(on: Interval, *, minus: bool) -> Interval:
    return on.mirrored() if minus else on


def _product(one: Interval, other: Interval) -> Interval:
    """Of two that are nowhere below 0; an end at 0 that belongs to either belongs to the product."""
    low = (one.low or ZERO) * (other.low or ZERO)
    zero = (one.low == 0 and one.low_closed) or (other.low == 0 and other.low_closed)
    if one.high == 0 or other.high == 0:
        return point(ZERO)
    high = None if one.high is None or other.high is None else one.high * other.high
    return Interval(low, high, (one.low_closed and other.low_closed) or zero, one.high_closed and other.high_closed and high is not None)


def _reciprocal(on: Interval) -> Interval:
    """Of the part above 0."""
    low = ZERO if on.high is None else 1 / on.high
    high = None if not on.low else 1 / on.low
    return Interval(low, high, on.high_closed and on.high is not None, high is not None and on.low_closed)
