"""The heart: a piecewise-linear function from a measure to points, held exactly."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import NamedTuple

from perfscore.model.sets import Union, union
from perfscore.text.interval import Interval, point
from perfscore.text.numbers import format_number
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span

ZERO = Fraction(0)


class Line(NamedTuple):
    """`slope × measure + intercept`, in points."""

    slope: Fraction
    intercept: Fraction

    def at(self, measure: Fraction) -> Fraction:
        """The points at a measure."""
        return self.slope * measure + self.intercept


def level(points: Fraction) -> Line:
    """The same points everywhere."""
    return Line(ZERO, points)


class Piece(NamedTuple):
    """
    A stretch of a curve.

    `lower` and `upper` are equal unless a person judges inside the stretch; then the score lies between them,
    and `upper_open` says that the upper end itself belongs to the stretch above (80 % of the points is 达成, not 部分达成).
    """

    on: Interval
    lower: Line
    upper: Line
    reason: Phrase
    span: Span | None = None
    upper_open: bool = False


def straight(on: Interval, line: Line, reason: Phrase, span: Span | None = None) -> Piece:
    """A piece without a person's judgement."""
    return Piece(on, line, line, reason, span)


class Step(NamedTuple):
    """
    A piece in integers, for the scoring loop, which tries them from the top: most measures are good.

    It holds a measure n/d when `n*floor_d - floor_n*d >= opened` and no step above held it; its score, in units of the rounding and already
    half up, is `offset` where it is level (`slope` is 0), else `(slope*n + offset*d) // (scale*d)`.
    """

    floor_n: int
    floor_d: int
    opened: int
    slope: int
    offset: int
    scale: int


def units(steps: tuple[Step, ...], n: int, d: int) -> int:
    """The score of a measure n/d in units of the rounding; the scoring loop says the same in place."""
    for floor_n, floor_d, opened, slope, offset, scale in steps:
        if n * floor_d - floor_n * d >= opened:
            return (slope * n + offset * d) // (scale * d) if slope else offset
    raise ValueError("the lowest step holds everything")


class _Curve(NamedTuple):
    """What a curve is made of; what follows from it is remembered by the curve itself, which a named tuple by itself has no room for."""

    pieces: tuple[Piece, ...]
    points: Fraction
    least: Fraction = ZERO
    most: Fraction | None = None
    #: What full points take, where the rule file puts it better than the pieces.
    full: Phrase | None = None


class Curve(_Curve):
    """
    Pieces in ascending order that meet without gap or overlap, and the points they give.

    `least` and `most` are what the curve can give; 0 and `points` unless a rule grants bonus or malus.
    """

    @cached_property
    def domain(self) -> Interval:
        """The measures for which the curve is defined."""
        first, last = self.pieces[0].on, self.pieces[-1].on
        return Interval(first.low, last.high, first.low_closed, last.high_closed)

    def holds(self, measure: Fraction) -> bool:
        """Whether the curve is defined there: pieces without a gap hold what lies between the ends of the first and the last."""
        return self.domain.holds(measure)

    def find(self, measure: Fraction) -> int | None:
        """The piece that holds a measure; `None` outside the domain."""
        for index, piece in enumerate(self.pieces):
            if piece.on.holds(measure):
                return index
        return None

    def score(self, measure: Fraction) -> Fraction | None:
        """The exact points at a measure, before any rounding; of a judged piece the upper line."""
        index = self.find(measure)
        return None if index is None else self.pieces[index].upper.at(measure)

    def image(self, measures: Interval) -> tuple[Fraction, Fraction] | None:
        """The least and the most points over an interval of measures; ends count as reached. `None` if it lies outside the domain."""
        found: list[Fraction] = []
        for piece in self.pieces:
            part = piece.on.meet(measures)
            if part.empty():
                continue
            ends = [end for end in (part.low, part.high) if end is not None]
            found += [line.at(end) for line in (piece.lower, piece.upper) for end in ends]
            if len(ends) < 2:
                # Towards infinity a level line stays where it is; a rising or falling one is held by what the curve can give.
                lines = (piece.lower, piece.upper)
                found += [line.intercept if line.slope == 0 else self._held(line.slope if part.high is None else -line.slope) for line in lines]
        return (min(found), max(found)) if found else None

    def images(self, measures: Interval) -> Union:
        """Every score over an interval of measures, before any rounding, with its open and closed ends; nothing where it lies outside the domain."""
        return union(one for piece in self.pieces for one in self._images(piece, piece.on.meet(measures)))

    def _images(self, piece: Piece, on: Interval) -> Iterable[Interval]:
        if on.empty():
            return
        low, high = (self._image(line, on) for line in (piece.lower, piece.upper))
        # Between its two lines a judged piece gives anything.
        yield low if piece.lower == piece.upper else Interval(low.low, high.high, low.low_closed, high.high_closed and not piece.upper_open)

    def _image(self, line: Line, on: Interval) -> Interval:
        if not line.slope:
            return point(line.intercept)
        ends = [(None if end is None else line.at(end), closed) for end, closed in ((on.low, on.low_closed), (on.high, on.high_closed))]
        (low, low_closed), (high, high_closed) = ends if line.slope > 0 else ends[::-1]
        most = self.points if self.most is None else self.most
        # Towards infinity a line is held by what the curve can give.
        return Interval(self.least if low is None else low, most if high is None else high, low_closed, high_closed)

    def _held(self, slope: Fraction) -> Fraction:
        most = self.points if self.most is None else self.most
        return most if slope > 0 else self.least

    def reach(self, score: Fraction) -> tuple[Fraction, bool] | None:
        """The least measure whose score is at least `score`, and whether it is reached (False: only approached from above)."""
        for piece in self.pieces:
            on, line = piece.on, piece.upper
            if on.low is not None and (line.intercept if not line.slope else line.at(on.low)) >= score:
                return on.low, on.low_closed
            if line.slope > 0:
                at = (score - line.intercept) / line.slope
                if on.holds(at):
                    return at, True
            elif on.low is None and line.slope == 0 and line.intercept >= score and on.high is not None:
                return on.high, on.high_closed
        return None

    def steps(self, places: int) -> tuple[Step, ...]:
        """The curve in integers, for scores rounded to `places`; read only where scores are never negative."""
        if places not in self._known:
            # The cache of a derived value: the curve stays what it was, and all forms of a rule set are scored to as many places.
            self._known[places] = tuple(_steps(self.pieces, places))
        return self._known[places]

    @cached_property
    def _known(self) -> dict[int, tuple[Step, ...]]:
        return {}

    def held(self, least: Fraction | None, most: Fraction | None) -> Curve:
        """The curve with its points held between two limits; a piece that crosses one is two pieces."""
        if least is None and most is None:
            return self
        pieces = [part for piece in self.pieces for part in _held(piece, least, most)]
        low, high = self.least, self.points if self.most is None else self.most
        low, high = (between(end, least, most) for end in (low, high))
        return self._replace(pieces=tuple(pieces), least=low, most=high)

    def beyond(self, *, malus: bool) -> Curve:
        """The curve of a bonus or a malus: worth no points of the total, it adds what it gives or takes it away."""
        high = self.points if self.most is None else self.most
        if not malus:
            return self._replace(points=ZERO, most=high)
        pieces = tuple(piece._replace(lower=_negative(piece.upper), upper=_negative(piece.lower)) for piece in self.pieces)
        return self._replace(pieces=pieces, points=ZERO, least=-high, most=-self.least)

    @property
    def signed(self) -> bool:
        """Whether a score can be negative, which the half-up integer step does not cover."""
        return self.least.numerator < 0


