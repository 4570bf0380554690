"""Rows of a table to a file of a format, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from perfscore.bulk.sheets import Column, PlainRow, Sheet
from perfscore.bulk.whole import whole
from perfscore.text.phrase import Lang

if TYPE_CHECKING:
    import pyarrow as pa

#: The rows, from the first each time they are asked for.
Rows = Callable[[], Iterator[PlainRow]]

_BOM = "\ufeff"
#: Rows of a batch, and the digits that a decimal column has room for.
_BLOCK, _DIGITS = 4_096, 38
#: Two tables of the same rules have columns of one type, as far as can be.
_PLACES = 2


def write_sheet(path: str, sheet: Sheet, rows: Rows, format: str, lang: Lang) -> None:
    """Write a table; CSV and JSON Lines need nothing that has to be installed. Raises Rejected."""
    match format:
        case "csv":
            _csv(path, sheet, rows(), lang)
        case "jsonl":
            _jsonl(path, sheet, rows(), lang)
        case _:
            from perfscore.bulk.writers import find, write

            find(path)
            schema = _schema(sheet, rows, format, lang)
            write(path, schema, _batches(sheet, rows(), schema, format, lang), replace=True)


def _csv(path: str, sheet: Sheet, rows: Iterator[PlainRow], lang: Lang) -> None:
    """With a byte order mark, because Excel takes a file without one for GBK."""
    import csv

    from perfscore.bulk.writers.csv import guarded

    numbers = [column.kind in ("whole", "number") for column in sheet.columns]
    with whole(path, replace=True) as draft, open(draft, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.write(_BOM)
        lines = csv.writer(file, lineterminator="\r\n")
        lines.writerow([guarded(head) for head in sheet.heads("csv", lang)])
        for row in rows:
            cells = sheet.cells(row, "csv", lang)
            lines.writerow([guarded(cell) if isinstance(cell, str) and not number else cell for cell, number in zip(cells, numbers, strict=True)])


def _jsonl(path: str, sheet: Sheet, rows: Iterator[PlainRow], lang: Lang) -> None:
    names = sheet.heads("jsonl", lang)
    with whole(path, replace=True) as draft, open(draft, "wb") as file:
        for row in rows:
            cells = dict(zip(names, sheet.cells(row, "jsonl", lang), strict=True))
            file.write(json.dumps(cells, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")


def _schema(sheet: Sheet, rows: Rows, format: str, lang: Lang) -> pa.Schema:
    """Exact numbers are a decimal column as wide as they need; where one of them has no last digit, the column is a text."""
    import pyarrow as pa

    wide = {place: (1, _PLACES) for place, column in enumerate(sheet.columns) if column.kind == "number"}
    for row in rows():
        for place in list(wide):
            text = row[place]
            if text is None:
                continue
            whole_digits, _, behind = text.lstrip("-").partition(".")
            digits, places = max(wide[place][0], len(whole_digits)), max(wide[place][1], len(behind))
            if "/" in text or digits + places > _DIGITS:
                del wide[place]
            else:
                wide[place] = digits, places

    def of(place: int, column: Column) -> Any:
        if column.kind == "whole":
            return pa.int64()
        return pa.decimal128(_DIGITS, wide[place][1]) if place in wide else pa.string()

    heads = sheet.heads(format, lang)
    return pa.schema([pa.field(head, of(place, column)) for place, (head, column) in enumerate(zip(heads, sheet.columns, strict=True))])


def _batches(sheet: Sheet, rows: Iterator[PlainRow], schema: pa.Schema, format: str, lang: Lang) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    decimals = [pa.types.is_decimal(field.type) for field in schema]
    while block := [sheet.cells(row, format, lang) for row in islice(rows, _BLOCK)]:
        columns = [
            pa.array([_decimal(cell) if decimal else _sound(cell) for cell in cells], field.type)
            for cells, field, decimal in zip(zip(*block, strict=True), schema, decimals, strict=True)
        ]
        yield pa.record_batch(columns, schema=schema)


def _decimal(cell: str | int | None) -> Decimal | None:
    return None if cell is None else Decimal(cell)


def _sound(cell: str | int | None) -> str | int | None:
    """A cell that is text in every encoding: the name of a file may hold bytes that are none."""
    return cell.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(cell, str) else cell
