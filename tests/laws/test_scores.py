"""Laws of whole evaluations over drawn rule sets and forms: sums, lost points, grades, absence, bounds."""

import re
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from perfscore.model.curve import Curve
from perfscore.model.measure import Absence, Comparison
from perfscore.model.outcome import Outcome
from perfscore.model.plan import Plan
from perfscore.model.submission import Leaf
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation, evaluate, grade_of
from perfscore.testing.exact import book, grades_of
from perfscore.testing.forms import Draft, Money, drafts
from perfscore.testing.methods import points_given
from perfscore.testing.spelling import rule_file
from perfscore.testing.strategies import built, grade_trees, rule_trees, tongues
from perfscore.text.numbers import format_number
from perfscore.text.phrase import same
from tests.laws.drawn import FEW, MANY, ZERO, Case, cases, emptied, live, summary, walk

NOT_APPLICABLE = Absence("not-applicable", same("不适用"))


@given(cases())
def test_the_engine_agrees_with_the_textbook(case: Case) -> None:
    """The engine scores by integers on curves; `testing.exact` by rationals on the rule as it is said. Two ways, one number for every line."""
    evaluation = case.score()
    assume(not doubtful(evaluation) and not evaluation.submission.perhaps)
    expected = book(evaluation.submission, case.read)
    for line in walk(evaluation.root):
        if line.id not in expected.lines:
            # Nothing but a difference, or what a gate took off the total.
            assert line.leaf is None
            continue
        found = expected.lines[line.id]
        applies = found.applies or (line.leaf is None and bool(line.children))
        said = line.bounds, line.score, line.points or ZERO
        assert said == (
            (found.low, found.high),
            found.low if found.known and applies else None,
            found.applying if line.leaf is None else found.points,
        ), line.id
    total = expected.total
    assert evaluation.bounds == (total.low, total.high)
    assert [(held.gate.id, held.leaf, held.certain, held.lost) for held in evaluation.held] == [
        (one.gate.id, one.line if one.gate.each else "", one.certain, (one.least, one.most) if one.gate.effect == "deduct" else None)
        for one in expected.happened
    ]
    (grade,) = expected.grades if len(expected.grades) == 1 else (None,)
    assert (evaluation.grade and evaluation.grade.label.zh) == grade


@given(cases(gaps=False))
@MANY
def test_what_is_added_up_in_integers_is_what_is_folded_in_fractions(case: Case) -> None:
    """A form in which nothing is open is added up without asking what might not apply; every line of it is the same as if that were asked."""
    evaluation = case.score()
    folded = evaluate(evaluation.submission._replace(plain=False))
    assert (evaluation.root, evaluation.grade) == (folded.root, folded.grade)


def doubtful(evaluation: Evaluation) -> list[int]:
    """The places of leaves that may not apply, and would then be left out."""
    return [place for place, leaf in enumerate(evaluation.submission.leaves) if isinstance(leaf.measure, Absence) and leaf.measure.drops]


@given(emptied("applicable").map(lambda pair: Case(pair[0].plan, pair[1])))
def test_bounds_hold_whether_it_applies_or_not(case: Case) -> None:
    """A leaf of which nobody knows whether it applies may take its points along, and the rest is then scaled otherwise."""
    evaluation = case.score()
    places = doubtful(evaluation)
    assume(0 < len(places) <= 4)
    submission = evaluation.submission
    for gone in (chosen for many in range(len(places) + 1) for chosen in combinations(places, many)):
        leaves = [leaf._replace(measure=NOT_APPLICABLE) if place in gone else leaf for place, leaf in enumerate(submission.leaves)]
        expected = book(submission._replace(leaves=tuple(leaves)), case.read)
        assert evaluation.bounds[0] <= expected.total.low
        assert expected.total.high <= evaluation.bounds[1]
        assert evaluation.grade is None or expected.grades == {evaluation.grade.label.zh}


@given(cases())
def test_a_parent_is_the_sum_of_the_lines_below_it(case: Case) -> None:
    """People add the printed column up. Where a group is rescaled or rounded, a line of its own shows the difference."""
    for outcome in walk(case.score().root):
        if outcome.children and outcome.score is not None:
            assert outcome.score == sum((child.score or ZERO for child in live(outcome)), ZERO)
            assert outcome.points == sum((child.points or ZERO for child in live(outcome)), ZERO)


