"""Mean: the plain mean of all forms, or of those that are not too far from it (剔除异常值后的基准价)."""

from __future__ import annotations

from fractions import Fraction

from perfscore.scoring.cohort import Numbers, common, known
from perfscore.text.fields import Fields
from perfscore.text.phrase import Phrase
from perfscore.text.record import Key
from perfscore.text.shape import Number

NAME, ZH = "mean", "平均"
SAYS = Phrase("各表的平均，可剔除偏差过大的", "the mean of all forms, or of those near it")
PARAMETERS = (
    Key(
        "within",
        "偏差",
        Number(0),
        Phrase("与平均数相差超过这一比例的剔除后再平均，如 30%", "those further from the mean than this share of it are left out, like 30%"),
    ),
)


def values(measures: Numbers, parameters: Fields | None) -> Numbers:
    """The mean; with `within` that of the measures from which it is no further than its share, ends included; none where none is left."""
    kept = known(measures)
    within: Fraction | None = parameters["within"] if parameters else None
    if kept and within is not None:
        mean = sum(kept, Fraction(0)) / len(kept)
        kept = [measure for measure in kept if abs(measure - mean) <= within * abs(mean)]
    return common(sum(kept, Fraction(0)) / len(kept) if kept else None, measures)
