"""Workbooks, row by row: numbers as Excel shows them up to 15 digits, days as 2024-06-20, and nothing that a formula has not left behind."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from perfscore.bulk.readers import BLOCK, MOST_COLUMNS, Table, need
from perfscore.bulk.readers._rows import at, broken, head, of_texts, real
from perfscore.bulk.values import cell_text, shortest
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase, listed

if TYPE_CHECKING:
    import pyarrow as pa

ENDINGS = (".xlsx", ".xlsm")
SAYS = Phrase("Excel 工作簿", "Excel workbook")
#: What a workbook may hold: parts, bytes of all of them unpacked, bytes of the texts that have to be in memory, and how far a part may be packed.
MOST_PARTS, MOST_BYTES, MOST_TEXTS, MOST_PACKED, SMALL = 2_000, 2_000_000_000, 200_000_000, 200, 8_000_000
#: Rows of a sheet of Excel.
MOST_ROWS = 1_048_576
_ENTITY = b"<!DOCTYPE"


def read(path: str, sheet: str | None) -> Table:
    """The table of the first sheet, or of the one that is named; its first row that is not blank is the names."""
    need("pyarrow", "bulk")
    need("openpyxl", "xlsx")
    _vet(real(path))
    book = _book(path)
    try:
        sheets = tuple(book.sheetnames)
    finally:
        book.close()
    if sheet is not None and sheet not in sheets:
        says = Phrase(f"{path} 没有工作表 {sheet}", f"{path} has no sheet {sheet}")
        every = listed(sheets)
        raise Rejected([Diagnostic("no-sheet", says, hint=Phrase(f"有这些工作表：{every.zh}", f"its sheets: {every.en}"))])
    if not sheets:
        raise broken(path, SAYS)
    chosen = sheet or sheets[0]
    notes: tuple[Diagnostic, ...] = ()
    if sheet is None and len(sheets) > 1:
        says = Phrase(f"{path} 有 {len(sheets)} 个工作表，读的是 {chosen}", f"{path} has {len(sheets)} sheets, and {chosen} is read")
        notes = (Diagnostic("first-sheet", says, severity="warning"),)
    first = next(iter(_rows(path, chosen, None)), (0, []))
    if isinstance(first[1], Rejected):
        raise first[1]
    names = list(map(str.strip, first[1]))
    while names and not names[-1]:
        names.pop()
    return Table(f"{path}!{chosen}", head(path, names), lambda: _batches(path, chosen, tuple(names)), notes)


def _vet(path: str) -> None:
    """Refuse what unpacks to more than anybody has, before any of it is unpacked; the sizes that a member claims are held to when it is read."""
    try:
        with zipfile.ZipFile(path) as book:
            parts = book.infolist()
            heavy = len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES
            for part in parts:
                heavy |= part.file_size > SMALL and part.file_size > MOST_PACKED * part.compress_size
                heavy |= part.filename.lower().endswith(("sharedstrings.xml", "styles.xml", "workbook.xml")) and part.file_size > MOST_TEXTS
            double = len({part.filename.lower() for part in parts}) < len(parts)
            locked = any(part.flag_bits & 1 for part in parts)
            entity = not heavy and not locked and any(_declares(book, part) for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError, zlib.error) as failed:
        raise broken(path, SAYS, failed) from None
    if heavy:
        says = Phrase(f"{path} 解压后过大，或压缩得不正常", f"{path} unpacks to too much, or is packed too far")
        raise Rejected([Diagnostic("workbook-too-large", says, hint=Phrase("请另存为 CSV 后再试", "save it as CSV and try again"))])
    if double or locked or entity:
        raise broken(path, SAYS)


def _declares(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part declares entities, which no workbook needs; a declaration stands at the beginning."""
    with book.open(part) as content:
        beginning = content.read(4096)
    return _ENTITY in beginning or _ENTITY in beginning.replace(b"\0", b"")


