"""Interval texts of rule files, as a mathematician (`[80%,90%)`) or a notice (`80%(含)-90%`, `±10%以内`) writes them, to intervals with exact ends."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Literal, NamedTuple

from perfscore.text.phrase import Phrase
from perfscore.text.printed import fold, format_number, read_number, read_share


class Interval(NamedTuple):
    """A set of numbers between two ends; an end of `None` is infinite and then never closed."""

    low: Fraction | None
    high: Fraction | None
    low_closed: bool
    high_closed: bool

    def holds(self, number: Fraction) -> bool:
        """Whether the number lies inside."""
        low, high, low_closed, high_closed = self
        # Every score asks: in integers this is several times faster than comparing fractions.
        n, d = number.as_integer_ratio()
        if low is not None:
            low_n, low_d = low.as_integer_ratio()
            above = n * low_d - low_n * d
            if above < 0 or not (above or low_closed):
                return False
        if high is not None:
            high_n, high_d = high.as_integer_ratio()
            below = high_n * d - n * high_d
            return below > 0 or (high_closed and not below)
        return True

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

    def mirrored(self) -> Interval:
        """The numbers on the other side of zero."""
        return Interval(None if self.high is None else -self.high, None if self.low is None else -self.low, self.high_closed, self.low_closed)

    def written(self, *, share: bool) -> str:
        """As rule files write it, and read it again; a `share` per cent."""

        def end(number: Fraction) -> str:
            return f"{format_number(number * 100)}%" if share else format_number(number)

        low = "-∞" if self.low is None else end(self.low)
        high = "+∞" if self.high is None else end(self.high)
        return f"{'[' if self.low_closed else '('}{low},{high}{']' if self.high_closed else ')'}"

    def __str__(self) -> str:
        return self.written(share=False)


EVERYTHING = Interval(None, None, False, False)
_ZERO = Fraction(0)
_AMOUNTS = Interval(_ZERO, None, low_closed=True, high_closed=False)
_INFINITE = {"": None, "+": None, "-": None, "+∞": None, "-∞": None, "∞": None, "+inf": None, "-inf": None}
#: On which side of its number a word or sign leaves the interval, and whether the number is inside.
_Ray = tuple[Literal["low", "high"], bool]
# Longest first: `>=` is no `>`, and `大于等于` no `大于`.
_BEFORE: tuple[tuple[str, _Ray], ...] = (
    (">=", ("low", True)), ("≥", ("low", True)), ("大于或等于", ("low", True)), ("大于等于", ("low", True)),
    ("不低于", ("low", True)), ("不少于", ("low", True)), ("不小于", ("low", True)), ("至少", ("low", True)), ("达到", ("low", True)),
    ("<=", ("high", True)), ("≤", ("high", True)), ("小于或等于", ("high", True)), ("小于等于", ("high", True)),
    ("不高于", ("high", True)), ("不多于", ("high", True)), ("不大于", ("high", True)), ("不超过", ("high", True)), ("至多", ("high", True)),
    (">", ("low", False)), ("大于", ("low", False)), ("高于", ("low", False)), ("超过", ("low", False)), ("多于", ("low", False)),
    ("<", ("high", False)), ("小于", ("high", False)), ("低于", ("high", False)), ("少于", ("high", False)), ("未达到", ("high", False)),
    ("不足", ("high", False)), ("不到", ("high", False)), ("不满", ("high", False)),
)  # fmt: skip
# 民法典第一千二百五十九条: 以上、以下、以内 include the number, 不满、超过、以外 do not.
_BEHIND: tuple[tuple[str, _Ray], ...] = (
    ("及以上", ("low", True)), ("或以上", ("low", True)), ("以上", ("low", True)),
    ("及以下", ("high", True)), ("或以下", ("high", True)), ("以下", ("high", True)),
    ("以内", ("high", True)), ("之内", ("high", True)), ("以外", ("low", False)), ("之外", ("low", False)),
)  # fmt: skip
_TO = "-~至到—–―"
_DIGITS = "0123456789."
#: The top of a scale, as printed: nothing is above it, so a range that ends there holds it.
_TOPS = {"": 100, "%": 100, "‰": 1000}


class _End(NamedTuple):
    """A number as printed, its unit, and its marks: which number each names (`""` for this one), and whether it is inside."""

    number: Fraction
    unit: str
    marks: tuple[tuple[str, bool], ...]

    @property
    def exact(self) -> Fraction:
        return self.number / {"": 1, "%": 100, "‰": 1000}[self.unit]


class _Unread(Exception):
    """What is wrong with the text; leaves this module as a value."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.says = Phrase(zh, en)


def point(number: Fraction) -> Interval:
    """The interval of one number."""
    return Interval(number, number, low_closed=True, high_closed=True)


