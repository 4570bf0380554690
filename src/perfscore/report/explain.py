"""A scored leaf to the reasons for its score: the measure with its numbers put in, the piece of the curve, what was lost and what would have earned it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from perfscore.model.curve import Curve, Line, Piece
from perfscore.model.measure import Absence, Chosen, Comparison, Computed, Judged, Lateness, Measure
from perfscore.model.outcome import Outcome
from perfscore.model.rules import Basis
from perfscore.model.submission import Hot, Leaf
from perfscore.scoring.engine import Evaluation
from perfscore.scoring.formula import put_in
from perfscore.text.interval import Interval
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import Quantity, Unit, format_number
from perfscore.text.source import Span

ONE, ZERO = Fraction(1), Fraction(0)


class Reason(NamedTuple):
    """One line of an explanation and the place it rests on."""

    text: str
    span: Span | None = None


def why(outcome: Outcome, lang: Lang) -> list[Reason]:
    """The reasons of one outcome, in order; of a group only what is its own."""
    leaf = outcome.leaf
    if leaf is None:
        if outcome.status != "missing" or outcome.points is None:
            return []
        said = f"{outcome.note.text(lang)}{'，' if lang == 'zh' else ': '}" if outcome.note is not None else ""
        return [Reason(said + _open(outcome.bounds, lang))]
    measure = leaf.measure
    if not isinstance(measure, Absence) and outcome.score is not None and outcome.piece is not None:
        return _complete(leaf, measure, outcome.piece, outcome.score.numerator, outcome.score.denominator, lang)
    reasons = [_absent(leaf, measure, lang) if isinstance(measure, Absence) else _measured(measure, leaf, lang)]
    if outcome.points is None:
        reasons.append(
            Reason("这一行没有分值，不能单独计分" if lang == "zh" else "the row has no points, and so no score of its own", leaf.rule_span)
        )
    elif outcome.status == "missing":
        reasons.append(Reason(_open(outcome.bounds, lang), leaf.rule_span))
    elif outcome.lost:
        reasons.append(Reason(_lost(leaf, outcome.lost.numerator, outcome.lost.denominator, lang)))
    return reasons


def all_reasons(evaluation: Evaluation, lang: Lang) -> Iterator[tuple[Leaf, list[Reason]]]:
    """Every leaf with its reasons, straight from the scores: what a mass of explanations is made with."""
    submission = evaluation.submission
    unit = 10**submission.plan.places
    complete = iter(zip(submission.places, submission.hot, evaluation.scores, strict=True))
    next_place, hot, score = next(complete, (-1, None, 0))
    rest: dict[str, Outcome] = {}
    for place, leaf in enumerate(submission.leaves):
        measure, curve = leaf.measure, leaf.curve
        if place == next_place and hot is not None and curve is not None and not isinstance(measure, Absence):
            yield leaf, _complete(leaf, measure, curve.pieces[_place(measure, hot)], score, unit, lang)
            next_place, hot, score = next(complete, (-1, None, 0))
            continue
        if isinstance(measure, Absence) and measure.kind == "not-applicable":
            yield leaf, [_absent(leaf, measure, lang)]
            continue
        rest = rest or {found.id: found for found in _leaves(evaluation.root)}
        yield leaf, why(rest[leaf.id], lang)


def _place(measure: Measure, hot: Hot) -> int:
    """The piece of the curve, found in the same integers as the score."""
    if isinstance(measure, Judged):
        return measure.value.numerator if isinstance(measure.value, Fraction) else 0
    n, d, steps = hot
    place = len(steps) - 1
    for floor_n, floor_d, opened, _, _, _ in steps:
        if n * floor_d - floor_n * d >= opened:
            break
        place -= 1
    return place


def _leaves(outcome: Outcome) -> Iterator[Outcome]:
    if outcome.leaf is not None:
        yield outcome
    for child in outcome.children:
        yield from _leaves(child)


def _complete(leaf: Leaf, measure: Measure, piece: Piece, score: int, unit: int, lang: Lang) -> list[Reason]:
    """The reasons of a complete leaf; its score is `score / unit`. In whole numbers, because a mass of explanations passes here."""
    reasons = [_measured(measure, leaf, lang), _scored(leaf, measure, piece, score, unit, lang)]
    points = leaf.points
    if points is not None:
        lost = points.numerator * unit - score * points.denominator
        if lost:
            reasons.append(Reason(_lost(leaf, lost, points.denominator * unit, lang)))
    return reasons


def basis_named(basis: tuple[Basis, ...], lang: Lang) -> str:
    """The documents a rule rests on, with a word for what has not been checked against their own text."""
    unchecked = "（未核对原文）" if lang == "zh" else " (text not checked)"
    return ("；" if lang == "zh" else "; ").join(str(one) + ("" if one.verified else unchecked) for one in basis)


def basis_line(basis: tuple[Basis, ...], lang: Lang) -> str:
    """`basis_named` as a line of an explanation."""
    named = basis_named(basis, lang)
    return "" if not named else f"依据：{named}" if lang == "zh" else f"basis: {named}"


def _absent(leaf: Leaf, absence: Absence, lang: Lang) -> Reason:
    return Reason(absence.why.text(lang), leaf.row.span if leaf.row is not None else leaf.rule.span)


def _measured(measure: Measure, leaf: Leaf, lang: Lang) -> Reason:
    zh = lang == "zh"
    if isinstance(measure, Comparison):
        actual = measure.actual
        if measure.same:
            text = actual.text.strip()
            return Reason(
                f"实际完成值与年度指标值相同（{text}），达到目标" if zh else f"the actual value is the target itself ({text}): met", actual.span
            )
        return Reason(_compared(measure.target.text.strip(), actual.text.strip(), measure, lang), actual.span)
    if isinstance(measure, Judged):
        return Reason(_judged(leaf, measure, lang), measure.cell.span if measure.cell else None)
    if isinstance(measure, Lateness):
        return Reason(_late(measure.target.text.strip(), measure.actual.text.strip(), measure.value, lang), measure.actual.span)
    if isinstance(measure, Chosen):
        return Reason(f"填报等级：{measure.label}" if zh else f"level reported: {measure.label}", measure.cell.span)
    return _computed(measure, lang)


def _computed(measure: Computed, lang: Lang) -> Reason:
    shown = {fact.name: f"{fact.name} {fact.cell.text.strip() if fact.cell else format_number(fact.value)}" for fact in measure.facts}
    name, text = measure.label.text(lang), measure.formula.text
    result = " = " + (_rate(measure, lang) if "/" in text or "÷" in text else _number(measure.value))
    if measure.facts and text.strip() == measure.facts[0].name and measure.facts[0].cell is not None:
        # A measure that is one fact has been said with it.
        result = ""
    span = next((fact.cell.span for fact in measure.facts if fact.cell is not None), measure.formula.span)
    return Reason(f"{name}{' = ' if name else ''}{put_in(measure.formula, shown.__getitem__)}{result}", span)


def _compared(target: str, actual: str, measure: Comparison, lang: Lang) -> str:
    share, direction = _rate(measure, lang), measure.direction
    if isinstance(measure.value, Fraction) and measure.value.denominator == 1 and nothing_divided(measure):
        met = measure.value >= 1
        if lang == "zh":
            return f"目标 {target}，实际 {actual}，" + ("达到目标" if met else "未达到目标")
        return f"target {target}, actual {actual}: " + ("met" if met else "not met")
    if lang == "zh":
        if direction == "lower":
            return f"完成率 = 目标 {target} ÷ 实际 {actual} = {share}（反向指标）"
        return (
            f"目标 {target}，实际 {actual}，完成率 {share}（区间指标）"
            if direction == "range"
            else f"完成率 = 实际 {actual} ÷ 目标 {target} = {share}"
        )
    if direction == "lower":
        return f"achievement = target {target} ÷ actual {actual} = {share} (lower is better)"
    if direction == "range":
        return f"target {target}, actual {actual}: achievement {share} (inside the range is best)"
    return f"achievement = actual {actual} ÷ target {target} = {share}"


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
        return start + (f"逾期 {format_number(value)} 天" if lang == "zh" else f"{_count(format_number(value), 'day')} late")
    if value.low is None or value.low <= 0 or value.high is None:
        return start + ("不能确定是否逾期" if lang == "zh" else "whether it is late cannot be told")
    least, most = format_number(value.low), format_number(value.high)
    return start + (f"逾期 {least} 至 {most} 天" if lang == "zh" else f"{least} to {most} days late")


def _count(number: str, noun: str) -> str:
    return f"{number} {noun}{'' if number == '1' else 's'}"


_WHOSE = {
    "judged": Phrase("评定得分", "the judged score"),
    "reported": Phrase("单位自评得分", "the unit's own score"),
    "default": Phrase("规则规定的得分", "the score that the rules lay down"),
}


def _judged(leaf: Leaf, measure: Judged, lang: Lang) -> str:
    row, cells = leaf.row, ""
    if row is not None and row.target is not None and row.actual is not None and (row.target.text.strip() or row.actual.text.strip()):
        target, actual = row.target.text.strip(), row.actual.text.strip()
        cells = f"目标“{target}”，实际“{actual}”；" if lang == "zh" else f"target “{target}”, actual “{actual}”; "
    score = measure.cell.text.strip() if measure.cell is not None else format_number(measure.score)
    whose = _WHOSE[measure.whose].text(lang)
    return f"{cells}{whose} {score.removesuffix('分')} 分" if lang == "zh" else f"{cells}{whose}: {score.removesuffix('分')} points"


def _scored(leaf: Leaf, measure: Measure, piece: Piece, score: int, unit: int, lang: Lang) -> Reason:
    reason = piece.reason.zh if lang == "zh" else piece.reason.en
    if isinstance(measure, Judged):
        if measure.tier is None:
            # Nobody named the tier: the score says which it falls into.
            reason = f"未填完成等级；按得分属于{reason}" if lang == "zh" else f"no tier is given; by its score {reason}"
        return Reason(reason, piece.span or leaf.rule_span)
    line = piece.upper
    if line.slope.numerator and isinstance(measure.value, Fraction):
        slope, offset, value = line.slope, line.intercept, measure.value
        n = slope.numerator * value.numerator * offset.denominator + offset.numerator * slope.denominator * value.denominator
        d = slope.denominator * value.denominator * offset.denominator
        told = _told(line, value, leaf.points, _cut(n, d, 4), lang)
        reason = f"{reason}：{told}" if lang == "zh" else f"{reason}: {told}"
    else:
        n, d = line.intercept.numerator, line.intercept.denominator
    if n * unit != score * d:
        rounded = _cut(score, unit, 9)
        reason += f" → {rounded}（四舍五入）" if lang == "zh" else f" → {rounded} (half up)"
    return Reason(reason, piece.span)


def _told(line: Line, value: Fraction, points: Fraction | None, exact: str, lang: Lang) -> str:
    """The arithmetic of a plain proportion; the coefficients of any other line say nothing that its reason does not say better."""
    if not line.intercept.numerator and line.slope == points:
        return f"{'分值' if lang == 'zh' else 'points'} {format_cut(line.slope, 9)} × {_percent(value)} = {exact}"
    return f"得 {exact} 分" if lang == "zh" else f"{exact} points"


def _open(bounds: tuple[Fraction, Fraction], lang: Lang) -> str:
    low, high = outward(bounds)
    return f"得分尚不能确定，在 {low} 到 {high} 分之间" if lang == "zh" else f"the score cannot be told yet: between {low} and {high}"


def _lost(leaf: Leaf, n: int, d: int, lang: Lang) -> str:
    """`n / d` points lost, or (below zero) earned beyond the indicator's own."""
    amount = _cut(abs(n), d, 9)
    if n < 0:
        return f"超出分值 {amount} 分" if lang == "zh" else f"{_count(amount, 'point')} above the indicator's own"
    needed = _needed(leaf, lang)
    if lang == "zh":
        return f"未得 {amount} 分" + (f"：{needed}" if needed else "")
    return f"{_count(amount, 'point')} not earned" + (f": {needed}" if needed else "")


