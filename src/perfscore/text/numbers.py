"""Plain decimal digits and exact numbers, in both directions."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import lcm

#: The most digits before and after the point that are read.
WHOLE_DIGITS = 18
PLACES = 13

_SHARES = {"%": 100, "‰": 1000}


def digits(text: str) -> bool:
    """Whether the text is one or more of 0 to 9; digits of other scripts are none."""
    return text.isascii() and text.isdigit()


def read_number(text: str) -> Fraction | None:
    """
    The number that a strict plain text is: a minus sign, digits, a point and digits; else `None`.

    No exponent, no grouping, no spaces, no full-width forms; `010123` is a code and not a number.
    """
    unsigned = text.removeprefix("-")
    whole, point, part = unsigned.partition(".")
    if not digits(whole) or len(whole) > WHOLE_DIGITS or (whole[0] == "0" and len(whole) > 1):
        return None
    if point and (not digits(part) or len(part) > PLACES):
        return None
    number = Fraction(int(whole + part), 10 ** len(part))
    return number if unsigned == text else -number


def read_share(text: str) -> Fraction | None:
    """A plain number or a share of it: `0.5` is 1/2, `10%` is 1/10, `12‰` is 3/250; else `None`."""
    part = _SHARES.get(text[-1:])
    number = read_number(text if part is None else text[:-1])
    return number if number is None or part is None else number / part


def format_number(value: Fraction, places: int | None = None) -> str:
    """
    The number in decimal digits, never `-0`.

    With `places`, rounded to so many, half away from zero, trailing zeros kept. Without, exact: the digits it needs, or `p/q` where no number of
    digits is enough.
    """
    if places is None:
        places = _places_needed(value.denominator)
        if places is None:
            return f"{_written(value.numerator)}/{_written(value.denominator)}"
    scaled = (2 * abs(value.numerator) * 10**places + value.denominator) // (2 * value.denominator)
    text = _written(scaled).rjust(places + 1, "0")
    if places:
        text = f"{text[:-places]}.{text[-places:]}"
    return f"-{text}" if value < 0 and scaled else text


def format_share(value: Fraction, places: int = 2) -> str:
    """The number per cent, rounded half away from zero: 140323/176412 is `79.54%`."""
    return f"{format_number(value * 100, places)}%"


def _written(number: int) -> str:
    # Python writes no whole number of more than 4300 digits, because its way takes quadratic time; that of Decimal does not.
    return str(number) if number.bit_length() < 14_000 else str(Decimal(number))


def _places_needed(denominator: int) -> int | None:
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def added(numbers: Iterable[Fraction]) -> Fraction:
    """The sum; over one denominator, which is several times faster than adding fractions one by one: those of a form are all cents or tenths."""
    ratios = [number.as_integer_ratio() for number in numbers]
    whole = lcm(*[d for _, d in ratios])
    return Fraction(sum([n * (whole // d) for n, d in ratios]), whole)
