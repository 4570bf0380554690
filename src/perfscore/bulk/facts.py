"""The names that formulas read, as columns of a wide table: numbers where a column holds them, lists of few texts where it does not."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from perfscore.bulk.columns import Columns as Head
from perfscore.bulk.exact import Array, Numbers, Truths, constant
from perfscore.bulk.forms import with_unit
from perfscore.bulk.formulas import Columns, Unsupported
from perfscore.bulk.given import Coded, Given, Plain, coded, given
from perfscore.bulk.recorded import Changed, Recorder
from perfscore.forms.facts import FactReader
from perfscore.model.form import BUDGET_NAMES, Budget, Cell, Form
from perfscore.model.measure import Fact
from perfscore.model.plan import Plan
from perfscore.text.source import Source, Span

if TYPE_CHECKING:
    import pyarrow as pa

#: So many distinct texts or numbers of one column are read one by one, and remembered.
READ = 1 << 13
#: So many lists of them are kept from one batch to the next.
_KEPT = 1 << 10
#: A list of numbers is made for more than was asked for, so that the next block does not ask again.
_ROUND = 1 << 7
#: A moment in the year 300000, a text that is no UTF-8: pyarrow's errors are ValueErrors.
_UNREADABLE = (ValueError, OverflowError, TypeError)
#: Days that the next block may lie outside of those of the block before.
_DAYS = 400
_HERE = Span(Source("", ""), 1, 1, 1, 1)
#: What is asked of a fact to see that it is so many times the number that is printed.
_ASKED, _TIMES = ("1", "0", "2", "-1", "0.5"), (0, 2, -1, Fraction(1, 2))


class Listed(NamedTuple):
    """What numbers or texts, counted from `first`, are: NaN for those that are nothing. A list of numbers has a NaN at each end."""

    first: int
    last: int
    values: Array


class Names:
    """What the names of a rule set are in one wide table, of forms that print their budget in one unit of money."""

    def __init__(self, plan: Plan, head: Head, money: str) -> None:
        self.plan, self.head, self.money = plan, head, money
        self.declared = {fact.name: fact for fact in plan.rules.facts}
        self.columns = head.facts()
        #: A wide table has no rows of indicators.
        self.counts = {f"rows.{node.id}": Fraction(0) for tree in plan.trees for top in tree.indicators for node in top.walk()}
        self.listed: dict[tuple[str, int, int], Listed] = {}
        self._values: dict[tuple[str, int | None, str], Fraction | None] = {}
        self._factors: dict[tuple[str, int], Fraction | None] = {}
        self._columns: dict[str, int | None] = {}
        self._scales: dict[tuple[str, int, int], Fraction | None] = {}

    def column(self, name: str) -> int | None:
        """The column that a name is read from."""
        if name not in self._columns:
            self._columns[name] = self._column(name)
        return self._columns[name]

    def scale(self, name: str, place: int, places: int) -> Fraction | None:
        """What a fact counts for one of `10**-places` in its column; None for facts that are no multiple of what is printed."""
        if (name, place, places) not in self._scales:
            factor = self.factor(name, place)
            self._scales[name, place, places] = None if factor is None else factor / 10**places
        return self._scales[name, place, places]

    def _column(self, name: str) -> int | None:
        if name in BUDGET_NAMES:
            return self.head.place(f"budget.{BUDGET_NAMES[name]}")
        if name in self.columns:
            return self.columns[name]
        word, _, _ = name.rpartition(".")
        return self.columns.get(word) if word in self.declared and self.declared[word].choices else None

    def form(self, place: int | None, text: str) -> Form:
        """A form that says one thing."""
        if place is None:
            return Form(_HERE.source, _HERE)
        meaning = self.head.meanings[place]
        written = with_unit(text, meaning.measure)
        cell = Cell(text if written is None else written, _HERE)
        if meaning.role == "fact":
            return Form(_HERE.source, _HERE, facts=((meaning.name, cell),))
        told = {meaning.role.removeprefix("budget."): cell}
        return Form(_HERE.source, _HERE, budget=Budget(_HERE, told.get("initial"), told.get("adjusted"), told.get("executed"), money=self.money))

    def value(self, name: str, place: int | None, text: str) -> Fraction | None:
        """What a name is on a form that says one thing; None if that has no number."""
        key = (name, place, text)
        found = self._values.get(key, self)
        if found is self:
            fact = FactReader(self.form(place, text), self.plan.rules, lambda _: None).fact(name)
            found = fact.value if isinstance(fact, Fact) and isinstance(fact.value, Fraction) else None
            if len(self._values) < READ * _KEPT:
                self._values[key] = found
        return found  # type: ignore[return-value]

    def factor(self, name: str, place: int) -> Fraction | None:
        """How many times the printed number a fact is; None for facts that are no such thing."""
        if (name, place) not in self._factors:
            one, *others = (self.value(name, place, text) for text in _ASKED)
            good = one is not None and one > 0 and others == [one * times for times in _TIMES]
            self._factors[name, place] = one if good else None
        return self._factors[name, place]


class Table:
    """A record batch: each column looked at once, when first asked for."""

    def __init__(self, names: Names, batch: pa.RecordBatch) -> None:
        self.names, self.batch = names, batch
        self._given: dict[int, Given] = {}
        self._coded: dict[int, Coded] = {}
        self._lists: dict[tuple[str, int], Array] = {}

    def given(self, place: int) -> Given:
        """What a column holds."""
        if place not in self._given:
            try:
                self._given[place] = given(self.batch.column(place))
            except _UNREADABLE:
                raise Unsupported from None
        return self._given[place]

    def coded(self, place: int) -> Coded:
        """A column by its distinct texts; raises Unsupported if there are too many to read one by one."""
        found = self.given(place)
        if isinstance(found, Plain):
            if place not in self._coded:
                self._coded[place] = coded(self.batch.column(place))
            found = self._coded[place]
        if len(found.texts) > READ:
            raise Unsupported
        return found

    def words(self, key: str, place: int, texts: list[str], read: Callable[[list[str]], Array]) -> Array:
        """What the texts of a column are."""
        if (key, place) not in self._lists:
            self._lists[key, place] = read(texts)
        return self._lists[key, place]


class Block:
    """Some rows of a table."""

    def __init__(self, table: Table, rows: slice | Array) -> None:
        self.table, self.rows = table, rows
        self._given: dict[int, Given] = {}
        self._ends: dict[int, tuple[int, int]] = {}

    def given(self, place: int) -> Given:
        """A column of these rows."""
        if place not in self._given:
            self._given[place] = self.table.given(place).part(self.rows)
        return self._given[place]

    def coded(self, place: int) -> Coded:
        """A column of these rows by its distinct texts; raises Unsupported."""
        return self.table.coded(place).part(self.rows)

    def ends(self, place: int) -> tuple[int, int]:
        """What the numbers of a column lie between."""
        if place not in self._ends:
            n = self.given(place).n  # type: ignore[union-attr]
            self._ends[place] = (int(n.min()), int(n.max())) if len(n) else (0, 0)
        return self._ends[place]


class Facts(dict[str, Numbers]):
    """The facts of a block by name, recorded when first asked for; places where one has no number are odd."""

    def __init__(self, block: Block, arithmetic: Recorder, odd: Truths) -> None:
        super().__init__()
        self.block, self.arithmetic, self.odd, self.names = block, arithmetic, odd, block.table.names
        #: The lists of numbers that were used.
        self.used: set[tuple[str, int]] = set()

    def __missing__(self, name: str) -> Numbers:
        self[name] = found = self._numbers(name)
        return found

    def load(self, read: Callable[[Block], None]) -> None:
        """Read something of this block, and of every other that comes after it."""
        read(self.block)
        self.arithmetic.load(read)

    def full(self, name: str) -> bool:
        """Whether a name is a column of numbers without a gap; every block has to be like that."""
        place = self.names.column(name)
        if place is None or self.names.factor(name, place) is None:
            return False
        found = self.block.given(place)
        if not isinstance(found, Plain) or found.missing is not None or found.days:
            return False

        def again(block: Block) -> None:
            like(block.given(place), found)

        self.arithmetic.load(again)
        return True

    def listed(self, key: str, place: int, read: Callable[[list[str]], Array]) -> Any:
        """What every place of a column is by a list of what its texts are; NaN where that is nothing. Raises Unsupported if there are too many."""
        found = self.block.given(place)
        out, at = self.arithmetic.room(np.float64), self.arithmetic.room(np.int64)
        if isinstance(found, Plain):
            try:
                self.grow(key, place, read)
            except Unsupported:
                found = self.block.coded(place)
        if isinstance(found, Coded):

            def words(block: Block) -> None:
                here = block.coded(place)
                np.copyto(at, here.codes)
                block.table.words(key, place, here.texts, read).take(at, out=out, mode="clip")

            self.load(words)
            return out
        listed = self.names.listed[key, place, found.places]
        same = listed.values[1:-1]
        if found.missing is None and (same == same[0]).all():
            # All numbers score the same: they only have to be there.
            def there(block: Block) -> None:
                like(block.given(place), found)
                within(block.ends(place), listed.first, listed.last)

            self.load(there)
            return self.arithmetic.everywhere(int(same[0])) if self.arithmetic.floats else np.full(self.arithmetic.size, same[0])
        self.used.add((key, place))

        def numbers(block: Block) -> None:
            here = like(block.given(place), found)
            known = self.names.listed[key, place, found.places]
            # From 0 on a number is its own place, if none is below; else what is below falls on the NaN before the first.
            places: Array = here.n
            if known.first or places.dtype != np.int64 or places.min() < 0:
                np.subtract(places, known.first - 1, out=at)
                known.values.take(at, out=out, mode="clip")
            else:
                known.values[1:].take(places, out=out, mode="clip")

        self.load(numbers)
        return out

    def grow(self, key: str, place: int, read: Callable[[list[str]], Array]) -> bool:
        """Make a list as long as the numbers of this block want it, and tell whether it was too short; raises Unsupported if it would be too long."""
        column = self.block.given(place)
        if not isinstance(column, Plain):
            return False
        known = self.names.listed.get((key, place, column.places))
        low, high = self.block.ends(place)
        if known is not None and known.first <= low and high <= known.last:
            return False
        low, high = (min(low, known.first), max(high, known.last)) if known is not None else (low, high)
        low, high = 0 if 0 <= low < high < READ - _ROUND else low // _ROUND * _ROUND, high // _ROUND * _ROUND + _ROUND - 1
        if high - low >= READ or len(self.names.listed) >= _KEPT:
            raise Unsupported
        inner = read([column.text(n) for n in range(low, high + 1)])
        self.names.listed[key, place, column.places] = Listed(low, high, np.concatenate([[np.nan], inner, [np.nan]]))
        return True

    def _numbers(self, name: str) -> Numbers:
        names = self.names
        if name in names.counts:
            return constant(names.counts[name])
        declared = names.declared.get(name)
        if declared is not None and declared.formula is not None:
            return Columns(self, self.arithmetic, self.odd).value(declared.formula)
        place = names.column(name)
        silent = names.value(name, place, "")
        if place is None:
            if silent is None:
                raise Unsupported
            return constant(silent)
        found = self.block.given(place)
        if isinstance(found, Coded):
            return self._words(name, place, found)
        if found.days:
            return self._days(name, place, found)
        scale = names.scale(name, place, found.places)
        # A number may be a word: of a scale of levels, or of yes and no.
        return self._words(name, place, self.block.coded(place)) if scale is None else self._plain(place, found, scale, silent)

    def _plain(self, place: int, found: Plain, scale: Fraction, silent: Fraction | None) -> Numbers:
        low, high = _widened(*self.block.ends(place))
        instead = 0
        if found.missing is not None:
            filled = None if silent is None else silent / scale
            usable = filled is not None and filled.denominator == 1
            instead = int(filled) if usable and filled is not None else max(low, 0)
            low, high = min(low, instead), max(high, instead)
        self.arithmetic.held(low, high)
        out = self.arithmetic.room(self.arithmetic.dtype)

        def load(block: Block) -> None:
            here = like(block.given(place), found)
            within(block.ends(place), low, high)
            np.copyto(out, here.n)
            if here.missing is not None:
                out[here.missing] = instead
                if not (silent is not None and usable):
                    np.logical_or(self.odd, here.missing, out=self.odd)

        self.load(load)
        return Numbers(out, low, high, scale=scale)

    def _days(self, name: str, place: int, found: Plain) -> Numbers:
        low, high = self.block.ends(place)
        low, high = low - _DAYS, high + _DAYS
        first, last = (self.names.value(name, place, found.text(end)) for end in (low, high))
        # Days follow each other: where both ends are days that a form may print, all between them are.
        if first is None or last is None or last - first != high - low:
            raise Unsupported
        shift = int(first) - low
        out = self.arithmetic.room(self.arithmetic.dtype)

        def load(block: Block) -> None:
            here = like(block.given(place), found)
            within(block.ends(place), low, high)
            np.add(here.n, shift, out=out)
            if here.missing is not None:
                np.logical_or(self.odd, here.missing, out=self.odd)

        self.load(load)
        return Numbers(out, int(first), int(last))

    def _words(self, name: str, place: int, found: Coded) -> Numbers:
        """A fact of few distinct texts."""
        values = self._values(name, place, found.texts)
        common = lcm(*(value.denominator for value in values if value is not None))
        low, high = _widened(*(pick((int(value * common) for value in values if value is not None), default=0) for pick in (min, max)))
        self.arithmetic.held(low, high)
        out, nothing, at = (self.arithmetic.room(kind) for kind in (self.arithmetic.dtype, np.bool_, np.int64))

        def load(block: Block) -> None:
            here = block.coded(place)
            scaled = [None if value is None else value * common for value in self._values(name, place, here.texts)]
            if any(value is not None and (value.denominator != 1 or not low <= value <= high) for value in scaled):
                raise Changed
            np.copyto(at, here.codes)
            # What is nothing is odd, and still lies between the ends: the operations after this one count on that.
            np.array([low if value is None else int(value) for value in scaled], self.arithmetic.dtype).take(at, out=out, mode="clip")
            np.array([value is None for value in scaled]).take(at, out=nothing, mode="clip")
            np.logical_or(self.odd, nothing, out=self.odd)

        self.load(load)
        return Numbers(out, low, high, scale=Fraction(1, common))

    def _values(self, name: str, place: int, texts: list[str]) -> list[Fraction | None]:
        return [self.names.value(name, place, text) for text in texts]


def like(here: Given, recorded: Plain) -> Plain:
    """The column, if it is read as the one was whose reading was recorded; else raises Changed."""
    if (
        not isinstance(here, Plain)
        or (here.places, here.days) != (recorded.places, recorded.days)
        or (here.missing is not None and recorded.missing is None)
    ):
        raise Changed
    return here


def within(ends: tuple[int, int], low: int, high: int) -> None:
    """Raise Changed if numbers do not lie where those that were recorded do."""
    if not (low <= ends[0] and ends[1] <= high):
        raise Changed


def _widened(low: int, high: int) -> tuple[int, int]:
    """Ends that the next block's numbers will probably lie between, too: powers of two, but neither across nor at zero where these are not."""
    return (1 if low > 0 else 0 if low == 0 else -(1 << (-low).bit_length())), ((1 << high.bit_length()) - 1 if high > 0 else 0)
