"""The page of a rule set says what the rules are; every word of it comes from them, so that it cannot say anything else."""

from __future__ import annotations

import re

import pytest

from perfscore.model.plan import Plan
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
from perfscore.views.outline import Heading, Item, Outline, Table, Tree
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


def rows(made: Plan, lang: Lang = "zh") -> dict[str, str]:
    """What the table says of every row, by its label."""
    table = next(block for block in page(made, lang).blocks if isinstance(block, Table))
    return {str(row.cells[0]): str(row.cells[2]) for row in table.rows if len(row.cells) > 2}


def test_the_scoring_is_told_in_the_words_of_the_rule():
    assert rows(planned(OWN)) == {
        "管理": "",
        "控制": "超标 ≥ 0 时考核，否则记满分；超标\n≤0 记满分；每超过 1 扣 2 分，不足 1 的不扣，扣完为止",
        "效果": "数量：按完成比例记分，满分为止\n文字：达成 [80%,100%]、部分达成 [60%,80%)、未达成 [0%,60%)（占分值），由评定人记分\n"
        "日期：按时完成记满分，逾期不得分\n越低越好",
    }
    # An English reader reads facts by their English labels.
    english = "counts if times over ≥ 0, else full points; times over\n≤0: full points; 2 points off for every full 1 above, down to 0"
    assert rows(planned(OWN), "en")["control"] == english
    assert "[1]" in told(page(planned(OWN), "zh"))


# The pieces of the curves are in `perfscore show plan`; a table that says them in words needs no list of them, and no marks that lead to it.
def test_the_table_needs_no_list_behind_it():
    for reference in SHIPPED:
        for lang in LANGS:
            made = page(plan(load_rules(reference)), lang)
            assert not [block for block in made.blocks if isinstance(block, Heading) and block.text in ("评分标准", "How points are given")]
            assert not re.search("[\u2460-\u2473]", told(made))


HEAD = 'ruleset: a/b\nversion: "1"\npoints: 10\n'


@pytest.mark.parametrize(
    "more, indicator, zh, en",
    [
        # The measure's own name is said where it is not that of the indicator; a formula that nobody would read stays in the rule file.
        ("facts: {甲: {}, 乙: {}}", "measure: 乙率 = 甲 / 乙, method: ratio", "乙率 = 甲 ÷ 乙\n", "甲 ÷ 乙\n"),
        ("facts: {甲: {}, 乙: {}}", "measure: 名 = 甲 / 乙, method: ratio", "甲 ÷ 乙\n", "甲 ÷ 乙\n"),
        ("facts: {甲: {}}", "measure: 差 = 1 / (甲 if 甲 > 0 else 1), method: ratio", "差\n", "1 ÷ (甲 if 甲 > 0 else 1)\n"),
        ("facts: {名: {}}", "measure: 名, method: ratio", "", ""),
        # What can be read stays: it is what forms are filled in by.
        ("facts: {甲: {label: {zh: 甲数, en: one}}}", "measure: 甲, method: ratio", "甲\n", "one\n"),
        ("facts: {one: {label: {zh: 甲数, en: the one}}}", "measure: one, method: ratio", "甲数\n", "one\n"),
        ("", "measure: 全年执行数 / adjusted, method: ratio", "全年执行数 ÷ 全年预算数\n", "executed budget ÷ adjusted budget\n"),
        # Choices, and the words between conditions.
        (
            "facts: {区: {choices: [东, 西], label: {zh: 区, en: region}}, 甲: {}}",
            "measure: 甲, method: ratio, applicable: 区.东 and not 甲 > 1 or 区.西",
            "区为东 且 非甲 > 1 或 区为西 时考核，否则不计；甲\n",
            "counts if region is 东 and not 甲 > 1 or region is 西, else left out; 甲\n",
        ),
    ],
)
def test_a_measure_and_a_condition_are_said_as_people_read_them(more: str, indicator: str, zh: str, en: str) -> None:
    text = f"{HEAD}{more}\nindicators:\n  - {{id: a, label: 名, points: 10, {indicator}}}\n"
    assert rows(planned(text))["名"] == f"{zh}按完成比例记分，满分为止"
    assert rows(planned(text), "en")["名"] == f"{en}in proportion to the measure, up to full points"


