"""What the checks look at: a form as printed, what its rules make of it, and the sets that its printed numbers allow."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from perfscore.auditing.claims import Heard, hear
from perfscore.auditing.money import Money, money
from perfscore.auditing.printed import number
from perfscore.auditing.scores import Allowed, scores
from perfscore.auditing.stated import Reader, Unread
from perfscore.model.form import BUDGET_NAMES, Cell, Claim, Form
from perfscore.model.outcome import Outcome
from perfscore.model.rules import RuleSet
from perfscore.model.submission import Leaf
from perfscore.scoring.engine import Evaluation


class Line(NamedTuple):
    """A leaf with what became of it by its rule, and the score that the unit printed for it."""

    leaf: Leaf
    outcome: Outcome
    #: Where the unit's own score is printed: in its row, or for the execution of the budget in the budget table.
    reported: Cell | None

    #: The unit's own score as a number.
    claimed: Fraction | None


class Subject:
    """A form and its evaluation; the sets behind the scores are made when a check first asks for them."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.form: Form = evaluation.submission.form
        self.rules: RuleSet = evaluation.plan.rules
        self.lines: tuple[Line, ...] = tuple(_lines(evaluation.root, self.form))
        self._allowed: dict[str, Allowed | None] = {}

    @cached_property
    def reader(self) -> Reader:
        """The numbers that the form prints, by cell and by name."""
        return Reader(self.form, self.rules)

    @cached_property
    def claims(self) -> tuple[tuple[Claim, Heard | tuple[Unread, ...]], ...]:
        """The claims of the form with their numbers, or with what of them cannot be read."""
        return tuple((claim, hear(claim, self.reader)) for claim in self.form.claims)

    @cached_property
    def money(self) -> Money:
        """The budget table by what adds up to what."""
        return money(self.form.budget, self.reader)

    def allowed(self, line: Line) -> Allowed | None:
        """The scores that the printed values of a line allow by its rule, before any rounding; None where it was not measured."""
        if line.leaf.id not in self._allowed:
            self._allowed[line.leaf.id] = scores(line.leaf, self.rules.rounding)
        return self._allowed[line.leaf.id]


def execution(leaf: Leaf) -> bool:
    """Whether a leaf is the execution rate of the budget, which has its printed score in the budget table."""
    measure = leaf.rule.measure
    return not leaf.rule.open and measure is not None and {"executed", "adjusted"} <= {BUDGET_NAMES.get(read.name, "") for read in measure.reads}


def _lines(outcome: Outcome, form: Form) -> list[Line]:
    found = [line for child in outcome.children for line in _lines(child, form)]
    leaf = outcome.leaf
    if leaf is None:
        return found
    reported = leaf.row.reported if leaf.row is not None else None
    if reported is None and form.budget is not None and execution(leaf):
        reported = form.budget.reported
    return [*found, Line(leaf, outcome, reported, number(reported))]
