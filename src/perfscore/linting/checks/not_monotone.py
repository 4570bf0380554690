"""A better result that scores worse: a curve that falls where its direction says that it rises, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from perfscore.linting.checks import Found
from perfscore.linting.measures import inside, shown
from perfscore.linting.subject import Drawn, Subject
from perfscore.model.curve import Curve
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number
from perfscore.text.source import Span

SEVERITY = "error"
SAYS = Phrase("结果更好，得分反而更低", "a better result scores worse")
PAGE = Page(
    what=Phrase(
        "指标写了方向：正向的越高越好，反向的越低越好。这条计分曲线却有一处反了过来：结果更好的一边得分更低。",
        "An indicator says its direction: more is better, or less is better. At one place its curve goes the other way: the better side scores less.",
    ),
    why=Phrase(
        "干得好的反而扣分，单位不会服，复核也说不清。多半是两档的分数写颠倒了，或者 ≥、≤ 写反了。",
        "Whoever does better loses points, which nobody can defend. Most often the points of two bands were swapped, or ≥ and ≤.",
    ),
    fix=Phrase(
        "对照制度原文改分数或方向；本来就是越接近目标越好的指标，方向写“区间”或“等于”。",
        "Mend the points or the direction by the text of the standard; where the middle is best, the direction is `range` or `equal`.",
    ),
    wrong="""indicators:
  - id: rate
    label: 预算执行率
    points: 10
    direction: higher
    measure: 全年执行数 / 全年预算数
    method: {bands: ["[90%,+): 8", "[80%,90%): 10", "[0,80%): 0"]}
""",
    right="""indicators:
  - id: rate
    label: 预算执行率
    points: 10
    direction: higher
    measure: 全年执行数 / 全年预算数
    method: {bands: ["[90%,+): 10", "[80%,90%): 8", "[0,80%): 0"]}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The first place of every curve that goes against its direction, with two measures that prove it."""
    for drawn in subject.curves:
        # Of rows that the form brings, 完成率 is measured, and more of it is better whatever the target's direction.
        direction = "higher" if drawn.rule.open and drawn.rule.measure is None and drawn.takes == "number" else drawn.rule.direction
        if direction in ("higher", "lower") and drawn.takes == "number":
            yield from _against(drawn, rising=(direction == "higher") != (drawn.rule.counts == "malus"))


def _against(drawn: Drawn, *, rising: bool) -> Iterator[Found]:
    proof = _proof(drawn.curve, rising=rising)
    if proof is None:
        return
    (one, low), (other, high), span = proof
    better, worse = ((other, high), (one, low)) if rising else ((one, low), (other, high))
    says = Phrase(
        f"{drawn.rule.label.zh}：{shown(drawn, better[0])} 比 {shown(drawn, worse[0])} 好，"
        f"得分却是 {format_number(better[1])} 对 {format_number(worse[1])}",
        f"{drawn.rule.label.en}: {shown(drawn, better[0])} is better than {shown(drawn, worse[0])}, "
        f"and scores {format_number(better[1])} against {format_number(worse[1])}",
    )
    yield Found(span or drawn.use.span, says, Phrase("改分数，或改方向（direction）", "mend the points, or the direction"))


def _proof(curve: Curve, *, rising: bool) -> tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction], Span | None] | None:
    """Two measures, the lower first, whose scores go the wrong way, and the piece of the second."""
    seen = [(measure, piece) for piece in curve.pieces for measure in inside(piece.on)]
    scores = [(measure, piece.upper.at(measure), piece.span) for measure, piece in seen]
    for (one, low, _), (other, high, span) in pairwise(scores):
        if (high < low) if rising else (high > low):
            return (one, low), (other, high), span
    return None
