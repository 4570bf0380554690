"""Submission to evaluation: one integer loop for the score, and outcomes made from it when somebody asks."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from perfscore.model.curve import between, round_half_up
from perfscore.model.measure import Absence, Judged
from perfscore.model.outcome import Held, Outcome, Status
from perfscore.model.plan import Plan
from perfscore.model.rules import Counts, Grade, Indicator
from perfscore.model.submission import Branch, Leaf, Submission
from perfscore.scoring import aggregates
from perfscore.scoring.aggregates import Part
from perfscore.scoring.doubts import Stake, add, certain, dropped, fold, may_drop
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.interval import Interval
from perfscore.text.numbers import added
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

if TYPE_CHECKING:
    from perfscore.scoring.barriers import Changes
    from perfscore.scoring.quotas import Placed

ZERO = Fraction(0)
#: Leaves by their places, each after so many gates that took points off it: one gate more does not go through all before it again.
Lessened = dict[int, tuple[int, Outcome]]


class Evaluation:
    """
    The result of one submission: the scores of its complete leaves in rounding units, and the grade.

    Everything else (outcomes, bounds, reasons) follows from these and the submission, and is made on demand.
    """

    __slots__ = ("_root", "grade", "held", "placed", "scores", "submission", "total")

    def __init__(self, submission: Submission, scores: tuple[int, ...], total: int | None, grade: Grade | None) -> None:
        self.submission, self.scores, self.grade = submission, scores, grade
        #: The total in rounding units, where the loop alone gives it.
        self.total = total
        #: The gates that took effect, or of which nobody can tell.
        self.held: tuple[Held, ...] = ()
        #: The grades that the quotas of a cohort took, or of which nobody can tell.
        self.placed: tuple[Placed, ...] = ()
        self._root: Outcome | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Evaluation):
            return NotImplemented
        mine, others = ((one.submission, one.scores, one.total, one.grade, one.placed) for one in (self, other))
        return mine == others

    __hash__ = None  # type: ignore[assignment]

    def regraded(self, grade: Grade | None, placed: tuple[Placed, ...]) -> Evaluation:
        """The same scores with the grade that the quotas of a cohort leave."""
        found = Evaluation(self.submission, self.scores, self.total, grade)
        found.held, found.placed, found._root = self.held, placed, self._root
        return found

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
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is odd in the form, and what gates point out."""
        if not self.held:
            return self.submission.diagnostics
        from perfscore.scoring.barriers import warned

        return (*self.submission.diagnostics, *warned(self.submission, self.held))

    @property
    def score(self) -> Fraction | None:
        """The total, if nothing is missing and no gate withholds it."""
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
    """By fractions; where nobody can tell which variant of the rules applies, between the least and the most that any of them gives."""
    found = _folded(submission, scores)
    if submission.perhaps:
        others = [evaluate(other) for other in submission.perhaps]
        roots = [one.root for one in (found, *others)]
        bounds = min(root.bounds[0] for root in roots), max(root.bounds[1] for root in roots)
        found._root = found.root._replace(score=None, bounds=bounds, status="missing")  # noqa: SLF001 — the evaluation is made here
        found.grade = found.grade if all(other.grade == found.grade for other in others) else None
    return found


def _folded(submission: Submission, scores: tuple[int, ...]) -> Evaluation:
    found = Evaluation(submission, scores, None, None)
    if submission.barriers:
        from perfscore.scoring import barriers  # few rule sets have gates

        places = submission.plan.rules.rounding.total
        leaves: Lessened = {}
        settled = barriers.settle(
            submission, lambda changes: _Outcomes(found, changes, leaves).root(), lambda root, held: _taken_off(root, held, places)
        )
        found.held, found._root = settled.held, settled.root  # noqa: SLF001 — the evaluation is made here
        found.grade = barriers.grade_of(submission, settled)
        return found
    low, high = found.root.bounds
    # Grades are laid down for the rule set's own points: a total of others is in no grade.
    whole = submission.tree.points
    known = not submission.unsized and (whole is None or (whole == found.root.points and not found.root.doubt))
    grades = submission.plan.rules.grades if known else ()
    worst, best = grade_of(low, grades), grade_of(high, grades)
    # The bounds agree on a grade only if everything between them does: grades are intervals, so the ends decide.
    found.grade = worst if worst == best else None
    return found


