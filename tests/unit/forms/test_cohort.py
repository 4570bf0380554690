"""Forms held against each other: every number that all of them give, in the first round and in the second, and who takes no part."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from perfscore.forms.cohort import submissions
from perfscore.forms.facts import MAX_BITS
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.model.plan import Plan
from perfscore.model.submission import Submission
from perfscore.ruleset.build import build
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation, evaluate
from perfscore.text.source import Source
from perfscore.verbs import evaluate_cohort

RULES = """
ruleset: test/cohort
version: "1"
facts:
  报道数: {unit: 篇}
  报价: {unit: 万元, default: 100}
  人均: {formula: 报道数 / 人数}
  人数: {unit: 人}
  余: {formula: 报道数 - 均数}
cohort:
  名次: {rank: 报道数}
  最好: {max: 报道数}
  均数: {mean: 报道数}
  均价: {平均: {数据: 报价, 偏差: 30%}}
  人均名次: {名次: {数据: 人均, 第一名: 最低}}
  家数: {count: 报道数}
  最高率: {max: 全年执行数 / 全年预算数}
indicators:
  - {id: news, label: 宣传, points: 50, measure: 报道数 / 最好, method: ratio}
  - {id: rank, label: 位次, points: 20, measure: 名次, method: {bands: ["[1,1]: 20", "(1,2]: 15", "(2,+): 0"]}}
  - {id: each, label: 人均宣传, points: 10, measure: 人均名次, method: {bands: ["[1,1]: 10", "(1,+): 0"]}}
  - {id: price, label: 报价, points: 10, measure: 报价 / 均价, method: {bands: ["[0,1]: 10", "(1,+): 0"]}}
  - {id: above, label: 高于平均, points: 5, measure: 余, method: {bands: ["(-,0): 0", "[0,+): 5"]}}
  - {id: rate, label: 执行, points: 5, measure: 全年执行数 / 全年预算数 / 最高率, method: ratio}
