"""What was spent of the budget, and the larger budget that the text of a form may give."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from perfscore.auditing.claims import Heard
from perfscore.auditing.stated import Stated
from perfscore.auditing.subject import Subject
from perfscore.text.source import Span


class Spending(NamedTuple):
    """The two amounts of the execution rate."""

    spent: Stated
    planned: Stated

    @property
    def rate(self) -> Fraction:
        """The one over the other."""
        return self.spent.exact / self.planned.exact

    @property
    def above(self) -> bool:
        """Whether more was spent than planned, however both were rounded."""
        low, high = self.spent.allowed.low, self.planned.allowed.high
        return self.spent.exact > self.planned.exact and low is not None and high is not None and low >= high


class Larger(NamedTuple):
    """A budget of the year that the form gives in another place."""

    label: str
    amount: Stated
    span: Span


def spending(subject: Subject) -> Spending | None:
    """The amounts of the execution rate; None where one is not there, or nothing was planned."""
    spent, planned = subject.reader.named("executed"), subject.reader.named("adjusted")
    if not isinstance(spent, Stated) or not isinstance(planned, Stated) or planned.exact <= 0 or spent.kind != planned.kind:
        return None
    return Spending(spent, planned)


def larger(subject: Subject, found: Spending) -> Larger | None:
    """
    A larger budget: a claim that adds something to the printed one, or that names an adjusted one, and covers what was spent; or a group of its lines.

    What the text adds to the printed budget is the surest sign that the printed one is that of the start of the year.
    """
    for claim, heard in subject.claims:
        if not any(word in claim.label for word in ("预算", "调整", "追加")) or claim.printed is None:
            continue
        if not isinstance(heard, Heard) or heard.printed.kind != found.planned.kind or heard.printed.exact <= found.planned.exact:
            continue
        adds = claim.relation == "sum" and any(one.exact == found.planned.exact for part in heard.parts for one in part)
        # Nothing was spent beyond the budget: only what is called adjusted says that the printed one is not.
        firm = adds and "调整" in claim.label
        names = adds or ("调整" in claim.label and "预算" in claim.label)
        if firm or (found.above and names and heard.printed.exact >= found.spent.exact):
            return Larger(claim.label, heard.printed, claim.printed.span)
    if not found.above:
        return None
    own = next((one for one in subject.money.groups if one.column == "adjusted" and one.amount >= found.spent.exact), None)
    if own is None:
        return None
    first = own.lines[0]
    text = first.stated.text if len(own.lines) == 1 else ""
    return Larger(f"{own.group}合计", first.stated._replace(exact=own.amount, text=text), first.cell.span)
