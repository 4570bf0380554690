"""Numbers that a form states in its text or its tables, with their operands, to a verdict: sums, differences, ratios, growth, the same figure twice."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property, reduce
from typing import NamedTuple

from perfscore.auditing import verdicts
from perfscore.auditing.identities import MONEY
from perfscore.auditing.printed import ONE, definite, digits
from perfscore.model.curve import round_half_up
from perfscore.model.form import BUDGET_NAMES, Cell, Fact, Form, Items, Table
from perfscore.model.ranges import added, divided, scaled
from perfscore.model.rules import RuleSet
from perfscore.model.sets import rounding_to
from perfscore.text.diagnostic import Verdict
from perfscore.text.interval import Interval, point
from perfscore.text.numbers import added as exactly
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Quantity, Unit, read_printed, unit_named
from perfscore.text.units import unit_printed

ZERO = Fraction(0)
PERCENT = unit_named("%")


class Stated(NamedTuple):
    """A printed number as arithmetic takes it: exactly, and how it is printed."""

    exact: Fraction
    text: str
    #: The places that it is printed with, and its unit.
    places: int
    unit: Unit | None
    #: What it is called where it was asked for by name: the same number then, wherever it stands.
    name: str = ""

    @property
    def allowed(self) -> Interval:
        """All that it stands for. A whole number of people is exact, one of 万元 is rounded."""
        return definite(self.exact, self.places, self.unit, self.factor)

    @property
    def factor(self) -> Fraction:
        """One of its unit in base units."""
        return ONE if self.unit is None else self.unit.factor

    @property
    def kind(self) -> str:
        """The kind of its unit; of a bare number nothing."""
        return "" if self.unit is None else self.unit.kind

    @property
    def word(self) -> str:
        """Its unit as printed behind a number."""
        return "" if self.unit is None else self.unit.name

    def measured(self, unit: Unit) -> Stated:
        """A bare number as one of a unit."""
        return self._replace(exact=self.exact * unit.factor, unit=unit)


class Unread(NamedTuple):
    """Why there is no number, and the cell that was to have one."""

    why: Phrase
    cell: Cell | None
    hint: Phrase | None = None


class Reader:
    """The numbers of a form by cell or by the name of a fact or a budget cell."""

    def __init__(self, form: Form, rules: RuleSet) -> None:
        self.form = form
        self.money = unit_named(form.budget.money) if form.budget is not None else unit_named("万元")
        self.facts = dict(_flat(form.facts))
        #: Facts that are lists; as an operand one is its sum.
        self.lists = {name: value for name, value in form.facts if isinstance(value, Items)}
        self._rules = rules
        self._named: dict[str, Stated | Unread | None] = {}

    @cached_property
    def _units(self) -> dict[str, Unit | None]:
        return {fact.name: unit_printed(fact.unit) for fact in self._rules.facts if fact.unit}

    def cell(self, cell: Cell, unit: Unit | None = None) -> Stated | Unread:
        """What a cell prints, with the unit that a bare number has."""
        plain = digits(cell) if unit is not None else None
        if plain is not None and unit is not None:
            return Stated(plain * unit.factor, cell.text, len(cell.text.partition(".")[2]), unit)
        read = cell.value or read_printed(cell.text, unit=unit)
        if not isinstance(read, Quantity) or read.form != "exact" or read.spoken is None:
            return Unread(Phrase(f"{cell.text} 不是一个确定的数", f"{cell.text} is not one definite number"), cell)
        own = read.unit or unit
        return Stated(read.spoken * own.factor if own is not None and read.unit is None else read.spoken, cell.text.strip(), read.places, own)

    def named(self, name: str) -> Stated | Unread | None:
        """A budget cell or a fact by its name; None if there is none of that name."""
        # Several checks ask for the same few.
        if name not in self._named:
            self._named[name] = self._look(name)
        return self._named[name]

    def _look(self, name: str) -> Stated | Unread | None:
        column = BUDGET_NAMES.get(name)
        cell = self.facts.get(name) if column is None else getattr(self.form.budget, column, None)
        if cell is None:
            return None if column is None else Unread(Phrase(f"表里没有 {name}", f"the form has no {name}"), None)
        unit = self.money if column is not None or name.startswith(MONEY) else None
        if column is None:
            unit = self._units.get(name) or unit
        found = self.cell(cell, unit)
        return found if isinstance(found, Unread) else found._replace(name=column or name)


def _flat(facts: tuple[tuple[str, Fact], ...], above: str = "") -> list[tuple[str, Cell]]:
    found: list[tuple[str, Cell]] = []
    for name, value in facts:
        match value:
            case Cell():
                found.append((above + name, value))
            case Table():
                found += _flat(value.rows, f"{above}{name}.")
    return found


class Held(NamedTuple):
    """A stated number held against its operands: the verdict, and the least and the most that it can be, in the units that it is printed in."""

    verdict: Verdict
    computed: tuple[Fraction | None, Fraction | None]
    exact: Fraction
    #: The stated number as it was taken.
    stated: Stated
    #: It is the exact rate with its last digits cut off, or rounded to fewer digits than it is printed with.
    cut: bool = False
    coarse: bool = False
    #: Some of what was computed perhaps cannot be.
    outer: bool = False


def total(printed: Stated, parts: list[tuple[Stated, int]]) -> Held:
    """A sum or a difference: each part with its sign."""
    places, factor = printed.places, printed.factor
    exact = exactly(part.exact if sign > 0 else -part.exact for part, sign in parts)
    given = exact / factor
    if printed.exact == exact:
        # Most sums are right, and nobody asks what else they might have been.
        return Held("agrees", (given, given), given, printed)
    # What stands there twice by its name is one number.
    often: dict[str | int, int] = {}
    for at, (part, sign) in enumerate(parts):
        often[part.name or at] = often.get(part.name or at, 0) + sign
    sets = {part.name or at: part.allowed for at, (part, _) in enumerate(parts)}
    on = reduce(added, (scaled(sets[key], Fraction(times)) for key, times in often.items()), point(ZERO))
    verdict = verdicts.summed(printed.exact / factor, places, scaled(printed.allowed, 1 / factor), given, (scaled(on, 1 / factor),))
    return Held(verdict, _ends(on, factor), given, printed)


def ratio(printed: Stated, one: list[Stated], other: list[Stated], *, growth: bool = False) -> Held | None:
    """
    A ratio of two sums, or how much the first is more than the second, as a share of that; None where it is divided by 0, or a growth is from less.

    A bare number is what the column says, a number or a number of per cent: of both the one that fits better.
    """
    above, below = (exactly(part.exact for part in parts) for parts in (one, other))
    if below > 0:
        given = ((above - below if growth else above) / below) / printed.factor
        if round_half_up(given, printed.places) * printed.factor == printed.exact:
            # Nor of a rate that is right.
            return Held("agrees", (given, given), given, printed)
    quotients, tight = _quotients(one, other) if below else (None, True)
    if quotients is None or (growth and below < 0):
        return None
    # (now - before) / before is now / before - 1, in which each occurs once.
    less = Fraction(int(growth))
    exact, on = above / below - less, added(quotients, point(-less))
    ways = [_rate(printed, exact, on)]
    if printed.unit is None and PERCENT is not None:
        ways.append(_rate(printed._replace(exact=printed.exact * PERCENT.factor, unit=PERCENT), exact, on))
    return min(ways, key=lambda held: (_WORSE.index(held.verdict), abs(held.stated.exact - exact)))._replace(outer=not tight)


def _quotients(one: list[Stated], other: list[Stated]) -> tuple[Interval | None, bool]:
    """Every quotient of two sums, and whether no others are among them; None where the lower one may be 0."""
    upper, lower = _sum(one), _sum(other)
    if lower.holds(ZERO):
        return None, True
    names = [part.name for part in one if part.name]
    shared = [part for part in other if part.name in names]
    if len(shared) != 1 or names.count(shared[0].name) != 1:
        # Of more than one that stands on both sides, this is an outer bound.
        return divided(upper, lower), not shared
    # (a + s) / (b + s) only rises in s, or only falls, where b - a keeps its sign.
    both, (a, b) = shared[0].allowed, (_sum([part for part in parts if part.name != shared[0].name]) for parts in (one, other))
    more = added(b, a.mirrored())
    if both.low is None or both.high is None or more.holds(ZERO):
        return divided(upper, lower), False
    low, high = (divided(added(a, point(end)), added(b, point(end))) for end in (both.low, both.high))
    if more.low is not None and more.low >= 0:
        return Interval(low.low, high.high, low.low_closed and both.low_closed, high.high_closed and both.high_closed), True
    return Interval(high.low, low.high, high.low_closed and both.high_closed, low.high_closed and both.low_closed), True


def _sum(parts: list[Stated]) -> Interval:
    return reduce(added, (part.allowed for part in parts), point(ZERO))


#: From the best to the worst.
_WORSE: tuple[Verdict, ...] = ("agrees", "rounding-only", "differs")


def _rate(printed: Stated, exact: Fraction, on: Interval) -> Held:
    """A printed rate in its own unit: 23.5 of 万元/人, 98.69 of per cent."""
    factor, places = printed.factor, printed.places
    number, exactly = printed.exact / factor, exact / factor
    verdict = verdicts.divided(number, places, rounding_to(number, Fraction(1, 10**places)), exactly, (scaled(on, 1 / factor),))
    return Held(verdict, _ends(on, factor), exactly, printed, verdicts.truncated(number, places, exactly), verdicts.coarse(number, places, exactly))


def _ends(on: Interval, factor: Fraction) -> tuple[Fraction | None, Fraction | None]:
    return (None if on.low is None else on.low / factor, None if on.high is None else on.high / factor)
