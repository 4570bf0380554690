"""The page of a rule set says what the rules are; every word of it comes from them, so that it cannot say anything else."""

from __future__ import annotations

import re

import pytest

from perfscore.model.rules import Rounding
from perfscore.report.rules import listing, listing_document, page, page_document, rounding_words
from perfscore.report.ways import Ways, changes
from perfscore.ruleset.build import build, load_rules
from perfscore.ruleset.load import shipped_references
from perfscore.ruleset.plan import plan
from perfscore.text.phrase import Lang
from perfscore.text.printed import format_number
from perfscore.text.show import cells
from perfscore.text.source import Source
from perfscore.views import render
from perfscore.views.json import dumps
from perfscore.views.outline import Item, Outline, Table, Tree
from tests.unit.report.language import PLAN

LANGS: tuple[Lang, ...] = ("zh", "en")
SHIPPED = shipped_references()


def planned(text: str):
    return plan(build(Source("own.yaml", text), None))


def told(outline: Outline) -> str:
    return render(outline, "terminal")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("reference", SHIPPED)
def test_every_shipped_rule_set_fits_a_terminal_of_80(reference, lang):
    lines = told(page(plan(load_rules(reference)), lang)).splitlines()
    assert max(map(cells, lines)) <= 80


@pytest.mark.parametrize("reference", SHIPPED)
def test_every_indicator_and_its_points_are_in_the_table(reference):
    made = plan(load_rules(reference))
    table = next(block for block in page(made, "zh").blocks if isinstance(block, Table))
    shown = [(str(row.cells[0]), str(row.cells[1])) for row in table.rows if "情形 " not in str(row.cells[0])]
    sign = {"points": "", "bonus": "+", "malus": "-"}
    nodes = [node for top in made.trees[-1].indicators for node in top.walk()]
    wanted = [(node.label.zh, "" if node.points is None else sign[node.counts] + format_number(node.points)) for node in nodes]
    assert shown == wanted + ([] if made.rules.template else [("合计", format_number(made.rules.points))])


def test_the_list_has_every_shipped_rule_set_and_says_what_was_not_checked():
    text = told(listing(map(load_rules, SHIPPED), "zh"))
    assert all(reference in text for reference in SHIPPED)
    assert "湖南省部门整体支出绩效自评表 附件1-2（未核对原文）" in text
    assert "财预〔2020〕10号 第十三、十六、十八条（未核对原文）" in text


OWN = """
ruleset: a/b
version: "1"
title: {zh: 甲表, en: Table A}
points: 100
rounding: [{at: rate, places: 1}, {at: leaf, places: 0}, {at: total, places: 2}]
grades: [{label: {zh: 好, en: good}, range: ">=60"}, {label: {zh: 差, en: bad}, range: "<60"}]
facts: {超标: {label: {zh: 超标次数, en: times over}, unit: 次}}
indicators:
  - id: a
    label: {zh: 管理, en: management}
    points: 40
    children:
      - {id: a.one, label: {zh: 控制, en: control}, points: 40, measure: 超标, applicable: 超标 >= 0, otherwise: full, method: {deduction: {full: "<= 0", every: 1, lose: 2}}, basis: [某文]}
  - {id: b, label: {zh: 效果, en: effects}, points: 60, rows: from-form, method: by-kind, direction: lower}
variants:
  - {id: v, label: {zh: 无效果, en: no effects}, when: rows.b == 0, indicators: [{id: b, removed: true}, {id: a, points: 100, children: [{id: a.one, points: 100}, {id: a.two, label: 新, points: 0, measure: 超标, method: direct}]}]}
"""


def test_the_scoring_is_told_in_the_words_of_the_rule():
    text = told(page(planned(OWN), "zh"))
    assert "超标 >= 0 时考核，否则记满分；测算 超标；①扣分" in " ".join(text.split())
    assert "① 扣分：达标记满分，每偏离一档扣若干分，扣完为止\n" in text
    assert "偏离 1 档，扣 2 分" in text
    # A deduction of twenty steps goes on alike.
    assert "依此类推" in text
    assert "扣完为止，不得分" in text
    assert "越低越好" in text
    assert "[1]" in text


def test_rounding_is_told_in_words():
    assert rounding_words(Rounding(1, 0, None, 2), "zh") == "比率（按百分数）保留 1 位小数，指标得分取整，总得分保留 2 位小数，四舍五入"
    assert rounding_words(Rounding(None, None), "zh") == "不舍入"
    assert rounding_words(Rounding(), "en") == "the score of an indicator to 2 places, half up"


