"""What becomes of a group or an indicator where two rules of the language meet: a limit and an absence, a veto and what is unknown, rounding and points taken."""

from fractions import Fraction
from typing import Any

import pytest

from perfscore.forms.bind import bind
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.model.outcome import Outcome
from perfscore.ruleset.build import build
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation, evaluate
from perfscore.text.source import Source

F = Fraction


def scored(rules: str, form: str) -> Evaluation:
    (found,) = forms_of(Source("form.yaml", form))
    assert isinstance(found, Form), found
    return evaluate(bind(found, plan(build(Source("rules.yaml", 'ruleset: a/b\nversion: "1"\n' + rules), None))))


def lines(evaluation: Evaluation) -> dict[str, Outcome]:
    found, ways = {}, [evaluation.root]
    while ways:
        outcome = ways.pop()
        found[outcome.id] = outcome
        ways.extend(outcome.children)
    return found


ROWS = """
facts: {严重: {kind: truth}}
indicators:
  - {id: output, label: 产出, points: 50, rows: from-form, method: ratio}
  - {id: rest, points: 50, measure: 全年执行数, method: direct}
gates: [{id: g, when: 严重, effect: {veto: output}}]
"""


# Rows without points make a group one unknown; a veto makes it nothing all the same.
@pytest.mark.parametrize(("said", "bounds"), [("是", (40, 40)), ("否", (40, 90)), ("''", (40, 90))])
def test_a_group_that_cannot_be_told_apart_can_be_vetoed(said: str, bounds: tuple[F, F]) -> None:
    form = f"budget: {{executed: 40}}\nfacts: {{严重: {said}}}\nindicators: [{{level1: 产出, level3: 甲, target: 1个, actual: 1个}}]"
    found = scored(ROWS, form)
    assert found.bounds == bounds
    assert lines(found)["output"].status == ("vetoed" if said == "是" else "missing")


JUDGED = "indicators: [{id: a, label: 效果, points: 10, least: 5, most: 9, method: {tiers: {tiers: ['差: [0,60%)', '好: [60%,100%]']}}}]"


# A judge keeps to the tier that was reached; the limits of the indicator come after, as for every other score.
@pytest.mark.parametrize(
    ("tier", "judged", "bounds"), [("差", 3, (5, 5)), ("差", 5.5, (5.5, 5.5)), ("好", 10, (9, 9)), ("差", 7, (5, 6)), ("好", "''", (6, 9))]
)
def test_a_judged_score_is_held_to_the_limits_of_its_indicator(tier: str, judged: object, bounds: tuple[float, float]) -> None:
    found = scored(JUDGED, f"indicators: [{{level3: 效果, target: 明显, actual: 好转, tier: {tier}, judged: {judged}}}]")
    assert found.bounds == tuple(F(str(end)) for end in bounds)


LIMITED = "facts: {有: {kind: truth}}\nindicators: [{id: a, points: 10, least: 2, most: 8, measure: 全年执行数, method: direct, applicable: 有, otherwise: {}}]"


@pytest.mark.parametrize(("otherwise", "score"), [("full", 8), ("zero", 2), ("drop", None)])
def test_what_is_given_where_it_does_not_apply_is_held_to_the_limits(otherwise: str, score: int | None) -> None:
    assert lines(scored(LIMITED.replace("{}", otherwise), "facts: {有: 否}"))["a"].score == score


# A limit is of a score: what does not apply has none, and adds nothing.
def test_a_group_that_does_not_apply_is_not_held_at_its_least() -> None:
    rules = """
facts: {有: {kind: truth}}
indicators:
  - {id: a, points: 90, measure: 全年执行数, method: direct}
  - {id: b, least: 4, children: [{id: b.a, points: 10, measure: 全年执行数, method: direct, applicable: 有}]}
"""
    found = scored(rules, "budget: {executed: 50}\nfacts: {有: 否}")
    assert [found.score, found.root.points] == [50, 90]


def test_a_group_is_held_with_what_stands_beyond_its_points() -> None:
    rules = """
indicators:
  - id: a
    points: 10
    most: 100%
    children:
      - {id: a.a, points: 10, measure: 全年执行数, method: direct}
      - {id: a.b, points: 5, counts: bonus, measure: 全年预算数, method: direct}
"""
    assert scored(rules, "budget: {executed: 8, adjusted: 3}").score == 10


BEYOND = """
indicators:
  - {id: a, points: 90, measure: 全年执行数, method: direct}
  - {id: b, label: 加减, counts: COUNTS, rows: from-form, method: {by-kind: {quantity: {ratio: {cap: 2}}}}, otherwise: refused, most: 20}
"""


