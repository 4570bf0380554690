"""Two neighbouring bands that give the same points: one row would say both."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from perfscore.linting.checks import Found
from perfscore.linting.shares import worth
from perfscore.linting.subject import Drawn, Subject
from perfscore.model.page import Page
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase

SEVERITY = "warning"
SAYS = Phrase("相邻两档的分数相同", "two neighbouring bands give the same points")
PAGE = Page(
    what=Phrase(
        "相邻的两档写的是同一个分数，分成两行没有区别。", "Two neighbouring bands give the same points: that they are two makes no difference."
    ),
    why=Phrase(
        "分成两档，本意多半是分数不同，其中一档的分数是照着上一行抄来没有改的。真要一样，合成一行才看得出来。",
        "Who writes two bands most often means two amounts, and one was copied from the row before and never changed. Where they are meant to be the same, "
        "one row shows it.",
    ),
    fix=Phrase(
        "对照制度原文核对两档的分数；确实相同的，合成一行。",
        "Hold both amounts against the text of the standard; if they are the same, write one row.",
    ),
    wrong="""indicators:
  - id: rate
    label: 预算执行率
    points: 10
    measure: 全年执行数 / 全年预算数
    method: {bands: ["[90%,+): 10", "[80%,90%): 8", "[70%,80%): 8", "[0,70%): 0"]}
""",
    right="""indicators:
  - id: rate
    label: 预算执行率
    points: 10
    measure: 全年执行数 / 全年预算数
    method: {bands: ["[90%,+): 10", "[80%,90%): 8", "[70%,80%): 6", "[0,70%): 0"]}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every pair of neighbours, once, at the upper one; `±10-15%以内` has neighbours on both sides of zero."""
    for drawn in subject.curves:
        if drawn.use.name == "bands":
            yield from _alike(drawn)


def _alike(drawn: Drawn) -> Iterator[Found]:
    rows = {row.span: row.value for row in drawn.use.parameters["bands"]}
    points, seen = drawn.curve.points, set()
    for one, other in pairwise(drawn.curve.pieces):
        if one.span is None or other.span is None or one.span == other.span or {one.span, other.span} in seen:
            continue
        lower, upper = rows[one.span], rows[other.span]
        score = upper.amount.of(points)
        # Of rows with points of their own, 5 points and 5 % are alike only by chance.
        if lower.amount.of(points) != score or (drawn.rule.open and lower.amount.share != upper.amount.share and score):
            continue
        seen.add(frozenset((one.span, other.span)))
        told, label = worth(drawn, score), drawn.rule.label
        says = Phrase(f"{label.zh}：{lower.text} 和 {upper.text} 都记 {told.zh}", f"{label.en}: {lower.text} and {upper.text} both give {told.en}")
        hint = Phrase("核对两档的分数；确实相同的合成一行", "hold both amounts against the standard; if they are the same, make them one row")
        if len(lower.on) == len(upper.on) == 1:
            joined = Interval(one.on.low, other.on.high, one.on.low_closed, other.on.high_closed).written(share="%" in lower.text + upper.text)
            row = f"{joined}: {_amount(other.span.written(), upper.text)}"
            hint = Phrase(
                f"核对两档的分数；确实相同的合成一行 {row}", f"hold both amounts against the standard; if they are the same, write {row} for both"
            )
        yield Found(other.span, says, hint, ((Phrase("另一档在这里", "the other one is here"), one.span),))


def _amount(row: str, interval: str) -> str:
    """The points as the row writes them."""
    return row.strip().removeprefix(interval).strip(" :：")
