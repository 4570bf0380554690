"""The indicators of a long table that only its budgets score: every one of a tree at once, for a column of forms."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from perfscore.bulk.curves import MOST
from perfscore.bulk.exact import Arithmetic, Beyond, Numbers
from perfscore.bulk.formulas import Columns, Unsupported
from perfscore.bulk.given import Given, Plain
from perfscore.bulk.kernel import Scorer
from perfscore.bulk.levels import fixed
from perfscore.model.form import BUDGET_NAMES
from perfscore.model.plan import Plan, Tree
from perfscore.model.rules import Indicator
from perfscore.text.printed import Quantity, Unit, read_printed, unit_named

#: Amounts of more digits are looked at one by one: a quadrillion in the smallest unit that the column prints.
_LARGEST = 2**50
#: Formulas read the budget in 万元, see forms.facts.
_MONEY = Fraction(10000)


class Leaf(NamedTuple):
    """A fixed indicator, the place of its part of the top level, and its points in rounding units."""

    rule: Indicator
    top: int
    points: int


class Amounts(NamedTuple):
    """The budget cells that formulas read, for a column of forms; where `odd`, one of them is not a plain amount."""

    facts: Mapping[str, Numbers]
    odd: NDArray[np.bool_]


def leaves(plan: Plan, tree: Tree, tops: tuple[str, ...]) -> tuple[Leaf, ...] | None:
    """The fixed indicators of a tree; None if one of them reads something besides the budget."""
    found = []
    for rule, top in fixed(tree):
        points = (rule.points or Fraction(0)) * 10**plan.places
        formulas = [formula for formula in (rule.measure, rule.applicable) if formula is not None]
        read = {read.name for formula in formulas for read in formula.reads}
        curve = tree.curves.get(rule.key)
        if rule.cases or rule.measure is None or rule.methods[0][0] != "number" or not read <= BUDGET_NAMES.keys():
            return None
        if curve is None or curve.signed or points.denominator != 1 or max(points, 10**plan.places * (curve.most or 0)) > MOST:
            return None
        found.append(Leaf(rule, tops.index(top.id), int(points)))
    return tuple(found)


def reads(found: tuple[Leaf, ...]) -> frozenset[str]:
    """The budget cells that indicators read."""
    formulas = [formula for leaf in found for formula in (leaf.rule.measure, leaf.rule.applicable) if formula is not None]
    return frozenset(BUDGET_NAMES[read.name] for formula in formulas for read in formula.reads)


def amounts(cells: Mapping[str, tuple[Given, str]], forms: int, money: str) -> Amounts | None:
    """The amounts of the cells by their names (`adjusted` …), with the units in their heads; None if a unit of money is none."""
    units = {name: unit_named(head or money) for name, (_, head) in cells.items()}
    if unit_named(money) is None or any(unit is None or unit.kind != "money" for unit in units.values()):
        return None
    odd = np.zeros(forms, np.bool_)
    facts: dict[str, Numbers] = {}
    for name, (cell, _) in cells.items():
        unit = units[name]
        if unit is None:
            return None
        n, places, strange = _amount(cell, unit)
        strange |= (n > _LARGEST) | (n < -_LARGEST)
        odd |= strange
        if strange.any():
            n = np.where(strange, 1, n)
        low, high = (int(n.min()), int(n.max())) if forms else (0, 0)
        number = Numbers(n, low, high, scale=unit.factor / _MONEY / 10**places)
        facts.update({spoken: number for spoken, column in BUDGET_NAMES.items() if column == name})
    return Amounts(facts, odd)


def _amount(cell: Given, unit: Unit) -> tuple[NDArray[np.int64], int, NDArray[np.bool_]]:
    """The printed amounts in the unit as integers, how many decimal places they have, and which of them are none."""
    if isinstance(cell, Plain):
        return cell.n.astype(np.int64, copy=False), cell.places, np.full(len(cell.n), cell.days) if cell.missing is None else cell.missing | cell.days
    read = [read_printed(text, unit=unit) for text in cell.texts]
    found = [_exact(one, unit) for one in read]
    places = max((_places(number) or 0 for number in found if number is not None and (_places(number) or 9) < 9), default=0)
    whole = [None if number is None else number * 10**places for number in found]
    fits = [number is not None and number.denominator == 1 and abs(number) <= _LARGEST for number in whole]
    numbers = np.array([int(number) if number is not None and fit else 1 for number, fit in zip(whole, fits, strict=True)] or [1], np.int64)
    return numbers.take(cell.codes), places, ~np.array(fits or [False]).take(cell.codes)


def _exact(read: object, unit: Unit) -> Fraction | None:
    exact = isinstance(read, Quantity) and read.form == "exact" and read.unit is not None and read.unit.kind == unit.kind
    return read.low / unit.factor if exact and isinstance(read, Quantity) and read.low is not None else None


def _places(number: Fraction) -> int | None:
    return next((places for places in range(10) if 10**places % number.denominator == 0), None)


class Scores(NamedTuple):
    """The scores of the fixed indicators of a tree, one array each, and the forms that arrays cannot score."""

    scores: tuple[NDArray[np.int64], ...]
    odd: NDArray[np.bool_]


class FixedLeaves:
    """The fixed indicators of one tree, ready for columns of budgets."""

    def __init__(self, plan: Plan, tree: Tree, found: tuple[Leaf, ...]) -> None:
        self.plan, self.tree, self.leaves = plan, tree, found
        self.reads = reads(found)
        self._scorers: dict[tuple[str, Fraction], Scorer] = {}

    def scores(self, given: Amounts) -> Scores:
        """Every one of them; the numbers of odd forms mean nothing."""
        for arithmetic in (Arithmetic(np.float64), Arithmetic(np.int64)):
            try:
                return self._scores(given, arithmetic)
            except (Beyond, Unsupported):
                continue
        forms = len(given.odd)
        return Scores(tuple(np.zeros(forms, np.int64) for _ in self.leaves), np.ones(forms, np.bool_))

    def _scores(self, given: Amounts, arithmetic: Arithmetic) -> Scores:
        odd = given.odd.copy()
        facts = {name: number._replace(n=np.asarray(number.n).astype(arithmetic.dtype)) for name, number in given.facts.items()}
        columns = Columns(facts, arithmetic, odd)
        scores = []
        for leaf in self.leaves:
            if leaf.rule.applicable is not None:
                odd |= ~np.asarray(columns.holds(leaf.rule.applicable))
            if leaf.rule.measure is None:
                raise Beyond
            measure = columns.value(leaf.rule.measure)
            places = self.plan.rules.rounding.rate
            if places is not None and {"/", "÷"} & set(leaf.rule.measure.text):
                measure = arithmetic.whole(measure, places + 2)
            scorer = self._scorers.get((leaf.rule.key, measure.scale))
            if scorer is None:
                scorer = self._scorers[leaf.rule.key, measure.scale] = Scorer(self.tree.curves[leaf.rule.key], self.plan.places, measure.scale)
            outside = scorer.outside(measure, arithmetic)
            if outside is not None:
                odd |= outside
            scores.append(np.broadcast_to(scorer.scores(measure, arithmetic), odd.shape).astype(np.int64))
        return Scores(tuple(scores), odd)
