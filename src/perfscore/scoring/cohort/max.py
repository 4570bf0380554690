"""Max: the greatest measure of all forms, to hold each against the best (最高者满分，其余按比例)."""

from __future__ import annotations

from perfscore.scoring.cohort import Numbers, common, known
from perfscore.text.fields import Fields
from perfscore.text.phrase import Phrase
from perfscore.text.record import Key

NAME, ZH = "max", "最大"
SAYS = Phrase("各表中最大的数", "the greatest of all forms")
PARAMETERS: tuple[Key, ...] = ()


def values(measures: Numbers, parameters: Fields | None) -> Numbers:
    """The greatest; none where no form has a measure."""
    return common(max(known(measures), default=None), measures)
