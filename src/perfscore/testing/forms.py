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
from perfscore.model.rules import Declared, Indicator, RuleSet
from perfscore.ruleset.plan import plan
from perfscore.scoring.aggregates import whole
from perfscore.scoring.formula import OutOfDomain, ZeroDenominator, evaluate
from perfscore.scoring.methods import curve_of, find
from perfscore.testing.exact import computed, half_up
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


#: What formulas read under a name: a number, the numbers of a list, or nothing that could be read.
Known = Fraction | tuple[Fraction, ...] | None


class Draft(NamedTuple):
    """A form before it is spelled: the tree of its canonical keys, with money not yet in a unit; and what its facts are to formulas."""

    tree: Mapping[str, Any]
    known: Mapping[str, Known] = {}

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

    def read(self, rules: RuleSet, name: str) -> Known:
        """What a formula reads under a name: a fact, or how many rows that apply stand under an indicator."""
        if not name.startswith("rows."):
            return read_of(rules, self.known, BUDGET_NAMES.get(name, name))
        under = [row for row in self.rows if row.get("id", "").startswith(f"r{name[4:]}.")]
        return Fraction(sum(row.get("applicable") != "false" and "不适用" not in (row.get("target"), row.get("actual")) for row in under))

    def with_rows(self, rows: list[dict[str, Any]]) -> Draft:
        """The same form with other rows."""
        return self._replace(tree={**self.tree, "indicators": rows})


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
    known = draw(_values(planned, gaps))
    facts: dict[str, Any] = {name: draw(_cells(fact, known)) for name, fact in _asked(rules).items()}
    fixed = _fixed(planned)
    # A level or a score stands in a row called like the leaf, or under the facts; items stand under the facts.
    in_rows = [leaf for leaf in fixed if leaf.methods[0][0] in ("label", "judgement") and draw(st.booleans())]
    by_fact = [leaf for leaf in fixed if leaf.fact and leaf not in in_rows]
    facts |= {leaf.fact: draw(_own_facts(leaf)) for leaf in by_fact if not gaps or draw(st.integers(0, 5))}
    budget: dict[str, Any] = {cell: Money(known[cell] * _FACTORS["万元"]) for cell in ("initial", "adjusted", "executed")}  # type: ignore[operator]
    defaults = {fact.name for fact in rules.facts if fact.default is not None}
    for name in draw(st.sets(st.sampled_from(sorted(defaults)))) if defaults else ():
        facts[name] = ""
    for table in (facts, budget) if gaps else ():
        for name in draw(st.sets(st.sampled_from(sorted(table)), max_size=2)) if table and draw(st.integers(0, 2)) == 2 else ():
            table[name] = draw(st.sampled_from(("", "不适用", "无", "约5", "x")))
    rows = [draw(_row(path, number, gaps)) for path in _open_paths(planned) for number in range(1, 1 + draw(st.integers(0 if gaps else 1, 3)))]
    rows += [draw(_named(leaf, gaps)) for leaf in in_rows if not gaps or draw(st.integers(0, 7))]
    rows += [draw(_by_hand(leaf, gaps)) for leaf in fixed if leaf not in in_rows and draw(st.integers(0, 7)) == 7]
    tree = {"unit": "某单位", "year": str(_YEAR), "budget": budget, "facts": facts, "indicators": rows}
    return Draft(tree, _said(rules, known, {**budget, **facts}))


def form_texts(rules: RuleSet) -> SearchStrategy[str]:
    """The text of a form for a rule set."""
    return st.builds(Draft.text, drafts(rules), st.sampled_from(("en", "zh", "mixed")), st.sampled_from(tuple(_FACTORS)))


# --- facts -------------------------------------------------------------------------------------------------------------------------------


def _asked(rules: RuleSet) -> dict[str, Declared]:
    """What a form has to say: the facts that are not computed and no items, and the numbers of a cohort, which a form scored alone states."""
    found = {fact.name: fact for fact in rules.facts if fact.formula is None and fact.kind not in ("items", "words")}
    return found | {one.name: Declared(one.name, one.label, "", "number", one.span) for one in rules.cohort}


@st.composite
def _values(draw: DrawFn, planned: Plan, gaps: bool) -> dict[str, Known]:  # noqa: FBT001
    """A value, as formulas read it, for every fact and budget cell, so that each fixed leaf meets a breakpoint of its curve as far as it can."""
    asked = _asked(planned.rules)
    values: dict[str, Known] = {name: draw(_other_value(fact)) for name, fact in asked.items() if fact.kind != "number" or fact.choices}
    for tree in planned.trees:
        for leaf in _leaves(tree):
            if leaf.measure is None:
                continue
            names = list(dict.fromkeys(BUDGET_NAMES.get(read.name, read.name) for read in leaf.measure.reads))
            free = [name for name in names if name not in values and (name in asked or name in BUDGET_NAMES)]
            for name in free:
                values[name] = _printable(name, draw(_plain_value(gaps)), asked)
            if free:
                target = draw(measures(tree.curves[leaf.id], planned.places))
                values[free[0]] = _printable(free[0], _solved(planned.rules, leaf.measure, free[0], values, target), asked)
    for name in (*asked, "initial", "adjusted", "executed"):
        if name not in values:
            values[name] = _printable(name, draw(_plain_value(gaps)), asked)
    return values


