"""What forms say under the newer words of the rule language, where a slip would score somebody wrongly without a word."""

from fractions import Fraction

import pytest

from perfscore.forms.bind import bind
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.ruleset.build import build
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation, evaluate
from perfscore.text.source import Source

HEAD = 'ruleset: test/words\nversion: "1"\n'


def scored(rules: str, form: str) -> Evaluation:
    (found,) = forms_of(Source("form.yaml", form))
    assert isinstance(found, Form), found
    return evaluate(bind(found, plan(build(Source("rules.yaml", HEAD + rules), None))))


def codes(evaluation: Evaluation) -> list[str]:
    return [found.code for found in evaluation.submission.diagnostics]


LENT = "facts: {借阅量: {unit: 册次}}\nindicators: [{id: a, points: 100000, measure: 借阅量, method: direct}]"


# 册次 is no unit that we know; ten thousand of them are all the same ten thousand. Found by a form that lost 30 points to it.
@pytest.mark.parametrize(("printed", "number"), [("5万册次", 50000), ("5万", 50000), ("48000", 48000), ("48000册次", 48000), ("1.2千册次", 1200)])
def test_multiples_of_a_declared_unit_are_read(printed: str, number: int) -> None:
    assert scored(LENT, f"facts: {{借阅量: {printed}}}").score == number


def test_a_multiple_of_a_unit_that_nobody_declared_is_not_guessed() -> None:
    rules = "facts: {借阅量: 借阅量}\nindicators: [{id: a, points: 100000, measure: 借阅量, method: direct}]"
    evaluation = scored(rules, "facts: {借阅量: 5万册次}")
    assert (evaluation.score, codes(evaluation)) == (None, ["unreadable-value"])


def test_a_level_that_is_called_nothing_is_a_level() -> None:
    rules = "indicators: [{id: a, label: 加分, points: 3, method: {levels: {国家级: 3, 无: 0}}}]"
    evaluation = scored(rules, "facts: {加分: 无}")
    assert evaluation.score == 0
    assert not codes(evaluation)


# The points of a bonus are the most that it adds, whatever its method could give.
@pytest.mark.parametrize(("counts", "total"), [("bonus", Fraction(105)), ("malus", Fraction(95))])
def test_bonus_and_malus_are_never_more_than_their_points(counts: str, total: Fraction) -> None:
    rules = (
        "indicators:\n  - {id: a, points: 100, measure: 全年预算数, method: direct}\n"
        f"  - {{id: b, points: 5, counts: {counts}, measure: 全年执行数, method: {{ratio: {{cap: 3}}}}}}"
    )
    assert scored(rules, "budget: {adjusted: 100, executed: 2}").score == total


GUARDED = """facts: {已完成: {kind: truth}, 超支: {kind: truth}}
indicators:
  - id: a
    points: 10
    measure: 全年执行数 / 全年预算数
    method: {bands: ["<80%: 2", "≥80%: 7"]}
    variants:
      - {when: 已完成 and not 超支, method: {bands: ["≥0: 10"]}}
"""
BUDGET = "budget: {adjusted: 100, executed: 90}\n"


@pytest.mark.parametrize(
    ("facts", "score", "bounds"),
    [
        ("已完成: 是, 超支: 否", 10, (10, 10)),
        ("已完成: 否, 超支: 否", 7, (7, 7)),
        # What is known settles it, whatever the other says.
        ("已完成: 否", 7, (7, 7)),
        ("超支: 是", 7, (7, 7)),
        # Nobody can tell by which of the two it is scored: it is not scored by the one that happens to be written first.
        ("已完成: 是", None, (0, 10)),
        ("超支: 否", None, (0, 10)),
    ],
)
def test_a_case_that_cannot_be_decided_leaves_the_indicator_open(facts: str, score: int | None, bounds: tuple[int, int]) -> None:
    evaluation = scored(GUARDED, f"{BUDGET}facts: {{{facts}}}")
    assert (evaluation.score, *evaluation.bounds) == (score, *map(Fraction, bounds))
    assert ("variant-undecided" in codes(evaluation)) == (score is None)


GATED = """facts: {得分: 得分, 严重: {kind: truth}, 违法: {kind: truth}}
grades: [{label: 优, range: "[90,100]"}, {label: 良, range: "[0,90)"}]
indicators: [{id: a, points: 100, measure: 得分, method: direct}]
gates: [{id: g, when: 严重 or 违法 or total < 60, effect: {grade-cap: 良}}]
"""


@pytest.mark.parametrize(
    ("facts", "grade"),
    [("严重: 否, 违法: 否", "优"), ("严重: 是", "良"), ("违法: 是", "良"), ("严重: 否", None), ("", None)],
)
def test_a_gate_is_settled_by_what_is_known(facts: str, grade: str | None) -> None:
    evaluation = scored(GATED, f"facts: {{得分: 95{', ' if facts else ''}{facts}}}")
    assert (evaluation.grade and evaluation.grade.label.zh) == grade


TWO = """facts: {得分: 得分, 其他: 其他}
grades: [{label: 优, range: "[90,100]"}, {label: 良, range: "[0,90)"}, {label: 未定}]
indicators:
  - {id: a, points: 80, measure: 得分, method: direct}
  - {id: b, points: 20, measure: 其他, method: direct}
gates: [{id: g, when: total < 60, effect: {grade: 未定}}]
"""


# A total that lies between 10 and 30 is below 60 whatever comes in; one between 50 and 70 may be either.
@pytest.mark.parametrize(("known", "grade"), [("10", "未定"), ("39.99", "未定"), ("40", None), ("59", None), ("60", "良"), ("80", None)])
def test_a_gate_on_an_open_total_is_settled_by_its_bounds(known: str, grade: str | None) -> None:
    evaluation = scored(TWO, f"facts: {{得分: {known}}}")
    assert (evaluation.grade and evaluation.grade.label.zh) == grade


# 扣减得分 is taken off after scoring, and never takes more than there is.
@pytest.mark.parametrize(("taken", "score"), [("2", 6), ("8", 0), ("9", 0), ("", 8), ("两分", None)])
def test_points_taken_off_by_hand(taken: str, score: int | None) -> None:
    rules = "indicators: [{id: a, label: 甲, rows: from-form, method: ratio}]"
    form = f'indicators: [{{level1: 甲, level3: 乙, target: 10个, actual: 8个, points: 10, deducted: "{taken}"}}]'
    assert scored(rules, form).score == score
