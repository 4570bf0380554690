"""Laws of forms that are scored together: nobody gains by where a form stands, open totals keep their promises, and forms made one add up exactly."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from hypothesis import assume, example, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from perfscore.forms.bind import bind
from perfscore.forms.combine import combine
from perfscore.model.form import Form
from perfscore.model.measure import Comparison
from perfscore.model.plan import Plan
from perfscore.ruleset.build import build
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation, evaluate
from perfscore.testing.forms import drafts
from perfscore.testing.strategies import rule_sets
from perfscore.text.source import Source
from perfscore.verbs import evaluate_cohort
from tests.laws.drawn import FEW, Case, cases, form_of, summary

RULES = """
ruleset: test/cohort
version: "1"
facts: {报道数: {}}
cohort:
  名次: {rank: 报道数}
  倒数: {rank: {of: 报道数, first: lowest}}
  最好: {max: 报道数}
  最差: {min: 报道数}
  均数: {mean: 报道数}
  合计: {sum: 报道数}
  家数: {count: 报道数}
grades:
  - {label: 优, range: "[90,100]", quota: QUOTA}
  - {label: 良, range: "[70,90)", quota: QUOTA}
  - {label: 中, range: "[50,70)"}
  - {label: 差, range: "[0,50)"}
indicators:
  - {id: 位次, points: 30, measure: 名次 / 家数 + 倒数 / 家数, method: ratio}
  - {id: 最好, points: 30, measure: 报道数 / 最好 + 最差 / 合计, method: ratio}
  - {id: 平均, points: 20, measure: 报道数 / 均数, method: ratio}
  - {id: 其他, points: 20, measure: 全年执行数, method: direct}
"""
QUOTAS = ("0", "10%", "33.3%", "50%", "100%")


PLANS = [plan(build(Source("rules.yaml", RULES.replace("QUOTA", quota)), None)) for quota in QUOTAS]
news = st.one_of(st.none(), st.integers(0, 6), st.decimals(0, 6, places=1))
spent = st.one_of(st.none(), st.sampled_from((0, 5, 10, 15, 20)))


def unit(measure: object, executed: object) -> str:
    facts = {} if measure is None else {"报道数": str(measure)}
    return f"budget: {{{'' if executed is None else f'executed: {executed}'}}}\nfacts: {facts}\n"


cohorts = st.lists(st.builds(unit, news, spent), min_size=1, max_size=8)


def scored(texts: Sequence[str], planned: Plan) -> list[Evaluation]:
    found = evaluate_cohort([form_of(text) for text in texts], planned)
    assert all(isinstance(one, Evaluation) for one in found)
    return found  # type: ignore[return-value]


@given(cohorts, st.sampled_from(PLANS), st.data())
def test_the_order_of_forms_does_not_matter(texts: list[str], planned: Plan, data: st.DataObject) -> None:
    """A list of units is sorted by somebody's taste; no place and no grade may come of it."""
    order = data.draw(st.permutations(range(len(texts))))
    found, shuffled = scored(texts, planned), scored([texts[place] for place in order], planned)
    assert [summary(one) for one in shuffled] == [summary(found[place]) for place in order]


@given(cohorts)
def test_the_numbers_are_what_the_textbook_says(texts: list[str]) -> None:
    """Every number from the definition, by plain rationals, and what is made of it in the second round."""
    given_ = [Fraction(text.split("'")[3]) if "报道数" in text else None for text in texts]
    have = [one for one in given_ if one is not None]
    for mine, evaluation in zip(given_, scored(texts, PLANS[-1]), strict=True):
        measured = {leaf.id: getattr(leaf.measure, "value", None) for leaf in evaluation.submission.leaves}
        if mine is None:
            assert (measured["位次"], measured["最好"], measured["平均"]) == (None, None, None)
            continue
        place, last = 1 + sum(one > mine for one in have), 1 + sum(one < mine for one in have)
        assert measured["位次"] == Fraction(place + last, len(have))
        total = sum(have, Fraction(0))
        assert measured["平均"] == (mine * len(have) / total if total else None)
        assert measured["最好"] == (mine / max(have) + min(have) / total if total else None)


