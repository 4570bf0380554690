"""A printed score below 0."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.printed import number
from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

SEVERITY = "error"
INSTEAD_OF = ("score-differs", "total-differs", "value-unread")
SAYS = Phrase("得分是负数", "a score below 0")
PAGE = Page(
    what=Phrase("一行的得分，或总得分，是负数。", "The score of a row, or the total, is below 0."),
    why=Phrase(
        "扣分扣完为止，得分最少是 0；减分项另列，不算在内。", "Points are taken until none are left; malus items stand apart and are not meant."
    ),
    fix=Phrase("得分改为 0，或把扣减写在减分项里。", "Write 0, or put the deduction where the rules have one."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: ≥120套, actual: 0套, points: 50, reported: -5}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: ≥120套, actual: 0套, points: 50, reported: 0}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The score of every line whose rule cannot give less than 0, and the total."""
    lowest = subject.evaluation.bounds[0]
    for line in subject.lines:
        below = line.leaf.curve is not None and line.leaf.curve.least < 0
        if line.claimed is not None and line.claimed < 0 and line.reported is not None and line.leaf.beyond is None and not below:
            label, score = line.leaf.label, format_number(line.claimed)
            yield Found(line.reported.span, Phrase(f"“{label.zh}”的得分是 {score}，最少是 0", f"“{label.en}” has a score of {score}; the least is 0"))
    cell = subject.form.reported.score
    total = number(cell)
    if cell is not None and total is not None and total < 0 <= lowest:
        yield Found(cell.span, Phrase(f"总得分是 {format_number(total)}，最少是 0", f"the total is {format_number(total)}; the least is 0"))
