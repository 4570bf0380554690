"""Numbers of different units that are added, compared or held against bands as if they were one."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.conditions import conditions, rules
from perfscore.linting.dimensions import NO_SHARE, Clash, Dimension, Dimensions
from perfscore.linting.domains import Domains
from perfscore.linting.parts import place
from perfscore.linting.subject import Drawn, Subject
from perfscore.model.formula import Formula
from perfscore.model.page import Page
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span

SEVERITY = "warning"
SAYS = Phrase("计量单位对不上", "units do not go together")
PAGE = Page(
    what=Phrase(
        "公式把单位不同的数相加、相减、比较，或者用元去除万元；或者分档的写法与测算的单位不合：比率用了 90、100 这样的数，有单位的数用了百分数。"
        "数据按 facts 里写的单位计，预算按万元计，百分数按小数计（90% 是 0.9）。没有写单位的不查。",
        "A formula adds, subtracts or compares numbers of different units, or divides 元 by 万元; or bands do not fit the measure: 90 and 100 for a share, "
        "per cent for what has a unit. A fact counts in its declared unit, the budget in 万元, per cent as a fraction (90 % is 0.9). "
        "Where no unit is declared nothing is found.",
    ),
    why=Phrase(
        "算出来的数差一万倍或一百倍，所有单位都落在同一档，却没有一处报错。",
        "The result is off by ten thousand or a hundred, every unit lands in the same band, and nothing complains.",
    ),
    fix=Phrase(
        "把数据的单位改成一样的（单位: 万元），或在公式里换算（× 10000）；比率的分档写百分数（[90%,100%]）。",
        "Declare one unit for both, or convert in the formula (× 10000); write the bands of a share per cent ([90%,100%]).",
    ),
    wrong="""facts: {追加资金: {unit: 元}}
indicators:
  - {id: added, label: 追加率, points: 10, measure: 追加资金 / 全年预算数, method: {bands: ["[0,10%]: 10", "(10%,+): 0"]}}
""",
    right="""facts: {追加资金: {unit: 万元}}
indicators:
  - {id: added, label: 追加率, points: 10, measure: 追加资金 / 全年预算数, method: {bands: ["[0,10%]: 10", "(10%,+): 0"]}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The clashes inside formulas, then those of measures with what is scored by them."""
    dimensions = Dimensions(Domains(subject.rules))
    for formula in _formulas(subject):
        dimensions.of(formula)
    yield from map(_clash, dimensions.clashes)
    for drawn in subject.curves:
        measure = drawn.rule.measure
        of = Dimensions(dimensions.domains).of(measure) if measure is not None and measure.kind == "number" else None
        if of is not None and measure is not None and drawn.takes == "number":
            yield from _against(drawn, measure, of)


def _formulas(subject: Subject) -> Iterator[Formula]:
    yield from (rule.measure for rule in rules(subject) if rule.measure is not None)
    yield from (condition.when for condition in conditions(subject))
    yield from (gate.parameter for gate in subject.rules.gates if isinstance(gate.parameter, Formula))
    yield from (fact.formula for fact in subject.rules.facts if fact.formula is not None)
    yield from (one.of for one in subject.rules.cohort)


def _clash(clash: Clash) -> Found:
    span, text = place(clash.formula, clash.node)
    if clash.other is not None:
        says = Phrase(
            f"{text} 的单位是{clash.one.said}，与它相加减或比较的是{clash.other.said}",
            f"{text} is in {clash.one.said}, and what it is added to or compared with in {clash.other.said}",
        )
        return Found(span, says, Phrase("改成同一单位，或在公式里换算", "declare one unit, or convert in the formula"))
    if clash.one.factor != 1:
        return Found(span, _unconverted(clash.one), _CONVERT)
    says = Phrase(f"比率按小数计（90% 是 0.9），这里与 {text} 比", f"a share counts as a fraction (90 % is 0.9), and is held against {text}")
    return Found(span, says, Phrase("百分数写成小数，如 0.9", "write per cent as a fraction, like 0.9"))


_CONVERT = Phrase("改成同一单位，或在公式里换算（× 10000）", "declare one unit, or convert in the formula (× 10000)")


def _unconverted(of: Dimension) -> Phrase:
    return Phrase(f"{of.said} 没有换算成同一单位", f"{of.said} are not converted to one unit")


def _against(drawn: Drawn, measure: Formula, of: Dimension) -> Iterator[Found]:
    if not of.powers and of.factor != 1:
        yield Found(measure.span, _unconverted(of), _CONVERT)
        return
    for span, on in _written(drawn):
        text = span.written()
        interval = text.replace("：", ":").rpartition(":")[0] or text
        more = ((Phrase("测算在这里", "the measure is here"), measure.span),)
        if of.powers and ("%" in interval or "‰" in interval):
            says = Phrase(f"测算结果的单位是{of.said}，不能用百分数分档", f"the measure is in {of.said}, and the band is per cent")
            yield Found(span, says, Phrase("按测算的单位写", "write it in the unit of the measure"), more)
            return
        ends = [abs(end) for end in (on.low, on.high) if end is not None]
        if of.share and "%" not in interval and max(ends, default=0) >= NO_SHARE:
            says = Phrase("测算结果是比率（90% 是 0.9），这里写的不是百分数", "the measure is a share (90 % is 0.9), and this is not per cent")
            yield Found(span, says, Phrase("写成百分数，如 [90%,100%]", "write it per cent, like [90%,100%]"), more)
            return


def _written(drawn: Drawn) -> Iterator[tuple[Span, Interval]]:
    """The intervals that a rule file writes for a measure: bands, or what full points take."""
    if drawn.use.name == "bands":
        yield from ((piece.span or drawn.use.span, piece.on) for piece in drawn.curve.pieces)
    for name, key in (("deduction", "full"), ("around", "at")):
        if drawn.use.name == name and drawn.use.parameters[key] is not None:
            yield drawn.use.parameters.at(key), drawn.use.parameters[key]
