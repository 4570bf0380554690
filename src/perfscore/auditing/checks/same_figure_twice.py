"""One name with two different numbers: in two claims, or in a claim and in the tables."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.claims import Heard
from perfscore.auditing.stated import Stated
from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.form import BUDGET_NAMES, Cell
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import bare

SEVERITY = "warning"
SAYS = Phrase("同一名称有两个不同的数", "one name with two different numbers")
PAGE = Page(
    what=Phrase(
        "正文里同一个名称写了两个不同的数，或者正文的数与表里同名的数不同，不是舍入造成的。",
        "The text gives two different numbers under one name, or another one than the tables under that name, and not by rounding.",
    ),
    why=Phrase("同一个数只能有一个值；读表的人不知道信哪一个。", "There is one value of a figure, and a reader does not know which to believe."),
    fix=Phrase("对照账表改成一致；本来是两个数的，把名称写全。", "Make them alike by the books; if they are two figures, give each its full name."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
facts: {实有人数: 103}
claims:
  - {label: 实有人数, printed: 105人, sum: [43人, 62人]}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
facts: {实有人数: 105}
claims:
  - {label: 实有人数, printed: 105人, sum: [43人, 62人]}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every claim against the budget or the fact of its name, and against the first claim of its name."""
    reader, first = subject.reader, dict[str, tuple[Cell, Stated]]()
    for claim, heard in subject.claims:
        name = bare(claim.label)
        if not name or claim.printed is None or not isinstance(heard, Heard):
            continue
        cell, stated = claim.printed, heard.printed
        table = getattr(subject.form.budget, BUDGET_NAMES[name], None) if name in BUDGET_NAMES else reader.facts.get(name)
        other = reader.named(name)
        if isinstance(other, Stated) and table is not None and _apart(stated, other):
            yield _found(name, cell, stated, table, other, Phrase("表里是", "the form has"))
        if name in first and _apart(stated, first[name][1]):
            # Two statements may be of two things that are called alike.
            before, number = first[name]
            yield _found(name, cell, stated, before, number, Phrase("前面是", "before it is"))._replace(severity="advice")
        first.setdefault(name, (cell, stated))


def _apart(one: Stated, other: Stated) -> bool:
    """Whether two numbers of one kind cannot be the same, however they were rounded; a bare one is of any kind that fits."""
    if one.kind != other.kind:
        if one.unit is not None and other.unit is not None:
            return False
        unit = one.unit or other.unit
        # 0.8947 is 89.47%, and so may be 89.47 in a column of per cent.
        if unit is not None and one.allowed.meet(other.allowed).empty():
            one, other = (this if this.unit is not None else this.measured(unit) for this in (one, other))
    return one.exact != other.exact and one.allowed.meet(other.allowed).empty()


def _found(name: str, cell: Cell, stated: Stated, there: Cell, other: Stated, where: Phrase) -> Found:
    says = Phrase(f"“{name}”这里是 {stated.text}，{where.zh} {other.text}", f"{name} is {stated.text} here, {where.en} {other.text}")
    hint = Phrase("改成一致；本来是两个数的，把名称写全", "make them alike, or give each its full name")
    return Found(cell.span, says, hint, ((Phrase("另一处", "the other place"), there.span),))
