"""A line of the budget table that could not be held against anything: its amount is no number, or the line that it is part of is not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from perfscore.auditing.money import COLUMNS
from perfscore.auditing.stated import Stated
from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.nearest import nearest
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Blank, NotApplicable, bare, read_printed

SEVERITY = "warning"
SAYS = Phrase("预算构成的一行没有看懂", "a line of the budget that was not understood")
PAGE = Page(
    what=Phrase(
        "构成的一行，金额不是确定的钱数，或者“上级”写的那一行在这个分组里没有（或不止一行）。",
        "The amount of a line is not one definite amount of money, or the group has no line (or several) of the name that it is `of`.",
    ),
    why=Phrase("看不懂的行没有参加勾稽，不能当作没有问题。", "What is not understood was held against nothing, which does not make it right."),
    fix=Phrase("金额照表写成一个数；“上级”写成那一行的名称。", "Write the amount as one number, and the name of the line above."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
budget:
  adjusted: 100
  parts:
    - {group: 按来源, label: 财政拨款, adjusted: 约100}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
budget:
  adjusted: 100
  parts:
    - {group: 按来源, label: 财政拨款, adjusted: 100}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every line with an amount that is not money, or a name above it that is not there."""
    budget = subject.form.budget
    if budget is None or subject.reader.money is None:
        # Of an unknown unit of money the reading itself complains.
        return
    names = Counter(name for part in budget.parts for name in dict.fromkeys(((bare(part.group), ""), (bare(part.group), bare(part.label)))))
    for part in budget.parts:
        for column, label in COLUMNS.items():
            cell = getattr(part, column)
            found = subject.reader.cell(cell, subject.reader.money) if cell is not None else None
            if cell is None or (isinstance(found, Stated) and found.kind == "money"):
                continue
            if not isinstance(cell.value or read_printed(cell.text), Blank | NotApplicable):
                text = cell.text.strip()
                yield Found(
                    cell.span,
                    Phrase(
                        f"“{part.label}”的{label.zh} {text} 不是一个确定的金额，没有参加勾稽",
                        f"the {label.en} of {part.label}, {text}, is no definite amount and was held against nothing",
                    ),
                )
        group, above = bare(part.group), bare(part.of)
        if above and above != group and names[group, above] != 1:
            near = nearest(part.of, sorted({other.label for other in budget.parts if bare(other.group) == group and other is not part}))
            many = names[group, above] > 1
            says = Phrase(
                f"“{part.label}”的上级“{part.of}”在“{part.group}”里{'不止一行' if many else '没有'}",
                f"{part.group} has {'several lines' if many else 'no line'} {part.of}, which {part.label} is part of",
            )
            yield Found(part.span, says, Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near and not many else None)
