"""A least score that is not below the best: every result scores the same."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.linting.checks import Found
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.model.rules import Indicator
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

SEVERITY = "error"
SAYS = Phrase("最低分不低于最高分", "the least is not below the most")
PAGE = Page(
    what=Phrase(
        "least（最低）等于或高于 most（最高），或者等于或高于分值：不论结果怎样，得分都一样。",
        "`least` is at or above `most`, or at or above the points: whatever the result, the score is the same.",
    ),
    why=Phrase(
        "这个指标就不起作用了。多半是两个数写颠倒了，或者把占分值的百分数写成了分数（60 写成了 60 分，不是 60%）。",
        "The indicator then decides nothing. Most often the two were swapped, or a share of the points was written as points (60 for 60 %).",
    ),
    fix=Phrase("least（最低）写得低于 most（最高）和分值；占分值的写百分数。", "Let `least` be below `most` and the points; write shares per cent."),
    wrong="""indicators:
  - {id: rate, label: 预算执行率, points: 10, least: 8, most: 6, measure: 全年执行数 / 全年预算数, method: ratio}
""",
    right="""indicators:
  - {id: rate, label: 预算执行率, points: 10, least: 6, measure: 全年执行数 / 全年预算数, method: ratio}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every indicator, every case of one, and every group; a curve was already held between the two, `most` last."""
    for drawn in subject.curves:
        if not drawn.rule.open and drawn.curve.points > 0:
            yield from _fixed(drawn.rule, drawn.curve.points if drawn.curve.most is None else drawn.curve.most)
    for node in subject.nodes:
        if (node.children or node.open) and node.points:
            yield from _fixed(node, node.points if node.most is None else node.most)


def _fixed(rule: Indicator, best: Fraction) -> Iterator[Found]:
    if rule.least is None or rule.least < best:
        return
    least, most, label = format_number(rule.least), format_number(best), rule.label
    says = Phrase(f"{label.zh}：最低 {least} 分，最高也只有 {most} 分", f"{label.en}: {least} points at least, and {most} at most")
    yield Found(rule.span, says, Phrase("改 least（最低）或 most（最高）", "mend `least` or `most`"))
