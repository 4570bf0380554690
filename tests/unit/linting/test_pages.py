"""The pages of codes: complete in both languages, and their pieces of rule files the same in either."""

import re

import pytest

from perfscore.cli.pages import codes, page, says, severity
from perfscore.forms.read import forms_of
from perfscore.linting.checks import codes as checks
from perfscore.model.page import framed
from perfscore.model.rules import RuleSet
from perfscore.report.pages import outline, pieces
from perfscore.ruleset.build import build
from perfscore.ruleset.printer import respelled, same_rules
from perfscore.text.diagnostic import Rejected
from perfscore.text.phrase import Lang
from perfscore.text.source import Source
from perfscore.views.outline import Heading, Verbatim

LANGS: tuple[Lang, ...] = ("zh", "en")


@pytest.mark.parametrize("code", codes())
def test_a_page_says_everything_in_both_languages(code):
    found, said = page(code), says(code)
    assert found is not None
    assert said is not None
    for phrase in (said, found.what, found.why, found.fix):
        assert phrase.zh.strip()
        assert phrase.en.strip()
    # As in a table, on one line.
    assert "\n" not in said.zh + said.en
    for lang in LANGS:
        blocks = outline(code, said, severity(code), found, lang).blocks
        assert sum(isinstance(block, Verbatim) for block in blocks) == bool(found.wrong) + bool(found.right)
        assert sum(isinstance(block, Heading) for block in blocks) == 2 + bool(found.wrong) + bool(found.right)


def test_there_is_no_page_of_nothing():
    assert (page("no-such-code"), says("no-such-code")) == (None, None)


def made(text: str) -> RuleSet | list[str]:
    """The rule set of a text, or the codes of what is wrong with it."""
    try:
        return build(Source("piece.yaml", text, text.encode()), None)
    except Rejected as rejected:
        return [one.code for one in rejected.diagnostics]


def refused(text: str) -> list[str]:
    forms = forms_of(Source("form.yaml", text, text.encode()))
    return [one.code for form in forms if isinstance(form, Rejected) for one in form.diagnostics]


# A word of the one language inside of the other would be an error for whoever copies a piece.
@pytest.mark.parametrize("code", codes())
def test_a_piece_says_the_same_with_the_keys_of_either_language(code):
    found = page(code)
    assert found is not None
    for zh, en in zip(pieces(found, "zh"), pieces(found, "en"), strict=True):
        if not en:
            continue
        assert not re.search(r"^(?:points|indicators|rules|unit|grades):", zh, re.MULTILINE)
        if en.startswith(("rules:", "unit:")):
            assert refused(zh) == refused(en)
            continue
        one, other = made(framed(zh)), made(framed(en))
        if isinstance(one, list) or isinstance(other, list):
            assert one == other
        else:
            assert same_rules(one, other)


@pytest.mark.parametrize("code", checks())
def test_a_page_of_a_check_shows_keys_of_its_language(code):
    found = page(code)
    assert found is not None
    assert all("指标:" in piece for piece in pieces(found, "zh"))
    assert not any("指标:" in piece for piece in pieces(found, "en"))


PIECE = """# Anmerkung  stays
indicators:   # so does the layout
  - {id: a,  label: {zh: 甲, en: A}, "points": 10%, direction: 'higher', method: by-kind}   # and this
  - id: b
    aggregate: sum
    children: [{id: points, rows: from-form, method: {deduction: {full: "≤100%", every: 1%, lose: 0.5}}}]
gates: [{id: g, when: points < 60, effect: {grade-cap: points}}]
cohort: {位次: {rank: {of: points}}}
rounding: [{at: leaf, places: 2}]
facts: {points: {kind: truth}}
examples: [{given: {points: true}, expect: {points: points, total: 1}}]
"""
CHINESE = """# Anmerkung  stays
指标:   # so does the layout
  - {编号: a,  名称: {zh: 甲, en: A}, 分值: 10%, 指标方向: 正向, 方法: 按类型}   # and this
  - 编号: b
    汇总: 求和
    下级: [{编号: points, 行: 由表填报, 方法: {扣分: {满分条件: "≤100%", 每档: 1%, 扣分: 0.5}}}]
关口: [{编号: g, 条件: points < 60, 后果: {等级上限: points}}]
全体: {位次: {名次: {数据: points}}}
舍入: [{环节: 指标, 位数: 2}]
数据: {points: {类型: 是否}}
示例: [{给定: {points: true}, 应得: {points: points, total: 1}}]
"""


# A name that somebody chose may be the word of a key: only what the shape of a file knows is a key.
def test_keys_and_fixed_words_change_and_nothing_else():
    assert respelled(PIECE, "zh") == CHINESE
    assert respelled(CHINESE, "zh") == CHINESE
    assert respelled(CHINESE, "en") == PIECE.replace('"points": ', "points: ").replace("'higher'", "higher")


@pytest.mark.parametrize("text", ["", "a: [", "- 1\n", "text", "indicators: {a: 1}\npoints: [1]\nmethod: 1\n"])
def test_what_is_no_rule_file_stays_or_is_spoken_as_far_as_it_is_one(text):
    assert respelled(text, "en") == text
    assert "1" not in text or "1" in respelled(text, "zh")
