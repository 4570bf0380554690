"""Sum: the measures of all forms added up, as a whole to hold a share against (各单位合计)."""

from __future__ import annotations

from fractions import Fraction

from perfscore.scoring.cohort import Numbers, common, known
from perfscore.text.fields import Fields
from perfscore.text.phrase import Phrase
from perfscore.text.record import Key

NAME, ZH = "sum", "合计"
SAYS = Phrase("各表合计", "all forms added up")
PARAMETERS: tuple[Key, ...] = ()


def values(measures: Numbers, parameters: Fields | None) -> Numbers:
    """The sum; none where no form has a measure."""
    have = known(measures)
    return common(sum(have, Fraction(0)) if have else None, measures)
