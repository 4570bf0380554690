"""A satisfaction rate whose target has no unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Quantity, fold_label, format_number, read_printed

SEVERITY = "warning"
SAYS = Phrase("满意度指标值没有单位", "a satisfaction target without a unit")
PAGE = Page(
    what=Phrase(
        "满意度的指标值是一个大于 1 的数，没有写 %，也没有写分。", "The target of a satisfaction rate is a number above 1 with neither % nor 分."
    ),
    why=Phrase(
        "≥100 是 100%、100 分还是 100 人，看不出来；与带 % 的完成值也无法比较。",
        "≥100 may be per cent, points or people, and cannot be compared with an actual value in %.",
    ),
    fix=Phrase("写作 ≥90%；按分计的写“分”。", "Write ≥90%, or 分 where it is in points."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 满意度指标, level2: 服务对象满意度指标, level3: 居民满意度, target: ≥100, points: 10}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 满意度指标, level2: 服务对象满意度指标, level3: 居民满意度, target: ≥90%, points: 10}
""",
)

#: A rate by its name, and not the number of forms that were handed out.
_RATE = re.compile(r"满意[度率](?!.*[数量]$)")


def check(subject: Subject) -> Iterator[Found]:
    """Every row that is called a satisfaction rate."""
    for row in subject.form.rows:
        # Few names have the first letter of it, and folding all of them takes long.
        if "满" not in row.level3 or row.target is None or not row.applies or not _RATE.search(fold_label(row.level3)[0]):
            continue
        read = row.target.value or read_printed(row.target.text)
        if not isinstance(read, Quantity) or read.unit is not None or max(read.low or 0, read.high or 0) <= 1:
            continue
        number = format_number(read.spoken) if read.spoken is not None else row.target.text.strip()
        says = Phrase(
            f"“{row.level3.strip()}”的指标值 {row.target.text.strip()} 没有单位",
            f"the target {row.target.text.strip()} of “{row.level3.strip()}” has no unit",
        )
        yield Found(row.target.span, says, Phrase(f"是 {number}% 还是 {number}分？", f"is it {number}% or {number}分?"))
