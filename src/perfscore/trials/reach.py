"""A plan to everything in it that an example can reach, and its evaluations to how often they reached it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from perfscore.forms.facts import FactReader
from perfscore.forms.rows import RowIndex
from perfscore.model.curve import Curve, Piece
from perfscore.model.formula import Formula
from perfscore.model.measure import Absence, Chosen, Comparison, Computed, Judged, Lateness, Measure, Ticked
from perfscore.model.outcome import Outcome
from perfscore.model.plan import Plan
from perfscore.model.rules import Indicator, MethodUse, Takes, Variant
from perfscore.model.submission import Leaf
from perfscore.model.trial import Coverage, Reached
from perfscore.scoring.engine import Evaluation
from perfscore.scoring.methods import curve_of, find
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import format_number

#: Of more items the sums are too many to write down.
_MOST_ITEMS = 12
#: The points that the curve of an open group is drawn for: those of its rows come with the form.
_TRIAL = Fraction(100)
# A rule of a thousand steps takes no thousand examples: on either side of its interval the first step counts, one further out, and the end
# where nothing more is added or lost. The steps lead away from the interval of this parameter; those of a deadline from the first piece.
_STEPPED = {"deduction": "full", "around": "at", "deadline": ""}
_TAKES: dict[type, Takes] = {Comparison: "number", Computed: "number", Lateness: "days", Chosen: "label", Judged: "judgement", Ticked: "items"}
_OTHERWISE = {
    "drop": Phrase("不计", "it is left out"),
    "full": Phrase("记满分", "full points"),
    "zero": Phrase("不得分", "no points"),
    "missing": Phrase("按缺项处理", "it counts as missing"),
    "refused": Phrase("不许不适用", "it is refused"),
}

#: What a part is known by, whichever evaluation reaches it.
Part = tuple[object, ...]


def cover(plan: Plan, evaluations: Iterable[Evaluation]) -> Coverage:
    """What the evaluations of a plan reached of it."""
    everything = _Everything(plan)
    counts = Counter(part for evaluation in evaluations for part in everything.reached(evaluation))
    return Coverage(tuple(found._replace(by=counts[part]) for part, found in everything.parts.items()))


class _Way(NamedTuple):
    """A method as an indicator calls it, its curve, and the name of the part that each piece belongs to."""

    takes: Takes
    use: MethodUse
    curve: Curve
    names: tuple[str, ...]


class _Everything:
    """The parts of a plan in the order of its indicators; what several variants or cases share is one."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.parts: dict[Part, Reached] = {}
        self.ways: dict[Part, _Way] = {}
        if len(plan.trees) > 1:
            for tree in plan.trees:
                self._variant(tree.variant)
        for tree in (plan.trees[-1], *plan.trees[:-1]):
            for top in tree.indicators:
                for node in top.walk():
                    if not node.children:
                        self._indicator(node, tree.curves)
        for gate in plan.rules.gates:
            says = Phrase(f"关口“{gate.label.zh}”生效", f"the gate “{gate.label.en}” takes effect")
            self.parts["gate", gate.id] = Reached("gate", gate.id, gate.label, says, _holds(gate.when), gate.span)

    def _variant(self, variant: Variant) -> None:
        says = Phrase(f"情形“{variant.label.zh}”", f"the variant “{variant.label.en}”")
        how = Phrase("其他情形的条件都不成立", "the conditions of all others fail") if variant.when is None else _holds(variant.when)
        span = self.plan.rules.span if variant.when is None else variant.when.span
        self.parts["variant", variant.id] = Reached("variant", variant.id, variant.label, says, how, span)

    def _indicator(self, node: Indicator, curves: Mapping[str, Curve]) -> None:
        for case in node.cases:
            says = Phrase(f"情形 {case.when.text}", f"the case {case.when.text}")
            self.parts["case", case.rule.key] = Reached("case", node.id, node.label, says, _holds(case.when), case.when.span)
        for rule in (node, *(case.rule for case in node.cases)):
            if rule.applicable is not None:
                says = Phrase(f"不适用时{_OTHERWISE[rule.otherwise].zh}", f"where it does not apply, {_OTHERWISE[rule.otherwise].en}")
                how = Phrase(f"{rule.applicable.text} 不成立", f"{rule.applicable.text} fails")
                self.parts.setdefault(_condition(rule, rule.applicable), Reached("otherwise", rule.id, rule.label, says, how, rule.applicable.span))
            for number, (takes, use) in enumerate(rule.methods):
                curve = curve_of(rule, number, _TRIAL) if rule.open else curves.get(rule.key)
                if curve is not None and _used(rule, use) not in self.ways:
                    self._pieces(rule, _Way(takes, use, curve, names_of_pieces(use, curve)))

    def _pieces(self, rule: Indicator, way: _Way) -> None:
        self.ways[_used(rule, way.use)] = way
        runs: dict[str, list[Piece]] = {}
        for name, piece in zip(way.names, way.curve.pieces, strict=True):
            runs.setdefault(name, []).append(piece)
        for place, (name, run) in enumerate(runs.items()):
            if way.takes == "items" and not _added_up(rule, way, run):
                # No items add up to what lies here: a checklist of one item knows nothing between none and all.
                continue
            says = _said(rule, way, run)
            how, span = _measured(rule, way, run, place), run[0].span or way.use.span
            self.parts[*_used(rule, way.use), name] = Reached("piece", rule.id, rule.label, says, how, span)

    def reached(self, evaluation: Evaluation) -> Iterator[Part]:
        """The parts that an evaluation fell on, each once."""
        submission = evaluation.submission
        facts = FactReader(submission.form, self.plan.rules, lambda _: None)
        counts = RowIndex(submission.form.rows).counts(self.plan)
        found: dict[Part, None] = {("variant", submission.tree.variant.id): None}
        for leaf, outcome in _leaves(evaluation.root):
            rule = leaf.rule
            if rule.case:
                found["case", rule.key] = None
            if rule.applicable is not None:
                holds = facts.value(rule.applicable, counts)
                if not isinstance(holds, Absence) and not holds.value:
                    found[_condition(rule, rule.applicable)] = None
            piece = outcome.piece
            if piece is not None and leaf.curve is not None and not isinstance(leaf.measure, Absence):
                found.update(dict.fromkeys(self._fallen_on(leaf, leaf.curve, leaf.measure, piece)))
        found.update({("gate", held.gate.id): None for held in evaluation.held if held.certain})
        yield from found

    def _fallen_on(self, leaf: Leaf, curve: Curve, measure: Measure, piece: Piece) -> Iterator[Part]:
        """The part that a piece belongs to; the points of a row can give its curve more or fewer pieces than are counted."""
        for takes, use in leaf.rule.methods:
            way = self.ways.get(_used(leaf.rule, use))
            if takes != _TAKES[type(measure)] or way is None:
                continue
            names = names_of_pieces(use, curve)
            place: int | None = curve.pieces.index(piece)
            if len(names) != len(way.names) and use.name not in _STEPPED and isinstance(measure.value, Fraction):
                names, place = way.names, way.curve.find(measure.value)
            if place is not None:
                yield (*_used(leaf.rule, use), names[place])


