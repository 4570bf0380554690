"""A printed value that could not be read."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.subject import Subject
from perfscore.auditing.unread import unfit
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase, listed

SEVERITY = "warning"
SAYS = Phrase("读不出的值", "a value that could not be read")
PAGE = Page(
    what=Phrase(
        "表上有的值没有读懂，或者该填的没有填：它没有参加评分，也没有参加比对。",
        "A value of the form was not understood, or is not there: it was neither scored nor compared.",
    ),
    why=Phrase(
        "没有读懂的不能当作没有问题；其余都一致，也只说明读懂的那些一致。",
        "What was not understood is not fine; that all the rest agrees says nothing of it.",
    ),
    fix=Phrase("把值写成一个数带单位、一个日期或规则认识的等级。", "Write one number with its unit, a date, or a level that the rules know."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
budget: {adjusted: 100, executed: 100}
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: ≥120套, actual: 约120套, points: 50}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
budget: {adjusted: 100, executed: 100}
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: ≥120套, actual: 121套, points: 50}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every value that nobody could read, with what was said of it when it was tried."""
    nowhere: list[Phrase] = []
    for one in unfit(subject):
        if one.span is None or one.span == subject.form.span:
            nowhere.append(one.says)
        else:
            yield Found(one.span, one.says, one.hint, one.more)
    if len(nowhere) == 1:
        yield Found(subject.form.span, nowhere[0])
    elif nowhere:
        # A form that says nothing of twenty facts lacks one thing, and not twenty.
        every = listed([says.zh.removeprefix("没有填 ") for says in nowhere], [says.en.removesuffix(" is not filled in") for says in nowhere])
        yield Found(subject.form.span, Phrase(f"有 {len(nowhere)} 处没有填：{every.zh}", f"{len(nowhere)} values are not there: {every.en}"))
