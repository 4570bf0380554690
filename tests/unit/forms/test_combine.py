"""Several forms made one: what is added, what is averaged by money, what has to agree, and what is said of the rest."""

from fractions import Fraction
from typing import Any

import pytest

from perfscore.forms.bind import bind
from perfscore.forms.combine import combine
from perfscore.forms.facts import FactReader
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.model.measure import Absence, Comparison, Fact
from perfscore.model.outcome import Outcome
from perfscore.ruleset.build import build
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import evaluate
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import same
from perfscore.text.source import Source

RULES = """
ruleset: test/combine
version: "1"
facts:
  编制数: {unit: 人}
  覆盖率: {unit: "%"}
  人均成本: {unit: 元/人}
  得票: {unit: 票, combine: mean}
  提升: {unit: "%", combine: sum}
  加分项: {default: 0}
  已公开: {kind: truth}
  地区: {choices: [东部, 中部, 西部]}
  验收: {kind: date}
  调查: {parts: [满意, 一般]}
  逐年: {kind: list, combine: sum}
  评分: {kind: list}
  倍数: {formula: 编制数 * 2}
cohort: {名次: {rank: 编制数}}
indicators:
  - {id: execution, label: 预算执行率, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}
  - {id: system, label: 管理制度, points: 5, method: {checklist: {有制度: 3, 有执行: 2}}}
  - {id: cards, label: 印象分, points: 5, method: tiers}
  - id: output
    label: 产出指标
    children: [{id: output.rows, label: 数量指标, rows: from-form, method: by-kind}]
  - id: cost
    label: 成本指标
    children: [{id: cost.rows, label: 经济成本指标, rows: from-form, direction: lower, method: by-kind}]
"""
PLAN = plan(build(Source("rules.yaml", RULES), None))
MONEY = "budget: {adjusted: 300, executed: 240}"
MORE = "budget: {adjusted: 100, executed: 90}"


def forms(*texts: str) -> list[Form]:
    found = [form for number, text in enumerate(texts, 1) for form in forms_of(Source(f"{number}.yaml", text, text.encode()))]
    assert all(isinstance(form, Form) for form in found), found
    return found  # type: ignore[return-value]


def combined(*texts: str) -> Form:
    return combine(forms(*texts), PLAN.rules)


def fact(form: Form, name: str) -> Any:
    """The number that formulas read, or `missing`."""
    found = FactReader(form, PLAN.rules, lambda _: None).fact(name)
    return found.kind if isinstance(found, Absence) else found.value


def codes(form: Form) -> list[str]:
    return [found.code for found in form.diagnostics]


def row(**cells: str) -> str:
    inside = ", ".join(
        f"{name}: {cell!r}" for name, cell in {"level1": "产出指标", "level2": "数量指标", "level3": "甲", "points": "10", **cells}.items()
    )
    return f"indicators: [{{{inside}}}]"


def rows(one: str, other: str) -> tuple[Form, Outcome]:
    """Two forms with a row each made one, and what became of that row."""
    form = combined(f"{MONEY}\n{one}", f"{MORE}\n{other}")
    groups = {child.id: child for child in evaluate(bind(form, PLAN)).root.children}
    (outcome,) = (leaf for top in (groups["output"], groups["cost"]) for group in top.children for leaf in group.children)
    return form, outcome


def test_of_one_form_it_is_that_form() -> None:
    (form,) = forms(MONEY)
    assert combine([form], PLAN.rules) is form


def test_there_is_nothing_to_make_of_no_form() -> None:
    with pytest.raises(Rejected) as caught:
        combine([], PLAN.rules)
    assert [found.code for found in caught.value.diagnostics] == ["no-forms"]


def test_it_is_called_by_how_many_it_stands_for() -> None:
    form = combined("unit: 甲\nproject: 校舍\nyear: 2024", "unit: 乙\nproject: 校舍\nyear: 2024", "unit: 丙\nproject: 校舍\nyear: 2024")
    assert (form.unit, form.project, form.year) == ("3 个单位合并", "校舍", 2024)
    assert codes(form) == []


def test_another_project_is_not_named_and_another_year_is_said() -> None:
    form = combined("project: 校舍\nyear: 2024", "project: 道路\nyear: 2023")
    assert (form.project, form.year, codes(form)) == ("", None, ["forms-differ"])


