"""Rows of a table to a file of a format, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable

from perfscore.bulk.disk import whole
from perfscore.bulk.sheets import PlainRow, Sheet
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Lang, Phrase

#: What a spreadsheet takes for the beginning of a formula, in its full-width forms, too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BOM = "\ufeff"


def write_sheet(path: str, sheet: Sheet, rows: Iterable[PlainRow], format: str, lang: Lang) -> None:
    """Write the rows of a table."""
    match format:
        case "csv":
            _csv(path, sheet, rows, lang)
        case "jsonl":
            _jsonl(path, sheet, rows, lang)
        case _:
            raise Rejected([Diagnostic("unknown-format", Phrase(f"不能写成 {format}", f"cannot write {format}"))])


def _csv(path: str, sheet: Sheet, rows: Iterable[PlainRow], lang: Lang) -> None:
    """With a byte order mark, because Excel takes a file without one for GBK."""
    import csv
    from io import TextIOWrapper

    numbers = [column.kind in ("whole", "number") for column in sheet.columns]
    with whole(path) as file:
        text = TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="")
        text.write(_BOM)
        lines = csv.writer(text, lineterminator="\r\n")
        lines.writerow([_safe(head) for head in sheet.heads("csv", lang)])
        for row in rows:
            cells = sheet.cells(row, "csv", lang)
            lines.writerow([_safe(cell) if isinstance(cell, str) and not number else cell for cell, number in zip(cells, numbers, strict=True)])
        text.flush()
        text.detach()


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _jsonl(path: str, sheet: Sheet, rows: Iterable[PlainRow], lang: Lang) -> None:
    names = sheet.heads("jsonl", lang)
    with whole(path) as file:
        for row in rows:
            cells = dict(zip(names, sheet.cells(row, "jsonl", lang), strict=True))
            file.write(json.dumps(cells, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
