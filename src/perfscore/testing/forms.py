"""Rule sets to drawn forms that they score: values on and beside every breakpoint, ties, ranges, dates, judged and missing cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from perfscore.model.curve import Curve
from perfscore.model.form import BUDGET_NAMES
from perfscore.model.formula import Formula
from perfscore.model.plan import Plan, Tree
from perfscore.model.rules import Indicator, RuleSet
from perfscore.ruleset.plan import plan
from perfscore.scoring.formula import OutOfDomain, ZeroDenominator, evaluate
from perfscore.scoring.methods import curve_of, find
from perfscore.testing.exact import half_up
from perfscore.testing.methods import decimals, measures
from perfscore.testing.spelling import Tongue, form_file
from perfscore.text.diagnostic import Rejected
from perfscore.text.printed import format_number, unit_named

ZERO, ONE = Fraction(0), Fraction(1)
_YEAR = 2024
#: Printed with up to 13 places, money can still be said in 亿元.
_PLACES = 5
_FACTORS = {"元": Fraction(1), "万元": Fraction(10**4), "亿元": Fraction(10**8)}
_GOALS = tuple(map(Fraction, ("1", "36", "100", "10", "8", "0.5", "7", "0")))
_POINTS = tuple(map(Fraction, ("10", "1", "5", "22.5", "4.47", "0.05", "100")))
_NOTHING = ("", "无", "-", "暂无数据", "约5个", "效果", "3月之前", "①")


class Money(NamedTuple):
    """An amount in 元, printed in whatever unit of money the form is written in."""

    yuan: Fraction
    before: str = ""


class Draft(NamedTuple):
    """A form before it is spelled: the tree of its canonical keys, with money not yet in a unit."""

    tree: Mapping[str, Any]

    def text(self, tongue: Tongue = "en", money: str = "万元") -> str:
        """The text of the form file, all of its money in one unit."""
        tree = dict(self.tree)
        if "budget" in tree:
            tree["budget"] = {"money": money, **{name: _bare(value, money) for name, value in tree["budget"].items()}}
        return form_file(_printed(tree, money), tongue)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the indicator table."""
        return list(self.tree.get("indicators", ()))

    def with_rows(self, rows: list[dict[str, Any]]) -> Draft:
        """The same form with other rows."""
        return Draft({**self.tree, "indicators": rows})


def _bare(value: Any, money: str) -> Any:
    return format_number(value.yuan / _FACTORS[money]) if isinstance(value, Money) else value


def _printed(value: Any, money: str) -> Any:
    match value:
        case Money(before=before):
            return f"{before}{_bare(value, money)}{money}"
        case Mapping():
            return {key: _printed(inner, money) for key, inner in value.items()}
        case list():
            return [_printed(inner, money) for inner in value]
    return value


@st.composite
def drafts(draw: DrawFn, rules: RuleSet, gaps: bool = True) -> Draft:  # noqa: FBT001, FBT002 - hypothesis strategies take plain options
    """A form for a rule set; without `gaps` nothing is missing, unreadable or not applicable."""
    planned = plan(rules)
    values = draw(_values(planned, gaps))
    facts = {fact.name: _fact(values[fact.name], fact.unit) for fact in rules.facts if fact.kind == "number"}
    facts.update({fact.name: draw(st.sampled_from(("是", "否", "true", "×"))) for fact in rules.facts if fact.kind == "truth"})
    budget: dict[str, Any] = {cell: Money(values[cell]) for cell in ("initial", "adjusted", "executed")}
    for table in (facts, budget) if gaps else ():
        for name in draw(st.sets(st.sampled_from(sorted(table)), max_size=2)) if table and draw(st.integers(0, 2)) == 2 else ():
            table[name] = draw(st.sampled_from(("", "不适用", "无", "约5", "x")))
    rows = [draw(_row(path, number, gaps)) for path in _open_paths(planned) for number in range(1, 1 + draw(st.integers(0 if gaps else 1, 3)))]
    rows += [draw(_named(leaf, tree, gaps)) for leaf, tree in _by_name(planned)]
    return Draft({"unit": "某单位", "year": str(_YEAR), "budget": budget, "facts": facts, "indicators": rows})


