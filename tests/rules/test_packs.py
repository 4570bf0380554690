"""The rule packs that ship: they load, add up, rest on something, and their own examples hold."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

import perfscore as ps
from perfscore.forms.bind import bind
from perfscore.forms.read import forms_of
from perfscore.model.form import BUDGET_NAMES, Form
from perfscore.model.outcome import Outcome
from perfscore.model.rules import Example
from perfscore.ruleset.load import shipped_references
from perfscore.scoring.engine import evaluate
from perfscore.text.interval import Interval
from perfscore.text.source import Source

EXAMPLES = [(reference, example) for reference in shipped_references() for example in ps.load_rules(reference).examples]


def form(text: str) -> Form:
    found = next(iter(forms_of(Source("form.yaml", text))))
    assert isinstance(found, Form)
    return found


def leaves(outcome: Outcome) -> dict[str, Outcome]:
    return {found.id: found for child in outcome.children for found in ([child] if child.leaf else leaves(child).values())}


# What a pack promises by example is what it does; a pack without examples promises nothing.
@pytest.mark.parametrize(("reference", "example"), EXAMPLES, ids=[f"{r} {n}" for n, (r, _) in enumerate(EXAMPLES)])
def test_the_examples_of_a_pack_hold(reference: str, example: Example) -> None:
    cells = {BUDGET_NAMES[name]: text for name, text in example.given if name in BUDGET_NAMES}
    facts = {name: text for name, text in example.given if name not in BUDGET_NAMES}
    given = form(json.dumps({"budget": cells, "facts": facts}, ensure_ascii=False))
    found = leaves(evaluate(bind(given, ps.plan(ps.load_rules(reference)))).root)
    assert {name: found[name].score for name, _ in example.expect} == dict(example.expect)


@pytest.mark.parametrize("reference", shipped_references())
def test_a_pack_has_an_example_a_hundred_points_and_a_basis_for_every_indicator(reference: str) -> None:
    rules = ps.load_rules(reference)
    assert rules.examples
    for tree in ps.plan(rules).trees:
        assert tree.points == 100
    for variant in rules.variants:
        for node in (node for top in variant.indicators for node in top.walk()):
            assert node.basis, node.id
            assert node.label.zh != node.label.en


# The variants of 20/40/20/10/10 without 成本 or 满意度, and the satisfaction bands and pass gate at both sides of every end.
ROW = "{{level1: {0}, level2: {1}, level3: 项目, target: {2}, actual: {3}, points: {4}}}"


def scored(reference: str, level1: str, level2: str, target: str, actual: str, points: str) -> Fraction | None:
    text = "indicators:\n  - " + ROW.format(level1, level2, json.dumps(target), json.dumps(actual), points)
    found = leaves(evaluate(bind(form(text), ps.plan(ps.load_rules(reference)))).root)
    return next(outcome.score for outcome in found.values() if outcome.leaf is not None and outcome.leaf.row is not None)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [("100%", 10), ("90%", 10), ("89.99%", 8), ("80%", 8), ("79.99%", 5), ("60%", 5), ("59.99%", 0), ("0%", 0), ("100.01%", None), ("95", None)],
)
def test_satisfaction_bands_of_the_gated_pack(actual: str, expected: int | None) -> None:
    assert scored("china/self-evaluation-gated@2021", "满意度指标", "服务对象满意度", "≥90%", actual, "10") == expected


@pytest.mark.parametrize(("actual", "expected"), [("80个", 5), ("60个", 0), ("59个", 0), ("100个", 10), ("99个", Fraction("9.75")), ("140个", 10)])
def test_the_pass_gate_of_the_gated_pack(actual: str, expected: Fraction) -> None:
    assert scored("china/self-evaluation-gated@2021", "产出指标", "数量指标", "100个", actual, "10") == expected


@pytest.mark.parametrize(
    ("rows", "variant", "points"),
    [
        (("成本", "产出", "效益", "满意度"), "base", {"cost": 20, "output": 40, "benefit": 20, "satisfaction": 10}),
        (("产出", "效益", "满意度"), "no-cost", {"output": 50, "benefit": 30, "satisfaction": 10}),
        (("成本", "产出", "效益"), "no-satisfaction", {"cost": 20, "output": 40, "benefit": 30}),
        (("产出", "效益"), "no-cost-no-satisfaction", {"output": 50, "benefit": 40}),
        ((), "base", {"cost": 20, "output": 40, "benefit": 20, "satisfaction": 10}),
    ],
)
def test_the_rows_of_a_form_choose_the_weights(rows: tuple[str, ...], variant: str, points: dict[str, int]) -> None:
    second = {"成本": "经济成本指标", "产出": "数量指标", "效益": "社会效益指标", "满意度": "服务对象满意度"}
    text = "indicators: " + json.dumps(
        [{"level1": f"{name}指标", "level2": second[name], "level3": name, "target": "1个", "actual": "1个", "points": "1"} for name in rows],
        ensure_ascii=False,
    )
    tree = bind(form(text), ps.plan(ps.load_rules("china/self-evaluation@2021"))).tree
    assert tree.variant.id == variant
    assert {top.id: top.points for top in tree.indicators if top.id != "execution"} == points


def test_grades_are_those_of_the_decree() -> None:
    grades = ps.load_rules("china/project-self@2020").grades
    assert [(grade.label.zh, str(grade.range)) for grade in grades] == [("优", "[90,100]"), ("良", "[80,90)"), ("中", "[60,80)"), ("差", "[0,60)")]
    assert isinstance(grades[0].range, Interval)
