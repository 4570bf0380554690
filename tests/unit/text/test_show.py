"""A caret one cell off under 汉字 points at the wrong word, and a name from a file must not drive the terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfscore.text.diagnostic import Diagnostic
from perfscore.text.phrase import Phrase, same
from perfscore.text.show import ANSI, cells, clean, render, render_all
from perfscore.text.source import Source, Span

LINE = "    - {id: quality, label: 合格率, points: 40, method: treshold}"


def problem(text: str, line: int, column: int, end_column: int, end_line: int | None = None) -> Diagnostic:
    return Diagnostic("some-code", Phrase("有误", "wrong"), Span(Source("f.yaml", text), line, column, end_line or line, end_column))


def shown(text: str, column: int, end_column: int) -> tuple[str, str]:
    line, carets = render(problem(text, 1, column, end_column), "zh").splitlines()[1:3]
    return line, carets


def test_a_whole_message():
    source = Source("rules/broken.yaml", "\n" * 15 + "    " + LINE)
    diagnostic = Diagnostic(
        "unknown-method",
        Phrase("没有名为 treshold 的评分方法", "there is no scoring method treshold"),
        Span(source, 16, 57, 16, 65),
        Phrase("是否想写 threshold?", "did you mean threshold?"),
    )
    assert render(diagnostic, "zh") == (
        "rules/broken.yaml:16:57: 错误[unknown-method]: 没有名为 treshold 的评分方法\n"
        "        - {id: quality, label: 合格率, points: 40, method: treshold}\n"
        "                                                           ^^^^^^^^\n"
        "  = 是否想写 threshold?"
    )
    assert render(diagnostic, "en").splitlines()[0] == "rules/broken.yaml:16:57: error[unknown-method]: there is no scoring method treshold"


@pytest.mark.parametrize(
    "text,number",
    [("", 0), ("abc", 3), ("合格率", 6), ("，（", 4), ("“”…", 3), ("e\u0301", 1), ("ｱ", 1), ("𠮷", 2), ("㎡", 2), ("Ω", 1)],
)
def test_cells(text, number):
    assert cells(text) == number


def test_carets_cover_wide_characters():
    assert shown("名称: 合格率 # x", 5, 8) == ("名称: 合格率 # x", "      ^^^^^^")


def test_a_tab_is_one_blank_in_line_and_caret():
    assert shown("\tab", 2, 3) == (" ab", " ^")


def test_an_obeyed_character_in_the_line_is_spelt_and_pointed_at():
    assert shown("a\x1bb", 2, 3) == ("a\\u{1b}b", " ^^^^^^")


@pytest.mark.parametrize("column,end", [(4, 4), (9, 12), (400, 401)])
def test_a_place_without_characters_has_one_caret(column, end):
    line, carets = shown("abc", column, end)
    assert (line, carets) == ("abc", "   ^")


def test_a_blank_line_has_nothing_to_point_at():
    assert render(problem("", 1, 1, 1), "zh") == "f.yaml:1:1: 错误[some-code]: 有误"


def test_a_span_of_several_lines_is_marked_to_the_end_of_the_first():
    line, carets = render(problem("a: b\n  c", 1, 4, 4, 2), "en").splitlines()[1:3]
    assert (line, carets) == ("a: b", "   ^")


@given(st.text(alphabet="ab合率， 𠮷", min_size=1, max_size=400).filter(str.strip), st.integers(0, 399), st.integers(1, 90))
def test_a_long_line_is_windowed_and_the_carets_stay_under_their_word(text, start, length):
    start = min(start, len(text) - 1)
    word = text[start : start + length]
    line, carets = shown(text, start + 1, start + 1 + len(word))
    assert cells(line) <= 101
    lead, run = len(carets) - len(carets.lstrip()), len(carets.strip())
    index = next(i for i in range(len(line) + 1) if cells(line[:i]) == lead)
    marked = next(line[index:i] for i in range(index, len(line) + 1) if cells(line[index:i]) == run)
    assert marked
    assert word.startswith(marked)
    assert marked == word or line.endswith("…")


def test_a_line_of_a_hundred_thousand_characters_shows_its_error():
    text = "前" * 50_000 + "错误" + "后" * 50_000
    line, carets = shown(text, 50_001, 50_003)
    assert line.startswith("…前")
    assert line.endswith("后…")
    assert carets.count("^") == 4
    assert cells(line[: line.index("错误")]) == carets.index("^")


def test_accents_do_not_get_past_the_window():
    assert len(render(problem("a" + "\u0301" * 100_000, 1, 1, 2), "zh")) < 1000


@pytest.mark.parametrize(
    "text,expected",
    [
        ("部门", "部门"),
        ("a\x1b[31mb", "a\\u{1b}[31mb"),
        ("a\r\nb\tc", "a\\u{d}\\u{a}b\\u{9}c"),
        ("\x9b\u202e\u200b\ufeff\u2028", "\\u{9b}\\u{202e}\\u{200b}\\u{feff}\\u{2028}"),
        ("\ud800\U000e0041", "\\u{d800}\\u{e0041}"),
        ("x" * 300, "x" * 200 + "…(300)"),
    ],
)
def test_clean(text, expected):
    assert clean(text) == expected


@given(st.text())
def test_nothing_cleaned_is_obeyed_and_everything_can_be_written(text):
    for character in clean(text).encode().decode():
        assert ord(character) > 0x9F or " " <= character <= "~"
        assert character not in "\u200b\u200e\u202e\u2066\u2028\ufeff\xad"


def test_names_and_messages_are_cleaned():
    source = Source("a\x1b]0;x\x07.yaml", "k: 1")
    diagnostic = Diagnostic(
        "c", same("名\x1b[2J\n伪造: 行"), Span(source, 1, 1, 1, 2), same("\u202e"), more=((same("\x9b"), Span(source, 1, 1, 1, 2)),)
    )
    text = render(diagnostic, "zh")
    assert text.count("\n") == 6
    assert not any(ord(c) < 32 and c != "\n" for c in text)
    assert "\x9b" not in text
    assert "\u202e" not in text


def test_other_places_are_shown_with_their_lines():
    source = Source("f.yaml", "名: 1\n名: 2")
    diagnostic = Diagnostic("dup", Phrase("重复", "twice"), Span(source, 2, 1, 2, 2), more=((Phrase("第一次", "first"), Span(source, 1, 1, 1, 2)),))
    assert render(diagnostic, "en").splitlines() == ["f.yaml:2:1: error[dup]: twice", "名: 2", "^^", "  f.yaml:1:1: first", "  名: 1", "  ^^"]


def test_colour_only_where_it_is_asked_for():
    diagnostic = problem("abc", 1, 2, 3)
    coloured = render(diagnostic, "zh", ANSI)
    assert "\x1b[" in coloured
    plain = coloured
    for code in ANSI:
        plain = plain.replace(code, "")
    assert plain == render(diagnostic, "zh")
    assert "\x1b" not in plain


def test_many_are_cut_and_counted():
    many = [problem("abc", 1, 1, 2)] * 23 + [Diagnostic("w", same("w"), severity="warning"), Diagnostic("a", same("a"), severity="advice")]
    zh, en = render_all(many, "zh"), render_all(many, "en")
    assert zh.splitlines()[-2:] == ["还有 5 个问题没有列出", "共 23 个错误、1 个警告、1 个建议"]
    assert en.splitlines()[-2:] == ["and 5 more", "23 errors, 1 warning, 1 advice"]
    assert zh.count("错误[") == 20
    assert render_all(many[:1], "en").splitlines()[-1] == "1 error"
    assert render_all([], "zh") == ""
