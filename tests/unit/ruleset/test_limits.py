"""What keeps a rule set's exact arithmetic within the time that anybody waits."""

from __future__ import annotations

import pytest

from perfscore.forms.bind import bind
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.ruleset.build import MAX_UNROUNDED, build
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import evaluate
from perfscore.text.diagnostic import Rejected
from perfscore.text.source import Source


def rules(count: int, rounding: str) -> str:
    leaves = "".join(f"  - {{id: i{n}, points: 1, measure: 全年执行数, method: direct}}\n" for n in range(count))
    return f"ruleset: a/b\nversion: '1'\nrounding: {rounding}\nindicators:\n{leaves}"


# Thousands of fractions without a common denominator are exact and endless; rounded leaves have one denominator.
def test_unrounded_indicators_are_limited_and_rounded_ones_are_not() -> None:
    with pytest.raises(Rejected) as refused:
        build(Source("r.yaml", rules(MAX_UNROUNDED + 1, "[]")), None)
    assert [(found.code, str(found.span)) for found in refused.value.diagnostics] == [("too-many-unrounded", "r.yaml:3:11")]
    build(Source("r.yaml", rules(MAX_UNROUNDED, "[]")), None)
    build(Source("r.yaml", rules(MAX_UNROUNDED + 1, "[{at: leaf, places: 2}]")), None)


# A measure of thousands of digits is a mistake or an attack; it is said, and its leaf is missing.
@pytest.mark.parametrize(("factors", "codes"), [(4, []), (30, ["number-too-large"])])
def test_a_measure_with_too_many_digits_is_missing(factors: int, codes: list[str]) -> None:
    product = " * ".join(["全年执行数"] * factors)
    text = f"ruleset: a/b\nversion: '1'\nindicators: [{{id: i, points: 1, measure: {product}, method: direct}}]"
    form = next(iter(forms_of(Source("f.yaml", "budget: {executed: 123456789012345678.1234567890123}"))))
    assert isinstance(form, Form)
    result = evaluate(bind(form, plan(build(Source("r.yaml", text), None))))
    assert [found.code for found in result.submission.diagnostics] == codes
    assert (result.score is None) is bool(codes)
