"""Writers of tables: what was written is read again, texts stay texts for whoever opens them, and a file is there whole or not at all."""

import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfscore.bulk import readers, writers
from perfscore.bulk.values import texts
from perfscore.bulk.writers.csv import guarded
from perfscore.bulk.writers.xlsx import sound
from perfscore.text.diagnostic import Rejected

pa = pytest.importorskip("pyarrow")
pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

HOSTILE = ["=1+1", "＝HYPERLINK(1)", "+a", "@x", " -a", "\t=1", "http://x.cn", "甲", ""]


def batch() -> Any:
    number = len(HOSTILE)
    return pa.record_batch(
        {
            "单位": HOSTILE,
            "=得分": pa.array([Decimal("-5.5"), None, *[Decimal("0.1")] * (number - 2)], pa.decimal128(20, 1)),
            "宽": pa.array([Decimal("12345678901234567.8")] * number, pa.decimal128(20, 1)),
            "数": [-1, None, *range(number - 2)],
            "等级": pa.array([None, *["优"] * (number - 1)]).dictionary_encode(),
            "是否": [True, False, *[None] * (number - 2)],
        }
    )


def read(path: str) -> list[list[str]]:
    columns: list[list[str]] = [[] for _ in range(6)]
    for found in readers.read(path).batches():
        assert not isinstance(found, Rejected)
        for column, more in zip(columns, found.columns, strict=False):
            column.extend(texts(more))
    return columns


@pytest.mark.parametrize("ending", writers.endings())
def test_what_is_written_is_read_again_and_always_the_same_bytes(tmp_path: Path, ending: str) -> None:
    paths = [str(tmp_path / f"{name}{ending}") for name in "ab"]
    for path in paths:
        writers.write(path, batch().schema, iter([batch(), batch()]))
    assert Path(paths[0]).read_bytes() == Path(paths[1]).read_bytes()
    expected = [texts(column) * 2 for column in batch().columns]
    if ending == ".csv":
        # Lossy on purpose: the apostrophe stays for programs that do not know it.
        expected[0] = [guarded(text) for text in expected[0]]
    assert read(paths[0]) == expected
    assert readers.read(paths[0]).names[1] == ("'=得分" if ending == ".csv" else "=得分")


@pytest.mark.parametrize("text", ["=1", "+1", "@a", "-a", "\t=1", "\rx", "\nx", " =1", '"=1', "'=1", "＝1", "－a", "＋1", "＠a", "\u3000=1", "|cmd"])
def test_a_text_that_a_spreadsheet_obeys_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "-2.05", "-3%", "甲=乙", "a-b", "", "95.95", "（一）"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert guarded(text) == text


def test_csv_opens_in_excel(tmp_path: Path) -> None:
    writers.write(str(tmp_path / "t.csv"), batch().schema, [batch()])
    assert (tmp_path / "t.csv").read_bytes().startswith("\ufeff单位".encode())


def test_nothing_in_a_workbook_is_a_formula_or_a_link(tmp_path: Path) -> None:
    writers.write(str(tmp_path / "t.xlsx"), batch().schema, [batch()])
    with zipfile.ZipFile(tmp_path / "t.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"hyperlink" not in sheet
        assert not [name for name in book.namelist() if name.endswith("sheet1.xml.rels")]


def test_what_a_workbook_has_no_room_for_is_given_up_visibly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert sound("a\x0bb\ud800\ufffe") == "a\ufffdb\ufffd\ufffd"
    assert (len(sound("x" * 40_000)), sound("x" * 40_000)[-12:]) == (32_767, "x…（共 40000 字）"[-12:])
    monkeypatch.setattr("perfscore.bulk.writers.xlsx.MOST_ROWS", 5)
    with pytest.raises(Rejected) as rejected:
        writers.write(str(tmp_path / "t.xlsx"), batch().schema, [batch()])
    assert [one.code for one in rejected.value.diagnostics] == ["too-many-rows"]
    assert list(tmp_path.iterdir()) == []


class Fault(Exception):
    """What goes wrong in the middle."""


def failing() -> Iterator[Any]:
    yield batch()
    raise Fault


@pytest.mark.parametrize("ending", writers.endings())
def test_a_run_that_breaks_off_leaves_what_was_there(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"t{ending}"
    with pytest.raises(Fault):
        writers.write(str(path), batch().schema, failing())
    assert list(tmp_path.iterdir()) == []
    path.write_bytes(b"old")
    with pytest.raises(Fault):
        writers.write(str(path), batch().schema, failing(), replace=True)
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"old"]


def refused(path: Path, **how: bool) -> list[str]:
    with pytest.raises(Rejected) as rejected:
        writers.write(str(path), batch().schema, [batch()], **how)
    return [one.code for one in rejected.value.diagnostics]


def test_what_is_there_is_not_overwritten_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"old")
    assert refused(path) == ["output-refused"]
    assert path.read_bytes() == b"old"
    writers.write(str(path), batch().schema, [batch()], replace=True)
    assert path.read_bytes() != b"old"


def test_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "none" / "t.csv") == ["output-failed"]
    assert refused(tmp_path / "t.pdf") == ["unknown-table-format"]
    (tmp_path / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert refused(tmp_path / "link.csv", replace=True) == ["output-refused"]
