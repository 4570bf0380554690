"""A form and a plan to a submission: labels meet rules, printed text becomes measures, absence gets its reason."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from perfscore.forms.facts import FactReader
from perfscore.forms.leaves import LeafMaker, points_printed
from perfscore.forms.rows import RowIndex
from perfscore.model.curve import Step
from perfscore.model.form import BUDGET_NAMES, Form, Row
from perfscore.model.formula import Formula
from perfscore.model.measure import Absence, Fact, Judged
from perfscore.model.plan import Plan, Tree
from perfscore.model.rules import Indicator
from perfscore.model.submission import Barrier, Branch, Hot, Leaf, Submission
from perfscore.scoring.aggregates import whole as is_whole
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.nearest import nearest
from perfscore.text.numbers import added
from perfscore.text.phrase import Phrase, listed, same
from perfscore.text.printed import fold_label, format_number, format_share

ZERO = Fraction(0)
#: For so many levels that no rule has it is asked which label is near: each time all of them are looked through.
_ASKED = 20


def bind(form: Form, plan: Plan, cohort: Mapping[str, Fraction | None] | None = None) -> Submission:
    """
    The submission of a form; what is odd in the form is a warning in it, never a refusal. Raises Rejected for a template, which has no points.

    `cohort` are the numbers that all forms together gave to this one.
    """
    if plan.rules.template:
        name = plan.rules.reference
        says = Phrase(f"{name} 是没有分值的模板，不能评分", f"{name} is a template without points, and scores nobody")
        hint = Phrase("请写一套继承（extends）它的规则，写上分值和方法", "extend it by rules of your own with points and methods")
        raise Rejected([Diagnostic("template-has-no-points", says, plan.rules.span, hint)])
    warnings: list[Diagnostic] = list(form.diagnostics)
    facts = FactReader(form, plan.rules, warnings.append, cohort)
    index = RowIndex(form.rows)
    counts = index.counts(plan)
    tree, perhaps = _choose(plan, facts, form, counts)
    binder = _Binder(form, plan, tree, LeafMaker(form, plan, tree, facts, counts, warnings.append), index, warnings)
    found = _bound(binder)
    if not perhaps:
        return found
    others = []
    for other in perhaps:
        quiet: list[Diagnostic] = []
        unheard = FactReader(form, plan.rules, lambda _: None, cohort)
        others.append(_bound(_Binder(form, plan, other, LeafMaker(form, plan, other, unheard, counts, quiet.append), index, quiet)))
    return found._replace(plain=False, perhaps=tuple(others))


def _bound(binder: _Binder) -> Submission:
    """The submission by one of the trees of a plan."""
    form, plan, tree, facts, warnings = binder.form, binder.plan, binder.tree, binder.maker.facts, binder.warnings
    root = binder.branch_of("", plan.rules.title, None, tree.indicators)
    root = root._replace(parts=(*root.parts, *binder.unmatched()))
    branches = _branches(root)
    _rate(form, facts, warnings)
    binder.execution_points()
    total = binder.sums(branches)
    hot, places = _hot(binder.leaves, plan)
    without = [leaf for leaf in binder.leaves if _absent(leaf, "not-applicable")]
    plain = len(hot) + len(without) == len(binder.leaves) and _additive(branches, plan, dropped=any(leaf.points for leaf in without))
    barriers = _barriers(plan, facts, binder.maker.counts) if plan.rules.gates else ()
    unique = {(d.code, d.span, d.says): d for d in warnings}
    left_out = added(leaf.points or ZERO for leaf in without)
    graded = tree.points is None or (total is not None and total - left_out == tree.points)
    plain = plain and not barriers and not any(leaf.taken for leaf in binder.leaves)
    cuts = plan.cuts if graded else ()
    return Submission(plan, tree, form, tuple(binder.leaves), root, hot, places, plain, cuts, barriers, tuple(unique.values()))


def _barriers(plan: Plan, facts: FactReader, counts: Mapping[str, Fraction]) -> tuple[Barrier, ...]:
    """The gates with the facts that they read; those of which the facts alone say that they do not take effect are left out."""
    found = []
    for gate in plan.rules.gates:
        formulas = [gate.when, *([gate.parameter] if isinstance(gate.parameter, Formula) else [])]
        names = {read.name for formula in formulas for read in formula.reads}
        known = {
            name: Fact(name, counts[name], None) if name in counts else facts.fact(name) for name in names if facts.reads(name) or name in counts
        }
        if all(read.name in known for read in gate.when.reads):
            holds = facts.value(gate.when, counts)
            if not isinstance(holds, Absence) and not holds.value:
                continue
        found.append(Barrier(gate, known))
    return tuple(found)


def _choose(plan: Plan, facts: FactReader, form: Form, counts: Mapping[str, Fraction]) -> tuple[Tree, tuple[Tree, ...]]:
    """The first variant whose condition holds, the base if none does; and those before it of which nobody can tell, which is said."""
    perhaps: list[Tree] = []
    for tree in plan.trees:
        when = tree.variant.when
        if when is None:
            return tree, tuple(perhaps)
        holds = facts.value(when, counts)
        if isinstance(holds, Absence):
            says = Phrase(
                f"不能判断是否属于“{tree.variant.label.zh}”情形：{holds.why.zh}",
                f"cannot decide whether this is the case “{tree.variant.label.en}”: {holds.why.en}",
            )
            facts.report(Diagnostic("variant-undecided", says, form.span, severity="warning"))
            perhaps.append(tree)
        elif holds.value:
            return tree, tuple(perhaps)
    return plan.trees[-1], tuple(perhaps)


class _Binder:
    """One form being bound: the leaves made so far and the rows that found their place."""

    def __init__(self, form: Form, plan: Plan, tree: Tree, maker: LeafMaker, index: RowIndex, warnings: list[Diagnostic]) -> None:
        self.form, self.plan, self.tree, self.maker, self.index, self.warnings = form, plan, tree, maker, index, warnings
        self.leaves: list[Leaf] = []
        self.matched: set[int] = set()
        self.ids: set[str] = set(tree.groups)
        self.printed: dict[str, tuple[Fraction, Row]] = {}
        self._whole: dict[str | None, bool] = {}

    def warn(self, code: str, says: Phrase, where: object, hint: Phrase | None = None) -> None:
        span = getattr(where, "span", None)
        self.warnings.append(Diagnostic(code, says, span, hint, severity="warning"))

    def branch_of(self, id_: str, label: Phrase, rule: Indicator | None, below: tuple[Indicator, ...], path: tuple[Indicator, ...] = ()) -> Branch:
        parts: list[int | Branch] = []
        for indicator in below:
            parts += self._part(indicator, (*path, indicator))
        return self._closed(id_, label, rule, parts)

    def _part(self, indicator: Indicator, path: tuple[Indicator, ...]) -> list[int | Branch]:
        if indicator.children:
            self._printed_points(indicator, path)
            return [self.branch_of(indicator.id, indicator.label, indicator, indicator.children, path)]
        if indicator.open:
            self._printed_points(indicator, path)
            return [self._open(indicator, path)]
        row = next((row for row in self.index.named(indicator) if id(row) not in self.matched), None)
        if row is not None:
            self.matched.add(id(row))
        return [self._add(self.maker.fixed(indicator, row))]

    def _open(self, indicator: Indicator, path: tuple[Indicator, ...]) -> Branch:
        parts: list[int | Branch] = []
        for row in self.index.under(path):
            if id(row) not in self.matched:
                self.matched.add(id(row))
                if not row.placeholder:
                    parts.append(self._add(self.maker.row(indicator, row, len(parts) + 1)))
        return self._closed(indicator.id, indicator.label, indicator, parts)

    def _add(self, leaf: Leaf) -> int:
        """Every leaf can be asked for by its id: a number that is taken steps aside, an id written twice is said."""
        name, number = leaf.id, 2
        while name in self.ids:
            name, number = f"{leaf.id}.{number}", number + 1
        if name != leaf.id and leaf.row is not None and leaf.row.id:
            says = Phrase(f"编号 {leaf.id} 已经用过，这一行改为 {name}", f"the id {leaf.id} is taken, the row is called {name}")
            self.warn("duplicate-id", says, leaf.row)
        self.ids.add(name)
        self.leaves.append(leaf if name == leaf.id else leaf._replace(id=name))
        return len(self.leaves) - 1

    def _closed(self, id_: str, label: Phrase, rule: Indicator | None, parts: list[int | Branch]) -> Branch:
        """The branch, or one unknown where a row has no points: its rows then have no score, and it lies between 0 and its points."""
        printed = self.printed.get(id_)
        points = printed[0] if printed else rule.points if rule else None
        lacking = any(self._lacks(part) for part in parts)
        if points is not None and not self._rows_below(parts):
            self.warn("group-empty", Phrase(f"{label.zh}没有任何可计分的指标", f"{label.en} has no row that can be scored"), self.form)
            return Branch(id_, label, points, tuple(parts), rule, Phrase("没有任何可计分的指标", "no row that can be scored"))
        if not lacking:
            return Branch(id_, label, points, tuple(parts), rule)
        if points is not None:
            shown = format_number(points)
            says = Phrase(
                f"{label.zh}里有指标没有分值，整组只知道在 0 到 {shown} 分之间",
                f"rows of {label.en} have no points: the group lies between 0 and {shown}",
            )
            self.warn("points-missing", says, self._first_lacking(parts))
        return Branch(
            id_,
            label,
            points,
            tuple(parts),
            rule,
            Phrase("组内有指标没有印分值，各行无法计分", "rows of the group have no points, so that none can be scored"),
        )

    def _lacks(self, part: int | Branch) -> bool:
        if isinstance(part, Branch):
            return part.unknown is not None and part.points is None
        return self.leaves[part].points is None and not _absent(self.leaves[part], "not-applicable")

    def _first_lacking(self, parts: list[int | Branch]) -> object:
        for part in parts:
            if isinstance(part, Branch):
                if part.unknown:
                    return self._first_lacking(list(part.parts))
            elif self._lacks(part):
                return self.leaves[part].row or self.form
        return self.form

    def _rows_below(self, parts: list[int | Branch]) -> bool:
        return any(self._rows_below(list(part.parts)) if isinstance(part, Branch) else True for part in parts)

    def _printed_points(self, indicator: Indicator, path: tuple[Indicator, ...]) -> None:
        """The points printed behind a level's label, `产出指标（50分）`."""
        if not self.index.prints_points:
            return
        for row in self.index.under(path):
            points = fold_label(row.level1 if len(path) == 1 else row.level2)[1]
            if points is not None:
                self.printed[indicator.id] = (points, row)
                if indicator.points is not None and points != indicator.points:
                    self._differ(indicator.label, "表上印的分值", "printed on the form", points, indicator.points, row)
                return

    def _differ(self, label: Phrase, what_zh: str, what_en: str, found: Fraction, ruled: Fraction, where: object) -> None:
        here, there = format_number(found), format_number(ruled)
        says = Phrase(f"{label.zh}：{what_zh} {here} 分，规则是 {there} 分", f"{label.en}: {here} points {what_en}, {there} in the rules")
        self.warn("points-differ", says, where)

    def unmatched(self) -> list[int | Branch]:
        """Rows whose levels no rule has: said, and where rules take rows from the form kept as missing leaves of a group of their own."""
        rows = [row for row in self.form.rows if id(row) not in self.matched and not row.placeholder]
        if not rows:
            return []
        parts: list[int | Branch] = []
        label = Phrase("规则里没有的行", "rows that no rule has")
        takes_rows = any(node.open for top in self.tree.indicators for node in top.walk())
        known = {key: top for top in self.tree.indicators for key in self.index.keys(top.label)}
        hints: dict[tuple[str, str], Phrase] = {}
        for row in rows:
            top = known.get(self.index.key(row.level1))
            written = row.level1 if top is None else row.level2 or row.level3
            below = self.tree.indicators if top is None else top.children
            says = Phrase(
                f"规则里没有“{written}”这一级，“{row.level3}”没有计分", f"the rules have no level “{written}”: “{row.level3}” is not scored"
            )
            if top is not None and not row.level2.strip():
                says = Phrase(f"“{row.level3}”没有写二级指标，没有计分", f"“{row.level3}” has no second level and is not scored")
            if row.applies:
                at = ("" if top is None else top.id, written)
                if at not in hints:
                    hints[at] = _meant(written, [child.label for child in below], asked=len(hints) < _ASKED)
                self.warn("unknown-level", says, row, hints[at])
            if not takes_rows:
                continue
            parts.append(self._add(_without_rule(row, says, label, len(parts) + 1)))
        # A group with a rule of its own: only the whole form has none.
        return [Branch("unmatched", label, None, tuple(parts), Indicator("unmatched", label, self.form.span))] if parts else []

    def execution_points(self) -> None:
        """The points printed in the budget table against those of the indicator that measures its execution."""
        printed = self.form.budget.points if self.form.budget is not None else None
        points = points_printed(printed)
        if points is None:
            return
        for leaf in self.leaves:
            if leaf.rule.measure is None or leaf.points in (None, points):
                continue
            if {"executed", "adjusted"} <= {BUDGET_NAMES.get(read.name) for read in leaf.rule.measure.reads}:
                self._differ(leaf.label, "预算表上印的分值", "printed in the budget table", points, leaf.points or ZERO, printed)

    def sums(self, branches: list[Branch]) -> Fraction | None:
        """The points of rows against their group and the rule set: said, never rescaled. Gives the points of the form, if every row has some."""
        known: dict[int, Fraction | None] = {}
        for branch in branches[::-1]:
            # From the bottom, so that each is added up from what is known of those below it.
            known[id(branch)] = self._points(branch, known)
        for branch in branches:
            if branch.rule is None or branch.unknown or branch.rule.points is None or branch.rule.counts != "points":
                continue
            total = known[id(branch)]
            if total is not None and total != branch.rule.points and branch.id not in self.printed:
                self._differ(branch.label, "各行分值合计", "in its rows", total, branch.rule.points, self._some_row(branch))
            elif total is not None and branch.id in self.printed and total != self.printed[branch.id][0]:
                says = Phrase(
                    f"{branch.label.zh}：印的分值 {format_number(self.printed[branch.id][0])}，各行合计 {format_number(total)}",
                    f"{branch.label.en}: {format_number(self.printed[branch.id][0])} points printed, {format_number(total)} in its rows",
                )
                self.warn("points-differ", says, self.printed[branch.id][1])
        total = known[id(branches[0])]
        whole = self.tree.points
        if total is not None and whole is not None and total != whole and not any(part.unknown for part in branches):
            here, there = format_number(total), format_number(whole)
            says = Phrase(f"全表分值合计 {here}，规则是 {there}", f"the points of the form add up to {here}, the rules have {there}")
            self.warn("total-points-differ", says, self.form)
        return total

    def _points(self, branch: Branch, known: Mapping[int, Fraction | None]) -> Fraction | None:
        if branch.unknown:
            return branch.points
        if branch.rule is not None and branch.rule.counts != "points":
            return ZERO
        aggregate = branch.rule.aggregate if branch.rule is not None else self.plan.rules.aggregate
        if aggregate not in self._whole:
            self._whole[aggregate] = is_whole(aggregate)
        if self._whole[aggregate]:
            return self.tree.points if branch.rule is None else branch.points
        found = [known[id(part)] if isinstance(part, Branch) else self.leaves[part].points or ZERO for part in branch.parts]
        every = [points for points in found if points is not None]
        return added(every) if len(every) == len(found) else None

    def _some_row(self, branch: Branch) -> object:
        for part in branch.parts:
            where = self._some_row(part) if isinstance(part, Branch) else self.leaves[part].row
            if where is not None and where is not self.form:
                return where
        return self.form