GROUPS = (
    HEAD
    + """
indicators:
  - id: g
    label: 组
    children:
      - {id: a, label: 甲, rows: from-form, method: by-kind, direction: lower}
      - {id: b, label: 乙, rows: from-form, method: by-kind}
      - {id: c, label: 丙, rows: from-form, method: by-kind}
      - {id: d, label: 丁, rows: from-form, method: by-kind, direction: lower}
      - {id: e, label: 戊, rows: from-form, method: by-kind, note: 看戊}
      - {id: f, label: 己, rows: from-form, method: {by-kind: {quantity: direct}}}
      - {id: h, label: 庚, rows: from-form, method: by-kind}
"""
)


# Said at length once: a reference leads to a row that says just this and nothing more, or it would say too much.
def test_what_has_been_said_at_length_is_referred_to():
    found = rows(planned(GROUPS))
    assert found["甲"] == f"{found['乙']}\n越低越好"
    assert [found[name] for name in "丙丁戊庚"] == ["同上", "同“乙”；越低越好", "看戊\n同“乙”", "同“乙”"]
    assert found["己"].startswith("数量：按算出的数记分")


def test_what_is_scored_below_a_malus_is_told_as_taken_away():
    text = HEAD + (
        "facts: {次: {}}\nindicators:\n  - {id: a, label: 甲, points: 10, method: tiers}\n"
        "  - {id: m, label: 通报, points: 6, counts: malus, measure: 次, method: {bands: ['=0: 0', '>0: 6']}}\n"
    )
    assert rows(planned(text))["通报"] == "次\n扣分数：=0 不扣分；>0 记 6 分\n减分项，不占总分值，最多扣 6 分"
    assert rows(planned(text), "en")["通报"] == "次\npoints taken: =0: 0 points; >0: 6\na malus outside the total points, 6 at most"


# What becomes of a target of 0 concerns rows, and only forms have them.
@pytest.mark.parametrize("method, said", [("rows: from-form, method: by-kind", True), ("method: tiers", False)])
def test_targets_of_zero_are_mentioned_where_there_are_targets(method: str, said: bool) -> None:
    text = told(page(planned(f"{HEAD}negative_actual: zero\nindicators:\n  - {{id: a, label: 甲, points: 10, {method}}}\n"), "zh"))
    assert ("目标为 0" in text, "完成值为负" in text) == (said, said)


def test_a_variant_that_scores_in_another_way_says_how():
    text = HEAD + (
        "indicators: [{id: a, label: 甲, points: 10, method: tiers}]\n"
        "variants: [{id: v, label: 另, when: 全年预算数 > 0, indicators: [{id: a, method: {levels: {好: 10, 差: 0}}}]}]\n"
    )
    assert "  甲：记分办法不同\n    按所填等级记分：好记 10 分、差记 0 分\n" in told(page(planned(text), "zh"))


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
    assert quantity["told"]["zh"] == "低于 60% 不得分，达到的按（完成比例－60%）÷40% 记分，满分为止"
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
    text, found = told(page(PLAN, "zh")), rows(PLAN)
    assert found["建设"] == "数据 制度\n有制度 4 分、制度合规 4 分、有执行 2 分，符合的相加"
    assert found["资金使用"] == "没有违规记满分；虚列扣 4-7 分、挪用扣 5 分，扣完为止；有幅度的由评定人酌定"
    assert found["打分"] == "得票率\n按完成比例记分，满分为止\n最低记 2 分；最高记 8 分"
    # Only what a case changes is told of it.
    assert found["中部配套 情形 地区为中部"] == "中部另计\n<50% 不得分；≥50% 记 10 分"
    assert found["产出"].startswith("核对产出\n数量：")
    assert found["加分"] == "加分项，不计入总分值，最多加 3 分"
    assert found["通报"] == "表彰数 ÷ 2\n扣分数：按算出的数记分，不超过 6 分，不低于 0 分\n减分项，不占总分值，最多扣 6 分"
    assert found["效果"] == "各项择优，取得分最高的一项"
    for label, points in (("打分", "10"), ("加分", r"\+3"), ("通报", "-6")):
        assert re.search(rf"^ *{label} +{points} ", text, re.MULTILINE)
    assert re.search(r"^合计 +100$", text, re.MULTILINE)


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
    assert re.search(r"^乙 +全年执行数 ÷ 全年预算数\n +按完成比例记分，满分为止$", text, re.MULTILINE)
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
