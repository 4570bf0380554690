"""Steps away from one end of an interval, each of which changes the points, laid out as the stretches of a curve on that side."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from perfscore.model.curve import Line, level
from perfscore.text.interval import Interval

#: The most steps on one side of an interval.
MAX_STEPS = 1000


class Steps(NamedTuple):
    """What happens beyond an end: from `base` on, `change` points (below 0: lost) for every `every`, and nothing more from `until` on."""

    every: Fraction
    change: Fraction
    #: What a part of a step counts: nothing (`whole`), a step (`up`) or its share (`proportional`).
    part: str
    base: Fraction
    until: Fraction

    @property
    def number(self) -> int:
        """The steps from the base until the change stops, the last perhaps a part."""
        return -((self.base - self.until) // self.change)


class Stretch(NamedTuple):
    """A part of a side: the whole steps that count there (None: in proportion), and whether it is the last, where the change has stopped."""

    on: Interval
    line: Line
    steps: int | None
    last: bool = False


def upwards(side: Steps, end: Fraction, *, closed: bool) -> Iterator[Stretch]:
    """The stretches above the upper end of an interval, upwards; `closed` says that the end itself belongs to the interval."""
    every, change, base, count = side.every, side.change, side.base, side.number
    last = level(side.until)
    if side.part == "proportional":
        stop = end + every * (side.until - base) / change
        line = Line(change / every, base - change / every * end)
        yield Stretch(Interval(end, stop, not closed, high_closed=False), line, None)
        yield Stretch(Interval(stop, None, low_closed=True, high_closed=False), last, None, last=True)
    elif side.part == "up":
        for step in range(1, count):
            on = Interval(end + (step - 1) * every, end + step * every, not closed if step == 1 else False, high_closed=True)
            yield Stretch(on, level(base + step * change), step)
        yield Stretch(Interval(end + (count - 1) * every, None, not closed if count == 1 else False, high_closed=False), last, count, last=True)
    else:
        for step in range(count):
            on = Interval(end + step * every, end + (step + 1) * every, not closed if step == 0 else True, high_closed=False)
            yield Stretch(on, level(base + step * change), step)
        yield Stretch(Interval(end + count * every, None, low_closed=True, high_closed=False), last, count, last=True)


def downwards(side: Steps, end: Fraction, *, closed: bool) -> Iterator[Stretch]:
    """The stretches below the lower end of an interval, upwards: the same as above its mirror image."""
    for stretch in reversed(list(upwards(side, -end, closed=closed))):
        line = stretch.line
        yield stretch._replace(on=stretch.on.mirrored(), line=Line(-line.slope, line.intercept))