def lost(outcome: Outcome) -> Fraction:
    """What is lost below a line; what is missing, a whole group or a leaf, in a group that is settled all the same, gave nothing to it."""
    if outcome.status == "not-applicable":
        return ZERO
    if outcome.score is None:
        return outcome.points or ZERO
    return sum(map(lost, outcome.children), ZERO) if outcome.children else outcome.lost or ZERO


@given(cases())
def test_lost_points_add_up(case: Case) -> None:
    """The reasons for lost points, line by line, are the whole reason for points − score."""
    root = case.score().root
    assume(root.score is not None)
    assert root.lost == lost(root)


@given(cases())
def test_bounds_of_a_known_score_are_the_score(case: Case) -> None:
    """Whoever reads only the bounds must not read something else than who reads the score."""
    for outcome in walk(case.score().root):
        low, high = outcome.bounds
        assert low <= high
        assert outcome.score is None or outcome.bounds == (outcome.score, outcome.score)
        assert outcome.score is not None or outcome.status in ("missing", "not-applicable")


@st.composite
def graded(draw: DrawFn) -> Plan:
    """A rule set of one indicator, for its grades."""
    points = draw(points_given)
    leaf = {"id": "a", "label": "甲", "points": points, "measure": "全年执行数", "method": "direct"}
    rounding = [{"at": "leaf", "places": draw(st.integers(0, 4))}]
    tree = {"ruleset": "test/graded", "version": "1", "rounding": rounding, "grades": draw(grade_trees(points)), "indicators": [leaf]}
    return plan(built(rule_file(tree, draw(tongues))))


@given(graded(), st.data())
def test_every_reachable_score_has_exactly_one_grade(planned: Plan, data: st.DataObject) -> None:
    """Grades that share out the line leave no total without a grade and give none two; and the loop, which decides by integers, lets a total
    on a cut fall on the side that the interval says."""
    unit, grades = 10**planned.places, planned.rules.grades
    near = [cut + step for cut, _ in planned.cuts if cut > -(10**30) for step in (-1, 0, 1)]
    for total in (data.draw(st.integers(-10 * unit, 110 * unit)), *near):
        score = Fraction(total, unit)
        found = grades_of(score, grades)
        top = grades[0].range
        assert top is not None
        assert len(found) == (top.high is None or score <= top.high)
        assert grade_of(score, grades) == (found[0] if found else None)
        assert next((grade for least, grade in planned.cuts if total >= least), None) == grade_of(score, grades)


@st.composite
def shared_out(draw: DrawFn) -> Case:
    """A rule set that scales its total and rounds nothing, and a form with something in it that does not apply."""
    rules = built(rule_file({**draw(rule_trees(plain=True)), "aggregate": "redistribute", "rounding": []}))
    return Case(plan(rules), draw(drafts(rules)))


@given(shared_out())
def test_what_does_not_apply_is_shared_out(case: Case) -> None:
    """折算: the score of what applies ÷ its points × all points, however deep in the tree it stands, so that nobody gains or loses by what does
    not concern him."""
    root = case.score().root
    leaves = [outcome for outcome in walk(root) if outcome.leaf is not None]
    whole = sum((leaf.points or ZERO for leaf in leaves), ZERO)
    counting = [leaf for leaf in leaves if leaf.status != "not-applicable"]
    weight = sum((leaf.points or ZERO for leaf in counting), ZERO)
    if root.score is not None:
        assert root.score * weight == sum((leaf.score or ZERO for leaf in counting), ZERO) * whole


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(case: Case, chance: object) -> None:
    """A form is filled in any order; no row may earn by where it stands."""
    # A row that says no id is called by its number, which is its place.
    rows = [{"id": f"row.{number}", **row} for number, row in enumerate(case.draft.rows)]
    assume(len(rows) > 1)
    moved = list(rows)
    chance.shuffle(moved)  # type: ignore[attr-defined]
    assert summary(case.score(case.draft.with_rows(rows).text())) == summary(case.score(case.draft.with_rows(moved).text()))


@given(cases(), st.data())
def test_money_may_be_printed_in_any_unit(case: Case, data: st.DataObject) -> None:
    """元, 万元 and 亿元 say the same amount; a score that changed with them would be a score of the printing."""
    one, other = data.draw(st.permutations(("元", "万元", "亿元")))[:2]
    assert summary(case.score(case.draft.text(money=one))) == summary(case.score(case.draft.text(money=other)))


