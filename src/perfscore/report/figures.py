"""Exact numbers to the figures that people read: cut off and marked so, never rounded to look exact."""

from __future__ import annotations

from fractions import Fraction

from perfscore.text.interval import Interval
from perfscore.text.printed import format_number


def cut(n: int, d: int, places: int) -> str:
    """n/d cut off behind `places`, with … where something was cut."""
    if d == 1:
        return str(n)
    whole, rest = divmod(abs(n) * 10**places, d)
    digits = f"{whole:0{places + 1}d}"
    text = f"{digits[:-places]}.{digits[-places:]}"
    text = f"{text}…" if rest else text.rstrip("0").rstrip(".")
    return f"-{text}" if n < 0 else text


def format_cut(value: Fraction, places: int) -> str:
    """The number cut off behind `places`, with … where something was cut: never a rounded number that looks exact."""
    return cut(value.numerator, value.denominator, places)


def shown(number: Fraction) -> str:
    """A number of points for people: exact in digits, or cut off behind two of them with a … where no digits are enough."""
    text = format_number(number)
    return format_cut(number, 2) if "/" in text else text


def number(value: Fraction | Interval) -> str:
    """A measure that is no rate."""
    return str(value) if isinstance(value, Interval) else format_cut(value, 4)


def percent(value: Fraction) -> str:
    """A rate per cent."""
    n, d = value.numerator, value.denominator
    if n < 0:
        return cut(n * 100, d, 2) + "%"
    # Spelled out, because nearly every leaf says one.
    hundredths, rest = divmod(n * 10000, d)
    whole, part = divmod(hundredths, 100)
    if rest:
        return f"{whole}.{part:02d}…%"
    return (f"{whole}.{part:02d}%" if part % 10 else f"{whole}.{part // 10}%") if part else f"{whole}%"


def share(value: Fraction | Interval) -> str:
    """A rate per cent, or the rates between two ends."""
    if isinstance(value, Interval) and value.low is not None and value.low == value.high:
        return percent(value.low)
    if isinstance(value, Interval):
        low = "0%" if value.low is None else percent(value.low)
        return f"≥{low}" if value.high is None else f"{low}–{percent(value.high)}"
    return percent(value)


def counted(amount: str, noun: str) -> str:
    """`1 point`, `2 points`."""
    return f"{amount} {noun}{'' if amount == '1' else 's'}"


def outward(bounds: tuple[Fraction, Fraction]) -> tuple[str, str]:
    """Bounds for people: two places, the lower one rounded down and the upper one up."""
    low, high = bounds
    return format_number(Fraction(low * 100 // 1, 100)), format_number(Fraction(-(-high * 100 // 1), 100))


def between(least: Fraction, most: Fraction) -> str:
    """`5`, or `4–7` where a person chooses."""
    return format_number(least) if least == most else f"{format_number(least)}–{format_number(most)}"
