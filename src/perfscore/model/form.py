"""A form as printed: every cell with its text and place, nothing understood yet."""

from __future__ import annotations

from typing import NamedTuple

from perfscore.text.diagnostic import Diagnostic
from perfscore.text.printed import Printed
from perfscore.text.source import Source, Span

#: The budget cells by the names that formulas and claims may use, Chinese first.
BUDGET_NAMES: dict[str, str] = {
    "年初预算数": "initial",
    "全年预算数": "adjusted",
    "全年执行数": "executed",
    "initial": "initial",
    "adjusted": "adjusted",
    "executed": "executed",
}


class Cell(NamedTuple):
    """What stands printed in one place."""

    text: str
    span: Span
    #: What it stands for where no decimal text says it exactly: a mean over several forms.
    value: Printed | None = None


class Review(NamedTuple):
    """The reviewer's columns of a row (复核)."""

    actual: Cell | None
    score: Cell | None
    note: Cell | None


class Row(NamedTuple):
    """A row of the indicator table; levels that were left out repeat the row above."""

    level1: str
    level2: str
    level3: str
    span: Span
    id: str = ""
    target: Cell | None = None
    actual: Cell | None = None
    points: Cell | None = None
    reported: Cell | None = None
    note: Cell | None = None
    tier: Cell | None = None
    judged: Cell | None = None
    direction: str | None = None
    applies: bool = True
    #: A printed row with nothing in it (`……`, a bare `指标2：`): kept, and not a leaf.
    placeholder: bool = False
    review: Review | None = None
    #: Points taken off by hand after scoring.
    deducted: Cell | None = None


class Part(NamedTuple):
    """A line of the budget table: where it belongs and its amounts."""

    group: str
    label: str
    of: str
    total: bool
    initial: Cell | None
    adjusted: Cell | None
    executed: Cell | None
    span: Span


class Budget(NamedTuple):
    """The money table: three columns, what is printed behind them, and its lines."""

    span: Span
    initial: Cell | None = None
    adjusted: Cell | None = None
    executed: Cell | None = None
    points: Cell | None = None
    rate: Cell | None = None
    reported: Cell | None = None
    money: str = "万元"
    parts: tuple[Part, ...] = ()


class Items(NamedTuple):
    """A fact that is a list: items met, raters' scores, checkpoints."""

    items: tuple[Fact, ...]
    span: Span


class Table(NamedTuple):
    """A fact that is a mapping: answers and their counts, or the parts of a name (`三公经费.本年预算`)."""

    rows: tuple[tuple[str, Fact], ...]
    span: Span


Fact = Cell | Items | Table


class Claim(NamedTuple):
    """Arithmetic that a narrative states: what it prints and what that should be."""

    label: str
    printed: Cell | None
    relation: str
    operands: Items
    span: Span


class Reported(NamedTuple):
    """What the form prints below the line."""

    points: Cell | None = None
    score: Cell | None = None
    grade: Cell | None = None
    date: Cell | None = None


class Form(NamedTuple):
    """One form of a form file."""

    source: Source
    span: Span
    rules: Cell | None = None
    unit: str = ""
    project: str = ""
    year: int | None = None
    goal: tuple[Cell | None, Cell | None] = (None, None)
    budget: Budget | None = None
    rows: tuple[Row, ...] = ()
    facts: tuple[tuple[str, Fact], ...] = ()
    claims: tuple[Claim, ...] = ()
    reported: Reported = Reported()
    #: Warnings from reading; what makes a form unreadable is raised instead.
    diagnostics: tuple[Diagnostic, ...] = ()
