"""A printed grade without a total."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.form import Cell
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Blank, format_number, read_printed

SEVERITY = "warning"
SAYS = Phrase("有等级而没有总分", "a grade without a total")
PAGE = Page(
    what=Phrase("表上印了等级，总得分却空着。", "A grade is printed, and the total is blank."),
    why=Phrase("等级由总分定；没有总分，等级无从核对。", "The total decides the grade; without it the grade rests on nothing."),
    fix=Phrase("补填总得分。", "Fill in the total."),
    wrong='rules: china/project-self@2020\nunit: 示例单位\nreported: {score: "", grade: 优}\n',
    right="rules: china/project-self@2020\nunit: 示例单位\nreported: {score: 95, grade: 优}\n",
)


def check(subject: Subject) -> Iterator[Found]:
    """The grade, where nothing stands in the place of the total."""
    grade, total = subject.form.reported.grade, subject.form.reported.score
    if grade is None or _blank(grade) or not _blank(total):
        return
    score, own = subject.evaluation.score, subject.evaluation.grade
    says = Phrase(f"等级印的是 {grade.text.strip()}，没有总得分", f"the grade is printed as {grade.text.strip()}, and there is no total")
    hint = Phrase("补填总得分", "fill in the total")
    if score is not None and own is not None:
        hint = Phrase(
            f"按规则总得分是 {format_number(score)}，等级是{own.label.zh}",
            f"by the rules the total is {format_number(score)}, which is {own.label.en}",
        )
    yield Found(grade.span, says, hint)


def _blank(cell: Cell | None) -> bool:
    return cell is None or isinstance(read_printed(cell.text), Blank)
