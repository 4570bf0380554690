"""A scored leaf to the reasons for its score: the measure with its numbers put in, the piece of the curve, what was lost and what would have earned it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.model.curve import Curve, Line, Piece
from perfscore.model.measure import Absence, Comparison, Computed, Judged, Measure
from perfscore.model.outcome import Outcome
from perfscore.model.submission import Hot, Leaf
from perfscore.report.figures import counted, cut, format_cut, outward, percent, shown
from perfscore.report.measured import Reason, measured, needed
from perfscore.scoring.engine import Evaluation
from perfscore.text.phrase import Lang, Phrase

__all__ = ["Reason", "all_reasons", "why"]


def why(outcome: Outcome, lang: Lang) -> list[Reason]:
    """The reasons of one outcome, in order; of a group only what is its own."""
    return _of_group(outcome, lang) if outcome.leaf is None else _of_leaf(outcome, outcome.leaf, lang)


def all_reasons(evaluation: Evaluation, lang: Lang) -> Iterator[tuple[Leaf, list[Reason]]]:
    """Every leaf with its reasons, straight from the scores: what a mass of explanations is made with."""
    submission = evaluation.submission
    unit = 10**submission.plan.places
    complete = iter(zip(submission.places, submission.hot, evaluation.scores, strict=True))
    next_place, hot, score = next(complete, (-1, None, 0))
    rest: dict[str, Outcome] = {}
    for place, leaf in enumerate(submission.leaves):
        measure, curve = leaf.measure, leaf.curve
        here, at, its = place == next_place, hot, score
        if here:
            next_place, hot, score = next(complete, (-1, None, 0))
        # What gates or hands took off a leaf is only known to its outcome.
        if here and at is not None and curve is not None and not isinstance(measure, Absence) and leaf.taken is None and not evaluation.held:
            yield leaf, _complete(leaf, measure, curve.pieces[_place(measure, at)], its, unit, lang)
            continue
        if isinstance(measure, Absence) and measure.kind == "not-applicable":
            yield leaf, _absent(leaf, measure, lang)
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


# Groups.


def _of_group(outcome: Outcome, lang: Lang) -> list[Reason]:
    """What gates did to a group, how it is made of its parts where they are not added up, and what is open; of a line for a difference its loss."""
    found: list[Reason] = []
    if outcome.by is not None:
        from perfscore.report.gates import reasons

        found += reasons(outcome.by, outcome.label, lang)
    if not outcome.children and outcome.status == "scored":
        return found or _difference(outcome, lang)
    if outcome.status == "missing" and outcome.points is not None:
        low, high = outcome.bounds
        if outcome.by is None or low != high:
            said = f"{outcome.note.text(lang)}{'，' if lang == 'zh' else ': '}" if outcome.note is not None else ""
            found.append(Reason(said + _open(outcome.bounds, lang)))
    elif outcome.note is not None and outcome.status == "scored":
        parts = [
            (child.label.text(lang), shown(child.score))
            for child in outcome.children
            if child.leaf is not None or child.children
            if child.score is not None
        ]
        told = "，".join(f"{label} {score} 分" for label, score in parts) if lang == "zh" else ", ".join(f"{label} {score}" for label, score in parts)
        found.append(Reason(f"{outcome.note.text(lang)}{'：' if lang == 'zh' else ': '}{told}"))
    return found


def _difference(outcome: Outcome, lang: Lang) -> list[Reason]:
    """Of the line between a group and the sum of its parts: how much more or less the group loses than they do."""
    lost = outcome.lost
    if not lost:
        return []
    amount = shown(abs(lost))
    if lost > 0:
        return [Reason(Phrase(f"整组比各项相加多失 {amount} 分", f"the group loses {counted(amount, 'point')} more than its parts").text(lang))]
    return [Reason(Phrase(f"整组比各项相加少失 {amount} 分", f"the group loses {counted(amount, 'point')} less than its parts").text(lang))]


# Leaves.


def _of_leaf(outcome: Outcome, leaf: Leaf, lang: Lang, *, last: bool = True) -> list[Reason]:
    """What the leaf has by its own rule, then what hands and gates made of it; only the `last` says that it is open."""
    if outcome.before is None:
        return _by_rule(outcome, leaf, lang, last=last)
    before = outcome.before
    found = _of_leaf(before, leaf, lang, last=False)
    if outcome.by is None:
        found.append(_by_hand(before, outcome, leaf, lang))
    else:
        from perfscore.report.gates import reasons

        found += reasons(outcome.by, outcome.label, lang)
    if last and outcome.status == "missing":
        found.append(Reason(_open(outcome.bounds, lang), leaf.rule_span))
    return found


def _by_hand(before: Outcome, outcome: Outcome, leaf: Leaf, lang: Lang) -> Reason:
    amount, cell = leaf.taken if leaf.taken is not None else (Fraction(0), None)
    taken = shown(amount)
    told = Phrase(f"人工扣减 {taken} 分", f"{counted(taken, 'point')} taken off by hand")
    if before.score is not None and outcome.score is not None:
        one, other = shown(before.score), shown(outcome.score)
        floor = before.score - outcome.score < amount
        told = Phrase(
            f"{told.zh}：{one} → {other} 分{'（扣完为止）' if floor else ''}",
            f"{told.en}: {one} → {other}{' (nothing is left to take)' if floor else ''}",
        )
    return Reason(told.text(lang), cell.span if cell is not None else leaf.rule_span)


def _by_rule(outcome: Outcome, leaf: Leaf, lang: Lang, *, last: bool) -> list[Reason]:
    measure = leaf.measure
    piece = outcome.piece
    if not isinstance(measure, Absence) and outcome.score is not None and piece is not None:
        return _complete(leaf, measure, piece, outcome.score.numerator, outcome.score.denominator, lang)
    reasons = _absent(leaf, measure, lang) if isinstance(measure, Absence) else [*_case(leaf, lang), *measured(measure, leaf, lang)]
    if outcome.points is None:
        reasons.append(
            Reason("这一行没有分值，不能单独计分" if lang == "zh" else "the row has no points, and so no score of its own", leaf.rule_span)
        )
    elif outcome.status == "missing":
        reasons += [Reason(_open(outcome.bounds, lang), leaf.rule_span)] if last else []
    elif leaf.rule.counts != "points":
        reasons.append(_beyond(leaf, leaf.curve, outcome.score or Fraction(0), lang))
    elif outcome.lost:
        reasons.append(Reason(_lost(leaf, outcome.lost.numerator, outcome.lost.denominator, lang)))
    return reasons


def _absent(leaf: Leaf, absence: Absence, lang: Lang) -> list[Reason]:
    return [*_case(leaf, lang), Reason(absence.why.text(lang), leaf.row.span if leaf.row is not None else leaf.rule.span)]


def _case(leaf: Leaf, lang: Lang) -> list[Reason]:
    """The condition under which the rule is this one."""
    when = leaf.rule.when
    return [] if when is None else [Reason(f"情形：{when.text}" if lang == "zh" else f"case: {when.text}", when.span)]


def _complete(leaf: Leaf, measure: Measure, piece: Piece, score: int, unit: int, lang: Lang) -> list[Reason]:
    """The reasons of a complete leaf; its score is `score / unit`. In whole numbers, because a mass of explanations passes here."""
    reasons = measured(measure, leaf, lang)
    if leaf.rule.when is not None:
        reasons = [*_case(leaf, lang), *reasons]
    reasons.append(_scored(leaf, measure, piece, score, unit, lang))
    points = leaf.points
    if leaf.rule.counts != "points":
        reasons.append(_beyond(leaf, leaf.curve, Fraction(score, unit), lang))
    elif points is not None:
        lost = points.numerator * unit - score * points.denominator
        if lost:
            reasons.append(Reason(_lost(leaf, lost, points.denominator * unit, lang)))
    return reasons


_RATES = (Comparison, Computed)


def _scored(leaf: Leaf, measure: Measure, piece: Piece, score: int, unit: int, lang: Lang) -> Reason:
    reason = piece.reason.zh if lang == "zh" else piece.reason.en
    if isinstance(measure, Judged):
        if measure.tier is None:
            # Nobody named the tier: the score says which it falls into.
            reason = f"未填完成等级；按得分属于{reason}" if lang == "zh" else f"no tier is given; by its score {reason}"
        return Reason(reason, piece.span or leaf.rule_span)
    line = piece.upper
    # What a malus scores is taken away: its line is below 0, and people say how much.
    sign = -1 if leaf.rule.counts == "malus" else 1
    if line.slope.numerator and isinstance(measure.value, Fraction):
        slope, offset, value = line.slope, line.intercept, measure.value
        n = slope.numerator * value.numerator * offset.denominator + offset.numerator * slope.denominator * value.denominator
        d = slope.denominator * value.denominator * offset.denominator
        if sign > 0:
            points = leaf.points if leaf.rule.counts == "points" else leaf.rule.points
            told = _told(line, value, points if isinstance(measure, _RATES) else None, cut(n, d, 4), lang)
        else:
            told = f"扣 {cut(-n, d, 4)} 分" if lang == "zh" else f"{counted(cut(-n, d, 4), 'point')} taken"
        reason = f"{reason}：{told}" if lang == "zh" else f"{reason}: {told}"
    else:
        n, d = line.intercept.numerator, line.intercept.denominator
    if n * unit != score * d:
        rounded = cut(sign * score, unit, 9)
        reason += f" → {rounded}（四舍五入）" if lang == "zh" else f" → {rounded} (half up)"
    return Reason(reason, piece.span)


def _told(line: Line, value: Fraction, points: Fraction | None, exact: str, lang: Lang) -> str:
    """The arithmetic of a plain proportion; the coefficients of any other line say nothing that its reason does not say better."""
    if not line.intercept.numerator and line.slope == points:
        return f"{'分值' if lang == 'zh' else 'points'} {format_cut(line.slope, 9)} × {percent(value)} = {exact}"
    return f"得 {exact} 分" if lang == "zh" else f"{exact} points"


def _beyond(leaf: Leaf, curve: Curve | None, score: Fraction, lang: Lang) -> Reason:
    """What a bonus adds to the total points, or a malus takes away."""
    amount = shown(abs(score))
    if leaf.rule.counts == "malus":
        most = "" if curve is None else shown(abs(curve.least))
        told = Phrase(f"减分项，不占总分值：扣 {amount} 分", f"a malus outside the total points: {counted(amount, 'point')} taken off")
    else:
        most = "" if curve is None or curve.most is None else shown(curve.most)
        told = Phrase(f"加分项，不计入总分值：加 {amount} 分", f"a bonus beyond the total points: {counted(amount, 'point')} added")
    if most:
        told = Phrase(f"{told.zh}（最多 {most} 分）", f"{told.en} ({most} at most)")
    return Reason(told.text(lang), leaf.rule_span)


def _open(bounds: tuple[Fraction, Fraction], lang: Lang) -> str:
    low, high = outward(bounds)
    return f"得分尚不能确定，在 {low} 到 {high} 分之间" if lang == "zh" else f"the score cannot be told yet: between {low} and {high}"


def _lost(leaf: Leaf, n: int, d: int, lang: Lang) -> str:
    """`n / d` points lost, or (below zero) earned beyond the indicator's own."""
    amount = cut(abs(n), d, 9)
    if n < 0:
        return f"超出分值 {amount} 分" if lang == "zh" else f"{counted(amount, 'point')} above the indicator's own"
    full = needed(leaf, lang)
    if lang == "zh":
        return f"未得 {amount} 分" + (f"：{full}" if full else "")
    return f"{counted(amount, 'point')} not earned" + (f": {full}" if full else "")
