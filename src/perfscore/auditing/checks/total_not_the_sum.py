"""A printed total that the printed scores do not add up to."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.auditing.printed import number, places
from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.curve import round_half_up
from perfscore.model.page import Page
from perfscore.text.diagnostic import Evidence, Verdict
from perfscore.text.numbers import added
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

SEVERITY = "error"
SAYS = Phrase("总分不是各项得分之和", "a total that is not the sum of the scores")
PAGE = Page(
    what=Phrase("表上印的总得分，不等于表上印的各项得分相加。", "The printed total is not what the printed scores add up to."),
    why=Phrase(
        "这与规则无关，表自己就对不上：不是加错，就是有一行改过而总分没有改。",
        "Whatever the rules say, the form contradicts itself: added up wrong, or a row was changed and not the total.",
    ),
    fix=Phrase("把各项得分再加一遍。", "Add the scores up again."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
budget: {adjusted: 100, executed: 100, reported: 10}
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: 10套, actual: 10套, points: 50, reported: 50}
reported: {score: 61}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
budget: {adjusted: 100, executed: 100, reported: 10}
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: 10套, actual: 10套, points: 50, reported: 50}
reported: {score: 60}
""",
)


ZERO = Fraction(0)


def check(subject: Subject) -> Iterator[Found]:
    """The total against the sum of the scores that are printed; what is not printed may be anything that it can."""
    cell = subject.form.reported.score
    claimed = number(cell)
    counting = [line for line in subject.lines if line.outcome.status != "not-applicable"]
    printed = [line.claimed for line in counting if line.claimed is not None]
    # A mean, or the worst of the parts, is no sum, and points taken off the total are no row.
    if cell is None or claimed is None or not printed or not _adds_up(subject) or subject.evaluation.held:
        return
    exact = added(printed)
    open_ = [line.outcome.bounds for line in counting if line.claimed is None]
    low, high = exact + sum((min(least, ZERO) for least, _ in open_), ZERO), exact + sum((max(most, ZERO) for _, most in open_), ZERO)
    verdict: Verdict = "agrees" if low <= claimed <= high else "differs"
    if verdict == "differs" and round_half_up(exact, places(cell)) == claimed:
        verdict = "rounding-only"
    says = Phrase(
        f"总得分印的是 {format_number(claimed)}，各项得分相加是 {format_number(exact)}",
        f"the total is printed as {format_number(claimed)}, the scores add up to {format_number(exact)}",
    )
    yield Found(cell.span, says, evidence=Evidence(Phrase("总得分", "total"), cell.text.strip(), (low, high), verdict))


def _adds_up(subject: Subject) -> bool:
    """Whether the total is the sum of the scores: no mean, no worst of its parts, nothing rescaled, no group that is rounded or held by itself."""
    groups = [node for top in subject.evaluation.submission.tree.indicators for node in top.walk() if node.children or node.open]
    used = {subject.rules.aggregate, *(node.aggregate for node in groups)}
    dropped = any(line.outcome.status == "not-applicable" and line.leaf.points for line in subject.lines)
    held = any(node.least is not None or node.most is not None or node.counts != "points" for node in groups)
    rounding = subject.rules.rounding
    apart = rounding.group is not None and (rounding.leaf is None or rounding.group < rounding.leaf)
    return (used == {"sum"} or (used <= {"sum", "redistribute"} and not dropped)) and not held and not apart
