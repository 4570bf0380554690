"""The facts of a form, read by name for the formulas of a rule set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction

from perfscore.model.form import BUDGET_NAMES, Cell, Form, Items, Table
from perfscore.model.form import Fact as Given
from perfscore.model.formula import Formula
from perfscore.model.measure import Absence, Computed, Fact
from perfscore.model.rules import Declared, RuleSet
from perfscore.scoring.formula import OutOfDomain, ZeroDenominator, decide, evaluate
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.nearest import nearest
from perfscore.text.phrase import Phrase, listed, same
from perfscore.text.printed import Blank, NotApplicable, Period, Quantity, Unit, bare, read_printed, unit_named
from perfscore.text.units import multiple_of_unknown, unit_printed

Report = Callable[[Diagnostic], None]

ONE = Fraction(1)
#: About 150 digits. The numbers of a form have 31 at most; a product of a hundred of them is nobody's measure. What all forms
#: together give comes on top: a mean of many rates has as many digits as all of them.
MAX_BITS = 512
#: Formulas read the budget in 万元, in whatever unit the form prints it.
_MONEY = Fraction(10000)
#: For so many facts that a form lacks it is asked whether it has them under another name: each time all its names are looked through.
_ASKED = 20
_TRUTH = {**dict.fromkeys(("是", "有", "已", "true", "√"), Fraction(1)), **dict.fromkeys(("否", "没有", "未", "false", "×"), Fraction(0))}


class Said:
    """The facts of a form by their names, each mapping looked through once: a rule set may ask for thousands."""

    def __init__(self, facts: tuple[tuple[str, Given], ...]) -> None:
        #: Those that stand under their whole name.
        self.whole = dict(facts)
        self._inside: dict[int, dict[str, Given]] = {}

    def fact(self, name: str) -> Given | None:
        """A fact by its name; `a.b` is looked up whole, then as `b` inside `a`."""
        found = self.whole.get(name)
        if found is not None:
            return found
        head, dot, rest = name.partition(".")
        table = self.whole.get(head) if dot else None
        while isinstance(table, Table):
            inside = self._rows(table)
            if rest in inside:
                return inside[rest]
            head, dot, rest = rest.partition(".")
            table = inside.get(head) if dot else None
        return None

    def _rows(self, table: Table) -> dict[str, Given]:
        if id(table) not in self._inside:
            self._inside[id(table)] = dict(table.rows)
        return self._inside[id(table)]


class FactReader:
    """One form's facts; what could not be read is reported once, with its place."""

    def __init__(self, form: Form, rules: RuleSet, report: Report, cohort: Mapping[str, Fraction | None] | None = None) -> None:
        self.form, self.report, self._rules = form, report, rules
        self._quiet: FactReader | None = None
        self.said = Said(form.facts)
        self.declared: dict[str, Declared] = {fact.name: fact for fact in rules.facts}
        # What all forms together give is a number like any other, and a form scored alone may state it.
        self.declared.update({one.name: Declared(one.name, one.label, "", "number", one.span) for one in rules.cohort})
        self._of_all = {one.name for one in rules.cohort}
        self._cohort = cohort or {}
        self._most_bits = MAX_BITS + sum(_bits(number) for number in self._cohort.values() if number is not None)
        self._known: dict[str, Fact | Absence] = {}
        self._words: dict[str, dict[str, Fraction]] = {}
        self._lists: dict[str, Absence | None] = {}
        self._unused: list[str] | None = None
        self._asked = 0

    def value(
        self, formula: Formula, given: Mapping[str, Fraction], label: Phrase | None = None, cells: Mapping[str, Cell] | None = None
    ) -> Computed | Absence:
        """The value of a formula with its facts, or why it has none; `given` are names that the caller knows, with their `cells`."""
        if formula.kind == "truth" and not formula.plain:
            found = self._holds(formula, given, label)
            if found is not None:
                return found
        facts: dict[str, Fact] = {}
        for read in formula.reads:
            if read.name in given:
                facts[read.name] = Fact(read.name, given[read.name], (cells or {}).get(read.name))
                continue
            fact = self.fact(read.name)
            if isinstance(fact, Absence):
                # What does not apply does not, whatever is filled in beside it.
                return fact if fact.kind != "missing" else self.left_out(formula) or fact
            facts[read.name] = _called(fact, read.name)
        try:
            value = evaluate(formula, lambda name: facts[name].value)
        except ZeroDenominator:
            return Absence("missing", self._zero(formula, facts))
        except OutOfDomain as refused:
            says = Phrase(f"公式 {formula.text} 算不出来：{refused.says.zh}", f"{formula.text} has no value: {refused.says.en}")
            cell = next((fact.cell for fact in facts.values() if fact.cell), None)
            self.report(Diagnostic("no-value", says, cell.span if cell else self.form.span, severity="warning"))
            return Absence("missing", says)
        if _bits(value) > self._most_bits:
            says = Phrase(f"公式 {formula.text} 的结果位数太多", f"the result of {formula.text} has too many digits")
            self.report(Diagnostic("number-too-large", says, formula.span, severity="warning"))
            return Absence("missing", says)
        return Computed(value, formula, label or same(""), tuple(facts.values()))

    def left_out(self, formula: Formula) -> Absence | None:
        """What it reads of which the form says that it does not apply; nothing else is reported that it lacks."""
        if self._quiet is None:
            self._quiet = FactReader(self.form, self._rules, lambda _: None, self._cohort)
        found = [self._quiet.fact(read.name) for read in formula.reads if self.reads(read.name)]
        return next((fact for fact in found if isinstance(fact, Absence) and fact.kind == "not-applicable"), None)

    def _holds(self, formula: Formula, given: Mapping[str, Fraction], label: Phrase | None) -> Computed | None:
        """A condition that what is known settles, whatever else is missing: with the facts that were asked for, from left to right."""
        facts: dict[str, Fact] = {}

        def known(name: str) -> Fraction | tuple[Fraction, ...] | None:
            fact = Fact(name, given[name], None) if name in given else self.fact(name)
            if isinstance(fact, Absence):
                return None
            facts[name] = _called(fact, name)
            return fact.value

        holds = decide(formula, known)
        return None if holds is None else Computed(Fraction(holds), formula, label or same(""), tuple(facts.values()))

    def _zero(self, formula: Formula, facts: Mapping[str, Fact]) -> Phrase:
        zero = [fact for fact in facts.values() if not fact.value and not isinstance(fact.value, tuple)]
        names = "、".join(fact.name for fact in zero) or formula.text
        says = Phrase(f"{names} 为 0，不能作分母", f"{names} is 0 and cannot be divided by")
        cell = next((fact.cell for fact in zero if fact.cell), None)
        self.report(Diagnostic("zero-denominator", says, cell.span if cell else self.form.span, severity="warning"))
        return says

    def reads(self, name: str) -> bool:
        """Whether a name is a fact's, and not that of a score."""
        return name in BUDGET_NAMES or name in self.declared or name.rpartition(".")[0] in self.declared

    def fact(self, name: str) -> Fact | Absence:
        """A budget cell or a declared fact, a part of a list, or whether a word was chosen."""
        column = BUDGET_NAMES.get(name, "")
        known = column or name
        if known not in self._known:
            self._known[known] = self._budget(column) if column else self._named(name)
        return self._known[known]

    def _named(self, name: str) -> Fact | Absence:
        if name in self._cohort:
            number = self._cohort[name]
            says = Phrase(f"算不出 {name}：这张表没有要比的数", f"{name} is not known: this form has no number to compare")
            return Absence("missing", says) if number is None else Fact(name, number, None)
        declared = self.declared.get(name)
        if declared is None:
            return self._inside(*name.rpartition(".")[::2], name)
        if declared.formula is not None:
            value = self.value(declared.formula, {}, declared.label)
            if isinstance(value, Absence) or not isinstance(value.value, Fraction):
                return value if isinstance(value, Absence) else Absence("missing", same(name))
            return Fact(name, value.value, None, unit=declared.unit, computed=value)
        return self._declared(declared)

    def _inside(self, head: str, rest: str, name: str) -> Fact | Absence:
        """`地区.东部`: whether the word was chosen; `满意度调查.满意`: a part of a list."""
        declared = self.declared.get(head)
        if declared is None:
            # A row's own number (目标, 完成率) that this row does not have.
            return Absence("missing", Phrase(f"{name} 不是一个确定的数", f"{name} is not one definite number"))
        if not declared.choices:
            unknown = self._unknown_part(declared)
            return unknown if unknown is not None else self._number(name, self._one(name, self.said.fact(name)), *self._unit(declared))
        chosen = self.fact(head)
        if head not in self._words:
            self._words[head] = dict(declared.choices)
        return chosen if isinstance(chosen, Absence) else chosen._replace(name=name, value=Fraction(chosen.value == self._words[head][rest]), of=head)

    def _given(self, name: str) -> Given | None:
        """What the form says, or what the rule set lays down where it says nothing."""
        found = self.said.fact(name)
        default = self.declared[name].default
        silent = found is None or (isinstance(found, Cell) and not found.text.strip())
        return Cell(default.value, default.span) if silent and default is not None else found

    def _one(self, name: str, found: Given | None) -> Cell | None:
        """The single value that a fact is; a list in its place is said, and read as nothing."""
        if found is None or isinstance(found, Cell):
            return found
        says = Phrase(f"数据 {name} 应是一个值，写成了列表或映射", f"the fact {name} should be one value, not a list or mapping")
        self.report(Diagnostic("fact-shape", says, found.span, severity="warning"))
        return Cell("", found.span)

    def words(self, name: str) -> Cell | None:
        """A level or a judged score as the form says it; None if it says nothing."""
        cell = self._one(name, self._given(name)) if name in self.declared else None
        return None if cell is None or not cell.text.strip() else cell

    def items(self, name: str) -> dict[str, Cell] | Absence:
        """The items that a form says were met, each with what is written behind it (`是` for an item of a list)."""
        found = self._given(name)
        if found is None or (isinstance(found, Cell) and not found.text.strip()):
            return self._absent(name, found)
        if isinstance(found, Cell):
            if bare(found.text) in ("无", "没有"):
                return {}
            return {found.text.strip(): Cell("是", found.span)}
        if isinstance(found, Items):
            said = [(one.text.strip(), Cell("是", one.span)) for one in found.items if isinstance(one, Cell)]
            odd = next((one for one in found.items if not isinstance(one, Cell)), None)
        else:
            said = [(label, one) for label, one in found.rows if isinstance(one, Cell)]
            odd = next((one for _, one in found.rows if not isinstance(one, Cell)), None)
        often = Counter(label for label, _ in said)
        twice = next((label for label, times in often.items() if times > 1), None)
        if odd is not None or twice is not None:
            says = Phrase(f"{name} 应是要点的列表，或“要点: 是/否”", f"{name} should be a list of items, or item: yes/no")
            if twice is not None:
                says = Phrase(f"{name} 里 {twice} 写了两次", f"{name} has {twice} twice")
            self.report(Diagnostic("fact-shape", says, odd.span if odd is not None else found.span, severity="warning"))
            return Absence("missing", says)
        return dict(said)

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

    def _declared(self, declared: Declared) -> Fact | Absence:
        name = declared.name
        given = self._given(name)
        laid_down = declared.default is not None and given is not None and given.span == declared.default.span
        if declared.kind == "list":
            found = self._list(declared, given)
        else:
            cell = self._one(name, given)
            if cell is not given:
                return Absence("missing", Phrase(f"{name} 不是一个值", f"{name} is no single value"))
            found = self._single(declared, cell)
        return found._replace(default=True) if laid_down and isinstance(found, Fact) else found

    def _single(self, declared: Declared, cell: Cell | None) -> Fact | Absence:
        name = declared.name
        if cell is None or not cell.text.strip():
            return self._absent(name, cell)
        if declared.kind == "truth":
            said = _TRUTH.get(cell.text.strip())
            return self._unread(name, cell, Phrase("应填 是 或 否", "是 (yes) or 否 (no) is expected")) if said is None else Fact(name, said, cell)
        if declared.choices:
            words = {bare(word): number for word, number in declared.choices}
            number = words.get(bare(cell.text))
            if number is not None:
                return Fact(name, number, cell, of=name)
            if isinstance(read_printed(cell.text), NotApplicable):
                return Absence("not-applicable", Phrase(f"{name} 不适用", f"{name} does not apply"))
            known = listed([word for word, _ in declared.choices])
            return self._unread(name, cell, Phrase(f"应填：{known.zh}", f"one of these is expected: {known.en}"))
        if declared.kind == "date":
            read = read_printed(cell.text, year=self.form.year)
            if isinstance(read, Period) and read.first == read.last:
                return Fact(name, Fraction(read.last), cell)
            return self._unread(name, cell, Phrase("应是确定的一天，如 2024-12-31", "one definite day is expected, like 2024-12-31"))
        return self._number(name, cell, *self._unit(declared))

    def _unit(self, declared: Declared) -> tuple[Unit | None, Fraction]:
        unit = unit_printed(declared.unit) if declared.unit else None
        return unit, ONE if unit is None or unit.kind == "share" else unit.factor

    def _list(self, declared: Declared, given: Given | None) -> Fact | Absence:
        """The numbers of a list, or of the parts of a table, in their order; one that cannot be read makes all of them missing."""
        name = declared.name
        if given is None or (isinstance(given, Cell) and not given.text.strip()):
            return self._absent(name, given)
        unknown = self._unknown_part(declared)
        if unknown is not None:
            return unknown
        parts = ((name, given),) if isinstance(given, Cell) else tuple((name, one) for one in given.items) if isinstance(given, Items) else given.rows
        numbers = []
        for label, part in parts:
            spoken = label if label == name else f"{name}.{label}"
            found = self._number(spoken, self._one(spoken, part), *self._unit(declared))
            if isinstance(found, Absence):
                return found
            numbers.append(found.number)
        return Fact(name, tuple(numbers), Cell("、".join(part.text for _, part in parts if isinstance(part, Cell)), given.span))

    def _unknown_part(self, declared: Declared) -> Absence | None:
        """A part that no rule reads would count in the sum and nowhere else."""
        name = declared.name
        if name not in self._lists:
            self._lists[name] = self._looked_through(declared, self._given(name))
        return self._lists[name]

    def _looked_through(self, declared: Declared, given: Given | None) -> Absence | None:
        if not declared.parts or not isinstance(given, Table):
            return None
        known = frozenset(declared.parts)
        label, part = next(((label, part) for label, part in given.rows if label not in known), ("", None))
        if part is None:
            return None
        near, every = nearest(label, declared.parts), listed(declared.parts)
        hint = Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else None
        says = Phrase(f"{declared.name} 没有 {label} 这一项：{every.zh}", f"{declared.name} has no part {label}: {every.en}")
        self.report(Diagnostic("unknown-part", says, part.span, hint, severity="warning"))
        return Absence("missing", says)

    def _number(self, name: str, cell: Cell | None, unit: Unit | None, scale: Fraction) -> Fact | Absence:
        """The number in the unit that formulas read, `scale` base units; a rate is read as a share whatever its sign."""
        read = (cell.value or read_printed(cell.text, unit=unit, year=self.form.year)) if cell is not None else None
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
            if unit is None and printed is not None and multiple_of_unknown(printed):
                return self._unread(
                    name, cell, Phrase(f"不认识单位 {printed.name}，请写成不带万、亿的数", f"unknown unit {printed.name}: write the number out")
                )
            factor = ONE if printed is None else printed.factor
            number = read.low
            if scale.numerator != scale.denominator:
                number, factor = number / scale, factor / scale
            return Fact(name, number, cell, factor, "" if printed is None else printed.name)
        why = getattr(read, "why", None) or Phrase("应是一个确定的数", "one definite number is expected")
        return self._unread(name, cell, why)

    def _absent(self, name: str, cell: Cell | None) -> Absence:
        """Not filled in, or filled in under a name that no rule reads."""
        says = Phrase(f"没有填 {name}", f"{name} is not filled in")
        if name in self._of_all:
            together = Phrase(
                "把全体各表一起评（--cohort），或在 facts（数据）里写上它", "score all forms together (--cohort), or state it under facts"
            )
            self.report(Diagnostic("value-missing", says, self.form.span, together, severity="warning"))
            return Absence("missing", says)
        near = None if self._asked > _ASKED else nearest(name, self._not_declared())
        self._asked += 1
        hint = Phrase(f"表里的 {near} 是否就是它？", f"is it what the form calls {near}?") if near else None
        self.report(Diagnostic("value-missing", says, cell.span if cell else self.form.span, hint, severity="warning"))
        return Absence("missing", says)

    def _not_declared(self) -> list[str]:
        if self._unused is None:
            self._unused = [spoken for spoken in self.said.whole if spoken not in self.declared]
        return self._unused

    def _unread(self, name: str, cell: Cell, why: Phrase) -> Absence:
        says = Phrase(f"{name} 的值 {cell.text} 读不出来：{why.zh}", f"cannot read {cell.text} as {name}: {why.en}")
        self.report(Diagnostic("unreadable-value", says, cell.span, severity="warning"))
        return Absence("missing", says)


def _called(fact: Fact, name: str) -> Fact:
    """A fact by the name that a formula has for it: a budget cell has two."""
    return fact if fact.name == name else fact._replace(name=name)


def _bits(number: Fraction) -> int:
    return max(number.numerator.bit_length(), number.denominator.bit_length())