def _needed(leaf: Leaf, lang: Lang) -> str:
    """What would have earned full points: in the numbers of the form where they are known, else the measures that do."""
    measure, curve = leaf.measure, leaf.curve
    if curve is None or isinstance(measure, Absence) or not isinstance(measure.value, Fraction):
        return ""
    if isinstance(measure, Judged):
        if measure.whose == "default":
            return "没有评定得分，按规则的规定计分" if lang == "zh" else "there is no judged score, and the rules say what counts then"
        who = _WHOSE[measure.whose]
        return f"以{who.zh}为准，原因应写入“偏差原因”栏" if lang == "zh" else f"{who.en} decides; the form should say why"
    if isinstance(measure, Chosen):
        return ""
    if isinstance(measure, Lateness):
        return "按时完成才记满分" if lang == "zh" else "full points are given in time"
    return _missing_amount(measure, curve, lang) or _full_range(curve, lang)


def _full_range(curve: Curve, lang: Lang) -> str:
    if curve.full is not None:
        return curve.full.text(lang)
    best = next((piece for piece in curve.pieces if not piece.upper.slope and piece.upper.intercept >= curve.points), None)
    return "" if best is None else best.reason.text(lang)


def _missing_amount(measure: Comparison | Computed, curve: Curve, lang: Lang) -> str:
    wanted = _full_from(curve)
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
    part, all_of, factor = top.value, bottom.value, top.factor
    gap = wanted.numerator * all_of.numerator * part.denominator - part.numerator * wanted.denominator * all_of.denominator
    amount = _cut(gap * factor.denominator, wanted.denominator * all_of.denominator * part.denominator * factor.numerator, 2)
    return f"{top.name}还差 {amount}{top.unit}" if lang == "zh" else f"{top.name} is {amount}{top.unit} short"