def _negative(line: Line) -> Line:
    return Line(-line.slope, -line.intercept)


def between(points: Fraction, least: Fraction | None, most: Fraction | None) -> Fraction:
    """Points held between two limits, as far as there are any."""
    points = points if least is None else max(points, least)
    return points if most is None else min(points, most)


def _held(piece: Piece, least: Fraction | None, most: Fraction | None) -> Iterable[Piece]:
    """A piece held between limits, cut where its line crosses one; the end of a cut belongs to the part below it."""
    on, line = piece.on, piece.upper
    if piece.lower != piece.upper or not line.slope:
        lower, upper = (Line(one.slope, between(one.intercept, least, most)) for one in (piece.lower, piece.upper))
        yield _limited(piece._replace(lower=lower, upper=upper), piece)
        return
    low, closed = on.low, on.low_closed
    for cut in sorted((limit - line.intercept) / line.slope for limit in (least, most) if limit is not None):
        if not (on.low is None or on.low < cut) or not (on.high is None or cut < on.high):
            continue
        yield _part(piece, Interval(low, cut, closed, high_closed=True), least, most)
        low, closed = cut, False
    yield _part(piece, Interval(low, on.high, closed, on.high_closed), least, most)


def _part(piece: Piece, on: Interval, least: Fraction | None, most: Fraction | None) -> Piece:
    """A part of a piece that crosses no limit inside."""
    line = piece.upper
    at = line.at(_inside(on))
    held = level(between(at, least, most)) if between(at, least, most) != at else line
    return _limited(piece._replace(on=on, lower=held, upper=held), piece)


def _limited(held: Piece, piece: Piece) -> Piece:
    """A piece that was held, with what it is held at in its reason."""
    told = piece.reason
    if held.upper.intercept < piece.upper.at(_inside(held.on)) and not held.upper.slope:
        shown = format_number(held.upper.intercept)
        told = Phrase(f"{told.zh}，最高记 {shown} 分", f"{told.en}, {shown} points at most")
    if held.lower.intercept > piece.lower.at(_inside(held.on)) and not held.lower.slope:
        shown = format_number(held.lower.intercept)
        told = Phrase(f"{told.zh}，最低记 {shown} 分", f"{told.en}, {shown} points at least")
    return held._replace(reason=told)


def _inside(on: Interval) -> Fraction:
    """Some measure between the ends of an interval."""
    ends = [end for end in (on.low, on.high) if end is not None]
    return sum(ends, ZERO) / len(ends) + (0 if len(ends) == 2 else 1 if on.high is None else -1) if ends else ZERO


def _steps(pieces: tuple[Piece, ...], places: int) -> Iterable[Step]:
    unit = 10**places
    for piece in reversed(pieces):
        slope, intercept = piece.upper.slope * unit, piece.upper.intercept * unit
        common = lcm(slope.denominator, intercept.denominator)
        # The lowest piece holds what is left: `0*n + 1*d >= 0` is true of every measure.
        low = piece.on.low if piece is not pieces[0] else None
        floor = (low.numerator, low.denominator, int(not piece.on.low_closed)) if low is not None else (-1, 0, 0)
        if slope:
            yield Step(*floor, int(2 * slope * common), int(2 * intercept * common) + common, 2 * common)
        else:
            yield Step(*floor, 0, (2 * intercept.numerator + intercept.denominator) // (2 * intercept.denominator), 1)


def round_half_up(number: Fraction, places: int) -> Fraction:
    """The number to a number of decimal places, ties away from zero (四舍五入)."""
    scale = 10**places
    n, d = abs(number.numerator) * scale, number.denominator
    rounded = (2 * n + d) // (2 * d)
    return Fraction(rounded if number >= 0 else -rounded, scale)