# The digest of a result is of what went into it, and relative rules stay those of the first.
def test_its_source_holds_all_of_them_and_is_named_like_the_first() -> None:
    one, other = forms("unit: 甲", "unit: 乙")
    source = combine([one, other], PLAN.rules).source
    assert (source.name, source.content) == ("1.yaml", one.source.content + other.source.content)
    two = forms("unit: 甲\n---\nunit: 乙")
    assert combine(two, PLAN.rules).source.content == two[0].source.content


def test_what_was_odd_in_a_form_is_still_said() -> None:
    one, other = forms("unit: 甲", "unit: 乙")
    odd = Diagnostic("encoding-gb18030", same("GB18030"), one.span, severity="advice")
    assert combine([one._replace(diagnostics=(odd,)), other], PLAN.rules).diagnostics == (odd,)


# --- the budget --------------------------------------------------------------------------------------------------------------------------


def test_budgets_are_added_in_whatever_unit_they_are_printed() -> None:
    form = combined("budget: {initial: 310, adjusted: 300, executed: 240.5}", "budget: {initial: 1, adjusted: 1000000, executed: 905000, money: 元}")
    assert [fact(form, name) for name in ("initial", "adjusted", "executed")] == [Fraction("310.0001"), 400, 331]
    assert form.budget is not None
    assert form.budget.executed is not None
    assert (form.budget.executed.text, form.budget.executed.value) == ("331万元", None)
    assert codes(form) == []


# A sum of some of the forms would be a rate of nobody.
def test_a_budget_that_one_form_lacks_is_missing_and_said() -> None:
    form = combined(MONEY, "budget: {adjusted: 100}", "unit: 丙")
    assert (fact(form, "adjusted"), fact(form, "executed"), fact(form, "initial")) == ("missing", "missing", "missing")
    assert set(codes(form)) == {"value-missing"}
    assert {found.span.source.name for found in form.diagnostics if found.span} == {"2.yaml", "3.yaml"}


def test_without_any_budget_there_is_none() -> None:
    assert combined("unit: 甲", "unit: 乙").budget is None


def test_points_printed_in_the_budget_have_to_agree() -> None:
    same, other = "budget: {adjusted: 1, points: 10}", "budget: {adjusted: 1, points: 20}"
    kept, lost = combined(same, same), combined(same, other)
    assert kept.budget is not None
    assert kept.budget.points is not None
    assert kept.budget.points.text == "10"
    assert lost.budget is not None
    assert lost.budget.points is None
    assert codes(lost) == ["forms-differ"]


# --- rows --------------------------------------------------------------------------------------------------------------------------------

NUMBERS = [
    # target, actual; target, actual; the cells that stand for both
    ("≥120套", "114套", "≥100套", "100套", "≥220套", "214套"),
    ("≥120套", "114套", "≥0.1千套", "100套", "≥220套", "214套"),
    # A bare number stands in the unit of the other cell of its row, as it does when the row is scored.
    ("≥120套", "114", "≥1千套", "1", "≥1120套", "1114套"),
    ("120", "114套", "100", "100套", "220套", "214套"),
    ("3公里", "3500米", "2公里", "1公里", "5公里", "4500米"),
    ("≤100万元", "90", "≤500000元", "40万元", "≤150万元", "130万元"),
    ("≥120套", "114", "120套", "1", "≥240套", "115套"),
    (">1", "2", "≥2", "2", ">3", "4"),
    ("0", "0", "0起", "1起", "0起", "1起"),
    ("3次/年", "3", "2次/年", "1", "5次/年", "4次/年"),
    ("3万", "2万", "10000", "9000", "4万", "2.9万"),
    # 300 : 100 by money.
    ("≥90%", "97%", "≥95%", "91%", "≥91.25%", "95.5%"),
    ("≤200元/人", "200元/人", "≤100元/人", "80元/人", "≤175元/人", "170元/人"),
    ("90分", "80分", "90分", "96分", "90分", "84分"),
    ("10-20人", "15", "5-10人", "6人", "15~30人", "21人"),
    ("40", "30余", "10", "5", "50", "35~45"),
    ("40", "≥30", "10", "5", "50", "≥35"),
    ("40", "≥30", "10", "≤5", "50", "不能确定"),
]


@pytest.mark.parametrize(("target", "actual", "target2", "actual2", "goal", "done"), NUMBERS)
def test_amounts_are_added_and_rates_averaged_by_money(target: str, actual: str, target2: str, actual2: str, goal: str, done: str) -> None:
    form, _ = rows(row(target=target, actual=actual), row(target=target2, actual=actual2))
    (only,) = form.rows
    assert only.target is not None
    assert only.actual is not None
    assert (only.target.text, only.actual.text) == (goal, done)
    assert codes(form) == []


