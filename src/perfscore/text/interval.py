"""Interval texts of rule files (`[80%,90%)`, `≥90`, `大于30%`) to intervals with exact ends."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from perfscore.text.phrase import Phrase
from perfscore.text.printed import fold, format_number, read_share


class Interval(NamedTuple):
    """A set of numbers between two ends; an end of `None` is infinite and then never closed."""

    low: Fraction | None
    high: Fraction | None
    low_closed: bool
    high_closed: bool

    def holds(self, number: Fraction) -> bool:
        """Whether the number lies inside."""
        above = self.low is None or (number >= self.low if self.low_closed else number > self.low)
        return above and (self.high is None or (number <= self.high if self.high_closed else number < self.high))

    def empty(self) -> bool:
        """Whether no number lies inside."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed))

    def meet(self, other: Interval) -> Interval:
        """The part that both share; empty where they are apart."""
        low, low_closed = max(((i.low, i.low_closed) for i in (self, other)), key=lambda e: (e[0] is not None, e[0] or 0, not e[1]))
        high, high_closed = min(((i.high, i.high_closed) for i in (self, other)), key=lambda e: (e[0] is None, e[0] or 0, e[1]))
        return Interval(low, high, low_closed, high_closed)

    def __str__(self) -> str:
        low = "-∞" if self.low is None else format_number(self.low)
        high = "+∞" if self.high is None else format_number(self.high)
        return f"{'[' if self.low_closed else '('}{low},{high}{']' if self.high_closed else ')'}"


EVERYTHING = Interval(None, None, False, False)
_INFINITE = {"": None, "+": None, "-": None, "+∞": None, "-∞": None, "∞": None, "+inf": None, "-inf": None}
# Longest first: `>=` is no `>`.
_COMPARATORS = (
    (">=", "low", True), ("≥", "low", True), ("不低于", "low", True), ("不少于", "low", True),
    ("<=", "high", True), ("≤", "high", True), ("不高于", "high", True), ("不超过", "high", True),
    (">", "low", False), ("大于", "low", False), ("高于", "low", False), ("超过", "low", False),
    ("<", "high", False), ("小于", "high", False), ("低于", "high", False),
)  # fmt: skip


def point(number: Fraction) -> Interval:
    """The interval of one number."""
    return Interval(number, number, low_closed=True, high_closed=True)


def read_interval(text: str) -> Interval | Phrase:
    """The interval that a text names, or what is wrong with it; ends may be per cent (`80%` is 0.8)."""
    folded = fold(text).replace(" ", "")
    opening, closing = folded[:1], folded[-1:]
    if opening in ("[", "(") and closing in ("]", ")") and folded.count(",") == 1:
        low_text, _, high_text = folded[1:-1].partition(",")
        low = _INFINITE[low_text] if low_text in _INFINITE else read_share(low_text)
        high = _INFINITE[high_text] if high_text in _INFINITE else read_share(high_text)
        unread = [t for t, n in ((low_text, low), (high_text, high)) if n is None and t not in _INFINITE]
        if unread:
            return Phrase(f"区间 {text} 里的 {unread[0]} 不是数", f"{unread[0]} in the interval {text} is not a number")
        result = Interval(low, high, opening == "[" and low is not None, closing == "]" and high is not None)
        if result.empty():
            return Phrase(f"区间 {text} 里没有任何数", f"the interval {text} holds no number")
        return result
    for sign, side, closed in _COMPARATORS:
        if folded.startswith(sign):
            end = read_share(folded[len(sign) :])
            if end is not None:
                return Interval(end, None, closed, high_closed=False) if side == "low" else Interval(None, end, low_closed=False, high_closed=closed)
            break
    single = read_share(folded.removeprefix("="))
    if single is not None:
        return point(single)
    return Phrase(f"读不懂区间 {text}，应写作 [80,90)、≥90% 或 大于90 等", f"cannot read the interval {text}: write [80,90), >=90% or the like")
