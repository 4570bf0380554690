"""What the rows of a long table mean by their texts: kinds of numbers, and how rows of each kind are scored."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from perfscore.bulk.forms import with_unit
from perfscore.bulk.rowrules import Kind, Ratio
from perfscore.text.printed import NotApplicable, Quantity, Unit, read_printed

if TYPE_CHECKING:
    from perfscore.bulk.table import Table

Array = NDArray[Any]
#: Tables of so many entries are looked up directly.
LOOKED_UP = 1 << 20
_FEW = 1 << 9
#: Of what a number behind a unit's word could mean, each of these is tried: `7年` is no date, and `2024年` is one.
_TRIED = ("0", "1", "2", "4", "7", "12", "31", "1.5", "2024")


class Numbers(NamedTuple):
    """The numbers of targets or of actual values: the place of each one's kind, its digits, and those of the upper ends of ranges."""

    kinds: Array | None
    known: tuple[Kind | None, ...]
    n: NDArray[np.int64]
    upper: NDArray[np.int64] | None
    places: int
    #: The kinds that do not apply.
    left_out: frozenset[int] = frozenset()
    #: The numbers of a column, which were not read as texts.
    bare: bool = False
    low: int = 0
    high: int = 0

    def bounded(self) -> Numbers:
        """With what they lie between."""
        return self._replace(low=int(self.n.min()), high=int((self.n if self.upper is None else self.upper).max()))


class Flavour:
    """What the rows of a table mean in some trees: for every number that `Table._keys` gave."""

    def __init__(self, table: Table, groups: list[int], tops: list[int]) -> None:
        rules = table.scorer.rules
        shift = table.goal.places, table.done.places
        ratios: dict[tuple[Ratio | None, int], int] = {}
        places = []
        for pair, direction, goal, done in table.combos:
            ratio = None
            kinds = table.goal.known[goal], table.done.known[done]
            if groups[pair] >= 0 and kinds[0] is not None and kinds[1] is not None:
                word = table.directions[direction]
                ratio = rules.ratio(groups[pair], kinds[0], kinds[1], word if word.strip() else "", shift)
            places.append(ratios.setdefault((ratio, tops[pair]), len(ratios)))
        found = [ratio for ratio, _ in ratios]
        each = np.array(places)
        self.groups = np.array([groups[pair] for pair, *_ in table.combos])
        self.tops = np.array([top for _, top in ratios], np.int64)[each]
        self.odd = np.array([ratio is None for ratio in found])[each]
        self.lower = np.array([ratio is not None and ratio.lower for ratio in found])[each]
        self.range = np.array([ratio is not None and ratio.range for ratio in found])[each]
        self.any_odd, self.any_lower, self.any_range = (bool(one.any()) for one in (self.odd, self.lower, self.range))
        self.target = np.array([1 if ratio is None else ratio.target for ratio in found], np.int64)[each]
        self.actual = np.array([1 if ratio is None else ratio.actual for ratio in found], np.int64)[each]
        self.scaled = bool((self.target != 1).any() or (self.actual != 1).any())
        #: Ranges and what is held against them are in one unit.
        self.even = not bool(((self.target != 1) | (self.actual != 1))[self.range].any())
        families = sorted({ratio.family for ratio in found if ratio is not None}) or [0]
        self.family = np.array([0 if ratio is None else families.index(ratio.family) for ratio in found])[each]
        known = any(ratio is not None for ratio in found)
        self.curves = np.array([[self._curve(table, family, points) if known else -1 for points in table.each] for family in families], np.intp)
        self.uncurved = bool((self.curves < 0).any())
        #: A curve for rows that have none: what it gives is not looked at.
        self.some = int(self.curves.max())

    def _curve(self, table: Table, family: int, points: Fraction | None) -> int:
        found = None if points is None else table.scorer.rules.curve(family, points)
        return -1 if found is None else found


def together(one: Array, ones: int, other: Array, others: int) -> tuple[Array, list[tuple[int, int]]]:
    """Two columns of numbers as one that has a number for each pair, and the pairs."""
    if others == 1:
        return one, [(number, 0) for number in range(ones)]
    if ones == 1:
        return other, [(0, number) for number in range(others)]
    if ones * others <= 2**15:
        key = one.astype(np.int16) * np.int16(others) + other.astype(np.int16)
    elif ones * others < 2**31:
        key = one.astype(np.int32) * np.int32(others) + other.astype(np.int32)
    else:
        key = one.astype(np.int64) * others + other
    if ones * others <= _FEW:
        # So few pairs are asked for whether they are there or not.
        return key, [divmod(pair, others) for pair in range(ones * others)]
    if ones * others <= LOOKED_UP:
        present = np.zeros(ones * others, np.bool_)
        present[key] = True
        keys = np.flatnonzero(present)
        if len(keys) == ones * others:
            return key, [divmod(pair, others) for pair in keys.tolist()]
        place = np.zeros(ones * others, np.int32)
        place[keys] = np.arange(len(keys))
        return place.take(key), [divmod(pair, others) for pair in keys.tolist()]
    found = pc.dictionary_encode(pa.array(key))
    return found.indices.to_numpy(), [divmod(pair, others) for pair in found.dictionary.to_pylist()]


def kind_of(unit: str) -> Kind | None:
    """The kind of every number with this unit beside it; None where what it says depends on the number."""
    found = set()
    for number in _TRIED:
        read = read_printed(with_unit(number, unit) or number)
        if not isinstance(read, Quantity) or read.form != "exact" or read.comparator:
            return None
        found.add(read.unit)
    return Kind("exact", "", found.pop()) if len(found) == 1 else None


def read_value(text: str, unit: str) -> tuple[Kind | type[NotApplicable] | None, Fraction, Fraction]:
    """The kind of a printed value, and its ends as printed."""
    read = read_printed(with_unit(text, unit) or text)
    one = Fraction(1)
    if isinstance(read, NotApplicable):
        return NotApplicable, one, one
    if not isinstance(read, Quantity) or read.form == "over":
        return None, one, one
    factor = read.unit.factor if isinstance(read.unit, Unit) else one
    ends = (read.low, read.high) if read.form == "range" else (read.spoken, read.spoken)
    low, high = (None if end is None else end / factor for end in ends)
    if low is None or high is None or max(places_of(low), places_of(high)) > 6 or max(abs(low), abs(high)) >= 10**12:
        return None, one, one
    return Kind(read.form, read.comparator, read.unit), low, high


def places_of(number: Fraction) -> int:
    """How many decimal places a number takes, 14 if more than can be read."""
    return next((places for places in range(14) if 10**places % number.denominator == 0), 14)