def improvable(case: Case) -> list[tuple[int, Leaf, int]]:
    """The rows whose score only rises or only falls with a number that they print: their places, their leaves, and which of the two (1 or -1)."""
    rows = case.draft.rows
    leaves = {leaf.row.span.line: leaf for leaf in case.score().submission.leaves if leaf.row is not None}
    found = [
        (place, leaf, monotone(leaf.curve) * (1 if leaf.measure.direction == "higher" else -1))
        for place, (_, leaf) in enumerate(sorted(leaves.items()))
        if isinstance(leaf.measure, Comparison)
        and isinstance(leaf.measure.value, Fraction)
        and leaf.measure.direction in ("higher", "lower")
        and leaf.rule.measure is None
    ]
    return [one for one in found if one[2] and rows[one[0]].get("id") == one[1].id and printed(rows[one[0]]["actual"])]


@st.composite
def without_gates(draw: DrawFn) -> Case:
    rules = built(rule_file({name: value for name, value in draw(rule_trees()).items() if name != "gates"}))
    draft = draw(drafts(rules))
    # By its id a row is found again.
    return Case(plan(rules), draft.with_rows([{"id": f"row.{number}", **row} for number, row in enumerate(draft.rows)]))


@st.composite
def improved(draw: DrawFn) -> tuple[Case, Draft, str, int]:
    """A form without gates, and the same with one actual value larger; the leaf, and whether that is better (1) or worse (-1) for it."""
    case = draw(without_gates())
    for _ in range(3):
        if not improvable(case):
            case = draw(without_gates())
    found = improvable(case)
    assume(found)
    rows = case.draft.rows
    place, leaf, way = draw(st.sampled_from(found))
    rows[place] = {
        **rows[place],
        "actual": larger(rows[place]["actual"], draw(st.sampled_from((Fraction(2), Fraction(11, 10), Fraction(1001, 1000))))),
    }
    return case, case.draft.with_rows(rows), leaf.id, way


def monotone(curve: Curve | None) -> int:
    """1 where more is never worse, -1 where it is never better, 0 where neither is so."""
    if curve is None:
        return 0
    lines = [(piece.upper, piece.on) for piece in curve.pieces]
    steps = [line.slope for line, _ in lines]
    steps += [other.at(on.high) - one.at(on.high) for (one, on), (other, _) in pairwise(lines) if on.high is not None]
    return 1 if min(steps) >= 0 else -1 if max(steps) <= 0 else 0


def printed(cell: Any) -> bool:
    """Whether a cell prints one number above 0."""
    return cell.yuan > 0 if isinstance(cell, Money) else bool(re.fullmatch(r"[0-9.]*[1-9][0-9.]*[个%]?", cell))


def larger(cell: Any, factor: Fraction) -> Any:
    if isinstance(cell, Money):
        return cell._replace(yuan=cell.yuan * factor)
    number = cell.rstrip("个%")
    return format_number(Fraction(number) * factor) + cell[len(number) :]


# Many drawn forms have no number that could be better: that is no fault of the law, whatever share of the draws it is.
@given(improved())
@settings(FEW, suppress_health_check=[HealthCheck.filter_too_much])
def test_a_better_actual_value_never_scores_worse(pair: tuple[Case, Draft, str, int]) -> None:
    """Whatever the group is made of, held at, rounded to or scaled by: nobody may lose by doing better."""
    case, more, id_, way = pair
    before, after = case.score(), case.score(more.text())
    one, other = (next(leaf for leaf in evaluation.submission.leaves if leaf.id == id_) for evaluation in (before, after))
    # Conditions of a variant may ask for the actual value: other rules then, for a reason.
    assume(one.rule.case == other.rule.case and isinstance(other.measure, Comparison))
    assert (after.bounds[0] - before.bounds[0]) * way >= 0
    assert (after.bounds[1] - before.bounds[1]) * way >= 0


@given(emptied())
def test_bounds_hold_whatever_is_filled_in(pair: tuple[Case, Draft]) -> None:
    """Bounds are a promise: whatever the missing cells turn out to say, the total is within them."""
    case, less = pair
    complete, open_ = case.score(), case.score(less.text())
    assert open_.bounds[0] <= complete.bounds[0]
    assert complete.bounds[1] <= open_.bounds[1]
    assert open_.grade in (None, complete.grade)
