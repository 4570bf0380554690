"""
The room of table readers: one file each, a file of some format to record batches.

A reader module has `ENDINGS`, the file endings it reads, `SAYS`, and `read(path, sheet) -> Table`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase
from perfscore.text.rooms import modules

if TYPE_CHECKING:
    import pyarrow as pa

#: The last column of every batch: the line of the file where a row begins, for formats without lines the number of the row, from 1.
LINE = "#line"
#: Rows of a batch.
BLOCK = 65_536
#: The most columns that a table may have.
MOST_COLUMNS = 10_000


class Table(NamedTuple):
    """
    A table as it stands in a file: the name shown to people, the names of its columns, and its rows, from the first each time they are asked for.

    What cannot be read of it stands among the batches as Rejected, in its place; the batches have the columns of the head and `LINE`.
    """

    name: str
    names: tuple[str, ...]
    batches: Callable[[], Iterator[pa.RecordBatch | Rejected]]
    #: What its reader should know about how it was read (warnings; usually none).
    notes: tuple[Diagnostic, ...] = ()


class Reader(Protocol):
    """What every file of this room offers."""

    ENDINGS: tuple[str, ...]
    SAYS: Phrase

    def read(self, path: str, sheet: str | None) -> Table:
        """The table of a file; raises Rejected for what cannot be opened or has no head."""


def endings() -> tuple[str, ...]:
    """The endings of all files that are tables."""
    return tuple(ending for reader in _readers() for ending in reader.ENDINGS)


def find(name: str) -> Reader:
    """The reader for a file name; raises Rejected if there is none."""
    found = next((reader for reader in _readers() if name.lower().endswith(reader.ENDINGS)), None)
    if found is None:
        says = Phrase(f"{name} 的格式不能作为表格读取", f"{name} is no table in a format that can be read")
        listed = "、".join(endings())
        raise Rejected(
            [Diagnostic("unknown-table-format", says, hint=Phrase(f"可读的格式：{listed}", f"known endings: {listed.replace('、', ', ')}"))]
        )
    return found


def read(path: str, sheet: str | None = None) -> Table:
    """The table of a file, of a workbook its first sheet or the one that is named; raises Rejected for what cannot be opened or has no head."""
    return find(path).read(path, sheet)


def frame(given: object, name: str = "table") -> Table:
    """The table of any data frame that speaks the Arrow stream interface; a frame can be asked for its rows again, a stream only once."""
    need("pyarrow", "bulk")
    from perfscore.bulk.readers.arrow import of_stream

    return of_stream(given, name)


def need(package: str, extra: str) -> None:
    """Raises Rejected, with what to install, where a package is not there."""
    try:
        import_module(package)
    except ImportError:
        says = Phrase(f"读写这种表格要用 {package}，没有安装", f"tables of this format need {package}, which is not installed")
        hint = Phrase(f"请运行 pip install 'perfscore[{extra}]'", f"run pip install 'perfscore[{extra}]'")
        raise Rejected([Diagnostic("extra-missing", says, hint=hint)]) from None


def _readers() -> list[Reader]:
    return [cast("Reader", import_module(f"{__name__}.{module}")) for module in modules(__path__)]
