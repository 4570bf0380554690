"""Measures and submissions to scores once more, by the textbook formula of every method and plain rationals, to hold the engine against."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from decimal import Context, Decimal
from fractions import Fraction
from math import prod
from typing import Any, NamedTuple

from perfscore.forms.leaves import points_printed
from perfscore.model.formula import Formula
from perfscore.model.measure import Absence, Chosen, Comparison, Judged, Lateness, Ticked
from perfscore.model.rules import Gate, Grade, Indicator, MethodUse
from perfscore.model.submission import Branch, Leaf, Submission
from perfscore.scoring.methods import curve_of
from perfscore.text.interval import Interval

ZERO, ONE, HALF = Fraction(0), Fraction(1), Fraction(1, 2)


def half_up(number: Fraction, places: int) -> Fraction:
    """四舍五入: the nearest multiple of the last place, a tie away from zero."""
    unit = Fraction(1, 10**places)
    away = number / unit + (HALF if number >= 0 else -HALF)
    # `int` of a Fraction cuts towards zero.
    return int(away) * unit


def textbook(use: MethodUse, points: Fraction, measure: Fraction) -> Fraction:
    """The exact points that a method gives for a measure inside its domain, written down as the rule texts say it; not for tiers, where a person decides."""
    given = use.parameters
    if not points:
        # A row of 0 points weighs nothing, whatever its method lays down.
        return ZERO
    return _FORMULAS[use.name](given, points, measure)


def _amount(amount: Any, points: Fraction) -> Fraction:
    value: Fraction = amount.value
    return points * value if amount.share else value


def _inside(on: Interval, number: Fraction) -> bool:
    if on.low is not None and (number < on.low or (number == on.low and not on.low_closed)):
        return False
    return not (on.high is not None and (number > on.high or (number == on.high and not on.high_closed)))


def _ratio(given: Any, points: Fraction, measure: Fraction) -> Fraction:
    gate, cap = given["gate"] or ZERO, ONE if given["cap"] is None else given["cap"]
    return ZERO if measure < gate else points * (min(measure, cap) - gate) / (1 - gate)


def _deduction(given: Any, points: Fraction, measure: Fraction) -> Fraction:
    full: Interval = given["full"]
    if _inside(full, measure):
        return points
    off = measure - full.high if full.high is not None and measure >= full.high else (full.low or ZERO) - measure
    floor = ZERO if given["floor"] is None else _amount(given["floor"], points)
    return max(floor, points - _amount(given["lose"], points) * _steps(given["steps"] or "whole", off / given["every"]))


def _around(given: Any, points: Fraction, measure: Fraction) -> Fraction:
    at: Interval = given["at"]
    base = points if given["base"] is None else _amount(given["base"], points)
    high = at.high is not None and measure >= at.high
    side = given["above" if high else "below"]
    if _inside(at, measure) or side is None:
        return base
    steps = _steps(side["steps"] or "whole", (measure - (at.high or ZERO) if high else (at.low or ZERO) - measure) / side["every"])
    until = None if side["until"] is None else _amount(side["until"], points)
    if side["gain"] is not None:
        return min(points if until is None else until, base + steps * _amount(side["gain"], points))
    return max(until or ZERO, base - steps * _amount(side["lose"], points))


def _anchors(given: Any, points: Fraction, measure: Fraction) -> Fraction:
    known: dict[Fraction, Fraction] = {row.value.at: _amount(row.value.amount, points) for row in given["anchors"]}
    left, right = max((at for at in known if at <= measure), default=min(known)), min((at for at in known if at >= measure), default=max(known))
    if left == right:
        return known[left]
    # By the two-point form, weighted by how far the other anchor is.
    return (known[left] * (right - measure) + known[right] * (measure - left)) / (right - left)


def _steps(rule: str, off: Fraction) -> Fraction:
    """How many steps count. What is not inside the full interval is off by something, so rounding up starts at one."""
    match rule:
        case "proportional":
            return off
        case "up":
            return Fraction(max(1, -(-off // 1)))
        case _:
            return Fraction(off // 1)


def _deadline(given: Any, points: Fraction, days: Fraction) -> Fraction:
    if days <= 0:
        return points
    if given["lose"] is None:
        return ZERO
    return max(ZERO, points - _amount(given["lose"], points) * _steps("up", days / (given["every"] or ONE)))


def _bands(given: Any, points: Fraction, measure: Fraction) -> Fraction:
    (score,) = [_amount(row.value.amount, points) for row in given["bands"] for on in row.value.on if _inside(on, measure)]
    return score


#: What every method gives, from its parameters, the points and the measure.
_FORMULAS: dict[str, Callable[[Any, Fraction, Fraction], Fraction]] = {
    "anchors": _anchors,
    "around": _around,
    "bands": _bands,
    "checklist": lambda _given, _points, measure: measure,
    "deadline": _deadline,
    "deduction": _deduction,
    "demerits": lambda _given, points, measure: max(ZERO, points - measure),
    "direct": lambda _given, points, measure: min(max(measure, ZERO), points),
    "levels": lambda given, points, measure: _amount(given["levels"][int(measure)][1].value, points),
    "ratio": _ratio,
    "yes-no": lambda _given, points, measure: points if measure >= 1 else ZERO,
}


# --- what a form comes to ----------------------------------------------------------------------------------------------------------------


class Standing(NamedTuple):
    """
    What a line comes to.

    The least and the most it can be (equal when known), all its points, those of them that apply, whether its score is known, and whether it
    applies at all.
    """

    low: Fraction
    high: Fraction
    points: Fraction
    applying: Fraction
    known: bool = True
    applies: bool = True

    def each(self, change: Callable[[Fraction], Fraction]) -> Standing:
        """The same with both ends changed."""
        return self._replace(low=change(self.low), high=change(self.high))


class Happened(NamedTuple):
    """A gate that takes effect, or may; on which line, and the least and the most that it takes."""

    gate: Gate
    line: str
    certain: bool
    least: Fraction = ZERO
    most: Fraction = ZERO


class Book(NamedTuple):
    """Every line of a result by its id (the whole is called nothing), the gates that took effect, and every grade that it may have."""

    lines: Mapping[str, Standing]
    happened: tuple[Happened, ...]
    grades: frozenset[str | None]

    @property
    def total(self) -> Standing:
        """The whole."""
        return self.lines[""]


#: What a formula reads under the name of a fact, or of a number of rows; None where the form gives nothing.
Reader = Callable[[str], Any]
_MEANS = ("best", "geometric-mean", "mean", "weakest-link", "worst")


def book(submission: Submission, read: Reader) -> Book:
    """A submission by the textbook: leaves by `textbook`, groups by their definition, gates one after the other, each on all that went before."""
    happened: list[Happened] = []
    lines = _lines(submission, happened)
    for gate in submission.plan.rules.gates:
        happened += list(_put(gate, submission, lines, read))
        lines = _lines(submission, happened)
    withheld = [one.certain for one in happened if one.gate.effect == "requires"]
    grades = _grades(submission, lines[""], happened)
    if withheld:
        lines[""] = lines[""]._replace(known=False)
        grades = {None} if True in withheld else grades | {None}
    return Book(lines, tuple(happened), frozenset(grades))


def _lines(submission: Submission, happened: list[Happened]) -> dict[str, Standing]:
    lines: dict[str, Standing] = {}
    _group(submission, submission.root, happened, lines)
    for one in happened:
        if one.gate.effect == "deduct" and not one.line:
            lines[""] = _rounded(_taken(lines[""], one.least, one.most), submission.plan.rules.rounding.total)
    return lines


def _group(submission: Submission, branch: Branch, happened: list[Happened], lines: dict[str, Standing]) -> Standing:
    """What a group comes to, when everything below it is in the lines."""
    rules, rule = submission.plan.rules, branch.rule
    counts, aggregate = ("points", rules.aggregate) if rule is None else (rule.counts, rule.aggregate)
    inside, beyond = list[Standing](), list[Standing]()
    for part in branch.parts:
        if isinstance(part, Branch):
            found, where = _group(submission, part, happened, lines), "points" if part.rule is None else part.rule.counts
        else:
            leaf = submission.leaves[part]
            found, where = _leaf(submission, leaf, happened), leaf.rule.counts
            lines[leaf.id] = found
        (inside if counts in ("bonus", "malus") or where == "points" else beyond).append(found)
    if branch.unknown:
        group = _unknown(branch.points or ZERO, counts)
    else:
        group = _folded(aggregate, inside)
        if any(part.applies for part in (*inside, *beyond)):
            low, high = (sum((getattr(part, end) for part in beyond), ZERO) for end in ("low", "high"))
            group = group._replace(low=group.low + low, high=group.high + high)
            if rule is not None:
                group = _limited(group, rule, branch.points if rule.points is None else rule.points)
            group = _rounded(group, rules.rounding.total if rule is None else rules.rounding.group)
            group = group._replace(known=all(part.known for part in (*inside, *beyond)) or (aggregate in _MEANS and group.low == group.high))
        else:
            group = group._replace(applies=False)
    lines[branch.id] = _vetoed(group, branch.id, happened) if rule is not None else group
    return lines[branch.id]


def _unknown(points: Fraction, counts: str) -> Standing:
    """A group that cannot be told apart into its rows: anything between nothing and its points."""
    if counts == "points":
        return Standing(ZERO, points, points, points, known=False)
    return Standing(-points if counts == "malus" else ZERO, ZERO if counts == "malus" else points, ZERO, ZERO, known=False)


def _folded(aggregate: str, parts: list[Standing]) -> Standing:
    """What the parts of a group make that count for its points."""
    points, applying = sum((part.points for part in parts), ZERO), sum((part.applying for part in parts), ZERO)
    if aggregate not in _MEANS:
        low, high = sum((part.low for part in parts), ZERO), sum((part.high for part in parts), ZERO)
        if aggregate == "redistribute" and applying:
            # The score of what applies ÷ its points × all points.
            return Standing(low / applying * points, high / applying * points, points, points)
        return Standing(low, high, points, applying)
    # Each is worth the whole; of what applies only in part, the part stands for all of it.
    whole = max((part.points for part in parts), default=ZERO)
    live = [part._replace(low=part.low * whole / part.applying, high=part.high * whole / part.applying) for part in parts if part.applying]
    if not live:
        return Standing(ZERO, ZERO, whole, ZERO)
    return Standing(_mean_of(aggregate, [part.low for part in live]), _mean_of(aggregate, [part.high for part in live]), whole, whole)


def _mean_of(aggregate: str, scores: list[Fraction]) -> Fraction:
    lowest, *_, highest = sorted(scores) * 2
    match aggregate:
        case "mean":
            return sum(scores, ZERO) / len(scores)
        case "geometric-mean":
            return _geometric([score if score > 0 else ZERO for score in scores], 9)
        case "weakest-link":
            return highest if highest - lowest < HALF else lowest + HALF
    return highest if aggregate == "best" else lowest


def _rounded(line: Standing, places: int | None) -> Standing:
    return line if places is None else line.each(lambda score: half_up(score, places))


def _limited(line: Standing, rule: Indicator, points: Fraction | None) -> Standing:
    """A line between the least and the most of its rule; a bonus or a malus is never more than its points, and a malus is taken away."""
    sign = -1 if rule.counts == "malus" else 1
    most = points if rule.most is None and rule.counts != "points" else rule.most

    def held(score: Fraction) -> Fraction:
        score = score * sign if rule.least is None else max(score * sign, rule.least)
        return sign * (score if most is None else min(score, most))

    return line.each(held)


def _taken(line: Standing, least: Fraction, most: Fraction) -> Standing:
    """With points taken off, not below 0; what is below 0 already stays."""
    low, high = min(line.low, max(ZERO, line.low - most)), min(line.high, max(ZERO, line.high - least))
    return line._replace(low=low, high=high, known=line.known and low == high)


def _vetoed(line: Standing, id_: str, happened: list[Happened]) -> Standing:
    """Nothing, if a gate says so; if one may, anything from nothing to what there was."""
    for one in happened:
        if one.gate.effect == "veto" and one.line == id_ and line.applies:
            ends = (ZERO,) if one.certain else (ZERO, line.low, line.high)
            line = line._replace(low=min(ends), high=max(ends), known=one.certain or (line.known and min(ends) == max(ends)))
    return line


# Leaves.


def _leaf(submission: Submission, leaf: Leaf, happened: list[Happened]) -> Standing:
    """A leaf by its rule, then by hand, then by the gates."""
    places = submission.plan.rules.rounding.leaf
    line = _by_rule(leaf, places)
    if not line.applies:
        return line
    taken = [] if leaf.taken is None else [(leaf.taken[0], leaf.taken[0])]
    taken += [(one.least, one.most) for one in happened if one.gate.effect == "deduct" and one.line == leaf.id]
    for least, most in taken:
        line = _rounded(_taken(line, least, most), places)
    return _vetoed(line, leaf.id, happened)


def _by_rule(leaf: Leaf, places: int | None) -> Standing:
    worth, measure = worth_of(leaf) or ZERO, leaf.measure
    own = worth if leaf.rule.counts == "points" else ZERO
    sign = -1 if leaf.rule.counts == "malus" else 1
    if isinstance(measure, Absence):
        match measure.kind:
            case "not-applicable":
                return Standing(ZERO, ZERO, own, ZERO, applies=False)
            case "full" | "zero":
                score = worth if measure.kind == "full" else ZERO
                return _held(Standing(score, score, own, own), leaf, worth)
        if measure.bounds is not None:
            # What a tier leaves open is known where the form is read, limits and signs included.
            return _rounded(Standing(*measure.bounds, own, own, known=False), places)
    if isinstance(measure, Absence) or worth_of(leaf) is None or leaf.curve is None:
        least, most = (ZERO, worth) if leaf.curve is None else _reach(leaf, worth)
        return _rounded(_held(Standing(least, most, own, own, known=False), leaf, worth), places)
    if isinstance(measure, Judged):
        # A person's score is rounded when it is read, and held like any other.
        printed = None if measure.cell is None else points_printed(measure.cell)
        score = measure.score * sign if printed is None else printed if places is None else half_up(printed, places)
        return _rounded(_held(Standing(score, score, own, own), leaf, worth), places)
    if isinstance(measure.value, Interval):
        least, most = curve_of(leaf.rule, _use(leaf), worth).image(measure.value) or _reach(leaf, worth)
        line = _rounded(_held(Standing(least, most, own, own), leaf, worth), places)
        return line._replace(known=line.low == line.high)
    score = textbook(leaf.rule.methods[_use(leaf)][1], worth, measure.value)
    return _rounded(_held(Standing(score, score, own, own), leaf, worth), places)


def _held(line: Standing, leaf: Leaf, worth: Fraction) -> Standing:
    """Between the limits of a fixed indicator; the limits of an open group are those of the group, and not of its rows."""
    rule, sign = leaf.rule._replace(least=None, most=None) if leaf.rule.open else leaf.rule, -1 if leaf.rule.counts == "malus" else 1
    line = _limited(line.each(lambda score: sign * score), rule, worth)
    return line._replace(low=min(line.low, line.high), high=max(line.low, line.high))


def worth_of(leaf: Leaf) -> Fraction | None:
    """The points of a leaf: those that it is scored by, wherever they count."""
    if leaf.rule.counts == "points":
        return leaf.points
    return points_printed(leaf.row.points) if leaf.rule.open and leaf.row is not None else leaf.rule.points


def _use(leaf: Leaf) -> int:
    """Which of the methods of its rule a leaf is scored by."""
    takes = {Lateness: "days", Chosen: "label", Ticked: "items", Judged: "judgement"}.get(type(leaf.measure), "number")
    return [kind for kind, _ in leaf.rule.methods].index(takes)  # type: ignore[arg-type]


def _reach(leaf: Leaf, worth: Fraction) -> tuple[Fraction, Fraction]:
    """The least and the most that the method of a leaf gives whatever is measured."""
    spans = [use.span for _, use in leaf.rule.methods]
    curve = curve_of(leaf.rule, spans.index(leaf.rule_span), worth)
    return curve.least, curve.points if curve.most is None else curve.most


# Gates.


def _put(gate: Gate, submission: Submission, lines: Mapping[str, Standing], read: Reader) -> Iterator[Happened]:
    """What a gate does to the lines that those before it left: to the whole, or to every leaf that it asks."""
    below = [None] if gate.each is None else [leaf for leaf in _leaves_below(submission, submission.root, gate.each) if lines[leaf.id].applies]
    for leaf in below:
        names = Names(lines, leaf, read)
        holds = names.holds(gate.when)
        if holds is False:
            continue
        line = leaf.id if leaf is not None else gate.parameter if gate.effect == "veto" else ""
        if gate.effect != "deduct":
            yield Happened(gate, line, holds is not None)
            continue
        amounts = Names(lines, leaf, read)
        amount = amounts.value(gate.parameter)
        if not amounts.nowhere:
            most = max(ZERO, lines[line].high if amount is None else amount)
            yield Happened(gate, line, holds is not None, ZERO if holds is None or amount is None else most, most)


def _leaves_below(submission: Submission, branch: Branch, id_: str, *, inside: bool = False) -> Iterator[Leaf]:
    """The leaves below an id, or the leaf that it is."""
    inside = inside or branch.id == id_
    for part in branch.parts:
        if isinstance(part, Branch):
            yield from _leaves_below(submission, part, id_, inside=inside)
        elif inside or submission.leaves[part].id == id_:
            yield submission.leaves[part]


class Between(NamedTuple):
    """A score that is not known, and what it lies between."""

    low: Fraction
    high: Fraction


class Names:
    """What the formulas of a gate read of the lines, and of the leaf that it asks; `nowhere` says that they ask for what this form does not have."""

    def __init__(self, lines: Mapping[str, Standing], leaf: Leaf | None, read: Reader) -> None:
        self.lines, self.leaf, self.read, self.nowhere, self.open = lines, leaf, read, False, False

    def holds(self, formula: Formula) -> bool | None:
        """Whether a condition holds; False where nothing is open and it asks for what is not there."""
        found = decided(expression(formula.tree), self.known)
        return False if found is None and self.nowhere and not self.open else found

    def value(self, formula: Formula) -> Fraction | None:
        """The value; None where something has none."""
        return computed(formula, self.known)

    def known(self, name: str) -> Any:
        """What is read under a name."""
        was = self.nowhere
        self.nowhere = False
        found = self._name(name)
        self.open |= (found is None or isinstance(found, Between)) and not self.nowhere
        self.nowhere |= was
        return found

    def _name(self, name: str) -> Any:
        kind, _, id_ = name.partition(".")
        if name in ("total", "总得分"):
            return self._score("")
        if kind in ("score", "得分") and (id_ or self.leaf is not None):
            return self._score(id_ or (self.leaf.id if self.leaf is not None else ""))
        if self.leaf is not None and name in ("points", "分值", "noted", "有说明", "achievement", "完成率"):
            return self._of_leaf(name, self.leaf)
        return self.read(name)

    def _score(self, id_: str) -> Any:
        line = self.lines.get(id_)
        if line is None or (id_ and not line.applies):
            self.nowhere = True
            return None
        return line.low if line.known else Between(line.low, line.high)

    def _of_leaf(self, name: str, leaf: Leaf) -> Any:
        if name in ("points", "分值"):
            return worth_of(leaf)
        if name in ("noted", "有说明"):
            note = leaf.row.note if leaf.row is not None else None
            return Fraction(note is not None and note.text.strip() not in ("", "无", "……"))
        if not isinstance(leaf.measure, Comparison):
            # What was not reached for want of a value may still be; what is no comparison has no rate of achievement.
            self.nowhere = True
            return None
        found = leaf.measure.value if leaf.measure.unrounded is None else leaf.measure.unrounded
        return None if isinstance(found, Interval) else found


# Grades.


def grades_of(total: Fraction, grades: tuple[Grade, ...]) -> list[Grade]:
    """Every grade whose range holds a total; of a partition exactly one."""
    return [grade for grade in grades if grade.range is not None and _inside(grade.range, total)]


def _grades(submission: Submission, total: Standing, happened: list[Happened]) -> set[str | None]:
    """Every grade that a total within the bounds may have, after the gates."""
    ladder = submission.plan.rules.grades
    earned = [place for place, grade in enumerate(ladder) if grade.range is not None]
    ends = [total.low, *(end for place in earned for end in _near(ladder[place]) if total.low < end < total.high), total.high]
    found: set[int | None] = {next((place for place in earned if ladder[place] in grades_of(end, ladder)), None) for end in ends}
    tops = [top.points for top in submission.tree.indicators if top.counts == "points"]
    points = [top for top in tops if top is not None]
    whole = submission.plan.rules.declared if None in tops else max(points, default=ZERO) if submission.tree.whole else sum(points, ZERO)
    if whole is not None and whole != total.applying:
        # Grades are laid down for the rule set's own points.
        found = {None}
    for one in happened:
        if one.gate.effect in ("grade", "grade-cap", "downgrade"):
            moved = {_moved(one.gate, place, max(earned, default=0)) for place in found}
            found = moved if one.certain else found | moved
    return {None if place is None else ladder[place].label.zh for place in found}


def _near(grade: Grade) -> Iterator[Fraction]:
    """The ends of a grade and what lies beside them, so close that no total lies between."""
    for end in (grade.range.low, grade.range.high) if grade.range is not None else ():
        yield from () if end is None else (end - _SHORT, end, end + _SHORT)


_SHORT = Fraction(1, 10**60)


def _moved(gate: Gate, place: int | None, last: int) -> int | None:
    if gate.effect == "grade":
        return int(gate.parameter)
    if place is None or (gate.effect == "grade-cap" and place >= gate.parameter):
        return place
    return int(gate.parameter) if gate.effect == "grade-cap" else place if place > last else min(last, place + int(gate.parameter))


# --- formulas ----------------------------------------------------------------------------------------------------------------------------

#: A formula as a tree: `("number", 1/2)`, `("name", "编制数")`, `("+", a, b)`, `("if", condition, a, b)` …
Expression = tuple[Any, ...]


def value(expression: Expression, facts: Mapping[str, Any]) -> Fraction:
    """The exact value of a formula's tree, a condition as 1 or 0; raises ZeroDivisionError, and ValueError where a function has no value."""
    sign, *parts = expression
    match sign:
        case "number":
            return Fraction(parts[0])
        case "name":
            return Fraction(facts[parts[0]])
        case "and":
            return Fraction(all(value(part, facts) for part in parts))
        case "or":
            return Fraction(any(value(part, facts) for part in parts))
        case "if":
            return value(parts[1] if value(parts[0], facts) else parts[2], facts)
        case "round_half_up" | "ln" | "geomean":
            *parts, places = parts
            numbers = _numbers(parts, facts)
            return half_up(numbers[0], places) if sign == "round_half_up" else (_logarithm if sign == "ln" else _geometric)(numbers, places)
        case "sum" | "mean" | "count" | "min" | "max":
            return _of_several(sign, _numbers(parts, facts))
    return _arithmetic(sign, _numbers(parts, facts))


