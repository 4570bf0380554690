"""The law of arrays: whatever a wide table holds, every number of every form is the one that scoring it alone gives, to the last bit."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from perfscore.bulk.columns import meanings
from perfscore.model.plan import Plan
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation
from perfscore.testing.forms import drafts
from perfscore.testing.spelling import rule_file
from perfscore.testing.strategies import built, rule_trees
from perfscore.text.diagnostic import Rejected
from tests.laws.drawn import Case
from tests.laws.test_methods import curve_for
from tests.laws.test_tables import of_form, tree, typed

pa = pytest.importorskip("pyarrow")
np = pytest.importorskip("numpy")

from perfscore.bulk.exact import Arithmetic, Beyond, Numbers  # noqa: E402 — numpy may be missing
from perfscore.bulk.forms import forms  # noqa: E402
from perfscore.bulk.kernel import Scorer  # noqa: E402
from perfscore.bulk.recorded import Recorder  # noqa: E402
from perfscore.bulk.scored import INCOMPLETE, REJECTED, SCORED, Scored, counted, leaves_of  # noqa: E402
from perfscore.bulk.wide import WideScorer  # noqa: E402
from perfscore.forms.bind import bind  # noqa: E402
from perfscore.model.curve import Curve, units  # noqa: E402
from perfscore.model.form import Form  # noqa: E402
from perfscore.scoring.engine import evaluate  # noqa: E402
from perfscore.testing.methods import measures, method_uses  # noqa: E402

#: What makes a total something else than the sum of its leaves, or a leaf something that may not apply.
_MORE = ("aggregate", "least", "most", "counts", "applicable", "otherwise")


def fixed(node: dict[str, Any], without: tuple[str, ...]) -> dict[str, Any]:
    """A drawn indicator without open groups: those are leaves of a wide table."""
    node = {key: value for key, value in node.items() if key not in without}
    if "children" in node:
        return {**node, "children": [fixed(child, without) for child in node["children"]]}
    if "rows" not in node:
        return node
    kept = {key: value for key, value in node.items() if key in ("id", "label", "points", "counts", "least", "most")}
    return {"points": Fraction(10), **kept, "measure": "全年执行数 / 全年预算数", "method": "ratio"}


@st.composite
def tables(draw: DrawFn) -> tuple[Plan, list[Mapping[str, Any]]]:
    """A rule set without open groups and some forms of it, most of them complete, as rows of texts."""
    drawn = draw(rule_trees(plain=draw(st.booleans())))
    without = draw(st.sampled_from(((), _MORE, _MORE, _MORE)))
    drawn = {**drawn, "indicators": [fixed(node, without) for node in drawn["indicators"]]}
    if without:
        drawn = {key: value for key, value in drawn.items() if key not in ("gates", "aggregate") and (key != "variants" or draw(st.booleans()))}
    try:
        planned = plan(built(rule_file(drawn, "en")))
    except Rejected:
        assume(False)
        raise
    several = draw(st.lists(drafts(planned.rules, gaps=draw(st.sampled_from((False, False, True)))), min_size=1, max_size=6))
    dotted = draw(st.booleans())
    return planned, [of_form(number, tree(Case(planned, one.with_rows([])).draft), dotted) for number, one in enumerate(several)]


def numbers(cells: list[str | None]) -> Any:
    """A column of plain decimals as such, anything else as texts."""
    column = typed(cells)
    if not pa.types.is_dictionary(column.type):
        return column
    try:
        return pa.array(cells, pa.string()).cast(pa.decimal128(30, 10))
    except pa.ArrowInvalid:
        return column


@given(tables(), st.booleans(), st.integers(1, 40))
def test_arrays_give_what_each_form_alone_gives(table: tuple[Plan, list[Mapping[str, Any]]], as_numbers: bool, times: int) -> None:
    planned, rows = table
    rows = [rows[place % len(rows)] for place in range(times)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    make = numbers if as_numbers else lambda cells: pa.array(cells, pa.string())
    batch = pa.record_batch({name: make([row.get(name) for row in rows]) for name in names})
    head = meanings(names, planned.rules)
    scorer = WideScorer(planned, head, "table", leaves=times % 2 == 0)
    for part in (batch, batch.slice(times // 2)):
        # The second time what was recorded is done again.
        same_as_alone(planned, scorer.score(part), list(forms([part], head, planned.rules)))


def same_as_alone(planned: Plan, scored: Scored, each: list[Any]) -> None:
    unit = 10**planned.places
    assert len(each) == scored.forms
    for place, form in enumerate(each):
        if not isinstance(form, Form):
            assert scored.state[place] == REJECTED
            continue
        alone: Evaluation = evaluate(bind(form, planned))
        low, high = floor(alone.bounds[0] * unit), ceil(alone.bounds[1] * unit)
        grade = next((at for at, one in enumerate(planned.rules.grades) if one is alone.grade), -1)
        tops = {child.id: floor(child.bounds[0] * unit) for child in alone.root.children if child.id in scored.tops}
        assert (scored.low[place], scored.high[place], scored.grade[place]) == (low, high, grade)
        assert scored.points[place] == floor((alone.root.points or 0) * unit)
        assert {name: scored.tops[name][place] for name in tops} == tops
        assert scored.state[place] == (INCOMPLETE if alone.score is None else SCORED)
        assert {status: scored.counts[status][place] for status in scored.counts} == counted(alone.root)
        assert all(scored.worth[child.id][place] == floor((child.points or 0) * unit) for child in alone.root.children if child.id in tops)
        if alone.score is not None:
            assert scored.total[place] == low
            assert all(scored.leaves[leaf.id][place] == floor(leaf.bounds[0] * unit) for leaf in leaves_of(alone.root) if scored.leaves)


@given(st.data())
def test_curves_on_arrays_are_the_scoring_loop(data: st.DataObject) -> None:
    """Any curve, at its breakpoints, at ties and at numbers near the limit of either arithmetic."""
    points, places = data.draw(st.sampled_from((Fraction(10), Fraction(15), Fraction("3.71")))), data.draw(st.integers(0, 3))
    curve: Curve = curve_for(data.draw(method_uses(points)), points)
    assume(not curve.signed)
    scale = data.draw(st.sampled_from((Fraction(1), Fraction(1, 100), Fraction(100), Fraction(3, 7))))
    found = [one / scale for one in data.draw(st.lists(measures(curve, places), min_size=1, max_size=8))]
    times = data.draw(st.sampled_from((1, 7, 10**6, 10**12)))
    whole = data.draw(st.booleans())
    n, d = [one.numerator * times for one in found], [one.denominator * times for one in found]
    if whole:
        n, d = [one // other for one, other in zip(n, d, strict=True)], [1] * len(n)
    steps = curve.steps(places)
    want = [units(steps, (scale * one).numerator * 1, (scale * one).denominator) for one in map(Fraction, n, d)]
    for arithmetic in (Arithmetic(np.float64), Arithmetic(np.int64), Recorder(np.float64, len(n)), Recorder(np.int64, len(n))):
        if max(map(abs, (*n, *d))) >= arithmetic.limit:
            continue
        given_ = Numbers(np.array(n, arithmetic.dtype), min(n), max(n), None if whole else np.array(d, arithmetic.dtype), max(d), scale)
        try:
            scores = np.broadcast_to(Scorer(curve, places, scale).scores(given_, arithmetic), len(n))
        except Beyond:
            continue
        assert [int(score) for score in scores] == want


def test_a_division_on_a_tie_is_rounded_up_as_far_as_the_bound_goes() -> None:
    """The theorem of one division: at and just below half a unit, with denominators up to the bound, float64 gives what integers give."""
    chance = np.random.default_rng(7)
    for weight in (1, 100, 1000, 1500, 371):
        d = chance.integers(1, 2**53 // (8 * weight) // 3, 50_000)
        odd = 2 * chance.integers(0, 2 * weight, 50_000) + 1
        # The number whose share of the weight lies at the half, and its neighbours.
        for shift in (-1, 0, 1):
            n = np.clip((odd * d) // (2 * weight) + shift, 0, 2 * d)
            arithmetic = Arithmetic(np.float64)
            found = arithmetic.rounded(weight, Numbers(n.astype(np.float64), 0, int(n.max()), d.astype(np.float64), int(d.max())))
            assert (found.astype(np.int64) == (2 * weight * n + d) // (2 * d)).all()
