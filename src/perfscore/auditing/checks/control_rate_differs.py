"""A printed rate of the table of basic figures that is not that of its two numbers."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.identities import RATES
from perfscore.auditing.stated import Stated, ratio
from perfscore.auditing.subject import Subject
from perfscore.auditing.wording import how_it_came, shown
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.diagnostic import Evidence
from perfscore.text.phrase import Phrase, same

SEVERITY = "error"
SAYS = Phrase("控制率与两个数不符", "a control rate that is not that of its numbers")
PAGE = Page(
    what=Phrase(
        "基础数据表印的控制率（在职人员、楼堂馆所规模和投资），不等于实际数除以编制数、批复数或预算数。",
        "A rate that the table of basic figures prints (staff, size and cost of buildings) is not the actual number over the approved one.",
    ),
    why=Phrase(
        "控制率说明有没有超编、超规模、超概算，算错就看不出来。", "It tells whether posts, size or cost were exceeded, and wrong it does not."
    ),
    fix=Phrase("按两个数重算，保留两位小数，四舍五入。", "Work it out from the two numbers, to two places, half up."),
    wrong="rules: china/project-self@2020\nunit: 示例单位\nfacts: {编制数: 57, 在职人数: 51, 在职人员控制率: 98.47%}\n",
    right="rules: china/project-self@2020\nunit: 示例单位\nfacts: {编制数: 57, 在职人数: 51, 在职人员控制率: 89.47%}\n",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every printed rate with both of its numbers; 0 of 0 is no rate, whatever is printed for it."""
    reader = subject.reader
    for rate in RATES:
        cell = reader.facts.get(rate.printed)
        printed, part, whole = (reader.named(name) for name in rate)
        if cell is None or not isinstance(printed, Stated) or not isinstance(part, Stated) or not isinstance(whole, Stated):
            continue
        held = ratio(printed, [part], [whole]) if printed.kind in ("", "share") else None
        if held is None:
            continue
        exact = shown(held.exact, held.stated.word)
        says = Phrase(
            f"{rate.printed}印的是 {printed.text}，{rate.part} {part.text} ÷ {rate.whole} {whole.text} = {exact}",
            f"{rate.printed} is printed as {printed.text}; {rate.part} {part.text} ÷ {rate.whole} {whole.text} = {exact}",
        )
        yield Found(cell.span, says, how_it_came(held), evidence=Evidence(same(rate.printed), printed.text, held.computed, held.verdict, held.outer))
