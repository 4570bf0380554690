"""Veto: an indicator or a group scores nothing, whatever it earned (一票否决，该栏不得分)."""

from __future__ import annotations

from perfscore.scoring.gates import Act
from perfscore.text.phrase import Phrase

NAME, ZH = "veto", "否决"
TAKES = "id"
SAYS = Phrase("指定的指标或分组一票否决，不得分", "the indicator or group named scores 0, whatever it earned")


def act(parameter: str) -> Act:
    """Nothing is left of what the id earned."""
    return Act(veto=parameter)


def told(label: Phrase, parameter: Phrase) -> Phrase:
    """As in “未设置绩效目标：一票否决，产出指标不得分”."""
    return Phrase(f"{label.zh}：一票否决，{parameter.zh}不得分", f"{label.en}: {parameter.en} is vetoed and scores 0")
