"""A measure for which the curve has no piece: whoever has such a result is not scored at all."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.measures import in_per_cent, shown
from perfscore.linting.reach import Reach
from perfscore.linting.subject import Drawn, Subject
from perfscore.model.page import Page
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase

SEVERITY = "warning"
SAYS = Phrase("测算结果可能不在任何一档", "a measure may lie in no band")
PAGE = Page(
    what=Phrase(
        "测算公式能算出的数，计分方法没有全部管到：低于最低一档，或者高于最高一档。数据是数的，按 0 以上计；差额和变动率可以小于 0。",
        "The measure can be a number that the method says nothing of: below its lowest piece, or above its highest. "
        "Facts are taken to be 0 or more; a difference or a rate of change may be below.",
    ),
    why=Phrase(
        "算出这样的数时，这个指标没有得分，整张表也就没有总分。填表的单位没有错，是规则漏了。",
        "With such a number the indicator has no score, and so the form has no total. The unit did nothing wrong: the rules left it out.",
    ),
    fix=Phrase(
        "按制度补上缺的一档，或者放宽最边上的一档（[0,5%] 写作 ≤5%）；比例法在测算里写 max(0, …)。公式只读一个数据的，不查它的上限。",
        "Add the missing band by the text of the standard, or widen the outermost one ([0,5%] becomes ≤5%); for a ratio write max(0, …) in the measure. "
        "Where a formula reads a single fact, the upper end is not looked at.",
    ),
    wrong="""facts: {本年支出: {unit: 万元}, 上年支出: {unit: 万元}}
indicators:
  - id: growth
    label: 支出变动率
    points: 10
    measure: (本年支出 - 上年支出) / 上年支出
    applicable: 上年支出 > 0
    method: {bands: ["[0,5%]: 10", "(5%,+): 0"]}
""",
    right="""facts: {本年支出: {unit: 万元}, 上年支出: {unit: 万元}}
indicators:
  - id: growth
    label: 支出变动率
    points: 10
    measure: (本年支出 - 上年支出) / 上年支出
    applicable: 上年支出 > 0
    method: {bands: ["≤5%: 10", "(5%,+): 0"]}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The stretches below and above every curve that its measure can reach."""
    reach = Reach(subject, "usual")
    for drawn in subject.curves:
        on = reach.of(drawn)
        if on is None or on.empty():
            continue
        domain = drawn.curve.domain
        below = Interval(None, domain.low, low_closed=False, high_closed=not domain.low_closed)
        above = Interval(domain.high, None, low_closed=not domain.high_closed, high_closed=False)
        if domain.low is not None and not (missing := on.meet(below)).empty():
            yield _found(drawn, missing, low=True)
        if domain.high is not None and _several(drawn) and not (missing := on.meet(above)).empty():
            yield _found(drawn, missing, low=False)


def _several(drawn: Drawn) -> bool:
    """A single fact may end where its bands do (满意度 is never above 100 %); what is computed from several may not."""
    return drawn.rule.measure is None or len({read.name for read in drawn.rule.measure.reads}) > 1


def _found(drawn: Drawn, missing: Interval, *, low: bool) -> Found:
    # A third of a per cent has no end behind the point.
    share = in_per_cent(drawn) and not any("/" in shown(drawn, end) for end in (missing.low, missing.high) if end is not None)
    gap = missing.written(share=share)
    piece = drawn.curve.pieces[0 if low else -1]
    says = Phrase(
        f"{drawn.rule.label.zh}：测算结果可能在 {gap}，这里没有规定怎样计分",
        f"{drawn.rule.label.en}: the measure may lie in {gap}, of which nothing is said",
    )
    measure = drawn.rule.measure
    more = () if measure is None else ((Phrase("测算在这里", "the measure is here"), measure.span),)
    return Found(piece.span or drawn.use.span, says, _hint(drawn, missing, piece.on, low=low, share=share), more)


def _hint(drawn: Drawn, missing: Interval, edge: Interval, *, low: bool, share: bool) -> Phrase:
    if drawn.use.name != "bands":
        return Phrase("测算写作 max(0, …)，或改用分档", "write the measure as max(0, …), or use bands")
    wider = (
        edge._replace(low=missing.low, low_closed=missing.low_closed) if low else edge._replace(high=missing.high, high_closed=missing.high_closed)
    )
    row, wide = missing.written(share=share), wider.written(share=share)
    now = shown(drawn, edge.low) if edge.low is not None and edge.low == edge.high else edge.written(share=share)
    return Phrase(f"补一档“{row}: 分数”，或把 {now} 放宽为 {wide}", f"add a band “{row}: points”, or widen {now} to {wide}")
