"""Grade: the grade is the one named, whatever the total (定为差; Results Not Demonstrated)."""

from __future__ import annotations

from perfscore.scoring.gates import Act
from perfscore.text.phrase import Phrase

NAME, ZH = "grade", "定等"
TAKES = "grade"
SAYS = Phrase("不论总得分多少，等级定为指定的等级", "the grade is the one named, whatever the total")


def act(parameter: int) -> Act:
    """The grade named, in the place of any other and of none."""
    return Act(grade=lambda _, __: parameter)


def told(label: Phrase, parameter: Phrase) -> Phrase:
    """As in “弄虚作假：等级定为 差”."""
    return Phrase(f"{label.zh}：等级定为 {parameter.zh}", f"{label.en}: the grade is {parameter.en}, whatever the total")
