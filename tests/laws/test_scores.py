"""Laws of whole evaluations over drawn rule sets and forms: sums, lost points, grades, absence, bounds."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from perfscore.model.form import BUDGET_NAMES
from perfscore.model.measure import Absence
from perfscore.model.outcome import Outcome
from perfscore.model.plan import Plan
from perfscore.model.submission import Leaf
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import grade_of
from perfscore.testing.exact import book, grades_of
from perfscore.testing.forms import Draft, drafts
from perfscore.testing.methods import points_given
from perfscore.testing.spelling import rule_file
from perfscore.testing.strategies import built, grade_trees, rule_trees, tongues
from tests.laws.drawn import ZERO, Case, cases, live, nodes, summary, walk


@given(cases())
def test_the_engine_agrees_with_the_textbook(case: Case) -> None:
    """The engine scores by integers on curves; `testing.exact` by rationals on the rule as it is said. Two ways, one number for every line."""
    evaluation = case.score()
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


def read(planned: Plan) -> list[list[str]]:
    """The facts that each formula of a rule set reads, and those that its items and levels are."""
    rules = planned.rules
    formulas = [formula for node in nodes(planned) for formula in (node.when, node.applicable, node.measure)]
    formulas += [gate.when for gate in rules.gates] + [fact.formula for fact in rules.facts]
    names = [[one.name for one in formula.reads] for formula in formulas if formula is not None]
    return [[node.fact] for node in nodes(planned)] + [
        [known for name in reads for known in (BUDGET_NAMES.get(name, name), name.rpartition(".")[0])] for reads in names
    ]


@st.composite
def emptied(draw: DrawFn) -> tuple[Case, Draft]:
    """A complete form, and the same with a few cells not filled in."""
    case = draw(cases(gaps=False))
    tree, rows, rules = dict(case.draft.tree), case.draft.rows, case.plan.rules
    # Where the rules say what counts without a word, nothing is open.
    settled = {fact.name for fact in rules.facts if fact.default is not None}
    said = {**tree["budget"], **tree["facts"]}
    asked = [open_ for names in read(case.plan) if (open_ := [name for name in names if name in said and name not in settled])]
    gone = {draw(st.sampled_from(names)) for names in draw(st.lists(st.sampled_from(asked), max_size=3))} if asked else set()
    tree |= {table: {name: cell for name, cell in tree[table].items() if name not in gone} for table in ("facts", "budget")}
    # Nor is anything open without a judged score, where the rules have a default for it.
    filled_in = any(use.parameters["default"] for node in nodes(case.plan) for _, use in node.methods if use.name == "tiers")
    for at in draw(st.sets(st.sampled_from(range(len(rows))), max_size=2)) if rows else ():
        judged = "judged" in rows[at] or "reported" in rows[at]
        unsaid = () if judged and filled_in else ("judged", "reported") if judged else ("actual",)
        rows[at] = {key: cell for key, cell in rows[at].items() if key not in unsaid}
    return case, case.draft._replace(tree={**tree, "indicators": rows})


def _may_not_apply(leaf: Leaf) -> bool:
    return isinstance(leaf.measure, Absence) and leaf.measure.kind == "missing" and leaf.rule.applicable is not None


@given(emptied())
def test_bounds_hold_whatever_is_filled_in(pair: tuple[Case, Draft]) -> None:
    """Bounds are a promise: whatever the missing cells turn out to say, the total is within them."""
    case, less = pair
    complete, open_ = case.score(), case.score(less.text())
    assume(complete.submission.tree is open_.submission.tree)
    # Of a part of which nobody knows whether it applies, the points of a rescaled group are open, too: see decision 0009.
    assume(not any(_may_not_apply(leaf) for leaf in open_.submission.leaves))
    assert open_.bounds[0] <= complete.bounds[0]
    assert complete.bounds[1] <= open_.bounds[1]
    assert open_.grade in (None, complete.grade)
