"""The curves of rows as arrays: rows of many points and methods are scored together, every row by the coefficients of its own curve."""

from __future__ import annotations

from math import lcm
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from perfscore.bulk.room import Room
from perfscore.model.curve import Curve, Step, units

#: Below this, integers in float64 are exact, and one division and one floor of them as well.
_FLOAT, _INTEGER = 2**53, 2**63 - 1
#: More points than this no form has; sums of so many scores stay far below both limits.
MOST = 2**36
_End = tuple[int, int, int, int]


class Shape(NamedTuple):
    """
    What curves share that differ only in their points.

    The floors of their pieces from the top, the ends of what they are defined for, and the denominator of their scores. A measure n/d lies below a floor
    where `n × floor_d − floor_n × d < opened`.
    """

    floors: tuple[tuple[int, int, int], ...]
    ends: tuple[_End, ...]
    scale: int


class Curves:
    """All curves that rows were scored on so far, each by its place."""

    def __init__(self, places: int) -> None:
        self.places = places
        self.shapes: dict[Shape, int] = {}
        self.shape_of: list[int] = []
        self._steps: list[tuple[Step, ...]] = []
        self.first: list[int] = []
        self.slopes: list[int] = []
        self.offsets: list[int] = []
        self._arrays: _Arrays | None = None
        self._room = Room()

    def add(self, curve: Curve) -> int | None:
        """The place of a curve; None for one that arrays do not score."""
        most = curve.points if curve.most is None else curve.most
        if curve.signed or most * 10**self.places > MOST:
            return None
        steps = curve.steps(self.places)
        scale = lcm(*(step.scale for step in steps))
        shape = Shape(tuple(step[:3] for step in steps[:-1]), _ends_of(curve), scale)
        first = len(self.slopes)
        for step in steps:
            # A level is its offset over 1, and here over what all have below their line.
            factor = scale // step.scale if step.slope else scale
            self.slopes.append(step.slope * factor)
            self.offsets.append(step.offset * factor)
        if max(map(abs, (*self.slopes[first:], *self.offsets[first:], scale))) > 2**61:
            del self.slopes[first:], self.offsets[first:]
            return None
        self.shape_of.append(self.shapes.setdefault(shape, len(self.shapes)))
        self._steps.append(steps)
        self.first.append(first)
        self._arrays = None
        return len(self._steps) - 1

    def scores(
        self, at: NDArray[Any], n: NDArray[np.int64], d: NDArray[np.int64], most: int | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_] | None]:
        """
        The scores of measures n/d in rounding units on the curves at these places, and where one is not defined.

        No n is negative, every d is positive; `most` is more than any of them, if the caller knows. The scores hold until others are asked for.
        """
        if self._arrays is None:
            self._arrays = _Arrays(self)
        arrays = self._arrays
        if len(arrays.shapes) == 1:
            return self._of_shape(arrays, 0, at, (n, d), most)
        shapes = arrays.shape_of.take(at)
        found, outside = np.zeros(len(n), np.int64), None
        for shape in np.flatnonzero(np.bincount(shapes, minlength=len(arrays.shapes))):
            rows = np.flatnonzero(shapes == shape)
            found[rows], beyond = self._of_shape(arrays, int(shape), at[rows], (n[rows], d[rows]), most)
            if beyond is not None:
                outside = np.zeros(len(n), np.bool_) if outside is None else outside
                outside[rows] = beyond
        return found, outside

    def _of_shape(
        self, arrays: _Arrays, place: int, at: NDArray[Any], measures: tuple[NDArray[np.int64], NDArray[np.int64]], most: int | None
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_] | None]:
        n, d = measures
        if not len(n):
            return np.zeros(0, np.int64), None
        need = arrays.need(place, most, most) if most is not None else _INTEGER
        if need >= _FLOAT:
            need = arrays.need(place, int(n.max()), int(d.max()))
        shape = arrays.shapes[place]
        if need < _FLOAT:
            return self._by(arrays, shape, at, self._room.filled("n", np.float64, n), self._room.filled("d", np.float64, d))
        if need < _INTEGER:
            return self._by(arrays, shape, at, n, d)
        return self._one_by_one(shape, at, n, d)

    def _by(self, arrays: _Arrays, shape: Shape, at: NDArray[Any], n: Any, d: Any) -> tuple[NDArray[np.int64], NDArray[np.bool_] | None]:
        """All at once, in the numbers that n and d are."""
        coefficients = arrays.floats if n.dtype == np.float64 else arrays.integers
        step = at if len(shape.floors) == 1 and arrays.paired else arrays.first.take(at)
        if len(shape.floors) == 1 and arrays.paired:
            step = np.multiply(step, 2, out=self._room.of("step", np.intp, len(step)))
        for floor_n, floor_d, opened in shape.floors:
            whole = floor_n == floor_d == 1 and not opened
            below = np.less(n, d, out=self._room.of("below", np.bool_, len(n))) if whole else n * floor_d - d * floor_n < opened
            step = np.add(step, below, out=self._room.of("step", np.intp, len(step)))
        upper = self._room.taken("upper", coefficients[0], step)
        upper *= n
        shift = self._room.taken("shift", coefficients[1], step)
        shift *= d
        upper += shift
        np.multiply(d, shape.scale, out=shift)
        if n.dtype == np.float64:
            np.divide(upper, shift, out=upper)
            np.floor(upper, out=upper)
            found = self._room.filled("found", np.int64, upper)
        else:
            found = upper // shift
        outside = None
        for end_n, end_d, opened, sign in shape.ends:
            here = sign * (n * end_d - d * end_n) < opened
            outside = here if outside is None else outside | here
        return found, outside

    def _one_by_one(
        self, shape: Shape, at: NDArray[Any], n: NDArray[np.int64], d: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_] | None]:
        """Beyond 63 bits: by Python's integers."""
        rows = list(zip(at.tolist(), n.tolist(), d.tolist(), strict=True))
        found = np.array([units(self._steps[curve], top, bottom) for curve, top, bottom in rows], np.int64)
        if not shape.ends:
            return found, None
        return found, np.array([any(sign * (top * ed - bottom * en) < opened for en, ed, opened, sign in shape.ends) for _, top, bottom in rows])


