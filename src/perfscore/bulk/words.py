"""Columns of texts compared as they stand in Arrow, without a Python text for every cell: which are blank, which are equal, which no text may hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from perfscore.bulk.values import texts
from perfscore.text.show import UNSAFE

Array = NDArray[Any]
#: Surrogates are in no text of Arrow.
_REFUSED = "[" + "".join(c if c == "-" else f"\\x{{{ord(c):x}}}" for c in UNSAFE.replace("\ud800-\udfff", "")) + "]"


def textual(kind: Any) -> bool:
    """Whether a column holds texts, by a dictionary or not."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def codes(column: pa.Array) -> Array:
    """Numbers that are equal where the cells print the same."""
    if pa.types.is_dictionary(column.type):
        if column.null_count or column.dictionary.null_count or pc.count_distinct(column.dictionary).as_py() < len(column.dictionary):
            return codes(column.dictionary_decode())
        return np.asarray(column.indices.to_numpy(zero_copy_only=False))
    if pa.types.is_integer(column.type) and not column.null_count:
        return np.asarray(column.to_numpy(zero_copy_only=False))
    found = pc.dictionary_encode(column, null_encoding="encode")
    return np.asarray(found.indices.to_numpy(zero_copy_only=False))


def trimmed(column: pa.Array) -> pa.Array:
    """The texts of a column without spaces at their ends, what is no text as printed; nothing is an empty text."""
    if not textual(column.type):
        return pa.array([text.strip() for text in texts(column)], pa.string())
    words = column.dictionary if pa.types.is_dictionary(column.type) else column
    if not column.null_count and not words.null_count and _plain_letters(words, ord("!")):
        return column
    if pa.types.is_dictionary(column.type):
        words = pc.utf8_trim_whitespace(column.dictionary.fill_null(""))
        if words.equals(column.dictionary) and not column.null_count:
            return column
        return words.take(column.indices).fill_null("")
    return pc.utf8_trim_whitespace(column.fill_null(""))


def same(one: pa.Array, other: pa.Array) -> NDArray[np.bool_]:
    """Where two columns of trimmed texts have the same."""
    plain = [column.dictionary_decode() if pa.types.is_dictionary(column.type) else column for column in (one, other)]
    if plain[0].type != plain[1].type:
        plain = [column.cast(pa.large_string()) for column in plain]
    return np.asarray(pc.equal(*plain).to_numpy(zero_copy_only=False))


def blank(column: pa.Array) -> NDArray[np.bool_]:
    """Where a column of trimmed texts has none."""
    if pa.types.is_dictionary(column.type):
        empty = pc.equal(column.dictionary, "").to_numpy(zero_copy_only=False)
        return np.asarray(empty.take(column.indices.to_numpy(zero_copy_only=False))) if empty.any() else np.zeros(len(column), np.bool_)
    return np.asarray(pc.equal(column, "").to_numpy(zero_copy_only=False))


def refused(column: pa.Array) -> NDArray[np.bool_] | None:
    """Where a text holds a character that no text may hold; None if none does."""
    words = column.dictionary if pa.types.is_dictionary(column.type) else column
    if not len(words) or _plain_letters(words):
        return None
    return among(column, pc.match_substring_regex(words, _REFUSED))


def among(column: pa.Array, matched: pa.Array) -> NDArray[np.bool_] | None:
    """Where the text of a column is one of the distinct ones that were matched."""
    found = matched.fill_null(fill_value=False).to_numpy(zero_copy_only=False)
    if not found.any():
        return None
    if not pa.types.is_dictionary(column.type):
        return np.asarray(found)
    places = column.indices.fill_null(len(found)).to_numpy(zero_copy_only=False)
    return np.asarray(np.append(found, values=False)[places])


def _plain_letters(words: pa.Array, least: int = ord(" ")) -> bool:
    """Whether there is nothing but printable ASCII from a character on in all texts, as in codes and numbers."""
    letters = words.buffers()[2]
    if letters is None:
        return True
    width = np.int64 if pa.types.is_large_string(words.type) else np.int32
    ends = np.frombuffer(words.buffers()[1], width)
    used = np.frombuffer(letters, np.uint8)[ends[words.offset] : ends[words.offset + len(words)]]
    return not len(used) or bool(used.min() >= least and used.max() < 0x7F)
