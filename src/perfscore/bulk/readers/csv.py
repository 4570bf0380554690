"""CSV files in blocks, every cell a text as it is written, every row with the line of the file where it begins."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from perfscore.bulk.readers import BLOCK, Table, need
from perfscore.bulk.readers._rows import at, head, of_texts, open_file, with_lines
from perfscore.text.decode import text_of
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

ENDINGS = (".csv", ".tsv")
SAYS = Phrase("逗号分隔的表格（CSV）", "comma-separated table (CSV)")
#: The bytes that are parsed at once, the longest row, and the longest cell in characters.
CHUNK, LONGEST_ROW, LONGEST_CELL = 4_000_000, 16_000_000, 100_000
_SAMPLE = 1_000_000
_QUOTE, _NEWLINE = 34, 10
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class _Dialect(NamedTuple):
    """How a file is written: its encoding and mark, what stands between cells, and how many lines its head takes."""

    path: str
    encoding: str
    mark: int
    comma: str
    names: tuple[str, ...] = ()


class _Block(NamedTuple):
    """Whole rows in UTF-8 with plain line feeds, and the line where the first begins."""

    content: bytes
    line: int


def read(path: str, sheet: str | None) -> Table:
    """
    The table of a file in UTF-8, UTF-16 with its mark, or GB18030 (which is said); its first row is the names.

    An empty cell is an empty text, in quotes or not: spreadsheets quote as they please.
    """
    need("pyarrow", "bulk")
    with open_file(path) as file:
        sample = file.read(_SAMPLE)
        whole = len(sample) < _SAMPLE
    mark, encoding = next(((len(mark), name) for mark, name in _MARKS if sample.startswith(mark)), (0, "utf-8"))
    notes: tuple[Diagnostic, ...] = ()
    if not mark:
        # The first lines tell the encoding of all: a sample that is cut inside of a character would tell nothing.
        known = sample if whole else sample[: sample.rfind(b"\n") + 1]
        if not _is(known, "utf-8"):
            notes = text_of(known, path)[1]
            encoding = "gb18030"
    dialect = _Dialect(path, encoding, mark, "\t" if path.lower().endswith(".tsv") else ",")
    names = next((row for _, row in _slowly(_first(dialect), dialect) if isinstance(row, list)), [])
    dialect = dialect._replace(names=head(path, [name.strip() for name in names]))
    return Table(path, dialect.names, lambda: _batches(dialect), notes)


def _is(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _first(dialect: _Dialect) -> Iterator[_Block]:
    for block in _blocks(dialect):
        if isinstance(block, _Block):
            yield block


def _batches(dialect: _Dialect) -> Iterator[pa.RecordBatch | Rejected]:
    rest = _blocks(dialect)
    headless = False
    for block in rest:
        if isinstance(block, Rejected):
            yield block
            continue
        starts = _starts(block.content, dialect.comma)
        if starts is None:
            # A quote where no cell begins: what is a row then, only a reader that goes character by character can tell.
            yield from _slow_batches(_chained(block, rest), dialect, headless=headless)
            return
        lines = _lines(block, starts)
        skipped = 0
        if not headless:
            named = next((place for place in range(len(starts)) if _row(block.content, starts, place).strip()), None)
            skipped = len(starts) if named is None else named + 1
            headless = named is not None
        begin = int(starts[skipped]) if skipped < len(starts) else len(block.content)
        yield from _parsed(block.content[begin:], lines[skipped:], starts[skipped:] - begin, dialect)


def _chained(block: _Block, rest: Iterable[_Block | Rejected]) -> Iterator[_Block | Rejected]:
    yield block
    yield from rest


def _row(content: bytes, starts: NDArray[np.int64], place: int) -> bytes:
    return content[int(starts[place]) : int(starts[place + 1]) if place + 1 < len(starts) else len(content)]


def _blocks(dialect: _Dialect) -> Iterator[_Block | Rejected]:
    """The file in blocks that end where a row ends; rows that are not in its encoding are given back as such."""
    line, carried = 1, b""
    with open_file(dialect.path) as file:
        file.seek(dialect.mark)
        for chunk in _decoded(file, dialect):
            if isinstance(chunk, Rejected):
                yield chunk
                return
            carried += chunk
            cut = _cut(carried, dialect.comma)
            if cut == 0 and len(carried) > LONGEST_ROW:
                yield _endless(dialect.path, line, carried)
                return
            if cut:
                yield from _in_utf8(_Block(carried[:cut], line), dialect)
                line += carried.count(b"\n", 0, cut)
                carried = carried[cut:]
    if carried and _cut(carried + b"\n", dialect.comma) <= len(carried):
        yield from _unclosed(_Block(carried, line), dialect)
    elif carried:
        yield from _in_utf8(_Block(carried + b"\n", line), dialect)


def _decoded(file: BinaryIO, dialect: _Dialect) -> Iterator[bytes | Rejected]:
    """The bytes with plain line feeds; UTF-16, in which a line feed is no byte, as UTF-8."""
    decoder = codecs.getincrementaldecoder(dialect.encoding)() if dialect.encoding.startswith("utf-16") else None
    held, line = b"", 1
    while chunk := file.read(CHUNK):
        if decoder is not None:
            try:
                chunk = decoder.decode(chunk).encode("utf-8")
            except ValueError:
                yield Rejected([_damaged(dialect, line)])
                return
            line += chunk.count(b"\n")
        chunk, held = held + chunk, b""
        if chunk.endswith(b"\r"):
            chunk, held = chunk[:-1], b"\r"
        yield chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in chunk else chunk
    if held:
        yield b"\n"


def _in_utf8(block: _Block, dialect: _Dialect) -> Iterator[_Block | Rejected]:
    """The block in UTF-8. Line feeds, quotes and commas are no part of a longer character in GB18030 either, so that rows can be told apart before."""
    if dialect.encoding.startswith("utf-16") or (dialect.encoding == "utf-8" and _is(block.content, "utf-8")):
        yield block
        return
    if dialect.encoding != "utf-8" and _is(block.content, dialect.encoding):
        yield _Block(block.content.decode(dialect.encoding).encode("utf-8"), block.line)
        return
    good: list[bytes] = []
    first = line = block.line
    for row in _rows(block.content, dialect.comma):
        if _is(row, dialect.encoding):
            good.append(row.decode(dialect.encoding).encode("utf-8"))
        else:
            if good:
                yield _Block(b"".join(good), first)
            yield Rejected([_damaged(dialect, line)])
            good, first = [], line + row.count(b"\n")
        line += row.count(b"\n")
    if good:
        yield _Block(b"".join(good), first)


def _damaged(dialect: _Dialect, line: int) -> Diagnostic:
    says = Phrase(f"这一行不是 {dialect.encoding.upper()} 编码", f"the row is not in {dialect.encoding.upper()}")
    return Diagnostic("row-encoding", says, at(dialect.path, line), Phrase("请另存为 UTF-8 后再试", "save the file as UTF-8 and try again"))


def _rows(content: bytes, comma: str) -> list[bytes]:
    starts = _starts(content, comma)
    if starts is None:
        return content.splitlines(keepends=True)
    return [_row(content, starts, place) for place in range(len(starts))]


def _cut(content: bytes, comma: str) -> int:
    """Behind the last line feed at which a row ends, 0 if there is none."""
    if b'"' not in content:
        return content.rfind(b"\n") + 1
    ends = _ends(content)
    return int(ends[-1]) + 1 if len(ends) else 0


def _ends(content: bytes) -> NDArray[np.int64]:
    """The line feeds with an even number of quotes before them."""
    import numpy as np

    signs = np.frombuffer(content, np.uint8)
    feeds = np.flatnonzero(signs == _NEWLINE)
    quotes = np.flatnonzero(signs == _QUOTE)
    inside: NDArray[np.bool_] = np.searchsorted(quotes, feeds) % 2 == 1
    return feeds[~inside]


def _starts(content: bytes, comma: str) -> NDArray[np.int64] | None:
    """Where the rows begin; None where a quote stands inside of a cell that does not begin with one, so that counting quotes tells nothing."""
    import numpy as np

    if b'"' in content:
        signs = np.frombuffer(content, np.uint8)
        quotes = np.flatnonzero(signs == _QUOTE)
        edges = np.frombuffer(b"\n" + comma.encode() + b'"', np.uint8)
        before = np.where(quotes == 0, _NEWLINE, signs[quotes - 1])[::2]
        behind = np.where(quotes == len(signs) - 1, _NEWLINE, signs[np.minimum(quotes + 1, len(signs) - 1)])[1::2]
        if not (np.isin(before, edges).all() and np.isin(behind, edges).all()):
            return None
        ends = _ends(content)
    else:
        ends = np.flatnonzero(np.frombuffer(content, np.uint8) == _NEWLINE)
    return np.concatenate(([0], ends[:-1] + 1)) if len(ends) else np.zeros(0, np.int64)


def _lines(block: _Block, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The line of each row: as many line feeds stand before it."""
    import numpy as np

    if b'"' not in block.content:
        return np.arange(block.line, block.line + len(starts))
    feeds = np.flatnonzero(np.frombuffer(block.content, np.uint8) == _NEWLINE)
    lines: NDArray[np.int64] = block.line + np.searchsorted(feeds, starts)
    return lines


