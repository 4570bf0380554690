"""A value of a typed column to the text that a form would print for it: the one place that says how."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


def cell_text(value: Any) -> str:
    """
    The text for a value: nothing for a null, a text as it is, a number exactly and without an exponent, a day as 2024-06-20, 是 and 否.

    A float is the shortest decimal number that stands for it, and whole ones have no point. Lists and mappings are JSON of such texts.
    """
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "是" if value else "否"
        case int() | Decimal():
            return format(value, "d" if isinstance(value, int) else "f")
        case float():
            return shortest(repr(value))
        case datetime():
            # A day that a system keeps as its midnight is a day.
            return value.date().isoformat() if value.tzinfo is None and not any(value.timetuple()[3:6]) else value.isoformat(" ")
        case date():
            return value.isoformat()
        case bytes():
            return value.decode("utf-8", "backslashreplace")
        case list() | tuple() | dict():
            return json.dumps(_texts_inside(value), ensure_ascii=False)
        case _:
            return str(value)


def shortest(written: str) -> str:
    """The decimal digits of a float as it is written, `1e-05` and `100.0`: without exponent, and without a fraction of zeros."""
    number = Decimal(written)
    if not number.is_finite():
        # Told as a value that cannot be read, where it stands.
        return written
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def texts(column: pa.Array) -> list[str]:
    """The texts of a whole column."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        words = texts(column.dictionary)
        return ["" if place is None else words[place] for place in column.indices.to_pylist()]
    if pa.types.is_float32(column.type) or pa.types.is_float16(column.type):
        # As Python floats they would show digits that nobody wrote: 0.1 is 0.10000000149011612.
        return ["" if number is None else shortest(str(number)) for number in _narrow(column)]
    return [cell_text(value) for value in column.to_pylist()]


def _narrow(column: pa.Array) -> list[Any]:
    import numpy as np

    narrow = np.float32 if column.type.bit_width == 32 else np.float16
    return [None if number is None else narrow(number) for number in column.to_pylist()]


def _texts_inside(value: Any) -> Any:
    match value:
        case list() | tuple():
            return [_texts_inside(one) for one in value]
        case dict():
            return {cell_text(key): _texts_inside(one) for key, one in value.items()}
        case _:
            return cell_text(value)


def without_views(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with its texts as such: polars lends them as views, for which Arrow has hardly a function."""
    import pyarrow as pa

    views = {pa.string_view(): pa.large_string(), pa.binary_view(): pa.large_binary()}
    columns = []
    for column in batch.columns:
        kind = column.type
        if kind in views:
            columns.append(column.cast(views[kind]))
        elif pa.types.is_dictionary(kind) and kind.value_type in views:
            columns.append(pa.DictionaryArray.from_arrays(column.indices, column.dictionary.cast(views[kind.value_type])))
        else:
            columns.append(column)
    if all(one is other for one, other in zip(columns, batch.columns, strict=True)):
        return batch
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)
