"""What a form prints and what its rules make of it, to the working paper of an audit."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.auditing import subject as looked_at
from perfscore.auditing.checks.far_above_target_without_reason import FAR
from perfscore.auditing.printed import number
from perfscore.auditing.reasons import lost, reason
from perfscore.auditing.subject import Subject
from perfscore.model.form import Cell, Row
from perfscore.model.measure import Comparison, Computed, Judged
from perfscore.model.outcome import Outcome
from perfscore.model.paper import Deviation, Line, Paper, Part, Whose
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import Period, Quantity, Words, read_printed

_NOTHING = same("")
_TOTAL = Phrase("合计", "total")
_QUANTITY, _QUALITY = Phrase("定量", "quantity"), Phrase("定性", "quality")
_SIGNS = {">=": "≥", "<=": "≤"}
_DIRECTIONS = {
    "lower": Phrase("反向", "lower"),
    "higher": Phrase("正向", "higher"),
    "equal": Phrase("等于", "equal"),
    "range": Phrase("区间", "range"),
}


def paper(subject: Subject) -> Paper:
    """The working paper: the lines that are scored under their headings, the printed lines that are not, and the total."""
    form, root = subject.form, subject.evaluation.root
    lines = [line for child in root.children for line in _lines(child, subject, ())]
    scored = {line.leaf.row.span for line in subject.lines if line.leaf.row is not None}
    lines += [_unscored(row) for row in form.rows if not row.placeholder and row.span not in scored]
    rows = [line for line in lines if line.part == "row"]
    claimed = number(form.reported.score)
    total = _summed("total", _TOTAL, root, claimed, _sum([line.reviewed for line in rows if line.whose is not None]))
    reviewed = any(row.review is not None and any(cell is not None and cell.text.strip() for cell in row.review) for row in form.rows)
    return Paper((*lines, total), reviewed)


def _lines(outcome: Outcome, subject: Subject, above: tuple[Phrase, ...]) -> Iterator[Line]:
    if outcome.leaf is not None:
        yield _row(subject.by_id[outcome.leaf.id], subject, above)
        return
    below = [line for child in outcome.children for line in _lines(child, subject, (*above, outcome.label))]
    if not above and (outcome.children or outcome.points):
        counted = [line for line in below if line.part == "row" and line.earned is not None]
        yield _summed("group", outcome.label, outcome, _sum([line.claimed for line in counted]), _sum([line.reviewed for line in counted]))
    elif not outcome.children and (outcome.score or outcome.points):
        # What a gate took off, what rescaling added.
        yield _summed("row", outcome.label, outcome, None, None)
    yield from below


def _row(line: looked_at.Line, subject: Subject, above: tuple[Phrase, ...]) -> Line:
    leaf, outcome, own, claimed, form = line.leaf, line.outcome, line.own, line.claimed, subject.form
    row, review = leaf.row, leaf.row.review if leaf.row is not None else None
    target, actual = (row.target, row.actual) if row is not None else (None, None)
    if row is None and form.budget is not None and looked_at.execution(leaf):
        target, actual = form.budget.adjusted, form.budget.executed
    unit = _unit(target) or _unit(actual) or (form.budget.money if row is None and actual is not None and form.budget is not None else "")
    reviewed = number(review.score, leaf.points) if review is not None else None
    whose = None if own.score is None else _whose(outcome, reviewed)
    held = claimed if whose in ("rule", "appraiser") else None
    levels = [label.zh for label in above]
    return Line(
        "row",
        row.level1 if row is not None else "".join(levels[:1]),
        row.level2 if row is not None else "".join(levels[1:2]),
        leaf.label,
        _kind(outcome, target),
        _text(target),
        unit,
        None if outcome.status == "not-applicable" else own.points,
        None if outcome.status == "not-applicable" or own.points is None else own.bounds,
        _text(actual),
        claimed,
        _text(review.actual) if review is not None else "",
        reviewed,
        whose,
        _deviation(held, own.score, own.points),
        _deviation(reviewed, claimed, own.points),
        _note(line),
    )


def _unscored(row: Row) -> Line:
    review = row.review
    note = Phrase("不适用", "does not apply") if not row.applies else Phrase("规则里没有这一级，不计分", "the rules have no such level: not scored")
    return Line(
        "unscored",
        row.level1,
        row.level2,
        same(row.level3 or row.level2),
        _NOTHING,
        _text(row.target),
        _unit(row.target) or _unit(row.actual),
        number(row.points),
        None,
        _text(row.actual),
        number(row.reported),
        _text(review.actual) if review is not None else "",
        number(review.score) if review is not None else None,
        None,
        None,
        None,
        note,
    )


def _summed(part: Part, label: Phrase, outcome: Outcome, claimed: Fraction | None, reviewed: Fraction | None) -> Line:
    return Line(
        part,
        label.zh if part == "group" else "",
        "",
        label,
        _NOTHING,
        "",
        "",
        outcome.points,
        None if outcome.points is None or (outcome.by is not None and outcome.score is None) else outcome.bounds,
        "",
        claimed,
        "",
        reviewed,
        None,
        _deviation(claimed, outcome.score, outcome.points),
        _deviation(reviewed, claimed, outcome.points),
        _NOTHING,
    )


def _sum(scores: list[Fraction | None]) -> Fraction | None:
    """All of them added up; None where one is not printed, which makes a sum of some of them."""
    known = [score for score in scores if score is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(scores) else None


def _deviation(one: Fraction | None, other: Fraction | None, points: Fraction | None) -> Deviation | None:
    return None if one is None or other is None else Deviation(one - other, (one - other) / points if points else None)


def _whose(outcome: Outcome, reviewed: Fraction | None) -> Whose | None:
    measure = outcome.leaf.measure if outcome.leaf is not None else None
    if outcome.status == "not-applicable":
        return None
    if not isinstance(measure, Judged) or measure.whose == "default":
        return "rule"
    if reviewed is not None:
        return "reviewer"
    return "unit" if measure.whose == "reported" else "appraiser"


def _kind(outcome: Outcome, target: Cell | None) -> Phrase:
    """What the indicator is (性质): the sign of its target, or what else it is held against."""
    read = None if target is None else target.value or read_printed(target.text)
    measure = outcome.leaf.measure if outcome.leaf is not None else None
    match read:
        case Quantity(comparator=comparator) if comparator:
            return same(_SIGNS.get(comparator, comparator))
        case Quantity(form="range"):
            return Phrase("区间", "range")
        case Quantity():
            direction = measure.direction if isinstance(measure, Comparison) and not measure.same else ""
            return _DIRECTIONS.get(direction, _QUANTITY)
        case Period():
            return Phrase("期限", "deadline")
        case Words():
            return _QUALITY
    if isinstance(measure, Computed):
        return _QUANTITY
    return _QUALITY if isinstance(measure, Judged) else _NOTHING


def _unit(cell: Cell | None) -> str:
    read = None if cell is None else cell.value or read_printed(cell.text)
    return read.unit.name if isinstance(read, Quantity) and read.unit is not None else ""


def _text(cell: Cell | None) -> str:
    return "" if cell is None else " ".join(cell.text.split())


def _note(line: looked_at.Line) -> Phrase:
    """The reason that the form gives, or that it lacks one; what the reviewer says; the gate that took something off."""
    row, gate = line.leaf.row, line.outcome.by
    said = [same(text)] if row is not None and (text := _text(row.note)) else []
    if row is not None and not reason(row.note):
        said += _owed(line)
    if row is not None and row.review is not None and (text := _text(row.review.note)):
        said.append(Phrase(f"复核：{text}", f"review: {text}"))
    if gate is not None:
        said.append(Phrase(f"关口：{gate.gate.label.zh}", f"gate: {gate.gate.label.en}"))
    return Phrase("；".join(one.zh for one in said), "; ".join(one.en for one in said))


def _owed(line: looked_at.Line) -> Iterator[Phrase]:
    measure = line.leaf.measure
    if lost(line):
        yield Phrase("扣了分，没有写原因", "points lost, and no reason given")
    elif isinstance(measure, Comparison) and measure.direction != "lower" and isinstance(measure.value, Fraction) and measure.value >= FAR:
        yield Phrase("达到指标值的 130% 以上，没有写原因", "130% of the target or more, and no reason given")