def read_interval(text: str) -> Interval | Phrase:
    """The interval that a text names, or what is wrong with it; ends may be per cent (`80%` is 0.8)."""
    found = read_intervals(text)
    if isinstance(found, Phrase):
        return found
    if len(found) > 1:
        below, above = (piece.written(share="%" in text) for piece in found)
        return Phrase(
            f"{text} 是左右两段（{below} 和 {above}），这里只能写一段", f"{text} names two pieces, {below} and {above}: one interval is expected here"
        )
    return found[0]


def read_intervals(text: str) -> tuple[Interval, ...] | Phrase:
    """The one interval that a text names, or the two on both sides of zero (`±10-15%以内`), the lower first; or what is wrong with it."""
    words = fold(text).split()
    try:
        # `80 90` is no 8090.
        if any(one[-1] in _DIGITS and other[0] in _DIGITS for one, other in pairwise(words)):
            raise _unread(text)
        return _both_sides(text, "".join(words)) if "±" in text else (_one(text, "".join(words)),)
    except _Unread as problem:
        return problem.says


def class_gap(one: Interval, other: Interval, *, share: bool = False) -> Phrase | None:
    """How to close the gap between neighbours like 80-89 and 90-100, whose ends are one apart in their last place; `None` between any others."""
    if one.high is None or other.low is None or not other.low_closed:
        return None
    scale = 100 if share else 1
    low, high = one.high * scale, other.low * scale
    if not any(high - low == step and (high / step).denominator == 1 for step in (1, Fraction(1, 10), Fraction(1, 100))):
        return None
    between = format_number((low + high) / 2) + ("%" if share else "")
    joined = Interval(one.low, other.low, one.low_closed, high_closed=False).written(share=share)
    return Phrase(f"{between} 这样的数哪一档也不属于；前一档写作 {joined} 就接上了", f"a number like {between} would be in neither: write {joined}")


def _unread(text: str) -> _Unread:
    return _Unread(f"读不懂区间 {text}，应写作 [80,90)、≥90% 或 大于90 等", f"cannot read the interval {text}: write [80,90), >=90% or the like")


def _both_sides(text: str, folded: str) -> tuple[Interval, ...]:
    """`±` in front of the numbers: what the rest says of the amount, on both sides of zero."""
    head, *rest = folded.split("±")
    firm = all(part[-1:] in (*_TO, "含") for part in rest[:-1]) and all(part[:1].isdigit() for part in rest)
    if not firm or (head and head not in dict(_BEFORE)):
        raise _unread(text)
    said = _one(text, head + "".join(rest))
    if said.low == said.high:
        raise _Unread(f"{text} 没有写明是以内还是以外", f"{text} does not say whether the inside is meant (以内) or the outside (以外)")
    above = said.meet(_AMOUNTS)
    if above.empty():
        raise _unread(text)
    below = above.mirrored()
    return (Interval(below.low, above.high, below.low_closed, above.high_closed),) if above.holds(_ZERO) else (below, above)


def _one(text: str, folded: str) -> Interval:
    if folded[:1] in ("[", "(") and folded[-1:] in ("]", ")") and folded.count(",") == 1:
        return _bracketed(text, folded)
    if "分" in folded and ("%" in folded or "‰" in folded):
        raise _unread(text)
    before, rest = next(((ray, folded[len(word) :]) for word, ray in _BEFORE if folded.startswith(word)), (None, folded))
    rest, word, behind = _behind(rest)
    cut = _cut(rest)
    if cut:
        if before or word not in ("", "以内", "之内"):
            raise _unread(text)
        return _range(text, rest[:cut], rest[cut:], within=bool(word))
    end = _end(text, rest if before or behind else rest.removeprefix("="))
    marked = _marked(text, (end,)).get(0)
    ray = before or behind
    if ray is None:
        if marked is not None:
            raise _unread(text)
        return point(end.exact)
    side, closed = ray
    # 以上 and its like are a convention that a mark may overrule; what stands in front, and 及以上, say it themselves.
    firm = before is not None or word[0] in "及或"
    if (before and behind and before != behind) or (firm and marked is not None and marked != closed):
        raise _Unread(f"{text} 前后的说法矛盾", f"the parts of {text} contradict each other")
    closed = closed if marked is None else marked
    return Interval(end.exact, None, closed, high_closed=False) if side == "low" else Interval(None, end.exact, low_closed=False, high_closed=closed)


