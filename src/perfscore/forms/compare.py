"""A target and an actual value, as printed, to the share that was reached or the days of delay."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from perfscore.model.rules import Direction
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Period, Quantity, Unit

ONE, ZERO = Fraction(1), Fraction(0)
_BY_COMPARATOR: dict[str, Direction] = {">=": "higher", ">": "higher", "<=": "lower", "<": "lower", "=": "equal"}


class Trouble(NamedTuple):
    """Why two printed values cannot be compared."""

    code: str
    says: Phrase
    hint: Phrase | None = None


class Reached(NamedTuple):
    """What comparing gave, and what should be said about it all the same."""

    value: Fraction | Interval | None
    trouble: Trouble | None = None


def direction_of(target: Quantity, given: str | None, rule: Direction | None) -> Direction:
    """The row's own direction, else the comparator of its target, else the rule's (反向 for 成本指标), else higher."""
    if given in ("higher", "lower", "equal", "range"):
        return given  # type: ignore[return-value]
    if target.form == "range":
        return "range"
    return _BY_COMPARATOR.get(target.comparator) or rule or "higher"


def same_kind(target: Quantity, actual: Quantity) -> Trouble | None:
    """Whether the units go together; a bare number takes the other's unit unless that is a rate."""
    if target.unit is not None and actual.unit is not None and target.unit.kind == actual.unit.kind:
        return None
    one, other = _kind(target.unit), _kind(actual.unit)
    if target.unit is None and target.spoken == 0:
        # Zero is zero in every unit.
        return None
    if one == other or (not {one, other} & {"share"} and "" in (one, other)):
        return None
    says = Phrase(
        f"指标值 {target.text} 与完成值 {actual.text} 的单位不是一类，无法比较",
        f"the target {target.text} and the actual value {actual.text} are in units of different kinds",
    )
    hint = Phrase("把两者写成同一类单位；百分数要写 %", "write both in units of one kind; a rate needs its %")
    return Trouble("unit-differs", says, hint)


def _kind(unit: Unit | None) -> str:
    # A form covers one year: 2次/年 is 2次.
    return "" if unit is None else unit.kind.removesuffix("/年").removesuffix("/每年")


def in_unit_of(number: Fraction, target: Quantity, actual: Quantity) -> Fraction:
    """An end of the actual value; a bare number stands in the target's printed unit."""
    return number * target.unit.factor if actual.unit is None and target.unit is not None else number


def achievement(target: Quantity, actual: Quantity, direction: Direction, zero_target: str) -> Reached:
    """
    实际 ÷ 目标 for higher and equal, 目标 ÷ 实际 for lower, both for a range (财预〔2020〕10号; 项目支出绩效自评表 2017).

    A bound, 余 or a range as actual value gives the interval of what it can be. A target of zero follows the rule set's policy.
    """
    if trouble := same_kind(target, actual):
        return Reached(None, trouble)
    low, high = target.low, target.high
    if actual.unit is not None and target.unit is None:
        # A bare target stands in the actual value's printed unit, as a bare actual value does in the target's.
        low, high = (None if end is None else end * actual.unit.factor for end in (low, high))
    goal = Goal(low, high, direction, zero_target, target.comparator in (">=", ">"))
    if actual.form == "exact" and actual.low is not None:
        return _at(in_unit_of(actual.low, target, actual), goal)
    ends = [None if end is None else _at(in_unit_of(end, target, actual), goal) for end in (actual.low, actual.high)]
    for reached in ends:
        if reached is not None and reached.trouble is not None:
            return reached
    values = [reached.value if reached is not None else None for reached in ends]
    return Reached(_span(values, goal, actual))


class Goal(NamedTuple):
    """A target as numbers: its ends, the direction, and what the rule set says of a target of zero (`at_least`: the form writes `≥` or `>`)."""

    low: Fraction | None
    high: Fraction | None
    direction: Direction
    zero_target: str
    at_least: bool


