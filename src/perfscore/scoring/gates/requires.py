"""Requires: without what has to come first there is neither score nor grade (未开展单位自评的，不予评价)."""

from __future__ import annotations

from perfscore.scoring.gates import Act
from perfscore.text.phrase import Phrase, same

NAME, ZH = "requires", "前提"
TAKES = "text"
SAYS = Phrase("不具备前提的，不出得分和等级", "no score and no grade while the condition holds")


def act(parameter: str) -> Act:
    """Score and grade are withheld, and the text says why."""
    return Act(withheld=same(parameter))


def told(label: Phrase, parameter: Phrase) -> Phrase:
    """As in “未开展单位自评：不出得分和等级，应先完成自评”."""
    return Phrase(f"{label.zh}：不出得分和等级，{parameter.zh}", f"{label.en}: no score and no grade, {parameter.en}")
