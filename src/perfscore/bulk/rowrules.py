"""How a row of a long table is scored: what is the same for many rows is decided once, by the code that reads a single row."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from perfscore.bulk.curves import MOST, Curves
from perfscore.bulk.levels import SPAN
from perfscore.forms.bind import integers
from perfscore.forms.compare import direction_of, same_kind
from perfscore.forms.facts import FactReader
from perfscore.forms.leaves import LeafMaker
from perfscore.forms.read import form_of
from perfscore.model.curve import units
from perfscore.model.form import Form
from perfscore.model.measure import Absence, Judged
from perfscore.model.outcome import Status
from perfscore.model.plan import Plan
from perfscore.model.rules import DIRECTIONS, Indicator
from perfscore.scoring.aggregates import whole as is_whole
from perfscore.scoring.methods import curve_of
from perfscore.text.diagnostic import Rejected
from perfscore.text.nodes import Entry, Scalar, Sequence
from perfscore.text.nodes import Mapping as Tree
from perfscore.text.printed import Quantity
from perfscore.text.units import Unit

#: What conditions and formulas may read of a row and of nothing else.
_OWN = frozenset((*DIRECTIONS, "actual", "实际", "target", "目标", "achievement", "完成率"))
#: Distinct rows that are remembered; a table that has more reads the others again.
_REMEMBERED = 1 << 16


class Ratio(NamedTuple):
    """
    A row whose measure is its actual value as a share of its target, or (`lower`) the other way round; a `range` is met between both ends of the target.

    The numbers as printed are multiplied by `actual` and `target`, which are whole, to be in one unit.
    """

    lower: bool
    range: bool
    #: The larger end of a target is the one that counts.
    upper: bool
    actual: int
    target: int
    family: int


class Kind(NamedTuple):
    """What is alike in numbers as printed: their form (`exact`, `bound`, `range`), their comparator, their unit."""

    form: str
    comparator: str
    unit: Unit | None


class Outcome(NamedTuple):
    """What a row came to alone: its score and its points in rounding units, of which a row that does not apply has none; and its status."""

    score: int
    points: int
    status: Status = "scored"


class RowRules:
    """The rows of one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.unit = 10**plan.places
        self.curves = Curves(plan.places)
        self._families: dict[int, tuple[Indicator, int, int]] = {}
        self._rules: list[tuple[Indicator, int]] = []
        self._said: list[tuple[str, dict[str, Any]]] = []
        self._known: dict[tuple[Any, ...], Outcome | None] = {}
        self.groups: list[Indicator] = []
        self._places: dict[int, int] = {}
        self._ratios: dict[tuple[Any, ...], Ratio | None] = {}
        self._curves: dict[tuple[int, Fraction], int | None] = {}

    def group(self, rule: Indicator) -> int:
        """The place of a group among those that score their rows differently."""
        if id(rule) not in self._places:
            place = next((place for place, known in enumerate(self.groups) if _manner(known) == _manner(rule)), len(self.groups))
            if place == len(self.groups):
                self.groups.append(rule)
            self._places[id(rule)] = place
        return self._places[id(rule)]

    def own(self, group: int) -> bool:
        """Whether the score of a row of this group depends on nothing but the row."""
        rule = self.groups[group]
        cases = [case.rule for case in rule.cases]
        formulas = [case.when for case in rule.cases] + [one.measure for one in (rule, *cases) if one.measure is not None]
        return {read.name for formula in formulas for read in formula.reads} <= _OWN

    def ratio(self, group: int, goal: Kind, done: Kind, direction: str, shift: tuple[int, int]) -> Ratio | None:
        """
        How rows with positive numbers of these kinds are measured; None where that takes more than a ratio.

        `shift` are the decimal places that the numbers of the targets and of the actual values have.
        """
        key = (group, goal, done, direction, shift)
        if key not in self._ratios:
            self._ratios[key] = self._ratio(self.groups[group], goal, done, direction, shift)
        return self._ratios[key]

    def _ratio(self, rule: Indicator, goal: Kind, done: Kind, direction: str, shift: tuple[int, int]) -> Ratio | None:
        place = next((at for at, (takes, _) in enumerate(rule.methods) if takes == "number"), None)
        if place is None or rule.cases or rule.measure is not None or done.form != "exact" or (direction and direction not in DIRECTIONS):
            return None
        one = Fraction(1)
        ends = (None if goal.comparator in ("<=", "<") else one, None if goal.comparator in (">=", ">") else one)
        target = Quantity("", *ends, False, False, goal.comparator, goal.unit, 0, None if goal.form == "range" else one, goal.form)  # type: ignore[arg-type]
        actual = Quantity("", one, one, False, False, "", done.unit, 0, one, "exact")
        if same_kind(target, actual) is not None:
            return None
        meant = direction_of(target, DIRECTIONS.get(direction), rule.direction)
        # A bare number stands in the unit of the other.
        factors = [unit.factor if unit is not None else one for unit in (done.unit or goal.unit, goal.unit or done.unit)]
        scale = factors[0] / factors[1] * Fraction(10) ** (shift[0] - shift[1])
        lower = meant == "lower"
        return Ratio(lower, meant == "range" and None not in ends, lower, scale.numerator, scale.denominator, self._family(rule, place))

    def _family(self, rule: Indicator, place: int) -> int:
        use = rule.methods[place][1]
        if id(use) not in self._families:
            # The method is kept, so that its id stays its own.
            # Curves hang on the method and its parameters, and on nothing else of the group.
            said = use.name, {name: use.parameters[name] for name in use.parameters}
            if said not in self._said:
                self._said.append(said)
                self._rules.append((rule, place))
            self._families[id(use)] = rule, place, self._said.index(said)
        return self._families[id(use)][2]

    def curve(self, family: int, points: Fraction) -> int | None:
        """The place of the curve that a method gives for these points; None where arrays do not score it."""
        key = (family, points)
        if key not in self._curves:
            try:
                self._curves[key] = self.curves.add(curve_of(*self._rules[family], points))
            except Rejected:
                self._curves[key] = None
        return self._curves[key]

    def alone(self, group: int, cells: Mapping[str, str], year: str) -> Outcome | None:
        """A row by the code for single rows; None where its form has to be looked at as a whole."""
        key = (group, year, *cells.items())
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = self._alone(self.groups[group], cells, year)
        return self._known[key]

    def _alone(self, rule: Indicator, cells: Mapping[str, str], year: str) -> Outcome | None:
        row = Tree(SPAN, tuple(_entry(name, text) for name, text in cells.items() if text.strip()))
        whole = (Entry(Scalar(SPAN, "indicators"), Sequence(SPAN, (row,))), *([_entry("year", year)] if year.strip() else []))
        form = form_of(Tree(SPAN, whole), SPAN.source)
        if not isinstance(form, Form) or form.rows[0].placeholder:
            return None
        maker = LeafMaker(form, self.plan, self.plan.trees[-1], FactReader(form, self.plan.rules, lambda _: None), {}, lambda _: None)
        leaf = maker.row(rule, form.rows[0], 1)
        points = (leaf.points or Fraction(0)) * self.unit
        if leaf.taken is not None or points.denominator != 1 or points > MOST:
            return None
        if isinstance(leaf.measure, Absence) and leaf.measure.kind == "not-applicable":
            return Outcome(0, 0, "not-applicable")
        hot = integers(leaf, self.plan)
        if leaf.points is None or hot is None:
            return None
        score = units(hot[2], hot[0], hot[1])
        return Outcome(score, int(points), "judged" if isinstance(leaf.measure, Judged) else "scored") if score <= MOST else None


def _manner(rule: Indicator) -> tuple[Any, ...]:
    """What of a group the score of a row depends on."""
    return (
        rule.methods,
        rule.direction,
        rule.measure,
        rule.cases,
        rule.otherwise,
        rule.counts,
        rule.aggregate,
        rule.points if is_whole(rule.aggregate) else None,
    )


def _entry(name: str, text: str) -> Entry:
    return Entry(Scalar(SPAN, name), Scalar(SPAN, text, plain=False))
