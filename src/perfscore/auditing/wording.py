"""Numbers of an audit to words: cut off where their digits have no end, with what is left out shown by a sign."""

from __future__ import annotations

from fractions import Fraction

from perfscore.auditing.stated import Held
from perfscore.text.phrase import Phrase
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


def how_it_came(held: Held) -> Phrase | None:
    """How a printed rate may have come about that is not the exact one rounded."""
    if held.cut:
        return Phrase("像是把末位截去而没有四舍五入", "its last digits seem to have been cut off instead of rounded")
    if held.coarse:
        return Phrase("像是先化成位数更少的百分比再补零", "it seems to have been rounded to fewer digits and filled up with zeros")
    return None
