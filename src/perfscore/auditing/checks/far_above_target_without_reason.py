"""A result far above its target, and no reason given."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.auditing.reasons import reason
from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.measure import Comparison
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_share

SEVERITY = "warning"
SAYS = Phrase("大幅超额没有写原因", "far above the target without a reason")
PAGE = Page(
    what=Phrase(
        "完成值达到指标值的 130% 或更多，“偏差原因分析及改进措施”却空着。反向指标不查：办法只说完成值高于指标值较多。",
        "The actual value is 130 % of the target or more, and nothing is said about it. What has an upper limit is not meant.",
    ),
    why=Phrase(
        "高于指标值较多的要分析原因，指标定得过低的要适度减分（财预〔2020〕10号）；多少算较多，办法没有写，实践中用 130%。",
        "What is far above has to be explained, and a target set too low costs points (财预〔2020〕10号). The decree names no number; practice has 130 %.",
    ),
    fix=Phrase("写明超额的原因；指标值定低了，下年度调高。", "Say why; if the target was set too low, raise it next year."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 完成任务, target: 8个, actual: 11个, points: 50}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 完成任务, target: 8个, actual: 11个, points: 50, note: 年中交办三项}
""",
)

#: From here on the target may have been set too low (指标值偏低).
FAR = Fraction(13, 10)


def check(subject: Subject) -> Iterator[Found]:
    """Every row where more is better, or where exactly the target was wanted."""
    for line in subject.lines:
        measure, row = line.leaf.measure, line.leaf.row
        if row is None or not isinstance(measure, Comparison) or measure.direction not in ("higher", "equal"):
            continue
        share = measure.value if measure.unrounded is None else measure.unrounded
        least = share if isinstance(share, Fraction) else share.low
        if least is None or least < FAR or reason(row.note):
            continue
        says = Phrase(
            f"“{line.leaf.label.zh}”指标值 {measure.target.text.strip()}，完成值 {measure.actual.text.strip()}，是指标值的 {format_share(least)}，没有写原因",
            f"“{line.leaf.label.en}”: {measure.actual.text.strip()} is {format_share(least)} of the target {measure.target.text.strip()}, without a reason",
        )
        hint = Phrase("达到 130% 的，写明原因；指标值是否定低了？", "from 130 % on a reason is expected; was the target set too low?")
        yield Found(measure.actual.span, says, hint)
