"""A score that the unit gave itself and its rule does not give."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.auditing.claimed import bounds, verdict
from perfscore.auditing.subject import Line, Subject
from perfscore.checking.found import Found
from perfscore.model.curve import round_half_up
from perfscore.model.form import Cell
from perfscore.model.measure import Comparison, Computed
from perfscore.model.page import Page
from perfscore.text.diagnostic import Evidence, Verdict
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

_RIGHT = Phrase("与按规则算的一致", "as the rule gives it")


def check(subject: Subject) -> Iterator[Found]:
    """Every line that the rule scores, against the printed score."""
    for line in subject.lines:
        found = verdict(subject, line)
        if found is not None and line.reported is not None:
            computed = line.own.bounds if found == "agrees" else bounds(subject, line)
            allowed = None if found == "agrees" else subject.allowed(line)
            yield _found(line, line.reported, computed, found, outer=allowed is not None and not allowed.exact)


def _found(line: Line, cell: Cell, computed: tuple[Fraction, Fraction], verdict: Verdict, *, outer: bool) -> Found:
    claimed, label = line.claimed or Fraction(0), line.leaf.label
    if verdict == "agrees":
        # Of what is right nobody reads a sentence.
        return Found(cell.span, _RIGHT, evidence=Evidence(label, cell.text.strip(), computed, verdict))
    low, high = map(format_number, line.own.bounds)
    by_rule = same(low) if low == high else Phrase(f"{low} 到 {high}", f"{low} to {high}")
    says = Phrase(
        f"“{label.zh}”自评 {format_number(claimed)} 分，按规则是 {by_rule.zh} 分",
        f"“{label.en}” claims {format_number(claimed)}, by rule it is {by_rule.en}",
    )
    more = ((Phrase("规则在这里", "the rule is here"), line.leaf.rule_span),)
    hint = _rounded_first(line, claimed) if verdict == "differs" else None
    return Found(cell.span, says, hint, more, evidence=Evidence(label, cell.text.strip(), computed, verdict, outer))


def _rounded_first(line: Line, claimed: Fraction) -> Phrase | None:
    """Whether the score is that of a rate which was rounded, or cut off, before it was scored."""
    measure, curve = line.leaf.measure, line.leaf.curve
    if curve is None or not isinstance(measure, Comparison | Computed) or not isinstance(measure.value, Fraction):
        return None
    rate = measure.value
    for places, word in ((2, Phrase("整数百分比", "whole per cent")), (4, Phrase("两位小数的百分比", "per cent to two places"))):
        for shown, how in (
            (round_half_up(rate, places), word),
            (Fraction(int(rate * 10**places), 10**places), Phrase(f"截去尾数的{word.zh}", f"{word.en}, cut off")),
        ):
            score = curve.score(shown)
            if score is not None and round_half_up(score, 2) == claimed:
                at = format_share(shown)
                return Phrase(
                    f"像是先把比率化为{how.zh} {at} 再记分；规则按未舍入的比率",
                    f"as if the rate had been made {at} ({how.en}) first; the rule takes it as it is",
                )
    return None
