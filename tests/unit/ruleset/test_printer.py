"""The text of a printed rule set: whole, readable, and each inherited field with the line that set it."""

from pathlib import Path

import pytest

from perfscore.ruleset.build import build, merged
from perfscore.ruleset.load import open_named
from perfscore.ruleset.printer import print_rules, same_rules
from perfscore.text.source import Source

BASE = """\
规则: test/base
版本: "1"
数据:
  人数: {单位: 人, 类型: 数}
  面积: {单位: 平方米}
等级:
  - {名称: {zh: 优, en: good}, 区间: "[90,100]"}
  - {名称: 差, 区间: "[0,90)"}
指标:
  - 编号: group
    名称: 组
    汇总: 求和
    下级:
      - 编号: staff
        名称: 在职人员
        分值: 60
        测算: 控制率 = 人数 / 100
        方法:
          扣分:
            满分条件: "≤100%"
            每档: 1%
            扣分: 分值的10%
            不足一档: 按比例
      - {编号: rooms, 分值: 40, 测算: 面积, 方法: {分档: ["[0,1): 0", "[1,+): 满分"]}}
"""
HEIR = """\
ruleset: test/heir
version: "1"
extends: base.yaml
indicators:
  - id: group
    children:
      - {id: rooms, removed: true}
      - {id: staff, points: 50}
      - id: deadline
        label: "a: b"
        points: 50
        rows: from-form
        method: {by-kind: {date: {deadline: {lose: 10%}}, 数量: ratio}}
"""


@pytest.fixture
def heir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "heir.yaml").write_text(HEIR, encoding="utf-8")
    return "heir.yaml"


def test_keys_and_fixed_words_are_english_and_values_as_written(heir: str) -> None:
    assert (
        print_rules(merged(*open_named(heir)), "en")
        == """\
# made of heir.yaml, base.yaml
ruleset: test/heir
version: "1"
grades:
  - {label: {zh: 优, en: good}, range: "[90,100]"}
  - {label: 差, range: "[0,90)"}
facts:
  人数: {unit: 人, kind: number}
indicators:
  - id: group
    label: 组
    aggregate: sum
    children:
      - id: staff
        label: 在职人员
        points: 50
        measure: 控制率 = 人数 / 100
        method: {deduction: {full: "≤100%", every: 1%, lose: 分值的10%, steps: proportional}}
      - id: deadline
        label: "a: b"
        points: 50
        rows: from-form
        method: {by-kind: {date: {deadline: {lose: 10%}}, quantity: ratio}}
"""
    )


def test_keys_and_fixed_words_are_chinese_if_asked_for(heir: str) -> None:
    text = print_rules(merged(*open_named(heir)), "zh")
    assert text.startswith("# 由以下文件合并而成：heir.yaml、base.yaml\n规则: test/heir\n")
    assert '方法: {扣分: {满分条件: "≤100%", 每档: 1%, 扣分: 分值的10%, 不足一档: 按比例}}' in text
    assert "行: 由表填报\n        方法: {按类型: {日期: {时限: {扣分: 10%}}, 数量: 比例}}" in text


# Every line of what was inherited names the file and line that set it; what the file itself says needs none.
def test_each_inherited_field_remembers_the_line_that_set_it(heir: str) -> None:
    text = print_rules(merged(*open_named(heir)), "en", origins=True)
    told = {line.split("#")[0].strip(): line.split("# ")[1] for line in text.splitlines()[1:] if "#" in line}
    assert told == {
        '- {label: {zh: 优, en: good}, range: "[90,100]"}': "base.yaml:7",
        '- {label: 差, range: "[0,90)"}': "base.yaml:8",
        "人数: {unit: 人, kind: number}": "base.yaml:4",
        "label: 组": "base.yaml:11",
        "aggregate: sum": "base.yaml:12",
        "label: 在职人员": "base.yaml:15",
        "measure: 控制率 = 人数 / 100": "base.yaml:17",
        'full: "≤100%"': "base.yaml:20",
        "every: 1%": "base.yaml:21",
        "lose: 分值的10%": "base.yaml:22",
        "steps: proportional": "base.yaml:23",
    }
    assert same_rules(build(Source("again.yaml", text), None), build(*open_named(heir)))


# 面积 belonged to an indicator that the heir takes out: a form by the heir is not asked for it.
def test_facts_that_nothing_asks_for_are_left_out_unless_an_example_gives_them(heir: str, tmp_path: Path) -> None:
    assert "面积" not in print_rules(merged(*open_named(heir)))
    path = tmp_path / "given.yaml"
    path.write_text(HEIR + "examples: [{given: {面积: 1, 人数: 1}, expect: {staff: 50}}]\n", encoding="utf-8")
    text = print_rules(merged(*open_named(str(path))))
    assert "面积: {unit: 平方米}" in text
    build(Source("again.yaml", text), None)


#: Texts that YAML, or our own reading of it, could take for something else.
ODD = [
    "null",
    "~",
    "是",
    "True",
    "1",
    "- a",
    "a: b",
    "a #b",
    "#a",
    "[a",
    "{a}",
    "a,b",
    "&a",
    "*a",
    "!a",
    "%a",
    "@a",
    "'a'",
    'a"b',
    "a\\b",
    "：",
    "a\nb",
    " a ",
    "?",
]


@pytest.mark.parametrize("odd", ODD)
def test_odd_texts_stay_what_they_are(odd: str) -> None:
    quoted = odd.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    text = f'ruleset: a/b\nversion: 1\nindicators: [{{id: x, label: "{quoted}", points: 1, measure: 全年执行数, method: ratio}}]\n'
    source = Source("odd.yaml", text)
    rules = build(source, None)
    assert rules.variants[-1].indicators[0].label.zh == odd
    printed = print_rules(merged(source, None))
    assert same_rules(build(Source("again.yaml", printed), None), rules)


# A text over several lines has no place on one line of its source; it is printed as what it means.
def test_folded_and_block_texts_are_printed_on_one_line() -> None:
    text = "ruleset: a/b\nversion: 1\ntitle: >-\n  甲\n  乙\nindicators:\n  - {id: x, points: 1, measure: 全年执行数\n      / 全年预算数, method: ratio}\n"
    printed = print_rules(merged(Source("folded.yaml", text), None))
    assert 'title: "甲 乙"' in printed
    assert "measure: 全年执行数 / 全年预算数" in printed
