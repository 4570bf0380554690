"""Redistribute: what does not apply is left out and the rest is scaled to the whole points (不适用的不考核,折算计分)."""

from __future__ import annotations

from fractions import Fraction

from perfscore.scoring.aggregates import Part, Total
from perfscore.text.phrase import Phrase

NAME, ZH = "redistribute", "折算"
SAYS = Phrase("不适用的指标不考核，其余得分按总分值折算", "parts that do not apply are left out and the rest is scaled to the whole points")


def fold(parts: list[Part]) -> Total:
    """Sum of scores ÷ points that apply × all points (项目支出绩效自评表: 用适用指标得分汇总后按百分制折算)."""
    zero = Fraction(0)
    points = sum((p.points for p in parts), zero)
    applying = sum((p.points for p in parts if p.applies), zero)
    if not applying:
        return Total(zero, zero, zero)
    scale = points / applying
    low = sum((p.low for p in parts if p.applies), zero)
    high = sum((p.high for p in parts if p.applies), zero)
    return Total(points, low * scale, high * scale)
