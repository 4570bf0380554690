"""Points of a form that are not those of its rules, or do not add up to them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.auditing.printed import number
from perfscore.auditing.subject import Subject, execution
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.diagnostic import Diagnostic, Evidence, Verdict
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import format_number
from perfscore.text.source import Span

SEVERITY = "error"
SAYS = Phrase("分值与规则不符", "points that are not those of the rules")
PAGE = Page(
    what=Phrase(
        "各行分值加起来不是本组的分值，各组加上预算执行率不是规则的总分，或表上印的总分值不是这个数。",
        "The points of rows are not those of their group, the groups and the execution rate not those of the rules, or the printed total is another number.",
    ),
    why=Phrase(
        "分值就是权重；合计 110 分的表打出 100 分，不知道是几成。常见的是各组已合计 100，又加了预算执行率 10 分。",
        "Points are weights: 100 of 110 is no 100. Most often the groups make 100 already, and the execution rate comes on top with 10.",
    ),
    fix=Phrase(
        "按规则改各行的分值，给预算执行率留出它的分值。", "Bring the points of rows to those of the rules, and leave the execution rate its own."
    ),
    wrong="""rules: china/project-self@2020
unit: 示例单位
budget: {adjusted: 100, executed: 100, points: 10}
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: 10套, actual: 10套, points: 60}
  - {level1: 效益指标, level2: 社会效益指标, level3: 受益住户, target: 10户, actual: 10户, points: 30}
  - {level1: 满意度指标, level2: 服务对象满意度指标, level3: 住户满意度, target: ≥90%, actual: 95%, points: 10}
reported: {points: 100}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
budget: {adjusted: 100, executed: 100, points: 10}
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: 10套, actual: 10套, points: 50}
  - {level1: 效益指标, level2: 社会效益指标, level3: 受益住户, target: 10户, actual: 10户, points: 30}
  - {level1: 满意度指标, level2: 服务对象满意度指标, level3: 住户满意度, target: ≥90%, actual: 95%, points: 10}
reported: {points: 100}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """What binding said of points; the printed points of indicators that the rules fix; and the total of them all."""
    summed: Diagnostic | None = None
    for one in subject.evaluation.submission.diagnostics:
        if one.code == "points-differ":
            yield Found(one.span or subject.form.span, one.says, Phrase("按规则改各行的分值", "bring the points to those of the rules"))
        elif one.code == "total-points-differ":
            summed = one
    yield from _fixed(subject)
    yield from _total(subject, summed)


def _fixed(subject: Subject) -> Iterator[Found]:
    for line in subject.lines:
        row, leaf = line.leaf.row, line.leaf
        if row is None or row.points is None or leaf.rule.open or leaf.rule.id == "unmatched":
            continue
        printed, ruled = number(row.points), leaf.points if leaf.beyond is None else leaf.beyond
        if printed is None or ruled is None or printed == ruled:
            continue
        says = Phrase(
            f"“{leaf.label.zh}”印的分值是 {format_number(printed)} 分，规则是 {format_number(ruled)} 分",
            f"“{leaf.label.en}” is printed with {format_number(printed)} points, the rules have {format_number(ruled)}",
        )
        yield Found(
            row.points.span,
            says,
            Phrase("按规则改分值", "write the points of the rules"),
            ((Phrase("规则在这里", "the rule is here"), leaf.rule.span),),
        )


def _total(subject: Subject, summed: Diagnostic | None) -> Iterator[Found]:
    """The total of the points, against the rules and against the one that the form declares."""
    cell, ruled = subject.form.reported.points, subject.evaluation.submission.tree.points
    declared = number(cell)
    parts = [line.leaf.points for line in subject.lines]
    own = next((line.leaf.points for line in subject.lines if execution(line.leaf) and line.leaf.points), None)
    if summed is not None and ruled is not None:
        total = sum((points for points in parts if points is not None), Fraction(0))
        also = same("") if declared is None else Phrase(f"，总分值印的是 {format_number(declared)}", f"; the form declares {format_number(declared)}")
        evidence = None if cell is None or declared is None or declared == total else _held(cell.text, total, "differs")
        says = Phrase(summed.says.zh + also.zh, summed.says.en + also.en)
        yield Found(
            _place(subject), says, _hint(total, ruled, own), ((Phrase("规则在这里", "the rules are here"), subject.rules.span),), evidence=evidence
        )
    elif cell is not None and declared is not None and ruled is not None and not any(line.leaf.beyond for line in subject.lines):
        if declared in (ruled, subject.evaluation.root.points):
            yield Found(cell.span, SAYS, evidence=_held(cell.text, declared, "agrees"))
        elif own is None or declared != ruled - own:
            # The points of the indicators alone, 90 beside 10 for the execution rate, are a way to print it.
            says = Phrase(
                f"总分值印的是 {format_number(declared)}，规则是 {format_number(ruled)}",
                f"the points are declared to be {format_number(declared)}, the rules have {format_number(ruled)}",
            )
            yield Found(cell.span, says, _hint(declared, ruled, own), evidence=_held(cell.text, ruled, "differs"))


def _held(printed: str, computed: Fraction, verdict: Verdict) -> Evidence:
    return Evidence(Phrase("总分值", "total of the points"), printed.strip(), (computed, computed), verdict)


def _hint(total: Fraction, ruled: Fraction, own: Fraction | None) -> Phrase:
    if own is not None and total - ruled == own:
        return Phrase(
            f"多出的 {format_number(own)} 分正好是预算执行率的分值：其余各行已合计 {format_number(ruled)} 分，没有给执行率留出分值",
            f"the {format_number(own)} too many are the points of the execution rate: the other rows make {format_number(ruled)} without it",
        )
    return Phrase("按规则改各行的分值，使合计相等", "bring the points of the rows to those of the rules")


def _place(subject: Subject) -> Span:
    """Where a total of points is printed, or would be: below the rows."""
    reported, rows = subject.form.reported, subject.form.rows
    cell = reported.points or reported.score or (rows[-1].points if rows else None)
    return subject.form.span if cell is None else cell.span
