"""Laws of the checks of rule sets: a careful author hears nothing, and whatever the reader takes can be reviewed."""

from hypothesis import given

from perfscore.checking.settings import Settings
from perfscore.linting.checks import codes
from perfscore.linting.run import lint
from perfscore.model.rules import RuleSet
from perfscore.testing.sound import sound_rule_sets
from perfscore.testing.strategies import rule_sets
from perfscore.text.show import render
from tests.laws.drawn import FEW

#: What asks for more instead of saying that something is wrong: examples, which a drawn rule set has none of.
ASKS_FOR_MORE = frozenset({"boundary-without-example", "condition-without-example", "rounding-without-example", "total-without-example"})


# A false alarm costs more than a fault that is missed: whoever hears two of them switches the checks off.
@given(sound_rule_sets())
def test_a_sound_rule_set_is_clean(rules: RuleSet) -> None:
    found = lint(rules, settings=Settings(ignore=ASKS_FOR_MORE)).findings
    assert [render(one, "en") for one in found] == [], rules.sources[-1].text


# Everything that can be built can be looked at: no check stumbles over an odd rule set, and each finding has its place and both languages.
@given(rule_sets())
@FEW
def test_any_rule_set_can_be_reviewed(rules: RuleSet) -> None:
    for one in lint(rules).findings:
        assert one.code in codes()
        assert one.span is not None
        assert one.says.zh
        assert one.says.en


# The order in which checks run, and how often, changes nothing.
@given(rule_sets())
@FEW
def test_a_review_is_the_same_every_time(rules: RuleSet) -> None:
    assert lint(rules) == lint(rules)
