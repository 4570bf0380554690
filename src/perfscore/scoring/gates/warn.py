"""Warn: something is pointed out, and the result stays as it is (提示、预警)."""

from __future__ import annotations

from perfscore.scoring.gates import Act
from perfscore.text.phrase import Phrase, same

NAME, ZH = "warn", "提示"
TAKES = "text"
SAYS = Phrase("只作提示，不影响得分和等级", "a warning; score and grade stay as they are")


def act(parameter: str) -> Act:
    """Only the text."""
    return Act(warns=same(parameter))


def told(label: Phrase, parameter: Phrase) -> Phrase:
    """As in “执行率低于 90%：应填写偏差原因”."""
    return Phrase(f"{label.zh}：{parameter.zh}", f"{label.en}: {parameter.en}")
