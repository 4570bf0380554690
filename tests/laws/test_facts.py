"""Laws of what formulas read: the words, lists, days and numbers of a form, and what they decide, by a second reading that knows what was drawn."""

from fractions import Fraction

from hypothesis import assume, given

from perfscore.forms.facts import FactReader
from perfscore.model.measure import Absence, Computed
from perfscore.model.rules import Indicator
from perfscore.testing.exact import computed, decided, expression, half_up
from tests.laws.drawn import Case, cases, form_of


@given(cases())
def test_a_formula_reads_what_the_form_says(case: Case) -> None:
    """A word, a part of a list or a default that is read as another number is a wrong score without a warning."""
    rules = case.plan.rules
    reader = FactReader(form_of(case.draft.text()), rules, lambda _: None)
    names = [fact.name for fact in rules.facts if fact.kind not in ("items", "words")] + [one.name for one in rules.cohort]
    names += [f"{fact.name}.{word}" for fact in rules.facts for word in (*(word for word, _ in fact.choices), *fact.parts)]
    for name in names:
        found = reader.fact(name)
        assert (name, None if isinstance(found, Absence) else found.value) == (name, case.read(name))


@given(cases())
def test_the_first_variant_counts_whose_condition_holds(case: Case) -> None:
    """情形: first come, first served; what cannot be decided is no more than perhaps, and the score is then open."""
    evaluation = case.score()
    said = [(one, one.variant.when is None or holds(case, one.variant.when)) for one in case.plan.trees]
    first = next(place for place, (_, holding) in enumerate(said) if holding)
    assert evaluation.submission.tree is said[first][0]
    perhaps = [one for one, holding in said[:first] if holding is None]
    assert [other.tree for other in evaluation.submission.perhaps] == perhaps
    assert not perhaps or evaluation.score is None


def holds(case: Case, formula: object) -> bool | None:
    return decided(expression(formula.tree), case.read)  # type: ignore[attr-defined]


def expected(case: Case, rule: Indicator) -> Indicator | None:
    """The indicator as the first of its own variants that holds; None where one that comes before cannot be decided."""
    for one in rule.cases:
        found = holds(case, one.when)
        if found is None:
            return None
        if found:
            return one.rule
    return rule


@given(cases())
def test_a_fixed_leaf_is_measured_by_the_variant_that_holds(case: Case) -> None:
    """Which rule, whether it applies, and the number it is scored on: from the words of the rule file and the facts alone."""
    submission = case.score().submission
    places = submission.plan.rules.rounding.rate
    rules = {node.id: node for top in submission.tree.indicators for node in top.walk()}
    leaves = [leaf for leaf in submission.leaves if not leaf.rule.open and leaf.rule.methods and (leaf.row is None or leaf.row.applies)]
    assume(leaves)
    for leaf in leaves:
        rule = expected(case, rules[leaf.rule.id])
        if rule is None:
            assert isinstance(leaf.measure, Absence), leaf.id
            continue
        assert leaf.rule.case == rule.case
        applies = True if rule.applicable is None else holds(case, rule.applicable)
        if applies is False and (leaf.row is None or leaf.row.deducted is None):
            kinds = {"drop": "not-applicable", "full": "full", "zero": "zero", "missing": "missing", "refused": "missing"}
            assert isinstance(leaf.measure, Absence)
            assert leaf.measure.kind == kinds[rule.otherwise]
        elif applies and rule.measure is not None and not isinstance(leaf.measure, Absence):
            formula = rule.measure
            truth = decided(expression(formula.tree), case.read) if formula.kind == "truth" else None
            value = (None if truth is None else Fraction(truth)) if formula.kind == "truth" else computed(formula, case.read)
            if value is not None and places is not None and {"/", "÷"} & set(formula.text):
                value = half_up(value, places + 2)
            assert isinstance(leaf.measure, Computed)
            assert (leaf.id, leaf.measure.value) == (leaf.id, value)
        elif applies is None:
            assert isinstance(leaf.measure, Absence)
