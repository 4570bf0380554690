"""A fixed indicator or a row of the form to a leaf: its points, its curve, its measure or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from perfscore.forms.compare import Trouble, achievement, direction_of, in_unit_of, lateness, same_kind
from perfscore.forms.facts import FactReader
from perfscore.model.curve import Curve, between, round_half_up
from perfscore.model.form import Cell, Form, Row
from perfscore.model.measure import Absence, Comparison, Computed, Fact, Judged, Lateness, Measure
from perfscore.model.plan import Plan, Tree
from perfscore.model.rules import DIRECTIONS, Indicator
from perfscore.model.submission import Leaf
from perfscore.scoring.aggregates import whole
from perfscore.scoring.methods import curve_of
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import Blank, NotApplicable, Period, Printed, Quantity, Unreadable, Words, bare, format_number, read_printed

Report = Callable[[Diagnostic], None]
ONE, ZERO = Fraction(1), Fraction(0)
_WORDS = ("label", "judgement")


class Cells(NamedTuple):
    """A row's target and actual value, printed and read."""

    target: Cell
    actual: Cell
    goal: Printed
    done: Printed
    #: Both print the same text: met, whatever it says.
    same: bool


class LeafMaker:
    """Makes the leaves of one form; everything odd is reported with its place."""

    def __init__(self, form: Form, plan: Plan, tree: Tree, facts: FactReader, counts: Mapping[str, Fraction], report: Report) -> None:
        self.form, self.plan, self.tree, self.facts, self.counts, self.report = form, plan, tree, facts, counts, report

    def warn(self, code: str, says: Phrase, cell: Cell | Row, hint: Phrase | None = None) -> None:
        self.report(Diagnostic(code, says, cell.span, hint, severity="warning"))

    def fixed(self, rule: Indicator, row: Row | None) -> Leaf:
        """A leaf that the rule file fixes; its row on the form, if it has one, only prints numbers to compare."""
        perhaps: tuple[Indicator, ...] = ()
        if rule.cases:
            rule, perhaps = self._case(rule, {})
        curve = self.tree.curves[rule.key]
        if perhaps and (row is None or row.applies):
            measure: Measure | Absence = self._between((rule, *perhaps), [self.tree.curves[one.key] for one in (rule, *perhaps)])
        else:
            measure = self._fixed_measure(rule, row, curve)
        leaf = Leaf(
            rule.id, rule.label, rule.points, curve, self._inside(rule.label, curve, measure, row), rule, row, rule.methods[0][1].span, rule.basis
        )
        return self._finished(leaf)

    def _case(self, rule: Indicator, given: Mapping[str, Fraction]) -> tuple[Indicator, tuple[Indicator, ...]]:
        """The first variant of the indicator whose condition holds; and those that it may be instead where a condition cannot be decided."""
        perhaps: list[Indicator] = []
        for case in rule.cases:
            holds = self.facts.value(case.when, {**self.counts, **given})
            if isinstance(holds, Absence):
                says = Phrase(
                    f"{rule.label.zh}：不能判断“{case.when.text}”是否成立：{holds.why.zh}",
                    f"{rule.label.en}: cannot decide whether {case.when.text} holds: {holds.why.en}",
                )
                self.report(Diagnostic("variant-undecided", says, self.form.span, severity="warning"))
                perhaps.append(case.rule)
            elif holds.value:
                return case.rule, tuple(perhaps)
        return rule, tuple(perhaps)

    def _between(self, rules: tuple[Indicator, ...], curves: list[Curve]) -> Absence:
        """A leaf of which nobody knows by which of its variants it is scored: anything that one of them can give."""
        why = Phrase("不能判断按哪种情形计分", "nobody can tell by which of its variants it is scored")
        least = min(curve.least for curve in curves)
        most = max(curve.points if curve.most is None else curve.most for curve in curves)
        found = Absence("missing", why, (least, most))
        for rule in rules:
            holds = None if rule.applicable is None else self.facts.value(rule.applicable, self.counts)
            if holds is not None and (isinstance(holds, Absence) or not holds.value):
                found = self._perhaps_not(rule, found, (least, most))
            elif self._left_out(rule):
                found = found._replace(drops=True)
        return found

    def _perhaps_not(self, rule: Indicator, found: Absence, bounds: tuple[Fraction, Fraction]) -> Absence:
        """
        A leaf of which nobody knows whether it applies, and that scores between the bounds if it does.

        If not, a rule may give it full points, which a curve with a low cap does not reach, or none, or leave it out.
        """
        low, high = found.bounds or bounds
        if rule.otherwise in ("full", "zero"):
            score = between(rule.points or ZERO if rule.otherwise == "full" else ZERO, rule.least, rule.most)
            low, high = min(low, score), max(high, score)
        return found._replace(bounds=(low, high), drops=found.drops or rule.otherwise == "drop" or self._left_out(rule))

    def _left_out(self, rule: Indicator) -> bool:
        """Whether an indicator reads what the form says does not apply, so that it is left out if it comes to that."""
        cell = self.facts.words(rule.fact)
        return (cell is not None and isinstance(read_printed(cell.text), NotApplicable)) or any(
            formula is not None and self.facts.left_out(formula) is not None for formula in (rule.applicable, rule.measure)
        )

    def _finished(self, leaf: Leaf) -> Leaf:
        """The leaf with what was taken off by hand, and outside the total points where it is a bonus or a malus."""
        cell = leaf.row.deducted if leaf.row is not None else None
        if cell is not None and cell.text.strip():
            taken = points_printed(cell)
            if taken is None:
                says = Phrase(f"扣减得分 {cell.text} 读不出来", f"cannot read the points taken off, {cell.text}")
                self.warn("unreadable-value", says, cell)
                leaf = leaf._replace(measure=Absence("missing", says))
            else:
                leaf = leaf._replace(taken=(taken, cell))
        return leaf if leaf.rule.counts == "points" else _beyond(leaf)

    def _fixed_measure(self, rule: Indicator, row: Row | None, curve: Curve) -> Measure | Absence:
        if row is not None and not row.applies:
            return self._said_not_applicable(rule, row)
        if rule.applicable is not None:
            holds = self.facts.value(rule.applicable, self.counts)
            if isinstance(holds, Absence):
                if holds.kind != "missing":
                    return holds
                return self._perhaps_not(rule, holds, (curve.least, curve.points if curve.most is None else curve.most))
            if not holds.value:
                absence = _otherwise(rule, rule.applicable.text)
                if absence.kind == "missing":
                    cell = next((fact.cell for fact in holds.facts if fact.cell is not None), None)
                    says = Phrase(f"{rule.label.zh}：{absence.why.zh}，按缺项处理", f"{rule.label.en}: {absence.why.en}, it counts as missing")
                    self.report(Diagnostic("condition-fails", says, cell.span if cell else self.form.span, severity="warning"))
                return absence
        takes, use = rule.methods[0]
        if takes in _WORDS:
            row = row if row is not None else self._row_of_fact(rule)
            if row is None:
                return Absence("missing", Phrase("表上没有这一项", "the form has no such row"))
            return self._said_not_applicable(rule, row) if not row.applies else self._limited(rule, row)
        if takes == "items":
            from perfscore.forms.items import ticked

            return ticked(rule, use, self.facts, self.report)
        if rule.measure is None:
            return Absence("missing", Phrase("规则没有测算公式", "the rule has no measure"))
        return self.facts.value(rule.measure, self.counts, rule.measure_label)

    def _limited(self, rule: Indicator, row: Row) -> Measure | Absence:
        """A level or a judged score of a fixed indicator: the judge keeps to the tier, and the score then to the limits of the indicator."""
        found = self._words(rule, row, None, self.plan.drawn.curve(rule, 0, rule.points or ZERO, curve_of))
        if isinstance(found, Judged):
            return found._replace(score=between(found.score, rule.least, rule.most))
        if isinstance(found, Absence) and found.bounds is not None:
            low, high = (between(end, rule.least, rule.most) for end in found.bounds)
            return found._replace(bounds=(low, high))
        return found

    def _row_of_fact(self, rule: Indicator) -> Row | None:
        """A level or a judged score that stands under the facts instead of in a row of its own."""
        cell = self.facts.words(rule.fact)
        if cell is None:
            return None
        row = Row("", "", rule.label.zh, cell.span, actual=cell, applies=not isinstance(read_printed(cell.text), NotApplicable))
        if rule.methods[0][0] == "label":
            return row
        return row._replace(judged=cell) if isinstance(cell.value or read_printed(cell.text), Quantity) else row._replace(tier=cell)

    def row(self, rule: Indicator, row: Row, number: int) -> Leaf:
        """A leaf that the form brings under an open group."""
        label = same(" ".join(row.level3.split()))
        points = self._points(row)
        name = row.id or f"{rule.id}.{number}"
        if points is None and rule.points is not None and whole(rule.aggregate):
            points = rule.points
        if not row.applies:
            return self._finished(
                Leaf(name, label, points or ZERO, None, self._said_not_applicable(rule, row), rule, row, rule.methods[0][1].span, rule.basis)
            )
        cells = self._cells(row)
        perhaps: tuple[Indicator, ...] = ()
        if rule.cases:
            rule, perhaps = self._case(rule, self._row_truths(rule, row, cells))
        place = self._use(rule, row, cells)
        if place is None:
            # A target that cannot be read is of no kind: 9月前 without a year.
            absence = self._unread(row, cells.target, cells.goal, ("年度指标值", "target"))
            if absence is None:
                says = Phrase("规则没有规定这类指标值怎样计分", "the rules do not say how a target of this kind is scored")
                self.warn("no-method-for-kind", says, row)
                absence = Absence("missing", says)
            return self._finished(Leaf(name, label, points, None, absence, rule, row, rule.methods[0][1].span, rule.basis))
        trial = self._curve(rule, row, place, points if points is not None else Fraction(100))
        if trial is None:
            says = Phrase("规则的分数与这一行的分值不合，无法计分", "the amounts of the rule do not fit the points of this row")
            absence = Absence("missing", says)
            return self._finished(Leaf(name, label, points, None, absence, rule, row, rule.methods[place][1].span, rule.basis))
        measure: Measure | Absence
        if perhaps:
            curves = [self._curve(one, row, at, trial.points) for one in perhaps for at in range(len(one.methods))]
            measure = self._between((rule, *perhaps), [trial, *(curve for curve in curves if curve is not None)])
        else:
            measure = self._inside(label, trial, self._measure(rule, row, cells, place, trial), row)
        leaf = Leaf(name, label, points, trial if points is not None else None, measure, rule, row, rule.methods[place][1].span, rule.basis)
        return self._finished(leaf)

    def _row_truths(self, rule: Indicator, row: Row, cells: Cells) -> dict[str, Fraction]:
        """What the conditions of cases may read of a row: the direction of its target, and its values where they are definite."""
        numeric = isinstance(cells.goal, Quantity)
        direction = direction_of(cells.goal, row.direction, rule.direction) if isinstance(cells.goal, Quantity) else None
        truths = {word: Fraction(numeric and meant == direction) for word, meant in DIRECTIONS.items()}
        return {**truths, **self._row_values(rule, row, cells)}

    def _curve(self, rule: Indicator, row: Row, place: int, points: Fraction) -> Curve | None:
        try:
            return self.plan.drawn.curve(rule, place, points, curve_of)
        except Rejected as rejected:
            first = rejected.diagnostics[0]
            says = Phrase(
                f"分值 {format_number(points)} 与规则不合，这一行无法计分：{first.says.zh}",
                f"the rule does not fit {format_number(points)} points, and the row cannot be scored: {first.says.en}",
            )
            self.report(
                Diagnostic(
                    "points-do-not-fit",
                    says,
                    row.span,
                    severity="warning",
                    more=((Phrase("规则在这里", "the rule is here"), first.span),) if first.span else (),
                )
            )
            return None

    def _points(self, row: Row) -> Fraction | None:
        points = points_printed(row.points)
        if points is None and row.points is not None and not isinstance(read_printed(row.points.text), Blank):
            self.warn("unreadable-value", Phrase(f"分值 {row.points.text} 读不出来", f"cannot read the points {row.points.text}"), row.points)
        return points

    def _cells(self, row: Row) -> Cells:
        empty = Cell("", row.span)
        target, actual = row.target or empty, row.actual or empty
        year = self.form.year
        goal = target.value or read_printed(target.text, year=year)
        done = actual.value or read_printed(actual.text, year=year)
        if self.plan.rules.negative_actual == "zero" and isinstance(done, Quantity):
            done = _not_below_zero(done)
        printed = bare(target.text)
        return Cells(target, actual, goal, done, bool(printed) and printed == bare(actual.text))

    def _use(self, rule: Indicator, row: Row, cells: Cells) -> int | None:
        """Which of the rule's methods: by the kind of target, or by what was done where the target says nothing."""
        wanted = _wanted(cells.goal)
        if not wanted:
            judged = row.tier is not None or row.judged is not None
            wanted = _WORDS if judged else _wanted(cells.done) or ("number",)
        if cells.same:
            # The same text on both sides is met, whatever its kind.
            wanted = (*wanted, "number")
        for kind in wanted:
            for place, (takes, _) in enumerate(rule.methods):
                if takes == kind:
                    return place
        return None

    def _measure(self, rule: Indicator, row: Row, cells: Cells, place: int, curve: Curve) -> Measure | Absence:
        if rule.methods[place][0] in _WORDS:
            return self._words(rule, row, cells, curve)
        if not isinstance(cells.goal, Quantity) or not isinstance(cells.done, Quantity):
            for cell, read, what in (
                (cells.target, cells.goal, ("年度指标值", "target")),
                (cells.actual, cells.done, ("实际完成值", "actual value")),
            ):
                absent = None if cells.same and isinstance(read, Unreadable) else self._unread(row, cell, read, what)
                if absent is not None:
                    return absent
        if rule.methods[place][0] == "days":
            return self._days(cells, row)
        return self._number(rule, row, cells)

    def _said_not_applicable(self, rule: Indicator, row: Row) -> Absence:
        """What a row gives that says itself that it does not apply: it is not missing, whatever the rule says of a condition that fails."""
        said = _otherwise(rule, "")
        if rule.otherwise == "refused":
            self.warn("not-applicable-refused", Phrase(f"“{rule.label.zh}”不许填不适用", f"{rule.label.en} cannot be marked as not applicable"), row)
            return said
        return said._replace(kind="not-applicable") if said.kind == "missing" else said

    def _unread(self, row: Row, cell: Cell, read: Printed, what: tuple[str, str]) -> Absence | None:
        match read:
            case Blank(why=why):
                says = Phrase(f"没有{what[0]}", f"there is no {what[1]}")
                if cell.text.strip():
                    says = Phrase(f"{what[0]}是 {cell.text.strip()}：{why.zh}", f"the {what[1]} is {cell.text.strip()}: {why.en}")
                self.warn("value-missing", Phrase(f"“{' '.join(row.level3.split())}”{says.zh}", f"“{' '.join(row.level3.split())}”: {says.en}"), cell)
                return Absence("missing", says)
            case Unreadable(why=why):
                says = Phrase(f"{what[0]} {cell.text} 读不出来：{why.zh}", f"cannot read the {what[1]} {cell.text}: {why.en}")
                self.warn("unreadable-value", says, cell)
                return Absence("missing", says)
        return None

    def _days(self, cells: Cells, row: Row) -> Measure | Absence:
        if cells.same:
            return Lateness(ZERO, cells.target, cells.actual)
        if isinstance(cells.goal, Period) and isinstance(cells.done, Period):
            return Lateness(lateness(cells.goal, cells.done), cells.target, cells.actual)
        return self._different(cells, row)

    def _different(self, cells: Cells, row: Row) -> Absence:
        says = Phrase(
            f"年度指标值 {cells.target.text} 与实际完成值 {cells.actual.text} 不是同一类，无法比较",
            f"the target {cells.target.text} and the actual value {cells.actual.text} are of different kinds",
        )
        self.warn("kinds-differ", says, row.actual or row)
        return Absence("missing", says)

    def _number(self, rule: Indicator, row: Row, cells: Cells) -> Measure | Absence:
        if rule.measure is not None:
            return self._by_formula(rule, row, cells)
        if cells.same:
            return Comparison(ONE, cells.target, cells.actual, cells.goal, cells.done, "equal", same=True)
        if not isinstance(cells.goal, Quantity) or not isinstance(cells.done, Quantity):
            return self._different(cells, row)
        direction = direction_of(cells.goal, row.direction, rule.direction)
        reached = achievement(cells.goal, cells.done, direction, self.plan.rules.zero_target)
        if reached.trouble is not None:
            self._trouble(reached.trouble, cells.actual)
        if reached.trouble is None:
            self._suspect(cells)
        if reached.value is None:
            return Absence("missing", reached.trouble.says if reached.trouble else Phrase("无法比较", "cannot be compared"))
        return Comparison(reached.value, cells.target, cells.actual, cells.goal, cells.done, direction)

    def _suspect(self, cells: Cells) -> None:
        """Money a thousand times off its target is nearly always 元 for 万元; it is scored, and said."""
        goal, done = cells.goal, cells.done
        if not isinstance(goal, Quantity) or not isinstance(done, Quantity) or goal.unit is None or goal.unit.kind != "money":
            return
        one, other = goal.spoken, done.spoken
        if one is None or other is None or one.numerator <= 0 or other.numerator <= 0:
            return
        other = in_unit_of(other, goal, done)
        # Over one denominator.
        planned, spent = one.numerator * other.denominator, other.numerator * one.denominator
        if not planned < spent * 1000 < planned * 1000 * 1000:
            says = Phrase(
                f"指标值 {goal.text} 与完成值 {done.text} 相差千倍以上",
                f"the target {goal.text} and the actual value {done.text} are a thousand times apart",
            )
            hint = Phrase("核对金额单位（元、万元）", "check the unit of money (元, 万元)")
            self.warn("unit-suspect", says, cells.actual, hint)

    def _trouble(self, trouble: Trouble, cell: Cell) -> None:
        self.warn(trouble.code, trouble.says, cell, trouble.hint)

    def _by_formula(self, rule: Indicator, row: Row, cells: Cells) -> Measure | Absence:
        """A measure over the row's own values: `actual` alone may be an interval; a formula needs exact numbers."""
        formula = rule.measure
        if formula is None or not isinstance(cells.goal, Quantity) or not isinstance(cells.done, Quantity):
            return self._different(cells, row)
        names = {read.name for read in formula.reads}
        if trouble := same_kind(cells.goal, cells.done):
            self._trouble(trouble, cells.actual)
            return Absence("missing", trouble.says)
        if formula.text.strip() in ("actual", "实际") and cells.done.form != "exact":
            done = cells.done
            low, high = done.low, done.high
            value = Interval(low, high, low is not None and not done.low_open, high is not None and not done.high_open)
            return Computed(value, formula, rule.measure_label or same(""), (Fact(formula.text.strip(), low or high or ZERO, cells.actual),))
        given = self._row_values(rule, row, cells)
        lacking = [name for name in sorted(names) if name not in given and name in ("actual", "实际", "target", "目标", "achievement", "完成率")]
        if lacking:
            says = Phrase(f"公式要的 {'、'.join(lacking)} 不是一个确定的数", f"the formula needs one definite number for {', '.join(lacking)}")
            self.warn("not-definite", says, row.actual or row)
            return Absence("missing", says)
        shown = {"actual": cells.actual, "实际": cells.actual, "target": cells.target, "目标": cells.target}
        return self.facts.value(formula, {**self.counts, **given}, rule.measure_label, shown)

    def _row_values(self, rule: Indicator, row: Row, cells: Cells) -> dict[str, Fraction]:
        """The row's own numbers by the names that formulas use, as far as they are definite."""
        given: dict[str, Fraction] = {}
        if not isinstance(cells.goal, Quantity) or not isinstance(cells.done, Quantity):
            return given
        for words, read in ((("actual", "实际"), cells.done), (("target", "目标"), cells.goal)):
            # A target of ≥ 40 is 40; an actual value of ≥ 40 is any number from there on.
            if read.spoken is not None and (read.form == "exact" or (read.form == "bound" and read is cells.goal)):
                given.update(dict.fromkeys(words, read.spoken))
        reached = achievement(cells.goal, cells.done, direction_of(cells.goal, row.direction, rule.direction), self.plan.rules.zero_target)
        if isinstance(reached.value, Fraction):
            given["achievement"] = given["完成率"] = reached.value
        return given

    def _words(self, rule: Indicator, row: Row, cells: Cells | None, curve: Curve) -> Measure | Absence:
        """A level or a judged score; a row is scored all the same where its actual value is a number, or is not there, which is worth a word."""
        from perfscore.forms.words import Judge

        found = cells or self._cells(row)
        takes, use = next((takes, use) for takes, use in rule.methods if takes in _WORDS)
        level = takes == "label" and isinstance(found.done, Blank) and bool(found.actual.text.strip())
        if isinstance(found.goal, Words) and isinstance(found.done, Quantity | Period) and not found.same:
            self._different(found, row)
        elif isinstance(found.done, Blank) and row.tier is None and row.judged is None and not level:
            # 无 may be a level by that name; if it is none, that is said when it is looked up.
            self._unread(row, found.actual, found.done, ("实际完成值", "actual value"))
        return Judge(self.plan.rules.rounding.leaf, self.warn).measure(takes, use, row, found, curve)

    def _rated(self, measure: Measure | Absence) -> Measure | Absence:
        """A rate rounded before scoring, where the rule set says so; `places` count those of the percentage."""
        places = self.plan.rules.rounding.rate
        if places is None or not isinstance(measure, Comparison | Computed):
            return measure
        if isinstance(measure, Computed) and not {"/", "÷"} & set(measure.formula.text):
            return measure
        if isinstance(measure.value, Interval):
            # Every rate inside is rounded, so the ends are; a rounded end can be reached from inside.
            low, high = (None if end is None else round_half_up(end, places + 2) for end in (measure.value.low, measure.value.high))
            return measure._replace(value=Interval(low, high, low is not None, high_closed=high is not None))
        return measure._replace(value=round_half_up(measure.value, places + 2), unrounded=measure.value)

    def _inside(self, label: Phrase, curve: Curve, measure: Measure | Absence, row: Row | None) -> Measure | Absence:
        """The measure, as scored, if the curve is defined there; else the leaf is missing, and says so."""
        measure = self._rated(measure)
        if isinstance(measure, Absence | Judged):
            return measure
        value = measure.value
        if curve.holds(value) if isinstance(value, Fraction) else not curve.domain.meet(value).empty():
            return measure
        shown = format_number(value) if isinstance(value, Fraction) else str(value)
        says = Phrase(f"{label.zh}：{shown} 不在规则的范围 {curve.domain} 内", f"{label.en}: {shown} is outside the range {curve.domain} of the rule")
        self.report(Diagnostic("outside-domain", says, row.span if row is not None else self.form.span, severity="warning"))
        return Absence("missing", says)


