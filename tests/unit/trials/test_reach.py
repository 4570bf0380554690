"""What examples reach of a rule set: every piece, variant, case, failing condition and gate counts once, and only where a result fell on it."""

from fractions import Fraction

import pytest

from tests.unit.trials.rules import BANDS, OPEN, judged, parts, reached, row


def given(*actuals: str) -> str:
    return BANDS + "examples:\n" + "".join(f"  - {{given: {{全年预算数: 100, 全年执行数: {actual}}}, expect: {{}}}}\n" for actual in actuals)


def rows(method: str, *cells: dict[str, str]) -> str:
    return OPEN.replace("METHOD", method) + "examples:\n" + "".join(f"  - {{rows: [{row(**cell)}], expect: {{}}}}\n" for cell in cells)


@pytest.mark.parametrize(
    ("actuals", "by"),
    [
        ((), [0, 0, 0]),
        (("59.99",), [1, 0, 0]),
        (("60", "89.99"), [0, 2, 0]),
        (("0", "60", "90"), [1, 1, 1]),
    ],
)
def test_a_band_is_reached_by_what_falls_into_it(actuals, by):
    assert [part.by for part in parts(given(*actuals))] == by


def test_the_share_counts_what_was_reached():
    coverage = judged(given("95", "10")).coverage
    assert (coverage.reached, len(coverage.parts), coverage.share) == (2, 3, Fraction(2, 3))
    assert [part.says.en for part in coverage.missed] == ["within [60%,90%): 6 points"]


# The hint is what an author types next.
def test_it_is_said_what_would_reach_a_piece_and_where_it_stands():
    (_, middle, _) = parts(given())
    assert (middle.how.en, middle.span.written()) == ("执行率 in [60%,90%)", "[60%,90%): 6")


# What is missing was not scored, whatever it could have been.
def test_a_missing_score_reaches_nothing():
    assert judged(BANDS + "examples:\n  - {given: {全年预算数: 100}, expect: {rate: 缺}}").coverage.reached == 0


STEPS = "{deduction: {full: '≤100%', every: 1%, lose: 1%}}"


# A hundred steps are three parts: the first, those further out, and the end.
def test_the_steps_of_a_deduction_are_three_parts_on_its_side():
    names = [(part.says.en, part.how.en) for part in parts(rows(STEPS))]
    assert names == [
        ("≤100%: full points", "a row with achievement in (-∞,100%]"),
        ("less than a step off, nothing is lost", "a row with achievement in (100%,101%)"),
        ("the steps further out (99)", "a row with achievement in [101%,200%)"),
        ("everything is lost", "a row with achievement in [200%,+∞)"),
    ]


@pytest.mark.parametrize(
    ("actual", "at"),
    [("100", 0), ("90", 0), ("100.5", 1), ("101", 2), ("150", 2), ("199.9", 2), ("200", 3), ("900", 3)],
)
def test_a_step_is_reached_as_the_part_it_belongs_to(actual, at):
    by = [part.by for part in parts(rows(STEPS, {"target": "100", "actual": actual}))]
    assert by == [int(place == at) for place in range(4)]


def test_both_sides_of_an_interval_have_parts():
    both = rows("{around: {at: 100%, base: 80%, above: {every: 1%, gain: 1%}, below: {every: 1%, lose: 1%}}}", {"target": "100", "actual": "50"})
    assert [part.by for part in parts(both)] == [0, 1, 0, 0, 0, 0, 0]


# The points of a row change how many steps there are, and not which part a step belongs to.
def test_the_points_of_a_row_do_not_matter():
    steps = "{deduction: {full: '≤100%', every: 1%, lose: 5}}"
    two, many = ({"target": "100", "actual": "103", "points": points} for points in ("10", "90"))
    assert [part.by for part in parts(rows(steps, two))] == [0, 0, 0, 1]
    assert [part.by for part in parts(rows(steps, many))] == [0, 0, 1, 0]


def test_every_kind_of_target_of_an_open_group_counts():
    every = rows("by-kind", {"target": "≥5", "actual": "5"}, {"target": "较好", "actual": "较好", "reported": "10"})
    assert [part.by for part in parts(every)] == [0, 1, 0, 0, 1, 0, 0]


def test_a_tier_is_reached_by_a_judged_row():
    def tiers(**cells: str) -> list[int]:
        return [part.by for part in parts(rows("tiers", {"target": "较好", "actual": "一般", **cells}))]

    assert tiers(tier="部分达成", judged="7") == tiers(judged="7") == [0, 1, 0]
    # A tier without a score leaves the row open.
    assert tiers(tier="部分达成") == [0, 0, 0]


VARIANTS = """
indicators: [{id: a, label: 甲, points: 10, measure: 完成 / 计划, method: ratio}]
facts: {完成: {}, 计划: {}, 新建: {kind: truth}}
variants: [{id: new, label: {zh: 新建, en: new}, when: 新建, indicators: [{id: a, method: yes-no}]}]
"""


def test_variants_count_and_so_do_the_methods_that_only_they_have():
    found = reached(VARIANTS + "examples: [{given: {完成: 1, 计划: 2, 新建: 是}, expect: {a: 0}}]")
    assert found == {
        "the variant “new”": 1,
        "the variant “base”": 0,
        "in proportion": 0,
        "target met, full points": 0,
        "not met, no points": 1,
        "met, full points": 0,
    }


