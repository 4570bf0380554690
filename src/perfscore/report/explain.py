"""An outcome to the reasons for its score: the measure with its numbers put in, the piece of the curve, what was lost and what would have earned it."""

from __future__ import annotations

import ast
from fractions import Fraction
from typing import NamedTuple

from perfscore.model.curve import Curve, Line, Piece
from perfscore.model.measure import Absence, Chosen, Comparison, Computed, Judged, Lateness
from perfscore.model.outcome import Outcome
from perfscore.model.rules import Basis
from perfscore.model.submission import Leaf
from perfscore.scoring.formula import put_in
from perfscore.text.interval import Interval
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import Quantity, format_number, format_share
from perfscore.text.source import Span

ONE = Fraction(1)


class Reason(NamedTuple):
    """One line of an explanation and the place it rests on."""

    text: str
    span: Span | None = None


def why(outcome: Outcome, lang: Lang) -> list[Reason]:
    """The reasons of one outcome, in order; of a group only what is its own."""
    leaf = outcome.leaf
    if leaf is None:
        return _group(outcome, lang)
    measure = leaf.measure
    if isinstance(measure, Absence):
        reasons = [Reason(measure.why.text(lang), leaf.row.span if leaf.row is not None else leaf.rule.span)]
    else:
        reasons = [_measured(leaf, measure, lang)]
    piece = outcome.piece
    if piece is not None:
        reasons.append(_scored(outcome, leaf, piece, lang))
    if outcome.status == "missing":
        reasons.append(Reason(_open(outcome, lang), leaf.rule_span))
    elif outcome.lost:
        reasons.append(Reason(_lost(outcome, leaf, lang)))
    return reasons


def basis_line(basis: tuple[Basis, ...], lang: Lang) -> str:
    """What a rule rests on, with a word for what has not been checked against the document's own text."""
    if not basis:
        return ""
    first, *more = basis
    checked = ("" if first.verified else "（未核对原文）") if lang == "zh" else ("" if first.verified else " (text not checked)")
    rest = "".join(("；" if lang == "zh" else "; ") + str(other) for other in more)
    return f"依据：{first}{checked}{rest}" if lang == "zh" else f"basis: {first}{checked}{rest}"


def _group(outcome: Outcome, lang: Lang) -> list[Reason]:
    if outcome.status == "missing" and outcome.score is None and outcome.points is not None:
        return [Reason(_open(outcome, lang))]
    return []


def _measured(leaf: Leaf, measure: Comparison | Computed | Lateness | Chosen | Judged, lang: Lang) -> Reason:
    zh = lang == "zh"
    match measure:
        case Comparison(target=target, actual=actual, same=True):
            text = f"实际完成值与年度指标值相同（{actual.text.strip()}），达到目标" if zh else f"the actual value is the target itself ({actual.text.strip()}): met"
            return Reason(text, target.span)
        case Comparison(target=target, actual=actual, direction=direction):
            return Reason(_compared(target.text.strip(), actual.text.strip(), direction, _rate(measure, lang), lang), actual.span)
        case Computed(formula=formula, label=label, value=value, facts=facts):
            shown = {fact.name: f"{fact.name} {fact.cell.text.strip() if fact.cell else format_number(fact.value)}" for fact in facts}
            name = label.text(lang)
            result = _rate(measure, lang) if "/" in formula.text or "÷" in formula.text else _number(value)
            return Reason(f"{name}{' = ' if name else ''}{put_in(formula, shown.__getitem__)} = {result}", _place(measure))
        case Lateness(target=target, actual=actual, value=value):
            return Reason(_late(target.text.strip(), actual.text.strip(), value, lang), actual.span)
        case Chosen(label=label_, cell=cell):
            return Reason(f"填报等级：{label_}" if zh else f"level reported: {label_}", cell.span)
        case Judged():
            return Reason(_judged(leaf, measure, lang), measure.cell.span if measure.cell else None)


def _place(measure: Computed) -> Span | None:
    return next((fact.cell.span for fact in measure.facts if fact.cell is not None), measure.formula.span)


def _compared(target: str, actual: str, direction: str, share: str, lang: Lang) -> str:
    if lang == "zh":
        match direction:
            case "lower":
                return f"完成率 = 目标 {target} ÷ 实际 {actual} = {share}（反向指标）"
            case "range":
                return f"目标 {target}，实际 {actual}，完成率 {share}（区间指标）"
            case _:
                return f"完成率 = 实际 {actual} ÷ 目标 {target} = {share}"
    match direction:
        case "lower":
            return f"achievement = target {target} ÷ actual {actual} = {share} (lower is better)"
        case "range":
            return f"target {target}, actual {actual}: achievement {share} (inside the range is best)"
        case _:
            return f"achievement = actual {actual} ÷ target {target} = {share}"


