"""The score that a unit printed for a line, held against all that its rule allows, to a verdict."""

from __future__ import annotations

from fractions import Fraction

from perfscore.auditing.printed import places, share
from perfscore.auditing.subject import Line, Subject
from perfscore.model.curve import round_half_up
from perfscore.model.measure import Absence, Judged
from perfscore.model.sets import Runs, Union, meet, rounded
from perfscore.text.diagnostic import Verdict
from perfscore.text.interval import Interval, point

ZERO = Fraction(0)


def verdict(subject: Subject, line: Line) -> Verdict | None:
    """Whether the rule gives the printed score; None where none is printed, or where no rule but a person gives it."""
    claimed = line.claimed
    if claimed is None or line.reported is None or isinstance(line.leaf.measure, Absence | Judged) or line.outcome.points is None:
        return None
    if line.own.score == claimed:
        return "agrees"
    if _scored(subject, line) is None:
        return None
    of_points, exact = share(line.reported), line.outcome.exact
    if of_points is not None and exact is not None and line.leaf.points:
        if round_half_up(_less(exact, line.taken) / line.leaf.points, places(line.reported) + 2) == of_points:
            return "agrees"
    elif exact is not None and round_half_up(_less(exact, line.taken), places(line.reported)) == claimed:
        return "rounding-only"
    return "rounding-only" if within(subject, line, claimed) else "differs"


def within(subject: Subject, line: Line, claimed: Fraction) -> bool:
    """Whether some of the numbers that the printed values stand for give this score, rounded as the rule set says."""
    scored, taken = _scored(subject, line), line.taken
    if scored is None:
        return False
    # What is left at 0 may have been anything up to what was taken off.
    floored = bool(taken) and not claimed
    if isinstance(scored, Runs):
        return scored.holds(claimed + taken) or (floored and scored.ends[0] <= taken)
    return meet(scored, (Interval(None, taken, low_closed=False, high_closed=True) if floored else point(claimed + taken),))


def bounds(subject: Subject, line: Line) -> tuple[Fraction, Fraction]:
    """The least and the most that the score can be."""
    scored, (low, high) = _scored(subject, line), line.own.bounds
    if scored is None:
        return low, high
    ends = scored.ends if isinstance(scored, Runs) else (scored[0].low, scored[-1].high)
    least, most = (None if end is None else _less(end, line.taken) for end in ends)
    return low if least is None else min(low, least), high if most is None else max(high, most)


def _scored(subject: Subject, line: Line) -> Union | Runs | None:
    """Every score that the printed values allow, as the rule set rounds it, before anything was taken off by hand."""
    allowed, digits = subject.allowed(line), subject.rules.rounding.leaf
    if allowed is None or not allowed.on:
        return None
    return allowed.on if digits is None else rounded(allowed.on, digits)


def _less(score: Fraction, taken: Fraction) -> Fraction:
    """A score without what was taken off by hand, not below 0 (扣完为止)."""
    return min(score, max(ZERO, score - taken))