# 1/3 of the money at 90 %, 2/3 at 91 %: no decimal says it, and the score is exact all the same.
def test_a_mean_without_a_decimal_is_exact_behind_its_text() -> None:
    budgets = "budget: {adjusted: 1, executed: 1}", "budget: {adjusted: 2, executed: 1}"
    form = combined(*(f"{budget}\n{row(target='100%', actual=actual)}" for budget, actual in zip(budgets, ("90%", "91%"), strict=True)))
    (only,) = form.rows
    assert only.actual is not None
    assert only.actual.text == "约90.67%"
    measure = next(leaf.measure for leaf in bind(form, PLAN).leaves if leaf.id == "output.rows.1")
    assert isinstance(measure, Comparison)
    assert measure.value == Fraction(272, 300)


# Where both cells print the same text a row is met; a rounding must not make it so.
def test_a_target_and_an_actual_value_that_differ_do_not_print_the_same() -> None:
    budgets = "budget: {adjusted: 1, executed: 1}", "budget: {adjusted: 2, executed: 1}"
    form = combined(*(f"{budget}\n{row(target='90.000%', actual=actual)}" for budget, actual in zip(budgets, ("90%", "89.99%"), strict=True)))
    measure = next(leaf.measure for leaf in bind(form, PLAN).leaves if leaf.id == "output.rows.1")
    assert isinstance(measure, Comparison)
    assert measure.value == (Fraction(90) + 2 * Fraction("89.99")) / 270
    close = ("90.001%", "90.0001%"), ("90%", "90.0011%")
    form = combined(*(f"{budget}\n{row(target=target, actual=actual)}" for budget, (target, actual) in zip(budgets, close, strict=True)))
    (only,) = form.rows
    assert only.target is not None
    assert only.actual is not None
    assert (only.target.text, only.actual.text) == ("约90.0003%", "约90.0008%")


# What does not apply to a unit is nothing to add, unlike what it left out.
def test_a_row_that_does_not_apply_to_a_unit_is_left_to_the_others() -> None:
    form, outcome = rows(row(target="≥90%", actual="81%"), row(applicable="否"))
    assert outcome.score == 9
    assert codes(form) == []
    assert rows(row(applicable="否"), row(applicable="否"))[1].status == "not-applicable"


LOST = [
    # two rows, the codes of what is said
    (row(target="≥120套", actual="114"), row(target="≥90%", actual="91%"), ["forms-differ"]),
    (row(target="≥120套", actual="114"), row(target="≥100", actual="100"), ["forms-differ"]),
    (row(target="≥120套", actual="114"), row(target="≥100人", actual="100"), ["forms-differ"]),
    (row(target="≥120", actual="114"), row(target="≤100", actual="100"), ["forms-differ"]),
    (row(target="≥120", actual="114"), row(target="100", actual="100", direction="反向"), ["forms-differ"]),
    (row(target="120", actual="114"), row(target="90-100", actual="100"), ["forms-differ"]),
    (row(target="≥120", actual="114"), row(target="≥100", actual="—"), ["not-in-every-form"]),
    (row(target="≥120", actual="114"), row(actual="100"), ["not-in-every-form"]),
    (row(target="≥120", actual="114"), row(target="≥100", actual="约100"), ["forms-differ"]),
    (row(target="≥120", actual="114"), row(target="完成", actual="完成"), ["forms-differ"]),
    (row(target="≥120", actual="—"), row(target="≥100", actual="—"), []),
    (row(target="2024年6月", actual="2024年6月"), row(target="2024年6月", actual="2024年7月"), ["forms-differ"]),
    (row(target="明显改善", actual="改善", judged="8"), row(target="明显改善", actual="改善"), ["not-in-every-form"]),
    (row(target="明显改善", actual="改善", tier="达成"), row(target="明显改善", actual="改善", tier="未达成"), ["forms-differ"]),
    (row(target="约90%", actual="约90%"), row(target="≥90%", actual="91%"), ["forms-differ"]),
]


@pytest.mark.parametrize(("one", "other", "said"), LOST)
def test_rows_that_cannot_be_joined_are_missing_and_said(one: str, other: str, said: list[str]) -> None:
    for first, second in ((one, other), (other, one)):
        form, outcome = rows(first, second)
        assert (outcome.status, codes(form)) == ("missing", said)
        assert outcome.bounds == (Fraction(0), Fraction(10))
        assert all(found.severity == "warning" and found.span is not None for found in form.diagnostics)


