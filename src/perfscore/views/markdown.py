"""Outlines to GitHub Markdown, in which no text of a form or a rule file can become anything but text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from perfscore.text.phrase import Phrase
from perfscore.text.show import cells, clean
from perfscore.views.outline import (
    Block,
    Facts,
    Heading,
    Item,
    Layout,
    Outline,
    Paragraph,
    Table,
    Tree,
    Verbatim,
    row_cells,
    text_lines,
    verbatim_lines,
)

NAME = "markdown"
SAYS = Phrase(zh="可直接提交到 GitHub 的 Markdown 文档", en="Markdown for GitHub")

#: Characters of one text beyond which it is cut, visibly.
_LONGEST = 20_000
_DEEPEST = 8

_ACTIVE = str.maketrans({char: "\\" + char for char in "\\`*_<>[]#!|~&$"})
# `@` has no escape that GitHub respects: it calls people by name and links mail addresses. It does neither before a version.
_CALLS = re.compile(r"(?<![0-9A-Za-z])@|@(?![0-9][0-9.-]*(?![0-9A-Za-z_.-]))")


def render(outline: Outline, layout: Layout) -> str:
    """The outline as GitHub Markdown without HTML, links or images; a page of it has no width and no colour."""
    parts = [f"# {title}"] if (title := escape(outline.title)) else []
    parts += [text for block in outline.blocks if (text := "\n".join(_block(block)))]
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """
    A text on one line that Markdown shows as it is: ends of lines become ` / `.

    Besides the escapes, what GitHub makes links of (`http://`, `www.`) is broken by one, and an `@` that would call
    somebody or make an address is written `＠`; the one in `hunan/department@2024` stays.
    """
    line = _CALLS.sub("＠", clean(" / ".join(text_lines(text)), _LONGEST)).translate(_ACTIVE)
    return line.replace("://", "\\://").replace("w.", "w\\.").replace("W.", "W\\.")


def _opening(text: str) -> str:
    """An escaped text that may stand at the beginning of a line, where numbers, dashes and signs start lists and rules."""
    digits = len(text) - len(text.lstrip("0123456789"))
    if digits and text[digits : digits + 1] in (".", ")"):
        return f"{text[:digits]}\\{text[digits:]}"
    return "\\" + text if text[:1] in ("-", "+", "=", ":") else text


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * min(max(level, 1) + 1, 6)} {escape(text)}" if text.strip() else ""
        case Paragraph(text):
            yield "\n\n".join(_opening(escape(line)) for line in text_lines(text))
        case Facts(rows):
            yield from (_fact(name, value) for name, value in rows)
        case Table():
            yield from _table(block)
        case Tree(nodes):
            yield from _tree(nodes)
        case Verbatim(text):
            yield from _verbatim(text)
        case _:
            assert_never(block)


def _fact(name: str, value: str) -> str:
    colon = "：" if cells(name) > len(name) else ": "
    return f"- {_bold(escape(name))}{colon}{escape(value)}".rstrip()


def _bold(text: str) -> str:
    return f"**{text}**" if text else ""


def _table(table: Table) -> Iterator[str]:
    if not table.columns:
        return
    yield _table_line([escape(column.title) for column in table.columns])
    yield _table_line(["---:" if column.align == "right" else "---" for column in table.columns])
    for row in table.rows:
        line = [_bold(escape(text)) if tone == "strong" else escape(text) for text, tone in row_cells(row, len(table.columns))]
        # Blanks at the edge of a cell are dropped by most readers, whichever blank it is; a dot is not.
        line[0] = "· " * min(row.depth, _DEEPEST) + line[0]
        yield _table_line(line)


def _table_line(texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _tree(nodes: tuple[Item, ...]) -> Iterator[str]:
    rest = [(node, 0) for node in reversed(nodes)]
    while rest:
        node, depth = rest.pop()
        # An empty item would make its children part of the line above.
        text = _opening(escape(node.text)) or "·"
        aside = f" · {escape(node.aside)}" if node.aside.strip() else ""
        # Another bullet than that of facts: two lists in a row with the same one are one list.
        yield f"{'  ' * depth}* {_bold(text) if node.tone == 'strong' else text}{aside}".rstrip()
        rest.extend((child, depth + 1) for child in reversed(node.children))


def _verbatim(text: str) -> Iterator[str]:
    lines = [clean(line, _LONGEST) for line in verbatim_lines(text)]
    fence = "```"
    while any(fence in line for line in lines):
        fence += "`"
    yield fence
    yield from lines
    yield fence