def _late(target: str, actual: str, value: Fraction | Interval, lang: Lang) -> str:
    days = value if isinstance(value, Fraction) else value.high
    in_time = days is not None and days <= 0
    start = f"期限 {target}，完成 {actual}：" if lang == "zh" else f"due {target}, done {actual}: "
    if in_time:
        return start + ("按时" if lang == "zh" else "in time")
    if isinstance(value, Interval):
        return start + ("不能确定是否逾期" if lang == "zh" else "whether it is late cannot be told")
    return start + (f"逾期 {format_number(value)} 天" if lang == "zh" else f"{format_number(value)} days late")


_WHOSE = {"judged": Phrase("评定得分", "judged score"), "reported": Phrase("单位自评得分", "the unit's own score"), "default": Phrase("规则的缺省得分", "the rule's default score")}


def _judged(leaf: Leaf, measure: Judged, lang: Lang) -> str:
    row = leaf.row
    told = row is not None and row.target is not None and row.actual is not None
    cells = ""
    if told and row is not None and row.target is not None and row.actual is not None:
        target, actual = row.target.text.strip(), row.actual.text.strip()
        cells = f"目标“{target}”，实际“{actual}”；" if lang == "zh" else f"target “{target}”, actual “{actual}”; "
    score, whose = format_number(measure.score), _WHOSE[measure.whose].text(lang)
    return f"{cells}{whose} {score} 分" if lang == "zh" else f"{cells}{whose}: {score} points"


def _scored(outcome: Outcome, leaf: Leaf, piece: Piece, lang: Lang) -> Reason:
    reason, measure = piece.reason.text(lang), leaf.measure
    if isinstance(measure, Judged):
        if measure.tier is None:
            # Nobody named the tier: the score says which it falls into.
            reason = f"未填完成等级；按得分属于{reason}" if lang == "zh" else f"no tier is given; by its score {reason}"
        return Reason(reason, piece.span or leaf.rule_span)
    line = piece.upper
    if line.slope == 0 or isinstance(measure, Absence) or not isinstance(measure.value, Fraction) or outcome.exact is None or outcome.score is None:
        return Reason(_rounding(reason, outcome, lang), piece.span)
    sums = _arithmetic(line, measure.value, leaf.points, lang)
    exact, score = format_cut(outcome.exact, 4), format_number(outcome.score)
    arrow = f" → {score}" if outcome.exact != outcome.score else ""
    note = ("（四舍五入）" if lang == "zh" else " (half up)") if arrow else ""
    said = f"{reason}：" if lang == "zh" else f"{reason}: "
    return Reason(f"{said}{sums} = {exact}{arrow}{note}", piece.span)


def _rounding(reason: str, outcome: Outcome, lang: Lang) -> str:
    if outcome.exact is None or outcome.exact == outcome.score or outcome.score is None:
        return reason
    score = format_number(outcome.score)
    return f"{reason} → {score}（四舍五入）" if lang == "zh" else f"{reason} → {score} (half up)"


def _arithmetic(line: Line, value: Fraction, points: Fraction | None, lang: Lang) -> str:
    if line.intercept == 0 and line.slope == points:
        name = "分值" if lang == "zh" else "points"
        return f"{name} {format_number(line.slope)} × {format_cut(value * 100, 2)}%"
    sign = "+" if line.intercept >= 0 else "-"
    end = f" {sign} {format_cut(abs(line.intercept), 4)}" if line.intercept else ""
    return f"{format_cut(line.slope, 4)} × {format_cut(value, 4)}{end}"


def _open(outcome: Outcome, lang: Lang) -> str:
    low, high = outward(outcome.bounds)
    return f"得分尚不能确定，在 {low} 到 {high} 分之间" if lang == "zh" else f"the score cannot be told yet: between {low} and {high}"


def _lost(outcome: Outcome, leaf: Leaf, lang: Lang) -> str:
    lost = format_number(outcome.lost or Fraction(0))
    needed = _needed(leaf, lang)
    if lang == "zh":
        return f"未得 {lost} 分" + (f"：{needed}" if needed else "")
    return f"{lost} points not earned" + (f": {needed}" if needed else "")


