"""What a stated number can be, as exact ends in the unit that it is printed in: they are shown beside it."""

from fractions import Fraction

from perfscore.api import evaluate, load_rules
from perfscore.auditing.run import audit
from perfscore.text.diagnostic import Evidence
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