def _meant(written: str, labels: list[Phrase], *, asked: bool) -> Phrase:
    """What a level may stand for that no rule has: the label that is near, if that is `asked`, or all there are."""
    zh = [label.zh for label in labels]
    near = nearest(written, [*zh, *(label.en for label in labels)]) if asked else None
    known = listed(zh)
    return Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else Phrase(f"规则里有：{known.zh}", f"the rules have: {known.en}")


def _without_rule(row: Row, says: Phrase, group: Phrase, number: int) -> Leaf:
    """A row that stands nowhere in the rules: missing between 0 and its points, unless it does not apply anyway."""
    absence = Absence("missing" if row.applies else "not-applicable", says)
    nowhere = Indicator("unmatched", group, row.span)
    label = same(" ".join(row.level3.split()))
    return Leaf(row.id or f"unmatched.{number}", label, points_printed(row.points), None, absence, nowhere, row, row.span, ())


def _rate(form: Form, facts: FactReader, warnings: list[Diagnostic]) -> None:
    """More spent than the whole year's budget: the score is capped, and it is said, because the denominator is often the wrong column."""
    if form.budget is None or form.budget.executed is None or form.budget.adjusted is None:
        return
    executed, adjusted = facts.fact("executed"), facts.fact("adjusted")
    if isinstance(executed, Absence) or isinstance(adjusted, Absence) or adjusted.number <= 0:
        return
    spent, planned = executed.number, adjusted.number
    if spent <= planned <= spent * 1000:
        return
    rate = format_share(spent / planned)
    if 0 < spent * 1000 < planned:
        says = Phrase(f"预算执行率只有 {rate}", f"the execution rate is only {rate}")
        hint = Phrase("核对两个金额的单位是否一致（元、万元）", "check that both amounts are in one unit (元, 万元)")
        warnings.append(Diagnostic("unit-suspect", says, executed.cell.span if executed.cell else form.span, hint, severity="warning"))
    if spent <= planned:
        return
    says = Phrase(f"预算执行率 {rate}，超过 100%", f"the execution rate is {rate}, above 100 %")
    hint = Phrase(
        "核对全年预算数是否填成了年初预算数，金额单位是否一致", "check that the budget is the adjusted one and that both amounts are in one unit"
    )
    span = executed.cell.span if executed.cell else form.span
    warnings.append(Diagnostic("rate-above-100", says, span, hint, severity="warning"))