def _printable(name: str, number: Fraction, asked: Mapping[str, Declared]) -> Fraction:
    """A number as formulas read it, cut down to what can be printed of it: so many places of 元, of the per cent or of the number itself."""
    unit = unit_named("万元" if name in BUDGET_NAMES else asked[name].unit)
    if unit is not None and unit.kind == "money":
        return half_up(number * unit.factor, _PLACES) / unit.factor
    return half_up(number * 100, 11) / 100 if unit is not None and unit.kind == "share" else half_up(number, 13)


def _plain_value(gaps: bool) -> SearchStrategy[Fraction]:  # noqa: FBT001
    return st.one_of(st.sampled_from([goal for goal in _GOALS if goal or gaps]), decimals(1, 5000))


def _other_value(fact: Declared) -> SearchStrategy[Known]:
    """A truth, the number of a word, a list of numbers, a day."""
    if fact.choices:
        return st.sampled_from([number for _, number in fact.choices])
    if fact.kind == "list":
        most = len(fact.parts) or 4
        return st.lists(st.one_of(st.integers(0, 100).map(Fraction), decimals(0, 100, 1)), min_size=len(fact.parts) or 1, max_size=most).map(tuple)
    if fact.kind == "date":
        return st.integers(date(_YEAR, 1, 1).toordinal(), date(_YEAR, 12, 31).toordinal()).map(Fraction)
    return st.sampled_from((ZERO, ONE))


def _solved(rules: RuleSet, formula: Formula, name: str, values: Mapping[str, Known], target: Fraction) -> Fraction:
    """The value of one fact for which a formula gives the target, where the formula or its reciprocal is a straight line in it; else what it was."""

    def at(number: Fraction) -> Fraction:
        known = {**values, name: number}
        return evaluate(formula, lambda read: value if (value := read_of(rules, known, BUDGET_NAMES.get(read, read))) is not None else ONE)

    try:
        one, two, three = at(ONE), at(Fraction(2)), at(Fraction(3))
        if two - one == three - two != 0:
            return ONE + (target - one) / (two - one)
        if one and two and three and target and 1 / two - 1 / one == 1 / three - 1 / two != 0:
            return ONE + (1 / target - 1 / one) / (1 / two - 1 / one)
    except (ZeroDenominator, OutOfDomain):
        pass
    was = values[name]
    return was if isinstance(was, Fraction) else ONE


def read_of(rules: RuleSet, known: Mapping[str, Known], name: str) -> Known:
    """What a formula reads under a name, from the values of the facts: a fact, a word that was chosen, a part of a list, a computed number."""
    if name in known:
        return known[name]
    declared = {fact.name: fact for fact in rules.facts}
    if name in declared:
        formula = declared[name].formula
        return None if formula is None else computed(formula, lambda read: read_of(rules, known, BUDGET_NAMES.get(read, read)))
    head, _, rest = name.rpartition(".")
    whole = known.get(head)
    if whole is None:
        return None
    if isinstance(whole, tuple):
        return whole[declared[head].parts.index(rest)]
    return Fraction(whole == dict(declared[head].choices)[rest])


@st.composite
def _cells(draw: DrawFn, fact: Declared, known: Mapping[str, Known]) -> Any:
    """A fact as a form prints it."""
    value = known[fact.name]
    if isinstance(value, tuple):
        numbers = [_numeral(number, fact.unit) for number in value]
        if fact.parts:
            return dict(zip(fact.parts, numbers, strict=True))
        named = {f"第{place}项": number for place, number in enumerate(numbers, 1)}
        return draw(st.sampled_from((numbers, named, *numbers[: len(numbers) == 1])))
    if value is None:
        return ""
    if fact.choices:
        return next(word for word, number in fact.choices if number == value)
    if fact.kind == "truth":
        return draw(st.sampled_from(("是", "true", "√", "有") if value else ("否", "×", "未", "false")))
    if fact.kind == "date":
        day = date.fromordinal(int(value))
        return draw(st.sampled_from(("{0.year}年{0.month}月{0.day}日", "{0.year}-{0.month:02}-{0.day:02}", "{0.month}月{0.day}日"))).format(day)
    return _numeral(value, fact.unit)


def _numeral(number: Fraction, unit: str) -> Any:
    """A number with its unit; money in any."""
    found = unit_named(unit)
    if found is not None and found.kind == "money":
        return Money(number * found.factor)
    # A per cent is printed with its sign, a number without a unit alone.
    return f"{format_number(number * 100 if found is not None and found.kind == 'share' else number)}{unit}"


