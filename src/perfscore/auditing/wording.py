"""Numbers of an audit to words: cut off where their digits have no end, with what is left out shown by a sign."""

from __future__ import annotations

from fractions import Fraction

from perfscore.text.printed import format_number, format_share


def shown(number: Fraction, unit: str = "") -> str:
    """A number with its unit, as `98.69…%` where it has no finite decimal form or a long one."""
    if unit == "%":
        return format_share(number / 100)
    whole = format_number(number)
    if "/" not in whole and len(whole.partition(".")[2]) <= 4:
        return whole + unit
    cut = Fraction(int(number * 10_000), 10_000)
    return f"{format_number(cut)}…{unit}"
