"""What `show` says a pass made of a file must be what the next pass gets, or it sends people looking in the wrong place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perfscore import api
from perfscore.forms.bind import bind
from perfscore.forms.read import forms_of, read_forms
from perfscore.model.form import Form
from perfscore.report.passes import form, submission, tree
from perfscore.report.resolved import merged, planned
from perfscore.ruleset.build import build, load_rules
from perfscore.ruleset.load import chain, open_named, shipped_references
from perfscore.ruleset.plan import plan
from perfscore.text import yaml
from perfscore.text.phrase import Lang
from perfscore.text.show import cells
from perfscore.text.source import Source
from perfscore.views import render
from perfscore.views.outline import Item, Outline, Table, Tree
from tests.unit.report.language import PLAN, RULES, form_of

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = sorted(ROOT.glob("examples/*.yaml"))
LANGS: tuple[Lang, ...] = ("zh", "en")


def text_of(outline: Outline) -> str:
    return render(outline, "terminal")


def items(outline: Outline) -> list[Item]:
    found: list[Item] = []
    rest = [item for block in outline.blocks if isinstance(block, Tree) for item in block.nodes]
    while rest:
        item = rest.pop(0)
        found.append(item)
        rest = [*item.children, *rest]
    return found


def forms_in(path: Path) -> list[Form]:
    return [found for found in read_forms(str(path)) if isinstance(found, Form)]


# tree


def test_the_tree_shows_places_and_what_was_quoted():
    source = Source("x.yaml", 'a: 1\nb: "1"\nc:\n  - ~\n  - d: |\n      x\n      y\ne: "q\\"\\n"\n')
    shown = tree(source, yaml.parse(source).documents, "zh")
    assert [(item.text, item.aside) for item in items(shown)] == [
        ("a: 1", "1:1"),
        ('b: "1"', "2:1"),
        ("c:", "3:1"),
        ("- ∅", "4:5"),
        ("-", "5:5"),
        ('d: "x\\ny\\n"', "5:5"),
        ('e: "q\\"\\n"', "8:1"),
    ]


def test_the_tree_has_every_document():
    source = Source("x.yaml", "a: 1\n---\nb: 2\n")
    text = text_of(tree(source, yaml.parse(source).documents, "zh"))
    assert text.index("第 1 份") < text.index("a: 1") < text.index("第 2 份") < text.index("b: 2")


# form


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_forms_fit_a_terminal_of_80(path, lang):
    for found in forms_in(path):
        for outline in (form(found, lang), submission(bind(found, plan(api.rules_of(found))), lang)):
            assert max(map(cells, text_of(outline).splitlines())) <= 80


# Nothing that is printed in a form gets lost on the way to its page.
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_printed_cell_is_shown(path):
    for found in forms_in(path):
        shown = render(form(found, "zh"), "json")
        cells_of = [cell for row in found.rows for cell in (row.target, row.actual, row.points, row.reported, row.note, row.tier, row.judged)]
        cells_of += [claim.printed for claim in found.claims] + [*found.reported]
        cells_of += [amount for part in (found.budget.parts if found.budget else ()) for amount in (part.initial, part.adjusted, part.executed)]
        for cell in cells_of:
            if cell is not None:
                assert " ".join(cell.text.split()) in shown
        for row in found.rows:
            assert row.level3 in shown
        for name, _ in found.facts:
            assert name in shown


FORM = """
规则: a/b@1
指标:
  - {一级指标: 产出指标, 二级指标: 数量指标, 三级指标: 甲, 分值: 5, 完成等级: 达成, 指标方向: 反向, 复核: {复核得分: 3, 备注: 多了}}
  - {三级指标: 指标2：}
  - {三级指标: 乙, 年度指标值: 不适用}
