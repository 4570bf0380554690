"""A score of a row that has no actual value."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.form import Cell
from perfscore.model.measure import Absence, Judged
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Blank, format_number, read_printed

SEVERITY = "warning"
SAYS = Phrase("没有完成值却有得分", "a score without an actual value")
PAGE = Page(
    what=Phrase(
        "一行有自评得分，实际完成值却空着；或者指标值、完成值都空着。", "A row claims a score, and its actual value is blank, or its target too."
    ),
    why=Phrase("没有完成值，得分无从算起，也无从核对。", "Without an actual value there is nothing that the score could come from."),
    fix=Phrase(
        "补填完成值；没有做的写 0 并记 0 分，不考核的写“不适用”。", "Fill it in; write 0 where nothing was done, 不适用 where the row does not apply."
    ),
    wrong="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 满意度指标, level2: 服务对象满意度指标, level3: 住户满意度, target: ≥90%, actual: "", points: 10, reported: 10}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 满意度指标, level2: 服务对象满意度指标, level3: 住户满意度, target: ≥90%, actual: 95.2%, points: 10, reported: 10}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every row with points claimed for nothing; one that facts, a tier or a judge measure needs no actual value of its own."""
    for line in subject.lines:
        row = line.leaf.row
        if row is None or line.reported is None or not line.claimed or not isinstance(line.leaf.measure, Absence | Judged):
            continue
        elsewhere = row.tier is not None or row.judged is not None
        if elsewhere or not row.applies or not _blank(row.actual) or (not line.leaf.rule.open and _blank(row.target)):
            continue
        label, much = line.leaf.label, format_number(line.claimed)
        what = Phrase("没有指标值和完成值", "neither target nor actual value") if _blank(row.target) else Phrase("没有完成值", "no actual value")
        says = Phrase(f"“{label.zh}”{what.zh}，自评却有 {much} 分", f"“{label.en}” has {what.en}, yet {much} points are claimed")
        yield Found(line.reported.span, says, Phrase("补填完成值，或不计分", "fill in the actual value, or claim nothing"))


def _blank(cell: Cell | None) -> bool:
    return cell is None or (cell.value is None and isinstance(read_printed(cell.text), Blank))
