"""A printed grade that is not that of the printed total."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.auditing.printed import number
from perfscore.auditing.subject import Subject
from perfscore.auditing.totals import total
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.model.rules import Grade
from perfscore.model.sets import Runs
from perfscore.scoring.engine import grade_of
from perfscore.text.diagnostic import Evidence, Verdict
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.printed import bare, format_number

SEVERITY = "error"
SAYS = Phrase("等级与总分不符", "a grade that is not that of the total")
PAGE = Page(
    what=Phrase("表上印的等级，不是规则给印出的总分定的等级。", "The printed grade is not the one that the rules lay down for the printed total."),
    why=Phrase(
        "等级决定结果怎样应用；90 分算优还是算良，只看规则写的区间。",
        "The grade decides what follows; whether 90 is 优 or 良 is for the rules to say.",
    ),
    fix=Phrase("对照规则的等级区间改等级。", "Mend the grade by the ranges of the rules."),
    wrong="rules: china/project-self@2020\nunit: 示例单位\nreported: {score: 89.99, grade: 优}\n",
    right="rules: china/project-self@2020\nunit: 示例单位\nreported: {score: 90, grade: 优}\n",
)

ONE = Fraction(1)


def check(subject: Subject) -> Iterator[Found]:
    """The grade that the form prints against the ranges of its rules."""
    reported, grades = subject.form.reported, subject.rules.grades
    cell, claimed = reported.grade, number(reported.score)
    if cell is None or not cell.text.strip() or claimed is None or not grades:
        return
    labels = {bare(label): grade for grade in grades for label in grade.label}
    found = labels.get(bare(cell.text))
    ranged = grade_of(claimed, grades)
    if found is not None and found.range is None:
        # Only a gate gives it, and gates do not stand in the total.
        return
    own = subject.evaluation.grade
    verdict: Verdict = "agrees" if found is not None and found == ranged else "differs"
    complete = subject.evaluation.score is not None
    if verdict == "differs" and _gated(subject, found):
        # A gate moved it, or may have.
        verdict = "agrees"
    if verdict == "differs" and complete and found is not None and found.range is not None and (found == own or _within(subject, found.range)):
        verdict = "rounding-only"
    name = ranged.label if ranged is not None else Phrase("没有等级", "no grade")
    says = Phrase(
        f"等级印的是 {cell.text.strip()}，总得分 {format_number(claimed)} 按规则是 {name.zh}",
        f"the grade is printed as {cell.text.strip()}; by the rules {format_number(claimed)} is {name.en}",
    )
    yield Found(cell.span, says, evidence=Evidence(Phrase("等级", "grade"), cell.text.strip(), None, verdict))


def _gated(subject: Subject, found: Grade | None) -> bool:
    """Whether the grade is what gates make of it, or what they perhaps make."""
    moving = [held for held in subject.evaluation.held if held.gate.effect in ("grade", "grade-cap", "downgrade")]
    return bool(moving) and (found == subject.evaluation.grade or subject.evaluation.grade is None)


def _within(subject: Subject, on: Interval) -> bool:
    """Whether some total that the printed values allow has the grade of a range."""
    allowed = total(subject)
    unit = Fraction(1, 10**allowed.places) if isinstance(allowed, Runs) else ONE
    runs = allowed.runs if isinstance(allowed, Runs) else (allowed,)
    return any(not on.meet(Interval(low * unit, high * unit, low_closed=True, high_closed=True)).empty() for low, high in runs)
