"""A number without a unit among numbers that have one: nobody knows whether it is filled in in 元 or in 万元."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.conditions import rules
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

SEVERITY = "advice"
SAYS = Phrase("数据没有写单位", "a fact without a unit")
PAGE = Page(
    what=Phrase(
        "这项数据是一个数，没有写单位；同一个文件里别的数都写了。有选项、公式的数据，列表、日期、是否和文字不在此列。",
        "The fact is a number and has no unit, while others in the same file have one. Choices, formulas, lists, days, yes/no and words need none.",
    ),
    why=Phrase(
        "填表的人不知道要填元还是万元，填错就差一万倍；没有单位，与别的数相加减、相比也查不出单位不合。",
        "Whoever fills it in cannot tell 元 from 万元, which is ten thousand times as much; and nothing finds it added to what does not go with it.",
    ),
    fix=Phrase(
        "写上单位：金额写元或万元，个数写个、人、项，比率写 %，得分写分。",
        "Write the unit: 元 or 万元 for money, 人 or 项 for what is counted, % for a rate, 分 for a score.",
    ),
    wrong="""facts: {到位资金: {unit: 万元}, 计划资金: {}}
indicators:
  - {id: arrived, label: 资金到位率, points: 10, measure: 到位资金 / 计划资金, method: ratio}
""",
    right="""facts: {到位资金: {unit: 万元}, 计划资金: {unit: 万元}}
indicators:
  - {id: arrived, label: 资金到位率, points: 10, measure: 到位资金 / 计划资金, method: ratio}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The facts of the rule file itself, not of its bases."""
    own = [fact for fact in subject.rules.facts if fact.span.source is subject.rules.sources[-1]]
    if not any(fact.unit for fact in own):
        return
    # A level, or a score that somebody gives, is measured in nothing.
    given = {rule.fact for rule in rules(subject)}
    for fact in own:
        if fact.kind == "number" and not (fact.unit or fact.choices or fact.formula or fact.name in given):
            says = Phrase(f"数据 {fact.name} 没有写单位", f"the fact {fact.name} has no unit")
            yield Found(fact.span, says, Phrase("写上单位，如 单位: 万元", "write one, like `unit: 万元`"))
