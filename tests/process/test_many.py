"""Several inputs in one call: one that is bad stops no other, and nothing in a folder is passed over in silence."""

import json
import os

import pytest

from tests.process.command import EXAMPLE, ROOT, perfscore

TESTS = ROOT / "rules" / "hunan" / "project-2022.test.yaml"
GOOD = EXAMPLE.read_bytes()
BAD = "unit: 甲\nyear: 二零二四\n".encode()


@pytest.fixture
def folder(tmp_path):
    """Good and bad forms among what else lies in a folder of an office."""
    forms = tmp_path / "填报"
    forms.mkdir()
    for name, content in {
        "a.yaml": GOOD,
        "b.yml": BAD,
        "c.JSON": b'{"unit": "x"',
        "~$a.yaml": b"\0lock",
        ".hidden.yaml": b"\0",
        ".DS_Store": b"\0",
        "说明.docx": b"PK",
        "Thumbs.db": b"\0",
        "evil\x1b[2J\n.txt": b"",
    }.items():
        (forms / name).write_bytes(content)
    (forms / "below").mkdir()
    (forms / "below" / "d.yaml").write_bytes(GOOD)
    return forms


def test_one_bad_form_stops_no_other(tmp_path):
    (tmp_path / "bad.yaml").write_bytes(BAD)
    done = perfscore("evaluate", "bad.yaml", EXAMPLE, "missing.yaml", EXAMPLE, cwd=tmp_path)
    assert done.status == 2
    assert done.text.count("95.95 / 100") == 2
    assert "bad.yaml:2:7: 错误[bad-year]" in done.err
    assert "找不到文件 missing.yaml" in done.err


def test_several_forms_are_one_json_document_a_line_in_order(tmp_path):
    (tmp_path / "bad.yaml").write_bytes(BAD)
    done = perfscore("evaluate", "bad.yaml", EXAMPLE, "missing.yaml", "--format", "json", cwd=tmp_path)
    assert done.status == 2
    first, second, third = map(json.loads, done.text.splitlines())
    assert [problem["code"] for problem in first["problems"]] == ["bad-year"]
    assert first["problems"][0]["where"] == {"file": "bad.yaml", "line": 2, "column": 7}
    assert second["score"] == "95.95"
    assert [problem["code"] for problem in third["problems"]] == ["file-not-found"]
    assert {first["format"], second["format"], third["format"]} == {1}


def test_several_forms_in_one_file(tmp_path):
    (tmp_path / "two.yaml").write_bytes(GOOD + b"---\n" + BAD + b"---\n" + GOOD)
    done = perfscore("evaluate", "two.yaml", "--format", "json", cwd=tmp_path)
    assert done.status == 2
    assert ["problems" in json.loads(line) for line in done.text.splitlines()] == [False, True, False]


def test_a_folder_stands_for_its_forms_and_what_is_skipped_is_counted(folder):
    done = perfscore("evaluate", folder, "--format", "json", cwd=folder.parent)
    assert done.status == 2
    assert ["problems" in json.loads(line) for line in done.text.splitlines()] == [False, True, True]
    # a.yaml, b.yml and c.JSON of ten entries.
    assert "读取 3 个文件，跳过 7 个" in done.err
    assert "建议[files-skipped]" in done.err
    assert "\x1b" not in done.err


def test_what_is_skipped_does_not_change_the_status(folder):
    (folder / "b.yml").unlink()
    (folder / "c.JSON").unlink()
    done = perfscore("evaluate", folder)
    assert done.status == 0
    assert "跳过 7 个" in done.err


def test_a_folder_with_nothing_but_forms_says_nothing(tmp_path):
    (tmp_path / "a.yaml").write_bytes(GOOD)
    assert perfscore("evaluate", tmp_path).err == ""


@pytest.mark.parametrize("names", [[], ["x.txt"], ["~$a.yaml"]])
def test_a_folder_without_forms_is_refused(names, tmp_path):
    for name in names:
        (tmp_path / name).write_bytes(GOOD)
    done = perfscore("evaluate", tmp_path)
    assert (done.status, done.out) == (2, b"")
    assert "no-forms" in done.err


@pytest.mark.skipif(os.name == "nt", reason="POSIX links and pipes")
def test_odd_entries_of_a_folder_are_listed_and_stop_nothing(tmp_path):
    (tmp_path / "a.yaml").write_bytes(GOOD)
    os.mkfifo(tmp_path / "b.yaml")
    (tmp_path / "c.yaml").symlink_to("c.yaml")
    (tmp_path / "d.yaml").symlink_to("nowhere")
    (tmp_path / "e.yaml").mkdir()
    done = perfscore("evaluate", tmp_path, "--format", "json")
    assert done.status == 2
    codes = [document["problems"][0]["code"] if "problems" in document else "" for document in map(json.loads, done.text.splitlines())]
    assert codes == ["", "not-a-file", "not-readable", "file-not-found", "not-a-file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="modes mean nothing to root and on Windows")
def test_a_folder_that_cannot_be_listed_is_refused(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    done = perfscore("evaluate", closed, EXAMPLE)
    assert done.status == 2
    assert "not-readable" in done.err
    assert "95.95" in done.text


def test_explain_names_what_it_cannot_find_and_what_is_near():
    done = perfscore("explain", EXAMPLE, "预算执行律")
    assert (done.status, done.out) == (2, b"")
    assert "是否想写 预算执行率？" in done.err


def test_explain_answers_for_one_indicator():
    done = perfscore("explain", EXAMPLE, "预算执行率")
    assert (done.status, done.err) == (0, "")
    assert "7.95 / 10" in done.text


@pytest.mark.parametrize("words", [("evaluate", EXAMPLE), ("explain", EXAMPLE, "预算执行率")])
@pytest.mark.parametrize(
    "rules,code",
    [
        ("missing.yaml", "file-not-found"),
        ("hunan/departmant@2024", "unknown-rules"),
        (".", "not-a-file"),
        (str(EXAMPLE), "not-a-rule-file"),
        (str(TESTS), "not-a-rule-file"),
    ],
)
def test_rules_that_cannot_be_used_are_said_once(words, rules, code):
    done = perfscore(*words, "--rules", rules)
    assert (done.status, done.out) == (2, b"")
    assert code in done.err


def test_several_forms_that_name_bad_rules_each_say_where(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text("unit: 甲\nrules: r.yaml\n", encoding="utf-8")
    done = perfscore("evaluate", "a.yaml", "b.yaml", cwd=tmp_path)
    assert done.status == 2
    assert done.err.count("file-not-found") == 2
