"""What the forms of a wide table spent of their budgets, by arrays; and the forms of which something has to be said that arrays do not say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from typing import NamedTuple

import numpy as np

from perfscore.bulk.columns import Columns as Head
from perfscore.bulk.exact import Arithmetic, Array, Beyond, Numbers, Truths, constant
from perfscore.bulk.facts import Block, Facts, Table
from perfscore.bulk.forms import with_unit
from perfscore.bulk.formulas import Unsupported
from perfscore.bulk.given import Plain, coded
from perfscore.bulk.queue import BEHIND
from perfscore.bulk.recorded import Recorder
from perfscore.forms.leaves import points_printed
from perfscore.model.form import BUDGET_NAMES, Cell
from perfscore.model.formula import Formula
from perfscore.model.plan import Plan
from perfscore.model.rules import Indicator
from perfscore.text.source import Source, Span

_HERE = Span(Source("", ""), 1, 1, 1, 1)
#: Printed numbers that take a unit or not as any other does.
_ASKED = ("1", "0", "2", "-1", "0.5")


class Spending(NamedTuple):
    """全年执行数 and 全年预算数 of every form of a block as integers."""

    spent: Numbers
    planned: Numbers

    def warned(self, forms: int) -> Truths:
        """Where binding says that the rate is above 100 %, or so low that the units must differ."""
        numbers, none = Arithmetic(np.int64), constant(Fraction(0))
        above = numbers.compared(np.greater, self.spent, self.planned)
        thousandfold = numbers.multiplied(self.spent, constant(Fraction(1000)))
        least = np.logical_and(numbers.compared(np.greater, self.spent, none), numbers.compared(np.less, thousandfold, self.planned))
        return np.broadcast_to(np.logical_and(numbers.compared(np.greater, self.planned, none), np.logical_or(above, least)), forms)

    def behind(self, totals: Array, unit: Fraction) -> Truths:
        """Where the share of the points, totals of so many `unit`, lies so far above that of the budget that it is looked at; raises Beyond."""
        numbers = Arithmetic(np.int64)
        share = Numbers(totals, int(totals.min()), int(totals.max()), scale=unit)
        # share − spent / planned ≥ 1/5, without a division.
        left = numbers.multiplied(numbers.added(share, constant(BEHIND), -1), self.planned)
        far, some = numbers.compared(np.greater_equal, left, self.spent), numbers.compared(np.greater, self.planned, constant(Fraction(0)))
        return np.broadcast_to(np.logical_and(far, some), len(totals))

    def far(self, form: int, share: Fraction) -> bool:
        """The same of one form."""
        return _at(self.planned, form) > 0 and share - self.rate(form) >= BEHIND

    def rate(self, form: int) -> Fraction:
        """What one form spent of its budget."""
        return _at(self.spent, form) / _at(self.planned, form)

    def part(self, rows: Array) -> Spending:
        """Some of the forms."""
        return Spending(*(one._replace(n=np.asarray(one.n)[rows]) for one in self))


class Look:
    """Looks at the columns of a batch that no score may read, and marks the forms of which there is something to say."""

    def __init__(self, plan: Plan, head: Head) -> None:
        self.plan, self.head = plan, head
        self.spending: Spending | None = None
        #: The points of the leaves that measure how much of the budget was spent, in any form.
        self.points = {leaf.points for leaf in _leaves(plan) if leaf.measure is not None and _of_budget(leaf.measure)}
        self.asked = {read.name for gate in plan.rules.gates if isinstance(gate.parameter, Formula) for read in gate.parameter.reads}

    def __call__(self, table: Table, odd: Truths) -> None:
        for place, meaning in enumerate(self.head.meanings):
            if meaning.measure:
                odd |= _mark(table, place, partial(_without, meaning.measure))
            elif meaning.role == "budget.points":
                odd |= _mark(table, place, self._differs)
        self.spending = self._spending(table, odd)

    def _differs(self, text: str) -> bool:
        """Whether points printed in the budget table are not those of the rules."""
        points = points_printed(Cell(text, _HERE)) if text.strip() else None
        return points is not None and not self.points <= {None, points}

    def _spending(self, table: Table, odd: Truths) -> Spending | None:
        places = [place for name in ("executed", "adjusted") if (place := self.head.place(f"budget.{name}")) is not None]
        wanted = ["executed", "adjusted"] if len(places) == 2 else []
        # What a gate takes its effect from is read, whether it takes effect or not.
        known = {fact.name for fact in self.plan.rules.facts}
        also = sorted(name for name in self.asked if name in BUDGET_NAMES or name in known or name.rpartition(".")[0] in known)
        for dtype in (np.float64, np.int64):
            forms = table.batch.num_rows
            unknown, lacking = np.zeros(forms, np.bool_), np.zeros(forms, np.bool_)
            facts, others = (Facts(Block(table, slice(0, forms)), Recorder(dtype, forms), marks) for marks in (unknown, lacking))
            spending = None
            try:
                if wanted:
                    spent, planned = (facts[name] for name in wanted)
                    # Where one of the two is not filled in, there is no rate, and nothing to say of it.
                    silent = np.logical_or(*(_silent(table, place) for place in places))
                    np.logical_and(unknown, ~silent, out=unknown)
                    none = np.where(silent, 0, planned.n).astype(np.int64)
                    planned = planned._replace(n=none, low=min(planned.low, 0), high=max(planned.high, 0))
                    spending = Spending(spent._replace(n=np.broadcast_to(spent.n, forms).astype(np.int64)), planned)
                    spending.warned(forms)
                for name in also:
                    others[name]
            except Beyond:
                continue
            except Unsupported:
                break
            odd |= unknown | lacking
            return spending
        odd.fill(True)
        return None


def _mark(table: Table, place: int, odd: Callable[[str], bool]) -> Truths:
    """The forms whose text in a column is odd."""
    found = table.given(place)
    if isinstance(found, Plain) and not found.days and table.names.head.meanings[place].measure:
        # Of numbers either all take a unit or none.
        return np.full(len(found.n), any(map(odd, _ASKED)))
    words = coded(table.batch.column(place)) if isinstance(found, Plain) else found
    return np.array([odd(text) for text in words.texts], np.bool_)[words.codes]


def _silent(table: Table, place: int) -> Truths:
    """The forms that say nothing in a column."""
    found = table.given(place)
    if isinstance(found, Plain):
        return np.zeros(len(found.n), np.bool_) if found.missing is None else found.missing
    return np.array([not text.strip() for text in found.texts], np.bool_)[found.codes]


def _without(unit: str, text: str) -> bool:
    """Whether a text does not take the unit of its column."""
    return with_unit(text, unit) is None


def _at(number: Numbers, form: int) -> Fraction:
    return number.scale * int(np.asarray(number.n)[form])


def _of_budget(measure: Formula) -> bool:
    return {"executed", "adjusted"} <= {BUDGET_NAMES.get(read.name) for read in measure.reads}


def _leaves(plan: Plan) -> Iterator[Indicator]:
    for tree in plan.trees:
        for top in tree.indicators:
            for node in top.walk():
                yield from (node, *(case.rule for case in node.cases))
