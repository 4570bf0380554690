"""A condition that comes out the same in every example: nobody has tried what follows if it comes out otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.asked import Asked, asked
from perfscore.linting.checks import Found
from perfscore.linting.domains import Domains
from perfscore.linting.scores import scores
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

SEVERITY = "advice"
SAYS = Phrase("条件没有示例试过两种结果", "no example tries a condition both ways")
PAGE = Page(
    what=Phrase(
        "适用条件、情形或关口的条件在所有示例里结果都一样：要么没有一个示例成立，要么没有一个示例不成立。逐项的关口看所有示例的所有指标。",
        "A condition of an indicator, a variant or a gate comes out the same in every example: none in which it holds, or none in which it fails. "
        "Of a gate with `each`, all indicators of all examples count.",
    ),
    why=Phrase(
        "条件写反、漏掉一半、整个删掉，示例都照样通过，谁也不会察觉。",
        "It can be turned round, halved or taken out, and all examples still pass.",
    ),
    fix=Phrase(
        "按制度补上缺的那种示例：条件成立时怎样计分，或不成立时怎样计分。",
        "By the text of the standard, write the example that is lacking: what is scored where it holds, or where it fails.",
    ),
    wrong="""facts: {重大问题: {kind: truth}}
indicators:
  - {id: rate, label: 预算执行率, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}
gates: [{id: severe, label: 重大问题, when: 重大问题, effect: {veto: rate}}]
examples:
  - {given: {全年预算数: 100, 全年执行数: 90, 重大问题: 否}, expect: {rate: 9}}
""",
    right="""facts: {重大问题: {kind: truth}}
indicators:
  - {id: rate, label: 预算执行率, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}
gates: [{id: severe, label: 重大问题, when: 重大问题, effect: {veto: rate}}]
examples:
  - {given: {全年预算数: 100, 全年执行数: 90, 重大问题: 否}, expect: {rate: 9}}
  - {given: {全年预算数: 100, 全年执行数: 90, 重大问题: 是}, expect: {rate: 0}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The conditions as they stand in the file; a rule set without examples has tried nothing, which is told of its ends."""
    missing: list[tuple[Asked, frozenset[bool]]] = []
    if subject.runs:
        missing = [(one, frozenset({True, False})) for one in asked(subject) if one.formula.kind == "truth"]
    for run in reversed(subject.runs):
        if not missing:
            return
        tried = [(one, ways.difference(one.answers(run))) for one, ways in missing]
        missing = [(one, ways) for one, ways in tried if ways]
    domains = Domains(subject.rules, scores(subject)) if missing else None
    for one, ways in missing:
        # What can only come out one way is another check's to tell.
        if domains is not None and domains.holds(one.formula) is None:
            lacking = _lacking(one.formula.text, ways)
            says = Phrase(f"{one.decides.zh}：{lacking.zh}", f"{one.decides.en}: {lacking.en}")
            yield Found(one.formula.span, says, Phrase("按制度补上缺的那种示例", "write what is lacking, by the text of the standard"))


def _lacking(text: str, ways: frozenset[bool]) -> Phrase:
    if len(ways) > 1:
        return Phrase(f"没有一个示例能判断 {text} 是否成立", f"no example can tell whether {text} holds")
    if True in ways:
        return Phrase(f"没有一个示例使 {text} 成立", f"{text} holds in no example")
    return Phrase(f"所有示例里 {text} 都成立", f"{text} holds in every example")