def _parsed(content: bytes, lines: NDArray[np.int64], starts: NDArray[np.int64], dialect: _Dialect) -> Iterator[pa.RecordBatch | Rejected]:
    """The rows of a block, those that have too few or too many cells, or one that is too long, in their places as what is wrong with them."""
    import numpy as np
    import pyarrow as pa
    from pyarrow import csv as arrow

    if not content:
        return
    bad: dict[int, Diagnostic] = {}

    def ragged(row: arrow.InvalidRow) -> str:
        place = row.number - 1
        bad[place] = _ragged(dialect, int(lines[place]), row.actual_columns)
        return "skip"

    keys = [f"c{place}" for place in range(len(dialect.names))]
    try:
        table = arrow.read_csv(
            pa.BufferReader(content),
            read_options=arrow.ReadOptions(use_threads=False, column_names=keys, block_size=len(content) + 1),
            parse_options=arrow.ParseOptions(delimiter=dialect.comma, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=ragged),
            convert_options=arrow.ConvertOptions(
                column_types=dict.fromkeys(keys, pa.string()), strings_can_be_null=False, quoted_strings_can_be_null=False
            ),
        )
    except (pa.ArrowException, ValueError):
        # What pyarrow cannot take apart, another reader may, and says it row by row if not.
        yield from _slow_batches(iter([_Block(content, int(lines[0]))]), dialect, headless=True)
        return
    good = np.delete(np.arange(len(lines)), list(bad))
    if len(good) != table.num_rows:
        yield from _slow_batches(iter([_Block(content, int(lines[0]))]), dialect, headless=True)
        return
    for place in _too_long(table):
        bad[int(good[place])] = _long_cell(dialect, int(lines[good[place]]))
    schema = pa.schema([pa.field(name, pa.string()) for name in dialect.names])
    arrays = [column.combine_chunks() for column in table.columns]
    whole = pa.RecordBatch.from_arrays([one.chunk(0) if isinstance(one, pa.ChunkedArray) else one for one in arrays], schema=schema)
    whole = with_lines(whole, lines[good])
    begin = 0
    for place in sorted(bad):
        end = int(np.searchsorted(good, place))
        yield from _sliced(whole, begin, end)
        yield Rejected([bad[place]])
        begin = end + (end < len(good) and good[end] == place)
    yield from _sliced(whole, begin, len(good))


