"""The page that most readers see: columns line up whatever characters are in them, nothing is lost, and nothing in a form reaches the terminal."""

import re
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfscore.text.show import UNSAFE, cells, clean
from perfscore.views import render
from perfscore.views.outline import Cell, Column, Facts, Heading, Item, Outline, Paragraph, Row, Table, Tone, Tree, Verbatim
from perfscore.views.terminal import wrap
from tests.unit.views.outlines import flowing_outlines, outlines, plain_texts, tables, texts

ESCAPE = re.compile(r"\x1b\[[0-9]*m")


def drawn(*blocks: Heading | Paragraph | Facts | Table | Tree | Verbatim, width: int = 80) -> list[str]:
    return render(Outline("", blocks), "terminal", width=width).splitlines()


def letters(*parts: str) -> Counter[str]:
    return Counter(char for part in parts for char in part if not char.isspace())


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("预算执行率", 10, ["预算执行率"]),
        ("新建信息系统", 6, ["新建信", "息系统"]),
        ("by end of December", 12, ["by end of", "December"]),
        ("效果明显，继续", 8, ["效果明", "显，继续"]),  # no line begins with a comma
        ("追缴（挪用）", 6, ["追缴", "（挪", "用）"]),  # and none ends with an opening bracket
        ("资金≥5000万元", 8, ["资金", "≥5000万", "元"]),  # a number keeps its sign and its unit
        ("使用审批", 6, ["使用", "审批"]),  # no line of one character, if that costs no further line
        ("使用审批通过", 4, ["使用", "审批", "通过"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("a abcdefgh", 4, ["a", "abcd", "efgh"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),  # an accent stays with its letter
        ("第一行\n第二行\r\n\r第三行", 10, ["第一行", "第二行", "第三行"]),
        ("a\tb", 10, ["a b"]),
        ("x\x1b[31my", 20, ["x\\u{1b}[31my"]),
    ],
)
def test_where_a_text_breaks(text: str, width: int, lines: list[str]) -> None:
    assert [line for line, _ in wrap(text, width)] == lines


@given(text=texts, width=st.integers(2, 90))
def test_wrapped_lines_fit_and_hold_all_of_the_text(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(size == cells(line) <= width for line, size in lines)
    given_lines = [clean(line.strip()) for line in text.replace("\r", "\n").replace("\t", " ").split("\n")]
    assert "".join("".join(line for line, _ in lines).split()) == "".join("".join(given_lines).split())


@given(outline=flowing_outlines, width=st.integers(40, 130))
def test_no_line_is_wider_than_the_page_or_ends_in_blanks(outline: Outline, width: int) -> None:
    for line in render(outline, "terminal", width=width).split("\n"):
        assert cells(line) <= width
        assert line == line.rstrip()


# Ten columns in twenty cells, a thousand levels: there is no promise below 40 cells, but there must be an end and a text.
@given(outline=outlines, width=st.integers(-1, 39))
def test_a_page_of_any_width_can_be_drawn(outline: Outline, width: int) -> None:
    assert render(outline, "terminal", width=width).endswith("\n")


def test_a_deep_tree_does_not_recurse() -> None:
    item = Item("底")
    for _ in range(5000):
        item = Item("层", "", (item,))
    lines = drawn(Tree((item,)))
    assert len(lines) == 5001
    assert max(map(cells, lines)) <= 80


@given(table=tables(plain_texts), width=st.integers(40, 130))
def test_a_table_loses_no_character(table: Table, width: int) -> None:
    lines = drawn(table, width=width)
    shown = letters(*lines)
    shown["─"] = 0
    in_cells = letters(*(str(cell) for row in table.rows for cell in row.cells))
    in_titles = letters(*(column.title for column in table.columns))
    in_cells["─"] = in_titles["─"] = 0
    assert shown >= in_cells
    # Side by side, there is nothing but the titles and the cells; row by row, titles are said again.
    if any(line and not line.strip("─") for line in lines):
        assert shown == in_cells + in_titles


# Colour is put on after everything is measured; taking it off must give the same page.
@given(outline=outlines)
def test_colour_changes_nothing_but_colour(outline: Outline) -> None:
    plain = render(outline, "terminal")
    assert "\x1b" not in plain
    assert ESCAPE.sub("", render(outline, "terminal", colour="always")) == plain


@given(outline=outlines)
def test_nothing_of_an_outline_reaches_the_terminal_as_a_command(outline: Outline) -> None:
    assert re.search(f"[\t\r{UNSAFE}]", render(outline, "terminal")) is None


# `wrap` asks Python whether a text is printable before it asks `clean`: that shortcut must never let through what `clean` would escape.
def test_whatever_python_calls_printable_is_clean() -> None:
    printable = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isprintable()]
    assert [char for char in printable if clean(char) != char] == []


@pytest.mark.parametrize(("tone", "code"), [("good", "32"), ("bad", "31"), ("weak", "2"), ("strong", "1")])
def test_each_tone_has_a_colour(tone: Tone, code: str) -> None:
    table = Table((Column("a"), Column("b")), (Row(("x", Cell("y", tone))), Row(("z",), tone), Row(("", ""))))
    text = render(Outline("", (table,)), "terminal", colour="always")
    assert f"x  \x1b[{code}my\x1b[0m" in text
    assert f"\x1b[{code}mz\x1b[0m" in text


def test_numbers_stand_under_each_other_and_a_total_under_a_rule() -> None:
    table = Table((Column("指标"), Column("分值", "right")), (Row(("执行率", "10")), Row(("产出", "90"), depth=1), Row(("合计", "100"), "strong")))
    assert drawn(table) == ["指标    分值", "────────────", "执行率    10", "  产出    90", "────────────", "合计     100"]


def test_only_the_last_of_several_rows_is_a_total() -> None:
    group = Row(("产出指标", "50"), "strong")
    columns = (Column("指标"), Column("分值", "right"))
    rule = "──────────────"
    assert drawn(Table(columns, (group, group, Row(("甲", "50"))))).count(rule) == 1
    assert drawn(Table(columns, (group, group))).count(rule) == 2
    assert drawn(Table(columns, (group,))).count(rule) == 1


def test_fixed_columns_keep_their_width_and_weights_share_the_rest() -> None:
    columns = (Column("甲", weight=3), Column("乙", weight=1), Column("状态"))
    lines = drawn(Table(columns, (Row(("长" * 40, "短" * 40, "按规则计算")),)), width=60)
    assert lines[2] == "长" * 17 + "  " + "短" * 6 + "  " + "按规则计算"


def test_words_are_broken_only_when_there_is_no_other_way() -> None:
    columns = (Column("Group", weight=1), Column("Indicator", weight=3), Column("Score", "right"))
    table = Table(columns, (Row(("Satisfaction", "word " * 20, "10")),))
    assert drawn(table, width=40)[2].startswith("Satisfaction  word")


def test_a_table_without_room_is_told_row_by_row() -> None:
    columns = (Column("指标"), Column("说明"), Column("得分", "right"))
    table = Table(columns, (Row(("执行率", "长" * 20, "10")), Row(("", "短", ""), depth=1)))
    assert drawn(table, width=40) == ["执行率", "  说明  " + "长" * 16, "        " + "长" * 4, "  得分  10", "", "    说明  短"]
    assert drawn(Table((Column("很长的标题甲甲"),) * 9, ()), width=40)[0].startswith("很长的标题甲甲 · 很长的标题甲甲")


# A mark without width is a text all the same.
def test_a_text_of_no_width_is_not_an_empty_one() -> None:
    columns = tuple(Column("很长的标题甲乙丙丁") for _ in range(3))
    assert "\u0301" in "".join(drawn(Table(columns, (Row(("甲" * 20, "\u0301", "乙")),)), width=40))
    assert "\u0301" in "".join(drawn(Table(columns[:2], (Row(("甲", "\u0301")),))))


def test_a_source_stands_at_the_edge_or_below() -> None:
    node = Item("执行率", "a.yaml:6", (Item("很长" * 12, "b.yaml:41"), Item("无出处")))
    assert drawn(Tree((node,)), width=40) == [
        "执行率" + " " * 26 + "a.yaml:6",
        "  " + "很长" * 9 + "很",
        "  长很长很长" + " " * 19 + "b.yaml:41",
        "  无出处",
    ]
    assert drawn(Tree((Item("很长" * 9, "b.yaml:41"),)), width=40) == ["很长" * 9, "    b.yaml:41"]


def test_names_of_facts_line_up_and_long_values_hang() -> None:
    assert drawn(Facts((("单位", "中心"), ("评分规则", "很长" * 10))), width=40) == [
        "单位      中心",
        "评分规则  " + "很长" * 7 + "很",
        "          长" + "很长" * 2,
    ]


def test_what_is_laid_out_already_stays_so() -> None:
    assert drawn(Verbatim("  12 | rate: x\r\n" + " " * 7 + "^" * 90 + "\n"), width=40) == ["  12 | rate: x", " " * 7 + "^" * 90]


def test_blank_lines_part_blocks_but_not_a_heading_from_its_text() -> None:
    outline = Outline("题", (Heading(1, "一"), Paragraph("甲"), Facts(()), Paragraph("乙"), Table((), ())))
    assert render(outline, "terminal", width=40) == "题\n" + "─" * 40 + "\n\n一\n甲\n\n乙\n"
