"""A target and an actual value that cannot be compared, because they are of different kinds."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

SEVERITY = "warning"
SAYS = Phrase("指标值与完成值不是一类", "target and actual value of different kinds")
PAGE = Page(
    what=Phrase(
        "指标值和完成值的计量单位不是一类（8个 与 100%），或一个是数、一个是文字，无法比较，这一行没有参加评分。",
        "Target and actual value are in units of different kinds (8个 and 100%), or one of them is words: they were not compared, and the row has no score.",
    ),
    why=Phrase(
        "不能比较的两个值，得不出完成率；印出的得分没有依据。",
        "What cannot be compared gives no achievement, and a score printed there rests on nothing.",
    ),
    fix=Phrase("两者写成同一类；百分数要写 %。", "Write both in one kind; a rate needs its %."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 完成任务, target: 8个, actual: 100%, points: 50, reported: 50}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 完成任务, target: 8个, actual: 8个, points: 50, reported: 50}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """What was said of every row whose two values were held against each other in vain."""
    for one in subject.evaluation.submission.diagnostics:
        if one.code in ("kinds-differ", "unit-differs"):
            yield Found(one.span or subject.form.span, one.says, one.hint, one.more)
