"""A condition that can never hold: what it decides is never used."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.conditions import conditions
from perfscore.linting.domains import Domains
from perfscore.linting.scores import scores
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

SEVERITY = "warning"
SAYS = Phrase("条件永远不成立", "a condition never holds")
PAGE = Page(
    what=Phrase(
        "情形、关口或适用条件里的判断，按数据能取的数永远不成立：数据是数的不小于 0（变动率、差额除外），总得分不超过总分值。",
        "The condition of a variant, a gate or an indicator cannot hold for any number that its facts can be: facts are 0 or more "
        "(but for rates of change and differences), and a total is at most the points.",
    ),
    why=Phrase(
        "写了的规定从来不会用到，多半是不等号写反了，或者百分数、分数用错了数。",
        "What is written is never used. Most often the comparison is the wrong way round, or per cent and points were mixed up.",
    ),
    fix=Phrase("对照制度改条件；确实不会发生的，删去。", "Mend the condition by the text of the standard; take out what cannot happen."),
    wrong="""points: 100
facts: {得分: {}, 违规次数: {unit: 次}}
indicators:
  - {id: work, label: 工作完成, points: 100, measure: 得分, method: direct}
gates:
  - {id: breach, label: 有违规, when: 违规次数 < 0, effect: {deduct: "5"}}
""",
    right="""points: 100
facts: {得分: {}, 违规次数: {unit: 次}}
indicators:
  - {id: work, label: 工作完成, points: 100, measure: 得分, method: direct}
gates:
  - {id: breach, label: 有违规, when: 违规次数 > 0, effect: {deduct: "5"}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The conditions that fail whatever the facts are."""
    domains = Domains(subject.rules, scores(subject))
    for one in conditions(subject):
        if domains.holds(one.when) is False:
            says = Phrase(f"{one.decides.zh}：条件 {one.when.text} 永远不成立", f"{one.decides.en}: the condition {one.when.text} never holds")
            yield Found(one.when.span, says, Phrase("检查不等号和数", "check the comparison and its numbers"))