class _Arrays:
    """What is looked up for every row."""

    def __init__(self, curves: Curves) -> None:
        self.shapes = tuple(curves.shapes)
        self.shape_of = np.array(curves.shape_of)
        self.first = np.array(curves.first)
        slopes, offsets = np.array(curves.slopes, np.int64), np.array(curves.offsets, np.int64)
        self.integers = (slopes, offsets)
        self.floats = (slopes.astype(np.float64), offsets.astype(np.float64))
        #: Every curve has two pieces, so that its place says where they are.
        self.paired = bool((self.first == 2 * np.arange(len(self.first))).all()) and len(slopes) == 2 * len(self.first)
        self.most: list[tuple[int, int]] = []
        for place in range(len(self.shapes)):
            steps = [
                at + k
                for at, shape in zip(curves.first, curves.shape_of, strict=True)
                if shape == place
                for k in range(len(self.shapes[place].floors) + 1)
            ]
            self.most.append((max(abs(curves.slopes[k]) for k in steps), max(abs(curves.offsets[k]) for k in steps)))

    def need(self, place: int, above: int, below: int) -> int:
        """What no number goes beyond while curves of a shape are put on measures up to above/below."""
        shape, (slope, offset) = self.shapes[place], self.most[place]
        floors = (fd * above + abs(fn) * below for fn, fd, _ in (*shape.floors, *(end[:3] for end in shape.ends)))
        return max(slope * above + (offset + shape.scale) * below, 0, *floors)


def _ends_of(curve: Curve) -> tuple[_End, ...]:
    """The ends that a measure can lie beyond; measures here are never negative."""
    on = curve.domain
    found: list[_End] = []
    if on.low is not None and (on.low > 0 or (on.low == 0 and not on.low_closed)):
        found.append((on.low.numerator, on.low.denominator, int(not on.low_closed), 1))
    if on.high is not None:
        found.append((on.high.numerator, on.high.denominator, int(not on.high_closed), -1))
    return tuple(found)
