"""A rate of the table of basic figures that is left blank though both of its numbers are there."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.identities import RATES, TABLE
from perfscore.auditing.stated import Stated
from perfscore.auditing.subject import Subject
from perfscore.auditing.wording import shown
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Blank, read_printed

SEVERITY = "advice"
SAYS = Phrase("控制率没有填", "a control rate that is left blank")
PAGE = Page(
    what=Phrase(
        "基础数据表里实际数和编制数（或批复数、预算数）都有，控制率一格空白。",
        "The table of basic figures has both numbers of a rate, and its cell is blank.",
    ),
    why=Phrase("这一格是给看表的人判断有没有超的。", "It is there to tell the reader whether something was exceeded."),
    fix=Phrase("按提示的数填上。", "Fill in the number of the finding."),
    wrong='rules: china/project-self@2020\nunit: 示例单位\nfacts: {编制数: 11, 在职人数: 6, 在职人员控制率: ""}\n',
    right="rules: china/project-self@2020\nunit: 示例单位\nfacts: {编制数: 11, 在职人数: 6, 在职人员控制率: 54.55%}\n",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every rate that could be worked out, where the form has its cell or the whole table."""
    reader = subject.reader
    whole_table = any(name.startswith(TABLE) for name in reader.facts)
    for rate in RATES:
        cell = reader.facts.get(rate.printed)
        if cell is None and not whole_table:
            continue
        if cell is not None and not isinstance(cell.value or read_printed(cell.text), Blank):
            continue
        part, whole = reader.named(rate.part), reader.named(rate.whole)
        if not isinstance(part, Stated) or not isinstance(whole, Stated) or whole.exact <= 0 or part.kind != whole.kind:
            continue
        exact = shown(part.exact / whole.exact * 100, "%")
        says = Phrase(
            f"{rate.printed}没有填：{rate.part} {part.text} ÷ {rate.whole} {whole.text} = {exact}",
            f"{rate.printed} is left blank: {rate.part} {part.text} ÷ {rate.whole} {whole.text} = {exact}",
        )
        at = cell if cell is not None and cell.text else reader.facts[rate.part]
        yield Found(at.span, says, Phrase(f"填 {exact}", f"fill in {exact}"))
