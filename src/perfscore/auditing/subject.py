"""What the checks look at: a form as printed, what its rules make of it, and the sets that its printed numbers allow."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from perfscore.auditing.claims import Heard, hear
from perfscore.auditing.money import Money, money
from perfscore.auditing.printed import number, share
from perfscore.auditing.scores import Allowed, scores
from perfscore.auditing.stated import Reader, Unread
from perfscore.model.curve import round_half_up
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
    #: That score as a number; `95%` of the points is so many.
    claimed: Fraction | None

    @property
    def own(self) -> Outcome:
        """What became of it by its own rule and by hand: what gates take off afterwards is no part of the row."""
        outcome = self.outcome
        while outcome.by is not None and outcome.before is not None:
            outcome = outcome.before
        return outcome

    @property
    def taken(self) -> Fraction:
        """What somebody took off by hand."""
        return Fraction(0) if self.leaf.taken is None else self.leaf.taken[0]

    @property
    def counts(self) -> bool:
        """Whether it has points of the total: no bonus, no malus, nothing that does not apply."""
        return self.leaf.beyond is None and bool(self.leaf.points) and self.outcome.status != "not-applicable"


class Subject:
    """A form and its evaluation; the sets behind the scores are made when a check first asks for them."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.form: Form = evaluation.submission.form
        self.rules: RuleSet = evaluation.plan.rules
        self.lines: tuple[Line, ...] = tuple(_lines(evaluation.root, self.form, self.rules.rounding.leaf))
        self._allowed: dict[str, Allowed | None] = {}
        self.by_id: dict[str, Line] = {line.leaf.id: line for line in self.lines}

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


def _lines(root: Outcome, form: Form, places: int | None) -> Iterator[Line]:
    outcomes = list(_leaves(root))
    # The budget table has one score: where several indicators are such rates, it may be any of theirs.
    rates = [leaf for _, leaf in outcomes if leaf.row is None and execution(leaf)] if form.budget is not None else []
    for outcome, leaf in outcomes:
        reported = leaf.row.reported if leaf.row is not None else None
        if reported is None and form.budget is not None and len(rates) == 1 and leaf is rates[0]:
            reported = form.budget.reported
        claimed = number(reported, leaf.points)
        if claimed is not None and places is not None and share(reported) is not None:
            claimed = round_half_up(claimed, places)
        yield Line(leaf, outcome, reported, claimed)


def _leaves(outcome: Outcome) -> Iterator[tuple[Outcome, Leaf]]:
    if outcome.leaf is not None:
        yield outcome, outcome.leaf
    for child in outcome.children:
        yield from _leaves(child)