KEPT = [
    (row(target="2024年6月", actual="2024年5月"), row(target="2024-06", actual="2024年5月"), 10),
    (row(target="约90%", actual="约90%"), row(target="约80%", actual="约80%"), 10),
    (row(target="明显改善", actual="明显改善", judged="9"), row(target="有效提升", actual="有效提升", judged="10"), "9.25"),
    (row(target="明显改善", actual="有所改善", judged="8", tier="达成"), row(target="明显改善", actual="改善", judged="9分", tier="达成"), "8.25"),
    (row(target="明显改善", actual="有所改善", reported="8"), row(target="明显改善", actual="改善", judged="9"), "8.25"),
    (row(actual="改善", judged="8"), row(actual="好转", judged="8"), 8),
]


@pytest.mark.parametrize(("one", "other", "score"), KEPT)
def test_words_and_dates_are_joined_where_that_means_something(one: str, other: str, score: Any) -> None:
    form, outcome = rows(one, other)
    assert (outcome.score, codes(form)) == (Fraction(score), [])


# 8 and 9 by 1 : 2 is 26/3, which rounds to 8.67; and the tier holds it to its range.
def test_judged_scores_are_weighed_by_money_exactly() -> None:
    budgets = "budget: {adjusted: 1, executed: 1}", "budget: {adjusted: 2, executed: 1}"
    scores = [row(target="改善", actual="好转", judged=judged, tier="达成") for judged in ("8", "9")]
    form = combined(*(f"{budget}\n{score}" for budget, score in zip(budgets, scores, strict=True)))
    (only,) = form.rows
    assert only.judged is not None
    assert only.judged.text == "约8.67"
    assert only.judged.value is not None
    assert only.judged.value.low == Fraction(26, 3)  # type: ignore[union-attr]
    assert evaluate(bind(form, PLAN)).root.children[3].children[0].score == Fraction("8.67")


# The words of the units stand side by side; what differs somewhere must not come to look met.
def test_words_side_by_side_are_the_same_only_if_each_pair_is() -> None:
    form, outcome = rows(row(target="改善", actual="提升"), row(target="提升", actual="提升"))
    (only,) = form.rows
    assert only.target is not None
    assert only.actual is not None
    assert (only.target.text, only.actual.text) == ("改善；提升", "提升")
    assert outcome.status == "missing"
    texts = ("甲", "甲"), ("甲", "乙"), ("乙", "乙")
    three = combined(*(row(target=target, actual=actual) for target, actual in texts)).rows[0]
    assert three.target is not None
    assert three.actual is not None
    assert (three.target.text, three.actual.text) == ("甲；甲；乙", "甲；乙；乙")


def test_without_a_budget_to_weigh_by_only_equal_rates_have_a_mean() -> None:
    equal = row(target="≥90%", actual="81.0%"), row(target="≥90%", actual="81%")
    form = combined(*equal)
    assert form.rows[0].actual is not None
    assert (form.rows[0].actual.text, codes(form)) == ("81%", ["value-missing", "value-missing"])
    other = combined(f"{MONEY}\n{equal[0]}", row(target="≥90%", actual="80%"))
    assert other.rows[0].actual is not None
    assert (other.rows[0].actual.text, codes(other)) == ("", ["value-missing", "value-missing", "forms-differ"])


@pytest.mark.parametrize("money", ["adjusted: 0", "adjusted: -1", "adjusted: 不适用", "adjusted: 无"])
def test_what_weighs_nothing_is_no_weight(money: str) -> None:
    unlike = row(target="≥90%", actual="80%"), row(target="≥90%", actual="81%")
    form = combined(*(f"budget: {{{money}}}\n{one}" for one in unlike))
    assert form.rows[0].actual is not None
    assert form.rows[0].actual.text == ""
    assert codes(form)[-1] == "forms-differ"


def test_a_budget_below_zero_is_no_weight() -> None:
    form = combined(f"{MONEY}\n{row(target='90%', actual='80%')}", f"budget: {{adjusted: -1}}\n{row(target='90%', actual='1%')}")
    assert codes(form) == ["value-missing", "forms-differ"]


