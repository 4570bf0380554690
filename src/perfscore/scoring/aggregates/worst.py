"""Worst: a group is worth no more than its lowest part (取最低值)."""

from __future__ import annotations

from perfscore.scoring.aggregates import Part, among
from perfscore.text.phrase import Phrase

NAME, ZH = "worst", "最低"
SAYS = Phrase("取得分最低的一项", "the part with the lowest score counts")
WHOLE = True


def fold(parts: list[Part]) -> Part:
    """The lowest score of the parts that apply."""
    return among(parts, min)
