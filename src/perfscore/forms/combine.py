"""The forms of several units to one form of all: amounts are added, rates become means weighted by money, and the rest has to agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from perfscore.forms.facts import FactReader
from perfscore.forms.leaves import points_printed
from perfscore.forms.rows import label_key
from perfscore.model.form import BUDGET_NAMES, Budget, Cell, Fact, Form, Items, Reported, Row, Table
from perfscore.model.measure import Absence
from perfscore.model.rules import DIRECTIONS, Declared, RuleSet
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import Blank, Comparator, Period, Printed, Quantity, Unit, Words, bare, fold_label, format_number, read_printed, unit_named
from perfscore.text.source import Source, Span

ZERO = Fraction(0)
_DIRECTION_OF = {">": "higher", "<": "lower", "=": "equal"}
_SIGNS: dict[Comparator, str] = {"": "", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
_NO_MONEY = Phrase("没有可用的全年预算数", "there is no budget of the whole year to weigh by")


class Given(NamedTuple):
    """One thing of one form: a cell, and what is read from it."""

    unit: Unit_
    cell: Cell
    read: Printed


class Unit_:
    """One of the forms, with what reads its facts; `money` is what its rates weigh."""

    def __init__(self, form: Form, rules: RuleSet, report: Callable[[Diagnostic], None]) -> None:
        self.form, self.facts = form, FactReader(form, rules, report)
        self.name = form.unit.strip() or form.source.name


def combine(forms: Sequence[Form], rules: RuleSet) -> Form:
    """
    One form that stands for all (转移支付: 先汇总，后评分); of one form, that form.

    Rows are the same where their three levels are. What a form lacks and another has, and what should agree and does not, is said, and becomes missing:
    nothing is added up from some of the forms only. Raises Rejected if there are no forms.
    """
    if not forms:
        raise Rejected([Diagnostic("no-forms", Phrase("没有要合并的填报表", "there is no form to combine"))])
    return forms[0] if len(forms) == 1 else _Combiner(forms, rules).form()
