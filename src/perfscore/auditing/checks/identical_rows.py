"""The same row twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.form import Cell, Row
from perfscore.model.page import Page
from perfscore.text.fold import bare, fold_label
from perfscore.text.phrase import Phrase

SEVERITY = "warning"
SAYS = Phrase("两行完全相同", "two rows alike")
PAGE = Page(
    what=Phrase("两行的三级指标、指标值和完成值都相同。", "Two rows have the same name, target and actual value."),
    why=Phrase("同一件事计了两次分，或者有一行抄错了。", "One thing counts twice, or a row was copied and not changed."),
    fix=Phrase("删去一行，或把名称写得能分清。", "Take one out, or name them apart."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: 10套, actual: 10套, points: 25}
  - {level3: 维修房屋, target: 10套, actual: 10套, points: 25}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋（东区）, target: 10套, actual: 10套, points: 25}
  - {level3: 维修房屋（西区）, target: 10套, actual: 10套, points: 25}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every row that repeats one above it; rows without values are not meant."""
    first: dict[tuple[str, str, str], Row] = {}
    targets = [_text(row.target) for row in subject.form.rows]
    often = Counter(targets)
    for row, target in zip(subject.form.rows, targets, strict=True):
        if often[target] == 1 or row.placeholder or not row.applies:
            continue
        actual = _text(row.actual)
        if not (target or actual):
            continue
        name = fold_label(row.level3)[0]
        before = first.setdefault((name, target, actual), row)
        if before is row:
            continue
        says = Phrase(f"“{name}”与前面一行的名称、指标值、完成值都相同", f"“{name}” has the name, target and actual value of a row above")
        yield Found(
            row.span,
            says,
            Phrase("删去一行，或把名称写得能分清", "take one out, or name them apart"),
            ((Phrase("前面一行", "the other row"), before.span),),
        )


def _text(cell: Cell | None) -> str:
    return "" if cell is None else bare(cell.text)
