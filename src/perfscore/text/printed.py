"""What a form prints in a cell: from text to an exact value, or to why it is none."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from perfscore.text.dates import YEARS, Period, read_period
from perfscore.text.fold import bare, fold, fold_label
from perfscore.text.numbers import digits, format_number, format_share, read_number, read_share
from perfscore.text.phrase import Phrase
from perfscore.text.units import Unit, is_multiplier, many, multiplied, unit_named, unit_printed

__all__ = [
    "Blank",
    "Comparator",
    "NotApplicable",
    "Period",
    "Printed",
    "Quantity",
    "Unit",
    "Unreadable",
    "Words",
    "bare",
    "fold",
    "fold_label",
    "format_number",
    "format_share",
    "read_number",
    "read_printed",
    "read_share",
    "says_not_applicable",
    "unit_named",
]

Comparator = Literal["", ">=", "<=", ">", "<", "="]
Form = Literal["exact", "bound", "over", "range"]
#: What stands in front of a number: a comparison, 控制在 and its like, or 约 and its like.
_Before = Literal["", ">=", "<=", ">", "<", "=", "keep", "about"]
_Firm = Literal["", ">=", "<=", ">", "<", "=", "keep"]

#: The longest text that is read as a number or date, and the longest run of digits, points and commas in it.
LONGEST_TEXT = 200
LONGEST_NUMBER = 64
#: What is read again and again is short.
_SHORT = 32


class Quantity(NamedTuple):
    """
    The numbers that a printed text allows: from `low` to `high`, in the base unit of its unit's kind (元; 1 for %).

    An end of `None` is infinite and then open. `places` counts the digits behind the point as printed, `spoken` is the printed number itself in
    base units (`None` for a range). `30余次` is `over`: at least 30 and less than 40.
    """

    text: str
    low: Fraction | None
    high: Fraction | None
    low_open: bool
    high_open: bool
    comparator: Comparator
    unit: Unit | None
    places: int
    spoken: Fraction | None
    form: Form


class Words(NamedTuple):
    """A text that claims no number; `folded` is what it is compared by."""

    text: str
    folded: str


class Blank(NamedTuple):
    """Nothing, or a mark or word that stands for nothing; `why` it is no value."""

    text: str
    why: Phrase


class NotApplicable(NamedTuple):
    """The form says that this does not apply."""

    text: str


class Unreadable(NamedTuple):
    """A text that starts like a number or a date and is not cleanly one; it is never guessed."""

    text: str
    why: Phrase


Printed = Quantity | Period | Words | Blank | NotApplicable | Unreadable

_ZERO = Fraction(0)
_DASHES_AND_DOTS = frozenset("-–—―─/\\_.…⋯。·*")
_NOT_APPLICABLE = "不适用"
_NOTHING = Phrase("此处空白", "nothing is printed here")
_MARK = Phrase("此处只有占位符号", "only a mark for nothing is printed here")
# `无` behind 安全事故 may be a perfect zero or an empty cell: the file has to say which.
_EMPTY_WORDS = {
    **dict.fromkeys(("无", "没有", "暂无"), Phrase("“无”可能是 0，也可能是没有填报，请写明", "无 can be 0 or not filled in; write which")),
    **dict.fromkeys(("无数据", "暂无数据", "未填", "未填报", "null", "~"), Phrase("此处注明没有数据", "the form says that there are no data")),
    **dict.fromkeys(("不涉及", "N/A", "n/a"), Phrase("如确不适用，请写“不适用”", "write 不适用 if this does not apply")),
}

# Longest first; the words say something only in front of a number (`达标` is no `达`).
_SIGNS: tuple[tuple[str, Comparator], ...] = ((">=", ">="), ("<=", "<="), ("≥", ">="), ("≤", "<="), (">", ">"), ("<", "<"), ("=", "="))
_WORDS_BEFORE: tuple[tuple[str, Comparator], ...] = (
    ("大于或等于", ">="), ("大于等于", ">="), ("不低于", ">="), ("不少于", ">="), ("不小于", ">="), ("至少", ">="), ("达到", ">="), ("达", ">="),
    ("小于或等于", "<="), ("小于等于", "<="), ("不高于", "<="), ("不多于", "<="), ("不大于", "<="), ("不超过", "<="), ("不晚于", "<="), ("不迟于", "<="),
    ("至多", "<="), ("最多", "<="), ("大于", ">"), ("高于", ">"), ("超过", ">"), ("多于", ">"), ("超", ">"),
    ("小于", "<"), ("低于", "<"), ("少于", "<"), ("不足", "<"), ("不到", "<"), ("不满", "<"), ("等于", "="),
)  # fmt: skip
# These say nothing without a 以上, 以下 or 以内 behind the number.
_KEEPING = ("控制在", "保持在", "维持在", "稳定在")
_HEDGES = ("大约", "约", "将近", "接近", "近", "大概", "估计", "预计")
# By convention (and 民法典 §1259) 以上, 以下 and 以内 take in the number itself.
_BEHIND: tuple[tuple[str, Comparator], ...] = (
    ("以上(不含)", ">"), ("以下(不含)", "<"), ("(不含)以上", ">"), ("(不含)以下", "<"),
    ("以上(含)", ">="), ("以下(含)", "<="), ("以内(含)", "<="), ("(含)以上", ">="), ("(含)以下", "<="), ("(含)以内", "<="),
    ("及以上", ">="), ("及以下", "<="), ("或以上", ">="), ("或以下", "<="), ("以上", ">="), ("以下", "<="), ("以内", "<="), ("之内", "<="), ("内", "<="),
)  # fmt: skip
_BEHIND_ENDS = frozenset(word[-1] for word, _ in _BEHIND)
_TO = "~至到—–-"
# As text: compiled when the first one is needed, not when the command starts.
_SPACE_INSIDE = r"[0-9.,] +[0-9.,]|\A[^0-9]*[+-] +[0-9]"
_STRANGE_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹½⅓⅔¼¾")
# What may hide a number from the eye or from the reader: brackets, currency, invisible characters.
_IN_FRONT = "+-–—(.,±¥$约\u200b\u200c\u200d\u2060\ufeff"
_NOT_NUMBERS = frozenset(("nan", "inf", "infinity", "∞"))

_TOO_LONG = Phrase(f"超过 {LONGEST_TEXT} 个字，不是一个数", f"longer than {LONGEST_TEXT} characters, which no number is")
_HEDGED = Phrase("只是大约的数，不能据以计分", "only about a number; nothing can be scored by it")
_NO_NUMBER = Phrase("比较符号后面没有数", "no number follows the comparison sign")
_CELL_ERROR = Phrase("这是电子表格的错误值", "this is the error value of a spreadsheet")
_FOREIGN = Phrase("不是普通的数字 0–9", "these are not the plain digits 0 to 9")
_UNCLEAN = Phrase("像数又不是规范的数，不作猜测", "like a number and not cleanly one; it is not guessed")
_SPACED = Phrase("数字之间或正负号后面有空格，不知是不是一个数", "there is a space between digits or behind a sign: it may not be one number")
_MONTH_OR_NUMBER = Phrase(
    "可能是年月，也可能是数；年月请写作 2024年12月，数请带单位", "a month or a number: write 2024年12月 for a month, and a number with its unit"
)
_CLASH = Phrase("前后的比较用语重复或矛盾", "the comparison in front and the one behind do not go together")
_OPEN_KEEPING = Phrase("没有写明是以上、以下还是以内", "it does not say whether more or less is meant")


def says_not_applicable(text: str) -> bool:
    """Whether `read_printed` says that this does not apply, whatever the year and the unit."""
    return bare(text) == _NOT_APPLICABLE


def read_printed(text: str, *, year: int | None = None, unit: Unit | None = None) -> Printed:
    """
    What a printed text says. Never fails: what cannot be read is `Unreadable` or `Words`.

    A date without a year takes `year`, a number without a unit takes `unit`. The time it takes grows with the length of the text only.
    """
    return _known(text, year, unit) if len(text) <= _SHORT else _read(text, year, unit)


# Forms say 100% and 10 many times, and every cell is asked for by whoever scores and by whoever checks. A long text is kept for nobody.
@lru_cache(maxsize=8192)
def _known(text: str, year: int | None, unit: Unit | None) -> Printed:
    return _read(text, year, unit)


def _read(text: str, year: int | None, unit: Unit | None) -> Printed:
    folded = fold(text)
    plain = "".join(folded.split())
    if not plain or _DASHES_AND_DOTS.issuperset(plain):
        return Blank(text, _MARK if plain else _NOTHING)
    if plain == _NOT_APPLICABLE:
        return NotApplicable(text)
    if plain in _EMPTY_WORDS:
        return Blank(text, _EMPTY_WORDS[plain])
    comparator, rest, sign = _before(plain)
    if not _starts_number(rest):
        return _without_number(text, plain, rest, sign=sign, comparator=comparator, year=year)
    if _lists(plain):
        return Words(text, plain)
    if len(plain) > LONGEST_TEXT:
        return Unreadable(text, _TOO_LONG)
    if " " in folded and re.search(_SPACE_INSIDE, folded):
        return Unreadable(text, _SPACED)
    rest = rest.rstrip("。;")
    if comparator == "about":
        return Unreadable(text, _HEDGED)
    period = _MONTH_OR_NUMBER if unit is None and _like_month(rest) else read_period(text, rest, comparator, year)
    if period is None:
        quantity = _quantity(text, rest, comparator, unit)
        return Unreadable(text, quantity) if isinstance(quantity, Phrase) else quantity
    return Unreadable(text, period) if isinstance(period, Phrase) else period


def _before(plain: str) -> tuple[_Before, str, str]:
    """The comparison in front of a number, what follows it, and the sign it was written with, if it was one."""
    if digits(plain[0]):
        return "", plain, ""
    for sign, comparator in _SIGNS:
        if plain.startswith(sign):
            return comparator, plain[len(sign) :], sign
    for word, comparator in _WORDS_BEFORE:
        if plain.startswith(word):
            return comparator, plain[len(word) :], ""
    for word in _KEEPING:
        if plain.startswith(word):
            return "keep", plain[len(word) :], ""
    for word in _HEDGES:
        if plain.startswith(word):
            return "about", plain[len(word) :], ""
    return "", plain, ""


def _like_month(rest: str) -> bool:
    """`2024.12` is December to one writer and a number to another; money has its unit, and a date its 年."""
    whole, point, part = rest.partition(".")
    return bool(point) and len(whole) == 4 and 0 < len(part) < 3 and (whole + part).isdecimal() and int(whole) in YEARS and 1 <= int(part) <= 12


def _starts_number(rest: str) -> bool:
    return digits(rest[1:2] if rest[:1] in ("+", "-") else rest[:1])


def _lists(plain: str) -> bool:
    """`1、建立制度` is an item of a list, `1、2号楼` may be anything."""
    number, _, item = plain.partition("、")
    return digits(number) and len(number) <= 2 and bool(item) and not _starts_number(item)


def _without_number(text: str, plain: str, rest: str, *, sign: str, comparator: _Before, year: int | None) -> Printed:
    if len(plain) <= LONGEST_TEXT:
        period = read_period(text, rest, comparator, year)
        if period is not None and comparator == "about":
            return Unreadable(text, _HEDGED)
        if period is not None:
            return Unreadable(text, period) if isinstance(period, Phrase) else period
    first = rest.lstrip(_IN_FRONT)[:1]
    if first.isdecimal() or (first and first in _STRANGE_DIGITS):
        return Unreadable(text, _UNCLEAN if first.isascii() else _FOREIGN)
    if plain[0] == "#" and plain[1:2].isascii() and plain[1:2].isalpha():
        return Unreadable(text, _CELL_ERROR)
    if rest.lstrip("+-").rstrip("0123456789").lower() in _NOT_NUMBERS:
        return Unreadable(text, _FOREIGN)
    return Unreadable(text, _NO_NUMBER) if sign else Words(text, plain)


class _Amount(NamedTuple):
    """A number with its unit; `step` is what a 余 may add, 0 without one."""

    number: Fraction
    places: int
    unit: Unit | None
    step: Fraction

    @property
    def exact(self) -> Fraction:
        unit = self.unit
        return self.number if unit is None or unit.factor.numerator == unit.factor.denominator else self.number * unit.factor


def _quantity(text: str, rest: str, before: _Firm, default: Unit | None) -> Quantity | Phrase:
    behind_word: str
    behind: Comparator
    behind_word, behind = "", ""
    if rest[-1] in _BEHIND_ENDS:
        behind_word, behind = next(((word, comparator) for word, comparator in _BEHIND if rest.endswith(word)), ("", ""))
    body = rest[: len(rest) - len(behind_word)]
    comparator = _together(before, behind)
    if isinstance(comparator, Phrase):
        return comparator
    cut = next((at for at in range(_run(body), len(body)) if body[at] in _TO), None)
    if cut is not None:
        return _CLASH if comparator else _range(text, body[:cut], body[cut:], default)
    amount = _amount(body, default)
    if isinstance(amount, Phrase):
        return amount
    exact, places, unit = amount.exact, amount.places, amount.unit
    if behind_word == "内" and (unit is None or unit.kind.startswith("other:")):
        return _UNCLEAN
    if amount.step:
        top = exact + amount.step * (unit.factor if unit else 1)
        return _CLASH if comparator else Quantity(text, exact, top, False, True, "", unit, places, exact, "over")
    if comparator in (">=", ">"):
        return Quantity(text, exact, None, comparator == ">", True, comparator, unit, places, exact, "bound")
    if comparator in ("<=", "<"):
        return Quantity(text, None, exact, True, comparator == "<", comparator, unit, places, exact, "bound")
    return Quantity(text, exact, exact, False, False, comparator, unit, places, exact, "exact")


def _together(before: _Firm, behind: Comparator) -> Comparator | Phrase:
    match before, behind:
        case "keep", "":
            return _OPEN_KEEPING
        case ("" | "keep", comparator):
            return comparator
        case _, "":
            return before
    return before if before == behind else _CLASH


def _range(text: str, left: str, right: str, default: Unit | None) -> Quantity | Phrase:
    sign = "——" if right.startswith("——") else right[0]
    right = right[len(sign) :]
    # `-5-3` may be a range or a slip, `5--3` is not seen.
    if (left[0] == "-" and sign == "-") or (right[:1] == "-" and sign not in "~至到") or not _starts_number(right):
        return _UNCLEAN
    upper = _amount(right, default)
    if isinstance(upper, Phrase):
        return upper
    lower = _amount(left, upper.unit)
    if isinstance(lower, Phrase):
        return lower
    if upper.unit is None and int(lower.number) in YEARS and int(upper.number) in YEARS:
        return Phrase("可能是年份，也可能是数", "these may be years or numbers")
    if (lower.unit and lower.unit.kind) != (upper.unit and upper.unit.kind):
        return Phrase("两端的计量单位不同", "the two ends have different kinds of unit")
    if lower.step or upper.step or lower.exact > upper.exact:
        return Phrase("区间两端颠倒或不确定", "the ends of the range are uncertain or the wrong way round")
    return Quantity(text, lower.exact, upper.exact, False, False, "", upper.unit, max(lower.places, upper.places), None, "range")


def _run(text: str) -> int:
    """Where the number that a text starts with ends, by its digits, points and commas; 0 if it starts with none."""
    signed = text[:1] in ("+", "-")
    return len(text) - len(text[signed:].lstrip("0123456789.,")) if digits(text[signed : signed + 1]) else 0


def _amount(text: str, default: Unit | None) -> _Amount | Phrase:
    end = _run(text)
    if not 0 < end <= LONGEST_NUMBER:
        return _UNCLEAN
    written, name, step = text[:end], text[end:], _ZERO
    number = _clean_number(written)
    if number is None:
        return Phrase(f"“{written}”不是规范的数", f"{written} is not a clean number")
    places = len(written.partition(".")[2])
    over = max(name.find("余"), name.find("多"))
    if over == 0 or (over > 0 and is_multiplier(name[:over])):
        name = name[:over] + name[over + 1 :]
        # In `30余次` the 余 stands for ones under the tens; in `7060万余元` for less than one 万.
        step = _step_of_digits(number, places) if over == 0 else Fraction(1, 10**places)
        if number <= 0:
            return _UNCLEAN
    if not name:
        return _Amount(number, places, default, step)
    unit = many(name, default) or multiplied(name, default) or unit_printed(name)
    if unit is None:
        shown = name if len(name) <= 20 else name[:20] + "…"
        return Phrase(f"数后面的“{shown}”不是计量单位", f"{shown} behind the number is not a unit")
    return _Amount(number, places, unit, step)


def _step_of_digits(number: Fraction, places: int) -> Fraction:
    step = Fraction(1, 10**places)
    if places == 0:
        while number and number % (step * 10) == 0:
            step *= 10
    return step


def _clean_number(token: str) -> Fraction | None:
    whole, point, part = token.removeprefix("+").partition(".")
    if "," in whole:
        groups = whole.removeprefix("-").split(",")
        if not 1 <= len(groups[0]) <= 3 or groups[0][0] == "0" or any(len(group) != 3 for group in groups[1:]):
            return None
        whole = whole.replace(",", "")
    return read_number(whole + point + part)
