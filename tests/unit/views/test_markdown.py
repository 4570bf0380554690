"""A form is written by strangers and read on a site that turns text into links, calls and pictures: data must stay text."""

import re

import pytest
from hypothesis import given

from perfscore.views import render
from perfscore.views.markdown import escape
from perfscore.views.outline import Column, Facts, Heading, Item, Outline, Paragraph, Row, Table, Tree, Verbatim
from tests.unit.views.outlines import flowing_outlines, outlines, tables, texts

# What the view itself writes: everything else in a token stream would have been made by data.
STRUCTURE = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "bullet_list_open", "bullet_list_close", "list_item_open",
    "list_item_close", "table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close",
    "th_open", "th_close", "td_open", "td_close", "inline", "fence", "text", "text_special", "strong_open", "strong_close",
}  # fmt: skip


def drawn(*blocks: Heading | Paragraph | Facts | Table | Tree | Verbatim) -> str:
    return render(Outline("", blocks), "markdown").removesuffix("\n")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("预算执行率（%）", "预算执行率（%）"),
        ("a|b", "a\\|b"),
        ("\\|", "\\\\\\|"),
        ("`x` *y* _z_ ~~w~~", "\\`x\\` \\*y\\* \\_z\\_ \\~\\~w\\~\\~"),
        ("![x](http://a/b)", "\\!\\[x\\](http\\://a/b)"),
        ("<script>&lt;", "\\<script\\>\\&lt;"),
        ("www.a.cn Www.a.cn", "www\\.a.cn Www\\.a.cn"),
        ("#12 $x$", "\\#12 \\$x\\$"),
        ("@all 请", "＠all 请"),
        ("x@mail.cn", "x＠mail.cn"),
        ("hunan/department@2024", "hunan/department@2024"),  # a rule set by its name must survive copying
        ("hunan/department@2024.1，见", "hunan/department@2024.1，见"),
        ("x@2024.cn", "x＠2024.cn"),
        ("一\n\n二\r三", "一 / 二 / 三"),
        ("\x1b[2J\u202e", "\\\\u{1b}\\[2J\\\\u{202e}"),
    ],
)
def test_what_acts_in_markdown_is_escaped(text: str, written: str) -> None:
    assert escape(text) == written


@given(text=texts)
def test_escaping_keeps_one_line_and_can_be_undone(text: str) -> None:
    written = escape(text)
    assert "\n" not in written
    assert re.search(r"(?<!\\)(?:\\\\)*[`*_<>\[\]#!|~&$]", written) is None


# With one bar too many a row would shift its numbers under other heads.
@given(table=tables())
def test_every_row_of_a_table_has_the_bars_of_its_head(table: Table) -> None:
    lines = drawn(table).split("\n")
    assert len(lines) == 2 + len(table.rows)
    for line in lines:
        assert len(re.findall(r"\|", re.sub(r"\\.", "", line))) == len(table.columns) + 1


# The judge is a parser that does not know this view.
@given(outline=flowing_outlines)
def test_no_data_becomes_structure(outline: Outline) -> None:
    parser = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(render(outline, "markdown"))
    kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    assert kinds <= STRUCTURE
    assert sum(token.type == "table_open" for token in tokens) == sum(isinstance(block, Table) for block in outline.blocks)
    headings = [outline.title, *(block.text for block in outline.blocks if isinstance(block, Heading))]
    assert sum(token.type == "heading_open" for token in tokens) >= sum(1 for text in headings if text.strip())
    lists = sum(isinstance(block, Facts) and bool(block.rows) for block in outline.blocks) + sum(
        _lists(b.nodes) for b in outline.blocks if isinstance(b, Tree)
    )
    assert sum(token.type == "bullet_list_open" for token in tokens) <= lists


def _lists(nodes: tuple[Item, ...]) -> int:
    return bool(nodes) + sum(_lists(node.children) for node in nodes)


@given(outline=outlines)
def test_no_line_can_be_html_a_link_or_a_command(outline: Outline) -> None:
    text = render(Outline(outline.title, tuple(block for block in outline.blocks if not isinstance(block, Verbatim))), "markdown")
    assert "://" not in text.replace("\\://", "")
    assert not re.search(r"(?<!\\)<", text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028]", text)


@pytest.mark.parametrize("text", ["1. a", "12) a", "- a", "+ a", "* a", "> a", "# a", "===", "---", "~~~", "```", "    a", "| a |", ":--"])
def test_a_paragraph_begins_nothing_else(text: str) -> None:
    tokens = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable("table").parse(drawn(Paragraph(f"甲\n{text}"), Tree((Item(text),))))
    assert [token.type for token in tokens if token.nesting == 1] == [
        "paragraph_open",
        "paragraph_open",
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
    ]
    assert next(token.content for token in tokens if token.type == "inline") == "甲"


def test_verbatim_text_cannot_end_its_fence() -> None:
    assert drawn(Verbatim("  a\n````\n\tb\n")) == "`````\n  a\n````\n b\n`````"


def test_a_table_shows_depth_and_totals_without_html() -> None:
    table = Table((Column("指标"), Column("分值", "right")), (Row(("产出",), depth=2), Row(("合计", "100"), "strong")))
    assert drawn(table) == "| 指标 | 分值 |\n| --- | ---: |\n| · · 产出 |  |\n| **合计** | **100** |"


def test_facts_and_trees_are_lists_of_their_own() -> None:
    tree = Tree((Item("失分", "a.yaml:6", (Item("原因", tone="strong"),)),))
    text = drawn(Heading(1, "一"), Facts((("单位", "中心"), ("Unit", "1"), ("", "x"))), tree)
    assert text == "## 一\n\n- **单位**：中心\n- **Unit**: 1\n- : x\n\n* 失分 · a.yaml:6\n  * **原因**"
