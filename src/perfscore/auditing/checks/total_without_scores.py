"""A printed total behind which there are no scores."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.printed import number
from perfscore.auditing.subject import Subject, execution
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

SEVERITY = "warning"
SAYS = Phrase("有总分而没有各项得分", "a total without scores behind it")
PAGE = Page(
    what=Phrase(
        "表上印了总得分，各行却没有得分，按规则也算不出总分：这个总分没有任何东西支持。",
        "A total is printed, no row has a score, and the rules cannot give one: nothing supports the total.",
    ),
    why=Phrase("总分是各项得分之和；没有各项，98 分和 60 分一样无从核对。", "A total is the sum of scores; without them 98 is as good as 60."),
    fix=Phrase("补填各行的分值和得分。", "Fill in points and scores of the rows."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
budget: {adjusted: 100, executed: 100, reported: 10}
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: 10套, actual: 10套}
reported: {score: 98}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
budget: {adjusted: 100, executed: 100, reported: 10}
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: 10套, actual: 10套, points: 50, reported: 50}
reported: {score: 60}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The total, where only the execution of the budget has a score and the rules leave the rest open."""
    cell = subject.form.reported.score
    total = number(cell)
    if cell is None or total is None or subject.evaluation.score is not None:
        return
    if any(line.claimed is not None for line in subject.lines if not execution(line.leaf)):
        return
    low, high = map(format_number, subject.evaluation.bounds)
    rows = any(not row.placeholder for row in subject.form.rows)
    lacking = Phrase("各行都没有得分", "no row has a score") if rows else Phrase("表上没有指标行", "there are no rows")
    says = Phrase(
        f"总得分印的是 {format_number(total)}，{lacking.zh}；按规则只知道在 {low} 到 {high} 之间",
        f"the total is printed as {format_number(total)}, and {lacking.en}: by the rules it lies between {low} and {high}",
    )
    yield Found(cell.span, says, Phrase("补填各行的分值和得分", "fill in points and scores of the rows"))