def _numbers(parts: list[Expression], facts: Mapping[str, Any]) -> list[Fraction]:
    """The values of some parts, or the numbers of the one list that they are."""
    one = facts[parts[0][1]] if parts[0][0] == "name" else None
    return list(one) if isinstance(one, tuple) else [value(part, facts) for part in parts]


def _of_several(sign: str, numbers: list[Fraction]) -> Fraction:
    if sign in ("sum", "count"):
        return sum(numbers, ZERO) if sign == "sum" else Fraction(len(numbers))
    if not numbers:
        raise ValueError(sign)
    ordered = sorted(numbers)
    return ordered[0] if sign == "min" else ordered[-1] if sign == "max" else sum(numbers, ZERO) / len(numbers)


def _logarithm(numbers: list[Fraction], places: int) -> Fraction:
    if numbers[0] <= 0:
        raise ValueError(numbers)
    # 60 digits tell on which side of a tie the logarithm of any number lies that is not made to lie there.
    context = Context(60)
    return half_up(Fraction(context.ln(context.divide(Decimal(numbers[0].numerator), Decimal(numbers[0].denominator)))), places)


def _geometric(numbers: list[Fraction], places: int) -> Fraction:
    """By bisection: the first multiple of the last place of which half a place more, multiplied by itself, is above the product."""
    if not numbers or min(numbers) < 0:
        raise ValueError(numbers)
    unit, product = Fraction(1, 10**places), prod(numbers)
    low, high = -1, int(max(numbers) / unit) + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if ((middle + HALF) * unit) ** len(numbers) > product else (middle, high)
    return high * unit


