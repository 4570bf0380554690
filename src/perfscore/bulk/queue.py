"""Evaluations to the queue for review: whose form to look at first, and why."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from perfscore.auditing.checks.far_above_target_without_reason import FAR as FAR_ABOVE
from perfscore.bulk import sheets
from perfscore.bulk.results import ends
from perfscore.bulk.sheets import Column, Plain, Sheet
from perfscore.model.form import Cell, Form
from perfscore.model.measure import Absence, Comparison, Measure
from perfscore.model.rules import Grade
from perfscore.report.evaluation import execution_rate, grade_above
from perfscore.report.figures import outward
from perfscore.scoring.engine import Evaluation
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Words, bare, format_number, format_share, read_printed

REVIEW = Sheet(
    "review",
    Phrase("复核次序：先看谁，为什么", "whose form to look at first, and why"),
    (
        Column("order", Phrase("次序", "order"), "whole"), sheets.FORM, sheets.KEY, sheets.FILE, sheets.ROW, sheets.UNIT, sheets.PROJECT,
        Column("weight", Phrase("轻重", "weight"), "whole"), Column("reasons", Phrase("原因编号", "reasons")), sheets.SAYS,
    ),
)  # fmt: skip

#: How heavy each reason weighs. The heavier form comes first, then the one that was read first.
WEIGHTS = {
    "audit-errors": 4,
    "incomplete": 3,
    "spending-behind": 3,
    "same-texts": 3,
    "targets-too-low": 2,
    "all-full": 2,
    "near-grade": 1,
}
#: Twenty percentage points between what was earned and what was spent.
BEHIND = Fraction(1, 5)
#: From this share of the rows that can be compared, and from two on, many are far above their targets.
MANY = Fraction(1, 3)
#: One point of a hundred.
NEAR = Fraction(1, 100)
#: A shorter text may well be the same in two units.
LONG = 12
_SHOWN = 20


class Reason(NamedTuple):
    """Why a form should be looked at: the reason's name and what it is in this form."""

    name: str
    says: Phrase


class Waiting(NamedTuple):
    """A form in the queue."""

    form: int
    key: str
    file: str
    row: int | None
    unit: str
    project: str
    reasons: tuple[Reason, ...] = ()

    @property
    def weight(self) -> int:
        """How heavy its reasons weigh together."""
        return sum(WEIGHTS[reason.name] for reason in self.reasons)


def order(waiting: list[Waiting]) -> list[Waiting]:
    """The queue: the heaviest first, and of two that weigh the same the one that was read first."""
    return sorted(waiting, key=lambda one: (-one.weight, one.form))


def row(place: int, one: Waiting) -> list[Plain]:
    """The row of the queue's table."""
    says = ["；".join(reason.says.zh for reason in one.reasons), "; ".join(reason.says.en for reason in one.reasons)]
    names = " ".join(reason.name for reason in one.reasons)
    return [place, one.form, one.key, one.file, one.row, one.unit, one.project, one.weight, names, says]


def reasons(evaluation: Evaluation, findings: tuple[Diagnostic, ...]) -> Iterator[Reason]:
    """Why a form should be looked at, as far as it shows by itself."""
    root = evaluation.root
    wrong = [one for one in findings if one.severity == "error"]
    if wrong:
        codes = sorted({one.code for one in wrong})
        yield Reason(
            "audit-errors",
            Phrase(f"审核发现 {len(wrong)} 处错误（{'、'.join(codes)}）", f"errors of the audit: {len(wrong)} ({', '.join(codes)})"),
        )
    if root.score is None:
        low, high = outward(root.bounds)
        says = Phrase(f"资料不全，得分在 {low} 到 {high} 之间", f"something is missing: the score lies between {low} and {high}")
        yield Reason("incomplete", says)
        return
    measures = [outcome.leaf.measure for outcome in ends(root) if outcome.leaf is not None and outcome.status != "not-applicable"]
    points = root.points or Fraction(0)
    share = root.score / points if points > 0 else None
    rate = execution_rate(evaluation)
    if share is not None and rate is not None and share - rate >= BEHIND:
        yield behind(share, rate)
    yield from _targets(measures)
    yield from of_total(evaluation.plan.rules.grades, evaluation.grade, root.score, points, len(measures))


def behind(share: Fraction, rate: Fraction) -> Reason:
    """Less was spent than earned."""
    spent, earned = format_share(rate), format_share(share)
    return Reason("spending-behind", Phrase(f"得分率 {earned}，预算只执行 {spent}", f"{earned} of the points, but {spent} of the budget was spent"))


