"""Lines of the budget table that do not add up to the row or the budget that they are parts of."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.auditing.money import COLUMNS, Own, Whole
from perfscore.auditing.stated import Held, total
from perfscore.auditing.subject import Subject
from perfscore.auditing.wording import shown
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.diagnostic import Evidence, Severity
from perfscore.text.phrase import Phrase, listed
from perfscore.text.source import Span

SEVERITY = "error"
SAYS = Phrase("预算构成加不起来", "parts of the budget that do not add up")
PAGE = Page(
    what=Phrase(
        "预算表的一列里，分项相加不等于合计，或者一个分组的合计不等于预算总额；各数末位的舍入算上也对不上。",
        "In a column of the budget table the lines do not add up to their row, or a group not to the budget, however the numbers may have been rounded.",
    ),
    why=Phrase(
        "按来源分和按性质分是同一笔钱，两边都要等于总额；对不上，执行率的分子分母就不可信。",
        "By source and by use it is the same money, and both have to be the whole; else neither side of the execution rate can be relied on.",
    ),
    fix=Phrase("对照账表，补上漏列的一项，或改合计。", "Hold it against the books; add the line that is missing, or mend the total."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
budget:
  adjusted: 135.28
  executed: 135.28
  parts:
    - {group: 按收入性质, label: 一般公共预算, adjusted: 101.71}
    - {group: 按收入性质, label: 其他资金, adjusted: 24.27}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
budget:
  adjusted: 135.28
  executed: 135.28
  parts:
    - {group: 按收入性质, label: 一般公共预算, adjusted: 111.01}
    - {group: 按收入性质, label: 其他资金, adjusted: 24.27}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Each row of the budget table against its parts, and each group against the budget."""
    table = subject.money
    for one in table.wholes:
        if not one.whole.stated.exact and one.given:
            # A total of 0 over money is another check's.
            continue
        held = total(one.whole.stated, [(part.stated, 1) for part in one.parts])
        yield _found(one, held, _agreeing(one, table.groups) if one.of_budget else ())


def _found(one: Whole, held: Held, agreeing: tuple[Own, ...]) -> Found:
    column, unit, printed = COLUMNS[one.column], one.whole.stated.word, one.whole.stated
    given, gap = shown(held.exact, unit), shown(abs(held.exact - printed.exact / printed.factor), unit)
    stated = shown(printed.exact / printed.factor, unit)
    if one.of_budget:
        says = Phrase(
            f"“{one.label.zh}”的{column.zh}合计 {given}，预算表是 {stated}，相差 {gap}",
            f"{one.label.en} has {given} in all, the {column.en} is {stated}: {gap} apart",
        )
    else:
        says = Phrase(
            f"“{one.label.zh}”的{column.zh}印的是 {stated}，各项相加是 {given}，相差 {gap}",
            f"the {column.en} of {one.label.en} is printed as {stated}, its lines add up to {given}: {gap} apart",
        )
    if agreeing:
        names = listed([f"“{own.group}”" for own in agreeing], [own.group for own in agreeing])
        says = Phrase(
            f"{says.zh}；{names.zh}合计与预算表相符，两种分法互相矛盾", f"{says.en}; by {names.en} it is just that: they contradict each other"
        )
    hint, severity = _why(one, held, gap)
    # The group's own row is the one to mend; where there is none, the budget that its lines do not reach.
    at = one.whole
    if one.of_budget and len(one.parts) == 1:
        at, held = one.parts[0], total(one.parts[0].stated, [(printed, 1)])._replace(verdict=held.verdict)
    more = _places(one, at.cell.span, agreeing)
    return Found(
        at.cell.span, says, hint, more, evidence=Evidence(one.label, at.stated.text, held.computed, held.verdict, held.outer), severity=severity
    )


def _why(one: Whole, held: Held, gap: str) -> tuple[Phrase | None, Severity | None]:
    """What may be missing where the parts are less than the whole, and how sure it then is."""
    printed = one.whole.stated
    if held.exact * printed.factor >= printed.exact:
        return None, None
    if one.blank:
        names = listed(one.blank)
        return Phrase(f"{names.zh}没有读得出的数；是不是漏了 {gap}？", f"{names.en}: no number there; is it the {gap} that are missing?"), "warning"
    labels = "".join(part.label for part in one.parts)
    if "其中" in labels and "其他" not in labels:
        return Phrase("“其中”可能没有列全；列全了就要加得上", "其中 need not list everything; if it does, it must add up"), "advice"
    return Phrase(f"是不是漏列了 {gap}？", f"is a line of {gap} missing?"), None


def _places(one: Whole, at: Span, agreeing: tuple[Own, ...]) -> tuple[tuple[Phrase, Span], ...]:
    found = [(Phrase("预算表", "the budget"), one.whole.cell.span)] if one.of_budget and at is not one.whole.cell.span else []
    found += [(Phrase(f"“{own.group}”", own.group), own.lines[0].cell.span) for own in agreeing]
    return tuple(found)


def _agreeing(one: Whole, groups: tuple[Own, ...]) -> tuple[Own, ...]:
    """The other groups that have just what the budget has."""
    amount: Fraction = one.whole.stated.exact
    if one.given == amount:
        return ()
    return tuple(own for own in groups if own.group != one.group and own.amount == amount)
