"""A fact that is declared and read by nothing: forms are asked for what nobody uses."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.conditions import conditions, rules
from perfscore.linting.subject import Subject
from perfscore.model.formula import Formula
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

SEVERITY = "warning"
SAYS = Phrase("数据没有用到", "a fact is read by nothing")
PAGE = Page(
    what=Phrase(
        "这项数据声明了，但没有一个公式、条件、关口或计分方法读它。框架（template）不查，继承来的数据也不查。",
        "A fact is declared, and no formula, condition, gate or method reads it. Templates are not looked at, nor facts that are inherited.",
    ),
    why=Phrase(
        "单位要白填一个数；更常见的是指标漏写了，或者公式里用错了另一个数。",
        "Units fill in a number for nothing. More often an indicator was forgotten, or a formula reads another fact by mistake.",
    ),
    fix=Phrase("补上用它的指标或公式；确实不用的，删去。", "Write the indicator or the formula that is meant to read it, or take the fact out."),
    wrong="""facts: {编制数: {unit: 人}, 在职人数: {unit: 人}, 临聘人数: {unit: 人}}
indicators:
  - {id: staff, label: 在职人员控制率, points: 10, measure: 在职人数 / 编制数, method: {deduction: {full: "≤100%", every: 1%, lose: 1}}}
""",
    right="""facts: {编制数: {unit: 人}, 在职人数: {unit: 人}, 临聘人数: {unit: 人}}
indicators:
  - {id: staff, label: 在职人员控制率, points: 10, measure: (在职人数 + 临聘人数) / 编制数, method: {deduction: {full: "≤100%", every: 1%, lose: 1}}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The facts of the rule file itself, not of its bases, that no name leads to."""
    if subject.rules.template:
        return
    own = subject.rules.sources[-1]
    used = _used(subject)
    for fact in subject.rules.facts:
        if fact.name not in used and fact.span.source is own:
            says = Phrase(f"数据 {fact.name} 没有用到", f"nothing reads the fact {fact.name}")
            hint = Phrase("补上用它的公式，或删去它", "write the formula that reads it, or take it out")
            yield Found(fact.span, says, hint)


def _used(subject: Subject) -> set[str]:
    declared = {fact.name: fact for fact in subject.rules.facts}
    ways = list(_reads(subject))
    used: set[str] = set()
    while ways:
        name = ways.pop()
        # `地区.东部` is read of 地区.
        fact = declared.get(name) or declared.get(name.rpartition(".")[0])
        if fact is not None and fact.name not in used:
            used.add(fact.name)
            ways += [read.name for read in fact.formula.reads] if fact.formula is not None else []
    return used


def _reads(subject: Subject) -> Iterator[str]:
    formulas = [condition.when for condition in conditions(subject)] + [one.of for one in subject.rules.cohort]
    formulas += [gate.parameter for gate in subject.rules.gates if isinstance(gate.parameter, Formula)]
    for rule in rules(subject):
        yield rule.fact
        if rule.measure is not None:
            formulas.append(rule.measure)
    yield from (read.name for formula in formulas for read in formula.reads)
