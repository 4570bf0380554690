"""The rule packs that ship: they load, add up, rest on something, and their examples hold and reach everything."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

import perfscore as ps
from perfscore.forms.bind import bind
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.model.rules import RuleSet
from perfscore.report.trials import diagnostics
from perfscore.ruleset.build import build
from perfscore.ruleset.load import shipped_references
from perfscore.scoring.engine import evaluate
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.printed import format_number
from perfscore.text.show import render
from perfscore.text.source import Source
from perfscore.trials.files import Suite, suites
from perfscore.trials.run import verdict
from tests.architecture.tree import ROOT


def form(text: str) -> Form:
    found = next(iter(forms_of(Source("form.yaml", text))))
    assert isinstance(found, Form)
    return found


#: Packs of another sum than 100: what was seen of a table of 100, and scales that have other points.
POINTS = {
    "hunan/indicators@2015": 18, "hunan/indicators@2018": 32, "hunan/shaoyang@2017": 10, "hunan/yueyang@2018": 36, "sichuan/department@2020": 80,
    "apgar/apgar@1953": 10, "pefa/m1@2016": 4, "pefa/m2@2016": 4, "rcp/news2@2017": 20, "undp/hdi@2014": 1, "undp/hdi@2021": 1,
}  # fmt: skip
#: Frames without points, and weights for their first level where a constraint asks for some; else every indicator counts 1.
TEMPLATES: dict[str, tuple[int, ...]] = {
    "china/frame-budget@2013": (),
    "china/frame-department@2013": (),
    "china/frame-project@2013": (),
    "china/project-framework@2020": (15, 25, 35, 25),
    "hunan/changsha-aspects@2015": (),
}


# What a pack promises by example is what it does, and it promises something of every line: as `perfscore test` finds it, with the test files beside it.
@pytest.mark.parametrize("reference", [reference for reference in shipped_references() if reference not in TEMPLATES])
def test_the_examples_of_a_pack_hold_and_reach_all_of_it(reference: str) -> None:
    noted: list[Diagnostic] = []
    (suite,) = suites([reference], noted.append)
    assert isinstance(suite, Suite), suite
    found = verdict(suite.rules, suite.examples)
    assert [render(problem, "en") for trial in found.trials for problem in diagnostics(trial)] == []
    assert [f"{part.id}: {part.says.en} ({part.span})" for part in found.coverage.parts if not part.by] == []
    assert (found.coverage.parts != (), noted) == (True, [])


@pytest.mark.parametrize("reference", TEMPLATES)
def test_a_template_has_no_examples(reference: str) -> None:
    (suite,) = suites([reference], lambda _: None)
    assert isinstance(suite, Suite)
    assert suite.examples == ()


@pytest.mark.parametrize("reference", shipped_references())
def test_a_pack_has_its_points_and_a_basis_for_every_indicator(reference: str) -> None:
    rules = ps.load_rules(reference)
    assert rules.template == (reference in TEMPLATES)
    for tree in ps.plan(rules).trees:
        assert tree.points == (None if rules.template else POINTS.get(reference, 100))
    for variant in rules.variants:
        for node in (node for top in variant.indicators for node in top.walk()):
            assert node.basis, node.id
            assert node.label.zh != node.label.en


def heir(reference: str, weights: tuple[int, ...]) -> tuple[RuleSet, dict[str, Fraction]]:
    """Rules that extend a template: points for every leaf, `ratio` for a formula, and a person's judgement where there is none; and the points of each."""
    template, rows, points = ps.load_rules(reference), [], {}
    for place, top in enumerate(template.variants[-1].indicators):
        below = [node for node in top.walk() if not node.children]
        whole = Fraction(weights[place] if weights else len(below))
        for leaf in below:
            method = {} if leaf.methods else {"method": "ratio" if leaf.measure else {"tiers": {"tiers": ["judged: [0,100%]"]}}}
            rows.append({"id": leaf.id, "points": format_number(whole / len(below)), **method})
            points[leaf.id] = whole / len(below)
        if top.children:
            rows.append({"id": top.id, "points": format_number(whole)})
    text = json.dumps({"ruleset": "test/heir", "version": "1", "extends": reference, "indicators": rows})
    return build(Source("heir.yaml", text), None), points


# A frame is worth something if rules can be made from it: with points and methods it scores, and every formula finds the facts that it declares.
@pytest.mark.parametrize(("reference", "weights"), TEMPLATES.items(), ids=TEMPLATES)
def test_a_template_can_be_extended_to_rules_that_score(reference: str, weights: tuple[int, ...]) -> None:
    rules, points = heir(reference, weights)
    every = [leaf for top in rules.variants[-1].indicators for leaf in top.walk() if not leaf.children]
    judged = {leaf.fact: format_number(points[leaf.id]) for leaf in every if leaf.fact and leaf.methods[0][0] == "judgement"}
    given = {fact.name: "无" if fact.kind == "items" else judged.get(fact.name, "1") for fact in rules.facts}
    result = evaluate(bind(form(json.dumps({"facts": given}, ensure_ascii=False)), ps.plan(rules)))
    # Of ones a quotient is 1 and a change 0; what a person judges has its points, and of the items none is met.
    full = [leaf.id for leaf in every if ("-" not in leaf.measure.text if leaf.measure else leaf.fact in judged)]
    assert result.score == sum(points[name] for name in full) > 0
    with pytest.raises(ps.Rejected) as refused:
        bind(form("facts: {}"), ps.plan(ps.load_rules(reference)))
    assert [problem.code for problem in refused.value.diagnostics] == ["template-has-no-points"]


# A unit that fills in the empty form of an edition is not asked for what only the edition that it extends would read.
def test_an_edition_does_not_ask_for_the_facts_of_indicators_that_it_leaves_out() -> None:
    asked = {fact.name for fact in ps.load_rules("hunan/indicators@2018").facts}
    assert asked == {"编制数", "在职人数", "三公经费.本年预算", "三公经费.上年预算", "上年结转", "本年追加预算", "年末结余"}


def test_output_and_benefit_carry_sixty_per_cent_in_the_framework_of_2020() -> None:
    assert heir("china/project-framework@2020", (18, 22, 32, 28))[0].points == 100
    with pytest.raises(ps.Rejected) as refused:
        heir("china/project-framework@2020", (24, 17, 31, 28))
    assert [problem.code for problem in refused.value.diagnostics] == ["constraint-broken"]


# Rows bring their own points, so that no example would notice weights that a variant gives to the wrong groups.
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


# Facts have one vocabulary over all packs: the table of basic figures of a published form (附件1-1) is what the indicator table reads.
def test_the_basic_figures_of_a_published_form_are_scored_by_the_indicator_table() -> None:
    result = ps.evaluate(ps.read_form(ROOT / "examples" / "huaihua-2024.yaml"), ps.load_rules("hunan/indicators@2017"))
    # 51 ÷ 57; 61.24 ÷ 62.4; 3.45 ÷ 3.1 is 111.29 %, twelve whole steps; 397.58 ÷ 162; no building, full points.
    scores = {"在职人员控制率": 5, "公用经费控制率": 8, "“三公经费”控制率": 0, "政府采购执行率": 0, "新建楼堂馆所面积控制率": 5}
    assert {name: result[name].score for name in scores} == scores
    assert result.bounds == (Fraction(23), Fraction(87))
