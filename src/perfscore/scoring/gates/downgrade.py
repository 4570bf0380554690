"""Downgrade: the grade falls by so many, down to the lowest that a total can earn (降一个等级)."""

from __future__ import annotations

from perfscore.scoring.gates import Act
from perfscore.text.phrase import Phrase

NAME, ZH = "downgrade", "降等"
TAKES = "whole"
SAYS = Phrase("等级下调若干档，最低降到末档", "the grade falls by so many, down to the lowest")


def act(parameter: int) -> Act:
    """So many grades down; a grade below those that totals earn stays."""
    return Act(grade=lambda place, last: None if place is None else max(place, min(place + parameter, last)))


def told(label: Phrase, parameter: Phrase) -> Phrase:
    """As in “逾期报送：等级下调 1 档”."""
    return Phrase(f"{label.zh}：等级下调 {parameter.zh} 档", f"{label.en}: the grade falls by {parameter.en}")
