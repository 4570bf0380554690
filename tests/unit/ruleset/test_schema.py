"""What an editor is told about rule and form files must be what the reader does; the schema and the reader are made from one declaration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from perfscore.forms.schema import form_schema
from perfscore.forms.shape import FORM
from perfscore.ruleset.schema import misfits, rules_schema
from perfscore.ruleset.shape import RULESET
from perfscore.text import yaml
from perfscore.text.decode import read
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.nodes import Entry, Mapping, Node, Scalar, Sequence
from perfscore.text.record import Record
from perfscore.text.schema import plain
from perfscore.text.source import Source

ROOT = Path(__file__).resolve().parents[3]
SCHEMAS = {"rules": (RULESET, rules_schema()), "form": (FORM, form_schema())}

#: What is wrong with the structure of a file, which a schema has to see.
STRUCTURE = frozenset(
    "text-expected number-expected number-too-small whole-number-expected unknown-word list-expected mapping-expected unknown-key duplicate-key missing-key "
    "method-expected unknown-method missing-parameters method-kind".split()
)
#: What is wrong inside of a text with a small grammar, of which a schema sees as much as a pattern can.
GRAMMAR = frozenset("bad-value bad-id bad-band bad-tier bad-amount bad-interval".split())


def documents(text: str) -> tuple[Node, ...]:
    parsed = yaml.parse(Source("x.yaml", text))
    assert parsed.problems == ()
    return parsed.documents


def codes(shape: Record, document: Node) -> set[str]:
    found: list[Diagnostic] = []
    shape.read(document, found.append)
    return {problem.code for problem in found}


def agree(kind: str, document: Node) -> None:
    shape, schema = SCHEMAS[kind]
    said = codes(shape, document)
    assert said <= STRUCTURE | GRAMMAR
    found = misfits(document, schema)
    if said & STRUCTURE:
        assert found, f"the reader says {said}, the schema nothing, of {plain(document)}"
    elif not said:
        assert not found, f"the reader says nothing, the schema {[(str(d.span), d.says.en) for d in found]}, of {plain(document)}"


FILES = [
    (kind, path)
    for kind, pattern in (("rules", "rules/*/*.yaml"), ("form", "examples/*.yaml"))
    for path in sorted(ROOT.glob(pattern))
    if not path.name.endswith(".test.yaml")
]


# An editor that marks a shipped file red would be believed, and not us.
@pytest.mark.parametrize(("kind", "path"), FILES, ids=lambda value: value.name if isinstance(value, Path) else value)
def test_shipped_files_fit(kind, path):
    for document in yaml.parse(read(str(path)).source).documents:
        assert misfits(document, SCHEMAS[kind][1]) == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schemas_are_schemas_of_their_dialect(kind):
    Draft202012Validator.check_schema(SCHEMAS[kind][1])


# A reference to the network would be fetched by some editors and break the others without it.
@pytest.mark.parametrize("kind", SCHEMAS)
def test_references_stay_inside(kind):
    schema = SCHEMAS[kind][1]
    references = set(re.findall(r"'\$ref': '([^']*)'", str(schema)))
    assert references == {f"#/$defs/{name}" for name in schema["$defs"]}
    assert schema["$id"].startswith("urn:")


#: A small file with every key that has a shape of its own, near enough to be changed anywhere.
SMALL = {
    "rules": """
ruleset: a/b
version: "1"
title: {zh: 甲, en: A}
points: 10
basis: [某文, {document: 某文, verified: true}]
rounding: [{at: leaf, places: 2}]
grades: [{label: 优, range: "[90,100]"}]
aggregate: sum
facts: {甲: 数, 乙: {label: 乙, kind: truth}}
indicators:
  - id: a
    points: 10
    children:
      - {id: b, points: 4, measure: 甲, method: {bands: ["[0,1): 0", "[1,+): 100%"]}, applicable: 甲 > 0}
      - {id: c, rows: from-form, method: {by-kind: {quantity: {deduction: {full: ">=1", every: 1%, lose: 5分, steps: up}}, words: tiers, date: {deadline: {lose: 10%}}}}}
      - {id: d, 方法: {等级: {好: 6, 差: 0}}, 取消: 是, 指标方向: 反向}
variants: [{id: v, when: rows.a == 0, indicators: [{id: a, removed: true}]}]
examples: [{given: {甲: 1}, expect: {a: 5}}]
""",
    "form": """
rules: a/b@1
unit: 某单位
year: 2024
goal: {expected: 甲, 实际完成情况: 乙}
budget:
  initial: 1
  全年预算数: 2.50
  parts: [{group: 按收入性质, label: 其他, adjusted: 5, total: 是}]
indicators:
  - {level1: 产出指标, target: 8个, actual: "11", points: 15, applicable: true, direction: lower, review: {score: 3}}
