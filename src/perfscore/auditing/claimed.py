"""The score that a unit printed for a line, held against all that its rule allows, to a verdict."""

from __future__ import annotations

from fractions import Fraction

from perfscore.auditing.subject import Line, Subject
from perfscore.model.curve import round_half_up
from perfscore.model.measure import Absence, Judged
from perfscore.model.sets import meet, rounded
from perfscore.text.diagnostic import Verdict
from perfscore.text.interval import point


def verdict(subject: Subject, line: Line) -> Verdict | None:
    """Whether the rule gives the printed score; None where none is printed, or where no rule but a person gives it."""
    claimed = line.claimed
    if claimed is None or isinstance(line.leaf.measure, Absence | Judged) or line.outcome.points is None:
        return None
    if line.own.score == claimed:
        return "agrees"
    allowed = subject.allowed(line)
    if allowed is None or not allowed.on:
        return None
    exact = line.outcome.exact
    digits = len(line.reported.text.strip().partition(".")[2]) if line.reported is not None else 0
    if exact is not None and round_half_up(exact, digits) == claimed:
        return "rounding-only"
    return "rounding-only" if within(subject, line, claimed) else "differs"


def within(subject: Subject, line: Line, claimed: Fraction) -> bool:
    """Whether some of the numbers that the printed values stand for give this score, rounded as the rule set says."""
    allowed, places = subject.allowed(line), subject.rules.rounding.leaf
    if allowed is None or not allowed.on:
        return False
    taken = line.leaf.taken[0] if line.leaf.taken is not None else Fraction(0)
    return bool(meet(allowed.on, (point(claimed + taken),))) if places is None else rounded(allowed.on, places).holds(claimed + taken)
