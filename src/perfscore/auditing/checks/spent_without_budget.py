"""Money that was spent without a budget: against 0, or against an empty cell."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.stated import Stated
from perfscore.auditing.subject import Subject
from perfscore.auditing.wording import shown
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

SEVERITY = "error"
SAYS = Phrase("没有预算却有支出", "money spent without a budget")
PAGE = Page(
    what=Phrase("全年预算数是 0 或空白，全年执行数却有钱。", "The budget of the year is 0 or blank, and money was spent."),
    why=Phrase("没有预算就不能支出；分母是 0，执行率也算不出来。", "Without a budget nothing may be spent, and of 0 there is no execution rate."),
    fix=Phrase("填调整后的全年预算数；年中追加的也要算在内。", "Give the adjusted budget of the year, with what was added in the course of it."),
    wrong="rules: china/project-self@2020\nunit: 示例单位\nbudget: {initial: 0, adjusted: 0, executed: 3}\n",
    right="rules: china/project-self@2020\nunit: 示例单位\nbudget: {initial: 0, adjusted: 3, executed: 3}\n",
)


def check(subject: Subject) -> Iterator[Found]:
    """The budget itself, and each of its lines that prints both amounts."""
    budget, reader = subject.form.budget, subject.reader
    if budget is None:
        return
    spent, planned = reader.named("executed"), reader.named("adjusted")
    if isinstance(spent, Stated) and spent.exact > 0 and budget.executed is not None:
        if isinstance(planned, Stated) and not planned.exact:
            says = Phrase(f"全年预算数是 0，全年执行数是 {_shown(spent)}", f"the budget of the year is 0, and {_shown(spent)} was spent")
            yield Found((budget.adjusted or budget.executed).span, says)
        elif budget.adjusted is None or not budget.adjusted.text.strip():
            says = Phrase(f"没有填全年预算数，全年执行数是 {_shown(spent)}", f"there is no budget of the year, and {_shown(spent)} was spent")
            at = budget.adjusted if budget.adjusted is not None and budget.adjusted.text else budget.executed
            yield Found(at.span, says, severity="warning")
    for part in budget.parts:
        if part.adjusted is None or part.executed is None:
            continue
        planned, spent = reader.cell(part.adjusted, reader.money), reader.cell(part.executed, reader.money)
        if isinstance(planned, Stated) and isinstance(spent, Stated) and not planned.exact and spent.exact > 0:
            says = Phrase(
                f"“{part.label}”的全年预算数是 0，全年执行数是 {_shown(spent)}", f"the budget of {part.label} is 0, and {_shown(spent)} was spent"
            )
            yield Found(part.adjusted.span, says, severity="warning")


def _shown(amount: Stated) -> str:
    return shown(amount.exact / amount.factor, amount.word)
