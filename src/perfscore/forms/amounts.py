"""Printed amounts of several forms to one: their sum, or their mean weighted by money, and the cell that it is printed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Literal

from perfscore.model.form import Cell
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Comparator, Quantity, Unit, bare, format_number, read_printed
from perfscore.text.source import Span

ZERO, ONE = Fraction(0), Fraction(1)
_SIGNS: dict[Comparator, str] = {"": "", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
_ENDS = ("low", "high", "spoken")
Weights = Callable[[], Sequence[Fraction | None]]


def resolved(goal: Quantity, done: Quantity) -> tuple[Quantity, Quantity]:
    """A target and an actual value of one row; a bare number stands in the other's unit, as it does when the row is scored."""
    one, other = goal.unit, done.unit
    if one is None and other is not None and other.kind != "share" and goal.spoken != 0:
        return _in_unit(goal, other), done
    if other is None and one is not None and one.kind != "share":
        return goal, _in_unit(done, one)
    return goal, done


def _in_unit(bare_number: Quantity, unit: Unit) -> Quantity:
    low, high, spoken = (None if end is None else end * unit.factor for end in (bare_number.low, bare_number.high, bare_number.spoken))
    return bare_number._replace(low=low, high=high, spoken=spoken, unit=unit)


def joined(found: Sequence[Quantity], how: Literal["sum", "mean"] | None, weights: Weights) -> Quantity | Phrase:
    """The amounts of all forms as one, or why they make none; without a word about `how`, what is relative is averaged and the rest added."""
    # Zero is zero in every unit.
    kinds = {_kind(one.unit) for one in found if one.unit is not None or one.spoken != 0}
    if len(kinds) > 1:
        return Phrase("各表的单位不是一类", "the units of the forms are of different kinds")
    heavy: Sequence[Fraction] | None = None
    if how == "mean" or (how is None and any(_relative(kind) for kind in kinds)):
        known = [weight for weight in weights() if weight is not None]
        heavy = known if len(known) == len(found) and sum(known) > 0 else [ONE] * len(found)
        if heavy is not known and any(len({getattr(one, end) for one in found}) > 1 for end in _ENDS):
            # Equal rates have their mean whatever they weigh.
            return Phrase(
                "要按全年预算数加权平均，各表的全年预算数不全", "the mean is weighted by the budgets of the year, and not all of them are known"
            )
    low, high, spoken = (_together([getattr(one, end) for one in found], heavy) for end in _ENDS)
    signs: list[Comparator] = [one.comparator for one in found if one.comparator]
    strict: Comparator = next((sign for sign in signs if sign in (">", "<")), signs[0] if signs else "")
    return Quantity(
        text="",
        low=low,
        high=high,
        low_open=any(one.low_open for one in found),
        high_open=any(one.high_open for one in found),
        comparator=strict if len({sign[:1] for sign in signs}) < 2 else "",
        unit=next((one.unit for one in found if one.unit is not None), None),
        places=max(one.places for one in found),
        spoken=spoken,
        form=_form(found, low, high),
    )


def _form(found: Sequence[Quantity], low: Fraction | None, high: Fraction | None) -> Literal["exact", "bound", "over", "range"]:
    forms = {one.form for one in found}
    if forms <= {"exact", "over"}:
        return "exact" if forms == {"exact"} else "over"
    return "bound" if low is None or high is None else "range"


def _together(ends: Sequence[Fraction | None], weights: Sequence[Fraction] | None) -> Fraction | None:
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return None
    if weights is None:
        return sum(known, ZERO)
    return sum((end * weight for end, weight in zip(known, weights, strict=True)), ZERO) / sum(weights)


def _kind(unit: Unit | None) -> str:
    # A form covers one year: 2次/年 is 2次. 3万 is 30000.
    kind = "" if unit is None else unit.kind.removesuffix("/年").removesuffix("/每年")
    return "" if kind == "number" else kind


def _relative(kind: str) -> bool:
    """Rates, amounts per something and marks out of so many are no amounts that could be added."""
    return kind in ("share", "points") or "/" in kind


def amount_cells(amounts: Sequence[Quantity], spans: Sequence[Span], year: int | None = None, unit: Unit | None = None) -> list[Cell]:
    """
    The amounts in cells: what their text does not say exactly is beside it, and the text is then marked with 约.

    Amounts that differ get texts that differ, because a target and an actual value that print the same are taken for the same.
    """
    places, different = 2, {(amount.comparator, _ends(amount), amount.unit if any(_ends(amount)) else None) for amount in amounts}
    while True:
        cells = [_cell(amount, span, places, year, unit) for amount, span in zip(amounts, spans, strict=True)]
        if len({bare(cell.text) for cell in cells}) >= len(different):
            return cells
        places *= 2


def _cell(amount: Quantity, span: Span, places: int, year: int | None, unit: Unit | None) -> Cell:
    text, exact = _text(amount, places)
    read = read_printed(text, year=year, unit=unit)
    if exact and isinstance(read, Quantity) and read._replace(text="", places=0) == amount._replace(text="", places=0):
        return Cell(text, span)
    text = text if exact else f"约{text}"
    return Cell(text, span, amount._replace(text=text))


def _ends(amount: Quantity) -> tuple[Fraction | None, ...]:
    """What is printed of an amount: the one number that was written, or both ends."""
    if amount.form == "over" or (amount.form == "bound" and not amount.comparator):
        return amount.low, amount.high
    return (amount.low, amount.high) if amount.spoken is None else (amount.spoken,)


def _text(amount: Quantity, places: int) -> tuple[str, bool]:
    """The amount in its unit, and whether the digits say it exactly."""
    factor, name = (ONE, "") if amount.unit is None else (amount.unit.factor, amount.unit.name)
    numbers = [None if end is None else end / factor for end in _ends(amount)]
    written = ["" if number is None else format_number(number) for number in numbers]
    exact = not any("/" in text for text in written)
    if not exact:
        written = ["" if number is None else format_number(number, places) for number in numbers]
    if not any(written):
        return "不能确定", True
    return f"{_SIGNS[amount.comparator]}{'~'.join(written)}{name}", exact
