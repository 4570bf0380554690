"""JSON Lines, one object a line: the characters of numbers are kept, and a line that cannot be read does not stop the others."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from perfscore.bulk.readers import BLOCK, Table, need
from perfscore.bulk.readers._rows import at, head, of_texts, open_file
from perfscore.bulk.values import cell_text
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase

if TYPE_CHECKING:
    import pyarrow as pa

ENDINGS = (".jsonl", ".ndjson")
SAYS = Phrase("JSON Lines 文件", "JSON Lines file")
#: The longest line, in bytes: as much as a form file may have.
LONGEST = 5_000_000


class _Double(ValueError):
    """A key that stands twice in one object."""


def read(path: str, sheet: str | None) -> Table:
    """The table of all objects; its columns are the keys of all of them, so that the file is read twice. What an object holds inside is `outer.inner`."""
    need("pyarrow", "bulk")
    names: dict[str, None] = {}
    for _, found in _objects(path):
        if not isinstance(found, Rejected):
            names.update(dict.fromkeys(found))
    columns = head(path, list(names))
    return Table(path, columns, lambda: _batches(path, columns))


def _batches(path: str, names: tuple[str, ...]) -> Iterator[pa.RecordBatch | Rejected]:
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, found in _objects(path):
        if isinstance(found, Rejected) or len(rows) == BLOCK:
            if rows:
                yield of_texts(names, rows, numbers)
            rows, numbers = [], []
        if isinstance(found, Rejected):
            yield found
        else:
            rows.append([found.get(name, "") for name in names])
            numbers.append(number)
    if rows:
        yield of_texts(names, rows, numbers)


def _objects(path: str) -> Iterator[tuple[int, dict[str, str] | Rejected]]:
    with open_file(path) as file:
        for number, line in _lines(file):
            if line is None:
                yield number, _wrong(path, number, Phrase(f"这一行超过 {LONGEST} 字节", f"the line has more than {LONGEST} bytes"))
            elif line.strip():
                yield number, _object(path, number, line)


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    number = 0
    while line := file.readline(LONGEST):
        number += 1
        if len(line) == LONGEST and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST)
            yield number, None
        else:
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _object(path: str, number: int, line: bytes) -> dict[str, str] | Rejected:
    try:
        found = json.loads(line.decode("utf-8"), parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_once)
    except _Double as double:
        return _wrong(path, number, Phrase(f"键 {double} 写了两次", f"the key {double} stands twice"))
    except UnicodeDecodeError:
        return _wrong(path, number, Phrase("这一行不是 UTF-8", "the line is not UTF-8"))
    except RecursionError:
        return _wrong(path, number, Phrase("这一行嵌套太深", "the line is nested too deeply"))
    except ValueError as failed:
        return _wrong(path, number, Phrase(f"这一行不是 JSON：{failed}", f"the line is not JSON: {failed}"))
    if not isinstance(found, dict):
        return _wrong(path, number, Phrase("这一行不是 JSON 对象", "the line is no JSON object"))
    try:
        return _once(list(_flat(found)))
    except _Double as double:
        return _wrong(path, number, Phrase(f"键 {double} 写了两次", f"the key {double} stands twice"))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Double(next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1))
    return found


def _flat(found: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in found.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", cell_text(value)


def _wrong(path: str, number: int, says: Phrase) -> Rejected:
    return Rejected([Diagnostic("line-unreadable", says, at(path, number))])
