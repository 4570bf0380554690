"""A condition that always holds: it decides nothing, and what stands for the other case is never used."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.conditions import conditions
from perfscore.linting.domains import Domains
from perfscore.linting.scores import scores
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

SEVERITY = "warning"
SAYS = Phrase("条件永远成立", "a condition always holds")
PAGE = Page(
    what=Phrase(
        "情形、关口或适用条件里的判断，按数据能取的数永远成立：数据是数的不小于 0（变动率、差额除外），总得分不超过总分值。",
        "The condition of a variant, a gate or an indicator holds for every number that its facts can be: facts are 0 or more "
        "(but for rates of change and differences), and a total is at most the points.",
    ),
    why=Phrase(
        "条件没有起作用：本该排除 0 的没有排除，关口人人都过不去，后面的情形永远轮不到。",
        "It decides nothing: a 0 that it should keep out comes in, a gate hits everybody, and the variants behind it never count.",
    ),
    fix=Phrase("多半是 >= 应写作 >；确实不需要条件的，删去。", "Mostly >= should be >; if no condition is needed, take it out."),
    wrong="""facts: {批准面积: {unit: ㎡}, 实际面积: {unit: ㎡}}
indicators:
  - id: area
    label: 面积控制率
    points: 5
    applicable: 批准面积 >= 0
    measure: 实际面积 / 批准面积
    method: {deduction: {full: "≤100%", every: 5%, lose: 1}}
""",
    right="""facts: {批准面积: {unit: ㎡}, 实际面积: {unit: ㎡}}
indicators:
  - id: area
    label: 面积控制率
    points: 5
    applicable: 批准面积 > 0
    measure: 实际面积 / 批准面积
    method: {deduction: {full: "≤100%", every: 5%, lose: 1}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The conditions that hold whatever the facts are."""
    domains = Domains(subject.rules, scores(subject))
    for one in conditions(subject):
        if domains.holds(one.when) is True:
            says = Phrase(f"{one.decides.zh}：条件 {one.when.text} 永远成立", f"{one.decides.en}: the condition {one.when.text} always holds")
            yield Found(one.when.span, says, Phrase("检查不等号；不需要条件的删去", "check the comparison; take out what is not needed"))