def _not_below_zero(done: Quantity) -> Quantity:
    """An actual value below 0 as 0 (实际值为负的按 0 计): whatever a vague one can be below it is 0 as well."""
    low, high, spoken = (None if end is None else max(end, ZERO) for end in (done.low, done.high, done.spoken))
    low_open, high_open = done.low_open and low == done.low and low is not None, done.high_open and (high is None or high > 0)
    return done._replace(low=low or ZERO, high=high, low_open=low_open, high_open=high_open, spoken=spoken)


def _wanted(read: Printed) -> tuple[str, ...]:
    """The kinds of measure that a printed value asks for."""
    match read:
        case Quantity():
            return ("number",)
        case Period():
            return ("days",)
        case Words():
            return _WORDS
        case _:
            return ()


def points_printed(cell: Cell | None) -> Fraction | None:
    """Points as printed; `None` if there are none that can be read."""
    if cell is None:
        return None
    read = read_printed(cell.text)
    if not isinstance(read, Quantity) or read.form != "exact" or read.low is None or read.low.numerator < 0:
        return None
    return read.low if read.unit is None or read.unit.kind == "points" else None


def _beyond(leaf: Leaf) -> Leaf:
    """A bonus or malus: its score is beyond the total points, and a malus takes away what it scores."""
    malus = leaf.rule.counts == "malus"
    measure, curve = leaf.measure, leaf.curve
    if curve is not None and (leaf.rule.most is None or leaf.rule.open):
        # Its points are the most that it adds or takes away, whatever its method could give.
        curve = curve.held(None, curve.points)
    if isinstance(measure, Absence) and measure.kind == "missing" and (measure.bounds is not None or curve is None):
        # Without a curve nothing else would say how much it may be.
        low, high = measure.bounds or (ZERO, leaf.points or ZERO)
        measure = measure._replace(bounds=(-high, -low) if malus else (low, high))
    elif isinstance(measure, Judged) and malus:
        measure = measure._replace(score=-measure.score)
    curve = None if curve is None else curve.beyond(malus=malus)
    return leaf._replace(points=None if leaf.points is None else ZERO, curve=curve, measure=measure, beyond=leaf.points)


def _otherwise(rule: Indicator, condition: str) -> Absence:
    """What the rule lays down for an indicator that does not apply."""
    why = (
        Phrase(f"条件 {condition} 不成立", f"the condition {condition} does not hold")
        if condition
        else Phrase("表上写明不适用", "the form says that it does not apply")
    )
    match rule.otherwise:
        case "full":
            return Absence("full", Phrase(f"{why.zh}，按规则记满分", f"{why.en}: full points by the rule"))
        case "zero":
            return Absence("zero", Phrase(f"{why.zh}，按规则不得分", f"{why.en}: no points by the rule"))
        case "missing" | "refused":
            return Absence("missing", why)
        case _:
            return Absence("not-applicable", why)
