"""A printed execution rate that is not what was spent of the budget."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.stated import Held, Reader, Stated, Unread, ratio
from perfscore.auditing.subject import Subject
from perfscore.auditing.wording import how_it_came, shown
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.diagnostic import Evidence
from perfscore.text.phrase import Phrase

SEVERITY = "error"
SAYS = Phrase("印的执行率与两个金额不符", "the printed execution rate is not that of the amounts")
PAGE = Page(
    what=Phrase(
        "表上印的执行率，不是全年执行数除以全年预算数；金额各按末位的舍入算也得不出它。",
        "The execution rate on the form is not what was spent over the budget of the year, however both amounts may have been rounded.",
    ),
    why=Phrase(
        "执行率错了，按它记的分也错；常见的是分母用了年初预算数。", "A wrong rate is a wrong score; most often it was divided by the initial budget."
    ),
    fix=Phrase("按调整后的全年预算数重算，保留两位小数，四舍五入。", "Work it out from the adjusted budget, to two places, half up."),
    wrong="budget: {adjusted: 182.42, executed: 180.03, rate: 98.88%}\n",
    right="budget: {adjusted: 182.42, executed: 180.03, rate: 98.69%}\n",
)

_RATE = Phrase("执行率", "execution rate")


def check(subject: Subject) -> Iterator[Found]:
    """The rate printed in the budget table against the amounts beside it."""
    budget = subject.form.budget
    if budget is None or budget.rate is None or not budget.rate.text.strip():
        return
    reader = subject.reader
    printed, spent, planned = reader.cell(budget.rate), reader.named("executed"), reader.named("adjusted")
    if isinstance(printed, Unread) or spent is None or isinstance(spent, Unread) or planned is None or isinstance(planned, Unread):
        return
    held = ratio(printed, [spent], [planned]) if spent.kind == planned.kind and printed.kind in ("", "share") else None
    if held is None:
        return
    exact = shown(held.exact, held.stated.word)
    says = Phrase(
        f"执行率印的是 {printed.text}，全年执行数 ÷ 全年预算数 = {exact}", f"the rate is printed as {printed.text}, and the amounts give {exact}"
    )
    yield Found(budget.rate.span, says, _why(reader, held, spent), evidence=Evidence(_RATE, printed.text, held.computed, held.verdict, held.outer))


def _why(reader: Reader, held: Held, spent: Stated) -> Phrase:
    """How the printed rate may have come about."""
    printed = held.stated
    if printed.exact == 1 and held.exact * printed.factor > 1:
        return Phrase(
            "像是超过 100% 的按 100% 印；执行率照实印，只有得分封顶", "it seems to be held at 100 %: print the rate as it is, only the score is held"
        )
    initial = reader.named("initial")
    of_initial = None if initial is None or isinstance(initial, Unread) else ratio(printed, [spent], [initial])
    if of_initial is not None and of_initial.verdict != "differs":
        return Phrase("这是除以年初预算数得的", "this is what was spent of the initial budget")
    return how_it_came(held) or Phrase("按两个金额重算", "work it out anew from the two amounts")
