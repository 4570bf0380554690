"""The working paper: whose number a score is, how far the three are apart, and that no line is lost on the way."""

from fractions import Fraction

import pytest

from perfscore.api import evaluate, load_rules, read_many
from perfscore.auditing.paper import paper
from perfscore.auditing.subject import Subject
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.model.paper import Line, Paper
from perfscore.text.source import Source
from tests.architecture.tree import ROOT

_HEAD = "rules: china/project-self@2020\nunit: 示例单位\nbudget: {adjusted: 100, executed: 80, reported: 8}\nindicators:\n"
_REST = """
  - {level1: 效益指标, level2: 社会效益指标, level3: 乙, target: 10户, actual: 10户, points: 30, reported: 30}
  - {level1: 满意度指标, level2: 服务对象满意度指标, level3: 丙, target: ≥90%, actual: 95%, points: 10, reported: 10}
"""
_ROW = "  - {level1: 产出指标, level2: 数量指标, level3: 甲, "


def made(row: str, rest: str = _REST) -> Paper:
    text = f"{_HEAD}{_ROW}{row}}}{rest}"
    (form,) = forms_of(Source("f.yaml", text, text.encode()))
    assert isinstance(form, Form), form
    return paper(Subject(evaluate(form).evaluation))


def line(row: str) -> Line:
    (found,) = [one for one in made(row).lines if one.level3.zh == "甲"]
    return found


QUANTITY = "target: 10套, actual: 8套, points: 50"
JUDGED = "target: 明显, actual: 有所, tier: 部分达成, points: 50"


@pytest.mark.parametrize(
    ("row", "whose", "of_unit", "of_reviewer"),
    [
        (f"{QUANTITY}, reported: 45", "rule", "5", None),
        (f"{QUANTITY}, reported: 40", "rule", "0", None),
        (f"{QUANTITY}, reported: 45, review: {{score: 40}}", "rule", "5", "-5"),
        (QUANTITY, "rule", None, None),
        # Without the unit's score there is nothing to hold the reviewer's against.
        (f"{QUANTITY}, review: {{score: 40}}", "rule", None, None),
        # Where the unit is the judge its score is not held against itself.
        (f"{JUDGED}, reported: 35", "unit", None, None),
        (f"{JUDGED}, reported: 35, review: {{score: 32}}", "reviewer", None, "-3"),
        (f"{JUDGED}, reported: 38, judged: 35", "appraiser", "3", None),
        (JUDGED, None, None, None),
        ("target: 不适用, actual: 不适用, points: 50, reported: 50", None, None, None),
    ],
)
def test_whose_score_it_is_and_how_far_the_others_are_from_it(row: str, whose: str | None, of_unit: str | None, of_reviewer: str | None) -> None:
    found = line(row)
    assert found.whose == whose
    for deviation, wanted in ((found.of_unit, of_unit), (found.of_reviewer, of_reviewer)):
        assert (deviation and deviation.points) == (None if wanted is None else Fraction(wanted))
        assert deviation is None or deviation.share == deviation.points / 50


@pytest.mark.parametrize(
    ("row", "note"),
    [
        (f"{QUANTITY}, reported: 40", "扣了分，没有写原因"),
        (f"{QUANTITY}", "扣了分，没有写原因"),
        (f"{QUANTITY}, reported: 40, note: 雨季停工", "雨季停工"),
        (f"{QUANTITY}, reported: 40, note: 雨季停工, review: {{note: 属实}}", "雨季停工；复核：属实"),
        ("target: 10套, actual: 13套, points: 50, reported: 50", "达到指标值的 130% 以上，没有写原因"),
        ("target: 10套, actual: 12.9套, points: 50, reported: 50", ""),
        # Spending less than planned is no reason to explain a target.
        ("target: 10套, actual: 5套, points: 50, reported: 50, direction: lower", ""),
        ("target: 不适用, actual: 不适用, points: 50, reported: 0", ""),
    ],
)
def test_a_reason_is_given_or_missed(row: str, note: str) -> None:
    assert line(row).note.zh == note


@pytest.mark.parametrize(
    ("target", "kind", "unit"),
    [
        ("≥10套", "≥", "套"),
        ("≤ 10", "≤", ""),
        ("10套", "正向", "套"),
        ("10–12套", "区间", "套"),
        ("2024年10月底前", "期限", ""),
        ("明显改善", "定性", ""),
        ('""', "", ""),
    ],
)
def test_the_kind_and_the_unit_of_an_indicator_are_those_of_its_target(target: str, kind: str, unit: str) -> None:
    actual = {"2024年10月底前": "2024年9月", "明显改善": "改善", '""': '""'}.get(target, "11")
    found = line(f"target: {target}, actual: {actual}, points: 50")
    assert (found.kind.zh, found.unit) == (kind, unit)


def test_the_execution_of_the_budget_is_a_line_with_the_amounts_of_the_budget() -> None:
    found = made(f"{QUANTITY}, reported: 45").lines[0]
    assert (found.target, found.actual, found.unit, found.claimed, found.earned) == ("100", "80", "万元", Fraction(8), (Fraction(8), Fraction(8)))


def test_headings_add_up_what_is_below_them_and_say_nothing_where_something_is_missing() -> None:
    groups = {one.level1: one for one in made(f"{QUANTITY}, reported: 45").lines if one.part == "group"}
    assert [one.claimed for one in groups.values()] == [45, 30, 10]
    assert [one.of_unit.points for one in groups.values() if one.of_unit is not None] == [5, 0, 0]
    (first, *_) = [one for one in made(QUANTITY).lines if one.part == "group"]
    assert (first.claimed, first.of_unit) == (None, None)


# One set of rules takes rows and one has indicators of its own: in neither a printed row goes missing.
@pytest.mark.parametrize(("rules", "part"), [("china/project-self@2020", "row"), ("hunan/indicators@2017", "unscored")])
def test_a_row_of_a_level_that_the_rules_do_not_have_is_on_the_paper(rules: str, part: str) -> None:
    text = f"rules: {rules}\nindicators:\n  - {{level1: 其他指标, level2: 别的, level3: 丁, target: 1, actual: 1, points: 5, reported: 5}}\n"
    (form,) = forms_of(Source("f.yaml", text, text.encode()))
    assert isinstance(form, Form)
    (one,) = [one for one in paper(Subject(evaluate(form).evaluation)).lines if one.level3.zh == "丁"]
    assert one.part == part
    assert one.claimed == 5
    assert one.whose is None


FORMS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*(ROOT / "examples").glob("*.yaml"), *(ROOT / "tests" / "cases" / "audit").glob("*/*.yaml"))
    if not path.name.endswith(".rules.yaml")
)


# Whatever is printed and whatever is not: the total is last, and what the rows earn is what the total is made of.
@pytest.mark.parametrize("path", FORMS)
def test_every_form_has_a_working_paper(path: str) -> None:
    for form in read_many(ROOT / path):
        evaluation = evaluate(form, None if form.rules is not None else load_rules("china/project-self@2020")).evaluation
        found = paper(Subject(evaluation))
        assert [one.part for one in found.lines].count("total") == 1
        assert found.lines[-1].part == "total"
        if evaluation.submission.plain and evaluation.score is not None:
            assert sum(one.earned[0] for one in found.lines if one.part == "row" and one.earned is not None) == evaluation.score
