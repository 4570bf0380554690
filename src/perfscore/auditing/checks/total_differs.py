"""A printed total that the rules do not give."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.auditing.printed import number, places
from perfscore.auditing.subject import Subject
from perfscore.auditing.totals import total
from perfscore.checking.found import Found
from perfscore.model.curve import round_half_up
from perfscore.model.page import Page
from perfscore.model.sets import Runs
from perfscore.text.diagnostic import Evidence, Verdict
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import format_number

SEVERITY = "error"
SAYS = Phrase("总分与按规则算的不符", "a total that the rules do not give")
PAGE = Page(
    what=Phrase(
        "表上印的总得分，不是按规则算出的总分；把各项印出的数可能的舍入都算上也得不出它。",
        "The printed total is not what the rules give, however the numbers behind it may have been rounded.",
    ),
    why=Phrase("总分定等级，差一分可能就差一等。", "The total decides the grade, and a point may be a grade."),
    fix=Phrase("先改各行得分里的差错，再把总分加一遍。", "Mend the scores of the rows first, and add them up again."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
budget: {adjusted: 100, executed: 100, reported: 10}
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: 10套, actual: 10套, points: 50, reported: 50}
  - {level1: 效益指标, level2: 社会效益指标, level3: 受益住户, target: 10户, actual: 10户, points: 30, reported: 30}
  - {level1: 满意度指标, level2: 服务对象满意度指标, level3: 住户满意度, target: ≥90%, actual: 95%, points: 10, reported: 10}
reported: {score: 100.09}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
budget: {adjusted: 100, executed: 100, reported: 10}
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: 10套, actual: 10套, points: 50, reported: 50}
  - {level1: 效益指标, level2: 社会效益指标, level3: 受益住户, target: 10户, actual: 10户, points: 30, reported: 30}
  - {level1: 满意度指标, level2: 服务对象满意度指标, level3: 住户满意度, target: ≥90%, actual: 95%, points: 10, reported: 10}
reported: {score: 100}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The total that the form prints against that of its rules."""
    cell = subject.form.reported.score
    claimed = number(cell)
    if cell is None or claimed is None or not subject.lines:
        return
    score = subject.evaluation.score
    low, high = bounds = subject.evaluation.bounds
    verdict: Verdict = "agrees"
    outer = False
    if score != claimed and (score is None or round_half_up(score, places(cell)) != claimed):
        allowed, bounds = _allowed(subject, bounds)
        outer = any(found is not None and not found.exact for found in map(subject.allowed, subject.lines))
        within = allowed.holds(claimed) if isinstance(allowed, Runs) else bounds[0] <= claimed <= bounds[1]
        if within and score is None:
            # What is missing leaves more open than any rounding: there is nothing to hold it against.
            return
        verdict = "rounding-only" if within else "differs"
    elif score != claimed:
        verdict = "rounding-only"
    shown = (
        Phrase(f"{format_number(low)} 到 {format_number(high)}", f"{format_number(low)} to {format_number(high)}")
        if low != high
        else same(format_number(low))
    )
    says = Phrase(
        f"总得分印的是 {format_number(claimed)}，按规则是 {shown.zh}",
        f"the total is printed as {format_number(claimed)}, by the rules it is {shown.en}",
    )
    yield Found(cell.span, says, evidence=Evidence(Phrase("总得分", "total"), cell.text.strip(), bounds, verdict, outer))


def _allowed(subject: Subject, bounds: tuple[Fraction, Fraction]) -> tuple[Runs | None, tuple[Fraction, Fraction]]:
    """Exactly which totals the printed values allow, if that can be told, and the least and the most of them."""
    found = total(subject)
    low, high = found.ends if isinstance(found, Runs) else found
    return found if isinstance(found, Runs) else None, (min(low, bounds[0]), max(high, bounds[1]))
