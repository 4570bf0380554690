"""Deduct: points are taken off the total, or off every indicator that it is asked of (逾期每日扣分、人工扣分)."""

from __future__ import annotations

from perfscore.model.formula import Formula
from perfscore.scoring.gates import Act
from perfscore.text.phrase import Phrase

NAME, ZH = "deduct", "扣减"
TAKES = "formula"
SAYS = Phrase("从总得分中扣去若干分，扣到 0 为止", "points off the total, down to 0")


def act(parameter: Formula) -> Act:
    """The points that the formula gives are lost."""
    return Act(lose=parameter)


def told(label: Phrase, parameter: Phrase) -> Phrase:
    """As in “逾期报送：扣减 2 分”."""
    return Phrase(f"{label.zh}：扣减 {parameter.zh} 分", f"{label.en}: {parameter.en} points are taken off")
