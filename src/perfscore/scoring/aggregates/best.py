"""Best: of parts that stand for one another the better one counts (二者择其一)."""

from __future__ import annotations

from perfscore.scoring.aggregates import Part, among
from perfscore.text.phrase import Phrase

NAME, ZH = "best", "择优"
SAYS = Phrase("各项择优，取得分最高的一项", "the part with the highest score counts")
WHOLE = True


def fold(parts: list[Part]) -> Part:
    """The highest score of the parts that apply."""
    return among(parts, max)
