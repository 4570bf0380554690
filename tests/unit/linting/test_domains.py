"""
What formulas can be: the intervals are as narrow as the checks need, and never narrower than what evaluation gives.

A formula is evaluated on a grid of facts; every value has to lie in its interval, and a condition that is said always to hold, or never, has to.
"""

from fractions import Fraction
from itertools import product

import pytest

from perfscore.linting.domains import Domains, Held
from perfscore.linting.worlds import true_in
from perfscore.model.formula import Formula, Kind
from perfscore.model.rules import RuleSet
from perfscore.ruleset.build import build
from perfscore.scoring.formula import OutOfDomain, ZeroDenominator, evaluate, read_formula
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.source import Source, Span

_RULES = """ruleset: test/domains
version: "1"
facts: {a: {}, b: {}, 增长率: {unit: "%"}, t: {kind: truth}, 地区: {choices: {东部: 1, 西部: 0.4}}, 算出: {formula: a - b}}
indicators: [{id: x, points: 1, measure: a, method: direct}]
"""
_NAMES: dict[str, Kind] = {
    "a": "number",
    "b": "number",
    "增长率": "number",
    "t": "truth",
    "地区": "number",
    "地区.东部": "truth",
    "地区.西部": "truth",
    "算出": "number",
}
_GRID = {
    "a": [Fraction(0), Fraction(1, 3), Fraction(2), Fraction(50)],
    "b": [Fraction(0), Fraction(1), Fraction(7)],
    "增长率": [Fraction(-3), Fraction(0), Fraction(1, 2)],
    "t": [Fraction(0), Fraction(1)],
    "地区": [Fraction(1), Fraction(2, 5)],
}
#: A formula, a condition under which it is asked, and its interval.
_CASES = [
    ("a", "", "[0,+∞)"),
    ("a - b", "", "(-∞,+∞)"),
    ("算出", "", "(-∞,+∞)"),
    ("算出 + b", "", "[0,+∞)"),
    ("a - b", "a >= b", "[0,+∞)"),
    ("2 * b - 2 * a", "a > b", "(-∞,0)"),
    ("算出 + 1", "b < a", "(1,+∞)"),
    ("a / (a + b)", "", "[0,1]"),
    ("(a - b) / a", "", "(-∞,1]"),
    ("a / b - 1", "", "[-1,+∞)"),
    ("(a - b) / b", "", "[-1,+∞)"),
    ("(a - b) / b", "a > b", "(0,+∞)"),
    ("(2 * a + 6) / (a + 2)", "", "[2,3]"),
    ("a / (0 - b)", "", "(-∞,0]"),
    ("1 / a", "", "(0,+∞)"),
    ("1 / a", "a >= 2", "(0,0.5]"),
    ("增长率", "", "(-∞,+∞)"),
    ("a * 增长率", "", "(-∞,+∞)"),
    ("增长率 * 增长率", "", "(-∞,+∞)"),
    ("abs(增长率)", "", "[0,+∞)"),
    ("abs(增长率)", "-2 <= 增长率 < 1", "[0,2]"),
    ("地区", "", "[0.4,1]"),
    ("地区", "地区.东部", "[1,1]"),
    ("a * 地区", "a <= 10", "[0,10]"),
    ("min(a, 5)", "", "[0,5]"),
    ("max(a, 5)", "", "[5,+∞)"),
    ("max(0, 增长率)", "", "[0,+∞)"),
    ("mean(a, a + 2)", "", "[1,+∞)"),
    ("round_half_up(a, 0)", "a < 2.5", "[0,3]"),
    ("ln(a, 2)", "a >= 1", "[0,+∞)"),
    ("ln(a, 2)", "", "(-∞,+∞)"),
    ("a - b if a > b else 0", "", "[0,+∞)"),
    ("1 if t else 2", "", "[1,2]"),
    ("1 if t else 2", "t", "[1,1]"),
    ("1 if t else 2", "not t", "[2,2]"),
    ("a / 0", "", "[1,0]"),
    ("a / (b - b)", "", "[1,0]"),
    ("a - a + 3", "", "[3,3]"),
    ("a", "not (a > 5 or b > 1)", "[0,5]"),
    ("a", "a > 5 and a < 2", "[1,0]"),
]
_CONDITIONS = [
    ("a < 0", False), ("a >= 0", True), ("a > 0", None), ("a != 0", None), ("a + b >= 0", True), ("a - b > 0", None), ("增长率 < 0", None),
    ("a > 3 or a <= 3", True), ("a > 3 and a < 2", False), ("a > 3 and a < 5", None), ("t", None), ("t or not t", True), ("t and not t", False),
    ("地区.东部 and 地区.西部", False), ("地区.东部", None), ("地区 > 1", False), ("0 <= a", True), ("-1 < a < 0", False), ("1 > 0", True),
    ("a / (a + b + 1) > 1", False), ("abs(增长率) >= 0", True), ("a == a", True), ("a != a", False), ("not a < 0", True),
    ("(1 if t else 0) > 1", False), ("算出 > a", False), ("a - b > 0 and b - a > 0", False),
]  # fmt: skip


