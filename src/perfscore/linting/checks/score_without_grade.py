"""Totals that no grade holds: below the lowest grade, or above the highest."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.subject import Subject
from perfscore.linting.totals import totals
from perfscore.model.page import Page
from perfscore.model.rules import Grade
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

SEVERITY = "warning"
SAYS = Phrase("有的总得分没有等级", "totals that no grade holds")
PAGE = Page(
    what=Phrase(
        "总得分可能低于最低一级的下限，或高于最高一级的上限，那样就没有等级。",
        "A total can lie below the range of the lowest grade, or above that of the highest, and then has none.",
    ),
    why=Phrase(
        "最低一级写成 [60,80) 而漏了不合格的，或有加分项而最高一级止于 100：得分最差或最好的单位反而没有等级。",
        "The lowest grade begins at 60 and nobody wrote what is below, or there is a bonus and the highest ends at 100: the worst or the best unit is left without a grade.",
    ),
    fix=Phrase(
        "对照制度补上一级，或把两头的区间写到底：最低一级从最低总得分起，最高一级到最高总得分止，也可写 ≥90。",
        "Add the grade that the standard has, or let the ranges at both ends go on: from the least total on, up to the most, or `≥90`.",
    ),
    wrong="""points: 100
grades:
  - {label: 优, range: "[90,100]"}
  - {label: 良, range: "[80,90)"}
  - {label: 差, range: "[0,80)"}
facts: {表彰: {unit: 次}}
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
  - {id: praise, label: 表彰加分, points: 10, counts: bonus, measure: 2 * 表彰, method: direct}
""",
    right="""points: 100
grades:
  - {label: 优, range: "≥90"}
  - {label: 良, range: "[80,90)"}
  - {label: 差, range: "[0,80)"}
facts: {表彰: {unit: 次}}
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
  - {id: praise, label: 表彰加分, points: 10, counts: bonus, measure: 2 * 表彰, method: direct}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The totals at both ends that are in no grade."""
    ranged = [(grade, grade.range) for grade in subject.rules.grades if grade.range is not None]
    found = totals(subject) if ranged else None
    if found is None:
        return
    (best, upper), (worst, lower) = ranged[0], ranged[-1]
    if upper.high is not None and (found.high > upper.high or (found.high == upper.high and not upper.high_closed)):
        yield _found(best, Interval(upper.high, found.high, not upper.high_closed, high_closed=True))
    if lower.low is not None and (found.low < lower.low or (found.low == lower.low and not lower.low_closed)):
        yield _found(worst, Interval(found.low, lower.low, True, not lower.low_closed))


def _found(grade: Grade, missing: Interval) -> Found:
    if missing.low == missing.high and missing.low is not None:
        shown = format_number(missing.low)
        says = Phrase(f"总得分正好是 {shown} 的没有等级", f"a total of exactly {shown} has no grade")
    else:
        says = Phrase(f"总得分在 {missing} 之内的没有等级", f"totals in {missing} have no grade")
    hint = Phrase(f"补上一级，或改 {grade.label.zh} 的区间", f"add a grade, or mend the range of {grade.label.en}")
    return Found(grade.span, says, hint)
