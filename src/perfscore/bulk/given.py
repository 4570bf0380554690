"""Columns of a table as exact numbers: integers with a scale where the column holds numbers, distinct texts read once where it does not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from perfscore.bulk.columns import Columns
from perfscore.bulk.exact import Array, Truths
from perfscore.bulk.values import texts
from perfscore.text.decode import first_refused
from perfscore.text.numbers import PLACES, WHOLE_DIGITS

#: What a printed number is, as `text.numbers.read_number` has it, with no more digits than 64 bits hold.
_PRINTED = 6
_PLAIN = r"^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?$"
#: Floats are taken for decimals of so many places, where so few digits are the shortest that stand for them.
_FLOAT_PLACES, _FLOAT_MOST = (0, 2, 4, 6), 10**15
_EPOCH = date(1970, 1, 1)
_FIRST, _LAST = (date.min - _EPOCH).days, (date.max - _EPOCH).days


class Plain(NamedTuple):
    """A column of numbers: integers in units of `10**-places`, or days since 1970-01-01, and where there is none."""

    n: Array
    places: int
    missing: Truths | None = None
    days: bool = False

    def part(self, rows: slice | Array) -> Plain:
        """Some of its places."""
        missing = None if self.missing is None else self.missing[rows]
        return self._replace(n=self.n[rows], missing=missing if missing is not None and missing.any() else None)

    def text(self, n: int) -> str:
        """One of its numbers as a cell prints it."""
        return (_EPOCH + timedelta(n)).isoformat() if self.days else printed(n, self.places)


class Coded(NamedTuple):
    """A column of few distinct texts: the code of every place, and the texts. Where there is nothing, the text is empty."""

    codes: Array
    texts: list[str]

    def part(self, rows: slice | Array) -> Coded:
        """Some of its places."""
        return self._replace(codes=self.codes[rows])


Given = Plain | Coded


def given(column: pa.Array) -> Given:
    """What a column holds."""
    found = _plain(column)
    return coded(column) if found is None else found


def without_blank(batch: pa.RecordBatch, head: Columns) -> pa.RecordBatch:
    """The rows of a batch that say something: a blank row is no form."""
    blank: Any = None
    for place, meaning in enumerate(head.meanings):
        if meaning.role:
            here = _blank(batch.column(place))
            blank = here if blank is None else pc.and_(blank, here)
            if not pc.any(blank).as_py():
                return batch
    return batch if blank is None else batch.filter(pc.invert(blank))


def _blank(column: pa.Array) -> pa.Array:
    """Where a column says nothing."""
    if pa.types.is_dictionary(column.type):
        return pc.fill_null(_blank(column.dictionary).take(column.indices), fill_value=True)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return pc.fill_null(pc.equal(pc.utf8_trim_whitespace(column), ""), fill_value=True)
    return pc.is_null(column)


def refused(batch: pa.RecordBatch, head: Columns) -> Truths | None:
    """The rows with a character that no text may hold: those forms are not read."""
    found: Truths | None = None
    for place, meaning in enumerate(head.meanings):
        column = batch.column(place)
        words = column.dictionary if pa.types.is_dictionary(column.type) else column
        if not meaning.role or not (pa.types.is_string(words.type) or pa.types.is_large_string(words.type)):
            continue
        # What can be printed may be held; the rest is looked at one by one.
        doubtful = np.flatnonzero(~np.asarray(pc.fill_null(pc.utf8_is_printable(words), fill_value=True)))
        bad = [at for at in doubtful.tolist() if first_refused(words[at].as_py()) is not None]
        if bad:
            here = np.isin(np.asarray(column.indices.fill_null(-1)), bad) if words is not column else np.isin(np.arange(len(column)), bad)
            found = here if found is None else found | here
    return found


def coded(column: pa.Array) -> Coded:
    """A column by its distinct texts."""
    if not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(column)
    words = texts(column.dictionary)
    codes = column.indices
    if column.null_count:
        codes = codes.fill_null(len(words)) if len(words) <= np.iinfo(np.int8).max - 1 else codes.cast(pa.int32()).fill_null(len(words))
        words = [*words, ""]
    return Coded(codes.to_numpy(zero_copy_only=False), words)


def _plain(column: pa.Array) -> Plain | None:
    """A column as numbers, where all that it holds are numbers."""
    kind = column.type
    missing = np.asarray(column.is_null()) if column.null_count else None
    if pa.types.is_integer(kind) and not pa.types.is_uint64(kind):
        n = (column.fill_null(0) if missing is not None else column).to_numpy(zero_copy_only=False)
        return Plain(n, 0, missing)
    if pa.types.is_date32(kind):
        n = column.cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False)
        return Plain(n, 0, missing, days=True) if not len(n) or (n.min() >= _FIRST and n.max() <= _LAST) else None
    if pa.types.is_decimal(kind):
        return _decimals(column, missing)
    if pa.types.is_float64(kind):
        return _floats(column, missing)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _printed(column, missing)
    return None


def _decimals(column: pa.Array, missing: Truths | None) -> Plain | None:
    kind = column.type
    if not 0 <= kind.scale <= PLACES:
        return None
    if kind.bit_width <= 64:
        numbers = np.frombuffer(column.buffers()[1], np.int64 if kind.bit_width == 64 else np.int32)[column.offset : column.offset + len(column)]
        return Plain(numbers if missing is None else np.where(missing, 0, numbers), kind.scale, missing)
    if kind.bit_width == 256:
        return None
    # The low words of 128-bit decimals are the numbers, as long as those fit in them.
    words = np.frombuffer(column.buffers()[1], np.int64)[2 * column.offset : 2 * (column.offset + len(column))]
    low, high = words[::2], words[1::2]
    if missing is not None:
        low, high = np.where(missing, 0, low), np.where(missing, 0, high)
    if kind.precision > WHOLE_DIGITS and not bool((high == low >> 63).all()):
        return None
    return Plain(low, kind.scale, missing)


def _floats(column: pa.Array, missing: Truths | None) -> Plain | None:
    """Floats as the shortest decimals that stand for them, where those have few digits: 79.54 and not what a processor makes of it."""
    numbers = column.to_numpy(zero_copy_only=False)
    if missing is not None:
        numbers = np.where(missing, 0, numbers)
    if not np.isfinite(numbers).all():
        return None
    for places in _FLOAT_PLACES:
        scaled = np.rint(numbers * 10**places)
        # A decimal of fifteen digits at most is the shortest for the float that is nearest to it.
        if (np.abs(scaled) < _FLOAT_MOST).all() and (scaled / 10**places == numbers).all():
            return Plain(scaled.astype(np.int64), places, missing)
    return None


def _printed(column: pa.Array, missing: Truths | None) -> Plain | None:
    """Texts that are plain numbers, every one or none."""
    blank = pc.equal(column, "")
    if missing is not None or pc.any(blank).as_py():
        blank = pc.fill_null(blank, fill_value=True)
        column = pc.if_else(blank, "0", column)
        missing = np.asarray(blank)
    # Few columns of words get further than their first text.
    if not len(column) or not pc.match_substring_regex(column[:1], _PLAIN)[0].as_py() or not pc.all(pc.match_substring_regex(column, _PLAIN)).as_py():
        return None
    if pc.any(pc.match_substring(column, ".")).as_py():
        return _shortened(_decimals(pc.cast(column, pa.decimal128(18, _PRINTED)), missing))
    return Plain(pc.cast(column, pa.int64()).to_numpy(zero_copy_only=False), 0, missing)


def _shortened(column: Plain | None) -> Plain | None:
    """A column without the places that nothing in it uses."""
    for places in (2, 4):
        if column is not None and column.places > places and not (column.n % 10 ** (column.places - places)).any():
            return column._replace(n=column.n // 10 ** (column.places - places), places=places)
    return column


def printed(n: int, places: int) -> str:
    """The text of a number of 10**-places, as a decimal column prints it."""
    if not places:
        return str(n)
    digits = str(abs(n)).rjust(places + 1, "0")
    return f"{'-' if n < 0 else ''}{digits[:-places]}.{digits[-places:]}"
