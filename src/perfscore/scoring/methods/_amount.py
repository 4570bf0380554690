"""Amounts of points in method parameters: `5`, `5分`, or a share of the indicator's points (`10%`, `10% of points`, `分值的10%`, `满分`, `不得分`)."""

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


_ALL, _NOTHING = Amount(Fraction(1), share=True), Amount(Fraction(0), share=False)
#: Amounts in words; the longer ones, which tables of bands write behind the interval, first.
IN_WORDS = {
    **dict.fromkeys(("得满分", "计满分", "记满分", "满分"), _ALL),
    **dict.fromkeys(("不得分", "不计分", "不记分"), _NOTHING),
}
#: The same words as a pattern that schemas carry.
WORDS = "(?:[得计记]?满分|不[得计记]分)"


def read_amount(text: str) -> Amount | Phrase:
    """The amount that a text names, or what is wrong with it."""
    if text.strip() in IN_WORDS:
        return IN_WORDS[text.strip()]
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
    return Text(read_amount, rf"^\s*(?:(?:分值的\s*)?-?{DIGITS}%\s*(?:of points)?|-?{DIGITS}\s*分?|{WORDS})\s*$", "bad-amount")