@given(news.filter(lambda one: one is not None), spent)
def test_a_cohort_of_one_is_its_own_measure(measure: object, executed: object) -> None:
    """It is first and last, the best and the mean; and what it would be if it stated that itself."""
    (found,) = scored([unit(measure, executed)], PLANS[-1])
    own = {"名次": 1, "倒数": 1, "最好": measure, "最差": measure, "均数": measure, "合计": measure, "家数": 1, "报道数": measure}
    alone = form_of(f"budget: {{{'' if executed is None else f'executed: {executed}'}}}\nfacts: { {name: str(one) for name, one in own.items()} }\n")
    assert summary(found) == summary(evaluate(bind(alone, PLANS[-1])))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.integers(1, 3))
def test_a_form_worse_than_all_moves_nobody_down(measures: list[int], less: int) -> None:
    """Places are counted from the best: who comes last is behind everybody, and in nobody's way."""
    before = scored([unit(measure, 0) for measure in measures], PLANS[0])
    after = scored([unit(measure, 0) for measure in (*measures, min(measures) - less)], PLANS[0])
    assert [place_of(one) for one in before] == [place_of(one) for one in after[:-1]]
    assert place_of(after[-1]) == len(after)


def place_of(evaluation: Evaluation) -> object:
    (leaf,) = (leaf for leaf in evaluation.submission.leaves if leaf.id == "位次")
    return next(fact.value for fact in leaf.measure.facts if fact.name == "名次")  # type: ignore[union-attr]


@given(cases())
def test_a_rule_set_without_cohort_numbers_scores_a_cohort_form_by_form(case: Case) -> None:
    """Being scored beside others is no difference where nothing is compared."""
    assume(not case.plan.rules.cohort and all(grade.quota is None for grade in case.plan.rules.grades))
    form = form_of(case.draft.text())
    for found in evaluate_cohort([form, form], case.plan):
        assert isinstance(found, Evaluation)
        assert summary(found) == summary(evaluate(bind(form, case.plan)))
        assert set(found.submission.diagnostics) == set(bind(form, case.plan).diagnostics)


# --- quotas ------------------------------------------------------------------------------------------------------------------------------

LADDER = ((80, "优"), (70, "良"), (50, "中"), (0, "差"))


def textbook(totals: Sequence[int], quota: Fraction) -> list[str]:
    """The grades of a cohort, said as slowly as a person would do it on paper."""
    grades = [next(label for least, label in LADDER if total >= least) for total in totals]
    for label, below in (("优", "良"), ("良", "中")):
        room = int(quota * len(totals))
        for total in sorted(set(totals), reverse=True):
            alike = [place for place, grade in enumerate(grades) if grade == label and totals[place] == total]
            if len(alike) > room:
                # From the first total that does not fit on, all fall.
                for place, grade in enumerate(grades):
                    if grade == label and totals[place] <= total:
                        grades[place] = below
                break
            room -= len(alike)
    return grades


GRADED = """
ruleset: test/graded
version: "1"
grades:
  - {label: 优, range: "[80,100]", quota: QUOTA}
  - {label: 良, range: "[70,80)", quota: QUOTA}
  - {label: 中, range: "[50,70)"}
  - {label: 差, range: "[0,50)"}
indicators:
  - {id: a, points: 80, measure: 全年执行数, method: direct}
  - {id: b, points: 20, measure: 全年预算数, method: direct}
"""
SHARES = {"0": Fraction(0), "20%": Fraction(1, 5), "25%": Fraction(1, 4), "50%": Fraction(1, 2), "100%": Fraction(1)}
GRADED_PLANS = {share: plan(build(Source("rules.yaml", GRADED.replace("QUOTA", share)), None)) for share in SHARES}
PARTS = st.tuples(st.sampled_from((40, 60, 70, 75, 80)), st.sampled_from((0, 10, 19, 20)))


