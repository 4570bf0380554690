"""Amounts of points in method parameters: `5`, `5分`, or a share of the indicator's points (`10%`, `10% of points`, `分值的10%`)."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from perfscore.text.phrase import Phrase
from perfscore.text.printed import read_number, read_share
from perfscore.text.shape import DIGITS, Text


class Amount(NamedTuple):
    """Points, or a share of the indicator's points: then a rule keeps its meaning when the points change."""

    value: Fraction
    share: bool

    def of(self, points: Fraction) -> Fraction:
        """The amount in points."""
        return self.value * points if self.share else self.value


def read_amount(text: str) -> Amount | Phrase:
    """The amount that a text names, or what is wrong with it."""
    words = text.strip().removesuffix("of points").removeprefix("分值的").strip()
    if words.endswith("%"):
        share = read_share(words)
        if share is not None:
            return Amount(share, share=True)
    elif (number := read_number(words.removesuffix("分").strip())) is not None and words == text.strip():
        return Amount(number, share=False)
    return Phrase(f"读不懂分数 {text}，应写作 5、5分 或 10%（占分值）", f"cannot read the amount {text}: write 5 or, as a share of the points, 10%")


def amount() -> Text:
    """The shape of an amount."""
    return Text(read_amount, rf"^\s*(?:(?:分值的\s*)?-?{DIGITS}%\s*(?:of points)?|-?{DIGITS}\s*分?)\s*$", "bad-amount")
