"""All that printed values allow of every line, to all that they allow of the total."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from perfscore.auditing.subject import Line, Subject
from perfscore.model.measure import Absence, Measure
from perfscore.model.sets import Runs, rounded
from perfscore.scoring.engine import evaluate
from perfscore.text.phrase import same


def total(subject: Subject) -> Runs | tuple[Fraction, Fraction]:
    """
    The totals by rule that the printed values allow.

    Where the total is the sum of rounded scores, exactly which; where parts are rescaled, averaged, held or judged by gates, the least and the most.
    """
    submission, places = subject.evaluation.submission, subject.rules.rounding.leaf
    if submission.plain and places is not None:
        return reduce(Runs.plus, (_runs(subject, line, places) for line in subject.lines), Runs(places, ((0, 0),)))
    leaves = tuple(
        leaf if (line := subject.by_id.get(leaf.id)) is None else leaf._replace(measure=_open(subject, line)) for leaf in submission.leaves
    )
    # Without the scoring loop everything is folded up the tree, between the least and the most of every leaf.
    return evaluate(submission._replace(leaves=leaves, hot=(), places=(), plain=False)).bounds


def _runs(subject: Subject, line: Line, places: int) -> Runs:
    allowed = subject.allowed(line)
    if allowed is not None and allowed.on and line.outcome.status == "scored" and allowed.on[0].low != allowed.on[-1].high:
        return rounded(allowed.on, places)
    score = line.outcome.score or Fraction(0)
    units = int(score * 10**places)
    return Runs(places, ((units, units),))


def _open(subject: Subject, line: Line) -> Measure | Absence:
    """The measure of a leaf that lies between the scores that its printed values allow."""
    allowed = subject.allowed(line)
    if allowed is None or not allowed.on or line.outcome.status != "scored":
        return line.leaf.measure
    low, high = allowed.on[0].low, allowed.on[-1].high
    if low is None or high is None or low == high:
        return line.leaf.measure
    return Absence("missing", same("printed"), (low, high))