def grade_of(total: Fraction, grades: tuple[Grade, ...]) -> Grade | None:
    """The grade whose range holds a total."""
    return next((grade for grade in grades if grade.range is not None and grade.range.holds(total)), None)


class _Outcomes:
    """The tree of outcomes of one evaluation; `lessened` are its leaves as far as the gates before took points off them."""

    def __init__(self, evaluation: Evaluation, changes: Changes | None = None, lessened: Lessened | None = None) -> None:
        submission = evaluation.submission
        self.changes = changes
        self.lessened: Lessened = {} if lessened is None else lessened
        self.submission, self.rounding = submission, submission.plan.rules.rounding
        self.unit = 10**submission.plan.places
        self.hot = {place: at for at, place in enumerate(submission.places)}
        self.scores = evaluation.scores

    def root(self) -> Outcome:
        if self.submission.plain and self.changes is None:
            return self._sum(self.submission.root)[0]
        root = self.branch(self.submission.root)[0]
        off = self.changes.off if self.changes is not None else ()
        for held in off:
            root = _taken_off(root, held, self.rounding.total)
        return root

    def _sum(self, branch: Branch) -> tuple[Outcome, int]:
        """A group of a plain submission, and its score in rounding units: all that applies is scored, and nothing but added up."""
        children: list[Outcome] = []
        units = 0
        for part in branch.parts:
            if isinstance(part, Branch):
                child, scored = self._sum(part)
            else:
                child, scored = self._scored(self.submission.leaves[part], part), self.scores[self.hot[part]] if part in self.hot else 0
            children.append(child)
            units += scored
        if not children:
            return _unasked(branch), 0
        live = [child.points for child in children if child.status != "not-applicable"]
        points, score = added(found for found in live if found is not None), Fraction(units, self.unit)
        status: Status = "scored" if live else "not-applicable"
        return Outcome(branch.id, branch.label, points, score, (score, score), status, children=tuple(children)), units

    def branch(self, branch: Branch) -> tuple[Outcome, Stake]:
        """The outcome of a group, and what it is to the group above."""
        rule, own = branch.rule, _counts(branch.rule)
        below = [self._below(part) for part in branch.parts]
        children = tuple(child for child, _, _ in below)
        if branch.unknown:
            return self._unknown(branch, children, branch.unknown)
        if not children:
            return _unasked(branch), dropped(Part(ZERO, ZERO, ZERO, ZERO))
        aggregate = aggregates.find(rule.aggregate if rule is not None else self.submission.plan.rules.aggregate)
        total = fold(aggregate, [stake for _, stake, counts in below if own != "points" or counts == "points"])
        beyond = [stake for _, stake, counts in below if own == "points" and counts != "points"]
        if beyond:
            # What stands beyond the points is added to whatever the parts make of theirs.
            total = add([total, *beyond])
        why = None
        if rule is not None and _is_held(rule):
            before, total = total.bounds, total.each(lambda low, high: (_held(rule, low), _held(rule, high)))
            low, high = total.bounds
            why = _limit(branch.label, low) if (low, high) != before and low == high else None
        places = self.rounding.total if rule is None else self.rounding.group
        if places is not None:
            total = total.each(lambda low, high: _rounded((low, high), places))
        missing = any(
            child.status == "missing" or (child.children and child.score is None and child.status != "not-applicable") for child in children
        )
        low, high = total.bounds
        # Of parts that do not share the points, one may settle the group whatever the others are.
        score = None if low != high or total.open or (missing and not aggregate.WHOLE) else low
        status: Status = "not-applicable" if not total.live else "missing" if score is None else "scored"
        veto = self._veto(branch) if total.live else None
        if veto is not None:
            total = total.each(lambda low, high: _vetoed(veto, low, high, None, "missing")[:2])
            low, high, score, status = _vetoed(veto, low, high, score, status)
            why = veto.gate.label
        note = aggregate.SAYS if aggregate.WHOLE else None
        children = self._levelled(branch, children, total.points, score, why or note)
        return Outcome(
            branch.id,
            branch.label,
            total.points,
            score,
            (low, high),
            status,
            children=children,
            note=note,
            by=veto,
            doubt=total.doubt,
            drops=total.open and total.gone is not None,
        ), total

    def _below(self, part: int | Branch) -> tuple[Outcome, Stake, Counts]:
        if isinstance(part, Branch):
            return *self.branch(part), _counts(part.rule)
        outcome, leaf = self.leaf(part), self.submission.leaves[part]
        points = outcome.points or ZERO
        if outcome.status == "not-applicable":
            return outcome, dropped(Part(points, ZERO, *outcome.bounds)), leaf.rule.counts
        found = Part(points, points, *outcome.bounds)
        return outcome, may_drop(found) if outcome.drops else certain(found), leaf.rule.counts

    def _unknown(self, branch: Branch, children: tuple[Outcome, ...], why: Phrase) -> tuple[Outcome, Stake]:
        """A group that is one unknown between nothing and all its points."""
        # Without points of its own it is worth at least what its parts can give.
        points = sum((max(child.bounds[1], ZERO) for child in children), ZERO) if branch.points is None else branch.points
        counts = _counts(branch.rule)
        bounds = (-points, ZERO) if counts == "malus" else (ZERO, points)
        own = points if counts == "points" else ZERO
        shown = branch.points if counts == "points" else own
        outcome = Outcome(branch.id, branch.label, shown, None, bounds, "missing", children=children, note=why)
        veto = self._veto(branch)
        if veto is not None:
            low, high, score, status = _vetoed(veto, *bounds, None, "missing")
            bounds = (low, high)
            children = self._levelled(branch, children, own, score, veto.gate.label)
            outcome = outcome._replace(score=score, bounds=bounds, status=status, children=children, by=veto)
        return outcome, certain(Part(own, own, *bounds))

    def _veto(self, branch: Branch) -> Held | None:
        """The gate that vetoes a group, or may."""
        return self.changes.vetoed.get(branch.id) if self.changes is not None and branch.rule is not None else None

    def _levelled(
        self, branch: Branch, children: tuple[Outcome, ...], points: Fraction, score: Fraction | None, why: Phrase | None
    ) -> tuple[Outcome, ...]:
        """
        The children, and where they do not add up to their rescaled, held or rounded group a line of its own for the difference.

        What is missing in a group that is settled all the same gave nothing to it.
        """
        live = [child for child in children if child.status != "not-applicable"]
        if score is None:
            return children
        more_points = points - added(child.points or ZERO for child in live)
        more = score - added(child.score or ZERO for child in live)
        if not more and not more_points:
            return children
        label = why or Phrase("折算与舍入", "rescaling and rounding")
        return (*children, Outcome(f"{branch.id}.difference".lstrip("."), label, more_points, more, (more, more), "scored"))

    def leaf(self, place: int) -> Outcome:
        leaf = self.submission.leaves[place]
        outcome = self._scored(leaf, place)
        if leaf.taken is not None and outcome.status != "not-applicable":
            outcome = _less(outcome, (leaf.taken[0], leaf.taken[0]), None, self.rounding.leaf)
        if _drops(leaf):
            outcome = outcome._replace(doubt=leaf.points or ZERO, drops=True)
        if self.changes is None or outcome.status == "not-applicable":
            return outcome
        lost = self.changes.lost.get(leaf.id, ())
        done, outcome = self.lessened.get(place, (0, outcome))
        for held in lost[done:]:
            outcome = _less(outcome, held.lost or (ZERO, ZERO), held, self.rounding.leaf)
        if lost:
            self.lessened[place] = (len(lost), outcome)
        veto = self.changes.vetoed.get(leaf.id)
        if veto is not None:
            low, high, score, status = _vetoed(veto, *outcome.bounds, outcome.score, outcome.status)
            outcome = outcome._replace(score=score, bounds=(low, high), status=status, before=outcome, by=veto)
        return outcome

    def _scored(self, leaf: Leaf, place: int) -> Outcome:
        """The outcome of a leaf by its own rule."""
        points, measure, curve = leaf.points, leaf.measure, leaf.curve
        if place in self.hot:
            score = Fraction(self.scores[self.hot[place]], self.unit)
            status: Status = "judged" if isinstance(measure, Judged) else "scored"
            return Outcome(leaf.id, leaf.label, points, score, (score, score), status, leaf=leaf)
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
            return Outcome(leaf.id, leaf.label, points, None, _rounded(bounds, self.rounding.leaf), "missing", leaf=leaf)
        score = points if absence.kind == "full" else ZERO
        if not leaf.rule.open:
            # What the rules give for an indicator that does not apply is held to its limits, like every score of it.
            score = _held(leaf.rule, score)
        return Outcome(leaf.id, leaf.label, points, score, (score, score), "scored", leaf=leaf)

    def _general(self, leaf: Leaf) -> Outcome:
        """A leaf that the integer loop does not take: an interval as measure, scores that can be negative or are not rounded."""
        curve, measure = leaf.curve, leaf.measure
        if curve is None or isinstance(measure, Absence):
            raise TypeError(leaf.id)
        if isinstance(measure.value, Interval):
            low, high = _rounded(curve.image(measure.value) or (curve.least, curve.points), self.rounding.leaf)
            if low != high:
                return Outcome(leaf.id, leaf.label, leaf.points, None, (low, high), "missing", leaf=leaf)
            return Outcome(leaf.id, leaf.label, leaf.points, low, (low, high), "scored", leaf=leaf)
        exact = leaf.exact
        if exact is None:
            raise ValueError(f"{leaf.id}: no piece holds {measure.value}")
        score = _rounded((exact, exact), self.rounding.leaf)[0]
        status: Status = "judged" if isinstance(measure, Judged) else "scored"
        return Outcome(leaf.id, leaf.label, leaf.points, score, (score, score), status, leaf=leaf)


