"""A grade whose range goes on where no total can be: of 100 points nobody has 101."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.linting.checks import Found
from perfscore.linting.subject import Subject
from perfscore.linting.totals import totals
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

SEVERITY = "advice"
SAYS = Phrase("等级的区间超出总得分的范围", "a grade beyond what totals can be")
PAGE = Page(
    what=Phrase(
        "等级的区间写到了总分值以上，各指标（连同加分）也得不到那么多；或者写到了 0 分以下，总得分却不会是负数。",
        "The range of a grade goes beyond the total points and the most that the indicators give, a bonus included; or below 0, where no total is.",
    ),
    why=Phrase(
        "不是区间抄错，就是总分值写错：满分 110 的等级配了 100 分的指标，各级的线都偏高。",
        "Either the range or the points are wrong: grades out of 110 with indicators of 100 have every line too high.",
    ),
    fix=Phrase(
        "对照制度改区间，最高一级写到总分值为止，如 [90,100]；也可以写 ≥90。",
        "Mend it by the standard: the best grade ends at the total points, like [90,100], or has no end, like ≥90.",
    ),
    wrong="""points: 100
grades:
  - {label: 优, range: "[90,110]"}
  - {label: 差, range: "[0,90)"}
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
    right="""points: 100
grades:
  - {label: 优, range: "[90,100]"}
  - {label: 差, range: "[0,90)"}
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every grade with an end above the most or below the least, of which the total points and 0 are always meant."""
    found = totals(subject) if subject.rules.grades else None
    if found is None:
        return
    ends = [Fraction(0), found.low, found.high, *(tree.points for tree in subject.plan.trees if tree.points is not None)]
    least, most = min(ends), max(ends)
    for grade in subject.rules.grades:
        on = grade.range
        if on is None:
            continue
        above, below = on.high is not None and on.high > most, on.low is not None and on.low < least
        if above or below:
            zh, en = ("最多", "is never more than") if above else ("最少", "is never less than")
            shown = format_number(most if above else least)
            says = Phrase(f"{grade.label.zh} {on}：总得分{zh}是 {shown}", f"{grade.label.en} {on}: the total {en} {shown}")
            yield Found(grade.span, says, Phrase(f"区间改到 {shown} 为止，或改总分值", f"end the range at {shown}, or mend the total points"))
