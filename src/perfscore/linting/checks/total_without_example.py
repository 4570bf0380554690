"""A declared total of which the form brings a part, and no example that is a whole form: nothing holds what all points make together."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.places import written
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number

SEVERITY = "advice"
SAYS = Phrase("没有示例是一张完整的表，总分值无从核对", "no example is a whole form, which would hold the total")
PAGE = Page(
    what=Phrase(
        "有的分值由表填报，规则只写了总分值；没有一个示例的各项分值加起来正好是它。",
        "The form brings some of the points, and the rules say only what all make together; no example has points that add up to it.",
    ),
    why=Phrase(
        "总分值写错了（100 写成 110），每张填对的表都会被说成分值不符，也都没有等级，而规则的示例一个也不会失败。",
        "With a wrong total (110 for 100) every good form is told that its points differ, and has no grade, while no example fails.",
    ),
    fix=Phrase("写一个各行齐全的示例，分值合计等于总分值。", "Write an example with all its rows, whose points make the total."),
    wrong="""points: 100
indicators:
  - {id: rate, label: 预算执行率, points: 20, measure: 全年执行数 / 全年预算数, method: ratio, direction: higher}
  - {id: output, label: 产出指标, rows: from-form, method: by-kind}
examples:
  - {given: {全年预算数: 100, 全年执行数: 100}, expect: {rate: 20}}
""",
    right="""points: 100
indicators:
  - {id: rate, label: 预算执行率, points: 20, measure: 全年执行数 / 全年预算数, method: ratio, direction: higher}
  - {id: output, label: 产出指标, rows: from-form, method: by-kind}
examples:
  - given: {全年预算数: 100, 全年执行数: 100}
    rows: [{level1: 产出指标, level3: 维修, target: 10套, actual: 10套, points: 80}]
    expect: {total: 100}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The declared total, where the rules alone do not make it."""
    rules = subject.rules
    open_ended = any(top.points is None and top.counts == "points" for variant in rules.variants for top in variant.indicators)
    if rules.declared is None or not open_ended or rules.whole or not subject.runs:
        return
    if any(run.evaluation is not None and run.evaluation.root.points == rules.declared for run in reversed(subject.runs)):
        return
    shown = format_number(rules.declared)
    says = Phrase(f"总分值写的是 {shown}，没有一个示例的分值合计是 {shown}", f"the total is declared as {shown}, and no example has {shown} points")
    yield Found(written(rules, "points"), says, Phrase("写一个各行齐全的示例", "write an example with all its rows"))
