"""A form and what was understood of it, to the values that nobody could read: what is not understood must not pass as fine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfscore.auditing.claims import Heard
from perfscore.auditing.printed import number
from perfscore.auditing.subject import Subject
from perfscore.model.form import Cell
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Blank, NotApplicable, Quantity, read_printed

#: What binding says of values that it could make nothing of; each leaves an indicator open, or a row out.
_SAID = frozenset(
    (
        "unreadable-value", "not-definite", "fact-shape", "unknown-unit", "unknown-level", "unknown-level-label", "unknown-tier",
        "unknown-item", "unknown-part", "no-method-for-kind", "number-too-large", "duplicate-item", "item-outside-range", "negative-actual",
        "negative-target", "no-target", "outside-domain", "points-do-not-fit", "score-outside-tier",
    )
)  # fmt: skip


def unread(subject: Subject) -> tuple[Diagnostic, ...]:
    """Every value that a form prints and that was not understood, one for each place."""
    return _once((*_values(subject), *_elsewhere(subject)))


def unfit(subject: Subject) -> tuple[Diagnostic, ...]:
    """Those of them that are no claim and no line of the budget, which have checks of their own, and what should be there and is not."""
    return _once((*_values(subject), *(one for one in subject.evaluation.submission.diagnostics if one.code == "value-missing")))


def _once(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    # What is not there at all has the whole form for its place.
    return tuple({(one.span, one.says if one.code == "value-missing" else None): one for one in reversed(tuple(found))}.values())[::-1]


def _values(subject: Subject) -> Iterator[Diagnostic]:
    form, budget = subject.form, subject.form.budget
    yield from (one for one in subject.evaluation.submission.diagnostics if one.code in _SAID)
    for line in subject.lines:
        if line.reported is not None and line.claimed is None:
            yield from _number(line.reported, Phrase("自评得分", "score"))
    yield from _number(form.reported.points, Phrase("总分值", "total of the points"))
    yield from _number(form.reported.score, Phrase("总得分", "total score"))
    if budget is not None:
        yield from _number(budget.points, Phrase("预算表的分值", "points of the budget table"))
        for cell in (budget.rate, budget.initial, budget.adjusted, budget.executed):
            yield from _number(cell, Phrase("预算表里的", "value of the budget table"), vague=True)


def _elsewhere(subject: Subject) -> Iterator[Diagnostic]:
    for claim, heard in subject.claims:
        if not isinstance(heard, Heard):
            for one in heard:
                yield Diagnostic("unreadable-value", one.why, one.cell.span if one.cell is not None else claim.span, one.hint, "warning")
    for part in subject.form.budget.parts if subject.form.budget is not None else ():
        for cell in (part.initial, part.adjusted, part.executed):
            yield from _number(cell, Phrase("预算构成里的", "value of the budget table"), vague=True)


def _number(cell: Cell | None, what: Phrase, *, vague: bool = False) -> Iterator[Diagnostic]:
    """A cell that was to hold a number and holds none, though something is printed; a `vague` one may be a bound or a range."""
    if cell is None or not cell.text.strip() or number(cell) is not None:
        return
    found = cell.value or read_printed(cell.text)
    if not isinstance(found, Blank | NotApplicable) and not (vague and isinstance(found, Quantity)):
        says = Phrase(f"{what.zh} {cell.text.strip()} 读不出来", f"cannot read the {what.en} {cell.text.strip()}")
        yield Diagnostic("unreadable-value", says, cell.span, severity="warning")
