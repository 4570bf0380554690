"""Record batches to a workbook in which every text is a text: nothing in it is a formula or a link, and the same batches make the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from perfscore.bulk.values import cell_text, texts
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase

if TYPE_CHECKING:
    import pyarrow as pa

ENDINGS = (".xlsx",)
SAYS = Phrase("Excel 工作簿", "Excel workbook")
PACKAGE, EXTRA = "xlsxwriter", "xlsx"
#: Rows and columns of a sheet, and characters of a cell, that Excel has room for; digits of a number that it keeps.
MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS, DIGITS = 1_048_576, 16_384, 32_767, 15
#: Every workbook is of one day: the same input gives the same bytes.
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_QUIET = {
    **dict.fromkeys(("strings_to_numbers", "strings_to_formulas", "strings_to_urls"), False),
    "constant_memory": True,
}


def put(draft: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    """One sheet, row by row in constant memory; numbers that Excel would cut after 15 digits are texts. Raises Rejected for what is more than a sheet."""
    import xlsxwriter

    if len(schema) > MOST_COLUMNS:
        raise Rejected([_too_much()])
    book = xlsxwriter.Workbook(draft, _QUIET)
    book.set_properties({"created": _MADE})
    try:
        fill(book.add_worksheet(), book.add_format({"bold": True}), schema, batches)
    finally:
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as failed:
            # The disk is full, or the like: said as for every other file.
            raise failed.args[0] from None


def fill(sheet: Any, bold: Any, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    """One sheet of a workbook: the names, which stay in sight, and the rows."""
    for place, name in enumerate(schema.names):
        sheet.write_string(0, place, sound(name), bold)
    sheet.freeze_panes(1, 0)
    number = 0
    for batch in batches:
        for row in zip(*(_values(column) for column in batch.columns), strict=True):
            number += 1
            if number >= MOST_ROWS:
                raise Rejected([_too_much()])
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, place, value)
                elif value is not None:
                    sheet.write_number(number, place, value)


def sound(text: str) -> str:
    """A text that a workbook can hold: what XML has no character for as U+FFFD, and the end of a long one given up visibly."""
    text = _NO_XML.sub("\ufffd", text)
    behind = f"…（共 {len(text)} 字）"
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(behind)] + behind


def _values(column: pa.Array) -> list[Any]:
    import pyarrow as pa

    if pa.types.is_float32(column.type) or pa.types.is_float16(column.type):
        return texts(column)
    return [_value(value) for value in column.to_pylist()]


def _value(value: Any) -> Any:
    """A number that Excel keeps, or a text."""
    if value is None or value == "":
        return None
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        digits = len(Decimal(value).as_tuple().digits)
        return value if digits <= DIGITS and Decimal(value).is_finite() else cell_text(value)
    return sound(cell_text(value))


def _too_much() -> Diagnostic:
    says = Phrase(
        f"结果超过 Excel 的 {MOST_ROWS} 行或 {MOST_COLUMNS} 列", f"the result has more than the {MOST_ROWS} rows or {MOST_COLUMNS} columns of Excel"
    )
    return Diagnostic("too-many-rows", says, hint=Phrase("请改用 CSV 或 Parquet", "write CSV or Parquet instead"))