def _unasked(branch: Branch) -> Outcome:
    """The form asks nothing here, and nothing was scored."""
    return Outcome(branch.id, branch.label, ZERO, None, (ZERO, ZERO), "not-applicable")


def _rounded(bounds: tuple[Fraction, Fraction], places: int | None) -> tuple[Fraction, Fraction]:
    return bounds if places is None else (round_half_up(bounds[0], places), round_half_up(bounds[1], places))


def _drops(leaf: Leaf) -> bool:
    """Whether a leaf may not apply, and would then be left out."""
    return isinstance(leaf.measure, Absence) and leaf.measure.drops


def _counts(rule: Indicator | None) -> Counts:
    return "points" if rule is None else rule.counts


def _vetoed(veto: Held, low: Fraction, high: Fraction, score: Fraction | None, status: Status) -> tuple[Fraction, Fraction, Fraction | None, Status]:
    """Nothing is left; where nobody can tell whether the gate takes effect, anything from nothing to what there was."""
    if veto.certain:
        return ZERO, ZERO, ZERO, "vetoed"
    low, high = min(low, ZERO), max(high, ZERO)
    return (low, high, score, status) if low == high == score else (low, high, None, "missing")


def _is_held(rule: Indicator) -> bool:
    return rule.least is not None or rule.most is not None or rule.counts != "points"


