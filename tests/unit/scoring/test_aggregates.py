"""How parts add up to a group: exactly, with what is unknown as bounds, and with what does not apply left out or shared out."""

from fractions import Fraction

import pytest

from perfscore.api import Result, evaluate
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.ruleset.build import build
from perfscore.ruleset.plan import plan
from perfscore.scoring import aggregates
from perfscore.text.source import Source

F = Fraction


def result(rules: str, form: str) -> Result:
    (read,) = forms_of(Source("form.yaml", form))
    assert isinstance(read, Form)
    return evaluate(read, plan(build(Source("rules.yaml", 'ruleset: a/b\nversion: "1"\n' + rules), None)))


def test_the_aggregates_are_these() -> None:
    assert aggregates.names() == ("redistribute", "sum")
    assert [(found.NAME, found.ZH) for found in map(aggregates.find, aggregates.names())] == [("redistribute", "折算"), ("sum", "求和")]


# What a leaf does not have in points is found again at the level where it is shared out, however deep it lies.
NESTED = """
points: 100
{rounding}
aggregate: {total}
facts: {{甲: 分, 有: {{kind: truth}}}}
indicators:
  - id: g
    points: 60
    aggregate: {group}
    children:
      - {{id: a, points: 40, measure: 甲, method: direct}}
      - {{id: b, points: 20, measure: 甲, applicable: 有, method: direct}}
  - {{id: c, points: 40, measure: 甲, method: direct}}
"""


@pytest.mark.parametrize(
    "total, group, score, points",
    [
        ("sum", "sum", F(60), F(80)),
        ("sum", "redistribute", F(75), F(100)),
        ("redistribute", "sum", F(75), F(100)),
        ("redistribute", "redistribute", F(75), F(100)),
    ],
)
def test_what_does_not_apply_is_left_out_or_shared_out(total: str, group: str, score: Fraction, points: Fraction) -> None:
    found = result(NESTED.format(total=total, group=group, rounding=""), "facts: {甲: 30, 有: 否}").evaluation.root
    assert (found.score, found.points) == (score, points)


# 40 of 45 that apply is 88.888… of 100: exact where the rule set does not round the total, and rounded where it says so.
@pytest.mark.parametrize(
    "rounding, score",
    [("", F(800, 9)), ("rounding: [{at: leaf, places: 2}, {at: total, places: 2}]", F("88.89")), ("rounding: [{at: total, places: 0}]", F(89))],
)
def test_a_rescaled_total_is_rounded_where_the_rules_say(rounding: str, score: Fraction) -> None:
    text = f"""
{rounding}
aggregate: redistribute
facts: {{甲: 分, 有: {{kind: truth}}}}
indicators:
  - {{id: a, points: 45, measure: 甲, method: direct}}
  - {{id: b, points: 55, measure: 甲, applicable: 有, method: direct}}
"""
    assert result(text, "facts: {甲: 40, 有: 否}").evaluation.root.score == score


# Every group that was rescaled or rounded again has a line for the difference, so that the lines below it still add up.
@pytest.mark.parametrize(
    "rounding", ["", "rounding: [{at: leaf, places: 2}, {at: group, places: 0}]", "rounding: [{at: leaf, places: 2}, {at: total, places: 0}]"]
)
@pytest.mark.parametrize("total", ["sum", "redistribute"])
def test_the_lines_of_a_group_add_up_to_it(rounding: str, total: str) -> None:
    found = result(NESTED.format(total=total, group="redistribute", rounding=rounding), "facts: {甲: 33.33, 有: 否}")
    for line in [found.evaluation.root, *(line.outcome for line in found.lines())]:
        live = [child for child in line.children if child.status != "not-applicable"]
        if live:
            assert sum((child.score or F(0) for child in live), F(0)) == line.score
            assert sum((child.points or F(0) for child in live), F(0)) == line.points


def test_what_is_missing_stays_a_bound_through_every_level() -> None:
    found = result(NESTED.format(total="redistribute", group="sum", rounding=""), "facts: {有: 否}").evaluation.root
    assert found.score is None
    assert found.bounds == (F(0), F(100))
    assert found.status == "missing"


def test_a_group_in_which_nothing_applies_does_not_apply() -> None:
    text = NESTED.format(total="sum", group="sum", rounding="").replace(
        "{id: a, points: 40, measure: 甲,", "{id: a, points: 40, measure: 甲, applicable: 有,"
    )
    found = result(text, "facts: {甲: 30, 有: 否}")
    assert found["g"].status == "not-applicable"
    assert (found.evaluation.root.score, found.evaluation.root.points) == (F(30), F(40))