# What cannot be scored of a bonus or a malus is open up to its points, and never becomes points of the total.
@pytest.mark.parametrize(
    ("row", "least", "most"),
    [
        ("target: 3月之前, actual: 3月", 0, 5),
        ("target: '', actual: ''", 0, 5),
        ("target: 10个, actual: 10个, applicable: false", 0, 5),
        ("target: 10个, actual: 10个", 5, 5),
        # Its points are the most of a row, whatever the most of its group.
        ("target: 10个, actual: 20个", 5, 5),
    ],
)
def test_rows_beyond_the_points_have_none_of_the_total(row: str, least: int, most: int) -> None:
    for counts, bounds in (("bonus", (80 + least, 80 + most)), ("malus", (80 - most, 80 - least))):
        form = f"budget: {{executed: 80}}\nindicators: [{{level1: 加减, level3: 甲, points: 5, {row}}}]"
        found = scored(BEYOND.replace("COUNTS", counts), form)
        assert [found.root.points, *found.bounds] == [90, *bounds]


# What is printed is rounded where the rule set says so, also when something was taken off.
@pytest.mark.parametrize(("each", "total"), [("", "66.67"), (", each: a", "66.67")])
def test_what_is_left_is_rounded(each: str, total: str) -> None:
    rules = f"""
facts: {{}}
rounding: [{{at: leaf, places: 2}}, {{at: total, places: 2}}]
indicators: [{{id: a, points: 100, measure: 全年执行数, method: direct}}]
gates: [{{id: g, when: 全年执行数 > 0{each}, effect: {{deduct: 全年执行数 / 3}}}}]
"""
    found = scored(rules, "budget: {executed: 100}")
    assert found.score == F(total)
    assert sum((child.score or 0 for child in found.root.children), F(0)) == F(total)


ASKED = """
facts: {有: {kind: truth}, 严重: {kind: truth}}
indicators:
  - {id: a, points: 50, measure: 全年执行数, method: direct}
  - {id: b, points: 50, measure: 全年执行数, method: direct, applicable: 有}
gates: [{id: g, when: WHEN, effect: {deduct: AMOUNT}}]
"""


# A gate that asks for an indicator which does not apply does not arise; but `or` with something unknown may.
@pytest.mark.parametrize(
    ("when", "amount", "facts", "bounds"),
    [
        ("score.b < 60", "5", "严重: 否", (40, 40)),
        ("严重 and score.b < 60", "5", "严重: 是", (40, 40)),
        ("严重 or score.b < 60", "5", "严重: 是", (35, 35)),
        ("严重 or score.b < 60", "5", "", (35, 40)),
        ("严重", "score.b / 4", "严重: 是", (40, 40)),
    ],
)
def test_a_gate_that_asks_for_what_does_not_apply(when: str, amount: str, facts: str, bounds: tuple[F, F]) -> None:
    form = f"budget: {{executed: 40}}\nfacts: {{有: 否{', ' if facts else ''}{facts}}}"
    assert scored(ASKED.replace("WHEN", when).replace("AMOUNT", amount), form).bounds == bounds


def test_the_points_of_a_bonus_are_what_a_gate_reads() -> None:
    rules = """
indicators:
  - {id: a, points: 90, measure: 全年执行数, method: direct}
  - {id: b, label: 加分, counts: bonus, rows: from-form, method: ratio}
  - {id: c, points: 6, counts: bonus, measure: 全年预算数, method: direct}
gates:
  - {id: rows, each: b, when: score < 分值 / 2, effect: {veto: b}}
  - {id: fixed, each: c, when: score < points / 2, effect: {veto: c}}
"""
    rows = [f"{{level1: 加分, level3: {actual}, points: 4, target: 10个, actual: {actual}个}}" for actual in (4, 6)]
    found = lines(scored(rules, f"budget: {{executed: 80, adjusted: 3}}\nindicators: [{', '.join(rows)}]"))
    assert {id_: found[id_].score for id_ in ("b.1", "b.2", "c")} == {"b.1": 0, "b.2": F("2.4"), "c": 3}


MAY_DROP: Any = """
AGGREGATE
facts: {有: {kind: truth}, 得分: {}, 其余: {}}
grades: [{label: 优, range: "≥0"}]
indicators:
  - {id: a, points: 45, measure: 得分, method: {ratio: {cap: 2}}}
  - {id: b, points: 55, measure: 其余, method: {ratio: {cap: 2}}, applicable: 有, otherwise: OTHERWISE}
"""