def _full_from(curve: Curve) -> Fraction | None:
    """The measure from which on full points are given; most curves have a level piece for it, the others are inverted."""
    n, d = curve.points.numerator, curve.points.denominator
    for piece in curve.pieces:
        line = piece.upper
        if not line.slope.numerator and line.intercept.numerator * d >= n * line.intercept.denominator:
            return piece.on.low
    reach = curve.reach(curve.points)
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


def _rate(measure: Comparison | Computed, lang: Lang) -> str:
    value, before = measure.value, measure.unrounded
    if before is None:
        return _percent(value) if isinstance(value, Fraction) else _share(value)
    if before == value:
        return _share(value)
    return f"{_share(before)} → {_share(value)}（先四舍五入）" if lang == "zh" else f"{_share(before)} → {_share(value)} (rounded first)"


def _share(value: Fraction | Interval) -> str:
    if isinstance(value, Interval) and value.low is not None and value.low == value.high:
        return _percent(value.low)
    if isinstance(value, Interval):
        low = "0%" if value.low is None else _percent(value.low)
        return f"≥{low}" if value.high is None else f"{low}–{_percent(value.high)}"
    return _percent(value)


def _percent(value: Fraction) -> str:
    n, d = value.numerator, value.denominator
    if n < 0:
        return _cut(n * 100, d, 2) + "%"
    # Spelled out, because nearly every leaf says one.
    hundredths, rest = divmod(n * 10000, d)
    whole, part = divmod(hundredths, 100)
    if rest:
        return f"{whole}.{part:02d}…%"
    return (f"{whole}.{part:02d}%" if part % 10 else f"{whole}.{part // 10}%") if part else f"{whole}%"


def _number(value: Fraction | Interval) -> str:
    return str(value) if isinstance(value, Interval) else format_cut(value, 4)


def format_cut(value: Fraction, places: int) -> str:
    """The number cut off behind `places`, with … where something was cut: never a rounded number that looks exact."""
    return _cut(value.numerator, value.denominator, places)


def _cut(n: int, d: int, places: int) -> str:
    if d == 1:
        return str(n)
    whole, rest = divmod(abs(n) * 10**places, d)
    digits = f"{whole:0{places + 1}d}"
    text = f"{digits[:-places]}.{digits[-places:]}"
    text = f"{text}…" if rest else text.rstrip("0").rstrip(".")
    return f"-{text}" if n < 0 else text


def outward(bounds: tuple[Fraction, Fraction]) -> tuple[str, str]:
    """Bounds for people: two places, the lower one rounded down and the upper one up."""
    low, high = bounds
    return format_number(Fraction(low * 100 // 1, 100)), format_number(Fraction(-(-high * 100 // 1), 100))
