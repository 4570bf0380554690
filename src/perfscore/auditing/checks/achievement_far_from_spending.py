"""Outputs that are far ahead of the money spent, or far behind it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.auditing.spending import spending
from perfscore.auditing.subject import Subject, execution
from perfscore.auditing.wording import shown
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.numbers import added
from perfscore.text.phrase import Phrase

SEVERITY = "advice"
SAYS = Phrase("产出与支出进度相差太大", "outputs far ahead of the money, or behind it")
PAGE = Page(
    what=Phrase(
        "产出指标的得分率与预算执行率相差超过 10 个百分点。",
        "What the outputs earned of their points is more than 10 percentage points away from the execution rate.",
    ),
    why=Phrase(
        "钱没有花而事都做完了，多半是预算编大了或款没有付；钱花完了而事没有做完，要说明为什么。",
        "All done with the money not spent: the budget was too large, or bills are unpaid. All spent with the work not done needs a reason.",
    ),
    fix=Phrase("核对两边的数；属实的在偏差原因里说明。", "Check both sides; if they are right, give the reason in the notes."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
budget: {adjusted: 100, executed: 60}
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: 10套, actual: 10套, points: 50, reported: 50}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
budget: {adjusted: 100, executed: 95}
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: 10套, actual: 10套, points: 50, reported: 50}
""",
)

#: Ten percentage points, as monitoring of budgets has it.
FAR = Fraction(1, 10)


def check(subject: Subject) -> Iterator[Found]:
    """The outputs of the indicator table together, against the execution rate held at 100 %."""
    found, budget = spending(subject), subject.form.budget
    if found is None or budget is None or budget.executed is None:
        return
    outputs = [line for line in subject.lines if line.leaf.row is not None and "产出" in line.leaf.row.level1 and not execution(line.leaf)]
    counting = [line for line in outputs if line.outcome.status != "not-applicable"]
    points = added(line.leaf.points or Fraction(0) for line in counting)
    scores = [line.outcome.score for line in counting if line.outcome.score is not None]
    if not points or len(scores) < len(counting) or any(line.leaf.points is None for line in counting):
        return
    rate, share = min(found.rate, Fraction(1)), added(scores) / points
    if abs(share - rate) <= FAR:
        return
    done, spent = shown(share * 100, "%"), shown(rate * 100, "%")
    ahead = share > rate
    says = Phrase(
        f"产出得分率 {done}，预算执行率 {spent}：{'产出远快于支出' if ahead else '钱用了，产出没有跟上'}",
        f"the outputs earned {done} of their points, {spent} of the budget was spent: {'far ahead of' if ahead else 'far behind'} the money",
    )
    hint = (
        Phrase("说明钱为什么没有用完：节约、未结算，还是预算编大了", "say why the money is left: saved, not yet paid, or too large a budget")
        if ahead
        else Phrase("说明产出为什么没有完成", "say why the outputs were not reached")
    )
    yield Found(budget.executed.span, says, hint)
