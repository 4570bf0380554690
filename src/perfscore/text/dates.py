"""Dates as printed (`2024年12月之前`, `9月前`, `2022全年`): from text to days counted from 0001-01-01."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from perfscore.text.phrase import Phrase

Precision = Literal["year", "month", "day"]


class Period(NamedTuple):
    """
    Days from `first` to `last`, both included, numbered as `datetime.date.toordinal` does.

    `comparator` is `<=` for what is not after `last` (`first` is then `None`), else empty. `precision` is the finest part that is printed; quarters
    and half years are months.
    """

    text: str
    first: int | None
    last: int
    comparator: Literal["", "<="]
    precision: Precision


#: The years that a form can speak of; four digits outside are a slip.
YEARS = range(1900, 2200)

_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NUMERIC = r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})-([0-9]{1,2})"
_WRITTEN = (
    r"(?:([0-9]{4})(?:年度?|(?=全年)))?(?:([0-9]{1,2})月份?(?:([0-9]{1,2})[日号])?)?"
    r"(全年|年?[底末内]|[上中下]旬|[上下]半年|第?[一二三四1-4]季度[底末内]?)?"
)
#: A date has one of these, or two points.
_MARKS = frozenset("年月季-/")
_QUARTERS = "一二三四"
_TENS = {"上旬": (1, 10), "中旬": (11, 20)}
_BEFORE = ("之前", "以前", "前")
_TO = ("至", "到", "~", "—", "–", "-")


def day_number(year: int, month: int, day: int) -> int:
    """The number of a day of the Gregorian calendar, 0001-01-01 being 1."""
    before = year - 1
    leap_day = month > 2 and _leap(year)
    return before * 365 + before // 4 - before // 100 + before // 400 + sum(_MONTH_DAYS[: month - 1]) + leap_day + day


def day_named(text: str) -> int | None:
    """The number of a day written as `2024-12-01`; `None` if it is none."""
    year, month, day = (text[:4], text[5:7], text[8:])
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not (year + month + day).isascii() or not (year + month + day).isdecimal():
        return None
    if int(year) not in YEARS or int(month) not in range(1, 13):
        return None
    longest = 29 if int(month) == 2 and _leap(int(year)) else _MONTH_DAYS[int(month) - 1]
    return day_number(int(year), int(month), int(day)) if 1 <= int(day) <= longest else None


def read_period(text: str, bare: str, comparator: str, year: int | None) -> Period | Phrase | None:
    """
    The period that a folded text without spaces is; why it is none that can be counted on; or `None` if it is not written as a date.

    `comparator` is what stood in front of it, `year` what a date without a year takes. `X前` is not after the last day of X, which only a month, a
    day or a `底` has: whether `2024年前` lets 2024 in is not said. A closing `完成` says nothing more.
    """
    if _MARKS.isdisjoint(bare) and bare.count(".") < 2:
        # Most texts are numbers.
        return None
    rest = bare.removesuffix("完成")
    before = next((word for word in _BEFORE if rest.endswith(word)), "")
    core = rest[: len(rest) - len(before)]
    span = _span(core, year)
    if span is None and not before:
        span = _from_to(core, year)
    if span is None or isinstance(span, Phrase):
        return span
    if comparator not in ("", "<=", "="):
        return Phrase("日期前面只能用“≤”或“不晚于”", "only ≤ can stand in front of a date")
    if before and not span.ends:
        return Phrase(f"“{bare}”未说明是否包含当期", f"{bare} does not say whether the period itself is meant")
    if before or comparator == "<=":
        return Period(text, None, span.last, "<=", span.precision)
    return Period(text, span.first, span.last, "", span.precision)


class _Span(NamedTuple):
    first: int
    last: int
    precision: Precision
    year: int
    ends: bool


_NO_YEAR = Phrase("日期没有年份，也不知道是哪个年度", "the date has no year, and none is known to take")


def _span(core: str, year: int | None) -> _Span | Phrase | None:
    # Most texts are no dates; the patterns are compiled when the first one comes.
    numeric = re.fullmatch(_NUMERIC, core) if core[4:5] in ("-", ".", "/") else None
    if numeric:
        full_year, _, month, day, short_year, short_month = numeric.groups()
        return _days(int(full_year or short_year), int(month or short_month), int(day) if day else None, "")
    written = re.fullmatch(_WRITTEN, core) if "年" in core or "月" in core or "季" in core else None
    if not written:
        return None
    year_text, month_text, day_text, tail = (part or "" for part in written.groups())
    if not _tail_fits(year_text, month_text, day_text, tail):
        return None
    if not year_text and year is None:
        return _NO_YEAR
    spoken_year = int(year_text) if year_text else year or 0
    if month_text:
        return _days(spoken_year, int(month_text), int(day_text) if day_text else None, tail)
    return _months(spoken_year, tail)


def _tail_fits(year: str, month: str, day: str, tail: str) -> bool:
    if day or (month and not tail):
        return not tail
    if month:
        return tail in ("底", "末", "内") or tail.endswith("旬")
    return not tail.endswith("旬") and (bool(year) or tail not in ("", "底", "末", "内"))


def _days(year: int, month: int, day: int | None, tail: str) -> _Span | Phrase:
    if year not in YEARS or not 1 <= month <= 12:
        return Phrase(f"没有 {year} 年 {month} 月这样的日期", f"there is no month {month} of the year {year}")
    length = 29 if month == 2 and _leap(year) else _MONTH_DAYS[month - 1]
    if day is None:
        start, end = _TENS.get(tail, (21 if tail == "下旬" else 1, length))
        return _Span(day_number(year, month, start), day_number(year, month, end), "day" if tail.endswith("旬") else "month", year, ends=tail != "内")
    if not 1 <= day <= length:
        return Phrase(f"{year} 年 {month} 月没有 {day} 日", f"{year}-{month:02} has no day {day}")
    number = day_number(year, month, day)
    return _Span(number, number, "day", year, ends=True)


def _months(year: int, tail: str) -> _Span | Phrase:
    if year not in YEARS:
        return Phrase(f"{year} 不像年份", f"{year} is not likely a year")
    first, last = 1, 12
    if tail.endswith("半年"):
        first, last = (1, 6) if tail[0] == "上" else (7, 12)
    elif "季" in tail:
        digit = tail.removeprefix("第")[0]
        quarter = _QUARTERS.index(digit) + 1 if digit in _QUARTERS else int(digit)
        first, last = 3 * quarter - 2, 3 * quarter
    precision: Precision = "year" if last - first == 11 else "month"
    end = 29 if last == 2 and _leap(year) else _MONTH_DAYS[last - 1]
    return _Span(day_number(year, first, 1), day_number(year, last, end), precision, year, ends=tail[-1:] in ("底", "末"))


def _from_to(core: str, year: int | None) -> _Span | Phrase | None:
    """`9-12月`, `2024年1月至12月`, `2023-2025年`: from the first day of the one to the last of the other."""
    sign = next((sign for sign in _TO if core.count(sign) == 1), None)
    if sign is None:
        return None
    left, _, right = core.partition(sign)
    if left[-1:].isdigit() and right[-1:] in ("年", "月", "日", "号"):
        left += right[-1]
    start = _span(left, year)
    if not isinstance(start, _Span):
        return None
    end = _span(right, start.year)
    if not isinstance(end, _Span):
        return end
    if end.last < start.first:
        return Phrase(f"“{core}”的起止日期颠倒", f"{core} ends before it starts")
    return _Span(start.first, end.last, start.precision if start.precision == end.precision else "month", start.year, ends=False)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