# Nobody knows whether b applies: what the total is if it does, and what it is if not (40 of 45, scaled to 100; or 54, which is 120).
@pytest.mark.parametrize(
    ("aggregate", "otherwise", "score", "bounds", "grade"),
    [
        ("", "drop", "8/9", (40, 150), None),
        ("aggregate: redistribute", "drop", "8/9", (40, 150), "优"),
        ("aggregate: redistribute", "drop", "0", (0, 110), "优"),
        # If b applies and earns nothing it is 54; if it does not apply it is 120; and with all that b can give 164.
        ("aggregate: redistribute", "drop", "6/5", (54, 164), "优"),
        ("aggregate: redistribute", "zero", "8/9", (40, 150), "优"),
        ("aggregate: redistribute", "full", "8/9", (40, 150), "优"),
        ("", "missing", "8/9", (40, 150), "优"),
    ],
)
def test_what_may_not_apply_leaves_open_what_it_takes_along(
    aggregate: str, otherwise: str, score: str, bounds: tuple[F, F], grade: str | None
) -> None:
    rules = MAY_DROP.replace("AGGREGATE", aggregate).replace("OTHERWISE", otherwise).replace("measure: 得分", f"measure: 得分 * {score}")
    found = scored(rules, "facts: {得分: 1}")
    assert found.score is None
    assert found.bounds == bounds
    assert (found.grade and found.grade.label.zh) == grade


LEFT_OUT = """
aggregate: redistribute
facts: {有: {kind: truth}, 甲: {}, 乙: {}}
indicators:
  - {id: a, points: 40, measure: 全年执行数, method: direct}
  - {id: b, points: 60, WAY}
"""
CASED = "measure: 全年执行数, method: direct, variants: [{when: 有, measure: 甲 + 乙}]"


# What the form says does not apply is left out as soon as it comes to be read, whatever is filled in beside it.
@pytest.mark.parametrize(
    ("way", "facts", "bounds", "points"),
    [
        ("measure: 甲 + 乙, method: direct", "乙: 不适用", (50, 50), 0),
        ("measure: 甲 + 乙, method: direct", "甲: 3", (20, 80), 60),
        ("measure: 甲 + 乙, method: direct, applicable: 有, otherwise: zero", "甲: 3", (20, 80), 60),
        ("measure: 甲 + 乙, method: direct, applicable: 有, otherwise: zero", "乙: 不适用", (20, 80), 60),
        (CASED, "甲: 3", (20, 80), 60),
        (CASED, "乙: 不适用", (20, 80), 60),
        (CASED, "有: 是, 乙: 不适用", (50, 50), 0),
    ],
)
def test_what_reads_something_that_does_not_apply_may_be_left_out(way: str, facts: str, bounds: tuple[F, F], points: int) -> None:
    found = scored(LEFT_OUT.replace("WAY", way), f"budget: {{executed: 20}}\nfacts: {{{facts}}}")
    assert found.bounds == bounds
    assert lines(found)["b"].doubt == (60 if "乙" in facts and points else 0)


VARIANTS = """
facts: {大: {kind: truth}, 小: {kind: truth}}
grades: [{label: 优, range: "≥90"}, {label: 其他, range: "<90"}]
indicators: [{id: a, points: 100, measure: 全年执行数, method: direct}]
variants:
  - {id: large, when: 大, indicators: [{id: a, measure: 全年执行数 / 2}]}
  - {id: small, when: 小, indicators: [{id: a, measure: 全年执行数 + 5}]}
"""


# Nobody can tell by which tree of the rules a form is scored: each that may be gives a score, and the grade is known where all agree.
@pytest.mark.parametrize(
    ("facts", "executed", "variant", "bounds", "grade"),
    [
        ("大: 否, 小: 否", 80, "base", (80, 80), "其他"),
        ("大: 否", 80, "base", (80, 85), "其他"),
        ("", 80, "base", (40, 85), "其他"),
        ("", 90, "base", (45, 95), None),
        ("小: 是", 88, "small", (44, 93), None),
        ("大: 否", 90, "base", (90, 95), "优"),
        ("大: 是", 90, "large", (45, 45), "其他"),
    ],
)
def test_a_variant_that_may_apply_leaves_the_total_open(facts: str, executed: int, variant: str, bounds: tuple[F, F], grade: str | None) -> None:
    found = scored(VARIANTS, f"budget: {{executed: {executed}}}\nfacts: {{{facts}}}")
    assert (found.submission.tree.variant.id, found.grade and found.grade.label.zh) == (variant, grade)
    assert found.bounds == bounds
    assert (found.score is None) == (bounds[0] != bounds[1])


# Nobody knows what the whole is worth where a row of a group without points has none: what is known counts all the same, and no grade is given.
def test_a_group_of_unknown_points_leaves_the_total_open_and_without_a_grade() -> None:
    rules = """
grades: [{label: 优, range: "[60,100]"}, {label: 差, range: "[0,60)"}]
indicators:
  - {id: a, label: 甲, points: 20, measure: 全年执行数 / 全年预算数, method: ratio}
  - {id: output, label: 产出指标, rows: from-form, method: ratio}
"""
    form = """
budget: {adjusted: 10, executed: 10}
indicators:
  - {level1: 产出指标, level3: 丙, target: 10, actual: 1, points: 80}
  - {level1: 产出指标, level3: 乙, target: 10, actual: 10}
"""
    found = scored(rules, form)
    assert (found.score, found.bounds, found.grade) == (None, (F(0), F(28)), None)