def _arithmetic(sign: str, numbers: list[Fraction]) -> Fraction:
    first, last = numbers[0], numbers[-1]
    match sign:
        case "+":
            return first + last
        case "-":
            return first - last
        case "*":
            return first * last
        case "/":
            return first / last
        case "minus":
            return -first
        case "abs":
            return max(first, -first)
        case "days":
            return last - first
        case "not":
            return Fraction(not first)
    return Fraction(_holds(sign, first, last))


def _holds(sign: str, first: Fraction, last: Fraction) -> bool:
    difference = first - last
    return {
        "<": difference < 0,
        "<=": difference <= 0,
        ">": difference > 0,
        ">=": difference >= 0,
        "==": difference == 0,
        "!=": difference != 0,
    }[sign]


_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.USub: "minus", ast.Not: "not", ast.And: "and", ast.Or: "or",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip


def expression(tree: Any) -> Expression:
    """The tree of a checked formula in the words of this module."""
    match tree:
        case ast.Constant():
            return ("number", tree.value)
        case ast.Name(id=name):
            return ("name", name)
        case ast.Attribute(value=head, attr=rest):
            return ("name", f"{expression(head)[1]}.{rest}")
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return expression(operand)
        case ast.UnaryOp(op=op, operand=operand):
            return (_SIGNS[type(op)], expression(operand))
        case ast.BinOp(op=op, left=left, right=right):
            return (_SIGNS[type(op)], expression(left), expression(right))
        case ast.BoolOp(op=op, values=values):
            return (_SIGNS[type(op)], *map(expression, values))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return ("if", expression(test), expression(body), expression(orelse))
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            ends = [left, *comparators]
            return ("and", *((_SIGNS[type(op)], expression(one), expression(other)) for op, one, other in zip(ops, ends, comparators, strict=False)))
        case ast.Call(func=ast.Name(id=name), args=args):
            *numbers, last = args
            places = [int(str(last.value))] if name in ("round_half_up", "ln", "geomean") and isinstance(last, ast.Constant) else [expression(last)]
            return (name, *map(expression, numbers), *places)
    raise TypeError(tree)


