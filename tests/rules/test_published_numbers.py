"""Numbers that units printed on their own forms, put to the packs: the rate to the places that were printed, and the score."""

from __future__ import annotations

import json
from fractions import Fraction
from math import floor

import pytest

import perfscore as ps
from tests.rules.test_packs import form

YIYANG = {"上年结转": "0", "年初预算数": "263.19", "本年追加预算": "224.05", "年末结余": "4.02"}
YEAR_2018 = {"上年结转": "19.8", "年初预算数": "1922.76", "本年追加预算": "767.86", "年末结余": "19.8"}
HUAIHUA = {"编制数": "57", "在职人数": "51", "三公经费.本年预算": "3.1", "三公经费.本年决算": "3.45"}
CELLS = {"年初预算数", "全年预算数", "全年执行数"}


def scored(reference: str, given: dict[str, str], name: str) -> tuple[str, str]:
    """The rate of an indicator in per cent, half up to two places, and its score."""
    told = {
        "budget": {key: value for key, value in given.items() if key in CELLS},
        "facts": {key: value for key, value in given.items() if key not in CELLS},
    }
    line = ps.evaluate(form(json.dumps(told, ensure_ascii=False)), ps.load_rules(reference))[name]
    measure = getattr(line.outcome.leaf and line.outcome.leaf.measure, "value", None)
    assert isinstance(measure, Fraction)
    whole, hundredths = divmod(floor(measure * 10000 + Fraction(1, 2)), 100)
    return f"{whole}.{hundredths:02}", str(line.score)


# What a pack says of a document that nobody could read rests on these: a rule that moves one of them is no longer the rule by which somebody was scored.
@pytest.mark.parametrize(
    ("reference", "given", "name", "rate", "score"),
    [
        ("hunan/department@2024", {"全年预算数": "1764.12", "全年执行数": "1403.23"}, "execution", "79.54", "7.95"),
        ("hunan/indicators@2017", HUAIHUA, "staff", "89.47", "5"),
        ("hunan/indicators@2017", HUAIHUA, "public-control", "111.29", "0"),
        ("hunan/indicators@2018", {"编制数": "143", "在职人数": "136"}, "staff", "95.10", "8"),
        ("hunan/indicators@2018", {"三公经费.上年预算": "32", "三公经费.本年预算": "63.46"}, "public-change", "98.31", "0"),
        ("hunan/indicators@2018", YEAR_2018, "completion", "99.27", "8"),
        # Its score on the form was not seen: by the bands it is nothing.
        ("hunan/indicators@2018", YEAR_2018, "adjustment", "39.94", "0"),
        # A text without a table; the scores are those of the rule.
        ("hunan/indicators@2017", YIYANG, "completion", "99.17", "5"),
        ("hunan/indicators@2017", YIYANG, "adjustment", "85.13", "0"),
        # One whole step of 5 %: a part of a step costs nothing.
        ("hunan/indicators@2015", {"上年结转": "0", "年初预算数": "1000", "本年追加预算": "0", "年末结余": "72"}, "completion", "92.80", "3"),
        ("hunan/indicators@2015", {"编制数": "10000", "在职人数": "8866"}, "staff", "88.66", "5"),
        # The unit rounded to 50 % before it scored, and printed 5; no pack does.
        ("jiangxi/project@2017", {"全年预算数": "310.2", "全年执行数": "154.74"}, "execution", "49.88", "4.99"),
        ("sichuan/project@2023", {"全年预算数": "329.77", "全年执行数": "338.31"}, "execution", "102.59", "10"),
    ],
)
def test_a_published_number_is_scored_as_it_was(reference: str, given: dict[str, str], name: str, rate: str, score: str) -> None:
    assert scored(reference, given, name) == (rate, score)


# 9.8 is published, for 0.2 % moved; at 10 % nothing is left, and above it the formula would be negative.
@pytest.mark.parametrize(("moved", "score"), [("0.2", "9.8"), ("10", "0"), ("11", "0")])
def test_the_accuracy_of_a_budget_in_sichuan(moved: str, score: str) -> None:
    text = json.dumps({"budget": {"年初预算数": "100"}, "facts": {"预算调剂金额": moved}}, ensure_ascii=False)
    assert str(ps.evaluate(form(text), ps.load_rules("sichuan/department@2020"))["accuracy"].score) == score