# A unit without money is no reason for the others to have no mean.
def test_a_budget_of_zero_weighs_zero() -> None:
    form = combined(f"{MONEY}\n{row(target='90%', actual='80%')}", f"budget: {{adjusted: 0}}\n{row(target='90%', actual='1%')}")
    assert form.rows[0].actual is not None
    assert form.rows[0].actual.text == "80%"


def test_rows_are_found_by_their_levels_however_they_are_written() -> None:
    one = row(level1="产出指标（10分）", target="1", actual="1")
    form, outcome = rows(one, row(level1="产出 指标", level2="数量", level3="1. 甲", target="1", actual="0"))
    assert (len(form.rows), form.rows[0].level1) == (1, "产出指标（10分）")
    assert outcome.score == 5


def test_rows_of_one_name_are_joined_in_their_order() -> None:
    twice = "{level1: 产出指标, level2: 数量指标, level3: 甲, target: 10, actual: %s, points: 5}"
    form = combined(*(f"indicators: [{twice % a}, {twice % b}]" for a, b in (("1", "2"), ("3", "5"))))
    assert [found.actual.text for found in form.rows if found.actual] == ["4", "7"]


def test_a_row_that_a_form_lacks_is_missing_and_said_with_both_places() -> None:
    form = combined(f"unit: 甲\n{row(target='1', actual='1')}", "unit: 乙", row(level3="乙", target="1", actual="1"))
    assert [(found.level3, found.actual.text) for found in form.rows if found.actual] == [("甲", ""), ("乙", "")]
    assert codes(form) == ["not-in-every-form"] * 4
    first = form.diagnostics[0]
    assert first.says.zh == "乙没有“甲”这一行，别的表有，合并后作缺"
    assert first.span is not None
    assert [first.span.source.name, *(span.source.name for _, span in first.more)] == ["2.yaml", "1.yaml"]


def test_a_placeholder_is_no_row_that_another_form_lacks() -> None:
    blank = "indicators: [{level1: 产出指标, level2: 数量指标, level3: '指标2：'}]"
    form = combined(blank, "unit: 乙")
    assert (len(form.rows), form.rows[0].placeholder, codes(form)) == (1, True, [])


def test_points_have_to_agree() -> None:
    form, outcome = rows(row(target="1", actual="1"), row(target="1", actual="1", points="20"))
    assert (outcome.points, codes(form)) == (None, ["forms-differ"])
    form, _ = rows(row(level1="产出指标（10分）", target="1", actual="1"), row(level1="产出指标（20分）", target="1", actual="1"))
    assert (form.rows[0].level1, codes(form)) == ("产出指标", ["forms-differ"])


def test_points_taken_off_by_hand_have_to_agree() -> None:
    same, other = (row(target="1", actual="1", deducted=taken) for taken in ("2", "3"))
    assert rows(same, same)[1].score == 8
    form, outcome = rows(same, other)
    assert (outcome.status, codes(form)) == ("missing", ["forms-differ"])
    assert rows(same, row(target="1", actual="1"))[1].status == "missing"


def test_notes_stand_side_by_side_and_ids_stay_where_they_agree() -> None:
    form, _ = rows(row(target="1", actual="1", note="雨", id="a"), row(target="1", actual="1", note="雪", id="a"))
    assert form.rows[0].note is not None
    assert (form.rows[0].note.text, form.rows[0].id) == ("雨；雪", "a")
    form, _ = rows(row(target="1", actual="1", id="a"), row(target="1", actual="1", note="……", id="b"))
    assert form.rows[0].note is not None
    assert form.rows[0].id == ""


# --- facts -------------------------------------------------------------------------------------------------------------------------------


def facts(one: str, other: str) -> Form:
    return combined(f"{MONEY}\nfacts: {{{one}}}", f"{MORE}\nfacts: {{{other}}}")


