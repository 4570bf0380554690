"""The working paper of an audit (审核底稿): every line of a form with the three scores beside each other, and how far they are apart."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

from perfscore.text.phrase import Phrase

#: A heading with its subtotals, a line that is scored, a printed line that the rules do not score, the total.
Part = Literal["group", "row", "unscored", "total"]
#: Whose number the score is in the end: the rule's, or that of the person who judged where the rule only says between what.
Whose = Literal["rule", "unit", "appraiser", "reviewer"]


class Deviation(NamedTuple):
    """How far one score is from another: in points, and as a share of the points of the line (None: it has none)."""

    points: Fraction
    share: Fraction | None


class Line(NamedTuple):
    """A line of the working paper; texts are as printed, a score of None is not printed or not known."""

    part: Part
    level1: str
    level2: str
    level3: Phrase
    kind: Phrase
    target: str
    unit: str
    points: Fraction | None
    #: The score that the rule gives (应得), else the least and the most that it can be.
    earned: tuple[Fraction, Fraction] | None
    actual: str
    claimed: Fraction | None
    review_actual: str
    reviewed: Fraction | None
    whose: Whose | None
    #: 自评 − 应得, and 复核 − 自评.
    of_unit: Deviation | None
    of_reviewer: Deviation | None
    note: Phrase


class Paper(NamedTuple):
    """The lines in the order of the rules, the total last; `reviewed` says whether a reviewer wrote anything."""

    lines: tuple[Line, ...]
    reviewed: bool
