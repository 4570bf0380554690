"""An actual value that says what was asked for instead of what was done."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.measure import Comparison
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Period, Printed, Quantity, bare, read_printed

SEVERITY = "advice"
SAYS = Phrase("完成值照抄了指标值", "the actual value copies the target")
PAGE = Page(
    what=Phrase(
        "实际完成值带着指标值的“≥”“≤”“之前”，或连同“余”照抄：说的是要求，不是做到了多少。",
        "The actual value has the ≥, ≤ or 之前 of the target, or is the same vague number: it says what was wanted, and not what was done.",
    ),
    why=Phrase(
        "完成值是一个结果，应是确定的数或日期；照抄的完成值总是“完成”，无法核对。",
        "A result is one number or one day; a copied one is always met and cannot be checked.",
    ),
    fix=Phrase("写实际的数或日期，如 95.2%、2024年11月20日。", "Write what it was: 95.2%, 2024年11月20日."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 满意度指标, level2: 服务对象满意度指标, level3: 住户满意度, target: ≥90%, actual: ≥90%, points: 10}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 满意度指标, level2: 服务对象满意度指标, level3: 住户满意度, target: ≥90%, actual: 95.2%, points: 10}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every row whose actual value is the target's own text and no definite one, or has its comparison."""
    for line in subject.lines:
        row, measure = line.leaf.row, line.leaf.measure
        if row is None or row.target is None or row.actual is None or not row.applies:
            continue
        done = measure.read_actual if isinstance(measure, Comparison) else read_printed(row.actual.text.strip(), year=subject.form.year)
        if not _vague(done):
            continue
        target, actual = row.target.text.strip(), row.actual.text.strip()
        copied = bare(target) == bare(actual)
        if copied or (isinstance(measure, Comparison) and _alike(measure.read_target, done)):
            says = Phrase(
                f"“{line.leaf.label.zh}”的完成值是 {actual}，照抄了指标值 {target}"
                if copied
                else f"“{line.leaf.label.zh}”的完成值 {actual} 带着指标值 {target} 的比较符号",
                f"“{line.leaf.label.en}”: the actual value {actual} "
                + ("copies the target" if copied else f"has the comparison of the target {target}"),
            )
            yield Found(row.actual.span, says, Phrase("写实际完成的数或日期", "write what was done: one number, or one day"))


def _alike(goal: Printed, done: Printed) -> bool:
    return isinstance(goal, Quantity) and isinstance(done, Quantity) and done.form == "bound" and done.comparator == goal.comparator


def _vague(read: Printed) -> bool:
    match read:
        case Quantity(form=form):
            return form != "exact"
        case Period(comparator=comparator):
            return bool(comparator)
    return False