def _sliced(whole: pa.RecordBatch, begin: int, end: int) -> Iterator[pa.RecordBatch]:
    for start in range(begin, end, BLOCK):
        yield whole.slice(start, min(BLOCK, end - start))


def _too_long(table: pa.Table) -> list[int]:
    """The rows with a cell that is too long."""
    import numpy as np
    import pyarrow.compute as pc

    found: set[int] = set()
    for column in table.columns:
        sizes = pc.binary_length(column)
        if len(column) and pc.max(sizes).as_py() > LONGEST_CELL:
            found.update(np.flatnonzero(pc.utf8_length(column).to_numpy() > LONGEST_CELL).tolist())
    return sorted(found)


def _slowly(blocks: Iterable[_Block | Rejected], dialect: _Dialect) -> Iterator[tuple[int, list[str] | Rejected]]:
    """The rows with their lines, by Python's own reader, which takes a quote inside of a cell for what it is; blank lines are none."""
    csv.field_size_limit(LONGEST_ROW)
    for block in blocks:
        if isinstance(block, Rejected):
            yield 0, block
            continue
        reader = csv.reader(io.StringIO(block.content.decode("utf-8"), newline=""), delimiter=dialect.comma)
        line = block.line
        try:
            for row in reader:
                if row:
                    yield line, row
                line = block.line + reader.line_num
        except csv.Error as failed:
            says = Phrase(f"从这一行起读不出来：{failed}", f"cannot read on from this row: {failed}")
            yield line, Rejected([Diagnostic("row-unreadable", says, at(dialect.path, line))])


