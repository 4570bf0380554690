"""A long table in arrays: where its forms begin, what its rows mean, and the sums of their scores by forms."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from perfscore.bulk.columns import ROW_ROLES
from perfscore.bulk.curves import MOST
from perfscore.bulk.fixed import Amounts, amounts
from perfscore.bulk.forms import with_unit
from perfscore.bulk.given import Coded, Given, Plain, given
from perfscore.bulk.levels import SPAN
from perfscore.bulk.meant import LOOKED_UP, Flavour, Numbers, kind_of, places_of, read_value, together
from perfscore.bulk.rowrules import Kind, Outcome
from perfscore.bulk.values import texts
from perfscore.bulk.words import among, blank, codes, refused, same, textual, trimmed
from perfscore.forms.leaves import points_printed
from perfscore.forms.read import MAX_ROWS
from perfscore.model.form import Cell
from perfscore.text.dates import YEARS
from perfscore.text.fold import fold
from perfscore.text.numbers import WHOLE_DIGITS
from perfscore.text.printed import NotApplicable

if TYPE_CHECKING:
    from perfscore.bulk.long import LongScorer

Array = NDArray[Any]
#: So many rows are scored at a time: what is computed between the columns and the scores stays in the cache.
BLOCK = 1 << 16
_SHOWN = 61
#: The bit of a form that has a row which arrays do not score.
_ALONE = 62
#: Bits for the rows that a form has under a group, where conditions read their number.
_COUNTS = 12
#: What the code for single rows reads of a row, without its levels.
_READ = ("target", "actual", "points", "reported", "tier", "judged", "direction", "applicable", "deducted")


class Sums(NamedTuple):
    """What the rows of some forms came to: the tree of each form, scores and points by parts of the top level; and the forms to be evaluated alone."""

    trees: NDArray[np.int64]
    tops: NDArray[np.int64]
    worth: NDArray[np.int64]
    alone: NDArray[np.bool_]

    @classmethod
    def nothing(cls, trees: NDArray[np.int64], tops: int, alone: NDArray[np.bool_]) -> Sums:
        """Of forms without a row that arrays score."""
        return cls(trees, np.zeros((tops, len(trees)), np.int64), np.zeros((tops, len(trees)), np.int64), alone)


class Part(NamedTuple):
    """The rows of some forms: where they begin and end, where each form begins among them, and the number that `Table._keys` gave each row."""

    start: int
    end: int
    heads: NDArray[np.intp]
    key: Array


class Table:
    """A batch of whole forms."""

    def __init__(self, scorer: LongScorer, rows: pa.RecordBatch, budgets: pa.RecordBatch | None) -> None:
        self.scorer, self.rows, self.budgets = scorer, rows, budgets
        self.columns = scorer.columns
        self._cells: dict[int, Given] = {}
        self.starts = self._starts()
        self.forms = len(self.starts)
        self.ends = np.append(self.starts[1:], rows.num_rows)
        self._odd_forms = np.zeros(self.forms, np.bool_)
        #: How many rows of each form are judged, or do not apply: what blocks found that is not `scored`.
        self.statuses: dict[str, NDArray[np.int64]] = {}

    # --- forms ---

    def _starts(self) -> NDArray[np.intp]:
        begins = np.zeros(self.rows.num_rows, np.bool_)
        begins[:1] = True
        for place in self.columns.key():
            spoken = codes(trimmed(self.rows.column(place)) if textual(self.rows.column(place).type) else self.rows.column(place))
            begins[1:] |= spoken[1:] != spoken[:-1]
        return np.flatnonzero(begins)

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Some forms after others, of about as many rows as a block has."""
        first = 0
        while first < self.forms:
            last = int(np.searchsorted(self.starts, self.starts[first] + BLOCK))
            last = max(first + 1, min(last, self.forms))
            yield first, last
            first = last

    def rows_of(self, form: int) -> tuple[pa.RecordBatch, pa.RecordBatch | None]:
        """The rows of one form, and its row of the budgets."""
        start, end = int(self.starts[form]), int(self.ends[form])
        return _plainly(self.rows.slice(start, end - start)), None if self.budgets is None else _plainly(self.budgets.slice(form, 1))

    def _cell(self, place: int) -> Given:
        if place not in self._cells:
            self._cells[place] = given(self.rows.column(place))
        return self._cells[place]

    def _of(self, role: str) -> Given | None:
        place = self.columns.place(role)
        return None if place is None else self._cell(place)

    def _mark(self, rows: Array) -> None:
        """The forms of these rows are to be evaluated alone."""
        self._odd_forms[np.searchsorted(self.starts, rows, side="right") - 1] = True

    # --- what rows mean ---

    def understood(self) -> bool:
        """Read what the rows mean, each distinct text once; False for a table that lacks what arrays need."""
        if any(self.columns.place(role) is None for role in ("level1", "target", "actual", "points")) or not self.rows.num_rows:
            return False
        self._odd_forms |= self.ends - self.starts > MAX_ROWS
        self._vet()
        self._beside()
        self._levels()
        self._quantities()
        self._points()
        self._keys()
        return True

    def _vet(self) -> None:
        """Cells that make a form unreadable, that say of it what another row does not say, or that call a row like a fixed indicator."""
        keys = set(self.columns.key())
        inside = np.ones(self.rows.num_rows, np.bool_)
        inside[self.starts] = False
        for place, meaning in enumerate(self.columns.meanings):
            if not meaning.role:
                continue
            array = self.rows.column(place)
            if textual(array.type):
                self._where(refused(array))
                if meaning.role == "level3":
                    self._named(array)
            if meaning.role in ROW_ROLES or meaning.role == "form":
                continue
            if place not in keys:
                spoken = codes(array)
                self._mark(np.flatnonzero((spoken[1:] != spoken[:-1]) & inside[1:]) + 1)
            if meaning.role == "year":
                self._mark(np.flatnonzero(~_good_years(self._cell(place))))
        if keys:
            nothing = [blank(trimmed(self.rows.column(place).take(self.starts))) for place in keys]
            self._odd_forms |= np.logical_and.reduce(nothing)

    def _beside(self) -> None:
        """Forms of which the table of budgets says nothing, or something else than their rows."""
        own = self.scorer.budgets
        if own is None or self.budgets is None:
            return
        keys = [own.meanings[place].role for place in own.key()]
        for place, meaning in enumerate(own.meanings):
            if not meaning.role or (meaning.role in ROW_ROLES and meaning.role not in keys):
                continue
            array = self.budgets.column(place)
            if textual(array.type) and (strange := refused(array)) is not None:
                self._odd_forms |= strange
            if meaning.role == "year":
                self._odd_forms |= ~_good_years(given(array))
            theirs = self.columns.place(meaning.role)
            if theirs is not None and meaning.role != "fact":
                one, other = trimmed(array), trimmed(self.rows.column(theirs).take(self.starts))
                equal = same(one, other)
                self._odd_forms |= ~equal if meaning.role in keys else ~(equal | blank(one) | blank(other))
            if meaning.role == "fact" and meaning.name in self.columns.facts():
                self._odd_forms[:] = True

    def _where(self, rows: NDArray[np.bool_] | None) -> None:
        if rows is not None:
            self._mark(np.flatnonzero(rows))

    def _named(self, column: pa.Array) -> None:
        """Rows that are called like a fixed indicator belong to it."""
        words = column.dictionary if pa.types.is_dictionary(column.type) else column
        for name in self.scorer.levels.fixed:
            # Only texts that hold some letter of the name can be folded to it; spaces and signs come and go.
            letter = next((c for c in name if "一" <= c <= "鿿" or (c.isascii() and c.isalnum())), None)
            if letter is None:
                self._mark(np.arange(self.rows.num_rows))
                continue
            wide = chr(ord(letter) + 0xFEE0) if letter.isascii() else ""
            near = pc.match_substring_regex(words, f"[{letter}{wide}]").fill_null(fill_value=False)
            hits = {text for text in set(words.filter(near).to_pylist()) if self.scorer.levels.named(text)}
            if hits:
                self._where(among(column, pc.is_in(words, value_set=pa.array(sorted(hits), words.type))))

    def _levels(self) -> None:
        """The pairs of levels: `pair` has a number for each distinct pair of texts, `places` the place of each number in the rule set."""
        first, second = self._texts("level1"), self._texts("level2")
        if second is None:
            second = Coded(np.zeros(self.rows.num_rows, np.int8), [""])
        if first is None:
            return
        codes, pairs = together(first.codes, len(first.texts), second.codes, len(second.texts))
        levels = self.scorer.levels
        self.pair, self.places = codes, np.full(len(pairs), -1, np.int64)
        for at, (one, other) in enumerate(pairs):
            texts = first.texts[one], second.texts[other]
            # A blank level repeats the row above.
            if texts[0].strip() and (texts[1].strip() or self.columns.place("level2") is None):
                place = levels.pair(*texts)
                self.places[at] = -1 if place is None else place
        known = sorted({int(place) for place in self.places if place >= 0})[:_ALONE]
        self.bits = {place: bit for bit, place in enumerate(known)}
        self.words = np.array([1 << self.bits.get(int(place), _ALONE) for place in self.places], np.int64)
        self.counts = [self._count(names) for names in _parts(len(levels.counted), 62 // _COUNTS)]

    def _count(self, names: range) -> NDArray[np.int64]:
        """How much a row of each pair adds to some of the counts, side by side in one number."""
        pairs = self.scorer.levels.pairs
        return np.array(
            [0 if place < 0 else sum(pairs[place].counts[name] << (_COUNTS * at) for at, name in enumerate(names)) for place in self.places.tolist()],
            np.int64,
        )

    def _texts(self, role: str) -> Coded | None:
        cell = self._of(role)
        if isinstance(cell, Plain):
            # A column in which nothing is printed holds numbers, too, all of which are missing.
            codes = pc.dictionary_encode(pa.array(cell.n, mask=cell.missing), null_encoding="encode")
            return Coded(codes.indices.to_numpy(), ["" if n is None else cell.text(n) for n in codes.dictionary.to_pylist()])
        return cell

    def _quantities(self) -> None:
        """Targets and actual values as numbers."""
        units = self._of("measured")
        place = {role: self.columns.place(role) for role in ("target", "actual")}
        head = {role: self.columns.meanings[at].measure if at is not None else "" for role, at in place.items()}
        self.goal, self.done = (self._numbers(self._of(role), units, head[role]).bounded() for role in ("target", "actual"))

    def _numbers(self, cell: Given | None, units: Given | None, head: str) -> Numbers:
        rows = self.rows.num_rows
        if cell is None or isinstance(units, Plain) or (isinstance(cell, Plain) and cell.days):
            return Numbers(None, (None,), np.zeros(rows, np.int64), None, 0)
        if head or units is None:
            units = Coded(np.zeros(rows, np.int8), [head])
        if isinstance(cell, Plain):
            # A blank is no number above 0, and looked at by itself.
            n = cell.n.astype(np.int64, copy=False) if cell.missing is None else np.where(cell.missing, -1, cell.n)
            known = tuple(kind_of(text.strip()) for text in units.texts)
            return Numbers(units.codes if len(known) > 1 else None, known, n, None, cell.places, bare=True)
        codes, pairs = together(cell.codes, len(cell.texts), units.codes, len(units.texts))
        read = [read_value(cell.texts[text], units.texts[unit].strip()) for text, unit in pairs]
        kinds = {kind: at for at, kind in enumerate(dict.fromkeys(kind for kind, _, _ in read if isinstance(kind, Kind)), 1)}
        gone = len(kinds) + 1
        ends = [end for _, low, high in read for end in (low, high)]
        places = max((places_of(end) for end in ends), default=0)
        whole = np.array([int(end * 10**places) for end in ends] or [0, 0], np.int64).reshape(-1, 2)
        kind_places = np.array([kinds[kind] if isinstance(kind, Kind) else gone if kind is NotApplicable else 0 for kind, _, _ in read] or [0])
        ranges = any(kind.form == "range" for kind in kinds)
        return Numbers(
            kind_places.astype(np.int32).take(codes), (None, *kinds, None), whole[:, 0].copy().take(codes),
            whole[:, 1].copy().take(codes) if ranges else None, places, frozenset((gone,)),
        )  # fmt: skip

    def _points(self) -> None:
        """The distinct points: `point` has a number for each, 0 for what are none; `each` the points, `worth` those in rounding units, −1 for others."""
        cell = self._of("points")
        if isinstance(cell, Plain):
            n = cell.n.astype(np.int64, copy=False) if cell.missing is None else np.where(cell.missing, -1, cell.n)
            low, high = int(n.min()), int(n.max())
            if low < 0 or high >= LOOKED_UP:
                n = np.where((n < 0) | (n > MOST), -1, n)
                distinct = pc.dictionary_encode(pa.array(n))
                numbers, codes = distinct.dictionary.to_pylist(), distinct.indices.to_numpy()
            else:
                # Mostly some rows show what points there are.
                numbers, codes = _placed(n, n[::_SHOWN], high)
                if int(codes.min()) < 0:
                    numbers, codes = _placed(n, n, high)
            one = 10**cell.places
            # A bare 2024.12 may be a month.
            none = cell.days or [number < 0 or (number // one in YEARS and number % one) for number in numbers]
            found = [None if none is True or none[at] else Fraction(number, one) for at, number in enumerate(numbers)]
        elif cell is not None:
            found, codes = [points_printed(Cell(text, SPAN)) for text in cell.texts], cell.codes
        else:
            return
        units = [-1 if points is None else points * self.scorer.unit for points in found]
        self.each: list[Fraction | None] = found
        self.worth = np.array([int(unit) if 0 <= unit <= MOST and unit == int(unit) else -1 for unit in units] or [-1], np.int64)
        self.worthless = bool((self.worth < 0).any())
        self.point = codes

    def _keys(self) -> None:
        """What the scoring of a row depends on besides its numbers and points, as one number; `forced` are rows that are looked at by themselves anyway."""
        rows = self.rows.num_rows
        direction = self._texts("direction") or Coded(np.zeros(rows, np.int8), [""])
        key, combos = together(self.pair, len(self.places), direction.codes, len(direction.texts))
        self.combos: list[tuple[int, ...]] = list(combos)
        for numbers in (self.goal, self.done):
            if numbers.kinds is None:
                self.combos = [(*combo, 0) for combo in self.combos]
            elif numbers is self.done and self.done.kinds is self.goal.kinds:
                self.combos = [(*combo, combo[-1]) for combo in self.combos]
            else:
                key, combos = together(key, len(self.combos), numbers.kinds, len(numbers.known))
                self.combos = [(*self.combos[one], other) for one, other in combos]
        self.key, self.directions = key, direction.texts
        pairs = np.array([combo[0] for combo in self.combos])
        self.words, self.counts = self.words[pairs], [each[pairs] for each in self.counts]
        self.forced: NDArray[np.bool_] | None = None
        self.left_out: NDArray[np.bool_] | None = None
        for numbers in (self.goal, self.done):
            if numbers.kinds is not None and numbers.left_out:
                gone = numbers.kinds == next(iter(numbers.left_out))
                if gone.any():
                    self.left_out = gone if self.left_out is None else self.left_out | gone
        for role, usual in (("applicable", ("true", "是")), ("deducted", ())):
            cell = self._texts(role)
            if cell is None:
                continue
            odd = np.array([bool(text.strip()) and text not in usual for text in cell.texts] or [False]).take(cell.codes)
            if odd.any():
                self.forced = odd if self.forced is None else self.forced | odd
                if role == "applicable":
                    self.left_out = odd if self.left_out is None else self.left_out | odd
        self._flavours: dict[tuple[int, ...], Flavour] = {}

    # --- blocks ---

    def block(self, first: int, last: int) -> Sums:
        """The rows of some forms, scored."""
        start, end = int(self.starts[first]), int(self.ends[last - 1])
        part = Part(start, end, self.starts[first:last] - start, self.scorer.room.filled("key", np.intp, self.key[start:end]))
        trees, alone = self._trees(part)
        alone |= self._odd_forms[first:last]
        used = np.unique(trees[~alone]).tolist()
        tops = len(self.scorer.levels.tops)
        if not used:
            return Sums.nothing(trees, tops, alone)
        flavour = self._flavour(tuple(used))
        if flavour is None:
            # A level stands for different things in the trees of this block: one tree after the other.
            return self._by_tree(part, trees, alone, used)
        return self._scored(part, trees, alone, flavour)

    def _by_tree(self, part: Part, trees: NDArray[np.int64], alone: NDArray[np.bool_], used: list[int]) -> Sums:
        whole: Sums | None = None
        for tree in used:
            flavour = self._flavour((tree,))
            if flavour is None:
                continue
            mine = trees == tree
            found = self._scored(part, trees, alone | ~mine, flavour)
            if whole is None:
                whole = found._replace(alone=alone.copy())
            whole.tops[:, mine], whole.worth[:, mine] = found.tops[:, mine], found.worth[:, mine]
            whole.alone[mine] = found.alone[mine]
        return whole or Sums.nothing(trees, len(self.scorer.levels.tops), np.ones(len(trees), np.bool_))

    def _trees(self, part: Part) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The tree of every form, by the pairs of levels that it has; and the forms that have to be looked at as a whole."""
        start, end, heads, key = part
        signs = [np.bitwise_or.reduceat(self.scorer.room.taken("words", self.words, key), heads)]
        for counts in self.counts:
            each = counts.take(key)
            if self.left_out is not None:
                each[self.left_out[start:end]] = 0
            signs.append(np.add.reduceat(each, heads))
        codes: Array | None = None
        combos: list[tuple[int, ...]] = [()]
        for sign in signs:
            found = pc.dictionary_encode(pa.array(sign))
            values = found.dictionary.to_pylist()
            if codes is None:
                codes, combos = found.indices.to_numpy(), [(value,) for value in values]
            else:
                codes, pairs = together(codes, len(combos), found.indices.to_numpy(), len(values))
                combos = [(*combos[one], values[other]) for one, other in pairs]
        chosen = np.array([self._tree(combo) for combo in combos], np.int64)
        trees = chosen if codes is None else chosen.take(codes)
        return trees, trees < 0

    def _tree(self, combo: tuple[int, ...]) -> int:
        levels = self.scorer.levels
        if combo[0] >> _ALONE:
            return -1
        places = tuple(place for place, bit in self.bits.items() if combo[0] >> bit & 1)
        counts = [word >> (_COUNTS * at) & ((1 << _COUNTS) - 1) for word in combo[1:] for at in range(62 // _COUNTS)]
        tree = levels.tree(places, tuple(counts[: len(levels.counted)]))
        return -1 if tree is None or self.scorer.fixed[tree] is None else tree

    def _flavour(self, trees: tuple[int, ...]) -> Flavour | None:
        """What rows mean in these trees; None where it is not the same in all of them."""
        if trees not in self._flavours:
            levels, rules = self.scorer.levels, self.scorer.rules
            groups, tops = [-1] * len(self.places), [0] * len(self.places)
            for at, place in enumerate(self.places.tolist()):
                for tree in trees if place >= 0 else ():
                    group = levels.pairs[place].groups[tree]
                    if group is None:
                        continue
                    found, top = rules.group(group), levels.pairs[place].tops[tree]
                    if groups[at] >= 0 and (groups[at], tops[at]) != (found, top):
                        return None
                    groups[at], tops[at] = found, top
            self._flavours[trees] = Flavour(self, groups, tops)
        return self._flavours[trees]

    def _scored(self, part: Part, trees: NDArray[np.int64], alone: NDArray[np.bool_], flavour: Flavour) -> Sums:
        start, end, heads, key = part
        room = self.scorer.room
        point = room.filled("point", np.intp, self.point[start:end])
        n, d, odd = self._measures(start, end, key, flavour)
        if self.forced is not None:
            odd = _either(odd, self.forced[start:end])
        if flavour.any_odd:
            odd = _either(odd, flavour.odd.take(key))
        curve = (
            room.taken("curve", flavour.curves[0], point)
            if len(flavour.curves) == 1
            else flavour.curves.reshape(-1).take(flavour.family.take(key) * len(self.each) + point)
        )
        if flavour.uncurved:
            odd = _either(odd, curve < 0)
        if odd is not None:
            n, d, curve = np.where(odd, 0, n), np.where(odd, 1, d), np.where(odd, flavour.some, curve)
        rate = self.scorer.plan.rules.rounding.rate
        if rate is not None:
            n, d = _rounded(n, d, rate + 2)
        most = None if flavour.scaled or rate is not None else max(self.goal.high, self.done.high, 1)
        score, outside = self.scorer.rules.curves.scores(curve, n, d, most) if flavour.some >= 0 else (np.zeros(len(key), np.int64), None)
        points = room.taken("points", self.worth, point)
        if odd is not None and odd.any():
            rows = np.flatnonzero(odd)
            form = np.searchsorted(heads, rows, side="right") - 1
            rows = rows[~alone[form]]
            if outside is not None:
                outside[rows] = False
            gone = self._by_themselves(start, rows, key, flavour, score, points)
            alone[np.searchsorted(heads, gone, side="right") - 1] = True
        if outside is not None and outside.any():
            alone[np.searchsorted(heads, np.flatnonzero(outside), side="right") - 1] = True
        if self.worthless and int(points.min()) < 0:
            alone[np.searchsorted(heads, np.flatnonzero(points < 0), side="right") - 1] = True
        tops, worth = self._by_tops((score, points), room.taken("top", flavour.tops, key), heads)
        return Sums(trees, tops, worth, alone)

    def _by_tops(self, several: tuple[NDArray[np.int64], ...], top: Array, heads: NDArray[np.intp]) -> list[NDArray[np.int64]]:
        """The sums of numbers of rows by form and part of the top level: over runs of rows first, which mostly are whole parts."""
        forms, parts = len(heads), len(self.scorer.levels.tops)
        begins = self.scorer.room.of("begins", np.bool_, len(top))
        np.not_equal(top[1:], top[:-1], out=begins[1:])
        begins[heads] = True
        runs = np.flatnonzero(begins)
        begins[:] = False
        begins[heads] = True
        part = np.cumsum(begins.take(runs)) - 1 + top.take(runs) * forms
        # Scores and points are below 2^36, so that their sums are exact in the floats of bincount.
        sums = (np.bincount(part, weights=self._over(each, runs), minlength=forms * parts) for each in several)
        return [each.astype(np.int64).reshape(parts, forms) for each in sums]

    def _over(self, each: NDArray[np.int64], runs: NDArray[np.intp]) -> NDArray[np.int64]:
        """The sums of runs of rows, by what all rows up to their ends come to: for short runs that is quicker than numpy's own sums."""
        upto = np.cumsum(each, out=self.scorer.room.of("upto", np.int64, len(each)))
        return np.diff(upto.take(np.append(runs[1:], len(each)) - 1), prepend=0)

    def _measures(self, start: int, end: int, key: Array, flavour: Flavour) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_] | None]:
        """The measures as n/d, and the rows that have to be looked at by themselves: what is not above 0 has no ratio."""
        target, actual = self.goal.n[start:end], self.done.n[start:end]
        odd: NDArray[np.bool_] | None = None
        room = self.scorer.room
        lower = room.taken("lower", flavour.lower, key) if flavour.any_lower else None
        if self.goal.upper is not None:
            high = self.goal.upper[start:end]
            within = flavour.range.take(key)
            # Nearest to the actual value of the two ends: between them the measure is 1.
            near = np.where(within, np.clip(actual, target, high) if flavour.even else target, target)
            target = near if lower is None else np.where(lower, high, near)
            if within.any() and not flavour.even:
                odd = within
        if self.goal.low <= 0 or self.done.low < 0:
            odd = _either(odd, (target <= 0) | (actual < 0))
        if self.done.low <= 0 and lower is not None:
            odd = _either(odd, lower & (actual <= 0))
        if max(self.goal.high, self.done.high) >= 10**WHOLE_DIGITS:
            odd = _either(odd, (target >= 10**WHOLE_DIGITS) | (actual >= 10**WHOLE_DIGITS))
        odd = self._like_months(start, end, odd)
        if flavour.scaled:
            factor = flavour.target.take(key), flavour.actual.take(key)
            largest = max(int(target.max()) * int(factor[0].max()), int(actual.max()) * int(factor[1].max()))
            if largest > 2**62:
                big = (target > 2**62 // factor[0]) | (actual > 2**62 // factor[1])
                odd = _either(odd, big)
                target, actual = np.where(big, 1, target), np.where(big, 1, actual)
            target, actual = target * factor[0], actual * factor[1]
        if flavour.any_range:
            within = flavour.range.take(key)
            below = within & (actual > target)
            lower = below if lower is None else lower | below
        if lower is None:
            return actual, target, odd
        # Both change places by what they differ; numpy's choices by a mask take several times as long.
        n, d = room.filled("n", np.int64, actual), room.filled("d", np.int64, target)
        change = np.subtract(d, n, out=room.of("change", np.int64, len(n)))
        change *= lower
        n += change
        d -= change
        return n, d, odd

    def _like_months(self, start: int, end: int, odd: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
        """A bare 2024.12 may be a month; what it is, the code for single rows says."""
        for numbers in (self.goal, self.done):
            one, n = 10**numbers.places, numbers.n[start:end]
            if one == 1 or not numbers.bare or numbers.high < YEARS.start * one or numbers.low >= YEARS.stop * one:
                continue
            # Few numbers are near the years, and fewer are not whole; what lies below them is beyond them without its sign.
            near = np.flatnonzero((n - YEARS.start * one).view(np.uint64) < len(YEARS) * one)
            near = near[n[near] % one != 0]
            if len(near):
                odd = np.zeros(end - start, np.bool_) if odd is None else odd.copy()
                odd[near] = True
        return odd

    def _by_themselves(
        self, start: int, rows: NDArray[np.intp], key: Array, flavour: Flavour, score: NDArray[np.int64], points: NDArray[np.int64]
    ) -> NDArray[np.intp]:
        """Score rows by the code for single rows, every distinct one once; gives the rows whose forms have to be looked at."""
        if not len(rows):
            return rows
        cells = {
            role: self.rows.column(place).take(start + rows)
            for role in (*_READ, "year", "measured")
            if (place := self.columns.place(role)) is not None
        }
        own = self.scorer.budgets.place("year") if self.scorer.budgets is not None else None
        if "year" not in cells and own is not None and self.budgets is not None:
            # The budgets say it for the whole form.
            cells["year"] = self.budgets.column(own).take(np.searchsorted(self.starts, start + rows, side="right") - 1)
        group = flavour.groups.take(key.take(rows))
        distinct, size = group + 1, int(group.max()) + 2
        for array in cells.values():
            found = pc.dictionary_encode(pa.array(codes(array))).indices.to_numpy()
            distinct, pairs = together(distinct, size, found, int(found.max()) + 1)
            size = len(pairs)
        _, firsts, which = np.unique(distinct, return_index=True, return_inverse=True)
        spoken = {
            role: texts(array.take(firsts).dictionary_decode() if pa.types.is_dictionary(array.type) else array.take(firsts))
            for role, array in cells.items()
        }
        results = [self._outcome(int(group[first]), {role: cell[at] for role, cell in spoken.items()}) for at, first in enumerate(firsts.tolist())]
        fine = np.array([result is not None and (result.status != "not-applicable" or self.scorer.drops) for result in results])
        score[rows] = np.array([0 if result is None else result.score for result in results], np.int64).take(which)
        points[rows] = np.array([0 if result is None else result.points for result in results], np.int64).take(which)
        for status in {result.status for result in results if result is not None} - {"scored"}:
            here = np.array([result is not None and result.status == status for result in results]).take(which)
            forms = np.searchsorted(self.starts, start + rows[here], side="right") - 1
            np.add.at(self.statuses.setdefault(status, np.zeros(self.forms, np.int64)), forms, 1)
        gone: NDArray[np.intp] = rows[~fine.take(which)]
        return gone

    def _outcome(self, group: int, spoken: dict[str, str]) -> Outcome | None:
        if group < 0 or not self.scorer.rules.own(group):
            return None
        measured, year = spoken.pop("measured", "").strip(), spoken.pop("year", "")
        for role in ("target", "actual"):
            place = self.columns.place(role)
            head = self.columns.meanings[place].measure if place is not None else ""
            written = with_unit(spoken[role], head or measured)
            spoken[role] = spoken[role] if written is None else written
        return self.scorer.rules.alone(group, spoken, year)

    # --- budgets ---

    def amounts(self, reads: frozenset[str], forms: slice | NDArray[np.intp]) -> Amounts | None:
        """The amounts that fixed indicators read, of some forms; None where they are not known."""
        found: dict[str, tuple[Given, str]] = {}
        money = "万元"
        for role in (*(f"budget.{name}" for name in sorted(reads)), "budget.money"):
            source = self._budget(role)
            if source is None:
                if role != "budget.money":
                    return None
                continue
            cell, head = source
            part = cell.part(forms)
            if role != "budget.money":
                found[role.removeprefix("budget.")] = part, head
                continue
            spoken = {part.texts[code] for code in np.unique(part.codes).tolist()} if isinstance(part, Coded) else set()
            if len(spoken) != 1:
                return None
            money = spoken.pop().strip() or money
        return amounts(found, self.forms if isinstance(forms, slice) else len(forms), money)

    def _budget(self, role: str) -> tuple[Given, str] | None:
        """A column of the budgets, of their own table or of the first rows of the forms."""
        own = self.scorer.budgets
        place = None if own is None or self.budgets is None else own.place(role)
        if place is not None and own is not None and self.budgets is not None:
            if place + len(self.columns.meanings) not in self._cells:
                self._cells[place + len(self.columns.meanings)] = given(self.budgets.column(place))
            return self._cells[place + len(self.columns.meanings)], own.meanings[place].measure
        place = self.columns.place(role)
        if place is None:
            return None
        cell = self._cell(place)
        head = self.columns.meanings[place].measure
        return cell.part(self.starts), head


def _either(one: NDArray[np.bool_] | None, other: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return other if one is None else one | other


def _rounded(n: NDArray[np.int64], d: NDArray[np.int64], places: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rates rounded half up before they are scored."""
    unit = 10**places
    if 2 * unit * int(n.max()) + int(d.max()) < 2**63:
        return (2 * unit * n + d) // (2 * d), np.full(len(n), unit)
    numbers = [(2 * unit * one + other) // (2 * other) for one, other in zip(n.tolist(), d.tolist(), strict=True)]
    return np.array(numbers, np.int64), np.full(len(n), unit)


def _placed(n: NDArray[np.int64], shown: NDArray[np.int64], high: int) -> tuple[list[int], NDArray[np.int32]]:
    """The distinct ones of the numbers that are shown, and the place of every number among them, −1 for others."""
    place = np.full(high + 1, -1, np.int32)
    place[shown] = 0
    numbers = np.flatnonzero(place == 0)
    place[numbers] = np.arange(len(numbers))
    return numbers.tolist(), place.take(n)


def _parts(count: int, size: int) -> list[range]:
    return [range(first, min(first + size, count)) for first in range(0, count, size)]


def _good_years(cell: Given) -> NDArray[np.bool_]:
    """Where a year is one, or is not said."""
    if isinstance(cell, Plain):
        return (cell.n >= 1900) & (cell.n < 2100) & (cell.places == 0) & (not cell.days) | (False if cell.missing is None else cell.missing)
    folded = [fold(text).strip().removesuffix("年度").removesuffix("年") for text in cell.texts]
    good = [not text or (len(text) == 4 and text.isascii() and text.isdecimal() and text[:2] in ("19", "20")) for text in folded]
    return np.array(good or [True]).take(cell.codes)


def _plainly(rows: pa.RecordBatch) -> pa.RecordBatch:
    """Without dictionaries, which hold the texts of all forms."""
    arrays = [array.dictionary_decode() if pa.types.is_dictionary(array.type) else array for array in rows.columns]
    return pa.RecordBatch.from_arrays(arrays, names=rows.schema.names)
