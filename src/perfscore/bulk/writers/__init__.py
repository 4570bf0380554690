"""
The room of table writers: one file each, record batches to a file of some format.

A writer module has `ENDINGS`, the file endings it writes, `SAYS`, `EXTRA` and `PACKAGE`, what has to be installed, and `put(draft, schema, batches)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from perfscore.bulk.readers import need
from perfscore.bulk.whole import whole
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase
from perfscore.text.rooms import modules

if TYPE_CHECKING:
    import pyarrow as pa


class Writer(Protocol):
    """What every file of this room offers."""

    ENDINGS: tuple[str, ...]
    SAYS: Phrase
    PACKAGE: str
    EXTRA: str

    def put(self, draft: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
        """Write all batches, which have the schema, to a file that is there and empty; the same batches make the same bytes."""


def endings() -> tuple[str, ...]:
    """The endings of all files that can be written."""
    return tuple(ending for writer in _writers() for ending in writer.ENDINGS)


def find(name: str) -> Writer:
    """The writer for a file name; raises Rejected if there is none, or if it lacks what it needs."""
    found = next((writer for writer in _writers() if name.lower().endswith(writer.ENDINGS)), None)
    if found is None:
        says = Phrase(f"{name} 的格式不能写", f"{name} is in no format that can be written")
        listed = "、".join(endings())
        raise Rejected(
            [Diagnostic("unknown-table-format", says, hint=Phrase(f"可写的格式：{listed}", f"known endings: {listed.replace('、', ', ')}"))]
        )
    need("pyarrow", "bulk")
    need(found.PACKAGE, found.EXTRA)
    return found


def write(path: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch], *, replace: bool = False) -> None:
    """Write a table whole or not at all; raises Rejected for what cannot be written, or exists and is not to be replaced."""
    writer = find(path)
    with whole(path, replace=replace) as draft:
        writer.put(draft, schema, batches)


def _writers() -> list[Writer]:
    return [cast("Writer", import_module(f"{__name__}.{module}")) for module in modules(__path__)]
