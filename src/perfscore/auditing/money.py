"""The lines of the budget table, to every amount there that others have to add up to."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from perfscore.auditing.stated import Reader, Stated
from perfscore.model.form import Budget, Cell, Part
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import bare

COLUMNS = {
    "initial": Phrase("年初预算数", "initial budget"),
    "adjusted": Phrase("全年预算数", "adjusted budget"),
    "executed": Phrase("全年执行数", "amount spent"),
}


class Line(NamedTuple):
    """An amount of the table with the name of its line and its cell."""

    label: str
    cell: Cell
    stated: Stated


class Whole(NamedTuple):
    """An amount, and those that it is made of; some of their lines may be blank in this column."""

    #: Whose number it is: the line or the budget itself.
    label: Phrase
    column: str
    whole: Line
    parts: tuple[Line, ...]
    blank: tuple[str, ...]
    #: The group's own number held against the budget.
    of_budget: bool = False
    group: str = ""

    @property
    def given(self) -> Fraction:
        """What the parts give at face value."""
        return sum((part.stated.exact for part in self.parts), Fraction(0))


class Own(NamedTuple):
    """What a group has in a column: its own printed row, else its lines."""

    group: str
    column: str
    lines: tuple[Line, ...]
    blank: tuple[str, ...]

    @property
    def amount(self) -> Fraction:
        """The sum of them."""
        return sum((line.stated.exact for line in self.lines), Fraction(0))


class Money(NamedTuple):
    """Every amount that others add up to, and what each group has."""

    wholes: tuple[Whole, ...]
    groups: tuple[Own, ...]


def money(budget: Budget | None, reader: Reader) -> Money:
    """The budget table, column by column."""
    if budget is None or not budget.parts:
        return Money((), ())
    groups: dict[str, list[Part]] = {}
    for part in budget.parts:
        groups.setdefault(bare(part.group), []).append(part)
    wholes: list[Whole] = []
    owns: list[Own] = []
    for parts in groups.values():
        group = _Group(parts, reader)
        for column in COLUMNS:
            made, own = group.column(column)
            wholes += made
            if own is None:
                continue
            owns.append(own)
            cell = getattr(budget, column)
            whole = None if cell is None else _line("", cell, reader)
            if whole is not None:
                wholes.append(Whole(same(own.group), column, whole, own.lines, own.blank, of_budget=True, group=own.group))
    return Money(tuple(wholes), tuple(owns))


def _line(label: str, cell: Cell | None, reader: Reader) -> Line | None:
    found = reader.cell(cell, reader.money) if cell is not None else None
    return Line(label, cell, found) if cell is not None and isinstance(found, Stated) and found.kind == "money" else None


class _Group:
    """The lines of one group by what they belong to."""

    def __init__(self, parts: list[Part], reader: Reader) -> None:
        self.name, self.reader = parts[0].group, reader
        #: Other names for the group itself: lines `of` them stand right under it.
        heads = {"", bare(self.name), *(bare(part.label) for part in parts if part.total)}
        self.totals = [part for part in parts if part.total and bare(part.of) in heads]
        self.lines = [part for part in parts if not part.total and (bare(part.of) in heads or bare(part.of) == bare(part.label))]
        self.under: dict[str, list[Part]] = {}
        for part in parts:
            if not part.total and bare(part.of) not in heads and bare(part.of) != bare(part.label):
                self.under.setdefault(bare(part.of), []).append(part)
        self.named: dict[str, list[Part]] = {}
        for part in parts:
            self.named.setdefault(bare(part.label), []).append(part)

    def column(self, column: str) -> tuple[list[Whole], Own | None]:
        """What has to add up in a column, and what the group has there; one line is no list of what there is, only what cannot be more."""
        printed = [line for part in self.totals if (line := self._line(part, column)) is not None]
        lines, blank = self._read(self.lines, column)
        wholes = [Whole(same(self.name), column, whole, lines, blank, group=self.name) for whole in printed if lines]
        for name, below in self.under.items():
            above = self.named.get(name, [])
            # Two lines of one name: nobody knows which is meant.
            whole = self._line(above[0], column) if len(above) == 1 else None
            under, empty = self._read(below, column)
            if whole is not None and under and (len(below) > 1 or under[0].stated.exact > whole.stated.exact):
                wholes.append(Whole(same(whole.label), column, whole, under, empty, group=self.name))
        if printed:
            return wholes, Own(self.name, column, (printed[0],), ())
        return wholes, Own(self.name, column, lines, blank) if lines else None

    def _line(self, part: Part, column: str) -> Line | None:
        return _line(part.label, getattr(part, column), self.reader)

    def _read(self, parts: list[Part], column: str) -> tuple[tuple[Line, ...], tuple[str, ...]]:
        """The amounts of lines, and the lines without any; a line that is blank itself has what those below it have."""
        lines: list[Line] = []
        blank: list[str] = []
        for part in parts:
            line = self._line(part, column)
            below = self.under.get(bare(part.label), []) if line is None and self.under else []
            found = [one for one in (line, *(self._line(one, column) for one in below)) if one is not None]
            lines += found
            if not found:
                blank.append(part.label)
        return tuple(lines), tuple(blank)
