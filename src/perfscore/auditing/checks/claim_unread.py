"""A claim that could not be held against anything: a number in it cannot be read, or a name is not there."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.claims import ADDING, Heard, held_against
from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

SEVERITY = "warning"
SAYS = Phrase("陈述里有读不懂的数", "a claim that could not be read")
PAGE = Page(
    what=Phrase(
        "“陈述”里的一条没有核对：所称的数或某个运算数不是确定的数，名称在表里没有，单位不明或不同类，或者除数是 0。",
        "A claim was held against nothing: a number in it is not definite, a name is not in the form, units are not clear or not alike, or it is divided by 0.",
    ),
    why=Phrase("没有核对不等于没有差错。", "What was not checked is not therefore right."),
    fix=Phrase(
        "数照原文写，带上单位；名称写数据或预算里有的名称；比率、增减率写两个运算数。",
        "Write numbers as printed with their units, names as the facts or the budget have them, and two operands for a ratio or a growth.",
    ),
    wrong="rules: china/project-self@2020\nunit: 示例单位\nfacts: {在职人数: 51}\nclaims:\n  - {label: 控制率, printed: 89.47%, ratio: [在职人数, 编制人数]}\n",
    right="rules: china/project-self@2020\nunit: 示例单位\nfacts: {在职人数: 51, 编制数: 57}\nclaims:\n  - {label: 控制率, printed: 89.47%, ratio: [在职人数, 编制数]}\n",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every claim that no verdict was given on, with each operand that is in the way."""
    for claim, heard in subject.claims:
        label = claim.label or claim.relation
        if isinstance(heard, Heard):
            if claim.relation in ADDING:
                continue
            parts = [list(part) for part in heard.parts]
            # 0 of 0 is nothing that could be worked out, and nothing that is wrong: there is no project, and 100 % is printed.
            if any(one.exact for part in parts for one in part) and held_against(claim.relation, heard.printed, parts) is None:
                says = Phrase(f"{label}：不能作除数（0 或负数），没有核对", f"{label}: divided by 0, or a growth from less than 0; not checked")
                yield Found(claim.operands.span, says)
            continue
        for one in heard:
            says = Phrase(f"{label}：{one.why.zh}，没有核对", f"{label}: {one.why.en}; not checked")
            yield Found(one.cell.span if one.cell is not None else claim.span, says, one.hint)
