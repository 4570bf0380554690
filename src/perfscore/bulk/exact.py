"""Exact numbers in arrays: a whole array of fractions held as integers, and the bounds that prove every operation exact."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from math import gcd, lcm
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Truths = NDArray[np.bool_]


class Beyond(Exception):
    """Some number of the block may be too large for this arithmetic."""


class Numbers(NamedTuple):
    """
    `scale × n / d` for every place: integers, and what all of them lie between.

    `d` is None where it is 1 and positive otherwise, `most` the greatest of it. A number that is the same everywhere is an `n` of one Python integer.
    """

    n: Array | int
    low: int
    high: int
    d: Array | None = None
    most: int = 1
    scale: Fraction = Fraction(1)


def constant(value: Fraction) -> Numbers:
    """The same number everywhere."""
    sign = (value > 0) - (value < 0)
    return Numbers(sign, sign, sign, scale=abs(value) or Fraction(1))


class Arithmetic:
    """
    Operations on arrays of integers that are exact up to a limit; beyond it they raise Beyond and nothing is wrong.

    Two kinds serve: float64 below 2^53, where one division and one floor are exact and the processor is several times faster, and int64 below 2^63.
    Which operations are done hangs on the bounds alone and never on the numbers: see `recorded.Recorder`.
    """

    def __init__(self, dtype: Any = np.float64) -> None:
        self.dtype = dtype
        self.floats = dtype is np.float64
        self.limit = 2**53 if self.floats else 2**63 - 1

    # --- where results go ---

    def do(self, call: Callable[..., Any], *given: Any, into: Any = None) -> Any:
        """One operation of numpy, into an array of its own or one that is not needed any more."""
        return call(*given) if into is None else call(*given, out=into)

    def pick(self, where: Any, one: Any, other: Any) -> Any:
        """One number where something holds, another elsewhere."""
        return np.where(where, one, other)

    def everywhere(self, value: int) -> Any:
        """An array of one number, which nobody writes into."""
        return np.asarray(value, self.dtype)

    @contextmanager
    def scope(self) -> Iterator[None]:
        """What is computed inside is not needed after it."""
        yield

    # --- integers ---

    def held(self, *ends: int) -> None:
        """Raise Beyond if an integer between these ends is not exact."""
        if not all(-self.limit <= end <= self.limit for end in ends):
            raise Beyond

    def times(self, array: Array | int, factor: int, low: int, high: int) -> tuple[Any, int, int]:
        """An array times a positive whole number, with its ends."""
        low, high = low * factor, high * factor
        self.held(low, high, factor)
        return (array if factor == 1 else self.product(array, factor)), low, high

    def product(self, one: Array | int, other: Array | int) -> Any:
        """The product of integers whose bounds somebody has looked at."""
        if isinstance(one, int) and isinstance(other, int):
            return one * other
        if isinstance(one, int) and one == 1:
            return other
        return one if isinstance(other, int) and other == 1 else self.do(np.multiply, one, other)

    def sum(self, one: Any, other: Any, sign: int = 1) -> Any:
        """The sum or the difference of integers whose bounds somebody has looked at."""
        if isinstance(one, int) and isinstance(other, int):
            return one + sign * other
        return self.do(np.add if sign > 0 else np.subtract, one, other)

    def quotient(self, n: Any, low: int, high: int, d: Any, most: int) -> Any:
        """
        The whole part (towards −∞) of n / d, for d of 1 to `most`.

        In float64 one division is enough while |n| + d stays below 2^53: a quotient that is not whole lies at least 1/d below the next whole
        number, and rounding raises it by less.
        """
        self.held(low - most, high + most)
        if not self.floats:
            return self.do(np.floor_divide, n, d)
        found = self.do(np.divide, n, d)
        return self.do(np.floor, found, into=found) if isinstance(found, np.ndarray) else np.floor(found)

    def rounded(self, factor: int, of: Numbers) -> Any:
        """
        `factor × n / d` rounded half up to a whole number, for n that are not negative; `of.scale` is not looked at.

        In float64 the division, the half and the floor are exact together while 4 (factor × n + 1.5 d) stays below 2^53, which saves two passes
        over the arrays.
        """
        low, high = of.low * factor, of.high * factor
        d: Any = 1 if of.d is None else of.d
        if self.floats and 4 * high + 6 * of.most <= self.limit:
            top = self.product(of.n, factor)
            found = self.do(np.divide, top, d, into=None if top is of.n or isinstance(top, int) else top)
            self.do(np.add, found, 0.5, into=found)
            return self.do(np.floor, found, into=found)
        self.held(2 * high + of.most, 2 * of.most)
        return self.quotient(self.sum(self.product(of.n, 2 * factor), d), 2 * low, 2 * high + of.most, self.product(d, 2), 2 * of.most)

    # --- fractions ---

    def multiplied(self, one: Numbers, other: Numbers) -> Numbers:
        """The product."""
        ends = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
        low, high, most = min(ends), max(ends), one.most * other.most
        self.held(low, high, most)
        d = one.d if other.d is None else other.d if one.d is None else self.product(one.d, other.d)
        return Numbers(self.product(one.n, other.n), low, high, d, most, one.scale * other.scale)

    def divided(self, one: Numbers, other: Numbers) -> Numbers:
        """The quotient, where no divisor is 0: the caller has seen to that."""
        return self.multiplied(one, self.turned(other))

    def turned(self, number: Numbers) -> Numbers:
        """One over the number."""
        top: Any = 1 if number.d is None else number.d
        most = max(abs(number.low), abs(number.high))
        if number.low > 0:
            return Numbers(top, 1, number.most, None if isinstance(number.n, int) else number.n, most, 1 / number.scale)
        if isinstance(number.n, int):
            return Numbers(-1 if number.d is None else self.do(np.negative, top), -number.most, -1, None, 1, 1 / number.scale)
        sign = self.do(np.sign, number.n)
        return Numbers(self.product(top, sign), -number.most, number.most, self.do(np.abs, number.n), most, 1 / number.scale)

    def aligned(self, one: Numbers, other: Numbers) -> tuple[Numbers, Numbers]:
        """Both over one denominator and of one scale, so that their integers can be added and compared."""
        scale = Fraction(gcd(one.scale.numerator, other.scale.numerator), lcm(one.scale.denominator, other.scale.denominator))
        same = one.d is other.d
        d, most = (one.d, one.most) if same or other.d is None else (other.d, other.most) if one.d is None else (None, one.most * other.most)
        if d is None and not same:
            d = self.product(one.d, other.d)  # type: ignore[arg-type]
        self.held(most)
        return tuple(self._over(number, scale, None if same else beside, d, most) for number, beside in ((one, other), (other, one)))  # type: ignore[return-value]

    def _over(self, number: Numbers, scale: Fraction, other: Numbers | None, d: Array | None, most: int) -> Numbers:
        n, low, high = self.times(number.n, int(number.scale / scale), number.low, number.high)
        if other is not None and other.d is not None:
            low, high = min(low, low * other.most), max(high, high * other.most)
            self.held(low, high)
            n = self.product(n, other.d)
        return Numbers(n, low, high, d, most, scale)

    def added(self, one: Numbers, other: Numbers, sign: int = 1) -> Numbers:
        """The sum, or (`sign` −1) the difference."""
        one, other = self.aligned(one, other)
        low, high = (one.low + other.low, one.high + other.high) if sign > 0 else (one.low - other.high, one.high - other.low)
        self.held(low, high)
        return one._replace(n=self.sum(one.n, other.n, sign), low=low, high=high)

    def negative(self, number: Numbers) -> Numbers:
        """The number with the other sign."""
        n = -number.n if isinstance(number.n, int) else self.do(np.negative, number.n)
        return number._replace(n=n, low=-number.high, high=-number.low)

    def positive(self, number: Numbers) -> Numbers:
        """The number without its sign."""
        n = abs(number.n) if isinstance(number.n, int) else self.do(np.abs, number.n)
        low = 0 if number.low <= 0 <= number.high else min(abs(number.low), abs(number.high))
        return number._replace(n=n, low=low, high=max(-number.low, number.high))

    def extreme(self, one: Numbers, other: Numbers, choose: Callable[..., Any]) -> Numbers:
        """The lesser (`np.minimum`) or greater (`np.maximum`) of two numbers at every place."""
        one, other = self.aligned(one, other)
        pick = min if choose is np.minimum else max
        n = pick(one.n, other.n) if isinstance(one.n, int) and isinstance(other.n, int) else self.do(choose, one.n, other.n)
        return one._replace(n=n, low=pick(one.low, other.low), high=pick(one.high, other.high))

    def chosen(self, where: Truths | bool, one: Numbers, other: Numbers) -> Numbers:  # noqa: FBT001 — a condition may be settled
        """One number where something holds, another elsewhere."""
        if isinstance(where, bool):
            return one if where else other
        one, other = self.aligned(one, other)
        return one._replace(n=self.pick(where, one.n, other.n), low=min(one.low, other.low), high=max(one.high, other.high))

    def compared(self, compare: Callable[..., Any], one: Numbers, other: Numbers) -> Truths | bool:
        """Where a comparison of numpy holds."""
        one, other = self.aligned(one, other)
        if isinstance(one.n, int) and isinstance(other.n, int):
            return bool(compare(one.n, other.n))
        return self.do(compare, one.n, other.n)  # type: ignore[no-any-return]

    def whole(self, number: Numbers, places: int) -> Numbers:
        """The number rounded half up to decimal places, where none is negative; raises Beyond for others."""
        if number.low < 0 or isinstance(number.n, int):
            raise Beyond
        factor = number.scale * 10**places
        n, low, high = self.times(number.n, factor.numerator, number.low, number.high)
        most = number.most * factor.denominator
        self.held(most)
        d: Any = factor.denominator if number.d is None else self.product(number.d, factor.denominator)
        if number.d is None and factor.denominator == 1:
            return Numbers(n, low, high, scale=Fraction(1, 10**places))
        return Numbers(self.rounded(1, Numbers(n, low, high, d, most)), 0, high + 1, scale=Fraction(1, 10**places))