def test_a_variant_is_told_by_what_it_changes():
    made = planned(OWN)
    found = [change.text("zh") for change in changes(made.trees[-1].variant, made.trees[0].variant)]
    assert found == ["效果：取消（原 60 分）", "管理：40 → 100 分", "控制：40 → 100 分", "新：增加，0 分"]
    assert list(changes(made.trees[-1].variant, made.trees[-1].variant)) == []


# One way is one mark, however many indicators use it, in the base or in a variant.
def test_equal_ways_are_one():
    made = plan(load_rules("hunan/department@2024"))
    ways = Ways(made)
    assert [way.method.NAME for way in ways.every] == ["ratio", "ratio", "tiers", "deadline"]
    assert {ways.of(node) for tree in made.trees for top in tree.indicators for node in top.walk() if node.open} == {tuple(ways.every[1:])}


@pytest.mark.parametrize("reference", SHIPPED)
def test_the_document_holds_every_number_exactly(reference):
    made = plan(load_rules(reference))
    document = page_document(made)
    assert document["reference"] == reference
    assert document["points"] == format_number(made.rules.points)
    assert [variant["id"] for variant in document["variants"]] == [tree.variant.id for tree in made.trees]
    first, told = made.trees[-1].indicators[0], document["variants"][-1]["indicators"][0]
    assert told["measure"] == (None if first.measure is None else first.measure.text)
    # No number of JSON that a program could read as a float.
    assert dumps(document)


def test_the_list_for_programs():
    document = listing_document(map(load_rules, SHIPPED))
    assert [rules["reference"] for rules in document["rules"]] == list(SHIPPED)
    assert {basis["verified"] for rules in document["rules"] for basis in rules["basis"]} == {False}


def test_pieces_are_exact_lines():
    document = page_document(plan(load_rules("china/self-evaluation-gated@2021")))
    (quantity, *_) = document["variants"][-1]["indicators"][1]["children"][0]["methods"]
    assert quantity["name"] == "ratio"
    assert quantity["pieces"][1]["upper"] == {"slope": "250", "intercept": "-150"}


def items(outline: Outline) -> list[Item]:
    return [item for block in outline.blocks if isinstance(block, Tree) for item in block.nodes]


@pytest.mark.parametrize("lang", LANGS)
def test_both_languages_tell_the_same(lang):
    pages = {spoken: page(planned(OWN), spoken) for spoken in LANGS}
    assert len(pages["zh"].blocks) == len(pages["en"].blocks)
    assert len(items(pages["zh"])) == len(items(pages["en"]))
    assert ("管理" in told(pages[lang])) == (lang == "zh")


# --- what a rule file says besides indicators --------------------------------------------------------------------------------------------


def one_line(text: str) -> str:
    """The text without its line ends: a page of 80 columns breaks its sentences anywhere."""
    return " ".join(text.split())


def test_the_page_tells_facts_with_what_may_be_filled_in() -> None:
    text = told(page(PLAN, "zh"))
    assert re.search(r"^地区 +所在地区 +文字\n +选一：东部 0.5、中部 0.7、西部 1$", text, re.MULTILINE)
    assert re.search(r"^调查 +调查 +清单\n +各项：满意、不满意$", text, re.MULTILINE)
    assert re.search(r"^截止 +截止 +日期\n +没有填时为 2025-03-01$", text, re.MULTILINE)
    assert re.search(r"^得票率 +得票率 +%\n += 平均得票 / 10$", text, re.MULTILINE)
    assert re.search(r"^制度 +制度建设 +要点\n +可填：有制度、制度合规、有执行$", text, re.MULTILINE)
    assert re.search(r"^行政效能 +行政效能 +文字\n +可填：较好、一般$", text, re.MULTILINE)
    assert re.search(r"^表彰数 +表彰次数 +次\n +多张表合并时相加$", text, re.MULTILINE)


def test_the_page_tells_items_cases_limits_and_what_stands_outside_the_points() -> None:
    text = told(page(PLAN, "zh"))
    assert "符合的要点各记其分（有制度 4 分、制度合规 4 分、有执行 2 分）" in one_line(text)
    assert "虚列 4-7 分" in text
    assert re.search(r"^  打分 +10  测算 得票率；.比例；最低记 2 分；最高记 8 分", one_line_rows(text), re.MULTILINE)
    # Only what a case changes is told of it.
    assert re.search(r"^    中部配套 情形 地区.中部 +中部另计\n +.分档$|^    中部配套 情形 +中部另计\n +地区.中部 +.分档$", text, re.MULTILINE)
    assert re.search(r"^产出 +40  核对产出", text, re.MULTILINE)
    assert re.search(r"^加分 +\+3  加分项，不计入总分值，最多加 3 分", text, re.MULTILINE)
    assert re.search(r"^通报 +-6  测算 表彰数 / 2；.直接得分；减分项，不占总分值，最多扣 6 分", one_line_rows(text), re.MULTILINE)
    assert re.search(r"^效果 +20  各项择优，取得分最高的一项", text, re.MULTILINE)
    assert re.search(r"^合计 +100$", text, re.MULTILINE)


