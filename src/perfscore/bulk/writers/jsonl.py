"""Record batches to JSON Lines, one object a line; decimal numbers are texts, as in all JSON of this project, because programs read numbers as floats."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from perfscore.bulk.values import cell_text, texts
from perfscore.text.phrase import Phrase

if TYPE_CHECKING:
    import pyarrow as pa

ENDINGS = (".jsonl", ".ndjson")
SAYS = Phrase("JSON Lines 文件", "JSON Lines file")
PACKAGE, EXTRA = "pyarrow", "bulk"


def put(draft: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    """Whole numbers, yes and no, and nulls stay what they are; everything else is the text of its cell."""
    with open(draft, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as lines:
        for batch in batches:
            rows = zip(*(_values(column) for column in batch.columns), strict=True)
            lines.writelines(json.dumps(dict(zip(schema.names, row, strict=True)), ensure_ascii=False) + "\n" for row in rows)


def _values(column: pa.Array) -> list[Any]:
    import pyarrow as pa

    if pa.types.is_float32(column.type) or pa.types.is_float16(column.type):
        return texts(column)
    return [value if value is None or isinstance(value, bool | int | str) else cell_text(value) for value in column.to_pylist()]
