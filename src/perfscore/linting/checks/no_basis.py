"""Rules that rest on no document: nobody can look up whether they are right."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.model.rules import Indicator
from perfscore.text.phrase import Phrase

SEVERITY = "advice"
SAYS = Phrase("没有写依据", "no basis is given")
PAGE = Page(
    what=Phrase(
        "指标和它的上级都没有写 basis（依据），整套规则也没有写。",
        "Neither the indicator nor those above it have a `basis`, and the rule set has none.",
    ),
    why=Phrase(
        "每一分都要说得出依据哪份文件的哪一条；没有依据，单位问起来答不上，文件改了也不知道该改哪里。",
        "For every point somebody may ask which clause of which document it rests on; and when that changes, nobody knows what to change here.",
    ),
    fix=Phrase(
        "在规则文件里写上依据：[{文件: 文号, 条款: 第几条, 已核对: 是}]；没有核对过原文的写“否”，不要编。",
        "Write `basis: [{document: …, clause: …, verified: true}]`; `false` where nobody read the text. Never invent one.",
    ),
    wrong="""ruleset: county/example
version: "2024"
points: 100
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
    right="""points: 100
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
)
_HINT = Phrase("写上 basis（依据）：文件、条款、是否核对过原文", "write `basis`: the document, the clause, and whether its text was read")


def check(subject: Subject) -> Iterator[Found]:
    """The rule set, if nothing in it has a basis; else the highest indicators below which nothing has."""
    rules = subject.rules
    if rules.basis:
        return
    without = [top for variant in reversed(rules.variants) for top in variant.indicators if _none(top)]
    if len(without) == sum(len(variant.indicators) for variant in rules.variants):
        yield Found(rules.span, Phrase("整套规则没有写依据", "nothing in this rule set has a basis"), _HINT)
        return
    told: set[int] = set()
    stack = [top for variant in rules.variants for top in reversed(variant.indicators)]
    while stack:
        node = stack.pop()
        if id(node) in told:
            continue
        told.add(id(node))
        if _none(node):
            yield Found(node.span, Phrase(f"{node.label.zh}没有写依据", f"{node.label.en} has no basis"), _HINT)
        else:
            stack += reversed(node.children)


def _none(node: Indicator) -> bool:
    return not any(one.basis or any(case.rule.basis for case in one.cases) for one in node.walk())
