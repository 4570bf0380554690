"""Rows that fell short of what they were measured against and print full points, which the rule does not give."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.auditing.claimed import verdict, within
from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.measure import Comparison, Lateness, Measure
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import format_number, format_share


def full_points(subject: Subject, *, limit: bool) -> Iterator[Found]:
    """The finding at the score of each such row whose target is an upper `limit`, or of each where it is not."""
    for line in subject.lines:
        measure, points = line.leaf.measure, line.leaf.points
        if not isinstance(measure, Comparison | Lateness) or _limited(measure) != limit or line.reported is None or points is None:
            continue
        if line.claimed != points or not line.counts or not _short(measure):
            continue
        # 9.5 printed as 10 is explained by rounding as a number; that it makes full points of a miss has to be explained all the same.
        held = verdict(subject, line)
        if held not in ("differs", "rounding-only") or within(subject, line, points):
            continue
        label, target, actual = line.leaf.label, measure.target.text.strip(), measure.actual.text.strip()
        low, high = map(format_number, line.own.bounds)
        by_rule = same(low) if low == high else Phrase(f"{low} 到 {high}", f"{low} to {high}")
        broken = Phrase("超过上限", "is above the limit") if limit else Phrase("没有达到指标值", "does not meet the target")
        how = _far(measure)
        says = Phrase(
            f"“{label.zh}”完成 {actual}，{broken.zh} {target}{how.zh}，自评却是满分 {format_number(points)}，按规则是 {by_rule.zh} 分",
            f"“{label.en}”: {actual} {broken.en} {target}{how.en}, yet all {format_number(points)} points are claimed; by rule it is {by_rule.en}",
        )
        more = ((Phrase("规则在这里", "the rule is here"), line.leaf.rule_span),)
        if held == "differs":
            yield Found(line.reported.span, says, Phrase("按规则改得分，并写明原因", "mend the score by the rule, and say why"), more)
        else:
            hint = Phrase("像是把得分取整了；规则没有这样舍入", "as if the score had been rounded to fewer digits; the rules do not")
            yield Found(line.reported.span, says, hint, more, severity="warning")


def _limited(measure: Measure) -> bool:
    return isinstance(measure, Comparison) and measure.direction == "lower"


def _short(measure: Comparison | Lateness) -> bool:
    """Whether all that was printed falls short: days after the deadline, or less than the whole of the target."""
    value = measure.value
    if isinstance(measure, Lateness):
        least = value if isinstance(value, Fraction) else value.low
        return least is not None and least > 0
    most = value if isinstance(value, Fraction) else value.high
    return most is not None and most < 1


def _far(measure: Comparison | Lateness) -> Phrase:
    if not isinstance(measure.value, Fraction):
        return same("")
    if isinstance(measure, Lateness):
        days = format_number(measure.value)
        return Phrase(f"（迟 {days} 天）", f" ({days} days late)")
    if measure.direction == "lower":
        return same("")
    return Phrase(f"（{format_share(measure.value)}）", f" ({format_share(measure.value)})")