def _held(rule: Indicator, score: Fraction) -> Fraction:
    """A score between the least and the most of its rule; a bonus or malus is never more than its points, and a malus takes away what it scores."""
    most = rule.points if rule.most is None and rule.counts != "points" else rule.most
    return -between(-score, rule.least, most) if rule.counts == "malus" else between(score, rule.least, most)


def _limit(label: Phrase, held: Fraction) -> Phrase:
    """What the line for the difference is called where a group is held at its least or its most."""
    shown = format_number(held)
    return Phrase(f"{label.zh}按限度计 {shown} 分", f"{label.en} held at {shown} points")


def _less(outcome: Outcome, taken: tuple[Fraction, Fraction], by: Held | None, places: int | None) -> Outcome:
    """An outcome with points taken off by a gate or by hand, not below 0 (扣完为止), and rounded as scores are."""
    low, high = outcome.bounds
    low, high = _rounded((min(low, max(ZERO, low - taken[1])), min(high, max(ZERO, high - taken[0]))), places)
    score = low if low == high and outcome.score is not None else None
    status: Status = "missing" if score is None else outcome.status
    return outcome._replace(score=score, bounds=(low, high), status=status, before=outcome, by=by)


def _taken_off(root: Outcome, held: Held, places: int | None) -> Outcome:
    """The whole with points taken off the total, not below 0 and rounded as it is, and a line for them."""
    least, most = held.lost or (ZERO, ZERO)
    low, high = root.bounds
    low, high = _rounded((min(low, max(ZERO, low - most)), min(high, max(ZERO, high - least))), places)
    score = low if root.score is not None and low == high else None
    off = None if score is None or root.score is None else score - root.score
    bounds = (off, off) if off is not None else (-most, -least)
    line = Outcome(f"gate.{held.gate.id}", held.gate.label, ZERO, off, bounds, "scored" if off is not None else "missing", by=held)
    return root._replace(score=score, bounds=(low, high), status="scored" if score is not None else "missing", children=(*root.children, line))
