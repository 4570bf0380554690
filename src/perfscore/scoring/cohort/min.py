"""Min: the least measure of all forms, as in the lowest of all bids (最低报价)."""

from __future__ import annotations

from perfscore.scoring.cohort import Numbers, common, known
from perfscore.text.fields import Fields
from perfscore.text.phrase import Phrase
from perfscore.text.record import Key

NAME, ZH = "min", "最小"
SAYS = Phrase("各表中最小的数", "the least of all forms")
PARAMETERS: tuple[Key, ...] = ()


def values(measures: Numbers, parameters: Fields | None) -> Numbers:
    """The least; none where no form has a measure."""
    return common(min(known(measures), default=None), measures)