def read(text: str) -> Formula:
    source = Source("case", text, text.encode())
    problems: list[Diagnostic] = []
    formula = read_formula(text, Span(source, 1, 1, 1, len(text) + 1), _NAMES, None, problems.append)
    assert formula is not None, problems
    return formula


@pytest.fixture(scope="module", name="domains")
def _domains() -> Domains:
    rules: RuleSet = build(Source("case.yaml", _RULES, _RULES.encode()), None)
    return Domains(rules)


def forms() -> list[dict[str, Fraction]]:
    return [dict(zip(_GRID, values, strict=True)) for values in product(*_GRID.values())]


def value(formula: Formula, form: dict[str, Fraction]) -> Fraction | None:
    given = {**form, "算出": form["a"] - form["b"], "地区.东部": Fraction(form["地区"] == 1), "地区.西部": Fraction(form["地区"] != 1)}
    try:
        return evaluate(formula, given.__getitem__)
    except (ZeroDenominator, OutOfDomain):
        return None


@pytest.mark.parametrize(("text", "condition", "expected"), _CASES)
def test_a_formula_has_this_interval_and_no_value_outside(domains: Domains, text: str, condition: str, expected: str) -> None:
    formula, when = read(text), read(condition) if condition else None
    held: tuple[Held, ...] = () if when is None else ((when, True),)
    on = domains.of(formula, held)
    assert str(on) == expected
    for form in forms():
        if when is None or value(when, form):
            found = value(formula, form)
            assert found is None or on.holds(found)


@pytest.mark.parametrize(("text", "expected"), _CONDITIONS)
def test_a_condition_is_decided_as_it_turns_out(domains: Domains, text: str, expected: bool | None) -> None:
    formula = read(text)
    assert domains.holds(formula) is expected
    found = {value(formula, form) for form in forms()} - {None}
    if expected is not None:
        assert found == {Fraction(expected)}


def test_a_budget_is_above_0_only_where_that_is_asked_for() -> None:
    rules = build(Source("case.yaml", _RULES, _RULES.encode()), None)
    assert str(Domains(rules).name("全年预算数")) == "[0,+∞)"
    assert str(Domains(rules, trusted="usual").name("全年预算数")) == "(0,+∞)"
    assert str(Domains(rules, trusted="usual").name("全年执行数")) == "[0,+∞)"


# A row of a form may print −3 %, and a formula then reads it; bands that lack it are found only where a rule computes it.
def test_a_row_may_be_below_0_but_on_a_usual_form() -> None:
    rules = build(Source("case.yaml", _RULES, _RULES.encode()), None)
    assert str(Domains(rules).name("实际")) == "(-∞,+∞)"
    assert str(Domains(rules, trusted="usual").name("实际")) == "[0,+∞)"
    assert str(Domains(rules).name("完成率")) == "[0,+∞)"


# Each level would double the work: without a limit forty facts with a condition each never end.
def test_facts_computed_from_facts_by_conditions_come_to_an_end() -> None:
    facts = ", ".join(f"f{n}: {{formula: f{n + 1} if f{n + 1} > 0 else f{n + 1} + 1}}" for n in range(38))
    text = _RULES.replace("算出: {formula: a - b}", f"{facts}, f38: {{}}").replace("measure: a", "measure: f0")
    rules = build(Source("case.yaml", text, text.encode()), None)
    assert str(Domains(rules).of(rules.variants[0].indicators[0].measure or read("a"))) == "(-∞,+∞)"


def test_a_world_reads_a_choice_by_its_word(domains: Domains) -> None:
    assert true_in(read("地区.东部"), {"地区": Fraction(1)}, domains) is True
    assert true_in(read("a / b > 1"), {"a": Fraction(1), "b": Fraction(0)}, domains) is None
