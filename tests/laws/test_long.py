"""Law of long tables: whatever stands in them, the arrays say of every form what evaluating it alone says, to the last bit."""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from perfscore.bulk.columns import Columns, meanings
from perfscore.bulk.forms import Sheet, filed
from perfscore.bulk.long import LongScorer
from perfscore.bulk.scored import INCOMPLETE, REJECTED, SCORED, Scored, counted
from perfscore.forms.bind import bind
from perfscore.forms.read import forms_of
from perfscore.model.form import Cell, Form
from perfscore.model.plan import Plan
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation, evaluate
from perfscore.testing.forms import drafts
from perfscore.testing.spelling import rule_file
from perfscore.testing.strategies import built, rule_trees
from perfscore.text.diagnostic import Rejected
from perfscore.text.source import Source
from tests.laws.drawn import FEW

HEAD = {
    "form": "表号", "level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "target": "年度指标值", "actual": "实际完成值", "points": "分值",
    "direction": "指标方向", "tier": "完成等级", "judged": "评定得分", "reported": "自评得分", "applicable": "适用", "deducted": "扣减得分", "measured": "measured",
    "note": "偏差原因", "year": "年度", "budget.initial": "年初预算数", "budget.adjusted": "全年预算数", "budget.executed": "全年执行数",
    "budget.money": "budget.money",
}  # fmt: skip

METHODS = """
规则: test/long
版本: "1"
名称: 各种办法
总分值: 100
舍入: [{环节: 指标, 位数: 2}]
等级: [{名称: 优, 区间: "[90,100]"}, {名称: 良, 区间: "[60,90)"}, {名称: 差, 区间: "[0,60)"}]
指标:
  - {编号: execution, 名称: 预算执行率, 分值: 10, 测算: 执行率 = 全年执行数 / 全年预算数, 方法: {比例: {封顶: 1}}}
  - {编号: ratio, 名称: 比例类, 分值: 30, 行: 由表填报, 方法: {比例: {封顶: "120%", 及格门槛: "60%"}}}
  - {编号: bands, 名称: 分档类, 分值: 30, 行: 由表填报, 指标方向: 反向, 方法: {分档: ["[0,60%): 0", "[60%,80%]: 3.335", "(80%,1000]: 满分"]}}
  - 编号: both
    名称: 两级
    分值: 30
    下级:
      - {编号: both.one, 名称: 甲类指标, 行: 由表填报, 方法: 比例}
      - {编号: both.two, 名称: 乙类指标, 行: 由表填报, 方法: {扣分: {满分条件: "≥100%", 每档: 1%, 扣分: 0.335, 不足一档: 按比例}}}
"""


class Given(NamedTuple):
    plan: Plan
    rows: Any
    budgets: Any

    def __repr__(self) -> str:
        rows = [str({name: cell for name, cell in row.items() if cell is not None}) for row in self.rows.to_pylist()]
        return "\n".join(("Given", self.plan.rules.reference, *rows, str(self.budgets and self.budgets.to_pylist())))

    def columns(self) -> tuple[Columns, Columns | None]:
        budgets = None if self.budgets is None else meanings(self.budgets.schema.names, self.plan.rules)
        return meanings(self.rows.schema.names, self.plan.rules), budgets

    def scored(self) -> Scored:
        return LongScorer(self.plan, *self.columns()).score(self.rows, self.budgets)

    def alone(self) -> list[Evaluation | Rejected]:
        rows, budgets = self.columns()
        sheet = None if budgets is None else Sheet([self.budgets], budgets)
        return [one(found.form, self.plan) for found in filed([self.rows], rows, self.plan.rules, sheet)]


def one(form: Form | Rejected, planned: Plan) -> Evaluation | Rejected:
    try:
        return form if isinstance(form, Rejected) else evaluate(bind(form, planned))
    except Rejected as rejected:
        return rejected


def table(rows: Sequence[dict[str, Any]], *, coded: bool = False) -> Any:
    """Rows by roles as a table: numbers typed where a column holds nothing else."""
    roles = [role for role in HEAD if any(role in row for row in rows)]
    arrays = [column([row.get(role) for row in rows], coded=coded) for role in roles]
    return pa.RecordBatch.from_arrays(arrays, names=[HEAD[role] for role in roles])


