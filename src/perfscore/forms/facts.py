"""The facts of a form, read by name for the formulas of a rule set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from perfscore.model.form import BUDGET_NAMES, Cell, Form
from perfscore.model.formula import Formula
from perfscore.model.measure import Absence, Computed, Fact
from perfscore.model.rules import Declared, RuleSet
from perfscore.scoring.formula import ZeroDenominator, evaluate
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.nearest import nearest
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import Blank, NotApplicable, Quantity, Unit, read_printed, unit_named

Report = Callable[[Diagnostic], None]

#: About 150 digits. The numbers of a form have 31 at most; a product of a hundred of them is nobody's measure.
MAX_BITS = 512
#: Formulas read the budget in 万元, in whatever unit the form prints it.
_MONEY = Fraction(10000)
_TRUTH = {**dict.fromkeys(("是", "有", "已", "true", "√"), Fraction(1)), **dict.fromkeys(("否", "没有", "未", "false", "×"), Fraction(0))}


class FactReader:
    """One form's facts; what could not be read is reported once, with its place."""

    def __init__(self, form: Form, rules: RuleSet, report: Report) -> None:
        self.form, self.report = form, report
        self.declared: dict[str, Declared] = {fact.name: fact for fact in rules.facts}
        self._known: dict[str, Fact | Absence] = {}

    def value(
        self, formula: Formula, given: Mapping[str, Fraction], label: Phrase | None = None, cells: Mapping[str, Cell] | None = None
    ) -> Computed | Absence:
        """The value of a formula with its facts, or why it has none; `given` are names that the caller knows, with their `cells`."""
        facts: dict[str, Fact] = {}
        for read in formula.reads:
            if read.name in given:
                facts[read.name] = Fact(read.name, given[read.name], (cells or {}).get(read.name))
                continue
            fact = self.fact(read.name)
            if isinstance(fact, Absence):
                return fact
            facts[read.name] = fact._replace(name=read.name)
        try:
            value = evaluate(formula, lambda name: facts[name].value)
        except ZeroDenominator:
            return Absence("missing", self._zero(formula, facts))
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
            says = Phrase(f"公式 {formula.text} 的结果位数太多", f"the result of {formula.text} has too many digits")
            self.report(Diagnostic("number-too-large", says, formula.span, severity="warning"))
            return Absence("missing", says)
        return Computed(value, formula, label or same(""), tuple(facts.values()))

    def _zero(self, formula: Formula, facts: Mapping[str, Fact]) -> Phrase:
        zero = [fact for fact in facts.values() if not fact.value]
        names = "、".join(fact.name for fact in zero) or formula.text
        says = Phrase(f"{names} 为 0，不能作分母", f"{names} is 0 and cannot be divided by")
        cell = next((fact.cell for fact in zero if fact.cell), None)
        self.report(Diagnostic("zero-denominator", says, cell.span if cell else self.form.span, severity="warning"))
        return says

    def fact(self, name: str) -> Fact | Absence:
        """A budget cell or a declared fact."""
        column = BUDGET_NAMES.get(name, "")
        known = column or name
        if known not in self._known:
            self._known[known] = self._budget(column) if column else self._declared(name)
        return self._known[known]

    def _budget(self, column: str) -> Fact | Absence:
        budget = self.form.budget
        name = next(zh for zh, spoken in BUDGET_NAMES.items() if spoken == column)
        cell: Cell | None = getattr(budget, column) if budget else None
        unit = unit_named(budget.money) if budget else None
        if budget is not None and unit is None:
            says = Phrase(f"不认识金额单位 {budget.money}", f"unknown unit of money {budget.money}")
            self.report(Diagnostic("unknown-unit", says, budget.span, severity="warning"))
            return Absence("missing", says)
        return self._number(name, cell, unit, _MONEY)

    def _declared(self, name: str) -> Fact | Absence:
        declared = self.declared[name]
        found = self.form.fact(name)
        if found is not None and not isinstance(found, Cell):
            says = Phrase(f"数据 {name} 应是一个值，写成了列表或映射", f"the fact {name} should be one value, not a list or mapping")
            self.report(Diagnostic("fact-shape", says, found.span, severity="warning"))
            return Absence("missing", says)
        if declared.kind == "truth" and found is not None and found.text.strip():
            said = _TRUTH.get(found.text.strip())
            return self._unread(name, found, Phrase("应填 是 或 否", "是 (yes) or 否 (no) is expected")) if said is None else Fact(name, said, found)
        unit = unit_named(declared.unit) if declared.unit else None
        return self._number(name, found, unit, Fraction(1) if unit is None or unit.kind == "share" else unit.factor)

    def _number(self, name: str, cell: Cell | None, unit: Unit | None, scale: Fraction) -> Fact | Absence:
        """The number in the unit that formulas read, `scale` base units; a rate is read as a share whatever its sign."""
        read = read_printed(cell.text, unit=unit, year=self.form.year) if cell is not None else None
        if cell is None or not cell.text.strip():
            return self._absent(name, cell)
        if isinstance(read, Blank):
            says = Phrase(f"{name} 填的是 {cell.text.strip()}：{read.why.zh}", f"{name} says {cell.text.strip()}: {read.why.en}")
            self.report(Diagnostic("value-missing", says, cell.span, severity="warning"))
            return Absence("missing", says)
        if isinstance(read, NotApplicable):
            return Absence("not-applicable", Phrase(f"{name} 不适用", f"{name} does not apply"))
        if isinstance(read, Quantity) and read.form == "exact" and read.low is not None:
            if unit is not None and read.unit is not None and read.unit.kind != unit.kind:
                return self._unread(name, cell, Phrase(f"单位应是{unit.name}一类", f"a unit like {unit.name} is expected"))
            printed = read.unit
            return Fact(name, read.low / scale, cell, (printed.factor if printed else Fraction(1)) / scale, printed.name if printed else "")
        why = getattr(read, "why", None) or Phrase("应是一个确定的数", "one definite number is expected")
        return self._unread(name, cell, why)

    def _absent(self, name: str, cell: Cell | None) -> Absence:
        """Not filled in, or filled in under a name that no rule reads."""
        says = Phrase(f"没有填 {name}", f"{name} is not filled in")
        unused = [spoken for spoken, _ in self.form.facts if spoken not in self.declared]
        near = nearest(name, unused)
        hint = Phrase(f"表里的 {near} 是否就是它？", f"is it what the form calls {near}?") if near else None
        self.report(Diagnostic("value-missing", says, cell.span if cell else self.form.span, hint, severity="warning"))
        return Absence("missing", says)

    def _unread(self, name: str, cell: Cell, why: Phrase) -> Absence:
        says = Phrase(f"{name} 的值 {cell.text} 读不出来：{why.zh}", f"cannot read {cell.text} as {name}: {why.en}")
        self.report(Diagnostic("unreadable-value", says, cell.span, severity="warning"))
        return Absence("missing", says)
