"""How parts add up to a group: exactly, with what is unknown as bounds, and with what does not apply left out or shared out."""

from fractions import Fraction
from itertools import combinations_with_replacement, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from perfscore.api import Result, evaluate
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.ruleset.build import build
from perfscore.ruleset.plan import plan
from perfscore.scoring import aggregates
from perfscore.scoring.aggregates import Part
from perfscore.text.source import Source
from tests.unit.scoring.shown import shown

F = Fraction


def result(rules: str, form: str) -> Result:
    (read,) = forms_of(Source("form.yaml", form))
    assert isinstance(read, Form)
    return evaluate(read, plan(build(Source("rules.yaml", 'ruleset: a/b\nversion: "1"\n' + rules), None)))


AGGREGATES = {
    "best": ("择优", True),
    "geometric-mean": ("几何平均", True),
    "mean": ("平均", True),
    "redistribute": ("折算", False),
    "sum": ("求和", False),
    "weakest-link": ("短板", True),
    "worst": ("最低", True),
}


def test_the_aggregates_are_these() -> None:
    found = [aggregates.find(name) for name in aggregates.names()]
    assert {one.NAME: (one.ZH, one.WHOLE) for one in found} == AGGREGATES
    assert [one.NAME for one in found] == list(aggregates.names())
    assert [name for name in aggregates.names() if aggregates.whole(name)] == [name for name, (_, whole) in AGGREGATES.items() if whole]
    assert not aggregates.whole(None), "without a word, parts are added up"


#: Every file of the room, and the one that CONTRIBUTING.md shows: what holds for those must hold for what people copy.
FOUND = [*map(aggregates.find, aggregates.names()), shown("trimmed-mean")]
every = pytest.mark.parametrize("found", FOUND, ids=lambda found: found.NAME)
whole = pytest.mark.parametrize("found", [found for found in FOUND if found.WHOLE], ids=lambda found: found.NAME)


def part(low: object, high: object = None, *, points: object = 10, applying: object = None) -> Part:
    ends = (F(str(low)), F(str(low if high is None else high)))
    return Part(F(str(points)), F(str(points if applying is None else applying)), *ends)


GONE = part(0, applying=0)


@st.composite
def groups(draw: DrawFn) -> tuple[list[Part], list[Part]]:
    """Parts of a group, and the same with every score known: somewhere between the least and the most that it could be."""
    points = F(draw(st.integers(1, 40)), 4)
    parts, known = [], []
    for _ in range(draw(st.integers(1, 7))):
        applying = points * draw(st.sampled_from((F(0), F(1), F(1), F(1), F(1, 2), F(2, 3))))
        # A bonus goes above the points, a floor of a deduction may lie below 0; few steps, so that scores are often equal.
        low, at, high = sorted(applying * F(step, 4) for step in draw(st.tuples(*[st.integers(-2, 6)] * 3)))
        parts.append(Part(points, applying, low, high))
        known.append(Part(points, applying, at, at))
    return parts, known


# Bounds are a promise. Any two ends may be drawn, so this says as well that a group never falls where one of its parts rises.
@every
@given(group=groups())
def test_what_the_scores_turn_out_to_be_lies_between_the_bounds(found: Any, group: tuple[list[Part], list[Part]]) -> None:
    parts, known = (found.fold(side) for side in group)
    assert parts.low <= known.low == known.high <= parts.high
    assert (parts.points, parts.applying) == (known.points, known.applying)


@every
@given(group=groups(), chance=st.randoms(use_true_random=False))
def test_the_order_of_parts_does_not_matter(found: Any, group: tuple[list[Part], list[Part]], chance: Any) -> None:
    parts = group[0]
    folded = found.fold(parts)
    chance.shuffle(parts)
    assert found.fold(parts) == folded