数据: {问卷: {很好: 3, 好: [1, 2]}}
"""


def test_placeholders_and_extra_columns_are_shown():
    (found,) = forms_of(Source("x.yaml", FORM))
    assert isinstance(found, Form)
    text = text_of(form(found, "zh"))
    assert "指标（2 行，另有 1 行占位）" in text
    assert "指标2：（占位）" in text
    assert "乙（不适用）" in text
    assert [item.text for item in items(form(found, "zh"))] == ["甲", "完成等级 达成", "指标方向 反向", "复核得分 3", "备注 多了"]
    assert "{很好: 3, 好: [1, 2]}" in text


# submission


def shown_submission(lines: str, lang: Lang = "zh") -> Outline:
    (found,) = forms_of(Source("x.yaml", f"年度: 2024\n预算: {{全年预算数: 3, 全年执行数: 1}}\n指标:\n{lines}"))
    assert isinstance(found, Form)
    return submission(bind(found, plan(load_rules("hunan/department@2024"))), lang)


ROWS = """
  - {一级指标: 产出指标, 二级指标: 数量指标, 三级指标: 甲, 年度指标值: 3个, 实际完成值: 1个, 分值: 10}
  - {三级指标: 乙, 年度指标值: 3个, 实际完成值: 1.2.3, 分值: 10}
  - {三级指标: 丙, 年度指标值: 效果明显, 实际完成值: 效果良好, 分值: 20, 自评得分: 12, 完成等级: 部分达成}
"""


def test_measures_are_exact_and_what_was_not_read_is_counted():
    outline = shown_submission(ROWS)
    table = next(block for block in outline.blocks if isinstance(block, Table))
    shown = {str(row.cells[0]): [str(cell) for cell in row.cells[1:]] for row in table.rows}
    assert shown["预算执行率"] == ["execution", "10", "公式", "1/3"]
    assert shown["甲"] == ["output.quantity.1", "10", "完成率", "1/3"]
    assert shown["乙"] == ["output.quantity.2", "10", "缺"]
    assert shown["丙"] == ["output.quantity.3", "20", "评定", "部分达成 12 分"]
    text = text_of(outline)
    assert "读不出的值  1\n" in text
    assert "unreadable-value: " in text
    assert "未设成本和满意度指标（" in text


def test_an_interval_is_shown_with_its_ends():
    text = text_of(shown_submission("  - {一级指标: 产出指标, 二级指标: 数量指标, 三级指标: 甲, 年度指标值: 40次, 实际完成值: 30余次, 分值: 10}\n"))
    assert "[0.75,1]" in text


# rules


def test_every_merged_field_names_the_line_that_set_it():
    opened = chain(*open_named("hunan/department@2024"), lambda problem: pytest.fail(problem.says.en))
    found = {item.text: item.aside for item in items(merged(opened, "zh"))}
    assert found["版本: 2024"] == "rules/hunan/department-2024.yaml:3"
    assert found["总分值: 100"] == "rules/china/self-evaluation-2021.yaml:10"
    assert found["测算: 执行率 = 全年执行数 / 全年预算数"] == "rules/china/project-self-2020.yaml:21"
    # What a base says and its heir takes back is gone.
    assert "- output.cost" not in found


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("reference", shipped_references())
def test_rule_sets_fit_a_terminal_of_80(reference, lang):
    opened = chain(*open_named(reference), lambda problem: pytest.fail(problem.says.en))
    for outline in (merged(opened, lang), planned(plan(load_rules(reference)), lang)):
        assert max(map(cells, text_of(outline).splitlines())) <= 80


METHODS = """
ruleset: a/b
version: "1"
indicators:
  - {id: a, points: 10, measure: 全年执行数, method: {分档: ["[0,1): 2分", "[1,+): 分值的50%"]}, removed: false}
  - {id: b, points: 10, method: {levels: {好: 10, 差: 10%}}}
  - {id: c, rows: from-form, points: 5, method: {by-kind: {words: {tiers: {tiers: ["差: [0,50%)", "好: [50%,100%]"], default: full}}}}}
