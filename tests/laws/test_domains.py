"""Laws of what lint believes of formulas: no value lies outside its interval, and no condition turns out otherwise than was said of it."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from perfscore.linting.domains import Domains, Held
from perfscore.model.formula import Formula, Kind
from perfscore.ruleset.build import build
from perfscore.scoring.formula import OutOfDomain, ZeroDenominator, evaluate, read_formula
from perfscore.testing.strategies import conditions, expressions, spelled
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.source import Source, Span

_RULES = """ruleset: test/domains
version: "1"
facts: {甲: {}, 乙: {}, 丙: {}, 变动率: {}}
indicators: [{id: x, points: 1, measure: 甲, method: direct}]
"""
_NAMES: dict[str, Kind] = dict.fromkeys(("甲", "乙", "丙", "变动率"), "number")
_DOMAINS = Domains(build(Source("case.yaml", _RULES, _RULES.encode()), None))
_amounts = st.fractions(0, 50, max_denominator=7)
#: A rate of change may be below 0, and the others not: that is what lint takes facts to be.
_facts = st.fixed_dictionaries({"甲": _amounts, "乙": _amounts, "丙": _amounts, "变动率": st.fractions(-20, 20, max_denominator=5)})


def checked(text: str) -> Formula:
    problems: list[Diagnostic] = []
    formula = read_formula(text, Span(Source("formula", text), 1, 1, 1, len(text) + 1), _NAMES, None, problems.append)
    assert formula is not None, problems
    return formula


def value(formula: Formula, known: dict[str, Fraction]) -> Fraction | None:
    try:
        return evaluate(formula, known.__getitem__)
    except (ZeroDenominator, OutOfDomain):
        return None


@given(expressions(tuple(_NAMES)).map(spelled), conditions(tuple(_NAMES)).map(spelled), st.lists(_facts, min_size=3, max_size=3))
def test_no_value_lies_outside_its_interval(text: str, when: str, forms: list[dict[str, Fraction]]) -> None:
    formula, condition = checked(text), checked(when)
    for known in forms:
        found, holds = value(formula, known), value(condition, known)
        held: tuple[Held, ...] = () if holds is None else ((condition, bool(holds)),)
        assert found is None or _DOMAINS.of(formula, held).holds(found)


@given(conditions(tuple(_NAMES)).map(spelled), st.lists(_facts, min_size=3, max_size=3))
def test_no_condition_turns_out_otherwise_than_was_said(text: str, forms: list[dict[str, Fraction]]) -> None:
    condition = checked(text)
    said = _DOMAINS.holds(condition)
    if said is not None:
        assert {value(condition, known) for known in forms} <= {None, Fraction(said)}