def _bracketed(text: str, folded: str) -> Interval:
    low_text, _, high_text = folded[1:-1].partition(",")
    low = _INFINITE[low_text] if low_text in _INFINITE else read_share(low_text)
    high = _INFINITE[high_text] if high_text in _INFINITE else read_share(high_text)
    unread = [t for t, n in ((low_text, low), (high_text, high)) if n is None and t not in _INFINITE]
    if unread:
        raise _Unread(f"区间 {text} 里的 {unread[0]} 不是数", f"{unread[0]} in the interval {text} is not a number")
    result = Interval(low, high, folded[0] == "[" and low is not None, folded[-1] == "]" and high is not None)
    if result.empty():
        raise _Unread(f"区间 {text} 里没有任何数", f"the interval {text} holds no number")
    return result


def _behind(rest: str) -> tuple[str, str, _Ray | None]:
    """The text without the 以上 or its like behind its number, that word, and what it says; a mark behind the word goes to the number."""
    body, opening, mark = rest.rpartition("(") if rest.endswith(")") else (rest, "", "")
    for word, ray in _BEHIND:
        if body.endswith(word):
            return body.removesuffix(word) + opening + mark, word, ray
    return rest, "", None


def _cut(rest: str) -> int:
    """Where the two ends of a range are parted: at the first 至 or its like that is neither a minus sign in front nor in brackets; else 0."""
    depth = 0
    for at, letter in enumerate(rest):
        depth += (letter == "(") - (letter == ")")
        if at and not depth and letter in _TO:
            return at
    return 0


def _end(text: str, body: str) -> _End:
    """`80%`, `90分`, `80%(含)`, `80%(含80%,不含90%)`."""
    printed, opening, inside = body.partition("(")
    number, unit = _number(text, printed)
    if not opening:
        return _End(number, unit, ())
    marks = [(part.removeprefix("不"), not part.startswith("不")) for part in inside.removesuffix(")").replace("、", ",").split(",")]
    if not inside.endswith(")") or not all(said.startswith("含") for said, _ in marks):
        raise _unread(text)
    return _End(number, unit, tuple((said.removeprefix("含").removeprefix("本数"), closed) for said, closed in marks))


def _number(text: str, printed: str) -> tuple[Fraction, str]:
    unit = printed[-1:] if printed.endswith(("%", "‰")) else ""
    number = read_number(printed.removesuffix(unit or "分"))
    if number is None:
        raise _unread(text)
    return number, unit


def _marked(text: str, ends: tuple[_End, ...]) -> dict[int, bool]:
    """Which ends are marked, and as what: 含 binds to the number before it, or to the one that it names."""
    found: dict[int, bool] = {}
    for place, end in enumerate(ends):
        for name, closed in end.marks:
            number, unit = _number(text, name) if name else (end.number, "")
            at = place if not name else next((at for at, other in enumerate(ends) if other.number == number), None)
            if at is None or unit not in ("", ends[-1].unit):
                raise _Unread(f"{text} 里“含”的 {name} 不是区间的一端", f"{name}, which 含 names in {text}, is no end of the interval")
            if at in found:
                raise _Unread(f"{text} 的一端说了两次含不含", f"{text} says twice whether one of its ends is inside")
            found[at] = closed
    return found


def _range(text: str, left: str, right: str, *, within: bool) -> Interval:
    """
    Two numbers with 至 or its like between them, the lower first or turned.

    A marked end is what its mark says, and the other one the opposite. Without a mark the lower end is inside and the upper one is not, but both of
    whole numbers that are no shares: a class like 80-89. An upper end at the top of the scale is inside unless marked.
    """
    sign = "——" if right.startswith("——") else right[0]
    right = right[len(sign) :]
    if sign not in "~至到" and (left[0] == "-" or right[:1] == "-"):
        raise _Unread(f"{text} 里的“-”分不清是负号还是“至”，应写作 [-5%,5%)", f"a - in {text} may be a minus sign or a dash: write [-5%,5%)")
    ends = _end(text, left), _end(text, right)
    if ends[0].unit not in ("", ends[1].unit):
        raise _Unread(f"{text} 两端的单位不同", f"the ends of {text} differ in their unit")
    unit = ends[1].unit
    low, high = (_End(end.number, unit, end.marks) for end in ends)
    marked = _marked(text, (low, high))
    if low.number == high.number:
        raise _Unread(f"{text} 的两端相同", f"both ends of {text} are the same number")
    turned = low.number > high.number
    if turned:
        low, high, marked = high, low, {1 - at: closed for at, closed in marked.items()}
    if within:
        marked.setdefault(1, True)
    top = high.number == _TOPS[unit]
    if not marked and not unit and not turned:
        if low.number.denominator != 1 or high.number.denominator != 1:
            raise _Unread(
                f"{text} 没有写明两端含不含，应写作 [0.8,0.9) 等", f"{text} does not say which of its ends are inside: write [0.8,0.9) or the like"
            )
        top = True
    low_closed = marked.get(0, not marked.get(1, False))
    high_closed = marked.get(1, top or not marked.get(0, True))
    return Interval(low.exact, high.exact, low_closed, high_closed)