def _branches(branch: Branch) -> list[Branch]:
    """A group and those below it, parents first."""
    found = [branch]
    for part in branch.parts:
        if isinstance(part, Branch):
            found += _branches(part)
    return found


def _absent(leaf: Leaf, kind: str) -> bool:
    return isinstance(leaf.measure, Absence) and leaf.measure.kind == kind


def _hot(leaves: list[Leaf], plan: Plan) -> tuple[tuple[Hot, ...], tuple[int, ...]]:
    """The complete leaves as integers; none where scores are not rounded, which the general way handles."""
    if plan.rules.rounding.leaf is None:
        return (), ()
    hot: list[Hot] = []
    places: list[int] = []
    for place, leaf in enumerate(leaves):
        found = integers(leaf, plan)
        if found is not None:
            hot.append(found)
            places.append(place)
    return tuple(hot), tuple(places)


def integers(leaf: Leaf, plan: Plan) -> Hot | None:
    """A complete leaf as integers; None for one that the general way handles."""
    measure, curve = leaf.measure, leaf.curve
    if curve is None or curve.signed or isinstance(measure, Absence):
        return None
    if isinstance(measure, Judged):
        # A person's score stands for itself; that it fits its tier was seen to when it was read.
        itself = Step(-1, 0, 0, 2 * 10**plan.places, 1, 2)
        return measure.score.numerator, measure.score.denominator, (itself,)
    if not isinstance(measure.value, Fraction):
        return None
    return measure.value.numerator, measure.value.denominator, curve.steps(plan.places)


def _additive(branches: list[Branch], plan: Plan, *, dropped: bool) -> bool:
    """Whether the total is nothing but the sum of the rounded leaves; `dropped` says that points were left out."""
    rounding = plan.rules.rounding
    if rounding.leaf is None or any(places is not None and places < rounding.leaf for places in (rounding.group, rounding.total)):
        # Rounded leaves add up to no more places than they have.
        return False
    groups = [branch.rule for branch in branches if branch.rule is not None]
    if any(rule.least is not None or rule.most is not None or rule.counts != "points" for rule in groups):
        return False
    sums = {plan.rules.aggregate, *(rule.aggregate for rule in groups)}
    return not any(branch.unknown for branch in branches) and (sums == {"sum"} or (sums <= {"sum", "redistribute"} and not dropped))
