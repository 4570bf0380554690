"""A score that the unit gave itself and its rule does not give."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.auditing.printed import places
from perfscore.auditing.subject import Line, Subject
from perfscore.checking.found import Found
from perfscore.model.curve import round_half_up
from perfscore.model.form import Cell
from perfscore.model.measure import Absence, Comparison, Computed, Judged
from perfscore.model.page import Page
from perfscore.model.sets import Runs, Union, meet, rounded
from perfscore.text.diagnostic import Evidence, Verdict
from perfscore.text.interval import Interval, point
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import format_number, format_share

SEVERITY = "error"
SAYS = Phrase("自评得分与按规则算的不符", "a score that the rule does not give")
PAGE = Page(
    what=Phrase(
        "定量指标的自评得分，不是按规则由指标值和完成值算出来的得分；把完成值末位的舍入算上也不是。",
        "The unit's own score of a quantity is not what the rule makes of target and actual value, however these may have been rounded.",
    ),
    why=Phrase("得分只能由规则给；多记少记都要改正，差 0.09 分也是差。", "Only the rule gives the score; 0.09 too much is too much."),
    fix=Phrase(
        "用 perfscore explain 看这一分是怎样算的，改得分，或改指标值、完成值。",
        "Ask `perfscore explain` how the score comes about; mend it, or the values.",
    ),
    wrong="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: ≥120套, actual: 114套, points: 50, reported: 50}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: ≥120套, actual: 114套, points: 50, reported: 47.5}
""",
)


ZERO = Fraction(0)


def check(subject: Subject) -> Iterator[Found]:
    """Every line that the rule scores, against the printed score."""
    for line in subject.lines:
        claimed, outcome = line.claimed, line.outcome
        if claimed is None or line.reported is None or isinstance(line.leaf.measure, Absence | Judged) or outcome.points is None:
            continue
        own = line.own
        verdict = "agrees" if own.score == claimed else _verdict(subject, line, claimed)
        if verdict is not None:
            yield _found(line, line.reported, own.bounds if verdict == "agrees" else _bounds(subject, line), verdict)


def _verdict(subject: Subject, line: Line, claimed: Fraction) -> Verdict | None:
    cell, scored = line.reported, _scored(subject, line)
    if cell is None or scored is None:
        return None
    exact, taken = line.outcome.exact, _taken(line)
    if exact is not None and round_half_up(_less(exact, taken), places(cell)) == claimed:
        return "rounding-only"
    # What is printed as 0 may be anything that was taken off.
    below = Interval(None, taken, low_closed=False, high_closed=True) if taken and not claimed else None
    if isinstance(scored, Runs):
        within = scored.holds(claimed + taken) or (below is not None and below.holds(scored.ends[0]))
    else:
        within = meet(scored, (below or point(claimed + taken),))
    return "rounding-only" if within else "differs"


def _scored(subject: Subject, line: Line) -> Union | Runs | None:
    """Every score that the printed values allow, as the rule set rounds it, before anything was taken off by hand."""
    allowed, places_ = subject.allowed(line), subject.rules.rounding.leaf
    if allowed is None or not allowed.on:
        return None
    return allowed.on if places_ is None else rounded(allowed.on, places_)


def _bounds(subject: Subject, line: Line) -> tuple[Fraction, Fraction]:
    """The least and the most that the score can be."""
    scored, (low, high) = _scored(subject, line), line.own.bounds
    if scored is None:
        return low, high
    ends = scored.ends if isinstance(scored, Runs) else (scored[0].low, scored[-1].high)
    least, most = (None if end is None else _less(end, _taken(line)) for end in ends)
    return low if least is None else min(low, least), high if most is None else max(high, most)


def _taken(line: Line) -> Fraction:
    return line.leaf.taken[0] if line.leaf.taken is not None else ZERO


def _less(score: Fraction, taken: Fraction) -> Fraction:
    """A score without what was taken off by hand, not below 0 (扣完为止)."""
    return min(score, max(ZERO, score - taken))


def _found(line: Line, cell: Cell, bounds: tuple[Fraction, Fraction], verdict: Verdict) -> Found:
    claimed, label = line.claimed or ZERO, line.leaf.label
    low, high = map(format_number, line.own.bounds)
    by_rule = same(low) if low == high else Phrase(f"{low} 到 {high}", f"{low} to {high}")
    says = Phrase(
        f"“{label.zh}”自评 {format_number(claimed)} 分，按规则是 {by_rule.zh} 分",
        f"“{label.en}” claims {format_number(claimed)}, by rule it is {by_rule.en}",
    )
    more = ((Phrase("规则在这里", "the rule is here"), line.leaf.rule_span),)
    hint = _rounded_first(line, claimed) if verdict == "differs" else None
    return Found(cell.span, says, hint, more, evidence=Evidence(label, cell.text.strip(), bounds, verdict))


def _rounded_first(line: Line, claimed: Fraction) -> Phrase | None:
    """Whether the score is that of a rate which was rounded, or cut off, before it was scored."""
    measure, curve = line.leaf.measure, line.leaf.curve
    if curve is None or not isinstance(measure, Comparison | Computed) or not isinstance(measure.value, Fraction):
        return None
    rate = measure.value
    for digits, word in ((2, Phrase("整数百分比", "whole per cent")), (4, Phrase("两位小数的百分比", "per cent to two places"))):
        for shown, how in (
            (round_half_up(rate, digits), word),
            (Fraction(int(rate * 10**digits), 10**digits), Phrase(f"截去尾数的{word.zh}", f"{word.en}, cut off")),
        ):
            score = curve.score(shown)
            if score is not None and round_half_up(score, 2) == claimed:
                at = format_share(shown)
                return Phrase(
                    f"像是先把比率化为{how.zh} {at} 再记分；规则按未舍入的比率",
                    f"as if the rate had been made {at} ({how.en}) first; the rule takes it as it is",
                )
    return None
