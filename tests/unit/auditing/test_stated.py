"""What a stated number can be, as exact ends in the unit that it is printed in: they are shown beside it."""

from fractions import Fraction

from perfscore.api import evaluate, load_rules
from perfscore.auditing.run import audit
from perfscore.ruleset.build import build
from perfscore.text.diagnostic import Evidence
from perfscore.text.source import Source
from tests.unit.auditing.test_cases import read


def _evidence(claim: str) -> Evidence:
    form = read(f"rules: china/project-self@2020\nunit: 甲\nclaims: [{claim}]\n")
    (found,) = [
        one.evidence for one in audit(evaluate(form, load_rules("china/project-self@2020")).evaluation).compared if one.code == "claim-differs"
    ]
    assert found is not None
    return found


def test_the_ends_of_a_rate_are_the_corners_of_its_amounts() -> None:
    # 180.025 / 182.425 and 180.035 / 182.415, in per cent.
    found = _evidence("{label: 使用率, printed: 98.88%, ratio: [180.03万元, 182.42万元]}")
    assert found.computed == (Fraction(720100, 7297), Fraction(3600700, 36483))
    assert found.verdict == "differs"


def test_the_ends_of_an_amount_are_in_the_unit_that_it_is_printed_in() -> None:
    found = _evidence("{label: 结余, printed: 2.38万元, difference: [182.42万元, 180.03万元]}")
    assert found.computed == (Fraction("2.38"), Fraction("2.40"))
    assert found.verdict == "rounding-only"


def test_a_bare_rate_is_held_as_the_column_says() -> None:
    assert _evidence("{label: 使用率, printed: 98.69, ratio: [180.03, 182.42]}").verdict == "agrees"
    assert _evidence("{label: 使用率, printed: 0.9869, ratio: [180.03, 182.42]}").verdict == "agrees"


# The contract: where the exact range is not proved, the outer bound is used and the result says so.
def test_a_bound_that_may_be_too_wide_says_so() -> None:
    # 全年执行数 and 年初预算数 stand on both sides.
    budget = "budget: {initial: 30.5, executed: 20.5}\n"
    claim = "{label: 占比, printed: 99.99%, ratio: [[全年执行数, 年初预算数, 3.1], [年初预算数, 全年执行数, 1.2]]}"
    form = read(f"rules: china/project-self@2020\nunit: 甲\n{budget}claims: [{claim}]\n")
    done = audit(evaluate(form, load_rules("china/project-self@2020")).evaluation)
    (found,) = [one.evidence for one in done.compared if one.code == "claim-differs"]
    assert found is not None
    assert (found.verdict, found.outer) == ("differs", True)
    assert not _evidence("{label: 使用率, printed: 98.88%, ratio: [180.03万元, 182.42万元]}").outer


# A formula in which a fact occurs twice and neither rises nor falls with it: anything between is said to be possible, and that it may be less.
def test_a_score_by_a_formula_without_a_proof_says_so() -> None:
    rules = build(
        Source(
            "r.yaml",
            "ruleset: t/t\nversion: '1'\nfacts: {甲: {}, 乙: {}}\nindicators: [{id: a, label: 比, points: 10, "
            "measure: (甲 - 乙) * (乙 - 甲) + 1 + 甲, method: direct}]\n",
        ),
        None,
    )
    form = read("unit: 甲\nfacts: {甲: 5.25, 乙: 5.25}\nindicators: [{level1: 比, points: 10, reported: 9}]\n")
    (found,) = [one.evidence for one in audit(evaluate(form, rules).evaluation).compared if one.code == "score-differs"]
    assert found is not None
    assert (found.verdict, found.outer) == ("differs", True)