def decided(condition: Expression, read: Callable[[str], Any]) -> bool | None:
    """Whether a condition holds as far as it can be told: `a or b` holds where a does, whatever b is; None where what is not known decides it."""
    sign, *parts = condition
    if sign in ("and", "or"):
        found = {decided(part, read) for part in parts}
        return (sign == "or") if (sign == "or") in found else None if None in found else sign == "and"
    if sign == "not":
        below = decided(parts[0], read)
        return None if below is None else not below
    try:
        # A number by itself that is only known between two is compared at both ends.
        open_ = {part[1]: found for part in parts if part[0] == "name" and sign in _ORDER and isinstance(found := read(part[1]), Between)}
        ends = zip(*open_.values(), strict=True) if len(open_) == 1 else ((),)
        found = {bool(value(condition, _Reading(read, dict(zip(open_, end, strict=False))))) for end in ends}
        return found.pop() if len(found) == 1 else None
    except (ZeroDivisionError, ValueError, LookupError):
        return None


_ORDER = ("<", "<=", ">", ">=")


class _Reading(dict[str, Any]):
    """Facts as they are asked for, besides those that are given; a LookupError where there is none."""

    def __init__(self, read: Callable[[str], Any], given: dict[str, Any]) -> None:
        super().__init__(given)
        self.read = read

    def __missing__(self, name: str) -> Any:
        found = self.read(name)
        if found is None or isinstance(found, Between):
            raise LookupError(name)
        return found


def computed(formula: Formula, read: Callable[[str], Any]) -> Fraction | None:
    """The value of a formula, None where something that it reads has none, or where it has none itself."""
    facts = {one.name: read(one.name) for one in formula.reads}
    if any(found is None or isinstance(found, Between) for found in facts.values()):
        return None
    try:
        return value(expression(formula.tree), facts)
    except (ZeroDivisionError, ValueError):
        return None
