"""What the packs of provinces and of the platform say besides scores, and where two packs score one row differently."""

from __future__ import annotations

import json

import pytest

import perfscore as ps
from perfscore.forms.combine import combine
from tests.rules.test_packs import form

ROWS = """
year: 2021
budget: {{全年预算数: {budget}, 全年执行数: {spent}}}
indicators:
  - {{level1: 产出指标, level2: 数量指标, level3: 户厕改造, target: ≥2000户, actual: {done}户, points: 50{note}}}
  - {{level1: 效益指标, level2: 社会效益指标, level3: 人居环境, target: 改善, actual: 改善, points: 30, judged: 30}}
  - {{level1: 满意度指标, level2: 服务对象满意度指标, level3: 村民, target: ≥90%, actual: 95%, points: 10}}
"""


def gates(reference: str, text: str) -> list[str]:
    """The gates that took effect, by id."""
    return [held.gate.id for held in ps.evaluate(form(text), ps.load_rules(reference)).evaluation.held]


# The lights of the platform: both sides of 5 % between indicators and spending, and of a fifth that is not spent; without a budget yellow.
@pytest.mark.parametrize(
    ("budget", "spent", "lights"),
    [
        (1000, 950, []),
        (1000, 949, ["red"]),
        (1000, 800, ["red"]),
        (1000, "799.9", ["red", "yellow"]),
        (0, 0, ["red", "yellow"]),
        (0, 5, ["yellow"]),
    ],
)
def test_the_lights_of_the_platform(budget: int, spent: int | str, lights: list[str]) -> None:
    assert gates("platform/self@2021", ROWS.format(budget=budget, spent=spent, done=2000, note="")) == lights


# 130 % of a target wants a reason, and only a reason that says something is one.
@pytest.mark.parametrize(
    ("done", "note", "said"),
    [
        (2599, "", []),
        (2600, "", ["far-output"]),
        (3061, "", ["far-output"]),
        (3061, ", note: 追加了一批资金", []),
        (3061, ", note: 无", ["far-output"]),
    ],
)
def test_the_platform_wants_a_reason_from_130_per_cent_on(done: int, note: str, said: list[str]) -> None:
    assert gates("platform/self@2021", ROWS.format(budget=1000, spent=1000, done=done, note=note)) == said


@pytest.mark.parametrize(("spent", "said"), [("900", []), ("899.9", ["slow"]), ("0", ["slow"])])
def test_sichuan_wants_a_reason_below_90_per_cent_of_execution(spent: str, said: list[str]) -> None:
    text = ROWS.format(budget=1000, spent=spent, done=2000, note="")
    assert gates("sichuan/project@2023", text) == said
    explained = text + "  - {level1: 预算执行率, level3: 预算执行率, note: 招标节约}\n"
    assert gates("sichuan/project@2023", explained) == []


# More spent than budgeted is capped, and said by every pack that measures execution.
@pytest.mark.parametrize("reference", ["platform/self@2021", "jiangxi/project@2017", "china/transfer-self@2018", "sichuan/project@2023"])
def test_overspending_is_capped_and_said(reference: str) -> None:
    result = ps.evaluate(form("budget: {全年预算数: '329.77', 全年执行数: '338.31'}"), ps.load_rules(reference))
    assert result["execution"].score == result["execution"].points
    assert "rate-above-100" in [warning.code for warning in result.warnings]


# One row of 10 points, 130 against at most 100: a straight loss on the platform, 目标 ÷ 完成值 by the common rules.
@pytest.mark.parametrize(("reference", "score"), [("platform/self@2021", "7"), ("china/project-self@2020", "7.69"), ("jiangxi/project@2017", "7.69")])
def test_a_limit_that_was_passed_costs_more_on_the_platform(reference: str, score: str) -> None:
    row = {"id": "row", "level1": "产出指标", "level2": "数量指标", "level3": "成本", "target": "≤100", "actual": "130", "points": "10"}
    result = ps.evaluate(form(json.dumps({"indicators": [row]}, ensure_ascii=False)), ps.load_rules(reference))
    assert str(result["row"].score) == score


# Transfer payments: amounts are added and rates weighted by money before anything is scored, and the judged scores are weighted likewise.
def test_transfer_payments_are_combined_before_they_are_scored() -> None:
    text = """
unit: {unit}
year: 2018
budget: {{全年预算数: {budget}, 全年执行数: {spent}}}
indicators:
  - {{id: houses, level1: 产出指标, level2: 数量指标, level3: 改造户数, target: ≥100户, actual: {houses}户, points: 40}}
  - {{id: effect, level1: 效益指标, level2: 社会效益指标, level3: 居住条件, target: 改善, actual: 改善, points: 30, judged: {judged}}}
  - {{id: served, level1: 满意度指标, level2: 服务对象满意度指标, level3: 受益群众, target: ≥90%, actual: {served}%, points: 10}}
"""
    rules = ps.load_rules("china/transfer-self@2018")
    one = form(text.format(unit="甲县", budget=300, spent=300, houses=120, judged=30, served=84))
    other = form(text.format(unit="乙县", budget=100, spent=80, houses=60, judged=26, served=76))
    result = ps.evaluate(combine([one, other], rules), rules)
    # 380 of 400; 180 of 200 houses; (30 × 3 + 26) ÷ 4; (84 × 3 + 76) ÷ 4 = 82 % of 90 %.
    scores = {name: result[name].score for name in ("execution", "houses", "effect", "served")}
    assert {name: str(score) for name, score in scores.items()} == {"execution": "19", "houses": "36", "effect": "29", "served": "9.11"}
    assert str(result.score) == "93.11"
