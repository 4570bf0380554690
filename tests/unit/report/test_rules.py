"""The page of a rule set says what the rules are; every word of it comes from them, so that it cannot say anything else."""

from __future__ import annotations

import pytest

from perfscore.model.rules import Rounding
from perfscore.report.rules import listing, listing_document, page, page_document, rounding_words
from perfscore.report.ways import Ways, changes
from perfscore.ruleset.build import build, load_rules
from perfscore.ruleset.load import shipped_references
from perfscore.ruleset.plan import plan
from perfscore.text.phrase import Lang
from perfscore.text.show import cells
from perfscore.text.source import Source
from perfscore.views import render
from perfscore.views.json import dumps
from perfscore.views.outline import Item, Outline, Table, Tree

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
    shown = [(str(row.cells[0]), str(row.cells[1])) for row in table.rows]
    wanted = [(node.label.zh, "" if node.points is None else str(node.points)) for top in made.trees[-1].indicators for node in top.walk()]
    assert shown[:-1] == wanted
    assert shown[-1] == ("合计", "100")


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
    assert document["points"] == "100"
    assert [variant["id"] for variant in document["variants"]] == [tree.variant.id for tree in made.trees]
    execution = document["variants"][-1]["indicators"][0]
    assert execution["measure"] == "全年执行数 / 全年预算数"
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
