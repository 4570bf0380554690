"""An upper limit that was broken, and full points all the same."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.missed import full_points
from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

SEVERITY = "error"
INSTEAD_OF = ("score-differs",)
SAYS = Phrase("超过上限却记了满分", "full points though the limit was broken")
PAGE = Page(
    what=Phrase(
        "反向指标（≤、成本）的完成值超过了上限，自评得分却是满分。",
        "The actual value is above an upper limit (≤, a cost), and full points are claimed.",
    ),
    why=Phrase(
        "上限就是不许超过的数；超了还记满分，成本控制就没有考核。", "A limit is not to be passed; with full points beyond it nothing was evaluated."
    ),
    fix=Phrase("按规则改得分，并写明超过的原因；或核对完成值和单位。", "Mend the score by the rule and give the reason, or check value and unit."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 成本指标, level3: 维修费用, target: ≤300万元, actual: 312万元, points: 50, reported: 50}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 成本指标, level3: 维修费用, target: ≤300万元, actual: 286.4万元, points: 50, reported: 50}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every row whose actual value is above what it was to keep to."""
    yield from full_points(subject, limit=True)