def _added_up(rule: Indicator, way: _Way, run: list[Piece]) -> bool:
    """Whether some of the items add up to a measure on one of these pieces; of very many items, and of ranges, it is taken for granted."""
    method = find(way.use.name)
    items = method.items(way.use.parameters, rule.points or _TRIAL) if method is not None else ()
    if len(items) > _MOST_ITEMS or any(item.least != item.most for item in items):
        return True
    sums = {Fraction(0)}
    for item in items:
        sums |= {known + item.most for known in sums}
    return any(piece.on.holds(total) for piece in run for total in sums)


def _leaves(outcome: Outcome) -> Iterator[tuple[Leaf, Outcome]]:
    if outcome.leaf is not None:
        yield outcome.leaf, outcome
    for child in outcome.children:
        yield from _leaves(child)


def _used(rule: Indicator, use: MethodUse) -> Part:
    """A line of the rule file that calls a method counts once, whichever variants and cases share it."""
    return ("piece", rule.id, use.name, use.span)


def _condition(rule: Indicator, applicable: Formula) -> Part:
    return ("otherwise", rule.id, applicable.span)


def names_of_pieces(use: MethodUse, curve: Curve) -> tuple[str, ...]:
    """The name of the part that each piece of a curve belongs to: its place, or where the steps lead it."""
    pieces = curve.pieces
    parameter = _STEPPED.get(use.name)
    middle = 0
    if parameter:
        middle = next((place for place, piece in enumerate(pieces) if piece.on == use.parameters[parameter]), -1)
    if parameter is None or middle < 0:
        return tuple(map(str, range(len(pieces))))
    return tuple(_step(place - middle, len(pieces) - 1 - middle if place > middle else middle) for place in range(len(pieces)))