def of_total(grades: tuple[Grade, ...], grade: Grade | None, score: Fraction, points: Fraction, leaves: int) -> Iterator[Reason]:
    """What the total alone tells: nothing is lost, or another grade is near."""
    if points > 0 and score >= points and leaves > 1:
        yield Reason("all-full", Phrase(f"{leaves} 个指标全部满分", f"all {leaves} indicators have full points"))
    yield from _near(grades, grade, score, points)


def _targets(measures: list[Measure | Absence]) -> Iterator[Reason]:
    """Rows whose result is far above the target, if they are many: the targets were set too low (指标值偏低)."""
    compared = [one for one in measures if isinstance(one, Comparison) and one.direction in ("higher", "equal")]
    far = [one for one in compared if _reached(one) >= FAR_ABOVE]
    if len(far) >= 2 and len(far) >= MANY * len(compared):
        says = Phrase(
            f"{len(compared)} 个可比的指标里有 {len(far)} 个达到指标值的 130% 以上，指标可能定低了",
            f"{len(far)} of {len(compared)} indicators reached 130% of their targets or more: these may be too low",
        )
        yield Reason("targets-too-low", says)


def _reached(measure: Comparison) -> Fraction:
    share = measure.value if measure.unrounded is None else measure.unrounded
    least = share if isinstance(share, Fraction) else share.low
    return Fraction(0) if least is None else least


def _near(grades: tuple[Grade, ...], grade: Grade | None, score: Fraction, points: Fraction) -> Iterator[Reason]:
    """A total that a little more or a little less would put into another grade."""
    above = grade_above(grades, grade, score)
    if above is not None and above[1] <= NEAR * points:
        away = format_number(above[1])
        yield Reason("near-grade", Phrase(f"距“{above[0].label.zh}”只差 {away} 分", f"only {away} points short of {above[0].label.en}"))
    elif grade is not None and grade is not grades[-1] and grade.range is not None and grade.range.low is not None:
        over = score - grade.range.low
        if 0 <= over <= NEAR * points:
            much = format_number(over)
            yield Reason("near-grade", Phrase(f"刚够“{grade.label.zh}”，只多 {much} 分", f"only {much} points above the line of {grade.label.en}"))


def texts(form: Form) -> Iterator[tuple[str, str]]:
    """What a form says in its own words, folded, with how it begins; what repeats its own target says nothing of its own."""
    cells: list[tuple[Cell | None, Cell | None]] = [(cell, None) for cell in form.goal]
    for line in form.rows:
        cells += [(line.actual, line.target), (line.note, None)]
    seen: set[str] = set()
    for cell, target in cells:
        found = None if cell is None else told(cell.text, None if target is None else target.text)
        if found is not None and found[0] not in seen:
            seen.add(found[0])
            yield found


def told(text: str, target: str | None = None) -> tuple[str, str] | None:
    """A cell in words of its own, folded, with how it begins."""
    if len(text) < LONG:
        return None
    folded = bare(text)
    if len(folded) < LONG or (target is not None and folded == bare(target)) or not isinstance(read_printed(text), Words):
        return None
    return folded, " ".join(text.split())[:_SHOWN]


class Repeated:
    """Which texts stand in the forms of several units: all texts are taken in first, and asked for then."""

    def __init__(self) -> None:
        #: Of each text the first two units that have it.
        self._units: dict[bytes, tuple[str, str | None]] = {}

    def take(self, unit: str, text: str) -> None:
        """A text, by its digest, of a unit."""
        key = bytes.fromhex(text)
        first, second = self._units.get(key, (unit, None))
        if first != unit and second is None:
            second = unit
        self._units[key] = first, second

    def other(self, unit: str, text: str) -> str | None:
        """Another unit that has the text."""
        first, second = self._units[bytes.fromhex(text)]
        return second if first == unit else first

    def reason(self, unit: str, given: list[tuple[str, str]]) -> Reason | None:
        """What is said of a form whose texts, by digest and beginning, other units have, too."""
        shared = [(start, other) for text, start in given if (other := self.other(unit, text)) is not None]
        if not shared:
            return None
        start, other = shared[0]
        many = "a text is that of another unit" if len(shared) == 1 else f"{len(shared)} texts are those of other units"
        says = Phrase(f"有 {len(shared)} 处文字与其他单位相同，如“{start}…”同{other}", f"{many}: “{start}…” of {other}")
        return Reason("same-texts", says)
