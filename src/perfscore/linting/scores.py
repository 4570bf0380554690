"""The scores that indicators and the total can have, as intervals by the names by which gates read them."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import ceil

from perfscore.linting.subject import TRIAL, Subject
from perfscore.model.plan import Tree
from perfscore.model.ranges import ZERO, added, hull
from perfscore.model.rules import Indicator
from perfscore.scoring.methods import curve_of
from perfscore.text.diagnostic import Rejected
from perfscore.text.interval import EVERYTHING, Interval, point

_SHARED = ("sum", "redistribute")


def scores(subject: Subject) -> dict[str, Interval]:
    """What `total` and `score.<id>` can be, whichever variant counts."""
    if not subject.rules.gates:
        return {}
    rounding = subject.rules.rounding
    places = [places for places in (rounding.leaf, rounding.group, rounding.total) if places is not None]
    found: dict[str, list[Interval]] = {}
    for tree in subject.plan.trees:
        made = _Scores(tree, 10 ** min(places) if places else None)
        tops = [made.of(top) for top in tree.indicators]
        whole = Indicator("", subject.rules.title, subject.rules.span, tree.points, children=tree.indicators, aggregate=subject.rules.aggregate)
        total = made.group(whole, tops)
        for name, on in [("total", total), *((f"score.{id_}", on) for id_, on in made.found.items())]:
            found.setdefault(name, []).append(on)
    joined = {name: hull(iter(several)) for name, several in found.items()}
    zh = {"总得分" if name == "total" else f"得分{name.removeprefix('score')}": on for name, on in joined.items()}
    return {**joined, **zh}


class _Scores:
    """The indicators of one tree; `unit` is the coarsest unit that a score is rounded to."""

    def __init__(self, tree: Tree, unit: int | None) -> None:
        self.tree, self.unit = tree, unit
        self.found: dict[str, Interval] = {}

    def of(self, node: Indicator) -> Interval:
        """An indicator, its points lost and not applicable included; what lies beyond the points is left open."""
        parts = [self.of(child) for child in node.children]
        on = EVERYTHING if node.counts != "points" else self.group(node, parts) if node.children else self._leaf(node)
        if node.most is not None and on.high is not None:
            on = hull(iter((on, point(node.most))))
        self.found[node.id] = on
        return on

    def group(self, node: Indicator, parts: list[Interval]) -> Interval:
        """What the parts make of a group, which may lack any of them."""
        if any(on.low is None or on.low < 0 or on.high is None for on in parts) or not parts:
            return EVERYTHING
        if node.aggregate not in _SHARED:
            return self._rounded(hull(iter((point(ZERO), *parts))))
        if node.aggregate == "redistribute":
            kept = all(
                child.points is not None and on.high is not None and on.high <= child.points for child, on in zip(node.children, parts, strict=True)
            )
            return self._rounded(_up_to(node.points)) if kept and node.points is not None else EVERYTHING
        return self._rounded(reduce(added, (hull(iter((point(ZERO), on))) for on in parts)))

    def _leaf(self, node: Indicator) -> Interval:
        if node.points is None:
            return EVERYTHING
        curves = [self.tree.curves.get(rule.key) for rule in (node, *(case.rule for case in node.cases))]
        if node.open:
            # The points of rows add up to those of their group; a cap above 100 % goes beyond them.
            return EVERYTHING if _beyond(node) else self._rounded(_up_to(node.points))
        known = [(curve.least, curve.points if curve.most is None else curve.most) for curve in curves if curve is not None]
        ends = [ZERO, node.points, *(end for ends in known for end in ends)]
        return self._rounded(Interval(min(ends), max(ends), low_closed=True, high_closed=True))

    def _rounded(self, on: Interval) -> Interval:
        if self.unit is None or on.high is None:
            return on
        return on._replace(high=max(on.high, Fraction(ceil(on.high * self.unit), self.unit)))


def _up_to(points: Fraction) -> Interval:
    return Interval(ZERO, points, low_closed=True, high_closed=True)


def _beyond(node: Indicator) -> bool:
    """Whether a row may score more than its points."""
    for rule in (node, *(case.rule for case in node.cases)):
        for number in range(len(rule.methods)):
            try:
                curve = curve_of(rule, number, TRIAL)
            except Rejected:
                return True
            if curve.least < 0 or (curve.most is not None and curve.most > TRIAL):
                return True
    return False
