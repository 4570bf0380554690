"""The budget of the year is the one of its start, though the form itself tells of a larger one."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.spending import larger, spending
from perfscore.auditing.subject import Subject
from perfscore.auditing.wording import shown
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

SEVERITY = "error"
SAYS = Phrase("年初预算数填成了全年预算数", "the initial budget in the place of the adjusted one")
PAGE = Page(
    what=Phrase(
        "“全年预算数”一栏的数，加上正文说的追加才是调整后的预算；填在这里的是年初数。",
        "The adjusted budget as printed lacks what was added in the course of the year, as the form itself says elsewhere: it is the initial one.",
    ),
    why=Phrase(
        "执行率的分母是调整后的全年预算数；用年初数，执行率常常超过 100%。",
        "The execution rate is of the adjusted budget; of the initial one it is often above 100 %.",
    ),
    fix=Phrase("“全年预算数”填调整后的数，年初数填在“年初预算数”一栏。", "Print the adjusted budget there, and the initial one in its own column."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
budget: {adjusted: 1028.49, executed: 4183.83}
claims:
  - {label: 调整后预算数, printed: 4183.83万元, sum: [1028.49万元, 3155.34万元]}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
budget: {initial: 1028.49, adjusted: 4183.83, executed: 4183.83}
claims:
  - {label: 调整后预算数, printed: 4183.83万元, sum: [1028.49万元, 3155.34万元]}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The budget of the year against the larger one that the form gives."""
    budget, found = subject.form.budget, spending(subject)
    other = larger(subject, found) if found is not None else None
    if found is None or other is None or budget is None or budget.adjusted is None:
        return
    unit = found.planned.word
    here, there = (shown(one.exact / found.planned.factor, unit) for one in (found.planned, other.amount))
    before, after = (shown(found.spent.exact / one.exact * 100, "%") for one in (found.planned, other.amount))
    says = Phrase(
        f"全年预算数印的是 {here}，“{other.label}”是 {there}：印的多半是年初预算数",
        f"the budget of the year is printed as {here}, and {other.label} is {there}: most likely the initial budget was printed",
    )
    hint = Phrase(f"改为 {there}，执行率由 {before} 变为 {after}", f"make it {there}: the execution rate is then {after} instead of {before}")
    yield Found(budget.adjusted.span, says, hint, ((Phrase(f"“{other.label}”", other.label), other.span),))
