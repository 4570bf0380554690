"""A formula and the sets of what it reads to the set of what it can be: exact where that can be proved, else an outer bound that says so."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from perfscore.model.curve import round_half_up
from perfscore.model.form import BUDGET_NAMES
from perfscore.model.formula import Formula
from perfscore.model.ranges import NOT_NEGATIVE, POSITIVE, TRUTH, added, divided, hull, scaled, size, times
from perfscore.scoring.formula import OutOfDomain
from perfscore.text.interval import EVERYTHING, Interval, point

ZERO, ONE = Fraction(0), Fraction(1)
#: Facts computed from facts may say the same name exponentially often.
_MOST_READS = 400
#: Where the left side less the right one lies if the comparison holds.
_WHERE: dict[type[ast.cmpop], Interval] = {
    ast.Lt: POSITIVE.mirrored(), ast.LtE: NOT_NEGATIVE.mirrored(), ast.Gt: POSITIVE, ast.GtE: NOT_NEGATIVE, ast.Eq: point(ZERO),
}  # fmt: skip


class Image(NamedTuple):
    """The numbers that a formula can be; not `exact`, some of them perhaps cannot be reached."""

    on: Interval
    exact: bool = True


class Names(NamedTuple):
    """What the names of a formula stand for: the set of a number, the numbers of a list, or another formula."""

    sets: Mapping[str, Interval]
    lists: Mapping[str, tuple[Fraction, ...]] = {}
    formulas: Mapping[str, Formula] = {}


class _Unknown(Exception):
    """Intervals say nothing of a part of the formula: a divisor that may be 0, a logarithm of what may be."""


class _Slope(NamedTuple):
    """What a part of a formula can be, and how fast it can change with one of its names."""

    on: Interval
    change: Interval


def image(formula: Formula, names: Names) -> Image:
    """
    The numbers that a formula can be while each name keeps to its set.

    A name that occurs once goes through the arithmetic as an interval, exactly. One that occurs twice, as in `(a - b) / b`, takes its exact range
    from its ends where the formula rises or falls in it all over the sets.
    """
    world = _World(names)
    try:
        often: Counter[str] = Counter()
        _count(formula, names, often)
        twice = [name for name, read in often.items() if read > 1 and name in names.sets and names.sets[name].low != names.sets[name].high]
        outer = world.value(formula.tree)
        if not twice:
            return Image(outer, world.exact)
    except _Unknown:
        return Image(EVERYTHING, exact=False)
    try:
        rising = {name: world.rises(formula.tree, name) for name in twice}
        ends = [_World(names._replace(sets={**names.sets, **_at_ends(names.sets, rising, lower=lower)})) for lower in (True, False)]
        low, high = (end.value(formula.tree) for end in ends)
    except _Unknown:
        return Image(outer, exact=False)
    # An end that is left out of a set is left out here, too, where every step away from it counts.
    open_low, open_high = (any(not _closed(names.sets[name], low=lower == up) for name, (up, _) in rising.items()) for lower in (True, False))
    surely = all(strictly for _, strictly in rising.values())
    low_closed, high_closed = low.low_closed and not (open_low and surely), high.high_closed and not (open_high and surely)
    exact = world.exact and all(end.exact for end in ends) and (surely or not (open_low or open_high))
    return Image(Interval(low.low, high.high, low_closed, high_closed), exact)


def _count(formula: Formula, names: Names, often: Counter[str]) -> None:
    """How often each name is read, through every formula that stands behind one; budget cells have two names each."""
    for read in formula.reads:
        below = names.formulas.get(read.name)
        if often.total() > _MOST_READS:
            raise _Unknown
        if below is not None:
            _count(below, names, often)
        else:
            often[BUDGET_NAMES.get(read.name, read.name)] += 1


def _at_ends(sets: Mapping[str, Interval], rising: Mapping[str, tuple[bool, bool]], *, lower: bool) -> dict[str, Interval]:
    found = {}
    for name, (up, _) in rising.items():
        end = sets[name].low if up == lower else sets[name].high
        if end is None:
            raise _Unknown
        found[name] = point(end)
    return found


def _closed(on: Interval, *, low: bool) -> bool:
    return on.low_closed if low else on.high_closed


class _World:
    """Formulas over the sets of their names; `exact` as long as every number in a result is reached, each name by itself."""

    def __init__(self, names: Names) -> None:
        self.names, self.exact = names, True

    def value(self, node: object) -> Interval:
        """The numbers that a part of a formula can be; of a condition 1 and 0."""
        match node:
            case ast.BinOp(left=left, op=op, right=right):
                return _arithmetic(op, self.value(left), self.value(right))
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as op, operand=operand):
                return self.value(operand).mirrored() if isinstance(op, ast.USub) else self.value(operand)
            case ast.Constant(value=value):
                return point(Fraction(value))  # type: ignore[arg-type]
            case ast.Name() | ast.Attribute():
                return self._named(_dotted(node))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._call(name, self._numbers(arguments))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                held = self._holds(test)
                if held is not None:
                    return self.value(body if held else orelse)
                self.exact = False
                return hull(iter((self.value(body), self.value(orelse))))
        held = self._holds(node)
        self.exact = self.exact and held is not None
        return TRUTH if held is None else point(Fraction(held))

    def rises(self, tree: object, name: str) -> tuple[bool, bool]:
        """Whether a formula rises with a name wherever they are, or falls (False), and whether every step counts."""
        change = self._slope(tree, name).change
        if change.low is not None and change.low >= 0:
            return True, change.low > 0 or not change.low_closed
        if change.high is not None and change.high <= 0:
            return False, change.high < 0 or not change.high_closed
        raise _Unknown

    def _slope(self, node: object, name: str) -> _Slope:
        """A part of the formula with its derivative by a name, both as intervals."""
        match node:
            case ast.BinOp(left=left, op=op, right=right):
                one, other = self._slope(left, name), self._slope(right, name)
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
                inner = self._slope(operand, name)
                return _Slope(inner.on.mirrored(), inner.change.mirrored())
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._slope(operand, name)
            case ast.Name() | ast.Attribute():
                said = _dotted(node)
                below = self.names.formulas.get(said)
                if below is not None:
                    return self._slope(below.tree, name)
                return _Slope(self._named(said), point(ONE if BUDGET_NAMES.get(said, said) == name else ZERO))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                held = self._holds(test)
                if held is None:
                    raise _Unknown
                return self._slope(body if held else orelse, name)
        if isinstance(node, ast.AST) and not self._reads(node, name):
            return _Slope(self.value(node), point(ZERO))
        raise _Unknown

    def _reads(self, node: ast.AST, name: str) -> bool:
        """Whether a part of the formula reads a name, or a formula that may."""
        said = {_dotted(part) for part in ast.walk(node) if isinstance(part, ast.Name)}
        said |= {_dotted(part) for part in ast.walk(node) if isinstance(part, ast.Attribute)}
        return any(BUDGET_NAMES.get(one, one) == name or one in self.names.formulas for one in said)

    def _named(self, name: str) -> Interval:
        below = self.names.formulas.get(name)
        if below is not None:
            return self.value(below.tree)
        on = self.names.sets.get(BUDGET_NAMES.get(name, name))
        if on is None:
            raise _Unknown
        return on

    def _numbers(self, arguments: list[ast.expr]) -> list[Interval]:
        """What a function is given: the numbers of a list, or each of its arguments."""
        found: list[Interval] = []
        for argument in arguments:
            listed = self.names.lists.get(_dotted(argument)) if isinstance(argument, ast.Name | ast.Attribute) else None
            found += [self.value(argument)] if listed is None else map(point, listed)
        return found

    def _call(self, name: str, on: list[Interval]) -> Interval:
        match name:
            case "abs":
                return size(on[0])
            case "min":
                return _least(on)
            case "max":
                return _least([one.mirrored() for one in on]).mirrored()
            case "count":
                return point(Fraction(len(on)))
            case "days":
                return added(on[1], on[0].mirrored())
            case "sum" | "mean":
                total = point(ZERO)
                for one in on:
                    total = added(total, one)
                return total if name == "sum" else scaled(total, Fraction(1, len(on)))
        # What is left rounds, and never falls in any of its numbers.
        *on, places = on
        ends = [[one.low for one in on], [one.high for one in on]]
        low, high = (_rounded(name, [end for end in some if end is not None], len(on), places.low or ZERO) for some in ends)
        self.exact = self.exact and low == high
        return Interval(low, high, low_closed=True, high_closed=True)

    def _holds(self, node: object) -> bool | None:
        """Whether a condition holds wherever the names are, or nowhere."""
        match node:
            case ast.BoolOp(op=op, values=values):
                found = {self._holds(value) for value in values}
                settles = isinstance(op, ast.Or)
                return settles if settles in found else None if None in found else not settles
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                held = self._holds(operand)
                return None if held is None else not held
            case ast.Compare(left=left, ops=ops, comparators=comparators):
                sides = [left, *comparators]
                each = {self._compared(sign, one, other) for one, sign, other in zip(sides, ops, sides[1:], strict=False)}
                return False if False in each else None if None in each else True
            case ast.Name() | ast.Attribute():
                on = self._named(_dotted(node))
                return None if on.low != on.high else on.low != 0
        raise _Unknown

    def _compared(self, sign: ast.cmpop, one: ast.expr, other: ast.expr) -> bool | None:
        less = added(self.value(one), self.value(other).mirrored())
        if isinstance(sign, ast.NotEq):
            return True if not less.holds(ZERO) else False if less == point(ZERO) else None
        within = less.meet(_WHERE[type(sign)])
        return False if within.empty() else True if within == less else None


def _rounded(name: str, numbers: list[Fraction], many: int, places: Fraction) -> Fraction:
    """What a function that rounds gives at one end of what it is given."""
    if len(numbers) < many:
        raise _Unknown
    if name == "round_half_up":
        return round_half_up(numbers[0], int(places))
    from perfscore.scoring.formula.functions import COMPUTED  # few formulas have such

    try:
        found: Fraction = COMPUTED[name](*numbers, places)
    except OutOfDomain as refused:
        raise _Unknown from refused
    return found


def _least(on: list[Interval]) -> Interval:
    """The least of one number in each: below the lowest end of any it cannot be, nor above the lowest upper end."""
    lowest = hull(iter(on))
    high, high_closed = min(((one.high, one.high_closed) for one in on), key=lambda end: (end[0] is None, end[0] or 0, end[1]))
    return Interval(lowest.low, high, lowest.low_closed, high_closed)


def _arithmetic(op: ast.operator, one: Interval, other: Interval) -> Interval:
    match op:
        case ast.Add():
            return added(one, other)
        case ast.Sub():
            return added(one, other.mirrored())
        case ast.Mult():
            return times(one, other)
    return _quotient(one, other)


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
