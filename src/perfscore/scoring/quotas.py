"""The evaluations of a cohort to the same with the grades that quotas leave: at most a share of all forms may have one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from perfscore.model.rules import Grade
from perfscore.scoring.barriers import places
from perfscore.scoring.engine import Evaluation
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number


class Placed(NamedTuple):
    """
    A grade that a form comes up for and does not keep; not `certain`: nobody can tell, because totals are open.

    At most `most` of the `of` forms may have it, and as many as `claims` come up for it.
    """

    grade: Grade
    most: int
    of: int
    claims: int
    certain: bool


class _Standing:
    """One form on its way down the ladder: where it may stand, and the least and the most that its total can be."""

    __slots__ = ("at", "best", "kept", "placed", "worst")

    def __init__(self, evaluation: Evaluation) -> None:
        ladder = evaluation.plan.rules.grades
        #: The places it may still come up for, and those that it may keep; None is no grade.
        self.at: set[int | None] = (
            {ladder.index(evaluation.grade)} if evaluation.grade is not None else places(evaluation.submission, evaluation.root, evaluation.held)
        )
        self.kept: set[int | None] = set()
        self.worst, self.best = evaluation.bounds
        self.placed: list[Placed] = []

    def sure(self, place: int) -> bool:
        """Whether it comes up for a place whatever is still open."""
        return self.at == {place} and not self.kept


def settle(evaluations: Sequence[Evaluation]) -> list[Evaluation]:
    """
    Hold the grades of one rule set's cohort to their quotas, from the best grade down.

    A quota limits the forms that have exactly this grade once the better ones are settled, to the whole part of its share of all forms. The best
    totals keep it; of equal totals that do not all fit none does. Who does not keep it comes up for the next grade, where its own quota holds; from
    the lowest that a total can earn nobody falls.
    """
    ladder = evaluations[0].plan.rules.grades if evaluations else ()
    ranged = [place for place, grade in enumerate(ladder) if grade.range is not None]
    if all(ladder[place].quota is None for place in ranged[:-1]):
        return list(evaluations)
    standings = [_Standing(evaluation) for evaluation in evaluations]
    for place in ranged[:-1]:
        quota = ladder[place].quota
        if quota is not None:
            _limit(standings, place, ladder[place], int(quota * len(standings)))
    return [_graded(evaluation, standing, ladder) for evaluation, standing in zip(evaluations, standings, strict=True)]


def _limit(standings: list[_Standing], place: int, grade: Grade, most: int) -> None:
    """Leave a place to the best that come up for it, at most so many, whatever open totals turn out to be."""
    coming = [standing for standing in standings if place in standing.at]
    sure = [standing for standing in coming if standing.sure(place)]
    bests, worsts = sorted(standing.best for standing in coming), sorted(standing.worst for standing in sure)
    settled: list[tuple[_Standing, bool, bool]] = []
    for standing in coming:
        # Equal or better, itself among them: all that may be so, and all that are so in any case.
        rivals = len(bests) - bisect_left(bests, standing.worst)
        ahead = len(worsts) - bisect_left(worsts, standing.best)
        itself = standing.worst == standing.best and standing.sure(place)
        settled.append((standing, ahead + (not itself) <= most, rivals > most))
    for standing, may_keep, may_fall in settled:
        if may_keep:
            standing.kept.add(place)
        if may_fall:
            standing.at.add(place + 1)
            standing.placed.append(Placed(grade, most, len(standings), len(coming), certain=not may_keep))
        standing.at.discard(place)


def _graded(evaluation: Evaluation, standing: _Standing, ladder: tuple[Grade, ...]) -> Evaluation:
    found = standing.at | standing.kept
    place = next(iter(found)) if len(found) == 1 else None
    grade = None if place is None else ladder[place]
    return evaluation if grade is evaluation.grade and not standing.placed else evaluation.regraded(grade, tuple(standing.placed))


def told(placed: Placed) -> Phrase:
    """What a person reads of a grade that was not kept."""
    grade, share = placed.grade.label, format_number((placed.grade.quota or Fraction(0)) * 100)
    zh = f"“{grade.zh}”的名额是全体的 {share}%：{placed.of} 张表中最多 {placed.most} 张，够得上的有 {placed.claims} 张"
    en = f"the quota of {grade.en} is {share}% of all: {placed.most} of {placed.of} forms at most, and {placed.claims} come up for it"
    if not placed.certain:
        return Phrase(f"{zh}；有的总得分未定，本表占不占名额还不能确定", f"{en}; totals are open, and whether this form keeps it cannot be told yet")
    return Phrase(
        f"{zh}；本表按总得分排不进名额（并列而放不下的都不占），落到下一等级",
        f"{en}; this form's total is not among the best that fit (of equal totals that do not all fit none does): the next grade down",
    )
