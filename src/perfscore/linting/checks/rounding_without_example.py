"""Decimal places that no example needs: rounded to one place more or less, all of them would come out the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from perfscore.linting.asked import tried_here
from perfscore.linting.checks import Found
from perfscore.linting.places import fields_of
from perfscore.linting.runs import Run
from perfscore.linting.subject import Subject
from perfscore.linting.totals import natural, totals
from perfscore.model.curve import round_half_up
from perfscore.model.outcome import Outcome
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span

SEVERITY = "advice"
SAYS = Phrase("舍入的位数没有示例", "no example needs these decimal places")
PAGE = Page(
    what=Phrase(
        "规则写明了指标得分（或总得分）舍入到几位，但所有示例多舍入一位、少舍入一位，应得的分数都一样。只看示例里写了应得的分数；"
        "本来就没有更多小数的不查。",
        "The rule set says to how many places scores (or the total) are rounded, and with one place more, or one less, no example expects another number. "
        "Where scores have no more places of themselves, nothing is found.",
    ),
    why=Phrase(
        "位数写错了，示例照样通过；一张表里差 0.01 分，等级线上就差一级。",
        "With a wrong number of places all examples still pass; and at the end of a grade 0.01 of a point is the grade.",
    ),
    fix=Phrase(
        "写一个除不尽的示例，如 2/3，按制度的位数写应得的分数。",
        "Write an example with a score without end, like 2/3, and what the standard makes of it.",
    ),
    wrong="""rounding: [{at: leaf, places: 2}]
indicators:
  - {id: rate, label: 预算执行率, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}
examples:
  - {given: {全年预算数: 100, 全年执行数: 90}, expect: {rate: 9}}
  - {given: {全年预算数: 100, 全年执行数: 100}, expect: {rate: 10}}
""",
    right="""rounding: [{at: leaf, places: 2}]
indicators:
  - {id: rate, label: 预算执行率, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}
examples:
  - {given: {全年预算数: 300, 全年执行数: 200}, expect: {rate: 6.67}}
  - {given: {全年预算数: 100, 全年执行数: 100}, expect: {rate: 10}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The places of the scores, then those of the total."""
    rounding = subject.rules.rounding
    if not subject.runs or not any(key in source.text for source in tried_here(subject) for key in ("rounding", "舍入")):
        return
    if rounding.leaf is not None:
        yield from _at(subject, "leaf", rounding.leaf, max(map(natural, subject.curves), default=0), _scores)
    found = totals(subject) if rounding.total is not None else None
    if rounding.total is not None and found is not None and found.unrounded > rounding.total:
        yield from _at(subject, "total", rounding.total, found.unrounded, _total)


def _at(subject: Subject, at: str, places: int, most: int, exact: Callable[[Run], Iterator[Fraction]]) -> Iterator[Found]:
    """What one of the roundings lacks; `most` are the places that there are to be rounded."""
    lacking = {other for other in (places + 1, places - 1) if 0 <= other < most + (other > places)}
    # Those that expect a number with so many places are asked first: one of them is mostly enough.
    for run in sorted(subject.runs, key=lambda run: not any(len(text.partition(".")[2]) == places for text in run.expects.values())):
        if not lacking:
            return
        for number in exact(run):
            shown = round_half_up(number, places)
            lacking = {other for other in lacking if round_half_up(number, other) == shown}
    span = _said(subject, at) if lacking else None
    if span is not None:
        ways = " or ".join(str(other) for other in sorted(lacking))
        says = Phrase(
            f"{'总得分' if at == 'total' else '指标得分'}舍入到 {places} 位：改成 {ways.replace('or', '或')} 位，示例都照样通过",
            f"{'the total is' if at == 'total' else 'scores are'} rounded to {places} places: with {ways} all examples pass just as well",
        )
        yield Found(span, says, Phrase("写一个除不尽的示例", "write an example with a score without end"))


def _scores(run: Run) -> Iterator[Fraction]:
    """The exact scores of the indicators for which an example expects something, or for what they are part of."""
    if run.evaluation is not None:
        yield from _below(run.evaluation.root, run.expects, expected="total" in run.expects)


def _below(outcome: Outcome, expects: dict[str, str], *, expected: bool) -> Iterator[Fraction]:
    expected = expected or outcome.id in expects
    exact = outcome.exact if expected else None
    if exact is not None:
        yield exact
    for child in outcome.children:
        yield from _below(child, expects, expected=expected)


def _total(run: Run) -> Iterator[Fraction]:
    if "total" in run.expects and run.exact_total is not None:
        yield run.exact_total


def _said(subject: Subject, at: str) -> Span | None:
    """Where the file, or a template that it is based on, says how to round; None where only another base does."""
    for source in tried_here(subject):
        fields = fields_of(source)
        for value in (fields["rounding"] if fields is not None else None) or ():
            if value.value["at"] == at:
                span: Span = value.span
                return span
    return None