def form_texts(rules: RuleSet) -> SearchStrategy[str]:
    """The text of a form for a rule set."""
    return st.builds(Draft.text, drafts(rules), st.sampled_from(("en", "zh", "mixed")), st.sampled_from(tuple(_FACTORS)))


# --- facts -------------------------------------------------------------------------------------------------------------------------------


@st.composite
def _values(draw: DrawFn, planned: Plan, gaps: bool) -> dict[str, Fraction]:  # noqa: FBT001
    """A value in base units for every fact and budget cell, so that each fixed leaf meets a breakpoint of its curve as far as it can."""
    units = {fact.name: unit_named(fact.unit) for fact in planned.rules.facts}
    factors = {name: ONE if unit is None else unit.factor for name, unit in units.items()}
    values: dict[str, Fraction] = {}
    for tree in planned.trees:
        for leaf in _leaves(tree):
            if leaf.measure is None:
                continue
            names = list(dict.fromkeys(BUDGET_NAMES.get(read.name, read.name) for read in leaf.measure.reads))
            free = [name for name in names if name not in values]
            for name in free:
                values[name] = draw(_plain_value(gaps)) * (10**4 if name in BUDGET_NAMES else factors.get(name, ONE))
            if free:
                target = draw(measures(tree.curves[leaf.id], planned.places))
                values[free[0]] = _solved(leaf.measure, free[0], values, target)
    for name in (*(fact.name for fact in planned.rules.facts), "initial", "adjusted", "executed"):
        values.setdefault(name, draw(_plain_value(gaps)) * factors.get(name, ONE))
    return values


def _plain_value(gaps: bool) -> SearchStrategy[Fraction]:  # noqa: FBT001
    return st.one_of(st.sampled_from([goal for goal in _GOALS if goal or gaps]), decimals(1, 5000))


def _solved(formula: Formula, name: str, values: Mapping[str, Fraction], target: Fraction) -> Fraction:
    """The value of one fact for which a formula gives the target, where the formula or its reciprocal is a straight line in it; else what it was."""

    def at(number: Fraction) -> Fraction:
        known = {**values, name: number}
        return evaluate(formula, lambda read: known.get(BUDGET_NAMES.get(read, read), ONE))

    try:
        one, two, three = at(ONE), at(Fraction(2)), at(Fraction(3))
        if two - one == three - two != 0:
            return half_up(ONE + (target - one) / (two - one), _PLACES)
        if one and two and three and target and 1 / two - 1 / one == 1 / three - 1 / two != 0:
            return half_up(ONE + (1 / target - 1 / one) / (1 / two - 1 / one), _PLACES)
    except (ZeroDenominator, OutOfDomain):
        pass
    return values[name]


def _fact(base: Fraction, unit: str) -> Any:
    found = unit_named(unit)
    if found is not None and found.kind == "money":
        return Money(half_up(base, _PLACES))
    # A per cent or a count is printed with its sign, a number without a unit alone.
    return f"{format_number(half_up(base / (found.factor if found else ONE), 13))}{unit}"


# --- rows --------------------------------------------------------------------------------------------------------------------------------

_Path = tuple[Indicator, ...]


def _leaves(tree: Tree) -> Iterator[Indicator]:
    return (node for top in tree.indicators for node in top.walk() if node.id in tree.curves)


def _open_paths(planned: Plan) -> list[_Path]:
    """The open groups of every variant that rows can name: those of the first two levels."""
    found: dict[tuple[str, ...], _Path] = {}
    for tree in planned.trees:
        for top in tree.indicators:
            for path in ((top,), *((top, child) for child in top.children)):
                if path[-1].open:
                    found.setdefault(tuple(node.label.zh for node in path), path)
    return list(found.values())