def _said(rules: RuleSet, known: Mapping[str, Known], cells: Mapping[str, Any]) -> dict[str, Known]:
    """What formulas read: what the form says, what counts where it says nothing, and nothing where what it says cannot be read."""
    found = dict(known)
    defaults = {fact.name: fact for fact in rules.facts if fact.default is not None}
    for name, cell in cells.items():
        if name not in known or cell not in ("", "不适用", "无", "约5", "x"):
            continue
        fact = defaults.get(name) if cell == "" else None
        found[name] = None if fact is None or fact.default is None else _by_default(fact, fact.default.value)
    return found


def _by_default(fact: Declared, text: str) -> Known:
    if fact.choices:
        return dict(fact.choices)[text]
    if fact.kind == "truth":
        return Fraction(text == "是")
    if fact.kind == "date":
        return Fraction(date.fromisoformat(text).toordinal())
    number = Fraction(text) / (100 if fact.unit == "%" else 1)
    return (number,) if fact.kind == "list" else number


@st.composite
def _own_facts(draw: DrawFn, leaf: Indicator) -> Any:
    """What a form says under the fact of a leaf itself: the items met or occurred, a level, or a judged score."""
    takes, use = leaf.methods[0]
    method = find(use.name)
    points = leaf.points or ZERO
    if method is None or takes != "items":
        labels = method.labels(use.parameters) if method is not None else ()
        scores = [format_number(points * share) for share in (ONE, Fraction(7, 10), Fraction(1, 3)) if "/" not in format_number(points * share)]
        return draw(st.sampled_from(labels if takes == "label" else (*scores, *labels)))
    met = draw(st.lists(st.sampled_from(method.items(use.parameters, points)), unique=True))
    match draw(st.sampled_from(("list", "yes", "amount"))):
        case "list":
            return [item.label for item in met] or draw(st.sampled_from(("无", [])))
        case "yes":
            return {item.label: "是" if item in met else "否" for item in method.items(use.parameters, points)}
    amounts = {item.label: format_number(draw(st.sampled_from((item.least, item.most)))) for item in met}
    return {label: amount for label, amount in amounts.items() if "/" not in amount} or "无"


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


def _fixed(planned: Plan) -> list[Indicator]:
    """The fixed leaves, as the first variant that has them lays them down."""
    found: dict[str, Indicator] = {}
    for tree in planned.trees:
        for leaf in _leaves(tree):
            found.setdefault(leaf.label.zh, leaf)
    return list(found.values())


@st.composite
def _named(draw: DrawFn, leaf: Indicator, gaps: bool) -> dict[str, Any]:  # noqa: FBT001
    row = {"level1": "定性", "level3": leaf.label.zh, **draw(_words(leaf, 0, curve_of(leaf, 0, leaf.points or ZERO), gaps))}
    return draw(_touched(row, gaps))


@st.composite
def _by_hand(draw: DrawFn, leaf: Indicator, gaps: bool) -> dict[str, Any]:  # noqa: FBT001
    """A row of a leaf that the facts score: only to take points off it, or to say that it does not apply."""
    row = {"level1": "人工", "level3": leaf.label.zh, "points": format_number(leaf.points or ZERO)}
    return draw(_touched({**row, "deducted": "1"} if not leaf.fact else {**row, "note": "无"}, gaps))


@st.composite
def _touched(draw: DrawFn, row: dict[str, Any], gaps: bool) -> dict[str, Any]:  # noqa: FBT001
    """A row with what people write into it besides: a reason, points taken off."""
    if draw(st.integers(0, 3)) == 3:
        row["note"] = draw(st.sampled_from(("设备到货晚", "无", "……")))
    if draw(st.integers(0, 4)) == 4:
        row["deducted"] = draw(st.sampled_from(("0.5", "2分", "0.005", "100", "", *(("若干",) if gaps else ()))))
    if gaps and draw(st.integers(0, 9)) == 9:
        row["applicable"] = "false"
    return row


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
    if rule.points is not None and whole(rule.aggregate) and draw(st.booleans()):
        # Each row is worth what the group is worth, whether it prints that or nothing.
        row["points"] = draw(st.sampled_from((format_number(rule.points), "")))
    row = draw(_touched(row, gaps))
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
    actual = half_up(actual, _PLACES) * (-1 if draw(st.integers(0, 11)) == 11 else 1)
    printed = draw(st.sampled_from((_counted, _share, _money, _alone)))
    cells = {"target": printed(before, goal), "actual": printed("", actual)}
    if draw(st.integers(0, 4)) == 4:
        cells["direction"] = draw(st.sampled_from(("higher", "lower", "equal")))
    return {**cells, **draw(_blurred(goal, abs(actual)))} if draw(st.integers(0, 3)) == 3 else cells


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
