"""Files come from Windows, Excel and chat programs: what they are encoded in must be certain, or said to be not."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfscore.text.decode import LIMIT, decode, read
from perfscore.text.diagnostic import Rejected
from perfscore.text.show import render_all

CHINESE = "名称: 部门整体支出绩效自评\n分值: 10\n"
TRADITIONAL = "預算執行率：部門整體支出績效自評表。項目名稱、年度指標值、實際完成值，得分與偏差原因分析及改進措施"


def codes(content: bytes) -> list[str]:
    with pytest.raises(Rejected) as caught:
        decode(content, "f")
    return [diagnostic.code for diagnostic in caught.value.diagnostics]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", [CHINESE, "a: 1\r\nb: 2\r", "", "无结尾换行", "𠮷㼆䶮"])
def test_a_mark_or_utf8_is_certain_and_the_mark_is_no_part_of_the_text(encoding, text):
    content = text.encode(encoding)
    decoded = decode(content, "f")
    assert decoded.source.text == text
    assert decoded.source.content == content
    assert decoded.notes == ()


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_a_gbk_file_is_read_and_its_reader_is_told(encoding):
    decoded = decode(CHINESE.encode(encoding), "旧表.yaml")
    assert decoded.source.text == CHINESE
    (note,) = decoded.notes
    assert (note.code, note.severity) == ("encoding-gb18030", "warning")
    assert "旧表.yaml" in note.says.zh
    shown = render_all([note], "zh")
    assert "UTF-8" in shown
    assert "记事本" in shown


def test_four_byte_gb18030_is_read():
    assert decode("名称: 𠮷㼆䶮\n".encode("gb18030"), "f").source.text == "名称: 𠮷㼆䶮\n"


@pytest.mark.parametrize(
    "content",
    [
        TRADITIONAL.encode("big5"),
        "naïve résumé, Straße".encode("latin-1"),
        "“café” – x".encode("cp1252"),
        CHINESE.encode("gbk")[:-1] + b"\xff",
        b"\xc0\x80",
        b"\xed\xa0\x80",
        CHINESE.encode("utf-8")[:4],
        CHINESE.encode("utf-16-le"),
        CHINESE.encode("utf-16-be"),
        b"a\x00:\x00 \x001\x00",
        CHINESE.encode("utf-32"),
    ],
)
def test_an_uncertain_encoding_is_never_guessed(content):
    assert codes(content) == ["encoding-unknown"]


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf\xff", b"\xff\xfe\x00\xd8", b"\xfe\xff\x00"])
def test_a_mark_that_lies_is_damage(content):
    assert codes(content) == ["encoding-damaged"]


def test_even_english_text_is_not_taken_for_chinese_in_utf16():
    # In pairs of bytes these are two Han characters.
    assert decode(b"name", "f").source.text == "name"


@pytest.mark.parametrize(
    "character,code",
    [
        ("\x00", "control-character"),
        ("\x0b", "control-character"),
        ("\x1b", "control-character"),
        ("\x7f", "control-character"),
        ("\x9b", "control-character"),
        ("\uffff", "control-character"),
        ("\x85", "line-separator"),
        ("\u2028", "line-separator"),
        ("\u202e", "bidi-character"),
        ("\u2066", "bidi-character"),
        ("\u200f", "bidi-character"),
        ("\u200b", "invisible-character"),
        ("\u200d", "invisible-character"),
        ("\u2060", "invisible-character"),
        ("\ufeff", "invisible-character"),
        ("\U000e0041", "invisible-character"),
    ],
)
def test_unsafe_characters_are_refused_at_their_place(character, code):
    with pytest.raises(Rejected) as caught:
        decode(f"a: 1\r\n𠮷名: {character}\n".encode(), "f")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == code
    assert diagnostic.span is not None
    assert diagnostic.span[1:] == (2, 5, 2, 6)
    assert f"U+{ord(character):04X}" in diagnostic.says.en


def test_many_unsafe_characters_are_twenty_and_a_number():
    with pytest.raises(Rejected) as caught:
        decode(b"\x07" * 5000, "f")
    assert len(caught.value.diagnostics) == 21
    assert "4980" in caught.value.diagnostics[-1].says.zh


def test_ordinary_blanks_and_line_ends_are_welcome():
    assert decode("a\tb\r\nc\rd\u3000e\xa0f\n".encode(), "f").notes == ()


def test_the_size_is_capped():
    assert codes(b"a" * (LIMIT + 1)) == ["file-too-large"]
    assert decode(b"a" * LIMIT, "f").source.text[:2] == "aa"


@given(st.binary(max_size=60))
def test_any_bytes_decode_or_are_rejected(content):
    try:
        assert decode(content, "f").source.content == content
    except Rejected as rejected:
        render_all(rejected.diagnostics, "zh")


@given(st.text(alphabet="aZ9 \t\r\n名称，“”㎡𠮷é", max_size=40))
def test_what_editors_write_as_utf8_is_read_as_it_is(text):
    assert decode(text.encode(), "f").source.text == text
    assert decode(text.encode("utf-8-sig"), "f").source.text == text


def rejected_file(path: object) -> str:
    with pytest.raises(Rejected) as caught:
        read(str(path))
    (diagnostic,) = caught.value.diagnostics
    return diagnostic.code


def test_files_are_read_by_name(tmp_path):
    path = tmp_path / "表.yaml"
    path.write_bytes(CHINESE.encode())
    decoded = read(str(path))
    assert (decoded.source.name, decoded.source.text) == (str(path), CHINESE)


def test_what_is_no_file_is_refused_and_nothing_waits(tmp_path):
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert rejected_file(tmp_path) == "not-a-file"
    assert rejected_file(tmp_path / "fifo") == "not-a-file"
    assert rejected_file("/dev/null") == "not-a-file"
    assert rejected_file(tmp_path / "missing") == "file-not-found"
    assert rejected_file("a\0b") == "file-not-found"
    assert rejected_file(tmp_path / "loop") == "not-readable"
    assert rejected_file(tmp_path / ("x" * 5000)) == "not-readable"


def test_a_large_file_is_refused_by_its_size_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(10**12)
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("a file that is too large was read"))
    assert rejected_file(path) == "file-too-large"


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "grows"
    path.write_bytes(b"a")
    given = 0

    def endless(_: int, size: int) -> bytes:
        nonlocal given
        given += size
        return b"a" * size

    monkeypatch.setattr(os, "read", endless)
    assert rejected_file(path) == "file-too-large"
    assert given == LIMIT + 1


def test_no_file_stays_open(tmp_path):
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    for _ in range(5):
        rejected_file(tmp_path)
    assert (len(os.listdir("/proc/self/fd")) if before else 0) == before
