"""A leaf with the printed values that it was measured by, to every score that these allow by its rule."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from perfscore.auditing import printed
from perfscore.auditing.images import Names, image
from perfscore.forms.compare import direction_of, in_unit_of
from perfscore.model.curve import Curve
from perfscore.model.form import BUDGET_NAMES
from perfscore.model.formula import Formula
from perfscore.model.measure import Absence, Comparison, Computed, Fact
from perfscore.model.ranges import divided, hull, scaled
from perfscore.model.rules import Rounding
from perfscore.model.sets import MOST_PARTS, Union, rounded, union
from perfscore.model.submission import Leaf
from perfscore.text.interval import Interval, point
from perfscore.text.printed import Quantity, read_printed

ONE = Fraction(1)
_TARGET, _RATE = ("target", "目标"), ("achievement", "完成率")


class Allowed(NamedTuple):
    """The scores that printed values allow, before any rounding; not `exact`, perhaps more than they do."""

    on: Union
    exact: bool = True


def scores(leaf: Leaf, rounding: Rounding) -> Allowed | None:
    """The scores of a leaf by its rule, over all that its printed values stand for; None where it was not measured."""
    measure, curve = leaf.measure, leaf.curve
    if isinstance(measure, Absence) or curve is None:
        return None
    exact = True
    match measure:
        case Comparison():
            found = tuple(_compared(measure))
            on = found if len(found) == 1 else union(found)
        case Computed(value=Fraction()):
            made = image(measure.formula, _names(measure, leaf))
            on, exact = (made.on,), made.exact
        case _:
            on = (_whole(measure.value),)
    if isinstance(measure, Comparison | Computed) and measure.unrounded is not None and rounding.rate is not None:
        on, apart = _rates(on, rounding.rate)
        exact = exact and apart
    return Allowed(_given(curve, on), exact)


def _given(curve: Curve, on: Union) -> Union:
    """The scores that a curve gives over a set of measures."""
    measure = on[0].low if len(on) == 1 and on[0].low == on[0].high else None
    place = None if measure is None else curve.find(measure)
    if measure is None or place is None or curve.pieces[place].lower != curve.pieces[place].upper:
        return union(score for part in on for score in curve.images(part))
    # Most counts are of whole things: one measure, one score.
    return (point(curve.pieces[place].upper.at(measure)),)


def _names(measure: Computed, leaf: Leaf) -> Names:
    """What the names of a formula stand for, and those of the facts that are computed for it."""
    sets: dict[str, Interval] = {}
    lists: dict[str, tuple[Fraction, ...]] = {}
    formulas: dict[str, Formula] = {}
    waiting = list(measure.facts)
    while waiting:
        fact = waiting.pop()
        if fact.computed is not None:
            if fact.name not in formulas:
                formulas[fact.name] = fact.computed.formula
                waiting += fact.computed.facts
        elif isinstance(fact.value, tuple):
            lists[fact.name] = fact.value
        else:
            sets[BUDGET_NAMES.get(fact.name, fact.name)] = _set(fact, leaf)
    return Names(sets, lists, formulas)


def _set(fact: Fact, leaf: Leaf) -> Interval:
    """The numbers that a fact can be; of a row its target is exact, and what was reached of it follows from the actual value."""
    row = leaf.row
    if fact.name in _TARGET and row is not None and fact.cell is row.target:
        return point(fact.number)
    if fact.name in _RATE and fact.cell is None and row is not None and row.target is not None and row.actual is not None:
        goal, done = (cell.value or read_printed(cell.text) for cell in (row.target, row.actual))
        if isinstance(goal, Quantity):
            direction = direction_of(goal, row.direction, leaf.rule.direction)
            return hull(iter(union(_compared(Comparison(fact.number, row.target, row.actual, goal, done, direction)))))
    return printed.fact(fact)


def _whole(value: Fraction | Interval) -> Interval:
    return value if isinstance(value, Interval) else point(value)


def _measured(measure: Comparison) -> Interval:
    return _whole(measure.value if measure.unrounded is None else measure.unrounded)


def _rates(on: Union, places: int) -> tuple[Union, bool]:
    """The rates of a set as the rule set rounds them, in per cent to so many places, and whether no others are among them."""
    if any(part.low is None or part.high is None for part in on):
        return on, False
    found = rounded(on, places + 2)
    unit = Fraction(1, 10**found.places)
    if sum(high - low + 1 for low, high in found.runs) > MOST_PARTS:
        return union(Interval(low * unit, high * unit, low_closed=True, high_closed=True) for low, high in found.runs), False
    return tuple(point(number * unit) for low, high in found.runs for number in range(low, high + 1)), True


def _compared(measure: Comparison) -> Iterator[Interval]:
    """The shares of the target that the printed actual value allows."""
    goal, done = measure.read_target, measure.read_actual
    if measure.same or isinstance(measure.value, Interval) or not isinstance(goal, Quantity) or not isinstance(done, Quantity):
        yield _whole(measure.value)
        return
    on = printed.amount(done, goal.unit)
    if on.low == on.high:
        # Nothing to be told by its last digit: what was measured is what there is.
        yield _measured(measure)
        return
    least, most = (None if end is None else in_unit_of(end, goal, done) for end in (on.low, on.high))
    on = Interval(least, most, on.low_closed, on.high_closed)
    factor = done.unit.factor if done.unit is not None and goal.unit is None else ONE
    low, high = (None if end is None else end * factor for end in (goal.low, goal.high))
    end = (high if high is not None else low) if measure.direction == "lower" else (low if low is not None else high)
    if on.low is None or on.low <= 0 or end is None or end <= 0:
        # No ratio at all.
        yield _measured(measure)
    elif measure.direction == "range" and low is not None and high is not None:
        yield scaled(on.meet(Interval(None, low, low_closed=False, high_closed=False)), 1 / low)
        yield from [point(ONE)] if not on.meet(Interval(low, high, low_closed=True, high_closed=True)).empty() else []
        above = on.meet(Interval(high, None, low_closed=False, high_closed=False))
        yield above if above.empty() else divided(point(high), above)
    else:
        yield divided(point(end), on) if measure.direction == "lower" else scaled(on, 1 / end)
