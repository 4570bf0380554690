"""What a measure can be where nothing is taken for granted: the checks prove by it that a number is never reached, so it may be too wide and never too narrow."""

import pytest

from perfscore.checking.settings import DEFAULT
from perfscore.linting.reach import Reach
from perfscore.linting.subject import subject
from tests.unit.linting.test_cases import read

FACTS = "facts: {数: {}, 结余: {}, 是: {kind: truth}, 地区: {choices: {东部: 2, 西部: -1}}, 分: {kind: list, parts: [甲]}, 和: {formula: 全年执行数 + 3}}\n"


@pytest.mark.parametrize(
    "measure, wanted",
    [
        ("全年执行数 / 全年预算数", "[0,+∞)"),
        ("数", "(-∞,+∞)"),
        ("数 / 结余", "(-∞,+∞)"),
        ("全年执行数 - 全年预算数", "(-∞,+∞)"),
        ("1 - 全年执行数", "(-∞,1]"),
        ("-全年执行数", "(-∞,0]"),
        ("3 + 2 * 4", "[11,11]"),
        ("-2 * 3", "[-6,-6]"),
        ("min(8, 数)", "(-∞,8]"),
        ("max(0, 数)", "[0,+∞)"),
        ("min(8, max(0, 数))", "[0,8]"),
        ("max(3, min(5, 数))", "[3,5]"),
        ("abs(数)", "[0,+∞)"),
        ("9 if 是 else max(3, 4)", "[4,9]"),
        ("9 if 是 else 数", "(-∞,+∞)"),
        ("地区", "[-1,2]"),
        ("1 if 地区.东部 else 0", "[0,1]"),
        ("sum(分)", "[0,+∞)"),
        ("count(分)", "[0,+∞)"),
        ("和", "[3,+∞)"),
        ("round_half_up(全年执行数, 2)", "[0,+∞)"),
        ("ln(全年执行数, 2)", "(-∞,+∞)"),
    ],
)
def test_what_a_measure_can_be(measure: str, wanted: str) -> None:
    rules = read(f'{FACTS}indicators: [{{id: a, points: 10, measure: "{measure}", method: direct}}]\n')
    seen = subject(rules, (), DEFAULT.jump)
    assert str(Reach(seen, "any").of(seen.curves[0])) == wanted
