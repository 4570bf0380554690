"""A row of the budget table that prints 0 while a part of it has money."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.money import COLUMNS
from perfscore.auditing.subject import Subject
from perfscore.auditing.wording import shown
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.diagnostic import Evidence
from perfscore.text.phrase import Phrase

SEVERITY = "error"
SAYS = Phrase("合计为 0，分项有钱", "a total of 0 over parts that have money")
PAGE = Page(
    what=Phrase("预算表的合计行印 0，它下面的分项却有金额。", "A total of the budget table prints 0, and a line that belongs to it has an amount."),
    why=Phrase(
        "多半是合计的公式没有算，或者只填了分项；按 0 算，执行率没有意义。",
        "Most often the formula of the total was not worked out, or only the lines were filled in; of 0 there is no execution rate.",
    ),
    fix=Phrase("合计填各分项之和。", "Let the total be the sum of its lines."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
budget:
  parts:
    - {group: 年度资金总额, label: 合计, total: true, adjusted: 0, executed: 0}
    - {group: 年度资金总额, label: 当年财政拨款, adjusted: 90, executed: 89.974}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
budget:
  parts:
    - {group: 年度资金总额, label: 合计, total: true, adjusted: 90, executed: 89.974}
    - {group: 年度资金总额, label: 当年财政拨款, adjusted: 90, executed: 89.974}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every printed 0 of the budget table that is made of something."""
    for one in subject.money.wholes:
        part = next((part for part in one.parts if part.stated.exact), None)
        if one.whole.stated.exact or part is None or not one.given:
            continue
        column, amount = COLUMNS[one.column], shown(part.stated.exact / part.stated.factor, part.stated.word)
        whose = Phrase("预算表", "the budget") if one.of_budget else Phrase(f"“{one.label.zh}”", one.label.en)
        says = Phrase(
            f"{whose.zh}的{column.zh}印的是 0，其中“{part.label}”有 {amount}",
            f"{whose.en}: the {column.en} is printed as 0, and {part.label} has {amount}",
        )
        more = ((Phrase(f"“{part.label}”", part.label), part.cell.span),)
        ends = (one.given / one.whole.stated.factor,) * 2
        yield Found(one.whole.cell.span, says, None, more, evidence=Evidence(one.label, one.whole.stated.text, ends, "differs"))
