"""Around: the base points inside an interval, and points added or taken for every step beyond either end."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from perfscore.model.curve import ZERO, Curve, Piece, level, straight
from perfscore.scoring.methods import Report
from perfscore.scoring.methods._amount import Amount, amount
from perfscore.scoring.methods._steps import MAX_STEPS, Steps, Stretch, downwards, upwards
from perfscore.text.fields import Fields
from perfscore.text.interval import Interval, read_interval
from perfscore.text.nodes import Node
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number
from perfscore.text.record import Key, Record
from perfscore.text.shape import Choice, Json, Number, Text, wrong

NAME, ZH = "around", "增减"
TAKES = "number"
SAYS = Phrase(
    "达到基准记基准分，每高或每低一档加减若干分，到规定的分数为止", "the base points at the base, points added or taken for every step above or below"
)
_FULL = Amount(Fraction(1), share=True)
_SIDES = {"above": Phrase("高", "above"), "below": Phrase("低", "below")}
_GAIN, _LOSE = ("gain", "加分"), ("lose", "扣分")


class _Side(Record):
    """One side, on which points are either gained or lost."""

    def read(self, node: Node, report: Report) -> Fields | None:
        found = super().read(node, report)
        if found is None:
            return None
        given = [name for name in ("gain", "lose") if name in found or name in found.unread]
        if not given:
            says = Phrase("这一侧要写 加分（gain）或 扣分（lose）", "this side has neither gain nor lose")
            wrong(report, "missing-key", says, found.span)
        elif len(given) > 1:
            says = Phrase("同一侧不能既加分又扣分", "a side has either gain or lose, not both")
            wrong(report, "gain-and-lose", says, found.at("lose"))
        return found if len(given) == 1 else None

    def schema(self) -> Json:
        said: list[Json] = [
            {"anyOf": [{"required": [name], "properties": {name: {"type": ["string", "number"]}}} for name in names]} for names in (_GAIN, _LOSE)
        ]
        whole = super().schema()
        return {**whole, "allOf": [*whole["allOf"], {"oneOf": said}]}


_SIDE = _Side(
    (
        Key("every", "每档", Number(0), Phrase("一档多大，如 1% 或 5", "the size of a step, like 1% or 5"), required=True),
        Key(*_GAIN, amount(), Phrase("每档加多少，如 0.5 或 分值的5%", "points added a step, like 0.5 or 5% of points")),
        Key(*_LOSE, amount(), Phrase("每档扣多少，如 0.5 或 分值的5%", "points taken a step, like 0.5 or 5% of points")),
        Key(
            "steps",
            "不足一档",
            Choice({"whole": "不计", "up": "按一档", "proportional": "按比例"}),
            Phrase("不足一档怎么算，缺省不计", "what a part of a step counts: nothing (whole, the default), a step (up), its share (proportional)"),
        ),
        Key(
            "until",
            "到",
            amount(),
            Phrase(
                "加到或扣到多少分为止；扣分缺省 0，加分缺省满分（基准分就是满分时必须写）",
                "where it stops: 0 by default where points are taken, full points where they are added (to be written where the base is full points)",
            ),
        ),
    ),
    Phrase("增减的一侧", "side"),
)
PARAMETERS = Record(
    (
        Key(
            "at",
            "基准",
            Text(read_interval, code="bad-interval"),
            Phrase("记基准分的区间，如 100%", "where the base is given, like 100%"),
            required=True,
        ),
        Key("base", "基准分", amount(), Phrase("达到基准记多少分，缺省满分", "the points given there, all of them by default")),
        Key("above", "高于", _SIDE, Phrase("高于基准时怎么加减；不写则仍记基准分", "what happens above it; the base goes on where this is left out")),
        Key("below", "低于", _SIDE, Phrase("低于基准时怎么加减；不写则仍记基准分", "what happens below it; the base goes on where this is left out")),
    ),
    Phrase("增减法", "around method"),
)


def curve(parameters: Fields, points: Fraction, report: Report) -> Curve | None:
    """Steps or lines beyond the ends of the interval, level on a side that is not described (供销社考核: 达到目标记80%, 每高低1个百分点增减0.5分)."""
    at: Interval | None = parameters["at"]
    if at is None or not parameters.unread.isdisjoint(("base", *_SIDES)):
        return None
    base = (parameters["base"] or _FULL).of(points)
    # As the rule file puts it: `≤100%` says more than `(-∞,1]`.
    shown = parameters.at("at").written().replace("<=", "≤").replace(">=", "≥") or str(at)
    if not ZERO <= base <= points:
        says = Phrase(
            f"基准分 {format_number(base)} 不在 0 到分值 {format_number(points)} 之间",
            f"the base of {format_number(base)} is not between 0 and the {format_number(points)} points",
        )
        wrong(report, "base-outside-points", says, parameters.at("base"))
        return None
    given = [name for name in _SIDES if name in parameters]
    if not given:
        wrong(
            report,
            "no-side",
            Phrase("高于、低于都没有写，得分总是基准分", "neither above nor below is said: the score is always the base"),
            parameters.span,
        )
        return None
    sides = {name: side for name in given if (side := _side(parameters, name, base, points, report)) is not None}
    if len(sides) < len(given):
        return None
    inside = Phrase(f"{shown}，记满分", f"{shown}: full points")
    if base != points:
        inside = Phrase(f"{shown}，记基准分 {format_number(base)} 分", f"{shown}: the base of {format_number(base)} points")
    pieces = [straight(at, level(base), inside, parameters.at("at"))]
    if at.low is not None:
        below = downwards(sides["below"], at.low, closed=at.low_closed) if "below" in sides else ()
        on = Interval(None, at.low, low_closed=False, high_closed=not at.low_closed)
        pieces = [
            *(_piece(stretch, sides["below"], parameters, "below") for stretch in below),
            *_level(on, base, shown, parameters, "below"),
            *pieces,
        ]
    if at.high is not None:
        above = upwards(sides["above"], at.high, closed=at.high_closed) if "above" in sides else ()
        on = Interval(at.high, None, low_closed=not at.high_closed, high_closed=False)
        pieces += [*(_piece(stretch, sides["above"], parameters, "above") for stretch in above), *_level(on, base, shown, parameters, "above")]
    ends = [base, *(side.until for side in sides.values())]
    full = _full(parameters, sides, base, points, shown) if base < points else None
    if base == points == max(ends) and len(sides) == (at.low is not None) + (at.high is not None):
        # Every measure beside the interval loses.
        full = Phrase(f"{shown} 才记满分", f"full points take {shown}")
    return Curve(tuple(pieces), points, min(ZERO, *ends), max(ends), full)


def told(parameters: Fields, points: Fraction | None) -> Phrase:
    """As in “100% 记基准分 8 分；每高 1% 加 0.5 分，不足 1% 的不加，加到 10 分为止；每低 1% 扣 0.5 分，不足 1% 的不扣，扣完为止”."""
    from perfscore.scoring.methods._told import range_of, scores, spaced

    at: Interval = parameters["at"]
    shown, (base,) = range_of(parameters, "at"), scores([parameters["base"] or _FULL], points)
    if parameters["base"] in (None, _FULL):
        base = Phrase("满分", "full points")
    given = "" if base.zh == "不得分" else "记"
    zh, en = [spaced(shown.zh, given, base.zh)], [f"{shown.en}: {base.en}"]
    if base.zh not in ("满分", "不得分"):
        zh = [spaced(shown.zh, "记基准分", base.zh if points is not None else f"（{base.zh}）")]
    for name, end in (("above", at.high), ("below", at.low)):
        if name in parameters:
            move = _moved(parameters[name], _SIDES[name], points)
            zh.append(move.zh)
            en.append(move.en)
        elif end is not None:
            # The base goes on where a side is not described.
            zh.append(spaced(f"{_SIDES[name].zh}于它的仍", given, base.zh))
            en.append(f"{_SIDES[name].en} it the same")
    return Phrase("；".join(zh), "; ".join(en))


def _moved(side: Fields, where: Phrase, points: Fraction | None) -> Phrase:
    from perfscore.scoring.methods._told import Move, down_to, number, up_to, worth
    from perfscore.text.phrase import same

    gains, part = "gain" in side, side["steps"] or "whole"
    every, amount = same(number(side, "every")), worth(side["gain" if gains else "lose"], points)
    until = up_to(side["until"] or _FULL, points) if gains else down_to(side["until"], points)
    return Move(Phrase(f"每{where.zh}", where.en), every, amount, part, until, gains).told()


def _full(parameters: Fields, sides: dict[str, Steps], base: Fraction, points: Fraction, shown: str) -> Phrase | None:
    """How many steps beyond the base full points take, where one side leads to them."""
    leading = [name for name, side in sides.items() if side.change > 0 and side.until >= points]
    if len(leading) != 1:
        return None
    side, where = sides[leading[0]], _SIDES[leading[0]]
    zh, en = _rate(side, parameters, leading[0])
    steps = (points - base) / side.change
    needed = format_number(steps if side.part == "proportional" else Fraction(ceil(steps)))
    return Phrase(f"比 {shown} {where.zh} {needed} 档才记满分（{zh}）", f"full points take {needed} steps {where.en} {shown} ({en})")


def _rate(side: Steps, parameters: Fields, name: str) -> Phrase:
    """What a step does: `每高 1% 加 0.5 分`."""
    where, step, each = _SIDES[name], parameters[name].at("every").written() or format_number(side.every), format_number(abs(side.change))
    zh = f"每{where.zh} {step} {'加' if side.change > 0 else '扣'} {each} 分"
    return Phrase(zh, f"{each} points {'added' if side.change > 0 else 'taken'} for every {step} {where.en}")


def _side(parameters: Fields, name: str, base: Fraction, points: Fraction, report: Report) -> Steps | None:
    given: Fields = parameters[name]
    at: Interval = parameters["at"]
    gains = "gain" in given
    each = given["gain" if gains else "lose"]
    if given["every"] is None or each is None or "until" in given.unread:
        return None
    change = each.of(points) if gains else -each.of(points)
    stop: Amount | None = given["until"] or (_FULL if gains and base < points else None if gains else Amount(ZERO, share=False))
    if (at.high if name == "above" else at.low) is None:
        says = Phrase("基准在这一侧没有终点，谈不上高于或低于", "the base has no end on this side: nothing lies beyond it")
        wrong(report, "no-end", says, given.span)
    elif given["every"] <= 0 or each.of(points) <= 0:
        says = Phrase("每档和加减的分数都要大于 0", "the step and the points of a step must be above 0")
        wrong(report, "no-step", says, given.at("every" if given["every"] <= 0 else "gain" if gains else "lose"))
    elif stop is None:
        says = Phrase("基准分已是满分，要写明加到多少分为止", "the base is full points already: say until how many points are added")
        wrong(report, "no-until", says, given.span, Phrase("写上 到（until），如 到: 120%", "write until, like until: 120%"))
    elif (stop.of(points) - base) / change <= 0:
        here, there = format_number(base), format_number(stop.of(points))
        says = Phrase(f"从基准分 {here} 加不到 {there}", f"adding to the base of {here} does not lead to {there}")
        if not gains:
            says = Phrase(f"从基准分 {here} 扣不到 {there}", f"taking from the base of {here} does not lead to {there}")
        wrong(report, "until-behind-base", says, given.at("until"))
    elif given["steps"] != "proportional" and (stop.of(points) - base) / change > MAX_STEPS:
        wrong(report, "too-many-steps", Phrase(f"超过 {MAX_STEPS} 档", f"more than {MAX_STEPS} steps"), given.at("gain" if gains else "lose"))
    else:
        return Steps(given["every"], change, given["steps"] or "whole", base, stop.of(points))
    return None


def _piece(stretch: Stretch, side: Steps, parameters: Fields, name: str) -> Piece:
    where, until, gains = _SIDES[name], format_number(side.until), side.change > 0
    zh, en = _rate(side, parameters, name)
    if stretch.last:
        reason = Phrase(f"{zh}，加到 {until} 分为止", f"{en}, up to {until} points")
        if not gains:
            reason = (
                Phrase(f"{zh}，扣到 {until} 分为止", f"{en}, down to {until} points")
                if side.until
                else Phrase(f"{zh}，扣完为止", f"{en}: nothing is left")
            )
    elif stretch.steps is None:
        reason = Phrase(f"{zh}，按比例", f"{en}, in proportion")
    elif stretch.steps == 0:
        reason = Phrase(f"{zh}，不足一档不计", f"{en}: less than a step counts nothing")
    else:
        moved = format_number(stretch.steps * abs(side.change))
        reason = Phrase(
            f"{zh}，{where.zh} {stretch.steps} 档，{'加' if gains else '扣'} {moved} 分",
            f"{en}: {stretch.steps} steps, {moved} points {'added' if gains else 'taken'}",
        )
    return straight(stretch.on, stretch.line, reason, parameters.at(name))


def _level(on: Interval, base: Fraction, shown: str, parameters: Fields, name: str) -> list[Piece]:
    """The base goes on where a side is not described."""
    if name in parameters:
        return []
    where, points = _SIDES[name], format_number(base)
    return [
        straight(on, level(base), Phrase(f"{where.zh}于 {shown}，仍记 {points} 分", f"{where.en} {shown}: {points} points as well"), parameters.span)
    ]
