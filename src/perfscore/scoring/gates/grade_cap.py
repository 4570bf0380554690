"""Grade cap: the grade is at most the one named, however high the total (存在严重问题不得评优)."""

from __future__ import annotations

from perfscore.scoring.gates import Act
from perfscore.text.phrase import Phrase

NAME, ZH = "grade-cap", "等级上限"
TAKES = "grade"
SAYS = Phrase("等级不高于指定的等级", "the grade is at most the one named")


def act(parameter: int) -> Act:
    """A better grade becomes the one named; a worse one stays."""
    return Act(grade=lambda place, _: None if place is None else max(place, parameter))


def told(label: Phrase, parameter: Phrase) -> Phrase:
    """As in “存在严重问题：等级不高于 良”."""
    return Phrase(f"{label.zh}：等级不高于 {parameter.zh}", f"{label.en}: the grade is at most {parameter.en}")
