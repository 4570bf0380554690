"""Printed numbers to the sets of numbers that they stand for, by the part that they play."""

from __future__ import annotations

from fractions import Fraction

from perfscore.model.form import Cell
from perfscore.model.measure import Fact
from perfscore.model.sets import rounding_to
from perfscore.text.interval import Interval, point
from perfscore.text.numbers import read_number
from perfscore.text.printed import Printed, Quantity, Unit, read_printed
from perfscore.text.units import unit_printed

#: What is counted in whole ones is printed exactly; so are days and months.
_COUNTED = ("count:", "days", "workdays", "months", "points")
_MANY = 100
#: The years that a month may be of (`2024.12`) begin with one of these; and of a very long number nobody says whether it is read.
_YEARS, _LONG = ("19", "20", "21"), 12
ONE = Fraction(1)


def amount(read: Quantity, unit: Unit | None = None) -> Interval:
    """
    The numbers that are printed like this one, in base units: those that round to its last digit, half up.

    A whole count is that number and no other, and so is a printed 0: nobody prints 0.004 as 0 people, or 0 万元 where something was spent. Of so many
    万户 nobody counted the last.
    A bound, a range or 余 says itself what it allows.
    """
    if read.form != "exact" or read.spoken is None:
        return Interval(read.low, read.high, not read.low_open, not read.high_open)
    return definite(read.spoken, read.places, read.unit or unit, ONE if read.unit is None else read.unit.factor)


def definite(exact: Fraction, places: int, unit: Unit | None, factor: Fraction) -> Interval:
    """The same of one number with so many places, counted in ones of so much as the `factor` says."""
    return point(exact) if not exact or (not places and _counted(unit)) else rounding_to(exact, factor / 10**places)


def _counted(unit: Unit | None) -> bool:
    # A whole number without any unit is a number of something.
    return unit is None or (unit.kind.startswith(_COUNTED) and unit.factor < _MANY)


def fact(read: Fact) -> Interval:
    """The numbers that a fact which is one number can be, as formulas read it."""
    if read.cell is None or read.of or read.default:
        return point(read.number)
    printed = read.cell.value or read_printed(read.cell.text)
    if not isinstance(printed, Quantity) or printed.spoken is None:
        # 是, a day: what is chosen is exact.
        return point(read.number)
    if not printed.spoken or not read.number:
        return point(read.number)
    unit = unit_printed(read.unit) if read.unit else None
    on = amount(printed, unit)
    # What one of the printed numbers is where formulas read it: every end goes the same way as the number itself.
    scale = read.number / printed.spoken
    return Interval(None if on.low is None else on.low * scale, None if on.high is None else on.high * scale, on.low_closed, on.high_closed)


def number(cell: Cell | None, whole: Fraction | None = None) -> Fraction | None:
    """The number printed in a cell, if it is exactly one: scores, points and totals; per cent are those of the `whole`, where that is known."""
    plain = None if cell is None or (cell.text[4:5] == "." and cell.text.startswith(_YEARS)) else digits(cell)
    if plain is not None:
        return plain
    read = _exact(cell)
    if read is None or read.spoken is None:
        return None
    return read.spoken * whole if whole is not None and read.unit is not None and read.unit.kind == "share" else read.spoken


def digits(cell: Cell) -> Fraction | None:
    """The number of a cell that prints plain digits. Most amounts and scores are so printed, and there are many: nothing else need be asked of them."""
    return None if cell.value is not None or len(cell.text) > _LONG else read_number(cell.text)


def share(cell: Cell | None) -> Fraction | None:
    """What a score is of its points, where software printed per cent in the column of scores."""
    read = _exact(cell) if cell is not None and cell.text.rstrip().endswith("%") else None
    return None if read is None else read.spoken


def places(cell: Cell) -> int:
    """The places that the number in a cell is printed with; of per cent those in front of the sign."""
    read = _exact(cell)
    return 0 if read is None else read.places


def _exact(cell: Cell | None) -> Quantity | None:
    if cell is None:
        return None
    read: Printed = cell.value or read_printed(cell.text)
    return read if isinstance(read, Quantity) and read.form == "exact" else None