FACTS = [
    ("编制数: 57", "编制数: 43人", "编制数", 100),
    ("编制数: 57", "编制数: 43人", "倍数", 200),
    ("覆盖率: 80%", "覆盖率: 100", "覆盖率", Fraction("0.85")),
    ("人均成本: 200", "人均成本: 100元/人", "人均成本", 175),
    ("得票: 200", "得票: 100", "得票", 175),
    ("提升: 2%", "提升: 3%", "提升", Fraction("0.05")),
    ("加分项: 2", "", "加分项", 2),
    ("编制数: 1", "编制数: 1", "加分项", 0),
    ("编制数: 57", "编制数: 不适用", "编制数", 57),
    ("编制数: 不适用", "编制数: 不适用", "编制数", "not-applicable"),
    ("已公开: 是", "已公开: 是", "已公开", 1),
    ("地区: 中部", "地区: 中部", "地区.中部", 1),
    ("验收: 2024-05-01", "验收: 2024年5月1日", "验收", 739007),
    ("调查: {满意: 30, 一般: 10}", "调查: {一般: 5, 满意: 50}", "调查", (80, 15)),
    ("调查: {满意: 30, 一般: 10}", "调查: {一般: 5, 满意: 50}", "调查.满意", 80),
    ("调查.满意: 30, 调查.一般: 10", "调查.一般: 5, 调查.满意: 50", "调查.一般", 15),
    ("逐年: [1, 2, 3]", "逐年: [10, 20, 30]", "逐年", (11, 22, 33)),
    ("评分: [9, 8]", "评分: [9.0, 8]", "评分", (9, 8)),
    ("名次: 2", "名次: 2", "名次", 2),
]


@pytest.mark.parametrize(("one", "other", "name", "value"), FACTS)
def test_facts_are_added_averaged_or_agree(one: str, other: str, name: str, value: Any) -> None:
    form = facts(one, other)
    assert (fact(form, name), codes(form)) == (value, [])


LOST_FACTS = [
    ("编制数: 57", "覆盖率: 80%", "编制数", ["not-in-every-form"] * 2),
    ("编制数: 57", "编制数: 约43", "编制数", ["unreadable-value"]),
    ("编制数: 57", "编制数: 无", "编制数", ["value-missing"]),
    ("编制数: 57", "编制数: [1, 2]", "编制数", ["fact-shape"]),
    ("已公开: 是", "已公开: 否", "已公开", ["forms-differ"]),
    ("已公开: 是", "已公开: 大概", "已公开", ["unreadable-value"]),
    ("地区: 中部", "地区: 东部", "地区", ["forms-differ"]),
    ("地区: 中部", "地区: 不适用", "地区", ["forms-differ"]),
    ("验收: 2024-05-01", "验收: 2024-05-02", "验收", ["forms-differ"]),
    ("调查: {满意: 30, 一般: 10}", "调查: {满意: 50}", "调查", ["forms-differ"]),
    ("调查: {满意: 30}", "调查: {满意: 50, 很满意: 3}", "调查", ["unknown-part"]),
    ("逐年: [1, 2, 3]", "逐年: [10, 20]", "逐年", ["forms-differ"]),
    ("评分: [9, 8]", "评分: [9, 7]", "评分", ["forms-differ"]),
    ("名次: 2", "名次: 3", "名次", ["forms-differ"]),
    ("加分项: 2人", "加分项: 3%", "加分项", ["forms-differ"]),
]


@pytest.mark.parametrize(("one", "other", "name", "said"), LOST_FACTS)
def test_facts_that_cannot_be_joined_are_missing_and_said(one: str, other: str, name: str, said: list[str]) -> None:
    for first, second in ((one, other), (other, one)):
        form = facts(first, second)
        assert (fact(form, name), codes(form)) == ("missing", said)


def test_a_mean_of_rates_among_the_facts_is_exact() -> None:
    form = combined("budget: {adjusted: 1}\nfacts: {覆盖率: 80%}", "budget: {adjusted: 2}\nfacts: {覆盖率: 81%}")
    found = FactReader(form, PLAN.rules, lambda _: None).fact("覆盖率")
    assert isinstance(found, Fact)
    assert found.value == Fraction(242, 300)
    assert found.cell is not None
    assert found.cell.text == "约80.67%"


# Items and judged scores under the facts, which a checklist and tiers read.
@pytest.mark.parametrize(
    ("one", "other", "id_", "status", "score"),
    [
        ("管理制度: [有制度, 有执行]", "管理制度: {有执行: 是, 有制度: 是}", "system", "scored", 5),
        ("管理制度: [有制度]", "管理制度: [有制度, 有执行]", "system", "missing", None),
        ("印象分: 4", "印象分: 3", "cards", "judged", Fraction("3.75")),
        ("印象分: 4", "编制数: 3", "cards", "missing", None),
        ("印象分: 4", "印象分: 达成", "cards", "missing", None),
    ],
)
def test_items_agree_and_judged_scores_are_averaged(one: str, other: str, id_: str, status: str, score: Any) -> None:
    outcome = next(child for child in evaluate(bind(facts(one, other), PLAN)).root.children if child.id == id_)
    assert (outcome.status, outcome.score) == (status, score)