def one_line_rows(text: str) -> str:
    """Rows of a table with what runs over into the next lines put behind them."""
    return re.sub(r"\n {20,}(?=\S)", "", text)


def test_the_page_tells_gates_in_the_words_of_the_rule_and_of_its_labels() -> None:
    text = told(page(PLAN, "zh"))
    for line in (
        "施行      自 2024-01-01 起",
        "等级      优 [90,+∞)，良 [80,90)，差 (-∞,80)，未定 只由关口给",
        "完成值为负  按 0 计",
        "产出分值 + 管理分值 ≥ 60",
        "总分值 = 100",
        "存在严重问题：等级不高于 良",
        "未开展自评：不出得分和等级，应先完成自评",
        "制度缺失：一票否决，管理不得分",
        "条件：建设得分 < 4",
        "条件：完成率 < 0.9 and not 有偏差原因",
        "对产出下的每个指标逐个判断",
        "迟报：扣减 min(10, 0.5 * 迟报天数) 分",
        "名次靠后：等级下调 1 档",
        "名次：在各表中的名次，并列的占用后面的名次；第一名 最低",
    ):
        assert one_line(line) in one_line(text)
    assert re.search(r"^优 +\[90,\+∞\) +优先保障 +30%$", text, re.MULTILINE)
    assert re.search(r"^未定  只由关口给  限期整改$", text, re.MULTILINE)
    assert "None" not in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_everything_fits_a_terminal_of_80_in_both_languages(lang: Lang) -> None:
    assert max(map(cells, told(page(PLAN, lang)).splitlines())) <= 80
    assert len(page(PLAN, lang).blocks) == len(page(PLAN, "zh").blocks)


def test_a_template_says_that_it_leaves_the_points_to_others() -> None:
    frame = planned(
        'ruleset: a/frame\nversion: "1"\ntemplate: true\nindicators:\n  - {id: a, label: 甲, note: 看什么}\n'
        "  - {id: b, label: 乙, measure: 全年执行数 / 全年预算数, method: ratio}\n"
    )
    text = told(page(frame, "zh"))
    assert "模板：没有定分值" in text
    assert "合计" not in text
    assert "看什么" in text
    assert "① 比例：按完成比例记分，达到上限为止（以每 100 分计）" in text
    assert "模板" in told(listing([frame.rules], "zh"))


def test_the_document_has_every_new_noun() -> None:
    document = page_document(PLAN)
    facts = {fact["name"]: fact for fact in document["facts"]}
    assert facts["地区"]["choices"] == {"东部": "0.5", "中部": "0.7", "西部": "1"}
    assert facts["调查"]["parts"] == ["满意", "不满意"]
    assert (facts["截止"]["default"], facts["截止"]["kind"]) == ("2025-03-01", "date")
    assert facts["得票率"]["formula"] == "平均得票 / 10"
    assert facts["制度"]["words"] == ["有制度", "制度合规", "有执行"]
    assert (document["template"], document["valid_from"], document["valid_until"]) == (False, "2024-01-01", None)
    assert document["negative_actual"] == "zero"
    assert document["grades"][0]["action"] == {"zh": "优先保障", "en": "comes first"}
    assert (document["grades"][0]["quota"], document["grades"][-1]["range"]) == ("0.3", None)
    assert document["constraints"] == ["points.output + points.manage >= 60", "points.total == 100"]
    assert document["cohort"] == [{"name": "名次", "kind": "rank", "of": "平均得票", "parameters": {"first": "lowest"}}]
    gates = {gate["id"]: gate for gate in document["gates"]}
    assert (gates["late"]["effect"], gates["late"]["parameter"]) == ("deduct", "min(10, 0.5 * 迟报天数)")
    assert (gates["noted"]["each"], gates["serious"]["parameter"]) == ("output", 1)
    (tree,) = document["variants"]
    nodes = {node["id"]: node for top in tree["indicators"] for node in (top, *top["children"])}
    assert (nodes["votes"]["least"], nodes["votes"]["most"]) == ("2", "8")
    assert [nodes[name]["counts"] for name in ("output", "more", "praise", "less")] == ["points", "bonus", "bonus", "malus"]
    assert nodes["rules"]["fact"] == "制度"
    assert nodes["output"]["note"] == {"zh": "核对产出", "en": "hold against the records"}
    (case,) = nodes["share"]["cases"]
    assert (case["when"], case["label"]["zh"], case["methods"][0]["name"]) == ("地区.中部", "中部配套", "bands")