@st.composite
def half_known(draw: DrawFn) -> tuple[list[tuple[int, int]], list[bool]]:
    """Totals, and which of them are only known to within 20 points."""
    parts = draw(st.lists(PARTS, min_size=1, max_size=6))
    return parts, [draw(st.integers(0, 3)) == 0 for _ in parts]


def graded(parts: Sequence[tuple[int, int]], open_: Sequence[bool], share: str) -> list[str | None]:
    texts = [f"budget: {{executed: {a}{'' if unknown else f', adjusted: {b}'}}}" for (a, b), unknown in zip(parts, open_, strict=True)]
    return [one.grade and one.grade.label.zh for one in scored(texts, GRADED_PLANS[share])]


@given(st.lists(PARTS, min_size=1, max_size=8), st.sampled_from(sorted(SHARES)))
def test_quotas_are_what_the_textbook_says(parts: list[tuple[int, int]], share: str) -> None:
    """Two ways to the same grades; and never more forms than the limit, nor a better total below a worse one."""
    found = graded(parts, [False] * len(parts), share)
    totals = [a + b for a, b in parts]
    assert found == textbook(totals, SHARES[share])
    assert found.count("优") <= SHARES[share] * len(parts)
    assert found.count("良") <= SHARES[share] * len(parts)
    order = [label for _, label in LADDER]
    assert all(
        order.index(one or "") <= order.index(other or "") for (one, a), (other, b) in product(zip(found, totals, strict=True), repeat=2) if a >= b
    )


# Whoever may still rise to 优 leaves its place in 良 to the next: rare enough to be drawn by hand.
@example(([(75, 10), (70, 0)], [True, False]), "50%")
@given(half_known(), st.sampled_from(sorted(SHARES)))
def test_a_grade_that_is_given_holds_whatever_is_filled_in(drawn: tuple[list[tuple[int, int]], list[bool]], share: str) -> None:
    """A unit that is told 优 while other forms are open must not lose it when they come in."""
    parts, unknown = drawn
    told = graded(parts, unknown, share)
    whole = graded(parts, [False] * len(parts), share)
    assert all(one is None or one == other for one, other in zip(told, whole, strict=True))


# --- forms made one ----------------------------------------------------------------------------------------------------------------------


@given(cases())
def test_a_form_alone_stands_for_itself(case: Case) -> None:
    """One unit is no reason to see anything else in its form."""
    form = form_of(case.draft.text())
    assert summary(evaluate(bind(combine([form], case.plan.rules), case.plan))) == summary(evaluate(bind(form, case.plan)))


@st.composite
def pairs(draw: DrawFn) -> tuple[Plan, list[Form]]:
    """Forms of one rule set that have nothing to do with each other, or the same one several times."""
    drawn = draw(rule_sets())
    gaps = draw(st.booleans())
    texts = [draw(drafts(drawn, gaps=gaps)).text() for _ in range(draw(st.integers(2, 3)))]
    # Forms that agree are joined in every row; others are joined in few.
    return plan(drawn), [form_of(text) for text in (texts if draw(st.booleans()) else texts[:1] * len(texts))]


@FEW
@given(pairs(), st.randoms(use_true_random=False))
def test_any_forms_make_one_in_any_order(drawn: tuple[Plan, list[Form]], chance: object) -> None:
    """Whatever units fill in, there is one form of it, and it is scored: never another exception, and no other score by the order of units."""
    planned, forms = drawn
    found = evaluate(bind(combine(forms, planned.rules), planned))
    low, high = found.bounds
    assert low <= high
    shuffled = list(forms)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert evaluate(bind(combine(shuffled, planned.rules), planned)).bounds == (low, high)


@FEW
@given(pairs())
def test_it_does_not_matter_in_how_many_steps_forms_are_made_one(drawn: tuple[Plan, list[Form]]) -> None:
    """A province adds up its cities, and they their counties: nothing may be lost to the rounding of what is printed on the way."""
    planned, forms = drawn
    stepwise = combine([combine(forms[:2], planned.rules), *forms[2:]], planned.rules)
    found, direct = (evaluate(bind(form, planned)) for form in (stepwise, combine(forms, planned.rules)))
    assert found.bounds == direct.bounds


