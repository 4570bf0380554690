"""How large a jump may be is for the one who reviews to say."""

from fractions import Fraction

import pytest

from perfscore.checking.settings import Settings
from perfscore.linting.run import lint
from tests.unit.linting.test_cases import read

BANDS = 'indicators: [{id: a, points: 10, measure: 全年执行数, method: {bands: ["<6: 0", "[6,8): 4", "≥8: 10"]}}]\n'


@pytest.mark.parametrize("most, found", [("1/3", 2), ("2/5", 1), ("59/100", 1), ("3/5", 0)])
def test_a_jump_is_too_large_above_the_share_that_is_set(most: str, found: int) -> None:
    settings = Settings(select=frozenset(["jump-too-large"]), jump=Fraction(most))
    assert len(lint(read(BANDS), settings=settings).findings) == found