def _book(path: str, *, values: bool = True) -> Any:
    import warnings

    import openpyxl

    try:
        with warnings.catch_warnings():
            # Of styles and extensions that openpyxl does not know; no value is in them.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(path, read_only=True, data_only=values, keep_links=False)
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as failed:  # noqa: BLE001 - openpyxl lets through whatever its parsers meet in a broken file
        raise broken(path, SAYS, type(failed).__name__) from None


def _batches(path: str, sheet: str, names: tuple[str, ...]) -> Iterator[pa.RecordBatch | Rejected]:
    rows: list[list[str]] = []
    numbers: list[int] = []
    found = _rows(path, sheet, len(names))
    next(found, None)
    for number, row in found:
        if (isinstance(row, Rejected) or len(rows) == BLOCK) and rows:
            yield of_texts(names, rows, numbers)
            rows, numbers = [], []
        if isinstance(row, Rejected):
            yield row
        else:
            rows.append(row + [""] * (len(names) - len(row)))
            numbers.append(number)
    if rows:
        yield of_texts(names, rows, numbers)


def _rows(path: str, sheet: str, columns: int | None) -> Iterator[tuple[int, list[str] | Rejected]]:
    """The rows that are not blank, by their numbers. A formula without a value, which another program never computed, is not taken for a blank cell."""
    try:
        book = _book(path)
        formulas = _book(path, values=False) if _has_formulas(path) else None
    except Rejected as rejected:
        yield 0, rejected
        return
    try:
        known = book[sheet]
        if not hasattr(known, "iter_rows"):
            yield 0, broken(path, SAYS, sheet)
            return
        known.reset_dimensions()
        asked = None if formulas is None else formulas[sheet]
        if asked is not None:
            asked.reset_dimensions()
        most = columns or MOST_COLUMNS + 1
        beside = iter(asked.iter_rows(max_col=most)) if asked is not None else None
        for number, cells in enumerate(known.iter_rows(max_col=most), 1):
            written = next(beside, ()) if beside is not None else ()
            if number > MOST_ROWS:
                says = Phrase(f"工作表超过 {MOST_ROWS} 行", f"the sheet has more than {MOST_ROWS} rows")
                yield number, Rejected([Diagnostic("too-many-rows", says, at(f"{path}!{sheet}", number))])
                return
            row = [_shown(cell) for cell in cells]
            lacking = next((place for place, cell in enumerate(written) if cell.data_type == "f" and not "".join(row[place : place + 1])), None)
            if lacking is not None:
                yield number, _without_value(f"{path}!{sheet}", number, lacking)
            elif any(map(str.strip, row)):
                yield number, row
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as failed:  # noqa: BLE001 - as above
        yield 0, broken(path, SAYS, type(failed).__name__)
    finally:
        book.close()
        if formulas is not None:
            formulas.close()


def _has_formulas(path: str) -> bool:
    """Whether any sheet has a formula: only then is it read twice."""
    with zipfile.ZipFile(path) as book:
        for part in book.namelist():
            if part.lower().startswith("xl/worksheets/"):
                with book.open(part) as content:
                    end = b""
                    while chunk := content.read(1_000_000):
                        if re.search(rb"<(\w+:)?f[ />]", end + chunk):
                            return True
                        end = chunk[-16:]
    return False


def _without_value(name: str, number: int, place: int) -> Rejected:
    says = Phrase(f"第 {place + 1} 列是公式，文件里没有它的值", f"column {place + 1} is a formula, and the file does not have its value")
    hint = Phrase("请用 Excel 打开并保存一次", "open the file in Excel and save it")
    return Rejected([Diagnostic("formula-without-value", says, at(name, number)._replace(column=place + 1, end_column=place + 2), hint)])


def _shown(cell: Any) -> str:
    """A cell as Excel shows it: the digits that it has, with the per-cent sign or the unit of its format."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return cell_text(value)
    written = shortest(f"{value:.15g}") if isinstance(value, float) else str(value)
    form = str(cell.number_format or "").split(";", 1)[0]
    if "%" in re.sub(r'"[^"]*"|\\.', "", form):
        return f"{shortest(str(Decimal(written).scaleb(2)))}%"
    behind = re.fullmatch(r'[#0,.?]+"([^"]+)"', form)
    return f"{written}{behind[1]}" if behind else written