def column(cells: list[Any], *, coded: bool) -> Any:
    if all(isinstance(cell, int) for cell in cells):
        return pa.array(cells, pa.int64())
    if all(isinstance(cell, Decimal | int | None) for cell in cells) and any(cell is not None for cell in cells):
        places = max(-int(Decimal(cell).as_tuple().exponent) for cell in cells if cell is not None)
        return pa.array([None if cell is None else Decimal(cell) for cell in cells], pa.decimal128(38 if places > 8 else 25, max(places, 0)))
    texts = pa.array([None if cell is None else str(cell) for cell in cells], pa.string())
    return texts.dictionary_encode() if coded else texts


def hold(case: Given) -> Scored:
    found, expected = case.scored(), case.alone()
    assert found.forms == len(expected)
    unit = 10**case.plan.places
    for place, single in enumerate(expected):
        if isinstance(single, Rejected):
            assert found.state[place] == REJECTED
            continue
        root = single.root
        assert found.state[place] == (SCORED if root.score is not None else INCOMPLETE), place
        if case.plan.rules.rounding.leaf is not None and root.score is not None:
            # Limits of more places than are rounded to, as only forms evaluated alone have them, leave more than the units hold.
            assert found.total[place] == (root.score * unit // 1 if place in found.alone else root.score * unit), place
        assert (found.low[place], found.high[place]) == (root.bounds[0] * unit // 1, -(-root.bounds[1] * unit // 1)), place
        assert found.points[place] == (root.points or 0) * unit // 1, place
        assert found.grade[place] == (-1 if single.grade is None else case.plan.rules.grades.index(single.grade)), place
        tops = {child.id: child.bounds[0] * unit // 1 for child in root.children}
        assert {name: int(scores[place]) for name, scores in found.tops.items()} == {name: tops.get(name, 0) for name in found.tops}, place
        worth = {child.id: (child.points or 0) * unit // 1 for child in root.children}
        assert {name: int(points[place]) for name, points in found.worth.items()} == {name: worth.get(name, 0) for name in found.worth}, place
        assert {status: int(count[place]) for status, count in found.counts.items()} == counted(root), place
    return found


# --- drawn rule sets -----------------------------------------------------------------------------------------------------------------------


#: What makes a total something else than the sum of its rows, or a fixed indicator something that may not apply.
_MORE = ("aggregate", "least", "most", "counts", "applicable", "otherwise")
_OPEN = {"rows": "from-form", "method": "by-kind"}
_FIXED = {"measure": "全年执行数 / 全年预算数", "method": "ratio"}


def simpler(node: dict[str, Any], leaf: dict[str, str], depth: int = 1) -> dict[str, Any]:
    """A drawn indicator as arrays score it: it adds up, its rows read no fact, and in place of what is fixed there is a `leaf`."""
    # Rows find open groups on the first two levels only.
    leaf = leaf if depth < 3 else _FIXED
    node = {key: value for key, value in node.items() if key not in _MORE}
    if "children" in node:
        return {**node, "children": [simpler(child, leaf, depth + 1) for child in node["children"]]}
    if "rows" in node:
        return {key: value for key, value in node.items() if key not in ("measure", "variants") or "地区" not in str(value)}
    return {"points": Fraction(10), **{key: value for key, value in node.items() if key in ("id", "label", "points")}, **leaf}


def by_rows(variant: dict[str, Any], last: str) -> dict[str, Any]:
    """A drawn variant that the rows of a form alone decide."""
    # What has rows in one variant is called like nothing fixed in another.
    changes = [
        simpler(change, _FIXED) if change["id"].startswith("v") else {"id": change["id"], "note": "另一种情形"} for change in variant["indicators"]
    ]
    return {**variant, "when": f"rows.{last} == 0", "indicators": changes}


def clear(row: dict[str, Any]) -> dict[str, Any]:
    """A row with an actual value that is one number, not below 0, and no points taken off by hand."""
    vague = re.search("^-|[余约多近≥≤＜＞<>~～]", row["actual"] or "")
    return {**row, "deducted": None, "actual": re.sub("^[≥≤＜=]|不低于", "", row["target"] or "") if vague else row["actual"]}


@st.composite
def drawn(draw: DrawFn) -> Given:
    # Seven of eight rule sets are such that arrays score their forms.
    plainly = draw(st.integers(0, 7)) < 7
    tree = draw(rule_trees(plain=plainly))
    if plainly:
        tree = {key: value for key, value in tree.items() if key not in ("gates", "aggregate", "template")}
        tree["indicators"] = [simpler(node, leaf) for node, leaf in zip(tree["indicators"], (_OPEN, _FIXED, _FIXED), strict=False)]
        tree |= {"variants": [by_rows(one, tree["indicators"][-1]["id"]) for one in tree["variants"]]} if "variants" in tree else {}
        tree["rounding"] = [
            {"at": "leaf", "places": draw(st.sampled_from((4, 6)))},
            *(one for one in tree.get("rounding", ()) if one["at"] == "rate"),
        ]
    try:
        rules = built(rule_file(tree, "en"))
        planned = plan(rules)
    except Rejected:
        assume(False)
        raise
    gaps = draw(st.booleans()) and not plainly
    forms = [form for form in (read(draft.text()) for draft in draw(st.lists(drafts(rules, gaps=gaps), min_size=1, max_size=4))) if form.rows]
    # Rows of a group that has no second level may stand under any.
    level2 = "其他" if plainly else ""
    rows: list[dict[str, Any]] = []
    budgets: list[dict[str, Any]] = []
    for place, form in enumerate(forms):
        name = f"表{place}"
        # Rows that are there by hand, for indicators that the rule file fixes, stand under names of their own.
        kept = [printed(row, level2) for row in form.rows if not plainly or row.level1 not in ("定性", "人工")]
        if not kept:
            continue
        rows += [{"form": name, "year": "2024", **(clear(row) if plainly else row)} for row in kept]
        money = form.budget and {f"budget.{column}": text(getattr(form.budget, column)) for column in ("initial", "adjusted", "executed")}
        if plainly and money:
            money = {column: amount and amount.lstrip("-") for column, amount in money.items()}
        budgets.append({"form": name, **(money or {}), "budget.money": form.budget.money if form.budget else None})
    if not rows:
        rows, budgets = [{"form": "x", "level1": "甲", "level2": "乙", "level3": "丙", "target": "1", "actual": "1", "points": "1"}], [{"form": "x"}]
    for role in ("level1", "level2", "level3", "target", "actual", "points"):
        rows[0].setdefault(role, None)
    return Given(planned, table(rows, coded=draw(st.booleans())), table(budgets))


def read(written: str) -> Form:
    (form,) = forms_of(Source("form.yaml", written, written.encode()))
    assert isinstance(form, Form)
    return form


def text(cell: Cell | None) -> str | None:
    return None if cell is None else cell.text


def printed(row: Any, level2: str = "") -> dict[str, Any]:
    cells = {name: text(getattr(row, name)) for name in ("target", "actual", "points", "reported", "tier", "judged", "note", "deducted")}
    told = {"direction": row.direction, "applicable": None if row.applies or "不适用" in (cells["target"], cells["actual"]) else "false"}
    return {"level1": row.level1, "level2": row.level2 or level2, "level3": row.level3, **cells, **told}


@FEW
@given(drawn())
def test_drawn_rule_sets_and_forms(case: Given) -> None:
    hold(case)


# --- tables as people have them ------------------------------------------------------------------------------------------------------------

PACKS = ("hunan/department@2024", "china/self-evaluation@2021", "china/project-self@2020", "hunan/project@2022")
TARGETS = ("100", "≥40", "≤40", "=8", "<3", "100%", "≥95%", "30次", "≤870.34万元", "1000元", "3-5个", "1.5~2万元", "0", "≤0", "-3", "2024.12", "2024年6月底前", "效果明显",
           "不适用", "", "约5", "30余次", "效果明显", "10亩", "1公顷", "9月前", "2024", "0.005", "12345678901.123456", "99999999999999999")  # fmt: skip
ACTUALS = ("100", "40", "38", "8", "3", "100%", "95%", "79.995%", "30次", "859.70万元", "1005元", "4个", "6个", "1.8万元", "0", "-3", "2024.11", "2024年6月30日",
           "2024年7月1日", "效果明显", "效果良好", "不适用", "", "30余次", "≥40", "15亩", "10000㎡", "2024年9月", "0.001", "99999999999999999", "1e3", "１２")  # fmt: skip
NUMBERS = st.one_of(
    st.integers(-3, 120), st.sampled_from((1, 2, 3, 7, 40, 200, 400, 2000, 2**26, 2**40 + 1, 2**53 - 1, 2**53 + 1, 10**17, 10**18 - 1, 2**62))
)
CALM_TARGETS = ("100", "≥40", "≤40次", "=8", "<3", "3-5", "2～2.5", "0.07")
CALM_ACTUALS = ("100", "40", "38.5", "8", "3", "4", "6", "0.01", "0")
CALM_NUMBERS = st.one_of(st.integers(1, 120), st.sampled_from((200, 400, 2000, 2**26, 2**40 + 1, 2**53 + 1, 10**17)))
POINTS = ("10", "5", "4", "2.5", "3.335", "7.77", "20", "0", "100", "", "五", "-1")


@st.composite
def tables(draw: DrawFn) -> Given:
    planned, levels = draw(st.sampled_from([*zip(PLANS, LEVELS, strict=True)]))
    typed = draw(st.sampled_from(("texts", "integers", "decimals")))
    measured = draw(st.sampled_from((None, "", "次", "万元", "%", "年", "天"))) if typed != "texts" else draw(st.sampled_from((None, None, "次")))
    # Half of the tables hold nothing odd, so that arrays score them.
    calm = draw(st.booleans())
    targets, actuals, points = (CALM_TARGETS, CALM_ACTUALS, POINTS[:7]) if calm else (TARGETS, ACTUALS, POINTS)
    numbers = CALM_NUMBERS if calm else NUMBERS
    rows: list[dict[str, Any]] = []
    budgets: list[dict[str, Any]] = []
    for place in range(draw(st.integers(1, 5))):
        kept = draw(st.lists(st.sampled_from(levels), min_size=1, max_size=8)) if not calm and draw(st.booleans()) else [*levels]
        for level1, level2 in kept:
            row: dict[str, Any] = {
                "form": place,
                "level1": level1,
                "level2": level2,
                "level3": draw(st.sampled_from(("指标", "预算执行率", "满意率")) if not calm and draw(st.integers(0, 15)) == 0 else st.just("指标")),
            }
            if typed == "texts":
                row |= {
                    "target": draw(st.sampled_from(targets)),
                    "actual": draw(st.sampled_from(actuals)),
                    "points": draw(st.sampled_from(points)),
                }
                row |= {
                    "tier": draw(st.sampled_from((None, None, "达成", "部分达成", "无此等级"))),
                    "judged": draw(st.sampled_from((None, "3", "2", "4"))),
                }
                row |= {
                    "applicable": None if calm else draw(st.sampled_from((None, None, None, None, "是", "false"))),
                    "deducted": None if calm else draw(st.sampled_from((None, None, None, None, "1"))),
                }
            elif typed == "integers":
                row |= {"target": draw(numbers), "actual": draw(numbers), "points": draw(st.integers(0, 20))}
            else:
                row |= {name: Decimal(draw(numbers)) / 100 if calm or draw(st.integers(0, 20)) else None for name in ("target", "actual")}
                row |= {"points": Decimal(draw(st.integers(0, 2000))) / 100}
            if draw(st.integers(0, 9)) == 0 or typed == "texts":
                row["direction"] = draw(st.sampled_from((None, None, None, "正向", "反向", "等于", "区间", "lower")))
            if measured is not None:
                row["measured"] = draw(st.sampled_from((measured, measured, "个")))
            rows.append(row)
        executed = Decimal(draw(st.integers(0, 30000))) / 100
        budgets.append(
            {
                "form": place,
                "budget.adjusted": draw(
                    st.sampled_from((Decimal("200.00"), Decimal("80.00"), Decimal(0)) if not calm else (Decimal("200.00"), Decimal("0.37")))
                ),
                "budget.executed": executed,
            }
        )
    return Given(planned, table(rows, coded=draw(st.booleans())), table(budgets))


def _levels(planned: Plan) -> list[tuple[str, str | None]]:
    found: dict[tuple[str, str | None], None] = {}
    for tree in planned.trees:
        for top in tree.indicators:
            if top.open:
                found[top.label.zh, None] = None
            found |= {(top.label.zh, child.label.zh): None for child in top.children}
    return [*found]


WRITTEN = (
    METHODS,
    METHODS.replace("总分值: 100\n", "总分值: 100\n负数完成值: 零\n目标为零: 缺\n").replace("舍入: [", "舍入: [{环节: 率, 位数: 1}, "),
)
PLANS = [plan(load_rules(name)) for name in PACKS] + [plan(built(text)) for text in WRITTEN]
LEVELS = [_levels(planned) for planned in PLANS]


def plain(of: Sequence[tuple[Any, Any, Any]], **more: Any) -> Given:
    """A form of rows with nothing odd in them: target, actual value, points."""
    pairs = [("产出指标", "数量指标"), ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标"), ("成本指标", "经济成本指标")]
    rows = [
        {"form": f"{place // 4:03}", **dict(zip(("level1", "level2"), pairs[place % 4], strict=True)), "level3": "指标", "target": target, "actual": actual, "points": points, **more}
        for place, (target, actual, points) in enumerate(of)
    ]  # fmt: skip
    forms = dict.fromkeys(row["form"] for row in rows)
    return Given(PLANS[0], table(rows, coded=True), table([{"form": form, "budget.adjusted": 400, "budget.executed": 397} for form in forms]))


@pytest.mark.parametrize(
    "cells",
    [
        # Shares that end on half a cent, both ways round.
        [(2000, 2 * odd + 1, 10) for odd in range(500, 900)],
        [("2000次", f"{2 * odd + 1}次", "10分") for odd in range(500, 900)],
        [(Decimal("0.08"), Decimal(odd) / 100, Decimal("12.50")) for odd in range(1, 9)],
        # Floats would go wrong beyond 2^53 and 64-bit integers beyond 2^63: curves multiply by some thousands.
        [(2**power + 1, 2**power - extra, 10) for power in range(44, 59) for extra in (0, 1, 2, 3)],
        [(Decimal(2**power) / 100, Decimal(2**power - 1) / 100, 10) for power in range(44, 56)],
        # Words, days, zeros and ranges are looked at by themselves, and their forms still are not.
        [("效果明显", "效果明显", "5"), ("≤0", "0", "5"), ("3-5个", "6个", "5"), ("2024年6月底前", "2024年7月1日", "5")],
        [("10亩", "6000㎡", "5"), ("1.5万元", "14999元", "5"), ("≥95%", "0.1%", "5"), ("0.005", "0.004", "5")],
    ],
    ids=["ties", "ties in words", "ties of decimals", "large", "large decimals", "words", "units"],
)
def test_plain_forms_are_scored_by_arrays(cells: list[tuple[Any, Any, Any]]) -> None:
    more = {"judged": "5"} if cells[0][0] == "效果明显" else {}
    assert not hold(plain(cells, **more)).alone


BY_ROWS = """
ruleset: test/rows
version: "1"
indicators: [{id: a, label: 产出, rows: from-form, method: ratio}]
rounding: [{at: leaf, places: 2}]
variants:
  - {id: bare, label: 无产出, when: rows.a == 0, indicators: [{id: more, label: 附加, points: 20, measure: 全年执行数 / 全年预算数, method: ratio}]}
"""


def test_a_column_in_which_nothing_is_printed_says_nothing() -> None:
    """Blank cells of texts are read as numbers that are missing; taken for the number 0, they said of every row that it does not apply."""
    row = {"form": "x", "level1": "产出", "level2": "数量", "level3": "指标", "target": "100", "actual": "90", "points": "10", "applicable": None}
    found = hold(Given(plan(built(BY_ROWS)), table([row]), table([{"form": "x", "budget.adjusted": 400, "budget.executed": 397}])))
    assert not found.alone
    assert found.total.tolist() == [900]


@given(tables())
def test_tables_of_all_kinds(case: Given) -> None:
    hold(case)