"""


def made(text: str) -> Plan:
    return plan(build(Source("rules.yaml", text), None))


PLAN = made(RULES)


def form(text: str, name: str = "form.yaml") -> Form:
    (found,) = forms_of(Source(name, text, text.encode()))
    assert isinstance(found, Form), found
    return found


def unit(facts: str, budget: str = "{adjusted: 100, executed: 80}") -> Form:
    return form(f"budget: {budget}\nfacts: {{{facts}}}")


def scores(evaluation: Evaluation) -> dict[str, Fraction | None]:
    return {child.id: child.score for child in evaluation.root.children}


def number(submission: Submission, id_: str) -> Any:
    return next(getattr(leaf.measure, "value", None) for leaf in submission.leaves if leaf.id == id_)


def codes(submission: Submission) -> list[str]:
    return [found.code for found in submission.diagnostics]


def test_every_form_is_scored_with_what_all_of_them_tell() -> None:
    units = [
        unit("报道数: 12, 人数: 3, 报价: 90"),
        unit("报道数: 9, 人数: 1, 报价: 110"),
        unit("报道数: 12, 人数: 4", "{adjusted: 100, executed: 40}"),
    ]
    one, two, three = (evaluate(found) for found in submissions(units, PLAN))
    assert scores(one) == {"news": 50, "rank": 20, "each": 0, "price": 10, "above": 5, "rate": 5}
    # The third bids nothing, and the rule set says 100 for it: that is the mean.
    assert scores(two) == {"news": Fraction("37.5"), "rank": 0, "each": 0, "price": 0, "above": 0, "rate": 5}
    assert scores(three) == {"news": 50, "rank": 20, "each": 10, "price": 10, "above": 5, "rate": Fraction("2.5")}


def test_places_are_shared_and_the_next_is_skipped() -> None:
    found = submissions([unit(f"报道数: {one}, 人数: 1") for one in (9, 12, 9, 3)], PLAN)
    assert [number(one, "rank") for one in found] == [2, 1, 2, 4]


def test_rows_can_be_measured_as_facts_are() -> None:
    group = "  - {id: output, label: 产出指标, points: 0, children: [{id: output.rows, label: 数量指标, rows: from-form, method: by-kind}]}"
    counting = RULES.replace("{rank: 报道数}", "{sum: rows.output}") + group
    row = "{level1: 产出指标, level2: 数量指标, level3: 甲, target: 1, actual: 1, points: 0}"
    units = [form(f"facts: {{报道数: 1, 人数: 1}}\nindicators: [{rows}]") for rows in (row, f"{row}, {row}")]
    assert [number(one, "rank") for one in submissions(units, made(counting))] == [3, 3]


# It has no place among the others, learns what all have in common, and is told why.
def test_a_form_without_a_measure_is_left_out_and_says_so() -> None:
    first, lacking, last = submissions([unit("报道数: 12, 人数: 1"), unit("报道数: 无, 人数: 1"), unit("报道数: 3, 人数: 1")], PLAN)
    assert (number(first, "rank"), number(lacking, "rank"), number(last, "rank")) == (1, None, 2)
    assert codes(first) == codes(last) == []
    assert codes(lacking) == ["value-missing", "not-compared", "not-compared"]
    told = [found for found in lacking.diagnostics if found.code == "not-compared"]
    # What is measured once is said once, however many numbers are made of it.
    assert told[0].says.zh.startswith("名次、最好、均数、家数：报道数 填的是 无")
    assert told[1].says.en.startswith("人均名次: ")
    assert {str(found.span) for found in lacking.diagnostics} == {"form.yaml:2:14"}
    assert {leaf.id: leaf.measure.why.zh for leaf in lacking.leaves if leaf.id == "rank"} == {  # type: ignore[union-attr]
        "rank": "算不出 名次：这张表没有要比的数"
    }


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("facts: {人数: 1}", "form.yaml:1:1"),
        ("budget: {adjusted: 0, executed: 5}\nfacts: {报道数: 1, 人数: 1}", "form.yaml:1:20"),
        ("budget: {adjusted: 5, executed: 约5}\nfacts: {报道数: 1, 人数: 1}", "form.yaml:1:33"),
        ("budget: {adjusted: 5, executed: 5}\nfacts: {报道数: 1, 人数: 0}", "form.yaml:2:21"),
        ("budget: {adjusted: 5, executed: 5}\nfacts: {报道数: 不适用, 人数: 1}", "form.yaml:2:14"),
    ],
)
def test_what_is_left_out_is_said_at_the_cell_that_gives_no_number(text: str, place: str) -> None:
    (found,) = submissions([form(text)], PLAN)
    assert place in [str(one.span) for one in found.diagnostics if one.code == "not-compared"]


def test_what_is_odd_in_a_form_is_said_once_for_both_rounds() -> None:
    (found,) = submissions([unit("报道数: 约5, 人数: 1")], PLAN)
    assert sorted(codes(found)) == ["not-compared", "not-compared", "unreadable-value"]


def test_a_number_that_all_give_comes_before_one_that_the_form_states() -> None:
    (found,) = submissions([unit("报道数: 5, 人数: 1, 名次: 7")], PLAN)
    assert number(found, "rank") == 1


# The mean of a hundred rates has thousands of digits; a form whose numbers are fine must not be told that they are too many.
def test_a_mean_of_many_rates_is_not_too_large_to_be_used() -> None:
    units = [unit("报道数: 1, 人数: 1", f"{{adjusted: {10**9 + 2 * number + 1}, executed: 1}}") for number in range(60)]
    rates = made(RULES.replace("{max: 全年执行数 / 全年预算数}", "{mean: 全年执行数 / 全年预算数}"))
    found = submissions(units, rates)
    assert codes(found[0]) == ["unit-suspect"]
    value = number(found[0], "rate")
    assert value.denominator.bit_length() > MAX_BITS
    assert value * sum(Fraction(1, 10**9 + 2 * number + 1) for number in range(60)) / 60 == Fraction(1, 10**9 + 1)


def test_of_no_forms_there_is_nothing() -> None:
    assert submissions([], PLAN) == []
    assert evaluate_cohort([], PLAN) == []


# --- quotas ------------------------------------------------------------------------------------------------------------------------------

GRADED = """
ruleset: test/graded
version: "1"
facts: {严重问题: {kind: truth, default: 否}}
grades:
  - {label: 优, range: "[90,100]", quota: 30%}
  - {label: 良, range: "[80,90)", quota: 40%}
  - {label: 中, range: "[60,80)"}
  - {label: 差, range: "[0,60)"}
