"""A grade decided on a total with more decimal places than a form prints."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.linting.checks import Found
from perfscore.linting.subject import Subject
from perfscore.linting.totals import ENDLESS, totals
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

SEVERITY = "warning"
SAYS = Phrase("等级按没有舍入的总得分评定", "the grade is decided on a total that is not rounded")
PAGE = Page(
    what=Phrase(
        "总得分可能有两位以上的小数，等级按它评定；表上的总得分只写两位。",
        "Totals can have more than two decimal places, and the grade is decided on all of them; forms print two.",
    ),
    why=Phrase(
        "89.996 写到表上是 90.00，等级却是良：看表的人只会认为评错了。",
        "89.996 is printed as 90.00 and graded as less than 90: whoever reads the form can only take that for a mistake.",
    ),
    fix=Phrase(
        "在 rounding（舍入）里写上总分的位数：{环节: 总分, 位数: 2}。",
        "Round the total under `rounding`: `{at: total, places: 2}`.",
    ),
    wrong="""points: 100
rounding: [{at: leaf, places: 3}]
grades:
  - {label: 优, range: "[90,100]"}
  - {label: 良, range: "[0,90)"}
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
    right="""points: 100
rounding: [{at: leaf, places: 2}]
grades:
  - {label: 优, range: "[90,100]"}
  - {label: 良, range: "[0,90)"}
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
)
_PRINTED = 2
_NEAR = Fraction(4, 1000)


def check(subject: Subject) -> Iterator[Found]:
    """The first grade at whose end a total would be printed as that end and graded on its other side."""
    lines = [(grade, grade.range) for grade in subject.rules.grades if grade.range is not None and grade.range.low is not None]
    # Whoever writes to how many places a total is rounded prints it like that, be it an index of three.
    found = totals(subject) if lines and subject.rules.rounding.total is None else None
    if found is None or found.places <= _PRINTED:
        return
    for grade, on in lines:
        end = on.low
        if end is None or not found.low < end < found.high:
            continue
        near = format_number(end - _NEAR if on.low_closed else end + _NEAR)
        shown = format_number(end, _PRINTED)
        zh, en = ("还不是", "is not yet") if on.low_closed else ("已经是", "is already")
        known = Phrase("不舍入", "is not rounded")
        if found.places != ENDLESS:
            known = Phrase(f"有 {found.places} 位小数", f"has {found.places} decimal places")
        says = Phrase(
            f"总得分{known.zh}：{near} 写到表上是 {shown}，按它却{zh}{grade.label.zh}",
            f"the total {known.en}: {near} is printed as {shown}, and {en} {grade.label.en}",
        )
        yield Found(grade.span, says, Phrase("在舍入里写上 {环节: 总分, 位数: 2}", "write {at: total, places: 2} under `rounding`"))
        return
