"""Rank: the place of every form among all; equal ones share a place, and the next place is skipped (两个并列第2时，下一名从第4名开始)."""

from __future__ import annotations

from fractions import Fraction

from perfscore.scoring.cohort import Numbers, known
from perfscore.text.fields import Fields
from perfscore.text.phrase import Phrase
from perfscore.text.record import Key
from perfscore.text.shape import Choice

NAME, ZH = "rank", "名次"
SAYS = Phrase("在各表中的名次，并列的占用后面的名次", "the place among all forms; ties share a place and use up the next")
PARAMETERS = (
    Key("first", "第一名", Choice({"highest": "最高", "lowest": "最低"}), Phrase("谁是第一名，缺省最高", "who comes first; the highest by default")),
)


def values(measures: Numbers, parameters: Fields | None) -> Numbers:
    """1 for the first; a form without a measure has no place."""
    lowest = parameters is not None and parameters["first"] == "lowest"
    places: dict[Fraction, Fraction] = {}
    for place, measure in enumerate(sorted(known(measures), reverse=not lowest), 1):
        places.setdefault(measure, Fraction(place))
    return [None if measure is None else places[measure] for measure in measures]
