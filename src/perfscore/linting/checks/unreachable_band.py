"""A band that no measure can reach, so that nobody will ever be scored by it."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.measures import in_per_cent
from perfscore.linting.reach import Reach
from perfscore.linting.subject import Drawn, Subject
from perfscore.model.page import Page
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span

SEVERITY = "warning"
SAYS = Phrase("这一档谁也达不到", "no measure can reach a band")
PAGE = Page(
    what=Phrase(
        "测算公式算不出这一档里的数。例如 甲÷（甲＋乙）不会超过 100%，两个不小于 0 的数相除不会小于 0。",
        "The measure cannot be a number of this band: a / (a + b) is never above 100 %, and a quotient of numbers that are 0 or more is never below 0.",
    ),
    why=Phrase(
        "写了的一档没有用，多半是公式漏了一步：变动率忘了减 1，或者分子、分母写颠倒了。",
        "A band that is written and of no use mostly means that the formula lacks a step: a rate of change without the - 1, or a quotient upside down.",
    ),
    fix=Phrase("对照制度改公式；公式没有错的，删去这一档。", "Mend the formula by the text of the standard; if it is right, take the band out."),
    wrong="""facts: {本年支出: {unit: 万元}, 上年支出: {unit: 万元}}
indicators:
  - id: growth
    label: 支出变动率
    points: 10
    measure: 本年支出 / 上年支出
    applicable: 上年支出 > 0
    method: {bands: ["<0: 10", "[0,5%]: 5", "(5%,+): 0"]}
""",
    right="""facts: {本年支出: {unit: 万元}, 上年支出: {unit: 万元}}
indicators:
  - id: growth
    label: 支出变动率
    points: 10
    measure: 本年支出 / 上年支出 - 1
    applicable: 上年支出 > 0
    method: {bands: ["<0: 10", "[0,5%]: 5", "(5%,+): 0"]}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every band that lies outside what its measure can be, and every deduction whose full points do."""
    reach = Reach(subject, "amounts")
    for drawn in subject.curves:
        on = reach.of(drawn)
        if on is not None and not on.empty():
            yield from (_found(drawn, *one, on) for one in _written(drawn) if all(part.meet(on).empty() for part in one[1]))


def _written(drawn: Drawn) -> Iterator[tuple[Span, list[Interval]]]:
    """The bands as written, each with its intervals; of other methods that which is written as one."""
    if drawn.use.name == "bands":
        rows: dict[Span, list[Interval]] = {}
        for piece in drawn.curve.pieces:
            rows.setdefault(piece.span or drawn.use.span, []).append(piece.on)
        yield from rows.items()
    for name, key in (("deduction", "full"), ("around", "at")):
        if drawn.use.name == name and drawn.use.parameters[key] is not None:
            yield drawn.use.parameters.at(key), [drawn.use.parameters[key]]


def _found(drawn: Drawn, span: Span, parts: list[Interval], on: Interval) -> Found:
    share = in_per_cent(drawn)
    written = "、".join(part.written(share=share) for part in parts)
    can = on.written(share=share)
    says = Phrase(
        f"{drawn.rule.label.zh}：测算结果只能在 {can}，达不到 {written}",
        f"{drawn.rule.label.en}: the measure lies in {can}, and never in {written.replace('、', ', ')}",
    )
    measure = drawn.rule.measure
    more = () if measure is None else ((Phrase("测算在这里", "the measure is here"), measure.span),)
    hint = Phrase("检查测算公式；没有错就删去这一档", "check the measure; if it is right, take the band out")
    if drawn.use.name != "bands":
        hint = Phrase("检查测算公式，或改这个条件", "check the measure, or mend this interval")
    return Found(span, says, hint, more)
