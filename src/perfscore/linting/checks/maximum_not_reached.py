"""Full points that nobody can earn: the best that a rule gives is less than its points."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.linting.checks import Found
from perfscore.linting.reach import Reach
from perfscore.linting.shares import to_scale, worth
from perfscore.linting.subject import Drawn, Subject
from perfscore.model.page import Page
from perfscore.text.interval import EVERYTHING
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

SEVERITY = "warning"
SAYS = Phrase("满分永远得不到", "full points cannot be earned")
PAGE = Page(
    what=Phrase(
        "不管结果多好，这个指标的得分都到不了它的分值：最高一档的分数、最高的等级、封顶或 most（最高）低于分值。减分项按它自己最多扣的分数看。",
        "However good the result, the score stays below the points: the best band or level, the cap, or `most` gives less. A malus is held against the most "
        "that it takes away.",
    ),
    why=Phrase(
        "做到最好也丢分，总分永远到不了满分，等级也可能差一级。多半是改了分值没有改各档的分数，或者漏了最高的一档。",
        "The best there is loses points, the total never reaches its own, and a grade may be lost. Most often the points were changed and the bands were not, "
        "or the best band is missing.",
    ),
    fix=Phrase(
        "改分值或分数；各档写成满分、分值的 80% 这样的占比，以后改分值就不会再错。",
        "Mend the points or the amounts; written as shares of the points (`100%`, `80%`), they stay right when the points change.",
    ),
    wrong="""indicators:
  - id: rate
    label: 预算执行率
    points: 12
    measure: 全年执行数 / 全年预算数
    method: {bands: ["[90%,+): 10", "[80%,90%): 8", "[0,80%): 0"]}
""",
    right="""indicators:
  - id: rate
    label: 预算执行率
    points: 12
    measure: 全年执行数 / 全年预算数
    method: {bands: ["[90%,+): 满分", "[80%,90%): 8", "[0,80%): 0"]}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Curves whose highest point over the measures that can occur is too low, and groups held below their points."""
    reach = Reach(subject, "any")
    reached = [(drawn, _best(drawn, reach)) for drawn in subject.curves if drawn.takes in ("number", "label", "days") and drawn.curve.points > 0]
    # What one case of an indicator gives in full, another may hold lower on purpose.
    full = {_worth(drawn) for drawn, most in reached if most is None or most >= drawn.curve.points or _given(drawn)}
    # 择优: the part of which less can be had is there for those who have nothing better.
    parts = {child.id for node in subject.nodes if node.aggregate == "best" for child in node.children}
    for drawn, most in reached:
        if most is not None and _worth(drawn) not in full and drawn.rule.id not in parts and to_scale(drawn):
            yield _low(drawn, most)
    for node in subject.nodes:
        if (node.children or node.open) and node.counts == "points" and node.points and node.most is not None and node.most < node.points:
            held, points, label = format_number(node.most), format_number(node.points), node.label
            says = Phrase(f"{label.zh}：最高只记 {held} 分，分值是 {points} 分", f"{label.en}: held at {held} of its {points} points")
            yield Found(node.points_span or node.span, says, Phrase("改 most（最高）或分值", "mend `most` or the points"))


def _best(drawn: Drawn, reach: Reach) -> Fraction | None:
    image = drawn.curve.image(reach.of(drawn) or EVERYTHING)
    return None if image is None else image[1]


def _given(drawn: Drawn) -> bool:
    """Whether full points come without any measure: 无结余的记满分."""
    return drawn.rule.applicable is not None and drawn.rule.otherwise == "full"


def _worth(drawn: Drawn) -> tuple[str, str, Fraction]:
    return drawn.rule.id, drawn.takes, drawn.curve.points


def _low(drawn: Drawn, most: Fraction) -> Found:
    rule, label = drawn.rule, drawn.rule.label
    best, whole = worth(drawn, most), worth(drawn, drawn.curve.points)
    says = Phrase(f"{label.zh}：最多只能得 {best.zh}，分值是 {whole.zh}", f"{label.en}: {best.en} at best, of {whole.en}")
    if rule.open:
        says = Phrase(f"{label.zh}：各行最多只能得 {best.zh}", f"{label.en}: a row earns {best.en} at best")
    elif rule.counts == "malus":
        says = Phrase(
            f"{label.zh}：最多只扣 {best.zh}，写的是最多扣 {whole.zh}", f"{label.en}: takes {best.en} at most, where its points say {whole.en}"
        )
    hint = Phrase("改分数或分值；制度就是这样的，写明允许的理由", "mend the amounts or the points; if the standard says so, allow it with the reason")
    if rule.most is not None and rule.most == most and not rule.open:
        hint = Phrase(
            "改 most（最高）或分值；制度就是这样的，写明允许的理由", "mend `most` or the points; if the standard says so, allow it with the reason"
        )
    return Found(drawn.use.span, says, hint)