indicators: [{id: a, label: 甲, points: 100, measure: 全年执行数, method: direct}]
"""
QUOTAS = made(GRADED)


def graded(totals: list[Any], planned: Plan = QUOTAS) -> list[Evaluation]:
    found = evaluate_cohort([form(f"budget: {{executed: {total}}}" if total is not None else "unit: 甲") for total in totals], planned)
    assert all(isinstance(one, Evaluation) for one in found)
    return found  # type: ignore[return-value]


def labels(totals: list[Any], planned: Plan = QUOTAS) -> str:
    return "".join("?" if one.grade is None else one.grade.label.zh for one in graded(totals, planned))


@pytest.mark.parametrize(
    ("totals", "grades"),
    [
        # 30 % of ten is three.
        ([99, 98, 97, 96, 95, 70, 50, 50, 50, 50], "优优优良良中差差差差"),
        ([95, 96, 50, 97, 50, 70, 98, 50, 99, 50], "良良差优差中优差优差"),
        # 30 % of nine is 2.7, and a quota is a limit: two.
        ([99, 98, 97, 50, 50, 50, 50, 50, 50], "优优良差差差差差差"),
        # Two equal ones do not both fit in the third place, so that none does; nobody moves up into it.
        ([99, 98, 97, 97, 95, 70, 50, 50, 50, 50], "优优良良良中差差差差"),
        ([99, 99, 99, 99, 50, 50, 50, 50, 50, 50], "良良良良差差差差差差"),
        # Who falls comes up for the next grade with its total: four of 良, then 中.
        ([99, 98, 97, 96, 95, 94, 93, 92, 91, 50], "优优优良良良良中中差"),
        ([99, 98, 97, 96, 89, 88, 87, 86, 85, 50], "优优优良良良良中中差"),
        # Fewer than the quota: nothing happens.
        ([99, 98, 85, 50, 50, 50, 50], "优优良差差差差"),
        # A cohort of one or two has no place for it.
        ([99], "中"),
        ([99, 85], "中中"),
        ([59, 58], "差差"),
    ],
)
def test_at_most_so_many_have_a_grade(totals: list[Any], grades: str) -> None:
    assert labels(totals) == grades


def test_who_does_not_keep_a_grade_is_told_why() -> None:
    from perfscore.scoring.quotas import told

    found = graded([99, 98, 97, 96, 95, 94, 93, 92, 91, 50])
    assert [len(one.placed) for one in found] == [0, 0, 0, 1, 1, 1, 1, 2, 2, 0]
    first, second = found[7].placed
    assert (first.grade.label.zh, first.most, first.of, first.claims, first.certain) == ("优", 3, 10, 9, True)
    assert (second.grade.label.zh, second.most, second.of, second.claims, second.certain) == ("良", 4, 10, 6, True)
    assert "优”的名额是全体的 30%：10 张表中最多 3 张，够得上的有 9 张" in told(first).zh
    assert "the quota of 优 is 30% of all: 3 of 10 forms at most, and 9 come up for it" in told(first).en
    assert found[7] != found[7].regraded(found[7].grade, ())


UNDECIDED = [
    # A form with an open total may take the third place, or not.
    ([99, 98, 97, None, 50, 50, 50, 50, 50, 50], "优优??差差差差差差"),
    # Above every other total, it may push out the third, and no one else.
    ([99, 98, 97, 96, None, 50, 50, 50, 50, 50], "优优?良?差差差差差"),
    # There is room for all.
    ([99, 98, None, 50, 50, 50, 50, 50, 50, 50], "优优?差差差差差差差"),
    ([None, None, None, 50, 50, 50, 50, 50, 50, 50], "???差差差差差差差"),
    # Two open ones can be better than the second, but leave the first the third place.
    ([99, 98, None, None, 50, 50, 50, 50, 50, 50], "优???差差差差差差"),
]


@pytest.mark.parametrize(("totals", "grades"), UNDECIDED)
def test_a_grade_that_an_open_total_could_take_is_open(totals: list[Any], grades: str) -> None:
    assert labels(totals) == grades


def test_who_may_lose_a_grade_is_told_that_nobody_can_tell() -> None:
    from perfscore.scoring.quotas import told

    found = graded([99, 98, 97, None, 50, 50, 50, 50, 50, 50])
    (only,) = found[2].placed
    assert (only.certain, only.claims) == (False, 4)
    assert "还不能确定" in told(only).zh
    assert "cannot be told yet" in told(only).en


# Its total is between 85 and 96: whatever it is, three are better, and 优 is out of its reach.
def test_an_open_total_settles_a_grade_where_it_changes_nothing() -> None:
    open_ = GRADED.replace("points: 100,", "points: 85,").replace(
        "indicators: [", "indicators: [{id: b, label: 乙, points: 15, measure: 全年预算数, method: direct}, "
    )
    planned = made(open_)
    units = ["adjusted: 15, executed: 84", "adjusted: 15, executed: 83", "adjusted: 15, executed: 82", "executed: 81"]
    cohort = evaluate_cohort([form(f"budget: {{{one}}}") for one in [*units, *["executed: 0, adjusted: 0"] * 6]], planned)
    assert [one.grade and one.grade.label.zh for one in cohort[:4]] == ["优", "优", "优", "良"]  # type: ignore[union-attr]
    assert cohort[3].score is None  # type: ignore[union-attr]


def gated(effect: str) -> Plan:
    return made(f"{GRADED}gates: [{{id: g, when: 严重问题, effect: {{{effect}}}}}]")


def with_gate(planned: Plan, totals: list[int], problem: Callable[[int], str]) -> str:
    units = [form(f"budget: {{executed: {total}}}\nfacts: {{严重问题: {problem(place)}}}") for place, total in enumerate(totals)]
    return "".join("?" if one.grade is None else one.grade.label.zh for one in evaluate_cohort(units, planned))  # type: ignore[union-attr]


# A gate speaks before the quota: who may not be 优 takes up no place there, and who is put there takes one up by its total.
def test_gates_come_before_quotas() -> None:
    totals = [99, 98, 97, 96, 50, 50, 50, 50, 50, 50]
    assert with_gate(gated("grade-cap: 良"), totals, lambda place: "是" if place == 0 else "否") == "良优优优差差差差差差"
    assert with_gate(gated("grade: 优"), totals, lambda place: "是" if place == 9 else "否") == "优优优良差差差差差良"
    assert with_gate(gated("requires: 先自评"), totals, lambda place: "是" if place == 0 else "否") == "?优优优差差差差差差"
    assert with_gate(gated("requires: 先自评"), totals, lambda place: "大概" if place == 0 else "否") == "?优优?差差差差差差"


def test_a_quota_of_the_lowest_grade_takes_nobody_further_down() -> None:
    lowest = made(
        GRADED.replace('range: "[0,60)"', 'range: "[0,60)", quota: 10%').replace("quota: 30%", "quota: 100%").replace("quota: 40%", "quota: 100%")
    )
    assert labels([50, 50, 50, 95], lowest) == "差差差优"


def test_a_total_outside_all_grades_has_none() -> None:
    above = made(GRADED.replace('  - {label: 差, range: "[0,60)"}\n', ""))
    assert labels([99, 50, 98, 97], above) == "优?良中"
