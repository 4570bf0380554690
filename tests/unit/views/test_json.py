"""Programs read it: the same tree must give the same bytes, every parser must read the same values back, and no number may be a float."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfscore.text.show import UNSAFE
from perfscore.text.source import Source, Span
from perfscore.views import render
from perfscore.views.json import dumps
from perfscore.views.outline import Column, Facts, Heading, Item, Outline, Paragraph, Row, Table, Tree, Verbatim
from tests.unit.views.outlines import texts

trees: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=12,
)


@given(tree=trees, indent=st.sampled_from([None, 0, 2]))
def test_what_is_written_is_read_back(tree: Any, indent: int | None) -> None:
    text = dumps(tree, indent=indent)
    assert json.loads(text) == tree
    assert re.search(f"[{UNSAFE}]", text) is None
    assert indent is not None or "\n" not in text
    assert not text.endswith("\n")


def test_keys_keep_their_order_and_han_text_its_characters() -> None:
    assert dumps({"得分": "95.95", "a": [None, True, 3], "空": {}}) == '{"得分": "95.95", "a": [null, true, 3], "空": {}}'
    assert dumps({"b": 1, "a": ("x",)}, indent=2) == '{\n  "b": 1,\n  "a": [\n    "x"\n  ]\n}'


@pytest.mark.parametrize(
    ("char", "written"),
    [("\u2028", "\\u2028"), ("\u2029", "\\u2029"), ("\x1b", "\\u001b"), ("\x9b", "\\u009b"), ("\ud800", "\\ud800"), ("\U000e0041", "\\udb40\\udc41")],
)
def test_unseen_characters_are_written_as_numbers(char: str, written: str) -> None:
    assert dumps(f"甲{char}") == f'"甲{written}"'


# A named tuple would become a list without its names, and a float would be a score that nobody computed.
@pytest.mark.parametrize(
    "wrong", [0.5, float("nan"), b"x", {1}, object(), Span(Source("a", ""), 1, 1, 1, 1), {"a": [{"b": 1.0}]}, {1: "a"}, {None: "a"}]
)
def test_only_plain_trees_are_written(wrong: object) -> None:
    with pytest.raises(TypeError, match="JSON"):
        dumps([wrong])


def test_an_outline_is_a_tree_of_its_own_nouns() -> None:
    table = Table((Column("指标"), Column("分值", "right")), (Row(("合计",), "strong", 1),))
    blocks = (
        Heading(1, "一"),
        Paragraph("甲\n乙"),
        Facts((("单位", "中心"),)),
        table,
        Tree((Item("a", "f:1", (Item("b", tone="bad"),)),)),
        Verbatim(" x"),
    )
    assert json.loads(render(Outline("题", blocks), "json")) == {
        "title": "题",
        "blocks": [
            {"kind": "heading", "level": 1, "text": "一"},
            {"kind": "paragraph", "text": "甲\n乙"},
            {"kind": "facts", "rows": [{"name": "单位", "value": "中心"}]},
            {
                "kind": "table",
                "columns": [{"title": "指标", "align": "left"}, {"title": "分值", "align": "right"}],
                "rows": [{"depth": 1, "tone": "strong", "cells": [{"text": "合计", "tone": "strong"}, {"text": "", "tone": ""}]}],
            },
            {
                "kind": "tree",
                "nodes": [{"text": "a", "aside": "f:1", "tone": "", "children": [{"text": "b", "aside": "", "tone": "bad", "children": []}]}],
            },
            {"kind": "verbatim", "text": " x"},
        ],
    }
