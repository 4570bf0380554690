"""A formula and the sets of what it reads to the set of what it can be: exact where that can be proved, else an outer bound that says so."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from perfscore.model.formula import Formula
from perfscore.model.ranges import added, divided, times
from perfscore.text.interval import Interval, point

ZERO, ONE = Fraction(0), Fraction(1)


class Image(NamedTuple):
    """The numbers that a formula can be; not `exact`, some of them perhaps cannot be reached."""

    on: Interval
    exact: bool = True


class _Unknown(Exception):
    """A part of the formula about which intervals say nothing: a function, a condition, a divisor that may be 0."""


class _Slope(NamedTuple):
    """What a part of a formula can be, and how fast it can change with one of its names."""

    on: Interval
    change: Interval


def image(formula: Formula, sets: Mapping[str, Interval]) -> Image | None:
    """
    The numbers that a formula can be while each name keeps to its set; None where intervals do not tell.

    A name that occurs once goes through the arithmetic as an interval, exactly. One that occurs twice, as in `(a - b) / b`, takes its exact range
    from its ends where the formula rises or falls in it all over the sets.
    """
    try:
        often = Counter(read.name for read in formula.reads)
        twice = [name for name, times_read in often.items() if times_read > 1 and sets[name].low != sets[name].high]
        if not twice:
            return Image(_value(formula.tree, sets.__getitem__))
        rising: dict[str, bool] = {}
        for name in twice:
            change = _changing(formula.tree, sets.__getitem__, name).change
            if change.low is not None and change.low >= 0:
                rising[name] = True
            elif change.high is not None and change.high <= 0:
                rising[name] = False
            else:
                return Image(_value(formula.tree, sets.__getitem__), exact=False)
        low, high = (_value(formula.tree, _at_ends(sets, rising, lower=lower)) for lower in (True, False))
        # An end that is left out of a set is left out here, too.
        open_low, open_high = (any(not _closed(sets[name], low=lower == up) for name, up in rising.items()) for lower in (True, False))
        return Image(Interval(low.low, high.high, low.low_closed and not open_low, high.high_closed and not open_high))
    except _Unknown:
        return None


def _at_ends(sets: Mapping[str, Interval], rising: Mapping[str, bool], *, lower: bool) -> Callable[[str], Interval]:
    def known(name: str) -> Interval:
        if name not in rising:
            return sets[name]
        end = sets[name].low if rising[name] == lower else sets[name].high
        if end is None:
            raise _Unknown
        return point(end)

    return known


def _closed(on: Interval, *, low: bool) -> bool:
    return on.low_closed if low else on.high_closed


def _value(node: object, known: Callable[[str], Interval]) -> Interval:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            one, other = _value(left, known), _value(right, known)
            match op:
                case ast.Add():
                    return added(one, other)
                case ast.Sub():
                    return added(one, other.mirrored())
                case ast.Mult():
                    return times(one, other)
                case _:
                    return _quotient(one, other)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _value(operand, known).mirrored()
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand, known)
        case ast.Constant(value=value):
            return point(Fraction(value))  # type: ignore[arg-type]
        case ast.Name() | ast.Attribute():
            return known(_dotted(node))
    raise _Unknown


def _changing(node: object, known: Callable[[str], Interval], name: str) -> _Slope:
    """A part of the formula with its derivative by a name, both as intervals."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            one, other = _changing(left, known, name), _changing(right, known, name)
            match op:
                case ast.Add():
                    return _Slope(added(one.on, other.on), added(one.change, other.change))
                case ast.Sub():
                    return _Slope(added(one.on, other.on.mirrored()), added(one.change, other.change.mirrored()))
                case ast.Mult():
                    return _Slope(times(one.on, other.on), added(times(one.change, other.on), times(one.on, other.change)))
            above = added(times(one.change, other.on), times(one.on, other.change).mirrored())
            return _Slope(_quotient(one.on, other.on), _quotient(above, times(other.on, other.on)))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = _changing(operand, known, name)
            return _Slope(inner.on.mirrored(), inner.change.mirrored())
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _changing(operand, known, name)
        case ast.Name() | ast.Attribute():
            return _Slope(known(_dotted(node)), point(ONE if _dotted(node) == name else ZERO))
    return _Slope(_value(node, known), point(ZERO))


def _quotient(one: Interval, other: Interval) -> Interval:
    if other.holds(ZERO):
        raise _Unknown
    return divided(one, other)


def _dotted(node: object) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{_dotted(value)}.{attr}"
    raise _Unknown
