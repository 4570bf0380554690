"""A rule set to the totals that it can give: the least, the most, and how many decimal places they and the sums below them have."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from itertools import product
from math import prod
from typing import NamedTuple

from perfscore.linting.subject import TRIAL, Drawn, Subject
from perfscore.model.curve import ZERO, Curve, between, round_half_up
from perfscore.model.plan import Tree
from perfscore.model.rules import Indicator
from perfscore.scoring import aggregates, methods
from perfscore.scoring.aggregates import Part
from perfscore.scoring.formula import ZeroDenominator, evaluate
from perfscore.scoring.methods import curve_of
from perfscore.text.diagnostic import Rejected
from perfscore.text.interval import point
from perfscore.text.phrase import Phrase

#: As many decimal places as no rounding leaves: a third has no end.
ENDLESS = 1000
#: A person who judges gives no finer scores.
_JUDGED = 2
#: What is one of its parts has their places; any other mean has places of its own.
_ONE_OF_THEM = ("best", "worst")
_HALF_MORE = "weakest-link"
#: So many choices, together, are gone through.
_MOST = 100
#: Gates that can bring a total down to 0.
_LOWERING = ("veto", "deduct")
_TOTAL = Phrase("总得分", "the total")


class Sum(NamedTuple):
    """A group whose parts are added up: the most places that a part has, and those that the sum is rounded to."""

    label: Phrase
    parts: int
    rounded: int


class Totals(NamedTuple):
    """The least and the most total of all variants, the most decimal places that one has, and the sums that it is made of, from the top."""

    low: Fraction
    high: Fraction
    places: int
    sums: tuple[Sum, ...]
    #: The places that it would have if it were not rounded itself.
    unrounded: int


def totals(subject: Subject) -> Totals | None:
    """The totals of a rule set; None for a template, and where only the form says what all points make together."""
    return subject.once(_totals)


def _totals(subject: Subject) -> Totals | None:
    if subject.rules.template or any(tree.points is None for tree in subject.plan.trees):
        return None
    drawn: dict[str, list[Drawn]] = {}
    for one in subject.curves:
        drawn.setdefault(one.rule.id, []).append(one)
    found = [_Tree(subject, tree, drawn).totals() for tree in subject.plan.trees]
    sums = {one: None for total in found for one in total.sums}
    low, high = min(one.low for one in found), max(one.high for one in found)
    return Totals(low, high, max(one.places for one in found), tuple(sums), max(one.unrounded for one in found))


class _Range(NamedTuple):
    """The least and the most of an indicator, and its points; where these come with the form, its points are None and it is the range for one point."""

    points: Fraction | None
    low: Fraction
    high: Fraction

    def of(self, points: Fraction) -> _Range:
        """The same in proportion to other points; what is worth nothing gives what it gave."""
        share = points if self.points is None else points / self.points if self.points else Fraction(1)
        return _Range(points, self.low * share, self.high * share)


class _Tree:
    """One variant being added up."""

    def __init__(self, subject: Subject, tree: Tree, drawn: dict[str, list[Drawn]]) -> None:
        self.rules, self.tree, self.drawn = subject.rules, tree, drawn
        self.sums: list[Sum] = []

    def totals(self) -> Totals:
        rules = self.rules
        found, places = self._added(_TOTAL, rules.aggregate, self.tree.indicators, rules.rounding.total)
        low, high = (found.low, found.high) if found.points is not None else found.of(self.tree.points or ZERO)[1:]
        if any(gate.effect in _LOWERING for gate in rules.gates):
            low = min(low, ZERO)
        if rules.rounding.total is not None:
            low, high = (round_half_up(end, rules.rounding.total) for end in (low, high))
        return Totals(low, high, _least(places, rules.rounding.total), tuple(reversed(self.sums)), places)

    def _added(self, label: Phrase, aggregate: str, below: tuple[Indicator, ...], rounding: int | None, own: str = "points") -> tuple[_Range, int]:
        made = [(child, *self._range(child)) for child in below]
        found = _folded(aggregate, [one for child, one, _ in made if own != "points" or child.counts == "points"])
        beyond = [one for child, one, _ in made if own == "points" and child.counts != "points"]
        if found.points is None and beyond:
            # For one point there is nothing that could be added.
            found = found.of(self.tree.points or ZERO)
        found = found._replace(low=found.low + sum(one.low for one in beyond), high=found.high + sum(one.high for one in beyond))
        return found, self._places(label, aggregate, [places for _, _, places in made], rounding)

    def _places(self, label: Phrase, aggregate: str, parts: list[int], rounding: int | None) -> int:
        most = max(parts, default=0)
        """The places of what the parts make before it is rounded."""
        if aggregate == "sum" and len(parts) > 1:
            self.sums.append(Sum(label, most, ENDLESS if rounding is None else rounding))
        if aggregate == _HALF_MORE:
            most = max(most, 1)
        elif aggregate != "sum" and aggregate not in _ONE_OF_THEM:
            most = ENDLESS
        return most

    def _range(self, node: Indicator) -> tuple[_Range, int]:
        rounding = self.rules.rounding
        if node.children:
            found, places = self._added(node.label, node.aggregate, node.children, rounding.group, node.counts)
            places = _least(places, rounding.group)
            if found.points is None and node.points is not None:
                found = found.of(node.points)
            return _held(node, found._replace(points=found.points if node.points is None else node.points)), places
        drawn = self.drawn.get(node.id, [])
        places = _least(max(map(natural, drawn), default=ENDLESS), rounding.leaf)
        if node.open:
            # However many rows the form has.
            places = _least(self._places(node.label, node.aggregate, [places, places], rounding.group), rounding.group)
            found = _of_rows(node, drawn)
        else:
            found = self._of_curves(node)
        if node.counts == "malus":
            found = found._replace(low=-found.high, high=-found.low)
        return _held(node, found), places

    def _of_curves(self, node: Indicator) -> _Range:
        points = node.points or ZERO
        ends: list[Fraction] = []
        for rule in (node, *(case.rule for case in node.cases)):
            curve = self.tree.curves.get(rule.key)
            if curve is not None:
                measures = self._of_choices(rule)
                images = [_image(curve)] if measures is None else [curve.image(point(one)) for one in measures]
                ends += [end for image in images if image is not None for end in image]
        if node.applicable is not None and node.otherwise in ("full", "zero"):
            ends.append(points if node.otherwise == "full" else ZERO)
        return _Range(points, min(ends, default=ZERO), max(ends, default=points))

    def _of_choices(self, rule: Indicator) -> list[Fraction] | None:
        """Every measure of a rule that reads nothing but words that may be chosen; None of any other."""
        if rule.measure is None or not rule.measure.plain or not rule.measure.reads:
            return None
        names = tuple({read.name: None for read in rule.measure.reads})
        known = {fact.name: fact.choices for fact in self.rules.facts if fact.name in names}
        if not all(known.get(name) for name in names) or prod(len(choices) for choices in known.values()) > _MOST:
            return None
        found: list[Fraction] = []
        for chosen in product(*(known[name] for name in names)):
            facts = {name: number for name, (_, number) in zip(names, chosen, strict=True)}
            with suppress(ZeroDenominator):
                found.append(evaluate(rule.measure, facts.__getitem__))
        return found


def _of_rows(node: Indicator, drawn: list[Drawn]) -> _Range:
    """Rows that share the points of their group; where each is worth all of them, the points of a row are known."""
    points = node.points if aggregates.whole(node.aggregate) else None
    found = [image for one in drawn if (image := _of_row(one, points)) is not None]
    low, high = min((low for low, _ in found), default=ZERO), max((high for _, high in found), default=Fraction(1))
    made = _Range(None, low, high)
    return made if node.points is None else made.of(node.points)


def _image(curve: Curve) -> tuple[Fraction, Fraction]:
    """The least and the most of a curve over all measures; of a thousand steps each is looked at once."""
    ends: list[Fraction] = []
    most = curve.points if curve.most is None else curve.most
    for on, lower, upper, *_ in curve.pieces:
        for line in (lower, upper):
            if not line.slope:
                ends.append(line.intercept)
                continue
            down, up = (curve.least, most) if line.slope > 0 else (most, curve.least)
            ends += [down if on.low is None else line.at(on.low), up if on.high is None else line.at(on.high)]
    return min(ends), max(ends)


def _of_row(drawn: Drawn, points: Fraction | None) -> tuple[Fraction, Fraction] | None:
    """The least and the most that a row gives for one of its points; of amounts in points, and points that nobody knows yet, anything."""
    image = _image(drawn.curve)
    if image == (ZERO, TRIAL):
        return ZERO, Fraction(1)
    number = next(number for number, (_, use) in enumerate(drawn.rule.methods) if use is drawn.use)
    try:
        known = _image(curve_of(drawn.rule, number, 2 * TRIAL if points is None else points))
    except Rejected:
        return None
    if points is None and known != (2 * image[0], 2 * image[1]):
        return min(ZERO, image[0] / TRIAL), max(Fraction(1), image[1] / TRIAL)
    worth = points or 2 * TRIAL
    return known[0] / worth, known[1] / worth


def _folded(aggregate: str, parts: list[_Range]) -> _Range:
    if not parts:
        return _Range(ZERO, ZERO, ZERO)
    shares = [part.of(Fraction(1)) for part in parts if part.points is None or part.points]
    low, high = min((part.low for part in shares), default=ZERO), max((part.high for part in shares), default=ZERO)
    known = [Part(part.points, part.points, part.low, part.high) for part in parts if part.points is not None]
    if len(known) < len(parts):
        # The form shares out the points: to the worst part, or to the best.
        return _Range(None, low, high)
    made = aggregates.find(aggregate).fold(known)
    if aggregate == "redistribute":
        # Whatever does not apply, what is left stands for all points.
        return _Range(made.points, low * made.points, high * made.points)
    return _Range(made.points, made.low, made.high)


def _held(node: Indicator, found: _Range) -> _Range:
    """A range between the limits of its indicator, as a bonus or malus always is."""
    if found.points is None:
        return found
    most = node.points if node.most is None and node.counts != "points" else node.most
    if node.counts == "malus":
        return found._replace(low=-between(-found.low, node.least, most), high=-between(-found.high, node.least, most))
    return found._replace(low=between(found.low, node.least, most), high=between(found.high, node.least, most))


def _least(places: int, rounding: int | None) -> int:
    return places if rounding is None else min(places, rounding)


def natural(drawn: Drawn) -> int:
    """The places that a score has of itself, before any rounding: those of its levels, where it has nothing but levels."""
    if drawn.rule.open:
        known = _of_whole(drawn)
        # Shares of points that come with the form.
        return ENDLESS if known is None else natural(known)
    if drawn.takes == "judgement":
        return _JUDGED
    if drawn.takes == "items":
        method = methods.find(drawn.use.name)
        items = method.items(drawn.use.parameters, drawn.rule.points or ZERO) if method is not None else ()
        return max((_JUDGED if item.least != item.most else _digits(item.most) for item in items), default=0)
    if any(piece.upper.slope or piece.lower != piece.upper for piece in drawn.curve.pieces):
        return ENDLESS
    return max(_digits(piece.upper.intercept) for piece in drawn.curve.pieces)


def _of_whole(drawn: Drawn) -> Drawn | None:
    """Rows that are each worth all points of their group are scored like an indicator with these points."""
    rule = drawn.rule
    if rule.points is None or not aggregates.whole(rule.aggregate):
        return None
    number = next(number for number, (_, use) in enumerate(rule.methods) if use is drawn.use)
    try:
        return drawn._replace(rule=rule._replace(open=False), curve=curve_of(rule, number, rule.points))
    except Rejected:
        return None


def _digits(score: Fraction) -> int:
    """The decimal places that a number needs."""
    return next((places for places in range(10) if (score * 10**places).denominator == 1), ENDLESS)
