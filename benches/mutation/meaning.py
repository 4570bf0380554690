"""Two rule sets to whether they score every form alike: a proof by their curves, formulas and policies, without a form."""

from __future__ import annotations

import ast
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from perfscore.model.curve import Curve
from perfscore.model.formula import Formula
from perfscore.model.rules import Indicator, MethodUse, Rounding, RuleSet, Takes
from perfscore.scoring.methods import curve_of
from perfscore.text.diagnostic import Rejected
from perfscore.text.fields import Fields, Value
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span

#: The points that curves of rows from the form are drawn for: two, because amounts may be shares or points.
_TRIALS = (Fraction(100), Fraction(7))
_ONE = Fraction(1)
#: Aggregates that make no new decimal places.
_ADDITIVE = frozenset(("sum", "best", "worst"))
#: Those whose parts share the points.
_SHARING = frozenset(("sum", "redistribute"))


class _Met(NamedTuple):
    """A curve in the place where it counts; two are equal if they give the same points everywhere."""

    curve: Curve

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Met) and same_curve(self.curve, other.curve)

    def __hash__(self) -> int:
        return hash(self.curve.points)


def same(one: RuleSet, other: RuleSet) -> bool:
    """Whether two rule sets say the same of every form, whatever the words; False where that is not proved."""
    return meaning(one) == meaning(other)


def same_curve(one: Curve, other: Curve) -> bool:
    """
    Whether two curves give the same points at every measure.

    Between two neighbours among the ends of both, each curve is one line or nothing, and lines that agree at two places are one line:
    so the ends, two measures between any two of them, and two beyond the outermost are all that there is to try.
    """
    if (one.points, one.least, _most(one)) != (other.points, other.least, _most(other)):
        return False
    return all(_at(one, measure) == _at(other, measure) for measure in probes(one, other))


def probes(*curves: Curve) -> tuple[Fraction, ...]:
    """Measures that tell curves apart if anything does."""
    pieces = [piece.on for curve in curves for piece in curve.pieces]
    ends = sorted({end for on in pieces for end in (on.low, on.high) if end is not None}) or [Fraction(0)]
    between = [low + (high - low) * part / 3 for low, high in pairwise(ends) for part in (1, 2)]
    return (ends[0] - 2 * _ONE, ends[0] - _ONE, *ends, *between, ends[-1] + _ONE, ends[-1] + 2 * _ONE)


def _most(curve: Curve) -> Fraction:
    return curve.points if curve.most is None else curve.most


def _at(curve: Curve, measure: Fraction) -> object:
    number = curve.find(measure)
    if number is None:
        return None
    piece = curve.pieces[number]
    judged = piece.lower != piece.upper
    return piece.lower.at(measure), piece.upper.at(measure), judged and piece.upper_open


def meaning(rules: RuleSet) -> tuple[Any, ...]:
    """All of a rule set that a score, a grade or a warning can depend on, without places and without what is only read by people."""
    return (
        (rules.declared, rules.whole, rules.aggregate, rules.zero_target, rules.negative_actual, rounding(rules), rules.template),
        (rules.valid_from, rules.valid_until),
        tuple((grade.label, on, grade.action, grade.quota) for grade, on in zip(rules.grades, graded(rules), strict=True)),
        tuple(
            (fact.name, fact.unit, fact.kind, fact.choices, fact.parts, _plain(fact.default), _tree(fact.formula), fact.combine)
            for fact in rules.facts
        ),
        tuple((one.name, one.kind, _tree(one.of), _plain(one.parameters)) for one in rules.cohort),
        tuple((gate.id, _tree(gate.when), gate.effect, _plain(gate.parameter), gate.each) for gate in rules.gates),
        tuple((one.id, _tree(one.when), tuple(map(_indicator, one.indicators))) for one in rules.variants),
        tuple(map(_tree, rules.constraints)),
    )


def rounding(rules: RuleSet) -> Rounding:
    """
    Where numbers are rounded, without the places at which nothing is left to round.

    Scores of indicators are rounded to some places; sums, bests and worsts of them have no more, and so rounding those to as many places or more
    changes nothing. That is proved only where nothing else gets in: another aggregate, points taken off the total, a share of points, or rows
    that get all the points which a form prints for them.
    """
    given, leaf = rules.rounding, rules.rounding.leaf
    nodes = [node for variant in rules.variants for top in variant.indicators for node in top.walk()]
    amounts = [amount for node in nodes for amount in (node.points, node.least, node.most) if amount is not None]
    if (
        leaf is None
        or not {rules.aggregate, *(node.aggregate for node in nodes)} <= _ADDITIVE
        or any(gate.effect == "deduct" for gate in rules.gates)
        or any(rule.open and rule.otherwise == "full" for node in nodes for rule in (node, *(case.rule for case in node.cases)))
        or any((amount * 10**leaf).denominator != 1 for amount in amounts)
    ):
        return given
    group, total = (None if places is not None and places >= leaf else places for places in (given.group, given.total))
    return given._replace(group=group, total=total)


