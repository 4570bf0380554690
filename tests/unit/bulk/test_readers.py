"""Readers of tables: every cell as it is written with the line where it stands, and what is broken told without stopping the rest."""

import json
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from perfscore.bulk import readers, writers
from perfscore.bulk.readers import LINE, csv
from perfscore.text.diagnostic import Rejected

pa = pytest.importorskip("pyarrow")

DAY = datetime.fromisoformat("2024-06-20")
Found = list[tuple[Any, ...]]


def written(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def found(path: str) -> Found:
    """Every row with its line behind it; of what cannot be read the line and the code."""
    rows: Found = []
    for batch in readers.read(path).batches():
        if isinstance(batch, Rejected):
            rows += [(one.code, one.span.line if one.span else 0) for one in batch.diagnostics]
        else:
            assert batch.schema.names[-1] == LINE
            rows += [tuple(row.values()) for row in batch.to_pylist()]
    return rows


def refused(path: str) -> list[str]:
    with pytest.raises(Rejected) as rejected:
        readers.read(path)
    assert all(one.says.zh and one.says.en for one in rejected.value.diagnostics)
    return [one.code for one in rejected.value.diagnostics]


CSV: list[tuple[bytes, Found]] = [
    (b"a,b\n001,NA\n", [("001", "NA", 2)]),
    (b'\xef\xbb\xbfa,b\r\n"x, y",\r\n"",""\r\n1,2', [("x, y", "", 2), ("", "", 3), ("1", "2", 4)]),
    (b"a,b\r1,2\r3,4\r", [("1", "2", 2), ("3", "4", 3)]),
    (b'a,b\n"x\ny\n\nz",2\n3,4\n', [("x\ny\n\nz", "2", 2), ("3", "4", 6)]),
    (b'a,b\n"say ""so""",2\n', [('say "so"', "2", 2)]),
    (b'"a\nb",b\n1,2\n', [("1", "2", 3)]),
    (b"\n\na,b\n1,2\n", [("1", "2", 4)]),
    # Too few, too many, and the rows around them.
    (b"a,b\n1,2\n3\n4,5,6\n7,8\n", [("1", "2", 2), ("row-ragged", 3), ("row-ragged", 4), ("7", "8", 5)]),
    # A quote inside of a cell is a sign like any other, as spreadsheets read it.
    (b'a,b\n1,12" pipe\n3,"4"\n5\n6,7', [("1", '12" pipe', 2), ("3", "4", 3), ("row-ragged", 4), ("6", "7", 5)]),
    (b'a,b\n1,2\n3,"4\n5,6\n7,8\n', [("1", "2", 2), ("quote-swallows-rows", 3)]),
    ("单位,b\n预算单位,2\n全年执行数,4\n".encode("gb18030"), [("预算单位", "2", 2), ("全年执行数", "4", 3)]),
    ("单位,b\n甲,2\n".encode("utf-16"), [("甲", "2", 2)]),
    (b"a,b\n1," + b"x" * 100_001 + b"\n2,3\n", [("cell-too-long", 2), ("2", "3", 3)]),
    (b"a,b\n", []),
]


# Whatever the size of the blocks in which a file is read: rows, quotes and line ends lie across their borders.
@pytest.mark.parametrize("chunk", [4_000_000, 7, 3])
@pytest.mark.parametrize(("content", "rows"), CSV, ids=range(len(CSV)))
def test_csv(tmp_path: Path, content: bytes, rows: Found, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if len(content) > 10_000 and chunk < 10:
        chunk = 4_000
    monkeypatch.setattr(csv, "CHUNK", chunk)
    assert found(written(tmp_path, "t.csv", content)) == rows


# Beyond the sample that tells the encoding, one row of another file does not stop the rest.
def test_a_row_in_another_encoding_is_told_by_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv, "_SAMPLE", 20)
    content = "单位,b\n甲,1\n乙,2\n".encode() + "丙,3\n".encode("gb18030") + "丁,4\n".encode()
    assert found(written(tmp_path, "t.csv", content)) == [("甲", "1", 2), ("乙", "2", 3), ("row-encoding", 4), ("丁", "4", 5)]


def test_a_file_in_gb18030_is_said_to_be_so(tmp_path: Path) -> None:
    assert [one.code for one in readers.read(written(tmp_path, "t.csv", "单位,全年预算数\n".encode("gb18030"))).notes] == ["encoding-gb18030"]


def test_rows_are_asked_for_again(tmp_path: Path) -> None:
    table = readers.read(written(tmp_path, "t.csv", b"a\n1\n"))
    assert [batch.num_rows for _ in range(2) for batch in table.batches() if not isinstance(batch, Rejected)] == [1, 1]


JSONL: list[tuple[str, Found]] = [
    ('{"a": 10.50, "b": "001"}\n\n{"b": 12345678901234567890.1}', [("10.50", "001", 1), ("", "12345678901234567890.1", 3)]),
    ('\ufeff{"a": true, "b": null}', [("是", "", 1)]),
    ('{"a": {"x": 1, "y": {"z": 2}}}', [("1", "2", 1)]),
    ('{"a": [85, "x"], "b": 1}', [('["85", "x"]', "1", 1)]),
    (
        '{"a": 1}\n{"a": 1, "a": 2}\n[1]\n{"a"\n{"a": NaN}',
        [("1", 1), ("line-unreadable", 2), ("line-unreadable", 3), ("line-unreadable", 4), ("NaN", 5)],
    ),
    ('{"a": 1}\n' + '{"a": ' * 100_000, [("1", 1), ("line-unreadable", 2)]),
    ('{"a": {"b": 1}, "a.b": 2}\n{"a": 3}', [("line-unreadable", 1), ("3", 2)]),
]


@pytest.mark.parametrize(("content", "rows"), JSONL, ids=range(len(JSONL)))
def test_json_lines(tmp_path: Path, content: str, rows: Found) -> None:
    assert found(written(tmp_path, "t.jsonl", content.encode())) == rows


BROKEN = [
    ("t.csv", b"", "table-empty"),
    ("t.csv", b",,\n1,2,3", "table-empty"),
    ("t.csv", b"\xff\xff\xff,\xfe\n", "encoding-unknown"),
    ("t.csv", b"," * 10_000 + b"a\n", "too-many-columns"),
    ("t.jsonl", b"[1]\n", "table-empty"),
    ("t.parquet", b"PAR1 nothing PAR1", "table-broken"),
    ("t.parquet", b"", "table-broken"),
    ("t.arrow", b"ARROW1\0\0" + bytes(100), "table-broken"),
    ("t.arrow", b"", "table-broken"),
    ("t.xlsx", b"PK\x03\x04 nothing", "table-broken"),
    ("t.pdf", b"x", "unknown-table-format"),
]


@pytest.mark.parametrize(("name", "content", "code"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_file_is_told_and_no_traceback(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    assert refused(written(tmp_path, name, content)) == [code]


@pytest.mark.parametrize("ending", readers.endings())
def test_what_is_no_file_is_told_alike_for_every_format(tmp_path: Path, ending: str) -> None:
    assert refused(str(tmp_path / f"none{ending}")) == ["file-not-found"]
    (tmp_path / f"folder{ending}").mkdir()
    assert refused(str(tmp_path / f"folder{ending}")) == ["not-a-file"]


def test_without_what_reads_tables_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(readers, "import_module", missing)
    with pytest.raises(Rejected) as rejected:
        readers.need("pyarrow", "bulk")
    (one,) = rejected.value.diagnostics
    assert (one.code, "perfscore[bulk]" in (one.hint.en if one.hint else "")) == ("extra-missing", True)


def typed() -> Any:
    return pa.table({"a": pa.array(["x", "y", "x"]).dictionary_encode(), "b": pa.array([1, None, 3], pa.int64())})


def test_parquet_and_arrow_keep_their_types(tmp_path: Path) -> None:
    from pyarrow import parquet

    parquet.write_table(typed(), tmp_path / "t.parquet")
    with pa.OSFile(str(tmp_path / "t.arrow"), "wb") as sink, pa.ipc.new_file(sink, typed().schema) as writer:
        writer.write_table(typed(), max_chunksize=2)
    with pa.OSFile(str(tmp_path / "s.arrow"), "wb") as sink, pa.ipc.new_stream(sink, typed().schema) as writer:
        writer.write_table(typed())
    for name in ("t.parquet", "t.arrow", "s.arrow"):
        assert found(str(tmp_path / name)) == [("x", 1, 1), ("y", None, 2), ("x", 3, 3)]
        (batch, *_) = readers.read(str(tmp_path / name)).batches()
        assert not isinstance(batch, Rejected)
        assert pa.types.is_dictionary(batch.column(0).type)


# A file that is cut off after its head, or whose pages are damaged, is found out while it is read.
@pytest.mark.parametrize("ending", ["parquet", "arrow"])
def test_what_breaks_off_is_told_behind_what_was_read(tmp_path: Path, ending: str) -> None:
    from pyarrow import parquet

    path = tmp_path / f"t.{ending}"
    big = pa.table({"a": [f"text {number}" for number in range(5000)]})
    if ending == "parquet":
        parquet.write_table(big, path)
    else:
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, big.schema) as writer:
            writer.write_table(big, max_chunksize=1000)
    content = path.read_bytes()
    half = len(content) // 2
    path.write_bytes(content[:half] + bytes(200) + content[half + 200 :] if ending == "parquet" else content[:half])
    assert found(str(path))[-1] == ("table-broken", 0)


def test_a_frame_that_speaks_arrow_is_a_table() -> None:
    table = readers.frame(typed())
    assert table.names == ("a", "b")
    assert [batch.num_rows for _ in range(2) for batch in table.batches() if not isinstance(batch, Rejected)] == [3, 3]
    with pytest.raises(Rejected) as rejected:
        readers.frame([1, 2])
    assert [one.code for one in rejected.value.diagnostics] == ["table-broken"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [
        [],
        ["单位", "b", "c", None],
        ["001", 0.1 + 0.2, DAY],
        ["NA", 0.795, 5],
        [],
        ["甲", True, "#DIV/0!"],
        ["乙", 1e-7, -0.0],
    ]
    for row in rows:
        sheet.append(row)
    sheet["B4"].number_format = "0.0%"
    sheet["C4"].number_format = '0.00"万元"'
    book.create_sheet("另一个")
    book.save(tmp_path / "t.xlsx")
    return tmp_path / "t.xlsx"


def test_a_workbook_is_read_as_it_is_shown(book: Path) -> None:
    table = readers.read(str(book))
    assert (table.name, table.names, [one.code for one in table.notes]) == (f"{book}!Sheet", ("单位", "b", "c"), ["first-sheet"])
    assert found(str(book)) == [
        ("001", "0.3", "2024-06-20", 3),
        ("NA", "79.5%", "5万元", 4),
        ("甲", "是", "#DIV/0!", 6),
        ("乙", "0.0000001", "0", 7),
    ]


def test_a_sheet_is_asked_for_by_its_name(book: Path) -> None:
    with pytest.raises(Rejected) as rejected:
        readers.read(str(book), "没有")
    assert [one.code for one in rejected.value.diagnostics] == ["no-sheet"]
    with pytest.raises(Rejected) as rejected:
        readers.read(str(book), "另一个")
    assert [one.code for one in rejected.value.diagnostics] == ["table-empty"]


def patched(book: Path, change: Callable[[bytes], bytes], part: str = "sheet1.xml") -> str:
    path = book.with_name("patched.xlsx")
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name.endswith(part) else old.read(name))
    return str(path)


# Taken for a blank cell it would be missing, and nobody would know.
def test_a_formula_without_its_value_is_told(book: Path) -> None:
    path = patched(book, lambda sheet: re.sub(rb'<c r="B3"[^>]*>.*?</c>', b'<c r="B3"><f>1+1</f></c>', sheet))
    assert found(path)[0] == ("formula-without-value", 3)


MERGED = b'</sheetData><mergeCells><mergeCell ref="A9:XFD1048576"/></mergeCells>'


@pytest.mark.parametrize(
    ("change", "part", "code"),
    [
        (lambda sheet: sheet + b" " * 50_000_000, "sheet1.xml", "workbook-too-large"),
        (lambda sheet: b'<!DOCTYPE x [<!ENTITY a "b">]>' + sheet, "sheet1.xml", "table-broken"),
        (lambda sheet: sheet[: len(sheet) // 2], "sheet1.xml", "table-broken"),
        (lambda sheet: sheet.replace(b'r="4"', b'r="999999999"'), "sheet1.xml", "too-many-rows"),
        (lambda sheet: sheet.replace(b' s="1"', b' s="999"').replace(b' s="2"', b' s="999"'), "sheet1.xml", "table-broken"),
        (lambda _: b"", "workbook.xml", "table-broken"),
        (lambda sheet: sheet.replace(b"</sheetData>", MERGED), "sheet1.xml", None),
    ],
    ids=["bomb", "entity", "cut off", "far away", "styles", "no book", "merged"],
)
def test_a_hostile_workbook_is_told_and_does_not_hang(book: Path, change: Callable[[bytes], bytes], part: str, code: str | None) -> None:
    path = patched(book, change, part)
    try:
        rows = found(path)
    except Rejected as rejected:
        rows = [(one.code, 0) for one in rejected.diagnostics]
    assert [row[0] for row in rows if str(row[0]).islower()] == ([code] if code else [])


def test_a_workbook_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as new:
        for number in range(2001):
            new.writestr(f"xl/worksheets/sheet{number}.xml", b"<worksheet/>")
    assert refused(str(path)) == ["workbook-too-large"]


def test_the_keys_of_all_lines_are_columns(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"a": number} if number < readers.BLOCK + 7 else {"late": "x"}) for number in range(readers.BLOCK + 8))
    table = readers.read(written(tmp_path, "t.jsonl", lines.encode()))
    assert table.names == ("a", "late")
    assert [batch.num_rows for batch in table.batches() if not isinstance(batch, Rejected)] == [readers.BLOCK, 8]


# Whatever a disk, a mail program or an attacker did to a file, a person is told; what can still be read comes first.
@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet", ".arrow", ".xlsx"])
def test_a_damaged_file_is_rejected_and_never_a_traceback(tmp_path: Path, ending: str) -> None:
    pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    path = tmp_path / f"t{ending}"
    writers.write(str(path), typed().schema, typed().to_batches())
    content = path.read_bytes()
    for at in range(0, len(content), max(1, len(content) // 60)):
        for damaged in (content[:at], content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :], content[:at] + b'"\n\0' + content[at:]):
            path.write_bytes(damaged)
            try:
                told = [one for one in readers.read(str(path)).batches() if isinstance(one, Rejected)]
            except Rejected as rejected:
                told = [rejected]
            assert all(one.diagnostics for one in told)