def _by_name(planned: Plan) -> list[tuple[Indicator, Tree]]:
    """The fixed leaves that read a row by its name, as the first variant that has them lays them down."""
    found: dict[str, tuple[Indicator, Tree]] = {}
    for tree in planned.trees:
        for leaf in _leaves(tree):
            if leaf.methods[0][0] in ("label", "judgement"):
                found.setdefault(leaf.label.zh, (leaf, tree))
    return list(found.values())


@st.composite
def _named(draw: DrawFn, leaf: Indicator, tree: Tree, gaps: bool) -> dict[str, Any]:  # noqa: FBT001
    return {"level1": "定性", "level3": leaf.label.zh, **draw(_words(leaf, 0, tree.curves[leaf.id], gaps))}


@st.composite
def _row(draw: DrawFn, path: _Path, number: int, gaps: bool) -> dict[str, Any]:  # noqa: FBT001
    rule = path[-1]
    levels = {"level1": path[0].label.zh, "level2": path[1].label.zh if len(path) > 1 else "", "level3": f"{rule.label.zh}第{number}项"}
    points = draw(st.one_of(st.sampled_from(_POINTS), decimals(1, 30)))
    place = draw(st.integers(0, len(rule.methods) - 1))
    takes = rule.methods[place][0]
    curve = _curve(rule, place, points)
    cells: dict[str, Any] = {}
    match takes:
        case "number":
            cells = draw(_quantities(rule, curve, gaps))
        case "days":
            cells = draw(_dates(curve))
        case _:
            cells = draw(_words(rule, place, curve, gaps))
    row = {"id": f"r.{rule.id}.{number}", **levels, **cells, "points": format_number(points)}
    return draw(_with_gap(row)) if gaps and draw(st.integers(0, 5)) == 5 else row


@st.composite
def _with_gap(draw: DrawFn, row: dict[str, Any]) -> dict[str, Any]:
    match draw(st.sampled_from(("actual", "target", "points", "no-points", "applicable", "不适用"))):
        case "actual" | "target" as cell:
            return {**row, cell: draw(st.sampled_from(_NOTHING))}
        case "points":
            return {**row, "points": draw(st.sampled_from(("0", "0", "", "5分", "≥3", "-2")))}
        case "no-points":
            return {key: value for key, value in row.items() if key != "points"}
        case "applicable":
            return {**row, "applicable": "false"}
    return {**row, "target": "不适用", "actual": ""}


def _curve(rule: Indicator, place: int, points: Fraction) -> Curve:
    try:
        return curve_of(rule, place, points)
    except Rejected:
        # Points that the method cannot be laid out for: what the form says is then no breakpoint of anything.
        return curve_of(rule, place, Fraction(100))


@st.composite
def _quantities(draw: DrawFn, rule: Indicator, curve: Curve, gaps: bool) -> dict[str, Any]:  # noqa: FBT001
    reached = abs(draw(measures(curve)))
    before, direction = draw(
        st.sampled_from((("", "higher"), ("≥", "higher"), ("≤", "lower"), ("=", "higher"), ("不低于", "higher"), ("＜", "lower")))
    )
    goal = draw(st.one_of(st.sampled_from([goal for goal in _GOALS if goal or gaps]), decimals(1, 300)))
    if draw(st.booleans()):
        # Numerator and denominator of the measure themselves, so that no digit is lost: 1 of 36 for 1/36.
        goal = Fraction(reached.denominator if direction == "higher" or not reached else reached.numerator)
    goal = half_up(goal, _PLACES)
    actual = reached * goal if direction == "higher" else goal / reached if reached else ZERO
    if rule.measure is not None and {read.name for read in rule.measure.reads} & {"actual", "实际"}:
        actual = reached
    actual = half_up(actual, _PLACES)
    printed = draw(st.sampled_from((_counted, _share, _money, _alone)))
    cells = {"target": printed(before, goal), "actual": printed("", actual)}
    if draw(st.integers(0, 4)) == 4:
        cells["direction"] = draw(st.sampled_from(("higher", "lower", "equal")))
    return {**cells, **draw(_blurred(goal, actual))} if draw(st.integers(0, 3)) == 3 else cells


