"""Count: on how many forms there is a measure (参评单位数)."""

from __future__ import annotations

from fractions import Fraction

from perfscore.scoring.cohort import Numbers, common, known
from perfscore.text.fields import Fields
from perfscore.text.phrase import Phrase
from perfscore.text.record import Key

NAME, ZH = "count", "个数"
SAYS = Phrase("有这个数的表有几张", "how many forms have a measure")
PARAMETERS: tuple[Key, ...] = ()


def values(measures: Numbers, parameters: Fields | None) -> Numbers:
    """The number of forms with a measure, which may be 0."""
    return common(Fraction(len(known(measures))), measures)
