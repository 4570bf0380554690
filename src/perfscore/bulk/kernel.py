"""Curves on arrays: every method goes one way, as runs of pieces with exact ends and one exact division a place."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd
from typing import Any, NamedTuple

import numpy as np

from perfscore.bulk.exact import Arithmetic, Array, Numbers, Truths
from perfscore.model.curve import Curve, Piece, Step, units

#: So many runs are tried one after the other; more pieces are found by bisection.
_TRIED = 5
#: So many equal steps are worth one expression.
_STAIRS = 3


class Run(NamedTuple):
    """
    Neighbouring pieces of a curve that one expression gives.

    They hold from `floor` on (`n × floor_d − floor_n × d >= opened`; the lowest has no floor), and score
    `base + rise × (slope × n + offset × d − minus) // (scale × d)`, the quotient held between `least` and `most`.
    That is a line with the levels that it meets, or a flight of equal steps. Without a slope it is the level `base`.
    """

    floor: Step
    slope: int = 0
    offset: int = 0
    scale: int = 1
    minus: int = 0
    least: int | None = None
    most: int | None = None
    rise: int = 1
    base: int = 0


class Scorer:
    """
    The scores of one curve in rounding units, for measures of one scale.

    Measures are `scale × n / d`; the curve's integers are multiplied by the scale once, here.
    """

    def __init__(self, curve: Curve, places: int, scale: Fraction = Fraction(1)) -> None:
        #: From the top, as the scoring loop has them.
        self.steps = tuple(_scaled(step, scale) for step in curve.steps(places))
        self.runs = tuple(_runs(self.steps[::-1], curve.pieces))
        self.ends = _ends_of(curve, scale)

    def outside(self, measures: Numbers, arithmetic: Arithmetic) -> Truths | None:
        """The places whose measure the curve is not defined for; None where it is defined everywhere."""
        found: Truths | None = None
        for end_n, end_d, opened, sign in self.ends:
            if _between(sign * end_d, -sign * end_n, measures)[0] < opened:
                over, _, _ = _line(arithmetic, measures, sign * end_d, -sign * end_n)
                here = arithmetic.do(np.less, over, opened)
                found = here if found is None else arithmetic.do(np.logical_or, found, here)
        return found

    def scores(self, measures: Numbers, arithmetic: Arithmetic) -> Any:
        """The scores, in the numbers of the arithmetic; raises Beyond."""
        if isinstance(measures.n, int) and measures.d is None:
            return arithmetic.everywhere(units(self.steps, measures.n, 1))
        if len(self.runs) > _TRIED:
            return self._bisected(measures, arithmetic)
        found = _score(self.runs[0], measures, arithmetic)
        for run in self.runs[1:]:
            over, _, _ = _line(arithmetic, measures, run.floor.floor_d, -run.floor.floor_n)
            holds = arithmetic.do(np.greater_equal, over, run.floor.opened)
            found = arithmetic.pick(holds, _score(run, measures, arithmetic), found)
        return arithmetic.everywhere(found) if isinstance(found, int) else found

    def _bisected(self, measures: Numbers, arithmetic: Arithmetic) -> Any:
        """The piece of every measure, found nearly by floating point and then settled by multiplying crosswise."""
        steps = self.steps[::-1]
        top = max(abs(measures.low), abs(measures.high))
        ends = [_between(step.slope, step.offset, measures) for step in steps]
        least, most = min(low for low, _ in ends), max(high for _, high in ends)
        widest = max(step.scale for step in steps) * measures.most
        arithmetic.held(
            *(top * step.floor_d + abs(step.floor_n) * measures.most for step in steps),
            *(factor * end for step in steps for factor, end in ((step.slope, top), (step.offset, measures.most))),
            least - widest,
            most + widest,
        )
        fields = np.array(steps, arithmetic.dtype).T
        return arithmetic.do(lambda n, d, out=None: _settled(fields, n, d, out), measures.n, 1 if measures.d is None else measures.d)


def _settled(fields: Array, n: Any, d: Any, out: Array | None) -> Any:
    """The scores of measures n/d by many pieces, whose fields are columns, from below."""
    floor_n, floor_d, opened, slope, offset, scale = fields
    # Rounding keeps the order, so that only neighbours can be mistaken for each other.
    at = np.searchsorted(floor_n[1:] / floor_d[1:], np.divide(n, d), side="right")
    last = len(floor_n) - 1
    while True:
        above = np.minimum(at + 1, last)
        more = (at < last) & (n * floor_d[above] - floor_n[above] * d >= opened[above])
        less = (at > 0) & (n * floor_d[at] - floor_n[at] * d < opened[at])
        if not (more | less).any():
            break
        at = at + more - less
    if not slope.any():
        return offset.take(at, out=out)
    # A level is its offset over one, and not over d.
    sloped = slope[at] != 0
    upper, lower = slope[at] * n + offset[at] * np.where(sloped, d, 1), np.where(sloped, scale[at] * d, 1)
    if fields.dtype == np.int64:
        return np.floor_divide(upper, lower, out=out)
    return np.floor(np.divide(upper, lower), out=out)


def _scaled(step: Step, scale: Fraction) -> Step:
    """A step for measures n/d that stand for `scale × n / d`."""
    up, down = scale.numerator, scale.denominator
    floor_n, floor_d = step.floor_n * down, step.floor_d * up
    shared = gcd(floor_n, floor_d) if floor_d else 1
    # An open end is only just above its number, so that what is shared may be divided out of both sides.
    floor = (floor_n // shared, floor_d // shared, step.opened) if floor_d else (-1, 0, 0)
    if not step.slope:
        return Step(*floor, 0, step.offset, 1)
    slope, offset, over = step.slope * up, step.offset * down, step.scale * down
    shared = gcd(slope, offset, over)
    return Step(*floor, slope // shared, offset // shared, over // shared)


def _ends_of(curve: Curve, scale: Fraction) -> tuple[tuple[int, int, int, int], ...]:
    """The ends of what a curve is defined for: a measure n/d is inside where `sign × (n × end_d − end_n × d) >= opened`."""
    on = curve.domain
    ends = [(on.low, on.low_closed, 1), (on.high, on.high_closed, -1)]
    return tuple(((end / scale).numerator, (end / scale).denominator, int(not closed), sign) for end, closed, sign in ends if end is not None)


def _runs(steps: Sequence[Step], pieces: Sequence[Piece]) -> list[Run]:
    """The runs of a curve from below, each as long as one expression reaches."""
    steps, pieces = _joined(steps, pieces)
    runs: list[Run] = []
    at = 0
    while at < len(steps):
        flight = _flight(steps, at)
        if flight >= _STAIRS:
            runs.append(_stairs(steps[at : at + flight]))
            at += flight
            continue
        middle = next((place for place in (at, at + 1) if place < len(steps) and steps[place].slope and (place == at or _meet(pieces, at))), None)
        if middle is None:
            runs.append(Run(steps[at], base=steps[at].offset))
            at += 1
            continue
        step, after = steps[middle], middle + 1
        ends = [steps[at].offset] if middle > at else []
        held = [None if middle == at else ends[0], None]
        if after < len(steps) and not steps[after].slope and _meet(pieces, middle):
            held[1] = steps[after].offset
            after += 1
        least, most = held if step.slope > 0 else held[::-1]
        runs.append(Run(steps[at], step.slope, step.offset, step.scale, 0, least, most))
        at = after
    return runs


def _joined(steps: Sequence[Step], pieces: Sequence[Piece]) -> tuple[list[Step], list[Piece]]:
    """The steps and pieces of a curve with neighbours of one level as one."""
    kept, joined = [steps[0]], [pieces[0]]
    for step, piece in zip(steps[1:], pieces[1:], strict=True):
        if not step.slope and not kept[-1].slope and step.offset == kept[-1].offset:
            on = joined[-1].on
            joined[-1] = joined[-1]._replace(on=on._replace(high=piece.on.high, high_closed=piece.on.high_closed))
        else:
            kept.append(step)
            joined.append(piece)
    return kept, joined


def _meet(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a piece and the next give the same at the end between them."""
    end = pieces[at].on.high
    return end is not None and pieces[at].upper.at(end) == pieces[at + 1].upper.at(end)