"""


def test_methods_are_shown_with_their_parameters():
    source = Source("own.yaml", METHODS)
    shown = [item.text for item in items(merged(chain(source, None, lambda problem: pytest.fail(problem.says.en)), "zh"))]
    for text in ("分档:", "- [0,1): 2", "- [1,+): 50%", "好: 10", "差: 10%", "- 差: [0,0.5)", "未评定时: 上限", "取消: 否", "行: 由表填报"):
        assert text in shown


# plan


def test_the_plan_shows_pieces_variants_and_cuts():
    text = text_of(planned(plan(load_rules("china/self-evaluation-gated@2021")), "zh"))
    assert "[0.6,1)  250 × 测算值 - 150  达到 60% 的，按（比例－60%）÷ 40% 记分" in text
    assert "[60,80) 内评定" in text
    assert "  产出指标：40 → 50 分" in text
    assert "优    [90,100]           9000" in text


def test_a_long_curve_is_cut_in_the_middle():
    rules = build(
        Source(
            "own.yaml",
            "ruleset: a/b\nversion: 1\nindicators:\n  - {id: a, points: 90, measure: 全年执行数, method: {扣分: {full: '<= 0', every: 1, lose: 1}}}\n",
        ),
        None,
    )
    text = text_of(planned(plan(rules), "zh"))
    assert "中间还有 80 段" in text
    assert "[89,90)  1                偏离 89 档，扣 89 分\n[90,+∞)  0                扣完为止，不得分\n" in text


@pytest.mark.parametrize("lang", LANGS)
def test_both_languages_show_the_same_number_of_things(lang):
    made = plan(load_rules("china/self-evaluation-gated@2021"))
    assert len(planned(made, lang).blocks) == len(planned(made, "zh").blocks)
    assert ("Indicators" in text_of(planned(made, lang))) == (lang == "en")


# what a rule file says besides rows


def test_the_merged_rules_show_every_key_that_stands_in_the_file():
    source = Source("rules.yaml", RULES)
    shown = text_of(merged(chain(source, None, lambda problem: pytest.fail(problem.says.en)), "zh"))
    for line in (
        "施行自: 2024-01-01",
        "应用: 优先保障",
        "分值: 40%",
        "选项:",
        "东部: 0.5",
        "公式: 平均得票 / 10",
        "缺省: 2025-03-01",
        "合并: 合计",
        "最高: 8",
        "计入: 减分",
        "条件: 地区.中部",
        "等级上限: 良",
        "扣减: min(10, 0.5 * 迟报天数)",
        "逐项: output",
        "第一名: 最低",
        "- points.total == 100",
    ):
        assert re.search(rf"^ *{re.escape(line)}( |$)", shown, re.MULTILINE), line
    # Nothing is printed the way a program names it.
    assert " object at " not in shown
    assert "(value=" not in shown


def test_what_an_example_gives_is_shown_as_it_is_written():
    source = Source(
        "own.yaml",
        "ruleset: a/b\nversion: 1\nfacts: {甲: 甲}\nindicators: [{id: a, points: 5, measure: 甲, method: direct}]\n"
        "examples: [{given: {甲: 3}, rows: [{level1: 产出, points: 5}], expect: {a: 3}}, {given: {甲: []}, expect: {a: 缺}}]\n",
    )
    shown = text_of(merged(chain(source, None, lambda problem: pytest.fail(problem.says.en)), "en"))
    for line in ("    given:", "      甲: 3", "      甲: []", "        level1: 产出", "      a: 3"):
        assert f"\n{line} " in shown, line


def test_the_plan_shows_cases_gates_and_grades_that_no_total_earns():
    text = text_of(planned(PLAN, "zh"))
    assert re.search(r"^未定  只由关口给 ", text, re.MULTILINE)
    assert re.search(r"share#1 +.分档", text)
    for line in ("关口（评分之后，依次生效）", "未开展自评：不出得分和等级，应先完成自评", "全体各表才算得出的数", "分值约束"):
        assert line in text
    assert "(0.8,1)    8                按比例记分，最高记 8 分" in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_submission_shows_items_facts_hands_and_gates(lang):
    rows = ("{level1: 产出, level3: 甲, target: 10个, actual: 9个, points: 40, deducted: 2}",)
    found = bind(form_of({"制度": "{有制度: 是, 有执行: 否}", "地区": "中部", "报送": "2025-03-05", "严重问题": "？"}, rows), PLAN)
    text = text_of(submission(found, lang))
    assert max(map(cells, text.splitlines())) <= 80
    wanted = {
        "zh": (
            "要点          4\n",
            "人工扣减 2",
            "有制度 4 ",
            "有执行 没有（2）",
            "情形 地区.中部",
            "平均得票 = 53/6 = mean(得票)",
            "可能生效的关口",
            "严重问题 的值 ？ 读不出来",
            "截止 = 739311（2025-03-01）（规则缺省）",
        ),
        "en": ("taken off by hand: 2", "有执行 not there (2)", "case 地区.中部", "Gates that may take effect", "(default of the rules)", "malus"),
    }
    for line in wanted[lang]:
        assert line in text, line
    # What the facts alone rule out is no gate of this form.
    assert "未开展自评" not in text
    assert ("扣减得分 2" if lang == "zh" else "deducted 2") in text_of(form(found.form, lang))
