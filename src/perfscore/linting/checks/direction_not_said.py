"""A curve that only rises or only falls, of an indicator that does not say which is better: a ≥ in the place of ≤ would go unnoticed."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.measures import rising
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

SEVERITY = "advice"
SAYS = Phrase("没有写指标方向", "the direction is not said")
PAGE = Page(
    what=Phrase(
        "指标按数计分，得分随数只升或只降，却没有写 direction（指标方向）：是越高越好，还是越低越好。",
        "The score of a number only rises or only falls, and the indicator has no `direction`: whether more is better, or less.",
    ),
    why=Phrase(
        "写明了方向，≥、≤ 写反或两档的分数写颠倒，检查（not-monotone）马上会发现；不写，就没有东西可以核对。",
        "With the direction written, a swapped ≥ and ≤ or two swapped bands are found at once (not-monotone); without it, nothing holds what is meant.",
    ),
    fix=Phrase(
        "按指标的意思写 direction: higher（指标方向: 正向）或 lower（反向），不要照曲线抄。",
        "Write `direction: higher` or `lower` by what the indicator means, and not by what its curve does.",
    ),
    wrong="""points: 10
indicators:
  - {id: rate, label: 预算执行率, points: 10, measure: 全年执行数 / 全年预算数, method: {bands: ["[90%,+): 10", "[0,90%): 0"]}}
""",
    right="""points: 10
indicators:
  - {id: rate, label: 预算执行率, points: 10, direction: higher, measure: 全年执行数 / 全年预算数, method: {bands: ["[90%,+): 10", "[0,90%): 0"]}}
""",
)
#: Their curves rise by themselves: there is no ≥ or ≤ in them that could be swapped.
_OF_THEMSELVES = ("direct", "ratio", "yes-no")


def check(subject: Subject) -> Iterator[Found]:
    """Every fixed indicator scored by number whose curve has a direction of which its rule says nothing."""
    for drawn in subject.curves:
        rule = drawn.rule
        if rule.open or rule.direction is not None or drawn.takes != "number" or drawn.use.name in _OF_THEMSELVES:
            continue
        up = rising(drawn.curve)
        if up is None:
            continue
        better = up != (rule.counts == "malus")
        says = Phrase(f"{rule.label.zh}没有写指标方向", f"{rule.label.en} does not say its direction")
        zh, en = ("正向", "higher") if better else ("反向", "lower")
        hint = Phrase(
            f"照现在的计分是{zh}（{en}），看是不是这个意思，再写上", f"as it is scored now, it is `{en}`: write that, if it is what is meant"
        )
        yield Found(drawn.use.span, says, hint)
