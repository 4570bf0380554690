"""A rule set to a plan: the curves of its fixed leaves, and its grades as integer cuts."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from perfscore.model.curve import Curve
from perfscore.model.plan import Cut, Drawn, Plan, Tree
from perfscore.model.rules import Grade, Indicator, RuleSet, Variant
from perfscore.scoring.methods import curve_of


def plan(rules: RuleSet) -> Plan:
    """The plan of a rule set that `build` made."""
    made: dict[int, Curve] = {}
    trees = tuple(Tree(variant, _curves(variant, made), _groups(variant), rules.whole, rules.declared) for variant in rules.variants)
    places = rules.rounding.leaf if rules.rounding.leaf is not None else 0
    return Plan(rules, trees, _cuts(rules.grades, 10**places), places, Drawn())


def _groups(variant: Variant) -> frozenset[str]:
    return frozenset(node.id for top in variant.indicators for node in top.walk() if node.children or node.open)


def _curves(variant: Variant, made: dict[int, Curve]) -> dict[str, Curve]:
    leaves = (leaf for top in variant.indicators for node in top.walk() for leaf in (node, *(case.rule for case in node.cases)))
    return {leaf.key: _curve(leaf, made) for leaf in leaves if leaf.points is not None and leaf.methods and not leaf.open and not leaf.children}


def _curve(leaf: Indicator, made: dict[int, Curve]) -> Curve:
    # Variants share the leaves that they do not change.
    if id(leaf) not in made:
        made[id(leaf)] = curve_of(leaf, 0, leaf.points or Fraction(0)).held(leaf.least, leaf.most)
    return made[id(leaf)]


def _cuts(grades: tuple[Grade, ...], unit: int) -> tuple[Cut, ...]:
    """From the top: the least total, in rounding units, at which each grade (or none) begins."""
    cuts: list[Cut] = []
    for grade in grades:
        on = grade.range
        if on is None:
            # Only a gate gives it.
            continue
        if not cuts and on.high is not None:
            cuts.append((_first(on.high, unit, closed=not on.high_closed), None))
        cuts.append((-(10**40) if on.low is None else _first(on.low, unit, closed=on.low_closed), grade))
    return tuple(cuts)


def _first(end: Fraction, unit: int, *, closed: bool) -> int:
    """The least whole number of units at or (open) above an end."""
    return ceil(end * unit) if closed else floor(end * unit) + 1
