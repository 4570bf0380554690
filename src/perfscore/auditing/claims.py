"""Claims to numbers that can be held against each other: names looked up, and bare numbers given the unit of what they stand beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perfscore.auditing.stated import Held, Reader, Stated, Unread, ratio, total
from perfscore.model.form import Cell, Claim, Fact, Items
from perfscore.text.nearest import nearest
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Quantity, Unit, bare, read_printed
from perfscore.text.units import unit_named

#: These are added up; a ratio or a growth has two operands and a number of its own kind.
ADDING = frozenset(("sum", "difference", "same"))


#: Of a longer text nobody asks which name it may be.
_LONGEST_NAME = 40
_NO_NUMBER = Phrase("应是一个数或一列数", "a number or a list of numbers is expected")


class Heard(NamedTuple):
    """What a claim states, and its operands, each a sum of one or more."""

    printed: Stated
    parts: tuple[tuple[Stated, ...], ...]


def hear(claim: Claim, reader: Reader) -> Heard | tuple[Unread, ...]:
    """A claim with its numbers, or what of it cannot be read."""
    operands, printed = list(claim.operands.items), claim.printed
    if printed is None and claim.relation == "same" and operands and isinstance(operands[0], Cell):
        printed, operands = operands[0], operands[1:]
    if printed is None or not operands or (claim.relation not in ADDING and len(operands) != 2):
        return (_incomplete(claim, printed, len(operands)),)
    wrong: list[Unread] = []
    first = [[reader.named(_name(cell)) or _spoken(cell, reader) for cell in _cells(operand, reader, wrong)] for operand in operands]
    stated = [[one for one in part if isinstance(one, Stated)] for part in first]
    wrong += [one for part in first for one in part if isinstance(one, Unread)]
    own = reader.named(_name(printed)) or reader.cell(printed)
    if isinstance(own, Unread):
        wrong.append(own)
    if wrong or isinstance(own, Unread):
        return tuple(wrong)
    if not all(stated):
        return (Unread(Phrase("有一列是空的", "one of the lists is empty"), None),)
    return _added(own, printed, stated) if claim.relation in ADDING else _divided(own, stated, growth=claim.relation == "growth")


def held_against(relation: str, printed: Stated, parts: list[list[Stated]]) -> Held | None:
    """A stated number against what its operands give; None where nothing can be divided by the second of them."""
    match relation, parts:
        case "sum" | "same", _:
            return total(printed, [(one, 1) for part in parts for one in part])
        case "difference", [first, *rest]:
            return total(printed, [(one, 1) for one in first] + [(one, -1) for part in rest for one in part])
        case "ratio" | "growth", [one, other]:
            return ratio(printed, one, other, growth=relation == "growth")
    return None


def _incomplete(claim: Claim, printed: Cell | None, operands: int) -> Unread:
    if printed is None:
        return Unread(Phrase("没有写所称的数", "no number is stated"), None)
    if not operands:
        return Unread(Phrase("没有写由哪些数得来", "it does not say of which numbers it is made"), None)
    return Unread(Phrase(f"要写两个数，写了 {operands} 个", f"two numbers are expected, not {operands}"), None)


def _cells(given: Fact, reader: Reader, wrong: list[Unread]) -> Iterator[Cell]:
    """The numbers of an operand, which may be a list of them, or the name of one."""
    match given:
        case Cell():
            listed = reader.lists.get(_name(given))
            # What a list names is looked up no further: it could name itself.
            for item in (given,) if listed is None else listed.items:
                if isinstance(item, Cell):
                    yield item
                else:
                    wrong.append(Unread(_NO_NUMBER, given))
        case Items(items=items):
            for item in items:
                yield from _cells(item, reader, wrong)
        case _:
            wrong.append(Unread(_NO_NUMBER, None))


def _name(cell: Cell) -> str:
    return bare(cell.text)


def _spoken(cell: Cell, reader: Reader) -> Stated | Unread:
    found = reader.cell(cell)
    if isinstance(found, Stated) or isinstance(cell.value or read_printed(cell.text), Quantity):
        return found
    name = _name(cell)
    near = nearest(name, [*reader.facts, "年初预算数", "全年预算数", "全年执行数"]) if len(name) <= _LONGEST_NAME else None
    why = Phrase(f"{cell.text} 既不是一个数，表里也没有这个名称", f"{cell.text} is no number, and the form has nothing of that name")
    return Unread(why, cell, Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else None)


def _added(own: Stated, cell: Cell, parts: list[list[Stated]]) -> Heard | tuple[Unread, ...]:
    """All in one unit: a bare number has that of the others, if there is one only; 0 needs none."""
    every = [own, *(one for part in parts for one in part)]
    units = {(one.kind, one.factor): one.unit for one in every if one.unit is not None and not _tally(one)}
    families = {_family(one) for one in every if one.unit is not None}
    bare_ones = [one for one in every if one.unit is None and one.exact]
    if len(families) > 1 or (len(units) > 1 and bare_ones):
        names = "、".join(dict.fromkeys(one.word for one in every if one.word))
        if len(families) > 1:
            return (Unread(Phrase(f"计量单位不同类（{names}），不能相加减", f"these cannot be added up: {names}"), cell),)
        says = Phrase(f"有的数没有写单位，是 {names} 里的哪一个不清楚", f"some numbers have no unit, and it may be any of {names}")
        return (Unread(says, cell),)
    unit = next(iter(units.values()), None)
    return Heard(_in(own, unit), tuple(tuple(_in(one, unit) for one in part) for part in parts))


def _divided(own: Stated, parts: list[list[Stated]], *, growth: bool) -> Heard | tuple[Unread, ...]:
    """A ratio of two of one kind, which is a bare number or a share, or so much of the one for each of the other."""
    above, below = parts
    alike = growth or own.kind in ("", "share", "other:倍")
    beside = [one for part in parts for one in part] if alike else []
    units = {(one.kind, one.factor): one.unit for one in beside if one.unit is not None and one.kind != "share" and not _tally(one)}
    if len(units) == 1:
        unit = next(iter(units.values()))
        above, below = ([_in(one, unit) for one in part] for part in (above, below))
    kinds = [{_family(one) for one in part if one.exact} for part in (above, below)]
    together = kinds[0] | kinds[1]
    if any(len(some) > 1 for some in kinds) or (alike and len(together) > 1) or not _per(own.unit):
        names = "、".join(dict.fromkeys(one.word or one.text for one in (*above, *below, own)))
        return (Unread(Phrase(f"计量单位不同（{names}），不能相比", f"these cannot be divided by each other: {names}"), None),)
    return Heard(own, (tuple(above), tuple(below)))


def _per(unit: Unit | None) -> bool:
    """Whether what stands under the stroke of a unit is one of the base unit (元/㎡, 万元/人, and not 元/万㎡)."""
    under = unit.kind.partition("/")[2] if unit is not None else ""
    known = unit_named(under) if under else None
    return known is None or known.factor == 1


def _tally(one: Stated) -> bool:
    """Whether it counts single things, whatever they are called: 7处 and 7 add up."""
    return one.kind.startswith(("count:", "other:")) and one.factor == 1


def _family(one: Stated) -> str:
    """Kinds that can be added: all counts together, and bare numbers with them."""
    return "" if one.kind == "number" or one.kind.startswith(("count:", "other:")) else one.kind


def _in(one: Stated, unit: Unit | None) -> Stated:
    """A bare number in a unit."""
    if one.unit is not None or unit is None:
        return one
    return one.measured(unit)