ROWS = plan(
    build(
        Source(
            "rows.yaml",
            "ruleset: test/rows\nversion: '1'\nindicators:\n  - {id: execution, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}\n"
            "  - {id: o, label: 产出指标, points: 10, children: [{id: o.r, label: 数量指标, rows: from-form, method: by-kind}]}\n",
        ),
        None,
    )
)
amounts = st.decimals("0.01", 10**6, places=2)
rates = st.decimals("0.01", 100, places=2)


def row_form(money: object, spent_: object, target: str, actual: str, more: str = "") -> Form:
    row = f"{{level1: 产出指标, level2: 数量指标, level3: 甲, target: {target}, actual: {actual}, points: 10{more}}}"
    return form_of(f"budget: {{adjusted: {money}, executed: {spent_}}}\nindicators: [{row}]")


def measures(forms: list[Form]) -> list[Fraction]:
    submission = bind(combine(forms, ROWS.rules), ROWS)
    assert not [found for found in submission.diagnostics if found.code in ("forms-differ", "not-in-every-form", "value-missing")]
    return [leaf.measure.value for leaf in submission.leaves]  # type: ignore[union-attr, misc]


several = st.lists(st.tuples(amounts, amounts, amounts, amounts), min_size=2, max_size=5)


@given(several)
def test_an_amount_is_reached_as_the_ratio_of_the_sums(units: list[tuple[object, ...]]) -> None:
    """先汇总，后评分: what all have done of what all were to do, and not a mean of their rates."""
    found = measures([row_form(money, spent_, f"≥{target}套", f"{actual}套") for money, spent_, target, actual in units])
    sums = [sum(Fraction(str(one)) for one in column) for column in zip(*units, strict=True)]
    assert found == [sums[1] / sums[0], sums[3] / sums[2]]


@given(st.lists(st.tuples(amounts, rates, rates), min_size=2, max_size=5))
def test_a_rate_is_the_mean_by_money(units: list[tuple[object, ...]]) -> None:
    """To the last digit, also where no decimal says it."""
    found = measures([row_form(money, money, f"≥{target}%", f"{actual}%") for money, target, actual in units])
    weights = [Fraction(str(money)) for money, _, _ in units]
    goal, done = (sum(w * Fraction(str(one)) for w, one in zip(weights, column, strict=True)) for column in list(zip(*units, strict=True))[1:])
    # A target and an actual value that print the same are met.
    assert found == [1, done / goal]


@given(st.lists(amounts, min_size=2, max_size=5), rates, rates)
def test_the_mean_of_equal_rates_is_that_rate(money: list[object], target: object, actual: object) -> None:
    """However the money is spread."""
    found = measures([row_form(one, one, f"{target}%", f"{actual}%") for one in money])
    assert found == [1, Fraction(str(actual)) / Fraction(str(target))]


@given(st.lists(st.tuples(amounts, st.decimals(0, 10, places=1)), min_size=2, max_size=5))
def test_a_judged_score_is_the_mean_by_money(units: list[tuple[object, ...]]) -> None:
    """The judge's word is kept; only the money says how much of it."""
    form = combine([row_form(money, money, "改善", "好转", f", judged: {score}") for money, score in units], ROWS.rules)
    weights = [Fraction(str(money)) for money, _ in units]
    mean = sum(w * Fraction(str(score)) for w, (_, score) in zip(weights, units, strict=True)) / sum(weights)
    (row,) = form.rows
    assert row.judged is not None
    shown = row.judged.value
    assert (Fraction(row.judged.text) if shown is None else shown.low) == mean  # type: ignore[union-attr]


def test_the_measures_above_are_of_rows() -> None:
    """The laws would hold of nothing, too."""
    submission = bind(combine([row_form(1, 1, "≥2套", "1套"), row_form(2, 1, "≥1套", "1套")], ROWS.rules), ROWS)
    assert isinstance(submission.leaves[1].measure, Comparison)
    assert submission.leaves[1].measure.value == Fraction(2, 3)
