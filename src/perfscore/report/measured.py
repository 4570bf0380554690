"""A measure to the lines that say it with its numbers put in, and to what would have earned full points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from perfscore.model.curve import Curve
from perfscore.model.measure import Absence, Chosen, Comparison, Computed, Fact, Judged, Lateness, Measure, Ticked
from perfscore.model.submission import Leaf
from perfscore.report.figures import between, counted, cut, format_cut, number, percent, share
from perfscore.scoring.formula import put_in
from perfscore.text.interval import Interval
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import Quantity, Unit, format_number
from perfscore.text.source import Span

ONE = Fraction(1)
#: Of a longer list the first numbers and their count are shown.
_MOST_NUMBERS = 8


class Reason(NamedTuple):
    """One line of an explanation and the place it rests on."""

    text: str
    span: Span | None = None


def measured(measure: Measure, leaf: Leaf, lang: Lang) -> list[Reason]:
    """What was measured, in the words and numbers of the form."""
    zh = lang == "zh"
    if isinstance(measure, Comparison):
        actual = measure.actual
        if measure.same:
            text = actual.text.strip()
            return [
                Reason(
                    f"实际完成值与年度指标值相同（{text}），达到目标" if zh else f"the actual value is the target itself ({text}): met", actual.span
                )
            ]
        return [Reason(_compared(measure.target.text.strip(), actual.text.strip(), measure, lang), actual.span)]
    if isinstance(measure, Computed):
        return _computed(measure, leaf, lang)
    if isinstance(measure, Judged):
        return [Reason(_judged(leaf, measure, lang), measure.cell.span if measure.cell else None)]
    if isinstance(measure, Ticked):
        return list(_ticked(measure, leaf, lang))
    if isinstance(measure, Lateness):
        return [Reason(_late(measure.target.text.strip(), measure.actual.text.strip(), measure.value, lang), measure.actual.span)]
    return [Reason(f"填报等级：{measure.label}" if zh else f"level reported: {measure.label}", measure.cell.span)]


# Formulas.


def _computed(measure: Computed, leaf: Leaf, lang: Lang) -> list[Reason]:
    facts = measure.facts
    reasons = grounds(facts, lang)
    said = {fact.name: spoken(fact, lang) for fact in facts}
    name, text = measure.label.text(lang), measure.formula.text
    alone = bool(facts) and text.strip() == facts[0].name
    if measure.formula.kind == "truth" and not (alone and facts[0].cell is not None):
        held = Phrase("成立", "holds") if measure.value == 1 else Phrase("不成立", "does not hold")
        result = f"：{held.zh}" if lang == "zh" else f": {held.en}"
    else:
        result = " = " + (_rate(measure, lang) if ("/" in text or "÷" in text) and not _in_points(leaf) else number(measure.value))
    if alone and (facts[0].cell is not None or facts[0].computed is not None) and (not facts[0].of or measure.formula.kind == "truth"):
        # A measure that is one fact has been said with it.
        result = ""
    span = next((fact.cell.span for fact in facts if fact.cell is not None), measure.formula.span)
    reasons.append(Reason(f"{name}{' = ' if name else ''}{put_in(measure.formula, _once(said, facts))}{result}", span))
    return reasons


def _in_points(leaf: Leaf) -> bool:
    """Whether the measure is the score itself, which no rate is."""
    curve = leaf.curve
    if curve is not None:
        for piece in curve.pieces:
            slope = piece.upper.slope
            # In whole numbers, because a mass of explanations passes here.
            if slope.denominator == 1 and slope.numerator in (1, -1):
                return leaf.rule.points != 1
    return False


def grounds(facts: tuple[Fact, ...], lang: Lang) -> list[Reason]:
    """How facts were computed from others, each once and behind those that it needs; and what the rules lay down where the form is silent."""
    found: dict[str, Reason] = {}
    for fact in facts:
        if fact.default or fact.computed is not None:
            _ground(fact, lang, found)
    return [*found.values()]


def _once(said: Mapping[str, str], facts: Iterable[Fact]) -> Callable[[str], str]:
    """How names are shown in a formula; the numbers of a list once, where it first stands."""
    lists = {fact.name for fact in facts if isinstance(fact.value, tuple)}
    told: set[str] = set()

    def shown(name: str) -> str:
        if name in told and name in lists:
            return name
        told.add(name)
        return said.get(name, name)

    return shown


def _ground(fact: Fact, lang: Lang, found: dict[str, Reason]) -> None:
    name = fact.of or fact.name
    if name in found:
        return
    if fact.computed is not None:
        for below in fact.computed.facts:
            _ground(below, lang, found)
        made = fact.computed
        said = {below.name: spoken(below, lang) for below in made.facts}
        found[name] = Reason(f"{name} = {put_in(made.formula, _once(said, made.facts))} = {_value(fact, lang)}", made.formula.span)
    elif fact.default and fact.cell is not None:
        text = fact.cell.text.strip()
        told = f"{name}：表上没有填，规则缺省为 {text}" if lang == "zh" else f"{name}: not on the form, {text} by the rules"
        found[name] = Reason(told, fact.cell.span)


def spoken(fact: Fact, lang: Lang, called: str = "") -> str:
    """A fact with its value as the form prints it: `全年执行数 1403.23`, `地区 = 西部`."""
    if fact.of and fact.of != fact.name:
        # `地区.东部` asks for one word; the form says which it is.
        chosen = f"{fact.of} = {fact.cell.text.strip() if fact.cell is not None else ''}"
        word = fact.name.removeprefix(f"{fact.of}.")
        return chosen if fact.value else chosen + Phrase(f"（不是{word}）", f" (not {word})").text(lang)
    return f"{called or fact.name} {_value(fact, lang)}"


def _value(fact: Fact, lang: Lang) -> str:
    if isinstance(fact.value, tuple):
        printed = fact.cell.text.split("、") if fact.cell is not None else [format_number(one) for one in fact.value]
        joined = Phrase("、", ", ").text(lang).join(one.strip() for one in printed[:_MOST_NUMBERS])
        if len(printed) > _MOST_NUMBERS:
            joined += Phrase(f"……共 {len(printed)} 个数", f", … {len(printed)} numbers").text(lang)
        return joined
    if fact.cell is not None:
        return fact.cell.text.strip()
    # What is computed has the unit that the rules declare, and 万元 is what formulas count in.
    return percent(fact.value) if fact.unit == "%" else format_cut(fact.value, 4)


def _rate(measure: Comparison | Computed, lang: Lang) -> str:
    value, before = measure.value, measure.unrounded
    if before is None:
        return percent(value) if isinstance(value, Fraction) else share(value)
    if before == value:
        return share(value)
    return f"{share(before)} → {share(value)}（先四舍五入）" if lang == "zh" else f"{share(before)} → {share(value)} (rounded first)"


# Rows of the form.


def _compared(target: str, actual: str, measure: Comparison, lang: Lang) -> str:
    rate, direction = _rate(measure, lang), measure.direction
    if isinstance(measure.value, Fraction) and measure.value.denominator == 1 and nothing_divided(measure):
        met = measure.value >= 1
        if lang == "zh":
            return f"目标 {target}，实际 {actual}，" + ("达到目标" if met else "未达到目标")
        return f"target {target}, actual {actual}: " + ("met" if met else "not met")
    if lang == "zh":
        if direction == "lower":
            return f"完成率 = 目标 {target} ÷ 实际 {actual} = {rate}（反向指标）"
        return (
            f"目标 {target}，实际 {actual}，完成率 {rate}（区间指标）" if direction == "range" else f"完成率 = 实际 {actual} ÷ 目标 {target} = {rate}"
        )
    if direction == "lower":
        return f"achievement = target {target} ÷ actual {actual} = {rate} (lower is better)"
    if direction == "range":
        return f"target {target}, actual {actual}: achievement {rate} (inside the range is best)"
    return f"achievement = actual {actual} ÷ target {target} = {rate}"


def nothing_divided(measure: Comparison) -> bool:
    """Whether the target, or the actual value of a 反向 indicator, is zero: then nothing is divided, it is met or it is not."""
    goal, done, lower = measure.read_target, measure.read_actual, measure.direction == "lower"
    if not isinstance(goal, Quantity) or not isinstance(done, Quantity):
        return False
    first, second = (goal.high, goal.low) if lower else (goal.low, goal.high)
    end = first if first is not None else second
    # An interval that is open below has no end to divide by and none to be zero.
    return (end is not None and end <= 0) or (done.low is not None and done.low == done.high and done.low <= 0 and (lower or done.low < 0))


def _late(target: str, actual: str, value: Fraction | Interval, lang: Lang) -> str:
    days = value if isinstance(value, Fraction) else value.high
    start = f"期限 {target}，完成 {actual}：" if lang == "zh" else f"due {target}, done {actual}: "
    if days is not None and days.numerator <= 0:
        return start + ("按时" if lang == "zh" else "in time")
    if isinstance(value, Fraction):
        return start + (f"逾期 {format_number(value)} 天" if lang == "zh" else f"{counted(format_number(value), 'day')} late")
    if value.low is None or value.low <= 0 or value.high is None:
        return start + ("不能确定是否逾期" if lang == "zh" else "whether it is late cannot be told")
    least, most = format_number(value.low), format_number(value.high)
    return start + (f"逾期 {least} 至 {most} 天" if lang == "zh" else f"{least} to {most} days late")


WHOSE = {
    "judged": Phrase("评定得分", "the judged score"),
    "reported": Phrase("单位自评得分", "the unit's own score"),
    "default": Phrase("规则规定的得分", "the score that the rules lay down"),
}


def _judged(leaf: Leaf, measure: Judged, lang: Lang) -> str:
    row, cells = leaf.row, ""
    if row is not None and row.target is not None and row.actual is not None and (row.target.text.strip() or row.actual.text.strip()):
        target, actual = row.target.text.strip(), row.actual.text.strip()
        cells = f"目标“{target}”，实际“{actual}”；" if lang == "zh" else f"target “{target}”, actual “{actual}”; "
    score = measure.cell.text.strip() if measure.cell is not None else format_number(abs(measure.score))
    whose = WHOSE[measure.whose].text(lang)
    return f"{cells}{whose} {score.removesuffix('分')} 分" if lang == "zh" else f"{cells}{whose}: {score.removesuffix('分')} points"


# Items.


def _ticked(measure: Ticked, leaf: Leaf, lang: Lang) -> Iterator[Reason]:
    """Every item that counts with its points and its place, and of a checklist every item that is lacking."""
    earns = _earns(leaf)
    rule = leaf.rule_span
    for label, least, most, cell in measure.amounts:
        points = between(least, most)
        if earns:
            told = Phrase(f"符合“{label}”：{points} 分", f"met, “{label}”: {counted(points, 'point')}")
        elif least == most:
            told = Phrase(f"发生“{label}”：扣 {points} 分", f"occurred, “{label}”: {counted(points, 'point')} taken")
        else:
            told = Phrase(
                f"发生“{label}”：可扣 {points} 分，表上没有写明扣多少",
                f"occurred, “{label}”: {points} points to be taken, the form does not say how many",
            )
        yield Reason(told.text(lang), cell.span if cell is not None else rule)
    for label, least, most, cell in measure.lacking if earns else ():
        points = between(least, most)
        told = Phrase(f"不符合“{label}”：少得 {points} 分", f"not met, “{label}”: {counted(points, 'point')} less")
        yield Reason(told.text(lang), cell.span if cell is not None else rule)
    if not measure.amounts and not earns:
        told = Phrase("表上没有要扣分的事项", "the form has nothing that takes points")
        yield Reason(told.text(lang), measure.cell.span if measure.cell is not None else rule)


def _earns(leaf: Leaf) -> bool:
    """Whether an item that is met earns points, instead of taking some."""
    rises = any(piece.upper.slope > 0 for piece in leaf.curve.pieces) if leaf.curve is not None else True
    return rises is (leaf.rule.counts != "malus")


# What would have earned full points.


def needed(leaf: Leaf, lang: Lang) -> str:
    """What would have earned full points: in the numbers of the form where they are known, else the measures that do."""
    measure, curve = leaf.measure, leaf.curve
    if curve is None or isinstance(measure, Absence) or not isinstance(measure.value, Fraction):
        return ""
    if isinstance(measure, Judged):
        if measure.whose == "default":
            return "没有评定得分，按规则的规定计分" if lang == "zh" else "there is no judged score, and the rules say what counts then"
        who = WHOSE[measure.whose]
        return f"以{who.zh}为准，原因应写入“偏差原因”栏" if lang == "zh" else f"{who.en} decides; the form should say why"
    if isinstance(measure, Chosen | Ticked):
        # A level says it all, and so do the items, one by one.
        return ""
    if isinstance(measure, Lateness):
        return "按时完成才记满分" if lang == "zh" else "full points are given in time"
    most = None if leaf.rule.open else leaf.rule.most
    if most is None or most >= curve.points:
        return _missing_amount(measure, curve, curve.points, lang) or _full_range(curve, curve.points, lang)
    if (curve.score(measure.value) or 0) >= most:
        return Phrase(f"最高只记 {format_number(most)} 分", f"{counted(format_number(most), 'point')} at most").text(lang)
    return _missing_amount(measure, curve, most, lang) or _full_range(curve._replace(full=None), most, lang)


def _full_range(curve: Curve, points: Fraction, lang: Lang) -> str:
    if curve.full is not None:
        return curve.full.text(lang)
    best = next((piece for piece in curve.pieces if not piece.upper.slope and piece.upper.intercept >= points), None)
    return "" if best is None else best.reason.text(lang)


def _missing_amount(measure: Comparison | Computed, curve: Curve, points: Fraction, lang: Lang) -> str:
    wanted = _full_from(curve, points)
    if wanted is None or not isinstance(measure.value, Fraction) or measure.value >= wanted:
        return ""
    if isinstance(measure, Comparison):
        return _missing_actual(measure, wanted, lang)
    quotient = measure.formula.quotient
    facts = {fact.name: fact for fact in measure.facts}
    if quotient is None or not facts.keys() >= {*quotient}:
        return ""
    # In the unit as printed: both cells of a table share it.
    top, bottom = facts[quotient[0]], facts[quotient[1]]
    if top.of or top.computed is not None:
        return ""
    part, all_of, factor = top.number, bottom.number, top.factor
    gap = wanted.numerator * all_of.numerator * part.denominator - part.numerator * wanted.denominator * all_of.denominator
    amount = cut(gap * factor.denominator, wanted.denominator * all_of.denominator * part.denominator * factor.numerator, 2)
    return f"{top.name}还差 {amount}{top.unit}" if lang == "zh" else f"{top.name} is {amount}{top.unit} short"


def _full_from(curve: Curve, points: Fraction) -> Fraction | None:
    """The measure from which on full points, or the most that there are, are given; most curves have a level piece for it, the others are inverted."""
    n, d = points.numerator, points.denominator
    for piece in curve.pieces:
        line = piece.upper
        if not line.slope.numerator and line.intercept.numerator * d >= n * line.intercept.denominator:
            return piece.on.low
    reach = curve.reach(points)
    return None if reach is None else reach[0]


def _missing_actual(measure: Comparison, wanted: Fraction, lang: Lang) -> str:
    goal, done = measure.read_target, measure.read_actual
    if not isinstance(goal, Quantity) or not isinstance(done, Quantity) or done.low is None or not wanted:
        return ""
    # A bare number stands in the unit of the other.
    unit = goal.unit or done.unit
    factor = unit.factor if unit is not None else ONE
    actual = done.low / factor if done.unit is not None else done.low
    low, high = (end / factor if end is not None and goal.unit is not None else end for end in (goal.low, goal.high))
    if measure.direction == "range":
        gap = low - actual if low is not None and actual < low else high - actual if high is not None else None
    elif measure.direction == "lower":
        limit = high if high is not None else low
        gap = None if limit is None else limit / wanted - actual
    else:
        limit = low if low is not None else high
        gap = None if limit is None else limit * wanted - actual
    return "" if gap is None else _short(gap, unit, lang)


def _short(gap: Fraction, unit: Unit | None, lang: Lang) -> str:
    """How much an actual value lacks, or (below zero) has too much."""
    amount = format_cut(abs(gap), 2)
    if unit is not None and unit.name == "%":
        # What 88.2% lacks of 90% is percentage points and no per cent.
        amount += " 个百分点" if lang == "zh" else " percentage points"
    elif unit is not None:
        amount += unit.name
    if lang == "zh":
        return f"实际完成值还差 {amount}" if gap > 0 else f"实际完成值超出 {amount}"
    return f"the actual value is {amount} {'short' if gap > 0 else 'too high'}"