facts: {编制数: 57, 三公: {本年: [1, 2]}}
claims: [{label: 甲, printed: 5%, ratio: [1, [2, 3]]}]
reported: {score: 95.95}
""",
}
WORDS = (
    "", "~", "null", "true", "True", "false", "yes", "是", "0", "-0", "-1", "5", "9", "10", "1.5", "5.0", "10%", "-5%", "500%", "5分", "分值的10%", "ratio", "比例", "bands",
    "by-kind", "按类型", "tiers", "deadline", "deduction", "from-form", "leaf", "优", "a b", "a/b", "[0,60%)", "优: [0,100%]", "lower", "sum",
)  # fmt: skip
INNER = "id 编号 label 名称 zh points 分值 children method 方法 rows bands 分档 ratio quantity words level3 of x"
KEYS = [*sorted({name for shape, _ in SCHEMAS.values() for key in shape.keys for name in (key.name, key.zh)}), *INNER.split()]
SPAN = documents("a")[0].span
scalars = st.builds(Scalar, st.just(SPAN), st.sampled_from(WORDS), st.booleans())
values = st.one_of(
    scalars,
    st.builds(Sequence, st.just(SPAN), st.lists(scalars, max_size=1).map(tuple)),
    st.builds(lambda key, value: Mapping(SPAN, (Entry(Scalar(SPAN, key), value),)), st.sampled_from([*KEYS, *WORDS[15:]]), scalars),
    st.just(Mapping(SPAN, ())),
)


def size(node: Node) -> int:
    match node:
        case Scalar():
            return 1
        case Sequence(items=items):
            return 1 + sum(map(size, items))
        case Mapping(entries=entries):
            return 1 + sum(size(value) for _, value in entries)


def change(node: Node, at: int, new: Node, key: str, how: str) -> Node:
    """The tree with one change at its node number `at`, counted from the root."""
    if at == 0:
        return altered(node, new, key, how)
    at -= 1
    match node:
        case Sequence(items=items):
            parts: list[Node] = list(items)
        case Mapping(entries=entries):
            parts = [value for _, value in entries]
        case _:
            raise ValueError(at)
    for place, part in enumerate(parts):
        if at < size(part):
            parts[place] = change(part, at, new, key, how)
            break
        at -= size(part)
    if isinstance(node, Sequence):
        return Sequence(node.span, tuple(parts))
    return Mapping(node.span, tuple(Entry(old, value) for (old, _), value in zip(node.entries, parts, strict=True)))


def altered(node: Node, new: Node, key: str, how: str) -> Node:
    if isinstance(node, Mapping) and how != "replace":
        taken = {entry.key.text for entry in node.entries}
        place = sum(map(ord, key)) % max(len(node.entries), 1)
        rest = node.entries[:place] + node.entries[place + 1 :]
        if how == "drop" or key in taken:
            return Mapping(node.span, rest)
        if how == "rename" and node.entries:
            return Mapping(node.span, (*rest, Entry(Scalar(SPAN, key), node.entries[place].value)))
        return Mapping(node.span, (*node.entries, Entry(Scalar(SPAN, key), new)))
    if isinstance(node, Sequence) and how != "replace":
        return Sequence(node.span, node.items[1:] if how == "drop" else (*node.items, new))
    return new


changes = st.tuples(st.integers(0, 999), values, st.sampled_from(KEYS), st.sampled_from(["replace", "replace", "drop", "rename", "add"]))


# The law: where the reader finds the structure wrong the schema does, and where it finds nothing the schema finds nothing.
@pytest.mark.parametrize("kind", SCHEMAS)
@given(made=st.lists(changes, min_size=1, max_size=2))
def test_the_schema_accepts_what_the_reader_accepts(kind, made):
    document = documents(SMALL[kind])[0]
    for at, new, key, how in made:
        document = change(document, at % size(document), new, key, how)
    agree(kind, document)


# Written out what the drawn cases meet by chance: ways to write nothing, yes and no, numbers as text, and one key in both languages.
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("rules", "{ruleset: a/b, version: 2024, indicators: null}"),
        ("rules", '{"ruleset": "a/b", "version": "1", "points": null}'),
        ("rules", "{ruleset: a/b, version: ~}"),
        ("rules", "{ruleset: , version: 1}"),
        ("rules", '{ruleset: a/b, version: 1, points: "100"}'),
        ("rules", "{ruleset: a/b, version: 1, points: -0}"),
        ("rules", '{ruleset: a/b, version: 1, points: "1e3"}'),
        ("rules", "{ruleset: a/b, version: 1, title: true}"),
        ("rules", "{ruleset: a/b, 规则: a/b, version: 1}"),
        ("rules", "{规则: a/b, 版本: 1, 依据: [{文件: 某文, 已核对: TRUE}]}"),
        ("rules", '{规则: a/b, 版本: 1, 依据: [{文件: 某文, 已核对: "TRUE"}]}'),
        ("rules", "{规则: a/b, 版本: 1, 依据: [{文件: 某文, 已核对: yes}]}"),
        ("rules", '{规则: a/b, 版本: 1, 舍入: [{环节: 指标, 位数: "2.0"}, {环节: 总分, 位数: 2.0}, {环节: 率, 位数: -0}]}'),
        ("rules", "{规则: a/b, 版本: 1, 舍入: [{环节: 指标, 位数: 500%}]}"),
        ("rules", "{规则: a/b, 版本: 1, 指标: [{编号: a, 方法: {比例: }}]}"),
        ("rules", "{规则: a/b, 版本: 1, 指标: [{编号: a, 方法: {分档: }}]}"),
        ("rules", "{规则: a/b, 版本: 1, 指标: [{编号: a, 方法: 扣分}, {编号: b, 方法: 分档}]}"),
        ("rules", "{规则: a/b, 版本: 1, 指标: [{编号: a, 方法: {按类型: {数量: 按类型}}}]}"),
        ("rules", "{规则: a/b, 版本: 1, 指标: [{编号: a, 方法: {按类型: {数量: 三档}}}]}"),
        ("rules", "{规则: a/b, 版本: 1, 指标: [{编号: a, 方法: {按类型: {数量: 比例, quantity: 比例}}}]}"),
        ("rules", "{规则: a/b, 版本: 1, 指标: [{编号: 三公经费.控制率}, {编号: 2024}, {编号: 'a b'}]}"),
        ("rules", "[]"),
        ("rules", "规则"),
        ("form", "{}"),
        ("form", "{单位: null, 年度: 2024, 指标: ~}"),
        ("form", "{指标: [{适用: 否}, {applicable: false}, {applicable: True}, {}]}"),
        ("form", "{指标: [{适用: no}]}"),
        ("form", "{预算: {构成: [{名称: 甲}]}}"),
        ("form", "{预算: {构成: [{分组: }]}}"),
        ("form", "{数据: [1]}"),
        ("form", "{陈述: [{合计: 5}, {合计: [5, [甲]]}]}"),
        ("form", "{指标: [{年度指标值: [1]}]}"),
    ],
)
def test_both_judge_alike(kind, text):
    agree(kind, documents(text)[0])


# Where JSON ends: a schema sees the number and not its spelling, so these the reader alone can refuse.
@pytest.mark.parametrize("spelling", ["1e3", "+5", "010", "0x1F", ".5", "5."])
def test_the_schema_cannot_see_how_a_number_is_spelt(spelling):
    document = documents(f"{{ruleset: a/b, version: 1, points: {spelling}}}")[0]
    assert codes(RULESET, document) == {"number-expected"}
    assert misfits(document, SCHEMAS["rules"][1]) == []


# The message names the place of the key or value, in words of the file and not of the validator.
@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("{ruleset: a/b, version: 1, titel: 甲}", "1:28", "没有 titel 这个键"),
        ("{ruleset: a/b, version: 1, 版本: 1}", "1:28", "version 与 版本 是同一个键"),
        ("{ruleset: a/b}", "1:1", "缺少 version"),
        ("{ruleset: a/b, version: 1, points: [1]}", "1:36", "这里应是数"),
        ("{ruleset: a/b, version: 1, points: -1}", "1:36", "-1 小于允许的最小值 0"),
        ("{ruleset: a/b, version: 1, points: 1万}", "1:36", "写法不合规定：1万"),
        (
            "{ruleset: a/b, version: 1, aggregate: median}",
            "1:39",
            "这里只能写：best、择优、geometric-mean、几何平均、mean、平均、redistribute、折算、sum、求和、weakest-link、短板、worst、最低",
        ),
        ("{ruleset: a/b, version: 1, indicators: [{id: a, method: {ratio: {}, direct: {}}}]}", "1:57", "这里应正好有一个键"),
        (
            "{ruleset: a/b, version: 1, indicators: [{id: a, method: {around: {at: 100%, above: {gain: 1, every: 1%, 扣分: 2}}}}]}",
            "1:105",
            "gain 与 扣分 只能写一个",
        ),
    ],
)
def test_a_misfit_says_what_and_where(text, place, says):
    (problem,) = misfits(documents(text)[0], SCHEMAS["rules"][1])
    assert (problem.says.zh, str(problem.span)) == (says, f"x.yaml:{place}")


# The editor's reading of bare words, by the YAML 1.2 core schema; exact, because a float would move a tie.
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("~", None),
        ("Null", None),
        ('"null"', "null"),
        ("TRUE", True),
        ("yes", "yes"),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("2024-01-01", "2024-01-01"),
        (".inf", ".inf"),
        ("[1, {a: }]", [1, {"a": None}]),
    ],
)
def test_bare_words_are_read_as_an_editor_reads_them(text, value):
    assert plain(documents(text)[0]) == value


def test_numbers_with_a_point_stay_exact():
    assert str(plain(documents("95.950")[0])) == "95.950"


def properties(schema: object) -> Iterator[tuple[str, dict[str, Any]]]:
    match schema:
        case dict():
            yield from schema.get("properties", {}).items()
            for name, inside in schema.items():
                # What stands below `allOf` only says which of the keys go together.
                yield from properties(inside) if name != "allOf" else ()
        case list():
            for inside in schema:
                yield from properties(inside)


# An editor shows what a key means to whoever types it, and has no idea in which language.
@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_key_is_described_in_both_languages(kind: str) -> None:
    found = list(properties(SCHEMAS[kind][1]))
    assert len(found) > 20
    described = re.compile(r".*[\u4e00-\u9fff].* / .*[A-Za-z].*")
    assert [name for name, schema in found if not described.fullmatch(schema.get("description", ""))] == []
