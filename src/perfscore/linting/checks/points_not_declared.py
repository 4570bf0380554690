"""A rule set that does not say what all its points make together, so that nobody notices when one of them is changed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.linting.checks import Found
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

SEVERITY = "advice"
SAYS = Phrase("没有写明总分值", "the total points are not declared")
PAGE = Page(
    what=Phrase(
        "规则没有写 points（总分值），各项分值加起来是多少，没有东西可以核对。",
        "The rule set has no `points`, so nothing holds what its points add up to.",
    ),
    why=Phrase(
        "常见的差错是指标 100 分之外又加了执行率 10 分，合计 110；写明了总分值，读取时就会发现。",
        "The usual fault is 100 points of indicators plus 10 for the execution rate: 110. With the total declared, reading the file finds it.",
    ),
    fix=Phrase("在规则文件里写上 points: 100（总分值: 100），按制度规定的总分。", "Write `points: 100`, or whatever the standard says."),
    wrong="""indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
    right="""points: 100
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The rule set as a whole, where its indicators have points and the file does not say their sum."""
    rules = subject.rules
    if rules.declared is not None or rules.template or rules.whole:
        return
    tops = [top for variant in rules.variants for top in variant.indicators if top.points is not None and top.counts == "points"]
    if not tops:
        return
    says = Phrase(
        f"没有写明总分值；各项相加是 {format_number(rules.points)} 分", f"the total is not declared; the parts make {format_number(rules.points)}"
    )
    # The usual fault: 100 points of indicators, and the execution rate on top of them.
    over = next((top for top in tops if top.points == rules.points - 100), None)
    hint = Phrase("写上 points（总分值）", "write `points`")
    if over is not None:
        more = format_number(over.points or Fraction(0))
        hint = Phrase(
            f"多出 100 分的 {more} 分正好是“{over.label.zh}”：如果应当合计 100 分，就要从其他指标里减",
            f"the {more} above 100 are just those of {over.label.en}: if all make 100, take them from the others",
        )
    yield Found(rules.span, says, hint)