# One tree alone is always reached: counting it would only flatter.
def test_a_rule_set_without_variants_counts_none():
    assert {part.kind for part in parts(given("95"))} == {"piece"}


CASES = """
facts: {完成: {}, 计划: {}, 东部: {kind: truth}}
indicators:
  - id: a
    label: 甲
    points: 10
    measure: 完成 / 计划
    method: ratio
    variants: [{when: 东部, method: {ratio: {gate: 60%}}}, {when: 计划 > 100, measure: 完成 / 计划 / 2}]
examples:
"""


def test_the_cases_of_an_indicator_count_and_share_the_methods_they_do_not_change():
    found = parts(CASES + "  - {given: {完成: 50, 计划: 100, 东部: 是}, expect: {a: 0}}")
    assert [(part.kind, part.by) for part in found] == [
        ("case", 1), ("case", 0), ("piece", 0), ("piece", 0), ("piece", 1), ("piece", 0), ("piece", 0),
    ]  # fmt: skip
    found = parts(CASES + "  - {given: {完成: 90, 计划: 180, 东部: 否}, expect: {a: 2.5}}")
    assert [part.by for part in found] == [0, 1, 1, 0, 0, 0, 0]


@pytest.mark.parametrize("otherwise", ["drop", "full", "zero", "missing"])
def test_a_condition_that_fails_is_reached_whatever_it_then_gives(otherwise):
    text = BANDS.replace("    points: 10\n", f"    points: 10\n    applicable: 全年预算数 > 0\n    otherwise: {otherwise}\n") + "examples:\n"
    given = "  - {given: {全年预算数: NUMBER, 全年执行数: 0}, expect: {}}"
    assert [part.by for part in parts(text + given.replace("NUMBER", "0"))] == [1, 0, 0, 0]
    assert [part.by for part in parts(text + given.replace("NUMBER", "9"))] == [0, 1, 0, 0]


GATES = """
facts: {严重: {kind: truth}}
indicators: [{id: a, label: 甲, points: 10, measure: 全年执行数, method: direct}]
grades: [{label: 优, range: "[6,10]"}, {label: 差, range: "[0,6)"}]
gates: [{id: serious, when: 严重, effect: {grade-cap: 差}}, {id: low, when: total < 3, effect: {warn: 过低}}]
examples:
"""


@pytest.mark.parametrize(("given", "by"), [("{全年执行数: 8, 严重: 是}", [1, 0]), ("{全年执行数: 2, 严重: 否}", [0, 1]), ("{全年执行数: 8}", [0, 0])])
def test_a_gate_is_reached_where_it_certainly_takes_effect(given, by):
    found = parts(GATES + f"  - {{given: {given}, expect: {{}}}}")
    assert [part.by for part in found if part.kind == "gate"] == by


def test_an_example_through_a_gate_is_held_against_what_the_gate_left():
    assert judged(GATES + "  - {given: {全年执行数: 8, 严重: 是}, expect: {total: 8, grade: 差}}").failed == ()


# What a gate withholds is expected as missing, whatever the parts add up to.
def test_a_total_that_is_withheld_is_missing():
    withheld = GATES.replace("{id: low, when: total < 3, effect: {warn: 过低}}", "{id: none, when: 严重, effect: {requires: 先自评}}")
    assert judged(withheld + "  - {given: {全年执行数: 8, 严重: 是}, expect: {total: 缺, grade: 缺, a: 8}}").failed == ()


# A limit cuts a piece in two; both halves are the piece that the rule file wrote.
def test_a_variant_that_only_limits_a_score_shares_the_pieces():
    limited = VARIANTS.replace("method: yes-no", "most: 5")
    for done in ("4", "8"):
        found = reached(limited + f"examples: [{{given: {{完成: {done}, 计划: 10, 新建: 是}}, expect: {{}}}}]")
        assert found == {"the variant “new”": 1, "the variant “base”": 0, "in proportion": 1, "target met, full points": 0}


# A piece of one number is told as that number, and items by what they add up to.
def test_what_would_reach_a_piece_is_said_for_every_kind_of_measure():
    kinds = """
indicators:
  - {id: m, label: 制度, points: 8, method: {checklist: {有制度: 5, 有执行: 3}}}
  - {id: l, label: 等级项, points: 5, method: {levels: {好: 5, 差: 0}}}
  - {id: e, label: 执行率, points: 5, measure: 全年执行数 / 全年预算数, method: {bands: ["<100%: 0", "=100%: 5", ">100%: 2"]}}
  - {id: o, label: 产出, children: [{id: o.1, label: 数量, rows: from-form, method: by-kind}]}
examples: []
"""
    assert [part.how.en for part in parts(kinds)] == [
        "the sum of the items of 0",
        "the sum of the items in (0,8)",
        "the sum of the items of 8",
        "the level “好”",
        "the level “差”",
        "全年执行数 / 全年预算数 in (-∞,100%)",
        "全年执行数 / 全年预算数 of 100%",
        "全年执行数 / 全年预算数 in (100%,+∞)",
        "a row with achievement in [0%,100%)",
        "a row with achievement in [100%,+∞)",
        "a row with tier “未达成” and a score",
        "a row with tier “部分达成” and a score",
        "a row with tier “达成” and a score",
        "a row with days late in (-∞,0]",
        "a row with days late in (0,+∞)",
    ]