def graded(rules: RuleSet) -> tuple[Interval | None, ...]:
    """
    The ranges of the grades, cut at the totals that there can be.

    Only a form with the points of the rule set has a grade, and where nothing counts beyond the points and no curve gives more than them or
    less than nothing, its total lies between 0 and them. Where that is not proved the ranges stay what they are.
    """
    ranges = tuple(grade.range for grade in rules.grades)
    tops = [top for variant in rules.variants for top in variant.indicators]
    nodes = [rule for top in tops for node in top.walk() for rule in (node, *(case.rule for case in node.cases))]
    most = rules.points
    known = rules.declared is not None or all(top.points is not None for top in tops)
    if not known or any(not _inside(rule) for rule in nodes):
        return ranges
    # Rows are worth what a form prints, and 0.125 rounded to 0.13 is more than 0.125.
    places = min((places for places in (rules.rounding.leaf, rules.rounding.group, rules.rounding.total) if places is not None), default=9)
    if any(rule.open or ((rule.points or most) * 10**places).denominator != 1 for rule in nodes):
        return ranges
    totals = [[top.points or most for top in variant.indicators] for variant in rules.variants]
    if any((max(points) if rules.whole else sum(points)) > most for points in totals):
        return ranges
    return tuple(None if on is None else _cut(on, most) for on in ranges)


def _inside(rule: Indicator) -> bool:
    """Whether an indicator gives nothing below 0 and nothing above its points."""
    points = rule.points or _TRIALS[0]
    if rule.counts != "points" or (rule.least is not None and not 0 <= rule.least <= points) or (rule.most is not None and rule.most < 0):
        return False
    if rule.children:
        # Parts that are each worth the whole could be worth more than it.
        return rule.aggregate in _SHARING or all((child.points or points) <= points for child in rule.children)
    drawn = [_drawn(rule, number, points) for number in range(len(rule.methods))]
    return all(one is not None and one.curve.least >= 0 and _most(one.curve) <= one.curve.points for one in drawn)


def _cut(on: Interval, most: Fraction) -> Interval:
    low, low_closed = (Fraction(0), True) if on.low is None or on.low < 0 else (on.low, on.low_closed)
    high, high_closed = (most, True) if on.high is None or on.high > most else (on.high, on.high_closed)
    return Interval(low, high, low_closed, high_closed)


def _indicator(rule: Indicator) -> tuple[Any, ...]:
    held = (rule.least, rule.most) if rule.children or rule.open else ()
    asked = (_tree(rule.applicable), rule.otherwise if rule.open or rule.applicable is not None else "")
    return (
        (rule.id, rule.label, rule.points, rule.open, rule.counts, rule.aggregate, rule.fact, rule.direction),
        (_tree(rule.measure), *asked, *held),
        tuple(_use(rule, number, takes, use) for number, (takes, use) in enumerate(rule.methods)),
        tuple(map(_indicator, rule.children)),
        tuple((_tree(case.when), _indicator(case.rule)) for case in rule.cases),
    )


def _use(rule: Indicator, number: int, takes: Takes, use: MethodUse) -> tuple[Any, ...]:
    """A method as it is used: its curves, and what else of its parameters a form meets."""
    curves = tuple(_drawn(rule, number, points) for points in (_TRIALS if rule.open or rule.points is None else (rule.points,)))
    more = () if takes in ("number", "days") else _plain(use.parameters)
    return takes, use.name, curves, more


def _drawn(rule: Indicator, number: int, points: Fraction) -> _Met | None:
    try:
        return _Met(curve_of(rule, number, points).held(rule.least, rule.most))
    except Rejected:
        return None


def _tree(formula: Formula | None) -> object:
    """A formula as checked, without the way in which it was written."""
    return None if formula is None else _plain(formula.tree)


def _plain(value: Any) -> object:
    """A value without places, so that the same thing written elsewhere is equal."""
    match value:
        case Formula():
            return _tree(value)
        case Value():
            return _plain(value.value)
        case Fields():
            return tuple((name, _plain(value[name])) for name in value)
        case Span():
            return None
        case ast.AST():
            return (type(value).__name__, *(_plain(getattr(value, name, None)) for name in value._fields))
        case Phrase():
            return value
        case tuple() | list():
            return tuple(map(_plain, value))
        case _:
            return value
