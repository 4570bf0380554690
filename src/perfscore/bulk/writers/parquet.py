"""Record batches to a Parquet file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from perfscore.text.phrase import Phrase

if TYPE_CHECKING:
    import pyarrow as pa

ENDINGS = (".parquet", ".pq")
SAYS = Phrase("Parquet 文件", "Parquet file")
PACKAGE, EXTRA = "pyarrow", "bulk"


def put(draft: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    """A row group for each batch."""
    import pyarrow.parquet as pq

    with pq.ParquetWriter(draft, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)
