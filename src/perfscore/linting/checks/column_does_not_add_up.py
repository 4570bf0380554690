"""Parts with more decimal places than their sum is rounded to: what is printed does not add up."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.places import written
from perfscore.linting.subject import Subject
from perfscore.linting.totals import ENDLESS, Sum, totals
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

SEVERITY = "advice"
SAYS = Phrase("各项得分加起来不等于合计", "the parts as printed do not add up to their sum")
PAGE = Page(
    what=Phrase(
        "各项得分的小数位数比合计多，或者没有舍入：印出来的各项加起来，不一定等于印出来的合计。",
        "The parts have more decimal places than their sum, or are not rounded at all: as printed, they need not add up to it.",
    ),
    why=Phrase(
        "复核的人首先把各项加一遍。差 0.01 分，就要另加一行“折算与舍入”来说明。",
        "Whoever checks a form adds up the column first. Where it is 0.01 off, a line “rescaling and rounding” has to explain it.",
    ),
    fix=Phrase(
        "先把各项舍入到与合计同样的位数，再相加：{环节: 指标, 位数: 2}；组内取平均的，再写 {环节: 分组, 位数: 2}。制度规定只对总分舍入的，按制度，并写明允许的理由。",
        "Round the parts to the places of the sum, then add: `{at: leaf, places: 2}`, and `{at: group, places: 2}` where a group is a mean. "
        "Where the standard rounds the total alone, follow it, and allow this with that reason.",
    ),
    wrong="""points: 100
rounding: [{at: total, places: 2}]
indicators:
  - {id: rate, label: 预算执行率, points: 50, measure: 全年执行数 / 全年预算数, method: ratio}
  - {id: early, label: 年初预算执行率, points: 50, measure: 全年执行数 / 年初预算数, method: ratio}
""",
    right="""points: 100
rounding: [{at: leaf, places: 2}]
indicators:
  - {id: rate, label: 预算执行率, points: 50, measure: 全年执行数 / 全年预算数, method: ratio}
  - {id: early, label: 年初预算执行率, points: 50, measure: 全年执行数 / 年初预算数, method: ratio}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The first sum whose parts are finer than itself."""
    found = totals(subject)
    for one in found.sums if found is not None else ():
        if one.parts == ENDLESS or one.parts > one.rounded:
            hint = Phrase("先把各项舍入到合计的位数，再相加", "round the parts to the places of their sum, and add them then")
            yield Found(written(subject.rules, "rounding"), _says(one), hint)
            return


def _says(one: Sum) -> Phrase:
    if one.parts == ENDLESS:
        return Phrase(
            f"{one.label.zh}的各项没有全部舍入：两项都是 10÷3 分，各印 3.33，合计印 6.67",
            f"{one.label.en}: not all parts are rounded; two of 10 ÷ 3 are printed as 3.33 each, and together as 6.67",
        )
    part = f"0.{'4'.rjust(one.rounded + 1, '0')}"
    whole = f"0.{'1'.rjust(one.rounded, '0')}" if one.rounded else "1"
    return Phrase(
        f"{one.label.zh}的各项有 {one.parts} 位小数，合计舍入到 {one.rounded} 位：{part} 加 {part}，合计印 {whole}",
        f"{one.label.en}: parts have {one.parts} places, their sum {one.rounded}: {part} and {part} make {whole}",
    )