@whole
@given(group=groups())
def test_a_part_that_does_not_apply_is_left_out(found: Any, group: tuple[list[Part], list[Part]]) -> None:
    parts = group[0]
    gone, unasked = Part(parts[0].points, F(0), F(0), F(0)), Part(F(0), F(0), F(0), F(0))
    assert found.fold([*parts, gone]) == found.fold(parts) == found.fold([gone, *parts]) == found.fold([unasked, *parts])


# A number between the least and the most of its parts, whatever is called a mean: a group of equal parts is each of them.
@whole
@given(group=groups())
def test_a_group_is_no_better_than_its_best_part_and_no_worse_than_its_worst(found: Any, group: tuple[list[Part], list[Part]]) -> None:
    known = group[1]
    scores = [part.low * part.points / part.applying for part in known if part.applying]
    folded = found.fold(known)
    if scores:
        assert max(min(scores), F(0) if found.NAME == "geometric-mean" else min(scores)) - F("5e-10") <= folded.low
        assert folded.low <= max(*scores, F(0)) + F("5e-10")
        assert folded.points == folded.applying == known[0].points
    else:
        assert folded == Part(known[0].points, F(0), F(0), F(0))


def test_a_group_without_parts_is_worth_nothing() -> None:
    assert {found.fold([]) for found in FOUND} == {Part(F(0), F(0), F(0), F(0))}


# What does not apply inside a part neither earns nor loses: 5 of the 5 points that apply is as good as 10 of 10.
@whole
def test_a_part_that_half_applies_counts_by_its_share(found: Any) -> None:
    assert found.fold([part(5, applying=5)]) == found.fold([part(10)]) == Part(F(10), F(10), F(10), F(10))


SCORES = [part(4), part(9), part(6, 8), GONE]


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("mean", F(19, 3), F(7)),
        ("best", F(9), F(9)),
        ("worst", F(4), F(4)),
        ("weakest-link", F(9, 2), F(9, 2)),
        # The cube roots of 216 and of 288.
        ("geometric-mean", F(6), F("6.603854498")),
        # Parts that share the points: 10 each, of which one does not apply.
        ("sum", F(19), F(21)),
        ("redistribute", F(76, 3), F(28)),
    ],
)
def test_what_becomes_of_three_scores(name: str, low: Fraction, high: Fraction) -> None:
    folded = aggregates.find(name).fold(SCORES)
    assert (folded.low, folded.high) == (low, high)


# 二者择其一: 结转结余率 or 结转结余变动率, and one of them unknown. What is full already cannot get better.
@pytest.mark.parametrize(("one", "low", "high"), [(part(10), 10, 10), (part(7), 7, 10), (GONE, 0, 10)])
def test_of_two_the_better_one_counts(one: Part, low: int, high: int) -> None:
    folded = aggregates.find("best").fold([one, part(0, 10)])
    assert (folded.low, folded.high) == (F(low), F(high))


GRADES = {"D": 1, "C": 2, "B": 3, "A": 4}


@pytest.mark.parametrize(("dimensions", "grade"), [("ABB", "B+"), ("DCA", "D+"), ("AA", "A"), ("D", "D"), ("BA", "B+"), ("CCC", "C"), ("DDDC", "D+")])
def test_the_weakest_link_is_that_of_pefa(dimensions: str, grade: str) -> None:
    folded = aggregates.find("weakest-link").fold([part(GRADES[letter], points=4) for letter in dimensions])
    assert folded.low == folded.high == GRADES[grade[0]] + (F(1, 2) if grade.endswith("+") else 0)


