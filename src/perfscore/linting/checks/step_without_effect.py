"""A step that takes more than there is, or that no measure ever gets to: what is written does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from perfscore.linting.checks import Found
from perfscore.linting.measures import shown
from perfscore.linting.reach import Reach
from perfscore.linting.shares import to_scale, worth
from perfscore.linting.subject import Drawn, Subject
from perfscore.model.curve import ZERO, between
from perfscore.model.page import Page
from perfscore.scoring.methods import find
from perfscore.text.fields import Fields
from perfscore.text.interval import EVERYTHING, Interval
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span

SEVERITY = "warning"
SAYS = Phrase("这一档不起作用", "this step has no effect")
PAGE = Page(
    what=Phrase(
        "规则写了每偏离一档加减若干分，但一档就超出了能加减的一倍以上，或者一档太大、终点太远，结果怎么也到不了那里。",
        "Points are won or lost by steps, but one step is more than twice what there is to win or lose, or the step is so large, or the end so far, that no "
        "result ever gets there.",
    ),
    why=Phrase(
        "写在那里的分数从来不会算到，看的人却以为会算。多半是分值改小了没有改扣分，或者百分数和数字混了（每档 120% 和 1.2%）。",
        "The amount is never counted, and whoever reads it believes that it is. Most often the points were made less and the loss was not, or per cent and "
        "numbers were mixed up (a step of 120 % for one of 1.2 %).",
    ),
    fix=Phrase(
        "对照制度原文改每档的大小或分数；确实是一次扣完的，写满分（扣分: 满分）。",
        "Mend the step or its points by the text of the standard; where all is lost at once, write `lose: 100%`.",
    ),
    wrong="""indicators:
  - {id: rate, label: 预算执行率, points: 5, measure: 全年执行数 / 全年预算数, method: {deduction: {full: "≥100%", every: 120%, lose: 1}}}
""",
    right="""indicators:
  - {id: rate, label: 预算执行率, points: 5, measure: 全年执行数 / 全年预算数, method: {deduction: {full: "≥100%", every: 20%, lose: 1}}}
""",
)
_STEP, _ITEM = Phrase("一档", "a step"), Phrase("一项", "an item")
_HINT = Phrase("改每档的大小或分数", "mend the step or its points")


def check(subject: Subject) -> Iterator[Found]:
    """Every step of the methods that count in steps or in items, and anchors outside what can be measured."""
    reach = Reach(subject, "amounts")
    for drawn in subject.curves:
        of = _METHODS.get(drawn.use.name)
        if of is not None and drawn.curve.points > 0 and to_scale(drawn):
            yield from of(drawn, reach)


def _deducted(drawn: Drawn, reach: Reach) -> Iterator[Found]:
    given: Fields = drawn.use.parameters
    points = drawn.curve.points
    floor = given["floor"].of(points) if "floor" in given else ZERO
    yield from _too_much(drawn, given["lose"].of(points), points - floor, given.at("lose"))
    yield from _reached(drawn, reach.of(drawn) or EVERYTHING, points, floor, (given.at("every"), given.at("floor")))


def _late(drawn: Drawn, reach: Reach) -> Iterator[Found]:
    given, points = drawn.use.parameters, drawn.curve.points
    if "lose" in given:
        yield from _too_much(drawn, given["lose"].of(points), points, given.at("lose"))


def _around(drawn: Drawn, reach: Reach) -> Iterator[Found]:
    given, points = drawn.use.parameters, drawn.curve.points
    at, on = given["at"], reach.of(drawn) or EVERYTHING
    base = given["base"].of(points) if "base" in given else points
    for name, beyond in (("below", Interval(None, at.low, low_closed=False, high_closed=False)), ("above", at._replace(low=at.high, high=None))):
        side = given[name]
        if side is None:
            continue
        word = "gain" if "gain" in side else "lose"
        until = side["until"].of(points) if "until" in side else points if word == "gain" else ZERO
        yield from _too_much(drawn, side[word].of(points), abs(until - base), side.at(word))
        written = until if "until" in side else ZERO
        yield from _reached(drawn, on.meet(beyond._replace(low_closed=False, high_closed=False)), base, written, (side.at("every"), side.at("until")))


def _items(drawn: Drawn, reach: Reach) -> Iterator[Found]:
    method, points = find(drawn.use.name), drawn.curve.points
    items = method.items(drawn.use.parameters, points) if method is not None else ()
    for (_, taken), item in zip(drawn.use.parameters["demerits"], items, strict=True):
        yield from _too_much(drawn, item.least, points, taken.span, _ITEM)


def _anchors(drawn: Drawn, reach: Reach) -> Iterator[Found]:
    """Beyond what can be measured one anchor gives the line its direction; the next one is never looked at."""
    on = reach.of(drawn) or EVERYTHING
    rows = sorted(drawn.use.parameters["anchors"], key=lambda row: row.value.at)
    for one, other in pairwise(rows):
        lost = one if on.low is not None and other.value.at <= on.low else other if on.high is not None and one.value.at >= on.high else None
        if lost is not None:
            end, label = shown(drawn, on.low or ZERO) if lost is one else shown(drawn, on.high or ZERO), drawn.rule.label
            limit = Phrase("不会低于", "is never below") if lost is one else Phrase("不会高于", "is never above")
            says = Phrase(
                f"{label.zh}：测算结果{limit.zh} {end}，这个点用不到", f"{label.en}: the measure {limit.en} {end}: this anchor has no effect"
            )
            yield Found(lost.span, says, Phrase("改这个点，或删去", "mend the anchor, or take it out"))


def _too_much(drawn: Drawn, step: Fraction, whole: Fraction, span: Span, each: Phrase = _STEP) -> Iterator[Found]:
    """More than twice what there is: at less, the step may be the standard's for indicators of more points, and 满分 says that all goes at once."""
    if step > 2 * whole and step != drawn.curve.points:
        one, all_, rest, label = worth(drawn, step), worth(drawn, whole), worth(drawn, step - whole), drawn.rule.label
        says = Phrase(
            f"{label.zh}：{each.zh} {one.zh}，能加减的只有 {all_.zh}，多出 {rest.zh}，不起作用",
            f"{label.en}: {each.en} is {one.en} where {all_.en} is all there is: {rest.en} too many",
        )
        yield Found(span, says, Phrase("改分数；一次扣完的写“满分”", "mend the points; write 100% where all is lost at once"))


def _reached(drawn: Drawn, on: Interval, base: Fraction, until: Fraction, spans: tuple[Span, Span]) -> Iterator[Found]:
    """Whether any result is a step away, and (where an end other than nothing is written) whether any result gets to it."""
    base = base if drawn.rule.open else between(base, drawn.rule.least, drawn.rule.most)
    image = (base, base) if on.empty() else drawn.curve.image(on)
    if image is None:
        return
    label, (least, most) = drawn.rule.label, image
    if least == most == base:
        step = spans[0].written()
        says = Phrase(f"{label.zh}：每档 {step}，结果怎么变也不到一档", f"{label.en}: no result is ever a step of {step} away")
        yield Found(spans[0], says, _HINT)
    elif until and not least <= until <= most:
        stop, near = worth(drawn, until), worth(drawn, least if until < least else most)
        says = Phrase(
            f"{label.zh}：写的终点是 {stop.zh}，结果再怎么变也只到 {near.zh}",
            f"{label.en}: written until {stop.en}, and no result gets beyond {near.en}",
        )
        yield Found(spans[1], says, _HINT)


_METHODS = {"deduction": _deducted, "deadline": _late, "around": _around, "demerits": _items, "anchors": _anchors}
