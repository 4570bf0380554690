"""Costs of which more is better: a ≥ where ≤ was meant."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.measures import rising
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.model.rules import Indicator
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span

SEVERITY = "warning"
SAYS = Phrase("成本越高得分越高", "the higher the costs, the higher the score")
PAGE = Page(
    what=Phrase(
        "成本、超支一类的指标，方向写的是正向，或者计分曲线随成本升高。",
        "An indicator of costs or overspending has the direction `higher`, or a curve that rises with them.",
    ),
    why=Phrase(
        "花得越多得分越高，正好与考核的本意相反。多半是 ≥、≤ 写反，或照抄了产出指标的方法。",
        "Whoever spends more scores more, the contrary of what is meant. Most often ≥ was written for ≤, or the method of an output was copied.",
    ),
    fix=Phrase(
        "方向改为反向（lower），满分条件改为 ≤；公式本来是节约额的，把名称写成节约率。",
        "Make the direction `lower` and the condition of full points `≤`; where the formula is what was saved, say so in the label.",
    ),
    wrong="""facts: {实际成本: {unit: 万元}, 计划成本: {unit: 万元}}
points: 10
indicators:
  - {id: costs, label: 成本控制率, points: 10, measure: 实际成本 / 计划成本, method: {deduction: {full: "≥100%", every: 1%, lose: 1}}}
""",
    right="""facts: {实际成本: {unit: 万元}, 计划成本: {unit: 万元}}
points: 10
indicators:
  - {id: costs, label: 成本控制率, points: 10, direction: lower, measure: 实际成本 / 计划成本, method: {deduction: {full: "≤100%", every: 1%, lose: 1}}}
""",
)
#: How a label ends that names costs.
_COSTS = ("成本", "成本指标", "成本率", "超支率", "超支额", "超支比例", "超支幅度", "超支", "超预算率", "超概算率")
#: How one ends that may name costs, and what else it says if it does: 病虫害控制率 and 教育经费增长率 are better the higher they are.
_MAYBE = ("控制率", "变动率", "增长率")
_SPENT = ("成本", "三公经费", "“三公经费”", "公用经费", "行政运行", "接待", "会议费", "概算", "造价", "在职人员", "供养人员", "预算控制")
#: What turns it round: of savings more is better.
_SAVED = ("节约", "节省", "降低", "下降", "压减", "压缩", "减少", "减支", "盈余")

#: What facts are called that say how much there should be.
_PLANNED = ("计划", "预算", "编制", "批复", "批准", "概算", "核定", "目标", "定额", "标准")


def check(subject: Subject) -> Iterator[Found]:
    """Every indicator of costs whose direction or curve says that more is better."""
    for node in subject.nodes:
        if _costs(node) and node.direction == "higher":
            yield _found(node, node.span, "方向写的是正向", "its direction is `higher`")
    for drawn in subject.curves:
        rule = drawn.rule
        if drawn.takes == "number" and not rule.open and _costs(rule) and rule.direction is None and rising(drawn.curve) is True:
            yield _found(rule, drawn.use.span, "数越大得分越高", "the greater the number, the higher its score")


def _costs(node: Indicator) -> bool:
    label = node.label.zh.strip()
    maybe = label.endswith(_MAYBE)
    if node.counts != "points" or any(word in label for word in _SAVED):
        return False
    if not (label.endswith(_COSTS) or (maybe and any(word in label for word in _SPENT))):
        return False
    if node.measure is None:
        return True
    if node.measure.quotient is None:
        # A difference may well be what was saved.
        return not maybe and not any("-" in text or "－" in text for text in node.measure.between)
    # What was planned ÷ what was spent is better the higher it is.
    above, below = (any(word in name for word in _PLANNED) for name in node.measure.quotient)
    return below if maybe else below or not above


def _found(node: Indicator, span: Span, zh: str, en: str) -> Found:
    says = Phrase(f"{node.label.zh}是花费，{zh}", f"{node.label.en} is about costs, and {en}")
    return Found(span, says, Phrase("改为反向（lower），满分条件用 ≤", "make it `lower`, with `≤` for full points"))
