"""The functions of the expression language, between the exact numbers they are given and the exact or correctly rounded number they give."""

from __future__ import annotations

from collections.abc import Callable
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from math import prod

from perfscore.model.curve import round_half_up
from perfscore.scoring.formula.evaluate import OutOfDomain
from perfscore.text.phrase import Phrase

#: Twice what the value of a formula may have. A number that lies as near to a tie as this many bits allow takes 600 digits to round, some milliseconds.
MAX_BITS = 1024
#: What a function is given: numbers one by one, or one list fact.
Given = Fraction | tuple[Fraction, ...]


def _several(given: tuple[Given, ...]) -> tuple[Fraction, ...]:
    """The numbers of the one list, or those written one by one."""
    first = given[0]
    return first if isinstance(first, tuple) else given  # type: ignore[return-value]


def _some(name: str, given: tuple[Given, ...]) -> tuple[Fraction, ...]:
    numbers = _several(given)
    if not numbers:
        raise OutOfDomain(Phrase(f"{name} 要算的清单里一个数也没有", f"the list in {name} has no numbers"))
    return numbers


def _least(*given: Given) -> Fraction:
    return min(_some("min", given))


def _most(*given: Given) -> Fraction:
    return max(_some("max", given))


def _sum(*given: Given) -> Fraction:
    return sum(_several(given), Fraction(0))


def _mean(*given: Given) -> Fraction:
    numbers = _some("mean", given)
    return sum(numbers, Fraction(0)) / len(numbers)


def _count(*given: Given) -> Fraction:
    return Fraction(len(_several(given)))


def _days(since: Fraction, until: Fraction) -> Fraction:
    return until - since


def _ln(number: Fraction, places: Fraction) -> Fraction:
    """
    The natural logarithm, rounded half up.

    It is computed to more and more digits until everything that it may be rounds alike. That ends: the logarithm of a fraction other than 1 is
    irrational, so it is never a tie; that of 1 is computed as exactly 0.
    """
    if number <= 0:
        what = Phrase("负数", "negative") if number else Phrase("零", "zero")
        raise OutOfDomain(Phrase(f"ln 里的数是{what.zh}，应大于 0", f"the number in ln is {what.en}; it should be above 0"))
    if max(number.numerator.bit_length(), number.denominator.bit_length()) > MAX_BITS:
        raise OutOfDomain(Phrase("ln 里的数位数太多", "the number in ln has too many digits"))
    precision = int(places) + 20
    while True:
        # Of its own, whatever the program that calls us has done to the shared one.
        context = Context(precision, ROUND_HALF_EVEN, MIN_EMIN, MAX_EMAX, 1, 0, [], [])
        near = Fraction(context.ln(context.divide(Decimal(number.numerator), Decimal(number.denominator))))
        # The quotient and its logarithm are each off by at most one in their last digit; the former by as much, relative to 1, as its logarithm.
        off = (1 + abs(near)) * Fraction(10) ** (2 - precision)
        low, high = round_half_up(near - off, int(places)), round_half_up(near + off, int(places))
        if low == high:
            return low
        precision *= 2


def _geomean(*given: Given) -> Fraction:
    """The geometric mean, rounded half up: the whole part of twice the root, in units of the last place, decides exactly."""
    *several, places = given
    numbers = _some("geomean", tuple(several))
    if min(numbers) < 0:
        raise OutOfDomain(Phrase("geomean 里有负数，几何平均只能用不小于 0 的数", "a number in geomean is negative; it takes none below 0"))
    scale, degree = 10 ** int(places), len(numbers)  # type: ignore[arg-type]
    # Top and bottom apart: a product of fractions would look for common factors at every step.
    top, bottom = prod(number.numerator for number in numbers), prod(number.denominator for number in numbers)
    return Fraction((_root(top * (2 * scale) ** degree // bottom, degree) + 1) // 2, scale)


def _root(number: int, degree: int) -> int:
    """The whole part of a root, by Newton's steps down from the root of the leading half of the digits."""
    size = number.bit_length() // degree
    if not size:
        return 1 if number else 0
    half = (size + 1) // 2
    root = (_root(number >> half * degree, degree) + 1) << half
    while True:
        step = ((degree - 1) * root + number // root ** (degree - 1)) // degree
        if step >= root:
            return root
        root = step


#: By their names in formulas.
COMPUTED: dict[str, Callable[..., Fraction]] = {
    "min": _least, "max": _most, "abs": abs, "round_half_up": lambda number, places: round_half_up(number, int(places)), "sum": _sum, "mean": _mean,
    "count": _count, "days": _days, "ln": _ln, "geomean": _geomean,
}  # fmt: skip