def _step(away: int, last: int) -> str:
    side = "above" if away > 0 else "below"
    match abs(away):
        case 0:
            return "inside"
        case away if away == last:
            return f"{side} end"
        case 1:
            return f"{side} first"
        case _:
            return f"{side} further"


# What a person is told.


def _holds(condition: Formula) -> Phrase:
    return Phrase(f"{condition.text} 成立", f"{condition.text} holds")


def _said(rule: Indicator, way: _Way, run: list[Piece]) -> Phrase:
    if len(run) > 1:
        return Phrase(f"再远的各档（{len(run)} 档）", f"the steps further out ({len(run)})")
    reason = run[0].reason
    if rule.open and (" 分" in reason.zh or way.takes == "judgement"):
        return Phrase(f"{reason.zh}（以每 100 分计）", f"{reason.en} (of each 100 points)")
    return reason


def _measured(rule: Indicator, way: _Way, run: list[Piece], place: int) -> Phrase:
    """What would reach these pieces."""
    row = Phrase("有一行", "a row with ") if rule.open else same("")
    if way.takes in ("label", "judgement"):
        method = find(way.use.name)
        label = method.labels(way.use.parameters)[place] if method is not None else ""
        if way.takes == "label":
            return Phrase(f"{row.zh}填“{label}”", f"{row.en or 'the '}level “{label}”")
        return Phrase(f"{row.zh}完成等级为“{label}”并有得分", f"{row.en or 'the '}tier “{label}” and a score")
    name = Phrase("完成率", "achievement")
    if way.takes == "days":
        name = Phrase("逾期天数", "days late")
    elif way.takes == "items":
        name = Phrase("各要点的分数合计", "the sum of the items")
    elif rule.measure is not None:
        name = same(rule.measure.text)
        name = rule.measure_label if rule.measure_label is not None and rule.measure_label.zh else name
    share = way.use.name == "ratio" or (rule.open and rule.measure is None and way.takes == "number") or "%" in _written(run[0], way)
    on = _together(run)
    if on.low is not None and on.low == on.high:
        at = format_number(on.low * 100) + "%" if share else format_number(on.low)
        return Phrase(f"{row.zh}{name.zh} 等于 {at}", f"{row.en}{name.en} of {at}")
    shown = on.written(share=share)
    return Phrase(f"{row.zh}{name.zh} 在 {shown} 内", f"{row.en}{name.en} in {shown}")


def _together(run: list[Piece]) -> Interval:
    first, last = run[0].on, run[-1].on
    return Interval(first.low, last.high, first.low_closed, last.high_closed)


def _written(piece: Piece, way: _Way) -> str:
    """The measures of a piece as the rule file has them: of `90%以上: 8` what stands before the points."""
    parameter = _STEPPED.get(way.use.name)
    if parameter:
        return way.use.parameters.at(parameter).written()  # type: ignore[no-any-return]
    return (piece.span or way.use.span).written().replace("：", ":").rpartition(":")[0]
