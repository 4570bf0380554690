"""What the checks look at: a rule set and its examples to every curve with the rule that it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar, cast

from perfscore.linting.runs import Run
from perfscore.model.curve import Curve
from perfscore.model.plan import Plan
from perfscore.model.rules import Example, Indicator, MethodUse, RuleSet, Takes
from perfscore.ruleset.plan import plan
from perfscore.scoring.methods import curve_of
from perfscore.text.diagnostic import Rejected

#: The points that the curve of an open group is drawn for: those of its rows come with the form.
TRIAL = Fraction(100)
_T = TypeVar("_T")


class Drawn(NamedTuple):
    """A curve, the rule and the method that it comes from, and what that takes; of rows that the form brings, for 100 points."""

    rule: Indicator
    takes: Takes
    use: MethodUse
    curve: Curve


class Subject(NamedTuple):
    """A rule set, its plan, the examples in it and in files beside it, and its curves: each once, whichever variants share it."""

    rules: RuleSet
    plan: Plan
    examples: tuple[Example, ...]
    curves: tuple[Drawn, ...]
    #: The greatest jump at an end that is no finding, as a share of the points.
    jump: Fraction
    #: The examples as they run, so that what one check works out need not be worked out by another; none of a template.
    runs: tuple[Run, ...]
    #: What several checks ask for, by the function that makes it of the subject.
    made: dict[Callable[[Subject], Any], Any]

    def once(self, make: Callable[[Subject], _T]) -> _T:
        """What a function makes of the subject: made for the first who asks."""
        if make not in self.made:
            self.made[make] = make(self)
        return cast("_T", self.made[make])

    @property
    def nodes(self) -> tuple[Indicator, ...]:
        """Every indicator of every variant, each once, parents first, the base before what changes it; without the cases of an indicator."""
        found = {id(node): node for variant in reversed(self.rules.variants) for top in variant.indicators for node in top.walk()}
        return tuple(found.values())


def subject(rules: RuleSet, examples: tuple[Example, ...], jump: Fraction) -> Subject:
    """The subject that a rule set and its examples make."""
    made = plan(rules)
    found: dict[tuple[object, ...], Drawn] = {}
    for tree in (made.trees[-1], *made.trees[:-1]):
        for top in tree.indicators:
            for node in top.walk():
                for drawn in _drawn(node):
                    found.setdefault((drawn.rule.key, drawn.use.span, drawn.rule.points, drawn.use.name, drawn.rule.measure), drawn)
    runs = () if rules.template else tuple(Run(example, made) for example in examples)
    return Subject(rules, made, examples, tuple(found.values()), jump, runs, {})


def _drawn(node: Indicator) -> Iterator[Drawn]:
    if node.children:
        return
    for rule in (node, *(case.rule for case in node.cases)):
        for number, (takes, use) in enumerate(rule.methods):
            points = TRIAL if rule.open else rule.points
            if points is None:
                continue
            try:
                curve = curve_of(rule, number, points)
            except Rejected:
                # Amounts in points that are more than a trial has: what they are worth is only known with a row.
                continue
            # The limits of an open group hold its sum, and not its rows.
            yield Drawn(rule, takes, use, curve if rule.open else curve.held(rule.least, rule.most))
