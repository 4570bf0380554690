"""Plain trees to JSON texts that are the same bytes for the same tree, and outlines to such trees."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from perfscore.text.phrase import Phrase
from perfscore.text.show import UNSAFE
from perfscore.views.outline import Block, Facts, Heading, Item, Layout, Outline, Paragraph, Table, Tree, Verbatim, row_cells

if TYPE_CHECKING:
    import re

NAME = "json"
SAYS = Phrase(zh="供程序读取的 JSON", en="JSON for programs")


def dumps(tree: object, *, indent: int | None = None) -> str:
    """
    A tree of dict, list, tuple, str, int, bool and None as JSON, with keys in the order given.

    One line without `indent`, and never a line end at the end. Raises TypeError for anything else: a number with a
    fraction has no exact JSON number that every program reads alike, so it must have been made a string before.
    """
    import json
    import re

    _check(tree)
    separators = (",", ": ") if indent is not None else (", ", ": ")
    text = json.dumps(tree, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    # \uXXXX is the same string to every parser, and nothing that a terminal obeys, that ends a line for JavaScript, that
    # hides or turns text round, or that (a lone surrogate) no encoding can write.
    return re.sub(f"[{UNSAFE}]", _escaped, text)


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def _check(tree: object) -> None:
    rest = [tree]
    while rest:
        match rest.pop():
            case None | str() | int():
                pass
            case dict() as node:
                if wrong := [key for key in node if not isinstance(key, str)]:
                    raise TypeError(f"a JSON key is a text, not {type(wrong[0]).__name__}")
                rest.extend(node.values())
            case list() as node:
                rest.extend(node)
            # A named tuple is a value of ours that somebody forgot to take apart; it would lose its names without a word.
            case tuple() as node if type(node) is tuple:
                rest.extend(node)
            case other:
                raise TypeError(f"a JSON tree holds no {type(other).__name__}")


def render(outline: Outline, layout: Layout) -> str:
    """The outline as a tree of its own nouns, for a program that makes pages; the width and colour of a page mean nothing here."""
    return dumps({"title": outline.title, "blocks": [_block(block) for block in outline.blocks]}, indent=2) + "\n"


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": text}
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Facts(rows):
            return {"kind": "facts", "rows": [{"name": name, "value": value} for name, value in rows]}
        case Table():
            return _table(block)
        case Tree(nodes):
            return {"kind": "tree", "nodes": [_item(node) for node in nodes]}
        case Verbatim(text):
            return {"kind": "verbatim", "text": text}
        case _:
            assert_never(block)


def _table(table: Table) -> dict[str, object]:
    columns = [{"title": column.title, "align": column.align} for column in table.columns]
    rows = [
        {"depth": row.depth, "tone": row.tone, "cells": [{"text": cell.text, "tone": cell.tone} for cell in row_cells(row, len(columns))]}
        for row in table.rows
    ]
    return {"kind": "table", "columns": columns, "rows": rows}


def _item(item: Item) -> dict[str, object]:
    return {"text": item.text, "aside": item.aside, "tone": item.tone, "children": [_item(child) for child in item.children]}
