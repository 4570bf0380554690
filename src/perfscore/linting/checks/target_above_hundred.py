"""Full points for more than 100 % of what cannot be more."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.linting.checks import Found
from perfscore.linting.measures import in_per_cent
from perfscore.linting.subject import Drawn, Subject
from perfscore.model.page import Page
from perfscore.text.interval import EVERYTHING, Interval
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

SEVERITY = "warning"
SAYS = Phrase("要超过 100% 才记满分", "full points only above 100 %")
PAGE = Page(
    what=Phrase(
        "满意度、合格率、准确率、覆盖率这样的比率不会超过 100%，规则却要超过 100% 才记满分。",
        "Rates like satisfaction (满意度), passed (合格率), correct (准确率) or covered (覆盖率) are never above 100 %, and full points take more.",
    ),
    why=Phrase(
        "谁也得不到满分。多半是照抄了完成率的分档，或写成了 >100%。",
        "Nobody can get full points. Most often the bands of a 完成率 were copied, or `>` was written for `≥`.",
    ),
    fix=Phrase(
        "满分条件改为制度规定的数，不超过 100%；100% 本身要含在里面。",
        "Let full points begin at what the standard says, 100 % at most, and 100 % itself inside.",
    ),
    wrong="""facts: {满意度: {unit: "%"}}
points: 10
indicators:
  - {id: served, label: 服务对象满意度, points: 10, direction: higher, measure: 满意度, method: {bands: [">100%: 10", "[80%,100%]: 8", "[0,80%): 0"]}}
""",
    right="""facts: {满意度: {unit: "%"}}
points: 10
indicators:
  - {id: served, label: 服务对象满意度, points: 10, direction: higher, measure: 满意度, method: {bands: ["≥90%: 10", "[80%,90%): 8", "[0,80%): 0"]}}
""",
)
#: How the labels of rates end that are parts of a whole. 完成率, 到位率 and 增长率 can be above 100 %.
_PARTS = (
    "满意度", "满意率", "合格率", "及格率", "优良率", "优秀率", "准确率", "正确率", "覆盖率", "知晓率", "达标率", "公开率", "通过率", "就业率", "出勤率", "规范率",
)  # fmt: skip
_WHOLE = Fraction(1)
_UP_TO_ALL = Interval(None, _WHOLE, low_closed=False, high_closed=True)


def check(subject: Subject) -> Iterator[Found]:
    """Every curve of such a rate that gives more above 100 % than up to it."""
    for drawn in subject.curves:
        rule = drawn.rule
        named = _part(drawn)
        if named is not None and drawn.takes == "number" and not rule.open and rule.counts == "points" and in_per_cent(drawn):
            yield from _above(drawn, named)


def _part(drawn: Drawn) -> Phrase | None:
    """The label that says that the measure is such a rate: of the indicator, or of its measure."""
    labels = (drawn.rule.label, drawn.rule.measure_label)
    return next((label for label in labels if label is not None and label.zh.strip().endswith(_PARTS)), None)


def _above(drawn: Drawn, named: Phrase) -> Iterator[Found]:
    up_to, every = _reached(drawn, _UP_TO_ALL), _reached(drawn, EVERYTHING)
    if up_to is None or every is None or up_to >= min(every, drawn.curve.points):
        return
    piece = next((piece for piece in drawn.curve.pieces if piece.on.low is not None and piece.on.low >= _WHOLE and piece.span is not None), None)
    most, full = format_number(up_to), format_number(min(every, drawn.curve.points))
    says = Phrase(
        f"{named.zh}不会超过 100%，到 100% 却只记 {most} 分，超过才记 {full} 分",
        f"{named.en} is never above 100 %, scores {most} at most up to there, and {full} only beyond",
    )
    hint = Phrase("让 100% 记满分", "give full points for 100 %")
    yield Found(piece.span if piece is not None and piece.span is not None else drawn.use.span, says, hint)


def _reached(drawn: Drawn, on: Interval) -> Fraction | None:
    # At an end that a piece does not hold nothing is reached.
    found = [piece.upper.at(end) for piece in drawn.curve.pieces for end in _held(piece.on.meet(on))]
    return max(found, default=None)


def _held(on: Interval) -> Iterator[Fraction]:
    if on.empty():
        return
    yield from (end for end, closed in ((on.low, on.low_closed), (on.high, on.high_closed)) if end is not None and closed)
    if on.low is not None and on.high is not None and on.low < on.high:
        yield (on.low + on.high) / 2
    elif on.low is None or on.high is None:
        yield (on.low or on.high or _WHOLE) + (1 if on.high is None else -1)