def _slow_batches(blocks: Iterable[_Block | Rejected], dialect: _Dialect, *, headless: bool) -> Iterator[pa.RecordBatch | Rejected]:
    rows: list[list[str]] = []
    numbers: list[int] = []
    for line, row in _slowly(blocks, dialect):
        if not headless and isinstance(row, list):
            headless = True
            continue
        wrong = row if isinstance(row, Rejected) else _wrong_row(row, line, dialect)
        if (wrong or len(rows) == BLOCK) and rows:
            yield of_texts(dialect.names, rows, numbers)
            rows, numbers = [], []
        if wrong:
            yield wrong
        elif isinstance(row, list):
            rows.append(row)
            numbers.append(line)
    if rows:
        yield of_texts(dialect.names, rows, numbers)


def _wrong_row(row: list[str], line: int, dialect: _Dialect) -> Rejected | None:
    if len(row) != len(dialect.names):
        return Rejected([_ragged(dialect, line, len(row))])
    return Rejected([_long_cell(dialect, line)]) if any(len(cell) > LONGEST_CELL for cell in row) else None


def _ragged(dialect: _Dialect, line: int, found: int) -> Diagnostic:
    says = Phrase(
        f"这一行有 {found} 格，列名有 {len(dialect.names)} 个", f"the row has {found} cells, and there are {len(dialect.names)} names of columns"
    )
    hint = Phrase('格子里有逗号或换行时要用引号（"）括起来', 'a cell with a comma or a line feed in it stands in quotes (")')
    return Diagnostic("row-ragged", says, at(dialect.path, line), hint)


def _long_cell(dialect: _Dialect, line: int) -> Diagnostic:
    says = Phrase(f"这一行有一格超过 {LONGEST_CELL} 字", f"a cell of the row has more than {LONGEST_CELL} characters")
    return Diagnostic("cell-too-long", says, at(dialect.path, line))


def _unclosed(block: _Block, dialect: _Dialect) -> Iterator[_Block | Rejected]:
    """The end of a file in which a quote is never closed, unless it is one inside of a cell; a row that begins with it swallows the rest."""
    line = block.line
    if _starts(block.content + b'"\n', dialect.comma) is None:
        yield from _in_utf8(_Block(block.content + b"\n", line), dialect)
        return
    yield _endless(dialect.path, line, block.content)


def _endless(path: str, line: int, content: bytes) -> Rejected:
    lost = content.count(b"\n")
    says = Phrase(f"这一行有引号没有合上，后面 {lost} 行都没有读", f"a quote of this row is never closed, and {lost} lines behind it are not read")
    hint = Phrase("补上引号，或删去多余的引号", "close the quote, or delete it")
    return Rejected([Diagnostic("quote-swallows-rows", says, at(path, line), hint)])