def _needed(leaf: Leaf, lang: Lang) -> str:
    """What would have earned full points: in the numbers of the form where they are known, else the measures that do."""
    measure, curve = leaf.measure, leaf.curve
    if curve is None or isinstance(measure, Absence) or not isinstance(measure.value, Fraction):
        return ""
    if isinstance(measure, Judged):
        who = _WHOSE[measure.whose]
        return f"由{who.zh}决定，应在偏差原因中说明" if lang == "zh" else f"{who.en} decides; the form should say why"
    if isinstance(measure, Chosen | Lateness):
        return ""
    missing = _missing_amount(measure, curve, lang)
    if missing:
        return missing
    best = next((piece.on for piece in curve.pieces if piece.upper.slope == 0 and piece.upper.intercept >= curve.points), None)
    if best is None:
        return ""
    return f"测算值在 {best} 内才记满分" if lang == "zh" else f"full points are given within {best}"


def _missing_amount(measure: Comparison | Computed, curve: Curve, lang: Lang) -> str:
    reach = curve.reach(curve.points)
    if reach is None or not isinstance(measure.value, Fraction) or measure.value >= reach[0]:
        return ""
    wanted = reach[0]
    if isinstance(measure, Comparison):
        return _missing_actual(measure, wanted, lang)
    facts = {fact.name: fact for fact in measure.facts}
    match measure.formula.tree:
        case ast.BinOp(left=ast.Name(id=top), op=ast.Div(), right=ast.Name(id=bottom)) if top in facts and bottom in facts:
            # In the unit as printed: both cells of a table share it.
            gap = wanted * facts[bottom].value - facts[top].value
            factor = _factor(facts[top])
            amount = format_cut(gap / factor, 2)
            return f"{top}还差 {amount}" if lang == "zh" else f"{top} is {amount} short"
    return ""


def _factor(fact: object) -> Fraction:
    from perfscore.text.printed import read_number  # noqa: PLC0415

    cell, value = getattr(fact, "cell", None), getattr(fact, "value", ONE)
    printed = read_number(cell.text.strip()) if cell is not None else None
    return value / printed if printed else ONE


def _missing_actual(measure: Comparison, wanted: Fraction, lang: Lang) -> str:
    goal, done = measure.read_target, measure.read_actual
    if not isinstance(goal, Quantity) or not isinstance(done, Quantity) or done.low is None or measure.direction == "range":
        return ""
    end = goal.low if goal.low is not None else goal.high
    if end is None or not wanted:
        return ""
    factor = goal.unit.factor if goal.unit is not None else ONE
    unit = goal.unit.name if goal.unit is not None else ""
    actual = done.low * (factor if done.unit is None else 1)
    if measure.direction == "lower":
        amount = format_cut((actual - end / wanted) / factor, 2)
        return f"实际完成值超出 {amount}{unit}" if lang == "zh" else f"the actual value is {amount}{unit} too high"
    amount = format_cut((end * wanted - actual) / factor, 2)
    return f"实际完成值还差 {amount}{unit}" if lang == "zh" else f"the actual value is {amount}{unit} short"


def _rate(measure: Comparison | Computed, lang: Lang) -> str:
    if measure.unrounded is None or measure.unrounded == measure.value:
        return _share(measure.value)
    note = "先四舍五入" if lang == "zh" else "rounded first"
    return f"{_share(measure.unrounded)} → {_share(measure.value)} ({note})" if lang == "en" else f"{_share(measure.unrounded)} → {_share(measure.value)}（{note}）"


def _share(value: Fraction | Interval) -> str:
    if isinstance(value, Interval):
        low = "0" if value.low is None else format_cut(value.low * 100, 2)
        high = "" if value.high is None else format_cut(value.high * 100, 2) + "%"
        return f"{low}%–{high}" if high else f"≥{low}%"
    return format_cut(value * 100, 2) + "%"


def _number(value: Fraction | Interval) -> str:
    return str(value) if isinstance(value, Interval) else format_cut(value, 4)


def format_cut(value: Fraction, places: int) -> str:
    """The number cut off behind `places`, with … where something was cut: never a rounded number that looks exact."""
    scale = 10**places
    scaled = abs(value.numerator) * scale
    whole, rest = divmod(scaled, value.denominator)
    sign = "-" if value < 0 else ""
    digits = f"{whole:0{places + 1}d}"
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"{sign}{text}…" if rest else f"{sign}{text.rstrip('0').rstrip('.') if places else text}"


def outward(bounds: tuple[Fraction, Fraction]) -> tuple[str, str]:
    """Bounds for people: two places, the lower one rounded down and the upper one up."""
    low, high = bounds
    return format_number(Fraction(low * 100 // 1, 100)), format_number(Fraction(-(-high * 100 // 1), 100))


__all__ = ["Reason", "basis_line", "format_cut", "format_share", "outward", "why"]
