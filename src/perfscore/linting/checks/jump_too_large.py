"""A band or a step at whose end more is won or lost at once than any indicator should hang on."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from perfscore.linting.checks import Found
from perfscore.linting.measures import shown
from perfscore.linting.shares import to_scale, worth
from perfscore.linting.subject import Drawn, Subject
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number
from perfscore.text.source import Span

# Standards that are in force do this, on purpose: 60 % 以下不得分 behind a band of two thirds of the points. It is to be looked at, and may be right.
SEVERITY = "advice"
SAYS = Phrase("一个端点上得分相差太大", "too much hangs on one end")
PAGE = Page(
    what=Phrase(
        "测算结果只差一点，得分就差了分值的一半以上（比例可以设定）。只有满分和零分两种结果的计分方法不算，及格门槛以上从零分起算的也不算。",
        "The measure changes by next to nothing, and the score by more than half of the points (the share can be set). Methods that give all or nothing are "
        "not meant, nor is a gate from which points begin at nothing.",
    ),
    why=Phrase(
        "多半是少写了一档，或者一档的分数写错了一位。制度确实这样规定的也有，所以只是建议：差 0.1 个百分点就差一半的分，"
        "单位会盯着这条线填数，数字的取舍也会左右得分。",
        "Most often a band is missing, or the points of one have a digit wrong. Some standards do say so, which is why this is advice: where half of the "
        "points hang on a tenth of a per cent, numbers are made to fit, and their rounding decides.",
    ),
    fix=Phrase(
        "对照制度原文，补上中间的档或改分数；制度就是这样规定的，写一条允许，注明条款。",
        "Hold it against the text of the standard: add the band between or mend the points; where the standard says so, allow it and name the clause.",
    ),
    wrong="""indicators:
  - id: rate
    label: 预算执行率
    points: 10
    measure: 全年执行数 / 全年预算数
    method: {bands: ["[90%,+): 10", "[80%,90%): 1", "[0,80%): 0"]}
""",
    right="""indicators:
  - id: rate
    label: 预算执行率
    points: 10
    measure: 全年执行数 / 全年预算数
    method: {bands: ["[90%,+): 10", "[80%,90%): 5", "[0,80%): 0"]}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every end with such a jump; of the steps of one method, which are all alike, the first."""
    for drawn in subject.curves:
        if drawn.takes in ("number", "days") and drawn.curve.points > 0 and not _all_or_nothing(drawn) and to_scale(drawn):
            yield from _jumps(drawn, subject.jump)


def _all_or_nothing(drawn: Drawn) -> bool:
    """Yes or no, a limit, a range outside which nothing is given: the jump is what the method is for."""
    pieces = drawn.curve.pieces
    return all(not piece.upper.slope for piece in pieces) and len({piece.upper.intercept for piece in pieces} - {Fraction(0)}) < 2


def _jumps(drawn: Drawn, most: Fraction) -> Iterator[Found]:
    seen: set[tuple[Span | None, Span | None]] = set()
    for one, other in pairwise(drawn.curve.pieces):
        end = other.on.low
        if end is None:
            continue
        before, after = one.upper.at(end), other.upper.at(end)
        share = abs(after - before) / drawn.curve.points
        # Both sides of `±` are one row, and the steps of a method one text.
        pair = (one.span, other.span)
        if share <= most or not seen.isdisjoint((pair, pair[::-1])):
            continue
        seen.add(pair)
        low, high, at, label = worth(drawn, before), worth(drawn, after), shown(drawn, end), drawn.rule.label
        part = f"{format_number(share * 100)}%" if (share * 100).denominator == 1 else f"{format_number(Fraction(round(share * 1000), 10))}%"
        says = Phrase(
            f"{label.zh}：{at} 两侧分别是 {low.zh}、{high.zh}，相差分值的 {part}",
            f"{label.en}: {low.en} on one side of {at} and {high.en} on the other, {part} of the points apart",
        )
        hint = Phrase(
            "看中间是否漏了一档，分数是否写错；制度就是这样的，写明允许的理由",
            "see whether a band is missing or its points are wrong; if the standard says so, allow it with the reason",
        )
        yield Found(other.span or drawn.use.span, says, hint)
