"""Redistribute: what does not apply is left out and the rest is scaled to the whole points (不适用的不考核,折算计分)."""

from __future__ import annotations

from perfscore.scoring.aggregates import Part
from perfscore.scoring.aggregates.sum import fold as sum_up
from perfscore.text.phrase import Phrase

NAME, ZH = "redistribute", "折算"
SAYS = Phrase("不适用的指标不考核，其余得分按总分值折算", "parts that do not apply are left out and the rest is scaled to the whole points")
WHOLE = False


def fold(parts: list[Part]) -> Part:
    """Sum of scores ÷ points that apply × all points (项目支出绩效自评表: 用适用指标得分汇总后按百分制折算)."""
    whole = sum_up(parts)
    if not whole.applying:
        return whole
    scale = whole.points / whole.applying
    return Part(whole.points, whole.points, whole.low * scale, whole.high * scale)
