"""The totals that a rule set can give, held against those that the examples of the packs do give: no check may call impossible what was scored."""

from fractions import Fraction

from perfscore.forms.bind import bind
from perfscore.linting.subject import subject
from perfscore.linting.totals import ENDLESS, totals
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.load import shipped_references
from perfscore.scoring.engine import evaluate
from perfscore.text.diagnostic import Rejected
from perfscore.trials.run import form_given


def test_every_total_of_an_example_is_one_that_can_be() -> None:
    compared = ends = 0
    for reference in shipped_references():
        rules = load_rules(reference)
        seen = subject(rules, rules.examples, Fraction(1, 2))
        found = totals(seen)
        if found is None:
            continue
        for example in rules.examples:
            form = form_given(example)
            score = None if isinstance(form, Rejected) else evaluate(bind(form, seen.plan)).score
            if score is not None:
                assert found.low <= score <= found.high, (reference, example.span.line)
                assert found.places == ENDLESS or (score * 10**found.places).denominator == 1
                compared += 1
                ends += score in (found.low, found.high)
    # Bounds that are never reached would hold of anything.
    assert compared > 100
    assert ends > 20