def _span(values: list[Fraction | Interval | None], goal: Goal, actual: Quantity) -> Interval:
    known = [value for value in values if isinstance(value, Fraction)]
    if goal.direction == "range":
        # Highest inside the target, lower on both sides: the hull of the ends, and of 1 where the target lies between them.
        above = actual.high is None or goal.low is None or actual.high >= goal.low
        inside = above and (actual.low is None or goal.high is None or actual.low <= goal.high)
        known += [ONE] if inside else []
        return Interval(ZERO if None in values else min(known), max(known), low_closed=True, high_closed=True)
    first, last = reversed(values) if goal.direction == "lower" else values
    return Interval(
        first if isinstance(first, Fraction) else ZERO,
        last if isinstance(last, Fraction) else None,
        low_closed=True,
        high_closed=isinstance(last, Fraction),
    )


def _at(actual: Fraction, goal: Goal) -> Reached:
    if goal.direction == "range" and goal.low is not None and goal.high is not None:
        inside = goal.low <= actual <= goal.high
        negative = not inside and (actual < 0 or goal.high < 0)
        return Reached(None, _NEGATIVE_ACTUAL) if negative else Reached(_in_range(actual, goal.low, goal.high))
    lower = goal.direction == "lower"
    end = (goal.high if goal.high is not None else goal.low) if lower else (goal.low if goal.low is not None else goal.high)
    if end is None:
        return Reached(None, Trouble("no-target", Phrase("指标值里没有可以比较的数", "the target holds no number to compare with")))
    if not end:
        return _at_zero(actual, goal)
    # The sign of a fraction is that of its numerator, and asking for that is several times faster than comparing.
    if actual.numerator > 0 and end.numerator > 0:
        return Reached(end / actual if lower else actual / end)
    # There is no ratio: what is met is met, and nothing used of an upper limit is beyond every cap (a thousand says so without infinity).
    if (actual <= end) if lower else (actual >= end):
        return Reached(Fraction(1000) if lower and end > 0 else ONE)
    if end < 0:
        return Reached(
            None,
            Trouble(
                "negative-target", Phrase("指标值是负数，没有达到时不能按比例计分", "a negative target that is missed cannot be scored by a ratio")
            ),
        )
    return Reached(ZERO) if actual == 0 else Reached(None, _NEGATIVE_ACTUAL)


_NEGATIVE_ACTUAL = Trouble("negative-actual", Phrase("完成值是负数，不能按比例计分", "the actual value is negative and cannot be scored by a ratio"))


def _in_range(actual: Fraction, low: Fraction, high: Fraction) -> Fraction:
    if low <= actual <= high:
        return ONE
    return actual / low if actual < low else high / actual


def _at_zero(actual: Fraction, goal: Goal) -> Reached:
    """A target of zero: full at zero and nothing above; only `≥ 0` is always full, which is worth a word."""
    if goal.zero_target == "missing":
        return Reached(None, Trouble("zero-target", Phrase("指标值为 0，规则规定不计分", "the target is 0, and the rules leave it without a score")))
    if goal.direction == "lower" or not goal.at_least:
        return Reached(ONE if actual <= 0 else ZERO)
    says = Phrase("指标值为 0，任何完成值都算达到，请确认目标是否合理", "with a target of 0 every actual value meets it: check the target")
    return Reached(ONE, Trouble("zero-target", says))


def lateness(target: Period, actual: Period) -> Interval | Fraction:
    """Days from the end of the target to the end of what was done, at the precision of both; met if the last day is not after the deadline."""
    latest = actual.last - target.last
    if actual.first is None or actual.first == actual.last:
        return Fraction(latest) if actual.first is not None else Interval(None, Fraction(latest), low_closed=False, high_closed=True)
    return Interval(Fraction(actual.first - target.last), Fraction(latest), low_closed=True, high_closed=True)
