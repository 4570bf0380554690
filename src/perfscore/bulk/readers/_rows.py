"""What the readers of several formats do alike: rows get their numbers, and what cannot be read gets a name."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from perfscore.bulk.readers import LINE, MOST_COLUMNS
from perfscore.text.decode import opened
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase, same
from perfscore.text.source import Source, Span

if TYPE_CHECKING:
    import pyarrow as pa


def open_file(path: str) -> BinaryIO:
    """A regular file for reading bytes; raises Rejected for what is none."""
    return io.BufferedReader(io.FileIO(opened(path), "rb"))


def at(name: str, line: int) -> Span:
    """The beginning of a line."""
    return Span(Source(name, ""), line, 1, line, 1)


def broken(path: str, what: Phrase, why: object = "") -> Rejected:
    """A file that is not what its ending says."""
    told = str(why).split("\n", 1)[0][:200]
    behind = Phrase(f"：{told}", f": {told}") if told else same("")
    says = Phrase(f"{path} 不是完好的{what.zh}{behind.zh}", f"{path} is no sound {what.en}{behind.en}")
    hint = Phrase("请重新导出或重新获取这个文件", "export the file anew, or get it again")
    return Rejected([Diagnostic("table-broken", says, hint=hint)])


def head(path: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns; raises Rejected where there are none, or too many."""
    if not any(map(str.strip, names)):
        says = Phrase(f"{path} 没有列名", f"{path} has no names of columns")
        raise Rejected([Diagnostic("table-empty", says, at(path, 1), Phrase("第一行应是列名", "the first row should be the names of the columns"))])
    if len(names) > MOST_COLUMNS:
        says = Phrase(f"{path} 有 {len(names)} 列，超过 {MOST_COLUMNS} 列的上限", f"{path} has {len(names)} columns, and {MOST_COLUMNS} is the limit")
        raise Rejected([Diagnostic("too-many-columns", says, at(path, 1))])
    return tuple(names)


def numbered(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches with the numbers of their rows, from 1."""
    import numpy as np

    count = 1
    for batch in batches:
        yield with_lines(batch, np.arange(count, count + batch.num_rows))
        count += batch.num_rows


def ahead(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches, the next one read while somebody works on this one: decoding leaves the interpreter to others."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


def with_lines(batch: pa.RecordBatch, numbers: object) -> pa.RecordBatch:
    """A batch with its last column, whatever the other ones are called."""
    import pyarrow as pa

    schema = batch.schema.append(pa.field(LINE, pa.int64()))
    return pa.RecordBatch.from_arrays([*batch.columns, pa.array(numbers, pa.int64())], schema=schema)


def of_texts(names: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> pa.RecordBatch:
    """A batch of rows of texts."""
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    fields = [pa.field(name, pa.string()) for name in names]
    return with_lines(pa.RecordBatch.from_arrays([pa.array(column, pa.string()) for column in columns], schema=pa.schema(fields)), numbers)


def real(path: str) -> str:
    """The path of a regular file, for libraries that open it themselves; raises Rejected for what is none."""
    os.close(opened(path))
    return path