# The plus is lost where the lowest part comes up to the others, so it is not plain that raising a part never lowers the group. For all grades, with
# a part unknown between any two of them or not applicable: the bounds hold every possible value, and both ends are possible.
@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_bounds_of_the_weakest_link_are_the_least_and_the_most_there_can_be(count: int) -> None:
    fold = aggregates.find("weakest-link").fold
    spans = [None, *combinations_with_replacement(range(1, 5), 2)]
    plain = {grades: min(grades) + F(max(grades) > min(grades), 2) for n in range(1, count + 1) for grades in product(range(1, 5), repeat=n)}
    for parts in product(spans, repeat=count):
        live = [span for span in parts if span is not None]
        if live:
            possible = [plain[grades] for grades in product(*(range(low, high + 1) for low, high in live))]
            folded = fold([part(0, points=4, applying=0) if span is None else part(*span, points=4) for span in parts])
            assert (folded.low, folded.high) == (min(possible), max(possible)), parts


# Half a point on top of 9.8 would be more than the 10 there are; and 2.9 beside 3 more than 3 beside 3.
@pytest.mark.parametrize(("scores", "group"), [((9.8, 10), "10"), ((2.9, 3), "3"), ((3, 3), "3"), ((2.5, 3), "3"), ((2, 2.25), "2.25")])
def test_the_half_point_does_not_lift_a_group_above_its_best_part(scores: tuple[float, ...], group: str) -> None:
    assert aggregates.find("weakest-link").fold([part(score) for score in scores]).low == F(group)


# The definition itself, in whole powers: half a unit below what is given is not above the root, half a unit above it is.
@given(st.lists(st.fractions(0, 100, max_denominator=1000), min_size=1, max_size=9))
def test_the_geometric_mean_is_the_root_of_the_product_correctly_rounded(scores: list[Fraction]) -> None:
    found = aggregates.find("geometric-mean").fold([Part(F(100), F(100), score, score) for score in scores]).low
    of_all = F(1)
    for score in scores:
        of_all *= score
    half, n = F(1, 2 * 10**9), len(scores)
    assert (found * 10**9).denominator == 1
    assert (found + half) ** n > of_all
    assert not found or (found - half) ** n <= of_all


# One of 4 equal parts of a third has no last digit, and a root of nothing, or of what was lost beyond everything, is nothing.
@pytest.mark.parametrize(
    ("scores", "mean"),
    [
        (["1/3"] * 4, "0.333333333"),
        (["2/3"] * 4, "0.666666667"),
        ([10, 10, 0], "0"),
        ([10, -5], "0"),
        ([2, 8], "4"),
        # Two ties: the root of 0.0000000005² and of 0.0000000015² go up.
        (["5e-10"] * 2, "0.000000001"),
        (["15e-10"] * 2, "0.000000002"),
    ],
)
def test_the_geometric_mean_at_its_edges(scores: list[object], mean: str) -> None:
    assert aggregates.find("geometric-mean").fold([part(score) for score in scores]).low == F(mean)


# Human Development Report 2014, Norway and Switzerland (year 2013): health, education, income as printed to four places.
@pytest.mark.parametrize(("dimensions", "published"), [(("0.9462", "0.9089", "0.9758"), "0.944"), (("0.9631", "0.8428", "0.9497"), "0.917")])
def test_the_geometric_mean_gives_the_human_development_index(dimensions: tuple[str, ...], published: str) -> None:
    found = aggregates.find("geometric-mean").fold([part(dimension, points=1) for dimension in dimensions]).low
    assert abs(found - F(published)) <= F("0.001")


# Thousands of rows of a stranger's form are one power of a large number, not a search of hours.
def test_the_geometric_mean_of_very_many_parts_is_found() -> None:
    many = [part(score) for score in ("9.99", "10")] * 2000
    assert aggregates.find("geometric-mean").fold(many).low == F("9.994998749")


@pytest.mark.parametrize(("scores", "mean"), [([1, 5, 9], F(5)), ([0, 5, 6, 7, 8, 10], F(13, 2)), ([0, 10, 10, 10, 10], F(8))])
def test_the_aggregate_of_the_page_does_what_it_says(scores: list[int], mean: Fraction) -> None:
    assert shown("trimmed-mean").fold([part(score) for score in scores]).low == mean


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
