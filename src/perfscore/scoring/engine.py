"""Submission to evaluation: one integer loop for the score, and outcomes made from it when somebody asks."""

from __future__ import annotations

from fractions import Fraction

from perfscore.model.curve import Piece, round_half_up
from perfscore.model.measure import Absence, Judged
from perfscore.model.outcome import Outcome, Status
from perfscore.model.plan import Plan
from perfscore.model.rules import Grade
from perfscore.model.submission import Branch, Leaf, Submission
from perfscore.scoring import aggregates
from perfscore.scoring.aggregates import Part
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase

ZERO = Fraction(0)


class Evaluation:
    """
    The result of one submission: the scores of its complete leaves in rounding units, and the grade.

    Everything else (outcomes, bounds, reasons) follows from these and the submission, and is made on demand.
    """

    __slots__ = ("_root", "grade", "scores", "submission", "total")

    def __init__(self, submission: Submission, scores: tuple[int, ...], total: int | None, grade: Grade | None) -> None:
        self.submission, self.scores, self.grade = submission, scores, grade
        #: The total in rounding units, where the loop alone gives it.
        self.total = total
        self._root: Outcome | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Evaluation):
            return NotImplemented
        return (self.submission, self.scores, self.total, self.grade) == (other.submission, other.scores, other.total, other.grade)

    __hash__ = None  # type: ignore[assignment]

    @property
    def plan(self) -> Plan:
        """The plan it was made with."""
        return self.submission.plan

    @property
    def root(self) -> Outcome:
        """The outcome of the whole form, with everything below it; made when first asked for."""
        if self._root is None:
            self._root = _Outcomes(self).root()
        return self._root

    @property
    def score(self) -> Fraction | None:
        """The total, if nothing is missing."""
        return self.root.score

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """The least and the most that the total can be with what is known."""
        return self.root.bounds


