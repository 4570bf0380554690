"""Sets of numbers that a printed text allows, or that follow from such, held exactly: unions of intervals, and of runs of rounded numbers."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from perfscore.text.interval import Interval

HALF = Fraction(1, 2)
#: Of more parts than this only the hull is kept: it holds everything that they hold.
MOST_PARTS = 256
#: Intervals in ascending order, of which no two touch.
Union = tuple[Interval, ...]


def union(parts: Iterable[Interval]) -> Union:
    """Intervals in any order as one set."""
    found: list[Interval] = []
    for part in sorted((part for part in parts if not part.empty()), key=_start):
        if found and _touch(found[-1], part):
            found[-1] = _joined(found[-1], part)
        else:
            found.append(part)
    return tuple(found) if len(found) <= MOST_PARTS else (Interval(found[0].low, found[-1].high, found[0].low_closed, found[-1].high_closed),)


def meet(one: Union, other: Union) -> bool:
    """Whether two sets have a number in common."""
    return any(not left.meet(right).empty() for left in one for right in other)


def rounding_to(number: Fraction, unit: Fraction) -> Interval:
    """The numbers that are `number` when they are rounded to whole units, half away from zero (四舍五入)."""
    low, high = number - unit / 2, number + unit / 2
    return Interval(low, high, low_closed=number > 0, high_closed=number < 0)


class Runs(NamedTuple):
    """Numbers with so many decimal places: runs of units from one to another, in ascending order and apart from each other."""

    places: int
    runs: tuple[tuple[int, int], ...]

    def holds(self, number: Fraction) -> bool:
        """Whether a number is one of them."""
        units = number * 10**self.places
        return units.denominator == 1 and any(low <= units <= high for low, high in self.runs)

    def plus(self, other: Runs) -> Runs:
        """Every sum of one of these and one of those."""
        places = max(self.places, other.places)
        one, another = self._in(places), other._in(places)
        return Runs(places, _merged((a + c, b + d) for a, b in one for c, d in another))

    def _in(self, places: int) -> tuple[tuple[int, int], ...]:
        """The runs in smaller units. Between two numbers of one run there are then numbers that are none of them, unless nothing is added up coarser."""
        scale = 10 ** (places - self.places)
        if scale == 1 or all(low == high for low, high in self.runs):
            return tuple((low * scale, high * scale) for low, high in self.runs)
        if sum(high - low + 1 for low, high in self.runs) > MOST_PARTS:
            return ((self.runs[0][0] * scale, self.runs[-1][1] * scale),)
        return tuple((number * scale, number * scale) for low, high in self.runs for number in range(low, high + 1))

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """The least and the most of them."""
        unit = 10**self.places
        return Fraction(self.runs[0][0], unit), Fraction(self.runs[-1][1], unit)


def rounded(numbers: Union, places: int) -> Runs:
    """What numbers of a set become when they are rounded half away from zero; none of them may be infinite."""
    scale = 10**places
    found = []
    for part in numbers:
        if part.low is None or part.high is None:
            raise ValueError("a score lies between two numbers")
        found.append((_rounded(part.low * scale, 0 if part.low_closed else 1), _rounded(part.high * scale, 0 if part.high_closed else -1)))
    return Runs(places, _merged(found))


def _rounded(units: Fraction, side: int) -> int:
    """A number of units rounded half away from zero; with a side, what numbers just above (1) or just below (-1) become."""
    tie = (units + HALF).denominator == 1
    if units > 0 or (units == 0 and side >= 0):
        return floor(units + HALF) - (tie and side < 0)
    return ceil(units - HALF) + (tie and side > 0)


def _merged(runs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for low, high in sorted(runs):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found) if len(found) <= MOST_PARTS else ((found[0][0], found[-1][1]),)


def _start(on: Interval) -> tuple[bool, Fraction, bool]:
    return on.low is not None, on.low or Fraction(0), not on.low_closed


def _touch(one: Interval, other: Interval) -> bool:
    """Whether the second, which begins no earlier, leaves nothing between it and the first."""
    if one.high is None or other.low is None or one.high > other.low:
        return True
    return one.high == other.low and (one.high_closed or other.low_closed)


def _joined(one: Interval, other: Interval) -> Interval:
    if one.high is None or other.high is None:
        return Interval(one.low, None, one.low_closed, high_closed=False)
    high, closed = max((one.high, one.high_closed), (other.high, other.high_closed))
    return Interval(one.low, high, one.low_closed, closed)
