"""A formula to the numbers that it can take, as an interval, and a condition to whether it can hold, by arithmetic over their trees."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

from perfscore.model.curve import round_half_up
from perfscore.model.form import BUDGET_NAMES
from perfscore.model.formula import Formula
from perfscore.model.ranges import NOT_NEGATIVE, NOTHING, ONE, POSITIVE, TRUTH, ZERO, added, divided, hull, scaled, size, times, without_zero
from perfscore.model.rules import DIRECTIONS, Declared, RuleSet
from perfscore.scoring.formula import ROW_NAMES, OutOfDomain
from perfscore.text.interval import EVERYTHING, Interval, point

#: A condition and whether it holds.
Held = tuple[Formula, bool]

# 差旅费 and 差错 are amounts; what else has 差 in its name is a difference.
_CHANGES = re.compile(
    r"变动|变化|增长|增减|增幅|增速|降幅|偏[差离]|差(?!旅|错)|盈亏|净|同比|环比|change|growth|differ|deviat|balance|net", re.IGNORECASE
)
# What a year is measured by: a unit without a budget or without posts is not scored at all.
_NEVER_ZERO = re.compile(
    r"^(全年|年初|年度|本年|可用|调整后?|支出|收入|部门|项目)?(预算数|预算总额|预算资金|总?预算)$|编制|定员|在职|总支出$|总收入$|(计划|预算).*(资金|成本|时间)$"
)
#: What a row has reached of its target is never below 0; the row itself may be.
_RATES = ("完成率", "achievement")
_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
#: Conditions inside conditions would double the work at every level, and facts computed from facts go as deep as Python does.
_MOST_WORLDS, _DEEPEST = 60, 3
#: Where the left side less the right one lies if the comparison holds.
_WHERE: dict[type[ast.cmpop], Interval] = {
    ast.Lt: POSITIVE.mirrored(), ast.LtE: NOT_NEGATIVE.mirrored(), ast.Gt: POSITIVE, ast.GtE: NOT_NEGATIVE, ast.Eq: point(ZERO),
}  # fmt: skip


#: How far facts are taken to be what they seem.
Trust = Literal["any", "amounts", "usual"]


class Sum(NamedTuple):
    """Numbers times what they are multiplied by, by name, and a number: `2 × a - b + 3`. What is no sum is a name of its own."""

    terms: dict[str, Fraction]
    number: Fraction = ZERO

    def times(self, by: Fraction) -> Sum:
        """Every part of it multiplied."""
        return Sum({name: factor * by for name, factor in self.terms.items()} if by else {}, self.number * by)

    def plus(self, other: Sum) -> Sum:
        """The sum of both; what cancels out is gone."""
        names = {**self.terms, **other.terms}
        both = {name: self.terms.get(name, ZERO) + other.terms.get(name, ZERO) for name in names}
        return Sum({name: factor for name, factor in both.items() if factor}, self.number + other.number)


#: A sum without its number, such that its first name counts once: `a - b > 0` says something of `2 × b - 2 × a`, too.
_Shape = frozenset[tuple[str, Fraction]]


class Domains:
    """
    What the names of a rule set can be.

    As `amounts`, a fact that is a number is taken to be 0 or more, and so is a budget cell, as the pages on rule files say; a fact whose name speaks
    of a change may be below. On a `usual` form, a budget of the year and its like are above 0, too, and no row is below 0; trusted in nothing, a fact
    may be `any` number. Beyond that an interval is never smaller than what can be reached, and may be larger.
    """

    def __init__(self, rules: RuleSet, scores: dict[str, Interval] | None = None, *, trusted: Trust = "amounts") -> None:
        self.facts: dict[str, Declared] = {fact.name: fact for fact in rules.facts}
        self.cohort = {one.name: one for one in rules.cohort}
        self.scores = scores or {}
        self.usual, self.signed = trusted == "usual", trusted == "any"
        self._keys: dict[int, tuple[ast.AST, str]] = {}

    def of(self, formula: Formula, held: tuple[Held, ...] = ()) -> Interval:
        """The numbers that a formula can take where these conditions hold; empty where they cannot."""
        return self.where(held).of(formula.tree)

    def holds(self, formula: Formula, held: tuple[Held, ...] = ()) -> bool | None:
        """Whether a condition always holds, or never; None if it depends, or if what is taken to hold cannot."""
        return self.where(held).holds(formula.tree)

    def where(self, held: tuple[Held, ...] = ()) -> World:
        """The world in which these conditions hold."""
        world = World(self, {})
        for formula, truth in held:
            world.assume(formula.tree, truth=truth)
        return world

    def name(self, name: str) -> Interval:
        """What a name can be of itself."""
        declared = self.facts.get(name)
        if name in BUDGET_NAMES:
            return POSITIVE if self.usual and BUDGET_NAMES[name] != "executed" else NOT_NEGATIVE
        if declared is not None:
            return self._declared(declared)
        if name in self.cohort:
            return self._of_all(name)
        if name in self.scores:
            return self.scores[name]
        head = self.facts.get(name.rpartition(".")[0])
        if head is not None:
            return TRUTH if head.choices else EVERYTHING if self.signed else NOT_NEGATIVE
        if name in DIRECTIONS:
            return TRUTH
        if name in ROW_NAMES:
            return NOT_NEGATIVE if self.usual or name in _RATES else EVERYTHING
        return NOT_NEGATIVE if name.startswith("rows.") else EVERYTHING

    def key(self, node: ast.AST) -> str:
        """The name that a part of a formula has which is no sum: the same for the same part elsewhere."""
        # The node is kept, too: another one could come to have its identity.
        if id(node) not in self._keys:
            self._keys[id(node)] = node, ast.dump(node)
        return self._keys[id(node)][1]

    def _declared(self, fact: Declared) -> Interval:
        if fact.choices:
            return hull(point(number) for _, number in fact.choices)
        if fact.kind == "truth":
            return TRUTH
        if fact.formula is not None or fact.kind == "date" or _CHANGES.search(fact.name) or _CHANGES.search(fact.label.zh):
            return EVERYTHING
        return EVERYTHING if self.signed else POSITIVE if self.usual and _NEVER_ZERO.search(fact.name) else NOT_NEGATIVE

    def _of_all(self, name: str) -> Interval:
        cohort = self.cohort[name]
        match cohort.kind:
            case "rank":
                return Interval(ONE, None, low_closed=True, high_closed=False)
            case "count":
                return NOT_NEGATIVE
        low = self.of(cohort.of).low
        return EVERYTHING if low is None or low < 0 else POSITIVE if self.usual else NOT_NEGATIVE


class World:
    """Some conditions that hold, and what formulas can be then."""

    def __init__(self, domains: Domains, known: dict[_Shape, Interval], spent: list[None] | None = None, depth: int = 0) -> None:
        self.domains, self.known = domains, known
        #: One entry for every world that came of the first one.
        self._spent: list[None] = [] if spent is None else spent
        self._depth = depth
        #: What the parts that are no sums can be, by themselves.
        self.parts: dict[str, Interval] = {}
        self._sums: dict[str, Sum] = {}

    @property
    def possible(self) -> bool:
        """Whether nothing that is known of it contradicts itself."""
        return not any(on.empty() for on in self.known.values())

    def of(self, node: object) -> Interval:
        """The numbers that a part of a formula can take; of a condition 1 and 0."""
        if not self.possible:
            return NOTHING
        if isinstance(node, ast.Compare | ast.BoolOp) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)):
            held = self.holds(node)
            return TRUTH if held is None else point(Fraction(held))
        return self.range(self.sum(node))

    def range(self, total: Sum) -> Interval:
        """The numbers that a sum can take."""
        found = point(ZERO)
        for name, factor in total.terms.items():
            found = added(found, scaled(self._part(name), factor))
        shape, factor = _shape(total)
        if shape in self.known:
            found = found.meet(scaled(self.known[shape], factor))
        return added(found, point(total.number))

    def holds(self, node: object) -> bool | None:
        """Whether a condition always holds here, or never."""
        if not self.possible:
            return None
        match node:
            case ast.BoolOp(op=op, values=values):
                settles, open_, inner = isinstance(op, ast.Or), False, self
                for value in values:
                    held = inner.holds(value)
                    if held is settles:
                        return settles
                    open_ = open_ or held is None
                    if inner is self:
                        inner = self.but(value, truth=not settles)
                    else:
                        inner.assume(value, truth=not settles)
                    if not inner.possible:
                        return settles
                return None if open_ else not settles
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                held = self.holds(operand)
                return None if held is None else not held
            case ast.Compare():
                found = [self._compared(op, self.sum(left).plus(self.sum(right).times(-ONE))) for left, op, right in _pairs(node)]
                return False if False in found else None if None in found else True
        on = self.of(node)
        return None if on.low != on.high or on.low is None else on.low != 0

    def but(self, node: object, *, truth: bool) -> World:
        """A world like this one where a condition holds, or does not; once there are many, just this world, which is never less."""
        if len(self._spent) >= _MOST_WORLDS:
            return self
        inner = self.fresh()
        inner.assume(node, truth=truth)
        return inner

    def fresh(self) -> World:
        """A world of its own in which the same is known."""
        self._spent.append(None)
        return World(self.domains, dict(self.known), self._spent, self._depth)

    def assume(self, node: object, *, truth: bool) -> None:
        """Take a condition to hold, or not to; what says nothing of a single sum is left alone."""
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                self.assume(operand, truth=not truth)
            case ast.BoolOp(op=op, values=values) if isinstance(op, ast.And) is truth:
                for value in values:
                    self.assume(value, truth=truth)
            case ast.Compare(ops=ops) if truth or len(ops) == 1:
                for left, sign, right in _pairs(node):
                    self._narrow(type(sign) if truth else _FLIPPED[type(sign)], self.sum(left).plus(self.sum(right).times(-ONE)))
            case ast.Name() | ast.Attribute():
                self._narrow(ast.Eq, Sum({dotted(node): ONE}, -ONE if truth else ZERO))
                number = self._chosen(dotted(node))
                if number is not None and truth:
                    self._narrow(ast.Eq, Sum({dotted(node).rpartition(".")[0]: ONE}, -number))

    def sum(self, node: object) -> Sum:
        """A part of a formula as a sum."""
        match node:
            case ast.Constant(value=value):
                return Sum({}, Fraction(value))  # type: ignore[arg-type]
            case ast.Name() | ast.Attribute():
                return self._named(dotted(node))
            case ast.UnaryOp(op=op, operand=operand):
                return self.sum(operand).times(-ONE if isinstance(op, ast.USub) else ONE)
            case ast.BinOp(op=ast.Add() | ast.Sub() as op, left=left, right=right):
                return self.sum(left).plus(self.sum(right).times(ONE if isinstance(op, ast.Add) else -ONE))
            case ast.BinOp(op=op, left=left, right=right):
                one, other = self.sum(left), self.sum(right)
                if isinstance(op, ast.Mult) and not one.terms:
                    one, other = other, one
                if not other.terms and (other.number or isinstance(op, ast.Mult)):
                    return one.times(other.number if isinstance(op, ast.Mult) else 1 / other.number)
                on = times(self.range(one), self.range(other)) if isinstance(op, ast.Mult) else self._quotient(one, other)
                return self._apart(node, on)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._call(node, name, arguments)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                ways = [(body, True), (orelse, False)]
                held = self.holds(test)
                return self._apart(node, hull(self.but(test, truth=way).of(part) for part, way in ways if held is None or held is way))
        return self._apart(node, TRUTH)

    def _named(self, name: str) -> Sum:
        declared = self.domains.facts.get(name)
        if declared is None or declared.formula is None or (self._depth >= _DEEPEST and name not in self._sums):
            return Sum({name: ONE})
        if name not in self._sums:
            self._depth += 1
            self._sums[name] = self.sum(declared.formula.tree)
            self._depth -= 1
        return self._sums[name]

    def _call(self, node: ast.Call, name: str, arguments: list[ast.expr]) -> Sum:
        first = arguments[0]
        listed = self.domains.facts.get(dotted(first)) if isinstance(first, ast.Name | ast.Attribute) else None
        if name == "days" or (listed is not None and listed.kind == "list"):
            return self._apart(node, EVERYTHING if name == "days" else NOT_NEGATIVE)
        sums = [self.sum(argument) for argument in arguments]
        if name in ("sum", "mean"):
            total = Sum({})
            for one in sums:
                total = total.plus(one)
            return total if name == "sum" else total.times(Fraction(1, len(sums)))
        return self._apart(node, _computed(name, [self.range(one) for one in sums]))

    def _apart(self, node: object, on: Interval) -> Sum:
        if not isinstance(node, ast.AST):
            return Sum({})
        key = self.domains.key(node)
        self.parts[key] = on
        return Sum({key: ONE})

    def _part(self, name: str) -> Interval:
        on = self.parts[name] if name in self.parts else self.domains.name(name)
        number = self._chosen(name)
        if number is not None:
            head = self._part(name.rpartition(".")[0])
            on = point(ZERO) if not head.holds(number) else point(ONE) if head == point(number) else on
        known = self.known.get(frozenset([(name, ONE)]))
        return on if known is None else on.meet(known)

    def _chosen(self, name: str) -> Fraction | None:
        """The number that stands for the word of `地区.东部`."""
        head, _, word = name.rpartition(".")
        declared = self.domains.facts.get(head)
        return None if declared is None or name in self.domains.facts else dict(declared.choices).get(word)

    def _quotient(self, one: Sum, other: Sum) -> Interval:
        """
        A quotient of sums.

        Where nothing in them is below 0, it lies between the least and the greatest quotient of what a name counts above and below: of
        `(a - b) / (a + c)` that is 1 for a, less than anything for b, and 0 for c.
        """
        apart = divided(self.range(one), self.range(other))
        if min((*other.terms.values(), other.number)) < 0:
            one, other = one.times(-ONE), other.times(-ONE)
        names = {**one.terms, **other.terms}
        below = [*other.terms.values(), other.number]
        if min(below) < 0 or any((low := self._part(name).low) is None or low < 0 for name in names):
            return apart
        pairs = [(one.terms.get(name, ZERO), other.terms.get(name, ZERO)) for name in names] + [(one.number, other.number)]
        ratios = [up / down for up, down in pairs if down]
        if not ratios:
            # Divided by 0 and nothing else.
            return NOTHING
        low = None if any(up < 0 and not down for up, down in pairs) else min(ratios)
        high = None if any(up > 0 and not down for up, down in pairs) else max(ratios)
        return apart.meet(Interval(low, high, low is not None, high is not None))

    def _compared(self, op: ast.cmpop, less: Sum) -> bool | None:
        on = self.range(less)
        if on.empty():
            return None
        if isinstance(op, ast.NotEq):
            return True if not on.holds(ZERO) else False if on == point(ZERO) else None
        where = _WHERE[type(op)]
        return False if on.meet(where).empty() else True if on.meet(where) == on else None

    def _narrow(self, op: type[ast.cmpop], less: Sum) -> None:
        before = self.range(less)
        after = (NOTHING if before == point(ZERO) else without_zero(before)) if op is ast.NotEq else before.meet(_WHERE[op])
        shape, factor = _shape(less)
        if not shape:
            # Nothing but numbers: it holds or the world is not possible.
            if after.empty():
                self.known[shape] = NOTHING
            return
        self.known[shape] = scaled(added(after, point(-less.number)), 1 / factor)


def dotted(node: object) -> str:
    """The name that a name with dots is."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{dotted(value)}.{attr}"
    return ""


