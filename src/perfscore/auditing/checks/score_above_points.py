"""A printed score that is more than its points."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.printed import number
from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

SEVERITY = "error"
#: More than everything is wrong whatever the rule gives, and is said so.
INSTEAD_OF = ("score-differs", "total-differs", "value-unread")
SAYS = Phrase("得分超过分值", "a score above its points")
PAGE = Page(
    what=Phrase("一行的得分比它的分值还高，或总得分比总分值还高。", "A row has more than its points, or the total is more than all points."),
    why=Phrase("得分最多等于分值；加分项另列，不算在内。", "Full points are the most there is; bonus items stand apart and are not meant."),
    fix=Phrase("核对得分和分值是否填错一位或错了行。", "Check whether a digit slipped, or a line."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: ≥120套, actual: 120套, points: 5, reported: 50}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: ≥120套, actual: 120套, points: 50, reported: 50}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The score of every line, the judge's too, and the total."""
    for line in subject.lines:
        row, points = line.leaf.row, line.leaf.points
        if not line.counts or points is None:
            continue
        judged = row.judged if row is not None else None
        for cell, score in ((line.reported, line.claimed), *([(judged, number(judged))] if judged is not None else [])):
            # Rules may give more than the points, if only because they round: what they give is no fault of the form.
            if cell is not None and score is not None and score > points and score > line.own.bounds[1]:
                label, much, most = line.leaf.label, format_number(score), format_number(points)
                says = Phrase(f"“{label.zh}”得 {much} 分，分值只有 {most} 分", f"“{label.en}” has a score of {much}, and its points are {most}")
                yield Found(
                    cell.span, says, more=() if row is None or row.points is None else ((Phrase("分值在这里", "the points"), row.points.span),)
                )
    declared, total = subject.form.reported.points, subject.form.reported.score
    points, score = number(declared), number(total)
    beyond = any(line.leaf.beyond is not None for line in subject.lines)
    if declared is None or total is None or points is None or score is None or beyond:
        return
    if score > points and score > subject.evaluation.bounds[1]:
        says = Phrase(
            f"总得分 {format_number(score)}，总分值只有 {format_number(points)}",
            f"the total is {format_number(score)}, and all points are {format_number(points)}",
        )
        yield Found(total.span, says, more=((Phrase("总分值在这里", "the points"), declared.span),))
