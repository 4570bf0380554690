"""Names on the command line to forms; folders and their oddities are tested as processes in tests/process/test_many.py."""

import io
import os
import sys
from types import SimpleNamespace

import pytest

from perfscore.cli.inputs import forms, notes
from perfscore.text.decode import decode
from perfscore.text.diagnostic import Diagnostic, Rejected

FORM = "unit: 甲\nyear: 2024\n"


def found(names):
    """The units of the forms, or the codes of what is wrong with them; and the notes."""
    heard: list[Diagnostic] = []
    kinds = [result.diagnostics[0].code if isinstance(result, Rejected) else result.unit for result in forms(names, heard.append)]
    return kinds, heard


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_come_in_the_order_in_which_they_are_named(folder):
    for name, unit in {"a.yaml": "甲", "b.yaml": "乙"}.items():
        (folder / name).write_text(FORM.replace("甲", unit), encoding="utf-8")
    assert found(["b.yaml", "none.yaml", "a.yaml"]) == (["乙", "file-not-found", "甲"], [])


def test_a_folder_is_sorted_by_name_and_its_rest_counted(folder):
    for name in ("b.yaml", "a.YML", "10.json", "~$b.yaml", ".c.yaml", "d.txt"):
        (folder / name).write_text(FORM.replace("甲", name), encoding="utf-8")
    units, (note,) = found(["."])
    assert units == ["10.json", "a.YML", "b.yaml"]
    assert (note.code, note.severity) == ("files-skipped", "advice")
    assert note.says.zh == "文件夹 . 里读取 3 个文件，跳过 3 个不是填报表的：.c.yaml、d.txt、~$b.yaml"
    assert note.says.en == "of the folder ., 3 files are read and 3 that are no form files skipped: .c.yaml, d.txt, ~$b.yaml"


def test_of_many_skipped_files_the_first_are_named(folder):
    (folder / "a.yaml").write_text(FORM, encoding="utf-8")
    for number in range(9):
        (folder / f"{number}.txt").touch()
    _, (note,) = found(["."])
    assert "跳过 9 个" in note.says.zh
    assert note.says.zh.endswith("4.txt 等")


def test_a_folder_that_cannot_be_listed_stops_no_other(folder, monkeypatch):
    (folder / "a.yaml").write_text(FORM, encoding="utf-8")
    (folder / "closed").mkdir()

    def closed(_folder):
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "listdir", closed)
    assert found(["closed", "a.yaml"]) == (["not-readable", "甲"], [])


@pytest.mark.parametrize(
    "stream,kinds",
    [
        (SimpleNamespace(buffer=io.BytesIO(FORM.encode())), ["甲"]),
        (SimpleNamespace(buffer=io.BytesIO(b"")), ["empty-file"]),
        (SimpleNamespace(buffer=io.BytesIO(b"#" * 6_000_000)), ["file-too-large"]),
        (None, ["not-readable"]),
        (SimpleNamespace(buffer=open(os.open(os.devnull, os.O_WRONLY), "wb")), ["not-readable"]),  # noqa: SIM115 - closed with the process
    ],
    ids=["a form", "nothing", "too much", "closed", "not for reading"],
)
def test_standard_input(stream, kinds, monkeypatch):
    monkeypatch.setattr(sys, "stdin", stream)
    assert found(["-"]) == (kinds, [])


def test_how_a_rule_file_was_read_is_said_once():
    gbk = decode("名称: 预算绩效评价规则\n".encode("gbk"), "rules.yaml").source
    utf8 = decode("名称: 预算绩效评价规则\n".encode(), "base.yaml").source
    read: set[str] = set()
    assert [note.code for note in notes([gbk, utf8, gbk], read)] == ["encoding-gb18030"]
    assert read == {"rules.yaml", "base.yaml"}
    assert list(notes([gbk], read)) == []
