"""Arrow IPC files and streams, and frames that speak the Arrow stream interface, batch by batch as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from perfscore.bulk.readers import Table, need
from perfscore.bulk.readers._rows import broken, head, numbered, real
from perfscore.bulk.values import without_views
from perfscore.text.diagnostic import Rejected
from perfscore.text.phrase import Phrase

if TYPE_CHECKING:
    import pyarrow as pa

ENDINGS = (".arrow", ".feather", ".ipc", ".arrows")
SAYS = Phrase("Arrow IPC 文件", "Arrow IPC file")


def read(path: str, sheet: str | None) -> Table:
    """The table of a file or a stream; the batches lie in the file as they lie in memory."""
    need("pyarrow", "bulk")
    real(path)
    names, _ = _opened(path)
    return Table(path, head(path, names), lambda: _batches(path, _opened(path)[1]))


def _opened(path: str) -> tuple[list[str], Iterator[pa.RecordBatch]]:
    import pyarrow as pa

    try:
        content = pa.memory_map(path)
        if content.size() >= 6 and content.read(6) == b"ARROW1":
            reader = pa.ipc.open_file(content)
            return reader.schema.names, (reader.get_batch(place) for place in range(reader.num_record_batches))
        content.seek(0)
        stream = pa.ipc.open_stream(content)
    except (pa.ArrowException, OSError, ValueError) as failed:
        raise broken(path, SAYS, failed) from None
    return stream.schema.names, iter(stream)


def _batches(path: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch | Rejected]:
    import pyarrow as pa

    try:
        yield from numbered(_sound(batches))
    except (pa.ArrowException, OSError, ValueError) as failed:
        yield broken(path, SAYS, failed)


def _sound(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        # Offsets of a damaged file lead out of its memory.
        batch.validate(full=True)
        yield without_views(batch)


def of_stream(given: Any, name: str) -> Table:
    """The table of an object with `__arrow_c_stream__`."""
    import pyarrow as pa

    if not hasattr(given, "__arrow_c_stream__"):
        says = Phrase("Arrow 接口的数据框", "data frame that speaks the Arrow interface")
        raise broken(name, says, type(given).__name__)
    try:
        first = pa.RecordBatchReader.from_stream(given)
    except (pa.ArrowException, ValueError, TypeError) as failed:
        raise broken(name, SAYS, failed) from None
    waiting = [first]

    def batches() -> Iterator[pa.RecordBatch | Rejected]:
        return _batches(name, waiting.pop() if waiting else pa.RecordBatchReader.from_stream(given))

    return Table(name, head(name, first.schema.names), batches)
