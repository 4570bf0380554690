"""What the scoring standards of several methods say alike: from parameters as a rule file writes them to parts of a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from perfscore.scoring.methods._amount import Amount
from perfscore.text.fields import Fields
from perfscore.text.interval import Interval, read_intervals
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import bare, format_number, read_share

_MARKS = frozenset("，、；：。（）“”")


def spaced(*parts: str) -> str:
    """Parts of a Chinese sentence one behind the other, with a blank where a number or a sign meets a word: 每超过 1% 扣 0.5 分."""
    said = [part for part in parts if part]
    return "".join([*said[:1], *(f"{' ' if _apart(one[-1], other[0]) else ''}{other}" for one, other in pairwise(said))])


def _apart(one: str, other: str) -> bool:
    return (one.isascii() or other.isascii()) and one not in _MARKS and other not in _MARKS


# Numbers and intervals.


def number(parameters: Fields, name: str) -> str:
    """A number as the rule file writes it: `1%` says more than `0.01`."""
    text = parameters.at(name).written()
    return text if read_share(text) == parameters[name] else format_number(parameters[name])


def range_of(parameters: Fields, name: str) -> Phrase:
    """An interval as the rule file writes it."""
    text, on = parameters.at(name).written(), (parameters[name],)
    return interval(text if read_intervals(text) == on else "", on)


def interval(text: str, on: tuple[Interval, ...]) -> Phrase:
    """`≤100%` in both languages; `大于30%` is `>30%` in English, and of `±10-15%以内`, which is two pieces, the amount: `10%<|x|≤15%`."""
    shown = bare(text).replace("<=", "≤").replace(">=", "≥")
    share = "%" in shown
    if any("\u4e00" <= character <= "\u9fff" for character in shown):
        return Phrase(shown, _signs(on, share=share))
    if on[0].low is None and on[-1].high is None:
        return Phrase("任何数", "any number")
    # Brackets with an infinite end are for mathematicians, and `0: 0 points` is for nobody.
    endless = shown[:1] in ("[", "(") and None in (on[0].low, on[0].high)
    bare_number = shown[:1] not in ("=", "<", ">", "≤", "≥", "[", "(") and on[0].low == on[0].high
    return same(_signs(on, share=share) if endless or bare_number or not shown else shown)


def _signs(on: tuple[Interval, ...], *, share: bool) -> str:
    low, high, low_closed, high_closed = on[-1]

    def end(number: Fraction) -> str:
        return f"{format_number(number * 100)}%" if share else format_number(number)

    above, below = "≥" if low_closed else ">", "≤" if high_closed else "<"
    name = "|x|" if len(on) > 1 else ""
    if high is None:
        return "" if low is None else f"{name}{above}{end(low)}"
    if low is None:
        return f"{below}{end(high)}"
    if name:
        return f"{end(low)}{'≤' if low_closed else '<'}{name}{below}{end(high)}"
    return f"={end(low)}" if low == high else on[-1].written(share=share)


# Amounts.


def in_points(score: Fraction) -> Phrase:
    """`0.5 分`."""
    shown = format_number(score)
    return Phrase(f"{shown} 分", f"{shown} point" if score == 1 else f"{shown} points")


def worth(amount: Amount, points: Fraction | None) -> Phrase:
    """An amount in points where those of the indicator are known, else as the share that it is."""
    if not amount.share or points is not None:
        return in_points(amount.value if points is None else amount.of(points))
    share = f"{format_number(amount.value * 100)}%"
    return Phrase(f"分值的 {share}", f"{share} of the points")


def scores(amounts: Iterable[Amount], points: Fraction | None) -> list[Phrase]:
    """What is given, one amount behind the other; nothing, and of points that the form gives all, are said in words."""
    found = []
    for amount in amounts:
        told = worth(amount, points)
        if not amount.value:
            told = Phrase("不得分", "0 points")
        elif points is None and amount.share and amount.value == 1:
            told = Phrase("满分", "full points")
        found.append(told)
    return _once(found)


def items(rows: list[tuple[str, Amount, Amount]], points: Fraction | None, does: str = "") -> Phrase:
    """`有制度 4 分、制度合规 2 分`, or `有制度、制度合规各 2 分`; of an amount between two ends both, `虚列套取扣 4-7 分`."""
    labels = [label for label, _, _ in rows]
    told = [worth(most, points) if least == most else _between(worth(least, points), worth(most, points)) for _, least, most in rows]
    if len(rows) > 1 and len(set(told)) == 1:
        return Phrase(spaced("、".join(labels), f"各{does}", told[0].zh), f"{told[0].en} for each of {', '.join(labels)}")
    zh = "、".join(spaced(label, does, amount.zh) for label, amount in zip(labels, told, strict=True))
    return Phrase(zh, ", ".join(f"{amount.en} for {label}" for label, amount in zip(labels, _once(told), strict=True)))


def _between(least: Phrase, most: Phrase) -> Phrase:
    low = least.en.partition(" ")[0]
    high, _, unit = most.en.partition(" ")
    return Phrase(most.zh.replace(high, f"{low}-{high}"), f"{low}-{high} {unit}")


def _once(told: list[Phrase]) -> list[Phrase]:
    """English says a unit once: 5 points, 4, 2."""
    units = ["", *(one.en.partition(" ")[2].removesuffix("s") for one in told)]
    return [
        one._replace(en=one.en.partition(" ")[0]) if unit == before and one.en[:1] in "-0123456789" else one
        for one, before, unit in zip(told, units, units[1:], strict=False)
    ]


# Steps.


class Move(NamedTuple):
    """What happens for every step away from an end: which way, how far, what a part of a step counts, and where it stops."""

    #: As in 每超过, and in `for every 1% above`.
    where: Phrase
    every: Phrase
    amount: Phrase
    part: str
    until: Phrase
    gains: bool = False

    def told(self) -> Phrase:
        """`每超过 1% 扣 0.5 分，不足 1% 的不扣，扣完为止`."""
        does, every = "加" if self.gains else "扣", self.every.zh
        part = {
            "whole": spaced("，不足", every, f"的不{does}"),
            "up": spaced("，不足", every, "的按", every, "计"),
            "proportional": f"，按比例{does}",
        }
        zh = spaced(self.where.zh, every, does, self.amount.zh) + part.get(self.part, "") + f"，{self.until.zh}"
        en = f"{self.amount.en} {'more' if self.gains else 'off'} for every {'full ' if self.part == 'whole' else ''}{self.every.en} {self.where.en}"
        return Phrase(zh, en + {"up": ", a part counted whole", "proportional": ", in proportion"}.get(self.part, "") + f", {self.until.en}")


def down_to(floor: Amount | None, points: Fraction | None) -> Phrase:
    """`扣完为止`, or down to what is left."""
    if floor is None or not floor.value:
        return Phrase("扣完为止", "down to 0")
    left = worth(floor, points)
    return Phrase(spaced("扣到", left.zh, "为止"), f"down to {left.en}")


def up_to(most: Amount, points: Fraction | None) -> Phrase:
    """`加到 10 分为止`."""
    (found,) = scores([most], points)
    return Phrase(spaced("加到", found.zh, "为止"), f"up to {found.en}")