def evaluate(submission: Submission) -> Evaluation:
    """
    Score a bound submission exactly.

    A complete leaf is n/d on a curve of integer steps; its rounded score is one floor division, half up by construction. Where something is
    missing, rescaled or rounded again, the total is folded up the tree in exact fractions.
    """
    scores = []
    for n, d, steps in submission.hot:
        for floor_n, floor_d, opened, slope, offset, scale in steps:
            if n * floor_d - floor_n * d >= opened:
                scores.append((slope * n + offset * d) // (scale * d) if slope else offset)
                break
    if not submission.plain:
        return _general(submission, tuple(scores))
    total = sum(scores)
    grade = None
    for least, given in submission.cuts:
        if total >= least:
            grade = given
            break
    return Evaluation(submission, tuple(scores), total, grade)


def _general(submission: Submission, scores: tuple[int, ...]) -> Evaluation:
    partial = Evaluation(submission, scores, None, None)
    low, high = partial.root.bounds
    # Grades are laid down for the rule set's own points: a total of others is in no grade.
    whole = submission.tree.points
    grades = submission.plan.rules.grades if whole in (None, partial.root.points) else ()
    worst, best = grade_of(low, grades), grade_of(high, grades)
    # The bounds agree on a grade only if everything between them does: grades are intervals, so the ends decide.
    return Evaluation(submission, scores, None, worst if worst == best else None)


def grade_of(total: Fraction, grades: tuple[Grade, ...]) -> Grade | None:
    """The grade whose range holds a total."""
    return next((grade for grade in grades if grade.range.holds(total)), None)


class _Outcomes:
    """The tree of outcomes of one evaluation."""

    def __init__(self, evaluation: Evaluation) -> None:
        submission = evaluation.submission
        self.submission, self.rounding = submission, submission.plan.rules.rounding
        self.unit = 10**submission.plan.places
        self.hot = {place: at for at, place in enumerate(submission.places)}
        self.scores = evaluation.scores

    def root(self) -> Outcome:
        return self.branch(self.submission.root)[0]

    def branch(self, branch: Branch) -> tuple[Outcome, Part]:
        """The outcome of a group, and what it is to the group above."""
        below = [self.branch(part) if isinstance(part, Branch) else self._part(self.leaf(part)) for part in branch.parts]
        children = tuple(child for child, _ in below)
        if branch.unknown:
            points = branch.points or ZERO
            outcome = Outcome(branch.id, branch.label, branch.points, None, (ZERO, points), "missing", children=children, note=branch.unknown)
            return outcome, Part(points, points, ZERO, points)
        if not children:
            # The form asks nothing here, and nothing was scored.
            return Outcome(branch.id, branch.label, ZERO, None, (ZERO, ZERO), "not-applicable"), Part(ZERO, ZERO, ZERO, ZERO)
        aggregate = branch.rule.aggregate if branch.rule is not None else self.submission.plan.rules.aggregate
        total = aggregates.find(aggregate).fold([part for _, part in below])
        low, high = total.low, total.high
        places = self.rounding.total if branch.rule is None else self.rounding.group
        if places is not None:
            low, high = round_half_up(low, places), round_half_up(high, places)
        missing = any(
            child.status == "missing" or (child.children and child.score is None and child.status != "not-applicable") for child in children
        )
        score = None if missing else low
        gone = all(child.status == "not-applicable" for child in children)
        status: Status = "not-applicable" if gone else "missing" if missing else "scored"
        children = self._levelled(branch, children, total.applying, score)
        return Outcome(branch.id, branch.label, total.applying, score, (low, high), status, children=children), total._replace(low=low, high=high)

    def _part(self, outcome: Outcome) -> tuple[Outcome, Part]:
        points = outcome.points or ZERO
        applying = ZERO if outcome.status == "not-applicable" else points
        return outcome, Part(points, applying, *outcome.bounds)

    def _levelled(self, branch: Branch, children: tuple[Outcome, ...], points: Fraction, score: Fraction | None) -> tuple[Outcome, ...]:
        """The children, and where they do not add up to their rescaled or rounded group a line of its own for the difference."""
        live = [child for child in children if child.status != "not-applicable"]
        if score is None:
            return children
        more_points = points - sum((child.points or ZERO for child in live), ZERO)
        more = score - sum((child.score or ZERO for child in live), ZERO)
        if not more and not more_points:
            return children
        label = Phrase("折算与舍入", "rescaling and rounding")
        return (*children, Outcome(f"{branch.id}.difference".lstrip("."), label, more_points, more, (more, more), "scored", more))

    def leaf(self, place: int) -> Outcome:
        leaf = self.submission.leaves[place]
        points, measure, curve = leaf.points, leaf.measure, leaf.curve
        if place in self.hot:
            at = self.hot[place]
            score = Fraction(self.scores[at], self.unit)
            status: Status = "judged" if isinstance(measure, Judged) else "scored"
            return Outcome(leaf.id, leaf.label, points, score, (score, score), status, *_found(leaf), leaf)
        if isinstance(measure, Absence):
            return self._absent(leaf, measure)
        if points is None or curve is None:
            return Outcome(leaf.id, leaf.label, points, None, (ZERO, points or ZERO), "missing", leaf=leaf)
        return self._general(leaf)

    def _absent(self, leaf: Leaf, absence: Absence) -> Outcome:
        points = leaf.points
        if absence.kind == "not-applicable":
            return Outcome(leaf.id, leaf.label, points, None, (ZERO, ZERO), "not-applicable", leaf=leaf)
        if absence.kind == "missing" or points is None:
            low, high = (
                (leaf.curve.least, leaf.curve.points if leaf.curve.most is None else leaf.curve.most) if leaf.curve else (ZERO, points or ZERO)
            )
            bounds = (low, high) if absence.bounds is None else absence.bounds
            return Outcome(leaf.id, leaf.label, points, None, self._rounded(bounds), "missing", leaf=leaf)
        score = points if absence.kind == "full" else ZERO
        return Outcome(leaf.id, leaf.label, points, score, (score, score), "scored", score, leaf=leaf)

    def _general(self, leaf: Leaf) -> Outcome:
        """A leaf that the integer loop does not take: an interval as measure, scores that can be negative or are not rounded."""
        curve, measure = leaf.curve, leaf.measure
        if curve is None or isinstance(measure, Absence):
            raise TypeError(leaf.id)
        if isinstance(measure.value, Interval):
            low, high = self._rounded(curve.image(measure.value) or (curve.least, curve.points))
            if low != high:
                return Outcome(leaf.id, leaf.label, leaf.points, None, (low, high), "missing", leaf=leaf)
            at = next((piece for piece in curve.pieces if not piece.on.meet(measure.value).empty()), None)
            return Outcome(leaf.id, leaf.label, leaf.points, low, (low, high), "scored", low, at, leaf)
        exact, piece = _found(leaf)
        if exact is None:
            raise ValueError(f"{leaf.id}: no piece holds {measure.value}")
        score = self._rounded((exact, exact))[0]
        status: Status = "judged" if isinstance(measure, Judged) else "scored"
        return Outcome(leaf.id, leaf.label, leaf.points, score, (score, score), status, exact, piece, leaf)

    def _rounded(self, bounds: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
        places = self.rounding.leaf
        return bounds if places is None else (round_half_up(bounds[0], places), round_half_up(bounds[1], places))


def _found(leaf: Leaf) -> tuple[Fraction | None, Piece | None]:
    """The exact score of a complete leaf and the piece that gives it (for a judged one the range of its tier)."""
    curve, measure = leaf.curve, leaf.measure
    if curve is None or isinstance(measure, Absence) or isinstance(measure.value, Interval):
        return None, None
    place = curve.find(measure.value)
    if place is None:
        return None, None
    piece = curve.pieces[place]
    return (measure.score if isinstance(measure, Judged) else piece.upper.at(measure.value)), piece
