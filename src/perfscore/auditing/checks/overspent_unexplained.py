"""An execution rate above 100 % of which the form does not say why."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.spending import larger, spending
from perfscore.auditing.stated import Stated
from perfscore.auditing.subject import Subject, execution
from perfscore.auditing.wording import shown
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

SEVERITY = "warning"
SAYS = Phrase("执行率超过 100%，没有说明", "an execution rate above 100 % without a reason")
PAGE = Page(
    what=Phrase("全年执行数大于全年预算数，表上没有写原因。", "More was spent than the budget of the year, and the form gives no reason."),
    why=Phrase(
        "无预算不得支出；超过 100% 多半是分母填了年初预算数，或两个金额单位不同。得分按满分封顶，问题不会自己显出来。",
        "Nothing may be spent beyond the budget: most often the initial budget was printed, or the amounts are in different units. The score is held at full points and does not show it.",
    ),
    fix=Phrase(
        "全年预算数填调整后的数，核对单位；确实超支的写明原因。", "Print the adjusted budget, check the units, and give the reason if it is so."
    ),
    wrong="rules: china/project-self@2020\nunit: 示例单位\nbudget: {adjusted: 100, executed: 120}\n",
    right="rules: china/project-self@2020\nunit: 示例单位\nbudget: {adjusted: 120, executed: 120}\n",
)


def check(subject: Subject) -> Iterator[Found]:
    """What was spent against the budget of the year, where nothing in the form accounts for it."""
    budget, found = subject.form.budget, spending(subject)
    if found is None or not found.above or budget is None or budget.executed is None or larger(subject, found) is not None:
        return
    rows = (line.leaf.row for line in subject.lines if execution(line.leaf))
    if any(row is not None and row.note is not None and row.note.text.strip() for row in rows):
        return
    rate = shown(found.rate * 100, "%")
    more = shown((found.spent.exact - found.planned.exact) / found.planned.factor, found.planned.word)
    says = Phrase(
        f"执行率 {rate}，超出全年预算 {more}，没有说明原因", f"the execution rate is {rate}, {more} above the budget, and no reason is given"
    )
    initial = subject.reader.named("initial")
    hint = Phrase("核对全年预算数是不是年初数，单位是否一致", "is this the initial budget? are both amounts in one unit?")
    if isinstance(initial, Stated) and initial.exact == found.planned.exact:
        hint = Phrase(
            "全年预算数与年初预算数相同，年中追加的可能没有算进去", "it is the same as the initial budget: what was added later may be missing"
        )
    yield Found(budget.executed.span, says, hint)
