"""Parquet files, batch by batch: numbers keep their types, and dictionaries stay dictionaries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfscore.bulk.readers import BLOCK, Table, need
from perfscore.bulk.readers._rows import ahead, broken, head, numbered, real
from perfscore.text.diagnostic import Rejected
from perfscore.text.phrase import Phrase

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

ENDINGS = (".parquet", ".pq")
SAYS = Phrase("Parquet 文件", "Parquet file")
#: So many bytes of a column are read at a time.
_PIECE = 1 << 20


def read(path: str, sheet: str | None) -> Table:
    """The table of a file; memory is that of two batches and of what one row group needs to be decoded."""
    need("pyarrow", "bulk")
    real(path)
    with _opened(path) as file:
        names = file.schema_arrow.names
    return Table(path, head(path, names), lambda: _batches(path))


def _opened(path: str) -> pq.ParquetFile:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # Pieces of the columns are read as they are decoded. A mapped file would be no slower, and stay in memory as far as it was read.
        return pq.ParquetFile(path, pre_buffer=False, buffer_size=_PIECE)
    except (pa.ArrowException, OSError, ValueError) as failed:
        raise broken(path, SAYS, failed) from None


def _batches(path: str) -> Iterator[pa.RecordBatch | Rejected]:
    import pyarrow as pa

    try:
        with _opened(path) as file:
            yield from numbered(ahead(file.iter_batches(batch_size=BLOCK)))
    except (pa.ArrowException, OSError, ValueError) as failed:
        yield broken(path, SAYS, failed)
    except Rejected as rejected:
        yield rejected
