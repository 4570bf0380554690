"""Record batches to an Arrow IPC file, which is read where it lies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from perfscore.text.phrase import Phrase

if TYPE_CHECKING:
    import pyarrow as pa

ENDINGS = (".arrow", ".feather", ".ipc")
SAYS = Phrase("Arrow IPC 文件", "Arrow IPC file")
PACKAGE, EXTRA = "pyarrow", "bulk"


def put(draft: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    """Batch by batch, as they are."""
    import pyarrow as pa

    with pa.OSFile(draft, "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
