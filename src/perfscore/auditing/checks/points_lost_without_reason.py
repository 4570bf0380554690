"""Points that are missing from a row, and no reason given."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.reasons import lost, reason
from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

SEVERITY = "warning"
SAYS = Phrase("扣了分没有写原因", "points lost without a reason")
PAGE = Page(
    what=Phrase(
        "一行没有得满分，“偏差原因分析及改进措施”却空着，或只写“无”“/”“无偏差”。",
        "A row has less than its points, and its 偏差原因 is blank, or says 无, / or that there is no deviation.",
    ),
    why=Phrase(
        "没有完成指标的，要写明原因和改进措施（财预〔2020〕10号）；没有原因，看不出该不该扣。",
        "What falls short has to be explained, with what will be done about it (财预〔2020〕10号).",
    ),
    fix=Phrase("写明没有完成的原因和改进措施。", "Say why the target was missed and what will be done."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 效益指标, level2: 社会效益指标, level3: 居住条件改善, target: 效果明显, actual: 效果良好, points: 30, reported: 24, note: 无}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 效益指标, level2: 社会效益指标, level3: 居住条件改善, target: 效果明显, actual: 效果良好, points: 30, reported: 24, note: 两户未搬迁}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every row below its points; the budget table has no place for a reason, and indicators without a row have none either."""
    for line in subject.lines:
        row, points = line.leaf.row, line.leaf.points
        if row is None or points is None or not lost(line) or reason(row.note):
            continue
        score = line.claimed if line.claimed is not None else line.own.score
        if score is None:
            continue
        label, much, most = line.leaf.label, format_number(score), format_number(points)
        printed = Phrase("自评" if line.claimed is not None else "按规则", "claims" if line.claimed is not None else "has by rule")
        says = Phrase(
            f"“{label.zh}”{printed.zh} {much} 分，少于分值 {most} 分，没有写偏差原因",
            f"“{label.en}” {printed.en} {much} of {most} points, and gives no reason",
        )
        cell = row.note or row.reported or row.actual or row.points
        yield Found(row.span if cell is None else cell.span, says, Phrase("写明原因和改进措施", "say why, and what will be done"))
