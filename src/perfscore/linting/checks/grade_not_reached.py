"""A grade that no total earns: its range lies above the points, below the least total, or between two numbers that a total can be."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from perfscore.linting.checks import Found
from perfscore.linting.subject import Subject
from perfscore.linting.totals import ENDLESS, Totals, totals
from perfscore.model.page import Page
from perfscore.model.rules import RuleSet
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

SEVERITY = "warning"
SAYS = Phrase("没有总得分能评上的等级", "a grade that no total earns")
PAGE = Page(
    what=Phrase(
        "按各指标能得的最低分、最高分和舍入的位数，没有一个总得分落在这个等级的区间里，也没有关口会评出它。",
        "By the least and the most that the indicators give, and by the rounding, no total lies in the range of this grade, and no gate gives it.",
    ),
    why=Phrase(
        "等级线常从别的通知照抄：那里满分 120，这里满分 100，最高一级就谁也评不上。",
        "Ranges of grades are often copied from a notice with other points: of 120 there and 100 here, and nobody ever gets the best grade.",
    ),
    fix=Phrase(
        "对照制度改区间或总分值；只由关口评定的等级不写 range（区间）。",
        "Mend the range or the points by the standard; a grade that only a gate gives has no `range`.",
    ),
    wrong="""points: 100
grades:
  - {label: 优, range: "(100,120]"}
  - {label: 良, range: "[80,100]"}
  - {label: 差, range: "[0,80)"}
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
    right="""points: 100
grades:
  - {label: 优, range: "[90,100]"}
  - {label: 良, range: "[80,90)"}
  - {label: 差, range: "[0,80)"}
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every grade with a range that holds no total."""
    if not subject.rules.grades:
        return
    found = totals(subject)
    if found is None:
        return
    possible = Interval(found.low, found.high, low_closed=True, high_closed=True)
    given = _given(subject.rules)
    for place, grade in enumerate(subject.rules.grades):
        if grade.range is None or place in given:
            continue
        on = grade.range.meet(possible)
        if on.empty() or not _holds_one(on, found.places):
            shown, why = str(grade.range), _why(found, beyond=on.empty())
            says = Phrase(f"{grade.label.zh} {shown}：没有总得分能落在里面，{why.zh}", f"{grade.label.en} {shown} holds no total: {why.en}")
            yield Found(grade.span, says, Phrase("改区间；只由关口评定的等级不写区间", "mend the range; a grade that only a gate gives has none"))


def _given(rules: RuleSet) -> set[int]:
    """The places of the grades that gates or quotas give, whatever the total."""
    found = {gate.parameter for gate in rules.gates if gate.effect in ("grade", "grade-cap")}
    if any(gate.effect == "downgrade" for gate in rules.gates) or any(grade.quota is not None for grade in rules.grades):
        found.update(range(1, len(rules.grades)))
    return found


def _holds_one(on: Interval, places: int) -> bool:
    """Whether a number of so many decimal places lies in an interval that has two ends."""
    if places == ENDLESS or on.low is None or on.high is None:
        return True
    unit = 10**places
    low = ceil(on.low * unit) if on.low_closed else floor(on.low * unit) + 1
    return on.holds(Fraction(low, unit))


def _why(found: Totals, *, beyond: bool) -> Phrase:
    low, high = format_number(found.low, 2), format_number(found.high, 2)
    if beyond:
        low, high = (text.rstrip("0").rstrip(".") if "." in text else text for text in (low, high))
        return Phrase(f"总得分只在 {low} 到 {high} 分之间", f"totals lie between {low} and {high}")
    if not found.places:
        return Phrase("总得分都是整数", "totals are whole numbers")
    return Phrase(f"总得分最多有 {found.places} 位小数", f"totals have {found.places} decimal places at most")