def _flight(steps: Sequence[Step], at: int) -> int:
    """How many pieces from here on are equal steps of equal height."""
    count = 0
    while at + count < len(steps) and not steps[at + count].slope:
        if count > 1:
            one, two, three = steps[at + count - 2 : at + count + 1]
            if three.offset - two.offset != two.offset - one.offset or three.opened != two.opened:
                break
            if count > 2 and _floor(three) - _floor(two) != _floor(two) - _floor(one):
                break
        count += 1
    return count if count < 2 or steps[at + 1].offset != steps[at].offset else 1


def _floor(step: Step) -> Fraction:
    return Fraction(step.floor_n, step.floor_d)


def _stairs(steps: Sequence[Step]) -> Run:
    """Equal steps as one quotient: how many of their floors lie at or below the measure."""
    first, width = _floor(steps[1]), _floor(steps[2]) - _floor(steps[1])
    # (x − first) / width + 1, over whole numbers.
    slope, offset = 1 / width, 1 - first / width
    common = slope.denominator * offset.denominator // gcd(slope.denominator, offset.denominator)
    return Run(
        steps[0], int(slope * common), int(offset * common), common, steps[1].opened, 0, len(steps) - 1,
        steps[1].offset - steps[0].offset, steps[0].offset,
    )  # fmt: skip


def _between(slope: int, offset: int, measures: Numbers) -> tuple[int, int]:
    """What `slope × n + offset × d` lies between."""
    ends, shifts = (slope * measures.low, slope * measures.high), (offset, offset * measures.most)
    return min(ends) + min(shifts), max(ends) + max(shifts)


def _line(arithmetic: Arithmetic, measures: Numbers, slope: int, offset: int) -> tuple[Any, int, int]:
    """`slope × n + offset × d` with its ends."""
    low, high = _between(slope, offset, measures)
    arithmetic.held(low, high, slope * measures.low, slope * measures.high, offset * measures.most)
    found = arithmetic.product(measures.n, slope)
    if offset:
        found = arithmetic.sum(found, offset if measures.d is None else arithmetic.product(measures.d, offset))
    return found, low, high


def _score(run: Run, measures: Numbers, arithmetic: Arithmetic) -> Any:
    """The expression of a run at every place, whether or not the place is in it."""
    if not run.slope:
        return run.base
    if 2 * run.offset == run.scale and run.slope % run.scale == 0 < run.slope and measures.low >= 0:
        # W × n / d half up, as a share of the points is.
        found = arithmetic.rounded(run.slope // run.scale, measures)
    else:
        upper, low, high = _line(arithmetic, measures, run.slope, run.offset)
        if run.minus:
            upper, low = arithmetic.sum(upper, run.minus, -1), low - run.minus
        lower = run.scale if measures.d is None else arithmetic.product(measures.d, run.scale)
        found = arithmetic.quotient(upper, low, high, lower, run.scale * measures.most)
    for choose, end in ((np.maximum, run.least), (np.minimum, run.most)):
        if end is not None:
            found = arithmetic.do(choose, found, end, into=found)
    if run.rise != 1:
        found = arithmetic.do(np.multiply, found, run.rise, into=found)
    if run.base:
        found = arithmetic.do(np.add, found, run.base, into=found)
    return found