def _pairs(node: ast.Compare) -> Iterator[tuple[ast.expr, ast.cmpop, ast.expr]]:
    terms = [node.left, *node.comparators]
    return zip(terms, node.ops, terms[1:], strict=False)


def _shape(total: Sum) -> tuple[_Shape, Fraction]:
    """The sum without its number, and what it is multiplied by."""
    if not total.terms:
        return frozenset(), ONE
    factor = total.terms[min(total.terms)]
    return frozenset((name, one / factor) for name, one in total.terms.items()), factor


def _computed(name: str, on: list[Interval]) -> Interval:
    """What a function gives for numbers in these intervals."""
    first = on[0]
    if any(one.empty() for one in on):
        return NOTHING
    match name:
        case "abs":
            return size(first)
        case "min":
            return _least(on)
        case "max":
            return _least([one.mirrored() for one in on]).mirrored()
        case "count":
            return point(Fraction(len(on)))
        case "geomean":
            return NOT_NEGATIVE
    places = on[-1].low or ZERO
    ends = [_end(name, end, places) for end in (first.low, first.high)]
    return Interval(ends[0], ends[1], ends[0] is not None, ends[1] is not None)


def _least(on: list[Interval]) -> Interval:
    """The least of one number in each: below the lowest end of any it cannot be, nor above the lowest upper end."""
    lowest = hull(iter(on))
    high, high_closed = min(((one.high, one.high_closed) for one in on), key=lambda end: (end[0] is None, end[0] or 0, end[1]))
    return Interval(lowest.low, high, lowest.low_closed, high_closed)


def _end(name: str, end: Fraction | None, places: Fraction) -> Fraction | None:
    """The end of what a function that never falls, and rounds, can give."""
    if end is None or name == "round_half_up":
        return None if end is None else round_half_up(end, int(places))
    if name != "ln" or end <= 0:
        return None
    from perfscore.scoring.formula.functions import COMPUTED

    try:
        return COMPUTED["ln"](end, places)
    except OutOfDomain:
        return None
