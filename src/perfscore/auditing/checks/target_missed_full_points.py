"""A target that was missed, and full points all the same."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.missed import full_points
from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

SEVERITY = "error"
INSTEAD_OF = ("score-differs",)
SAYS = Phrase("没有完成指标却记了满分", "full points though the target was missed")
PAGE = Page(
    what=Phrase(
        "完成值没有达到指标值，或晚于期限，自评得分却是满分；把完成值末位的舍入算上也达不到。",
        "The target was missed, or the deadline, and full points are claimed; no rounding of the actual value explains it.",
    ),
    why=Phrase("没有完成的按规则扣分，差一套也不是满分。", "What falls short loses points by the rule, be it by one."),
    fix=Phrase("按规则改得分，并写明偏差原因；或核对完成值。", "Mend the score by the rule and give the reason, or check the actual value."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: ≥120套, actual: 114套, points: 50, reported: 50}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: ≥120套, actual: 114套, points: 50, reported: 47.5}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every row that fell short of a target or came after a deadline."""
    yield from full_points(subject, limit=False)
