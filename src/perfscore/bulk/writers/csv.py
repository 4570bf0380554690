"""Record batches to CSV that Excel opens as it is: UTF-8 with its mark, and no text that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from perfscore.bulk.values import texts
from perfscore.text.phrase import Phrase

if TYPE_CHECKING:
    import pyarrow as pa

ENDINGS = (".csv",)
SAYS = Phrase("逗号分隔的表格（CSV）", "comma-separated table (CSV)")
PACKAGE, EXTRA = "pyarrow", "bulk"
#: Beginnings that Excel obeys, in full width, too, and behind blanks and quotes; with `|` a cell calls a program (DDE).
_OBEYED = re.compile("[ \u3000\xa0\"']*[=+\\-@＝＋－＠|\t\r\n]")
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?%?")


def put(draft: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    """One line for the names, one for each row; a text that a spreadsheet would obey begins with an apostrophe."""
    import pyarrow as pa

    with open(draft, "w", encoding="utf-8-sig", errors="backslashreplace", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\r\n")
        writer.writerow(map(guarded, schema.names))
        for batch in batches:
            columns = []
            for column in batch.columns:
                kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
                number = pa.types.is_integer(kind) or pa.types.is_decimal(kind) or pa.types.is_floating(kind)
                columns.append(texts(column) if number else list(map(guarded, texts(column))))
            writer.writerows(zip(*columns, strict=True))


def guarded(text: str) -> str:
    """A text that stays one in a spreadsheet; a plain negative number does no harm."""
    return f"'{text}" if _OBEYED.match(text) and not _NUMBER.fullmatch(text) else text
