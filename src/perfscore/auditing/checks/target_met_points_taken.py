"""A target that was met, and a score below full points all the same."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.claimed import verdict
from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.measure import Comparison, Lateness
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

SEVERITY = "error"
INSTEAD_OF = ("score-differs",)
SAYS = Phrase("完成了指标却扣了分", "points taken though the target was met")
PAGE = Page(
    what=Phrase(
        "完成值达到了指标值，按规则应得满分，自评得分却少于分值。", "The target was met, which by rule earns full points, and fewer are claimed."
    ),
    why=Phrase("完成指标的记全部分值；扣分要有规则的依据。", "What meets its target earns all its points; the rules have to say why it should not."),
    fix=Phrase("改为满分，或核对完成值是否填对。", "Write full points, or check the actual value."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: ≥120套, actual: 120套, points: 50, reported: 48}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: ≥120套, actual: 120套, points: 50, reported: 50}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every row that is measured against a target, where the rule gives full points and fewer are printed."""
    for line in subject.lines:
        measure, points = line.leaf.measure, line.leaf.points
        if not isinstance(measure, Comparison | Lateness) or line.reported is None or line.claimed is None or points is None:
            continue
        if line.claimed < points == line.own.score and line.counts and verdict(subject, line) == "differs":
            label, target, actual = line.leaf.label, measure.target.text.strip(), measure.actual.text.strip()
            says = Phrase(
                f"“{label.zh}”完成 {actual}，达到指标值 {target}，应得 {format_number(points)} 分，自评只有 {format_number(line.claimed)} 分",
                f"“{label.en}”: {actual} meets {target} and earns {format_number(points)}, but {format_number(line.claimed)} is claimed",
            )
            hint = Phrase("改为满分，或核对完成值", "write full points, or check the actual value")
            yield Found(line.reported.span, says, hint, ((Phrase("规则在这里", "the rule is here"), line.leaf.rule_span),))
