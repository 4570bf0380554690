"""A ratio that counts beyond 100 % and so gives more than the points, where nothing says that it may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfscore.linting.checks import Found
from perfscore.linting.shares import worth
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.model.rules import Indicator
from perfscore.text.phrase import Phrase

SEVERITY = "warning"
SAYS = Phrase("得分会超过分值", "more than the points can be earned")
PAGE = Page(
    what=Phrase(
        "比例法的 cap（封顶）大于 100%，得分会超过分值；指标不是加分项，本身和上级也都没有写 most（最高）。",
        "The `cap` of a ratio is above 100 %, so the score can be above the points; the indicator is no bonus, and neither it nor a group above it has a `most`.",
    ),
    why=Phrase(
        "一项超出的分会填补别项丢掉的分，总分还可能超过满分。制度多半规定“最高不超过分值”。",
        "What one indicator has too much makes up for what another has lost, and the total can exceed its own points. Most standards say “never above the points”.",
    ),
    fix=Phrase(
        "封顶改为 100%；允许超出的写明 most（最高），超额另加分的用 counts: bonus（计入: 加分）。",
        "Make the cap 100 %; where more is meant, say how much with `most`, or make it an indicator with `counts: bonus`.",
    ),
    wrong="""indicators:
  - id: rate
    label: 产量
    points: 10
    measure: 全年执行数 / 全年预算数
    method: {ratio: {cap: 120%}}
""",
    right="""indicators:
  - id: rate
    label: 产量
    points: 10
    most: 12
    measure: 全年执行数 / 全年预算数
    method: {ratio: {cap: 120%}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """
    Every such ratio, at its cap.

    Other methods give more only by an `until` that is written in points, or are refused when they are read.
    """
    held = {node.id for variant in subject.rules.variants for node in _held(variant.indicators)}
    for drawn in subject.curves:
        rule, most = drawn.rule, drawn.curve.most
        if drawn.use.name != "ratio" or rule.counts != "points" or most is None or most <= drawn.curve.points or rule.id in held:
            continue
        if rule.most is None:
            best, points = worth(drawn, most), worth(drawn, drawn.curve.points)
            says = Phrase(f"{rule.label.zh}：最多可得 {best.zh}，分值是 {points.zh}", f"{rule.label.en}: up to {best.en} of {points.en}")
            if rule.open:
                says = Phrase(f"{rule.label.zh}：各行最多可得 {best.zh}", f"{rule.label.en}: a row earns up to {best.en}")
            yield Found(drawn.use.parameters.at("cap"), says, Phrase("封顶写 100%，或写明 most（最高）", "make the cap 100%, or write `most`"))


def _held(nodes: Iterable[Indicator]) -> Iterator[Indicator]:
    """All below a group that has a most of its own."""
    for node in nodes:
        if node.children:
            yield from (below for child in node.children for below in child.walk()) if node.most is not None else _held(node.children)
