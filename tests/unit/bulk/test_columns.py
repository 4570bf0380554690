"""Heads of tables: what names are understood as, and what is told where a name means nothing, or two things."""

import pytest

from perfscore.bulk.columns import Columns, explained, meanings
from perfscore.model.rules import RuleSet
from perfscore.testing.strategies import built
from perfscore.text.diagnostic import Rejected

RULES = """ruleset: test/table
version: "1"
facts:
  编制数: {label: {zh: 编制人数, en: posts}}
  三公经费.本年预算: {unit: 万元}
  满意度: {kind: list}
indicators:
  - {id: a, label: 控制率, points: 10, measure: 编制数 / 三公经费.本年预算 + sum(满意度), method: ratio}
"""


def roles(names: str, rules: RuleSet | None = None, **mapping: str) -> list[str]:
    return [meaning.name or meaning.role for meaning in read(names, rules, **mapping).meanings]


def read(names: str, rules: RuleSet | None = None, **mapping: str) -> Columns:
    return meanings(names.split("|"), rules, mapping)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (
            "单位|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|自评得分|偏差原因",
            "unit level1 level2 level3 target actual points reported note",
        ),
        ("unit|level1|level2|level3|target|actual|points|reported|note", "unit level1 level2 level3 target actual points reported note"),
        ("表号|填报单位|一级指标|指标值|完成值|权重|得分", "form unit level1 target actual points reported"),
        ("Form| Level1 |Ｌｅｖｅｌ２|TARGET", "form level1 level2 target"),
        ("表号|编号|一级指标|指标值|计量单位", "form id level1 target measured"),
        ("表号|一级指标|指标值|计量单位|全年预算数|金额单位", "form level1 target measured budget.adjusted budget.money"),
        (
            "编号|单位|项目|年度|全年预算数|全年执行数|自评得分|计量单位",
            "form unit project year budget.adjusted budget.executed reported.score budget.money",
        ),
        ("unit|budget.points|自评结论.总得分|预算.自评得分", "unit budget.points reported.score budget.reported"),
        # Without rules, what is no word of the form file is a fact.
        ("unit|编制数|三公经费.本年预算|facts.单位", "unit 编制数 三公经费.本年预算 单位"),
    ],
)
def test_names_are_understood(names: str, expected: str) -> None:
    assert roles(names) == expected.split()


@pytest.mark.parametrize(("name", "fact"), [("编制数", "编制数"), ("编制人数", "编制数"), ("Posts", "编制数"), ("满意度.老师", "满意度.老师")])
def test_a_fact_is_called_by_its_name_its_label_or_a_part(name: str, fact: str) -> None:
    assert roles(f"单位|{name}", built(RULES)) == ["unit", fact]


@pytest.mark.parametrize(
    ("names", "code", "at"),
    [
        ("单位|单位|level1|target", "duplicate-column", 2),
        ("单位|单位名称|level1|target", "ambiguous-column", 2),
        ("预算单位|填报单位|level1|target", "duplicate-column", 2),
        ("单位|编号|level1|target", "ambiguous-column", 2),
        ("表号|计量单位|level1|target|全年预算数", "ambiguous-column", 2),
        ("指标值|目标值|level1|unit", "duplicate-column", 2),
    ],
)
def test_what_can_mean_two_things_is_told_and_not_guessed(names: str, code: str, at: int) -> None:
    with pytest.raises(Rejected) as rejected:
        read(names)
    assert [(one.code, one.span and one.span.column) for one in rejected.value.diagnostics] == [(code, at)]


@pytest.mark.parametrize(
    ("names", "code", "near"),
    [
        ("表号|level1|target|实际完成植", "column-not-read", "实际完成值"),
        ("表号|level1|target|编致数", "column-not-read", "编制数"),
        ("单位|level1|target", "unit-understood", "计量单位"),
        ("表号|level1|target|", "column-not-read", ""),
    ],
)
def test_what_is_not_read_or_in_doubt_is_noted_with_what_may_be_meant(names: str, code: str, near: str) -> None:
    (note,) = read(names, built(RULES)).notes
    assert note.code == code
    assert near in (note.hint.zh if note.hint else "")


def test_a_mapping_comes_before_the_names() -> None:
    assert roles("甲|乙|指标值|丙", built(RULES), 甲="form", 乙="编制人数", 指标值="", 丙="全年预算数") == ["form", "编制数", "", "budget.adjusted"]


@pytest.mark.parametrize("mapping", [{"没有的列": "unit"}, {"甲": "没有的含义"}])
def test_a_mapping_of_what_there_is_not_is_refused(mapping: dict[str, str]) -> None:
    with pytest.raises(Rejected) as rejected:
        read("甲|unit", built(RULES), **mapping)
    assert [one.code for one in rejected.value.diagnostics] == ["unknown-column"]


# A bare number under 支出（元） would be read as 万元: ten thousand times too much.
@pytest.mark.parametrize(
    ("name", "measure"),
    [("全年预算数（元）", "元"), ("全年预算数(万元)", ""), ("全年预算数", ""), ("三公经费.本年预算（元）", "元"), ("三公经费.本年预算（万元）", "")],
)
def test_a_unit_in_the_head_is_kept_where_it_is_not_that_of_a_bare_number(name: str, measure: str) -> None:
    assert read(f"单位|{name}", built(RULES)).meanings[1].measure == measure


def test_a_head_of_other_words_is_a_title() -> None:
    with pytest.raises(Rejected) as rejected:
        read("某县自评结果汇总||", built(RULES))
    assert "no-known-column" in [one.code for one in rejected.value.diagnostics]


def test_what_tells_forms_apart() -> None:
    assert read("unit|form|level1|target").key() == (1,)
    assert read("year|project|unit|level1|target").key() == (2, 1, 0)
    assert read("year|level1|target").key() == ()


def test_what_was_understood_can_be_looked_over() -> None:
    found = dict(explained(read("表号|编制数|预算", built(RULES))))
    assert {name: one.zh for name, one in found.items()} == {"表号": "表号（form）", "编制数": "数据 编制数", "预算": "没有读"}