@st.composite
def _blurred(draw: DrawFn, goal: Fraction, actual: Fraction) -> dict[str, Any]:
    """A range as target, or an actual value that is more than one number."""
    low, high = sorted((goal, half_up(goal + draw(decimals(0, 5)), _PLACES)))
    top = half_up(actual + draw(decimals(0, 5)), _PLACES)
    whole = max(1, int(actual))
    return draw(
        st.sampled_from(
            (
                {"target": f"{format_number(low)}~{format_number(high)}个", "actual": f"{format_number(actual)}个"},
                {"target": f"{format_number(goal)}个", "actual": f"{format_number(actual)}~{format_number(top)}个"},
                {"target": f"≥{format_number(goal)}个", "actual": f"{whole}余个"},
                {"target": f"{format_number(goal)}个", "actual": f"≥{format_number(actual)}个"},
                {"target": f"≤{format_number(goal)}个", "actual": f"<{format_number(top)}个"},
                {"target": f"{format_number(low)}~{format_number(high)}个", "actual": f"{format_number(actual)}~{format_number(top)}个"},
            )
        )
    )


_Print = Callable[[str, Fraction], Any]


def _counted(before: str, number: Fraction) -> str:
    return f"{before}{format_number(number)}个"


def _share(before: str, number: Fraction) -> str:
    return f"{before}{format_number(number * 100)}%"


def _money(before: str, number: Fraction) -> Money:
    return Money(number, before)


def _alone(before: str, number: Fraction) -> str:
    return f"{before}{format_number(number)}"


@st.composite
def _dates(draw: DrawFn, curve: Curve) -> dict[str, Any]:
    due = date(_YEAR, draw(st.integers(1, 12)), draw(st.integers(1, 28)))
    late = int(draw(measures(curve)))
    done = date.fromordinal(due.toordinal() + max(-400, min(late, 400)) + draw(st.integers(-1, 1)))
    say = draw(
        st.sampled_from(("{0.year}年{0.month}月{0.day}日", "{0.year}-{0.month:02}-{0.day:02}", "{0.year}年{0.month}月", "{0.year}年{0.month}月底"))
    )
    ask = draw(
        st.sampled_from(("{0.year}年{0.month}月{0.day}日前", "{0.month}月{0.day}日", "{0.year}年{0.month}月之前", "{0.month}月底前", "{0.year}全年"))
    )
    return {"target": ask.format(due), "actual": say.format(done)}


@st.composite
def _words(draw: DrawFn, rule: Indicator, place: int, curve: Curve, gaps: bool) -> dict[str, Any]:  # noqa: FBT001
    takes, use = rule.methods[place]
    method = find(use.name)
    labels = method.labels(use.parameters) if method is not None else ()
    if takes == "label":
        return {"target": labels[0], draw(st.sampled_from(("actual", "tier"))): draw(st.sampled_from(labels))}
    at = draw(st.integers(0, len(labels) - 1))
    low, high = curve.pieces[at].lower.intercept, curve.pieces[at].upper.intercept
    score = half_up(
        low + (high - low) * draw(st.sampled_from((ZERO, Fraction(1, 2), Fraction(1, 3), Fraction(99, 100)) if draw(st.integers(0, 4)) else (ONE,))),
        4,
    )
    # The same text on both sides is the highest tier, unless another is named.
    cells: dict[str, Any] = {"target": "效果明显", "actual": "效果明显" if at == len(labels) - 1 else "效果良好"}
    if draw(st.booleans()):
        cells["tier"] = labels[at]
        cells["actual"] = "效果明显"
    for cell in draw(st.sampled_from((("judged",), ("reported",), ("judged", "reported"), () if gaps else ("judged",)))):
        cells[cell] = format_number(score)
    return cells
