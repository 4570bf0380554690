"""
What is true of the numbers of the five published reports, worked out by hand before there was a program, against what an audit says of them.

Every number that can be held against others stands here with its verdict: one that differs is found, one that agrees or differs by rounding only
raises nothing.
"""

from functools import cache

import pytest

import perfscore as ps
from perfscore.auditing.run import Audit, audit
from perfscore.text.diagnostic import Verdict
from tests.architecture.tree import ROOT

A: Verdict = "agrees"
R: Verdict = "rounding-only"
D: Verdict = "differs"

#: A file, the form in it, what a number is called, how it is printed, and the verdict.
TABLE: tuple[tuple[str, int, str, str, Verdict], ...] = (
    ("wangcheng-2021", 0, "收入调整预算数", "55443.06万元", A),
    ("wangcheng-2021", 0, "支出调整预算数", "55443.06万元", A),
    ("wangcheng-2021", 0, "基本支出", "1350.88万元", R),
    ("wangcheng-2021", 0, "项目支出", "54092.18万元", A),
    ("wangcheng-2021", 0, "增设电梯完成率", "106%", A),
    ("wangcheng-2021", 0, "实有人数", "105人", A),
    ("wangcheng-2021", 0, "在职人员（编制减空编）", "43人", D),
    ("yuelu-2022", 0, "调整后预算数", "4183.83万元", A),
    ("yuelu-2022", 0, "基本支出", "1155.05", A),
    ("yuelu-2022", 0, "资金结构", "4183.83", A),
    ("yuelu-2022", 0, "基本支出", "1150.05万元", A),
    ("yuelu-2022", 0, "决算总支出", "4183.83万元", D),
    ("yuelu-2022", 0, "基本支出（正文与表）", "1150.05万元", D),
    ("yuelu-2022", 0, "总得分", "100", D),
    ("yuelu-2022", 0, "总分值", "100", D),
    ("huaihua-2024", 0, "执行率", "79.54%", A),
    ("huaihua-2024", 0, "预算执行率", "7.95", A),
    ("huaihua-2024", 0, "支出决算数", "1403.23万元", A),
    ("huaihua-2024", 0, "总得分", "95.95", A),
    ("huaihua-2024", 0, "等级", "优", A),
    ("huaihua-2024", 0, "基本支出成本控制", "10", A),
    ("huaihua-2024", 0, "项目支出成本控制", "10", A),
    ("huaihua-2024", 0, "工作任务完成数量", "15", A),
    ("huaihua-2024", 0, "受益群众及职工满意度", "10", A),
    ("huaihua-2024", 0, "项目支出年初预算数（其中各项）", "2680.1万元", D),
    ("huaihua-2024", 0, "灭治施工处数", "13处", D),
    ("huaihua-2024", 0, "在职人员控制率", "89.47%", A),
    ("huaihua-2024", 0, "“三公”经费完成预算", "111.29%", A),
    ("huaihua-2024", 0, "维修资金追缴完成率", "54%", A),
    ("huaihua-2024", 0, "公租房后续管理专项资金使用率", "83.91%", A),
    ("huaihua-2024", 0, "白蚁防治专项资金使用率", "8.96%", A),
    ("huaihua-2024", 0, "按经济分类支出合计", "1403.23万元", A),
    ("kaifu-2020", 0, "专项经费资金使用率", "57.64%", A),
    ("kaifu-2020", 0, "部门预算资金使用率", "63.52%", A),
    ("kaifu-2020", 0, "执行率", "63.52%", A),
    ("kaifu-2020", 0, "“三公”经费决算数比预算数", "-75.56%", A),
    ("kaifu-2020", 0, "业务工作经费执行率", "98.88%", D),
    ("kaifu-2020", 0, "业务工作经费结余", "2.38万元", R),
    ("kaifu-2020", 0, "基本支出", "3740.11万元", R),
    ("kaifu-2020", 0, "基本支出超出年初预算", "347.86万元", A),
    ("kaifu-2020", 0, "业务工作经费 13 项", "180.03万元", A),
    ("kaifu-2020", 0, "等级", "优", A),
    ("hetang-2022", 0, "执行率", "100%", A),
    ("hetang-2022", 0, "预算执行率", "10", A),
    ("hetang-2022", 0, "按收入性质", "125.98", D),
    ("hetang-2022", 0, "按支出性质", "135.28", A),
    ("hetang-2022", 0, "基本支出", "74.71万元", R),
)


@cache
def audited(name: str) -> tuple[Audit, ...]:
    return tuple(audit(result.evaluation) for result in ps.evaluate_many(ps.read_many(ROOT / "examples" / f"{name}.yaml")))


@pytest.mark.parametrize("name, which, label, printed, verdict", TABLE)
def test_every_number_has_the_verdict_that_was_worked_out(name: str, which: int, label: str, printed: str, verdict: Verdict) -> None:
    done = audited(name)[which]
    said = [(one, one.evidence) for one in done.compared if one.evidence is not None]
    mine = [(one, evidence) for one, evidence in said if (evidence.label.zh, evidence.printed) == (label, printed)]
    assert mine, [(evidence.label.zh, evidence.printed) for _, evidence in said]
    # One number may be held against several: the lines below it, and another way of adding up.
    worst = max((evidence.verdict for _, evidence in mine), key=(None, A, R, D).index)
    assert worst == verdict
    told = {(one.says, one.span) for one in done.review.findings}
    assert all(((one.says, one.span) in told) is (evidence.verdict == D) for one, evidence in mine)


# What differs without a claim that says so: two ways of adding up one budget, a column that holds another one, a total over other points.
@pytest.mark.parametrize(
    "name, which, code",
    [
        ("hetang-2022", 0, "parts-differ"),
        ("hetang-2022", 0, "total-without-scores"),
        ("hetang-2022", 0, "control-rate-blank"),
        ("hetang-2022", 1, "satisfaction-without-unit"),
        ("yuelu-2022", 0, "initial-for-adjusted"),
        ("yuelu-2022", 0, "points-not-the-rules"),
        ("yuelu-2022", 0, "cost-measures-no-cost"),
        ("huaihua-2024", 0, "points-lost-without-reason"),
        ("huaihua-2024", 0, "far-above-target-without-reason"),
        ("huaihua-2024", 0, "cost-full-while-little-spent"),
        ("wangcheng-2021", 0, "dated-before-year-end"),
        ("wangcheng-2021", 0, "total-without-scores"),
    ],
)
def test_what_the_numbers_alone_do_not_show_is_found(name: str, which: int, code: str) -> None:
    assert code in [one.code for one in audited(name)[which].review.findings]


# A number that is held against others and that nobody worked out by hand must not be found wrong unseen.
def test_nothing_else_differs() -> None:
    known = {(name, label, printed) for name, _, label, printed, verdict in TABLE if verdict == D}
    for name in {row[0] for row in TABLE}:
        for done in audited(name):
            for one in done.compared:
                if one.evidence is not None and one.evidence.verdict == D:
                    assert (name, one.evidence.label.zh, one.evidence.printed) in known | MORE


#: What came out beside the table, each checked: 10 + 16 + 12 is 38 and not 39; 2600 + 120 cases are listed under 891; points of groups and of all.
MORE = {
    ("kaifu-2020", "租赁住房奖补项目数", "39个"),
    ("wangcheng-2021", "应急联动平台案件（其中各项）", "891宗"),
}
